"""Hours: what a record and a person's list cost in a big database, and ten thousand confirmations."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from .context import Context
from .filling import TINY, TODAY, Sizes
from .measure import Result

PERIOD = ("2022-01-01", "2022-12-31")


def benchmarks(context: Context) -> Iterator[Result]:
    """What issue 4 names of hours."""
    big, small = context.databases.activities(), context.databases.activities(small=True)
    sizes, start = context.databases.full, context.startup()
    size = f"{sizes.hours:,} records"
    for what, words in (("hours add", adding), ("hours list --person", listing)):
        name = f"volunteer {what}"
        ours = context.volunteer(*words(sizes), database=big, name=name, today=TODAY)
        empty = context.volunteer(*words(TINY), database=small, name="almost empty database", today=TODAY)
        yield context.within(1.2, f"{name}, {size}", ours, empty, less=start, beside_less=start)
    yield confirming(context, big)


def adding(_sizes: Sizes) -> tuple[object, ...]:
    """A morning of somebody; in a dry run, so that it can be done again."""
    return "hours", "add", 7, "--date", "2026-06-28", "--start", "6:00", "--end", "7:00", "--dry-run"


def listing(_sizes: Sizes) -> tuple[object, ...]:
    """A few records of one person: as many in either database."""
    return "hours", "list", "--person", 7, "--limit", 5


def confirming(context: Context, big: Path) -> Result:
    """Ten thousand pending records of a year confirmed at once, beside the update alone."""
    count = context.size(10_000, 20)
    ours_on, bare_on = context.copy(big), context.copy(big)
    period = "..".join(PERIOD)
    name = f"volunteer hours confirm, {count:,} records"
    words = ("hours", "confirm", "--period", period)
    ours = context.volunteer(*words, database=ours_on, name=name, today=TODAY, before=pending(ours_on, count))
    update = (
        "UPDATE hours_record SET status = 'confirmed', confirmed_by = 'x' "
        f"WHERE status = 'pending' AND served_on BETWEEN '{PERIOD[0]}' AND '{PERIOD[1]}'"
    )
    bare = context.sqlite("a bare UPDATE", update, bare_on, before=pending(bare_on, count))
    return context.within(4, name, ours, bare, less=context.startup())


def pending(database: Path, count: int) -> Callable[[], object]:
    """Make so many records of the period pending, and no other."""

    def reset() -> None:
        with sqlite3.connect(database) as connection:
            connection.execute(
                "UPDATE hours_record SET status = 'confirmed', confirmed_by = 'x', reason = NULL "
                "WHERE served_on BETWEEN ? AND ? AND status <> 'confirmed'",
                PERIOD,
            )
            connection.execute(
                "UPDATE hours_record SET status = 'pending', confirmed_by = NULL WHERE id IN "
                "(SELECT id FROM hours_record WHERE served_on BETWEEN ? AND ? ORDER BY id LIMIT ?)",
                (*PERIOD, count),
            )
        connection.close()

    return reset
