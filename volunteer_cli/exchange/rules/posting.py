"""Posting 入账: booking the difference between what records count for and what was booked for them; and expiry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import spill_sorts
from volunteer_cli.core.dates import add_months
from volunteer_cli.core.history import insert_columns
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.run import run
from volunteer_cli.exchange import queries
from volunteer_cli.exchange.errors import NoExpiry
from volunteer_cli.exchange.models import CreditAccount, CreditEntry
from volunteer_cli.exchange.rules.booking import book, require_order
from volunteer_cli.exchange.terms import CREDIT_EXPIRY_MONTHS, CREDIT_MAXIMUM, EntryKind

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period

#: So many entries are written at once: enough to be quick, few enough to need little memory.
AT_ONCE = 20_000


@dataclass
class Posted:
    """What a run of posting has booked."""

    records: int = 0
    earned: int = 0
    corrected: int = 0
    surplus: int = 0


def post(
    session: Session,
    *,
    on: date,
    community_id: int | None = None,
    person_id: int | None = None,
    period: Period | None = None,
) -> Posted:
    """Book what confirmed records count for by now, and move what is above the maximum to the pool.

    A closed period does not hinder it: hours are frozen there, entries are dated today.

    Raises:
        BeforeLastEntry: an account has an entry of a later day.
    """
    posted, pools = Posted(), _pools(session)
    query = queries.due_records(session, community_id=community_id, person_id=person_id, period=period)
    touched: dict[int, None] = {}
    connection = session.connection()
    spill_sorts(connection)
    # Rows as the driver has them: a million pass through here, and none becomes an object.
    for rows in connection.execute(query.execution_options(yield_per=AT_ONCE)).partitions():
        touched |= dict.fromkeys(_write(session, rows, pools, on, posted))
    _require_order(session, touched, on)
    posted.surplus = _book_surplus(session, touched, on)
    return posted


def _pools(session: Session) -> dict[int, int]:
    """The ids of the pools by community."""
    query = select(CreditAccount.community_id, CreditAccount.id).where(CreditAccount.person_id.is_(None))
    return {row.community_id: row.id for row in session.execute(query)}


def _write(
    session: Session, rows: Sequence[Any], pools: dict[int, int], on: date, posted: Posted
) -> Sequence[int]:
    """Book the differences of records, column by column, and answer whose accounts they are."""
    accounts, records, communities, differences = zip(*rows, strict=True)
    pool_ids = list(map(pools.__getitem__, communities))
    insert_columns(
        session,
        CreditEntry,
        {
            "community_id": communities,
            "booked_on": [on] * len(records),
            **_sides(pool_ids, accounts, differences),
            "hours_id": records,
            "booked_by": [run().given.actor] * len(records),
        },
    )
    earned = sum(difference for difference in differences if difference > 0)
    posted.records += len(records)
    posted.earned += earned
    posted.corrected += earned - sum(differences)
    return accounts


def _sides(
    pools: Sequence[int], accounts: Sequence[int], differences: Sequence[int]
) -> dict[str, Sequence[Any]]:
    """Who pays whom: the pool for what was not booked yet, the account for what was booked too much."""
    earns = [difference > 0 for difference in differences]
    both = list(zip(earns, pools, accounts, strict=True))
    return {
        "kind": [EntryKind.EARN if earning else EntryKind.CORRECT for earning in earns],
        "from_id": [pool if earning else account for earning, pool, account in both],
        "to_id": [account if earning else pool for earning, pool, account in both],
        "minutes": list(map(abs, differences)),
    }


def _require_order(session: Session, account_ids: Iterable[int], on: date) -> None:
    # The clock rarely runs backwards: one look at the newest day spares a look at each account.
    newest = session.scalar(select(func.max(CreditEntry.booked_on)))
    if newest is not None and newest > on:
        for key in account_ids:
            require_order(session, session.get_one(CreditAccount, key), on)


def _book_surplus(session: Session, account_ids: Iterable[int], on: date) -> int:
    """Move what accounts hold above the maximum to the pool, and answer how many minutes that were."""
    maximum = policy_value(session, CREDIT_MAXIMUM, on)
    keys = list(account_ids)
    if not maximum or not keys:
        return 0
    total = 0
    for key, held in sorted(queries.balances(session, keys).items()):
        if held > maximum:
            total += _to_pool(session, key, EntryKind.SURPLUS, held - maximum, on)
    return total


def _to_pool(session: Session, account_id: int, kind: EntryKind, minutes: int, on: date) -> int:
    account = session.get_one(CreditAccount, account_id)
    pool = queries.pool_of(session, account.community_id)
    assert pool is not None  # noqa: S101 - for the type checker; it comes with the first account
    book(session, kind, account, pool, minutes, on=on)
    return minutes


# --- expiry ------------------------------------------------------------


@dataclass(frozen=True)
class Lot:
    """Credits of one day that are not used yet, and the day on which they expire."""

    on: date
    minutes: int


def expire(session: Session, *, on: date, community_id: int | None = None) -> dict[int, int]:
    """Move to the pool what was not used in time, first in first out, and answer the minutes by account.

    Raises:
        NoExpiry: credits do not expire.
        BeforeLastEntry: an account has an entry of a later day.
    """
    months = policy_value(session, CREDIT_EXPIRY_MONTHS, on)
    if not months:
        raise NoExpiry
    expired = dict(_expired(session, add_months(on, -months), community_id))
    for key, minutes in sorted(expired.items()):
        _to_pool(session, key, EntryKind.EXPIRE, minutes, on)
    return expired


def _expired(session: Session, cutoff: date, community_id: int | None) -> Iterator[tuple[int, int]]:
    """Accounts with what came in until a day less all that ever went out, where something is left."""
    # First in, first out without a table of lots: what went out is taken from what came in first.
    out = _summed(CreditEntry.from_id).cte()
    early = _summed(CreditEntry.to_id).where(CreditEntry.booked_on <= cutoff).cte()
    left = (early.c.minutes - func.coalesce(out.c.minutes, 0)).label("left")
    query = (
        select(CreditAccount.id, left)
        .join(early, early.c.account_id == CreditAccount.id)
        .outerjoin(out, out.c.account_id == CreditAccount.id)
        .where(CreditAccount.person_id.is_not(None), left > 0)
    )
    if community_id is not None:
        query = query.where(CreditAccount.community_id == community_id)
    yield from ((key, minutes) for key, minutes in session.execute(query))


def _summed(side: Any) -> Select[Any]:
    """The minutes of all entries by the account on one side of them."""
    return select(side.label("account_id"), func.sum(CreditEntry.minutes).label("minutes")).group_by(side)


def expiring(session: Session, account_id: int, *, until: date, on: date) -> list[Lot]:
    """What of an account expires up to a day if it is not used, by day."""
    months = policy_value(session, CREDIT_EXPIRY_MONTHS, on)
    if not months:
        return []
    unused = ((add_months(day, months), minutes) for day, minutes in _unused(session, account_id))
    return [Lot(last, minutes) for last, minutes in unused if last <= until]


def _unused(session: Session, account_id: int) -> Iterator[tuple[date, int]]:
    """What is left of the credits of an account, by the day on which they came in."""
    total = func.sum(CreditEntry.minutes)
    out = session.scalar(select(total).where(CreditEntry.from_id == account_id)) or 0
    into = select(CreditEntry.booked_on, total).where(CreditEntry.to_id == account_id)
    for day, minutes in session.execute(into.group_by(CreditEntry.booked_on).order_by(CreditEntry.booked_on)):
        used = min(out, minutes)
        out -= used
        if minutes > used:
            yield day, minutes - used
