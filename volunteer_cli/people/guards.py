"""What people hold against an undo, and how dismissed pairs follow a merge."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import delete_rows
from volunteer_cli.core.undo import Reversal
from volunteer_cli.people.models import DismissedPair, Person
from volunteer_cli.people.queries import Erased


def before_undo(session: Session, reversal: Reversal) -> None:  # noqa: ARG001 - the signature of guards
    """Refuse to take back that somebody was erased: what was known is gone.

    Raises:
        Erased: the operation erased somebody.
    """
    for key, (_before, after) in reversal.updated.get(Person.__tablename__, {}).items():
        if after.get("erased_on"):
            raise Erased(id=key)


def merge_rows(session: Session, keep_id: int, drop_id: int) -> None:
    """Let pairs with the one who goes be pairs with the other, the lower id first, each once."""
    pairs = {(pair.first_id, pair.second_id): pair.id for pair in _pairs(session, drop_id)}
    kept = {(pair.first_id, pair.second_id) for pair in _pairs(session, keep_id)}
    moved = {
        tuple(sorted(keep_id if key == drop_id else key for key in pair))
        for pair in pairs
        if set(pair) != {keep_id, drop_id}
    }
    delete_rows(session, DismissedPair, pairs.values())
    session.add_all(DismissedPair(first_id=first, second_id=second) for first, second in sorted(moved - kept))
    session.flush()


def _pairs(session: Session, key: int) -> list[DismissedPair]:
    either = or_(DismissedPair.first_id == key, DismissedPair.second_id == key)
    return list(session.scalars(select(DismissedPair).where(either)))
