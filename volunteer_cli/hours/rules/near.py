"""What is stored near the rows of a file: read by person and day, however many records there are besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Date, Integer, MetaData, Table, and_, delete
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable

from volunteer_cli.core.database import write_rows
from volunteer_cli.hours.models import HoursRecord

#: A power of two of days, about a month: what lies in one is read together, and once.
MONTH = 5
#: The spans of days to be read, by person; gone with the connection.
SPANS = Table(
    "hours_span",
    MetaData(),
    Column("person_id", Integer, nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    prefixes=["TEMPORARY"],
)


class Spans:
    """Which months of which people were read already."""

    def __init__(self) -> None:
        self._read: defaultdict[int, set[int]] = defaultdict(set)

    def unread(self, services: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """The person and month of all that may touch these services by person and day, never twice."""
        near: defaultdict[int, set[int]] = defaultdict(set)
        for person, day in services:
            # A service of the day before may last into this one, and this one into the next.
            near[day - 1 >> MONTH].add(person)
            near[day + 1 >> MONTH].add(person)
        new = {month: people - self._read[month] for month, people in near.items()}
        return [(person, month) for month, people in new.items() for person in people]

    def note(self, spans: Iterable[tuple[int, int]]) -> None:
        """Note that these people and months were read."""
        for person, month in spans:
            self._read[month].add(person)

    def outside(self, keys: Sequence[int], people: Sequence[int], days: Sequence[int], *more: Any) -> Any:
        """The columns of records without those that were read before."""
        rows = zip(keys, people, days, *more, strict=True)
        left = [row for row in rows if row[1] not in self._read[row[2] >> MONTH]]
        return zip(*left, strict=True) if left else [()] * (3 + len(more))


def near(session: Session, query: Any, spans: list[tuple[int, int]]) -> Any:
    """A query of hours records narrowed to people and months, which the index of both answers."""
    connection = session.connection()
    connection.execute(CreateTable(SPANS, if_not_exists=True))
    connection.execute(delete(SPANS))
    people, months = zip(*spans, strict=True)
    columns = {"person_id": people, "first_on": _days(months, 0), "last_on": _days(months, 1)}
    write_rows(connection, SPANS, columns)
    same_person = HoursRecord.person_id == SPANS.c.person_id
    within = HoursRecord.served_on.between(SPANS.c.first_on, SPANS.c.last_on)
    return query.select_from(SPANS).join(HoursRecord, and_(same_person, within))


def _days(months: Iterable[int], after: int) -> list[date]:
    """The first day of each month of days, or with `after` the last."""
    return [date.fromordinal((month + after << MONTH) - after) for month in months]


def valid(people: Iterable[Any], days: Iterable[Any]) -> Iterator[tuple[int, int]]:
    """Person and day of the rows that name both."""
    for person, day in zip(people, days, strict=True):
        if person.__class__ is int and (ordinal := getattr(day, "ordinal", None)) is not None:
            yield person, ordinal
