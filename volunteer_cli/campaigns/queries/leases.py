"""What is with whom now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Lease
from volunteer_cli.core.database import chunks


def live(now: datetime) -> ColumnElement[bool]:
    """Whether a lease holds at a moment that is now: a past one it may have ended since."""
    return and_(Lease.ended_at.is_(None), Lease.until > now)


def leases(session: Session, target_ids: Sequence[int], now: datetime) -> dict[int, Lease]:
    """The live leases of targets, by target."""
    by_target: dict[int, Lease] = {}
    for keys in chunks(target_ids):
        for lease in session.scalars(select(Lease).where(Lease.target_id.in_(keys), live(now))):
            by_target[lease.target_id] = lease
    return by_target
