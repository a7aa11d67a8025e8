"""`volunteer drive …`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.settings import settings
from volunteer_cli.shell import (
    Archived,
    AsOf,
    OnDay,
    Reason,
    choose,
    day_option,
    noun,
    options,
    show,
    show_list,
    tell,
    verb,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.drives.ledger import Goods
    from volunteer_cli.drives.models import Drive, Slip

app = noun("drive")

DriveNamed = Annotated[str, Argument(metavar="DRIVE", help=N_("Its id, code or name"))]
SlipNamed = Annotated[str, Argument(metavar="SLIP", help=N_("Its id or number"))]
Items = Annotated[
    list[str],
    Option("--item", metavar="ITEM=N", help=N_("An item and how many of which unit, like 衣物=12件")),
]
Goals = Annotated[
    list[str] | None, Option("--goal", metavar="ITEM=N", help=N_("What is hoped for, like 衣物=700件"))
]
BoxLabel = Annotated[str, Option("--box", metavar="BOX", help=N_("The label of the box"))]
Purpose = Annotated[str | None, Option("--purpose", metavar="TEXT", help=N_("What it is for"))]
Beneficiary = Annotated[
    str | None, Option("--beneficiary", metavar="ORGANIZATION", help=N_("Who the gifts are collected for"))
]
Start = Annotated[date | None, day_option("--start", N_("The first day"))]
End = Annotated[date | None, day_option("--end", N_("The last day, if it is known"))]
OptionalReason = Annotated[
    str | None, Option("--reason", metavar="TEXT", help=N_("Why; kept in the history"))
]


# --- drives ------------------------------------------------------------


@verb(
    app,
    "add",
    example="volunteer drive add 暖冬公益捐助 --code winter --start 2021-11-01 --goal 衣物=700件",
    changes=True,
)
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the drive"))],
    start: Annotated[date, day_option("--start", N_("The first day"))],
    code: Annotated[str | None, Option("--code", metavar="CODE", help=N_("Short code"))] = None,
    end: End = None,
    purpose: Purpose = None,
    beneficiary: Beneficiary = None,
    goal: Goals = None,
    emergency: Annotated[
        bool, Option("--emergency", help=N_("In an emergency: the public is told every few days"))
    ] = False,
) -> None:
    """Add a donation drive, open from now on."""
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import rules
    from volunteer_cli.drives.views import DRIVES

    goals = [_goods(text) for text in goal or ()]
    details = {"purpose": purpose, "starts_on": start, "ends_on": end, "emergency": emergency}
    with work("drive add") as session:
        drive = rules.add_drive(
            session,
            the_community(session),
            name=name,
            code=code,
            goals=goals,
            beneficiary_id=_organization_id(session, beneficiary),
            **details,
        )
        tell(session, DRIVES, drive, _("Added drive {name} ({id}).").format(name=drive.name, id=drive.id))


@verb(app, "list", example="volunteer drive list -f json")
def list_(archived: Archived = False) -> None:
    """List the drives with the day their next notice is due."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views import DRIVES

    with reading() as session:
        community = chosen_community(session)
        show_list(session, DRIVES, queries.drives(session, community=community, archived=archived))


@verb(app, "show", example="volunteer drive show winter")
def show_(drive: DriveNamed) -> None:
    """Show a drive with its goals, stock, notices and the next notice due."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views import DRIVES

    with reading() as session:
        show(session, DRIVES, queries.find_drive(session, drive, changing=False))


@verb(app, "edit", example="volunteer drive edit winter --end 2021-12-31 --goal 书籍文具=100套", changes=True)
def edit(
    drive: DriveNamed,
    name: Annotated[str | None, Option("--name", metavar="NAME", help=N_("A new name"))] = None,
    start: Start = None,
    end: End = None,
    purpose: Purpose = None,
    beneficiary: Beneficiary = None,
    goal: Goals = None,
    emergency: Annotated[
        bool | None, Option("--emergency/--no-emergency", help=N_("Whether it is run in an emergency"))
    ] = None,
) -> None:
    """Change what is known of a drive, or what it hopes for."""
    from volunteer_cli.drives import rules

    goals = [_goods(text) for text in goal or ()]
    changes = {"name": name, "purpose": purpose, "starts_on": start, "ends_on": end, "emergency": emergency}

    def change(session: Session, found: Drive) -> None:
        beneficiary_id = "" if beneficiary == "" else _organization_id(session, beneficiary)
        rules.edit_drive(session, found, goals=goals, beneficiary_id=beneficiary_id, **changes)

    _on_drive("drive edit", drive, N_("Changed drive {name} ({id})."), change)


@verb(app, "close", example="volunteer drive close winter", changes=True)
def close(drive: DriveNamed, on: OnDay = None) -> None:
    """End a drive: its goods stand still from now on."""
    from volunteer_cli.drives import rules

    day = _day(on)
    _on_drive(
        "drive close",
        drive,
        N_("Closed drive {name} ({id})."),
        lambda session, found: rules.close(session, found, day),
    )


@verb(app, "reopen", example="volunteer drive reopen winter", changes=True)
def reopen(drive: DriveNamed, on: OnDay = None) -> None:
    """Let the goods of a closed drive move again."""
    from volunteer_cli.drives import rules

    day = _day(on)
    _on_drive(
        "drive reopen",
        drive,
        N_("Reopened drive {name} ({id})."),
        lambda session, found: rules.reopen(session, found, day),
    )


@verb(app, "archive", example="volunteer drive archive winter", changes=True)
def archive(drive: DriveNamed) -> None:
    """Take a drive out of the lists."""
    from volunteer_cli.drives import rules

    today = settings().today
    _on_drive(
        "drive archive",
        drive,
        N_("Archived drive {name} ({id})."),
        lambda session, found: rules.archive(session, found, today),
    )


@verb(app, "restore", example="volunteer drive restore winter", changes=True)
def restore(drive: DriveNamed) -> None:
    """Bring an archived drive back into the lists."""
    from volunteer_cli.drives import rules

    _on_drive(
        "drive restore",
        drive,
        N_("Restored drive {name} ({id})."),
        lambda session, found: rules.archive(session, found, None),
    )


def _on_drive(
    command: str,
    drive: str,
    sentence: str,
    change: Callable[[Session, Drive], None],
    *,
    reason: str | None = None,
) -> None:
    """Change one drive and say so."""
    from volunteer_cli.core.work import note_reason, work
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views import DRIVES

    with work(command) as session:
        note_reason(reason)
        found = queries.find_drive(session, drive)
        change(session, found)
        tell(session, DRIVES, found, _(sentence).format(name=found.name, id=found.id))


# --- receiving ------------------------------------------------------------


@verb(
    app,
    "receive",
    example="volunteer drive receive winter --donor 李明 --item 衣物=12件 --item 书籍文具=3套 --condition 八成新",
    changes=True,
)
def receive(
    drive: DriveNamed,
    item: Items,
    donor: Annotated[
        str | None,
        Option(
            "--donor", metavar="THING", help=N_("A person or an organization, like organization:快递公司")
        ),
    ] = None,
    anonymous: Annotated[bool, Option("--anonymous", help=N_("The donor does not say who it is"))] = False,
    approx: Annotated[
        bool, Option("--approx", help=N_("The quantities are not exact; totals say ≥"))
    ] = False,
    condition: Annotated[
        str | None, Option("--condition", metavar="TEXT", help=N_("How used it is, like 八成新"))
    ] = None,
    size: Annotated[str | None, Option("--size", metavar="TEXT", help=N_("Its size"))] = None,
    value: Annotated[
        str | None, Option("--value", metavar="YUAN", help=N_("What the donor says it is worth"))
    ] = None,
    handler: Annotated[str | None, Option("--handler", metavar="PERSON", help=N_("Who took it in"))] = None,
    witness: Annotated[
        str | None, Option("--witness", metavar="PERSON", help=N_("Who counted with them"))
    ] = None,
    no_publish: Annotated[
        bool, Option("--no-publish", help=N_("The donor must not be named in public"))
    ] = False,
    on: OnDay = None,
) -> None:
    """Receive a gift and give it a slip."""
    from volunteer_cli.core.text import clean, parse_yuan
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import queries, rules

    _require_one_donor(donor, anonymous=anonymous)
    goods = [_goods(text, approximate=approx) for text in item]
    details = {"condition": clean(condition) if condition else None, "size": clean(size) if size else None}
    gift = rules.Gift(
        _day(on),
        [rules.Line(each, **details) for each in goods],
        publish=not no_publish,
        value=parse_yuan(value) if value else None,
    )
    with work("drive receive") as session:
        found = queries.find_drive(session, drive)
        _name_donor(session, gift, donor)
        gift.handler_id, gift.witness_id = _person_id(session, handler), _person_id(session, witness)
        (slip_id,) = rules.receive(session, found, [gift])
        _tell_slip(
            session,
            slip_id,
            N_("Received {goods}: slip {number} ({id})."),
            [line.goods for line in gift.lines],
        )


@verb(app, "slips", example="volunteer drive slips winter -o slips.xlsx")
def slips(drive: DriveNamed) -> None:
    """List what came in, a row for each line of a slip."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views import SLIP_LINES

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        show_list(session, SLIP_LINES, queries.gift_lines(session, found), totals=False)


@verb(app, "slip", example="volunteer drive slip BINHU-S2021-0001 -o slip.html")
def slip(slip: SlipNamed) -> None:
    """Show a slip; with -o, write it as a page to print."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.documents import slip_page
    from volunteer_cli.drives.views import SLIPS

    with reading() as session:
        found = queries.find_slip(session, slip, changing=False)
        if _page_wanted():
            _write_page(slip_page(session, found))
        show(session, SLIPS, found)


@verb(
    app,
    "correct",
    example="volunteer drive correct BINHU-S2021-0001 --item 衣物=11件 --reason 'counted again'",
    changes=True,
)
def correct(slip: SlipNamed, item: Items, reason: Reason, on: OnDay = None) -> None:
    """Set how much came in with a slip."""
    from volunteer_cli.core.work import note_reason, work
    from volunteer_cli.drives import queries, rules

    wanted, day = [_goods(text) for text in item], _day(on)
    with work("drive correct") as session:
        note_reason(reason)
        found = queries.find_slip(session, slip)
        now = rules.correct_slip(session, found, wanted, on=day, reason=reason)
        _tell_slip(session, found.id, N_("Slip {number} ({id}) now says {goods}."), now)


@verb(app, "return", example="volunteer drive return BINHU-S2021-0001 --reason 'wanted back'", changes=True)
def return_(slip: SlipNamed, on: OnDay = None, reason: OptionalReason = None) -> None:
    """Give a donor back what is still here, until a piece of it is boxed."""
    from volunteer_cli.core.work import note_reason, work
    from volunteer_cli.drives import queries, rules

    day = _day(on)
    with work("drive return") as session:
        note_reason(reason)
        found = queries.find_slip(session, slip)
        rules.return_gift(session, found, on=day, reason=reason)
        _tell_slip(session, found.id, N_("Returned the gift of slip {number} ({id})."))


def _require_one_donor(donor: str | None, *, anonymous: bool) -> None:
    from volunteer_cli.drives.queries import WhichDonor

    if anonymous == bool(donor):
        raise WhichDonor


def _name_donor(session: Session, gift: Any, donor: str | None) -> None:
    from volunteer_cli.drives import queries

    if donor is not None:
        found = queries.find_donor(session, donor)
        setattr(gift, f"donor_{found.__tablename__}_id", found.id)


def _tell_slip(session: Session, slip_id: int, sentence: str, goods: Sequence[Goods] = ()) -> None:
    from volunteer_cli.drives.models import Slip
    from volunteer_cli.drives.views import SLIPS

    slip: Slip = session.get_one(Slip, slip_id)
    told = ", ".join(str(each) for each in goods)
    tell(session, SLIPS, slip, _(sentence).format(number=slip.number, id=slip.id, goods=told))


# --- sorting and counting ------------------------------------------------------------


@verb(app, "sort", example="volunteer drive sort winter --item 衣物=10件 --as accepted", changes=True)
def sort(
    drive: DriveNamed,
    item: Items,
    as_: Annotated[str, Option("--as", metavar="VERDICT", help=N_("accepted, rejected or recycled"))],
    on: OnDay = None,
) -> None:
    """Sort what came in, first in first out."""
    from volunteer_cli.drives import rules
    from volunteer_cli.drives.terms import Verdict

    wanted, verdict, day = [_goods(text) for text in item], choose(Verdict, as_, "--as"), _day(on)
    _on_drive(
        "drive sort",
        drive,
        N_("Sorted goods of drive {name} ({id})."),
        lambda session, found: rules.sort(session, found, wanted, verdict=verdict, on=day),
    )


@verb(
    app,
    "count",
    example="volunteer drive count winter --item 衣物=9件 --reason 'stock-take of May'",
    changes=True,
)
def count(drive: DriveNamed, item: Items, reason: Reason, on: OnDay = None) -> None:
    """Set what is on hand to what was counted: less is lost, more is found."""
    from volunteer_cli.drives import rules

    counted, day = [_goods(text, zero=True) for text in item], _day(on)
    _on_drive(
        "drive count",
        drive,
        N_("Took stock of drive {name} ({id})."),
        lambda session, found: rules.count(session, found, counted, on=day, reason=reason),
        reason=reason,
    )


@verb(app, "stock", example="volunteer drive stock winter --as-of 2021-12-31")
def stock(drive: DriveNamed, as_of: AsOf = None) -> None:
    """Show where the goods of a drive are, now or at the end of a day."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views import STOCK

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        show_list(session, STOCK, queries.stock(session, found, as_of))


# --- boxes and shipments ------------------------------------------------------------


@verb(app, "pack", example="volunteer drive pack winter --box B01 --item 衣物=10件", changes=True)
def pack(drive: DriveNamed, box: BoxLabel, item: Items, on: OnDay = None) -> None:
    """Put goods on hand into a box."""
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import queries, rules
    from volunteer_cli.drives.views import BOXES

    wanted, day = [_goods(text) for text in item], _day(on)
    with work("drive pack") as session:
        found, packed = rules.pack(session, queries.find_drive(session, drive), box, wanted, on=day)
        goods = ", ".join(str(each) for each in packed)
        sentence = _("Packed {goods} into box {label} ({id}).").format(
            goods=goods, label=found.label, id=found.id
        )
        tell(session, BOXES, found, sentence)


@verb(app, "unpack", example="volunteer drive unpack winter --box B01", changes=True)
def unpack(drive: DriveNamed, box: BoxLabel, on: OnDay = None) -> None:
    """Take everything out of a box."""
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import queries, rules
    from volunteer_cli.drives.views import BOXES

    day = _day(on)
    with work("drive unpack") as session:
        found = queries.find_drive(session, drive)
        opened = queries.find_box(session, found, box)
        rules.unpack(session, found, opened, on=day)
        tell(
            session, BOXES, opened, _("Unpacked box {label} ({id}).").format(label=opened.label, id=opened.id)
        )


@verb(app, "boxes", example="volunteer drive boxes winter")
def boxes(drive: DriveNamed) -> None:
    """List the boxes with what is in them."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views import BOXES

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
        str | None, Option("--freight", metavar="YUAN", help=N_("What carrying it costs"))
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
    from volunteer_cli.drives.views import SHIPMENTS
    from volunteer_cli.organizations.queries import find_organization

    fen, day = parse_yuan(freight) if freight else None, _day(on)
    with work("drive ship") as session:
        found = queries.find_drive(session, drive)
        details = {
            "carrier_id": _organization_id(session, carrier),
            "waybill": waybill,
            "freight": fen,
            "waived": waived,
        }
        shipment = rules.ship(
            session,
            found,
            [queries.find_box(session, found, label) for label in box],
            recipient=find_organization(session, to),
            on=day,
            code=code,
            **details,
        )
        tell(
            session,
            SHIPMENTS,
            shipment,
            _("Shipped {code} ({id}).").format(code=shipment.code, id=shipment.id),
        )


@verb(app, "deliver", example="volunteer drive deliver winter-1 --signed-by 王老师", changes=True)
def deliver(
    shipment: Annotated[str, Argument(metavar="SHIPMENT", help=N_("Its id, code or waybill"))],
    signed_by: Annotated[str, Option("--signed-by", metavar="NAME", help=N_("Who signed for it"))],
    on: OnDay = None,
) -> None:
    """Record who signed for a shipment."""
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import queries, rules
    from volunteer_cli.drives.views import SHIPMENTS

    day = _day(on)
    with work("drive deliver") as session:
        found = queries.find_shipment(session, shipment)
        rules.deliver(session, found, signed_by=signed_by, on=day)
        tell(session, SHIPMENTS, found, _("Delivered {code} ({id}).").format(code=found.code, id=found.id))


@verb(app, "shipments", example="volunteer drive shipments winter")
def shipments(drive: DriveNamed) -> None:
    """List the shipments."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views import SHIPMENTS

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
    from volunteer_cli.drives.views import BOX_TRACE, SLIP_TRACE

    with reading() as session:
        if thing.startswith("box:"):
            drive, _sign, label = thing.removeprefix("box:").partition("/")
            found = queries.find_drive(session, drive, changing=False)
            show(session, BOX_TRACE, queries.find_box(session, found, label))
        else:
            show(session, SLIP_TRACE, queries.find_slip(session, thing, changing=False))


# --- what donors and the public are told ------------------------------------------------------------


@verb(app, "feedback", example="volunteer drive feedback winter -o feedback.xlsx")
def feedback(drive: DriveNamed) -> None:
    """List what became of each donor's gifts, to tell them."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views import FEEDBACK

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        show_list(session, FEEDBACK, queries.named_lines(session, found))


@verb(app, "notice", example="volunteer drive notice winter -o notice.html")
def notice(
    drive: DriveNamed,
    number: Annotated[
        str | None, Option("--number", metavar="NUMBER", help=N_("A published notice instead of the draft"))
    ] = None,
) -> None:
    """Show the draft of the public notice, or one that was published."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import documents, queries
    from volunteer_cli.drives.views import NOTICE

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        if number:
            record = documents.published(session, queries.find_notice(session, found, number))
        else:
            record = documents.draft(session, found)
        show(session, NOTICE, record)


@verb(app, "publish", example="volunteer drive publish winter", changes=True)
def publish(drive: DriveNamed, on: OnDay = None) -> None:
    """Freeze the notice under a number; a second one corrects the first."""
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import documents, queries, rules
    from volunteer_cli.drives.views import NOTICE

    day = _day(on)
    with work("drive publish") as session:
        found = queries.find_drive(session, drive)
        frozen = rules.publish(session, found, documents.notice_content(session, found), on=day)
        sentence = _("Published notice {number} ({id}).").format(number=frozen.number, id=frozen.id)
        tell(session, NOTICE, documents.published(session, frozen), sentence)


# --- what was typed ------------------------------------------------------------


def _goods(text: str, *, approximate: bool = False, zero: bool = False) -> Goods:
    """`衣物=12件` as goods; a stock-take may also find nothing."""
    from volunteer_cli.core.text import parse_item
    from volunteer_cli.drives.ledger import Goods

    if zero and (nothing := _nothing(text)):
        return nothing
    item, (number, unit, about) = parse_item(text)
    return Goods(item, unit or "", number, approximate or about)


def _nothing(text: str) -> Goods | None:
    import re

    from volunteer_cli.core.text import clean
    from volunteer_cli.drives.ledger import Goods

    found = re.fullmatch(r"(.+?) ?= ?0+ ?([^\d\W]*)", clean(text))
    return Goods(found[1], found[2], 0) if found else None


def _day(on: date | None) -> date:
    from volunteer_cli.drives.rules import checked_day

    return checked_day(on, settings().today)


def _person_id(session: Session, text: str | None) -> int | None:
    from volunteer_cli.people.queries import find_person

    return find_person(session, text).id if text else None


def _organization_id(session: Session, text: str | None) -> int | None:
    from volunteer_cli.organizations.queries import find_organization

    return find_organization(session, text).id if text else None


def _page_wanted() -> bool:
    """Whether -o names a page to write; another ending is refused.

    Raises:
        UnknownFormat: a slip is written as HTML alone.
    """
    from volunteer_cli.output.errors import UnknownFormat

    path = options().file
    if path and path.suffix.lower() not in (".html", ".htm"):
        raise UnknownFormat.among(path.suffix or path.name, (".html",))
    return path is not None


def _write_page(text: str) -> None:
    from volunteer_cli.output.files import replacing

    path, options().output = options().file, None
    assert path is not None  # noqa: S101 - for the type checker; a page is wanted
    with replacing(path) as file:
        file.write(text)
