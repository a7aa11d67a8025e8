"""Working days: the public calendar of the country (policy `country`), and the office's own days (`working_days`)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.policies import days_overridden
from volunteer_cli.core.run import current_run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HOME = "CN"
#: Countries whose parts have their own holidays, and the part where most people live.
MOST_LIVE_IN = {"GB": "ENG"}


def is_working_day(day: date) -> bool:
    """Whether people work on the day: what the office says of it, else the public calendar.

    Where the calendar is not published yet, Monday to Friday.
    """
    own = _own_days()
    if day in own:
        return own[day]
    country = _country()
    return _is_chinese(day) if country == HOME else _is_elsewhere(day, country)


def _country() -> str:
    current = current_run()
    return current.country if current else HOME


def _own_days() -> Mapping[date, bool]:
    current = current_run()
    return days_overridden(current.working_days) if current else {}


def _is_chinese(day: date) -> bool:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def _is_elsewhere(day: date, country: str) -> bool:
    calendar = _calendar(country)
    return day.weekday() < 5 if calendar is None else bool(calendar.is_working_day(day))


@cache
def _calendar(country: str) -> Any:
    """The public holidays of a country or a part of it; None where nobody has written them down."""
    import holidays

    nation, _sign, part = country.partition("-")
    try:
        return holidays.country_holidays(nation, subdiv=part or MOST_LIVE_IN.get(nation))
    except NotImplementedError:
        return None


def is_published(day: date) -> bool:
    """Whether the calendar of the day's year is known; where it is not, Monday to Friday are taken for working days."""
    if (country := _country()) != HOME:
        return _calendar(country) is not None
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
