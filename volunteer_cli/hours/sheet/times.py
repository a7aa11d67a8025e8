"""When the rows of a sheet say that service was given: each day, and each pair of times, worked out once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from volunteer_cli.core.clock import Clock as WallClock
from volunteer_cli.core.errors import DurationRefused, MissingValue
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.hours import queries
from volunteer_cli.hours.rules import late_before
from volunteer_cli.hours.rules.closing import PeriodClosed
from volunteer_cli.hours.rules.times import (
    Ahead,
    Clock,
    Disagrees,
    EndsFirst,
    OtherDay,
    Times,
    by_the_wall,
    elapsed,
    times_of,
)
from volunteer_cli.hours.terms import HoursStatus
from volunteer_cli.intake.sheet import Rejected, Row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PENDING, NEEDS_REVIEW = HoursStatus.PENDING.value, HoursStatus.NEEDS_REVIEW.value
#: Times without a day are the same on all days.
SOME_DAY = date(2000, 1, 1)
#: Fields that say when.
TIMING = ("start", "end", "minutes")
#: Distinct services that are remembered.
MEMORY = 200_000
#: Start, end, duration, work and evidence of a row, and the number of its place.
Said: TypeAlias = tuple[Clock | None, Clock | None, int | None, str | None, str | None, int]


class Saying(NamedTuple):
    """What a row says but for person and day, times in minutes of the day; by the columns of `staging.SERVICES`."""

    start_minute: int | None
    end_minute: int | None
    minutes: int
    status: str
    work: str | None
    evidence: str
    place: int


def _day_missing() -> MissingValue:
    """What refuses a service without its day, and says where one day for all of them may stand."""
    hint = N_("A day that holds for all rows may stand above the table: Date: 2025-03-05.")
    return MissingValue(field=_("Date"), hint=hint)


class Days(dict[date | None, date | Rejected]):
    """The days of rows, or why one cannot be."""

    def __init__(self, session: Session, today: date) -> None:
        super().__init__({None: Rejected("date", _day_missing())})
        self.today = today
        self.late_before = late_before(session, today)
        self.closings = queries.closings(session)

    def ahead(self, day: date) -> Rejected | None:
        """The refusal of a day that has not come yet."""
        return Rejected("date", Ahead(day=day)) if day > self.today else None

    def __missing__(self, day: date) -> date | Rejected:
        meaning = self[day] = self.ahead(day) or day
        return meaning

    def closed(self, community_id: int | None, day: date) -> Rejected | None:
        """The refusal of a day whose figures are closed."""
        for closed in self.closings:
            if closed.community_id == community_id and closed.first_on <= day <= closed.last_on:
                return self.closed_on(day)
        return None

    def closed_on(self, day: date) -> Rejected:
        """The refusal of a day whose figures are closed."""
        return Rejected("date", PeriodClosed(day=day))


class Sayings(dict[Said, int | Rejected]):
    """The numbers of services, by what rows say of them.

    Attributes:
        evidence: of rows that do not say theirs.
        timed: whether a row that has neither lacks its start, as on a sign-in sheet, and not its duration.
        new: those that were numbered since they were taken last.
        places: the number of the place of each.
    """

    def __init__(self, evidence: str, *, timed: bool) -> None:
        super().__init__()
        self.evidence = evidence
        self.timed = timed
        self.new: list[Saying] = []
        self.places = array("L")
        self._numbers: dict[Saying, int] = {}

    def __missing__(self, said: Said) -> int | Rejected:
        meaning = self.dated(SOME_DAY, *said)[1]
        if len(self) < MEMORY:
            self[said] = meaning
        return meaning

    def dated(self, day: date | None, *said: Any) -> tuple[date | None, int | Rejected]:
        """The day and the service of a row whose times may have days of their own."""
        start, end, minutes, work, evidence, place = said
        try:
            times = self._times(day, start, end, minutes)
        except Rejected as rejected:
            return day, rejected.with_traceback(None)
        status = PENDING if times.minutes else NEEDS_REVIEW
        when = (times.start, times.end, times.minutes, status)
        return times.on, self._number(Saying(*when, work, evidence or self.evidence, place))

    def _number(self, saying: Saying) -> int:
        """The number of a service; one that is not remembered gets another when it comes again."""
        if (known := self._numbers.get(saying)) is not None:
            return known
        self.new.append(saying)
        self.places.append(saying.place)
        number = len(self.places)
        if len(self._numbers) < MEMORY:
            self._numbers[saying] = number
        return number

    def take_new(self) -> tuple[int, list[Saying]]:
        """The services that were numbered since, and the number of the first of them."""
        new, self.new = self.new, []
        return len(self.places) - len(new) + 1, new

    def faults(self, row: Row, day: date | None) -> Iterator[Rejected]:
        """What is wrong with the times of a row, and with its day."""
        start, end = row.get("start"), row.get("end")
        moments = has_days({type(start), type(end)})
        if day is None and not moments:
            yield Rejected("date", _day_missing())
        try:
            self._times(day if moments else day or SOME_DAY, start, end, row.get("minutes"))
        except Rejected as rejected:
            yield rejected.with_traceback(None)

    def _times(self, day: date | None, start: Clock | None, end: Clock | None, minutes: int | None) -> Times:
        try:
            return times_of(day, start, end, minutes, by_the_wall if day == SOME_DAY else elapsed)
        except MissingValue as error:
            raise self._lacking(day, end, error) from error
        except (Disagrees, DurationRefused) as error:
            raise Rejected("minutes" if minutes is not None else "end", error) from error
        except OtherDay as error:
            raise Rejected("start", error) from error
        except EndsFirst as error:
            raise Rejected("end" if end else "minutes", error) from error

    def _lacking(self, day: date | None, end: Clock | None, error: MissingValue) -> Rejected:
        """The refusal of a row that does not say enough."""
        if day is None:
            return Rejected("date", error)
        if end or self.timed:
            return Rejected("start", MissingValue(field=_("Start")))
        return Rejected("minutes", error)


def has_days(cells: set[type]) -> bool:
    """Whether times of these types may say their days themselves."""
    return datetime in cells


@cache
def is_even(day: date | None, clock: WallClock) -> bool:
    """Whether times mean the same on a day as on all others, for no clock is changed on it."""
    return day is None or clock.is_even(day)


def day_of(day: date | None, start: Clock | None) -> date | None:
    """The day of a row, which a start that is a day and time may tell."""
    return day or (start.date() if isinstance(start, datetime) else None)
