"""What must always hold of people."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.text import birth_of_id
from volunteer_cli.people.identity import left_of_erased
from volunteer_cli.people.models import FormerPerson, Person
from volunteer_cli.people.rules import sex_beside


def _numbers(session: Session) -> Iterator[Finding]:
    living = Person.erased_on.is_(None)
    half = Person.volunteer_no.is_(None) != Person.registered_on.is_(None)
    for key, number in session.execute(select(Person.id, Person.volunteer_no).where(living, half)):
        problem = _("has a volunteer number but was never registered") if number else None
        yield Finding(f"person:{key}", problem or _("is registered as a volunteer without a number"))


def _former_numbers(session: Session) -> Iterator[Finding]:
    query = select(Person.id, Person.volunteer_no).join(
        FormerPerson, FormerPerson.volunteer_no == Person.volunteer_no
    )
    for key, number in session.execute(query.where(FormerPerson.person_id != Person.id)):
        yield Finding(f"person:{key}", _("has the number {number} of a merged record").format(number=number))


def _guardians(session: Session) -> Iterator[Finding]:
    for key in session.scalars(select(Person.id).where(Person.guardian_id == Person.id)):
        yield Finding(f"person:{key}", _("is their own guardian"))


def _identity_numbers(session: Session) -> Iterator[Finding]:
    query = select(Person.id, Person.id_number, Person.sex, Person.birth)
    for key, number, sex, birth in session.execute(query.where(Person.id_number.is_not(None))):
        if number and (sex, birth) != (sex_beside(number, sex), birth_of_id(number)):
            yield Finding(f"person:{key}", _("sex or birth date is not that of the identity number"))


def _erased(session: Session) -> Iterator[Finding]:
    for key in left_of_erased(session):
        yield Finding(f"person:{key}", _("was erased, but something of the identity is left"))


CHECKS = (
    Check("volunteer-numbers", N_("Volunteers, and they alone, have a number"), _numbers),
    Check("former-numbers", N_("The number of a merged record is nobody else's"), _former_numbers),
    Check("guardians", N_("Nobody is their own guardian"), _guardians),
    Check("identity-numbers", N_("Sex and birth date are those of the identity number"), _identity_numbers),
    Check("erased", N_("Nothing is left of an erased identity"), _erased),
)
