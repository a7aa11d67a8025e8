"""Whoever has hours of an event came to it: attendance follows every record that holds, whichever way it was written.

A sign-in sheet says at once that somebody was there; what else is recorded of an event that goes on may still be
taken back, and says so when the event is finished. Attendance that is recorded already stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, tuple_
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.history import Recorder, insert_rows, update_rows
from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import run
from volunteer_cli.events.models import Event, Signup, SignupOverride
from volunteer_cli.events.terms import LEEWAY, EventStatus, SignupStatus
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.terms import LIVE, Evidence

#: Attendance that says already whether somebody came; who was marked absent has no hours (see `agreeing`).
SETTLED = (SignupStatus.ATTENDED, SignupStatus.ABSENT)

#: Who signed or was scanned was there.
BY_HAND = (Evidence.SIGNED, Evidence.SCANNED)


def attend(session: Session, recorder: Recorder) -> Iterator[str]:
    """Mark those as attended of whom this work wrote hours by which they were there; says nothing."""
    there = or_(Event.status == EventStatus.DONE, HoursRecord.evidence.in_(BY_HAND))
    for touched in _touched(recorder):
        _attend(session, and_(touched, there))
    yield from ()


def attend_all(session: Session, event: Event) -> None:
    """Mark everybody as attended who has hours of an event that is about to be finished, and say when they left."""
    _attend(session, HoursRecord.event_id == event.id)
    rows = [(row, *_stay(row)) for row in session.execute(_staying(event))]
    left = {row.id: {"checked_out_at": end} for row, came, end in rows if came == row.checked_in_at}
    update_rows(session, Signup, left)


def _staying(event: Event) -> Select[*tuple[Any, ...]]:
    """Records that hold of those of whom nobody knows yet when they left, the first of a person last."""
    both = and_(Signup.event_id == HoursRecord.event_id, Signup.person_id == HoursRecord.person_id)
    times = (HoursRecord.served_on, HoursRecord.start_minute, HoursRecord.minutes, Event.starts_at)
    query = select(Signup.id, Signup.checked_in_at, *times).join(HoursRecord, both)
    stays = (Signup.status == SignupStatus.ATTENDED, Signup.checked_out_at.is_(None))
    own = (Signup.event_id == event.id, HoursRecord.status.in_(LIVE), HoursRecord.minutes > 0)
    of_event = query.join(Event, Event.id == Signup.event_id)
    return of_event.where(*own, *stays).order_by(HoursRecord.id.desc())


def _attend(session: Session, meant: ColumnElement[bool]) -> None:
    rows = {(row.event_id, row.person_id): row for row in session.execute(_unattended(meant))}
    came = [row for row in rows.values() if _within(row)]
    _mark(session, [row for row in came if row.signup_id is not None])
    _enter(session, [row for row in came if row.signup_id is None])


def mark_absent(session: Session, blank: set[tuple[int, int]]) -> None:
    """Mark those absent, by event and person, who had a place and of whom a filled-in roster says nothing.

    Who has hours of the event all the same, from another row or another sheet, was there.
    """
    served = exists().where(
        HoursRecord.event_id == Signup.event_id,
        HoursRecord.person_id == Signup.person_id,
        HoursRecord.status.in_(LIVE),
    )
    # Only who has a place and of whom nothing is known: who was marked already was marked by somebody.
    undecided_ones = select(Signup.id).where(Signup.status == SignupStatus.SIGNED_UP, ~served)
    for keys in chunks(sorted(blank)):
        undecided = undecided_ones.where(tuple_(Signup.event_id, Signup.person_id).in_(keys))
        absent = {"status": SignupStatus.ABSENT.value}
        update_rows(session, Signup, {key: dict(absent) for key in session.scalars(undecided)})


def _touched(recorder: Recorder) -> Iterator[ColumnElement[bool]]:
    for first, last in recorder.inserted.get("hours_record", ()):
        yield HoursRecord.id.between(first, last)
    for keys in chunks(list(recorder.updated.get("hours_record", ()))):
        yield HoursRecord.id.in_(keys)


def _unattended(touched: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Records that hold of people whose attendance says nothing yet, the first of a person last."""
    times = (HoursRecord.served_on, HoursRecord.start_minute, HoursRecord.minutes)
    event = (Event.starts_at, Event.ends_at, Event.capacity, Event.status)
    own = (HoursRecord.event_id, HoursRecord.person_id, Signup.id.label("signup_id"))
    both = and_(Signup.event_id == HoursRecord.event_id, Signup.person_id == HoursRecord.person_id)
    query = select(*own, *times, *event).join(Event, Event.id == HoursRecord.event_id).outerjoin(Signup, both)
    open_yet = or_(Signup.id.is_(None), Signup.status.not_in(SETTLED))
    return query.where(touched, HoursRecord.status.in_(LIVE), open_yet).order_by(HoursRecord.id.desc())


def _within(row: Any) -> bool:
    """Whether a record is of the time of its event; one that is not is doubtful, and nobody came then."""
    came, left = _stay(row)
    return bool(row.starts_at - LEEWAY <= came and (left or came) <= row.ends_at + LEEWAY)


def _stay(row: Any) -> tuple[datetime, datetime | None]:
    """When somebody came and left; who has no times came when it began, and left when their time was over."""
    came = row.starts_at
    if row.start_minute is not None:
        came = datetime.combine(row.served_on, time()) + timedelta(minutes=row.start_minute)
    elif row.served_on != row.starts_at.date():
        came = datetime.combine(row.served_on, row.starts_at.time())
    return came, came + timedelta(minutes=row.minutes) if row.minutes else None


def _attendance(row: Any) -> dict[str, Any]:
    came, left = _stay(row)
    # As long as the event is open somebody may still be seen there, and then that is the attendance.
    left = left if row.status == EventStatus.DONE else None
    status = SignupStatus.ATTENDED.value
    return {"status": status, "position": None, "checked_in_at": came, "checked_out_at": left}


def _mark(session: Session, rows: list[Any]) -> None:
    """Let those who signed up have come, also who waited or had withdrawn: they were there."""
    update_rows(session, Signup, {row.signup_id: _attendance(row) for row in rows})
    _let_pass(session, rows, [row.signup_id for row in rows])


def _enter(session: Session, rows: list[Any]) -> None:
    """Give those a place who came without one."""
    nothing = dict.fromkeys(("shift_id", "promoted_by"))
    new = [
        {"event_id": row.event_id, "person_id": row.person_id, "signed_up_at": _stay(row)[0]}
        | nothing
        | _attendance(row)
        for row in rows
    ]
    _let_pass(session, rows, list(insert_rows(session, Signup, new)))


def _let_pass(session: Session, rows: list[Any], signup_ids: list[int]) -> None:
    """Keep that these places are beyond what was to be had, for which their hours are the reason."""
    known = _passed(session, signup_ids)
    by, now, reason = run().given.actor, run().clock.now, _("has hours of the event")
    passed = [
        {"signup_id": key, "refusal": refusal, "reason": reason, "allowed_by": by, "allowed_at": now}
        for key, row in zip(signup_ids, rows, strict=True)
        for refusal in _refusals(row)
        if (key, refusal) not in known
    ]
    insert_rows(session, SignupOverride, passed)


def _passed(session: Session, signup_ids: list[int]) -> set[tuple[int, str]]:
    query = select(SignupOverride.signup_id, SignupOverride.refusal)
    return {
        (row.signup_id, row.refusal)
        for keys in chunks(signup_ids)
        for row in session.execute(query.where(SignupOverride.signup_id.in_(keys)))
    }


def _refusals(row: Any) -> Iterator[str]:
    if row.capacity is not None:
        yield "full"
    if row.status in (EventStatus.OPEN, EventStatus.PLANNED):
        yield "overlap"
