"""What is asked of actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.actions.models import Action, ActionStep
from volunteer_cli.actions.terms import ActionStatus, Step
from volunteer_cli.core.database import chunks
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import Reference, find
from volunteer_cli.organizations.models import Organization

ACTION = Reference(N_("action"), Action, "volunteer council actions COUNCIL", codes=(), name=None)


def find_action(session: Session, text: str, *, changing: bool = True) -> Action:
    """The action or need that `text` names by its id.

    Raises:
        NotFound: there is none.
    """
    # A need is an action, so that `need:7` and `action:7` are one.
    return find(session, ACTION, text.removeprefix("need:"), changing=changing)


def is_overdue(on: date) -> ColumnElement[bool]:
    """Whether an action is overdue on a day: the one definition, for lists, worklist and reports."""
    return and_(Action.status == ActionStatus.OPEN, Action.due_on < on)


def last_step(session: Session, action_id: int) -> date | None:
    """The day of the last step of an action."""
    query = select(func.max(ActionStep.happened_on)).where(ActionStep.action_id == action_id)
    return session.scalar(query)


def extensions(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """How often each of these actions was extended; one that never was is left out."""
    counts: dict[int, int] = {}
    for keys in chunks(ids):
        extended = and_(ActionStep.action_id.in_(keys), ActionStep.step == Step.EXTENDED)
        query = select(ActionStep.action_id, func.count()).where(extended).group_by(ActionStep.action_id)
        counts |= {row[0]: row[1] for row in session.execute(query)}
    return counts


def answers(session: Session, ids: Iterable[int]) -> dict[int, str | None]:
    """What was first answered to each of these needs."""
    texts: dict[int, str | None] = {}
    for keys in chunks(ids):
        answered = and_(ActionStep.action_id.in_(keys), ActionStep.step == Step.ANSWERED)
        query = select(ActionStep.action_id, ActionStep.text).where(answered)
        texts |= {row[0]: row[1] for row in session.execute(query.order_by(ActionStep.id.desc()))}
    return texts


_BEFORE, _AFTER = aliased(Organization), aliased(Organization)


def steps(session: Session, ids: Iterable[int]) -> dict[int, list[Any]]:
    """What happened to each of these actions, earliest first."""
    rows: dict[int, list[Any]] = {}
    for keys in chunks(ids):
        for row in session.execute(_STEPS.where(ActionStep.action_id.in_(keys)).order_by(ActionStep.id)):
            rows.setdefault(row.action_id, []).append(row)
    return rows


# Outer joins, for most steps change no owner.
_STEPS = (
    select(
        ActionStep.id,
        ActionStep.action_id,
        ActionStep.happened_on.label("on"),
        ActionStep.step,
        ActionStep.text,
        ActionStep.by,
        ActionStep.due_before,
        ActionStep.due_after,
        _BEFORE.name.label("owner_before"),
        _AFTER.name.label("owner_after"),
    )
    .outerjoin(_BEFORE, _BEFORE.id == ActionStep.owner_before_id)
    .outerjoin(_AFTER, _AFTER.id == ActionStep.owner_after_id)
)


def archived_owners(session: Session) -> dict[str, list[int]]:
    """The names of archived organizations that still have something to do, with the ids of their actions."""
    query = select(Organization.name, Action.id).join(Organization, Organization.id == Action.owner_id)
    where = (Action.status == ActionStatus.OPEN, Organization.archived_on.is_not(None))
    ids: dict[str, list[int]] = {}
    for name, key in session.execute(query.where(*where).order_by(Action.id)):
        ids.setdefault(name, []).append(key)
    return ids
