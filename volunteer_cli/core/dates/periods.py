"""Periods: years, quarters, months, weeks, days and ranges of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from volunteer_cli.core.dates.days import (
    CHINESE_WHICH,
    NEAR_YEAR,
    WHICH,
    YEARS,
    add_months,
    last_of_month,
    parse_date,
    shift,
)
from volunteer_cli.core.errors import AmbiguousDate, BadDate, BadPeriod
from volunteer_cli.core.grammar import NUMBER, Grammar, number, plain

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `first` to `last`, both in it."""

    first: date
    last: date

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
        """The name that `parse_period` reads back: 2025, 2025-Q3, 2025-09, 2025-09-01 or A..B."""
        first, last = self.first, self.last
        if self == Period.of_months(date(first.year, 1, 1), 12):
            return f"{first:%Y}"
        if self == Period.of_months(first):
            return f"{first:%Y-%m}"
        if first.month % 3 == 1 and self == Period.of_months(first, 3):
            return f"{first:%Y}-Q{first.month // 3 + 1}"
        return f"{first}" if first == last else f"{first}..{last}"

    @property
    def whole_months(self) -> bool:
        """Whether the period is made of whole months."""
        return self.first.day == 1 and self.end.day == 1

    def previous(self) -> Period:
        """The period of the same kind before: as many whole months, else as many days."""
        if self.whole_months:
            count = (self.end.year - self.first.year) * 12 + self.end.month - self.first.month
            return Period.of_months(add_months(self.first, -count), count)
        return Period(self.first - (self.end - self.first), self.first - timedelta(1))

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
        raise BadPeriod(value=text) from None


def _read(text: str, today: date) -> Period:
    one, dots, other = text.partition("..")
    if not dots:
        return _single(text, today)
    period = Period(_single(one, today).first, _single(other, today).last)
    if period.last < period.first:
        raise ValueError
    return period


def _single(text: str, today: date) -> Period:
    text = text.strip()
    if (period := _period.read(text, today)) is None:
        day = parse_date(text, today, year=today.year)
        return Period(day, day)
    if not 1800 <= period.first.year < 3000:
        raise ValueError
    return period


@_period.form(r"(?P<year>\d{4})年?")
def _year(_today: date, year: str) -> Period:
    return Period.of_months(date(int(year), 1, 1), 12)


@_period.form(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})")
@_period.form(rf"(?:(?P<year>\d{{4}})年)?(?P<month>{NUMBER})月份?")
def _month(today: date, month: str, year: str | None) -> Period:
    return Period.of_months(date(int(year or today.year), number(month), 1))


@_period.form(r"(?:(?P<year>\d{4})[- ]?)?q(?P<quarter>[1-4])")
@_period.form(r"(?:(?P<year>\d{4})年?)?第?(?P<quarter>[一二三四1-4])季度?")
def _quarter(today: date, quarter: str, year: str | None) -> Period:
    return Period.of_months(date(int(year or today.year), number(quarter) * 3 - 2, 1), 3)


@_period.form(r"(?P<year>\d{4})[- ]?w(?P<week>\d{1,2})")
def _week(_today: date, year: str, week: str) -> Period:
    monday = date.fromisocalendar(int(year), int(week), 1)
    return Period(monday, monday + timedelta(6))


@_period.form(r"(?:(?P<year>\d{4})年)?(?P<half>[上下])半年")
def _half_year(today: date, half: str, year: str | None) -> Period:
    return Period.of_months(date(int(year or today.year), 1 if half == "上" else 7, 1), 6)


@_period.form(rf"{NEAR_YEAR}(?:的?(?P<month>{NUMBER})月份?)?")
def _near_year(today: date, year: str, month: str | None) -> Period:
    first = date(today.year + YEARS[year], number(month or "1"), 1)
    return Period.of_months(first, 1 if month else 12)


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
