"""Rows as grids of text for people, which table, markdown and html lay out in their own ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _
from volunteer_cli.core.quantity import Quantity, number_of
from volunteer_cli.core.quantity import total as sum_of
from volunteer_cli.output.cells import shown
from volunteer_cli.output.rows import Rows
from volunteer_cli.output.view import NUMERIC, Column, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

FLEXIBLE = frozenset({Kind.TEXT, Kind.LIST, Kind.JSON})


@dataclass(frozen=True)
class Grid:
    """Headings and cells as they are read; `right` and `flexible` tell of each column how it may be laid out."""

    title: str
    headings: list[str]
    cells: list[list[str]]
    right: list[bool]
    flexible: list[bool]
    total: list[str] | None = None


def grids(rows: Rows) -> Iterator[Grid]:
    """One grid for a list; for one record its fields, then each of its nested lists."""
    if not rows.single:
        yield listing(rows)
        return
    for row in rows.values:
        pairs = list(zip(rows.columns, row, strict=True))
        yield sheet(rows, pairs)
        yield from (listing(value) for _column, value in pairs if isinstance(value, Rows) and value.values)


def sheet(rows: Rows, pairs: list[tuple[Column, Any]]) -> Grid:
    """The fields of one record, one below the other; nothing is ever cut from them."""
    told = [
        (column, shown(column, value))
        for column, value in pairs
        if column.kind is not Kind.ROWS and not (rows.sparse and value in (None, "", [], ()))
    ]
    headings = [_("Field"), _("Value")]
    if beside := _beside(told):
        cells = [[column.heading, text, *beside[column.name]] for column, text in told if not column.beside]
        headings += [_("The period before"), _("Change")]
    else:
        cells = [[column.heading, text] for column, text in told]
    right = [place > 0 and bool(beside) for place in range(len(headings))]
    return Grid(rows.view.heading, headings, cells, right, [False] * len(headings))


def _beside(told: list[tuple[Column, str]]) -> dict[str, list[str]]:
    """By field its value in the period before and its change; nothing when not both of each are shown."""
    found: dict[str, list[str]] = {column.name: [] for column, _text in told if not column.beside}
    for column, text in told:
        if column.beside:
            found.setdefault(column.beside, ["", "", ""]).append(text)
    if not any(found.values()) or any(len(texts) not in (0, 2) for texts in found.values()):
        return {}
    return {name: texts or ["", ""] for name, texts in found.items()}


def listing(rows: Rows) -> Grid:
    """A record a row, with a totals row where one is asked for and something can be summed."""
    values = list(rows.values)
    return Grid(
        title=rows.view.heading,
        headings=[column.heading for column in rows.columns],
        cells=[
            [shown(column, value) for column, value in zip(rows.columns, row, strict=True)] for row in values
        ],
        right=[column.kind in NUMERIC for column in rows.columns],
        flexible=[column.kind in FLEXIBLE for column in rows.columns],
        total=total(rows.columns, values) if rows.totals and values else None,
    )


def total(columns: tuple[Column, ...], values: list[tuple[Any, ...]]) -> list[str] | None:
    """The sums of the columns that have one; None when there are none."""
    if not any(column.total for column in columns):
        return None
    by_column = zip(columns, zip(*values, strict=True), strict=True)
    sums = {column.name: _sum(parts) for column, parts in by_column if column.total}
    sums |= {column.name: _quotient(column, sums) for column in columns if column.ratio}
    cells = [
        shown(column, value) if (value := sums.get(column.name)) is not None else "" for column in columns
    ]
    if not columns[0].total:
        cells[0] = _("Total")
    return cells


def _quotient(column: Column, sums: dict[str, Any]) -> float | None:
    if any(sums.get(name) is None for name in column.ratio):
        return None
    over, *parts = (number_of(sums[name]) for name in column.ratio)
    if not (under := sum(parts)):
        return None
    share = over / under
    return round(share) if column.kind is Kind.MINUTES else share


def _sum(values: tuple[Any, ...]) -> Any:
    known = [value for value in values if value is not None]
    if any(isinstance(value, Quantity) for value in known):
        return sum_of(known)
    return sum(known)
