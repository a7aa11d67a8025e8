"""Working days: the public calendar of China, which a table of days can override."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def is_working_day(day: date, overrides: Mapping[date, bool] | None = None) -> bool:
    """Whether people work on the day: what the overrides say, else the public calendar.

    Where the calendar is not published yet, Monday to Friday.
    """
    if overrides and day in overrides:
        return overrides[day]
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def is_published(day: date) -> bool:
    """Whether the calendar of the day's year is known; where it is not, Monday to Friday are taken for working days."""
    import chinese_calendar

    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def add_working_days(start: date, days: int, is_working_day: Callable[[date], bool] = is_working_day) -> date:
    """The working day that is the `days`th after `start`; `start` itself when 0."""
    day = start
    while days > 0:
        day += timedelta(1)
        days -= is_working_day(day)
    return day


def working_days_between(
    start: date, end: date, is_working_day: Callable[[date], bool] = is_working_day
) -> int:
    """How many working days lie after `start` up to and with `end`; 0 when `end` is not later."""
    return sum(is_working_day(start + timedelta(day)) for day in range(1, (end - start).days + 1))


def rolled(day: date, is_working_day: Callable[[date], bool] = is_working_day) -> date:
    """The day itself when people work on it, else the next day on which they do."""
    return day if is_working_day(day) else add_working_days(day, 1, is_working_day)
