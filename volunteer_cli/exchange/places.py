"""Places at priced events that nobody has paid for, and places of cancelled ones that are to be refunded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from volunteer_cli.events.models import Event, Signup
from volunteer_cli.events.terms import HOLDING, EventStatus
from volunteer_cli.exchange.models import EventPrice, Exchange


def cancelled_unrefunded(session: Session, community_id: int | None) -> Iterator[tuple[int, str, int]]:
    """Cancelled events with how many exchanges are to be refunded: id, title, count."""
    query = select(Event.id, Event.title, func.count(Exchange.id)).join(
        Exchange, Exchange.event_id == Event.id
    )
    owed = query.where(Event.status == EventStatus.CANCELLED, Exchange.cancelled_on.is_(None))
    yield from _by_event(session, owed, community_id)


def unpaid(session: Session, community_id: int | None, *, after: datetime) -> Iterator[tuple[int, str, int]]:
    """Priced events that are not over, with how many places nobody has paid for: id, title, count."""
    yield from _by_event(session, unpaid_places().where(Event.ends_at > after), community_id)


def unpaid_places() -> Select[int, str, int]:
    """A query for places at priced events, by event, for which there is no exchange."""
    paid = and_(
        Exchange.event_id == Signup.event_id,
        Exchange.person_id == Signup.person_id,
        Exchange.cancelled_on.is_(None),
    )
    places = func.count(Signup.id)
    return (
        select(Event.id, Event.title, places)
        .join(EventPrice, EventPrice.event_id == Event.id)
        .join(Signup, Signup.event_id == Event.id)
        .outerjoin(Exchange, paid)
        .where(Signup.status.in_(HOLDING), Exchange.id.is_(None), Event.status != EventStatus.CANCELLED)
    )


def _by_event(
    session: Session, query: Select[int, str, int], community_id: int | None
) -> Iterator[tuple[int, str, int]]:
    if community_id is not None:
        query = query.where(Event.community_id == community_id)
    rows = session.execute(query.group_by(Event.id).order_by(Event.starts_at))
    yield from ((key, title, count) for key, title, count in rows)
