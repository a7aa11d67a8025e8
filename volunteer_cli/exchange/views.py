"""How accounts, entries, statements and exchanges are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from volunteer_cli.communities.queries import COMMUNITY
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.run import run
from volunteer_cli.events.queries import event_titles
from volunteer_cli.exchange import queries
from volunteer_cli.exchange.promises import outstanding, standing, status_of
from volunteer_cli.exchange.rules.posting import expiring
from volunteer_cli.exchange.terms import (
    ACCOUNT_KINDS,
    ACCOUNT_STATUSES,
    CREDIT_WARN_DAYS,
    ENTRY_KINDS,
    EXCHANGE_STATUSES,
)
from volunteer_cli.hours.queries import minutes_of_people
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people.queries import PERSON, person_names


def _lifetime(session: Any, accounts: Sequence[Any]) -> Mapping[int, int]:
    minutes = minutes_of_people(session, {each.person_id for each in accounts if each.person_id})
    return {account.id: minutes.get(account.person_id, 0) for account in accounts}


def _to_post(session: Any, accounts: Sequence[Any]) -> Mapping[int, int]:
    return {
        account.id: queries.to_post(session, community_id=account.community_id, person_id=account.person_id)[
            1
        ]
        for account in accounts
        if account.person_id is not None
    }


def _promises(session: Any, accounts: Sequence[Any]) -> Mapping[int, Any]:
    return {account.id: _promises_of(session, account) for account in accounts}


def _promises_of(session: Any, account: Any) -> list[dict[str, Any]]:
    promises = standing(session, [account.person_id] if account.person_id else [])
    return [
        {"exchange": each.exchange.id, "until": each.until, "outstanding": each.outstanding}
        for each in promises
        if each.exchange.community_id == account.community_id
    ]


def _expiring(session: Any, accounts: Sequence[Any]) -> Mapping[int, Any]:
    today = run().clock.today
    until = today + timedelta(policy_value(session, CREDIT_WARN_DAYS))
    return {
        account.id: [vars(lot) for lot in expiring(session, account.id, until=until, on=today)]
        for account in accounts
        if account.person_id is not None
    }


PROMISES = View(
    "promises",
    N_("Promises"),
    (
        Column("exchange", N_("Exchange"), Kind.ID),
        Column("until", NC_("promise", "Until"), Kind.DATE),
        Column("outstanding", N_("Still owed"), Kind.MINUTES),
    ),
)
EXPIRING = View(
    "expiring",
    N_("Expiring"),
    (Column("on", N_("On"), Kind.DATE), Column("minutes", NC_("account", "Credits"), Kind.MINUTES)),
)
ACCOUNTS = View(
    "accounts",
    N_("Accounts"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("person", N_("Person"), load=named_by("person_id", PERSON)),
        Column("person_id", N_("Person id"), Kind.ID, table=False),
        Column("kind", N_("Kind"), Kind.CHOICE, choices=ACCOUNT_KINDS),
        Column("balance", N_("Balance"), Kind.MINUTES),
        Column("limit", N_("Limit"), Kind.MINUTES, table=False),
        Column("earned", NC_("account", "Earned"), Kind.MINUTES),
        Column("received", NC_("account", "Received"), Kind.MINUTES),
        Column("spent", NC_("account", "Spent"), Kind.MINUTES),
        Column("given", NC_("account", "Given"), Kind.MINUTES),
        Column("expired", NC_("account", "Expired"), Kind.MINUTES, table=False),
        Column("owed", NC_("account", "Owed"), Kind.MINUTES),
        Column("last_entry_on", N_("Last entry"), Kind.DATE),
        Column("counts_from", N_("Counts from"), Kind.DATE, table=False),
        Column("status", N_("Status"), Kind.CHOICE, choices=ACCOUNT_STATUSES),
        Column("community", N_("Community"), load=named_by("community_id", COMMUNITY)),
        Column(
            "lifetime_minutes", N_("Service in all"), Kind.MINUTES, load=_lifetime, default=0, show_only=True
        ),
        Column("to_post", N_("To post"), Kind.MINUTES, load=_to_post, default=0, show_only=True),
        Column(
            "promises",
            N_("Promises"),
            Kind.ROWS,
            load=_promises,
            default=(),
            view=PROMISES,
            show_only=True,
        ),
        Column(
            "expiring",
            N_("Expiring"),
            Kind.ROWS,
            load=_expiring,
            default=(),
            view=EXPIRING,
            show_only=True,
        ),
    ),
)


def _side(key: str) -> Any:
    """What loads whose account stands on one side of entries."""

    def load(session: Any, entries: Sequence[Any]) -> Mapping[int, str]:
        names = queries.account_names(session, {getattr(entry, key) for entry in entries})
        return {entry.id: names[getattr(entry, key)] for entry in entries}

    return load


ENTRIES = View(
    "entries",
    N_("Entries"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("booked_on", N_("Booked on"), Kind.DATE),
        Column("kind", N_("Kind"), Kind.CHOICE, choices=ENTRY_KINDS),
        Column("from", NC_("account", "From"), load=_side("from_id")),
        Column("from_id", N_("From id"), Kind.ID, table=False),
        Column("to", NC_("account", "To"), load=_side("to_id")),
        Column("to_id", NC_("account", "To id"), Kind.ID, table=False),
        Column("minutes", NC_("account", "Credits"), Kind.MINUTES),
        Column("hours_id", N_("Hours record"), Kind.ID, table=False),
        Column("exchange_id", N_("Exchange id"), Kind.ID, table=False),
        Column("reverses_id", N_("Reverses"), Kind.ID, table=False),
        Column("reason", N_("Reason")),
        Column("booked_by", N_("Booked by"), table=False),
        Column("community", N_("Community"), load=named_by("community_id", COMMUNITY), table=False),
    ),
)
STATEMENT = View(
    "statement",
    N_("Statement of account"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("booked_on", N_("Booked on"), Kind.DATE),
        Column("kind", N_("Kind"), Kind.CHOICE, choices=ENTRY_KINDS),
        Column("with", NC_("account", "From or to")),
        Column("minutes", NC_("account", "Credits"), Kind.MINUTES),
        Column("balance", N_("Balance"), Kind.MINUTES),
        Column("hours_id", N_("Hours record"), Kind.ID, table=False),
        Column("exchange_id", N_("Exchange id"), Kind.ID, table=False),
        Column("reverses_id", N_("Reverses"), Kind.ID, table=False),
        Column("reason", N_("Reason")),
    ),
)


def _outstanding(session: Any, exchanges: Sequence[Any]) -> Mapping[int, int]:
    return outstanding(session, exchanges)


def _status(session: Any, exchanges: Sequence[Any]) -> Mapping[int, str]:
    owed, today = outstanding(session, exchanges), run().clock.today
    return {each.id: status_of(each, owed.get(each.id, 0), today) for each in exchanges}


def _event(session: Any, exchanges: Sequence[Any]) -> Mapping[int, str | None]:
    titles = event_titles(session, {each.event_id for each in exchanges})
    return {each.id: titles.get(each.event_id) for each in exchanges}


def _person(key: str) -> Any:
    """What loads the name of one of the people of exchanges."""

    def load(session: Any, exchanges: Sequence[Any]) -> Mapping[int, str | None]:
        names = person_names(session, {getattr(each, key) for each in exchanges})
        return {each.id: names.get(getattr(each, key)) for each in exchanges}

    return load


EXCHANGES = View(
    "exchanges",
    N_("Exchanges"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("event", N_("Event"), load=_event),
        Column("event_id", N_("Event id"), Kind.ID, table=False),
        Column("work", N_("Work")),
        Column("person", N_("Person"), load=_person("person_id")),
        Column("person_id", N_("Person id"), Kind.ID, table=False),
        Column("payer", N_("Who pays"), load=_person("payer_id")),
        Column("payer_id", N_("Payer id"), Kind.ID, table=False),
        Column("minutes", NC_("account", "Credits"), Kind.MINUTES),
        Column("booked_on", N_("Booked on"), Kind.DATE),
        Column("promised_until", N_("Promised until"), Kind.DATE),
        Column("outstanding", N_("Still owed"), Kind.MINUTES, load=_outstanding, default=0),
        Column("status", N_("Status"), Kind.CHOICE, choices=EXCHANGE_STATUSES, load=_status),
        Column("community", N_("Community"), load=named_by("community_id", COMMUNITY), table=False),
    ),
)
PRICES = View(
    "prices",
    N_("Prices"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("event", N_("Event")),
        Column("event_id", N_("Event id"), Kind.ID),
        Column("minutes", N_("Price"), Kind.MINUTES),
    ),
)
