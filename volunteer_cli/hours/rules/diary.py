"""The times that people have given already, so that an hour is counted once.

One structure for one record and for a million: for each day, what each person did on it. Start, length
and what was done are packed into one number, the mark, which two records have in common exactly when
they are the same; a record is its mark and, below it, which record it is. What was done is the record's
own text, else the title of its event, together with what it was done under: its event, and its team where
the record has no times. Of two records that differ in nothing but that one says less, each is the other.

One event counts once for one person: a record without times is also the same as those with times of the
same person, event and day that are together as long, and the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from sqlalchemy import String, case, cast, func, or_, select, type_coerce

from volunteer_cli.core.database import chunks, read_columns
from volunteer_cli.core.records import Change
from volunteer_cli.core.text import name_key
from volunteer_cli.events.models import Event
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.rules.near import Spans, near
from volunteer_cli.hours.rules.times import Times
from volunteer_cli.hours.terms import DAY, LIVE

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

#: A mark from its lowest bit: whether it has an end, whether it needs a closer look because it reaches
#: into the next day or has no length, then what was done, the length and the start.
TIMED, CLOSER = 1, 2
_WORK, _LENGTH, _START, _END = 2, 26, 38, 50
_MINUTES = (1 << 12) - 1
_WORK_BITS = (1 << _LENGTH) - (1 << _WORK)
#: A mark without its length and without the bits that depend on it.
_BEGINNING = (1 << _END) - 1 - (_MINUTES << _LENGTH) - TIMED - CLOSER
#: What a record was done under, in one number: the event above the bits of the team.
_TEAM = 24
_TEAM_BITS = (1 << _TEAM) - 1
#: Below a mark: the id of a stored record, or the row of a file with the lowest bit set.
_RECORD = 40
_RECORD_BITS = (1 << _RECORD) - 1

#: A file of more rows than `MANY` reads the rest of what is stored in one go, which is quicker than month by
#: month, unless there are more records than `MOST`.
MANY, MOST = 100_000, 1_500_000

#: Of one person and day: the only record, or the records by their marks.
Records: TypeAlias = int | dict[int, int]
Days: TypeAlias = dict[int, dict[int, Records]]

_NOTHING: Mapping[int, Any] = {}
#: Two records overlap by the clock on the wall, which is not what was given in a night of the clocks' change.
_LENGTH_ON_THE_WALL = func.coalesce(HoursRecord.end_minute - HoursRecord.start_minute, HoursRecord.minutes)
#: Whether a record takes up its time, whether it has an end, its length and start in one number: a million
#: rows are read faster the fewer columns they have.
_TIMES = (
    (func.coalesce(HoursRecord.start_minute, 0) * 4096 + _LENGTH_ON_THE_WALL) * 4
    + case((HoursRecord.end_minute.is_not(None), 2), else_=0)
    # One after the other, which SQLite does faster than IN.
    + case((or_(*(HoursRecord.status == status for status in LIVE)), 1), else_=0)
)
_STORED = (
    HoursRecord.id,
    HoursRecord.person_id,
    type_coerce(HoursRecord.served_on, String),
    _TIMES,
    func.coalesce(HoursRecord.work, Event.title),
    func.coalesce(HoursRecord.event_id, 0) * (1 << _TEAM) + func.coalesce(HoursRecord.team_id, 0),
)


def under_of(event: int | None, team: int | None) -> int:
    """What a record is done under, in one number; 0 for nothing."""
    return (event or 0) << _TEAM | (team or 0)


class Meeting(NamedTuple):
    """A record that a new one meets: the same one, or one that overlaps it.

    It is stored and has an `id`, or is a `row` of the file being read; the other is None.
    """

    same: bool
    id: int | None
    row: int | None


class _Ordinals(dict[Any, int]):
    """The ordinals of days, by the day or its text."""

    def __missing__(self, day: date | str) -> int:
        on = date.fromisoformat(day) if isinstance(day, str) else day
        ordinal = self[day] = on.toordinal()
        return ordinal


class _Marks(dict[tuple[int, str | None, int], int]):
    """The marks of stored values, turned into negative numbers where a record takes up no time."""

    def __init__(self, diary: Diary) -> None:
        super().__init__()
        self.diary = diary

    def __missing__(self, values: tuple[int, str | None, int]) -> int:
        times, done, under = values
        live, timed, minutes, start = times & 1, times & 2, times >> 2 & _MINUTES, times >> 14
        mark = self.diary.mark(start, minutes, done, timed=bool(timed), under=under)
        self[values] = mark = mark if live else ~mark
        return mark


class _Works(dict[tuple[str | None, int], int]):
    """Ordinals of what was done under what; `said` has it by ordinal."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str | None, int]] = []

    def __missing__(self, work: tuple[str | None, int]) -> int:
        done, under = work
        # The same words in another form are the same work.
        key = done and name_key(done), under
        if key != work:
            ordinal = self[work] = self[key]
            return ordinal
        ordinal = self[work] = len(self.said)
        self.said.append(work)
        return ordinal


class Diary:
    """Who served when, as far as it was loaded or entered.

    Days are ordinals; `begun` names stored records without an end by person, day and beginning.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._timed: Days = defaultdict(dict)
        self._untimed: Days = defaultdict(dict)
        self._overnight: set[tuple[int, int]] = set()
        """Days, with the person, on which something begins that ends on the next."""
        self._gone: dict[tuple[int, int, int], int] = {}
        """Records that take up no time but are recognised, by person, day and mark."""
        self.begun: dict[tuple[int, int, int], int] = {}
        self._works = _Works()
        self._spans = Spans()
        self._asked = 0
        """How many services were looked for."""
        self._all_read = False
        self._former: dict[int, list[dict[str, Any]]] | None = None

    def mark(self, start: int | None, minutes: int, done: str | None, *, timed: bool, under: int = 0) -> int:
        """The mark of a record from its start in minutes of the day, its length and what was done under what."""
        if timed:  # nobody serves two teams at one time
            under = under >> _TEAM << _TEAM
        return _mark(start or 0, minutes, self._works[done, under], timed=timed)

    def _plain(self, mark: int) -> int:
        """The mark of the same service under nothing, by which former and unended records are recognised."""
        done, under = self._works.said[_work(mark)]
        return mark if not under else mark & ~_WORK_BITS | self._works[done, 0] << _WORK

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

    def load_near(self, services: Sequence[tuple[int, int]]) -> None:
        """Take in, once, what is stored near services by person and day; what was rejected or corrected is recognised."""
        if self.nothing_stored or self._all_read:
            return
        if self._former is None:
            self._former = _former_values(self.session)
        self._asked += len(services)
        if self._asked > MANY and self._bearable:
            self._all_read = True
            self._take_in(select(*_STORED))
        elif spans := self._spans.unread(services):
            self._take_in(near(self.session, select(*_STORED), spans))
            self._spans.note(spans)

    @cached_property
    def _bearable(self) -> bool:
        """Whether all that is stored may be held in memory."""
        return (self.session.scalar(select(func.count(HoursRecord.id))) or 0) <= MOST

    def _load(self, person_ids: set[int], wanted: list[Any]) -> None:
        for people in chunks(sorted(person_ids)):
            self._take_in(select(*_STORED).where(HoursRecord.person_id.in_(people), *wanted))

    def _take_in(self, query: Any) -> None:
        ordinals, known = _Ordinals(), _Marks(self)
        query = query.outerjoin(Event, Event.id == HoursRecord.event_id)
        for keys, persons, days, *said in read_columns(self.session.connection(), query):
            on = list(map(ordinals.__getitem__, days))
            if self._all_read:
                keys, persons, on, *said = self._spans.outside(keys, persons, on, *said)  # noqa: PLW2901 - the rest
            marks = list(map(known.__getitem__, zip(*said, strict=True)))
            self._note(keys, persons, on, marks)
            if self._former:
                self._note_former(keys, persons, on, marks)

    def _note(self, *columns: Iterable[int]) -> None:
        timed, untimed = self._timed, self._untimed
        for key, person, day, mark in zip(*columns, strict=True):
            if mark < 0:
                self._gone[person, day, self._plain(~mark)] = key << 1
                continue
            people = (timed if mark & TIMED else untimed)[day]
            record = mark << _RECORD | key << 1
            if (other := people.setdefault(person, record)) is not record:
                _put(people, person, other, record)
            if mark & CLOSER:
                self._note_closer(key, person, day, mark)

    def _note_closer(self, key: int, person: int, day: int, mark: int) -> None:
        if mark & TIMED:
            self._overnight.add((day, person))
        else:
            self.begun[person, day, self._plain(mark) & _BEGINNING] = key

    def _note_former(self, *columns: Iterable[int]) -> None:
        """Recognise what records said before they were corrected in place, from the last correction back."""
        for key, person, day, mark in zip(*columns, strict=True):
            mark = self._plain(max(mark, ~mark))  # noqa: PLW2901 - whatever became of it
            for was in reversed((self._former or {}).get(key, ())):
                start = was.get("start_minute", _start(mark)) or 0
                timed = was["end_minute"] is not None if "end_minute" in was else bool(mark & TIMED)
                mark = _mark(start, was.get("minutes", _length(mark)), _work(mark), timed=timed)  # noqa: PLW2901 - back in time
                self._gone[person, day, mark] = key << 1

    # --- new records ---

    def meets(self, person_id: int, times: Times, done: str | None, under: int = 0) -> Meeting | None:
        """The record that is the same as a new one, else one that overlaps it."""
        mark = self.mark(times.start, times.length, done, timed=times.end is not None, under=under)
        return self.met(person_id, times.on.toordinal(), mark)

    def enter(self, person_id: int, day: int, mark: int, row: int) -> Meeting | None:
        """Enter a row of a file, unless a record stands in its way.

        A row that is a stored record stands for it from then on: one more such row is a second one of the file.
        """
        people = (self._timed if mark & TIMED else self._untimed)[day]
        record = mark << _RECORD | row << 1 | 1
        other = people.setdefault(person_id, record)
        if other is record:
            across = self._untimed if mark & TIMED else self._timed
            if not (mark & CLOSER or self._gone or self._overnight or person_id in across[day]):
                return None
            del people[person_id]
        if met := self.met(person_id, day, mark):
            if met.same and met.id is not None:
                self._stand_in(person_id, day, mark, record)
            return met
        if mark & CLOSER and mark & TIMED:
            self._overnight.add((day, person_id))
        if (other := people.setdefault(person_id, record)) is not record:
            _put(people, person_id, other, record)
        return None

    def enter_all(
        self, people: Iterable[int], days: Iterable[int], marks: Iterable[int], rows: Iterable[int]
    ) -> tuple[dict[int, int], dict[int, Meeting]]:
        """Enter rows of a file as `enter` does.

        Answers, by their places, those that are stored records, see `stored_id`, and what else was met.
        """
        timed, untimed, watchful = self._timed, self._untimed, bool(self._gone or self._overnight)
        stored: dict[int, int] = {}
        met: dict[int, Meeting] = {}
        columns = zip(people, days, marks, rows, strict=True)
        for place, (person, day, mark, row) in enumerate(columns):
            own, across = (timed, untimed) if mark & TIMED else (untimed, timed)
            others = own[day]
            known = others.get(person)
            if known is None:
                if not (watchful or mark & CLOSER or person in across[day]):
                    others[person] = mark << _RECORD | row << 1 | 1
                    continue
            elif known.__class__ is int and known >> _RECORD == mark and not known & 1:
                stored[place] = known
                others[person] = mark << _RECORD | row << 1 | 1
                continue
            if meeting := self.enter(person, day, mark, row):
                met[place] = meeting
            watchful = watchful or bool(mark & CLOSER)
        return stored, met

    def _stand_in(self, person_id: int, day: int, mark: int, record: int) -> None:
        """Put a row of the file in the place of the stored record that it is."""
        people = (self._timed if mark & TIMED else self._untimed)[day]
        records = people.get(person_id)
        gone = (person_id, day, self._plain(mark))
        if gone in self._gone and (records is None or self._alike(records, mark) is None):
            self._gone[gone] = record & _RECORD_BITS
        elif records is None or (isinstance(records, int) and records >> _RECORD == mark):
            people[person_id] = record
        else:
            _put(people, person_id, records, record)[mark] = record & _RECORD_BITS

    def met(self, person_id: int, day: int, mark: int) -> Meeting | None:
        """The record that a new one with this mark would meet."""
        days = self._timed if mark & TIMED else self._untimed
        records = days.get(day, _NOTHING).get(person_id)
        if records is not None and (found := self._alike(records, mark)) is not None:
            return _told(found, same=True)
        if self._gone and (gone := self._gone.get((person_id, day, self._plain(mark)))) is not None:
            return _told(gone, same=True)
        if not _length(mark):
            return self._ended_already(person_id, day, mark)
        overlapping = self._overlapping(person_id, day, mark) if mark & TIMED else None
        return overlapping or self._counted_at_event(person_id, day, mark)

    def _alike(self, records: Records, mark: int) -> int | None:
        """Which of the records of a person and day is the same as one with the mark."""
        if (equal := _equal(records, mark)) is not None:
            return equal
        return next((record for other, record in _each(records) if self._akin(other, mark)), None)

    def _akin(self, one: int, other: int) -> bool:
        """Whether two marks differ in nothing but in what they leave out of event and team."""
        if (one ^ other) & ~_WORK_BITS:
            return False
        (done, under), (other_done, other_under) = (
            self._works.said[_work(one)],
            self._works.said[_work(other)],
        )
        return done == other_done and bool(one & TIMED or fits(under, other_under))

    def _counted_at_event(self, person_id: int, day: int, mark: int) -> Meeting | None:
        """Of records with times of one event and day, and one without that is as long, the first."""
        under = self._works.said[_work(mark)][1]
        across = (self._untimed if mark & TIMED else self._timed).get(day, _NOTHING).get(person_id)
        if across is None or not under >> _TEAM:
            return None
        others = [(_length(other), record) for other, record in _each(across) if self._at(other, under)]
        if sum(length for length, _record in others) != _length(mark):
            return None
        return _told(others[0][1], same=True)

    def _at(self, mark: int, under: int) -> bool:
        """Whether a record is of the event that another is under, and of no other team."""
        own = self._works.said[_work(mark)][1]
        return own >> _TEAM == under >> _TEAM and fits(own, under)

    def begun_at(self, person_id: int, day: int, mark: int) -> int | None:
        """The stored record that began when the one with this mark did, and has no end."""
        return self.begun.get((person_id, day, self._plain(mark) & _BEGINNING)) if mark & TIMED else None

    def end(self, person_id: int, day: int, mark: int) -> None:
        """Note that the record which began when the one with this mark did has an end now."""
        del self.begun[person_id, day, self._plain(mark) & _BEGINNING]

    def _overlapping(self, person_id: int, day: int, mark: int) -> Meeting | None:
        """A timed record that shares time with a new one; touching ends share none."""
        start = _start(mark)
        end = start + _length(mark)
        near = [(day, 0)]
        if (day - 1, person_id) in self._overnight:
            near.insert(0, (day - 1, -DAY))
        if end > DAY:
            near.append((day + 1, DAY))
        for on, shift in near:
            for other, record in _each(self._timed.get(on, _NOTHING).get(person_id)):
                began = _start(other) + shift
                if began < end and start < began + _length(other):
                    return _told(record, same=False)
        return None

    def _ended_already(self, person_id: int, day: int, mark: int) -> Meeting | None:
        """Of a start without an end, the record that has the end as well."""
        for other, record in _each(self._timed.get(day, _NOTHING).get(person_id)):
            if _start(other) == _start(mark):
                return _told(record, same=True)
        return None


def _mark(start: int, minutes: int, work: int, *, timed: bool) -> int:
    closer = not minutes or (timed and start + minutes > DAY)
    return start << _START | minutes << _LENGTH | work << _WORK | closer * CLOSER | timed * TIMED


def fits(one: int, other: int) -> bool:
    """Whether event and team of two records are the same as far as both have them."""
    events, teams = (one >> _TEAM, other >> _TEAM), (one & _TEAM_BITS, other & _TEAM_BITS)
    return all(0 in pair or pair[0] == pair[1] for pair in (events, teams))


def _work(mark: int) -> int:
    return mark >> _WORK & (1 << _LENGTH - _WORK) - 1


def stored_id(record: int) -> int:
    """The id of a stored record."""
    return (record & _RECORD_BITS) >> 1


def _start(mark: int) -> int:
    return mark >> _START


def _length(mark: int) -> int:
    return mark >> _LENGTH & _MINUTES


def _put(people: dict[int, Records], person: int, others: Records, record: int) -> dict[int, int]:
    """Put one more record to those that a person has on a day; of two that are alike the first stays."""
    if isinstance(others, int):
        others = people[person] = {others >> _RECORD: others & _RECORD_BITS}
    others.setdefault(record >> _RECORD, record & _RECORD_BITS)
    return others


def _equal(records: Records, mark: int) -> int | None:
    """Which of the records of a person and day has the mark."""
    if isinstance(records, int):
        return records & _RECORD_BITS if records >> _RECORD == mark else None
    return records.get(mark)


def _each(records: Records | None) -> Iterator[tuple[int, int]]:
    """The records of a person and day in the order of their starts, as mark and record."""
    if records is None:
        return iter(())
    if isinstance(records, int):
        return iter(((records >> _RECORD, records & _RECORD_BITS),))
    return iter(sorted(records.items()))


def _told(record: int, *, same: bool) -> Meeting:
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
