"""The pages of `volunteer help TOPIC`: paragraphs and rows, made of what the program itself goes by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple, TypeAlias

from volunteer_cli.core.i18n import N_, _, listed, with_detail
from volunteer_cli.core.run import run


class Table(NamedTuple):
    """Rows of a page under a title: what is typed, and what it means."""

    title: str
    rows: list[tuple[str, str]]


#: What a page is made of: paragraphs and tables, both in the user's language.
Part: TypeAlias = str | Table


class Topic(NamedTuple):
    """A page: its name on the command line, its title, and what makes it."""

    name: str
    title: str
    parts: Callable[[], Iterable[Part]]


#: What stands between the examples of a row: each language has its own.
SIGN = " | "

DAYS = N_(
    "2026-07-11 | 11 july | july 11 2026 | today | yesterday | tomorrow | monday | next friday | +3d | -2w | "
    "3 days ago"
)
MOMENTS = N_("2026-07-11 9:00 | 2026-07-11T09:00 | sat 10:00 | tomorrow 2:30 pm | today noon")
TIMES = N_("9:00 | 14:30 | 2pm | 2:30 pm | noon")
DURATIONS = N_("2h | 1h30m | 90 min | 1:30 | 2.5")
PERIODS = N_(
    "2025 | 2025-09 | 2025-Q3 | 2026-H1 | 2025-09-01..2025-09-30 | this month | last-year | june | june 2025 | "
    "last 30 days | since 2025-03 | ytd | all"
)


#: What may be asked, by an example.
CONDITIONS: dict[str, str] = {
    "building=3 and age>=60": N_("both hold"),
    "status=open or status=planned": N_("one of them holds"),
    "not (skills~cooking)": N_("it does not hold; ~ is what is contained"),
    "team='Green Home'": N_("texts with spaces stand in quotes"),
    "phone=''": N_("nothing is known"),
    "date=2026-06": N_("on a day of the period; < and > are before and behind it"),
    "minutes>=10h": N_("at least so long"),
}


def _examples(texts: str, meaning: Callable[[str], object]) -> list[tuple[str, str]]:
    """Each example with what it means now: what a page shows is what the reader of the command line says."""
    return [(text, str(meaning(text))) for text in _(texts).split(SIGN)]


def _today() -> date:
    return run().given.machine_clock.today


def dates() -> Iterator[Part]:
    """Days, moments, times and durations."""
    yield _("A day may be written in many ways; without a year it is one of this year.")
    yield from _days()
    yield from _clock_times()
    yield _("Where something is planned, a weekday is the coming one; elsewhere it is that of this week.")
    yield _("What can be read in two ways, such as 6.3 or 03/04/2025, is refused and never guessed.")
    yield _(
        "Today is the day of the community: volunteer policy list shows its timezone, --today stands for it."
    )


def _days() -> Iterator[Table]:
    from volunteer_cli.core.dates import parse_date, parse_datetime, shown_day

    today = _today()
    days = _examples(DAYS, lambda text: shown_day(parse_date(text, today, year=today.year)))
    yield Table(_("Days, as read on {day}:").format(day=today), days)
    moments = _examples(MOMENTS, lambda text: f"{parse_datetime(text, today):%Y-%m-%d %H:%M}")
    yield Table(_("Days with a time:"), moments)


def _clock_times() -> Iterator[Table]:
    from volunteer_cli.core.dates import format_minutes, parse_duration, parse_time

    yield Table(_("Times:"), _examples(TIMES, lambda text: f"{parse_time(text):%H:%M}"))
    durations = _examples(DURATIONS, lambda text: format_minutes(parse_duration(text)))
    yield Table(_("Durations:"), durations)


def periods() -> Iterator[Part]:
    """Spans of days."""
    from volunteer_cli.core.dates import Period, parse_period

    def days(period: Period) -> str:
        return _("all days") if period.label == "all" else f"{period.first} – {period.last}"

    today = _today()
    yield _("--period takes any of these; the first and the last day are in it.")
    rows = _examples(PERIODS, lambda text: days(parse_period(text, today)))
    yield Table(_("Periods, as read on {day}:").format(day=today), rows)
    yield _("A month without a year is the latest one that has begun.")


def formats() -> Iterator[Part]:
    """What rows are written in."""
    from volunteer_cli.output.formats import FORMATS

    yield _(
        "-f NAME chooses the format of what is printed, and -o FILE writes a file; its ending tells the format."
    )
    rows = [(" ".join([form.name, *form.endings]), _(form.meaning)) for form in FORMATS]
    yield Table(_("Formats:"), rows)
    yield _(
        "--fields A,B chooses the columns, --fields all shows all; --sort, --limit and --no-header do what they say."
    )
    yield _(
        "Phones, identity numbers and rooms are masked in every format; --reveal REASON shows them, and the reason is kept."
    )


def exit_codes() -> Iterator[Part]:
    """What the number says with which a command ends."""
    from volunteer_cli.core.errors import EXIT_CODES

    yield _("A script reads from the exit code what became of a command.")
    yield Table(_("Exit codes:"), [(str(code), _(text)) for code, text in EXIT_CODES.items()])
    yield _(
        "An error is one line on stderr with a stable code in brackets. More on it: volunteer explain CODE"
    )


#: Variables that are no settings: our own first, then those that programs agree on.
VARIABLES: tuple[tuple[str, str], ...] = (
    ("VOLUNTEER_CONFIG", N_("The configuration file, instead of the one in its usual place")),
    ("VOLUNTEER_LOCK_TIMEOUT", N_("Seconds to wait for a database that another command is writing")),
    ("VOLUNTEER_FONT", N_("The font file for PDF papers")),
    ("VOLUNTEER_DEBUG", N_("Set to 1 to see the traceback of an error")),
    ("LC_ALL LC_MESSAGES LANG", N_("The language, where none is asked for; the first of them that is set")),
    ("PAGER", N_("The program that shows long output page by page")),
    ("VISUAL EDITOR", N_("The editor that a record is opened in where edit is given no option")),
    ("NO_COLOR CLICOLOR_FORCE TERM", N_("Colour: never, always, and not on a terminal that is dumb")),
    ("COLUMNS", N_("How many columns a line may have, where the terminal does not say it")),
)


def environment() -> Iterator[Part]:
    """The configuration file and the variables."""
    from volunteer_cli.core.settings import SETTINGS, config_file

    yield _(
        "A setting is what the option says, else the environment variable, else the configuration file, else a default."
    )
    settings = [(setting.variable, _with_twins(setting.option, _(setting.meaning))) for setting in SETTINGS]
    yield Table(_("Settings:"), settings)
    yield Table(_("Other variables:"), [(names, _(text)) for names, text in VARIABLES])
    keys = listed(setting.key for setting in SETTINGS)
    yield _("The configuration file is {file}: TOML, with the keys {keys}.").format(
        file=config_file(), keys=keys
    )
    yield _(
        "What holds now and where it comes from: volunteer config list. Change it: volunteer config set lang zh"
    )


def _with_twins(option: str, meaning: str) -> str:
    return with_detail(meaning, option) if option else meaning


def conditions() -> Iterator[Part]:
    """What --where takes."""
    yield _("--where narrows every list to the records that meet a condition on its fields.")
    rows = [(each, _(meaning)) for each, meaning in CONDITIONS.items()]
    yield Table(_("Conditions:"), rows)
    yield _(
        "Fields are named as in JSON or as they are headed; --fields all shows them. Put a condition in quotes."
    )
    yield _(
        "What is masked is compared as it is shown. volunteer person edit --where changes all who meet a condition."
    )


def importing() -> Iterator[Part]:
    """How sheets come in."""
    from volunteer_cli.areas import imports

    yield _(
        "volunteer import KIND FILE takes in the sheets people really have: XLSX, XLS, ODS, CSV, TSV and JSON."
    )
    kinds = [(kind.kind, _(kind.text).rstrip(".。")) for kind in imports().values()]
    yield Table(_("Kinds:"), kinds)
    yield _(
        "Titles, notes, headings on several rows, totals and merged cells are understood; each row is new, updated, "
        "the same, skipped or rejected, with the reason. -n shows it and writes nothing."
    )
    yield _(
        "One row that is refused stops the import, unless --on-error skip writes the good ones; --rejects FILE keeps the "
        "others to be corrected and imported again. What is on file already stays, unless --on-conflict update."
    )
    yield _(
        "Columns that are called otherwise: volunteer import guess FILE -o MAP.toml writes how they are read, to be "
        "corrected and given with --map."
    )
    yield _(
        "The whole import is one operation: volunteer undo takes it back. More: volunteer import KIND --help"
    )


TOPICS = (
    Topic("dates", N_("Days, times and durations"), dates),
    Topic("periods", N_("Periods of a report or a list"), periods),
    Topic("conditions", N_("Conditions that narrow a list"), conditions),
    Topic("formats", N_("Formats of output"), formats),
    Topic("exit-codes", N_("Exit codes for scripts"), exit_codes),
    Topic("environment", N_("Settings, the configuration file and environment variables"), environment),
    Topic("import", N_("How spreadsheets are taken in"), importing),
)
