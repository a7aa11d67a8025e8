"""Days as sentences tell them."""

from __future__ import annotations

from datetime import date

from volunteer_cli.core.i18n import N_, _

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def weekday(day: date) -> str:
    """The day of the week in the user's language."""
    return _(WEEKDAYS[day.weekday()])


def shown_day(day: date) -> str:
    """A day with its weekday, as Mon 2025-03-31."""
    return _("{weekday} {day}").format(weekday=weekday(day), day=day)
