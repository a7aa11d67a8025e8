"""Values on the command line: as typed, and what they mean once the database is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar, overload

from typer import Argument, Option

from volunteer_cli.core.errors import BadDate, BadTime
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.shell.typer_private import CONFIDENTIAL

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period

Value = TypeVar("Value")
#: A day, a moment or a period in digits, or a time of today, of which nobody needs to be told what it means.
PLAIN_DAY = re.compile(r"\d{4}\D\d|\d{4}$|\d{1,2}[:：]\d\d$")


@dataclass(frozen=True)
class Typed(Generic[Value]):
    """A text that only a clock can read, as typed; `read` does it inside the unit of work."""

    text: str

    def __post_init__(self) -> None:
        """Refuse what cannot be read whatever day it is, while nothing is done yet."""
        from volunteer_cli.core.clock import refuse_nonsense

        refuse_nonsense(self.on)

    def on(self, today: date) -> Value:
        """What it means on the day `today`."""
        raise NotImplementedError


class DayText(Typed[date]):
    """A date, relative words included; a year that is missing is this year."""

    def on(self, today: date) -> date:
        """The day that it means."""
        from volunteer_cli.core.dates import parse_date

        return parse_date(self.text, today, year=today.year)


class PlannedDay(DayText):
    """A day that lies ahead: a bare weekday is the coming one."""

    def on(self, today: date) -> date:
        """The day that it means."""
        from volunteer_cli.core.dates import coming

        return coming(self.text, super().on(today), today)


def text_of_day(text: str) -> str:
    """The text of a day, which its field reads later; an empty one clears.

    Raises:
        BadDate, AmbiguousDate: it is no day, whatever day it is.
    """
    # Tried at once, though it is read later: what is no day on any day is refused before work begins.
    return DayText(text).text if text.strip() else text


class MomentText(Typed[datetime]):
    """A date with a time."""

    def on(self, today: date) -> datetime:
        """The moment that it means."""
        from volunteer_cli.core.dates import parse_datetime
        from volunteer_cli.core.offsets import on_the_wall

        return parse_datetime(on_the_wall(self.text), today)


class PlannedText(MomentText):
    """A moment that lies ahead: a bare weekday is the coming one."""

    def on(self, today: date) -> datetime:
        """The moment that it means."""
        from volunteer_cli.core.dates import coming

        # Who plans on Thursday something for "Friday" means tomorrow.
        return coming(self.text, super().on(today), today)


class TimeText(Typed["time | datetime"]):
    """A time of day, or a day and time."""

    def on(self, today: date) -> time | datetime:
        """The time or the moment that it means."""
        from volunteer_cli.core.dates import parse_datetime, parse_time
        from volunteer_cli.core.offsets import on_the_wall

        try:
            return parse_time(self.text)
        except BadTime:
            pass
        try:
            return parse_datetime(on_the_wall(self.text), today)
        except BadDate:
            raise BadTime(value=self.text) from None


class StepText(Typed["datetime | date"]):
    """The day of a step, with a time where that is known."""

    def on(self, today: date) -> datetime | date:
        """The moment where a time was typed, else the day."""
        from volunteer_cli.core.dates import parse_datetime, parse_time
        from volunteer_cli.core.offsets import on_the_wall

        try:
            return parse_datetime(on_the_wall(self.text), today)
        except (BadDate, BadTime):
            # What was done an hour ago is told by its time alone; digits without a colon are rather a date.
            if ":" in self.text or "：" in self.text:
                return datetime.combine(today, parse_time(self.text))
            return DayText(self.text).on(today)


class PeriodText(Typed["Period"]):
    """A period."""

    def on(self, today: date) -> Period:
        """The period that it means."""
        from volunteer_cli.core.dates import parse_period

        return parse_period(self.text, today)


@overload
def read(typed: Typed[Value]) -> Value: ...


@overload
def read(typed: Typed[Value] | None) -> Value | None: ...


def read(typed: Typed[Value] | None) -> Value | None:
    """What was typed means by the community's clock, so inside the unit of work; None when nothing was typed."""
    # Inside the unit of work: which day today is depends on a policy in the database.
    if typed is None:
        return None
    value = typed.on(run().clock.today)
    if not PLAIN_DAY.match(typed.text.strip()):
        run().understood[typed.text.strip()] = value
    return value


def read_minutes(text: str | int) -> int:
    """A duration as typed, in minutes."""
    from volunteer_cli.core.dates import parse_duration

    return text if isinstance(text, int) else parse_duration(text)


def read_reason(text: str) -> str:
    """A reason as typed; it must say something. Raises BadText and MissingValue."""
    from volunteer_cli.core.text import required

    return required(text, _("Reason"))


def day_option(names: str, text: str, *, ahead: bool = False) -> Any:
    """An option that takes a day; its type is DayText, and PlannedDay for one that lies ahead."""
    return Option(*names.split(), parser=PlannedDay if ahead else DayText, metavar="DATE", help=text)


def confidential(*names: str, text: str, metavar: str = "TEXT", **more: Any) -> Any:
    """An option, or without a name an argument, for what is said in confidence: the history keeps a star for it."""
    declared: Any = Option if names else Argument
    return declared(*names, metavar=metavar, help=text, rich_help_panel=CONFIDENTIAL, **more)


def period_option(text: str) -> Any:
    """The option that takes a period; its type is PeriodText."""
    return Option("--period", parser=PeriodText, metavar="PERIOD", help=text)


OnDay = Annotated[DayText | None, day_option("--on", N_("The day it happened; default today"))]
OnStep = Annotated[
    StepText | None,
    Option(
        "--on", parser=StepText, metavar="DATE", help=N_("When it happened, a time may follow; default now")
    ),
]
AsOf = Annotated[DayText | None, day_option("--as-of", N_("As it was at the end of this day"))]
Reason = Annotated[
    str, Option("--reason", parser=read_reason, metavar="TEXT", help=N_("Why; kept in the history"))
]
Archived = Annotated[bool, Option("--archived", help=N_("The archived ones"))]


def choose(kind: Any, value: str | None, name: str) -> Any:
    """A value of an enum, or None; what may be typed is its id, its title as it is shown, or a word of sheets for it.

    Raises:
        BadChoice: it is none of them.
    """
    from volunteer_cli.core.choices import read_choice

    return None if value is None else read_choice(kind, value, name)
