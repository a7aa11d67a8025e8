"""What of visits waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.looking import once
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import Task, item

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from volunteer_cli.care.queries.due import Due

VISIT_ALARM, VISIT_OVERDUE, VISIT_DUE, MISSED_PLAN = (
    "visit_alarm",
    "visit_overdue",
    "visit_due",
    "missed_plan",
)


def _dues(session: Session, scope: Scope) -> Sequence[Due]:
    """What is due; three tasks ask for the same, one after the other."""
    from volunteer_cli.care.queries.due import dues

    key = "care.all_dues", scope.today, scope.community_id
    return once(session, key, lambda: dues(session, scope.today, community_id=scope.community_id))


def _item(task: str, due: Due, day: date) -> Row:
    from volunteer_cli.households.queries import shown_household

    number = due.household.number
    step = f"visit add {number} --by PERSON"
    return item(task, shown_household(due.household), 1, step, thing=f"household:{due.id}", due=day)


# Two knocks in vain at the door of somebody who lives alone do not wait for the rhythm: somebody looks today.
def alarms(session: Session, scope: Scope) -> Iterator[Row]:
    """Households at which so many tries in a row went unanswered that somebody must look today."""
    for due in _dues(session, scope):
        if due.alarm:
            yield _item(VISIT_ALARM, due, scope.today)


def overdue(session: Session, scope: Scope) -> Iterator[Row]:
    """Households whose visit is late."""
    for due in _dues(session, scope):
        if due.overdue_days:
            yield _item(VISIT_OVERDUE, due, due.due_on)


def due_soon(session: Session, scope: Scope) -> Iterator[Row]:
    """Households that are to be visited by the coming Sunday."""
    from datetime import timedelta

    sunday = scope.today + timedelta(days=6 - scope.today.weekday())
    for due in _dues(session, scope):
        if not due.overdue_days and due.due_on <= sunday:
            yield _item(VISIT_DUE, due, due.due_on)


def missed_plans(session: Session, scope: Scope) -> Iterator[Row]:
    """Plans whose day is past and that no visit has kept."""
    from volunteer_cli.care.queries import finding
    from volunteer_cli.care.terms import VisitStatus
    from volunteer_cli.households.queries import household_names

    missed = finding.plan_status(scope.today, VisitStatus.MISSED)
    plans = list(finding.visits(session, missed, community_id=scope.community_id))
    numbers = household_names(session, (plan.household_id for plan in plans))
    for plan in plans:
        number, step = numbers[plan.household_id], f"visit cancel {plan.id} --reason TEXT"
        yield item(MISSED_PLAN, number, 1, step, thing=f"visit:{plan.id}", due=plan.planned_on)


TASKS = (
    Task(VISIT_ALARM, N_("look after somebody who did not answer"), alarms, place=20),
    Task(VISIT_OVERDUE, N_("make a visit that is late"), overdue, place=21),
    Task(VISIT_DUE, N_("visit a household this week"), due_soon, place=22),
    Task(MISSED_PLAN, N_("make up for a visit that was planned"), missed_plans, place=23),
)
