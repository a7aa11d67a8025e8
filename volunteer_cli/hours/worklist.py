"""What of service hours waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.events.worklist import MISSING_CHECKOUT
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import Task, item

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CLOSE_EVENT, CONFIRM_HOURS = "close_event", "confirm_hours"


def events_to_finish(session: Session, scope: Scope) -> Iterator[Row]:
    """Events that are over: their service is to be entered within the working days of the policy."""
    from volunteer_cli.core.dates.working_days import add_working_days
    from volunteer_cli.core.policies import policy_value
    from volunteer_cli.events.queries import unfinished
    from volunteer_cli.hours.terms import ENTRY_DEADLINE_DAYS

    # 志愿服务记录与证明出具办法（试行） counts working days, which holidays and made-up Saturdays move.
    days = policy_value(session, ENTRY_DEADLINE_DAYS)
    for event in unfinished(session, scope.now, community_id=scope.community_id):
        due = add_working_days(event.ends_at.date(), days)
        yield item(
            CLOSE_EVENT, event.title, 1, f"event finish {event.id}", thing=f"event:{event.id}", due=due
        )


def undecided_hours(session: Session, scope: Scope) -> Iterator[Row]:
    """Records that are pending or need review, by event; those without an event by community."""
    from volunteer_cli.core.dates import Period
    from volunteer_cli.events.queries import event_titles
    from volunteer_cli.hours.queries import undecided

    groups = undecided(session, scope.community_id)
    of_community = _community_options(session, scope)
    titles = event_titles(session, (group.event_id for group in groups))
    for group in groups:
        days = Period(group.first, group.last).label
        which = f"--period {days}{of_community[group.community_id]}"
        thing = None
        if group.event_id:
            which, thing = f"--event {group.event_id}", f"event:{group.event_id}"
        task, step = _deciding(group.status, which)
        yield item(task, titles.get(group.event_id, days), group.records, step, thing=thing)


def _deciding(status: str, which: str) -> tuple[str, str]:
    """The task that records of a state are, and the command that does it for `which` of them."""
    from volunteer_cli.hours.terms import HoursStatus

    if status == HoursStatus.PENDING:
        return CONFIRM_HOURS, f"hours confirm {which}"
    # What needs review is looked at one by one; confirming would pass it over.
    return MISSING_CHECKOUT, f"hours list {which} --status {status}"


def _community_options(session: Session, scope: Scope) -> dict[int, str]:
    """What names a community on the command line; nothing where one is chosen anyway."""
    from volunteer_cli.communities.queries import communities

    every = communities(session)
    is_clear = scope.community_id is not None or len(every) == 1
    return {community.id: "" if is_clear else f" --community {community.code}" for community in every}


def count_undecided(session: Session, scope: Scope) -> dict[str, int]:
    """How many records are pending and how many need review."""
    from volunteer_cli.hours.queries import undecided_counts
    from volunteer_cli.hours.terms import HoursStatus

    records = undecided_counts(session, scope.community_id)
    return {
        CONFIRM_HOURS: records.get(HoursStatus.PENDING, 0),
        MISSING_CHECKOUT: records.get(HoursStatus.NEEDS_REVIEW, 0),
    }


TASKS = (
    Task(CLOSE_EVENT, N_("finish an event that is over"), events_to_finish, place=1),
    Task(CONFIRM_HOURS, N_("confirm hours"), undecided_hours, place=3, count=count_undecided),
)
