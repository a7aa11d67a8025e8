"""The entries of one account with their signs and the balance after each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from volunteer_cli.exchange import queries
from volunteer_cli.exchange.models import CreditAccount

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period


def statement_rows(session: Session, account: CreditAccount, period: Period | None) -> list[dict[str, Any]]:
    """What stands on a statement: what came in is positive, what went out negative."""
    held = opening(session, account, period)
    entries = list(queries.entries(session, account_id=account.id, period=period))
    names = queries.account_names(session, {key for entry in entries for key in (entry.from_id, entry.to_id)})
    rows = []
    for entry in entries:
        comes = entry.to_id == account.id
        minutes = entry.minutes if comes else -entry.minutes
        held += minutes
        row = {name: getattr(entry, name) for name in SHOWN}
        other = names[entry.from_id if comes else entry.to_id]
        rows.append(row | {"with": other, "minutes": minutes, "balance": held})
    return rows


SHOWN = ("id", "booked_on", "kind", "hours_id", "exchange_id", "reverses_id", "reason")


def opening(session: Session, account: CreditAccount, period: Period | None) -> int:
    """What the account held before a period began."""
    if period is None:
        return 0
    return queries.balance(session, account.id, period.first - timedelta(1))
