"""The times that people have given already, so that an hour is counted once.

One structure for one record and for a million: of each person sorted numbers, among which bisection
finds the neighbours of a new one. A number holds the start in minutes since the year 1, the length, what
was done, and which record it is, in this order, so that numbers sort by time. What was done is the
record's own text, else the title of its event.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import String, cast, func, select, type_coerce

from volunteer_cli.core.database import chunks
from volunteer_cli.core.records import Change
from volunteer_cli.events.models import Event
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.rules.times import Times
from volunteer_cli.hours.terms import DAY, LIVE

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: Where in a number the work, the length and the start begin; the record has the bits below.
_WORK, _LENGTH, _START = 40, 64, 76
_RECORD_BITS, _LENGTH_BITS = (1 << _WORK) - 1, (1 << (_START - _LENGTH)) - 1
_COLUMNS = (
    HoursRecord.id,
    HoursRecord.person_id,
    type_coerce(HoursRecord.served_on, String),
    HoursRecord.start_minute,
    HoursRecord.end_minute,
    HoursRecord.minutes,
    func.coalesce(HoursRecord.work, Event.title),
    HoursRecord.status,
)


#: As plain words, which a million rows are compared with.
_LIVE = frozenset(status.value for status in LIVE)


class _Midnights(dict[Any, int]):
    """The beginnings of days, as they stand in a number, by the day or its text."""

    def __missing__(self, day: Any) -> int:
        on = date.fromisoformat(day) if isinstance(day, str) else day
        midnight = self[day] = on.toordinal() * DAY << _START
        return midnight


class Meeting(NamedTuple):
    """A record that a new one meets: the same one, or one that overlaps it.

    It is stored and has an `id`, or is a `row` of the file being read; the other is None.
    """

    same: bool
    id: int | None
    row: int | None


class Diary:
    """Who served when, as far as it was loaded or entered."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._timed: dict[int, list[int]] = defaultdict(list)
        self._untimed: dict[int, list[int]] = defaultdict(list)
        self._gone: dict[tuple[int, int], int] = {}
        self._works: dict[str | None, int] = {}
        self.begun: dict[tuple[int, int], int] = {}
        """Stored records without an end, by person and number."""
        self._loaded: set[int] = set()
        self._former: dict[int, list[dict[str, Any]]] | None = None

    # --- stored records ---

    @cached_property
    def nothing_stored(self) -> bool:
        """Whether there was no record at all when this was first asked."""
        return self.session.scalar(select(HoursRecord.id).limit(1)) is None

    def load(self, person_ids: Iterable[int], *, around: date | None = None, besides: int = 0) -> None:
        """Take in the stored records that take up time of people, near a day where that is enough."""
        wanted = [HoursRecord.status.in_(LIVE), HoursRecord.id != besides]
        if around is not None:
            one = timedelta(days=1)
            wanted.append(HoursRecord.served_on.between(around - one, around + one))
        self._load(set(person_ids), wanted)

    def load_all(self, person_ids: Iterable[int]) -> None:
        """Take in everything stored of people, once; what was rejected, voided or corrected is recognised."""
        if self.nothing_stored:
            return
        missing = set(person_ids) - self._loaded
        if self._former is None:
            self._former = _former_values(self.session)
        self._loaded |= missing
        self._load(missing, [])

    def _load(self, person_ids: set[int], wanted: list[Any]) -> None:
        for part in chunks(sorted(person_ids)):
            query = select(*_COLUMNS).outerjoin(Event, Event.id == HoursRecord.event_id)
            self._note(self.session.execute(query.where(HoursRecord.person_id.in_(part), *wanted)))
            for records in (self._timed, self._untimed):
                for person_id in part:
                    if person_id in records:
                        records[person_id].sort()

    def _note(self, rows: Iterable[Any]) -> None:
        timed, untimed, works, former = self._timed, self._untimed, self._works, self._former or {}
        midnights = _Midnights()
        for key, person_id, on, start, end, minutes, done, status in rows:
            midnight = midnights[on]
            work = works.setdefault(done, len(works)) << _WORK
            number = midnight + ((start or 0) << _START) | minutes << _LENGTH | work
            if end is None:
                untimed[person_id].append(number | key << 1)
                if not minutes and status in _LIVE:
                    self.begun[person_id, number] = key
            elif status in _LIVE:
                timed[person_id].append(number | key << 1)
            else:
                self._gone[person_id, number] = key
            for was in reversed(former.get(key, ())):
                start, minutes = was.get("start_minute", start), was.get("minutes", minutes)  # noqa: PLW2901 - back in time
                before = midnight + ((start or 0) << _START) | minutes << _LENGTH | work
                self._gone[person_id, before] = key

    # --- new records ---

    def number(self, day: int, start: int | None, minutes: int, done: str | None) -> int:
        """The number of a record on the day with an ordinal, without its own bits."""
        work = self._works.get(done)
        if work is None:
            work = self._works[done] = len(self._works)
        return (day * DAY + (start or 0)) << _START | minutes << _LENGTH | work << _WORK

    def meets(self, person_id: int, times: Times, done: str | None) -> Meeting | None:
        """The record that is the same as a new one, else one that overlaps it."""
        number = self.number(times.on.toordinal(), times.start, times.minutes, done)
        return self._meeting(person_id, number, timed=times.end is not None)

    def enter(self, person_id: int, number: int, row: int, *, timed: bool) -> Meeting | None:
        """Enter a row of a file, unless a record stands in its way."""
        kind = self._timed if timed else self._untimed
        records = kind.get(person_id)
        if records is None:
            records = kind[person_id]
        # Files mostly come in the order of time: who begins after everything else meets nothing.
        elif timed and not self._gone and _end_of(records[-1]) <= number >> _START:
            records.append(number | row << 1 | 1)
            return None
        if met := self._meeting(person_id, number, timed=timed):
            return met
        records.insert(bisect_left(records, number), number | row << 1 | 1)
        return None

    def met(self, person_id: int, number: int, *, timed: bool) -> Meeting | None:
        """The record that a row with this number would meet."""
        return self._meeting(person_id, number, timed=timed)

    def begun_at(self, person_id: int, number: int) -> int | None:
        """The stored record that began when the one with this number did, and has no end."""
        return self.begun.get((person_id, _start_of(number)))

    def end(self, person_id: int, number: int) -> None:
        """Note that the record which began when the one with this number did has an end now."""
        del self.begun[person_id, _start_of(number)]

    def _meeting(self, person_id: int, number: int, *, timed: bool) -> Meeting | None:
        records = (self._timed if timed else self._untimed).get(person_id, ())
        if (found := _equal(records, number)) is not None:
            return _told(found, same=True)
        if (person_id, number) in self._gone:
            return Meeting(True, self._gone[person_id, number], None)
        if not timed:
            return self._begun(person_id, number)
        found = _overlapping(records, number)
        return None if found is None else _told(found, same=False)

    def _begun(self, person_id: int, number: int) -> Meeting | None:
        """Of a start without an end, the record that has the end as well."""
        if number >> _LENGTH & _LENGTH_BITS:
            return None
        records = self._timed.get(person_id, ())
        place = bisect_left(records, number)
        alike = place < len(records) and records[place] >> _START == number >> _START
        return _told(records[place], same=True) if alike else None


def _start_of(number: int) -> int:
    """The number without its length."""
    return number - ((number >> _LENGTH & _LENGTH_BITS) << _LENGTH)


def _end_of(number: int) -> int:
    """The minute since the year 1 at which a record ends."""
    return (number >> _START) + (number >> _LENGTH & _LENGTH_BITS)


def _equal(records: Sequence[int], number: int) -> int | None:
    place = bisect_left(records, number)
    if place < len(records) and records[place] >> _WORK == number >> _WORK:
        return records[place]
    return None


def _overlapping(records: Sequence[int], number: int) -> int | None:
    """The neighbour of a timed record that shares time with it; touching ends share none."""
    start = number >> _START
    place = bisect_left(records, start << _START)
    if place < len(records) and records[place] >> _START < _end_of(number):
        return records[place]
    if place and _end_of(records[place - 1]) > start:
        return records[place - 1]
    return None


def _told(number: int, *, same: bool) -> Meeting:
    record = number & _RECORD_BITS
    return Meeting(same, None, record >> 1) if record & 1 else Meeting(same, record >> 1, None)


def _former_values(session: Session) -> dict[int, list[dict[str, Any]]]:
    """What of the times of records was otherwise before each change in place, the earliest first, by id."""
    found: dict[int, list[dict[str, Any]]] = {}
    told = cast(Change.before, String)
    query = select(Change.first_key, Change.last_key, Change.before).where(
        Change.table_name == HoursRecord.__tablename__,
        Change.kind == "update",
        told.contains('"minutes"') | told.contains('"start_minute"'),
    )
    for first, last, before in session.execute(query.order_by(Change.id)):
        for key in range(first, last + 1):
            found.setdefault(key, []).append(before)
    return found
