"""Rows as a self-contained page that reads on a screen, on a phone and on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _, typography
from volunteer_cli.core.visible import escaped
from volunteer_cli.core.wrapping import measured
from volunteer_cli.output.grids import Grid, grids, listing, sheet
from volunteer_cli.output.rows import Rows, titled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from volunteer_cli.output.style import Style
    from volunteer_cli.output.view import Column

#: Columns that a sheet of A4 upright has room for, and signs of a date with its time, a name or a number.
MOST_UPRIGHT, LONGEST_UNBROKEN = 8, 16
#: Columns from which on a table is too wide for a phone, where each row becomes a card.
LEAST_CARDS = 5


def write_html(rows: Rows, stream: IO[Any], style: Style) -> None:
    """Write a page with a table, and one more for each nested list."""
    title, rows = titled(rows)
    parts, tables = list(_figure(rows)), list(_tables(rows))
    for position, grid in enumerate(tables):
        # The first table is what the page is called after; those nested in it need names of their own.
        heading = f"<h2>{escaped(grid.title)}</h2>\n" if grid.title not in ("", rows.view.heading) else ""
        parts.append(heading + table(grid, header=style.header, cards=f"of-{position}"))
    stream.write(page(title, "\n".join(parts), about=rows.about, **_style(tables)))


def _style(tables: list[Grid]) -> dict[str, Any]:
    """Whether the tables are wide, and what their cards on a phone say."""
    wide = any(len(grid.headings) > MOST_UPRIGHT for grid in tables)
    css = "".join(_cards(grid, f"of-{position}") for position, grid in enumerate(tables))
    return {"wide": wide, "css": css}


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


def _cards(grid: Grid, name: str) -> str:
    """What says on a phone, where each row is a card, which column a value is of."""
    if len(grid.headings) < LEAST_CARDS:
        return ""
    said = (
        f'.{name} td:nth-child({place})::before {{ content: "{_in_css(text)}"; }}'
        for place, text in enumerate(grid.headings, 1)
    )
    return "@media screen and (max-width: 40rem) {\n" + "\n".join(said) + "\n}\n"


def _in_css(text: str) -> str:
    """A text within a string of CSS, where a custom heading could end the string or the sheet."""
    return "".join(sign if sign.isalnum() else f"\\{ord(sign):x} " for sign in text)


def _figure(rows: Rows) -> Iterator[str]:
    """The chart above its table."""
    if rows.chart:
        from volunteer_cli.output.charts.page import html

        yield html(rows.chart)


def page(
    title: str,
    body_html: str,
    *,
    lang: str = "",
    about: Sequence[str] = (),
    wide: bool = False,
    css: str = "",
) -> str:
    """A whole HTML page without anything from the network; `lang` is en or zh, by default the one in use.

    `title` is text and is escaped; `body_html` is markup and follows the page's heading as it is.
    """
    css = Path(__file__).with_name("page.css").read_text(encoding="utf-8") + css
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
<main{' class="wide"' if wide else ""}>
<h1>{escaped(title)}</h1>
{told}
{body_html}
</main>
</body>
</html>
"""


def table(grid: Grid, *, header: bool = True, caption: str = "", cards: str = "") -> str:
    """The grid as an HTML table that scrolls by itself where it is too wide; `cards` names it for a phone."""
    look = f' class="cards {cards}"' if cards and len(grid.headings) >= LEAST_CARDS else ""
    look = look or ("" if grid.headings else ' class="record"')
    parts = [
        f'<div class="scroll" tabindex="0"><table{look}><caption>{escaped(caption or grid.title)}</caption>'
    ]
    if header and grid.headings:
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
