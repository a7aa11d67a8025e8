"""How a table gets into the width of a terminal: texts are wrapped, then columns left out, never anything cut.

Numbers, ids and codes stay on one line: half a number is a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from volunteer_cli.core.wrapping import LETTERS, PIECE, WIDEST_WORD, measured, words_of, wrapped
from volunteer_cli.output.grids import Grid

#: Spaces between two columns.
GAP = 2
#: A text is not wrapped more narrowly than this; rather a column goes.
NARROWEST_TEXT = 16
_LONG = re.compile(rf"[{LETTERS}]{{{NARROWEST_TEXT + 1},}}")
#: Fewer columns than this say too little of a record.
FEWEST = 3


@dataclass(frozen=True)
class Layout:
    """A grid that fits, and how many columns it lacks."""

    grid: Grid
    left_out: int


def fit(grid: Grid, width: int) -> Layout | None:
    """The grid wrapped, and with fewer columns where need be; None when it does not fit beside each other at all."""
    places = list(range(len(grid.headings)))
    for spare in [None, *_spare(grid)]:
        if spare is not None:
            places.remove(spare)
        narrower = _only(grid, places)
        widths = _widths(narrower, width)
        if widths is not None:
            return Layout(_wrapped(narrower, widths), len(grid.headings) - len(places))
    return None


def _spare(grid: Grid) -> Iterator[int]:
    """The columns that may go, the first one first: those that say nothing, then from the right, what is to be kept last."""
    if grid.whole:
        return
    blank = [not any(cells) for cells in zip(*grid.cells, strict=True)]
    places = range(len(grid.headings) - 1, 1, -1)
    in_order = sorted(places, key=lambda place: (not blank[place], grid.keep[place]))
    yield from in_order[: max(len(grid.headings) - FEWEST, 0)]


def _only(grid: Grid, places: Sequence[int]) -> Grid:
    if len(places) == len(grid.headings):
        return grid

    def of(line: list[str]) -> list[str]:
        return [line[place] for place in places]

    return replace(
        grid,
        headings=of(grid.headings),
        cells=[of(line) for line in grid.cells],
        right=[grid.right[place] for place in places],
        flexible=[grid.flexible[place] for place in places],
        keep=[grid.keep[place] for place in places],
        total=_total(of(grid.total)) if grid.total else None,
        colors=[of(line) for line in grid.colors],
    )


def _total(line: list[str]) -> list[str] | None:
    """The totals that are left; none where only the word for them is."""
    return line if any(line[1:]) else None


def _least_widths(grid: Grid, cells: Sequence[int]) -> list[int]:
    words = [
        _widest_word(column) if wraps else 0
        for column, wraps in zip(_columns(grid), grid.flexible, strict=True)
    ]
    columns = zip(cells, words, grid.headings, grid.flexible, strict=True)
    return [_least(cell, word, heading, flexible=flexible) for cell, word, heading, flexible in columns]


def _columns(grid: Grid) -> Iterator[Sequence[str]]:
    """The cells of each column."""
    body = [*grid.cells, *([grid.total] if grid.total else [])]
    return zip(*body, strict=True) if body else iter([()] * len(grid.headings))


def _widest_word(column: Sequence[str]) -> int:
    """The width that a column of texts needs so that no word of it is cut, unless it is very long."""
    # A word beyond that of a narrow column is rare, and this finds it without measuring each.
    long = (word for cell in column if _LONG.search(cell) for word in words_of(cell))
    return min(max(map(measured, long), default=0), WIDEST_WORD)


def _widths(grid: Grid, width: int) -> list[int] | None:
    """The widths of the columns in which a line fits, the widest narrowed first; None when none do."""
    cells = _cell_widths(grid)
    widths = [max(cell, measured(heading)) for cell, heading in zip(cells, grid.headings, strict=True)]
    least = _least_widths(grid, cells)
    # A column at a time from whichever is widest then, so that long texts become alike.
    return _narrowed(widths, least, max(_line_width(widths) - width, 0))


def _narrowed(widths: list[int], least: Sequence[int], steps: int) -> list[int] | None:
    for _step in range(steps):
        wide = [place for place, size in enumerate(widths) if size > least[place]]
        # All are as narrow as can still be read: then columns are left out, or records stand one below the
        # other.
        if not wide:
            return None
        widths[max(wide, key=widths.__getitem__)] -= 1
    return widths


def _cell_widths(grid: Grid) -> list[int]:
    """The width of the widest cell of each column."""
    return [max(map(measured, column), default=0) for column in _columns(grid)]


def _line_width(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _least(cell: int, word: int, heading: str, *, flexible: bool) -> int:
    """The narrowest that a column may become: headings and texts are broken between words."""
    words = max((measured(piece) for piece in PIECE.findall(heading)), default=1)
    return max(words, min(cell, max(word, NARROWEST_TEXT)) if flexible else cell)


def _wrapped(grid: Grid, widths: Sequence[int]) -> Grid:
    def of(line: list[str]) -> list[str]:
        return [wrapped(text, size) for text, size in zip(line, widths, strict=True)]

    cells, total = [of(line) for line in grid.cells], of(grid.total) if grid.total else None
    return replace(grid, headings=of(grid.headings), cells=cells, total=total)
