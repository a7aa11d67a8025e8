"""What becomes of service hours when the attendance of an event is final, or is corrected later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import _, listed, ngettext
from volunteer_cli.events.terms import EventKind
from volunteer_cli.hours.queries import records_of
from volunteer_cli.hours.rules import follow_attendance, record_from_attendance, records_of_absent
from volunteer_cli.hours.rules.following import records_at_other_times
from volunteer_cli.hours.rules.recording import attended
from volunteer_cli.hours.terms import HoursStatus

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.events.models import Event, Signup


def after_finish(
    session: Session, event: Event, came: Sequence[Signup], *, now: datetime, actor: str
) -> Iterator[str]:
    """Write the hours of a service event, and say how many of them need review.

    Raises:
        PeriodClosed, HoursOverlap: they cannot be written.
    """
    # Whoever attends a class is served, and gives no service.
    if event.kind != EventKind.SERVICE:
        return
    written = record_from_attendance(session, event, came, now=now, actor=actor)
    # Nobody serves for a day at a stretch: they forgot to check out, and came back the next day.
    too_long = sum(one.checked_out_at is not None and not attended(one).minutes for one in came)
    if too_long:
        long = ngettext(
            "{count} stayed for more than a day and needs review.",
            "{count} stayed for more than a day and need review.",
            too_long,
        )
        yield long.format(count=too_long)
    if open_ended := sum(one.checked_out_at is None for one in came):
        review = ngettext(
            "{count} without a check-out needs review.",
            "{count} without a check-out need review.",
            open_ended,
        )
        yield review.format(count=open_ended)
    yield from _doubtful(session, written)
    yield from _at_other_times(session, event, came)


def _at_other_times(session: Session, event: Event, came: Sequence[Signup]) -> Iterator[str]:
    """Name the records, from a sheet perhaps, that say other times than the attendance."""
    if others := records_at_other_times(session, event, came):
        sentence = ngettext(
            "{count} record of the event says other times than the attendance, and stays; look at it: {ids}.",
            "{count} records of the event say other times than the attendance, and stay; look at them: {ids}.",
            len(others),
        )
        yield sentence.format(count=len(others), ids=listed(others))


def _doubtful(session: Session, written: Sequence[int]) -> Iterator[str]:
    """Say how many of those who left need review: stays of more than a day, and what does not fit other records."""
    rows = records_of(session, written)
    in_review = [row for row in rows if row.status == HoursStatus.NEEDS_REVIEW]
    if unlike := sum(row.minutes > 0 for row in in_review):
        sentence = ngettext(
            "{count} does not fit what else is recorded of the same person and event, and needs review.",
            "{count} do not fit what else is recorded of the same people and event, and need review.",
            unlike,
        )
        yield sentence.format(count=unlike)


def after_attendance(
    session: Session, event: Event, signups: Sequence[Signup], *, now: datetime, actor: str, reason: str
) -> Iterator[str]:
    """Let the hours of an event that is done follow its attendance, and say which could not.

    Raises:
        PeriodClosed, HoursOverlap: they cannot follow.
    """
    gone = records_of_absent(session, event, signups)
    left_alone = follow_attendance(session, event, signups, now=now, actor=actor, reason=reason)
    # Somebody may have entered them by hand: what becomes void with a mark on a list is said.
    if gone:
        yield _("Their hours are void by that: {ids}.").format(ids=listed(gone))
    if left_alone:
        ids = listed(left_alone)
        yield _(
            "Look at these records yourself, for they do not follow the attendance: {ids}. They are several of one "
            "person, of another day, or confirmed while nobody knows when somebody left."
        ).format(ids=ids)
