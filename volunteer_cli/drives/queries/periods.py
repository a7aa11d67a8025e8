"""What drives moved and were given from one day to another: for reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.quantity import Direction
from volunteer_cli.drives.models import Drive, Shipment, Slip, SlipLine, StockEntry
from volunteer_cli.drives.queries.goods import Stock, voided


def flows(session: Session, drive: Drive, first: date, last: date) -> dict[tuple[str, str], Stock]:
    """What came, went and changed from one day to another, both in it, by item and unit."""
    rows: dict[tuple[str, str], Stock] = {}
    parts: dict[tuple[str, str], dict[Direction, Stock]] = defaultdict(dict)
    for direction, *key, source, target, count in session.execute(_moved(drive, first, last)):
        item, unit = key
        rows.setdefault((item, unit), Stock(item, unit)).add(source, target, count)
        # Counted once more by its direction, so that the sum can say in which one it is not exact.
        if direction:
            part = parts[item, unit].setdefault(Direction(direction), Stock(item, unit))
            part.add(source, target, count)
    for goods, row in rows.items():
        row.mark(parts[goods])
    return rows


def _moved(drive: Drive, first: date, last: date) -> Select[Any, Any, Any, Any, Any, Any]:
    """How many pieces went from state to state in those days, exact lines and those of each direction apart."""
    keys = (StockEntry.item, StockEntry.unit, StockEntry.from_state, StockEntry.to_state)
    return (
        select(SlipLine.direction, *keys, func.sum(StockEntry.quantity))
        .join(SlipLine, SlipLine.id == StockEntry.line_id)
        .where(StockEntry.drive_id == drive.id, StockEntry.moved_on.between(first, last))
        .group_by(*keys, SlipLine.direction)
    )


@dataclass(frozen=True)
class Giving:
    """Who gave to a drive and how it was carried: counts, and freight in fen."""

    slips: int = 0
    anonymous_slips: int = 0
    donors: int = 0
    freight: int = 0
    waived: int = 0


def giving(
    session: Session, drive_ids: Iterable[int], first: date | None = None, last: date | None = None
) -> dict[int, Giving]:
    """Slips and donors by the day of receipt, freight by the day of shipping, from one day to another."""
    ids = list(drive_ids)
    given = _by_drive(session, _slips_counted(ids, first, last))
    carried = _by_drive(session, _freight_summed(ids, first, last))
    return {key: Giving(*given.get(key, (0, 0, 0)), *carried.get(key, (0, 0))) for key in ids}


def _by_drive(session: Session, query: Select[Any]) -> dict[int, Any]:
    """The figures of a query by the drive that stands first in its rows."""
    return {row[0]: row[1:] for row in session.execute(query)}


def _slips_counted(ids: Sequence[int], first: date | None, last: date | None) -> Select[Any, Any, Any, Any]:
    """Slips, those without a name, and donors, by drive."""
    anonymous = Slip.donor_person_id.is_(None) & Slip.donor_organization_id.is_(None)
    people, organizations = (
        func.count(column.distinct()) for column in (Slip.donor_person_id, Slip.donor_organization_id)
    )
    return (
        select(Slip.drive_id, func.count(), func.count().filter(anonymous), people + organizations)
        .where(Slip.drive_id.in_(ids), ~voided(), *_between(Slip.received_on, first, last))
        .group_by(Slip.drive_id)
    )


def _freight_summed(ids: Sequence[int], first: date | None, last: date | None) -> Select[Any, Any, Any]:
    """Freight that was paid and freight that was waived, in fen, by drive."""
    paid, waived = (
        func.coalesce(func.sum(Shipment.freight).filter(which), 0)
        for which in (~Shipment.waived, Shipment.waived)
    )
    return (
        select(Shipment.drive_id, paid, waived)
        .where(Shipment.drive_id.in_(ids), *_between(Shipment.shipped_on, first, last))
        .group_by(Shipment.drive_id)
    )


def _between(column: Any, first: date | None, last: date | None) -> list[Any]:
    return [*([column >= first] if first else []), *([column <= last] if last else [])]


def drives_between(
    session: Session, first: date | None, last: date | None, *, community_id: int | None = None
) -> Sequence[Drive]:
    """Drives that ran at some time from one day to another, or in which something moved then, earliest first.

    Archived ones too. Goods may come before a drive begins, and be signed for long after it ended.
    """
    query = select(Drive).order_by(Drive.starts_on, Drive.id)
    if community_id is not None:
        query = query.where(Drive.community_id == community_id)
    if ran := _ran(first, last):
        moved = exists().where(StockEntry.drive_id == Drive.id, *_between(StockEntry.moved_on, first, last))
        query = query.where(or_(and_(*ran), moved))
    return session.scalars(query).all()


def _ran(first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    """What holds for drives that ran at some time from one day to another; nothing where neither is given."""
    ended = func.coalesce(Drive.closed_on, Drive.ends_on)
    begun = [Drive.starts_on <= last] if last else []
    return [*begun, or_(ended.is_(None), ended >= first)] if first else [*begun]
