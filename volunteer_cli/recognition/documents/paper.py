"""What a certificate says, in the user's language; the page and the PDF only set it in type."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import long_date
from volunteer_cli.core.i18n import _, language, listed, ngettext, pgettext
from volunteer_cli.core.text import mask_id_number
from volunteer_cli.hours.terms import EVIDENCES, Evidence
from volunteer_cli.people.models import Person
from volunteer_cli.recognition.models import Certificate, CertificateLine
from volunteer_cli.recognition.queries import certificate_lines

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Paper:
    """The texts of a certificate in the order in which they are read.

    Attributes:
        facts: titles and values that say who is meant.
        rows: a line each, under `headings`.
        signature: titles and values of who answers for it.
        secret: what the QR code holds: number and code.
        stamp: what is printed across a certificate that was voided, else nothing.
    """

    lang: str
    title: str
    number: str
    facts: Pairs
    statement: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, str]
    evidence: str
    signature: Pairs
    secret: str
    advice: tuple[str, ...]
    stamp: str

    @property
    def text(self) -> str:
        """Everything that is printed, for those who must know its characters."""
        pairs = (*self.facts, *self.signature, self.total)
        cells = [cell for row in (self.headings, *self.rows, *pairs) for cell in row]
        return "".join(
            (self.title, self.number, self.statement, self.evidence, *self.advice, self.stamp, *cells)
        )


def paper_of(session: Session, certificate: Certificate, *, reveal: bool) -> Paper:
    """A certificate as it is printed; with `reveal` the identity number is whole."""
    person = session.get_one(Person, certificate.person_id)
    community = session.get_one(Community, certificate.community_id)
    lines = certificate_lines(session, certificate.id)
    # As it was when the paper was issued: a name that changed since does not change the paper.
    name = certificate.name or person.name
    return Paper(
        lang=language(),
        title=_("Certificate of Volunteer Service"),
        number=_("No. {number}").format(number=certificate.number),
        facts=_facts(certificate, person, reveal=reveal),
        statement=_statement(certificate, name, community, len(lines)),
        headings=_headings(),
        rows=tuple(_row(place, line) for place, line in enumerate(lines, start=1)),
        total=(_("Total"), in_words(certificate.minutes)),
        evidence=_evidence(certificate),
        signature=_signature(certificate, community),
        secret=f"{certificate.number} {certificate.code}",
        advice=_advice(certificate),
        stamp=_("VOID") if certificate.voided_on else "",
    )


def _headings() -> tuple[str, ...]:
    return _("No."), _("Date"), _("Place"), _("Activity"), _("Time"), _("Evidence")


def _statement(certificate: Certificate, name: str, community: Community, count: int) -> str:
    sentence = ngettext(
        "This is to certify that {name} gave voluntary service on {count} occasion, {hours} in all, "
        "as recorded by {community}.",
        "This is to certify that {name} gave voluntary service on {count} occasions, {hours} in all, "
        "as recorded by {community}.",
        count,
    )
    hours = in_words(certificate.minutes)
    return sentence.format(name=name, count=count, hours=hours, community=community.name)


def in_words(minutes: int) -> str:
    """A duration as a document has it: 36 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("{hours} h").format(hours=hours)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def _facts(certificate: Certificate, person: Person, *, reveal: bool) -> Pairs:
    number = person.id_number
    facts = (
        (_("Name"), certificate.name or person.name),
        (_("Volunteer number"), person.volunteer_no),
        (_("Identity number"), number if reveal or not number else mask_id_number(number)),
        (
            _("Period"),
            _("{first} to {last}").format(
                first=long_date(certificate.first_on), last=long_date(certificate.last_on)
            ),
        ),
    )
    return tuple((title, value) for title, value in facts if value)


def _row(place: int, line: CertificateLine) -> tuple[str, ...]:
    return (
        str(place),
        line.served_on.isoformat(),
        line.place or "",
        line.activity or "",
        in_words(line.minutes),
        _(EVIDENCES[line.evidence]),
    )


def _evidence(certificate: Certificate) -> str:
    mix = ((_(EVIDENCES[kind]), getattr(certificate, kind)) for kind in Evidence)
    parts = [f"{name} {in_words(minutes)}" for name, minutes in mix if minutes]
    return _("How the time is proved: {mix}.").format(mix=listed(parts))


def _signature(certificate: Certificate, community: Community) -> Pairs:
    pairs = (
        (_("Issued by"), certificate.issuer or community.name),
        (pgettext("community", "Head"), certificate.head),
        (_("Handled by"), certificate.handler),
        (_("Reached at"), certificate.contact),
        (_("Date"), long_date(certificate.issued_on)),
    )
    return tuple((title, value) for title, value in pairs if value)


def _advice(certificate: Certificate) -> tuple[str, ...]:
    return (
        _("Verification code: {code}").format(code=certificate.code),
        _("Whoever is shown this paper can ask the community whether number and code are genuine."),
    )
