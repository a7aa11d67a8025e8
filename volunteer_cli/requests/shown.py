"""What lists show beside a request's own columns: who leads, how many called, to whom it was brought."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.requests.leads import Lead, lead_of
from volunteer_cli.requests.models import Request, RequestCallback, RequestCaller, RequestHold, RequestStep
from volunteer_cli.requests.queries import waits
from volunteer_cli.requests.terms import Step


def leads(session: Session, requests: Sequence[Request]) -> dict[int, Lead]:
    """Who leads each request, or did when it was finished."""
    keys = {request.hold_id: request.id for request in requests if request.hold_id}
    rows: dict[int, Lead] = {}
    for part in chunks(keys):
        for hold in session.scalars(select(RequestHold).where(RequestHold.id.in_(part))):
            rows[hold.request_id] = lead_of(hold)
    return rows


class Counts(NamedTuple):
    """Of the callers of a request: how many, how often they called, answered, reached, and by when one waits."""

    callers: int
    calls: int
    answered: int
    respond_by: date | None
    called_back: int


def caller_counts(session: Session, ids: Collection[int]) -> Mapping[int, Counts]:
    """The figures of the callers of requests."""
    counts: dict[int, Counts] = {}
    for part in chunks(ids):
        reached = _reached(session, part)
        for row in session.execute(_calls().where(RequestCaller.request_id.in_(part))):
            key, callers, calls, answered, respond_by = row
            counts[key] = Counts(callers, calls, answered, respond_by, reached.get(key, 0))
    return counts


def _calls() -> Any:
    limit = func.min(case((waits(), RequestCaller.respond_by)))
    return select(
        RequestCaller.request_id,
        func.count(),
        func.sum(RequestCaller.calls),
        func.count(RequestCaller.answered_at),
        limit,
    ).group_by(RequestCaller.request_id)


# What callers said before a redo was about work that had to be done again.
def _reached(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """How many callers were reached since the request was redone last, by request."""
    query = (
        select(RequestCaller.request_id, func.count(RequestCaller.id.distinct()))
        .join(RequestCallback, RequestCallback.caller_id == RequestCaller.id)
        .join(Request, Request.id == RequestCaller.request_id)
        .where(RequestCaller.request_id.in_(ids), RequestCallback.reached)
        .where(RequestCallback.round == Request.redone)
        .group_by(RequestCaller.request_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def escalations(session: Session, ids: Collection[int]) -> dict[int, Lead]:
    """To whom each request was brought last."""
    leads: dict[int, Lead] = {}
    for part in chunks(ids):
        query = select(RequestStep).where(RequestStep.request_id.in_(part), RequestStep.step == Step.ESCALATE)
        for step in session.scalars(query.order_by(RequestStep.id)):
            leads[step.request_id] = lead_of(step)
    return leads
