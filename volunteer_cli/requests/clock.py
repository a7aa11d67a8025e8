"""The one clock of requests: what its steps make of the due date, and day by day why.

Working days; the day of receipt does not count, and a thing done on the due day is on time
(济南市12345市民服务热线条例, Jinan's hotline regulations, arts 22-24). Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from volunteer_cli.core.dates.working_days import add_working_days, is_working_day, working_days_between
from volunteer_cli.requests.terms import Limit, Step

#: The key of a matter's own date among those of the matters merged into it.
OWN = 0


@dataclass(frozen=True)
class Event:
    """A step that moves the clock, or may.

    Attributes:
        days: of a limit or an extension.
        other: the request that was merged in or split off, and `due` its date.
    """

    step: str
    on: date
    days: int = 0
    calendar: bool = False
    until: date | None = None
    other: int = OWN
    due: date | None = None


@dataclass
class Clock:
    """How a clock stands: the matter's own date, those of matters merged into it, and since when it is suspended."""

    started: date
    calendar: bool
    dates: dict[int, date]
    suspended: list[tuple[date, date]] = field(default_factory=list)
    before: dict[int, date] = field(default_factory=dict)

    @property
    def due(self) -> date:
        """The earliest of the dates."""
        return min(self.dates.values())


def limit_from(start: date, limit: Limit) -> date:
    """The last day of a limit; what is counted in calendar days is not rolled to a working day."""
    return start + timedelta(limit.days) if limit.calendar else add_working_days(start, limit.days)


def clock_of(events: Iterable[Event]) -> Clock:
    """The clock after events in their order; the first one starts it."""
    clock = Clock(date.min, calendar=False, dates={})
    for event in events:
        clock = _after(clock, event)
    return clock


def due_of(events: Iterable[Event]) -> date:
    """The due date after events in their order."""
    return clock_of(events).due


def _after(clock: Clock, event: Event) -> Clock:
    match event.step:
        # A reopening starts a new clock for all that were merged in, too.
        case Step.REGISTER | Step.REOPEN:
            due = limit_from(event.on, Limit(event.days, event.calendar))
            return Clock(event.on, event.calendar, {OWN: due})
        case Step.EXTEND:
            _shift(clock, event.days)
        case Step.SUSPEND if event.until is not None:
            _suspend(clock, event.on, event.until)
        case Step.RESUME | Step.FINISH:
            _resume(clock, event.on)
        case Step.ABSORB if event.due is not None:
            clock.dates[event.other] = event.due
        case Step.PART:
            _part(clock, event.other)
    return clock


def _part(clock: Clock, other: int) -> None:
    for dates in (clock.dates, clock.before):
        dates.pop(other, None)


def _shift(clock: Clock, days: int) -> None:
    for dates in (clock.dates, clock.before):
        dates.update({key: add_working_days(day, days) for key, day in dates.items()})


def _suspend(clock: Clock, on: date, until: date) -> None:
    clock.before = dict(clock.dates)
    clock.suspended.append((on, until))
    _shift_from(clock, on, until)


def _resume(clock: Clock, on: date) -> None:
    """End a suspension that lasts still; after its last day it has ended by itself."""
    if not clock.suspended or clock.suspended[-1][1] <= on or not clock.before:
        return
    since, _until = clock.suspended[-1]
    clock.suspended[-1] = (since, on)
    _shift_from(clock, since, on)


# The days after that of suspension, up to and with that of resuming, do not count.
def _shift_from(clock: Clock, since: date, until: date) -> None:
    days = working_days_between(since, until)
    clock.dates.update({key: add_working_days(day, days) for key, day in clock.before.items()})


# --- day by day ------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    """A day of the clock: whether it counts and as which one, why not, and the steps that moved the date on it."""

    on: date
    counts: bool
    n: int
    why: str
    events: tuple[Event, ...]


def days_of(events: Iterable[Event]) -> Iterator[Day]:
    """The days from the start of the clock to the due date, the last one."""
    listed = list(events)
    clock = clock_of(listed)
    n = 0
    for number in range((clock.due - clock.started).days + 1):
        day = clock.started + timedelta(number)
        # The day of receipt does not count: who calls at four in the afternoon has lost no day by it.
        why = _why(clock, day) if number else "start"
        n += not why
        yield Day(day, counts=not why, n=n, why=why, events=tuple(each for each in listed if each.on == day))


def _why(clock: Clock, day: date) -> str:
    """Why a day does not count; empty when it does."""
    if any(since < day <= until for since, until in clock.suspended):
        return "suspended"
    return "" if clock.calendar or is_working_day(day) else "day_off"
