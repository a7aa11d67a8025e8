"""What must always hold of credits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.dates import format_minutes
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.policies import policy_timeline
from volunteer_cli.exchange.models import CreditAccount, CreditEntry, Exchange
from volunteer_cli.exchange.promises import standing
from volunteer_cli.exchange.queries import balances
from volunteer_cli.exchange.terms import CREDIT_LIMIT, EntryKind
from volunteer_cli.hours.counting import CONFIRMED
from volunteer_cli.hours.models import HoursRecord


def _zero(session: Session) -> Iterator[Finding]:
    # One row is debit and credit: only accounts of two communities in one entry could break the sum.
    source, target = aliased(CreditAccount), aliased(CreditAccount)
    here = CreditEntry.community_id
    query = (
        select(CreditEntry.id, CreditEntry.to_id)
        .join(source, source.id == CreditEntry.from_id)
        .join(target, target.id == CreditEntry.to_id)
        .where(or_(source.community_id != here, target.community_id != here))
    )
    for entry, key in session.execute(query):
        problem = _("Entry {entry} is between two communities.")
        yield Finding(f"account:{key}", problem.format(entry=entry))


def _records(session: Session) -> Iterator[Finding]:
    """Records that are no longer confirmed, of accounts for which posting ran since and left them booked."""
    # A difference that was not posted yet is due and no fault; these two no posting leaves behind.
    booked = _booked()
    for key in session.scalars(select(booked.c.hours_id).where(booked.c.minutes < 0)):
        yield Finding(f"hours:{key}", _("More was corrected of it than was booked."))
    for key in session.scalars(_replaced(booked).distinct()):
        yield Finding(f"hours:{key}", _("It is no longer confirmed, was replaced, and both are booked."))


def _booked() -> Subquery:
    """The minutes that are booked of each record, corrections taken off."""
    minutes = func.sum(_signed()).label("minutes")
    query = select(CreditEntry.hours_id, minutes).where(CreditEntry.hours_id.is_not(None))
    return query.group_by(CreditEntry.hours_id).subquery()


def _replaced(booked: Subquery) -> Select[Any]:
    """Records that still are booked beside those that replace them."""
    successor = aliased(HoursRecord)
    return (
        select(booked.c.hours_id)
        .join(HoursRecord, HoursRecord.id == booked.c.hours_id)
        .join(successor, successor.corrects_id == HoursRecord.id)
        .join(CreditEntry, CreditEntry.hours_id == successor.id)
        .where(~CONFIRMED, booked.c.minutes > 0)
    )


def _signed() -> ColumnElement[int]:
    return case((CreditEntry.kind == EntryKind.EARN, CreditEntry.minutes), else_=-CreditEntry.minutes)


def _floors(session: Session) -> Iterator[Finding]:
    """Accounts further below zero than promises, limit, corrections and overridden reversals explain."""
    # A limit that was lowered since breaks nothing that was booked before: the highest of all days counts.
    highest = max(limit for _day, limit in policy_timeline(session, CREDIT_LIMIT))
    owed = _promised(session)
    for account, debt in _debts(session):
        limit = highest if account.limit_minutes is None else account.limit_minutes
        beyond = debt - limit - owed.get((account.person_id, account.community_id), 0)
        if beyond > 0 and beyond > _reasons(session, account.id):
            problem = _("It is {minutes} further below zero than it may be.")
            yield Finding(f"account:{account.id}", problem.format(minutes=format_minutes(beyond)))


def _debts(session: Session) -> Iterator[tuple[CreditAccount, int]]:
    """People's accounts below zero, each with what it owes; the pool issues, and may go below without limit."""
    for key, minutes in balances(session).items():
        if minutes < 0:
            account = session.get_one(CreditAccount, key)
            if account.person_id is not None:
                yield account, -minutes


def _promised(session: Session) -> dict[tuple[int | None, int], int]:
    """By person and community, the minutes that are owed by promises."""
    owed: dict[tuple[int | None, int], int] = {}
    for promise in standing(session):
        payer = (promise.exchange.payer_id, promise.exchange.community_id)
        owed[payer] = owed.get(payer, 0) + promise.outstanding
    return owed


#: What may push an account below its floor: facts are not refused, and a move carries debts along.
FACTS = (EntryKind.CORRECT, EntryKind.REVERSE, EntryKind.MOVE_IN, EntryKind.CLOSE)


def _reasons(session: Session, account_id: int) -> int:
    query = select(func.coalesce(func.sum(CreditEntry.minutes), 0))
    return session.scalar(query.where(CreditEntry.from_id == account_id, CreditEntry.kind.in_(FACTS))) or 0


def _dates(session: Session) -> Iterator[Finding]:
    """People's accounts with an entry for a day before that of an earlier one."""
    # Or a balance as of a past day would change, and with it every statement that was handed out.
    rows = _in_order()
    query = select(rows.c.account_id, func.min(rows.c.id)).where(rows.c.booked_on < rows.c.before)
    problem = _("Entry {entry} was booked before an earlier one.")
    for key, entry in session.execute(query.group_by(rows.c.account_id)):
        yield Finding(f"account:{key}", problem.format(entry=entry))


def _in_order() -> Subquery:
    """The entries of each person's account, with the latest day of all that were booked before."""
    sides = (CreditEntry.from_id, CreditEntry.to_id)
    parts = [select(side.label("account_id"), CreditEntry.id, CreditEntry.booked_on) for side in sides]
    both = union_all(*parts).subquery("sides")
    before = func.max(both.c.booked_on).over(
        partition_by=both.c.account_id, order_by=both.c.id, rows=(None, -1)
    )
    own = select(both, before.label("before")).join(CreditAccount, CreditAccount.id == both.c.account_id)
    return own.where(CreditAccount.person_id.is_not(None)).subquery("ordered")


def _accounts(session: Session) -> Iterator[Finding]:
    by = (CreditAccount.community_id, CreditAccount.person_id)
    twice = select(func.max(CreditAccount.id)).where(CreditAccount.archived_on.is_(None))
    for key in session.scalars(twice.group_by(*by).having(func.count() > 1)):
        yield Finding(f"account:{key}", _("Its owner has another account in the same community."))


def _archived(session: Session) -> Iterator[Finding]:
    query = select(CreditAccount.id).where(CreditAccount.archived_on.is_not(None))
    closed = list(session.scalars(query))
    for key, held in balances(session, closed).items():
        if held:
            yield Finding(f"account:{key}", _("It is archived and not at zero."))


def _exchanges(session: Session) -> Iterator[Finding]:
    paid = (
        select(CreditEntry.exchange_id, func.sum(CreditEntry.minutes).label("minutes"))
        .where(CreditEntry.kind == EntryKind.SPEND)
        .group_by(CreditEntry.exchange_id)
        .subquery()
    )
    query = (
        select(Exchange.id)
        .outerjoin(paid, paid.c.exchange_id == Exchange.id)
        .where(func.coalesce(paid.c.minutes, 0) != Exchange.minutes)
    )
    for key in session.scalars(query):
        yield Finding(f"exchange:{key}", _("What was booked for it is not what it costs."))


CHECKS = (
    Check("credits-zero", N_("The accounts of each community add up to zero"), _zero),
    Check("credits-records", N_("Credits stand on records that count, once"), _records),
    Check(
        "credits-floor",
        N_("No account is below its limit without a reason"),
        _floors,
        code="insufficient_credit",
    ),
    Check("credits-dates", N_("No entry was booked before an earlier one"), _dates, code="before_last_entry"),
    Check("credits-accounts", N_("Nobody has two accounts in one community"), _accounts),
    Check("credits-archived", N_("Archived accounts are at zero"), _archived, code="account_not_empty"),
    Check("credits-exchanges", N_("Every exchange was paid as it says"), _exchanges),
)
