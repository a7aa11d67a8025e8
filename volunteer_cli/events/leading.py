"""Which command follows those that open events or bring them in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import recorder_of
from volunteer_cli.core.run import run
from volunteer_cli.events.models import Event, Signup
from volunteer_cli.events.terms import EventStatus


def after_opening(_session: Session, records: Any) -> str:
    """People are signed up; of several events for the first that is not over."""
    several = records if isinstance(records, list) else [records]
    ahead = [event for event in several if event.ends_at > run().clock.now] or several
    first = min(ahead, key=lambda event: event.starts_at)
    return f"event signup {_name(first)} PERSON"


def after_import(session: Session, _records: Any) -> str:
    """New events that are planned are opened."""
    added = recorder_of(session).inserted.get("event", ())
    if not added:
        return ""
    keys = [key for first, last in added for key in range(first, last + 1)]
    planned = select(Event.id).where(Event.id.in_(keys[:MOST]), Event.status == EventStatus.PLANNED)
    opened = set(session.scalars(planned))
    whole = len(keys) <= MOST and len(opened) == len(keys)
    return f"event open {','.join(map(_span, added))}" if whole else ""


def after_signups(session: Session, _records: Any) -> str:
    """The roster is printed, where all sign-ups are for one event."""
    keys = [first for first, _last in recorder_of(session).inserted.get("signup", ())]
    ends = [last for _first, last in recorder_of(session).inserted.get("signup", ())]
    if not keys:
        return ""
    found = select(Signup.event_id).where(Signup.id.between(min(keys), max(ends))).distinct().limit(2)
    events = session.scalars(found).all()
    event = session.get_one(Event, events[0]) if len(events) == 1 else None
    return f"event roster {_name(event)} -o roster.xlsx" if event else ""


#: More events than this are looked at before they are opened.
MOST = 500


def _name(event: Event) -> str:
    return event.code or str(event.id)


def _span(span: tuple[int, int]) -> str:
    return str(span[0]) if span[0] == span[1] else f"{span[0]}-{span[1]}"
