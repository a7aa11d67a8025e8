"""Dates, times, durations and periods that people write, in English and Chinese.

Pure functions: `today` is always given. Commands and million-row imports use the same ones, so that
what is read once is remembered.
"""

from volunteer_cli.core.dates.births import age_on, birth_agrees, birth_from_number, parse_birth
from volunteer_cli.core.dates.days import (
    add_months,
    coming,
    date_from_number,
    format_date,
    long_date,
    parse_date,
)
from volunteer_cli.core.dates.durations import duration_from_number, format_minutes, parse_duration
from volunteer_cli.core.dates.periods import ALL, Period, parse_period
from volunteer_cli.core.dates.shown import shown_day, shown_moment, shown_span, weekday
from volunteer_cli.core.dates.times import parse_datetime, parse_moment, parse_time
from volunteer_cli.core.dates.working_days import add_working_days, is_working_day, working_days_between

__all__ = [
    "ALL",
    "Period",
    "add_months",
    "add_working_days",
    "age_on",
    "birth_agrees",
    "birth_from_number",
    "coming",
    "date_from_number",
    "duration_from_number",
    "format_date",
    "format_minutes",
    "is_working_day",
    "long_date",
    "parse_birth",
    "parse_date",
    "parse_datetime",
    "parse_duration",
    "parse_moment",
    "parse_period",
    "parse_time",
    "shown_day",
    "shown_moment",
    "shown_span",
    "weekday",
    "working_days_between",
]
