"""What the overview says of donation drives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.quantity import quantity_of, united
from volunteer_cli.drives.terms import DIRECTIONS
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.reporting.declaration import Row, Scope, figure
from volunteer_cli.reporting.overview import Part

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GOODS = View(
    "goods",
    N_("Goods"),
    (
        Column("item", N_("Item")),
        Column("unit", N_("Counted in")),
        Column("received", N_("Received"), Kind.QUANTITY),
        Column("shipped", N_("Shipped"), Kind.QUANTITY),
        Column("remaining", N_("Remaining"), Kind.QUANTITY),
        Column("approximate", N_("Approximate"), Kind.FLAG, table=False),
        Column("direction", N_("Direction"), Kind.CHOICE, choices=DIRECTIONS, table=False),
    ),
)


def _row(session: Session, scope: Scope) -> Row:
    from volunteer_cli.drives.reports import drive_rows

    rows = drive_rows(session, scope)
    drives = list({row["drive_id"]: row for row in rows}.values())
    return {
        "drives": len(drives),
        "slips": sum(row["slips"] for row in drives),
        "freight_waived": sum(row["freight_waived"] for row in drives),
        "goods": goods(rows),
    }


def goods(rows: Iterable[Row]) -> list[Row]:
    """What several drives had of each item and unit; a mark of one stays with the sum."""
    sums: dict[tuple[str, str], Row] = {}
    # By item and unit: 件 and 套 are never added up. A drive without goods has a row without an item.
    for row in rows:
        if row["item"] is not None:
            blank = {"item": row["item"], "unit": row["unit"], "approximate": False, "direction": None}
            _add(sums.setdefault((row["item"], row["unit"]), blank), row)
    return [sums[key] for key in sorted(sums)]


def _add(total: Row, row: Row) -> None:
    total["approximate"] |= row["approximate"]
    total["direction"] = united((total["direction"], row["direction"]))
    for name in ("received", "shipped", "remaining"):
        total[name] = _added(total.get(name, 0), row[name])


def _added(one: Any, other: Any) -> Any:
    return quantity_of(one) + quantity_of(other)


PARTS = (
    Part(
        (
            figure(
                "drives",
                N_("Drives"),
                Kind.COUNT,
                N_("Donation drives that ran or moved something in the period."),
            ),
            figure(
                "slips",
                N_("Gifts received"),
                Kind.COUNT,
                N_(
                    "Slips that donation drives wrote, by the day of receipt; gifts that went back are in it."
                ),
                front=10,
            ),
            figure(
                "freight_waived",
                N_("Freight waived"),
                Kind.MONEY,
                N_("Freight that carriers waived, by the day of shipping."),
                front=11,
            ),
            figure(
                "goods",
                N_("Goods"),
                Kind.ROWS,
                N_(
                    "What these drives received and shipped in the period and what remains at its end, by item and unit, as the report drives has it."
                ),
                total=False,
                view=GOODS,
            ),
        ),
        _row,
        place=8,
    ),
)
