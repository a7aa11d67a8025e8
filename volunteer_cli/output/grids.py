"""Rows as grids of text for people, which table, markdown and html lay out in their own ways."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _
from volunteer_cli.core.quantity import Quantity, number_of
from volunteer_cli.core.quantity import total as sum_of
from volunteer_cli.core.withheld import Withheld
from volunteer_cli.output.cells import shown
from volunteer_cli.output.colors import COLORED, color_of
from volunteer_cli.output.rows import Rows
from volunteer_cli.output.view import NUMERIC, Column, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

FLEXIBLE = frozenset({Kind.TEXT, Kind.LIST, Kind.JSON})


@dataclass(frozen=True)
class Grid:
    """Headings and cells as they are read; the lists tell of each column how it may be laid out.

    Attributes:
        flexible: it may be wrapped.
        keep: it is left out last where there is no room.
        whole: no column may be left out.
        colors: those of the cells; nothing where none has any.
    """

    title: str
    headings: list[str]
    cells: list[list[str]]
    right: list[bool]
    flexible: list[bool]
    keep: list[bool]
    whole: bool = False
    total: list[str] | None = None
    colors: list[list[str]] = field(default_factory=list)


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
    pairs = [(column, value) for column, value in pairs if stands_alone(rows, column, value)]
    fields = [(column, shown(column, value)) for column, value in pairs]
    beside = _beside(fields)
    if beside:
        return _compared_sheet(rows, fields, beside)
    cells = [[column.heading, text] for column, text in fields]
    headings = [_("Field"), _("Value")]
    layout = Grid(rows.view.heading, headings, cells, [False] * 2, [False, True], [True] * 2, whole=True)
    return replace(layout, colors=[["", color_of(column, value)] for column, value in pairs])


def _compared_sheet(rows: Rows, fields: list[tuple[Column, str]], beside: dict[str, list[str]]) -> Grid:
    headings = [_("Field"), _("Value"), _("The period before"), _("Change")]
    cells = [[column.heading, text, *beside[column.name]] for column, text in fields if not column.beside]
    # Figures that are compared stand under each other; a single value reads on from its field.
    right = [False, True, True, True]
    return Grid(rows.view.heading, headings, cells, right, [False] * 4, [True] * 4, whole=True)


def stands_alone(rows: Rows, column: Column, value: Any) -> bool:
    """Whether a value has a line among the fields: nested rows come below, what is empty may be left out."""
    if column.kind is Kind.ROWS:
        return False
    return not (rows.sparse and value in (None, "", [], ()))


def _beside(fields: list[tuple[Column, str]]) -> dict[str, list[str]]:
    """By field its value in the period before and its change; nothing when not both of each are shown."""
    texts: dict[str, list[str]] = {column.name: [] for column, _text in fields if not column.beside}
    for column, text in fields:
        if column.beside:
            # One that stands beside a field which is not shown makes the number wrong, so that none is laid out.
            texts.setdefault(column.beside, ["", "", ""]).append(text)
    numbers = {len(pair) for pair in texts.values()}
    if not numbers <= {0, 2} or numbers == {0}:
        return {}
    return {name: pair or ["", ""] for name, pair in texts.items()}


def listing(rows: Rows) -> Grid:
    """A record a row, with a totals row where one is asked for and something can be summed."""
    columns, values = rows.columns, list(rows.values)
    return Grid(
        title=rows.view.heading,
        headings=[column.heading for column in columns],
        cells=[_texts(columns, row) for row in values],
        right=[column.kind in NUMERIC for column in columns],
        flexible=[column.kind in FLEXIBLE for column in columns],
        keep=[column.keep or column.name == "status" for column in columns],
        whole=rows.whole,
        total=total(columns, values) if rows.totals and values else None,
        colors=_colors(columns, values),
    )


def _texts(columns: tuple[Column, ...], row: tuple[Any, ...]) -> list[str]:
    """A row as people read it."""
    return [shown(column, value) for column, value in zip(columns, row, strict=True)]


def _colors(columns: tuple[Column, ...], values: list[tuple[Any, ...]]) -> list[list[str]]:
    if not any(column.name in COLORED for column in columns):
        return []
    return [[color_of(*pair) for pair in zip(columns, row, strict=True)] for row in values]


def _sums(columns: tuple[Column, ...], values: list[tuple[Any, ...]]) -> dict[str, Any]:
    by_column = zip(columns, zip(*values, strict=True), strict=True)
    sums = {column.name: _sum(parts) for column, parts in by_column if column.total}
    # An average of averages is wrong: a ratio is made of the sums themselves.
    return sums | {column.name: _quotient(column, sums) for column in columns if column.ratio}


def total(columns: tuple[Column, ...], values: list[tuple[Any, ...]]) -> list[str] | None:
    """The sums of the columns that have one; None when there are none."""
    if not any(column.total for column in columns):
        return None
    sums = _sums(columns, values)
    cells = ["" if sums.get(column.name) is None else shown(column, sums[column.name]) for column in columns]
    if not columns[0].total:
        cells[0] = _("Total")
    return cells


def _quotient(column: Column, sums: dict[str, Any]) -> float | None:
    if any(sums.get(name) is None or isinstance(sums[name], Withheld) for name in column.ratio):
        return None
    over, *parts = (number_of(sums[name]) for name in column.ratio)
    if not (under := sum(parts)):
        return None
    share = over / under
    return round(share) if column.kind is Kind.MINUTES else share


def _sum(values: tuple[Any, ...]) -> Any:
    known = [value for value in values if value is not None]
    hidden = [value for value in known if isinstance(value, Withheld)]
    # Where the sum would give a hidden count away, it is hidden as those are (统计法, Statistics Law, art. 25).
    if any(value.total is not None for value in hidden):
        return Withheld(hidden[0].total or "")
    known = [value.number if isinstance(value, Withheld) else value for value in known]
    return sum_of(known) if any(isinstance(value, Quantity) for value in known) else sum(known)
