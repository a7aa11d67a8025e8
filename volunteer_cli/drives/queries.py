"""What is asked of drives: their goods, slips, boxes, shipments and notices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.database import chunks
from volunteer_cli.core.dates import add_months
from volunteer_cli.core.errors import Ambiguous, NotFound, UsageFault
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.lookup import Reference, find, matches, missing
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.text import did_you_mean
from volunteer_cli.core.work import last_added
from volunteer_cli.drives.ledger import MOVEMENT, Goods, Movement, balances, movements_of
from volunteer_cli.drives.models import (
    Box,
    Drive,
    DriveGoal,
    DriveNotice,
    Shipment,
    Slip,
    SlipLine,
    StockEntry,
)
from volunteer_cli.drives.terms import (
    DISCLOSURE_EMERGENCY_DAYS,
    DISCLOSURE_EVERY_MONTHS,
    DISCLOSURE_FINAL_MONTHS,
    DISCLOSURE_LONG_MONTHS,
    Disclosure,
    State,
    Step,
)
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.queries import ORGANIZATION
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import PERSON

DRIVE = Reference(N_("drive"), Drive, "volunteer drive list")
SLIP = Reference(N_("slip"), Slip, "volunteer drive slips DRIVE", codes=("number",), name=None)
SHIPMENT = Reference(
    N_("shipment"), Shipment, "volunteer drive shipments DRIVE", codes=("code", "waybill"), name=None
)
NOTICE = Reference(N_("notice"), DriveNotice, "volunteer drive show DRIVE", codes=("number",), name=None)


class NoSuchGoods(NotFound):
    """{drive} has no {goods}"""

    hint = N_("It has: {known}. List them: volunteer drive stock {code}")


class UnitNeeded(UsageFault):
    """'{item}' needs a unit, as in {item}=12件"""

    code = "missing_unit"


class WhichDonor(UsageFault):
    """Say who gave: either --donor or --anonymous"""

    code = "which_donor"


class NoBox(NotFound):
    """Box '{label}' does not exist in {drive}"""

    hint = N_("List them: volunteer drive boxes {code}")


class NoSuchDonor(NotFound):
    """No person and no organization is called '{text}'"""

    hint = N_("Add one: volunteer person add NAME, or volunteer organization add NAME. Or say --anonymous.")


# --- finding ------------------------------------------------------------


def find_drive(session: Session, text: str, *, changing: bool = True) -> Drive:
    """The drive that `text` names; raises NotFound, Ambiguous."""
    return find(session, DRIVE, text, changing=changing)


def find_slip(session: Session, text: str, *, changing: bool = True) -> Slip:
    """The slip that `text` names by id or number; raises NotFound."""
    return find(session, SLIP, text, changing=changing)


def find_shipment(session: Session, text: str, *, changing: bool = True) -> Shipment:
    """The shipment that `text` names by id, code or waybill; raises NotFound, Ambiguous."""
    return find(session, SHIPMENT, text, changing=changing)


def find_notice(session: Session, drive: Drive, text: str) -> DriveNotice:
    """The published notice of a drive with an id or number; raises NotFound."""
    notice = find(session, NOTICE, text, changing=False)
    if notice.drive_id != drive.id:
        raise missing(session, NOTICE, text)
    return notice


def find_box(session: Session, drive: Drive, label: str) -> Box:
    """The box of a drive with a label; raises NoBox."""
    box = box_called(session, drive, label)
    if box is None:
        raise NoBox(label=label, drive=drive.name, code=drive.code)
    return box


def box_called(session: Session, drive: Drive, label: str) -> Box | None:
    """The box of a drive with a label, if there is one."""
    return session.scalar(select(Box).where(Box.drive_id == drive.id, Box.label == label))


def find_donor(session: Session, text: str) -> Person | Organization:
    """The person or organization that gave: `person:12`, `organization:快递公司`, or a name that one of them has.

    Raises:
        NoSuchDonor, Ambiguous: neither, or both.
    """
    for exact in (True, False):
        found = _donors(session, text, exact=exact)
        if len(found) == 1:
            return found[0]
        if found:
            choices = ", ".join(f"{donor.__tablename__}:{donor.id} {donor.name}" for donor in found)
            raise Ambiguous(kind=_("donor"), text=text, candidates=choices)
    raise NoSuchDonor(text=text)


def _donors(session: Session, text: str, *, exact: bool) -> list[Person | Organization]:
    references: tuple[Reference[Any], ...] = (PERSON, ORGANIZATION)
    kind, _sign, _name = text.partition(":")
    if any(reference.kind == kind for reference in references):
        references = tuple(reference for reference in references if reference.kind == kind)
    if text == "@last":
        references = tuple(each for each in references if last_added(each.model.__tablename__)) or references
    return [record for reference in references for record in matches(session, reference, text, exact=exact)]


def settled(session: Session, drive: Drive, goods: Goods, *, known: bool = True) -> Goods:
    """The goods with their unit filled in, where the drive uses only one for the item.

    Raises:
        UnitNeeded: no unit was given and it is not clear which.
        NoSuchGoods: `known` goods are asked for, and the drive never saw such.
    """
    unit = goods.unit or only_units(session, drive).get(goods.item)
    if not unit:
        raise UnitNeeded(item=goods.item)
    found = Goods(goods.item, unit, goods.quantity, goods.approximate)
    if known and not _is_known(session, drive, found):
        used = [f"{item} ({unit})" for item, unit in goods_of(session, drive)]
        near = did_you_mean(f"{found.item} ({unit})", used) or used
        raise NoSuchGoods(
            drive=drive.name,
            code=drive.code,
            goods=f"{found.item} ({unit})",
            known=", ".join(near[:5]) or "-",
        )
    return found


def only_units(session: Session, drive: Drive) -> dict[str, str]:
    """The unit of each item that a drive counts in one unit only."""
    pairs = goods_of(session, drive)
    uses = Counter(item for item, _unit in pairs)
    return {item: unit for item, unit in pairs if uses[item] == 1}


def units_of_goals(session: Session, drive: Drive) -> dict[str, str]:
    """The unit of each item of which a drive hopes for so many in one unit only."""
    hoped = goals(session, [drive.id])[drive.id]
    uses = Counter(goal.item for goal in hoped)
    return {goal.item: goal.unit for goal in hoped if uses[goal.item] == 1}


def _is_known(session: Session, drive: Drive, goods: Goods) -> bool:
    return any(
        session.scalar(
            select(model.id).filter_by(drive_id=drive.id, item=goods.item, unit=goods.unit).limit(1)
        )
        for model in (SlipLine, DriveGoal)
    )


def goods_of(session: Session, drive: Drive) -> list[tuple[str, str]]:
    """Every item and unit that a drive has met or hopes for."""
    pairs = set()
    for model in (SlipLine, DriveGoal):
        query = select(model.item, model.unit).where(model.drive_id == drive.id).distinct()
        pairs |= {(item, unit) for item, unit in session.execute(query)}
    return sorted(pairs)


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
        select(Slip.drive_id, func.count()).where(Slip.drive_id.in_(list(drive_ids))).group_by(Slip.drive_id)
    )
    return dict(session.execute(query).all())


# --- stock ------------------------------------------------------------


@dataclass
class Stock:
    """Where the pieces of one item and unit of a drive are; `marked` names the figures that are approximate."""

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
    rejected: int = 0
    recycled: int = 0
    returned: int = 0
    lost: int = 0
    approximate: bool = False
    marked: frozenset[str] = field(default_factory=frozenset)

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
    "rejected",
    "recycled",
    "returned",
    "lost",
)


def stock(session: Session, drive: Drive, as_of: date | None = None) -> list[Stock]:
    """Where the pieces of each item and unit are, now or at the end of a day."""
    rows: dict[tuple[str, str], Stock] = {}
    for goal in goals(session, [drive.id])[drive.id]:
        rows[goal.item, goal.unit] = Stock(goal.item, goal.unit, goal.quantity)
    for item, unit, source, target, count in session.execute(_sums(drive.id, as_of)):
        rows.setdefault((item, unit), Stock(item, unit)).add(source, target, count)
    for key, part in _approximate_part(session, drive, as_of).items():
        rows[key].marked = frozenset(name for name in FIGURES if getattr(part, name))
        rows[key].approximate = bool(rows[key].marked)
    return [rows[key] for key in sorted(rows)]


def _sums(drive_id: int, as_of: date | None) -> Select[Any, Any, Any, Any, Any]:
    keys = (StockEntry.item, StockEntry.unit, StockEntry.from_state, StockEntry.to_state)
    query = (
        select(*keys, func.sum(StockEntry.quantity)).where(StockEntry.drive_id == drive_id).group_by(*keys)
    )
    return query.where(StockEntry.moved_on <= as_of) if as_of else query


def _approximate_part(session: Session, drive: Drive, as_of: date | None) -> dict[tuple[str, str], Stock]:
    """The stock of the approximate slip lines alone."""
    keys = (StockEntry.item, StockEntry.unit, StockEntry.from_state, StockEntry.to_state)
    query = (
        select(*keys, func.sum(StockEntry.quantity))
        .join(SlipLine, SlipLine.id == StockEntry.line_id)
        .where(SlipLine.drive_id == drive.id, SlipLine.approximate.is_(True))
        .group_by(*keys)
    )
    if as_of:
        query = query.where(StockEntry.moved_on <= as_of)
    rows: dict[tuple[str, str], Stock] = {}
    for item, unit, source, target, count in session.execute(query):
        rows.setdefault((item, unit), Stock(item, unit)).add(source, target, count)
    return rows


def on_hand(session: Session, drive: Drive, goods: Goods, on: date) -> int:
    """How many pieces of an item were on hand at the end of a day."""
    same = StockEntry.drive_id == drive.id, StockEntry.item == goods.item, StockEntry.unit == goods.unit
    total = 0
    for column, sign in ((StockEntry.to_state, 1), (StockEntry.from_state, -1)):
        query = select(func.sum(StockEntry.quantity)).where(*same, column == State.ON_HAND)
        total += sign * (session.scalar(query.where(StockEntry.moved_on <= on)) or 0)
    return total


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
    approximate: bool
    condition: str | None
    size: str | None


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
    SlipLine.approximate,
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
    """Where the pieces of each line are."""
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
    unit: str
    quantity: int
    approximate: bool


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
    found: dict[int, list[Content]] = {key: [] for key in box_ids}
    for chunk in chunks(found, 500):
        moved = session.execute(select(*MOVEMENT).where(StockEntry.box_id.in_(chunk))).all()
        held = [
            (box, line, n) for (line, _s, box), n in balances(Movement(*row) for row in moved).items() if box
        ]
        lines = _lines_by_id(session, {line for _box, line, _count in held})
        for box, line, count in sorted(held):
            goods = lines[line]
            found[box].append(Content(box, line, goods.item, goods.unit, count, goods.approximate))
    return found


def _lines_by_id(session: Session, ids: Iterable[int]) -> dict[int, SlipLine]:
    found: dict[int, SlipLine] = {}
    for chunk in chunks(ids):
        found |= {line.id: line for line in session.scalars(select(SlipLine).where(SlipLine.id.in_(chunk)))}
    return found


def packed(contents_of: Iterable[Content]) -> list[Goods]:
    """The contents of a box or shipment, summed by item and unit."""
    sums: dict[tuple[str, str], Goods] = {}
    for part in contents_of:
        known = sums.get((part.item, part.unit), Goods(part.item, part.unit, 0))
        approximate = known.approximate or part.approximate
        sums[part.item, part.unit] = Goods(part.item, part.unit, known.quantity + part.quantity, approximate)
    return [sums[key] for key in sorted(sums)]


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
        Content(box, line, lines[line].item, lines[line].unit, count, lines[line].approximate)
        for (box, line), count in sorted(held.items())
    ]


# --- publication ------------------------------------------------------------


def notices(session: Session, drive_ids: Iterable[int]) -> dict[int, list[DriveNotice]]:
    """The published notices of drives, by drive, oldest first."""
    found: dict[int, list[DriveNotice]] = {key: [] for key in drive_ids}
    for notice in session.scalars(
        select(DriveNotice).where(DriveNotice.drive_id.in_(list(found))).order_by(DriveNotice.id)
    ):
        found[notice.drive_id].append(notice)
    return found


def latest_notice(session: Session, drive: Drive) -> DriveNotice | None:
    """The notice in force, if one was published."""
    query = select(DriveNotice).where(DriveNotice.drive_id == drive.id)
    return session.scalar(query.order_by(DriveNotice.id.desc()).limit(1))


def last_entry(session: Session) -> int:
    """The newest entry of the ledger, 0 when it is empty."""
    return session.scalar(select(func.max(StockEntry.id))) or 0


def received_before(session: Session, drive: Drive, days: Iterable[date]) -> list[tuple[Any, ...]]:
    """What came in on some days, for an import to know it again: what was written on the slips then."""
    key = (Slip.received_on, Slip.donor_person_id, Slip.donor_organization_id, SlipLine.item, SlipLine.unit)
    query = (
        select(*key, StockEntry.quantity, SlipLine.condition, SlipLine.size)
        .join(SlipLine, SlipLine.slip_id == Slip.id)
        .join(StockEntry, StockEntry.line_id == SlipLine.id)
        .where(Slip.drive_id == drive.id, Slip.received_on.in_(set(days)), StockEntry.step == Step.RECEIVE)
    )
    return [tuple(row) for row in session.execute(query)]


def on_slips(session: Session, drive: Drive) -> frozenset[tuple[str, str, str, int]]:
    """What stands on each slip of a drive, as its list shows it: number, item, unit and quantity."""
    query = select(SlipLine.id, Slip.number, SlipLine.item, SlipLine.unit).join(
        Slip, Slip.id == SlipLine.slip_id
    )
    lines = session.execute(query.where(Slip.drive_id == drive.id)).all()
    stock = line_stock(session, [line.id for line in lines])
    return frozenset((line.number, line.item, line.unit, stock[line.id].received) for line in lines)


# --- disclosure ------------------------------------------------------------


@dataclass(frozen=True)
class DisclosureDue:
    """A notice that a drive owes the public by a day."""

    drive: Drive
    kind: Disclosure
    due_on: date


@dataclass(frozen=True)
class DisclosureTerms:
    """How often the public is to be told, as the office has set it."""

    final_months: int
    long_months: int
    every_months: int
    emergency_days: int


def disclosure_terms(session: Session) -> DisclosureTerms:
    """The office's terms of disclosure."""
    return DisclosureTerms(
        policy_value(session, DISCLOSURE_FINAL_MONTHS),
        policy_value(session, DISCLOSURE_LONG_MONTHS),
        policy_value(session, DISCLOSURE_EVERY_MONTHS),
        policy_value(session, DISCLOSURE_EMERGENCY_DAYS),
    )


def next_disclosure(
    drive: Drive, published: Sequence[date], terms: DisclosureTerms, today: date
) -> DisclosureDue | None:
    """The next notice that a drive owes, given the days on which it published; None when it owes none."""
    end = drive.closed_on or drive.ends_on
    if end and (end < today or drive.closed_on):
        told = any(day >= end for day in published)
        return None if told else DisclosureDue(drive, Disclosure.FINAL, add_months(end, terms.final_months))
    last = max([drive.starts_on, *published])
    if drive.emergency:
        return DisclosureDue(drive, Disclosure.EMERGENCY, last + timedelta(days=terms.emergency_days))
    regular = add_months(last, terms.every_months)
    if add_months(drive.starts_on, terms.long_months) < (end or today) and (end is None or regular < end):
        return DisclosureDue(drive, Disclosure.REGULAR, regular)
    return DisclosureDue(drive, Disclosure.FINAL, add_months(end, terms.final_months)) if end else None


def disclosures(session: Session, drives: Sequence[Drive], today: date) -> dict[int, DisclosureDue]:
    """The next notice that each drive owes, by drive; those that owe none are left out."""
    terms = disclosure_terms(session)
    told = notices(session, [drive.id for drive in drives])
    found = {}
    for drive in drives:
        days = [notice.published_on for notice in told[drive.id]]
        if due := next_disclosure(drive, days, terms, today):
            found[drive.id] = due
    return found


def disclosures_due(
    session: Session, today: date, *, community: Community | None = None, within_days: int = 0
) -> list[DisclosureDue]:
    """Notices due by today, or within so many days, the most urgent first: for the day's worklist."""
    due = disclosures(session, drives(session, community=community), today).values()
    limit = today + timedelta(days=within_days)
    return sorted(
        (each for each in due if each.due_on <= limit), key=lambda each: (each.due_on, each.drive.id)
    )


# --- for reports ------------------------------------------------------------


def flows(session: Session, drive: Drive, first: date, last: date) -> dict[tuple[str, str], Stock]:
    """What came, went and changed from one day to another, both in it, by item and unit."""
    keys = (StockEntry.item, StockEntry.unit, StockEntry.from_state, StockEntry.to_state)
    query = (
        select(*keys, SlipLine.approximate, func.sum(StockEntry.quantity))
        .join(SlipLine, SlipLine.id == StockEntry.line_id)
        .where(StockEntry.drive_id == drive.id, StockEntry.moved_on.between(first, last))
        .group_by(*keys, SlipLine.approximate)
    )
    rows: dict[tuple[str, str], Stock] = {}
    approximate: dict[tuple[str, str], Stock] = {}
    for item, unit, source, target, mark, count in session.execute(query):
        for found in (rows, approximate) if mark else (rows,):
            found.setdefault((item, unit), Stock(item, unit)).add(source, target, count)
    for key, part in approximate.items():
        rows[key].marked = frozenset(name for name in FIGURES if getattr(part, name))
        rows[key].approximate = bool(rows[key].marked)
    return rows


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
    anonymous = Slip.donor_person_id.is_(None) & Slip.donor_organization_id.is_(None)
    slips = select(
        Slip.drive_id,
        func.count(),
        func.count().filter(anonymous),
        func.count(Slip.donor_person_id.distinct()) + func.count(Slip.donor_organization_id.distinct()),
    ).where(Slip.drive_id.in_(ids), *_between(Slip.received_on, first, last))
    freight = select(
        Shipment.drive_id,
        func.coalesce(func.sum(Shipment.freight).filter(~Shipment.waived), 0),
        func.coalesce(func.sum(Shipment.freight).filter(Shipment.waived), 0),
    ).where(Shipment.drive_id.in_(ids), *_between(Shipment.shipped_on, first, last))
    given: dict[int, Any] = {row[0]: row[1:] for row in session.execute(slips.group_by(Slip.drive_id))}
    carried: dict[int, Any] = {
        row[0]: row[1:] for row in session.execute(freight.group_by(Shipment.drive_id))
    }
    return {key: Giving(*given.get(key, (0, 0, 0)), *carried.get(key, (0, 0))) for key in ids}


def _between(column: Any, first: date | None, last: date | None) -> list[Any]:
    return [*([column >= first] if first else []), *([column <= last] if last else [])]


def drives_between(
    session: Session, first: date | None, last: date | None, *, community_id: int | None = None
) -> Sequence[Drive]:
    """Drives that ran at some time from one day to another, archived ones too, earliest first."""
    query = select(Drive).order_by(Drive.starts_on, Drive.id)
    if community_id is not None:
        query = query.where(Drive.community_id == community_id)
    if last:
        query = query.where(Drive.starts_on <= last)
    if first:
        moved = select(StockEntry.drive_id).where(StockEntry.moved_on >= first)
        ended = func.coalesce(Drive.closed_on, Drive.ends_on)
        query = query.where(or_(ended.is_(None), ended >= first, Drive.id.in_(moved)))
    return session.scalars(query).all()
