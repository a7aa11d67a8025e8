"""Trainings that are hard to believe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Scope
from volunteer_cli.reporting.quality import Flaw, Population

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _trained_unborn(_session: Session, scope: Scope) -> Population:
    from sqlalchemy import select

    from volunteer_cli.people.models import Person
    from volunteer_cli.people.queries import not_born_by
    from volunteer_cli.training.models import Training

    conditions: list[Any] = [Training.voided_on.is_(None)]
    if scope.community_id is not None:
        own = select(Person.id).where(Person.community_id == scope.community_id)
        conditions.append(Training.person_id.in_(own))
    if scope.period is not None:
        conditions.append(Training.held_on.between(scope.period.first, scope.period.last))
    return Training, conditions, not_born_by(Training.person_id, Training.held_on)


FLAWS = (
    Flaw("training_before_birth", N_("Trainings from before somebody was born"), _trained_unborn, place=3),
)
