"""What must always hold of trainings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.training.models import Training
from volunteer_cli.training.queries import skills_of_trainings


def _dates(session: Session) -> Iterator[Finding]:
    wrong = or_(Training.until < Training.held_on, Training.minutes < 1)
    for key in session.scalars(select(Training.id).where(wrong)):
        yield Finding(f"training:{key}", _("It takes no time or ends before it was held."))


def _twice(session: Session) -> Iterator[Finding]:
    """Trainings that are there already, down to the skills that they give; see `rules.add_training`."""
    held: dict[tuple[Any, ...], int] = {}
    candidates = _alike(session)
    skills = skills_of_trainings(session, [row[0] for row in candidates])
    for key, *content in candidates:
        other = held.setdefault((*content, *skills[key]), key)
        if other != key:
            problem = _("It says the same as {other}, which holds as well.")
            yield Finding(f"training:{key}", problem.format(other=f"training:{other}"))


def _alike(session: Session) -> Sequence[Any]:
    """Valid trainings that differ from another one in their skills at most: the id and what they say."""
    columns = [
        getattr(Training, name) for name in ("person_id", "topic", "by", "held_on", "minutes", "until")
    ]
    valid = Training.voided_on.is_(None)
    number = func.count().over(partition_by=columns).label("number")
    rows = select(Training.id, *columns, number).where(valid).subquery()
    several = select(*list(rows.c)[:-1]).where(rows.c.number > 1)
    return session.execute(several.order_by(rows.c.id)).all()


CHECKS = (
    Check("training-twice", N_("Nobody has the same training twice"), _twice, code="conflict"),
    Check("training-dates", N_("Trainings take time and count from the day they were held"), _dates),
)
