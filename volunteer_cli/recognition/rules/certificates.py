"""Certificates: issued under a number that is never given again, figures and lines frozen."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import Period
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import insert_rows
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.numbers import issue_number
from volunteer_cli.core.text import kept, required
from volunteer_cli.hours.terms import Evidence
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import Erased
from volunteer_cli.recognition import queries
from volunteer_cli.recognition.models import Certificate, CertificateLine
from volunteer_cli.recognition.queries import Service
from volunteer_cli.recognition.rules import void

#: What the code of a certificate is made of: no letters or digits that look alike.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class NothingToCertify(RuleError):
    """{person} has no confirmed hours in {community} {when}"""

    code = "no_hours"
    hint = N_("Look at what there is: volunteer hours list --person {id}")
    explanation = N_(
        "A community certifies the hours that it recorded and confirmed itself; hours that wait, need "
        "review or belong to another community are not on its certificates."
    )


class NotTheirs(RuleError):
    """Certificate {number} is not one of {person} and this community"""

    code = "not_theirs"
    hint = N_("See which there are: volunteer certificate list --person {person_id}")


class Replaced(RuleError):
    """Certificate {number} is replaced by {other} already"""

    code = "replaced"
    hint = N_("Name that one: --replaces {other}")


class WrongCode(RuleError):
    """The code '{code}' does not belong to certificate {number}"""

    code = "wrong_code"
    hint = N_("Letters and digits as printed; if they are right, the paper is not.")


def issue_certificate(
    session: Session,
    person: Person,
    community: Community,
    *,
    period: Period | None,
    handler: str,
    today: date,
    contact: str | None = None,
    replaces: Certificate | None = None,
) -> Certificate:
    """A certificate of what a person served in a community, in a period as far as it has come, or up to today.

    It replaces, and voids, the certificate that is named, and is of the same days unless others are said; else it
    replaces the latest voided one that was asked for in the same way and has no successor.

    Raises:
        NothingToCertify, Erased, NotTheirs, Replaced: as their sentences say.
        MissingValue, BadText: a text is empty or not allowed.
    """
    # A paper that names somebody of whom nothing is known any more would prove nothing.
    if person.erased_on:
        raise Erased(id=person.id)
    period = period or _days_of(replaces)
    services = queries.services(session, person.id, community.id, period or Period(date.min, today))
    if not services:
        raise _nothing(person, community, period)
    if replaces is not None:
        _require_replaceable(session, replaces, person, community)
    # The same asked again after a void is meant to take its place.
    former = replaces or queries.replaceable(session, person.id, community.id, period)
    certificate = Certificate(
        **_heading(person, community, _covered(period, services, today)),
        **_signature(session, community, handler, contact, today),
        all_time=period is None,
        replaces_id=former.id if former else None,
        **_figures(services),
    )
    session.add(certificate)
    session.flush()
    _freeze(session, certificate, services)
    # Voided last: until the new one stands, the old one is what the person has in hand.
    if replaces is not None:
        void(session, replaces, reason=_("replaced by {number}").format(number=certificate.number), on=today)
    return certificate


def _days_of(former: Certificate | None) -> Period | None:
    """The days that a certificate to be replaced tells of; None where it was asked for all."""
    return Period(former.first_on, former.last_on) if former is not None and not former.all_time else None


def _covered(period: Period | None, services: Sequence[Service], today: date) -> Period:
    """The days that a certificate speaks of: those that have come, and without a period from the first service."""
    if period is None:
        return Period(services[0].date, today)
    return Period(period.first, min(period.last, today))


def _heading(person: Person, community: Community, covered: Period) -> dict[str, Any]:
    """Whom it is for, whose it is, and the days it speaks of, as 志愿服务记录与证明出具办法 (2020), arts. 14–15, asks."""
    return {
        "community_id": community.id,
        "person_id": person.id,
        # Frozen: the paper says who somebody was on the day of issue, also after a change of name.
        "name": person.name,
        "volunteer_no": person.volunteer_no or "",
        "id_number": person.id_number or "",
        "first_on": covered.first,
        "last_on": covered.last,
    }


def _signature(
    session: Session, community: Community, handler: str, contact: str | None, today: date
) -> dict[str, Any]:
    """What makes it a paper of this community, to be asked for by anybody who holds it."""
    return {
        "number": _next_number(session, community, today),
        "code": new_code(),
        "handler": required(handler, _("handler")),
        "contact": _contact(session, community, contact),
        # The name on the seal, not what people call the place.
        "issuer": community.signs_as,
        "head": community.head,
        "issued_on": today,
    }


def _require_replaceable(
    session: Session, certificate: Certificate, person: Person, community: Community
) -> None:
    if (certificate.person_id, certificate.community_id) != (person.id, community.id):
        raise NotTheirs(number=certificate.number, person=person.name, person_id=person.id)
    if other := queries.replacement_of(session, certificate.id):
        raise Replaced(number=certificate.number, other=other.number)


def _nothing(person: Person, community: Community, period: Period | None) -> NothingToCertify:
    when = _("in {period}").format(period=period.label) if period else _("so far")
    return NothingToCertify(person=person.name, community=community.name, when=when, id=person.id)


def _next_number(session: Session, community: Community, today: date) -> str:
    # From 1 each year, as files in an office are numbered: year and code make it unique.
    code = community.code
    return issue_number(session, f"certificate:{code}:{today.year}", f"{code.upper()}-{today.year}-{{:04}}")


def new_code() -> str:
    """A code that nobody can guess, in two groups that can be read out: 7K4M-9PQR."""
    # 32 to the power of 8 is 2 to the power of 40: too many to try, and short enough for a telephone.
    signs = "".join(secrets.choice(SIGNS) for _place in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def _contact(session: Session, community: Community, contact: str | None) -> str | None:
    """What was given, else the telephone of the office, else what its latest certificate says."""
    if contact is None:
        return community.phone or queries.last_contact(session, community.id)
    return kept(contact, _("contact")) or None


def _figures(services: Sequence[Service]) -> dict[str, int]:
    """The sum, and what of it each kind of evidence proves."""
    # All kinds, so that nothing is said to be proved that was only reported.
    figures = {kind.value: 0 for kind in Evidence}
    for service in services:
        figures[service.evidence] += service.minutes
    return {**figures, "minutes": sum(figures.values())}


def _freeze(session: Session, certificate: Certificate, services: Sequence[Service]) -> None:
    # As it counts today: a record that is corrected tomorrow changes no paper, and is listed as corrected
    # since.
    rows = [
        {
            "certificate_id": certificate.id,
            "hours_id": service.id,
            "served_on": service.date,
            "place": service.place,
            "activity": service.activity,
            "minutes": service.minutes,
            "evidence": service.evidence,
        }
        for service in services
    ]
    insert_rows(session, CertificateLine, rows)


def check_code(certificate: Certificate, code: str) -> None:
    """Refuse a code that is not the certificate's, however it was typed; raises WrongCode."""
    # Read out on the telephone, with or without its hyphen.
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    # In the same time whatever is wrong: how long an answer takes must not tell how much of a guess was
    # right.
    if not secrets.compare_digest(typed.encode(), certificate.code.replace("-", "").encode()):
        raise WrongCode(code=code, number=certificate.number)
