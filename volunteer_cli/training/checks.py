"""What must always hold of trainings."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.training.models import Training


def _dates(session: Session) -> Iterator[Finding]:
    wrong = or_(Training.until < Training.held_on, Training.minutes < 1)
    for key in session.scalars(select(Training.id).where(wrong)):
        yield Finding(f"training:{key}", _("It takes no time or ends before it was held."))


CHECKS = (Check("training-dates", N_("Trainings take time and count from the day they were held"), _dates),)
