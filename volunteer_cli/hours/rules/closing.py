"""Closing a period's books, and opening them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from volunteer_cli.core.dates import Period
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, listed
from volunteer_cli.hours import queries
from volunteer_cli.hours.models import ClosedPeriod
from volunteer_cli.hours.rules.times import Ahead

if TYPE_CHECKING:
    from volunteer_cli.communities.models import Community

#: Ids that a refusal names.
SHOWN = 50


class PeriodClosed(RuleError):
    """{day} is in a closed period"""

    code = "period_closed"
    hint = N_("Reopen it, change, close again: volunteer hours reopen {day} --reason TEXT")
    explanation = N_(
        "Figures of a closed period have been reported and do not change any more. To correct something in "
        "it, reopen it with a reason, correct, and close it again; the history keeps all of it."
    )


class StillOpen(RuleError):
    """Records in {period} are still to be decided: {ids}"""

    code = "pending"
    hint = N_(
        "Confirm, correct or reject them: volunteer hours list --period {period} --status pending,needs_review"
    )


def close(session: Session, community: Community, period: Period, *, today: date) -> None:
    """Close a period, so that nothing in it changes any more; days that are closed already stay so.

    Raises:
        Ahead: it has not begun.
        StillOpen: records in it are pending or need review.
    """
    # What is still to come would be closed before it is written.
    if period.first > today:
        raise Ahead(day=period.first)
    # Figures that are reported must not hold what somebody may still take out.
    require_decided(session, community.id, period)
    # Only the days that are open: two closings over one day could not both be opened.
    for first, last in _left_of(period, queries.closings(session, community.id)):
        session.add(ClosedPeriod(community_id=community.id, first_on=first, last_on=last))
    session.flush()


def require_decided(session: Session, community_id: int, period: Period) -> None:
    """Refuse a period in which something is still to be decided.

    Raises:
        StillOpen: something is.
    """
    if ids := queries.open_records(session, community_id, period):
        shown = listed(str(key) for key in ids[:SHOWN]) + (" …" if len(ids) > SHOWN else "")
        raise StillOpen(period=period, ids=shown)


def reopen(session: Session, community: Community, period: Period) -> None:
    """Open a period again; of a longer closed period the other days stay closed."""
    for closed in queries.closings(session, community.id):
        if closed.first_on <= period.last and closed.last_on >= period.first:
            for first, last in _without(closed, period):
                session.add(ClosedPeriod(community_id=community.id, first_on=first, last_on=last))
            session.delete(closed)
    session.flush()


def require_open(session: Session, community_id: int, days: Iterable[date]) -> None:
    """Refuse to change what is recorded of closed days.

    Raises:
        PeriodClosed: one of the days is closed in the community.
    """
    closings = queries.closings(session, community_id)
    # The earliest is named, whatever the order of the records.
    for day in sorted(days if closings else ()):
        if any(closed.first_on <= day <= closed.last_on for closed in closings):
            raise PeriodClosed(day=day)


def _left_of(period: Period, closings: Sequence[ClosedPeriod]) -> Iterator[tuple[date, date]]:
    """The parts of a period that are not closed; `closings` come earliest first."""
    first = period.first
    for closed in closings:
        if closed.first_on > period.last:
            break
        if closed.first_on > first:
            yield first, closed.first_on - timedelta(days=1)
        first = max(first, closed.last_on + timedelta(days=1))
    if first <= period.last:
        yield first, period.last


def _without(closed: ClosedPeriod, period: Period) -> Iterator[tuple[date, date]]:
    if closed.first_on < period.first:
        yield closed.first_on, period.first - timedelta(days=1)
    if closed.last_on > period.last:
        yield period.last + timedelta(days=1), closed.last_on
