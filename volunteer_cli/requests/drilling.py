"""From a figure of the reports on requests to the rows that it counts, by the very conditions of the figure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, func, null, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.requests import queries
from volunteer_cli.requests.counting import MATTER, RATES, Asked, Rate, conditions, received
from volunteer_cli.requests.flow import COMING, GOING
from volunteer_cli.requests.models import Request, RequestCaller

#: What rows of flow say of their requests: all that the report is broken down by.
SAID = ("category", "kind", "channel", "building", "grid", "urgency")
#: The events that a figure of the flow counts, and the figures that stand at an end of the period.
WHAT = {figure: what for what, figure in (COMING | GOING).items()}
ENDS = ("open_before", "open_after")
#: The events by which requests come in.
IN = tuple(COMING)


def counted_requests(session: Session, scope: Asked, name: str) -> Iterable[Request]:
    """The requests that a figure of the report counts; of `redone` those that were taken up again at all."""
    true_of = conditions(scope) | {"redone": and_(MATTER, Request.redone > 0)}
    query = select(Request).where(*received(scope), true_of[name])
    return session.scalars(query.order_by(Request.received_at, Request.id).execution_options(yield_per=1000))


def rate_rows(session: Session, scope: Asked, name: str) -> Iterable[Any]:
    """The callers or the matters of a rate: those of whom it is true, is not, and those who stand beside it.

    What is `yes` is the numerator; `yes` and `no` are the denominator.
    """
    rate = RATES[name](scope)
    query, of = (
        (rate.of.add_columns(null().label("caller")), Request) if rate.caller is None else _called(rate)
    )
    columns = (of.number, of.id.label("request_id"), rate.on.label("on"), _part(rate).label("counts"))
    return session.execute(query.add_columns(*columns).order_by(rate.on, of.id, "caller")).mappings()


def _part(rate: Rate) -> Any:
    """In which part of the rate a row is."""
    words = {"numerator": "yes", "denominator": "no"}
    # The numerator comes first, for it is within the denominator.
    return case(*((condition, words.get(part, part)) for part, condition in rate.conditions.items()))


def _called(rate: Rate) -> tuple[Select[Any], Any]:
    """The rows with the number of their caller in the request that this one belongs to, and that request."""
    order = (RequestCaller.home_id != RequestCaller.request_id, RequestCaller.home_id, RequestCaller.id)
    n = func.row_number().over(partition_by=RequestCaller.request_id, order_by=order)
    numbered = select(RequestCaller.id, RequestCaller.request_id, n.label("caller")).subquery()
    of = aliased(Request)
    query = rate.of.join(numbered, numbered.c.id == rate.caller).join(of, of.id == numbered.c.request_id)
    return query.add_columns(numbered.c.caller), of


def flow_rows(session: Session, scope: Asked, name: str) -> Iterable[Any]:
    """What a figure of the flow counts: the steps of the period, or the requests that were open at an end of it."""
    events = queries.flow_events(scope.community_id).subquery()
    query = _open(events, scope, name) if name in ENDS else _events(events, scope, name)
    columns = (getattr(Request, column) for column in SAID)
    query = query.add_columns(Request.number, Request.id.label("request_id"), *columns)
    return session.execute(query.order_by("on", Request.id)).mappings()


def _events(events: Any, scope: Asked, name: str) -> Select[Any]:
    query = select(events.c.at.label("on")).join(Request, Request.id == events.c.id)
    return query.where(events.c.what == WHAT[name], *_within(events.c.at, scope))


def _within(at: Any, scope: Asked) -> tuple[Any, Any]:
    return at >= _moment(scope, "open_before"), at < _moment(scope, "open_after")


def _open(events: Any, scope: Asked, name: str) -> Select[Any]:
    query = select(Request.received_at.label("on")).select_from(Request)
    return query.where(Request.id.in_(_open_at(events, _moment(scope, name))))


def _moment(scope: Asked, name: str) -> datetime:
    """The end of the period at which requests were open; before all time nothing was."""
    first = scope.period.first if scope.period else date.min
    day = first if name == "open_before" else scope.as_of + timedelta(1)
    return datetime.combine(day, time())


def _open_at(events: Any, moment: datetime) -> Select[Any]:
    """The ids of requests that had come in once more than they had gone out."""
    query = select(events.c.id).where(events.c.at < moment)
    return query.group_by(events.c.id).having(_balance(events.c.what) > 0)


def _balance(what: Any) -> Any:
    return func.sum(case((what.in_(IN), 1), else_=-1))
