"""Evaluations that are hard to believe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _not_there(_session: Session, scope: Scope) -> Population:
    """Evaluations of people of whom neither a place nor hours nor the lead say that they were at the event."""
    from sqlalchemy import select

    from volunteer_cli.events.models import Event
    from volunteer_cli.events.queries import beginning
    from volunteer_cli.recognition.models import Evaluation
    from volunteer_cli.recognition.queries import was_there

    wanted = beginning(scope.period, community_id=scope.community_id, team_id=scope.team_id)
    conditions: list[Any] = [Evaluation.voided_on.is_(None)]
    conditions.append(Evaluation.event_id.in_(select(Event.id).where(*wanted)))
    return Evaluation, conditions, ~was_there(Evaluation)


FLAWS = (
    Flaw("evaluation_unlike_roster", N_("Evaluations of people who were not there"), _not_there, place=3),
)
