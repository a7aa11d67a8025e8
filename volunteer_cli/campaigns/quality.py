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
    from volunteer_cli.campaigns.queries.numbers import has_bad_number
    from volunteer_cli.people.models import Person

    people: list[Any] = [Person.archived_on.is_(None), Person.phone.is_not(None)]
    if scope.community_id is not None:
        people.append(Person.community_id == scope.community_id)
    return Person, people, has_bad_number(scope.today)


# 一查二看三问: a flat that somebody called empty once has often turned out to be lived in.
def _unproved(session: Session, scope: Scope) -> Population:
    """Households that were found vacant last, on fewer days than prove it."""
    from volunteer_cli.campaigns.queries.working import found_vacant
    from volunteer_cli.campaigns.terms import VACANCY_CHECKS
    from volunteer_cli.core.policies import policy_value
    from volunteer_cli.households.models import Household

    standing: list[Any] = [Household.archived_on.is_(None), Household.id.in_(found_vacant())]
    if scope.community_id is not None:
        standing.append(Household.community_id == scope.community_id)
    few = found_vacant(policy_value(session, VACANCY_CHECKS))
    return Household, standing, Household.id.in_(few)


FLAWS = (
    Flaw("bad_number", N_("People whose number was found wrong or dead"), _bad_numbers),
    Flaw("vacant_unproved", N_("Households found vacant without being proved so"), _unproved),
)
