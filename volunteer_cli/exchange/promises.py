"""What is still owed of promises to serve: computed from the balance of whoever promised, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.exchange.models import CreditAccount, Exchange
from volunteer_cli.exchange.queries import balances
from volunteer_cli.exchange.terms import ExchangeStatus


@dataclass(frozen=True)
class Promise:
    """A promise and the minutes of it that are still owed."""

    exchange: Exchange
    until: date
    outstanding: int


def laid_on(debt: int, exchanges: Iterable[Exchange]) -> list[Promise]:
    """A debt laid on promises, the latest deadlines first: what has been earned pays the earliest."""
    promises = []
    for exchange in sorted(exchanges, key=lambda each: (each.promised_until, each.id), reverse=True):
        assert exchange.promised_until is not None  # noqa: S101 - for the type checker
        outstanding = min(debt, exchange.minutes)
        debt -= outstanding
        promises.append(Promise(exchange, exchange.promised_until, outstanding))
    return promises[::-1]


def standing(
    session: Session, payer_ids: Iterable[int] | None = None, on: date | None = None
) -> list[Promise]:
    """The promises that were neither cancelled nor waived, of some people or of all, earliest deadline first."""
    by_payer: dict[tuple[int, int], list[Exchange]] = defaultdict(list)
    for exchange in _promised(session, payer_ids, on):
        by_payer[exchange.payer_id, exchange.community_id].append(exchange)
    # Nothing is stored of how much of a promise is kept: it is the debt of the account, laid on its promises.
    debts = _debts(session, by_payer, on)
    promises = [
        promise for key, exchanges in by_payer.items() for promise in laid_on(debts.get(key, 0), exchanges)
    ]
    return sorted(promises, key=lambda each: (each.until, each.exchange.id))


def _promised(session: Session, payer_ids: Iterable[int] | None, on: date | None) -> Iterator[Exchange]:
    """The exchanges that bear a promise which stands, booked by a day."""
    query = select(Exchange).where(
        Exchange.promised_until.is_not(None), Exchange.waived_on.is_(None), Exchange.cancelled_on.is_(None)
    )
    if on is not None:
        query = query.where(Exchange.booked_on <= on)
    if payer_ids is None:
        yield from session.scalars(query)
        return
    for part in chunks(payer_ids):
        yield from session.scalars(query.where(Exchange.payer_id.in_(part)))


def _debts(
    session: Session, payers: Iterable[tuple[int, int]], on: date | None
) -> dict[tuple[int, int], int]:
    """By person and community, how far below zero their account is."""
    owners = _owners(session, {person_id for person_id, _community in payers})
    held: dict[tuple[int, int], int] = defaultdict(int)
    for account_id, minutes in balances(session, owners, on).items():
        held[owners[account_id]] += minutes
    return {key: max(0, -minutes) for key, minutes in held.items()}


def _owners(session: Session, person_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Whose the accounts of people are, and of which community; archived ones too, for they add up."""
    query = select(CreditAccount.id, CreditAccount.person_id, CreditAccount.community_id)
    owners: dict[int, tuple[int, int]] = {}
    for part in chunks(person_ids):
        for row in session.execute(query.where(CreditAccount.person_id.in_(part))):
            owners[row.id] = (row.person_id, row.community_id)
    return owners


def outstanding(session: Session, exchanges: Sequence[Exchange]) -> dict[int, int]:
    """The minutes that are still owed of exchanges, by id."""
    payers = {exchange.payer_id for exchange in exchanges if exchange.promised_until is not None}
    return {promise.exchange.id: promise.outstanding for promise in standing(session, payers)}


def status_of(exchange: Exchange, owed: int, today: date) -> ExchangeStatus:
    """What became of an exchange of which so many minutes are still owed."""
    if exchange.cancelled_on is not None:
        return ExchangeStatus.CANCELLED
    if exchange.waived_on is not None:
        return ExchangeStatus.WAIVED
    if exchange.promised_until is None:
        return ExchangeStatus.BOOKED
    if not owed:
        return ExchangeStatus.KEPT
    return ExchangeStatus.OVERDUE if today > exchange.promised_until else ExchangeStatus.PROMISED
