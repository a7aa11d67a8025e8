"""Booking one entry, and what has to hold before credits leave an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from volunteer_cli.core.dates import format_minutes
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.run import run
from volunteer_cli.exchange import queries
from volunteer_cli.exchange.errors import (
    AccountArchived,
    AccountFrozen,
    BeforeLastEntry,
    InsufficientCredit,
)
from volunteer_cli.exchange.models import CreditAccount, CreditEntry
from volunteer_cli.exchange.terms import CREDIT_LIMIT, EntryKind


@dataclass(frozen=True)
class Because:
    """Why credits move: a text, a record of hours, an exchange, a mistake that is taken back."""

    reason: str | None = None
    hours_id: int | None = None
    exchange_id: int | None = None
    reverses_id: int | None = None


def book(
    session: Session,
    kind: EntryKind,
    source: CreditAccount,
    target: CreditAccount,
    minutes: int,
    *,
    on: date,
    because: Because = Because(),
) -> CreditEntry:
    """Move minutes from one account to another of the same community.

    Raises:
        BeforeLastEntry: a person's account has an entry of a later day.
    """
    for account in (source, target):
        require_order(session, account, on)
    entry = CreditEntry(
        community_id=source.community_id,
        booked_on=on,
        kind=kind,
        from_id=source.id,
        to_id=target.id,
        minutes=minutes,
        booked_by=run().given.actor,
        **vars(because),
    )
    session.add(entry)
    session.flush()
    return entry


def require_order(session: Session, account: CreditAccount, on: date) -> None:
    """Refuse a day before the last entry of a person's account; raises BeforeLastEntry."""
    if account.person_id is None:
        return
    last = queries.last_booked_on(session, account.id)
    if last is not None and last > on:
        raise BeforeLastEntry(account=queries.described(session, account), last=last, day=on)


def limit_of(session: Session, account: CreditAccount, on: date) -> int:
    """How many minutes below zero an account may go by spending."""
    own = account.limit_minutes
    return policy_value(session, CREDIT_LIMIT, on) if own is None else own


def require_active(session: Session, account: CreditAccount) -> None:
    """Refuse to take credits from an account that is frozen or archived; raises AccountFrozen, AccountArchived."""
    names = {"account": queries.described(session, account), "account_typed": account.id}
    if account.archived_on is not None:
        raise AccountArchived(**names)
    if account.frozen_on is not None:
        raise AccountFrozen(**names)


def require_in_use(session: Session, account: CreditAccount) -> None:
    """Refuse to bring credits into an account that is archived; raises AccountArchived."""
    if account.archived_on is not None:
        raise AccountArchived(account=queries.described(session, account), account_typed=account.id)


def require_floor(
    session: Session,
    account: CreditAccount,
    minutes: int,
    *,
    on: date,
    error: type[InsufficientCredit] = InsufficientCredit,
) -> None:
    """Refuse to take minutes that an account does not have, down to its limit; the pool has no floor.

    Raises:
        InsufficientCredit: it names balance, floor and what is missing.
    """
    if account.person_id is None:
        return
    held, floor = queries.balance(session, account.id), -limit_of(session, account, on)
    if held - minutes < floor:
        raise error(
            account=queries.described(session, account),
            account_typed=account.id,
            balance=format_minutes(held),
            minutes=format_minutes(minutes),
            floor=format_minutes(floor),
            missing=format_minutes(floor - held + minutes),
        )
