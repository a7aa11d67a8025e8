"""Evaluations and honours that are hard to believe."""

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


def _honoured_unborn(_session: Session, scope: Scope) -> Population:
    from volunteer_cli.people.queries import not_born_by
    from volunteer_cli.recognition.models import Award

    conditions: list[Any] = [Award.voided_on.is_(None), Award.person_id.is_not(None)]
    if scope.community_id is not None:
        conditions.append(Award.community_id == scope.community_id)
    if scope.period is not None:
        conditions.append(Award.awarded_on.between(scope.period.first, scope.period.last))
    return Award, conditions, not_born_by(Award.person_id, Award.awarded_on)


FLAWS = (
    Flaw("evaluation_unlike_roster", N_("Evaluations of people who were not there"), _not_there, place=3),
    Flaw("award_before_birth", N_("Honours from before somebody was born"), _honoured_unborn, place=3),
)
