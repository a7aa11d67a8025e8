"""What is with whom now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Lease, Target
from volunteer_cli.core.database import chunks


def live(now: datetime) -> ColumnElement[bool]:
    """Whether a lease holds at a moment that is now: a past one it may have ended since."""
    return and_(Lease.ended_at.is_(None), Lease.until > now)


def leases(session: Session, target_ids: Sequence[int], now: datetime) -> dict[int, Lease]:
    """The live leases of targets, by target."""
    parts = (select(Lease).where(Lease.target_id.in_(keys), live(now)) for keys in chunks(target_ids))
    return {lease.target_id: lease for part in parts for lease in session.scalars(part)}


def idle(session: Session, campaign_ids: Sequence[int], since: datetime, now: datetime) -> Sequence[Any]:
    """How many leases of campaigns ran out unused since a moment, by campaign and person."""
    number = func.count().label("number")
    key = (Target.campaign_id, Lease.person_id)
    ran_out = [Lease.ended_at.is_(None), Lease.until > since, Lease.until <= now]
    query = select(*key, number).join(Lease, Lease.target_id == Target.id).where(*ran_out)
    return session.execute(query.where(Target.campaign_id.in_(campaign_ids)).group_by(*key)).all()
