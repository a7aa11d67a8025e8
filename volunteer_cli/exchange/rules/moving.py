"""Moving a person and their credits to another community; one account for two, and for one who is forgotten."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.areas import hooks
from volunteer_cli.communities.models import Community
from volunteer_cli.core.history import update_all
from volunteer_cli.core.i18n import with_detail
from volunteer_cli.core.policies import policy_value
from volunteer_cli.events.models import Event, Signup
from volunteer_cli.events.terms import AHEAD, SignupStatus
from volunteer_cli.exchange import queries
from volunteer_cli.exchange.models import CreditAccount, Exchange
from volunteer_cli.exchange.promises import standing
from volunteer_cli.exchange.rules import accounts
from volunteer_cli.exchange.rules.booking import Because, book
from volunteer_cli.exchange.rules.giving import grant
from volunteer_cli.exchange.terms import MOVE_RECOGNITION, EntryKind
from volunteer_cli.people.models import Person
from volunteer_cli.teams.models import Membership, Team
from volunteer_cli.teams.rules import end_membership


def move_account(session: Session, person: Person, to: Community, *, on: date) -> CreditAccount:
    """Close the account of a person where it is and open it in another community, balance and debts with it.

    Raises:
        NoAccount: there is none to move.
        BeforeLastEntry: it has an entry of a later day.
    """
    account = queries.account_of(session, person)
    if account.community_id == to.id:
        return account
    left = session.get_one(Community, account.community_id)
    target = accounts.open_account(session, person, to, on=on)
    _carry(session, account, target, on, f"{left.code} → {to.code}")
    _take_promises_along(session, person, account.community_id, to.id)
    account.archived_on = on
    session.flush()
    return target


def _carry(session: Session, account: CreditAccount, target: CreditAccount, on: date, reason: str) -> None:
    """Move a balance by an entry in each community; a debt is recognized in full, whatever the policy."""
    # Two entries, for no entry may be between two communities: the accounts of each add up to zero.
    held = queries.balance(session, account.id)
    old, new = (accounts.pool(session, each.community_id, on) for each in (account, target))
    dated: dict[str, Any] = {"on": on, "because": Because(reason=reason)}
    if held > 0:
        book(session, EntryKind.MOVE_OUT, account, old, held, **dated)
        recognized = held * policy_value(session, MOVE_RECOGNITION, on) // 100
        if recognized:
            book(session, EntryKind.MOVE_IN, new, target, recognized, **dated)
    elif held < 0:
        book(session, EntryKind.MOVE_OUT, old, account, -held, **dated)
        book(session, EntryKind.MOVE_IN, target, new, -held, **dated)


def _take_promises_along(session: Session, person: Person, old_id: int, new_id: int) -> None:
    """Let promises be owed where the debt is now."""
    promised = select(Exchange.id).where(
        Exchange.payer_id == person.id, Exchange.community_id == old_id, Exchange.promised_until.is_not(None)
    )
    live = promised.where(Exchange.waived_on.is_(None), Exchange.cancelled_on.is_(None))
    update_all(session, Exchange, session.scalars(live).all(), {"community_id": new_id})
    session.expire_all()


def move_person(session: Session, person: Person, to: Community, *, now: datetime) -> list[str]:
    """Let a person live in another community from now on; the places that no longer fit are answered.

    Their history stays where the service was given; credits move, teams and stays end.

    Raises:
        PersonArchived, BeforeLastEntry: the record is out of use, or an account has an entry of a later day.
    """
    if person.community_id == to.id:
        return []
    today, old_id = now.date(), person.community_id
    if queries.account_in(session, person.id, old_id) is not None:
        move_account(session, person, to, on=today)
    person.community_id = to.id
    session.flush()
    _end_memberships(session, person, old_id, today)
    for follow in hooks("after_leaving"):
        follow(session, person.id, today)
    return _places_left_behind(session, person, old_id, now)


def _end_memberships(session: Session, person: Person, community_id: int, on: date) -> None:
    query = (
        select(Membership)
        .join(Team, Team.id == Membership.team_id)
        .where(
            Membership.person_id == person.id, Membership.until.is_(None), Team.community_id == community_id
        )
    )
    for membership in session.scalars(query).all():
        end_membership(session, membership, on=max(on, membership.since))


def _places_left_behind(session: Session, person: Person, community_id: int, now: datetime) -> list[str]:
    """The events to come of the old community at which somebody has a place or waits."""
    query = (
        select(Event.title, Event.id)
        .join(Signup, Signup.event_id == Event.id)
        .where(
            Signup.person_id == person.id,
            Signup.status.in_((SignupStatus.SIGNED_UP, SignupStatus.WAITING)),
            Event.community_id == community_id,
            Event.status.in_(AHEAD),
            Event.ends_at > now,
        )
    )
    return [with_detail(title, key) for title, key in session.execute(query.order_by(Event.starts_at))]


# --- two become one, and one is forgotten ------------------------------------------------------------


def merge_accounts(session: Session, keep_id: int, drop_id: int, *, on: date) -> None:
    """Where both have an account in one community, let the balance of the one who goes move to the other's."""
    kept = {account.community_id: account for account in queries.accounts_of(session, keep_id)}
    for account in queries.accounts_of(session, drop_id):
        if (target := kept.get(account.community_id)) is not None:
            _unite(session, account, target, on)


def _unite(session: Session, account: CreditAccount, target: CreditAccount, on: date) -> None:
    held = queries.balance(session, account.id)
    source, receiver = (account, target) if held > 0 else (target, account)
    if held:
        book(session, EntryKind.CLOSE, source, receiver, abs(held), on=on)
        target.archived_on = None
    account.archived_on = account.archived_on or on
    session.flush()


def close_accounts(session: Session, person_id: int, *, on: date) -> None:
    """Waive what somebody who is forgotten still owes, and book what is left to the pool."""
    for promise in standing(session, [person_id]):
        promise.exchange.waived_on = on
        account = queries.account_in(session, person_id, promise.exchange.community_id)
        if promise.outstanding and account is not None:
            because = Because(exchange_id=promise.exchange.id)
            grant(session, account, promise.outstanding, on=on, because=because)
    for account in queries.accounts_of(session, person_id):
        _empty(session, account, on)
        account.archived_on = account.archived_on or on
    session.flush()


def _empty(session: Session, account: CreditAccount, on: date) -> None:
    """Bring an account to zero by an entry with the pool: the sum of all must stay zero when somebody is gone."""
    held = queries.balance(session, account.id)
    pool = accounts.pool(session, account.community_id, on)
    source, receiver = (account, pool) if held > 0 else (pool, account)
    if held:
        book(session, EntryKind.CLOSE, source, receiver, abs(held), on=on)
