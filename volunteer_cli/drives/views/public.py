"""How what donors and the public are told is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.core.withheld import Withheld
from volunteer_cli.drives import queries
from volunteer_cli.drives.terms import NOTICE_STATUSES
from volunteer_cli.drives.views.goods import DIRECTION, STOCK_FIGURES, line_quantities, ways_of
from volunteer_cli.drives.views.loading import Load, donors
from volunteer_cli.organizations.models import Organization
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.people.models import Person


def _donor_phones(session: Any, slips: Sequence[Any]) -> dict[Any, Any]:
    people = queries.phones(session, Person, (slip.donor_person_id for slip in slips))
    organizations = queries.phones(session, Organization, (slip.donor_organization_id for slip in slips))
    return {
        slip.id: people.get(slip.donor_person_id) or organizations.get(slip.donor_organization_id)
        for slip in slips
    }


def _line_figure(name: str) -> Load:
    def load(session: Any, lines: Sequence[Any]) -> dict[Any, Any]:
        stock = queries.line_stock(session, [line.id for line in lines])
        return {line.id: queries.amount_of(line, getattr(stock[line.id], name)) for line in lines}

    return load


def _ends(name: str) -> Load:
    """Where the pieces of lines went: the recipients, or the days of their signatures."""

    def load(session: Any, lines: Sequence[Any]) -> dict[Any, Any]:
        parts = queries.boxed_lines(session, [line.id for line in lines])
        ways = ways_of(session, {part.box_id for part in parts})
        # Pieces of one gift may go to several places; each is named once.
        ends: dict[int, list[Any]] = defaultdict(list)
        for part in parts:
            value = ways[part.box_id][name]
            if value and value not in ends[part.line_id]:
                ends[part.line_id].append(value)
        return ends

    return load


FEEDBACK = View(
    "feedback",
    N_("Feedback to donors"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("slip", N_("Slip"), Kind.CODE),
        Column("slip_id", N_("Slip id"), Kind.ID, table=False),
        Column("date", N_("Date"), Kind.DATE),
        Column("donor", N_("Donor"), load=donors),
        Column("donor_person_id", N_("Person id"), Kind.ID, table=False),
        Column("donor_organization_id", N_("Organization id"), Kind.ID, table=False),
        Column("phone", N_("Phone"), Kind.PHONE, load=_donor_phones),
        Column("item", N_("Item")),
        Column("quantity", N_("Quantity"), Kind.QUANTITY, load=line_quantities),
        Column("unit", N_("Counted in")),
        Column("approximate", N_("Approximate"), Kind.FLAG),
        DIRECTION,
        *(
            Column(column.name, column.title, Kind.QUANTITY, load=_line_figure(column.name))
            for column in STOCK_FIGURES
            if column.name not in ("received", "found")
        ),
        Column("to", N_("Recipient"), Kind.LIST, load=_ends("to")),
        Column("delivered_on", N_("Signed for on"), Kind.LIST, load=_ends("delivered_on")),
    ),
    identity="slip_id",
)


def _day(name: str) -> Callable[[Any], date | None]:
    """A date of a frozen notice, which holds it as text."""
    return lambda row: date.fromisoformat(row[name]) if row[name] else None


def _frozen(name: str) -> Callable[[Any], Quantity]:
    """A figure of a frozen notice with its direction."""
    return lambda row: Quantity(row[name], row["unit"], row["directions"].get(name))


def _frozen_gift(row: Any) -> Quantity:
    return Quantity(row["quantity"], row["unit"], row["direction"])


def _households(row: Any) -> Any:
    """To how many households goods were given, or the sign for a number that is withheld."""
    return Withheld(row["sign"]) if row["sign"] else row["households_given"]


NOTICE = View(
    "notice",
    N_("Notice"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("number", N_("Notice number"), Kind.CODE),
        Column("status", N_("Status"), Kind.CHOICE, choices=NOTICE_STATUSES),
        Column("published_on", N_("Published on"), Kind.DATE),
        Column("corrects", NC_("notice", "Corrects"), Kind.CODE),
        Column("corrects_id", N_("Corrects id"), Kind.ID, table=False),
        Column("community", N_("Community")),
        Column("drive", N_("Drive")),
        Column("drive_id", N_("Drive id"), Kind.ID, table=False),
        Column("code", N_("Code"), Kind.CODE),
        Column("purpose", N_("Purpose")),
        Column("start", N_("Start"), Kind.DATE, value=_day("start")),
        Column("end", N_("End"), Kind.DATE, value=_day("end")),
        Column("beneficiary", N_("Beneficiary")),
        Column("slips", N_("Slips"), Kind.COUNT),
        Column("anonymous_slips", N_("of these without a name"), Kind.COUNT),
        Column("freight_waived_fen", N_("Freight waived"), Kind.MONEY),
        Column("households_given", N_("Households given to"), Kind.COUNT, value=_households),
        Column("suppressed", N_("Withheld"), Kind.LIST, table=False),
        Column(
            "totals",
            N_("Totals"),
            Kind.ROWS,
            view=View(
                "totals",
                N_("Totals"),
                (
                    Column("item", N_("Item")),
                    Column("unit", N_("Counted in")),
                    Column("goal", N_("Goal"), Kind.COUNT),
                    *(
                        Column(column.name, column.title, Kind.QUANTITY, value=_frozen(column.name))
                        for column in STOCK_FIGURES
                    ),
                    Column("approximate", N_("Approximate"), Kind.FLAG),
                    DIRECTION,
                ),
            ),
        ),
        Column(
            "shipments",
            N_("Shipments"),
            Kind.ROWS,
            view=View(
                "shipments",
                N_("Shipments"),
                (
                    Column("shipment", N_("Shipment"), Kind.CODE),
                    Column("date", N_("Date"), Kind.DATE, value=_day("date")),
                    Column("to", N_("Recipient")),
                    Column("boxes", NC_("count", "Boxes"), Kind.COUNT),
                    Column("carrier", N_("Carrier")),
                    Column("waived", N_("Waived"), Kind.FLAG),
                    Column("freight_fen", N_("Freight"), Kind.MONEY),
                    Column("delivered_on", N_("Signed for on"), Kind.DATE, value=_day("delivered_on")),
                ),
            ),
        ),
        Column(
            "gifts",
            N_("Gifts"),
            Kind.ROWS,
            view=View(
                "gifts",
                N_("Gifts"),
                (
                    Column("slip", N_("Slip"), Kind.CODE),
                    Column("date", N_("Date"), Kind.DATE, value=_day("date")),
                    Column("donor", N_("Donor")),
                    Column(
                        "quantity",
                        N_("Quantity"),
                        Kind.QUANTITY,
                        value=_frozen_gift,
                    ),
                    Column("unit", N_("Counted in")),
                    Column("item", N_("Item")),
                    Column("approximate", N_("Approximate"), Kind.FLAG),
                    DIRECTION,
                ),
            ),
        ),
    ),
)
