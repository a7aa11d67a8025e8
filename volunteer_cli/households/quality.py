"""Households that are incomplete, and people who fit none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _standing(scope: Scope) -> tuple[Any, list[Any]]:
    from volunteer_cli.households.models import Household

    conditions: list[Any] = [Household.archived_on.is_(None)]
    if scope.community_id is not None:
        conditions.append(Household.community_id == scope.community_id)
    return Household, conditions


def _without_head(_session: Session, scope: Scope) -> Population:
    from volunteer_cli.households.queries import headless, lived_in

    model, standing = _standing(scope)
    return model, [*standing, lived_in(scope.today)], headless(scope.today)


def _people(scope: Scope) -> tuple[Any, list[Any]]:
    """People of communities that keep households: elsewhere nobody is missing from one."""
    from sqlalchemy import select

    from volunteer_cli.households.models import Household
    from volunteer_cli.people.models import Person

    conditions: list[Any] = [
        Person.archived_on.is_(None),
        Person.community_id.in_(select(Household.community_id)),
    ]
    if scope.community_id is not None:
        conditions.append(Person.community_id == scope.community_id)
    return Person, conditions


def _not_placed(_session: Session, scope: Scope) -> Population:
    from volunteer_cli.households.models import Stay
    from volunteer_cli.households.queries import lives_at

    model, people = _people(scope)
    placed = lives_at(scope.today).where(Stay.person_id.is_not(None)).with_only_columns(Stay.person_id)
    return model, people, model.id.not_in(placed)


def _other_address(_session: Session, scope: Scope) -> Population:
    from volunteer_cli.households.queries import elsewhere, lives_at, of_person

    model, people = _people(scope)
    placed = lives_at(scope.today).where(of_person()).exists()
    return model, [*people, placed], elsewhere(scope.today)


def _gifts_overdue(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import select

    from volunteer_cli.households.models import Household, HouseholdGift

    conditions: list[Any] = [HouseholdGift.declined.is_(False)]
    if scope.community_id is not None:
        own = select(Household.id).where(Household.community_id == scope.community_id)
        conditions.append(HouseholdGift.household_id.in_(own))
    # After one month it would have had to be handed in (中办发〔1995〕7号).
    late = HouseholdGift.settlement.is_(None) & (HouseholdGift.due_on < scope.today)
    return HouseholdGift, conditions, late


def _count_differs(_session: Session, scope: Scope) -> Population:
    from volunteer_cli.households.queries import member_count

    model, standing = _standing(scope)
    # Reported and never refused: 人口数 of a base list counts who is registered as often as who lives there.
    listed = model.listed_people
    return model, [*standing, listed.is_not(None)], listed != member_count(scope.today)


FLAWS = (
    Flaw("household_without_head", N_("Households with people and without a head"), _without_head),
    Flaw("person_not_placed", N_("People who live in no household"), _not_placed),
    Flaw("address_differs", N_("People whose address or grid is not their household's"), _other_address),
    Flaw("gift_overdue", N_("Gifts that are held longer than they may be"), _gifts_overdue),
    Flaw("count_differs", N_("Households with other people than their list counts"), _count_differs),
)
