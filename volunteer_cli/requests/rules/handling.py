"""Who leads a request and for how long, what they do about it, and what moves its date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from volunteer_cli.core.dates import add_working_days
from volunteer_cli.core.i18n import _
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.text import required
from volunteer_cli.requests import queries
from volunteer_cli.requests.leads import Lead, lead_names, lead_of
from volunteer_cli.requests.models import Request, RequestHelper, RequestHold
from volunteer_cli.requests.rules.errors import (
    BadUntil,
    Interested,
    NotAssigned,
    ReturnClosed,
    TooLate,
    TooManyExtensions,
    WrongState,
)
from volunteer_cli.requests.rules.steps import When, limit_on, require_status, set_due, take
from volunteer_cli.requests.terms import (
    OPEN,
    REQUEST_EXTENSION_DAYS,
    REQUEST_EXTENSIONS,
    REQUEST_RETURN_DAYS,
    REQUEST_SUSPEND_DAYS,
    UNFINISHED,
    Ended,
    Kind,
    Result,
    Status,
    Step,
)

# --- leads ------------------------------------------------------------


def assign(
    session: Session,
    request: Request,
    lead: Lead,
    when: When,
    *,
    helpers: Iterable[Lead] = (),
    final: bool = False,
) -> bool:
    """Give a request to a lead, and answer whether anything changed; the clock runs on.

    Raises:
        Merged, WrongState, RequestClosed, Interested, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, request, *UNFINISHED)
    present = _helpers(session, request)
    new = [helper for helper in helpers if helper not in present]
    for each in (lead, *new):
        require_impartial(session, request, each)
    changed = _is_news(session, request, lead, final=final)
    # One leads (主办) and others help (协办): Jinan, art. 16. With two leads each would wait for the other.
    if changed:
        take(session, request, Step.ASSIGN, when, lead=lead)
        begin_hold(session, request, lead, when.day, final=final)
        request.status = Status.ASSIGNED
    _add_helpers(session, request, new, when)
    return changed or bool(new)


def _is_news(session: Session, request: Request, lead: Lead, *, final: bool) -> bool:
    """Whether somebody else would lead, or the same one for good."""
    hold = queries.current_hold(session, request)
    return hold is None or lead_of(hold) != lead or (final and not hold.final)


def _add_helpers(session: Session, request: Request, helpers: Iterable[Lead], when: When) -> None:
    for helper in helpers:
        take(session, request, Step.HELP, when, lead=helper)
        session.add(RequestHelper(request_id=request.id, since=when.day, **helper._asdict()))
    session.flush()


def require_impartial(session: Session, request: Request, lead: Lead) -> None:
    """Refuse to give a tip-off to whom it is about; raises Interested."""
    about = request.kind == Kind.TIPOFF and request.about_id is not None
    if about and lead.organization_id == request.about_id:
        raise Interested(number=request.number, name=lead_names(session, [lead])[lead])


def begin_hold(session: Session, request: Request, lead: Lead, day: date, *, final: bool = False) -> None:
    """End the days of the former lead, if there is one, and begin the next one's."""
    end_hold(session, request, day, Ended.HANDOVER)
    hold = RequestHold(request_id=request.id, since=day, final=final, **lead._asdict())
    session.add(hold)
    session.flush()
    request.hold_id = hold.id


def end_hold(session: Session, request: Request, day: date, ended: Ended) -> RequestHold | None:
    """End the days of the lead; after a return or a merge the request has none."""
    hold = queries.current_hold(session, request)
    if hold is None or hold.until is not None:
        return None
    # A request of which nobody is the lead any more has none, also where it once had.
    hold.until, hold.ended = max(day, hold.since), ended
    if ended in (Ended.RETURNED, Ended.MERGED):
        request.hold_id = None
    session.flush()
    return hold


def _helpers(session: Session, request: Request) -> list[Lead]:
    return [lead_of(helper) for helper in queries.helpers(session, [request.id])]


def release(session: Session, request: Request, helper: Lead, when: When) -> bool:
    """Let a helper go, and answer whether they were one.

    Raises:
        Merged, WrongState, RequestClosed, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, request, *OPEN)
    rows = [row for row in queries.helpers(session, [request.id]) if lead_of(row) == helper]
    for row in rows:
        take(session, request, Step.RELEASE, when, lead=helper)
        row.until = max(when.day, row.since)
    session.flush()
    return bool(rows)


def _require_returnable(session: Session, request: Request, hold: RequestHold, when: When) -> None:
    """Raises ReturnClosed, TooLate: orders that are sent back and forth are what hurts callers most."""
    # What was decided once is not returned again, as 潍坊 (Weifang, art. 22) has it.
    if hold.final:
        raise ReturnClosed(number=request.number)
    # Within two working days, as 山东 (Shandong, 2020) has it.
    last = add_working_days(hold.since, policy_value(session, REQUEST_RETURN_DAYS))
    if when.day > last:
        raise TooLate(last=last, day=when.day)


def return_request(session: Session, request: Request, when: When, *, reason: str) -> None:
    """Let a lead give a request back as not theirs.

    Raises:
        Merged, WrongState, RequestClosed, NotAssigned, ReturnClosed, TooLate: as their sentences say.
    """
    require_status(session, request, *UNFINISHED)
    hold = queries.current_hold(session, request)
    if hold is None:
        raise NotAssigned(number=request.number)
    _require_returnable(session, request, hold, when)
    take(session, request, Step.RETURN, when, lead=lead_of(hold), reason=reason)
    end_hold(session, request, when.day, Ended.RETURNED)
    request.status = Status.REGISTERED
    session.flush()


def escalate(session: Session, request: Request, to: Lead, when: When, *, reason: str) -> None:
    """Keep that a request was brought before somebody higher; its lead stays.

    Raises:
        Merged, WrongState, RequestClosed, Interested, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, request, *OPEN)
    require_impartial(session, request, to)
    take(session, request, Step.ESCALATE, when, lead=to, reason=reason)


# --- what is said about it ------------------------------------------------------------


def note(session: Session, request: Request, text: str, when: When) -> None:
    """Write down what was done or seen.

    Raises:
        RequestClosed, WrongState, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, request, *OPEN)
    take(session, request, Step.NOTE, when, text=required(text, _("text")))


def set_cause(session: Session, request: Request, text: str, by_id: int | None, when: When) -> None:
    """Keep the cause apart from what was reported, also when it becomes known after closing.

    Raises:
        WrongState, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, request, *OPEN, Status.CLOSED)
    cause = required(text, _("cause"))
    if (request.cause, request.cause_by_id) == (cause, by_id):
        return
    take(session, request, Step.CAUSE, when, lead=Lead(organization_id=by_id), text=cause)
    request.cause, request.cause_by_id = cause, by_id
    session.flush()


# --- the clock ------------------------------------------------------------


def extend(session: Session, request: Request, when: When, *, days: int, reason: str) -> None:
    """Give a request more working days, on its due day at the latest.

    Raises:
        Merged, WrongState, RequestClosed, TooLate, TooManyExtensions, StepAhead, OutOfOrder.
    """
    require_status(session, request, *UNFINISHED)
    # Asked for while there is time; what is late already is late, and no extension makes it otherwise.
    if when.day > request.due_on:
        raise TooLate(last=request.due_on, day=when.day)
    _require_extensible(session, request, days)
    take(session, request, Step.EXTEND, when, reason=reason, days=days)
    request.extended_days += days
    set_due(session, request)


def _require_extensible(session: Session, request: Request, days: int) -> None:
    """Raises TooManyExtensions: by ten working days at most, as 山东 (Shandong, 2020) has it."""
    most, longest = policy_value(session, REQUEST_EXTENSIONS), policy_value(session, REQUEST_EXTENSION_DAYS)
    events = queries.clock_events(session, request.id)
    if sum(event.step == Step.EXTEND for event in events) >= most or days > longest:
        raise TooManyExtensions(number=request.number, extensions=most, days=longest)


def suspend(session: Session, request: Request, when: When, *, until: date, reason: str) -> None:
    """Stop the clock until a day: for a season, a condition 挂账.

    Raises:
        Merged, WrongState, RequestClosed, BadUntil, TooLate, StepAhead, OutOfOrder.
    """
    require_status(session, request, *UNFINISHED)
    if request.suspended_until is not None and request.suspended_until > when.day:
        raise WrongState(number=request.number, status=_("suspended"))
    _require_until(session, when.day, until)
    take(session, request, Step.SUSPEND, when, reason=reason, until=until)
    request.suspended_on, request.suspended_until = when.day, until
    set_due(session, request)


def resume(session: Session, request: Request, when: When) -> None:
    """Let the clock run again.

    Raises:
        Merged, WrongState, RequestClosed, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, request, *UNFINISHED)
    if request.suspended_until is None:
        raise WrongState(number=request.number, status=_("not suspended"))
    take(session, request, Step.RESUME, when)
    request.suspended_on = request.suspended_until = None
    set_due(session, request)


def finish(
    session: Session, request: Request, result: Result | None, when: When, *, text: str | None = None
) -> None:
    """Finish a request, at once or by its lead; the clock stops. Sheets do not always say with which result.

    Raises:
        Merged, WrongState, RequestClosed, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, request, *UNFINISHED)
    take(session, request, Step.FINISH, when, text=text)
    end_hold(session, request, when.day, Ended.FINISHED)
    request.status, request.result, request.finished_on = Status.FINISHED, result, when.day
    request.suspended_on = request.suspended_until = None
    set_due(session, request)
    if request.first_finished_on is None:
        request.first_finished_on, request.finished_due_on = when.day, request.due_on
    session.flush()


def _require_until(session: Session, day: date, until: date) -> None:
    """Raises BadUntil, TooLate: 挂账 waits for a named day, never for better times."""
    if until <= day:
        raise BadUntil(until=until, day=day)
    last = day + timedelta(policy_value(session, REQUEST_SUSPEND_DAYS))
    if until > last:
        raise TooLate(last=last, day=until)


def reopen(session: Session, request: Request, when: When, *, reason: str, lead: Lead | None = None) -> None:
    """Take a finished, closed or rejected request up again: a new clock, the same lead unless another is named.

    Raises:
        Merged, WrongState, Interested, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, request, Status.FINISHED, Status.CLOSED, Status.REJECTED)
    hold = queries.current_hold(session, request)
    lead = lead or (lead_of(hold) if hold else None)
    if lead is not None:
        require_impartial(session, request, lead)
    # A new clock by the policy of today: what was promised the first time is over.
    limit = limit_on(session, request.urgency, when.day)._asdict()
    take(session, request, Step.REOPEN, when, lead=lead, reason=reason, **limit)
    _open_again(request)
    if lead is not None:
        begin_hold(session, request, lead, when.day)
        request.status = Status.ASSIGNED
    set_due(session, request)


def _open_again(request: Request) -> None:
    request.redone += request.status != Status.REJECTED
    request.status, request.result = Status.REGISTERED, None
    request.finished_on = request.closed_on = None


def reject(session: Session, request: Request, when: When, *, reason: str, refer: str | None) -> None:
    """Refuse a request that is not for this office, and say where to go.

    Raises:
        Merged, WrongState, RequestClosed, StepAhead, OutOfOrder: as their sentences say.
    """
    # Once somebody leads it, it is answered: a lead who is not competent returns it.
    require_status(session, request, Status.REGISTERED)
    take(session, request, Step.REJECT, when, reason=reason, text=refer)
    request.status = Status.REJECTED
    request.suspended_on = request.suspended_until = None
    session.flush()
