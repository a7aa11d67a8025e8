"""How an area says what waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from volunteer_cli.core.cards import ANYWHERE
from volunteer_cli.reporting.declaration import Row, Scope

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: How far ahead the worklist looks.
AHEAD_DAYS = 14


@dataclass(frozen=True)
class Task:
    """A kind of thing to be done.

    Attributes:
        find: what waits of it, each an `item`.
        place: how urgent it is beside the others that are not overdue: smaller first.
        brief: whether the overview counts it; what is dear to find is left to the worklist.
        count: how many wait, by task, where that is known without finding them.
    """

    name: str
    title: str
    find: Callable[[Session, Scope], Iterator[Row]]
    place: int = ANYWHERE
    brief: bool = True
    count: Callable[[Session, Scope], Mapping[str, int]] | None = None


def item(
    task: str, what: str | None, count: int, step: str, *, thing: str | None = None, due: date | None = None
) -> Row:
    """Something that waits: what it is about, how many records, and the command that does it."""
    return {
        "task": task,
        "what": what,
        "count": count,
        "due": due,
        "thing": thing,
        "next": f"volunteer {step}",
    }
