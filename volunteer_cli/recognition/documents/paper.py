"""What a certificate says, in the user's language; the page and the PDF only set it in type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import long_date
from volunteer_cli.core.i18n import _, language, listed, ngettext, pgettext
from volunteer_cli.core.text import mask_id_number
from volunteer_cli.hours.terms import EVIDENCES, Evidence
from volunteer_cli.people.models import Person
from volunteer_cli.recognition.models import Certificate, CertificateLine
from volunteer_cli.recognition.queries import certificate_lines, replacement

Pairs = tuple[tuple[str, str], ...]
#: More lines than these follow as an annex, so that the first page holds what is certified, and who signs for it.
MOST_ON_FIRST_PAGE = 8


@dataclass(frozen=True)
class Paper:
    """The texts of a certificate in the order in which they are read.

    Attributes:
        facts: titles and values that say who is meant.
        summary: what was done how often, under `summary_headings`; none where the lines fit on the first page.
        rows: a line each, under `headings`; with a summary they are an annex.
        summed: a last row of the summary, which adds up the others.
        annex: the heading of the annex, which repeats number and name, else nothing; `see_annex` points to it.
        signature: titles and values of who answers for it, beside issuer and day, which the seal covers.
        secret: what the QR code holds: number and code.
        stamp: what is printed across a certificate that was voided, else nothing; `voided`: since when, and which
            certificate stands in its place.
    """

    lang: str
    title: str
    number: str
    facts: Pairs
    statement: str
    closing: str
    summary_headings: tuple[str, ...]
    summary: tuple[tuple[str, ...], ...]
    summed: tuple[str, ...]
    annex: str
    see_annex: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, str]
    evidence: str
    issuer: str
    day: str
    signature: Pairs
    secret: str
    advice: tuple[str, ...]
    stamp: str
    voided: str

    @property
    def time_column(self) -> int:
        """The place of the time among the columns: before the last."""
        return len(self.headings) - 2

    @property
    def text(self) -> str:
        """Everything that is printed, for those who must know its characters."""
        pairs = (*self.facts, *self.signature, self.total)
        tables = (self.summary_headings, *self.summary, self.summed, self.headings, *self.rows, *pairs)
        cells = [cell for row in tables for cell in row]
        sentences = (
            self.statement,
            self.closing,
            self.evidence,
            self.annex,
            self.see_annex,
            self.voided,
            *self.advice,
        )
        return "".join((self.title, self.number, self.issuer, self.day, self.stamp, *sentences, *cells))


def paper_of(session: Session, certificate: Certificate, *, reveal: bool) -> Paper:
    """A certificate as it is printed; with `reveal` the identity number is whole."""
    person = session.get_one(Person, certificate.person_id)
    community = session.get_one(Community, certificate.community_id)
    lines = certificate_lines(session, certificate.id)
    # As it was when the paper was issued: a name that changed since does not change the paper.
    name, issuer = certificate.name or person.name, certificate.issuer or community.name
    return Paper(
        lang=language(),
        title=_("Certificate of Volunteer Service"),
        number=_("No. {number}").format(number=certificate.number),
        facts=_facts(certificate, person, reveal=reveal),
        statement=_statement(certificate, name, issuer, len(lines)),
        closing=_("Hereby certified."),
        issuer=issuer,
        **_served(certificate, name, lines),
        voided=_voided(session, certificate),
        **_signed(certificate),
    )


def _served(certificate: Certificate, name: str, lines: Sequence[CertificateLine]) -> dict[str, Any]:
    """What was served: in sum where the lines need pages of their own."""
    apart = len(lines) > MOST_ON_FIRST_PAGE
    # A column without a word in it only takes room from the others.
    with_places = any(line.place for line in lines)
    total = (_("Total"), in_words(certificate.minutes))
    return {
        **(_in_sum(certificate, name, lines) if apart else _NOT_IN_SUM),
        "headings": _headings(with_places=with_places),
        "rows": tuple(
            _row(number, line, with_places=with_places) for number, line in enumerate(lines, start=1)
        ),
        "total": total,
        "evidence": _evidence(certificate),
    }


_NOT_IN_SUM: dict[str, Any] = {
    "summary_headings": (),
    "summary": (),
    "summed": (),
    "annex": "",
    "see_annex": "",
}


def _in_sum(certificate: Certificate, name: str, lines: Sequence[CertificateLine]) -> dict[str, Any]:
    """The summary on the first page, and what points to the annex."""
    count = len(lines)
    details = ngettext(
        "Details in the annex: {count} record.", "Details in the annex: {count} records.", count
    )
    return {
        "summary_headings": (_("Activity"), _("Times"), pgettext("certificate", "Time"), _("Evidence")),
        "summary": _summary(lines),
        "summed": (_("Total"), str(count), in_words(certificate.minutes), ""),
        "annex": _annex(certificate, name, count),
        "see_annex": details.format(count=count),
    }


def _voided(session: Session, certificate: Certificate) -> str:
    """Since when a certificate is void, and which one stands in its place."""
    if not certificate.voided_on:
        return ""
    day, other = long_date(certificate.voided_on), replacement(session, certificate.id)
    if other is None:
        return _("Void since {day}.").format(day=day)
    return _("Void since {day}; in its place stands {number}.").format(day=day, number=other)


def _signed(certificate: Certificate) -> dict[str, Any]:
    """Who answers for it, and what it can be checked by."""
    return {
        "day": long_date(certificate.issued_on),
        "signature": _signature(certificate),
        "secret": f"{certificate.number} {certificate.code}",
        "advice": _advice(certificate),
        "stamp": _("VOID") if certificate.voided_on else "",
    }


def _summary(lines: Sequence[CertificateLine]) -> tuple[tuple[str, ...], ...]:
    """What was done how often and how long, the longest first; what does not fit stands together at the end."""
    longest = _by_activity(lines)
    if len(longest) <= MOST_ON_FIRST_PAGE:
        return tuple(_done(name, own) for name, own in longest)
    first, others = longest[: MOST_ON_FIRST_PAGE - 1], longest[MOST_ON_FIRST_PAGE - 1 :]
    rest = [line for _name, own in others for line in own]
    return (*(_done(name, own) for name, own in first), _done(_("other activities"), rest))


def _by_activity(lines: Sequence[CertificateLine]) -> list[tuple[str, list[CertificateLine]]]:
    """The lines by what was done, the longest service first."""
    by_activity: dict[str, list[CertificateLine]] = {}
    for line in lines:
        by_activity.setdefault(line.activity or _("without a name"), []).append(line)
    return sorted(by_activity.items(), key=lambda pair: -sum(line.minutes for line in pair[1]))


def _done(name: str, lines: Sequence[CertificateLine]) -> tuple[str, ...]:
    evidence = dict.fromkeys(_(EVIDENCES[line.evidence]) for line in lines)
    return name, str(len(lines)), in_words(sum(line.minutes for line in lines)), listed(evidence)


def _annex(certificate: Certificate, name: str, count: int) -> str:
    sentence = ngettext(
        "Annex to {number}: {count} record of {name}", "Annex to {number}: {count} records of {name}", count
    )
    return sentence.format(number=certificate.number, count=count, name=name)


def _headings(*, with_places: bool) -> tuple[str, ...]:
    where = (_("Place"),) if with_places else ()
    return _("No."), _("Date"), *where, _("Activity"), pgettext("certificate", "Time"), _("Evidence")


def _statement(certificate: Certificate, name: str, issuer: str, count: int) -> str:
    sentence = ngettext(
        "This is to certify that {name} gave voluntary service on {count} occasion, {hours} in all, "
        "as recorded by {community}.",
        "This is to certify that {name} gave voluntary service on {count} occasions, {hours} in all, "
        "as recorded by {community}.",
        count,
    )
    hours = in_words(certificate.minutes)
    return sentence.format(name=name, count=count, hours=hours, community=issuer)


def in_words(minutes: int) -> str:
    """A duration as a document has it: 36 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("{hours} h").format(hours=hours)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def _facts(certificate: Certificate, person: Person, *, reveal: bool) -> Pairs:
    number = _as_issued(certificate.id_number, person.id_number)
    first, last = long_date(certificate.first_on), long_date(certificate.last_on)
    facts = (
        (_("Name"), certificate.name or person.name),
        (_("Volunteer number"), _as_issued(certificate.volunteer_no, person.volunteer_no)),
        # What is kept as an identity number is that of a resident's card (GB 11643): passports are none.
        (_("Resident identity card"), number if reveal or not number else mask_id_number(number)),
        (_("Period"), _("{first} to {last}").format(first=first, last=last)),
    )
    # What is not known is left out: an empty line on a paper can be filled in by anybody.
    return tuple((title, value) for title, value in facts if value)


def _as_issued(kept: str | None, current: str | None) -> str | None:
    """What stood on the paper; one from before it was kept has what stands on record."""
    return current if kept is None else kept


def _row(number: int, line: CertificateLine, *, with_places: bool) -> tuple[str, ...]:
    where = (line.place or "",) if with_places else ()
    return (
        str(number),
        line.served_on.isoformat(),
        *where,
        line.activity or "",
        in_words(line.minutes),
        _(EVIDENCES[line.evidence]),
    )


def _evidence(certificate: Certificate) -> str:
    mix = ((_(EVIDENCES[kind]), getattr(certificate, kind)) for kind in Evidence)
    parts = [f"{name} {in_words(minutes)}" for name, minutes in mix if minutes]
    return _("How the time is proved: {mix}.").format(mix=listed(parts))


def _signature(certificate: Certificate) -> Pairs:
    pairs = (
        (pgettext("community", "Head"), certificate.head),
        (_("Handled by"), certificate.handler),
        (_("Reached at"), certificate.contact),
    )
    return tuple((title, value) for title, value in pairs if value)


def _advice(certificate: Certificate) -> tuple[str, ...]:
    return (
        _("Verification code: {code}").format(code=certificate.code),
        _("Whoever is shown this paper can ask the community whether number and code are genuine."),
    )
