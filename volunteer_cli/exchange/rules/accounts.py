"""Opening, limiting, freezing and closing accounts."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import format_minutes
from volunteer_cli.events.rules.signing_up import require_in_use as require_person_in_use
from volunteer_cli.exchange import queries
from volunteer_cli.exchange.errors import AccountNotEmpty, InsufficientCredit
from volunteer_cli.exchange.models import CreditAccount
from volunteer_cli.exchange.promises import Promise, standing
from volunteer_cli.people.models import Person


def pool(session: Session, community_id: int, on: date) -> CreditAccount:
    """The pool of a community, which comes with its first account."""
    account = queries.pool_of(session, community_id)
    if account is None:
        account = CreditAccount(community_id=community_id, counts_from=on)
        session.add(account)
        session.flush()
    return account


def open_account(
    session: Session,
    person: Person,
    community: Community,
    *,
    on: date,
    limit: int | None = None,
    counts_from: date | None = None,
) -> CreditAccount:
    """The account of a person in a community; one that is there stays as it is, and a closed one is in use again.

    Raises:
        PersonArchived: the person's record is out of use.
    """
    require_person_in_use(person)
    pool(session, community.id, on)
    account = queries.account_in(session, person.id, community.id)
    if account is None:
        account = CreditAccount(
            community_id=community.id,
            person_id=person.id,
            limit_minutes=limit,
            counts_from=counts_from or on,
        )
        session.add(account)
    elif account.archived_on is not None:
        account.archived_on = None
    session.flush()
    return account


def edit_limit(session: Session, account: CreditAccount, limit: int) -> None:
    """Give an account a limit of its own.

    Raises:
        InsufficientCredit: it is further below zero than that already, promises left aside.
    """
    held = queries.balance(session, account.id)
    if account.person_id is not None and unpromised_debt(session, account) > limit:
        raise InsufficientCredit(
            account=queries.described(session, account),
            account_typed=account.id,
            balance=format_minutes(held),
            minutes=format_minutes(0),
            floor=format_minutes(-limit),
            missing=format_minutes(-limit - held),
        )
    account.limit_minutes = limit
    session.flush()


def unpromised_debt(session: Session, account: CreditAccount) -> int:
    """How far below zero an account is beyond what was promised."""
    debt = max(0, -queries.balance(session, account.id))
    return debt - sum(promise.outstanding for promise in promises_of(session, account))


def promises_of(session: Session, account: CreditAccount) -> list[Promise]:
    """The promises whose debt is that of an account."""
    if account.person_id is None:
        return []
    promises = standing(session, [account.person_id])
    return [promise for promise in promises if promise.exchange.community_id == account.community_id]


def freeze(session: Session, account: CreditAccount, on: date | None) -> None:
    """Let an account earn and not spend, from a day on; with None it spends again."""
    if (account.frozen_on is None) != (on is None):
        account.frozen_on = on
        session.flush()


def archive_account(session: Session, account: CreditAccount, on: date) -> None:
    """Take an account out of use.

    Raises:
        AccountNotEmpty: it is not at zero.
    """
    require_empty(session, account)
    if account.archived_on is None:
        account.archived_on = on
        session.flush()


def restore_account(session: Session, account: CreditAccount) -> None:
    """Bring an account back into use."""
    account.archived_on = None
    session.flush()


def require_empty(session: Session, account: CreditAccount) -> None:
    """Refuse an account with a balance or with promises that are owed; raises AccountNotEmpty."""
    held = queries.balance(session, account.id)
    owed = sum(promise.outstanding for promise in promises_of(session, account))
    if held or owed:
        raise AccountNotEmpty(
            account=queries.described(session, account),
            account_typed=account.id,
            balance=format_minutes(held),
            promised=format_minutes(owed),
        )
