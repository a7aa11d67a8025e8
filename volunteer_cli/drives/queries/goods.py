"""Drives, and where their goods are: on slips, in stock, in boxes and on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.database import chunks
from volunteer_cli.core.history import restored
from volunteer_cli.core.looking import once
from volunteer_cli.core.quantity import Direction, Quantity, united
from volunteer_cli.core.records import Change
from volunteer_cli.core.text import folded
from volunteer_cli.drives.ledger import MOVEMENT, Goods, Movement, balances, movements_of
from volunteer_cli.drives.models import (
    Box,
    Drive,
    DriveGoal,
    Shipment,
    Slip,
    SlipLine,
    StockCount,
    StockEntry,
)
from volunteer_cli.drives.terms import State, Step
from volunteer_cli.organizations.models import Organization
from volunteer_cli.people.models import Person

# --- drives ------------------------------------------------------------


def drives(session: Session, *, community: Community | None, archived: bool = False) -> Sequence[Drive]:
    """Drives in use or archived ones, of one community or all, latest start first."""
    query = select(Drive).where(Drive.archived_on.is_not(None) if archived else Drive.archived_on.is_(None))
    if community:
        query = query.where(Drive.community_id == community.id)
    return session.scalars(query.order_by(Drive.starts_on.desc(), Drive.id.desc())).all()


def drives_by_id(session: Session, ids: Iterable[int]) -> dict[int, Drive]:
    """Drives by their ids."""
    return {drive.id: drive for drive in session.scalars(select(Drive).where(Drive.id.in_(set(ids))))}


def last_day(session: Session, drive: Drive) -> date | None:
    """The day of the latest step of a drive; None while nothing came."""
    return session.scalar(select(func.max(StockEntry.moved_on)).where(StockEntry.drive_id == drive.id))


def first_receipt(session: Session, drive: Drive) -> date | None:
    """The day on which the first gift of a drive came; voided slips do not count."""
    return session.scalar(select(func.min(Slip.received_on)).where(Slip.drive_id == drive.id, ~voided()))


def goals(session: Session, drive_ids: Iterable[int]) -> dict[int, list[DriveGoal]]:
    """The goals of drives, by drive."""
    found: dict[int, list[DriveGoal]] = {key: [] for key in drive_ids}
    query = (
        select(DriveGoal).where(DriveGoal.drive_id.in_(list(found))).order_by(DriveGoal.item, DriveGoal.unit)
    )
    for goal in session.scalars(query):
        found[goal.drive_id].append(goal)
    return found


def slip_counts(session: Session, drive_ids: Iterable[int]) -> dict[int, int]:
    """How many slips each drive has."""
    query = (
        select(Slip.drive_id, func.count())
        .where(Slip.drive_id.in_(list(drive_ids)), ~voided())
        .group_by(Slip.drive_id)
    )
    return dict(session.execute(query).all())


def voided() -> ColumnElement[bool]:
    """Whether a slip was voided: it keeps its number and counts nowhere."""
    line = select(SlipLine.id).join(StockEntry, StockEntry.line_id == SlipLine.id)
    return line.where(SlipLine.slip_id == Slip.id, StockEntry.step == Step.VOID).exists()


# --- stock ------------------------------------------------------------


@dataclass
class Stock:
    """Where the pieces of one item and unit of a drive are; `directions` holds those of its inexact figures."""

    item: str
    unit: str
    goal: int | None = None
    received: int = 0
    found: int = 0
    unsorted: int = 0
    on_hand: int = 0
    boxed: int = 0
    shipped: int = 0
    delivered: int = 0
    given: int = 0
    rejected: int = 0
    recycled: int = 0
    returned: int = 0
    lost: int = 0
    directions: dict[str, Direction] = field(default_factory=dict)

    @property
    def approximate(self) -> bool:
        """Whether any of its figures is not exact."""
        return bool(self.directions)

    @property
    def direction(self) -> Direction | None:
        """The direction of all its figures together."""
        return united(self.directions.values())

    def quantity(self, *names: str) -> Quantity:
        """A figure, or the sum of several, with its direction."""
        number = sum(getattr(self, name) for name in names)
        return Quantity(number, self.unit, united(self.directions.get(name) for name in names))

    def mark(self, parts: Mapping[Direction, Stock]) -> None:
        """Give the figures their directions, from the stock of the lines of each direction alone."""
        for name in FIGURES:
            directions = [key for key, part in parts.items() if getattr(part, name)]
            if direction := united(directions):
                self.directions[name] = direction

    def add(self, source: str, target: str, count: int) -> None:
        """Take in that so many pieces went from one state to another.

        What was delivered counts as shipped too, and what a correction takes out was never received.
        """
        if source == State.OUTSIDE:
            self._change("received" if target == State.UNSORTED else "found", count)
        else:
            self._change(source, -count)
        if target == State.OUTSIDE:
            self._change("received", -count)
        else:
            self._change(target, count)
        if target == State.DELIVERED:
            self.shipped += count
        if source == State.DELIVERED:
            self.shipped -= count

    def _change(self, name: str, count: int) -> None:
        setattr(self, name, getattr(self, name) + count)


FIGURES = (
    "received",
    "found",
    "unsorted",
    "on_hand",
    "boxed",
    "shipped",
    "delivered",
    "given",
    "rejected",
    "recycled",
    "returned",
    "lost",
)


def stock(session: Session, drive: Drive, as_of: date | None = None) -> list[Stock]:
    """Where the pieces of each item and unit are, now or at the end of a day."""
    # What is hoped for stands in the list before any of it has come.
    rows = {
        (goal.item, goal.unit): Stock(goal.item, goal.unit, goal.quantity)
        for goal in goals(session, [drive.id])[drive.id]
    }
    for item, unit, *moved in session.execute(_sums(drive.id, as_of)):
        rows.setdefault((item, unit), Stock(item, unit)).add(*moved)
    for key, parts in _inexact_parts(session, drive, as_of).items():
        rows[key].mark(parts)
    return [rows[key] for key in sorted(rows)]


def _sums(drive_id: int, as_of: date | None) -> Select[Any, Any, Any, Any, Any]:
    keys = (StockEntry.item, StockEntry.unit, StockEntry.from_state, StockEntry.to_state)
    query = (
        select(*keys, func.sum(StockEntry.quantity)).where(StockEntry.drive_id == drive_id).group_by(*keys)
    )
    return query.where(StockEntry.moved_on <= as_of) if as_of else query


def _inexact_parts(
    session: Session, drive: Drive, as_of: date | None
) -> dict[tuple[str, str], dict[Direction, Stock]]:
    """The stock of the slip lines that are not exact, by item and unit and by their direction."""
    rows: dict[tuple[str, str], dict[Direction, Stock]] = defaultdict(dict)
    for direction, item, unit, *moved in session.execute(_inexact_sums(drive.id, as_of)):
        part = rows[item, unit].setdefault(Direction(direction), Stock(item, unit))
        part.add(*moved)
    return rows


def _inexact_sums(drive_id: int, as_of: date | None) -> Select[Any, str, str, str, str, int]:
    """What of the lines that are not exact went from one state to another; by an index on the direction."""
    keys = (StockEntry.item, StockEntry.unit, StockEntry.from_state, StockEntry.to_state)
    query = (
        select(SlipLine.direction, *keys, func.sum(StockEntry.quantity))
        .join(SlipLine, SlipLine.id == StockEntry.line_id)
        .where(SlipLine.drive_id == drive_id, SlipLine.direction.is_not(None))
        .group_by(SlipLine.direction, *keys)
    )
    return query.where(StockEntry.moved_on <= as_of) if as_of else query


def on_hand(session: Session, drive: Drive, goods: Goods, on: date) -> int:
    """How many pieces of an item were on hand at the end of a day."""
    same = (StockEntry.drive_id == drive.id, StockEntry.item == goods.item, StockEntry.unit == goods.unit)
    query = select(func.sum(StockEntry.quantity)).where(*same, StockEntry.moved_on <= on)
    # Two questions, each answered by the one index; a sum of both by CASE would read every entry of the goods.
    came = session.scalar(query.where(StockEntry.to_state == State.ON_HAND))
    went = session.scalar(query.where(StockEntry.from_state == State.ON_HAND))
    return (came or 0) - (went or 0)


def counts(session: Session, drive: Drive) -> Sequence[StockCount]:
    """The stock-takes of a drive in the order of their days."""
    query = select(StockCount).where(StockCount.drive_id == drive.id)
    return session.scalars(query.order_by(StockCount.counted_on, StockCount.id)).all()


# --- slips ------------------------------------------------------------


@dataclass(frozen=True)
class GiftLine:
    """One line of one slip, as lists show it."""

    id: int
    slip_id: int
    slip: str
    drive_id: int
    date: date
    donor_person_id: int | None
    donor_organization_id: int | None
    publish: bool
    handler_id: int | None
    witness_id: int | None
    item: str
    unit: str
    direction: Direction | None
    condition: str | None
    size: str | None

    @property
    def approximate(self) -> bool:
        """Whether its number is not exact."""
        return self.direction is not None


GIFT_LINE: tuple[Any, ...] = (
    SlipLine.id,
    Slip.id,
    Slip.number,
    Slip.drive_id,
    Slip.received_on,
    Slip.donor_person_id,
    Slip.donor_organization_id,
    Slip.publish,
    Slip.handler_id,
    Slip.witness_id,
    SlipLine.item,
    SlipLine.unit,
    SlipLine.direction,
    SlipLine.condition,
    SlipLine.size,
)


def gift_lines(session: Session, drive: Drive) -> Iterator[GiftLine]:
    """The lines of all slips of a drive, slip by slip, read as they are taken."""
    query = (
        select(*GIFT_LINE)
        .join(SlipLine, SlipLine.slip_id == Slip.id)
        .where(Slip.drive_id == drive.id)
        .order_by(Slip.id, SlipLine.id)
    )
    return (GiftLine(*row) for row in session.execute(query.execution_options(yield_per=1000)))


def named_lines(session: Session, drive: Drive) -> Iterator[GiftLine]:
    """The lines of all slips of a drive whose donors are known, read as they are taken."""
    return (
        line
        for line in gift_lines(session, drive)
        if line.donor_person_id is not None or line.donor_organization_id is not None
    )


def gift_lines_by_id(session: Session, line_ids: Iterable[int]) -> dict[int, GiftLine]:
    """Lines of slips by their ids; what a stock-take found is on no slip."""
    found: dict[int, GiftLine] = {}
    for chunk in chunks(set(line_ids)):
        query = select(*GIFT_LINE).join(SlipLine, SlipLine.slip_id == Slip.id).where(SlipLine.id.in_(chunk))
        found |= {row[0]: GiftLine(*row) for row in session.execute(query)}
    return found


def phones(
    session: Session, model: type[Person | Organization], ids: Iterable[int | None]
) -> dict[int, str | None]:
    """The phone numbers of people or of organizations, by id."""
    found: dict[int, str | None] = {}
    for chunk in chunks({key for key in ids if key is not None}):
        found |= dict(session.execute(select(model.id, model.phone).where(model.id.in_(chunk))).all())
    return found


def lines_of(session: Session, slip: Slip) -> Sequence[SlipLine]:
    """The lines of a slip in their order."""
    return session.scalars(select(SlipLine).where(SlipLine.slip_id == slip.id).order_by(SlipLine.id)).all()


def line_stock(session: Session, line_ids: Iterable[int]) -> dict[int, Stock]:
    """Where the pieces of each line are; each column of a list asks for the same."""
    ids = tuple(line_ids)
    return once(session, ("drives.line_stock", ids), lambda: _line_stock(session, ids))


def _line_stock(session: Session, line_ids: Iterable[int]) -> dict[int, Stock]:
    keys = (StockEntry.line_id, StockEntry.from_state, StockEntry.to_state)
    found: dict[int, Stock] = defaultdict(lambda: Stock("", ""))
    for chunk in chunks(line_ids):
        query = (
            select(*keys, func.sum(StockEntry.quantity)).where(StockEntry.line_id.in_(chunk)).group_by(*keys)
        )
        for line_id, source, target, count in session.execute(query):
            found[line_id].add(source, target, count)
    return found


# --- boxes and shipments ------------------------------------------------------------


@dataclass(frozen=True)
class Content:
    """Pieces of one line in one box."""

    box_id: int
    line_id: int
    item: str
    amount: Quantity

    @property
    def unit(self) -> str:
        """What they are counted in."""
        return self.amount.unit or ""

    @property
    def quantity(self) -> int:
        """How many there are, exact or not."""
        return self.amount.number


def amount_of(line: SlipLine | GiftLine, number: int) -> Quantity:
    """So many pieces of a line, which are as exact as the line; none of it is exact."""
    direction = Direction(line.direction) if line.direction and number else None
    return Quantity(number, line.unit, direction)


def boxes(session: Session, drive: Drive) -> Sequence[Box]:
    """The boxes of a drive in the order in which they were first packed."""
    return session.scalars(select(Box).where(Box.drive_id == drive.id).order_by(Box.id)).all()


def boxes_by_id(session: Session, ids: Iterable[int]) -> dict[int, Box]:
    """Boxes by their ids."""
    return {
        box.id: box
        for chunk in chunks(set(ids))
        for box in session.scalars(select(Box).where(Box.id.in_(chunk)))
    }


def shipments(session: Session, drive: Drive) -> Sequence[Shipment]:
    """The shipments of a drive in their order."""
    return session.scalars(select(Shipment).where(Shipment.drive_id == drive.id).order_by(Shipment.id)).all()


def shipments_by_id(session: Session, ids: Iterable[int | None]) -> dict[int, Shipment]:
    """Shipments by their ids."""
    query = select(Shipment).where(Shipment.id.in_({key for key in ids if key}))
    return {shipment.id: shipment for shipment in session.scalars(query)}


def boxes_shipped(session: Session, shipment_ids: Iterable[int]) -> dict[int, list[Box]]:
    """The boxes of shipments, by shipment."""
    found: dict[int, list[Box]] = {key: [] for key in shipment_ids}
    for box in session.scalars(select(Box).where(Box.shipment_id.in_(list(found))).order_by(Box.id)):
        found[box.shipment_id or 0].append(box)
    return found


def contents(session: Session, box_ids: Iterable[int]) -> dict[int, list[Content]]:
    """What is in boxes, by box: the pieces of each line, also after they were shipped."""
    parts: dict[int, list[Content]] = {key: [] for key in box_ids}
    for keys in chunks(parts, 500):
        inside = _inside(session, keys)
        lines = _lines_by_id(session, {line for _box, line, _count in inside})
        for box, line, count in inside:
            parts[box].append(Content(box, line, lines[line].item, amount_of(lines[line], count)))
    return parts


def _inside(session: Session, box_ids: Sequence[int]) -> list[tuple[int, int, int]]:
    """How many pieces of each line boxes hold: box, line and count."""
    moved = session.execute(select(*MOVEMENT).where(StockEntry.box_id.in_(box_ids)))
    places = balances(Movement(*row) for row in moved).items()
    return sorted((box, line, count) for (line, _state, box), count in places if box)


def _lines_by_id(session: Session, ids: Iterable[int]) -> dict[int, SlipLine]:
    found: dict[int, SlipLine] = {}
    for chunk in chunks(ids):
        found |= {line.id: line for line in session.scalars(select(SlipLine).where(SlipLine.id.in_(chunk)))}
    return found


def packed(contents_of: Iterable[Content]) -> list[Goods]:
    """The contents of a box or shipment, summed by item and unit."""
    sums: dict[tuple[str, str], Quantity] = {}
    for part in contents_of:
        none = Quantity(0, part.unit)
        sums[part.item, part.unit] = sums.get((part.item, part.unit), none) + part.amount
    return [Goods(item, sums[item, unit]) for item, unit in sorted(sums)]


# --- traces ------------------------------------------------------------


def history_of(session: Session, slip: Slip) -> list[Movement]:
    """All that was booked of a slip, in the order of the days."""
    line_ids = [line.id for line in lines_of(session, slip)]
    return sorted(movements_of(session, line_ids), key=lambda movement: (movement.moved_on, movement.id))


def boxed_lines(session: Session, line_ids: Sequence[int]) -> list[Content]:
    """The boxes that pieces of lines are in, shipped or not."""
    lines = _lines_by_id(session, line_ids)
    held: dict[tuple[int, int], int] = defaultdict(int)
    for (line, _state, box), count in balances(movements_of(session, line_ids)).items():
        if box:
            held[box, line] += count
    return [
        Content(box, line, lines[line].item, amount_of(lines[line], count))
        for (box, line), count in sorted(held.items())
    ]


#: What tells one gift from another when its sheet comes again.
GIFT = (
    Slip.received_on,
    Slip.donor_person_id,
    Slip.donor_organization_id,
    SlipLine.item,
    SlipLine.unit,
    StockEntry.quantity,
    SlipLine.condition,
    SlipLine.size,
)


def received_before(session: Session, drive: Drive, days: Iterable[date]) -> list[tuple[Any, ...]]:
    """What came in on some days, for an import to know it again: what was written on the slips then."""
    query = _gifts(drive).where(Slip.received_on.in_(set(days)))
    return [compared(row) for row in session.execute(query)]


def compared(gift: Sequence[Any]) -> tuple[Any, ...]:
    """A gift with its condition and size, which come last, in the form in which they are compared."""
    *rest, condition, size = gift
    return (*rest, condition and folded(condition), size and folded(size))


def _gifts(drive: Drive, *more: Any) -> Select[Any]:
    """The gifts of a drive as they came in, behind `more`."""
    lines = select(*more, *GIFT).join(SlipLine, SlipLine.slip_id == Slip.id)
    entries = lines.join(StockEntry, StockEntry.line_id == SlipLine.id)
    return entries.where(Slip.drive_id == drive.id, StockEntry.step == Step.RECEIVE)


def written_first(session: Session, drive: Drive) -> list[tuple[Any, ...]]:
    """The gifts whose slips were corrected, as they were written first: so their sheet says when it comes again."""
    slips, lines = _first_values(session, Slip), _first_values(session, SlipLine)
    corrected = or_(Slip.id.in_(list(slips)), SlipLine.id.in_(list(lines)))
    gifts = []
    for slip, line, *now in session.execute(_gifts(drive, Slip.id, SlipLine.id).where(corrected)):
        first = _as_first(now, slips.get(slip, {}) | lines.get(line, {}))
        if first != tuple(now):
            gifts.append(compared(first))
    return gifts


def _as_first(gift: Sequence[Any], first: Mapping[str, Any]) -> tuple[Any, ...]:
    """A gift with the values that its columns had at first."""
    return tuple(first.get(column.key, value) for column, value in zip(GIFT, gift, strict=True))


def _first_values(session: Session, model: type[Slip | SlipLine]) -> dict[int, dict[str, Any]]:
    """What columns of rows said before they were changed for the first time, by row."""
    query = select(Change.first_key, Change.last_key, Change.before).order_by(Change.id)
    changes = query.where(Change.table_name == model.__tablename__, Change.kind == "update")
    first: dict[int, dict[str, Any]] = defaultdict(dict)
    for start, end, before in session.execute(changes):
        values = restored(model.__table__, before)  # type: ignore[arg-type]
        for key in range(start, end + 1):
            # What an earlier change says of a column stays: the oldest is what was written first.
            first[key] = values | first[key]
    return first


def on_slips(session: Session, drive: Drive) -> frozenset[tuple[str, str, str, int]]:
    """What stands on each slip of a drive, as its list shows it: number, item, unit and quantity."""
    query = select(SlipLine.id, Slip.number, SlipLine.item, SlipLine.unit).join(
        Slip, Slip.id == SlipLine.slip_id
    )
    lines = session.execute(query.where(Slip.drive_id == drive.id)).all()
    stock = line_stock(session, [line.id for line in lines])
    return frozenset((line.number, line.item, line.unit, stock[line.id].received) for line in lines)
