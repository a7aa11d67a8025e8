"""What went in and out of accounts: for a long list one walk through the ledger, none of whose rows is an object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.database import built_once, chunks
from volunteer_cli.core.policies import policy_value
from volunteer_cli.exchange.models import CreditAccount, CreditEntry
from volunteer_cli.exchange.terms import CREDIT_LIMIT, AccountKind, AccountStatus, EntryKind

#: The figure that entries of a kind belong to; of gifts and closed accounts it depends on the direction.
FIGURE_OF = {
    EntryKind.EARN: "earned",
    EntryKind.CORRECT: "earned",
    EntryKind.SPEND: "spent",
    EntryKind.REFUND: "spent",
    EntryKind.GRANT: "received",
    EntryKind.MOVE_IN: "received",
    EntryKind.DONATE: "given",
    EntryKind.MOVE_OUT: "given",
    EntryKind.SURPLUS: "expired",
    EntryKind.EXPIRE: "expired",
}
#: What went in; what went out follows, and the one less the other is the balance.
INCOMING = ("earned", "received")
FIGURES = (*INCOMING, "spent", "given", "expired")
IS_POOL = CreditAccount.person_id.is_(None)


class AccountRow(NamedTuple):
    """An account with all that is told of it in a list."""

    id: int
    community_id: int
    person_id: int | None
    kind: AccountKind
    limit: int | None
    counts_from: date
    status: AccountStatus
    earned: int
    received: int
    spent: int
    given: int
    expired: int
    balance: int
    owed: int
    last_entry_on: date | None


def account_rows(
    session: Session,
    *,
    today: date,
    on: date | None = None,
    community_id: int | None = None,
    kind: AccountKind | None = None,
    archived: bool = False,
) -> list[AccountRow]:
    """Accounts in use on a day, today unless named, or the archived ones, with their figures then; the pool first."""
    limit = policy_value(session, CREDIT_LIMIT, on or today)
    return _rows(session, _all_of(limit, on, community_id, kind, archived=archived))


@built_once
def _all_of(
    limit: int, on: date | None, community_id: int | None, kind: AccountKind | None, *, archived: bool
) -> Select[Any]:
    which = [*_standing(on, archived=archived), *_chosen(community_id, kind)]
    return _selected(which, _figures(None, on), limit)


def _standing(on: date | None, *, archived: bool) -> Iterator[ColumnElement[bool]]:
    closed: ColumnElement[bool] = CreditAccount.archived_on.is_not(None)
    if on is not None:
        # What somebody held on a past day never changes, and so it is listed whatever became of the account.
        closed = and_(closed, CreditAccount.archived_on <= on)
    yield closed if archived else ~closed


def _chosen(community_id: int | None, kind: AccountKind | None) -> Iterator[ColumnElement[bool]]:
    if community_id is not None:
        yield CreditAccount.community_id == community_id
    if kind is not None:
        yield IS_POOL if kind is AccountKind.POOL else ~IS_POOL


def rows_of_accounts(
    session: Session, accounts: Sequence[CreditAccount], *, today: date, on: date | None = None
) -> list[AccountRow]:
    """A few accounts with their figures, in the order in which they are given."""
    limit = policy_value(session, CREDIT_LIMIT, on or today)
    keys = [account.id for account in accounts]
    by_id = {
        row.id: row
        for part in chunks(keys)
        for row in _rows(session, _selected([CreditAccount.id.in_(part)], _figures(part, on), limit))
    }
    return [by_id[key] for key in keys]


def _rows(session: Session, query: Select[Any]) -> list[AccountRow]:
    # What the session still holds is written first: the connection knows nothing of it.
    session.flush()
    return list(map(AccountRow._make, session.connection().execute(query)))


def _selected(which: Sequence[ColumnElement[bool]], figures: Subquery, limit: int) -> Select[Any]:
    columns = _columns(figures, limit)
    query = select(*(columns[name].label(name) for name in AccountRow._fields))
    query = query.outerjoin_from(CreditAccount, figures, figures.c.account_id == CreditAccount.id)
    return query.where(*which).order_by(CreditAccount.id)


def _columns(figures: Subquery, limit: int) -> dict[str, Any]:
    """What stands in a row, by the names of its fields."""
    own = {name: getattr(CreditAccount, name) for name in ("id", "community_id", "person_id", "counts_from")}
    return own | {
        "kind": case((IS_POOL, AccountKind.POOL), else_=AccountKind.PERSON),
        "limit": case((IS_POOL, null()), else_=func.coalesce(CreditAccount.limit_minutes, limit)),
        "status": _status(),
        **_amounts(figures),
        "last_entry_on": figures.c.last_entry_on,
    }


def _amounts(figures: Subquery) -> dict[str, Any]:
    """The figures, and what follows from them; of an account without an entry all are nothing."""
    sums: dict[str, Any] = {name: func.coalesce(figures.c[name], 0) for name in FIGURES}
    outgoing = sums["spent"] + sums["given"] + sums["expired"]
    balance = sums["earned"] + sums["received"] - outgoing
    owed = case((and_(~IS_POOL, balance < 0), -balance), else_=0)
    return sums | {"balance": balance, "owed": owed}


def _status() -> Any:
    """What an account may do."""
    return case(
        (CreditAccount.archived_on.is_not(None), AccountStatus.ARCHIVED),
        (CreditAccount.frozen_on.is_not(None), AccountStatus.FROZEN),
        else_=AccountStatus.ACTIVE,
    )


def _figures(keys: list[int] | None, on: date | None) -> Subquery:
    """The figures of accounts, all of them or some, up to the end of a day; those without an entry are left out."""
    parts = (part(keys, on, into=into) for part in (_booked, _taken_back) for into in (True, False))
    moved = union_all(*parts).subquery("moved")
    sums = (cast(func.sum(moved.c[name]), BigInteger).label(name) for name in FIGURES)
    last = func.max(moved.c.last_entry_on).label("last_entry_on")
    return select(moved.c.account_id, *sums, last).group_by(moved.c.account_id).subquery("figures")


def _booked(keys: list[int] | None, on: date | None, *, into: bool) -> Select[Any]:
    """The sums of one side of entries by account, in the order of its index; reversals are in none."""
    side = CreditEntry.to_id if into else CreditEntry.from_id
    sums = _sums(CreditEntry.kind, _kinds(into=into), into=into)
    query = select(side.label("account_id"), *sums, func.max(CreditEntry.booked_on).label("last_entry_on"))
    return query.where(*limits(side, keys, on)).group_by(side)


def _taken_back(keys: list[int] | None, on: date | None, *, into: bool) -> Select[Any]:
    """The sums of reversals; they belong to the figure in which the mistake stood, and that went the other way."""
    side, mistake = CreditEntry.to_id if into else CreditEntry.from_id, aliased(CreditEntry)
    # Each has its mistake. Joined so, grouped by what is no column and said as a range, the few of them are read
    # from their own index: no planner walks through that of all accounts.
    account = (side + literal_column("0")).label("account_id")
    query = select(account, *_sums(mistake.kind, _kinds(into=not into), into=into), null())
    query = query.outerjoin(mistake, mistake.id == CreditEntry.reverses_id)
    return query.where(CreditEntry.reverses_id > 0, *limits(side, keys, on)).group_by(account)


def _sums(kind: Any, kinds: Mapping[str, list[EntryKind]], *, into: bool) -> Iterator[Any]:
    """What the entries of one side add to each figure, or take off it."""
    for name in FIGURES:
        minutes = func.sum(CreditEntry.minutes).filter(kind.in_(kinds[name]))
        yield (minutes if (name in INCOMING) == into else -minutes).label(name)


def _kinds(*, into: bool) -> dict[str, list[EntryKind]]:
    """The kinds of entries that belong to each figure of the account into which, or out of which, they go."""
    kinds: dict[str, list[EntryKind]] = {name: [] for name in FIGURES}
    for kind in EntryKind:
        if kind is not EntryKind.REVERSE:
            kinds[FIGURE_OF.get(kind, "received" if into else "given")].append(kind)
    return kinds


def limits(side: Any, keys: list[int] | None, on: date | None) -> Iterator[ColumnElement[bool]]:
    """What one side of entries is narrowed by: some accounts, the end of a day."""
    if keys is not None:
        yield side.in_(keys)
    if on is not None:
        yield CreditEntry.booked_on <= on
