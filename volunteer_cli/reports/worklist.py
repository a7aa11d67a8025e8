"""The day's worklist: what waits for somebody to do it, each with the command that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Report, Row, Scope, figure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

AHEAD_DAYS = 14
"""How far ahead the worklist looks."""


class Task(StrEnum):
    """What is to be done, in the order of the worklist."""

    CLOSE_EVENT = "close_event"
    MISSING_CHECKOUT = "missing_checkout"
    CONFIRM_HOURS = "confirm_hours"
    FILL_SHIFT = "fill_shift"
    FILL_EVENT = "fill_event"
    PUBLISH_NOTICE = "publish_notice"
    GRANT_STAR = "grant_star"
    CHECK_DUPLICATES = "check_duplicates"


TASKS: dict[str, str] = {
    Task.CLOSE_EVENT: N_("finish an event that is over"),
    Task.MISSING_CHECKOUT: N_("find out when people left"),
    Task.CONFIRM_HOURS: N_("confirm hours"),
    Task.FILL_SHIFT: N_("find people for a shift"),
    Task.FILL_EVENT: N_("find people for an event"),
    Task.PUBLISH_NOTICE: N_("publish a notice"),
    Task.GRANT_STAR: N_("decide on a star"),
    Task.CHECK_DUPLICATES: N_("look at likely duplicates"),
}


def today_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """What waits, most urgent first; with a period only what is due in it."""
    rows = [row for find in FINDERS for row in find(session, scope)]
    if scope.period is not None:
        rows = [row for row in rows if row["due"] and row["due"] in scope.period]
    order = list(TASKS)
    for row in rows:
        row["overdue"] = bool(row["due"] and row["due"] < scope.today)
    return sorted(
        rows, key=lambda row: (not row["overdue"], order.index(row["task"]), row["due"] or date.max)
    )


def _item(
    task: Task, what: str | None, count: int, step: str, *, thing: str | None = None, due: date | None = None
) -> Row:
    return {
        "task": task,
        "what": what,
        "count": count,
        "due": due,
        "thing": thing,
        "next": f"volunteer {step}",
    }


def events_to_finish(session: Session, scope: Scope) -> Iterator[Row]:
    """Events that are over: their service is to be entered within the working days of the policy."""
    from volunteer_cli.core.dates.working_days import add_working_days, is_working_day
    from volunteer_cli.core.policies import policy_value
    from volunteer_cli.events.queries import unfinished
    from volunteer_cli.hours.terms import ENTRY_DEADLINE_DAYS, WORKING_DAYS

    days, overrides = policy_value(session, ENTRY_DEADLINE_DAYS), policy_value(session, WORKING_DAYS)
    for event in unfinished(session, scope.now, community_id=scope.community_id):
        due = add_working_days(event.ends_at.date(), days, lambda day: is_working_day(day, overrides))
        yield _item(
            Task.CLOSE_EVENT, event.title, 1, f"event finish {event.id}", thing=f"event:{event.id}", due=due
        )


def missing_checkouts(session: Session, scope: Scope) -> Iterator[Row]:
    """People who checked in at events not yet finished and never out."""
    from volunteer_cli.events.queries import without_checkout

    for event_id, title, _ends_at, count in without_checkout(
        session, scope.now, community_id=scope.community_id
    ):
        step, thing = f"event roster {event_id}", f"event:{event_id}"
        yield _item(Task.MISSING_CHECKOUT, title, count, step, thing=thing)


def undecided_hours(session: Session, scope: Scope) -> Iterator[Row]:
    """Records that are pending or need review, by event; those without an event by community."""
    from volunteer_cli.core.dates import Period
    from volunteer_cli.events.queries import event_titles
    from volunteer_cli.hours.queries import undecided
    from volunteer_cli.hours.terms import HoursStatus

    groups, here = undecided(session, scope.community_id), _community_options(session, scope)
    titles = event_titles(session, {group.event_id for group in groups if group.event_id is not None})
    for group in groups:
        pending, days = group.status == HoursStatus.PENDING, Period(group.first, group.last).label
        within = f"--period {days}{here[group.community_id]}"
        which = f"--event {group.event_id}" if group.event_id else within
        step = f"hours confirm {which}" if pending else f"hours list {which} --status {group.status}"
        thing = f"event:{group.event_id}" if group.event_id else None
        task = Task.CONFIRM_HOURS if pending else Task.MISSING_CHECKOUT
        yield _item(task, titles.get(group.event_id, days), group.records, step, thing=thing)


def _community_options(session: Session, scope: Scope) -> dict[int, str]:
    """What names a community on the command line; nothing where one is chosen anyway."""
    from volunteer_cli.communities.queries import communities

    known = communities(session)
    clear = scope.community_id is not None or len(known) == 1
    return {one.id: "" if clear else f" --community {one.code}" for one in known}


def shifts_to_fill(session: Session, scope: Scope) -> Iterator[Row]:
    """Shifts of the coming days that lack people."""
    from volunteer_cli.events.queries import gaps

    for gap in gaps(session, scope.now, scope.now + timedelta(AHEAD_DAYS), community_id=scope.community_id):
        step, thing = f"event suggest {gap.event_id}", f"event:{gap.event_id}"
        yield _item(
            Task.FILL_SHIFT,
            f"{gap.title}, {gap.shift}",
            gap.missing,
            step,
            thing=thing,
            due=gap.starts_at.date(),
        )


def events_to_fill(session: Session, scope: Scope) -> Iterator[Row]:
    """Service events of the coming days to which nobody has signed up."""
    from volunteer_cli.events.queries import deserted

    until = scope.now + timedelta(AHEAD_DAYS)
    for event in deserted(session, scope.now, until, community_id=scope.community_id):
        step, day = f"event suggest {event.id}", event.starts_at.date()
        yield _item(Task.FILL_EVENT, event.title, 1, step, thing=f"event:{event.id}", due=day)


def notices_to_publish(session: Session, scope: Scope) -> Iterator[Row]:
    """Notices that drives owe the public, past or of the coming days."""
    from volunteer_cli.communities.models import Community
    from volunteer_cli.drives.queries.disclosure import disclosures_due

    community = session.get(Community, scope.community_id) if scope.community_id else None
    for due in disclosures_due(session, scope.today, community=community, within_days=AHEAD_DAYS):
        yield _item(
            Task.PUBLISH_NOTICE,
            due.drive.name,
            1,
            f"drive notice {due.drive.code}",
            thing=f"drive:{due.drive.id}",
            due=due.due_on,
        )


def stars_to_grant(session: Session, scope: Scope) -> Iterator[Row]:
    """People whose hours reach a star that they do not hold."""
    from volunteer_cli.recognition.rules.stars import star_standings

    for one in star_standings(session, scope.community_id):
        if one.proposed:
            yield _item(
                Task.GRANT_STAR,
                one.person,
                1,
                f"star grant {one.id} {one.proposed}",
                thing=f"person:{one.id}",
            )


def duplicates_to_check(session: Session, scope: Scope) -> Iterator[Row]:
    """Pairs of people who may be one."""
    from volunteer_cli.people.duplicates import duplicate_pairs

    if pairs := duplicate_pairs(session, scope.community_id):
        yield _item(Task.CHECK_DUPLICATES, None, len(pairs), "person duplicates")


FINDERS: tuple[Callable[[Session, Scope], Iterator[Row]], ...] = (
    events_to_finish,
    missing_checkouts,
    undecided_hours,
    shifts_to_fill,
    events_to_fill,
    notices_to_publish,
    stars_to_grant,
    duplicates_to_check,
)
DUE_SOON = (events_to_finish, missing_checkouts, shifts_to_fill, events_to_fill, notices_to_publish)
"""Those that the overview counts, beside the records to be decided: what has a day."""

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
            choices=TASKS,
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
