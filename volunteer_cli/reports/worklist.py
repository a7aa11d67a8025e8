"""The day's worklist: what waits for somebody to do it, each with the command that does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from volunteer_cli.areas import gathered
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.looking import looking
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Report, Row, Scope, figure
from volunteer_cli.reporting.worklist import Task

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@cache
def tasks() -> tuple[Task, ...]:
    """What the areas put on the list, most urgent first."""
    return tuple(sorted(gathered("tasks"), key=lambda task: task.place))


def task_titles() -> dict[str, str]:
    """What is to be done by the names of the tasks, in their order."""
    return {task.name: task.title for task in tasks()}


def today_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """What waits, most urgent first; with a period only what is due in it."""
    with looking(session):
        rows = [row for task in tasks() for row in task.find(session, scope)]
    if scope.period is not None:
        rows = [row for row in rows if row["due"] and row["due"] in scope.period]
    for row in rows:
        row["overdue"] = bool(row["due"] and row["due"] < scope.today)
    return sorted(rows, key=_urgency)


def _urgency(row: Row) -> tuple[bool, int, date]:
    """What is overdue comes first, then by task; within a task what is due first."""
    place = list(task_titles()).index(row["task"])
    # What has no day waits longest.
    return not row["overdue"], place, row["due"] or date.max


def waiting_counts(session: Session, scope: Scope) -> list[Row]:
    """How many wait by task, for the overview; nothing of a task of which nothing waits."""
    counts: Counter[str] = Counter()
    # Counted for the front page alone: a long task would make each overview slow.
    brief = [task for task in tasks() if task.brief]
    with looking(session):
        for task in brief:
            counts.update(_count(session, scope, task))
    return [{"task": name, "count": counts[name]} for name in task_titles() if counts[name]]


def _count(session: Session, scope: Scope, task: Task) -> Mapping[str, int]:
    if task.count is not None:
        return task.count(session, scope)
    counts: Counter[str] = Counter()
    for row in task.find(session, scope):
        counts[row["task"]] += row["count"]
    return counts


TODAY = Report(
    name="today",
    place=2,
    title=N_("To do"),
    help=N_("List what waits to be done, most urgent first, with the command that does it."),
    question=N_("What waits for me today?"),
    rows=today_rows,
    keys=("thing",),
    comparable=False,
    total=False,
    kept=False,
    figures=(
        figure(
            "task",
            N_("Task"),
            Kind.CHOICE,
            N_(
                "What is to be done. Overdue first, then by kind: events that are over and not finished; people who checked in and not out, and records that need review; pending hours; shifts of the next 14 days that lack people; service events of these days without shifts to which nobody has signed up; notices that drives owe by then; stars that hours reach and nobody granted; likely duplicates."
            ),
            total=False,
            choices=task_titles(),
        ),
        figure(
            "what",
            N_("About"),
            Kind.TEXT,
            N_("The event, shift, drive or person; of records without an event their days."),
            total=False,
        ),
        figure(
            "count",
            N_("Count"),
            Kind.COUNT,
            N_("How many records, people, events or pairs wait."),
            total=False,
        ),
        figure(
            "due",
            N_("Due"),
            Kind.DATE,
            N_(
                "By when: of an event its end and the working days of the policy entry_deadline_days; of a shift or an event to be filled its beginning; of a notice the day it is owed."
            ),
            total=False,
        ),
        figure(
            "overdue", N_("Overdue"), Kind.FLAG, N_("Whether that day is past."), total=False, table=False
        ),
        figure(
            "thing",
            N_("What it is about"),
            Kind.CODE,
            N_("The record it is about."),
            total=False,
            table=False,
        ),
        figure("next", N_("Next"), Kind.CODE, N_("The command that goes on from here."), total=False),
    ),
)
REPORTS = (TODAY,)
