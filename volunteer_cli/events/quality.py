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


def _hard_to_believe(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import or_

    from volunteer_cli.events.models import Event
    from volunteer_cli.events.queries import beginning, minutes_of

    wanted = beginning(scope.period, community_id=scope.community_id, team_id=scope.team_id)
    return Event, wanted, or_(Event.starts_at < EARLIEST, minutes_of() > MOST_DAYS * 24 * 60)


FLAWS = (
    Flaw("event_without_attendance", N_("Finished events to which nobody came"), _unattended, place=3),
    Flaw(
        "event_times",
        N_("Events before there was volunteering, or of more than a month"),
        _hard_to_believe,
        place=3,
    ),
)
