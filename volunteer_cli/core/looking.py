"""What is looked up once while a list is drawn up that asks many places, which ask for the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Found = TypeVar("Found")
ANSWERS = "looking.answers"


@contextmanager
def looking(session: Session | None) -> Iterator[None]:
    """Within, nothing is changed, and so what was found holds until the end; a look within a look is the same one.

    Rows that come from no database need none.
    """
    if session is None or ANSWERS in session.info:
        yield
        return
    session.info[ANSWERS] = {}
    try:
        yield
    finally:
        # The lines of a batch have one session, and the next may change everything.
        del session.info[ANSWERS]


def once(session: Session, key: Hashable, find: Callable[[], Found]) -> Found:
    """What `find` answers; within one look it is asked once for each key."""
    answers = session.info.get(ANSWERS)
    if answers is None:
        return find()
    if key not in answers:
        answers[key] = find()
    answer: Found = answers[key]
    return answer
