"""Giving credits to others, to the pool and from it, and taking a mistake back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.i18n import _
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.text import required
from volunteer_cli.exchange import queries
from volunteer_cli.exchange.errors import (
    AlreadyReversed,
    CancelExchange,
    CorrectHours,
    GiftsOff,
    NotFamily,
    NotReversible,
    OtherCommunity,
    SameAccount,
)
from volunteer_cli.exchange.models import CreditAccount, CreditEntry
from volunteer_cli.exchange.rules import accounts
from volunteer_cli.exchange.rules.booking import Because, book, require_active, require_floor, require_in_use
from volunteer_cli.exchange.terms import GIFT_TO, EntryKind, GiftTo
from volunteer_cli.people.models import Person

OF_HOURS = (EntryKind.EARN, EntryKind.CORRECT)
OF_EXCHANGES = (EntryKind.SPEND, EntryKind.REFUND)
OF_ACCOUNTS = (EntryKind.MOVE_OUT, EntryKind.MOVE_IN, EntryKind.CLOSE)


def give(
    session: Session,
    giver: CreditAccount,
    receiver: CreditAccount,
    minutes: int,
    *,
    on: date,
    reason: str | None = None,
    override: str | None = None,
) -> CreditEntry:
    """Give credits of one person to another; `override` is why they may although they are not of one family.

    Raises:
        SameAccount, OtherCommunity, AccountFrozen, AccountArchived, GiftsOff, NotFamily, InsufficientCredit.
    """
    _require_pair(session, giver, receiver)
    require_active(session, giver)
    require_in_use(session, receiver)
    _require_related(session, giver, receiver, override)
    require_floor(session, giver, minutes, on=on)
    because = Because(reason=reason or override)
    return book(session, EntryKind.GIFT, giver, receiver, minutes, on=on, because=because)


def _require_pair(session: Session, giver: CreditAccount, receiver: CreditAccount) -> None:
    names = {
        "giver": queries.described(session, giver),
        "receiver": queries.described(session, receiver),
    }
    if giver.id == receiver.id:
        raise SameAccount(account=names["giver"])
    if giver.community_id != receiver.community_id:
        raise OtherCommunity(**names)


def _require_related(
    session: Session, giver: CreditAccount, receiver: CreditAccount, override: str | None
) -> None:
    """Refuse a gift that the policy does not allow; raises GiftsOff, NotFamily."""
    allowed = policy_value(session, GIFT_TO)
    if giver.person_id is None or receiver.person_id is None or allowed is GiftTo.NONE:
        raise GiftsOff(account=giver.id)
    if override is not None:
        required(override, _("reason"))
        return
    # Within the family by default, as Nanjing and Beijing have it (直系亲属): who may give to anybody sells.
    one, other = (session.get_one(Person, key) for key in (giver.person_id, receiver.person_id))
    if allowed is GiftTo.FAMILY and not related(one, other):
        raise NotFamily(giver=one.name, receiver=other.name)


def related(one: Person, other: Person) -> bool:
    """Whether two are of one family as far as is on file: guardian and ward, or one home that is known in full."""
    if one.guardian_id == other.id or other.guardian_id == one.id:
        return True
    home, next_home = ((each.building, each.unit, each.room) for each in (one, other))
    # 三者皆知 all three known: half an address is that of many.
    return one.community_id == other.community_id and all(home) and home == next_home


def donate(session: Session, giver: CreditAccount, minutes: int, *, on: date) -> CreditEntry:
    """Give credits to the pool.

    Raises:
        SameAccount, AccountFrozen, AccountArchived, InsufficientCredit.
    """
    pool = accounts.pool(session, giver.community_id, on)
    if giver.id == pool.id:
        raise SameAccount(account=queries.described(session, giver))
    require_active(session, giver)
    require_floor(session, giver, minutes, on=on)
    return book(session, EntryKind.DONATE, giver, pool, minutes, on=on)


def grant(
    session: Session, account: CreditAccount, minutes: int, *, on: date, because: Because
) -> CreditEntry:
    """Give credits of the pool to somebody who cannot earn them.

    Raises:
        SameAccount, AccountArchived.
    """
    pool = accounts.pool(session, account.community_id, on)
    if account.id == pool.id:
        raise SameAccount(account=queries.described(session, account))
    require_in_use(session, account)
    return book(session, EntryKind.GRANT, pool, account, minutes, on=on, because=because)


def reverse(
    session: Session, mistake: CreditEntry, *, on: date, reason: str, override: bool = False
) -> CreditEntry:
    """Take a mistake back by an entry the other way; `override` lets it go below the floor.

    Raises:
        AlreadyReversed, CorrectHours, CancelExchange, NotReversible: it is not taken back like this.
        InsufficientCredit, AccountArchived: the credits are gone.
    """
    _require_reversible(session, mistake)
    source, target = (session.get_one(CreditAccount, key) for key in (mistake.to_id, mistake.from_id))
    for account in (source, target):
        require_in_use(session, account)
    if not override:
        require_floor(session, source, mistake.minutes, on=on)
    because = Because(reason=reason, reverses_id=mistake.id)
    return book(session, EntryKind.REVERSE, source, target, mistake.minutes, on=on, because=because)


def _is_reversed(session: Session, entry: CreditEntry) -> bool:
    reversal = select(CreditEntry.id).where(CreditEntry.reverses_id == entry.id)
    return session.scalar(reversal.limit(1)) is not None


def _require_reversible(session: Session, mistake: CreditEntry) -> None:
    kind = EntryKind(mistake.kind)
    # Each at most once, and no reversal of a reversal: who is right is read from one pair of entries.
    if kind is EntryKind.REVERSE or _is_reversed(session, mistake):
        raise AlreadyReversed(entry=mistake.id)
    # What comes of hours is mended at the hours, or the next posting would book it again.
    if kind in OF_HOURS:
        raise CorrectHours(entry=mistake.id, hours=mistake.hours_id)
    if kind in OF_EXCHANGES or mistake.exchange_id is not None:
        raise CancelExchange(entry=mistake.id, exchange=mistake.exchange_id)
    if kind in OF_ACCOUNTS:
        raise NotReversible(entry=mistake.id)
