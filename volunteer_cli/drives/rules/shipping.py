"""Boxes and shipments, from the first piece packed to the signature."""

from __future__ import annotations

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
from volunteer_cli.drives.ledger import Goods, Movement, book, draw, in_box, move
from volunteer_cli.drives.models import Box, Drive, Shipment
from volunteer_cli.drives.rules.drives import cleaned, require_open
from volunteer_cli.drives.terms import State, Step
from volunteer_cli.organizations.models import Organization


class EmptyBox(RuleError):
    """Box {label} is empty"""

    code = "empty_box"
    hint = N_("Pack it first: volunteer drive pack DRIVE --box {label} --item ITEM=N")


SHIPMENTS = N_("See all of them: volunteer drive shipments DRIVE")


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
