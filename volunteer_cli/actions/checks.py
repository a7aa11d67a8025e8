"""What must always hold of actions."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from volunteer_cli.actions.models import Action
from volunteer_cli.actions.terms import ActionStatus
from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _


def _out_of_order(session: Session) -> Iterator[Finding]:
    """Days of an action in an order in which nothing can happen."""
    early = or_(
        Action.done_on < Action.raised_on,
        Action.answered_on < Action.raised_on,
        Action.confirmed_on < Action.done_on,
    )
    for key in session.scalars(select(Action.id).where(early)):
        yield Finding(f"action:{key}", _("was answered, done or confirmed before it could be"))


def _unlike_status(session: Session) -> Iterator[Finding]:
    """Actions whose days contradict their status."""
    confirmed = Action.confirmed_on.is_not(None)
    unlike = or_(
        (Action.status == ActionStatus.CONFIRMED) & ~confirmed,
        (Action.status != ActionStatus.CONFIRMED) & confirmed,
        (Action.status == ActionStatus.OPEN) & Action.done_on.is_not(None),
    )
    for key in session.scalars(select(Action.id).where(unlike)):
        yield Finding(f"action:{key}", _("has days that contradict its status"))


CHECKS = (
    Check("action-order", N_("An action is raised, done and confirmed in this order"), _out_of_order),
    Check("action-status", N_("The days of an action fit its status"), _unlike_status),
)
