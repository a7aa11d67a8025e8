"""Registering a request, and those who call about it: each with a wish of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import add_working_days
from volunteer_cli.core.i18n import _
from volunteer_cli.core.numbers import issue_number
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.steps import require_step
from volunteer_cli.core.text import clean, kept, required
from volunteer_cli.requests import queries
from volunteer_cli.requests.clock import limit_from
from volunteer_cli.requests.models import Request, RequestCaller
from volunteer_cli.requests.rules.errors import NoCaller
from volunteer_cli.requests.rules.steps import When, limit_on, require_status, take
from volunteer_cli.requests.terms import (
    OPEN,
    REQUEST_RESPONSE_DAYS,
    Category,
    Channel,
    Kind,
    Status,
    Step,
    Urgency,
)


@dataclass(frozen=True)
class Call:
    """Who calls: somebody on file, somebody by name or phone, or nobody who can be named."""

    person_id: int | None = None
    name: str | None = None
    phone: str | None = None
    household_id: int | None = None
    confidential: bool = False
    wants_callback: bool = True

    @property
    def anonymous(self) -> bool:
        """Whether nothing is known by which they could be asked again."""
        return not (self.person_id or self.name or self.phone)

    def same(self, caller: RequestCaller) -> bool:
        """Whether a caller on file is this one: by record, else by phone, else by name."""
        if self.anonymous or caller.anonymous:
            return False
        if self.person_id or caller.person_id:
            return self.person_id == caller.person_id
        if self.phone or caller.phone:
            return self.phone == caller.phone
        return self.name == caller.name


@dataclass(frozen=True)
class Draft:
    """What is known of a request when it is registered; without a number it gets the next one."""

    text: str
    calls: Sequence[Call]
    kind: Kind = Kind.HELP
    category: Category = Category.OTHER
    urgency: Urgency = Urgency.ORDINARY
    channel: Channel = Channel.VISIT
    place: str | None = None
    building: str | None = None
    grid: str | None = None
    about_id: int | None = None
    external: str | None = None
    recurs_id: int | None = None


def register(session: Session, community: Community, draft: Draft, when: When) -> Request:
    """Register a request with those who called.

    Raises:
        StepAhead, BadText, MissingValue: as their sentences say.
    """
    text = required(draft.text, _("request"))
    require_step(when.on, now=when.now, last=None, thing=_("the request"))
    limit = limit_on(session, draft.urgency, when.day)
    request = _request(session, community, draft, when)
    # A promise to the caller: stored, so that no later policy moves it, and the first one never changes.
    request.text, request.first_due_on = text, limit_from(when.day, limit)
    request.due_on = request.first_due_on
    session.add(request)
    session.flush()
    take(session, request, Step.REGISTER, when, days=limit.days, calendar=limit.calendar)
    for call in draft.calls:
        _add_caller(session, request, call, draft.channel, when)
    session.flush()
    return request


def _number(session: Session, community: Community, year: int) -> str:
    code = community.code.upper()
    return issue_number(session, f"request:{community.code}:{year}", f"{code}-R{year}-{{:04}}")


def _request(session: Session, community: Community, draft: Draft, when: When) -> Request:
    return Request(
        community_id=community.id,
        number=_number(session, community, when.day.year),
        external=draft.external,
        kind=draft.kind,
        category=draft.category,
        urgency=draft.urgency,
        channel=draft.channel,
        place=kept(draft.place, _("place")) if draft.place else None,
        building=draft.building,
        grid=draft.grid,
        about_id=draft.about_id,
        recurs_id=draft.recurs_id,
        received_at=when.moment,
        moved_at=when.moment,
        status=Status.REGISTERED,
        extended_days=0,
        redone=0,
    )


def add_call(session: Session, request: Request, call: Call, channel: Channel, when: When) -> RequestCaller:
    """Record another caller of a request, or the same one again, who then is one caller who called twice.

    Raises:
        RequestClosed, WrongState, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, request, *OPEN)
    take(session, request, Step.CALL, when)
    for caller in queries.callers(session, request.id):
        # 人 and 人次: the same caller again on the same matter is one caller who called twice.
        if call.same(caller):
            caller.calls += 1
            caller.confidential |= call.confidential
            session.flush()
            return caller
    caller = _add_caller(session, request, call, channel, when)
    session.flush()
    return caller


def _add_caller(session: Session, request: Request, call: Call, channel: str, when: When) -> RequestCaller:
    caller = RequestCaller(
        request_id=request.id,
        home_id=request.id,
        person_id=call.person_id,
        name=clean(call.name, _("name")) if call.name else None,
        phone=call.phone,
        household_id=call.household_id,
        anonymous=call.anonymous,
        confidential=call.confidential,
        # Who cannot be named cannot be asked either.
        wants_callback=call.wants_callback and not call.anonymous,
        called_at=when.moment,
        channel=channel,
        calls=1,
        respond_by=respond_by(session, when.day),
    )
    session.add(caller)
    return caller


def respond_by(session: Session, day: date) -> date:
    """The last day for a first answer to who called on a day."""
    return add_working_days(day, policy_value(session, REQUEST_RESPONSE_DAYS, day))


def numbered(session: Session, request: Request, n: int) -> RequestCaller:
    """The caller of a number, as `request show` counts them.

    Raises:
        NoCaller: there is none.
    """
    rows = queries.callers(session, request.id)
    if not 1 <= n <= len(rows):
        raise NoCaller(number=request.number, n=n)
    return rows[n - 1]


def answer(
    session: Session, request: Request, when: When, *, n: int | None = None, text: str | None = None
) -> Sequence[RequestCaller]:
    """Record a first answer: to one caller, or to all who wait.

    Raises:
        RequestClosed, WrongState, NoCaller, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, request, *OPEN)
    if n is None:
        waiting = [
            caller
            for caller in queries.callers(session, request.id)
            if caller.wants_callback and caller.answered_at is None
        ]
    else:
        waiting = [numbered(session, request, n)]
    if waiting:
        take(session, request, Step.ANSWER, when, text=text)
    for caller in waiting:
        note_contact(caller, when.moment)
    session.flush()
    return waiting


def note_contact(caller: RequestCaller, at: datetime) -> None:
    """Keep the first contact with a caller, which is the answer that the limit asks for."""
    caller.answered_at = caller.answered_at or max(at, caller.called_at)
