"""Rows as a self-contained page that reads on a screen, on a phone and on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _, typography
from volunteer_cli.output.grids import Grid, grids, listing, sheet
from volunteer_cli.output.pages import from_template
from volunteer_cli.output.rows import Rows, titled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from volunteer_cli.output.style import Style
    from volunteer_cli.output.view import Column

#: Columns that a sheet of A4 upright has room for.
MOST_UPRIGHT = 8
#: Columns from which on a table is too wide for a phone, where each row becomes a card.
LEAST_CARDS = 5


@dataclass(frozen=True)
class _Table:
    """A table of the page.

    Attributes:
        name: by which the style of the page knows it.
        heading: above it; the first table is what the page is called after, those nested in it need names of their own.
    """

    grid: Grid
    name: str
    heading: str

    @property
    def cards(self) -> bool:
        """Whether each of its rows is a card on a phone, which says what column a value is of."""
        return len(self.grid.headings) >= LEAST_CARDS

    @property
    def look(self) -> str:
        """Its classes."""
        return f"cards {self.name}" if self.cards else ""


def write_html(rows: Rows, stream: IO[Any], style: Style) -> None:
    """Write a page with a table, and one more for each nested list; nothing in it comes from the network."""
    title, rows = titled(rows)
    tables = [
        _Table(grid, f"of-{position}", "" if grid.title == rows.view.heading else grid.title)
        for position, grid in enumerate(_tables(rows))
    ]
    page = from_template(
        "output/list.html",
        tag=typography().tag,
        title=title,
        about=rows.about,
        figure=_figure(rows),
        tables=tables,
        header=style.header,
        # More columns than stand upright are printed across.
        wide=any(len(one.grid.headings) > MOST_UPRIGHT for one in tables),
    )
    stream.write(f"{page}\n")


def _tables(rows: Rows) -> Iterator[Grid]:
    """The tables of a page; of one record a table for each part that its view names."""
    if not rows.single or not rows.view.parts or rows.whole:
        yield from grids(rows)
        return
    for row in rows.values:
        pairs = list(zip(rows.columns, row, strict=True))
        yield from _parts(rows, pairs)
        yield from (listing(value) for _column, value in pairs if isinstance(value, Rows) and value.values)


def _parts(rows: Rows, pairs: list[tuple[Column, Any]]) -> Iterator[Grid]:
    """The fields of a record by the parts of its view; what is in none of them comes last."""
    left = {column.name: (column, value) for column, value in pairs}
    for title, names in rows.view.parts.items():
        own = sheet(rows, [left.pop(name) for name in names if name in left])
        if own.cells:
            yield replace(own, title=_(title), headings=[])
    rest = sheet(rows, list(left.values()))
    if rest.cells:
        yield replace(rest, title=_("More"), headings=[])


def _figure(rows: Rows) -> Markup | None:
    """The chart above its table."""
    if not rows.chart:
        return None
    from volunteer_cli.output.charts.page import html

    return html(rows.chart)
