"""The cell parsers that the sheets of all areas share: from a cell to the value a rule takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Literal

from volunteer_cli.core.dates import (
    birth_from_number,
    date_from_number,
    duration_from_number,
    parse_birth,
    parse_date,
    parse_datetime,
    parse_duration,
    parse_time,
)
from volunteer_cli.core.errors import (
    AmbiguousDate,
    BadChoice,
    BadDate,
    BadDuration,
    BadQuantity,
    BadTime,
)
from volunteer_cli.core.grammar import NUMBER
from volunteer_cli.core.grammar import number as whole_number
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.offsets import on_the_wall
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.core.text import (
    clean,
    clean_name,
    kept,
    parse_phones,
    parse_quantity,
    parse_yuan,
)
from volunteer_cli.intake.cells import Cell, Unparted, text_of
from volunteer_cli.intake.headings import REMARK, normal, remark_of
from volunteer_cli.intake.names import PARTED, one_body, one_name, remark_in
from volunteer_cli.intake.sheet import DISAGREE, Fault

if TYPE_CHECKING:
    from volunteer_cli.intake.sheet import Column, Parser

#: Spreadsheets count days from the end of 1899 or from 1904 (ECMA-376, 18.17.4.1); a time cell may come as a moment before this year.
EPOCH_YEAR = 1905
#: Parts of the day whose hours people count from noon, and the last hour that they so count.
AFTERNOONS = {"下午": 6, "afternoon": 6, "pm": 6, "晚上": 11, "晚间": 11, "evening": 11}
AFTERNOONS |= {"中午": 3, "noon": 3, "傍晚": 8}
#: The hour of a time, and what says by itself in which half of the day a time is.
HOUR_OF_TIME = re.compile(r"(?<![:：\d])\d{1,2}(?=[:：]\d\d|[点时])")
PART_OF_TIME = re.compile(r"[上下中]午|晚|早|[ap]\.?m\b", re.IGNORECASE)
#: A year and month without a day, and the months of a year.
MONTH = re.compile(r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*月?份?")
MONTHS = 12
#: A moment as tools write it, which can mean nothing else: of a million rows nearly every one may say another.
ISO_MOMENT = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[ T]\d\d:\d\d(?::[0-5]\d)?", re.ASCII)
#: Whose number it is, in brackets, and what kind of number, before it.
PHONE_WORDS = re.compile(
    r"[(（][^\d()（）]*[)）]|(?:手机号?码?|联系电话|电话|座机|固话|宅电|办公|家里|本人|tel|mobile|phone)\.?\s*[:：]?",
    re.IGNORECASE,
)
#: Minutes of an hour.
HOUR = 60
#: A number cell's time as text, as in a rejects file; 0.25 may also be a quarter past midnight.
FRACTION = re.compile(r"0?\.(?![0-5]\d$)\d+")


def text(cell: Cell, column: Column) -> str:
    """Text on one line as people read it: as it was written, without control characters."""
    return kept(text_of(cell), _(column.field.title))


def word(cell: Cell, column: Column) -> str:
    """A word, code or number that is compared with others: in the one form of all that look the same."""
    return clean(text_of(cell), _(column.field.title))


def name(cell: Cell, _column: Column) -> str:
    """A person's name, without the spaces that pad Chinese names."""
    return clean_name(text_of(cell))


def person(cell: Cell, _column: Column) -> str:
    """The name of one person, without counting, marks and what stands in brackets."""
    return one_name(text_of(cell))


def body(cell: Cell, column: Column) -> str:
    """The name of one team or organization, as it is written but without counting and marks."""
    return one_body(text(cell, column))


def code(cell: Cell, column: Column) -> str:
    """A code or number, without spaces, in capitals."""
    return word(cell, column).replace(" ", "").upper()


# Only marks that no name has: a comma may stand between family name and first name, and a space within one.
def names(cell: Cell, column: Column) -> list[str]:
    """Names separated by 、 ; or line breaks; one that nobody knows may be several, separated by other signs."""
    text(cell, column)  # refuses what must not be stored, in the name of the field
    parts = (clean(part) for part in re.split(r"[、;；\n]", text_of(cell)))
    return list(dict.fromkeys(part for part in parts if part))


def people(cell: Cell, column: Column) -> list[str]:
    """The names of people, each without marks and what stands in brackets, separated by whatever separates names."""
    text(cell, column)  # refuses what must not be stored, in the name of the field
    parts = PARTED.split(REMARK.sub(" ", text_of(cell)).strip())
    return list(dict.fromkeys(one_name(part) for part in parts if part.strip()))


def titles(cell: Cell, column: Column) -> list[str]:
    """What several things are called, as it was written, separated by 、 ; or line breaks."""
    parts = re.split(r"[、;；\n]", text_of(cell))
    return list(dict.fromkeys(part for each in parts if (part := kept(each, _(column.field.title)))))


def phones(cell: Cell, column: Column) -> tuple[str, str | None]:
    """A phone number, and a second one when the cell holds two."""
    return parse_phones(digits(cell), column.region)


def phone(cell: Cell, column: Column) -> str:
    """The first phone number in the cell."""
    return phones(cell, column)[0]


def digits(cell: Cell) -> str:
    """A long number without what stands beside it: 手机：199…, …（妻）."""
    text = text_of(cell)
    if text.isdecimal():
        return text
    text = PHONE_WORDS.sub(" ", text).strip()
    # A program that took it for a number wrote 19900000001.0 into the file.
    return text[:-2] if re.fullmatch(r"\d{7,12}\.0", text) else text


def birth(cell: Cell, column: Column) -> str:
    """A birth date as precise as it is written: 1965, 1965-03 or 1965-03-05."""
    if isinstance(cell, float):
        return birth_from_number(cell, column.today)
    if isinstance(cell, time | timedelta):
        raise BadDate(value=text_of(cell))
    try:
        return parse_birth(text_of(cell), column.today, order=column.order)
    except AmbiguousDate as error:
        raise AmbiguousDate(**error.fields, hint=ORDER) from None


#: What a sheet takes: words like today, which a command takes too, mean nothing in it.
DATES = N_("Write it like 2025-03-05 or 5 March 2025. Dates without a year need --year.")
#: What helps where all dates of a sheet are written like 03/05/2025.
ORDER = N_("Write the whole date, like 2025-03-05, or say the order of all: --date-order dmy, or mdy.")


def day(cell: Cell, column: Column) -> date:
    """A date; one without a year is in the year of the import."""
    try:
        return _day(cell, column)
    except BadDate as error:
        raise BadDate(**error.fields, hint=DATES) from None
    except AmbiguousDate as error:
        hint = ORDER if isinstance(cell, str) else error.hint
        raise AmbiguousDate(**error.fields, hint=hint) from None


def _day(cell: Cell, column: Column) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, float):
        return date_from_number(cell, year=column.year)
    if not isinstance(cell, str):
        raise BadDate(value=text_of(cell))
    text = text_of(cell)
    try:
        return parse_date(text, column.today, year=column.year, order=column.order, relative=False)
    except BadDate:
        # A time may follow, as in the cells of workbooks.
        with suppress(BadDate, BadTime):
            return _moment_of_text(cell, column).date()
        raise


def is_month(cell: Cell) -> bool:
    """Whether a cell says the month of a day and no more."""
    return isinstance(cell, str | float) and MONTH.fullmatch(text_of(cell).strip()) is not None


def since(cell: Cell, column: Column) -> date:
    """The day since when something is so, of which often only the month is known: 2019年3月 is its first day.

    The account of the import says of how many rows a day was taken so: see `is_month`.
    """
    try:
        return day(cell, column)
    except BadDate:
        month = MONTH.fullmatch(text_of(cell).strip())
        if month is None or not 1 <= int(month[2]) <= MONTHS:
            raise
        # A number cell has no 0 at its end: 2024.1 may be January or October.
        if isinstance(cell, float) and month[2] == "1":
            raise AmbiguousDate(value=text_of(cell)) from None
        return date(int(month[1]), int(month[2]), 1)


def clock(cell: Cell, column: Column) -> time | datetime:
    """A time of day, or a moment where the cell has a date too."""
    if isinstance(cell, datetime):
        return cell.time() if cell.year < EPOCH_YEAR else cell
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0)
    if isinstance(cell, float):
        return _time_of_fraction(cell)
    if isinstance(cell, timedelta) and cell <= timedelta(days=1):
        return time() if cell == timedelta(days=1) else _time_of_fraction(cell / timedelta(days=1))
    if not isinstance(cell, str):
        raise BadTime(value=text_of(cell))
    return _clock_of_text(cell, column)


def _clock_of_text(cell: str, column: Column) -> time | datetime:
    if ISO_MOMENT.fullmatch(cell):
        with suppress(ValueError):
            return datetime.fromisoformat(cell[: len("2026-03-05T09:30")])
    text = text_of(cell)
    if FRACTION.fullmatch(text):
        return _time_of_fraction(float(text))
    with suppress(BadTime):
        return parse_time(text)
    try:
        return _moment_of_text(cell, column)
    except BadDate:
        raise BadTime(value=text) from None


def ending(cell: Cell, column: Column) -> time | datetime:
    """A time as `clock` reads it, or a day alone: so a workbook tells the midnight at which the day begins."""
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime.combine(cell, time())
    return clock(cell, column)


def moment(cell: Cell, column: Column) -> datetime | time:
    """A date with a time, the beginning of a date alone, or a time alone."""
    if isinstance(cell, time):
        return clock(cell, column)
    if isinstance(cell, str):
        for read in (clock, _moment_of_text):
            with suppress(BadTime, BadDate):
                return read(cell, column)
    return cell if isinstance(cell, datetime) else datetime.combine(day(cell, column), time())


def _moment_of_text(cell: Cell, column: Column) -> datetime:
    return parse_datetime(
        on_the_wall(text_of(cell)), column.today, year=column.year, order=column.order, relative=False
    )


def _time_of_fraction(value: float) -> time:
    minutes = round(value * 24 * 60)
    if not 0 <= value < 1 or minutes >= 24 * 60:
        raise BadTime(value=text_of(value))
    return time(minutes // 60, minutes % 60)


#: Signs for "was there".
TICKS = frozenset("√✓✔☑是有到○●") | {"出勤", "到岗", "已到", "参加", "Y", "y", "yes", "x"}


#: Shifts as the cells of a column a day have them.
OF_SHIFTS = frozenset(
    ["早", "中", "晚", "夜", "白", "早班", "中班", "晚班", "夜班", "白班", "上午", "下午", "全天", "值班"]
)


def minutes(cell: Cell, column: Column) -> int:
    """A duration in minutes; a bare number is in hours unless the heading says minutes."""
    if isinstance(cell, float):
        return duration_from_number(cell, unit=unit_of(column))
    if isinstance(cell, timedelta):
        return parse_duration(str(round(cell.total_seconds() / 60)), unit="minutes")
    if isinstance(cell, time) or (isinstance(cell, datetime) and cell.year < EPOCH_YEAR):
        return parse_duration(str(cell.hour * 60 + cell.minute), unit="minutes")
    if not isinstance(cell, str):
        raise BadDuration(value=text_of(cell))
    _refuse_tick(text_of(cell))
    return parse_duration(text_of(cell), unit=unit_of(column))


TICK_HINT = N_(
    'How long a tick stands for is said in a map: [values.minutes] "√" = "2h"; pass it with --map.'
)
SHIFT_HINT = N_('How long a shift is, is said in a map: [values.minutes] "早班" = "4h"; pass it with --map.')


def _refuse_tick(text: str) -> None:
    """Say of a tick how it is given a length."""
    if text.strip() in TICKS:
        raise BadDuration(value=text, hint=TICK_HINT)
    if text.strip() in OF_SHIFTS:
        raise BadDuration(value=text, hint=SHIFT_HINT)


def minutes_together(one: Any, other: Any, column: Column, another: Column) -> Any:
    """What two columns of durations mean: hours and minutes beside each other add up (小时 1, 分钟 30).

    The same length once in hours and once in minutes (时长（小时）1.5, 时长（分钟）90) is one length.
    """
    if _is_zero(other):
        return one
    if _is_zero(one):
        return other
    if Fault in (one.__class__, other.__class__):
        return one if one.__class__ is Fault else other
    if one == other:
        return one
    by_unit = {unit_of(column): one, unit_of(another): other}
    if len(by_unit) == 1:
        return DISAGREE  # Twice in the same unit, and not alike.
    # Beside whole hours stand less than 60 minutes; 1.5 and 30 are neither one length nor two parts of one.
    if by_unit["minutes"] < HOUR and by_unit["hours"] % HOUR == 0:
        return one + other
    return DISAGREE


def _is_zero(value: Any) -> bool:
    """Whether a cell was refused as it says 0, which beside another is no fault: 0 hours and 30 minutes."""
    text = str(value.error.fields.get("value", "")) if value.__class__ is Fault else ""
    return re.fullmatch(r"0+(\.0+)?", text) is not None


# What is united may be at fault already: a fault passes through, so that the row names it.


def precise(one: Any, other: Any, _column: Column, _another: Column) -> Any:
    """The more precise of two birth dates: 1965-03-05 beside 1965-03."""
    if Fault in (one.__class__, other.__class__):
        return one
    if one.startswith(other) or other.startswith(one):
        return max(one, other, key=len)
    return DISAGREE


def joined(one: Any, other: Any, _column: Column, _another: Column) -> Any:
    """Two remarks, one after the other."""
    if Fault in (one.__class__, other.__class__):
        return one if one.__class__ is Fault else other
    return one if other in one else f"{one}; {other}"


def moments_together(one: Any, other: Any, _column: Column, _another: Column) -> Any:
    """The moment of which one column has the day and another one the time, or both the same."""
    if Fault in (one.__class__, other.__class__):
        return one if one.__class__ is Fault else other
    first, second = (one, other) if isinstance(one, datetime) else (other, one)
    if not isinstance(first, datetime):
        return DISAGREE  # Two times, of which none has a day.
    whole = on_day(second, first)
    clocks = {each.time() if isinstance(each, datetime) else each for each in (one, other)} - {time()}
    return DISAGREE if len(clocks) > 1 or whole.date() != first.date() else max(whole, first)


def on_day(value: Any, above: Any) -> Any:
    """A time on the day that stands above it; a moment that has its own day keeps it."""
    if not isinstance(value, time) or not isinstance(above, datetime):
        return value
    return datetime.combine(above.date(), value)


def side_by_side(one: Any, other: Any, _column: Column, _another: Column) -> Any:
    """Two parts of one thing, as the name and the phone of somebody to call."""
    if Fault in (one.__class__, other.__class__):
        return one if one.__class__ is Fault else other
    return one if other in one else f"{one} {other}"


def all_of(one: Any, other: Any, _column: Column, _another: Column) -> Any:
    """The words of two lists, each once."""
    if Fault in (one.__class__, other.__class__):
        return one if one.__class__ is Fault else other
    return list(dict.fromkeys([*one, *other]))


def in_part_of_day(cell: Any, label: Sequence[str]) -> Any:
    """A time under 下午 or 晚上: 2:30 is 14:30 there, and 11:50 or 14:30 as it is written."""
    words = (name for text in label for name in AFTERNOONS if name in normal(text))
    part = next(words, None)
    time_of_day = _hour_minute(cell) if part else None
    if part is None or time_of_day is None:
        return cell
    hour, minute = time_of_day
    # 12:30 in the afternoon is half past noon, and 14:30 is counted from midnight already.
    return f"{hour + 12}:{minute:02}" if 1 <= hour <= AFTERNOONS[part] else cell


def times_in_part_of_day(cell: Any, label: Sequence[str]) -> Any:
    """What stands below 上午 or 下午 alone: 2:00-4:00 is 14:00-16:00 there, and a time alone is no length."""
    if isinstance(cell, time) or (isinstance(cell, datetime) and cell.year < EPOCH_YEAR):
        cell = f"{cell:%H:%M}"
    if not isinstance(cell, str) or not HOUR_OF_TIME.search(cell) or PART_OF_TIME.search(cell):
        return cell
    words = (name for text in label for name in AFTERNOONS if name in normal(text))
    latest = AFTERNOONS.get(next(words, ""), 0)
    from_midnight = HOUR_OF_TIME.sub(lambda hour: _from_midnight(hour[0], latest), cell)
    # A length may be written 2:30 too: with its word a time alone is read as one, and as nothing else.
    return f"{label[-1]}{cell}" if len(HOUR_OF_TIME.findall(cell)) == 1 else from_midnight


def _from_midnight(hour: str, latest: int) -> str:
    """An hour that is counted from noon up to the latest, counted from midnight."""
    return str(int(hour) + 12) if 1 <= int(hour) <= latest else hour


def _hour_minute(cell: Any) -> tuple[int, int] | None:
    """Hour and minute of a cell with a time that names no part of the day."""
    if isinstance(cell, time) or (isinstance(cell, datetime) and cell.year < EPOCH_YEAR):
        return cell.hour, cell.minute
    match = re.fullmatch(r"(\d{1,2})[:：](\d\d)", cell.strip()) if isinstance(cell, str) else None
    return (int(match[1]), int(match[2])) if match else None


def unit_of(column: Column) -> Literal["hours", "minutes"]:
    """What a bare number counts, by the heading: 时长（分钟） counts minutes."""
    words = normal(column.remark) or normal(column.heading)
    return "minutes" if "分" in words or "min" in words else "hours"


def quantity(cell: Cell, column: Column) -> Quantity:
    """A number of pieces with its unit; the unit may stand in the heading: 数量（件）."""
    if isinstance(cell, Unparted):
        raise BadQuantity(value=cell)
    pieces = parse_quantity(text_of(cell))
    if pieces.unit is None and column.remark:
        return Quantity(pieces.number, normal(column.remark), pieces.direction)
    return pieces


#: What stands for a capacity without a limit.
NO_LIMIT = frozenset({"不限", "不限额", "无限制", "unlimited", "no limit"})
#: Fen of one unit of an amount, by what a heading says in brackets.
SCALES = {"万元": 10_000, "万": 10_000, "千元": 1000}


def fen(cell: Cell, column: Column) -> int:
    """An amount of money in fen; 金额（万元） counts ten thousands of yuan where a cell does not say itself."""
    return parse_yuan(_amount_of(cell), scale=SCALES.get(normal(column.remark), 1))


def _amount_of(cell: Cell) -> str:
    """What a person reads in the cell, without what a computed number has beyond a fen of ten thousands."""
    return f"{cell:.6f}".rstrip("0").rstrip(".") if isinstance(cell, float) else text_of(cell)


def number(cell: Cell, column: Column) -> int | None:
    """A whole number that is not negative, such as a capacity; None where there is no limit."""
    digits = clean(text_of(cell), _(column.field.title)).removesuffix("人").removesuffix("名")
    if digits.casefold() in NO_LIMIT:
        return None
    # Ten digits are a phone number in the wrong column.
    if not re.fullmatch(NUMBER, digits) or len(digits) > 9:
        raise BadQuantity(value=text_of(cell))
    return whole_number(digits)


class Choice:
    """A parser for one of several values, each with the words that people use for it, and those of our own lists."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], shown: Mapping[str, str]) -> None:
        self.words = words
        self.titles = {str(value): title for value, title in shown.items()}
        self.values = {normal(word): value for value, more in words.items() for word in (value, *more)}
        self.values |= {normal(title): value for value, title in self.titles.items()}

    def __call__(self, cell: Any, column: Column) -> str:
        """The value that a cell says; raises BadChoice."""
        text = text_of(cell)
        # What stands in brackets says it more exactly: 事业单位（学校）.
        for form in (remark_of(text), text):
            if value := self._value(form):
                return value
        choices = listed(_(self.titles[each]) for each in self.words)
        raise BadChoice(field=_(column.field.title), value=text, choices=choices)

    def left_over(self, text: str, _column: Column) -> str:
        """What stands in brackets beside the value, unless it is the value, or the words of our own lists."""
        ours = {form for title in self.titles.values() for form in (title, _(title))}
        return "" if self._value(remark_of(text)) or text.strip() in ours else remark_in(text)

    def _value(self, text: str) -> str | None:
        form = normal(text)
        return self.values.get(form) or _titled(form, self.titles)


def _titled(word: str, titles: Mapping[str, str]) -> str | None:
    """The value whose title, in the language of the run, is the word."""
    return next((value for value, title in titles.items() if normal(_(title)) == word), None)


def whole(parse: Callable[[str], Any]) -> Parser:
    """A parser that hands the cell's clean text to `parse`."""
    return lambda cell, column: parse(text(cell, column))
