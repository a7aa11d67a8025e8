"""Reports on donation drives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.quantity import Quantity, united
from volunteer_cli.drives.terms import DIRECTIONS
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Report, Row, Scope, figure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.drives.models import Drive
    from volunteer_cli.drives.queries import Stock

MOVED = ("received", "found", "shipped", "delivered", "given", "rejected", "recycled", "returned", "lost")
WAITING = ("unsorted", "on_hand", "boxed")


def drive_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """A row for each item and unit of each drive that ran in the period."""
    from volunteer_cli.drives.queries.periods import drives_between, giving

    first, last = (scope.period.first, scope.period.last) if scope.period else (None, None)
    found = drives_between(session, first, last, community_id=scope.community_id)
    given = giving(session, [drive.id for drive in found], first, last)
    return [
        {**_of_drive(drive, given[drive.id]), **goods}
        for drive in found
        for goods in [*goods_rows(session, drive, scope)] or [{"item": None, "unit": None}]
    ]


def goods_rows(session: Session, drive: Drive, scope: Scope) -> Iterator[Row]:
    """What became of each item and unit of a drive in the period; what remains is that of its last day."""
    from volunteer_cli.drives.queries import stock
    from volunteer_cli.drives.queries.periods import flows

    standing = stock(session, drive, scope.period.last if scope.period else None)
    moved = flows(session, drive, scope.period.first, scope.period.last) if scope.period else {}
    for row in standing:
        flow = row if scope.period is None else moved.get((row.item, row.unit))
        yield {"item": row.item, "unit": row.unit, "goal": row.goal, **_counts(row, flow)}


def _counts(standing: Stock, flow: Stock | None) -> Row:
    """What moved of an item and what remains; a mark of one count is the row's, for they are read together."""
    counts = {**{name: _quantity(flow, name) for name in MOVED}, "remaining": standing.quantity(*WAITING)}
    return {
        **counts,
        "approximate": any(count.approximate for count in counts.values()),
        "direction": united(count.direction for count in counts.values()),
    }


def _quantity(row: Stock | None, name: str) -> Quantity:
    return row.quantity(name) if row else Quantity(0)


def _of_drive(drive: Drive, given: Any) -> Row:
    return {
        "drive_id": drive.id,
        "drive": drive.name,
        "code": drive.code,
        "community_id": drive.community_id,
        "slips": given.slips,
        "donors": given.donors,
        "anonymous_slips": given.anonymous_slips,
        "anonymous_share": given.anonymous_slips / given.slips if given.slips else None,
        "freight": given.freight,
        "freight_waived": given.waived,
    }


def _goods(name: str, title: str, meaning: str, *, table: bool = False) -> Any:
    return figure(name, title, Kind.QUANTITY, meaning, total=False, table=table)


DRIVES = Report(
    name="drives",
    title=N_("Donation drives"),
    help=N_("Show what drives hoped for, received and passed on."),
    question=N_("What was given, by how many, what has gone out and what remains?"),
    rows=drive_rows,
    keys=("drive_id", "item", "unit"),
    # Pieces, sets and bags are never added up.
    total=False,
    chart=Chart("received", ("drive", "item"), unit="unit", goal="goal"),
    figures=(
        figure(
            "drive",
            N_("Drive"),
            Kind.TEXT,
            N_(
                "A drive that ran at some time in the period, or in which something moved then; archived ones too."
            ),
            total=False,
        ),
        figure("drive_id", N_("Drive id"), Kind.ID, N_("The drive's id."), total=False, table=False),
        figure("code", N_("Code"), Kind.CODE, N_("The drive's code."), total=False, table=False),
        figure(
            "community",
            N_("Community"),
            Kind.TEXT,
            N_("The community whose drive it is."),
            total=False,
            table=False,
        ),
        figure(
            "community_id", N_("Community id"), Kind.ID, N_("The community's id."), total=False, table=False
        ),
        figure(
            "item",
            N_("Item"),
            Kind.TEXT,
            N_(
                "What was given. Each unit of an item has a row of its own, for pieces and sets are never added up."
            ),
            total=False,
        ),
        figure("unit", N_("Counted in"), Kind.TEXT, N_("What the item is counted in."), total=False),
        figure(
            "goal",
            N_("Goal"),
            Kind.COUNT,
            N_("How much the drive hopes for, over all its time."),
            total=False,
            compared=False,
        ),
        _goods(
            "received",
            N_("Received"),
            N_(
                "Pieces on slips, by the day of receipt, corrections of slips taken in. What was returned is in it. ≥ marks a count that contains an approximate one."
            ),
            table=True,
        ),
        _goods(
            "found",
            N_("Found"),
            N_("Pieces that a stock-take found beyond what was booked, by the day of the count."),
        ),
        _goods(
            "shipped",
            N_("Shipped"),
            N_("Pieces that left in boxes, by the day of shipping, signed for or not."),
            table=True,
        ),
        _goods(
            "delivered",
            N_("Delivered"),
            N_("Of the shipped, those that were signed for, by the day of the signature."),
        ),
        _goods(
            "remaining",
            N_("Remaining"),
            N_("Pieces that are unsorted, on hand or boxed at the end of the period's last day, or now."),
            table=True,
        ),
        _goods("given", N_("Given to households"), N_("Pieces given on visits, by the day of the visit.")),
        _goods("rejected", N_("Rejected"), N_("Pieces that sorting found unfit, by the day of sorting.")),
        _goods(
            "recycled", N_("Recycled"), N_("Pieces that sorting put to recycling, by the day of sorting.")
        ),
        _goods(
            "returned", N_("Returned"), N_("Pieces that went back to their donors, by the day of return.")
        ),
        _goods("lost", N_("Lost"), N_("Pieces that a stock-take missed, by the day of the count.")),
        figure(
            "slips",
            N_("Slips"),
            Kind.COUNT,
            N_("Slips of the whole drive by the day of receipt; repeated on each of its rows."),
            total=False,
            table=False,
        ),
        figure(
            "donors",
            N_("Donors"),
            Kind.COUNT,
            N_(
                "People and organizations with a slip of the drive in the period, each once; anonymous gifts have no donor. Repeated on each row of the drive."
            ),
            total=False,
        ),
        figure(
            "anonymous_slips",
            N_("Anonymous slips"),
            Kind.COUNT,
            N_(
                "Slips of the drive that name nobody, by the day of receipt; repeated on each row of the drive."
            ),
            total=False,
            table=False,
        ),
        figure(
            "anonymous_share",
            N_("Anonymous"),
            Kind.PERCENT,
            N_("The share of the drive's slips that name nobody; repeated on each row of the drive."),
            total=False,
        ),
        figure(
            "freight",
            N_("Freight paid"),
            Kind.MONEY,
            N_(
                "Freight of the drive's shipments that was paid, by the day of shipping; repeated on each row of the drive."
            ),
            total=False,
            table=False,
        ),
        figure(
            "freight_waived",
            N_("Freight waived"),
            Kind.MONEY,
            N_(
                "Freight that carriers waived, by the day of shipping: a gift in kind of its own, kept apart from goods. Repeated on each row of the drive."
            ),
            total=False,
        ),
        figure(
            "approximate",
            N_("Approximate"),
            Kind.FLAG,
            N_("Whether any count of the row contains an approximate one."),
            total=False,
            table=False,
        ),
        figure(
            "direction",
            N_("Direction"),
            Kind.CHOICE,
            N_(
                "In which direction these counts are not exact: at least, at most, or about where they differ."
            ),
            total=False,
            compared=False,
            table=False,
            choices=DIRECTIONS,
        ),
    ),
)
REPORTS = (DRIVES,)
