"""`volunteer drive receive`, `slips`, `correct` and `return`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.drives.commands.typed import DriveNamed, Items, app, day_of, goods_of, person_id
from volunteer_cli.output.options import options
from volunteer_cli.shell import DayText, OnDay, Reason, day_option, hand_out, show, show_list, tell, verb

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.drives.ledger import Goods
    from volunteer_cli.drives.models import Slip
    from volunteer_cli.drives.rules import Amendment, Line

SlipNamed = Annotated[str, Argument(metavar="SLIP", help=N_("Its id or number"))]
OptionalReason = Annotated[
    str | None, Option("--reason", metavar="TEXT", help=N_("Why; kept in the history"))
]


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
            "--donor",
            metavar="THING",
            help=N_("A person or an organization, like 'organization:City Couriers'"),
        ),
    ] = None,
    anonymous: Annotated[bool, Option("--anonymous", help=N_("The donor does not say who it is"))] = False,
    approx: Annotated[
        bool, Option("--approx", help=N_("The quantities are not exact; totals say ≥"))
    ] = False,
    condition: Annotated[
        str | None, Option("--condition", metavar="TEXT", help=N_("How used it is, like 'hardly worn'"))
    ] = None,
    size: Annotated[str | None, Option("--size", metavar="TEXT", help=N_("Its size"))] = None,
    value: Annotated[
        str | None, Option("--value", metavar="AMOUNT", help=N_("What the donor says it is worth"))
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
    from volunteer_cli.core.text import parse_yuan
    from volunteer_cli.core.work import work
    from volunteer_cli.drives import queries, rules

    _require_one_donor(donor, anonymous=anonymous)
    lines = _lines([goods_of(text, approximate=approx) for text in item], condition, size)
    fen = parse_yuan(value) if value else None
    with work("drive receive") as session:
        found = queries.find_drive(session, drive)
        gift = rules.Gift(day_of(on), lines, publish=not no_publish, value=fen)
        _name_donor(session, gift, donor)
        gift.handler_id, gift.witness_id = person_id(session, handler), person_id(session, witness)
        (slip_id,) = rules.receive(session, found, [gift])
        # The goods with the units that were filled in, which who typed them must see.
        received = [line.goods for line in gift.lines]
        _tell_slip(session, slip_id, N_("Received {goods}: slip {number} ({id})."), received)


@verb(app, "slips", example="volunteer drive slips winter -o slips.xlsx")
def slips(drive: DriveNamed) -> None:
    """List what came in, a row for each line of a slip."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.views.goods import SLIP_LINES

    with reading() as session:
        found = queries.find_drive(session, drive, changing=False)
        show_list(session, SLIP_LINES, queries.gift_lines(session, found), totals=False)


@verb(app, "slip", example="volunteer drive slip BINHU-S2021-0001 -o slip.html")
def slip(slip: SlipNamed) -> None:
    """Show a slip; with -o, write it as a page to print."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.documents.papers import slip_page
    from volunteer_cli.drives.views.goods import SLIPS

    with reading() as session:
        found = queries.find_slip(session, slip, changing=False)
        if _page_wanted():
            hand_out(slip_page(session, found))
            options().output = None
        show(session, SLIPS, found)


@verb(
    app,
    "correct",
    example="volunteer drive correct BINHU-S2021-0001 --item 衣物=11件 --reason 'counted again'",
    changes=True,
)
def correct(
    slip: SlipNamed,
    reason: Reason,
    item: Annotated[
        list[str] | None,
        Option(
            "--item", metavar="ITEM=N", help=N_("How many came in of an item on the slip, like coats=11pcs")
        ),
    ] = None,
    add_item: Annotated[
        list[str] | None,
        Option("--add-item", metavar="ITEM=N", help=N_("A line that was forgotten, like hats=2pcs")),
    ] = None,
    remove_item: Annotated[
        list[str] | None,
        Option("--remove-item", metavar="ITEM[=UNIT]", help=N_("A line of what never came, like hats")),
    ] = None,
    donor: Annotated[
        str | None,
        Option("--donor", metavar="THING", help=N_("Who really gave, like 'organization:City Couriers'")),
    ] = None,
    anonymous: Annotated[bool, Option("--anonymous", help=N_("The donor does not say who it is"))] = False,
    received: Annotated[
        DayText | None, day_option("--received", N_("The day on which it really came"))
    ] = None,
    rename: Annotated[
        list[str] | None, Option("--rename", metavar="ITEM=ITEM", help=N_("What an item really is"))
    ] = None,
    unit: Annotated[
        list[str] | None, Option("--unit", metavar="ITEM=UNIT", help=N_("What an item is really counted in"))
    ] = None,
    condition: Annotated[
        str | None, Option("--condition", metavar="TEXT", help=N_("How used it is, like 'hardly worn'"))
    ] = None,
    size: Annotated[str | None, Option("--size", metavar="TEXT", help=N_("Its size"))] = None,
    on: OnDay = None,
) -> None:
    """Set a slip right: how much came, of what, from whom, when."""
    from volunteer_cli.core.work import note_reason, work
    from volunteer_cli.drives import queries, rules

    counted, forgotten = [*_some_goods(item), *_no_goods(remove_item)], _all_goods(add_item)
    amendment = _amendment(rename, unit, condition, size)
    with work("drive correct") as session:
        note_reason(reason)
        record = queries.find_slip(session, slip)
        amendment.received_on = day_of(received) if received else None
        amendment.donor = _donor_corrected(session, donor, anonymous=anonymous)
        rules.require_correction(amendment, [*counted, *forgotten])
        # What the lines are first: how many there are is asked of items by their right names.
        rules.amend_slip(session, record, amendment)
        goods = rules.correct_slip(session, record, counted, on=day_of(on), reason=reason)
        goods += rules.add_lines(session, record, forgotten)
        sentence = N_("Slip {number} ({id}) now says {goods}.")
        _tell_slip(session, record.id, sentence, goods or _whole(session, record))


def _amendment(
    renamed: list[str] | None, units: list[str] | None, condition: str | None, size: str | None
) -> Amendment:
    """What lines really are, as far as that is known without the database."""
    from volunteer_cli.drives.rules import Amendment

    items, counted_in = _pairs(renamed, "--rename"), _pairs(units, "--unit")
    return Amendment(renamed=items, units=counted_in, condition=condition, size=size)


@verb(app, "void", example="volunteer drive void BINHU-S2021-0001 --reason 'written twice'", changes=True)
def void(slip: SlipNamed, reason: Reason, on: OnDay = None) -> None:
    """Void a slip that should not be, while nothing of it is boxed."""
    from volunteer_cli.core.work import note_reason, work
    from volunteer_cli.drives import queries, rules

    with work("drive void") as session:
        note_reason(reason)
        record = queries.find_slip(session, slip)
        rules.void_slip(session, record, on=day_of(on), reason=reason)
        _tell_slip(session, record.id, N_("Voided slip {number} ({id})."))


@verb(app, "return", example="volunteer drive return BINHU-S2021-0001 --reason 'wanted back'", changes=True)
def return_(slip: SlipNamed, on: OnDay = None, reason: OptionalReason = None) -> None:
    """Give a donor back what is still here, until a piece of it is boxed."""
    from volunteer_cli.core.work import note_reason, work
    from volunteer_cli.drives import queries, rules

    with work("drive return") as session:
        note_reason(reason)
        found = queries.find_slip(session, slip)
        rules.return_gift(session, found, on=day_of(on), reason=reason)
        _tell_slip(session, found.id, N_("Returned the gift of slip {number} ({id})."))


def _lines(goods: Sequence[Goods], condition: str | None, size: str | None) -> list[Line]:
    """The lines of a gift, whose condition and size are those of all that was typed with it."""
    from volunteer_cli.core.text import kept
    from volunteer_cli.drives.rules import Line

    used, large = (kept(text) if text else None for text in (condition, size))
    return [Line(each, used, large) for each in goods]


def _all_goods(texts: list[str] | None) -> list[Goods]:
    return [goods_of(text) for text in texts or ()]


def _some_goods(texts: list[str] | None) -> list[Goods]:
    """Goods of which some came; raises NoneCame."""
    from volunteer_cli.drives.commands.typed import nothing_of
    from volunteer_cli.drives.rules.corrections import NoneCame

    if nothing := next((text for text in texts or () if nothing_of(text)), None):
        raise NoneCame(value=nothing)
    return _all_goods(texts)


def _no_goods(texts: list[str] | None) -> list[Goods]:
    """Items, with their units where they are said, of which none came."""
    from volunteer_cli.core.quantity import Quantity
    from volunteer_cli.core.text import clean
    from volunteer_cli.drives.ledger import Goods

    named = (clean(text).partition("=") for text in texts or ())
    return [Goods(item.strip(), Quantity(0, unit.strip())) for item, _sign, unit in named]


def _donor_corrected(session: Session, donor: str | None, *, anonymous: bool) -> Any:
    """The donor that a correction names, one or none, in a tuple; None when it names nobody."""
    from volunteer_cli.drives.queries import find_donor

    if not donor and not anonymous:
        return None
    _require_one_donor(donor, anonymous=anonymous)
    return (find_donor(session, donor) if donor else None,)


def _pairs(texts: list[str] | None, option: str) -> dict[str, str]:
    """`衣物=羽绒服` as what is called so now and what it is; raises BadPair."""
    from volunteer_cli.core.text import clean, clean_name
    from volunteer_cli.drives.rules.corrections import BadPair

    pairs = {}
    for text in texts or ():
        former, sign, latter = clean(text).partition("=")
        if not (sign and former.strip() and latter.strip()):
            raise BadPair(option=option, text=text)
        pairs[former.strip()] = clean_name(latter)
    return pairs


def _whole(session: Session, slip: Slip) -> list[Goods]:
    """All that stands on a slip now."""
    from volunteer_cli.drives import queries
    from volunteer_cli.drives.ledger import Goods

    lines = queries.lines_of(session, slip)
    stock = queries.line_stock(session, [line.id for line in lines])
    return [Goods(line.item, queries.amount_of(line, stock[line.id].received)) for line in lines]


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
    from volunteer_cli.drives.views.goods import SLIPS

    slip: Slip = session.get_one(Slip, slip_id)
    told = listed(str(each) for each in goods)
    tell(session, SLIPS, slip, _(sentence).format(number=slip.number, id=slip.id, goods=told))


def _page_wanted() -> bool:
    """Whether -o names a page to write; another ending is refused.

    Raises:
        UnknownFormat: a slip is written as a page or a PDF alone.
    """
    from volunteer_cli.output.document import ENDINGS, is_page
    from volunteer_cli.output.errors import UnknownFormat

    path = options().file
    if path and not is_page(path):
        raise UnknownFormat.among(path.suffix or path.name, dict.fromkeys((ENDINGS[0], ENDINGS[-1]), ""))
    return path is not None
