"""What of requests waits for somebody to do it; a caller is named by a number alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.looking import once
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import AHEAD_DAYS, Task, item

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from volunteer_cli.requests.models import Request

ASSIGN_REQUEST, ANSWER_CALLER, FINISH_REQUEST, CALL_BACK, RESUME_REQUEST, SEASON_AHEAD = (
    *("assign_request", "answer_caller", "finish_request"),
    *("call_back", "resume_request", "season_ahead"),
)


def _with(session: Session, scope: Scope, *statuses: str) -> list[Request]:
    """The requests that stand so; four tasks ask for a part of those that are open, one after the other."""
    key = "requests.open", scope.community_id
    return [
        request for request in once(session, key, lambda: _open(session, scope)) if request.status in statuses
    ]


def _open(session: Session, scope: Scope) -> Sequence[Request]:
    from volunteer_cli.requests.queries import requests

    query = requests(today=scope.today, community_id=scope.community_id, open_=True)
    return session.scalars(query).all()


def _running(request: Request, scope: Scope) -> bool:
    """Whether the clock of a request runs: one that is suspended is not late, and nobody is asked to hurry."""
    return request.suspended_until is None or request.suspended_until < scope.today


def _item(task: str, request: Request, step: str, due: date | None, count: int = 1) -> Row:
    return item(task, request.number, count, step, thing=f"request:{request.id}", due=due)


def requests_to_assign(session: Session, scope: Scope) -> Iterator[Row]:
    """Requests that have no lead."""
    from volunteer_cli.requests.terms import Status

    for request in _with(session, scope, Status.REGISTERED):
        if _running(request, scope):
            step = f"request assign {request.number} --to THING"
            yield _item(ASSIGN_REQUEST, request, step, request.due_on)


# The clock of a caller is not that of the matter: each waits for a first answer of their own.
def callers_to_answer(session: Session, scope: Scope) -> Iterator[Row]:
    """Requests whose callers wait for a first answer."""
    from volunteer_cli.requests.queries import waiting

    for request, callers, due in waiting(session, scope.community_id):
        step = f"request answer {request.number}"
        yield _item(ANSWER_CALLER, request, step, due, callers)


def requests_to_finish(session: Session, scope: Scope) -> Iterator[Row]:
    """Requests with a lead that are due soon, or should have been finished."""
    from volunteer_cli.requests.terms import Status

    horizon = scope.today + timedelta(AHEAD_DAYS)
    for request in _with(session, scope, Status.ASSIGNED):
        if request.due_on <= horizon and _running(request, scope):
            step = f"request finish {request.number} --result RESULT"
            yield _item(FINISH_REQUEST, request, step, request.due_on)


def callers_to_call_back(session: Session, scope: Scope) -> Iterator[Row]:
    """Finished requests: callers who are still to be asked, or nothing but the closing."""
    from volunteer_cli.requests.rules.closing import to_ask_of_all
    from volunteer_cli.requests.terms import Status

    requests = _with(session, scope, Status.FINISHED)
    waiting = to_ask_of_all(session, requests)
    for request in requests:
        left = waiting[request.id]
        step = (
            f"request callback {request.number} --caller {left[0].n}"
            if left
            else f"request close {request.number}"
        )
        yield _item(CALL_BACK, request, step, None, len(left) or 1)


def requests_to_resume(session: Session, scope: Scope) -> Iterator[Row]:
    """Suspended requests whose last day is near or over."""
    from volunteer_cli.requests.terms import Status

    horizon = scope.today + timedelta(AHEAD_DAYS)
    for request in _with(session, scope, Status.REGISTERED, Status.ASSIGNED):
        if request.suspended_until is None or request.suspended_until > horizon:
            continue
        step = f"request resume {request.number}"
        yield _item(RESUME_REQUEST, request, step, request.suspended_until)


# 北京市接诉即办工作条例 (Beijing's regulations on swift response), art. 24: what comes every season is prepared (未诉先办).
def seasons_ahead(session: Session, scope: Scope) -> Iterator[Row]:
    """Categories that came in the same days of the last two years, and are announced ahead."""
    from volunteer_cli.core.policies import policy_value
    from volunteer_cli.requests.seasons import seasons
    from volunteer_cli.requests.terms import CATEGORIES, SEASON_LEAD_DAYS

    horizon = scope.today + timedelta(policy_value(session, SEASON_LEAD_DAYS))
    for season in seasons(session, scope.today, scope.community_id):
        if season.first <= horizon:
            step = f"request list --category {season.category} --period {season.last_year}"
            name = _(CATEGORIES[season.category])
            yield item(SEASON_AHEAD, name, season.last_year_count, step, due=season.first)


TASKS = (
    Task(ASSIGN_REQUEST, N_("find a lead for a request"), requests_to_assign, place=20),
    Task(ANSWER_CALLER, N_("give callers a first answer"), callers_to_answer, place=21),
    Task(FINISH_REQUEST, N_("finish a request"), requests_to_finish, place=22),
    Task(CALL_BACK, N_("ask callers whether it is solved, then close"), callers_to_call_back, place=23),
    Task(RESUME_REQUEST, N_("take up a suspended request"), requests_to_resume, place=24),
    Task(SEASON_AHEAD, N_("prepare for what comes every year"), seasons_ahead, place=25, brief=False),
)
