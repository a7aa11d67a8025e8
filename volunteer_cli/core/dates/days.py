"""Days: written out, as a spreadsheet keeps them, or relative to today."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from volunteer_cli.core.errors import AmbiguousDate, BadDate
from volunteer_cli.core.grammar import NUMBER, Grammar, number, number_text, spoken
from volunteer_cli.core.i18n import _

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
#: A pattern: an English name of a month; `month_number` reads it.
MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = "(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _WEEKDAYS) + ")"
_ORDINAL = "(?:st|nd|rd|th)?"
#: What a count may be of.
UNITS = {
    **dict.fromkeys(("d", "day", "days", "天", "日"), "day"),
    **dict.fromkeys(("w", "week", "weeks", "周", "星期", "礼拜"), "week"),
    **dict.fromkeys(("m", "month", "months", "月"), "month"),
    **dict.fromkeys(("y", "year", "years", "年"), "year"),
}
_UNIT = "个?(?P<unit>" + "|".join(sorted(UNITS, key=len, reverse=True)) + ")"
_NEAR_DAYS = {"大前天": -3, "前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_NEAR_DAYS |= {"昨日": -1, "今日": 0, "明日": 1, "yesterday": -1, "today": 0, "tomorrow": 1}
_NEAR_DAYS |= {"day before yesterday": -2, "day after tomorrow": 2}
#: As they stand before a part of the day: 今晚7点, 明早8点.
_NEAR_DAYS |= {"昨": -1, "今": 0, "明": 1}
_ORDERS = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}

#: Characters of the longest text that is a day, or a moment; a longer one is not looked at, for every place in it may end a day.
LONGEST_TEXT = 100

WHICH = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
WHICH |= {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1}
"""Words that say how many weeks, months, quarters or years from this one."""
CHINESE_WHICH = "(?P<which>上上|下下|上|本|这|下)个?"
#: Words for the years around this one.
YEARS = {"前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
NEAR_YEAR = f"(?P<year>{'|'.join(YEARS)})"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a date that is not written out in full refers to."""

    today: date
    year: int | None = None
    order: str | None = None


class _TwoReadingsError(ValueError):
    pass


_written: Grammar[date] = Grammar()
_relative: Grammar[date] = Grammar()


def parse_date(
    text: str, today: date, *, year: int | None = None, order: str | None = None, relative: bool = True
) -> date:
    """The day that a person wrote.

    `year` is the year of a date without one; `order` (ymd, dmy, mdy) decides 03/05/2025, which is
    refused without it; `relative=False` refuses words like yesterday, which mean nothing in a sheet.
    Weeks begin on Monday and "last friday" is the Friday of last week, as 上周五 is.
    Raises BadDate and AmbiguousDate.
    """
    return _parse_date(text, today, year, order, relative)


@lru_cache(maxsize=1 << 16)
def _parse_date(text: str, today: date, year: int | None, order: str | None, relative: bool) -> date:
    if len(text) > LONGEST_TEXT:
        raise BadDate(value=text)
    try:
        day = _read(_plain(text), Reference(today, year, order), relative=relative)
    except _TwoReadingsError:
        raise AmbiguousDate(value=text) from None
    except (ValueError, OverflowError):
        day = None
    # What lies further off is a slip in the year.
    if day is None or not 1800 <= day.year < 3000:
        raise BadDate(value=text)
    return day


def _read(text: str, reference: Reference, *, relative: bool) -> date | None:
    """The day that a plain text means; None when it is written like no day, ValueError when there is no such day."""
    day = _written.read(text, reference)
    return _relative.read(text, reference.today) if day is None and relative else day


def _plain(text: str) -> str:
    """The text without what adds nothing to a date: its weekday, midnight, spaces around the marks."""
    text = re.sub(r" ?([-/.年月]) ?|(?<=\d) (?=[日号])", r"\1", spoken(text))
    text = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)
    text = re.sub(r"(?:[ t]|(?<=[日号]))0?0:00(?::00(?:\.0+)?)?$", "", text)
    if text[:1].isdigit():
        text = re.sub(rf",? ?\(?(?:(?:周|星期|礼拜)[一二三四五六日天]|\b{_WEEKDAY})\)?$", "", text)
    return re.sub(rf"^{_WEEKDAY},? (?=.*\d)", "", text)


@_written.form(r"(?P<first>\d{1,4})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<third>\d{1,4})")
def _three_numbers(reference: Reference, first: str, mark: str, second: str, third: str) -> date:  # noqa: ARG001
    # GB/T 7408 (ISO 8601): the year first. Where it is not, 03/05 may be either, and is asked about.
    orders = ["ymd"] if len(first) == 4 else [reference.order] if reference.order else list(_ORDERS)
    parts = (first, second, third)
    readings = {day for order in orders if (day := _in_order(parts, order, reference.today))}
    # 13/05 has one reading, in whatever order; 03/05 has two, and a day that is guessed is wrong half of the
    # time.
    if len(readings) != 1:
        raise _TwoReadingsError if readings else ValueError
    return readings.pop()


def _in_order(parts: tuple[str, str, str], order: str, today: date) -> date | None:
    year, month, day = (parts[place] for place in _ORDERS[order])
    if len(year) not in (2, 4) or len(month) > 2 or len(day) > 2:
        return None
    try:
        return date(full_year(year, today), int(month), int(day))
    except ValueError:
        return None


@_written.form(rf"(?P<year>{NUMBER})年(?P<month>{NUMBER})月(?P<day>{NUMBER})[日号]?")
def _year_month_day(reference: Reference, year: str, month: str, day: str) -> date:
    return date(full_year(year, reference.today), number(month), number(day))


@_written.form(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
def _eight_digits(_reference: Reference, year: str, month: str, day: str) -> date:
    return date(int(year), int(month), int(day))


@_written.form(rf"(?P<month>{NUMBER})月(?P<day>{NUMBER})[日号]?")
def _month_day(reference: Reference, month: str, day: str) -> date:
    return date(_given_year(reference), number(month), number(day))


@_written.form(r"(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})")
def _two_numbers(reference: Reference, first: str, second: str) -> date:
    month, day = (second, first) if reference.order == "dmy" else (first, second)
    return date(_given_year(reference), int(month), int(day))


@_written.form(rf"(?P<day>\d{{1,2}}){_ORDINAL}[ -]?(?:of )?{MONTH},?[ -]?(?P<year>\d{{4}})?")
@_written.form(rf"{MONTH} ?(?P<day>\d{{1,2}}){_ORDINAL},?(?: (?P<year>\d{{4}}))?")
def _named_month(reference: Reference, day: str, month: str, year: str | None) -> date:
    return date(int(year) if year else _given_year(reference), month_number(month), int(day))


@_written.form(r"(?P<serial>\d{5})")
def _serial(_reference: Reference, serial: str) -> date:
    if not 20_000 <= int(serial) <= 80_000:
        raise ValueError
    return date_of_serial(int(serial))


@_relative.form(f"(?:the )?(?P<word>{'|'.join(_NEAR_DAYS)})")
def _near_day(today: date, word: str) -> date:
    return today + timedelta(_NEAR_DAYS[word])


@_relative.form(rf"(?P<sign>[-+])(?P<count>{NUMBER}) ?{_UNIT}")
@_relative.form(rf"(?P<count>{NUMBER}|an?) ?{_UNIT} ?(?P<sign>ago|from now|later|[之以]?[前后])")
@_relative.form(rf"(?P<sign>in) (?P<count>\d+|an?) {_UNIT}")
def _so_many(today: date, count: str, unit: str, sign: str) -> date:
    amount = number(count) if count not in ("a", "an") else 1
    return shift(today, -amount if sign in ("-", "ago") or sign[-1] == "前" else amount, UNITS[unit])


@_relative.form(rf"(?:{CHINESE_WHICH})?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])")
@_relative.form(rf"(?:(?P<which>last|previous|this|next) )?(?P<weekday>{_WEEKDAY})")
def _weekday(today: date, which: str | None, weekday: str) -> date:
    place = "一二三四五六日".find(weekday.replace("天", "日")) if len(weekday) == 1 else _place(weekday)
    return today + timedelta(7 * WHICH[which or "this"] - today.weekday() + place)


@_relative.form(rf"(?:the )?coming (?P<weekday>{_WEEKDAY})")
def _coming_weekday(today: date, weekday: str) -> date:
    """The first one behind today."""
    return today + timedelta((_place(weekday) - today.weekday() - 1) % 7 + 1)


@_relative.form(rf"{CHINESE_WHICH}月(?P<day>{NUMBER})[日号]")
def _day_of_month(today: date, which: str, day: str) -> date:
    return add_months(today.replace(day=1), WHICH[which]).replace(day=number(day))


@_relative.form(rf"{NEAR_YEAR}的?(?P<month>{NUMBER})月(?P<day>{NUMBER})[日号]?")
def _day_of_near_year(today: date, year: str, month: str, day: str) -> date:
    return date(today.year + YEARS[year], number(month), number(day))


@_relative.form(rf"(?:{CHINESE_WHICH})?月(?P<edge>[初底末])")
@_relative.form(r"(?P<edge>start|beginning|end) of (?:the )?(?:(?P<which>last|previous|this|next) )?month")
def _edge_of_month(today: date, which: str | None, edge: str) -> date:
    first = add_months(today.replace(day=1), WHICH[which or "this"])
    return first if edge in ("初", "start", "beginning") else last_of_month(first)


@_relative.form(r"(?P<year>前|去|今|本|明|后)?年(?P<edge>[初底末])")
def _edge_of_year(today: date, year: str | None, edge: str) -> date:
    which = today.year + YEARS[f"{year or '今'}年"]
    return date(which, 1, 1) if edge == "初" else date(which, 12, 31)


@_relative.form(r"(?P<edge>start|beginning|end) of (?:the )?(?:(?P<which>last|previous|this|next) )?year")
def _edge_of_named_year(today: date, which: str | None, edge: str) -> date:
    year = today.year + WHICH[which or "this"]
    return date(year, 12, 31) if edge == "end" else date(year, 1, 1)


Moment = TypeVar("Moment", bound=date)


def coming(text: str, moment: Moment, today: date) -> Moment:
    """What a text of something planned means: a bare weekday is today or the coming one, never one that is over."""
    day = moment.date() if isinstance(moment, datetime) else moment
    return moment + timedelta(7) if day < today and _is_bare_weekday(spoken(text)) else moment


def _is_bare_weekday(text: str) -> bool:
    """Whether a weekday alone says the day: not "last friday", nor the one of "fri 3 july"."""
    weekday = re.search(rf"(?<![上下本这个])(?:周|星期|礼拜)[一二三四五六日天]|\b{_WEEKDAY}\b", text)
    rest = text.replace(weekday[0], "", 1) if weekday else ""
    return weekday is not None and not re.search(rf"\b(?:last|previous|this|{MONTH})\b|[-/月日号]", rest)


def _place(weekday: str) -> int:
    return [name[:3] for name in _WEEKDAYS].index(weekday[:3])


def _given_year(reference: Reference) -> int:
    if reference.year is None:
        raise ValueError
    return reference.year


def full_year(text: str, today: date) -> int:
    """The year that two or four digits name: two digits beyond today's are of the last century."""
    year = number(text)
    if year >= 100 or len(text) > 2:
        return year
    return 1900 + year if year > today.year % 100 else 2000 + year


def month_number(name: str) -> int:
    """The number of the month that an English name or its beginning means."""
    return [month[:3] for month in _MONTHS].index(name[:3]) + 1


def shift(day: date, count: int, unit: str) -> date:
    """The day `count` units (day, week, month, year) later, or earlier when negative."""
    if unit in ("day", "week"):
        return day + timedelta(count * (7 if unit == "week" else 1))
    return add_months(day, count * (12 if unit == "year" else 1))


def add_months(day: date, count: int) -> date:
    """The same day `count` months later; the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of_month(day: date) -> date:
    """The last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def date_of_serial(serial: int) -> date:
    """The day that a spreadsheet keeps as a number: 44990 is 2023-03-05."""
    return date(1899, 12, 30) + timedelta(serial)


def date_from_number(value: float, *, year: int | None = None) -> date:
    """The day in a number cell: 44990, 20230305, or month and day like 6.4 of `year`.

    A number drops its last zero, so that 6.3 may have been 6.30: raises AmbiguousDate where both days
    exist, and BadDate.
    """
    text = number_text(value)
    if _lost_zero(text):
        raise AmbiguousDate(value=text)
    return parse_date(text, date(2000, 1, 1), year=year, relative=False)


def _lost_zero(text: str) -> bool:
    match = re.fullmatch(r"(\d{1,2})\.([123])|\d{4}\.1", text)
    if not match or not match[1]:
        return match is not None
    return 1 <= int(match[1]) <= 12 and int(match[2]) * 10 <= monthrange(2000, int(match[1]))[1]


def format_date(day: date) -> str:
    """The day as data shows it: 2025-03-05."""
    return day.isoformat()


def long_date(day: date) -> str:
    """The day as a document in the user's language writes it: 2025-03-05 or 2025年3月5日."""
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=day.month, day=day.day)
