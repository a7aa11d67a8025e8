"""Numbers that campaigns found wrong, and vacancies that are not proved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _bad_numbers(_session: Session, scope: Scope) -> Population:
    """People whose number, as it stands on file, an attempt at them or at their household found wrong or dead."""
    from sqlalchemy import or_, select

    from volunteer_cli.campaigns.models import Attempt, Target
    from volunteer_cli.households.models import Stay
    from volunteer_cli.households.queries import lives_at
    from volunteer_cli.people.models import Person

    people: list[Any] = [Person.archived_on.is_(None), Person.phone.is_not(None)]
    if scope.community_id is not None:
        people.append(Person.community_id == scope.community_id)
    home = lives_at(scope.today).where(Stay.person_id == Person.id).with_only_columns(Stay.household_id)
    own = or_(Target.person_id == Person.id, Target.household_id.in_(home.correlate(Person)))
    bad = select(Attempt.id).join(Target, Target.id == Attempt.target_id)
    bad = bad.where(Attempt.number.in_((Person.phone, Person.phone_alt)), own).correlate(Person)
    return Person, people, bad.exists()


# 一查二看三问: the Yuzhong re-check of 2020 found people in 16 of 809 flats that had been called empty.
def _unproved(session: Session, scope: Scope) -> Population:
    """Households that were found vacant last, on fewer days than prove it."""
    from sqlalchemy import func, select

    from volunteer_cli.campaigns.models import Attempt, Target
    from volunteer_cli.campaigns.terms import VACANCY_CHECKS, Outcome
    from volunteer_cli.core.policies import policy_value
    from volunteer_cli.households.models import Household

    standing: list[Any] = [Household.archived_on.is_(None)]
    if scope.community_id is not None:
        standing.append(Household.community_id == scope.community_id)
    place = func.row_number().over(
        partition_by=Attempt.target_id, order_by=(Attempt.at.desc(), Attempt.id.desc())
    )
    ranked = select(Attempt.target_id, Attempt.outcome, place.label("place")).subquery()
    last = select(ranked.c.target_id).where(ranked.c.place == 1, ranked.c.outcome == Outcome.VACANT)
    days = select(Attempt.target_id).where(Attempt.outcome == Outcome.VACANT).group_by(Attempt.target_id)
    few = days.having(func.count(func.date(Attempt.at).distinct()) < policy_value(session, VACANCY_CHECKS))
    homes = select(Target.household_id).where(Target.id.in_(last))
    return Household, [*standing, Household.id.in_(homes)], Household.id.in_(homes.where(Target.id.in_(few)))


FLAWS = (
    Flaw("bad_number", N_("People whose number was found wrong or dead"), _bad_numbers),
    Flaw("vacant_unproved", N_("Households found vacant without being proved so"), _unproved),
)
