"""Events that are hard to believe."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

#: Volunteer service of communities began in 1989: an earlier year was mistyped.
EARLIEST = datetime(1989, 1, 1)  # noqa: DTZ001 - wall clock
#: A camp may last for weeks; what lasts longer has a wrong end.
MOST_DAYS = 31

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _unattended(_session: Session, scope: Scope) -> Population:
    from volunteer_cli.events.models import Event
    from volunteer_cli.events.queries import attended, beginning
    from volunteer_cli.events.terms import EventStatus

    wanted = beginning(scope.period, community_id=scope.community_id, team_id=scope.team_id)
    return Event, [*wanted, Event.status == EventStatus.DONE], ~attended()


def _hard_to_believe(session: Session, scope: Scope) -> Population:
    from sqlalchemy import or_

    from volunteer_cli.events.models import Event
    from volunteer_cli.events.queries import beginning, minutes_of

    wanted = beginning(scope.period, community_id=scope.community_id, team_id=scope.team_id)
    return Event, wanted, or_(Event.starts_at < EARLIEST, minutes_of(session) > MOST_DAYS * 24 * 60)


def _refused_by_now(session: Session, scope: Scope) -> Population:
    """Places at events ahead whose holders would get none today: a training expired, somebody left the team."""
    from sqlalchemy import select

    from volunteer_cli.events.models import Event, Signup
    from volunteer_cli.events.queries import beginning, holding_ahead
    from volunteer_cli.events.rules.ladder import stands_against

    wanted = beginning(scope.period, community_id=scope.community_id, team_id=scope.team_id)
    held = list(session.scalars(holding_ahead(scope.now).where(*wanted)))
    # The same ladder as at the sign-up: what it let pass then may have changed since.
    refused = [signup.id for signup in held if stands_against(session, signup, scope.now)]
    ahead = Signup.event_id.in_(select(Event.id).where(Event.starts_at > scope.now, *wanted))
    return Signup, [ahead], Signup.id.in_(refused)


def _led_by_nobody(_session: Session, scope: Scope) -> Population:
    """Events ahead under a team, or led by somebody, out of use."""
    from sqlalchemy import exists, or_

    from volunteer_cli.events.models import Event
    from volunteer_cli.events.queries import beginning
    from volunteer_cli.events.terms import AHEAD
    from volunteer_cli.people.models import Person
    from volunteer_cli.teams.models import Team

    wanted = beginning(scope.period, community_id=scope.community_id, team_id=scope.team_id)
    ahead = (Event.starts_at > scope.now, Event.status.in_(AHEAD), Event.archived_on.is_(None))
    leader = exists().where(Person.id == Event.leader_id, Person.archived_on.is_not(None))
    team = exists().where(Team.id == Event.team_id, Team.archived_on.is_not(None))
    return Event, [*wanted, *ahead], or_(leader, team)


FLAWS = (
    Flaw(
        "place_refused",
        N_("Places at events ahead that would be refused by now"),
        _refused_by_now,
        place=3,
    ),
    Flaw(
        "event_led_by_nobody",
        N_("Events ahead whose leader or team is archived"),
        _led_by_nobody,
        place=3,
    ),
    Flaw("event_without_attendance", N_("Finished events to which nobody came"), _unattended, place=3),
    Flaw(
        "event_times",
        N_("Events before there was volunteering, or of more than a month"),
        _hard_to_believe,
        place=3,
    ),
)
