"""Rows as a self-contained page that reads on a screen, on a phone and on paper."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from volunteer_cli.core.i18n import typography
from volunteer_cli.core.visible import escaped
from volunteer_cli.core.wrapping import measured
from volunteer_cli.output.grids import Grid, grids

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from volunteer_cli.output.rows import Rows
    from volunteer_cli.output.style import Style

#: Columns that a sheet of A4 upright has room for, and signs of a date with its time, a name or a number.
MOST_UPRIGHT, LONGEST_UNBROKEN = 8, 16


def write_html(rows: Rows, stream: IO[Any], style: Style) -> None:
    """Write a page with a table, and one more for each nested list."""
    parts, tables = list(_figure(rows)), list(grids(rows))
    for position, grid in enumerate(tables):
        # The first table is what the page is called after; those nested in it need names of their own.
        heading = f"<h2>{escaped(grid.title)}</h2>\n" if position else ""
        parts.append(heading + table(grid, header=style.header))
    wide = any(len(grid.headings) > MOST_UPRIGHT for grid in tables)
    stream.write(page(rows.view.heading, "\n".join(parts), about=rows.about, wide=wide))


def _figure(rows: Rows) -> Iterator[str]:
    """The chart above its table."""
    if rows.chart:
        from volunteer_cli.output.charts.page import html

        yield html(rows.chart)


def page(title: str, body_html: str, *, lang: str = "", about: Sequence[str] = (), wide: bool = False) -> str:
    """A whole HTML page without anything from the network; `lang` is en or zh, by default the one in use.

    `title` is text and is escaped; `body_html` is markup and follows the page's heading as it is.
    """
    css = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    tag = typography(lang).tag
    # More columns than stand upright are printed across.
    across = "@page { size: A4 landscape; }\n" if wide else ""
    told = f'<p class="about">{escaped(" · ".join(about))}</p>' if about else ""
    return f"""<!doctype html>
<html lang="{escaped(tag)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escaped(title)}</title>
<style>
{css}{across}</style>
</head>
<body>
<main>
<h1>{escaped(title)}</h1>
{told}
{body_html}
</main>
</body>
</html>
"""


def table(grid: Grid, *, header: bool = True, caption: str = "") -> str:
    """The grid as an HTML table that scrolls by itself where it is too wide."""
    parts = [f'<div class="scroll" tabindex="0"><table><caption>{escaped(caption or grid.title)}</caption>']
    if header:
        parts.append(f"<thead>{_line(grid, grid.headings, 'th')}</thead>")
    parts += ["<tbody>", *(_line(grid, cells) for cells in grid.cells), "</tbody>"]
    if grid.total:
        parts.append(f"<tfoot>{_line(grid, grid.total)}</tfoot>")
    return "\n".join([*parts, "</table></div>"])


def _line(grid: Grid, cells: list[str], tag: str = "td") -> str:
    scope = ' scope="col"' if tag == "th" else ""
    marked = (
        f"<{tag}{_look(cell, right=right)}{scope}>{escaped(cell)}</{tag}>"
        for right, cell in zip(grid.right, cells, strict=True)
    )
    return f"<tr>{''.join(marked)}</tr>"


def _look(cell: str, *, right: bool) -> str:
    """The class of a cell: numbers stand to the right; dates, names and codes are short and never broken."""
    if right:
        return ' class="number"'
    return ' class="short"' if measured(cell) <= LONGEST_UNBROKEN else ""
