"""Rows as an aligned table, Chinese included, cut to the width of a terminal; and as markdown."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any

from volunteer_cli.output.grids import Grid, grids

if TYPE_CHECKING:
    from volunteer_cli.output.rows import Rows
    from volunteer_cli.output.style import Style

NARROWEST = 8
GAP = 2


def write_table(rows: Rows, stream: IO[Any], style: Style) -> None:
    """Write headings, a rule of dashes and aligned columns; nothing at all when there are no rows."""
    between = ""
    for position, grid in enumerate(grid for grid in grids(rows) if grid.cells):
        title = f"{grid.title}\n" if position else ""
        stream.write(f"{between}{title}{table(grid, style)}\n")
        between = "\n"
    if rows.picture:
        stream.write(f"\n{rows.picture.text()}\n")


def table(grid: Grid, style: Style) -> str:
    """The grid as aligned text, without a line break at its end."""
    from tabulate import SEPARATING_LINE

    lines = [grid.headings, *grid.cells, *([grid.total] if grid.total else [])]
    headings, *body = _cut(lines, fitted(lines, grid.flexible, style.width))
    if grid.total:
        body.insert(-1, SEPARATING_LINE)
    if not style.header:
        return _tabulated(grid, [], body, "plain")
    text = _tabulated(grid, headings, body, "simple")
    return _bold_first_line(text) if style.color else text


def _cut(lines: list[list[str]], widths: list[int]) -> list[Any]:
    """The cells of all lines, none wider than its column."""
    return [[shortened(cell, width) for cell, width in zip(line, widths, strict=True)] for line in lines]


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


def _bold_first_line(text: str) -> str:
    first, rest = text.split("\n", 1)
    return f"\x1b[1m{first}\x1b[0m\n{rest}"


def _escaped(text: str) -> str:
    return re.sub(r"([\\|*`\[\]])", r"\\\1", text).replace("<", "&lt;")


def fitted(lines: list[list[str]], flexible: list[bool], width: int | None) -> list[int]:
    """The widths of the columns, the widest flexible one narrowed until a line fits in `width`."""
    widths = [max(map(measured, column)) for column in zip(*lines, strict=True)]
    if width is None:
        return widths
    excess = sum(widths) + GAP * (len(widths) - 1) - width
    # A column at a time from whichever is widest then, so that long texts become alike.
    for _step in range(max(excess, 0)):
        wide = [place for place, size in enumerate(widths) if flexible[place] and size > NARROWEST]
        if not wide:
            break
        widest = max(wide, key=widths.__getitem__)
        widths[widest] -= 1
    return widths


def measured(text: str) -> int:
    """The columns that the text takes on a terminal; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def shortened(text: str, width: int) -> str:
    """The text within `width` columns, its end replaced by … where it is longer."""
    if measured(text) <= width:
        return text
    kept = ""
    for letter in text:
        if measured(kept + letter) > width - 1:
            break
        kept += letter
    return f"{kept.rstrip()}…"
