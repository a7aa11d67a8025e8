"""Places and work that are paid with credits, with promises to serve, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import format_minutes
from volunteer_cli.core.i18n import _
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.text import required
from volunteer_cli.events import rules as places
from volunteer_cli.events.models import Event
from volunteer_cli.events.queries import signup_of
from volunteer_cli.events.rules.signing_up import Promotion
from volunteer_cli.events.terms import HOLDING, EventStatus, SignupStatus
from volunteer_cli.exchange import queries
from volunteer_cli.exchange.errors import (
    AlreadyTaken,
    BadDeadline,
    CanPromise,
    NothingOwed,
    NotPriced,
    PromiseLimit,
    PromiseOverdue,
    TooLate,
)
from volunteer_cli.exchange.models import CreditAccount, EventPrice, Exchange
from volunteer_cli.exchange.promises import outstanding, standing
from volunteer_cli.exchange.rules import accounts
from volunteer_cli.exchange.rules.booking import Because, book, require_active, require_floor, require_order
from volunteer_cli.exchange.rules.giving import grant
from volunteer_cli.exchange.terms import PROMISE_LIMIT, EntryKind
from volunteer_cli.people.models import Person


@dataclass(frozen=True)
class Terms:
    """How something is paid: by whom, and whether now or by a promise to serve until a day."""

    now: datetime
    payer: Person | None = None
    promise: bool = False
    until: date | None = None
    override: str | None = None

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.date()


def set_price(session: Session, event: Event, minutes: int | None) -> None:
    """Say what a place at an event costs, or with None that it is free; what was booked stays."""
    price = queries.price_of(session, event.id)
    if minutes is None:
        if price is not None:
            session.delete(price)
    elif price is None:
        session.add(EventPrice(event_id=event.id, minutes=minutes))
    else:
        price.minutes = minutes
    session.flush()


def take(session: Session, event: Event, person: Person, terms: Terms) -> Exchange:
    """Take a place at an event and pay for it; a place that is held already is only paid for.

    Raises:
        NotPriced, NoAccount, AccountFrozen, AlreadyTaken, then the ladder of sign-ups, then what promises and
        the floor hold against it.
    """
    price = queries.price_of(session, event.id)
    if price is None:
        raise NotPriced(event=event.title, event_id=event.id)
    community = session.get_one(Community, event.community_id)
    account = _paying(session, person, community, terms)
    if taken := queries.exchange_at(session, event.id, person.id):
        raise AlreadyTaken(person=person.name, event=event.title, exchange=taken.id)
    _take_place(session, event, person, terms)
    return _pay(session, account, person, price.minutes, terms, event_id=event.id)


def receive(session: Session, person: Person, work: str, minutes: int, terms: Terms) -> Exchange:
    """Pay for service that somebody received outside of an event.

    Raises:
        MissingValue, NoAccount, AccountFrozen, and what promises and the floor hold against it.
    """
    text = required(work, _("work"))
    account = _paying(session, person, session.get_one(Community, person.community_id), terms)
    return _pay(session, account, person, minutes, terms, work=text)


def _paying(session: Session, person: Person, community: Community, terms: Terms) -> CreditAccount:
    """The account that pays: a child's guardian's unless somebody else was named."""
    guardian = session.get_one(Person, person.guardian_id) if person.guardian_id else None
    account = queries.account_of(session, terms.payer or guardian or person, community.id)
    require_active(session, account)
    return account


def _take_place(session: Session, event: Event, person: Person, terms: Terms) -> None:
    """Sign somebody up by the same ladder as everybody, unless the place is held; full is refused."""
    signup = signup_of(session, event.id, person.id)
    if signup is None or signup.status not in HOLDING:
        places.tell_later(session, places.settle_line(session, event, now=terms.now))
        places.sign_up(session, event, person, now=terms.now, waitlist=False, override=terms.override)


def _pay(
    session: Session,
    account: CreditAccount,
    person: Person,
    minutes: int,
    terms: Terms,
    *,
    event_id: int | None = None,
    work: str | None = None,
) -> Exchange:
    assert account.person_id is not None  # noqa: S101 - for the type checker; the pool pays for nobody
    _require_payable(session, account, minutes, terms)
    exchange = Exchange(
        community_id=account.community_id,
        event_id=event_id,
        work=work,
        person_id=person.id,
        payer_id=account.person_id,
        minutes=minutes,
        booked_on=terms.today,
        promised_until=terms.until,
        reason=terms.override,
    )
    session.add(exchange)
    session.flush()
    pool = accounts.pool(session, account.community_id, terms.today)
    because = Because(exchange_id=exchange.id)
    book(session, EntryKind.SPEND, account, pool, minutes, on=terms.today, because=because)
    return exchange


def _require_payable(session: Session, account: CreditAccount, minutes: int, terms: Terms) -> None:
    # A limit of zero would refuse the first exchange of every new account: so one may serve afterwards.
    if terms.promise or terms.until is not None:
        _require_promise(session, account, minutes, terms)
    else:
        require_floor(session, account, minutes, on=terms.today, error=CanPromise)
    require_order(session, account, terms.today)


def _require_promise(session: Session, account: CreditAccount, minutes: int, terms: Terms) -> None:
    """Refuse a promise without a day ahead, beside one that is overdue, or beyond the limit of promises."""
    if terms.until is None or terms.until <= terms.today:
        raise BadDeadline(day=terms.until or "--until")
    if terms.override is None:
        _require_none_overdue(session, account, terms.today)
    # Whoever overrides passes what people owe each other, and never a floor: that is the office's own.
    _require_within_promises(session, account, minutes, terms.today)


def _require_within_promises(session: Session, account: CreditAccount, minutes: int, today: date) -> None:
    held, limit = queries.balance(session, account.id), policy_value(session, PROMISE_LIMIT, today)
    if held - minutes < -limit:
        raise PromiseLimit(
            account=queries.described(session, account),
            balance=format_minutes(held),
            minutes=format_minutes(minutes),
            floor=format_minutes(-limit),
        )


def _require_none_overdue(session: Session, account: CreditAccount, today: date) -> None:
    for promise in standing(session, [account.person_id] if account.person_id else []):
        if promise.outstanding and promise.until < today:
            payer = session.get_one(Person, promise.exchange.payer_id)
            raise PromiseOverdue(
                payer=payer.name,
                until=promise.until,
                outstanding=format_minutes(promise.outstanding),
                exchange=promise.exchange.id,
            )


# --- what becomes of an exchange ------------------------------------------------------------


def cancel(session: Session, exchanges: Iterable[Exchange], *, now: datetime, reason: str) -> list[Promotion]:
    """Refund exchanges in full and give their places back; who moves up for them is answered.

    Raises:
        TooLate: an event has begun, and was not cancelled.
    """
    moved: list[Promotion] = []
    for exchange in exchanges:
        if exchange.cancelled_on is None:
            _require_in_time(session, exchange, now)
            refund(session, exchange, on=now.date(), reason=reason)
            moved += _give_back(session, exchange, now)
    return moved


def _require_in_time(session: Session, exchange: Exchange, now: datetime) -> None:
    event = session.get(Event, exchange.event_id) if exchange.event_id else None
    if event is not None and event.status != EventStatus.CANCELLED and now >= event.starts_at:
        raise TooLate(event=event.title, exchange=exchange.id)


def refund(session: Session, exchange: Exchange, *, on: date, reason: str | None) -> None:
    """Cancel an exchange and pay back what was paid for it; what was waived of it was never paid."""
    account = queries.account_in(session, exchange.payer_id, exchange.community_id)
    assert account is not None  # noqa: S101 - for the type checker; it paid
    exchange.cancelled_on = on
    exchange.reason = reason or exchange.reason
    session.flush()
    paid = exchange.minutes - queries.booked_for(session, exchange.id, EntryKind.GRANT)
    if paid:
        # An account that was closed since is needed once more, to give back what is owed.
        account.archived_on = None
        pool = accounts.pool(session, account.community_id, on)
        because = Because(reason=reason, exchange_id=exchange.id)
        book(session, EntryKind.REFUND, pool, account, paid, on=on, because=because)


def _give_back(session: Session, exchange: Exchange, now: datetime) -> Sequence[Promotion]:
    """Give back the place at an event that goes on without them."""
    if exchange.event_id is None:
        return []
    event = session.get_one(Event, exchange.event_id)
    signup = signup_of(session, event.id, exchange.person_id)
    if event.status == EventStatus.CANCELLED or signup is None or signup.status != SignupStatus.SIGNED_UP:
        return []
    return places.withdraw(session, event, [session.get_one(Person, exchange.person_id)], now=now)


def waive(session: Session, exchange: Exchange, *, on: date, reason: str) -> int:
    """Let go of what is still owed of a promise, by a grant of so many minutes, which are answered.

    Raises:
        NothingOwed: nothing is.
    """
    owed = outstanding(session, [exchange]).get(exchange.id, 0)
    account = queries.account_in(session, exchange.payer_id, exchange.community_id)
    if not owed or account is None:
        raise NothingOwed(exchange=exchange.id)
    exchange.waived_on = on
    exchange.reason = reason
    grant(session, account, owed, on=on, because=Because(reason=reason, exchange_id=exchange.id))
    return owed
