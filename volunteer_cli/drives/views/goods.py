"""How stock, slips, boxes, shipments and traces are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import named_by
from volunteer_cli.drives import queries
from volunteer_cli.drives.ledger import Goods, Movement
from volunteer_cli.drives.terms import (
    BOX_STATUSES,
    DIRECTIONS,
    SHIPMENT_STATUSES,
    STATES,
    STEPS,
    BoxStatus,
    ShipmentStatus,
)
from volunteer_cli.drives.views.loading import Load, donors
from volunteer_cli.organizations.queries import ORGANIZATION, organization_names
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people.queries import PERSON


def _quantity(name: str) -> Callable[[Any], Any]:
    """The figure of a row of stock with its direction."""
    return lambda row: row.quantity(name)


#: In which direction an approximate number is not exact, for those who read JSON.
DIRECTION = Column("direction", N_("Direction"), Kind.CHOICE, choices=DIRECTIONS, table=False)
GOODS = View(
    "goods",
    N_("Goods"),
    (
        Column("item", N_("Item")),
        Column("quantity", N_("Quantity"), Kind.QUANTITY, value=lambda goods: goods.amount),
        Column("unit", N_("Counted in")),
        Column("approximate", N_("Approximate"), Kind.FLAG, table=False),
        DIRECTION,
    ),
)

STOCK_FIGURES = (
    Column("received", N_("Received"), Kind.QUANTITY, value=_quantity("received")),
    Column("found", N_("Found"), Kind.QUANTITY, value=_quantity("found")),
    Column("unsorted", N_("Unsorted"), Kind.QUANTITY, value=_quantity("unsorted")),
    Column("on_hand", N_("On hand"), Kind.QUANTITY, value=_quantity("on_hand")),
    Column("boxed", N_("Boxed"), Kind.QUANTITY, value=_quantity("boxed")),
    Column("shipped", N_("Shipped"), Kind.QUANTITY, value=_quantity("shipped")),
    Column("delivered", N_("of these delivered"), Kind.QUANTITY, value=_quantity("delivered")),
    Column("given", N_("Given to households"), Kind.QUANTITY, value=_quantity("given")),
    Column("rejected", N_("Rejected"), Kind.QUANTITY, value=_quantity("rejected")),
    Column("recycled", N_("Recycled"), Kind.QUANTITY, value=_quantity("recycled")),
    Column("returned", N_("Returned"), Kind.QUANTITY, value=_quantity("returned")),
    Column("lost", N_("Lost"), Kind.QUANTITY, value=_quantity("lost")),
)
STOCK = View(
    "stock",
    N_("Stock"),
    (
        Column("item", N_("Item")),
        Column("unit", N_("Counted in")),
        Column("goal", N_("Goal"), Kind.COUNT),
        *STOCK_FIGURES,
        Column("approximate", N_("Approximate"), Kind.FLAG),
        DIRECTION,
    ),
)
COUNTS = View(
    "counts",
    N_("Stock-takes"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("date", N_("Date"), Kind.DATE, value=lambda count: count.counted_on),
        Column("item", N_("Item")),
        Column("quantity", N_("Pieces counted"), Kind.COUNT),
        Column("unit", N_("Counted in")),
        Column("booked", N_("By the books"), Kind.COUNT),
        Column("difference", N_("Difference"), Kind.COUNT, value=lambda count: count.quantity - count.booked),
        Column("reason", N_("Reason")),
    ),
)


# --- slips ------------------------------------------------------------


def line_quantities(session: Any, lines: Sequence[Any]) -> dict[int, Any]:
    """How much came in with lines, each in its direction."""
    stock = queries.line_stock(session, [line.id for line in lines])
    return {line.id: queries.amount_of(line, stock[line.id].received) for line in lines}


SLIP_LINES = View(
    "slips",
    N_("Slips"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("slip", N_("Slip"), Kind.CODE),
        Column("slip_id", N_("Slip id"), Kind.ID, table=False),
        Column("date", N_("Date"), Kind.DATE),
        Column("donor", N_("Donor"), load=donors),
        Column("donor_person_id", N_("Person id"), Kind.ID, table=False),
        Column("donor_organization_id", N_("Organization id"), Kind.ID, table=False),
        Column("publish", N_("May be named"), Kind.FLAG, table=False),
        Column("item", N_("Item")),
        Column("quantity", N_("Quantity"), Kind.QUANTITY, load=line_quantities),
        Column("unit", N_("Counted in")),
        Column("approximate", N_("Approximate"), Kind.FLAG),
        DIRECTION,
        Column("condition", N_("Condition")),
        Column("size", N_("Size"), table=False),
        Column("handler", N_("Handler"), load=named_by("handler_id", PERSON)),
        Column("handler_id", N_("Handler id"), Kind.ID, table=False),
        Column("witness", N_("Witness"), load=named_by("witness_id", PERSON), table=False),
        Column("witness_id", N_("Witness id"), Kind.ID, table=False),
    ),
    identity="slip_id",
)


def _lines(session: Any, slips: Sequence[Any]) -> dict[int, Any]:
    found = {}
    for slip in slips:
        lines = queries.lines_of(session, slip)
        stock = queries.line_stock(session, [line.id for line in lines])
        found[slip.id] = [_line_row(line, stock[line.id]) for line in lines]
    return found


def _line_row(line: Any, stock: Any) -> dict[str, Any]:
    figures = {name: queries.amount_of(line, getattr(stock, name)) for name in queries.FIGURES}
    return {
        "id": line.id,
        "item": line.item,
        "unit": line.unit,
        "approximate": line.direction is not None,
        "direction": line.direction,
        "condition": line.condition,
        "size": line.size,
        "quantity": figures["received"],
        **figures,
    }


LINES = View(
    "lines",
    N_("Lines"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("item", N_("Item")),
        Column("quantity", N_("Quantity"), Kind.QUANTITY),
        Column("unit", N_("Counted in")),
        Column("approximate", N_("Approximate"), Kind.FLAG),
        DIRECTION,
        Column("condition", N_("Condition")),
        Column("size", N_("Size")),
        *(
            Column(column.name, column.title, Kind.QUANTITY)
            for column in STOCK_FIGURES
            if column.name not in ("received", "found")
        ),
    ),
)
SLIP_FACTS = (
    Column("id", N_("Id"), Kind.ID),
    Column("slip", N_("Slip"), Kind.CODE, value=lambda slip: slip.number),
    Column("date", N_("Date"), Kind.DATE, value=lambda slip: slip.received_on),
    Column("drive", N_("Drive"), load=named_by("drive_id", queries.DRIVE)),
    Column("drive_id", N_("Drive id"), Kind.ID, table=False),
    Column("donor", N_("Donor"), load=donors),
    Column("donor_person_id", N_("Person id"), Kind.ID, table=False),
    Column("donor_organization_id", N_("Organization id"), Kind.ID, table=False),
    Column("publish", N_("May be named"), Kind.FLAG),
    Column("value_fen", N_("Value in yuan"), Kind.MONEY, value=lambda slip: slip.value),
    Column("handler", N_("Handler"), load=named_by("handler_id", PERSON)),
    Column("handler_id", N_("Handler id"), Kind.ID, table=False),
    Column("witness", N_("Witness"), load=named_by("witness_id", PERSON)),
    Column("witness_id", N_("Witness id"), Kind.ID, table=False),
    Column("note", N_("Note")),
    Column("lines", N_("Lines"), Kind.ROWS, load=_lines, view=LINES),
)
SLIPS = View("slip", N_("Slip"), SLIP_FACTS)


# --- boxes and shipments ------------------------------------------------------------


def _packing_list(goods: Iterable[Goods]) -> list[str]:
    return [str(each) for each in goods]


def _box_contents(session: Any, boxes: Sequence[Any]) -> dict[int, list[Goods]]:
    return {
        key: queries.packed(parts)
        for key, parts in queries.contents(session, [box.id for box in boxes]).items()
    }


def _box_lists(session: Any, boxes: Sequence[Any]) -> dict[int, Any]:
    return {key: _packing_list(goods) for key, goods in _box_contents(session, boxes).items()}


def _box_statuses(session: Any, boxes: Sequence[Any]) -> dict[int, Any]:
    sent = queries.shipments_by_id(session, [box.shipment_id for box in boxes])
    filled = queries.contents(session, [box.id for box in boxes])
    return {box.id: _box_status(sent.get(box.shipment_id), filled[box.id]) for box in boxes}


def _box_status(shipment: Any, contents: Sequence[Any]) -> BoxStatus:
    if shipment is None:
        return BoxStatus.PACKED if contents else BoxStatus.EMPTY
    return BoxStatus.DELIVERED if shipment.delivered_on else BoxStatus.SHIPPED


def _shipment_codes(session: Any, boxes: Sequence[Any]) -> dict[int, Any]:
    sent = queries.shipments_by_id(session, [box.shipment_id for box in boxes])
    return {box.id: sent[box.shipment_id].code for box in boxes if box.shipment_id}


BOX_FACTS = (
    Column("id", N_("Id"), Kind.ID),
    Column("box", N_("Box"), Kind.CODE, value=lambda box: box.label),
    Column("drive", N_("Drive"), load=named_by("drive_id", queries.DRIVE), table=False),
    Column("drive_id", N_("Drive id"), Kind.ID, table=False),
    Column("status", N_("Status"), Kind.CHOICE, load=_box_statuses, choices=BOX_STATUSES),
    Column("packing_list", N_("Packing list"), Kind.LIST, load=_box_lists),
    Column("contents", N_("Contents"), Kind.ROWS, load=_box_contents, view=GOODS, table=False),
    Column("shipment", N_("Shipment"), Kind.CODE, load=_shipment_codes),
    Column("shipment_id", N_("Shipment id"), Kind.ID, table=False),
)
BOXES = View("boxes", N_("Boxes"), BOX_FACTS)


def _shipment_statuses(session: Any, shipments: Sequence[Any]) -> dict[int, ShipmentStatus]:
    boxes = queries.boxes_shipped(session, [shipment.id for shipment in shipments])
    return {shipment.id: _shipment_status(shipment, boxes[shipment.id]) for shipment in shipments}


def _shipment_status(shipment: Any, boxes: Sequence[Any]) -> ShipmentStatus:
    """How far a shipment has come; one without boxes came back, for it left with some."""
    if not boxes:
        return ShipmentStatus.BACK
    return ShipmentStatus.DELIVERED if shipment.delivered_on else ShipmentStatus.SHIPPED


def _labels(session: Any, shipments: Sequence[Any]) -> dict[int, Any]:
    boxes = queries.boxes_shipped(session, [shipment.id for shipment in shipments])
    return {key: [box.label for box in parts] for key, parts in boxes.items()}


def _shipped_goods(session: Any, shipments: Sequence[Any]) -> dict[int, list[Goods]]:
    boxes = queries.boxes_shipped(session, [shipment.id for shipment in shipments])
    inside = queries.contents(session, [box.id for parts in boxes.values() for box in parts])
    return {
        key: queries.packed(part for box in parts for part in inside[box.id]) for key, parts in boxes.items()
    }


def _shipped_lists(session: Any, shipments: Sequence[Any]) -> dict[int, Any]:
    return {key: _packing_list(goods) for key, goods in _shipped_goods(session, shipments).items()}


SHIPMENTS = View(
    "shipments",
    N_("Shipments"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("code", N_("Code"), Kind.CODE),
        Column("drive", N_("Drive"), load=named_by("drive_id", queries.DRIVE), table=False),
        Column("drive_id", N_("Drive id"), Kind.ID, table=False),
        Column("date", N_("Date"), Kind.DATE, value=lambda shipment: shipment.shipped_on),
        Column("to", N_("Recipient"), load=named_by("recipient_id", ORGANIZATION)),
        Column(
            "to_id", N_("Recipient id"), Kind.ID, value=lambda shipment: shipment.recipient_id, table=False
        ),
        Column("carrier", N_("Carrier"), load=named_by("carrier_id", ORGANIZATION)),
        Column("carrier_id", N_("Carrier id"), Kind.ID, table=False),
        Column("waybill", N_("Waybill"), Kind.CODE),
        Column("freight_fen", N_("Freight"), Kind.MONEY, value=lambda shipment: shipment.freight),
        Column("waived", N_("Waived"), Kind.FLAG),
        Column("boxes", N_("Boxes"), Kind.LIST, load=_labels),
        Column("packing_list", N_("Packing list"), Kind.LIST, load=_shipped_lists, table=False),
        Column("contents", N_("Contents"), Kind.ROWS, load=_shipped_goods, view=GOODS, table=False),
        Column("status", N_("Status"), Kind.CHOICE, load=_shipment_statuses, choices=SHIPMENT_STATUSES),
        Column("delivered_on", N_("Signed for on"), Kind.DATE),
        Column("signed_by", N_("Signed by")),
    ),
)


# --- traces ------------------------------------------------------------


def ways_of(session: Any, box_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Where boxes went and who signed for them, by box."""
    boxes = queries.boxes_by_id(session, box_ids)
    sent = queries.shipments_by_id(session, [box.shipment_id for box in boxes.values()])
    ids = [key for shipment in sent.values() for key in (shipment.recipient_id, shipment.carrier_id)]
    names = organization_names(session, ids)
    return {key: _way_of(box, sent.get(box.shipment_id or 0), names) for key, box in boxes.items()}


def _way_of(box: Any, shipment: Any, names: dict[int, str]) -> dict[str, Any]:
    return {
        "box": box.label,
        "box_id": box.id,
        "shipment": shipment and shipment.code,
        "shipment_id": box.shipment_id,
        "shipped_on": shipment and shipment.shipped_on,
        "to": shipment and names[shipment.recipient_id],
        "carrier": shipment and names.get(shipment.carrier_id),
        "waybill": shipment and shipment.waybill,
        "delivered_on": shipment and shipment.delivered_on,
        "signed_by": shipment and shipment.signed_by,
    }


def _slip_boxes(session: Any, slips: Sequence[Any]) -> dict[int, Any]:
    found = {}
    for slip in slips:
        parts = queries.boxed_lines(session, [line.id for line in queries.lines_of(session, slip)])
        ways = ways_of(session, {part.box_id for part in parts})
        found[slip.id] = [
            {
                **ways[part.box_id],
                "item": part.item,
                "unit": part.unit,
                "quantity": part.amount,
                "approximate": part.amount.approximate,
                "direction": part.amount.direction,
            }
            for part in parts
        ]
    return found


def _slip_history(session: Any, slips: Sequence[Any]) -> dict[int, Any]:
    found = {}
    for slip in slips:
        lines = {line.id: line for line in queries.lines_of(session, slip)}
        moved = queries.history_of(session, slip)
        boxes = queries.boxes_by_id(session, {each.box_id for each in moved if each.box_id})
        found[slip.id] = [_step_row(each, lines[each.line_id], boxes) for each in moved]
    return found


def _step_row(movement: Movement, line: Any, boxes: dict[int, Any]) -> dict[str, Any]:
    return {
        "id": movement.id,
        "date": movement.moved_on,
        "on": movement.moved_on,
        "step": movement.step,
        "item": line.item,
        "unit": line.unit,
        "quantity": movement.quantity,
        "from": movement.from_state,
        "to": movement.to_state,
        "box": boxes[movement.box_id].label if movement.box_id else None,
        "box_id": movement.box_id,
        "reason": movement.reason,
    }


WAY = (
    Column("shipment", N_("Shipment"), Kind.CODE),
    Column("shipment_id", N_("Shipment id"), Kind.ID, table=False),
    Column("shipped_on", N_("Shipped on"), Kind.DATE),
    Column("to", N_("Recipient")),
    Column("carrier", N_("Carrier")),
    Column("waybill", N_("Waybill"), Kind.CODE),
    Column("delivered_on", N_("Signed for on"), Kind.DATE),
    Column("signed_by", N_("Signed by")),
)
AMOUNT = (
    Column("item", N_("Item")),
    Column("quantity", N_("Quantity"), Kind.QUANTITY),
    Column("unit", N_("Counted in")),
    Column("approximate", N_("Approximate"), Kind.FLAG, table=False),
    DIRECTION,
)
SLIP_TRACE = View(
    "trace",
    N_("Trace"),
    (
        *SLIP_FACTS,
        Column(
            "boxes",
            N_("Boxes"),
            Kind.ROWS,
            load=_slip_boxes,
            view=View(
                "boxes",
                N_("Boxes"),
                (Column("box", N_("Box"), Kind.CODE), Column("box_id", N_("Box id"), Kind.ID), *AMOUNT, *WAY),
            ),
        ),
        Column(
            "steps",
            N_("Steps"),
            Kind.ROWS,
            load=_slip_history,
            view=View(
                "steps",
                N_("Steps"),
                (
                    Column("id", N_("Entry"), Kind.ID),
                    Column("date", N_("Date"), Kind.DATE),
                    # As every step of the second release names its day; `date` came first, and stays.
                    Column("on", N_("Date"), Kind.DATE, table=False),
                    Column("step", N_("Step"), Kind.CHOICE, choices=STEPS),
                    Column("item", N_("Item")),
                    Column("quantity", N_("Quantity"), Kind.COUNT),
                    Column("unit", N_("Counted in")),
                    Column("from", N_("Moved from"), Kind.CHOICE, choices=STATES),
                    Column("to", N_("Moved to"), Kind.CHOICE, choices=STATES),
                    Column("box", N_("Box"), Kind.CODE),
                    Column("box_id", N_("Box id"), Kind.ID),
                    Column("reason", N_("Reason")),
                ),
            ),
        ),
    ),
)


def _box_way(name: str) -> Load:
    return lambda session, boxes: {
        key: way[name] for key, way in ways_of(session, [box.id for box in boxes]).items()
    }


def _box_slips(session: Any, boxes: Sequence[Any]) -> dict[int, Any]:
    inside = queries.contents(session, [box.id for box in boxes])
    lines = queries.gift_lines_by_id(session, [part.line_id for parts in inside.values() for part in parts])
    givers = donors(session, list(lines.values()))
    return {
        key: [_source_row(part, lines.get(part.line_id), givers) for part in parts]
        for key, parts in inside.items()
    }


def _source_row(part: Any, line: Any, donors: dict[int, Any]) -> dict[str, Any]:
    """A line in a box with its slip; what a stock-take found has none."""
    return {
        "slip": line and line.slip,
        "slip_id": line and line.slip_id,
        "date": line and line.date,
        "donor": line and donors.get(line.id),
        "item": part.item,
        "unit": part.unit,
        "quantity": part.amount,
        "approximate": part.amount.approximate,
        "direction": part.amount.direction,
    }


BOX_TRACE = View(
    "trace",
    N_("Trace"),
    (
        *BOX_FACTS[:-2],
        *(
            column
            if column.name == "shipment_id"
            else Column(column.name, column.title, column.kind, load=_box_way(column.name))
            for column in WAY
        ),
        Column(
            "slips",
            N_("Slips"),
            Kind.ROWS,
            load=_box_slips,
            view=View(
                "slips",
                N_("Slips"),
                (
                    Column("slip", N_("Slip"), Kind.CODE),
                    Column("slip_id", N_("Slip id"), Kind.ID),
                    Column("date", N_("Date"), Kind.DATE),
                    Column("donor", N_("Donor")),
                    *AMOUNT,
                ),
            ),
        ),
    ),
)
