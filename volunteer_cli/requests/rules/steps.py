"""What every step of a request shares: when it is, by whom, in which state, and what the clock makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.core.i18n import _
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.steps import require_step
from volunteer_cli.core.text import kept
from volunteer_cli.requests import queries
from volunteer_cli.requests.clock import due_of
from volunteer_cli.requests.leads import Lead
from volunteer_cli.requests.models import Request, RequestStep
from volunteer_cli.requests.rules.errors import Merged, RequestClosed, WrongState
from volunteer_cli.requests.terms import REQUEST_DEADLINES, STATUSES, Limit, Status, Step


@dataclass(frozen=True)
class When:
    """When a step is taken, a day where no time is known, and by whom it is entered."""

    on: date
    now: datetime
    by: str

    @property
    def day(self) -> date:
        """The day."""
        return self.on.date() if isinstance(self.on, datetime) else self.on

    @property
    def moment(self) -> datetime:
        """The moment; the beginning of a day without a time."""
        return self.on if isinstance(self.on, datetime) else datetime.combine(self.on, time())


def require_status(session: Session, request: Request, *statuses: Status) -> None:
    """Refuse a step in another state; raises Merged, WrongState, RequestClosed."""
    if request.status in statuses:
        return
    if request.status == Status.MERGED:
        survivor = queries.survivor(session, request)
        raise Merged(number=request.number, survivor=survivor.number)
    if request.status == Status.CLOSED:
        raise RequestClosed(number=request.number)
    raise WrongState(number=request.number, status=_(STATUSES[request.status]))


def _require_order(request: Request, when: When) -> None:
    """Raises StepAhead, OutOfOrder."""
    last = request.moved_at
    # Of a step without a time only the day is known.
    known = last.date() if last.time() == time() else last
    require_step(when.on, now=when.now, last=known, thing=request.number)


def take(
    session: Session,
    request: Request,
    kind: Step,
    when: When,
    *,
    lead: Lead | None = None,
    reason: str | None = None,
    text: str | None = None,
    **clock: Any,
) -> RequestStep:
    """Write a step down.

    Raises:
        StepAhead, OutOfOrder: it is yet to come, or lies before the last one.
    """
    _require_order(request, when)
    step = RequestStep(
        request_id=request.id,
        taken_at=max(when.moment, request.moved_at),
        step=kind,
        # Kept with each step, so that a reopening or a split finds the way back without guessing.
        status_before=request.status,
        by=when.by,
        reason=kept(reason, _("Reason")) if reason else None,
        text=kept(text, _("text")) if text else None,
        **(lead or Lead())._asdict(),
        **clock,
    )
    session.add(step)
    session.flush()
    request.moved_at, request.last_step_id = step.taken_at, step.id
    session.flush()
    return step


def set_due(session: Session, request: Request) -> None:
    """Store what the clock says after the steps taken: the one place where the due date is written."""
    request.due_on = due_of(queries.clock_events(session, request.id))
    session.flush()


def limit_on(session: Session, urgency: str, day: date) -> Limit:
    """How long a request of an urgency that begins on a day may take."""
    return policy_value(session, REQUEST_DEADLINES, day)[urgency]
