"""The entries of one account with their signs and the balance after each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from volunteer_cli.exchange import queries
from volunteer_cli.exchange.models import CreditAccount

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period


def statement_rows(session: Session, account: CreditAccount, period: Period | None) -> list[dict[str, Any]]:
    """What stands on a statement: what came in is positive, what went out negative."""
    balance = opening(session, account, period)
    entries = list(queries.entries(session, account_id=account.id, period=period))
    names = queries.account_names(session, {key for entry in entries for key in (entry.from_id, entry.to_id)})
    rows = []
    for entry in entries:
        row = _row(entry, account, names)
        balance += row["minutes"]
        rows.append(row | {"balance": balance})
    return rows


def _row(entry: Any, account: CreditAccount, names: Mapping[int, str]) -> dict[str, Any]:
    """An entry as its account sees it. A reversal stands below what it takes back: neither vanishes."""
    comes = entry.to_id == account.id
    row = {name: getattr(entry, name) for name in SHOWN}
    other = names[entry.from_id if comes else entry.to_id]
    return row | {"with": other, "minutes": entry.minutes if comes else -entry.minutes}


SHOWN = ("id", "booked_on", "kind", "hours_id", "exchange_id", "reverses_id", "reason")


def opening(session: Session, account: CreditAccount, period: Period | None) -> int:
    """What the account held before a period began."""
    if period is None:
        return 0
    return queries.balance(session, account.id, period.first - timedelta(1))
