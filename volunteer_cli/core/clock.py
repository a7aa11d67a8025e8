"""The wall clock of a community, and texts that only a clock can read.

What a person typed as a day, a moment or a period is kept as the text until the database is open: which
day "today" is depends on the policy `timezone` that stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from volunteer_cli.core.dates import parse_date, parse_time
from volunteer_cli.core.errors import AmbiguousDate, BadDate, BadPeriod, BadTime
from volunteer_cli.core.policies import TIMEZONE

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from sqlalchemy.orm import Session

Value = TypeVar("Value")

#: A moment as ISO 8601 writes it, with its offset.
WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:?\d\d|Z)")
#: Days that make sense of every text which any day does: months of 30 and 31 days before and after them, and
#: a leap year among the two years before, the year itself and the two after, and a day behind whatever begins: since 2026-03.
TRIAL_DAYS = tuple(date(year, month, 15) for year in (2024, 2022, 2023, 2025, 2026, 2400) for month in (1, 2))


@dataclass(frozen=True)
class Clock:
    """The wall clock in a zone (without a name: the machine's own), or the day, or day and time, that stands for it."""

    zone: str
    instead: str | None = None

    @classmethod
    def of(cls, session: Session, instead: str | None) -> Clock:
        """The clock of the communities in a database."""
        from sqlalchemy import text

        # As text: a command that only reads is spared the mapped classes of the history.
        stored = session.execute(text("SELECT value FROM policy WHERE name = :name"), {"name": TIMEZONE.name})
        return cls(stored.scalar() or TIMEZONE.default, instead)

    @cached_property
    def tzinfo(self) -> ZoneInfo | None:
        """The zone; None is the machine's own, as the standard library has it."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.zone) if self.zone else None

    @cached_property
    def now(self) -> datetime:
        """The moment by this clock, to the minute.

        Raises:
            BadDate, BadTime: what stands for it is no moment.
        """
        # To the minute, as people say it: what is typed now must not lie seconds ahead of now.
        wall = instant().astimezone(self.tzinfo).replace(second=0, microsecond=0, tzinfo=None)
        if not self.instead:
            return wall
        return read_now(on_wall(self.instead, self.tzinfo), wall)

    def minutes_between(self, first: datetime, last: datetime) -> int:
        """The minutes that really pass between two moments on the wall; a night of the clocks' change has one hour more or less."""
        # By way of UTC: subtracting two walls of one zone would pass over the change of the clocks.
        start, end = (wall.replace(tzinfo=self.tzinfo).astimezone(UTC) for wall in (first, last))
        return round((end - start).total_seconds() / 60)

    def is_even(self, day: date) -> bool:
        """Whether the clocks stay as they are on a day and the one after it."""
        midnight = datetime.combine(day, time())
        return self.minutes_between(midnight, midnight + timedelta(days=2)) == 2 * 24 * 60

    @property
    def today(self) -> date:
        """The day it is by this clock."""
        return self.now.date()


def instant() -> datetime:
    """This very moment, everywhere the same."""
    return datetime.now(UTC)


def says_offset(text: str) -> bool:
    """Whether a text is a moment with its offset, as our own JSON writes it."""
    return WITH_OFFSET.fullmatch(text.strip()) is not None


def on_wall(text: str, zone: tzinfo | None) -> str:
    """A moment that says its offset by a clock of a zone, to the minute; any other text as it is."""
    if not says_offset(text):
        return text
    try:
        moment = datetime.fromisoformat(text.strip()).astimezone(zone)
    except (ValueError, OverflowError):
        # There is no such day, hour or offset: whoever reads dates says so.
        return text
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def read_now(text: str, wall: datetime) -> datetime:
    """The moment that `--today` means: a day with the time on the wall, or a day and time.

    Raises:
        BadDate, BadTime: it is none.
    """
    day, sign, time = text.partition("T")
    if not sign:
        day, _sign, time = text.partition(" ")
    on = parse_date(day, wall.date(), year=wall.year)
    return datetime.combine(on, parse_time(time) if time else wall.time())


def refuse_nonsense(read: Callable[[date], Value]) -> None:
    """Refuse what cannot be read whatever day it is, before anything is done.

    Raises:
        BadDate, AmbiguousDate, BadTime, BadPeriod: what the reader said of the first day tried.
    """
    faults = []
    for today in TRIAL_DAYS:
        try:
            read(today)
        except (BadDate, AmbiguousDate, BadTime, BadPeriod) as fault:
            faults.append(fault)
        else:
            return
    raise faults[0]
