"""Days as sentences tell them."""

from __future__ import annotations

from datetime import date, datetime

from volunteer_cli.core.i18n import N_, _

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def weekday(day: date) -> str:
    """The day of the week in the user's language."""
    return _(WEEKDAYS[day.weekday()])


def shown_day(day: date) -> str:
    """A day with its weekday, as Mon 2025-03-31."""
    return _("{weekday} {day}").format(weekday=weekday(day), day=day)


def shown_moment(moment: date) -> str:
    """A day with its weekday and, where it is known, the time: Sat 2026-07-11 10:00."""
    if not isinstance(moment, datetime):
        return shown_day(moment)
    return f"{shown_day(moment.date())} {moment:%H:%M}"


def shown_span(start: datetime, end: datetime) -> str:
    """From when to when something is: Sat 2026-07-11, 10:00–13:00."""
    if start.date() == end.date():
        day = shown_day(start.date())
        return _("{day}, {start}–{end}").format(day=day, start=f"{start:%H:%M}", end=f"{end:%H:%M}")
    return f"{shown_moment(start)} – {shown_moment(end)}"
