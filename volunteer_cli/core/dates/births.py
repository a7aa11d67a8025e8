"""Birth dates, kept as precise as they were given: 1965, 1965-03 or 1965-03-05."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from volunteer_cli.core.dates.days import MONTH, date_of_serial, full_year, month_number, parse_date
from volunteer_cli.core.errors import AmbiguousDate, BadDate
from volunteer_cli.core.grammar import NUMBER, Grammar, number, number_text, plain
from volunteer_cli.core.i18n import N_

_EARLIEST = "1880"
_BIRTHS = N_("Write it like 1965-03-05 or 5 March 1965; where no more is known, 1965-03 or 1965.")

#: A year of four digits or of two, in figures or in Chinese numerals.
_YEAR = r"\d{4}|\d{2}|[零〇一二三四五六七八九]{4}|[零〇一二三四五六七八九]{2}"

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_partial: Grammar[str] = Grammar()


def parse_birth(text: str, today: date, *, order: str | None = None) -> str:
    """The birth date that a person wrote, no more precise than written.

    Raises BadDate, also for one in the future or before 1880, and AmbiguousDate.
    """
    return _parse_birth(text, today, order)


def birth_from_number(value: float, today: date) -> str:
    """The birth date in a number cell; 1958.1 may be January or October. Raises as `parse_birth`."""
    text = number_text(value)
    if re.fullmatch(r"\d{4}\.1", text):
        raise AmbiguousDate(value=text)
    return parse_birth(text, today)


def birth_agrees(one: str, other: str) -> bool:
    """Whether two birth dates can be the same day: one is the other or a less precise form of it."""
    return one.startswith(other) or other.startswith(one)


def age_on(birth: str | None, day: date) -> int | None:
    """Full years lived on a day, at least: for a partial birth date its latest possible day counts."""
    if not birth:
        return None
    year, month, of_month = (int(part) for part in (birth + "-12-31"[len(birth) - 4 :]).split("-"))
    return max(0, day.year - year - ((day.month, day.day) < (month, of_month)))


@lru_cache(maxsize=1 << 16)
def _parse_birth(text: str, today: date, order: str | None) -> str:
    try:
        # ISO 8601, as most sheets have it, is tried before all that people write besides.
        birth = _iso(text) or _read(re.sub(" ?出?生$", "", plain(text)), today, order)
    except AmbiguousDate:
        raise AmbiguousDate(value=text) from None
    except (ValueError, BadDate):
        raise BadDate(value=text, hint=_BIRTHS) from None
    if not _EARLIEST <= birth <= today.isoformat()[: len(birth)]:
        raise BadDate(value=text, hint=_BIRTHS)
    return birth


def _iso(text: str) -> str | None:
    """The day where it is written as it is kept, which needs no grammar; raises ValueError for the 30th of February."""
    return date.fromisoformat(text).isoformat() if _ISO.fullmatch(text) else None


def _read(text: str, today: date, order: str | None) -> str:
    partial = _partial.read(re.sub(r" ?([-./年月]) ?", r"\1", text), today)
    return partial or parse_date(text, today, order=order, relative=False).isoformat()


@_partial.form(r"(?P<year>\d{4})年?")
@_partial.form(r"(?P<year>\d{2})年")
@_partial.form(r"(?P<year>\d{4})[-./](?P<month>\d{1,2})")
@_partial.form(r"(?P<month>\d{1,2})[-./](?P<year>\d{4})")
@_partial.form(r"(?P<year>\d{4})(?P<month>\d{2})")
@_partial.form(rf"(?P<year>{_YEAR})年(?P<month>{NUMBER})月份?")
def _year_month(today: date, year: str, month: str | None = None) -> str:
    whole = full_year(year, today)
    return date(whole, number(month), 1).isoformat()[:7] if month else f"{whole:04}"


@_partial.form(rf"{MONTH},?[ -]?(?P<year>\d{{4}})")
def _named_month(_today: date, month: str, year: str) -> str:
    return date(int(year), month_number(month), 1).isoformat()[:7]


# People born before 1954 have serials below those that a bare number is otherwise read as.
@_partial.form(r"(?P<serial>1\d{4})")
def _early_serial(_today: date, serial: str) -> str:
    return date_of_serial(int(serial)).isoformat()
