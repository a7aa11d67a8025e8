"""Lengths of service, in whole minutes."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Literal

from volunteer_cli.core.errors import BadDuration, DurationRefused
from volunteer_cli.core.grammar import NUMBER, Grammar, number, number_text, spoken

#: Minutes of the longest duration of one record.
LONGEST = 24 * 60

_DECIMAL = r"\d+(?:\.\d+|,\d{1,2})?"
_AMOUNT = rf"(?:{_DECIMAL}|{NUMBER})"
_HOURS = "(?:hours?|hrs?|h|个?小时|个?钟头|个钟|时)"
_MINUTES = "(?:minutes?|mins?|m|分钟?)"

_length: Grammar[Decimal] = Grammar()


def parse_duration(text: str, *, unit: Literal["hours", "minutes"] = "hours") -> int:
    """The minutes that a person wrote: 2, 1:30, 1h30m, 90分钟, 一个半小时; a bare number is in `unit`.

    Parts of a minute are rounded. Raises BadDuration when it is none (半天 has no length), DurationRefused
    when it is not more than nothing and at most 24 hours.
    """
    return _parse_duration(text, unit)


def duration_from_number(value: float, *, unit: Literal["hours", "minutes"] = "hours") -> int:
    """The minutes in a number cell of `unit`. Raises as `parse_duration`."""
    exact = Decimal(number_text(value))
    return parse_duration(f"{exact:f}" if exact.is_finite() else str(value), unit=unit)


def format_minutes(minutes: int) -> str:
    """Minutes as hours and minutes: 90 is 1:30."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else ''}{hours}:{rest:02}"


@lru_cache(maxsize=1 << 14)
def _parse_duration(text: str, unit: str) -> int:
    written = spoken(text).replace("−", "-")
    exact = _exact(written.removeprefix("-").lstrip(), unit)
    if exact is None:
        raise BadDuration(value=text)
    # To the nearest minute, a half upwards. What is too long is cut before it is made a number: 9e999 is one too.
    minutes = int(exact + Decimal("0.5")) if exact <= LONGEST else LONGEST + 1
    if written.startswith("-") or not 0 < minutes <= LONGEST:
        raise DurationRefused(value=text)
    return minutes


def _exact(written: str, unit: str) -> Decimal | None:
    try:
        return _length.read(written, unit)
    except ValueError:
        return None


@_length.form(rf"(?P<amount>{_DECIMAL}|\.\d+)")
def _bare(unit: str, amount: str) -> Decimal:
    return _amount(amount) * (60 if unit == "hours" else 1)


@_length.form(r"(?P<hours>\d+):(?P<minutes>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?")
@_length.form(rf"(?P<hours>{_AMOUNT}) ?{_HOURS}(?: ?(?:and |零)?(?P<minutes>{_AMOUNT}) ?{_MINUTES}?)?")
@_length.form(rf"(?P<minutes>{_AMOUNT}) ?{_MINUTES}")
def _hours_minutes(_unit: str, hours: str = "0", minutes: str | None = None) -> Decimal:
    return _amount(hours) * 60 + _amount(minutes or "0")


@_length.form(rf"(?P<hours>{NUMBER}) ?个半 ?(?:小时|钟头|钟)")
@_length.form(rf"(?P<hours>{NUMBER}) ?{_HOURS}半")
@_length.form("半个?(?:小时|钟头)|half an hour")
def _and_a_half(_unit: str, hours: str = "0") -> Decimal:
    return _amount(hours) * 60 + 30


@_length.form(r"(?P<quarters>[一二两三123])个?刻钟?")
def _quarters(_unit: str, quarters: str) -> Decimal:
    return _amount(quarters) * 15


def _amount(text: str) -> Decimal:
    return Decimal(text.replace(",", ".")) if text[0] in ".0123456789" else Decimal(number(text))
