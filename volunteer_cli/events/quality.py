"""Events that are hard to believe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _unattended(_session: Session, scope: Scope) -> Population:
    from volunteer_cli.events.models import Event
    from volunteer_cli.events.queries import attended, beginning
    from volunteer_cli.events.terms import EventStatus

    wanted = beginning(scope.period, community_id=scope.community_id, team_id=scope.team_id)
    return Event, [*wanted, Event.status == EventStatus.DONE], ~attended()


FLAWS = (Flaw("event_without_attendance", N_("Finished events to which nobody came"), _unattended, place=3),)
