"""Boxes and shipments, from the first piece packed to the signature."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer_cli.core.errors import Conflict, RuleError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.rules import checked_code
from volunteer_cli.core.text import clean_name
from volunteer_cli.drives import queries
from volunteer_cli.drives.ledger import (
    Goods,
    Movement,
    NegativeStock,
    Place,
    balances,
    book,
    draw,
    gathering,
    in_box,
    move,
    movements_of,
    require_enough,
)
from volunteer_cli.drives.models import Box, Drive, Shipment
from volunteer_cli.drives.rules.drives import cleaned, require_open
from volunteer_cli.drives.terms import State, Step
from volunteer_cli.organizations.models import Organization


class EmptyBox(RuleError):
    """Box {label} is empty"""

    code = "empty_box"
    hint = N_("Pack it first: volunteer drive pack {drive_id} --box {box} --item ITEM=N")


SHIPMENTS = N_("See all of them: volunteer drive shipments {drive_id}")


class AlreadyShipped(RuleError):
    """Box {label} was shipped with {shipment}"""

    code = "already_shipped"
    hint = SHIPMENTS


class AlreadyDelivered(RuleError):
    """Shipment {code} was delivered on {day}, signed for by {name}"""

    code = "already_delivered"
    hint = SHIPMENTS


class BeforeShipment(RuleError):
    """Shipment {code} left on {day}; it cannot be delivered before that"""

    code = "before_shipment"
    hint = SHIPMENTS


class BackBeforeShipment(RuleError):
    """Shipment {code} left on {day}; it cannot come back before that"""

    code = "before_shipment"
    hint = SHIPMENTS


class CameBack(RuleError):
    """Shipment {code} came back; its boxes are here"""

    code = "came_back"
    hint = N_("Ship its boxes again: volunteer drive ship {drive_id} --box BOX --to ORGANIZATION")


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
    shortages: list[NegativeStock] = []
    for goods in packed:
        with gathering(shortages):
            _pack(session, drive, box, goods, on)
    require_enough(shortages)
    return box, packed


def _pack(session: Session, drive: Drive, box: Box, goods: Goods, on: date) -> None:
    # Drawn one after the other, so that two items of one line do not both count on its pieces.
    drawn = draw(session, drive, goods, state=State.ON_HAND, step=Step.PACK, on=on)
    route = (State.ON_HAND, State.BOXED)
    move(session, drive, drawn, step=Step.PACK, route=route, on=on, box_id=box.id)


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
        CameBack, AlreadyDelivered, BeforeShipment: as their sentences say.
    """
    drive = session.get_one(Drive, shipment.drive_id)
    require_open(drive)
    boxes = _require_away(session, shipment)
    _require_undelivered(shipment, on)
    shipment.signed_by, shipment.delivered_on = clean_name(signed_by), on
    contents = queries.contents(session, [box.id for box in boxes])
    route = (Step.DELIVER, State.SHIPPED, State.DELIVERED)
    delivered = [
        Movement(part.line_id, on, *route, part.quantity, part.box_id)
        for parts in contents.values()
        for part in parts
    ]
    book(session, drive, delivered)
    session.flush()


def _require_undelivered(shipment: Shipment, on: date) -> None:
    """Raises AlreadyDelivered, BeforeShipment."""
    if shipment.delivered_on:
        raise AlreadyDelivered(
            drive_id=shipment.drive_id, code=shipment.code, day=shipment.delivered_on, name=shipment.signed_by
        )
    if on < shipment.shipped_on:
        raise BeforeShipment(drive_id=shipment.drive_id, code=shipment.code, day=shipment.shipped_on)


def bring_back(session: Session, shipment: Shipment, *, on: date, reason: str) -> list[Box]:
    """Let a shipment come back, signed for or not: its boxes stand here again, packed as they left; those boxes.

    Raises:
        CameBack, BackBeforeShipment: as their sentences say.
        NegativeStock: it was signed for later than that day.
    """
    drive = session.get_one(Drive, shipment.drive_id)
    require_open(drive)
    boxes = _require_away(session, shipment)
    if on < shipment.shipped_on:
        raise BackBeforeShipment(drive_id=shipment.drive_id, code=shipment.code, day=shipment.shipped_on)
    returning = [
        Movement(line_id, on, Step.BACK, state, State.BOXED, count, box_id, reason)
        for (line_id, state, box_id), count in _places_in(session, boxes)
    ]
    book(session, drive, returning)
    # The shipment stays on record without a box: that it left and came back is part of the story.
    for box in boxes:
        box.shipment_id = None
    session.flush()
    return boxes


def _places_in(session: Session, boxes: Sequence[Box]) -> list[tuple[Place, int]]:
    """The places within boxes, each with the number of pieces there."""
    inside = queries.contents(session, [box.id for box in boxes])
    lines = {part.line_id for parts in inside.values() for part in parts}
    return [
        (where, count)
        for where, count in balances(movements_of(session, lines)).items()
        if where[2] in inside
    ]


def _require_away(session: Session, shipment: Shipment) -> list[Box]:
    """The boxes of a shipment, which has some until it comes back; raises CameBack."""
    boxes = queries.boxes_shipped(session, [shipment.id])[shipment.id]
    if not boxes:
        raise CameBack(drive_id=shipment.drive_id, code=shipment.code)
    return boxes


def _new_box(session: Session, drive: Drive, label: str) -> Box:
    box = Box(drive_id=drive.id, label=label)
    session.add(box)
    session.flush()
    return box


def _require_here(session: Session, box: Box) -> None:
    if box.shipment_id:
        shipment = session.get_one(Shipment, box.shipment_id)
        raise AlreadyShipped(drive_id=box.drive_id, label=box.label, shipment=shipment.code)


def _held(session: Session, box: Box) -> list[tuple[int, int]]:
    held = in_box(session, box.id)
    if not held:
        raise EmptyBox(drive_id=box.drive_id, box=shlex.quote(box.label), label=box.label)
    return list(held.items())


def _new_shipment(
    session: Session, drive: Drive, recipient: Organization, on: date, details: dict[str, Any]
) -> Shipment:
    code = details.pop("code", None)
    code = checked_code(code) if code else _shipment_code(session, drive)
    if session.scalar(select(Shipment.id).where(Shipment.code == code)):
        raise Conflict(field=_("Code"), value=code, owner=_("another shipment"))
    shipment = Shipment(
        drive_id=drive.id, code=code, shipped_on=on, recipient_id=recipient.id, **cleaned(details)
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
