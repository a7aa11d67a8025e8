"""What becomes of a record: confirmed, rejected, voided or corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, object_session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.errors import MissingValue, RuleError
from volunteer_cli.core.history import update_all
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.text import required
from volunteer_cli.events.models import Event
from volunteer_cli.hours import queries
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.queries import served_in
from volunteer_cli.hours.rules.closing import require_open
from volunteer_cli.hours.rules.once import Service, Under
from volunteer_cli.hours.rules.recorded import recorded
from volunteer_cli.hours.rules.recording import add_records, entry_of, overlap
from volunteer_cli.hours.rules.times import Clock, Times, elapsed, require_past, times_of
from volunteer_cli.hours.terms import DAY, HOURS_STATUSES, LIVE, OPEN, HoursStatus

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period


class WrongStatus(RuleError):
    """Record {id} is {status}, so this cannot be done"""

    code = "wrong_status"
    explanation = N_(
        "A pending record, or one that needs review, is confirmed, rejected or corrected. A confirmed one is "
        "never edited: it is voided, or corrected by a new record that points back to it. What is rejected or "
        "voided stays so; record the service anew."
    )


@dataclass(frozen=True)
class Confirmation:
    """What a confirmation did: ids of records now confirmed, and of those skipped because they need review."""

    confirmed: list[int]
    skipped: list[int]


def confirm(session: Session, ids: Iterable[int], *, actor: str) -> Confirmation:
    """Confirm records; those that need review are skipped.

    Raises:
        WrongStatus: one is rejected or voided.
        PeriodClosed: one is of a closed day.
    """
    rows = [row for part in chunks(ids) for row in _states(session, HoursRecord.id.in_(part))]
    for row in rows:
        # Refused as a whole: of a list of ids nobody would notice the one that was left out.
        if row.status not in LIVE:
            raise _wrong_status(row)
    return _confirm(session, rows, actor)


def confirm_event(session: Session, event_id: int, *, actor: str) -> Confirmation:
    """Confirm what is pending of an event; raises PeriodClosed."""
    rows = _states(session, HoursRecord.event_id == event_id, HoursRecord.status.in_(OPEN))
    return _confirm(session, rows, actor)


def confirm_period(session: Session, community_id: int, period: Period, *, actor: str) -> Confirmation:
    """Confirm what is pending in a period; raises PeriodClosed."""
    own = HoursRecord.community_id == community_id
    rows = _states(session, served_in(period), own, HoursRecord.status.in_(OPEN))
    return _confirm(session, rows, actor)


def _states(session: Session, *conditions: ColumnElement[bool]) -> list[Any]:
    # Columns, not records: a month of a district has tens of thousands.
    columns = (HoursRecord.id, HoursRecord.status, HoursRecord.community_id, HoursRecord.served_on)
    return list(session.execute(select(*columns).where(*conditions).order_by(HoursRecord.id)))


def _confirm(session: Session, rows: list[Any], actor: str) -> Confirmation:
    pending = [row for row in rows if row.status == HoursStatus.PENDING]
    _require_all_open(session, pending)
    values = {"status": HoursStatus.CONFIRMED.value, "confirmed_by": actor}
    update_all(session, HoursRecord, [row.id for row in pending], values)
    # Without an end there is nothing to sign for; it is named, so that somebody asks.
    skipped = [row.id for row in rows if row.status == HoursStatus.NEEDS_REVIEW]
    return Confirmation([row.id for row in pending], skipped)


def _require_all_open(session: Session, rows: list[Any]) -> None:
    # Each community closes its own periods.
    for community_id in {row.community_id for row in rows}:
        days = {row.served_on for row in rows if row.community_id == community_id}
        require_open(session, community_id, days)


def reject(session: Session, record: HoursRecord, *, reason: str) -> None:
    """Refuse a record that is still to be decided.

    Raises:
        WrongStatus: it is confirmed or voided.
        PeriodClosed, MissingValue, BadText: it cannot be.
    """
    _settle(session, record, HoursStatus.REJECTED, reason, OPEN)


def void(session: Session, record: HoursRecord, *, reason: str) -> None:
    """Take a record out of all figures, confirmed or not.

    Raises:
        WrongStatus: it is rejected.
        PeriodClosed, MissingValue, BadText: it cannot be.
    """
    _settle(session, record, HoursStatus.VOIDED, reason, LIVE)


def _settle(
    session: Session, record: HoursRecord, status: HoursStatus, reason: str, before: tuple[HoursStatus, ...]
) -> None:
    if record.status == status:
        return
    if record.status not in before:
        raise _wrong_status(record)
    # Before the reason is looked at: what is closed is closed, whatever is said.
    require_open(session, record.community_id, [record.served_on])
    record.status, record.reason = status, checked_reason(reason)
    session.flush()


def checked_reason(text: str) -> str:
    """A reason that says something.

    Raises:
        MissingValue, BadText: it is blank, or holds control characters.
    """
    return required(text, _("Reason"))


def correct(
    session: Session,
    record: HoursRecord,
    *,
    reason: str,
    today: date,
    actor: str,
    start: Clock | None = None,
    end: Clock | None = None,
    minutes: int | None = None,
) -> HoursRecord:
    """Give a record other times, or a duration without times, and answer the record that now holds.

    A confirmed record is voided, and a new one that points back to it is confirmed by the same act;
    one that is still to be decided is changed in place and is pending.

    Raises:
        WrongStatus: it is rejected or voided.
        EndsFirst, Disagrees, DurationRefused, OtherDay, Ahead, MissingValue: the time cannot be.
        HoursOverlap, PeriodClosed: what else is recorded stands in the way.
    """
    reason = checked_reason(reason)
    if record.status not in LIVE:
        raise _wrong_status(record)
    times = _corrected(record, start, end, minutes)
    # A second time the same is no correction. What needs review is decided by it, even so.
    if times == times_in(record) and record.status != HoursStatus.NEEDS_REVIEW:
        return record
    require_past(times, today)
    # Both days: a record must not leave a closed month, nor come into one.
    require_open(session, record.community_id, {record.served_on, times.on})
    _require_free(session, record, times)
    # 志愿服务记录与证明出具办法 (2020), art. 3: true, exact, complete. What was signed for stays readable, and what holds
    # now points back to it.
    if record.status == HoursStatus.CONFIRMED:
        return _replaced(session, record, times, reason, actor)
    record.served_on, record.minutes = times.on, times.minutes
    record.start_minute, record.end_minute = times.start, times.end
    record.status = HoursStatus.PENDING
    session.flush()
    return record


def times_in(record: Any) -> Times:
    """When the service of a record was."""
    return Times(record.served_on, record.start_minute, record.end_minute, record.minutes)


def _corrected(record: HoursRecord, start: Clock | None, end: Clock | None, minutes: int | None) -> Times:
    """The new time; of two times the one that is not given stays."""
    # A length alone says that nobody knows the times any more.
    if start is None and end is None:
        return times_of(record.served_on, None, None, minutes)
    day = record.served_on
    if minutes is None:
        end = _past_midnight(record, end) or _moment(day, record.end_minute)
        # The day of a service is that on which it began.
        day += timedelta(days=_is_after_midnight(day, start, end))
        start = start or _moment(day, record.start_minute)
    times = times_of(day, start, end, minutes, elapsed)
    if not times.minutes:
        raise MissingValue(field=_("End"))
    return times


def _is_after_midnight(day: date, start: Clock | None, end: Clock | None) -> bool:
    """Whether a beginning, a time alone, is on the next day: more than a day before its end it cannot be."""
    if not isinstance(start, time) or not isinstance(end, datetime):
        return False
    return datetime.combine(day, start) + timedelta(days=1) < end


def _past_midnight(record: HoursRecord, end: Clock | None) -> Clock | None:
    """The end of a service; a time alone before its start is on the next day where the service was at night."""
    start = _moment(record.served_on, record.start_minute)
    if start is None or not isinstance(end, time) or end > start.time() or not _at_night(record):
        return end
    return datetime.combine(record.served_on + timedelta(days=1), end)


def _at_night(record: HoursRecord) -> bool:
    """Whether a service went on past midnight, or its event did where nobody knows when it ended."""
    if record.end_minute is not None:
        return record.end_minute > DAY
    session = object_session(record)
    event = session.get(Event, record.event_id) if session and record.event_id else None
    return event is not None and event.ends_at.date() > record.served_on


def _moment(day: date, minute: int | None) -> datetime | None:
    return None if minute is None else datetime.combine(day, time()) + timedelta(minutes=minute)


def _require_free(session: Session, record: HoursRecord, times: Times) -> None:
    person = record.person_id
    services = recorded(session, [person], around=times.on, besides=record.id)[person]
    under = Under(record.event_id, record.team_id)
    other = services.meets(Service.of(times, queries.done_in(session, record), under))
    # Without times nobody knows that two services were at once.
    if other is not None and times.start is not None:
        raise overlap(session, person, session.get_one(HoursRecord, other.id))


def _replaced(session: Session, record: HoursRecord, times: Times, reason: str, actor: str) -> HoursRecord:
    same = ("person_id", "community_id", "event_id", "team_id", "evidence", "late", "work")
    new = {name: getattr(record, name) for name in same} | {"status": HoursStatus.CONFIRMED.value}
    entry = entry_of(times, **new, recorded_by=actor, confirmed_by=actor, corrects_id=record.id)
    # Voided first: until then its time is taken, and the new record would meet it.
    record.status, record.reason = HoursStatus.VOIDED, reason
    session.flush()
    return session.get_one(HoursRecord, add_records(session, [entry])[0])


def _wrong_status(row: Any) -> WrongStatus:
    return WrongStatus(id=row.id, status=_(HOURS_STATUSES[row.status]))
