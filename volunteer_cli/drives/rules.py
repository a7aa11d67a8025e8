"""What may happen to a drive and its goods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.communities.rules import archive, checked_code
from volunteer_cli.core.errors import Conflict, NotFound, RuleError
from volunteer_cli.core.history import Row, insert_rows
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.numbers import issue_number, issue_numbers
from volunteer_cli.core.text import clean, clean_name
from volunteer_cli.drives import queries
from volunteer_cli.drives.ledger import Goods, Movement, balances, book, draw, in_box, move, movements_of
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
from volunteer_cli.drives.terms import IN_BOX, RETURNABLE, SORTED_INTO, State, Step, Verdict
from volunteer_cli.organizations.models import Organization
from volunteer_cli.people.models import Person

__all__ = ["archive"]


class DriveClosed(RuleError):
    """Drive {name} was closed on {day}"""

    code = "drive_closed"
    hint = N_("Open it again: volunteer drive reopen {code}")


class DriveArchived(RuleError):
    """Drive {name} is archived"""

    code = "archived"
    hint = N_("Bring it back first: volunteer drive restore {code_typed}")


class BeforeClosing(RuleError):
    """Drive {name} was closed on {day}; it cannot be reopened before that"""

    code = "before_closing"


class InFuture(RuleError):
    """{day} is after today"""

    code = "future"
    hint = N_("Only what has happened is recorded; if today's date is wrong, say --today.")


class EndsEarly(RuleError):
    """The drive would end on {end}, before it starts on {start}"""

    code = "bad_period"


class SameWitness(RuleError):
    """{name} cannot be both handler and witness"""

    code = "same_witness"
    hint = N_("Two people count at a reception; name another, or leave one out.")


class EmptyBox(RuleError):
    """Box {label} is empty"""

    code = "empty_box"
    hint = N_("Pack it first: volunteer drive pack DRIVE --box {label} --item ITEM=N")


class AlreadyShipped(RuleError):
    """Box {label} was shipped with {shipment}"""

    code = "already_shipped"


class AlreadyDelivered(RuleError):
    """Shipment {code} was delivered on {day}, signed for by {name}"""

    code = "already_delivered"


class BeforeShipment(RuleError):
    """Shipment {code} left on {day}; it cannot be delivered before that"""

    code = "before_shipment"


class AlreadyBoxed(RuleError):
    """{goods} of slip {slip} are boxed or gone; a gift can be returned until it is boxed"""

    code = "already_boxed"
    hint = N_("While the box is here, unpack it first: volunteer drive unpack DRIVE --box BOX")


class BeforeReceipt(RuleError):
    """Slip {slip} came in on {day}; it cannot be corrected for a day before that"""

    code = "before_receipt"


class BeforeNotice(RuleError):
    """Notice {number} was published on {day}; its correction cannot be published before that"""

    code = "before_notice"


class NothingToReturn(RuleError):
    """Nothing of slip {slip} is left to return"""

    code = "nothing_to_return"


class NotOnSlip(NotFound):
    """Slip {slip} has no {goods}"""

    hint = N_("See what is on it: volunteer drive slip {slip}")


# --- drives ------------------------------------------------------------


def add_drive(
    session: Session,
    community: Community,
    *,
    name: str,
    code: str | None = None,
    goals: Sequence[Goods] = (),
    **details: Any,
) -> Drive:
    """A new drive, open from now on; without a code it gets `drive-` and its number.

    Raises:
        BadCode, BadText: the code or a text is not allowed.
        Conflict: the code is another drive's.
        EndsEarly: it would end before it starts.
    """
    code = checked_code(code) if code else _next_code(session)
    if other := session.scalar(select(Drive).where(Drive.code == code)):
        raise Conflict(field=_("Code"), value=code, owner=f"{other.name} ({other.id})")
    name = clean_name(name, _("Name of the drive"))
    drive = Drive(community_id=community.id, name=name, code=code, **_cleaned(details))
    _require_order(drive)
    session.add(drive)
    session.flush()
    set_goals(session, drive, goals)
    return drive


def edit_drive(session: Session, drive: Drive, *, goals: Sequence[Goods] = (), **changes: Any) -> Drive:
    """Give a drive other values, "" for none; those that are None stay, and so do goals that are not named."""
    if changes.get("name") is not None:
        changes["name"] = clean_name(changes["name"], _("Name of the drive"))
    for name, value in _cleaned(changes).items():
        if value is not None:
            setattr(drive, name, value if value != "" else None)
    _require_order(drive)
    session.flush()
    set_goals(session, drive, goals)
    return drive


def set_goals(session: Session, drive: Drive, goals: Iterable[Goods]) -> None:
    """Set what a drive hopes for, item by item."""
    for goods in goals:
        goods = queries.settled(session, drive, goods, known=False)  # noqa: PLW2901 - now with its unit
        key = {"drive_id": drive.id, "item": goods.item, "unit": goods.unit}
        goal = session.scalar(select(DriveGoal).filter_by(**key))
        if goal is None:
            session.add(DriveGoal(**key, quantity=goods.quantity))
        else:
            goal.quantity = goods.quantity
        session.flush()


def close(session: Session, drive: Drive, on: date) -> None:
    """End a drive: from now on its goods stand still. What is closed already stays as it is.

    Raises:
        EndsEarly: that day is before its start.
    """
    if drive.closed_on is None:
        drive.closed_on = on
        _require_order(drive)
        session.flush()


def reopen(session: Session, drive: Drive, on: date) -> None:
    """Let the goods of a closed drive move again. What is open already stays as it is.

    Raises:
        BeforeClosing: as its sentence says.
    """
    if drive.closed_on and on < drive.closed_on:
        raise BeforeClosing(name=drive.name, day=drive.closed_on)
    drive.closed_on = None
    session.flush()


def require_open(drive: Drive) -> None:
    """Raises DriveArchived or DriveClosed when the goods of a drive stand still."""
    if drive.archived_on:
        raise DriveArchived(name=drive.name, code_typed=drive.code)
    if drive.closed_on:
        raise DriveClosed(name=drive.name, code=drive.code, day=drive.closed_on)


def checked_day(on: date | None, today: date) -> date:
    """The day on which something happened: `today` unless another was named.

    Raises:
        InFuture: it has not come yet.
    """
    if on and on > today:
        raise InFuture(day=on)
    return on or today


def _require_order(drive: Drive) -> None:
    for end in (drive.ends_on, drive.closed_on):
        if end and end < drive.starts_on:
            raise EndsEarly(start=drive.starts_on, end=end)


def _next_code(session: Session) -> str:
    """`drive-` and the next number that no code has."""
    number = (session.scalar(select(func.max(Drive.id))) or 0) + 1
    while session.scalar(select(Drive.id).where(Drive.code == f"drive-{number}")):
        number += 1
    return f"drive-{number}"


def _cleaned(details: dict[str, Any]) -> dict[str, Any]:
    return {name: clean(value, name) if isinstance(value, str) else value for name, value in details.items()}


# --- receiving ------------------------------------------------------------


@dataclass
class Line:
    """One line of a gift that is being received."""

    goods: Goods
    condition: str | None = None
    size: str | None = None


@dataclass
class Gift:
    """What one donor brings on a day; without a donor it is anonymous.

    Attributes:
        value: what the donor says it is worth, in fen.
        publish: whether the donor may be named in public.
    """

    received_on: date
    lines: list[Line]
    donor_person_id: int | None = None
    donor_organization_id: int | None = None
    publish: bool = True
    value: int | None = None
    handler_id: int | None = None
    witness_id: int | None = None
    note: str | None = None


def receive(session: Session, drive: Drive, gifts: Sequence[Gift]) -> list[int]:
    """Enter gifts, each with its slip and number, and answer the ids of the slips; one gift or many.

    Raises:
        DriveClosed, SameWitness: as their sentences say.
        UnitNeeded: an item has no unit.
    """
    require_open(drive)
    for gift in gifts:
        require_two(session, gift)
        for line in gift.lines:
            line.goods = (
                queries.settled(session, drive, line.goods, known=False)
                if not line.goods.unit
                else line.goods
            )
    numbers = _slip_numbers(session, drive, [gift.received_on.year for gift in gifts])
    slips = insert_rows(
        session, Slip, [_slip(drive, gift, number) for gift, number in zip(gifts, numbers, strict=True)]
    )
    _enter(
        session,
        drive,
        [(slip, gift, line) for slip, gift in zip(slips, gifts, strict=True) for line in gift.lines],
    )
    return list(slips)


def require_two(session: Session, gift: Gift) -> None:
    """Raises SameWitness when one person would count alone."""
    if gift.handler_id and gift.handler_id == gift.witness_id:
        raise SameWitness(name=session.get_one(Person, gift.handler_id).name)


def _slip_numbers(session: Session, drive: Drive, years: Sequence[int]) -> list[str]:
    """A number for each slip, running by community and year."""
    code = session.get_one(Community, drive.community_id).code.upper()
    waiting = {
        year: iter(
            issue_numbers(
                session, f"slip:{code.lower()}:{year}", f"{code}-S{year}-{{:04}}", years.count(year)
            )
        )
        for year in dict.fromkeys(years)
    }
    return [next(waiting[year]) for year in years]


def _slip(drive: Drive, gift: Gift, number: str) -> Row:
    named = (
        "received_on",
        "donor_person_id",
        "donor_organization_id",
        "publish",
        "value",
        "handler_id",
        "witness_id",
        "note",
    )
    return {"drive_id": drive.id, "number": number, **{name: getattr(gift, name) for name in named}}


def _enter(session: Session, drive: Drive, lines: Sequence[tuple[int, Gift, Line]]) -> None:
    """Write the lines of slips and their first entries; what comes in can leave nothing below zero."""
    keys = insert_rows(session, SlipLine, [_line(drive, slip, line) for slip, _gift, line in lines])
    insert_rows(
        session,
        StockEntry,
        [
            {
                "drive_id": drive.id,
                "line_id": key,
                "item": line.goods.item,
                "unit": line.goods.unit,
                "moved_on": gift.received_on,
                "step": Step.RECEIVE.value,
                "from_state": State.OUTSIDE.value,
                "to_state": State.UNSORTED.value,
                "quantity": line.goods.quantity,
                "box_id": None,
                "reason": None,
            }
            for key, (_slip, gift, line) in zip(keys, lines, strict=True)
        ],
    )


def _line(drive: Drive, slip_id: int | None, line: Line) -> Row:
    return {
        "drive_id": drive.id,
        "slip_id": slip_id,
        "item": line.goods.item,
        "unit": line.goods.unit,
        "approximate": line.goods.approximate,
        "condition": line.condition,
        "size": line.size,
    }


def correct_slip(
    session: Session, slip: Slip, wanted: Sequence[Goods], *, on: date, reason: str
) -> list[Goods]:
    """Set how much came in with a slip, and answer that with its units.

    What was drawn from it already cannot be taken back.

    An exact number takes the approximate mark away. The same number again is no change.

    Raises:
        NotOnSlip: the slip has no such item.
        UnitNeeded: the slip has the item in several units, and none was named.
        BeforeReceipt: as its sentence says.
        NegativeStock: more was drawn from it than it would have.
    """
    drive = session.get_one(Drive, slip.drive_id)
    require_open(drive)
    if on < slip.received_on:
        raise BeforeReceipt(slip=slip.number, day=slip.received_on)
    corrected = []
    for goods in wanted:
        lines = [line for line in queries.lines_of(session, slip) if _same(line, goods)]
        if not lines:
            raise NotOnSlip(
                slip=slip.number, goods=f"{goods.item} ({goods.unit})" if goods.unit else goods.item
            )
        if len({line.unit for line in lines}) > 1:
            raise queries.UnitNeeded(item=goods.item)
        for line in lines:
            line.approximate = goods.approximate
        session.flush()
        _correct_lines(session, drive, lines, goods.quantity, on=on, reason=reason)
        corrected.append(Goods(goods.item, lines[0].unit, goods.quantity, goods.approximate))
    return corrected


def _same(line: SlipLine, goods: Goods) -> bool:
    return line.item == goods.item and goods.unit in ("", line.unit)


def _correct_lines(
    session: Session, drive: Drive, lines: Sequence[SlipLine], quantity: int, *, on: date, reason: str
) -> None:
    """Add what is missing to the last line, or take what is too much from the last lines first."""
    stock = queries.line_stock(session, [line.id for line in lines])
    excess = sum(stock[line.id].received for line in lines) - quantity
    if excess < 0:
        book(session, drive, [_correction(lines[-1], -excess, on, reason, inwards=True)])
    taken = []
    for line in reversed(lines):
        count = min(excess, stock[line.id].unsorted) if line is not lines[0] else excess
        if count > 0:
            taken.append(_correction(line, count, on, reason, inwards=False))
            excess -= count
    book(session, drive, taken)


def _correction(line: SlipLine, count: int, on: date, reason: str, *, inwards: bool) -> Movement:
    states = (State.OUTSIDE, State.UNSORTED) if inwards else (State.UNSORTED, State.OUTSIDE)
    return Movement(line.id, on, Step.CORRECT, *states, count, None, reason)


def return_gift(session: Session, slip: Slip, *, on: date, reason: str | None = None) -> None:
    """Give a donor back what is still here of a slip.

    Raises:
        AlreadyBoxed: a piece of it is in a box or has left.
        NothingToReturn: there is nothing of it here.
    """
    drive = session.get_one(Drive, slip.drive_id)
    require_open(drive)
    lines = {line.id: line for line in queries.lines_of(session, slip)}
    there = balances(movements_of(session, lines))
    for (line_id, state, _box), count in there.items():
        if state in IN_BOX:
            raise AlreadyBoxed(slip=slip.number, goods=Goods(lines[line_id].item, lines[line_id].unit, count))
    back = [
        Movement(line_id, on, Step.RETURN, state, State.RETURNED, count, None, reason)
        for (line_id, state, _box), count in sorted(there.items())
        if state in RETURNABLE
    ]
    if not back:
        raise NothingToReturn(slip=slip.number)
    book(session, drive, back)


# --- sorting, counting ------------------------------------------------------------


def sort(session: Session, drive: Drive, wanted: Sequence[Goods], *, verdict: Verdict, on: date) -> None:
    """Sort pieces that came in: accepted ones are on hand from now on.

    Raises:
        NoSuchGoods, NegativeStock: there are no such pieces, or not enough of them unsorted.
    """
    require_open(drive)
    route = (State.UNSORTED, SORTED_INTO[verdict])
    for goods in wanted:
        goods = queries.settled(session, drive, goods)  # noqa: PLW2901 - now with its unit
        drawn = draw(session, drive, goods, state=State.UNSORTED, step=Step.SORT, on=on)
        move(session, drive, drawn, step=Step.SORT, route=route, on=on)


def count(session: Session, drive: Drive, counted: Sequence[Goods], *, on: date, reason: str) -> None:
    """Set what is on hand to what was counted: less than booked is lost, more is found.

    Items that were not counted stay as they are.

    Raises:
        NegativeStock: a step booked for later would not find what is lost now.
    """
    require_open(drive)
    for goods in counted:
        goods = queries.settled(session, drive, goods)  # noqa: PLW2901 - now with its unit
        surplus = goods.quantity - queries.on_hand(session, drive, goods, on)
        if surplus < 0:
            lost = Goods(goods.item, goods.unit, -surplus)
            drawn = draw(session, drive, lost, state=State.ON_HAND, step=Step.COUNT, on=on)
            move(
                session,
                drive,
                drawn,
                step=Step.COUNT,
                route=(State.ON_HAND, State.LOST),
                on=on,
                reason=reason,
            )
        elif surplus > 0:
            _find(
                session,
                drive,
                Goods(goods.item, goods.unit, surplus, goods.approximate),
                on=on,
                reason=reason,
            )


def _find(session: Session, drive: Drive, goods: Goods, *, on: date, reason: str) -> None:
    """Enter found goods as a line without a slip, so that they can be drawn like any other."""
    (key,) = insert_rows(session, SlipLine, [_line(drive, None, Line(goods))])
    found = [(key, goods.quantity)]
    move(session, drive, found, step=Step.COUNT, route=(State.OUTSIDE, State.ON_HAND), on=on, reason=reason)


# --- boxes and shipments ------------------------------------------------------------


def pack(
    session: Session, drive: Drive, label: str, wanted: Sequence[Goods], *, on: date
) -> tuple[Box, list[Goods]]:
    """Put pieces on hand into a box, which is made when there is none with that label; that and they.

    Raises:
        AlreadyShipped: the box has left.
        NoSuchGoods, NegativeStock: there are no such pieces, or not enough of them on hand.
    """
    require_open(drive)
    label = clean_name(label, _("Box"))
    box = queries.box_called(session, drive, label) or _new_box(session, drive, label)
    _require_here(session, box)
    packed = [queries.settled(session, drive, goods) for goods in wanted]
    for goods in packed:
        drawn = draw(session, drive, goods, state=State.ON_HAND, step=Step.PACK, on=on)
        move(session, drive, drawn, step=Step.PACK, route=(State.ON_HAND, State.BOXED), on=on, box_id=box.id)
    return box, packed


def unpack(session: Session, drive: Drive, box: Box, *, on: date) -> None:
    """Take everything out of a box again.

    Raises:
        AlreadyShipped, EmptyBox: as their sentences say.
        NegativeStock: it was not all in there yet on that day.
    """
    require_open(drive)
    _require_here(session, box)
    held = _held(session, box)
    move(session, drive, held, step=Step.UNPACK, route=(State.BOXED, State.ON_HAND), on=on, box_id=box.id)


def ship(
    session: Session, drive: Drive, boxes: Sequence[Box], *, recipient: Organization, on: date, **details: Any
) -> Shipment:
    """Send boxes to an organization; details are carrier_id, waybill, freight in fen, waived and code.

    Raises:
        AlreadyShipped, EmptyBox: as their sentences say.
        Conflict: the code is another shipment's.
        NegativeStock: a box was packed later than that day.
    """
    require_open(drive)
    shipment = _new_shipment(session, drive, recipient, on, details)
    for box in dict.fromkeys(boxes):
        _require_here(session, box)
        held = _held(session, box)
        move(session, drive, held, step=Step.SHIP, route=(State.BOXED, State.SHIPPED), on=on, box_id=box.id)
        box.shipment_id = shipment.id
    session.flush()
    return shipment


def deliver(session: Session, shipment: Shipment, *, signed_by: str, on: date) -> None:
    """Record who signed for a shipment, and when.

    Raises:
        AlreadyDelivered, BeforeShipment: as their sentences say.
    """
    drive = session.get_one(Drive, shipment.drive_id)
    require_open(drive)
    if shipment.delivered_on:
        raise AlreadyDelivered(code=shipment.code, day=shipment.delivered_on, name=shipment.signed_by)
    if on < shipment.shipped_on:
        raise BeforeShipment(code=shipment.code, day=shipment.shipped_on)
    shipment.signed_by, shipment.delivered_on = clean_name(signed_by), on
    boxes = [box.id for box in queries.boxes_shipped(session, [shipment.id])[shipment.id]]
    held = [part for parts in queries.contents(session, boxes).values() for part in parts]
    book(
        session,
        drive,
        [
            Movement(
                part.line_id, on, Step.DELIVER, State.SHIPPED, State.DELIVERED, part.quantity, part.box_id
            )
            for part in held
        ],
    )
    session.flush()


def _new_box(session: Session, drive: Drive, label: str) -> Box:
    box = Box(drive_id=drive.id, label=label)
    session.add(box)
    session.flush()
    return box


def _require_here(session: Session, box: Box) -> None:
    if box.shipment_id:
        shipment = session.get_one(Shipment, box.shipment_id)
        raise AlreadyShipped(label=box.label, shipment=shipment.code)


def _held(session: Session, box: Box) -> list[tuple[int, int]]:
    held = in_box(session, box.id)
    if not held:
        raise EmptyBox(label=box.label)
    return list(held.items())


def _new_shipment(
    session: Session, drive: Drive, recipient: Organization, on: date, details: dict[str, Any]
) -> Shipment:
    code = details.pop("code", None)
    code = checked_code(code) if code else _shipment_code(session, drive)
    if session.scalar(select(Shipment.id).where(Shipment.code == code)):
        raise Conflict(field=_("Code"), value=code, owner=_("another shipment"))
    shipment = Shipment(
        drive_id=drive.id, code=code, shipped_on=on, recipient_id=recipient.id, **_cleaned(details)
    )
    session.add(shipment)
    session.flush()
    return shipment


def _shipment_code(session: Session, drive: Drive) -> str:
    """The drive's code with the first number that is free."""
    count = session.scalar(select(func.count()).where(Shipment.drive_id == drive.id)) or 0
    while session.scalar(select(Shipment.id).where(Shipment.code == f"{drive.code}-{count + 1}")):
        count += 1
    return f"{drive.code}-{count + 1}"


# --- publication ------------------------------------------------------------


def publish(session: Session, drive: Drive, content: Row, *, on: date) -> DriveNotice:
    """Freeze the draft of a notice under a number; a second one corrects the first and names it.

    With nothing new to say, the notice in force stays the one in force.

    Raises:
        BeforeNotice: it would be dated before the one that it corrects.
    """
    former = queries.latest_notice(session, drive)
    if former and former.content == content:
        return former
    if former and on < former.published_on:
        raise BeforeNotice(number=former.number, day=former.published_on)
    code = session.get_one(Community, drive.community_id).code.upper()
    number = issue_number(session, f"notice:{code.lower()}:{on.year}", f"{code}-N{on.year}-{{:04}}")
    notice = DriveNotice(
        drive_id=drive.id,
        number=number,
        published_on=on,
        corrects_id=former.id if former else None,
        last_entry_id=queries.last_entry(session),
        content=content,
    )
    session.add(notice)
    session.flush()
    return notice
