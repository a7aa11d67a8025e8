"""What must always hold of requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import Subquery, func, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.dates import is_working_day
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.requests import queries
from volunteer_cli.requests.clock import Event, due_of
from volunteer_cli.requests.models import (
    Request,
    RequestCallback,
    RequestCaller,
    RequestHold,
    RequestStep,
)
from volunteer_cli.requests.terms import OPEN, Status, Step, Urgency


def _flow(session: Session) -> Iterator[Finding]:
    """Requests that came in more or less often than they went out, against what their status says."""
    # What came in and what went out must add up for every period, so it must for every single one.
    sums = _balances()
    open_now = Request.status.in_(OPEN).cast(Request.id.type)
    query = select(Request.id).join(sums, sums.c.id == Request.id).where(sums.c.balance != open_now)
    for key in session.scalars(query):
        yield Finding(f"request:{key}", _("Its status does not agree with its steps."))


def _balances() -> Subquery:
    """How much more often each request came in than it went out: once while it is open, else never."""
    events = queries.flow_events(None).subquery()
    out = events.c.what.in_((Step.CLOSE, Step.REJECT, Step.MERGE))
    balance = func.sum(1 - 2 * out.cast(Request.id.type)).label("balance")
    return select(events.c.id, balance).group_by(events.c.id).subquery()


def _callers(session: Session) -> Iterator[Finding]:
    """Callers who hang on another request than the one at the end of their chain."""
    ends = queries.ends_of_chains(session)
    moved = select(RequestCaller.home_id, RequestCaller.request_id).distinct()
    for home, at_id in session.execute(moved.execution_options(yield_per=1000)):
        if at_id != ends.get(home, home):
            yield Finding(f"request:{home}", _("Its callers do not hang where it was merged."))


def _nobody(session: Session) -> Iterator[Finding]:
    without = ~select(RequestCaller.id).where(RequestCaller.home_id == Request.id).exists()
    for key in session.scalars(select(Request.id).where(without)):
        yield Finding(f"request:{key}", _("Nobody called about it."))


def _leads(session: Session) -> Iterator[Finding]:
    """An assigned request has exactly one lead, every other one none whose days go on."""
    open_holds = func.count(RequestHold.id)
    on = (RequestHold.request_id == Request.id) & RequestHold.until.is_(None)
    query = select(Request.id, Request.status, open_holds).outerjoin(RequestHold, on).group_by(Request.id)
    # 首接负责制: somebody leads at every moment until somebody else does (Beijing, arts 13 and 14).
    assigned = Request.status == Status.ASSIGNED
    wrong = or_(assigned & (open_holds != 1), ~assigned & (open_holds != 0))
    problem = _("It is assigned and has not one lead, or has one and is not assigned.")
    for key, _status, _count in session.execute(query.having(wrong)):
        yield Finding(f"request:{key}", problem)


def _spans(session: Session) -> Iterator[Finding]:
    """Leads of one request whose days overlap, or end before they begin."""
    other = aliased(RequestHold)
    query = select(RequestHold.request_id).join(other, other.request_id == RequestHold.request_id)
    goes_on = or_(RequestHold.until.is_(None), RequestHold.until > other.since)
    # Days unassigned and days held add up to days open only where no day is held twice.
    for key in session.scalars(query.where(other.id > RequestHold.id, goes_on).distinct()):
        yield Finding(f"request:{key}", _("The days of its leads overlap."))
    backwards = select(RequestHold.request_id).where(RequestHold.until < RequestHold.since)
    for key in session.scalars(backwards.distinct()):
        yield Finding(f"request:{key}", _("The days of a lead end before they begin."))


def _dates(session: Session) -> Iterator[Finding]:
    """Stored due dates that are not what the steps make of them, or no working days."""
    urgent = _urgent_inside(session)
    for key, due, events in queries.all_clocks(session):
        day = due_of(events)
        if day != due:
            problem = _("It is due on {due}, and its steps say {day}.")
            yield Finding(f"request:{key}", problem.format(due=due, day=day))
        elif key not in urgent and not is_working_day(due) and not _brought(events, due):
            yield Finding(f"request:{key}", _("It is due on {due}, a day off.").format(due=due))


def _brought(events: Iterable[Event], due: date) -> bool:
    """Whether a request that was merged in brought the date, which stays what it was then."""
    return any(event.due == due for event in events if event.step == Step.ABSORB)


def _urgent_inside(session: Session) -> set[int]:
    """Urgent requests, whose dates are not rolled, and those into which one was merged."""
    ends = queries.ends_of_chains(session)
    urgent = session.scalars(select(Request.id).where(Request.urgency == Urgency.URGENT)).all()
    return {*urgent, *(ends[key] for key in urgent if key in ends)}


def _answers(session: Session) -> Iterator[Finding]:
    """Call-backs that reached nobody and have an answer, or the other way round."""
    query = select(RequestCaller.request_id).join(
        RequestCallback, RequestCallback.caller_id == RequestCaller.id
    )
    wrong = RequestCallback.reached == RequestCallback.solved.is_(None)
    for key in session.scalars(query.where(wrong).distinct()):
        yield Finding(f"request:{key}", _("A call-back has an answer of nobody, or none of somebody."))
    early = select(RequestCaller.request_id).where(RequestCaller.answered_at < RequestCaller.called_at)
    for key in session.scalars(early.distinct()):
        yield Finding(f"request:{key}", _("A caller was answered before calling."))


def _order(session: Session) -> Iterator[Finding]:
    other = aliased(RequestStep)
    pair = (other.request_id == RequestStep.request_id) & (other.id > RequestStep.id)
    query = select(RequestStep.request_id).join(other, pair).where(other.taken_at < RequestStep.taken_at)
    for key in session.scalars(query.distinct()):
        yield Finding(f"request:{key}", _("Its steps are not in the order in which they can have happened."))


CHECKS = (
    Check("request-flow", N_("What came in and went out of the open requests adds up"), _flow),
    Check("request-callers", N_("Every caller hangs on the matter that stayed"), _callers),
    Check("request-nobody", N_("Every request has a caller"), _nobody),
    Check("request-leads", N_("An assigned request has exactly one lead"), _leads, code="has_lead"),
    Check("request-spans", N_("The days of leads follow each other"), _spans),
    Check("request-dates", N_("A due date is what the steps make of it"), _dates),
    Check("request-answers", N_("Answers are those of callers who were reached"), _answers),
    Check("request-order", N_("The steps of a request are in order"), _order),
)
