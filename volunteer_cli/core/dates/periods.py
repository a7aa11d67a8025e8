"""Periods: years, quarters, months, weeks, days and ranges of days."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from volunteer_cli.core.dates.days import (
    CHINESE_WHICH,
    MONTH,
    NEAR_YEAR,
    UNITS,
    WHICH,
    YEARS,
    add_months,
    last_of_month,
    month_number,
    parse_date,
    shift,
)
from volunteer_cli.core.errors import AmbiguousDate, BadDate, BadPeriod
from volunteer_cli.core.grammar import NUMBER, Grammar, number, plain
from volunteer_cli.core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`, both in it.

    Attributes:
        back: how many months before it stands what it is compared with, where it was said so: 今年以来.
    """

    first: date
    last: date
    back: int = field(default=0, compare=False)

    @classmethod
    def of_months(cls, first: date, count: int = 1) -> Period:
        """`count` whole months from the month of `first`."""
        start = first.replace(day=1)
        return cls(start, last_of_month(add_months(start, count - 1)))

    @property
    def end(self) -> date:
        """The day after the last: the open end of the half-open interval."""
        return self.last + timedelta(1)

    @property
    def label(self) -> str:
        """The name that `parse_period` reads back: 2025, 2025-Q3, 2025-09, 2025-09-01, A..B or all."""
        first, last = self.first, self.last
        if self == ALL:
            return "all"
        if self.whole_months and (name := self._name_of_months()):
            return name
        return f"{first}" if first == last else f"{first}..{last}"

    def _name_of_months(self) -> str | None:
        """What a year, a quarter or a month is called; other months are told by their ends."""
        first = self.first
        # The longest name first: a year is also twelve months.
        if self == Period.of_months(date(first.year, 1, 1), 12):
            return f"{first:%Y}"
        if self == Period.of_months(first):
            return f"{first:%Y-%m}"
        if first.month % 3 == 1 and self == Period.of_months(first, 3):
            return f"{first:%Y}-Q{first.month // 3 + 1}"
        return None

    @property
    def whole_months(self) -> bool:
        """Whether the period is made of whole months."""
        return self.first.day == 1 and self.end.day == 1

    @property
    def months_back(self) -> int:
        """How many months before it the same days of another year or month stand; 0 where the days before do."""
        first, last = self.first, self.last
        if self.back:
            return self.back
        # Spring beside autumn says more of the seasons than of the work: half a year, and a year so far, are
        # compared with the same of the year before (同比).
        so_far = first == date(first.year, 1, 1) and date(first.year, 3, 31) < last < date(first.year, 12, 31)
        second_half = (first, last) == (date(first.year, 7, 1), date(first.year, 12, 31))
        return 12 if so_far or second_half else 0

    def previous(self) -> Period:
        """The period that it is compared with: the same days of the year before, as many whole months, or as many days."""
        if self.months_back:
            return self._months_earlier(self.months_back)
        if self.whole_months:
            count = (self.end.year - self.first.year) * 12 + self.end.month - self.first.month
            return Period.of_months(add_months(self.first, -count), count)
        return Period(self.first - (self.end - self.first), self.first - timedelta(1))

    def _months_earlier(self, count: int) -> Period:
        first, last = add_months(self.first, -count), add_months(self.last, -count)
        # Whole months end with their month; a year so far on 28 February does so by chance.
        return Period(first, last_of_month(last) if self.whole_months and not self.back else last)

    def previous_to(self, day: date) -> Period:
        """Of the period before the days that correspond to those of this one up to `day`."""
        before = self.previous()
        by_months = self.whole_months or self.months_back
        last = add_months(day, -self.months_before()) if by_months else day - (self.first - before.first)
        return Period(before.first, min(last, before.last))

    def months_before(self) -> int:
        """How many months the beginning of the period before lies before this one's."""
        before = self.previous()
        return (self.first.year - before.first.year) * 12 + self.first.month - before.first.month

    def months(self) -> Iterator[Period]:
        """The whole months that the period touches, in order."""
        month = Period.of_months(self.first)
        while month.first <= self.last:
            yield month
            month = Period.of_months(month.end)

    def __contains__(self, day: date) -> bool:
        """Whether the day is in the period."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        """The label."""
        return self.label


#: More days, weeks, months or years nobody looks back.
MOST_UNITS = 10_000
#: All days that there are; what is asked for without an end has its first or its last day.
ALL = Period(date(1800, 1, 1), date(2999, 12, 31))

_period: Grammar[Period] = Grammar()


def parse_period(text: str, today: date) -> Period:
    """The period that a person wrote: 2025-Q3, this-month, 去年, one day, or A..B with both days in it.

    Raises BadPeriod, and AmbiguousDate for a day with two readings.
    """
    return _parse_period(text, today)


@lru_cache(maxsize=1 << 10)
def _parse_period(text: str, today: date) -> Period:
    written = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", plain(text))
    try:
        return _read(written, today)
    except AmbiguousDate:
        raise AmbiguousDate(value=text) from None
    except (ValueError, OverflowError, BadDate):
        raise BadPeriod(value=text, **_advice(written)) from None


#: Holidays and terms of schools: the education office of each place announces their days, each year anew.
_OF_SCHOOLS = re.compile(r"寒假|暑假|学期|summer holiday|winter holiday|school|term")


def _advice(text: str) -> dict[str, str]:
    """What to write instead of a period that everybody knows and no calendar has."""
    hint = _("Schools of each place have days of their own: write both, like 2025-07-12..2025-08-31.")
    return {"hint": hint} if _OF_SCHOOLS.search(text) else {}


#: What stands between the first and the last day: dots, the words for "up to", a dash with space around it or
#: behind a Chinese sign, as in 2025年1-6月.
_UP_TO = re.compile(
    r" ?(?:\.\.|至|到|~|～|〜|—+|–+) ?| - | to |(?<=[年月日号])-(?=[\d一二三四五六七八九十])|(?<=\d)-(?=\d{4}[./年])"
)


def _read(text: str, today: date) -> Period:
    if (period := _period.read(text, today)) is not None:
        return _within_calendar(period)
    parts = _UP_TO.split(re.sub(r"^between (.+?) and ", r"\1 to ", text), maxsplit=1)
    if len(parts) == 1:
        return _single(text, today)
    first = _single(re.sub(r"^(?:from |从|自)", "", parts[0]), today)
    period = Period(first.first, _last(parts[1], first, today).last)
    if period.last < period.first:
        raise ValueError
    return period


def _last(text: str, first: Period, today: date) -> Period:
    """The end of a range: without a year, or a month, of its own it is in that of the beginning."""
    if re.fullmatch(r"\d{1,2}", text) and first == Period.of_months(first.first):
        return _single(f"{first.first.year}年{text}月", today)
    if re.fullmatch(rf" *{NUMBER}[日号] *", text):
        return _single(f"{first.first.year}年{first.first.month}月{text.strip()}", today)
    if text.strip() and not re.search(r"\d{4}|[今去前明后本]", text):
        with suppress(ValueError, BadDate):
            return _single(f"{first.first.year}年{text.strip()}", today)
    return _single(text, today)


def _single(text: str, today: date) -> Period:
    text = text.strip()
    if (period := _period.read(text, today)) is None:
        day = parse_date(text, today, year=today.year)
        return Period(day, day)
    return _within_calendar(period)


def _within_calendar(period: Period) -> Period:
    if period != ALL and not 1800 <= period.first.year < 3000:
        raise ValueError
    return period


def _begun(first: date, today: date, year: str | None) -> date:
    """The first day of what comes every year: without a year, of the latest one that has begun."""
    if year:
        return first.replace(year=int(year))
    return first if first <= today else first.replace(year=first.year - 1)


@_period.form(r"(?P<year>\d{4})(?:年度?)?(?:全年)?")
def _year(_today: date, year: str) -> Period:
    return Period.of_months(date(int(year), 1, 1), 12)


@_period.form(r"(?P<digits>[〇零一二三四五六七八九]{4})年度?")
def _year_in_characters(_today: date, digits: str) -> Period:
    year = int("".join(str("零一二三四五六七八九".index(digit)) for digit in digits.replace("〇", "零")))
    return Period.of_months(date(year, 1, 1), 12)


@_period.form(r"(?P<first>(?:19|20)\d\d)年?(?:-|~|至|到)(?P<last>(?:19|20)\d\d)年?度?")
def _years(_today: date, first: str, last: str) -> Period:
    if last < first:
        raise ValueError
    return Period.of_months(date(int(first), 1, 1), 12 * (int(last) - int(first) + 1))


@_period.form(r"全年")
def _whole_year(today: date) -> Period:
    return Period.of_months(date(today.year, 1, 1), 12)


@_period.form(r"上一?年度?")
def _year_before(today: date) -> Period:
    return Period.of_months(date(today.year - 1, 1, 1), 12)


@_period.form(r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])")
@_period.form(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})")
@_period.form(rf"(?:(?P<year>\d{{4}})年)?(?P<month>{NUMBER})月份?")
def _month(today: date, month: str, year: str | None) -> Period:
    return Period.of_months(_begun(date(today.year, number(month), 1), today, year))


@_period.form(rf"(?:(?P<year>\d{{4}})年)?(?P<month>{NUMBER})月份?(?P<third>[上中下])旬")
def _third_of_month(today: date, month: str, third: str, year: str | None) -> Period:
    first = _begun(date(today.year, number(month), "上中下".index(third) * 10 + 1), today, year)
    return Period(first, last_of_month(first) if third == "下" else first + timedelta(9))


@_period.form(rf"{MONTH}(?:,? ?(?P<year>\d{{4}}))?")
@_period.form(rf"(?P<year>\d{{4}}) {MONTH}")
def _named_month(today: date, month: str, year: str | None) -> Period:
    return Period.of_months(_begun(date(today.year, month_number(month), 1), today, year))


_FIRST_MONTH, _LAST_MONTH = (MONTH.replace("<month>", f"<{edge}>") for edge in ("first", "last"))


@_period.form(rf"{_FIRST_MONTH} {_LAST_MONTH}(?:,? (?P<year>\d{{4}}))?")
def _named_months(today: date, first: str, last: str, year: str | None) -> Period:
    return _months(today, str(month_number(first)), str(month_number(last)), year)


@_period.form(rf"(?P<first>\d{{1,2}})-(?P<last>\d{{1,2}}) {MONTH}(?:,? (?P<year>\d{{4}}))?")
@_period.form(rf"{MONTH} (?P<first>\d{{1,2}})-(?P<last>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?")
def _days_of_month(today: date, first: str, last: str, month: str, year: str | None) -> Period:
    start = _begun(date(today.year, month_number(month), int(first)), today, year)
    if int(last) < start.day:
        raise ValueError
    return Period(start, start.replace(day=int(last)))


@_period.form(rf"(?:(?P<year>\d{{4}})年?)?(?P<first>{NUMBER})月?(?:-|~|至|到)(?P<last>{NUMBER})月份?")
def _months(today: date, first: str, last: str, year: str | None) -> Period:
    start = _begun(date(today.year, number(first), 1), today, year)
    end = date(start.year, number(last), 1)
    if end < start:
        raise ValueError
    return Period(start, last_of_month(end))


@_period.form(r"(?:(?P<year>\d{4})[- 年]?)?q(?P<quarter>[1-4])")
@_period.form(r"(?:(?P<year>\d{4})年?)?第?(?P<quarter>[一二三四1-4])季度?")
@_period.form(r"q(?P<quarter>[1-4])[ -/](?P<year>\d{4})")
def _quarter(today: date, quarter: str, year: str | None) -> Period:
    return Period.of_months(_begun(date(today.year, number(quarter) * 3 - 2, 1), today, year), 3)


@_period.form(r"(?:the )?(?P<quarter>first|second|third|fourth) quarter(?:(?: of)? (?P<year>\d{4}))?")
def _quarter_in_words(today: date, quarter: str, year: str | None) -> Period:
    return _quarter(today, str(("first", "second", "third", "fourth").index(quarter) + 1), year)


@_period.form(r"(?P<year>\d{4})[- ]?w(?P<week>\d{1,2})")
def _week(_today: date, year: str, week: str) -> Period:
    monday = date.fromisocalendar(int(year), int(week), 1)
    return Period(monday, monday + timedelta(6))


@_period.form(r"(?:(?P<year>\d{4})年?)?(?P<half>[上下])半年")
@_period.form(r"(?:(?P<year>\d{4})[- ]?)?h(?P<half>[12])")
@_period.form(r"h(?P<half>[12])[ -/](?P<year>\d{4})")
def _half_year(today: date, half: str, year: str | None) -> Period:
    return Period.of_months(_begun(date(today.year, 1 if half in "上1" else 7, 1), today, year), 6)


@_period.form(r"(?:the )?(?P<half>first|second) half(?: of (?P<year>\d{4}))?")
def _half_in_words(today: date, half: str, year: str | None) -> Period:
    return _half_year(today, "1" if half == "first" else "2", year)


@_period.form(rf"{NEAR_YEAR}度?(?:的?(?P<rest>(?:[^.~至到—–-]|(?<=\d)-(?=\d))+))?")
def _near_year(today: date, year: str, rest: str | None) -> Period:
    which = today.year + YEARS[year]
    if rest in ("以来", "至今"):
        return Period(date(which, 1, 1), today, back=12)
    if rest is None:
        return Period.of_months(date(which, 1, 1), 12)
    # A part of that year, said as it is said with the year's number: 去年第三季度, 去年9月, 去年国庆.
    period = _period.read(f"{which}年{rest}", today)
    if period is None:
        day = parse_date(f"{which}年{rest}", today)
        return Period(day, day)
    return period


@_period.form(rf"{CHINESE_WHICH}(?P<unit>周|星期|礼拜|月份?|季度?)")
@_period.form(r"(?P<which>this|current|last|previous|next) (?P<unit>week|month|quarter|year)")
def _near(today: date, which: str, unit: str) -> Period:
    count = WHICH[which]
    if unit[0] in "周星礼w":
        return _near_week(today, count)
    if unit[0] in "月m":
        return Period.of_months(add_months(today.replace(day=1), count))
    if unit[0] in "季q":
        return _near_quarter(today, count)
    return Period.of_months(date(today.year + count, 1, 1), 12)


def _near_week(today: date, count: int) -> Period:
    # ISO 8601 (GB/T 7408): a week begins on Monday.
    monday = shift(today - timedelta(today.weekday()), count, "week")
    return Period(monday, monday + timedelta(6))


def _near_quarter(today: date, count: int) -> Period:
    month = (today.month - 1) // 3 * 3 + 1
    first = date(today.year, month, 1)
    return Period.of_months(add_months(first, count * 3), 3)


# --- up to today, and without an end ------------------------------------------------------------


@_period.form(rf"(?:最近|近|过去)的?(?P<count>{NUMBER}|半)?个?(?P<unit>天|日|周|星期|礼拜|月|年)")
@_period.form(rf"(?:the )?(?:last|past) (?P<count>{NUMBER}) ?(?P<unit>days?|weeks?|months?|years?)")
@_period.form(r"(?:the )?past (?P<unit>day|week|month|year)")
def _latest(today: date, unit: str, count: str | None = None) -> Period:
    """So many days, weeks, months or years up to and with today: 近三个月 on 12 March begins on 13 December."""
    if count == "半" and unit == "年":
        count, unit = "6", "月"
    amount = number(count or "1")
    if not 1 <= amount < MOST_UNITS:
        raise ValueError
    return Period(shift(today, -amount, UNITS[unit]) + timedelta(1), today)


@_period.form(r"(?:ytd|year to date|(?:今|本)年(?:以来|至今))")
def _year_to_date(today: date) -> Period:
    return Period(date(today.year, 1, 1), today, back=12)


@_period.form(r"(?:qtd|quarter to date|本季度?(?:以来|至今))")
def _quarter_to_date(today: date) -> Period:
    return Period(_near_quarter(today, 0).first, today, back=3)


@_period.form(r"(?:mtd|month to date|本月(?:以来|至今))")
def _month_to_date(today: date) -> Period:
    return Period(today.replace(day=1), today, back=1)


@_period.form(r"(?:since|from) (?P<start>(?:(?! to ).)+)")
@_period.form(r"(?P<start>.+?) ?\.\. ?(?:now|today|今天|现在)")
@_period.form(r"[自从]?(?P<start>.+?)(?:以来|至今|起|开始)")
def _since(today: date, start: str) -> Period:
    first = _single(start, today).first
    if first > today:
        raise ValueError
    return Period(first, today)


@_period.form(r"all(?: time)?|ever|全部|所有|全部时间|有史以来")
def _all(_today: date) -> Period:
    return ALL


# --- public holidays ------------------------------------------------------------

#: Holidays by their words, with what the public calendar calls them (国务院办公厅 announces their days each year).
HOLIDAYS = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明": "Tomb-sweeping Day",
    "劳动": "Labour Day",
    "五一": "Labour Day",
    "端午": "Dragon Boat Festival",
    "中秋": "Mid-autumn Festival",
    "国庆": "National Day",
    "十一": "National Day",
}


@_period.form(rf"(?:(?P<year>\d{{4}})年?)?(?P<name>{'|'.join(HOLIDAYS)})(?:节|假期|长假|黄金周|期间)*")
def _holiday(today: date, name: str, year: str | None) -> Period:
    """The days off of a public holiday; without a year, of the latest one that has begun."""
    if year:
        return _days_off(HOLIDAYS[name], int(year))
    this = _days_off(HOLIDAYS[name], today.year)
    return this if this.first <= today else _days_off(HOLIDAYS[name], today.year - 1)


def _days_off(name: str, year: int) -> Period:
    from chinese_calendar import get_holiday_detail

    try:
        details = {day: get_holiday_detail(day) for day in _days_to_look_at(name, year)}
    except NotImplementedError:
        # The days off of a year are announced in the autumn before it; the table ends with the last announced.
        raise ValueError from None
    off = [day for day, (is_off, reason) in details.items() if is_off and reason == name and day.month != 12]
    if not off:
        raise ValueError
    return Period(off[0], off[-1])


def _days_to_look_at(name: str, year: int) -> list[date]:
    # New Year's days off may begin in the old year.
    start = date(year, 1, 1) - timedelta(5)
    days = (start + timedelta(place) for place in range(366))
    return [day for day in days if day.year == year or name == "New Year's Day"]
