"""An hour is counted once: when two services of one person are the same, and when they overlap.

Domain page, §3: two records of one person may not share time, [start, end) half-open, so that touching ends are
fine; records without times share none, but the same person, day, work and duration again is the same record,
which is looked at before overlap. An import also knows again what was voided, rejected or corrected, so that
a second import brings nothing back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from volunteer_cli.core.text import name_key
from volunteer_cli.hours.terms import DAY

if TYPE_CHECKING:
    from volunteer_cli.hours.rules.times import Times


class Under(NamedTuple):
    """What a service is given under; an event that an import is still to make has a number below 0."""

    event: int | None = None
    team: int | None = None

    def fits(self, other: Under) -> bool:
        """Whether event and team are the same as far as both have them."""
        return all(not one or not another or one == another for one, another in zip(self, other, strict=True))


NOTHING = Under()


@dataclass(slots=True, eq=False)
class Service:
    """A service of one person: a record, or a row of a file.

    Attributes:
        day: the ordinal of the day on which it began.
        start: in minutes of that day; 0 where nobody knows it.
        length: in minutes by the clock on the wall; 0 where nobody signed out.
        ended: whether beginning and end are known.
        done: what was done, its own words or else the title of its event, in the form in which they are compared.
        stands: whether it takes up its time: it was not rejected or voided, and is no former state of a record.
        id: of the record.
        row: of the file; a row that is a record stands for it from then on.
        stored: the record as it was read.
    """

    day: int
    start: int
    length: int
    ended: bool
    done: str | None
    under: Under = NOTHING
    stands: bool = True
    id: int | None = None
    row: int | None = None
    stored: Any = None

    @classmethod
    def of(cls, times: Times, done: str | None, under: Under = NOTHING, *, row: int | None = None) -> Service:
        """A service that is to be recorded."""
        ended = times.end is not None
        return cls(
            times.on.toordinal(),
            times.start or 0,
            times.length,
            ended,
            done and name_key(done),
            under,
            row=row,
        )

    @property
    def begins(self) -> int:
        """The minute of its beginning, counted from the first of all days."""
        return self.day * DAY + self.start

    @property
    def on(self) -> date:
        """The day on which it began."""
        return date.fromordinal(self.day)


class Meeting(NamedTuple):
    """What a new service meets: the same one, or one that overlaps it.

    `other` was met with the row that it had then: None for a record that no row of the file was yet.
    """

    same: bool
    other: Service
    row: int | None

    @property
    def id(self) -> int | None:
        """The record that was met; None for a row of the file."""
        return self.other.id if self.row is None else None


def same_times(one: Service, other: Service) -> bool:
    """Whether two services take the same time, as far as both tell it."""
    if one.day != other.day or one.ended != other.ended:
        return False
    return one.start == other.start and one.length == other.length


def is_same(new: Service, other: Service) -> bool:
    """Whether a new service is one that is known: the same time and work, and nothing that tells them apart."""
    if not same_times(new, other) or new.done != other.done:
        return False
    # With times nobody serves two teams at once; what takes up no time is known again by its time and work.
    return new.ended or not other.stands or new.under.fits(other.under)


def is_ended_as(new: Service, other: Service) -> bool:
    """Whether a beginning without an end is the service of which somebody knows the end as well."""
    return not new.length and other.stands and other.ended and other.begins == new.begins


def overlap_in_time(one: Service, other: Service) -> bool:
    """Whether two services share time; where one ends the next may begin."""
    if not (one.ended and other.ended and one.stands and other.stands):
        return False
    return one.begins < other.begins + other.length and other.begins < one.begins + one.length


class Services:
    """The services of one person, by the day on which they began."""

    def __init__(self, services: Iterable[Service] = ()) -> None:
        self._by_day: defaultdict[int, list[Service]] = defaultdict(list)
        for service in services:
            self.add(service)

    def add(self, service: Service) -> None:
        """Take in one more service."""
        self._by_day[service.day].append(service)

    def enter(self, new: Service) -> Meeting | None:
        """Take in a row of a file unless something stands in its way.

        A row that is a record stands for it from then on: one more such row is a second one of the file.
        """
        meeting = self.meets(new)
        if meeting is None:
            self.add(new)
        elif meeting.same and meeting.row is None:
            meeting.other.row = new.row
            if not is_same(new, meeting.other):
                self.add(new)
        return meeting

    def meets(self, new: Service) -> Meeting | None:
        """What a new service meets: the same one first, else one with which it shares time."""
        if (same := self._same(new)) is not None:
            return Meeting(True, same, same.row)
        if (overlapped := self._overlapped(new)) is not None:
            return Meeting(False, overlapped, overlapped.row)
        if (counted := self._counted_at_event(new)) is not None:
            return Meeting(True, counted, counted.row)
        return None

    def begun(self, new: Service) -> Service | None:
        """The record of which a row with an end tells the end that it lacked."""
        if not new.ended:
            return None
        open_ended = (
            each for each in self._on(new.day) if each.stands and not each.ended and not each.length
        )
        # Only a record: of two rows of one file the second says something else.
        same_start = (each for each in open_ended if each.row is None and each.start == new.start)
        return next((each for each in same_start if each.done == new.done), None)

    def _on(self, day: int) -> list[Service]:
        return self._by_day.get(day, [])

    def _same(self, new: Service) -> Service | None:
        """The same service; one that stands before one that does not, one of the same event before others."""
        same = [each for each in self._on(new.day) if is_same(new, each)]
        if same:
            return min(same, key=lambda each: (not each.stands, each.under.event != new.under.event))
        return next((each for each in self._on(new.day) if is_ended_as(new, each)), None)

    def _overlapped(self, new: Service) -> Service | None:
        """The first service that shares time with a new one."""
        # A night of the day before may last into this one, and this one into the next.
        near = chain.from_iterable(self._on(day) for day in (new.day - 1, new.day, new.day + 1))
        overlapped = (each for each in near if overlap_in_time(new, each))
        return min(overlapped, key=lambda each: each.begins, default=None)

    def _counted_at_event(self, new: Service) -> Service | None:
        """The first of the services that say the same of an event in another way.

        One event counts once for one person: a record without times is those with times of the same day and
        event that are together as long, and the other way round.
        """
        if not new.under.event or not new.length:
            return None
        others = list(self._of_event(new))
        others.sort(key=lambda each: each.start)
        if others and sum(each.length for each in others) == new.length:
            return others[0]
        return None

    def _of_event(self, new: Service) -> Iterator[Service]:
        """Services of the day and event that tell their time in the other way, of no other team."""
        for each in self._on(new.day):
            same_event = each.under.event == new.under.event and each.under.fits(new.under)
            if each.stands and same_event and each.ended != new.ended:
                yield each
