"""What the ledger of credits holds against an undo, and how accounts follow a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database.rows import chunks
from volunteer_cli.core.dates import format_minutes
from volunteer_cli.core.i18n import _, ngettext
from volunteer_cli.core.records import IssuedNumber
from volunteer_cli.core.run import run
from volunteer_cli.core.undo import Reversal
from volunteer_cli.events.models import Event, Signup
from volunteer_cli.events.terms import EventStatus, SignupStatus
from volunteer_cli.exchange import queries
from volunteer_cli.exchange.errors import EntriesSince, StatementIssued
from volunteer_cli.exchange.models import CreditAccount, CreditEntry, Exchange
from volunteer_cli.exchange.rules import accounts
from volunteer_cli.exchange.rules.moving import close_accounts, merge_accounts
from volunteer_cli.exchange.rules.spending import refund
from volunteer_cli.people.models import Person

if TYPE_CHECKING:
    from volunteer_cli.core.history import Recorder

LEDGER = CreditEntry.__tablename__


def before_undo(session: Session, reversal: Reversal) -> None:
    """Refuse to take back entries that are not the last of their accounts, or that were handed out.

    Raises:
        EntriesSince, StatementIssued: as their sentences say.
    """
    ranges = list(reversal.inserted.get(LEDGER, ()))
    if not ranges:
        return
    for first, last in ranges:
        for entry in _latest_taken_back(session, first, last):
            _require_not_issued(session, *entry)
    for account_id, entry_id in _overtaken(session, ranges):
        account = session.get_one(CreditAccount, account_id)
        raise EntriesSince(account=queries.described(session, account), entry=entry_id)


def _latest_taken_back(session: Session, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The accounts of a range of entries, each with its latest entry of them."""
    for side in (CreditEntry.from_id, CreditEntry.to_id):
        query = select(side, func.max(CreditEntry.id)).where(CreditEntry.id.between(first, last))
        yield from ((key, last) for key, last in session.execute(query.group_by(side)))


def _require_not_issued(session: Session, account_id: int, entry_id: int) -> None:
    """Refuse an entry that stands on a statement: the register keeps how far each statement went."""
    number = session.scalar(
        select(IssuedNumber.text)
        .where(IssuedNumber.series == statements_of(account_id), IssuedNumber.value >= entry_id)
        .limit(1)
    )
    if number is not None:
        raise StatementIssued(number=number, entry=entry_id)


def statements_of(account_id: int) -> str:
    """The series of numbers of the statements of an account; their values are the last entry on each."""
    return f"statement:{account_id}"


def _overtaken(session: Session, ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """People's accounts that have an entry after those that are taken back, with the last one that is."""
    newest = max(last for _first, last in ranges)
    later = select(CreditEntry.from_id, CreditEntry.to_id).where(CreditEntry.id > newest)
    touched = {key for pair in session.execute(later) for key in pair}
    if not touched:
        return
    for span in ranges:
        for account_id, entry_id in _latest_taken_back(session, *span):
            # The pool has an entry after nearly every one, and its order binds nobody.
            if account_id in touched and session.get_one(CreditAccount, account_id).person_id is not None:
                yield account_id, entry_id


def merge_rows(session: Session, keep_id: int, drop_id: int) -> None:
    """Let one account have the balance of both."""
    merge_accounts(session, keep_id, drop_id, on=run().clock.today)


def before_erase(session: Session, person_id: int, on: date) -> None:
    """Book what is left to the pool."""
    close_accounts(session, person_id, on=on)


def after_leaving(session: Session, person_id: int, on: date | None) -> None:
    """Refuse to archive somebody who holds credits or owes them.

    Raises:
        AccountNotEmpty: they do.
    """
    # Who only moves to another community keeps what they hold: it has moved along.
    if on is None or session.get_one(Person, person_id).archived_on is None:
        return
    for account in queries.accounts_of(session, person_id):
        accounts.require_empty(session, account)


def follow_places(session: Session, recorder: Recorder) -> Iterator[str]:
    """Refund places that were given back before the start, and say what a cancelled event owes."""
    for signup_ids in chunks(recorder.updated.get("signup", {})):
        for exchange in _given_back(session, signup_ids, run().clock.now):
            refund(session, exchange, on=run().clock.today, reason=None)
            yield _told_of_refund(session, exchange)
    for event_id in recorder.updated.get("event", {}):
        event = session.get(Event, event_id)
        if event is not None and event.status == EventStatus.CANCELLED:
            yield from _owed_refunds(session, event)


def _told_of_refund(session: Session, exchange: Exchange) -> str:
    payer = session.get_one(Person, exchange.payer_id)
    sentence = _("{hours} went back to the account of {person} ({id}).")
    return sentence.format(hours=format_minutes(exchange.minutes), person=payer.name, id=payer.id)


def _given_back(session: Session, signup_ids: list[int], now: datetime) -> list[Exchange]:
    """Exchanges for places at events to come that were withdrawn just now."""
    # Before it begins in full; after that the place was kept for somebody who did not come.
    ahead = or_(Event.starts_at > now, Event.status == EventStatus.CANCELLED)
    same = (Signup.event_id == Exchange.event_id) & (Signup.person_id == Exchange.person_id)
    query = select(Exchange).join(Event, Event.id == Exchange.event_id).join(Signup, same)
    withdrawn = Signup.id.in_(signup_ids) & (Signup.status == SignupStatus.WITHDRAWN)
    owed = query.where(withdrawn, ahead, Exchange.cancelled_on.is_(None))
    return list(session.scalars(owed.order_by(Exchange.id)))


def _owed_refunds(session: Session, event: Event) -> Iterator[str]:
    count = len(queries.exchanges(session, event_id=event.id, live=True))
    if count:
        sentence = ngettext(
            "{count} refund is owed: volunteer exchange cancel --event {event} --reason TEXT",
            "{count} refunds are owed: volunteer exchange cancel --event {event} --reason TEXT",
            count,
        )
        yield sentence.format(count=count, event=event.code or event.id)
