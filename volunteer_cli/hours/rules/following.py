"""Hours that follow attendance which was corrected after its event was finished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.events.terms import EventKind, EventStatus, SignupStatus
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.rules.closing import require_open
from volunteer_cli.hours.rules.deciding import correct, times_in, void
from volunteer_cli.hours.rules.recording import attended, record_from_attendance
from volunteer_cli.hours.rules.times import Times
from volunteer_cli.hours.terms import LIVE, HoursStatus

if TYPE_CHECKING:
    from volunteer_cli.events.models import Event, Signup


def follow_attendance(
    session: Session, event: Event, signups: Sequence[Signup], *, now: datetime, actor: str, reason: str
) -> list[int]:
    """Let the hours of a finished service event say what its corrected attendance says.

    Whoever came gets a record, or their one record gets the times of the attendance: a record still to be
    decided is changed in place, a confirmed one is corrected (voided, and replaced by a confirmed one).
    The records of whoever did not come are voided. Answers the ids of records that were left alone: a person
    has several of this event, or the one is of another day, or was confirmed and now nobody knows when they left.

    Raises:
        PeriodClosed, HoursOverlap: it cannot be.
    """
    # Until it is done the attendance is no more than what is known so far.
    if event.kind != EventKind.SERVICE or event.status != EventStatus.DONE:
        return []
    left_alone: list[int] = []
    for signup in signups:
        records = _records(session, event, signup)
        if signup.status == SignupStatus.ABSENT:
            _void_all(session, records, reason)
        elif not records:
            record_from_attendance(session, event, [signup], now=now, actor=actor, again=True)
        elif len(records) > 1:
            # Which of them the attendance is, nobody knows: a guess would cut somebody's hours.
            left_alone += [record.id for record in records]
        elif not _follow(session, records[0], attended(signup), now=now, actor=actor, reason=reason):
            left_alone.append(records[0].id)
    return left_alone


def records_of_absent(session: Session, event: Event, signups: Sequence[Signup]) -> list[int]:
    """The records that hold of those who did not come."""
    absent = [signup for signup in signups if signup.status == SignupStatus.ABSENT]
    return [record.id for signup in absent for record in _records(session, event, signup)]


def records_at_other_times(session: Session, event: Event, came: Sequence[Signup]) -> list[int]:
    """The records of an event with other times than those at which the same people were seen to come and go."""
    others: list[int] = []
    for signup in came:
        times = attended(signup)
        records = _records(session, event, signup)
        # Told and not changed: hours and attendance come from two hands, and either may be right.
        if times.end is not None and times not in map(times_in, records):
            others += [record.id for record in records if record.end_minute is not None]
    return others


def _void_all(session: Session, records: Sequence[HoursRecord], reason: str) -> None:
    for record in records:
        void(session, record, reason=reason)


def _records(session: Session, event: Event, signup: Signup) -> Sequence[HoursRecord]:
    """The records of one person that take up time of the event."""
    own = (HoursRecord.event_id == event.id, HoursRecord.person_id == signup.person_id)
    live = HoursRecord.status.in_(LIVE)
    return session.scalars(select(HoursRecord).where(*own, live).order_by(HoursRecord.id)).all()


def _follow(
    session: Session, record: HoursRecord, times: Times, *, now: datetime, actor: str, reason: str
) -> bool:
    """Give a record the times of the attendance; whether that could be."""
    if times_in(record) == times:
        return True
    # Another day was written by somebody who knew better than a list at the door.
    if record.served_on != times.on:
        return False
    if times.end is None:
        return _await_checkout(session, record, times)
    start, end = (_moment(times, minute) for minute in (times.start, times.end))
    correct(session, record, reason=reason, today=now.date(), actor=actor, start=start, end=end)
    return True


def _await_checkout(session: Session, record: HoursRecord, times: Times) -> bool:
    """A record without an end needs review; one that was confirmed keeps what was confirmed."""
    # Somebody signed for it: a check-out that is taken back proves nothing against that.
    if record.status == HoursStatus.CONFIRMED:
        return False
    require_open(session, record.community_id, [record.served_on])
    record.start_minute, record.end_minute, record.minutes = times.start, None, 0
    record.status = HoursStatus.NEEDS_REVIEW
    session.flush()
    return True


def _moment(times: Times, minute: int | None) -> datetime:
    return datetime.combine(times.on, time()) + timedelta(minutes=minute or 0)
