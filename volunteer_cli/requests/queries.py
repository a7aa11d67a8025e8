"""What is asked of requests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.database import chunks, day_of, searched
from volunteer_cli.core.dates import Period
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import Reference, all_named, find, matches, names_of
from volunteer_cli.core.several import each_of
from volunteer_cli.core.text import searched as form
from volunteer_cli.people.models import Person
from volunteer_cli.requests.clock import Event
from volunteer_cli.requests.leads import Lead, is_lead
from volunteer_cli.requests.models import (
    Request,
    RequestCallback,
    RequestCaller,
    RequestHelper,
    RequestHold,
    RequestStep,
)
from volunteer_cli.requests.terms import OPEN, UNFINISHED, Category, Status, Step

REQUEST = Reference(N_("request"), Request, "volunteer request list", codes=("number", "external"), name=None)
IS_OPEN = Request.status.in_(OPEN)
IS_UNFINISHED = Request.status.in_(UNFINISHED)
#: Steps that move the clock, or may.
MOVING = (
    *(Step.REGISTER, Step.REOPEN, Step.EXTEND, Step.SUSPEND),
    *(Step.RESUME, Step.FINISH, Step.ABSORB, Step.PART),
)


def find_request(session: Session, text: str, *, changing: bool = True) -> Request:
    """The request that `text` names, by id, number or external number; a merged one is itself.

    Raises:
        NotFound, Ambiguous, Withdrawn: none, several, or one whose record was undone.
    """
    return find(session, REQUEST, text.removeprefix("request:"), changing=changing)


def find_requests(session: Session, texts: Iterable[str]) -> list[Request]:
    """The requests that texts name, each once, in the order given; `31-35,40` is six of them.

    Raises:
        NotFound, Ambiguous, Withdrawn: as `find_request`.
    """
    requests = (request for text in texts for request in _requests_of(session, text))
    return list({request.id: request for request in requests}.values())


def _requests_of(session: Session, text: str) -> list[Request]:
    # 2026-4170 may be a range, or the number that a hotline gave.
    listed = next(each_of([text])) != text and not matches(session, REQUEST, text)
    return all_named(session, find_request, [text]) if listed else [find_request(session, text)]


def request_numbers(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The numbers of requests by id."""
    return names_of(session, REQUEST, ids)


def survivor(session: Session, request: Request) -> Request:
    """The request itself, or the one at the end of the chain into which it was merged."""
    # As long as the chain is, its end answers: a number that somebody wrote down goes on to work.
    while request.merged_into_id is not None:
        request = session.get_one(Request, request.merged_into_id)
    return request


def with_external(session: Session, community_id: int, external: str) -> Request | None:
    """The request of an external number, the earliest where several have it."""
    query = select(Request).where(Request.external == external, Request.community_id == community_id)
    return session.scalar(query.order_by(Request.id).limit(1))


# --- conditions ------------------------------------------------------------


def is_suspended(on: date) -> ColumnElement[bool]:
    """Whether a request is suspended on a day; what is finished is not."""
    # Of what was never suspended nothing is known there, and that is not the same as no.
    stands = func.coalesce(Request.suspended_until >= on, False)
    return and_(IS_UNFINISHED, stands)


def is_overdue(on: date) -> ColumnElement[bool]:
    """The one definition of overdue: not finished, not suspended, and the day is after the due date."""
    suspended = and_(Request.suspended_until.is_not(None), Request.suspended_until >= on)
    return and_(IS_UNFINISHED, Request.due_on < on, ~func.coalesce(suspended, False))


def overdue(request: Any, on: date) -> bool:
    """`is_overdue` of a record."""
    suspended = request.suspended_until is not None and request.suspended_until >= on
    return request.status in UNFINISHED and request.due_on < on and not suspended


def late(request: Any) -> bool:
    """Whether a request was first finished after the date that held then."""
    return bool(request.first_finished_on and request.first_finished_on > request.finished_due_on)


def waits() -> ColumnElement[bool]:
    """Whether a caller waits for a first answer."""
    return and_(RequestCaller.wants_callback, RequestCaller.answered_at.is_(None))


def within(column: Any, period: Period | None) -> list[ColumnElement[bool]]:
    """Whether a moment lies in a period."""
    if period is None:
        return []
    begin = datetime.combine(period.first, time())
    # Up to the last minute, for there is no day after the last of the calendar.
    return [column >= begin, column <= datetime.combine(period.last, time.max)]


def requests(
    *,
    today: date,
    community_id: int | None = None,
    lead: Lead | None = None,
    helper: Lead | None = None,
    period: Period | None = None,
    search: str | None = None,
    overdue: bool = False,
    suspended: bool = False,
    open_: bool = False,
    recurs: bool = False,
    due_on: date | None = None,
    **equal: Any,
) -> Select[Any]:
    """The requests that fit all that is asked for, the earliest first."""
    flags = {
        IS_OPEN: open_,
        Request.recurs_id.is_not(None): recurs,
        is_overdue(today): overdue,
        is_suspended(today): suspended,
        and_(IS_UNFINISHED, Request.due_on == due_on): due_on is not None,
    }
    asked = [condition for condition, holds in flags.items() if holds]
    query = _with({"community_id": community_id, **equal}).where(*asked)
    query = query.where(*within(Request.received_at, period), *_parts(lead, helper, search))
    return query.order_by(Request.received_at, Request.id)


def _with(values: Mapping[str, Any]) -> Select[Any]:
    """The requests whose columns have these values; None asks nothing of a column."""
    return select(Request).filter_by(**{name: value for name, value in values.items() if value is not None})


def _parts(lead: Lead | None, helper: Lead | None, search: str | None) -> Iterator[ColumnElement[bool]]:
    if lead is not None:
        yield Request.hold_id.in_(select(RequestHold.id).where(is_lead(RequestHold, lead)))
    if helper is not None:
        helps = is_lead(RequestHelper, helper) & RequestHelper.until.is_(None)
        yield Request.id.in_(select(RequestHelper.request_id).where(helps))
    if search:
        yield _contains(search)


# Never in callers: a search would tell who called.
def _contains(text: str) -> ColumnElement[bool]:
    columns = (Request.text, Request.place, Request.number, Request.external, Request.cause)
    return or_(*(searched(column).contains(form(text), autoescape=True) for column in columns))


# --- what belongs to a request ------------------------------------------------------------


def callers(session: Session, request_id: int) -> Sequence[RequestCaller]:
    """The callers of a request: those entered under it first, then those of what was merged into it."""
    query = select(RequestCaller).where(RequestCaller.request_id == request_id)
    own = RequestCaller.home_id != request_id
    return session.scalars(query.order_by(own, RequestCaller.home_id, RequestCaller.id)).all()


def callers_of(session: Session, ids: Collection[int]) -> dict[int, list[RequestCaller]]:
    """The callers of several requests by their ids, each in the order of `callers`."""
    rows: dict[int, list[RequestCaller]] = {key: [] for key in ids}
    own = RequestCaller.home_id != RequestCaller.request_id
    for part in chunks(ids):
        query = select(RequestCaller).where(RequestCaller.request_id.in_(part))
        for caller in session.scalars(query.order_by(own, RequestCaller.home_id, RequestCaller.id)):
            rows[caller.request_id].append(caller)
    return rows


def phones(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The phones of people by id, of those who have one."""
    numbers: dict[int, str] = {}
    for part in chunks({key for key in ids if key is not None}):
        query = select(Person.id, Person.phone).where(Person.id.in_(part), Person.phone.is_not(None))
        numbers |= {row.id: row.phone for row in session.execute(query)}
    return numbers


def steps(session: Session, request_id: int, kinds: Collection[str] = ()) -> Sequence[RequestStep]:
    """What was done about a request, in its order."""
    query = select(RequestStep).where(RequestStep.request_id == request_id).order_by(RequestStep.id)
    return session.scalars(query.where(RequestStep.step.in_(kinds)) if kinds else query).all()


def clock_events(session: Session, request_id: int) -> list[Event]:
    """The steps of a request as its clock sees them, from the start of the clock that runs now."""
    return since_start([_event(step) for step in steps(session, request_id, MOVING)])


def since_start(events: list[Event]) -> list[Event]:
    """The events of the clock that runs now: from the last that started it."""
    starts = [n for n, event in enumerate(events) if event.step in (Step.REGISTER, Step.REOPEN)]
    return events[starts[-1] :]


def all_clocks(session: Session) -> Iterator[tuple[int, date, list[Event]]]:
    """Every request with its stored due date and its clock's events."""
    due = {row[0]: row[1] for row in session.execute(select(Request.id, Request.due_on))}
    query = select(RequestStep).where(RequestStep.step.in_(MOVING))
    rows = session.scalars(query.order_by(RequestStep.request_id, RequestStep.id))
    for key, group in groupby(rows, attrgetter("request_id")):
        yield key, due[key], since_start(list(map(_event, group)))


def ends_of_chains(session: Session) -> dict[int, int]:
    """The request at the end of the chain of each one that was merged."""
    query = select(Request.id, Request.merged_into_id).where(Request.merged_into_id.is_not(None))
    into: dict[int, int | None] = {row[0]: row[1] for row in session.execute(query)}
    return {key: _end(into, key) for key in into}


def _end(into: Mapping[int, int | None], key: int) -> int:
    while (following := into.get(key)) is not None:
        key = following
    return key


def _event(step: RequestStep) -> Event:
    return Event(
        step=step.step,
        on=step.taken_at.date(),
        days=step.days or 0,
        calendar=step.calendar,
        until=step.until,
        other=step.other_id or 0,
        due=step.due_on,
    )


def holds(session: Session, request_id: int) -> Sequence[RequestHold]:
    """The leads of a request in their order, each with its days."""
    query = select(RequestHold).where(RequestHold.request_id == request_id)
    return session.scalars(query.order_by(RequestHold.id)).all()


def current_hold(session: Session, request: Request) -> RequestHold | None:
    """The row of the lead that a request has, also of one that is finished."""
    return session.get(RequestHold, request.hold_id) if request.hold_id else None


def helpers(session: Session, request_ids: Collection[int]) -> Sequence[RequestHelper]:
    """Who helps with requests now."""
    rows: list[RequestHelper] = []
    for part in chunks(request_ids):
        query = select(RequestHelper).where(RequestHelper.request_id.in_(part), RequestHelper.until.is_(None))
        rows += session.scalars(query.order_by(RequestHelper.id))
    return rows


def callbacks(session: Session, caller_ids: Collection[int]) -> Sequence[RequestCallback]:
    """The call-backs to callers, in their order."""
    rows: list[RequestCallback] = []
    for part in chunks(caller_ids):
        query = select(RequestCallback).where(RequestCallback.caller_id.in_(part))
        rows += session.scalars(query.order_by(RequestCallback.id))
    return rows


def merged_into(session: Session, request_id: int) -> Sequence[Request]:
    """The requests that were merged directly into one."""
    return session.scalars(
        select(Request).where(Request.merged_into_id == request_id).order_by(Request.id)
    ).all()


def tree(session: Session, request_id: int) -> list[int]:
    """The ids of a request and of all that were merged into it, chains included."""
    ids = [request_id]
    for key in ids:
        ids += [child.id for child in merged_into(session, key)]
    return ids


# --- alike ------------------------------------------------------------


def similar(session: Session, request: Request, days: int, *, limit: int = 10) -> Sequence[Request]:
    """Open requests of the same category, at the same place or building, within so many days of one; the nearest first."""
    # Without a place nothing tells one smell from another.
    places = _same_place(request)
    if not places:
        return ()
    query = select(Request).where(
        Request.category == request.category,
        Request.community_id == request.community_id,
        Request.id != request.id,
        IS_OPEN,
        or_(*places),
        *_around(request.received_at.date(), days),
    )
    near = session.scalars(query).all()
    return sorted(near, key=lambda other: (abs(other.received_at - request.received_at), other.id))[:limit]


def _around(day: date, days: int) -> Iterable[ColumnElement[bool]]:
    """That a request was received at most so many days before or after a day."""
    return within(Request.received_at, Period(day - timedelta(days), day + timedelta(days)))


def _same_place(request: Request) -> list[ColumnElement[bool]]:
    pairs: tuple[tuple[Any, str | None], ...] = (
        (Request.place, request.place),
        (Request.building, request.building),
    )
    return [column == value for column, value in pairs if value]


def similar_pairs(
    session: Session, days: int, *, since: date, community_id: int | None
) -> Sequence[tuple[Request, Request]]:
    """Pairs of open requests received since a day that may be one: the later one with the earlier one."""
    other, begin = aliased(Request), datetime.combine(since, time())
    query = select(Request, other).join(other, _alike(other)).where(Request.received_at >= begin)
    # The earlier one is bounded too, so that one index serves both sides of the pair.
    query = query.where(other.received_at >= begin - timedelta(days))
    if community_id is not None:
        query = query.where(Request.community_id == community_id)
    pairs = session.execute(query.order_by(Request.received_at.desc(), Request.id))
    return [(one, two) for one, two in pairs if abs((one.received_at - two.received_at).days) <= days]


def _alike(other: Any) -> ColumnElement[bool]:
    """Whether an earlier open request has the category and the place or building of this one."""
    same = or_(Request.place == other.place, Request.building == other.building)
    alike = (other.category == Request.category) & (other.community_id == Request.community_id)
    return and_(alike, same, other.id < Request.id, IS_OPEN, other.status.in_(OPEN))


def days_received(
    session: Session, *, first: date, last: date, community_id: int | None
) -> dict[str, list[date]]:
    """The days on which requests of each category came in a span, rejected ones left out."""
    query = select(Request.category, day_of(Request.received_at)).where(
        Request.status != Status.REJECTED, *within(Request.received_at, Period(first, last))
    )
    if community_id is not None:
        query = query.where(Request.community_id == community_id)
    days: dict[str, list[date]] = {category.value: [] for category in Category}
    for category, day in session.execute(query.order_by(Request.received_at)):
        days[category].append(day)
    return days


# --- what waits ------------------------------------------------------------


def waiting(session: Session, community_id: int | None) -> Sequence[tuple[Request, int, date]]:
    """Open requests whose callers wait for a first answer: how many do, and the earliest of their limits."""
    due = func.min(RequestCaller.respond_by)
    query = (
        select(Request, func.count(), due)
        .join(RequestCaller, RequestCaller.request_id == Request.id)
        .where(waits(), IS_OPEN)
        .group_by(Request.id)
        .order_by(due, Request.id)
    )
    if community_id is not None:
        query = query.where(Request.community_id == community_id)
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


# --- who leads ------------------------------------------------------------


def leads_open(session: Session, lead: Lead) -> list[str]:
    """The numbers of the open requests that somebody leads."""
    held = select(RequestHold.id).where(is_lead(RequestHold, lead), RequestHold.until.is_(None))
    query = select(Request.number).where(Request.hold_id.in_(held), Request.status == Status.ASSIGNED)
    return list(session.scalars(query.order_by(Request.id)))


def flow_events(community_id: int | None) -> Any:
    """What came into and went out of the open requests: rows of request, day and what it was."""
    received = select(Request.id, Request.received_at.label("at"), literal("received").label("what"))
    steps = _flow_steps()
    if community_id is not None:
        here = Request.community_id == community_id
        received = received.where(here)
        steps = steps.join(Request, Request.id == RequestStep.request_id).where(here)
    return union_all(received, steps)


def _flow_steps() -> Select[Any, Any, Any]:
    """The steps that bring a request into the open ones, or out of them."""
    steps = select(RequestStep.request_id, RequestStep.taken_at, RequestStep.step)
    moving = RequestStep.step.in_((Step.CLOSE, Step.REJECT, Step.MERGE, Step.SPLIT, Step.REOPEN))
    # One that was reopened before it was closed had been open all the time.
    return steps.where(
        moving, or_(RequestStep.step != Step.REOPEN, RequestStep.status_before != Status.FINISHED)
    )
