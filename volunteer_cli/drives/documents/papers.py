"""What a drive hands out: the slip of a gift, in copies, and the notice to the public, with its annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.countries import in_currency
from volunteer_cli.core.dates import long_date
from volunteer_cli.core.history import Row
from volunteer_cli.core.i18n import _, listed, ngettext, typography
from volunteer_cli.core.masking import mask_phone
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.core.run import run
from volunteer_cli.drives import queries
from volunteer_cli.drives.models import Drive, Slip, SlipLine
from volunteer_cli.drives.terms import NOTICE_DAYS, NoticeStatus
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.queries import organization_names
from volunteer_cli.output.document import Document, Grid, Section
from volunteer_cli.output.view import Column
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import person_names
from volunteer_cli.reporting.phrases import quantity, things

#: Lines that a copy of a slip has room for on a third of a sheet.
MOST_TOGETHER = 8
#: Lines that a form has at least; with more, three copies would not stand on one sheet beside what is signed.
LEAST_LINES = 5

# --- the slip ------------------------------------------------------------


def slip_page(session: Session, slip: Slip) -> Document:
    """The slip as a paper in three copies: for the file, for the donor, for the accounts."""
    drive = session.get_one(Drive, slip.drive_id)
    lines = _slip_rows(session, slip)
    facts, goods = _slip_facts(session, slip, drive), _goods(lines, slip)
    return Document(
        title=_("Receipt of a donation"),
        number=slip.number,
        sections=(Section(facts=facts), Section(grid=goods)),
        signatures=_signatures(session, slip),
        issuer=session.get_one(Community, drive.community_id).signs_as,
        day=long_date(slip.received_on),
        notes=(_("This slip says what was received. It is no receipt for tax purposes."),),
        copies=(_("Copy 1: for the file"), _("Copy 2: for the donor"), _("Copy 3: for the accounts")),
        together=len(lines) <= MOST_TOGETHER,
    )


def _goods(lines: Sequence[Sequence[str]], slip: Slip) -> Grid:
    """What was given, with blank lines struck by hand, and its value in words that nobody changes with a stroke."""
    headings = (_("No."), _("Item"), _("Size"), _("Condition"), _("Counted in"), _("Quantity"), _("Note"))
    blank = max(LEAST_LINES - len(lines), 0)
    return Grid(headings, lines, frozenset({5}), blank, _value_row(slip), (9, 0, 22, 22, 16, 22, 30))


def _value_row(slip: Slip) -> tuple[str, ...]:
    """The last row of a slip with what the donor says it is worth; none where nothing was said."""
    if slip.value is None:
        return ()
    value = typography().money(slip.value, run().currency)
    return (_("Total"), _("Value as the donor says: {value}").format(value=value), "", "", "", "", "")


def _slip_facts(session: Session, slip: Slip, drive: Drive) -> list[tuple[str, str]]:
    consent = _("may be named") if slip.publish else _("not to be named")
    return [
        (_("Drive"), drive.name),
        (_("Donor"), donor_name(session, slip) or _("anonymous")),
        *_donor_phone(session, slip),
        (_("Public notice"), consent),
    ]


def _donor_phone(session: Session, slip: Slip) -> Iterator[tuple[str, str]]:
    """How the donor is reached, as far as it may stand on three copies: the office has it whole."""
    giver: Person | Organization | None = None
    if slip.donor_person_id:
        giver = session.get_one(Person, slip.donor_person_id)
    elif slip.donor_organization_id:
        giver = session.get_one(Organization, slip.donor_organization_id)
    if giver and giver.phone:
        yield _("Phone"), mask_phone(giver.phone)


def donor_name(session: Session, slip: Slip) -> str | None:
    """Who gave, as the office knows it; None when the gift is anonymous."""
    if slip.donor_person_id:
        return person_names(session, [slip.donor_person_id])[slip.donor_person_id]
    if slip.donor_organization_id:
        return organization_names(session, [slip.donor_organization_id])[slip.donor_organization_id]
    return None


def _slip_rows(session: Session, slip: Slip) -> list[tuple[str, ...]]:
    lines = queries.lines_of(session, slip)
    stock = queries.line_stock(session, [line.id for line in lines])
    return [_slip_row(place, line, stock[line.id].received) for place, line in enumerate(lines, 1)]


def _slip_row(place: int, line: SlipLine, received: int) -> tuple[str, ...]:
    amount = quantity(queries.amount_of(line, received))
    return str(place), line.item, line.size or "", line.condition or "", line.unit, amount, ""


def _signatures(session: Session, slip: Slip) -> list[str]:
    """Where each signs; who is known is printed, and signs beside it."""
    names = person_names(session, [slip.handler_id, slip.witness_id])
    handler, witness = names.get(slip.handler_id or 0, ""), names.get(slip.witness_id or 0, "")
    return [_("Donor's signature"), f"{_('Handler')} {handler}".strip(), f"{_('Witness')} {witness}".strip()]


# --- the notice ------------------------------------------------------------

#: What of an item is told beside what came in, where there is any of it.
TOLD = ("goal", "received", "shipped", "given", "rejected", "recycled", "returned", "lost", "on_hand")


def notice_page(session: Session, notice: Row, today: date) -> Document:
    """The notice as it hangs out: a text from the figures, the items, how to object; who gave what as an annex."""
    community = session.get_one(Community, session.get_one(Drive, notice["drive_id"]).community_id)
    is_draft = notice["status"] == NoticeStatus.DRAFT
    day = today if is_draft else date.fromisoformat(str(notice["published_on"]))
    sections = (
        Section(paragraphs=tuple(_told(notice, community))),
        Section(grid=_items(notice["totals"])),
        Section(paragraphs=(_objections(session, community, day),)),
        _annex(notice),
    )
    return Document(
        title=_("Public notice: donations received by {drive}").format(drive=notice["drive"]),
        number=_numbered(notice),
        sections=sections,
        issuer=community.signs_as,
        day=long_date(day),
        # Hung out by mistake, it must be seen at once that nothing of it is settled.
        stamp=_("DRAFT") if is_draft else "",
    )


def _numbered(notice: Row) -> str:
    number = notice["number"] or _("not yet numbered")
    if not notice["corrects"]:
        return str(number)
    return _("{number}, corrects {former}").format(number=number, former=notice["corrects"])


def _told(notice: Row, community: Community) -> Iterator[str]:
    """What came in and where it went, in sentences."""
    yield _received(notice, community)
    for shipment in notice["shipments"]:
        yield _sent(shipment)
    if notice["households_given"]:
        sentence = ngettext(
            "Goods were given to {count} household of the community.",
            "Goods were given to {count} households of the community.",
            notice["households_given"],
        )
        yield sentence.format(count=notice["households_given"])


def _received(notice: Row, community: Community) -> str:
    sentence = _(
        "From {start} to {end} {community} received for {drive}: {goods}. Slips in all: {slips}; without a name: {anonymous}."
    )
    return sentence.format(
        start=long_date(date.fromisoformat(str(notice["start"]))),
        end=_day(notice["end"]) or _("today"),
        community=community.signs_as,
        slips=notice["slips"],
        drive=notice["drive"],
        anonymous=notice["anonymous_slips"],
        goods=listed(_goods_told(total, "received") for total in notice["totals"]),
    )


def _day(text: object) -> str:
    return long_date(date.fromisoformat(str(text))) if text else ""


def _goods_told(row: Row, name: str) -> str:
    return things(row["item"], _amount(row, name), row["unit"])


def _amount(row: Row, name: str) -> Quantity:
    direction = row.get("directions", {}).get(name) if "directions" in row else row["direction"]
    return Quantity(row[name], direction=direction)


def _sent(shipment: Row) -> str:
    """When how many boxes left for whom, who carried them, and when they were signed for."""
    boxes = ngettext("{count} box", "{count} boxes", shipment["boxes"]).format(count=shipment["boxes"])
    went = _("On {day} {boxes} went to {to}")
    parts = [went.format(day=_day(shipment["date"]), boxes=boxes, to=shipment["to"]), *_carried(shipment)]
    if shipment["delivered_on"]:
        parts.append(_("signed for on {day}").format(day=_day(shipment["delivered_on"])))
    return _("{parts}.").format(parts=_(", ").join(parts))


def _carried(shipment: Row) -> Iterator[str]:
    """Who carried the boxes, and what of the freight was a gift."""
    if shipment["carrier"]:
        yield _("by {carrier}").format(carrier=shipment["carrier"])
    if shipment["waived"]:
        sentence = in_currency(_("the freight of {freight} yuan waived"))
        yield sentence.format(freight=f"{(shipment['freight_fen'] or 0) / 100:,.2f}")


def _items(totals: Sequence[Row]) -> Grid:
    """The items with what became of them; what there is none of has no column."""
    from volunteer_cli.drives.views.goods import STOCK

    columns = [STOCK.column(name) for name in TOLD if any(row[name] for row in totals)]
    rows = [(row["item"], row["unit"], *(_cell(row, column) for column in columns)) for row in totals]
    headings = (_("Item"), _("Counted in"), *(column.heading for column in columns))
    return Grid(headings, rows, frozenset(range(2, len(headings))), caption=_("What became of each item"))


def _cell(row: Row, column: Column) -> str:
    return quantity(_amount(row, column.name)) if row[column.name] else ""


def _objections(session: Session, community: Community, day: date) -> str:
    """Until when and where somebody may object; a week at least is the custom of village and community offices."""
    last = day + timedelta(policy_value(session, NOTICE_DAYS) - 1)
    until = _("This notice hangs out from {first} to {last}. Whoever objects may tell us until then").format(
        first=long_date(day), last=long_date(last)
    )
    reached = _(", by telephone: {phone}").format(phone=community.phone) if community.phone else ""
    return _("{sentence}.").format(sentence=until + reached)


def _annex(notice: Row) -> Section:
    """Who gave what, a line for each slip, in columns; who must not be named is not."""
    lines = [_gift(list(rows)) for _slip, rows in groupby(notice["gifts"], key=_slip_of)]
    heading = _("Annex: who gave what ({number})").format(number=notice["number"] or _("draft"))
    return Section(heading, lines=lines, annex=True) if lines else Section()


def _slip_of(gift: Row) -> str:
    return str(gift["slip"])


def _gift(rows: Sequence[Row]) -> str:
    goods = listed(
        things(row["item"], Quantity(row["quantity"], direction=row["direction"]), row["unit"])
        for row in rows
    )
    return f"{rows[0]['donor'] or _('anonymous')}\u2003{goods}"
