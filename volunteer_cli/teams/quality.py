"""Teams that lack something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _teams(scope: Scope) -> list[Any]:
    """Teams in use at the end of the period."""
    from volunteer_cli.teams.models import Team
    from volunteer_cli.teams.queries import in_use_on

    own = [Team.community_id == scope.community_id] if scope.community_id is not None else []
    return [in_use_on(scope.as_of), *own]


def _leaderless(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists

    from volunteer_cli.teams.models import Membership, Team
    from volunteer_cli.teams.queries import belongs_on
    from volunteer_cli.teams.terms import Role

    led = exists().where(
        Membership.team_id == Team.id, Membership.role == Role.LEADER, belongs_on(scope.as_of)
    )
    return Team, _teams(scope), ~led


def _joined_too_early(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists

    from volunteer_cli.teams.models import Membership, Team

    earlier = exists().where(Membership.team_id == Team.id, Membership.since < Team.founded_on)
    return Team, _teams(scope), earlier


def _joined_unborn(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import exists

    from volunteer_cli.people.queries import not_born_by
    from volunteer_cli.teams.models import Membership, Team

    unborn = not_born_by(Membership.person_id, Membership.since)
    return Team, _teams(scope), exists().where(Membership.team_id == Team.id, unborn)


FLAWS = (
    Flaw("team_without_leader", N_("Teams without a leader"), _leaderless, place=4),
    Flaw(
        "team_older_than_founded",
        N_("Teams with members from before they were founded"),
        _joined_too_early,
        place=4,
    ),
    Flaw(
        "joined_before_birth", N_("Teams with members from before these were born"), _joined_unborn, place=4
    ),
)
