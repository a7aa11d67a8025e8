"""Why a request is due when it is, in words: day by day, and what moved the date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.core.dates import weekday
from volunteer_cli.core.dates.working_days import is_published
from volunteer_cli.core.i18n import N_, _, ngettext
from volunteer_cli.requests import queries
from volunteer_cli.requests.clock import Day, Event, days_of
from volunteer_cli.requests.models import Request
from volunteer_cli.requests.terms import Step

REASONS = {
    "start": N_("the day of receipt does not count"),
    "day_off": N_("a day off"),
    "suspended": N_("suspended"),
}


def why_rows(session: Session, request: Request) -> Iterator[dict[str, Any]]:
    """The days of a request's clock, each with whether it counts and why; the last one is the due date."""
    events = queries.clock_events(session, request.id)
    numbers = queries.request_numbers(session, {event.other for event in events} - {0})
    *days, last = days_of(events)
    for day in days:
        yield _row(day, _words(day, day.events, numbers))
    # What was done after the due date did not move it away from here.
    moving = [*last.events, *(event for event in events if event.on > last.on)]
    yield _row(last, [*_words(last, moving, numbers), _("due")])


def _row(day: Day, words: Iterable[str]) -> dict[str, Any]:
    what = "; ".join(words)
    return {
        "on": day.on,
        "weekday": weekday(day.on),
        "counts": day.counts,
        "n": day.n if day.counts else None,
        "what": what,
    }


def _words(day: Day, events: Iterable[Event], numbers: dict[int, str]) -> Iterator[str]:
    if day.why:
        yield _(REASONS[day.why])
    for event in events:
        if text := _moved(event, numbers):
            yield text
    if not is_published(day.on):
        yield _("the calendar of this year is not published yet")


def _moved(event: Event, numbers: dict[int, str]) -> str:
    """What a step did to the date; nothing of those that did nothing."""
    other = numbers.get(event.other, "")
    match event.step:
        case Step.EXTEND:
            return _extended(event.days)
        case Step.SUSPEND:
            return _("suspended until {day}").format(day=event.until)
        case Step.RESUME:
            return _("resumed")
        case Step.ABSORB:
            return _("{number} merged in, due {day}").format(number=other, day=event.due)
        case Step.PART:
            return _("{number} split off").format(number=other)
        case _:
            return ""


def _extended(days: int) -> str:
    sentence = ngettext("extended by {days} working day", "extended by {days} working days", days)
    return sentence.format(days=days)
