"""Events: what a sign-up and a roster cost in a big database, beside an almost empty one."""

from __future__ import annotations

from collections.abc import Iterator

from .context import Context
from .data import PLACES
from .filling import TINY, TODAY, Sizes
from .measure import Result


def benchmarks(context: Context) -> Iterator[Result]:
    """What issue 4 names of events."""
    big, small = context.databases.activities(), context.databases.activities(small=True)
    sizes, start = context.databases.full, context.startup()
    size = f"{sizes.events:,} events and {sizes.hours:,} hours records"

    for what, words in (("event signup", signing_up), ("event roster", printing)):
        name = f"volunteer {what}"
        ours = context.volunteer(*words(sizes), database=big, name=name, today=TODAY)
        empty = context.volunteer(*words(TINY), database=small, name="almost empty database", today=TODAY)
        yield context.within(1.2, f"{name}, {size}", ours, empty, less=start, beside_less=start)


def signing_up(sizes: Sizes) -> tuple[object, ...]:
    """Somebody who is not on the roster of an open event; in a dry run, so that it can be done again."""
    event = first_open(sizes)
    return "event", "signup", event, (event * PLACES + sizes.people // 2) % sizes.people + 1, "--dry-run"


def printing(sizes: Sizes) -> tuple[object, ...]:
    """The roster of an open event."""
    return "event", "roster", first_open(sizes)


def first_open(sizes: Sizes) -> int:
    """The first event that is open for sign-ups."""
    return sizes.events - sizes.open_events + 1
