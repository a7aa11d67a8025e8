"""The statement that somebody takes home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import format_minutes, long_date
from volunteer_cli.core.i18n import _
from volunteer_cli.core.numbers import note_numbers
from volunteer_cli.core.records import IssuedNumber
from volunteer_cli.core.run import run
from volunteer_cli.core.worded import in_words
from volunteer_cli.exchange import queries
from volunteer_cli.exchange.guards import statements_of
from volunteer_cli.exchange.models import CreditAccount
from volunteer_cli.exchange.statements import opening, statement_rows
from volunteer_cli.exchange.terms import ENTRY_KINDS
from volunteer_cli.output.document import Document, Grid, Section

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period


def statement_of(session: Session, account: CreditAccount, period: Period | None) -> Document:
    """The statement of an account under a number that says how far it goes."""
    rows = statement_rows(session, account, period)
    community = session.get_one(Community, account.community_id)
    # Under a number: what was handed out holds an undo back that would make it untrue.
    number = _number(session, account, community, rows)
    facts = _facts(session, account, period, rows)
    return Document(
        _("Statement of account"),
        number,
        sections=(Section(facts=facts, grid=_grid(rows)),),
        issuer=community.signs_as,
        day=long_date(run().clock.today),
        # Time for time, never for money or goods: so all cities have it that run time banks (时间银行).
        notes=(_("Credits are for service alone: they are not sold, and buy no goods."),),
    )


def _facts(
    session: Session, account: CreditAccount, period: Period | None, rows: list[dict[str, Any]]
) -> list[tuple[str, str]]:
    before = opening(session, account, period)
    return [
        (_("Account"), in_words(queries.account_names(session, [account.id])[account.id])),
        (_("Period"), period.label if period else _("everything")),
        (_("Balance before"), format_minutes(before)),
        (_("Balance"), format_minutes(rows[-1]["balance"] if rows else before)),
    ]


def _number(
    session: Session, account: CreditAccount, community: Community, rows: list[dict[str, Any]]
) -> str:
    """A number of account and last entry; the register keeps it, so that no undo takes back what is on paper."""
    last = rows[-1]["id"] if rows else 0
    number = f"{community.code.upper()}-S{account.id}-{last}"
    known = select(IssuedNumber.id).where(IssuedNumber.text == number)
    if last and session.scalar(known) is None:
        note_numbers(session, statements_of(account.id), {last: number})
    return number


def _grid(rows: list[dict[str, Any]]) -> Grid:
    headings = (_("Booked on"), _("Kind"), _("From or to"), _("Credits"), _("Balance"), _("Reason"))
    cells = [
        (
            row["booked_on"].isoformat(),
            _(ENTRY_KINDS[row["kind"]]),
            row["with"],
            format_minutes(row["minutes"]),
            format_minutes(row["balance"]),
            row["reason"] or "",
        )
        for row in rows
    ]
    return Grid(headings, cells, numbers=frozenset({3, 4}))
