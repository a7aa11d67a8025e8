"""What the history keeps of who had confidential things shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.offsets import wall_of
from volunteer_cli.core.records import Operation

#: What such an operation is called where nothing else was done: `reveal visits`.
REVEAL = "reveal "


class Reveal(NamedTuple):
    """One look at what is masked or confidential."""

    operation: int
    at: datetime
    actor: str
    what: str
    command: str
    reason: str | None


def reveals(session: Session, first: date | None, last: date | None) -> Sequence[Reveal]:
    """Who had what shown from one day to another by the community's clock, the earliest first."""
    query = select(Operation).where(
        or_(Operation.command.startswith(REVEAL), Operation.arguments.contains("--reveal"))
    )
    looks = [_reveal(operation) for operation in session.scalars(query.order_by(Operation.id))]
    return [
        look
        for look in looks
        if (first is None or look.at.date() >= first) and (last is None or look.at.date() <= last)
    ]


def _reveal(operation: Operation) -> Reveal:
    what = operation.command.removeprefix(REVEAL)
    words = operation.arguments.split()
    return Reveal(
        operation.id, wall_of(operation.at), operation.actor, what, " ".join(words[:2]), operation.reason
    )
