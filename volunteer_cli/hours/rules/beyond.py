"""Whoever lets somebody have more of an event than it lasts is told so: by a correction, a confirmation, a shorter event.

What is recorded anew needs review where it is too much (see `reviewing`). What people decide stays as they decided;
it is said at once, and stands in the report on quality.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.dates import format_minutes
from volunteer_cli.core.history import Recorder
from volunteer_cli.core.i18n import _, listed, with_detail
from volunteer_cli.events.queries import event_titles
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.rules.reviewing import length_of
from volunteer_cli.hours.terms import HoursStatus
from volunteer_cli.people.queries import person_names

#: People whom one sentence names.
SHOWN = 10

#: Records that count or are about to: what needs review was said to be doubtful already.
TAKEN = (HoursStatus.PENDING, HoursStatus.CONFIRMED)


def tell_beyond(session: Session, recorder: Recorder) -> Iterator[str]:
    """Name those who have more of an event than it lasts, where this work changed their records or the event."""
    changed = recorder.updated.get("event", {})
    events = {key for key, (_before, after) in changed.items() if {"starts_at", "ends_at"} & set(after)}
    under_events = select(HoursRecord.event_id).where(HoursRecord.event_id.is_not(None)).distinct()
    for keys in chunks(recorder.updated.get("hours_record", ())):
        events.update(session.scalars(under_events.where(HoursRecord.id.in_(keys))))
    for part in chunks(sorted(events)):
        yield from _beyond(session, part)


def _beyond(session: Session, events: Iterable[int]) -> Iterator[str]:
    lengths, titles = length_of(session, events), event_titles(session, events)
    people: dict[int, list[Any]] = {}
    for row in session.execute(_several(events)):
        if row.minutes > lengths[row.event_id]:
            people.setdefault(row.event_id, []).append(row)
    sentence = _("{title} lasts {length}, and more of it is recorded of {people}.")
    for key, rows in people.items():
        who = _named(session, rows)
        yield sentence.format(title=titles[key], length=format_minutes(lengths[key]), people=who)


def _several(events: Iterable[int]) -> Select[*tuple[Any, ...]]:
    """People with several records of an event, and what these come to."""
    pair = (HoursRecord.event_id, HoursRecord.person_id)
    query = select(*pair, func.sum(HoursRecord.minutes).label("minutes")).group_by(*pair)
    taken = (HoursRecord.event_id.in_(list(events)), HoursRecord.status.in_(TAKEN))
    return query.where(*taken).having(func.count() > 1).order_by(*pair)


def _named(session: Session, rows: list[Any]) -> str:
    names = person_names(session, [row.person_id for row in rows[:SHOWN]])
    each = [with_detail(names[row.person_id], format_minutes(row.minutes)) for row in rows[:SHOWN]]
    return listed(each) + (" …" if len(rows) > SHOWN else "")
