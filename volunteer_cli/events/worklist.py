"""What of events waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_, listed, with_detail
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import AHEAD_DAYS, Task, item

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MISSING_CHECKOUT, FILL_SHIFT, FILL_EVENT = "missing_checkout", "fill_shift", "fill_event"
FREE_PLACE = "free_place"


def missing_checkouts(session: Session, scope: Scope) -> Iterator[Row]:
    """People who checked in at events not yet finished and never out."""
    from volunteer_cli.events.queries import without_checkout

    for event_id, title, _ends_at, count in without_checkout(
        session, scope.now, community_id=scope.community_id
    ):
        step, thing = f"event roster {event_id}", f"event:{event_id}"
        yield item(MISSING_CHECKOUT, title, count, step, thing=thing)


def shifts_to_fill(session: Session, scope: Scope) -> Iterator[Row]:
    """Shifts of the coming days that lack people."""
    from volunteer_cli.events.queries import gaps

    for gap in gaps(session, scope.now, scope.now + timedelta(AHEAD_DAYS), community_id=scope.community_id):
        step, thing = f"event suggest {gap.event_id}", f"event:{gap.event_id}"
        yield item(
            FILL_SHIFT,
            with_detail(gap.title, gap.shift),
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
        yield item(FILL_EVENT, event.title, 1, step, thing=f"event:{event.id}", due=day)


def waiting_at_free_places(session: Session, scope: Scope) -> Iterator[Row]:
    """Those who wait at an event where a place is free, for something else stands against them."""
    from volunteer_cli.events.rules.lines import kept_waiting

    for event, people in kept_waiting(session, scope.now, community_id=scope.community_id):
        # Once it has begun the line moves no more by itself: whoever is there comes in.
        verb = "why" if event.starts_at > scope.now else "checkin"
        step, day = f"event {verb} {event.id} {people[0].id}", event.starts_at.date()
        what = f"{event.title}: {listed(person.name for person in people)}"
        yield item(FREE_PLACE, what, len(people), step, thing=f"event:{event.id}", due=day)


TASKS = (
    Task(MISSING_CHECKOUT, N_("find out when people left"), missing_checkouts, place=2),
    Task(FREE_PLACE, N_("a place is free and somebody waits"), waiting_at_free_places, place=3, brief=False),
    Task(FILL_SHIFT, N_("find people for a shift"), shifts_to_fill, place=4),
    Task(FILL_EVENT, N_("find people for an event"), events_to_fill, place=5),
)
