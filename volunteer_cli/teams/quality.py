"""Teams that lack something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _leaderless(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists

    from volunteer_cli.teams.models import Membership, Team
    from volunteer_cli.teams.queries import belongs_on, in_use_on
    from volunteer_cli.teams.terms import Role

    led = exists().where(
        Membership.team_id == Team.id, Membership.role == Role.LEADER, belongs_on(scope.as_of)
    )
    conditions: list[Any] = [in_use_on(scope.as_of)]
    if scope.community_id is not None:
        conditions.append(Team.community_id == scope.community_id)
    return Team, conditions, ~led


FLAWS = (Flaw("team_without_leader", N_("Teams without a leader"), _leaderless, place=4),)
