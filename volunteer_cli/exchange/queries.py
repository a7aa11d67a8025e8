"""What is asked of accounts, entries and exchanges; every balance is a sum, none is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.communities.queries import chosen_community, find_community
from volunteer_cli.core.database import chunks
from volunteer_cli.core.errors import Ambiguous, NotFound
from volunteer_cli.core.i18n import N_, NC_, _, in_all_languages, listed, pgettext, with_detail
from volunteer_cli.core.lookup import Reference, find
from volunteer_cli.core.worded import Worded, in_words
from volunteer_cli.exchange.errors import NoAccount
from volunteer_cli.exchange.figures import limits
from volunteer_cli.exchange.models import CreditAccount, CreditEntry, EventPrice, Exchange
from volunteer_cli.exchange.terms import POOL, EntryKind
from volunteer_cli.hours.counting import CONFIRMED, excess, rounded
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import find_person, person_names

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period

ACCOUNT = Reference(N_("account"), CreditAccount, "volunteer account list", codes=(), name=None)
ENTRY = Reference(N_("entry"), CreditEntry, "volunteer account entries", codes=(), name=None)
EXCHANGE = Reference(N_("exchange"), Exchange, "volunteer exchange list", codes=(), name=None)


# --- which account, entry or exchange is meant ------------------------------------------------------------


def find_account(session: Session, text: str, *, changing: bool = True) -> CreditAccount:
    """The account that `text` names: its id, a person, `pool` or `pool:binhu`.

    Raises:
        NotFound, Ambiguous: none, or several.
        NoAccount: the person has none.
    """
    if (community := _community_of_pool(text)) is not None:
        return _named_pool(session, community)
    if text.startswith("account:") or text == "@last":
        return find(session, ACCOUNT, text, changing=changing)
    by_id = _with_id(session, text)
    if by_id is None:
        return account_of(session, find_person(session, text, changing=changing))
    _require_one_reading(session, by_id, text, changing=changing)
    return by_id


def _community_of_pool(text: str) -> str | None:
    """Of which community a text means the pool: `pool:binhu`, or as it is shown; empty for the one that is chosen."""
    titles = "|".join(map(re.escape, [POOL, *in_all_languages(NC_("account", "pool"))]))
    match = re.fullmatch(rf"(?:{titles})(?:\s*[:：(（](.*?)[)）]?)?", text.strip(), re.IGNORECASE)
    return (match[1] or "") if match else None


def _with_id(session: Session, text: str) -> CreditAccount | None:
    """The account with an id that was typed as bare digits; of more digits than an id has it is none."""
    is_id = text.isascii() and text.isdigit() and len(text) < 16
    return session.get(CreditAccount, int(text)) if is_id else None


def _require_one_reading(session: Session, by_id: CreditAccount, text: str, *, changing: bool) -> None:
    """Refuse to change by digits that are the id of an account and of somebody else who has one."""
    other = account_in(session, int(text), None) if changing else None
    if other is not None and other.id != by_id.id:
        names = listed(described(session, account) for account in (by_id, other))
        raise Ambiguous(kind=_(ACCOUNT.kind), text=text, candidates=names)


def _named_pool(session: Session, code: str) -> CreditAccount:
    community = find_community(session, code) if code else chosen_community(session)
    pools = _pools_of(session, community)
    if not pools:
        raise NotFound(kind=_(ACCOUNT.kind), text=POOL)
    if len(pools) > 1:
        names = listed(described(session, each) for each in pools)
        raise Ambiguous(kind=_(ACCOUNT.kind), text=POOL, candidates=names)
    return pools[0]


def account_of(session: Session, person: Person, community_id: int | None = None) -> CreditAccount:
    """The account of a person in a community, by default where they live now.

    Raises:
        NoAccount: there is none.
    """
    account = account_in(session, person.id, community_id)
    if account is None:
        community = session.get_one(Community, community_id or person.community_id)
        raise NoAccount(
            person=person.name, person_id=person.id, community=community.name, code_typed=community.code
        )
    return account


def account_in(session: Session, person_id: int, community_id: int | None) -> CreditAccount | None:
    """The account of a person in a community, or in any: one in use before others, at home before elsewhere."""
    at_home = select(Person.community_id).where(Person.id == person_id).scalar_subquery()
    query = select(CreditAccount).where(CreditAccount.person_id == person_id)
    if community_id is not None:
        query = query.where(CreditAccount.community_id == community_id)
    order = (
        CreditAccount.archived_on.is_not(None),
        CreditAccount.community_id != at_home,
        CreditAccount.id,
    )
    return session.scalar(query.order_by(*order).limit(1))


def accounts_of(session: Session, person_id: int) -> Sequence[CreditAccount]:
    """All accounts of a person, in every community."""
    query = select(CreditAccount).where(CreditAccount.person_id == person_id)
    return session.scalars(query.order_by(CreditAccount.id)).all()


def pool_of(session: Session, community_id: int) -> CreditAccount | None:
    """The pool of a community."""
    query = select(CreditAccount).where(
        CreditAccount.community_id == community_id, CreditAccount.person_id.is_(None)
    )
    return session.scalar(query.limit(1))


def find_entry(session: Session, text: str, *, changing: bool = True) -> CreditEntry:
    """The entry with an id; raises NotFound."""
    return find(session, ENTRY, text, changing=changing)


def find_exchange(session: Session, text: str, *, changing: bool = True) -> Exchange:
    """The exchange with an id; raises NotFound."""
    return find(session, EXCHANGE, text, changing=changing)


def described(session: Session, account: CreditAccount) -> str:
    """An account as messages name it."""
    return with_detail(in_words(account_names(session, [account.id])[account.id]), account.id)


def _pools_of(session: Session, community: Community | None) -> Sequence[CreditAccount]:
    """The pool of a community, or those of all."""
    query = select(CreditAccount).where(CreditAccount.person_id.is_(None))
    if community is not None:
        query = query.where(CreditAccount.community_id == community.id)
    return session.scalars(query).all()


_OWNERS = select(CreditAccount.id, CreditAccount.person_id, Community.code, Community.name).join(
    Community, Community.id == CreditAccount.community_id
)


def account_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """Who the accounts belong to, by id: a person's name, or pool:CODE."""
    names: dict[int, str] = {}
    for keys in chunks({key for key in ids if key is not None}):
        rows = session.execute(_OWNERS.where(CreditAccount.id.in_(keys))).all()
        people = person_names(session, {row.person_id for row in rows})
        names |= {row.id: people.get(row.person_id) or _pool(row.code, row.name) for row in rows}
    return names


def _pool(code: str, community: str) -> Worded:
    return Worded(f"{POOL}:{code}", with_detail(pgettext("account", "pool"), community))


# --- balances and figures ------------------------------------------------------------


def balance(session: Session, account_id: int, on: date | None = None) -> int:
    """What an account holds now, or held at the end of a day."""
    return sum(
        session.scalar(_moved(side, on).where(side == account_id)) or 0
        for side in (CreditEntry.from_id, CreditEntry.to_id)
    )


def _moved(side: Any, on: date | None) -> Select[Any]:
    sign = -1 if side is CreditEntry.from_id else 1
    query = select(func.sum(CreditEntry.minutes) * sign)
    return query.where(CreditEntry.booked_on <= on) if on else query


def last_booked_on(session: Session, account_id: int) -> date | None:
    """The day of the last entry of an account."""
    days = [
        session.scalar(select(func.max(CreditEntry.booked_on)).where(side == account_id))
        for side in (CreditEntry.from_id, CreditEntry.to_id)
    ]
    return max((day for day in days if day is not None), default=None)


def balances(
    session: Session, account_ids: Iterable[int] | None = None, on: date | None = None
) -> dict[int, int]:
    """What accounts hold, or held at the end of a day; those without an entry are left out."""
    # Never stored: what is kept beside its entries disagrees with them one day, and a console has to mend it.
    sums: dict[int, int] = {}
    keys = None if account_ids is None else list(account_ids)
    for side in (CreditEntry.from_id, CreditEntry.to_id):
        sign = -1 if side is CreditEntry.from_id else 1
        for part in [None] if keys is None else chunks(keys):
            query = select(side, func.sum(CreditEntry.minutes)).where(*limits(side, part, on))
            for key, minutes in session.execute(query.group_by(side)):
                sums[key] = sums.get(key, 0) + sign * minutes
    return sums


def entries(
    session: Session,
    *,
    account_id: int | None = None,
    community_id: int | None = None,
    kind: EntryKind | None = None,
    period: Period | None = None,
) -> Iterator[Any]:
    """Entries as rows with the columns of `CreditEntry`, in the order in which they were booked."""
    where = [] if account_id is None else [_touches(account_id)]
    if community_id is not None:
        where.append(CreditEntry.community_id == community_id)
    if kind is not None:
        where.append(CreditEntry.kind == kind)
    if period is not None:
        where.append(CreditEntry.booked_on.between(period.first, period.last))
    ordered = select(CreditEntry.__table__).where(*where).order_by(CreditEntry.id)
    return iter(session.execute(ordered.execution_options(yield_per=1000)))


def _touches(account_id: int) -> ColumnElement[bool]:
    return or_(CreditEntry.from_id == account_id, CreditEntry.to_id == account_id)


# --- what is due ------------------------------------------------------------


def due_records(
    session: Session,
    *,
    community_id: int | None = None,
    person_id: int | None = None,
    period: Period | None = None,
) -> Select[Any]:
    """A query for records that count for more or less than was booked for them.

    Its rows: `account_id`, `record_id`, `community_id` and `difference`; by account what went too far first,
    then in the order of the days.
    """
    due = _differences(session, () if person_id is None else (HoursRecord.person_id == person_id,))
    query = _due(due)
    if community_id is not None:
        query = query.where(HoursRecord.community_id == community_id)
    if period is not None:
        query = query.where(HoursRecord.served_on.between(period.first, period.last))
    # Corrections first, so that an account near the maximum is not cut for what is taken off again.
    too_far_first = due.c.difference > 0
    return query.order_by(CreditAccount.id, too_far_first, HoursRecord.served_on, HoursRecord.id)


def _due(differences: Subquery) -> Select[Any]:
    # What was booked once is mended also where the account's first day was moved behind it.
    was_booked = select(CreditEntry.id).where(CreditEntry.hours_id == HoursRecord.id).exists()
    return (
        select(
            CreditAccount.id.label("account_id"),
            HoursRecord.id.label("record_id"),
            HoursRecord.community_id,
            differences.c.difference,
        )
        .join(HoursRecord, HoursRecord.id == differences.c.record_id)
        .join(CreditAccount, _account_of_record())
        .where(or_(HoursRecord.served_on >= CreditAccount.counts_from, was_booked))
    )


def _differences(session: Session, people: tuple[ColumnElement[bool], ...]) -> Subquery:
    """Records for which more or less was booked than they count for, as `record_id` and `difference` in minutes.

    A sum over all that speaks for a record and against it, as `hours.counting` has it: no planner is left to
    guess how few the records of full days are.
    """
    over = excess(session, *people)
    columns = (HoursRecord.id.label("record_id"), rounded(session).label("minutes"))
    given = select(*columns).where(CONFIRMED, *people)
    lost = select(over.c.record_id, -over.c.minutes)
    both = given.union_all(lost, _booked(people)).subquery("due")
    difference = func.sum(both.c.minutes)
    query = select(both.c.record_id, difference.label("difference")).group_by(both.c.record_id)
    return query.having(difference != 0).subquery("differences")


def _account_of_record() -> ColumnElement[bool]:
    return and_(
        CreditAccount.person_id == HoursRecord.person_id,
        CreditAccount.community_id == HoursRecord.community_id,
        CreditAccount.archived_on.is_(None),
    )


def _booked(people: tuple[ColumnElement[bool], ...]) -> Select[Any, Any]:
    """What has been booked for each record, taken off, on whichever account: the person may have been merged since."""
    against = case((CreditEntry.kind == EntryKind.EARN, -CreditEntry.minutes), else_=CreditEntry.minutes)
    query = select(CreditEntry.hours_id, against).where(CreditEntry.hours_id.is_not(None))
    if people:
        query = query.join(HoursRecord, HoursRecord.id == CreditEntry.hours_id).where(*people)
    return query


def to_post(
    session: Session, *, community_id: int | None = None, person_id: int | None = None
) -> tuple[int, int]:
    """How many records wait to be posted, and the sum of their differences in minutes."""
    due = due_records(session, community_id=community_id, person_id=person_id).order_by(None).subquery()
    row = session.execute(
        select(func.count(), func.coalesce(func.sum(due.c.difference), 0)).select_from(due)
    ).one()
    return row[0], row[1]


# --- exchanges ------------------------------------------------------------


def price_of(session: Session, event_id: int) -> EventPrice | None:
    """The price of a place at an event."""
    return session.scalar(select(EventPrice).where(EventPrice.event_id == event_id).limit(1))


def exchange_at(session: Session, event_id: int, person_id: int) -> Exchange | None:
    """The exchange by which a person has a place at an event."""
    query = select(Exchange).where(
        Exchange.event_id == event_id, Exchange.person_id == person_id, Exchange.cancelled_on.is_(None)
    )
    return session.scalar(query.limit(1))


def exchanges(
    session: Session,
    *,
    community_id: int | None = None,
    person_id: int | None = None,
    event_id: int | None = None,
    live: bool = False,
) -> Sequence[Exchange]:
    """Exchanges in the order in which they were booked; of a person those received and those paid for."""
    where: list[ColumnElement[bool]] = [Exchange.cancelled_on.is_(None)] if live else []
    if community_id is not None:
        where.append(Exchange.community_id == community_id)
    if person_id is not None:
        where.append(or_(Exchange.person_id == person_id, Exchange.payer_id == person_id))
    if event_id is not None:
        where.append(Exchange.event_id == event_id)
    return session.scalars(select(Exchange).where(*where).order_by(Exchange.id)).all()


def booked_for(session: Session, exchange_id: int, kind: EntryKind) -> int:
    """The minutes of entries of a kind that were booked for an exchange."""
    query = select(func.coalesce(func.sum(CreditEntry.minutes), 0))
    total: int = (
        session.scalar(query.where(CreditEntry.exchange_id == exchange_id, CreditEntry.kind == kind)) or 0
    )
    return total
