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
    present = {(pair.first_id, pair.second_id) for pair in _pairs(session, keep_id)}
    others = {key for pair in pairs for key in pair} - {keep_id, drop_id}
    moved = {(min(keep_id, other), max(keep_id, other)) for other in others}
    # Out before in: the pair of the two themselves goes, for nobody is a pair with themselves.
    delete_rows(session, DismissedPair, pairs.values())
    new = sorted(moved - present)
    session.add_all(DismissedPair(first_id=first, second_id=second) for first, second in new)
    session.flush()


def _pairs(session: Session, key: int) -> list[DismissedPair]:
    either = or_(DismissedPair.first_id == key, DismissedPair.second_id == key)
    return list(session.scalars(select(DismissedPair).where(either)))
