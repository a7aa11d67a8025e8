"""Rows as an aligned table, Chinese included, within the width of a terminal; and as markdown."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import IO, TYPE_CHECKING, Any

from volunteer_cli.core.i18n import ngettext
from volunteer_cli.core.wrapping import measured, wrapped
from volunteer_cli.output.colors import HEADING, painted
from volunteer_cli.output.fitting import GAP, fit
from volunteer_cli.output.grids import Grid, grids
from volunteer_cli.output.rows import without_inner_ids

if TYPE_CHECKING:
    from volunteer_cli.output.rows import Rows
    from volunteer_cli.output.style import Style


def write_table(rows: Rows, stream: IO[Any], style: Style) -> None:
    """Write headings, a rule of dashes and aligned columns; nothing at all when there are no rows."""
    between = ""
    rows = without_inner_ids(rows)
    for position, grid in enumerate(grid for grid in grids(rows) if grid.cells):
        title = f"{_heading(grid.title, style)}\n" if position else ""
        stream.write(f"{between}{title}{table(grid, style)}\n")
        between = "\n"
    if rows.chart:
        from volunteer_cli.output.charts.signs import text

        stream.write(f"\n{text(rows.chart, style.width)}\n")


def table(grid: Grid, style: Style) -> str:
    """The grid as aligned text, without a line break at its end; on a terminal no line is wider than that."""
    if style.width is None:
        return _laid_out(grid, style)
    layout = fit(grid, style.width)
    if layout is None:
        return _one_below_the_other(grid, style)
    text = _laid_out(layout.grid, style)
    return f"{text}\n{_left_out(layout.left_out, style.width)}" if layout.left_out else text


def _laid_out(grid: Grid, style: Style) -> str:
    from tabulate import SEPARATING_LINE

    body: list[Any] = [*_cells(grid, style), *([grid.total] if grid.total else [])]
    if grid.total:
        body.insert(-1, SEPARATING_LINE)
    if not style.header:
        return _tabulated(grid, [], body, "plain")
    text = _tabulated(grid, grid.headings, body, "simple")
    return _bold_headings(text) if style.color else text


def _left_out(count: int, width: int) -> str:
    sentence = ngettext("+{count} column: --fields all", "+{count} columns: --fields all", count)
    return wrapped(sentence.format(count=count), width)


def _cells(grid: Grid, style: Style) -> list[list[str]]:
    """The cells, in their colours where there shall be some."""
    if not (style.color and grid.colors):
        return grid.cells
    lines = zip(grid.cells, grid.colors, strict=True)
    return [[painted(*pair) for pair in zip(cells, colors, strict=True)] for cells, colors in lines]


def _heading(text: str, style: Style) -> str:
    return painted(text, HEADING) if style.color else text


def _one_below_the_other(grid: Grid, style: Style) -> str:
    """Each record by itself, a field a line, where not even its narrowest columns stand beside each other."""
    width = style.width or 0
    # A third for the titles at most, or nothing is left for what they say.
    place = min(max(map(measured, grid.headings)), width // 3)
    headings = _all_wrapped(grid.headings, place)
    room = max(width - place - GAP, 1)
    narrow = replace(grid, cells=[_all_wrapped(cells, room) for cells in grid.cells])
    total = [_all_wrapped(grid.total, room)] if grid.total else []
    records = [zip(headings, cells, strict=True) for cells in [*_cells(narrow, style), *total]]
    return "\n\n".join("\n".join(_field(*pair, place, style) for pair in record) for record in records)


def _all_wrapped(texts: list[str], width: int) -> list[str]:
    return [wrapped(text, width) for text in texts]


def _field(heading: str, text: str, place: int, style: Style) -> str:
    pairs = zip_longest(heading.split("\n"), text.split("\n"), fillvalue="")
    return "\n".join(
        f"{_heading(head, style)}{' ' * (place - measured(head) + GAP)}{tail}".rstrip()
        for head, tail in pairs
    )


def write_markdown(rows: Rows, stream: IO[Any], style: Style) -> None:
    """Write pipe tables, with the title of each nested list above it."""
    for position, grid in enumerate(grids(rows)):
        text = _pipes(grid)
        if not style.header:
            # A pipe table has no form without headings: they and their rule are cut off again.
            text = "\n".join(text.split("\n")[2:])
        stream.write(f"\n### {_escaped(grid.title)}\n\n{text}\n" if position else f"{text}\n")


def _pipes(grid: Grid) -> str:
    """The grid as a pipe table, its totals in bold."""
    body = [[_escaped(cell) for cell in line] for line in grid.cells]
    if grid.total:
        body.append([f"**{_escaped(cell)}**" if cell else "" for cell in grid.total])
    return _tabulated(grid, [_escaped(cell) for cell in grid.headings], body, "pipe")


def _tabulated(grid: Grid, headings: list[str], body: list[Any], layout: str) -> str:
    import tabulate

    # Otherwise every heading is two columns wider than it reads.
    tabulate.MIN_PADDING = 0
    align = ["right" if right else "left" for right in grid.right]
    # Without rows tabulate knows no columns to align.
    return tabulate.tabulate(body, headings, layout, disable_numparse=True, colalign=align if body else None)


def _bold_headings(text: str) -> str:
    """The headings in bold: all lines above the rule of dashes, for a narrow heading takes several."""
    lines = text.split("\n")
    rule = next((place for place, line in enumerate(lines) if line and not line.strip("- ")), 1)
    return "\n".join([*(painted(line, HEADING) for line in lines[:rule]), *lines[rule:]])


def _escaped(text: str) -> str:
    return re.sub(r"([\\|*`\[\]])", r"\\\1", text).replace("<", "&lt;")
