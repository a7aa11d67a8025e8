"""The rows of a sheet of hours as numbers in the database, which finds there what stands near what.

A row is a person, a day and the number of a service: times, work and place are the same in thousands of rows,
and stand once. Which rows cannot meet anything, and which are records already, single statements tell of the
whole file; only the days of a person on which more comes together are `crowded`, and are judged row by row by
the rules of `once`. The cost is that of the new rows, whatever is stored: the index of people and days answers.
Rows are therefore put into the order of that index first, so that each of its pages is taken up once: among
millions of records a row elsewhere than the one before costs ten times as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.schema import CreateTable

from volunteer_cli.core.database import spill_sorts, write_rows
from volunteer_cli.events.models import Event
from volunteer_cli.hours.models import ClosedPeriod, HoursRecord
from volunteer_cli.hours.rules.recorded import STORED, Former
from volunteer_cli.hours.terms import DAY, LIVE
from volunteer_cli.people.models import Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_TABLES = MetaData()


def _rows(name: str) -> Table:
    """A table of rows; `row` is their number in the file, which grows from sheet to sheet."""
    return Table(
        name,
        _TABLES,
        Column("id", Integer, primary_key=True),
        Column("row", BigInteger, nullable=False),
        Column("person_id", Integer, nullable=False),
        Column("served_on", Date, nullable=False),
        Column("service", Integer, nullable=False),
        prefixes=["TEMPORARY"],
    )


#: The rows as they come.
COMING = _rows("hours_coming")
#: The same by person, day and start, so that those which may have to do with each other follow each other.
ROWS = _rows("hours_row")
#: What rows say but for person and day. `done` is the work, else the title of the event; an event that is still
#: to be made has a number below 0.
SERVICES = Table(
    "hours_service",
    _TABLES,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("start_minute", Integer),
    Column("end_minute", Integer),
    Column("minutes", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("work", Text),
    Column("done", Text),
    Column("event_id", Integer),
    Column("team_id", Integer),
    Column("community_id", Integer),
    prefixes=["TEMPORARY"],
)
DAYS = Table(
    "hours_day",
    _TABLES,
    Column("served_on", Date, primary_key=True),
    Column("before", Date, nullable=False),
    Column("after", Date, nullable=False),
    Column("late", Boolean, nullable=False),
    prefixes=["TEMPORARY"],
)
#: The days of people on which more than one service comes together that may have to do with each other.
CROWDED = Table(
    "hours_crowded",
    _TABLES,
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("served_on", Date, primary_key=True),
    prefixes=["TEMPORARY"],
)
#: The rows that bring no new record: they are one already, or were refused.
SETTLED = Table(
    "hours_settled",
    _TABLES,
    Column("id", Integer, primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
)
#: Records that were corrected in place, so that a row may be what one said before.
CORRECTED = Table(
    "hours_corrected",
    _TABLES,
    Column("id", Integer, primary_key=True, autoincrement=False),
    prefixes=["TEMPORARY"],
)
#: The columns of a record that its service has.
OF_SERVICE = ("start_minute", "end_minute", "minutes", "status", "evidence", "work", "event_id", "team_id")
#: From so many rows on nobody reads them in the order of the file: records are written by person and day. From so
#: many new records on, an empty table has its indexes built at the end; where a third is stored already, building
#: them anew was measured to cost as much as putting each entry in its place.
MANY = 20_000
#: Rows that one statement writes: it holds the pages that it changes, in the worst case two for each row.
PIECE = 2_500
_STAGES = (COMING, ROWS, SERVICES, DAYS, CROWDED, SETTLED, CORRECTED)

Columns: TypeAlias = Mapping[str, Sequence[Any]]
#: A person, the rows of the file on their crowded days, and what is stored near them.
Crowd: TypeAlias = tuple[int, list[Any], list[Any]]

_r, _s, _d, _h = ROWS.c, SERVICES.c, DAYS.c, HoursRecord
_OF_ROW = ROWS.join(SERVICES, _s.id == _r.service)
_ON_DAY = _OF_ROW.join(DAYS, _d.served_on == _r.served_on)
_OF_PERSON = _ON_DAY.join(Person, Person.id == _r.person_id)
#: A record belongs to the community of its event or team, else to that of the person.
COMMUNITY = func.coalesce(_s.community_id, Person.community_id)
_IS_CROWDED = exists().where(CROWDED.c.person_id == _r.person_id, CROWDED.c.served_on == _r.served_on)
_IS_SETTLED = exists().where(SETTLED.c.id == _r.id)
#: A row that says in all what a record says which takes up its time, word for word.
_IS_STORED = exists().where(
    _h.person_id == _r.person_id,
    _h.served_on == _r.served_on,
    # As a condition on the status alone SQLite would look the rows up by their day.
    case((_h.status.in_(LIVE), 1), else_=0) == 1,
    *(
        getattr(_h, name).is_not_distinct_from(SERVICES.c[name])
        for name in ("start_minute", "end_minute", "minutes", "work", "event_id", "team_id")
    ),
)
#: Records at other times of the day have nothing to do with a row, unless they said otherwise once.
_APART = and_(
    _s.end_minute.is_not(None),
    _h.end_minute.is_not(None),
    or_(_h.end_minute <= _s.start_minute, _s.end_minute <= _h.start_minute),
    _h.id.not_in(select(CORRECTED.c.id)),
)
_HAS_COMPANY = exists().where(
    _h.person_id == _r.person_id,
    _h.served_on.between(_d.before, _r.served_on),
    or_(
        and_(_h.served_on == _r.served_on, not_(_APART)),
        and_(_h.served_on < _r.served_on, _h.end_minute > DAY),
    ),
)


class Staging:
    """The rows of one file that wait for their verdicts."""

    def __init__(self, session: Session) -> None:
        self.connection = session.connection()
        self.count = 0
        self._days: set[date] = set()
        self._overnight = False
        spill_sorts(self.connection)
        for table in _STAGES:
            self.connection.execute(CreateTable(table, if_not_exists=True))
            # Left by the last import of the same shell.
            self.connection.execute(delete(table))

    # --- rows come in ---

    def add_services(self, services: Columns) -> None:
        """Take in services, numbered by who calls."""
        write_rows(self.connection, SERVICES, services)
        self._overnight = self._overnight or any(
            end is not None and end > DAY for end in services["end_minute"]
        )

    def add_rows(self, rows: Columns, late_before: date) -> None:
        """Take in rows: their numbers, people, days and services."""
        self.count += len(rows["row"])
        self._add_days(set(rows["served_on"]) - self._days, late_before)
        write_rows(self.connection, COMING, rows)

    def _add_days(self, days: set[date], late_before: date) -> None:
        if not days:
            return
        one, new = timedelta(days=1), sorted(days)
        columns: Columns = {
            "served_on": new,
            "before": [day - one for day in new],
            "after": [day + one for day in new],
            "late": [day < late_before for day in new],
        }
        write_rows(self.connection, DAYS, columns)
        self._days |= days

    # --- what stands near what ---

    def compare(self, former: Former | None) -> int:
        """Find the crowded days, and settle the rows that are records already; answers how many those are.

        `former` has the records that were corrected in place; None where nothing is stored at all.
        """
        self._arrange()
        self._crowd(_several())
        if self._overnight:
            # A service past midnight meets those of the next day, and they it.
            for day in (_r.served_on, _d.after):
                night = select(_r.person_id, day.label("served_on")).select_from(_ON_DAY)
                self._crowd(night.where(_s.end_minute > DAY))
        if former is None:
            return 0
        if former:
            write_rows(self.connection, CORRECTED, {"id": sorted(former)})
        known = select(_r.id).select_from(_OF_ROW).where(_IS_STORED, not_(_IS_CROWDED))
        settle = insert(SETTLED).from_select(["id"], known)
        # A server's driver would forget how many rows an INSERT wrote.
        count = self.connection.execute(settle, execution_options={"preserve_rowcount": True}).rowcount
        if count < self.count:
            rows = select(_r.person_id, _r.served_on).select_from(_ON_DAY)
            self._crowd(rows.where(_HAS_COMPANY, not_(_IS_SETTLED)))
        return count

    def _arrange(self) -> None:
        """Put the rows in order, and tell a server how many there are; SQLite takes the statements as they stand."""
        columns = ("row", "person_id", "served_on", "service")
        coming = select(*(COMING.c[name] for name in columns)).join(SERVICES, _s.id == COMING.c.service)
        order = (COMING.c.person_id, COMING.c.served_on, _s.start_minute, COMING.c.row, COMING.c.id)
        self.connection.execute(insert(ROWS).from_select(columns, coming.order_by(*order)))
        self.connection.execute(delete(COMING))
        if self.connection.dialect.name != "sqlite":
            for table in (ROWS, SERVICES, DAYS):
                self.connection.exec_driver_sql(f"ANALYZE {table.name}")

    def _crowd(self, query: Select[Any]) -> None:
        """Note the people and days that a query finds as crowded, once."""
        days = query.distinct().subquery()
        both = CROWDED.c.person_id == days.c.person_id, CROWDED.c.served_on == days.c.served_on
        new = select(days.c.person_id, days.c.served_on).where(not_(exists().where(*both)))
        self.connection.execute(insert(CROWDED).from_select(["person_id", "served_on"], new))

    def crowds(self) -> Iterator[Crowd]:
        """The crowded rows of each person in the order of the file, and the records near them."""
        if not self.connection.execute(select(func.count()).select_from(CROWDED)).scalar_one():
            return
        stored = groupby(self.connection.execute(_stored_near()), attrgetter("person_id"))
        person, records = next(stored, (None, iter(())))
        for key, rows in groupby(self.connection.execute(_crowded_rows()), attrgetter("person_id")):
            while person is not None and person < key:
                person, records = next(stored, (None, iter(())))
            yield key, list(rows), list(records) if person == key else []

    def settle(self, ids: Sequence[int]) -> None:
        """Note that rows bring no new record."""
        if ids:
            write_rows(self.connection, SETTLED, {"id": ids})

    def closed(self) -> Sequence[Any]:
        """The rows left, crowded ones aside, whose figures are closed: id, number and day."""
        period = and_(
            ClosedPeriod.community_id == COMMUNITY,
            _r.served_on.between(ClosedPeriod.first_on, ClosedPeriod.last_on),
        )
        query = select(_r.id, _r.row, _r.served_on).select_from(_OF_PERSON.join(ClosedPeriod, period))
        left = query.where(not_(_IS_SETTLED), not_(_IS_CROWDED))
        return self.connection.execute(left.distinct().order_by(_r.row, _r.id)).all()

    # --- what is new ---

    def new_events(self) -> Sequence[Any]:
        """The events that are still to be made for new rows, in their order: number, first start, last end."""
        query = (
            select(_s.event_id, func.min(_s.start_minute), func.max(_s.end_minute))
            .select_from(_OF_ROW)
            .where(_s.event_id < 0, not_(_IS_SETTLED))
            .group_by(_s.event_id)
            .order_by(func.min(_r.row))
        )
        return self.connection.execute(query).all()

    def place_at(self, number: int, event: int) -> None:
        """Give the services of an event that was made its id."""
        self.connection.execute(update(SERVICES).where(_s.event_id == number).values(event_id=event))


def new_records(recorded_by: str, rows: int) -> Iterator[Select[Any]]:
    """The new ones among the rows, a few thousand each; columns as a record's.

    Records of a sheet that people read stand in the order of the file, those of many by person and day.
    """
    query = _new_records(recorded_by)
    for first in range(0, rows, PIECE):
        if rows < MANY:
            piece = select(_r.id).order_by(_r.row, _r.id).offset(first).limit(PIECE)
            yield query.where(_r.id.in_(piece)).order_by(_r.row, _r.id)
        else:
            yield query.where(_r.id.between(first + 1, first + PIECE)).order_by(_r.id)


def _new_records(recorded_by: str) -> Select[Any]:
    own = (_r.person_id, _r.served_on, _d.late, *(_s[name] for name in OF_SERVICE))
    columns = (COMMUNITY.label("community_id"), *own, literal(recorded_by).label("recorded_by"))
    return select(*columns).select_from(_OF_PERSON).where(not_(_IS_SETTLED))


def _crowded_rows() -> Select[Any]:
    own = (_r.id, _r.row, _r.person_id, _r.served_on, _r.service)
    said = (_s.start_minute, _s.end_minute, _s.minutes, _s.done, _s.event_id, _s.team_id)
    # A row may be a record already whose day got company by another row only: the record speaks for it.
    left = select(*own, *said).select_from(_OF_ROW).where(_IS_CROWDED, not_(_IS_SETTLED))
    return left.order_by(_r.person_id, _r.row, _r.id)


def _stored_near() -> Any:
    """The records of people on their crowded days and those next to them, once each."""
    day = _d.served_on == CROWDED.c.served_on
    near = and_(_h.person_id == CROWDED.c.person_id, _h.served_on.between(_d.before, _d.after))
    stored = STORED.select_from(CROWDED).join(DAYS, day).join(_h, near)
    return stored.outerjoin(Event, Event.id == _h.event_id).distinct().order_by(_h.person_id, _h.id)


def _several() -> Select[Any]:
    """The days of people with several rows, of which not all are apart: then two that follow each other are not."""
    next_row, next_service = ROWS.alias(), SERVICES.alias()
    day = and_(next_row.c.person_id == _r.person_id, next_row.c.served_on == _r.served_on)
    follows = _OF_ROW.join(next_row, and_(next_row.c.id == _r.id + 1, day))
    both = follows.join(next_service, next_service.c.id == next_row.c.service)
    # Without times nobody knows what a row has to do with the others of its day.
    timeless = or_(_s.end_minute.is_(None), next_service.c.end_minute.is_(None))
    together = or_(timeless, next_service.c.start_minute < _s.end_minute)
    return select(_r.person_id, _r.served_on).select_from(both).where(together)
