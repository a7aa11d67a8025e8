"""Day, times and duration of a service, as people give them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from volunteer_cli.core.errors import DurationRefused, MissingValue
from volunteer_cli.hours.rules.times import Disagrees, EndsFirst, OtherDay, Times, times_of

DAY = date(2024, 2, 29)


def at(day: int, hour: int, minute: int = 0, month: int = 2) -> datetime:
    return datetime(2024, month, day, hour, minute)


@pytest.mark.parametrize(
    ("start", "end", "minutes", "expected"),
    [
        (time(9), time(11, 30), None, (540, 690, 150)),
        (time(9), time(11, 30), 150, (540, 690, 150)),
        (time(22), time(0), None, (1320, 1440, 120)),
        (time(0), time(0), None, (0, 1440, 1440)),
        (None, None, 90, (None, None, 90)),
        (time(9), None, 90, (540, 630, 90)),
        (None, time(11), 120, (540, 660, 120)),
        (time(23), None, 120, (1380, 1500, 120)),
        (time(9), None, None, (540, None, 0)),
        (at(29, 22), at(1, 2, month=3), None, (1320, 1560, 240)),
        (at(29, 22), at(1, 0, month=3), None, (1320, 1440, 120)),
        (time(22), at(1, 2, month=3), None, (1320, 1560, 240)),
        (at(29, 9), time(10), None, (540, 600, 60)),
        (at(29, 9), at(1, 9, month=3), None, (540, 1980, 1440)),
    ],
)
def test_reads(start: Any, end: Any, minutes: int | None, expected: tuple[Any, ...]) -> None:
    assert times_of(DAY, start, end, minutes) == Times(DAY, *expected)


@pytest.mark.parametrize(
    ("day", "start", "end", "minutes", "error"),
    [
        (DAY, time(11), time(9), None, EndsFirst),
        (DAY, time(9), time(9), None, EndsFirst),
        (DAY, at(29, 22), at(29, 21), None, EndsFirst),
        (DAY, None, time(1), 120, EndsFirst),
        (DAY, time(9), time(11), 90, Disagrees),
        (DAY, at(29, 9), at(1, 10, month=3), None, DurationRefused),
        (DAY, None, None, 0, DurationRefused),
        (DAY, None, None, 1441, DurationRefused),
        (DAY, None, None, None, MissingValue),
        (DAY, None, time(9), None, MissingValue),
        (None, time(9), time(10), None, MissingValue),
        (date(2024, 3, 1), at(29, 22), at(1, 2, month=3), None, OtherDay),
    ],
)
def test_refuses(day: date | None, start: Any, end: Any, minutes: int | None, error: type[Exception]) -> None:
    with pytest.raises(error):
        times_of(day, start, end, minutes)


def test_a_moment_says_the_day() -> None:
    assert times_of(None, at(29, 22), at(1, 2, month=3), None).on == DAY


def test_midnight_belongs_to_the_day_before() -> None:
    assert times_of(DAY, time(22), time(0), None).last_day == DAY
    assert times_of(DAY, at(29, 22), at(1, 0, 1, month=3), None).last_day == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("times", "text"),
    [
        (Times(DAY, 1320, 1440, 120), "2024-02-29 22:00–00:00"),
        (Times(DAY, 540, None, 0), "2024-02-29 09:00–?"),
        (Times(DAY, None, None, 90), "2024-02-29 (1:30)"),
    ],
)
def test_reads_as(times: Times, text: str) -> None:
    assert str(times) == text
