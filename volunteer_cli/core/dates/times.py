"""Times of a day, and moments: a day with a time. All are the community's wall-clock times."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from volunteer_cli.core.dates.days import LONGEST_TEXT, parse_date
from volunteer_cli.core.errors import AmbiguousDate, BadDate, BadTime
from volunteer_cli.core.grammar import NUMBER, Grammar, number, spoken

_MORNING = {hour: hour for hour in range(13)}
_NIGHT = {12: 0} | {hour: hour for hour in range(1, 12)}
_NOON = {11: 11, 12: 12, 1: 13, 2: 14, 13: 13, 14: 14}
_AFTERNOON = {hour: hour + 12 for hour in range(1, 12)} | {hour: hour for hour in range(12, 24)}
_EVENING = {hour: hour + 12 for hour in range(5, 13)} | {hour: hour for hour in range(17, 25)}
#: The hour of the day that a part of the day makes of a spoken hour; what is missing is nonsense.
_PARTS = {
    **dict.fromkeys(("早上", "早晨", "清晨", "上午", "早"), _MORNING),
    **dict.fromkeys(("凌晨", "a"), _NIGHT),
    **dict.fromkeys(("中午",), _NOON),
    **dict.fromkeys(("下午", "午后", "傍晚", "p"), _AFTERNOON),
    **dict.fromkeys(("晚上", "晚间", "夜里", "夜间", "深夜", "晚"), _EVENING),
    "": {hour: hour for hour in range(25)},
}

_PART = "(?P<part>早上|早晨|清晨|上午|凌晨|中午|下午|午后|傍晚|晚上|晚间|夜里|夜间|深夜|早|晚)?"
_HALF_DAY = r"(?P<half_day>[ap])\.?m\.?"
_SPOKEN = {"半": 30, "一刻": 15, "三刻": 45}

_clock: Grammar[int] = Grammar()


def parse_time(text: str) -> time:
    """The time of day that a person wrote, to the minute; 24:00 is 00:00. Raises BadTime."""
    return _time_of(_minute_of_day(text))


def parse_datetime(
    text: str, today: date, *, year: int | None = None, order: str | None = None, relative: bool = True
) -> datetime:
    """The moment that a person wrote: a day as `parse_date` reads it and a time; 24:00 is the next day's 00:00.

    A missing year is `year`, else today's unless `relative=False`. Raises BadDate, AmbiguousDate, and
    BadTime when the time is missing or none.
    """
    if year is None and relative:
        year = today.year
    return _parse_datetime(text, today, year, order, relative)


def parse_moment(text: str, on: date, today: date) -> datetime:
    """The moment that a person wrote; a time without a day is on the day `on`. Raises BadTime, AmbiguousDate."""
    try:
        return _at(on, _minute_of_day(text))
    except BadTime:
        pass
    try:
        return parse_datetime(text, today)
    except BadDate:
        raise BadTime(value=text) from None


@lru_cache(maxsize=1 << 16)
def _parse_datetime(text: str, today: date, year: int | None, order: str | None, relative: bool) -> datetime:
    fault: BadDate | AmbiguousDate | BadTime = BadDate(value=text)
    if len(text) > LONGEST_TEXT:
        raise fault
    splits = _splits(spoken(text))
    # 10:00 sat is read too, once nothing else was.
    for before, after in [*splits, *((after.removeprefix("on "), before) for before, after in splits)]:
        try:
            day = parse_date(before, today, year=year, order=order, relative=relative)
            return _at(day, _minute_of_day(after))
        except AmbiguousDate:
            fault = AmbiguousDate(value=text)
        except BadTime:
            fault = BadTime(value=text)
        except BadDate:
            continue
    raise fault


def _splits(text: str) -> list[tuple[str, str]]:
    """Every place where a day may end and a time begin; last the day alone."""
    # The T of ISO 8601 stands between digits: that of oct and sat is part of the day.
    breaks = re.finditer(r"(?:(?<=\d)t(?=\d)|[ ,]+)(?:at |@ ?)?|(?<=[^\x00-\x7f])|(?=[^\x00-\x7f])", text)
    return [(text[: place.start()], text[place.end() :]) for place in breaks] + [(text, "")]


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def _time_of(minute: int) -> time:
    return time(*divmod(minute % 1440, 60))


@lru_cache(maxsize=1 << 12)
def _minute_of_day(text: str) -> int:
    """Minutes from midnight, 0 to 1440. Raises BadTime."""
    try:
        minute = _clock.read(spoken(text))
    except (ValueError, KeyError):
        minute = None
    if minute is None or minute > 1440:
        raise BadTime(value=text)
    return minute


@_clock.form(rf"{_PART} ?(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?")
@_clock.form(rf"{_PART} ?(?P<hour>{NUMBER})[点时](?:钟|整|(?P<minute>半|一刻|三刻|{NUMBER})分?)?")
@_clock.form(rf"(?P<hour>\d{{1,2}})(?::(?P<minute>[0-5]\d)(?::[0-5]\d)?)? ?{_HALF_DAY}")
@_clock.form(rf"{_HALF_DAY} ?(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?::[0-5]\d)?")
@_clock.form(r"(?P<hour>\d{1,2})h(?P<minute>[0-5]\d)")
@_clock.form(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))? ?uhr")
@_clock.form(r"(?P<hour>\d{2})(?P<minute>[0-5]\d)")
def _hour_minute(
    hour: str, minute: str | None = None, part: str | None = None, half_day: str | None = None
) -> int:
    minutes = _SPOKEN[minute] if minute in _SPOKEN else number(minute or "0")
    if minutes > 59:
        raise ValueError
    return _PARTS[part or half_day or ""][number(hour)] * 60 + minutes


@_clock.form("midnight|午夜|半夜12点")
def _midnight() -> int:
    return 0


@_clock.form("noon|正午|中午")
def _noon() -> int:
    return 12 * 60
