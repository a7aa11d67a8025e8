"""Asking every caller whether it is solved, and closing a request only then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from volunteer_cli.core.i18n import listed
from volunteer_cli.core.policies import policy_value
from volunteer_cli.people.queries import person_names
from volunteer_cli.requests import queries
from volunteer_cli.requests.models import Request, RequestCallback, RequestCaller
from volunteer_cli.requests.rules.callers import note_contact, numbered
from volunteer_cli.requests.rules.errors import CallbackMissing, Unsolved, WhichCaller
from volunteer_cli.requests.rules.steps import When, require_status, take
from volunteer_cli.requests.terms import CALLBACK_ATTEMPTS, Result, Satisfied, Solved, Status, Step

#: On at least so many days somebody is tried before a matter closes without them.
DAYS_TRIED = 2


class Asked(NamedTuple):
    """What is known of a caller since the matter was finished last: the number, tries, and the last answer."""

    n: int
    caller: RequestCaller
    tries: int
    days: int
    answer: RequestCallback | None


def asked(session: Session, request: Request) -> list[Asked]:
    """Every caller of a request with what came of asking them; what was said before a redo does not count."""
    return asked_all(session, [request])[request.id]


def asked_all(session: Session, requests: Sequence[Request]) -> dict[int, list[Asked]]:
    """`asked` of several requests, by their ids."""
    callers = queries.callers_of(session, [request.id for request in requests])
    tries = _tries(session, [caller.id for rows in callers.values() for caller in rows])
    return {
        request.id: [
            _asked(n, caller, tries[caller.id], request.redone)
            for n, caller in enumerate(callers[request.id], 1)
        ]
        for request in requests
    }


def _tries(session: Session, caller_ids: Sequence[int]) -> dict[int, list[RequestCallback]]:
    tries: dict[int, list[RequestCallback]] = {key: [] for key in caller_ids}
    for callback in queries.callbacks(session, caller_ids):
        tries[callback.caller_id].append(callback)
    return tries


def _asked(n: int, caller: RequestCaller, tries: Sequence[RequestCallback], redone: int) -> Asked:
    own = [callback for callback in tries if callback.round == redone]
    reached = [callback for callback in own if callback.reached]
    days = {callback.tried_on for callback in own}
    return Asked(n, caller, len(own), len(days), reached[-1] if reached else None)


def to_ask(session: Session, request: Request) -> list[Asked]:
    """Callers who want an answer and have neither been reached nor tried often enough."""
    return to_ask_of_all(session, [request])[request.id]


def to_ask_of_all(session: Session, requests: Sequence[Request]) -> dict[int, list[Asked]]:
    """`to_ask` of several requests, by their ids."""
    most = policy_value(session, CALLBACK_ATTEMPTS)
    rows = asked_all(session, requests)
    return {key: [each for each in group if _is_left(each, most)] for key, group in rows.items()}


def _is_left(each: Asked, most: int) -> bool:
    if not each.caller.wants_callback or each.answer is not None:
        return False
    return not (each.tries >= most and each.days >= min(DAYS_TRIED, most))


def call_back(
    session: Session,
    request: Request,
    when: When,
    *,
    n: int | None = None,
    solved: Solved | None = None,
    satisfied: Satisfied | None = None,
) -> RequestCaller:
    """Record a call-back: what a caller said, or without `solved` that nobody was reached.

    Raises:
        WrongState, RequestClosed, WhichCaller, NoCaller, StepAhead, OutOfOrder: as their sentences say.
    """
    require_status(session, request, Status.FINISHED)
    caller = numbered(session, request, n) if n is not None else _only_one(session, request)
    # 济南市12345市民服务热线条例 (Jinan's hotline regulations), arts 27 and 28: each is asked; closed is not solved.
    take(session, request, Step.CALLBACK, when)
    session.add(
        RequestCallback(
            caller_id=caller.id,
            round=request.redone,
            tried_on=when.day,
            reached=solved is not None,
            solved=solved,
            satisfied=satisfied,
        )
    )
    if solved is not None:
        note_contact(caller, when.moment)
    session.flush()
    return caller


def _only_one(session: Session, request: Request) -> RequestCaller:
    left = [each for each in asked(session, request) if each.caller.wants_callback and each.answer is None]
    if len(left) != 1:
        raise WhichCaller(number=request.number, callers=_named(session, left))
    return left[0].caller


def _require_asked(session: Session, request: Request, explained: str | None) -> None:
    """Raises CallbackMissing, Unsolved: closed is not solved, and who says so are the callers."""
    if missing := to_ask(session, request):
        raise CallbackMissing(number=request.number, callers=_named(session, missing))
    unsolved = [each for each in asked(session, request) if each.answer and each.answer.solved == Solved.NO]
    if unsolved and not explained:
        raise Unsolved(number=request.number, callers=_named(session, unsolved))


def close(session: Session, request: Request, when: When, *, explained: str | None = None) -> bool:
    """Close a finished request whose callers have been asked, and answer whether it was open.

    Raises:
        Merged, WrongState, CallbackMissing, Unsolved, StepAhead, OutOfOrder: as their sentences say.
    """
    if request.status == Status.CLOSED:
        return False
    require_status(session, request, Status.FINISHED)
    _require_asked(session, request, explained)
    take(session, request, Step.CLOSE, when, reason=explained)
    # Same facts after lawful handling are explained, not handled again (Jinan, art. 25).
    if explained:
        request.result = Result.EXPLAINED
    request.status, request.closed_on = Status.CLOSED, when.day
    session.flush()
    return True


def _named(session: Session, rows: Sequence[Asked]) -> str:
    """Callers by their numbers, with the names of those who did not ask for confidence."""
    names = person_names(session, {each.caller.person_id for each in rows})
    return listed(f"{each.n} {_name(each.caller, names)}" for each in rows)


def _name(caller: RequestCaller, names: dict[int, str]) -> str:
    if caller.confidential:
        return "*"
    return names.get(caller.person_id or 0) or caller.name or "*"
