"""The figures of requests: which rows count, on which day, and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Select, and_, case, func, join, literal, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import day_of, days_between, month_of
from volunteer_cli.requests import queries
from volunteer_cli.requests.models import Request, RequestCallback, RequestCaller, RequestHold
from volunteer_cli.requests.terms import Ended, Result, Satisfied, Solved, Status

if TYPE_CHECKING:
    from datetime import date

    from volunteer_cli.core.dates import Period


class Asked(Protocol):
    """What figures are asked for: a period, a community, and the day it is."""

    @property
    def period(self) -> Period | None:
        """The period, or all of it."""

    @property
    def community_id(self) -> int | None:
        """The community, or all of them."""

    @property
    def today(self) -> date:
        """The day it is."""

    @property
    def as_of(self) -> date:
        """The last day that counts."""


#: Whether a matter counts by itself: those merged into another do so there.
MATTER = Request.status != Status.MERGED
FINISHED = Request.first_finished_on.is_not(None)
LATE = and_(FINISHED, Request.first_finished_on > Request.finished_due_on)


def number(condition: Any) -> Any:
    """How many rows fulfil a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def ours(scope: Asked) -> list[Any]:
    """Whether a request belongs to the community that was asked for."""
    return [] if scope.community_id is None else [Request.community_id == scope.community_id]


def received(scope: Asked) -> list[Any]:
    """Whether a request came in the period."""
    return [*ours(scope), *queries.within(Request.received_at, scope.period)]


def keyed(names: Sequence[str]) -> list[Any]:
    """The columns by which requests are grouped."""
    return [_key(name).label(name) for name in names]


def _key(name: str) -> Any:
    if name == "month":
        return month_of(Request.received_at)
    if name == "lead":
        # As `organization:12`, for leads are of three kinds.
        return lead_key()
    return getattr(Request, name)


def lead_key() -> Any:
    """Whoever leads, as `organization:12`; needs the hold joined."""
    return case(
        (
            RequestHold.organization_id.is_not(None),
            literal("organization:").concat(RequestHold.organization_id),
        ),
        (RequestHold.team_id.is_not(None), literal("team:").concat(RequestHold.team_id)),
        (RequestHold.person_id.is_not(None), literal("person:").concat(RequestHold.person_id)),
    )


def matters(scope: Asked, names: Sequence[str]) -> Select[Any]:
    """Matters received in the period and what became of them, by what was asked for."""
    callers = _callers_by_request()
    keys = keyed(names)
    counts = [number(condition).label(name) for name, condition in conditions(scope).items()]
    figures = [*_sizes(callers), *counts]
    query = (
        select(*keys, *figures)
        .select_from(_led(names))
        .outerjoin(callers, callers.c.request_id == Request.id)
    )
    return query.where(*received(scope)).group_by(*keys)


def _callers_by_request() -> Any:
    counts = (func.count().label("callers"), func.sum(RequestCaller.calls).label("calls"))
    return select(RequestCaller.request_id, *counts).group_by(RequestCaller.request_id).subquery()


def _led(names: Sequence[str]) -> Any:
    """Requests, with their leads where these are asked for."""
    if "lead" not in names:
        return Request
    return join(Request, RequestHold, RequestHold.id == Request.hold_id, isouter=True)


def _total(column: Any) -> Any:
    return func.coalesce(func.sum(column), 0)


# Three counts that are never mixed: matters 件, callers 人, calls 人次.
def _sizes(callers: Any) -> list[Any]:
    return [
        _total(callers.c.callers).label("callers"),
        _total(callers.c.calls).label("calls"),
        _total(case((MATTER, Request.redone))).label("redone"),
    ]


def conditions(scope: Asked) -> dict[str, Any]:
    """What is true of the requests that each figure counts, by its name."""
    results = (Result.SOLVED, Result.PARTLY, Result.EXPLAINED)
    return {
        "matters": MATTER,
        "merged": ~MATTER,
        "open": queries.IS_OPEN,
        "suspended": queries.is_suspended(scope.today),
        "on_time": and_(MATTER, FINISHED, ~LATE),
        "late": and_(MATTER, LATE),
        "overdue": queries.is_overdue(scope.today),
        **{str(result): and_(MATTER, Request.result == result) for result in results},
    }


def days_to_finish(scope: Asked, names: Sequence[str]) -> Select[Any]:
    """The median of the days from receipt to the first finishing, by what was asked for."""
    days = days_between(day_of(Request.received_at), Request.first_finished_on)
    query = select(*keyed(names), days.label("days")).select_from(_led(names))
    return median(query.where(*received(scope), MATTER, FINISHED).subquery(), names, "days")


def median(rows: Any, names: Sequence[str], value: str) -> Select[Any]:
    """The median of a column of rows, by some of the others."""
    ranked = _ranked(rows, names, value)
    # Of an even number the two in the middle count half each.
    middle = (ranked.c.place * 2).between(ranked.c.many, ranked.c.many + 2)
    columns = [ranked.c[name] for name in names]
    average = func.avg(ranked.c.value).label("median_days")
    return select(*columns, average).where(middle).group_by(*columns)


def _ranked(rows: Any, names: Sequence[str], value: str) -> Any:
    """The rows of each group in the order of a value, with their place and how many there are."""
    keys = [rows.c[name] for name in names]
    place = func.row_number().over(partition_by=keys or None, order_by=rows.c[value])
    many = func.count().over(partition_by=keys or None)
    columns = (rows.c[value].label("value"), place.label("place"), many.label("many"))
    return select(*keys, *columns).subquery()


# --- rates ------------------------------------------------------------


def rates(session: Session, scope: Asked) -> Iterator[dict[str, Any]]:
    """The four rates, each with what it is made of and what stands beside it."""
    for name in ("response", "on_time"):
        rate = RATES[name](scope)
        yield {"rate": name, **_counts(session, rate, rate.conditions)}
    # What callers said is read once for both of its rates.
    opinion = _satisfied(scope)
    parts = {**opinion.conditions, "solved": _solved(scope).conditions["numerator"]}
    counts = _counts(session, opinion, parts)
    solved = counts.pop("solved")
    yield {"rate": "solved", **counts, "numerator": solved}
    yield {"rate": "satisfied", **counts}


def _counts(session: Session, rate: Rate, parts: Mapping[str, Any]) -> dict[str, int]:
    """How many rows are in each part of a rate; of what it has not there are none."""
    counts = (number(condition).label(part) for part, condition in parts.items())
    beside = {"not_due": 0, "suspended": 0, "unreached": 0}
    return beside | dict(session.execute(rate.of.add_columns(*counts)).mappings().one())


@dataclass(frozen=True)
class Rate:
    """What a rate is made of: rows without columns yet, what is true of those in each part, and their days.

    Of numerator and denominator the first lies within the second; `caller` is whom a row is of, if it is of one.
    """

    of: Select[Any]
    conditions: Mapping[str, Any]
    on: Any
    caller: Any = None


def _days(column: Any, period: Period | None) -> list[Any]:
    return [] if period is None else [column >= period.first, column <= period.last]


def _response(scope: Asked) -> Rate:
    """Callers answered within their limit, of those whose limit is over or who were answered."""
    answered = RequestCaller.answered_at.is_not(None)
    over = RequestCaller.respond_by < scope.today
    query = select().select_from(RequestCaller).join(Request, Request.id == RequestCaller.request_id)
    of = query.where(
        RequestCaller.wants_callback, *ours(scope), *_days(RequestCaller.respond_by, scope.period)
    )
    # What is not due yet stands beside the rate: inside, a new month would always begin with a bad one.
    parts = {
        "numerator": and_(answered, day_of(RequestCaller.answered_at) <= RequestCaller.respond_by),
        "denominator": or_(answered, over),
        "not_due": and_(~answered, ~over),
    }
    return Rate(of, parts, RequestCaller.respond_by, RequestCaller.id)


def _on_time(scope: Asked) -> Rate:
    """Matters first finished by their due date, of those whose due date has passed or that are finished."""
    due = func.coalesce(Request.finished_due_on, Request.due_on)
    # What is not taken up, and what counts with another one, was not late and not on time.
    counted = Request.status.not_in((Status.REJECTED, Status.MERGED))
    of = select().select_from(Request).where(counted, *ours(scope), *_days(due, scope.period))
    suspended = and_(~FINISHED, queries.is_suspended(scope.today))
    over = Request.due_on < scope.today
    parts = {
        "numerator": and_(FINISHED, ~LATE),
        "denominator": or_(FINISHED, and_(~suspended, over)),
        "not_due": and_(~FINISHED, ~suspended, ~over),
        "suspended": suspended,
    }
    return Rate(of, parts, due)


def _solved(scope: Asked) -> Rate:
    """Callers who said that it is solved, of those who were reached."""
    return _opinion(scope, RequestCallback.solved == Solved.YES)


def _satisfied(scope: Asked) -> Rate:
    """Callers who are content, or mostly, of those who were reached."""
    return _opinion(scope, RequestCallback.satisfied.in_((Satisfied.YES, Satisfied.MOSTLY)))


def _opinion(scope: Asked, agrees: Any) -> Rate:
    """What callers said when they were called back, each once: the last answer of the period."""
    rows = _last_answers(scope)
    # Outer: who was never reached has no answer, and is counted as such and not as content.
    of = select().select_from(rows).outerjoin(RequestCallback, RequestCallback.id == rows.c.last)
    parts = {"numerator": agrees, "denominator": rows.c.last.is_not(None), "unreached": rows.c.last.is_(None)}
    return Rate(of, parts, RequestCallback.tried_on, rows.c.caller_id)


def _last_answers(scope: Asked) -> Any:
    """Callers who were tried in the period, with the last call-back that reached them, if any did."""
    last = func.max(case((RequestCallback.reached, RequestCallback.id))).label("last")
    tried = select(RequestCallback.caller_id, last).where(*_days(RequestCallback.tried_on, scope.period))
    if scope.community_id is not None:
        tried = tried.join(RequestCaller, RequestCaller.id == RequestCallback.caller_id)
        tried = tried.join(Request, Request.id == RequestCaller.request_id).where(*ours(scope))
    return tried.group_by(RequestCallback.caller_id).subquery()


#: The rates by their names, in their order.
RATES: dict[str, Callable[[Asked], Rate]] = {
    "response": _response,
    "on_time": _on_time,
    "solved": _solved,
    "satisfied": _satisfied,
}


# --- handling ------------------------------------------------------------


def spans(scope: Asked) -> Any:
    """The leads' days that began in the period: who, of which request, how many days, how they ended."""
    days = days_between(RequestHold.since, func.coalesce(RequestHold.until, scope.today))
    # Lateness is the last lead's: who handed it over in time is not blamed for what came after.
    last = RequestHold.id == Request.hold_id
    columns = (
        lead_key().label("lead"),
        RequestHold.request_id,
        case((days > 0, days), else_=0).label("days"),
        RequestHold.ended,
        and_(last, or_(LATE, queries.is_overdue(scope.today))).label("late"),
        case((last, Request.redone), else_=0).label("redone"),
    )
    query = select(*columns).join(Request, Request.id == RequestHold.request_id)
    return query.where(*ours(scope), *_days(RequestHold.since, scope.period)).subquery()


# --- flow ------------------------------------------------------------


def flow_counts(session: Session, scope: Asked, names: Sequence[str]) -> Sequence[Any]:
    """What came in and went out: by month (before the period all together), by what, and by what else was asked for."""
    events = queries.flow_events(scope.community_id).subquery()
    keys = [getattr(Request, name).label(name) for name in names]
    query = select(_month(events, scope).label("month"), events.c.what, *keys, func.count())
    if keys:
        query = query.join(Request, Request.id == events.c.id)
    query = query.where(events.c.at <= datetime.combine(scope.as_of, time.max))
    return session.execute(query.group_by("month", events.c.what, *keys)).all()


def _month(events: Any, scope: Asked) -> Any:
    month: Any = month_of(events.c.at)
    if scope.period is None:
        return month
    return case((events.c.at < datetime.combine(scope.period.first, time()), ""), else_=month)


def handled(rows: Any) -> Select[Any]:
    """The figures of each lead from `spans`."""
    return select(
        rows.c.lead,
        func.count(rows.c.request_id.distinct()).label("matters"),
        func.sum(rows.c.days).label("held_days"),
        number(rows.c.ended == Ended.HANDOVER).label("handed_over"),
        number(rows.c.ended == Ended.RETURNED).label("returned"),
        number(rows.c.late).label("late"),
        func.sum(rows.c.redone).label("redone"),
    ).group_by(rows.c.lead)


def hotspots(scope: Asked) -> Select[Any]:
    """Categories at a place or in a building that came more than once."""
    # By where a caller called first: what was merged in still counts for its own place.
    callers = select(RequestCaller.home_id, func.count().label("callers"))
    counts = callers.group_by(RequestCaller.home_id).subquery()
    keys = (Request.category, Request.building, Request.place)
    query = select(*keys, *_repeated(counts)).join(counts, counts.c.home_id == Request.id)
    located = func.coalesce(Request.building, Request.place).is_not(None)
    return query.where(located, *received(scope)).group_by(*keys).having(func.count() > 1)


def _repeated(callers: Any) -> list[Any]:
    return [
        func.count().label("matters"),
        func.sum(callers.c.callers).label("callers"),
        number(queries.IS_OPEN).label("open"),
        number(Request.recurs_id.is_not(None)).label("recurring"),
        day_of(func.max(Request.received_at)).label("last_on"),
    ]
