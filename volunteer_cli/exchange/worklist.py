"""What of credits and exchanges waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.looking import once
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import AHEAD_DAYS, Task, item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from volunteer_cli.exchange.figures import AccountRow
    from volunteer_cli.exchange.promises import Promise

PROMISE_OVERDUE, REFUND_PLACE, POST_CREDITS, PLACE_WITHOUT_EXCHANGE = (
    "promise_overdue",
    "refund_place",
    "post_credits",
    "place_without_exchange",
)
PROMISE_DUE, CREDITS_EXPIRING, BELOW_FLOOR, NEAR_FLOOR = (
    "promise_due",
    "credits_expiring",
    "account_below_floor",
    "account_near_floor",
)


def _owed(session: Session, scope: Scope) -> list[Promise]:
    from volunteer_cli.exchange.promises import standing

    promises = once(session, "exchange.standing", lambda: list(standing(session)))
    every = [promise for promise in promises if promise.outstanding]
    own = scope.community_id
    return [promise for promise in every if own is None or promise.exchange.community_id == own]


def promises_overdue(session: Session, scope: Scope) -> Iterator[Row]:
    """Promises to serve whose day has passed."""
    overdue = [promise for promise in _owed(session, scope) if promise.until < scope.today]
    yield from _promise_items(session, PROMISE_OVERDUE, overdue)


def promises_due(session: Session, scope: Scope) -> Iterator[Row]:
    """Promises to serve whose day comes soon."""
    from datetime import timedelta

    last = scope.today + timedelta(AHEAD_DAYS)
    due = [promise for promise in _owed(session, scope) if scope.today <= promise.until <= last]
    yield from _promise_items(session, PROMISE_DUE, due)


def _promise_items(session: Session, task: str, promises: Sequence[Promise]) -> Iterator[Row]:
    from volunteer_cli.people.queries import person_names

    names = person_names(session, {promise.exchange.payer_id for promise in promises})
    for promise in promises:
        key = promise.exchange.id
        name = names[promise.exchange.payer_id]
        yield item(task, name, 1, f"exchange show {key}", thing=f"exchange:{key}", due=promise.until)


def places_to_refund(session: Session, scope: Scope) -> Iterator[Row]:
    """Cancelled events whose places are not refunded yet."""
    from volunteer_cli.exchange.places import cancelled_unrefunded

    for event_id, title, count in cancelled_unrefunded(session, scope.community_id):
        step = f"exchange cancel --event {event_id} --reason TEXT"
        yield item(REFUND_PLACE, title, count, step, thing=f"event:{event_id}")


def credits_to_post(session: Session, scope: Scope) -> Iterator[Row]:
    """Records that count for more or less than was booked for them."""
    from volunteer_cli.core.dates import format_minutes
    from volunteer_cli.exchange.queries import to_post

    # Posting is a run and no side effect: until it has run the difference is due, and stands here.
    records, minutes = to_post(session, community_id=scope.community_id)
    if records:
        yield item(POST_CREDITS, format_minutes(minutes), records, "account post")


def places_without_exchange(session: Session, scope: Scope) -> Iterator[Row]:
    """Priced events to come with places that nobody has paid for."""
    from volunteer_cli.exchange.places import unpaid

    for event_id, title, count in unpaid(session, scope.community_id, after=scope.now):
        step = f"event roster {event_id}"
        yield item(PLACE_WITHOUT_EXCHANGE, title, count, step, thing=f"event:{event_id}")


def credits_expiring(session: Session, scope: Scope) -> Iterator[Row]:
    """Accounts of which something expires soon."""
    from datetime import timedelta

    from volunteer_cli.core.policies import policy_value
    from volunteer_cli.exchange.queries import account_names
    from volunteer_cli.exchange.rules.posting import expiring
    from volunteer_cli.exchange.terms import CREDIT_EXPIRY_MONTHS, CREDIT_WARN_DAYS

    if not policy_value(session, CREDIT_EXPIRY_MONTHS, scope.today):
        return
    # Announced two months ahead: what expired without a word is the bitterest complaint of all such systems.
    until = scope.today + timedelta(policy_value(session, CREDIT_WARN_DAYS))
    rows = _people(session, scope)
    names = account_names(session, [row.id for row in rows])
    for row in rows:
        if lots := expiring(session, row.id, until=until, on=scope.today):
            step, thing = f"account show {row.id}", f"account:{row.id}"
            yield item(CREDITS_EXPIRING, names[row.id], 1, step, thing=thing, due=lots[0].on)


def accounts_below_floor(session: Session, scope: Scope) -> Iterator[Row]:
    """Accounts that facts have pushed further below zero than their limit and promises."""
    # Facts are not refused: a correction may push an account below its floor, and then somebody has to look.
    owed: dict[int, int] = {}
    for promise in _owed(session, scope):
        payer = promise.exchange.payer_id
        owed[payer] = owed.get(payer, 0) + promise.outstanding
    rows = _people(session, scope)
    below = [row for row in rows if row.owed - owed.get(row.person_id or 0, 0) > (row.limit or 0)]
    yield from _account_items(session, BELOW_FLOOR, below)


def accounts_near_floor(session: Session, scope: Scope) -> Iterator[Row]:
    """Accounts that have used nearly all of their limit."""
    # Warned before the limit is reached, or the first that a family hears of it is a refusal.
    near = [
        row for row in _people(session, scope) if row.limit and row.limit >= row.owed >= row.limit * 4 / 5
    ]
    yield from _account_items(session, NEAR_FLOOR, near)


def _people(session: Session, scope: Scope) -> list[AccountRow]:
    from volunteer_cli.exchange.figures import account_rows
    from volunteer_cli.exchange.terms import AccountKind

    today, own = scope.today, scope.community_id
    return once(
        session,
        ("exchange.people", today, own),
        lambda: account_rows(session, today=today, community_id=own, kind=AccountKind.PERSON),
    )


def _account_items(session: Session, task: str, rows: Sequence[AccountRow]) -> Iterator[Row]:
    from volunteer_cli.exchange.queries import account_names

    names = account_names(session, [row.id for row in rows])
    for row in rows:
        yield item(task, names[row.id], 1, f"account show {row.id}", thing=f"account:{row.id}")


TASKS = (
    Task(PROMISE_OVERDUE, N_("see to a promise that is overdue"), promises_overdue, place=50),
    Task(REFUND_PLACE, N_("refund the places of a cancelled event"), places_to_refund, place=54),
    Task(POST_CREDITS, N_("post what service counts for"), credits_to_post, place=55),
    Task(PLACE_WITHOUT_EXCHANGE, N_("ask for the price of places"), places_without_exchange, place=56),
    Task(PROMISE_DUE, N_("remind of a promise to serve"), promises_due, place=61),
    Task(CREDITS_EXPIRING, N_("say that credits expire"), credits_expiring, place=62, brief=False),
    Task(BELOW_FLOOR, N_("settle an account below its limit"), accounts_below_floor, place=63, brief=False),
    Task(NEAR_FLOOR, N_("look at an account near its limit"), accounts_near_floor, place=64, brief=False),
)
