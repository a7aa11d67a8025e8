"""Credits as people type them: like a duration, but of any length."""

from __future__ import annotations

import re
import unicodedata

from volunteer_cli.core.dates import parse_duration
from volunteer_cli.core.errors import DurationRefused
from volunteer_cli.exchange.terms import MOST_HOURS

#: Hours without a fraction, perhaps with minutes: 120, 120h, 120小时, 120:30.
_HOURS = re.compile(r"(\d{1,6})(?::([0-5]\d))?\s*(?:h|小时|个小时)?")


def read_credits(text: str | int) -> int:
    """The minutes of credits as typed; raises BadDuration for what is none, DurationRefused for nothing or too many."""
    minutes = read_limit(text)
    if minutes == 0:
        raise DurationRefused(value=text)
    return minutes


def read_limit(text: str | int) -> int:
    """The minutes of a limit as typed, which may be zero; raises as `read_credits`."""
    if isinstance(text, int):
        return text
    match = _HOURS.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    if match is None:
        return parse_duration(text)
    minutes = int(match[1]) * 60 + int(match[2] or 0)
    if minutes > MOST_HOURS * 60:
        raise DurationRefused(value=text)
    return minutes
