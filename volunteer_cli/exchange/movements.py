"""Sums of the ledger for reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select, union_all
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.database import month_of
from volunteer_cli.exchange.models import CreditAccount, CreditEntry
from volunteer_cli.exchange.terms import EntryKind

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period

_MISTAKE = aliased(CreditEntry)
#: The kind as which an entry counts: a reversal as what it takes back.
_KIND = func.coalesce(_MISTAKE.kind, CreditEntry.kind)
_KEYS: dict[str, Any] = {
    "month": month_of(CreditEntry.booked_on),
    "community": CreditEntry.community_id,
    "kind": _KIND,
}


@dataclass(frozen=True)
class Movement:
    """A sum of entries of one kind; `net` is what of it came to people, less what went from them."""

    keys: tuple[Any, ...]
    kind: str
    reverses: bool
    minutes: int
    net: int


def movements(
    session: Session, names: Sequence[str], *, period: Period | None, community_id: int | None
) -> Iterator[Movement]:
    """Entries summed by keys, kind and direction."""
    keys = [_KEYS[name].label(name) for name in names]
    for *values, kind, reversing, sign, minutes in session.execute(
        _sums(keys, _within(period, community_id))
    ):
        yield Movement(tuple(values), kind, bool(reversing), minutes, sign * minutes)


def _sums(keys: Sequence[Any], where: Iterable[ColumnElement[bool]]) -> Any:
    """The minutes of entries by keys, kind, and whether they go to people (1), to the pool (-1) or neither (0)."""
    source, target = aliased(CreditAccount), aliased(CreditAccount)
    direction = _is_pool(source) - _is_pool(target)
    by = (*keys, _KIND, CreditEntry.reverses_id.is_not(None), direction)
    return (
        select(*by, func.sum(CreditEntry.minutes))
        .select_from(CreditEntry)
        .join(source, source.id == CreditEntry.from_id)
        .join(target, target.id == CreditEntry.to_id)
        .outerjoin(_MISTAKE, _MISTAKE.id == CreditEntry.reverses_id)
        .where(*where)
        .group_by(*by)
    )


def _is_pool(account: type[CreditAccount]) -> ColumnElement[int]:
    return case((account.person_id.is_(None), 1), else_=0)


def _within(period: Period | None, community_id: int | None) -> Iterator[ColumnElement[bool]]:
    if period is not None:
        yield CreditEntry.booked_on.between(period.first, period.last)
    if community_id is not None:
        yield CreditEntry.community_id == community_id


@dataclass(frozen=True)
class Participants:
    """How many people's accounts have such entries, and how many of them never spent."""

    keys: tuple[Any, ...]
    holders: int
    never_spent: int


def participants(
    session: Session, names: Sequence[str], *, period: Period | None, community_id: int | None
) -> Iterator[Participants]:
    """People by keys."""
    sides = [_side(names, side, period, community_id) for side in (CreditEntry.from_id, CreditEntry.to_id)]
    both = union_all(*sides).subquery("sides")
    for *values, holders, spent in session.execute(_holders(both, [both.c[name] for name in names])):
        yield Participants(tuple(values), holders, holders - spent)


def _holders(both: Subquery, keys: Sequence[Any]) -> Select[Any]:
    """How many people have entries, and how many of them ever spent something, by keys."""
    # Who saves and never spends is what time banks suffer from (只存不取): over all time, not in the period.
    spenders = select(CreditEntry.from_id).where(CreditEntry.kind == EntryKind.SPEND).distinct().subquery()
    account = both.c.account_id.distinct()
    return (
        select(*keys, func.count(account), func.count(spenders.c.from_id.distinct()))
        .join(CreditAccount, CreditAccount.id == both.c.account_id)
        .outerjoin(spenders, spenders.c.from_id == both.c.account_id)
        .where(CreditAccount.person_id.is_not(None))
        .group_by(*keys)
    )


def _side(names: Sequence[str], side: Any, period: Period | None, community_id: int | None) -> Any:
    keys = [_KEYS[name].label(name) for name in names]
    query = select(*keys, side.label("account_id")).select_from(CreditEntry)
    query = query.outerjoin(_MISTAKE, _MISTAKE.id == CreditEntry.reverses_id)
    return query.where(*_within(period, community_id)).distinct()
