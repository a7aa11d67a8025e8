"""The time of a service: a day, two times and a duration that agree with each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TypeAlias

from volunteer_cli.core.clock import Clock as WallClock
from volunteer_cli.core.dates import format_minutes
from volunteer_cli.core.errors import DurationRefused, MissingValue, RuleError
from volunteer_cli.core.i18n import N_, _, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.hours.terms import DAY

Clock = time | datetime
#: The minutes that really pass from one minute to another, both counted from the midnight of a day.
Elapsed: TypeAlias = Callable[[date, int, int], int]


class EndsFirst(RuleError):
    """A service from {start} cannot end at {end}"""

    code = "bad_time"
    hint = N_(
        "For one past midnight give both as day and time, like '2025-03-05 22:00' and '2025-03-06 1:00'."
    )


class Disagrees(RuleError):
    """From {start} to {end} is {span}, not {minutes}"""

    code = "bad_duration"
    hint = N_("Give the times or the duration, not both.")


class OtherDay(RuleError):
    """The service begins on {start}, and the record says {day}"""

    code = "bad_time"
    hint = N_("A service past midnight counts on the day it began.")


class Ahead(RuleError):
    """{day} has not come yet"""

    code = "future"
    hint = N_("Hours are recorded when the service has been given.")


@dataclass(frozen=True, slots=True)
class Times:
    """When a service was: minutes from the midnight that begins the day `on`; see `HoursRecord`."""

    on: date
    start: int | None
    end: int | None
    minutes: int

    @property
    def length(self) -> int:
        """The minutes that it takes up on the wall; without an end those that were given."""
        return self.minutes if self.start is None or self.end is None else self.end - self.start

    @property
    def last_day(self) -> date:
        """The day on which the service ended."""
        # Half-open: a service up to midnight ended on the day before it.
        return self.on + timedelta(days=max(0, (self.end or 0) - 1) // DAY)

    def __str__(self) -> str:
        """Day and times, or day and duration."""
        if self.start is None:
            return with_detail(self.on, format_minutes(self.minutes))
        return f"{self.on} {clock(self.start)}–{clock(self.end) if self.end is not None else '?'}"


def clock(minute: int) -> str:
    """A minute of a day as 09:00; of the next day too, midnight being 00:00."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def by_the_wall(_day: date, start: int, end: int) -> int:
    """The minutes between two, where clocks never change."""
    return end - start


def elapsed(day: date, start: int, end: int, zone: str | None = None) -> int:
    """The minutes that really pass between two of a day, in the zone of the communities or another one.

    A night in which the clocks change has an hour more or less than the clock on the wall says: service time is
    the time really given.
    """
    midnight = datetime.combine(day, time())
    first, last = (midnight + timedelta(minutes=minute) for minute in (start, end))
    wall = run().clock if zone is None else WallClock(zone)
    return wall.minutes_between(first, last)


def times_of(
    day: date | None,
    start: Clock | None,
    end: Clock | None,
    minutes: int | None,
    lasting: Elapsed = by_the_wall,
) -> Times:
    """The time of a service from what is known: times, or one of them and a duration, or a duration alone.

    A day and time as `start` says the day. An end at 00:00 is the midnight that ends the day. A start
    alone is a service of no known length, 0 minutes. `lasting` knows the nights in which clocks change.

    Raises:
        MissingValue: there is no day, or neither times nor duration.
        EndsFirst, OtherDay, Disagrees, DurationRefused: the values contradict each other or are not allowed.
    """
    if isinstance(start, datetime):
        # Two days are said, and one of them is wrong; which, only people know.
        if day not in (None, start.date()):
            raise OtherDay(start=start.date(), day=day)
        day = start.date()
    if day is None:
        raise MissingValue(field=_("Date"))
    last = _end(end, day, past_midnight=isinstance(end, datetime))
    return Times(day, *span(_minute(start, day), last, minutes, partial(lasting, day)))


def _minute(at: Clock | None, day: date) -> int | None:
    if at is None:
        return None
    days = (at.date() - day).days if isinstance(at, datetime) else 0
    return days * DAY + at.hour * 60 + at.minute


def _end(at: Clock | None, day: date, *, past_midnight: bool) -> int | None:
    minute = _minute(at, day)
    # Nobody serves from 9:00 to the midnight before.
    return DAY if minute == 0 and not past_midnight else minute


def span(
    start: int | None, end: int | None, minutes: int | None, lasting: Callable[[int, int], int]
) -> tuple[int | None, int | None, int]:
    """Start, end and minutes, what is missing of them computed where it can be.

    Raises:
        MissingValue: neither times nor duration.
        EndsFirst, Disagrees, DurationRefused: they contradict each other or are not allowed.
    """
    # Nobody serves longer than a day at a stretch; what does is several records, or a slip.
    if minutes is not None and not 0 < minutes <= DAY:
        raise DurationRefused(value=format_minutes(minutes))
    if start is None and end is None:
        if minutes is None:
            raise MissingValue(field=_("Duration"))
        return None, None, minutes
    if minutes is None and start is None:
        raise MissingValue(field=_("Start"))
    # A check-in without a check-out: no end is made up, and somebody looks at it.
    if minutes is None and end is None:
        return start, None, 0
    start, end = _both(start, end, minutes or 0, lasting)
    return _agreed(start, end, minutes, lasting)


def _both(
    start: int | None, end: int | None, given: int, lasting: Callable[[int, int], int]
) -> tuple[int, int]:
    """Start and end; one time and a duration give the other time."""
    if start is None:
        start = (end or 0) - given
        # Where the clocks change in between, the other time stands an hour off.
        start += lasting(start, end or 0) - given
    if end is None:
        end = start + given
        end += given - lasting(start, end)
    return start, end


def _agreed(
    start: int, end: int, minutes: int | None, lasting: Callable[[int, int], int]
) -> tuple[int, int, int]:
    # Never swapped: 14:00 to 9:00 may be a night, or two columns the wrong way round.
    if end <= start or start < 0:
        raise EndsFirst(start=clock(start), end=clock(end))
    if end - start > DAY:
        raise DurationRefused(value=format_minutes(end - start))
    really = lasting(start, end)
    # One of the two is wrong, and none is preferred: it would be kept as if somebody had said it.
    if minutes is not None and minutes != really:
        lengths = {"span": format_minutes(really), "minutes": format_minutes(minutes)}
        raise Disagrees(start=clock(start), end=clock(end), **lengths)
    return start, end, really


def require_past(times: Times, today: date) -> None:
    """Refuse a service that has not been given yet.

    Raises:
        Ahead: it begins or ends after today.
    """
    # Service is recorded when it was given; what is planned is an event.
    if max(times.on, times.last_day) > today:
        raise Ahead(day=max(times.on, times.last_day))
