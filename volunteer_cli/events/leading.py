"""Which command follows those that open events or bring them in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import recorder_of
from volunteer_cli.core.run import run
from volunteer_cli.events.models import Event, Signup
from volunteer_cli.events.terms import EventStatus


def after_opening(_session: Session, records: Any) -> str:
    """People are signed up; of several events for the first that is not over, and of none nothing follows."""
    several = records if isinstance(records, list) else [records]
    if not several:
        return ""
    ahead = [event for event in several if event.ends_at > run().clock.now] or several
    return f"event signup {_name(min(ahead, key=lambda event: event.starts_at))} PERSON"


def after_import(session: Session, _records: Any) -> str:
    """New events are opened, unless they are over or were opened or cancelled already."""
    added = list(recorder_of(session).inserted.get("event", ()))
    if not added:
        return ""
    brought = Event.id.between(added[0][0], added[-1][1])
    other = select(Event.id).where(brought, Event.status != EventStatus.PLANNED).limit(1)
    return "" if session.scalar(other) else f"event open {in_spans(added)}"


def after_signups(session: Session, _records: Any) -> str:
    """The roster is printed, where all sign-ups are for one event."""
    added = list(recorder_of(session).inserted.get("signup", ()))
    if not added:
        return ""
    brought = Signup.id.between(added[0][0], added[-1][1])
    events = session.scalars(select(Signup.event_id).where(brought).distinct().limit(2)).all()
    if len(events) != 1:
        return ""
    return f"event roster {_name(session.get_one(Event, events[0]))} -o roster.xlsx"


def in_spans(ids: Iterable[tuple[int, int]]) -> str:
    """Ranges of ids as they can be typed: 40-62,65."""
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in ids)


def _name(event: Event) -> str:
    return event.code or str(event.id)
