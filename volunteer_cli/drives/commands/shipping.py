"""`volunteer drive pack`, `ship`, `deliver` and `trace`."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.drives.commands.typed import DriveNamed, Items, app, day_of, goods_of, organization_id
from volunteer_cli.shell import OnDay, Reason, show, show_list, tell, verb

BoxLabel = Annotated[str, Option("--box", metavar="BOX", help=N_("The label of the box"))]


@verb(app, "pack", example="volunteer drive pack winter --box B01 --item 衣物=10件", changes=True)
def pack(drive: DriveNamed, box: BoxLabel, item: Items, on: OnDay = None) -> None:
    """Put goods on hand into a box."""
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import queries, rules
    from volunteer_cli.drives.views.goods import BOXES

    wanted = [goods_of(text) for text in item]
    with work("drive pack") as session:
        found, packed = rules.pack(session, queries.find_drive(session, drive), box, wanted, on=day_of(on))
        goods = listed(str(each) for each in packed)
        sentence = _("Packed {goods} into box {label} ({id}).").format(
            goods=goods, label=found.label, id=found.id
        )
        tell(session, BOXES, found, sentence)


@verb(app, "unpack", example="volunteer drive unpack winter --box B01", changes=True)
def unpack(drive: DriveNamed, box: BoxLabel, on: OnDay = None) -> None:
    """Take everything out of a box."""
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import queries, rules
    from volunteer_cli.drives.views.goods import BOXES

    with work("drive unpack") as session:
        found = queries.find_drive(session, drive)
        opened = queries.find_box(session, found, box)
        rules.unpack(session, found, opened, on=day_of(on))
        tell(
            session, BOXES, opened, _("Unpacked box {label} ({id}).").format(label=opened.label, id=opened.id)
        )


@verb(app, "boxes", example="volunteer drive boxes winter")
def boxes(drive: DriveNamed) -> None:
    """List the boxes with what is in them."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views.goods import BOXES

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        show_list(session, BOXES, queries.boxes(session, found))


@verb(
    app,
    "ship",
    example="volunteer drive ship winter --box B01 --box B02 --to 四川大学研究生支教团 --carrier 快递公司 --freight 300 --waived",
    changes=True,
)
def ship(
    drive: DriveNamed,
    box: Annotated[list[str], Option("--box", metavar="BOX", help=N_("The label of a box"))],
    to: Annotated[str, Option("--to", metavar="ORGANIZATION", help=N_("Who it is sent to"))],
    carrier: Annotated[
        str | None, Option("--carrier", metavar="ORGANIZATION", help=N_("Who carries it"))
    ] = None,
    waybill: Annotated[
        str | None, Option("--waybill", metavar="TEXT", help=N_("The carrier's number"))
    ] = None,
    freight: Annotated[
        str | None, Option("--freight", metavar="AMOUNT", help=N_("What carrying it costs"))
    ] = None,
    waived: Annotated[bool, Option("--waived", help=N_("The carrier waives the freight"))] = False,
    code: Annotated[
        str | None, Option("--code", metavar="CODE", help=N_("Short code of the shipment"))
    ] = None,
    on: OnDay = None,
) -> None:
    """Send boxes to an organization."""
    from volunteer_cli.core.text import parse_yuan
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import queries, rules
    from volunteer_cli.drives.views.goods import SHIPMENTS
    from volunteer_cli.organizations.queries import find_organization

    fen = parse_yuan(freight) if freight else None
    with work("drive ship") as session:
        found = queries.find_drive(session, drive)
        shipment = rules.ship(
            session,
            found,
            [queries.find_box(session, found, label) for label in box],
            recipient=find_organization(session, to),
            on=day_of(on),
            code=code,
            carrier_id=organization_id(session, carrier),
            waybill=waybill,
            freight=fen,
            waived=waived,
        )
        sentence = _("Shipped {code} ({id}).").format(code=shipment.code, id=shipment.id)
        tell(session, SHIPMENTS, shipment, sentence)


ShipmentNamed = Annotated[str, Argument(metavar="SHIPMENT", help=N_("Its id, code or waybill"))]


@verb(app, "deliver", example="volunteer drive deliver winter-1 --signed-by 王老师", changes=True)
def deliver(
    shipment: ShipmentNamed,
    signed_by: Annotated[str, Option("--signed-by", metavar="NAME", help=N_("Who signed for it"))],
    on: OnDay = None,
) -> None:
    """Record who signed for a shipment."""
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import queries, rules
    from volunteer_cli.drives.views.goods import SHIPMENTS

    with work("drive deliver") as session:
        found = queries.find_shipment(session, shipment)
        rules.deliver(session, found, signed_by=signed_by, on=day_of(on))
        tell(session, SHIPMENTS, found, _("Delivered {code} ({id}).").format(code=found.code, id=found.id))


@verb(app, "back", example="volunteer drive back winter-1 --reason 'nobody there'", changes=True)
def back(shipment: ShipmentNamed, reason: Reason, on: OnDay = None) -> None:
    """Let a shipment come back: its boxes stand here again."""
    from volunteer_cli.core.work import note_reason, work
    from volunteer_cli.drives import queries, rules
    from volunteer_cli.drives.views.goods import SHIPMENTS

    with work("drive back") as session:
        note_reason(reason)
        record = queries.find_shipment(session, shipment)
        boxes = rules.bring_back(session, record, on=day_of(on), reason=reason)
        sentence = _("{code} ({id}) came back: {boxes}.").format(
            code=record.code, id=record.id, boxes=listed(box.label for box in boxes)
        )
        tell(session, SHIPMENTS, record, sentence)


@verb(app, "shipments", example="volunteer drive shipments winter")
def shipments(drive: DriveNamed) -> None:
    """List the shipments."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views.goods import SHIPMENTS

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        show_list(session, SHIPMENTS, queries.shipments(session, found))


@verb(app, "trace", example="volunteer drive trace BINHU-S2021-0001\nvolunteer drive trace box:winter/B01")
def trace(
    thing: Annotated[str, Argument(metavar="SLIP|box:DRIVE/BOX", help=N_("A slip's id or number, or a box"))],
) -> None:
    """Follow a slip down to box, shipment and signature, or a box up to its slips."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views.goods import BOX_TRACE, SLIP_TRACE

    with reading() as session:
        if thing.startswith("box:"):
            drive, _sign, label = thing.removeprefix("box:").partition("/")
            found = queries.find_drive(session, drive, changing=False)
            show(session, BOX_TRACE, queries.find_box(session, found, label))
        else:
            show(session, SLIP_TRACE, queries.find_slip(session, thing, changing=False))
