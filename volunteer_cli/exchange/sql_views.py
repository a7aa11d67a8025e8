"""What other tools read of credits: accounts with their balances, and the entries between them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select
from sqlalchemy.orm import aliased

from volunteer_cli.communities.models import Community
from volunteer_cli.core.sql_views import SqlView
from volunteer_cli.exchange.models import CreditAccount, CreditEntry
from volunteer_cli.exchange.terms import POOL
from volunteer_cli.people.models import Person


def _balance() -> Any:
    """What came in, less what went out."""
    amounts = (
        select(func.coalesce(func.sum(CreditEntry.minutes), 0)).where(side == CreditAccount.id)
        for side in (CreditEntry.to_id, CreditEntry.from_id)
    )
    came, went = (amount.correlate(CreditAccount).scalar_subquery() for amount in amounts)
    return came - went


def _owner(person: Any) -> ColumnElement[str]:
    """Who an account belongs to, as lists name it: a person, or the pool of a community."""
    owner: ColumnElement[str] = func.coalesce(person.name, literal(f"{POOL}:").concat(Community.code))
    return owner


def _balances() -> Any:
    account = CreditAccount
    columns = (
        account.id,
        _owner(Person).label("owner"),
        account.person_id,
        case((account.person_id.is_(None), POOL), else_="person").label("kind"),
        _balance().label("balance"),
        account.counts_from,
        _status().label("status"),
        Community.name.label("community"),
        account.community_id,
    )
    accounts = select(*columns).join(Community, Community.id == account.community_id)
    return accounts.outerjoin(Person, Person.id == account.person_id)


def _status() -> ColumnElement[str]:
    return case(
        (CreditAccount.archived_on.is_not(None), "archived"),
        (CreditAccount.frozen_on.is_not(None), "frozen"),
        else_="active",
    )


def _credits() -> Any:
    mistake = aliased(CreditEntry)
    giver, from_giver = _side(CreditEntry.from_id)
    taker, to_taker = _side(CreditEntry.to_id)
    # A reversal is told by the kind of what it takes back, so that a sum by kind comes out right.
    kind = func.coalesce(mistake.kind, CreditEntry.kind).label("kind")
    sides = (
        _owner(giver).label("from_owner"),
        CreditEntry.from_id,
        _owner(taker).label("to_owner"),
        CreditEntry.to_id,
    )
    columns = (CreditEntry.id, CreditEntry.booked_on, kind, CreditEntry.reverses_id, *sides)
    entries = select(*columns, *_told_as_they_are()).select_from(CreditEntry)
    entries = entries.join(Community, Community.id == CreditEntry.community_id)
    entries = entries.outerjoin(mistake, mistake.id == CreditEntry.reverses_id)
    return to_taker(from_giver(entries))


def _told_as_they_are() -> tuple[Any, ...]:
    entry = CreditEntry
    community = Community.name.label("community")
    return entry.minutes, entry.hours_id, entry.exchange_id, community, entry.community_id


def _side(account_id: Any) -> tuple[Any, Any]:
    """Whose an account of an entry is, and what joins them to entries."""
    account, person = aliased(CreditAccount), aliased(Person)

    def joined(entries: Any) -> Any:
        owned = entries.join(account, account.id == account_id)
        return owned.outerjoin(person, person.id == account.person_id)

    return person, joined


SQL_VIEWS = (
    SqlView(
        "balances",
        "Accounts of credits, the pools too, with what they hold now.",
        {
            "id": "The id of the account.",
            "owner": "The person, or pool: and the community's code.",
            "person_id": "The person's id; empty for a pool.",
            "kind": "person or pool.",
            "balance": "All that came in less all that went out, in minutes.",
            "counts_from": "From which day on service is posted to it.",
            "status": "active, frozen or archived.",
            "community": "Its community.",
            "community_id": "That community's id.",
        },
        _balances,
    ),
    SqlView(
        "credits",
        "Entries of the ledger of credits, each from one account to another.",
        {
            "id": "Its id.",
            "booked_on": "Its day.",
            "kind": "What it was for; of a reversal, what that takes back was for.",
            "reverses_id": "The entry that it takes back; empty for all others.",
            "from_owner": "Whose account it left: a person, or pool: and the community's code.",
            "from_id": "The id of that account.",
            "to_owner": "Whose account it went to.",
            "to_id": "The id of that account.",
            "minutes": "The amount in minutes, above 0.",
            "hours_id": "The service record that it posts.",
            "exchange_id": "The exchange that it pays.",
            "community": "The community of both accounts.",
            "community_id": "That community's id.",
        },
        _credits,
    ),
)
