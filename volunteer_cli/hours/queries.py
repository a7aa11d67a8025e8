"""What is asked of service hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks, month_of
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import Reference, find
from volunteer_cli.events.queries import event_titles
from volunteer_cli.hours.counting import CONFIRMED, excess, rounded, sums
from volunteer_cli.hours.models import ClosedPeriod, HoursRecord
from volunteer_cli.hours.terms import OPEN, HoursStatus

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period

HOURS = Reference(N_("hours"), HoursRecord, "volunteer hours list", codes=(), name=None)

#: The month of a record's day, like 2025-09, to group sums by.
MONTH = month_of(HoursRecord.served_on).label("month")


def find_record(session: Session, text: str, *, changing: bool = True) -> HoursRecord:
    """The record that `text` names: its id.

    Raises:
        NotFound, Withdrawn: there is none.
    """
    return find(session, HOURS, text, changing=changing)


def records(
    session: Session,
    *,
    community_id: int | None = None,
    person_id: int | None = None,
    team_id: int | None = None,
    event_id: int | None = None,
    statuses: Iterable[HoursStatus] = (),
    period: Period | None = None,
) -> Iterator[Any]:
    """Records as rows with the columns of `HoursRecord`, by day; those of everyone by id."""
    filters = {"person_id": person_id, "team_id": team_id, "event_id": event_id}
    narrow = {name: key for name, key in filters.items() if key is not None}
    query = select(HoursRecord.__table__).filter_by(**narrow)
    if community_id is not None:
        query = query.where(HoursRecord.community_id == community_id)
    if wanted := list(statuses):
        query = query.where(HoursRecord.status.in_(wanted))
    if period is not None:
        query = query.where(served_in(period))
    # Everyone's records come as they lie in the table: sorting a million by day costs more than reading them.
    order = _BY_DAY if narrow or period else ()
    query = query.order_by(*order, HoursRecord.id)
    return iter(session.execute(query.execution_options(yield_per=1000)))


# Without times a record stands before those with times of its day: -1, for 0 is midnight.
_BY_DAY = (HoursRecord.served_on, func.coalesce(HoursRecord.start_minute, -1))


def records_of(session: Session, ids: Iterable[int]) -> list[Any]:
    """The records with these ids, as rows, by id."""
    by_id = select(HoursRecord.__table__).order_by(HoursRecord.id)
    return [row for part in chunks(ids) for row in session.execute(by_id.where(HoursRecord.id.in_(part)))]


def done_in(session: Session, record: HoursRecord) -> str | None:
    """What was done: the record's own text, else the title of its event."""
    if record.work or record.event_id is None:
        return record.work
    return event_titles(session, [record.event_id])[record.event_id]


def served_in(period: Period) -> ColumnElement[bool]:
    """Whether a record's day is in a period."""
    return HoursRecord.served_on.between(period.first, period.last)


def open_records(session: Session, community_id: int, period: Period) -> Sequence[int]:
    """The ids of records in a period that are still to be decided."""
    query = select(HoursRecord.id).where(
        HoursRecord.community_id == community_id, served_in(period), HoursRecord.status.in_(OPEN)
    )
    return session.scalars(query.order_by(HoursRecord.id)).all()


# --- figures ------------------------------------------------------------


def counted_minutes(session: Session, rows: Sequence[Any]) -> dict[int, int]:
    """The counted minutes of records that are at hand, by id; 0 for one that is not confirmed."""
    counted = {row.id: 0 for row in rows}
    confirmed = [row for row in rows if row.status == HoursStatus.CONFIRMED]
    for ids in chunks(row.id for row in confirmed):
        given = select(HoursRecord.id, rounded(session)).where(HoursRecord.id.in_(ids))
        counted |= dict(session.execute(given).all())
    # The cap is for a person's day: what is beyond it may lie in records that were not asked for.
    for record_id, minutes in _beyond_the_cap(session, confirmed):
        if record_id in counted:
            counted[record_id] -= minutes
    return counted


def _beyond_the_cap(session: Session, rows: Sequence[Any]) -> Iterator[Any]:
    """What does not count of the days of these records: of other records of those days too."""
    if not rows:
        return
    days = [row.served_on for row in rows]
    # One span instead of each day: the cap is worked out of whole days, and an index finds them.
    span = HoursRecord.served_on.between(min(days), max(days))
    for people in chunks({row.person_id for row in rows}):
        over = excess(session, HoursRecord.person_id.in_(people), span)
        yield from session.execute(select(over.c.record_id, over.c.minutes))


def minutes_of_people(
    session: Session, person_ids: Iterable[int], period: Period | None = None
) -> dict[int, int]:
    """The counted minutes of people, by id; who has none is left out."""
    return _minutes(session, HoursRecord.person_id, person_ids, period)


def minutes_of_teams(
    session: Session, team_ids: Iterable[int], period: Period | None = None
) -> dict[int, int]:
    """The counted minutes recorded under teams, by id; a team without any is left out."""
    return _minutes(session, HoursRecord.team_id, team_ids, period)


def minutes_of_events(
    session: Session, event_ids: Iterable[int], period: Period | None = None
) -> dict[int, int]:
    """The counted minutes of events, by id; an event without any is left out."""
    return _minutes(session, HoursRecord.event_id, event_ids, period)


def _minutes(session: Session, column: Any, ids: Iterable[int], period: Period | None) -> dict[int, int]:
    within = [served_in(period)] if period else []
    by_id: dict[int, int] = {}
    for part in chunks(ids):
        own = column.in_(part)
        query = sums(session, column, where=(own, *within), days=(_people(column, own), *within))
        by_id |= {key: minutes for key, minutes, _records in session.execute(query)}
    return by_id


def _people(column: Any, own: ColumnElement[bool]) -> ColumnElement[bool]:
    """The people whose whole days bear on the records of a condition."""
    if column is HoursRecord.person_id:
        return own
    concerned: Select[Any] = select(HoursRecord.person_id).where(own)
    return HoursRecord.person_id.in_(concerned)


def last_served_on(session: Session, person_ids: Iterable[int]) -> dict[int, date]:
    """The last day on which each of these people served, by confirmed records; who never did is left out."""
    days: dict[int, date] = {}
    last = select(HoursRecord.person_id, func.max(HoursRecord.served_on)).where(CONFIRMED)
    for part in chunks(person_ids):
        query = last.where(HoursRecord.person_id.in_(part)).group_by(HoursRecord.person_id)
        days |= dict(session.execute(query).all())
    return days


# --- closed periods ------------------------------------------------------------


def closings(session: Session, community_id: int | None = None) -> Sequence[ClosedPeriod]:
    """The closed periods of a community, or of all, earliest first."""
    query = select(ClosedPeriod).order_by(ClosedPeriod.first_on, ClosedPeriod.id)
    if community_id is not None:
        query = query.where(ClosedPeriod.community_id == community_id)
    return session.scalars(query).all()


def is_closed(session: Session, community_id: int, day: date) -> bool:
    """Whether a day's figures are closed in a community."""
    covers = select(ClosedPeriod.id).where(
        ClosedPeriod.community_id == community_id, ClosedPeriod.last_on >= day, ClosedPeriod.first_on <= day
    )
    return session.scalar(covers.limit(1)) is not None


def closed_until(session: Session) -> date | None:
    """The last day that is closed in any community."""
    return session.scalar(select(func.max(ClosedPeriod.last_on)))


# --- for reports ------------------------------------------------------------


def undecided(session: Session, community_id: int | None = None) -> Sequence[Any]:
    """Records to be decided, by event, community and state: with `records`, `first` and `last` day."""
    first = func.min(HoursRecord.served_on)
    by = (HoursRecord.event_id, HoursRecord.community_id, HoursRecord.status)
    query = select(
        *by,
        func.count().label("records"),
        first.label("first"),
        func.max(HoursRecord.served_on).label("last"),
    ).where(HoursRecord.status.in_(OPEN))
    if community_id is not None:
        query = query.where(HoursRecord.community_id == community_id)
    return session.execute(query.group_by(*by).order_by(first, *by)).all()


def undecided_counts(session: Session, community_id: int | None = None) -> dict[str, int]:
    """How many records are to be decided, by state."""
    query = select(HoursRecord.status, func.count()).where(HoursRecord.status.in_(OPEN))
    if community_id is not None:
        query = query.where(HoursRecord.community_id == community_id)
    return dict(session.execute(query.group_by(HoursRecord.status)).all())
