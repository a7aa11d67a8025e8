"""Several reports of one cause are one matter: merged with all their callers, and taken apart again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.i18n import _
from volunteer_cli.requests import queries
from volunteer_cli.requests.leads import Lead, lead_of
from volunteer_cli.requests.models import Request, RequestCaller, RequestHold
from volunteer_cli.requests.rules.errors import Merged, WrongState
from volunteer_cli.requests.rules.handling import begin_hold, end_hold, require_impartial
from volunteer_cli.requests.rules.steps import When, require_status, set_due, take
from volunteer_cli.requests.terms import OPEN, STATUSES, Ended, Status, Step


def merge(session: Session, keep: Request, drops: Iterable[Request], when: When) -> None:
    """Make one matter of several: `keep` gets the callers, and the earliest of the dates.

    Raises:
        Merged, WrongState, RequestClosed, Interested, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, keep, *OPEN)
    for drop in drops:
        if drop.id == keep.id:
            raise WrongState(number=drop.number, status=_(STATUSES[drop.status]))
        require_status(session, drop, *OPEN)
        hold = queries.current_hold(session, keep)
        if hold is not None:
            require_impartial(session, drop, lead_of(hold))
        _merge(session, keep, drop, when)


def _merge(session: Session, keep: Request, drop: Request, when: When) -> None:
    take(session, drop, Step.MERGE, when, other_id=keep.id)
    take(session, keep, Step.ABSORB, when, other_id=drop.id, due_on=drop.due_on)
    end_hold(session, drop, when.day, Ended.MERGED)
    # What it was is kept, so that a wrong merge can be taken apart.
    drop.status_before, drop.status = drop.status, Status.MERGED
    drop.merged_into_id = keep.id
    _move_callers(session, drop, queries.survivor(session, keep))
    set_due(session, keep)


def _require_last_merge(session: Session, keep: Request) -> None:
    """Raises Merged, WrongState, RequestClosed: of a chain the last merge is taken apart first."""
    # What is part of another itself cannot give anything back.
    if keep.status == Status.MERGED:
        raise Merged(number=keep.number, survivor=queries.survivor(session, keep).number)
    require_status(session, keep, *OPEN)


def split(session: Session, drop: Request, when: When) -> Request:
    """Take a merged request out again, with its callers, its state and its lead; answers the one it was part of.

    Raises:
        WrongState, RequestClosed, Merged, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, drop, Status.MERGED)
    keep = session.get_one(Request, drop.merged_into_id)
    _require_last_merge(session, keep)
    take(session, drop, Step.SPLIT, when, other_id=keep.id)
    take(session, keep, Step.PART, when, other_id=drop.id)
    drop.merged_into_id = None
    _restore(session, drop, when)
    _move_callers(session, drop, drop)
    set_due(session, keep)
    return keep


def _restore(session: Session, drop: Request, when: When) -> None:
    """Give a request its state and its lead back."""
    drop.status, drop.status_before = drop.status_before or Status.REGISTERED, None
    if (lead := _lead_before(session, drop)) is not None:
        begin_hold(session, drop, lead, when.day)


def _lead_before(session: Session, drop: Request) -> Lead | None:
    """Who led a request when it was merged."""
    if drop.status != Status.ASSIGNED:
        return None
    query = select(RequestHold).where(RequestHold.request_id == drop.id, RequestHold.ended == Ended.MERGED)
    hold = session.scalar(query.order_by(RequestHold.id.desc()).limit(1))
    return lead_of(hold) if hold else None


def _move_callers(session: Session, drop: Request, to: Request) -> None:
    """Let the callers of a request, and of all that were merged into it, hang on another."""
    # Callers are moved, never copied: each hangs on exactly one matter.
    homes = queries.tree(session, drop.id)
    for caller in session.scalars(select(RequestCaller).where(RequestCaller.home_id.in_(homes))):
        caller.request_id = to.id
    session.flush()
