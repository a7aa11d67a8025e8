"""Records of people that are incomplete or hard to believe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Years beyond which an age is hard to believe.
OLDEST = 110
#: Years below which that of a volunteer is: none goes to school yet.
YOUNGEST_VOLUNTEER = 6


def _people(scope: Scope, *, volunteers: bool = False) -> tuple[Any, list[Any]]:
    from volunteer_cli.people.models import Person

    conditions: list[Any] = [Person.archived_on.is_(None)]
    if scope.community_id is not None:
        conditions.append(Person.community_id == scope.community_id)
    if volunteers:
        conditions.append(Person.registered_on.is_not(None))
    if scope.period is not None:
        conditions.append(Person.registered_on.between(scope.period.first, scope.period.last))
    return Person, conditions


def _without(*names: str, volunteers: bool = False) -> Callable[[Session, Scope], Population]:
    def population(_session: Session, scope: Scope) -> Population:
        from sqlalchemy import and_

        model, wanted = _people(scope, volunteers=volunteers)
        return model, wanted, and_(*(getattr(model, name).is_(None) for name in names))

    return population


def _minors(session: Session, scope: Scope) -> Population:
    from volunteer_cli.core.dates.days import add_months
    from volunteer_cli.core.policies import policy_value
    from volunteer_cli.people.terms import GUARDIAN_AGE

    model, wanted = _people(scope, volunteers=True)
    born_after = add_months(scope.today, -12 * policy_value(session, GUARDIAN_AGE)).isoformat()
    return model, [*wanted, model.birth > born_after], model.guardian_id.is_(None)


def _implausible_births(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import and_

    from volunteer_cli.core.dates.days import add_months

    def years_ago(count: int) -> str:
        return add_months(scope.today, -12 * count).isoformat()

    model, wanted = _people(scope)
    # A birth known by its year compares as its first day, so nobody is too young for want of a month.
    child = and_(model.registered_on.is_not(None), model.birth > years_ago(YOUNGEST_VOLUNTEER))
    return model, [*wanted, model.birth.is_not(None)], child | (model.birth < years_ago(OLDEST))


def _unread_addresses(_session: Session, scope: Scope) -> Population:
    model, wanted = _people(scope)
    return model, [*wanted, model.address.is_not(None)], model.building.is_(None)


def _registered_too_early(_session: Session, scope: Scope) -> Population:
    from volunteer_cli.people.queries import not_born_by

    model, conditions = _people(scope, volunteers=True)
    return model, conditions, not_born_by(model.id, model.registered_on)


def _younger_guardians(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists
    from sqlalchemy.orm import aliased

    model, conditions = _people(scope)
    guardian = aliased(model)
    # Births sort as they read; two of one year may be either way round, and are left alone.
    younger = exists().where(guardian.id == model.guardian_id, guardian.birth > model.birth)
    return model, [*conditions, model.guardian_id.is_not(None)], younger


FLAWS = (
    Flaw("person_without_contact", N_("People without a phone"), _without("phone", "phone_alt"), place=1),
    Flaw(
        "volunteer_without_id_number",
        N_("Volunteers without an identity number"),
        _without("id_number", volunteers=True),
        place=1,
    ),
    Flaw(
        "volunteer_without_birth",
        N_("Volunteers without a birth date"),
        _without("birth", volunteers=True),
        place=1,
    ),
    Flaw("volunteer_without_sex", N_("Volunteers without a sex"), _without("sex", volunteers=True), place=1),
    Flaw("birth_implausible", N_("Birth dates that are hard to believe"), _implausible_births, place=1),
    Flaw("minor_without_guardian", N_("Young volunteers without a guardian"), _minors, place=1),
    Flaw("registered_before_birth", N_("Volunteers registered before they were born"), _registered_too_early),
    Flaw("guardian_younger", N_("People older than their guardian"), _younger_guardians),
    Flaw("address_not_understood", N_("Addresses without a building"), _unread_addresses, place=1),
)
