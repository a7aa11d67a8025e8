"""Alliances: lists and the worklist of 300 units and 5,000 enterprises with ten years of contacts."""

from __future__ import annotations

from collections.abc import Iterator

from .context import Context
from .filling import TODAY
from .measure import Result

READING: tuple[tuple[object, ...], ...] = (
    ("alliance", "list"),
    ("alliance", "members", "jishui", "--limit", 20),
    ("pairing", "list", "--limit", 20),
    ("pairing", "due", "--limit", 20),
    ("pairing", "needs", "--limit", 20),
    ("pairing", "show", 7),
    ("pairing", "contacts", 7, "--limit", 20),
    ("report", "actions"),
    ("pairing", "contact", 7, "--text", "走访", "--dry-run"),
)


def benchmarks(context: Context) -> Iterator[Result]:
    """What issue 18 names."""
    big, small = context.databases.pairings(), context.databases.pairings(small=True)
    size = f"{context.databases.full.enterprises:,} enterprises, ten years"
    for words in READING:
        yield context.beside_empty(1.2, words, big, small, size, today=TODAY)
    yield worklist(context, size)


def worklist(context: Context, size: str) -> Result:
    """What waits to be done, beside the same list of the same people without any alliance."""
    ours = context.volunteer("report", "today", database=context.databases.pairings(), today=TODAY)
    bare = context.databases.people()
    beside = context.volunteer("report", "today", database=bare, name="without alliances", today=TODAY)
    return context.within(1.2, f"report today, {size}", ours, beside)
