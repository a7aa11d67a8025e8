"""A paper as it is read on a screen: what stands on it, without what is there to be signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from volunteer_cli.core.visible import harmless
from volunteer_cli.core.wrapping import measured, wrapped
from volunteer_cli.output.grids import Grid as Laid
from volunteer_cli.output.table import table

if TYPE_CHECKING:
    from volunteer_cli.output.document import Document, Grid, Pairs, Section
    from volunteer_cli.output.style import Style

#: Where no terminal says how wide it is.
WIDTH = 80


def read_out(document: Document, style: Style) -> str:
    """The document as text, no wider than the terminal."""
    title = "  ".join(part for part in (document.title, document.number, document.stamp) if part)
    end = [part for part in (document.issuer, document.day) if part]
    width = style.width or WIDTH
    sections = (part for section in document.sections for part in _section(section, style, width))
    parts = [_said([title], width), *sections, _said(end, width), _said(document.notes, width)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section, style: Style, width: int) -> Iterator[str]:
    """The parts of a section; its heading stands directly above the first."""
    heading = f"{harmless(section.heading)}\n" if section.heading else ""
    for part in _parts(section, style, width):
        yield heading + part
        heading = ""


def _parts(section: Section, style: Style, width: int) -> Iterator[str]:
    texts = (["  ".join(section.band)], list(_facts(section.facts)), section.paragraphs, section.lines)
    yield from filter(None, (_said(part, width) for part in texts))
    if section.grid:
        yield table(_laid(section.grid), style)


def _facts(facts: Pairs) -> Iterator[str]:
    room = max((measured(title) for title, _value in facts), default=0) + 2
    return (f"{title}{' ' * (room - measured(title))}{value}" for title, value in facts)


def _laid(grid: Grid) -> Laid:
    """A table of a paper as lists are laid out on the screen; all of it is shown."""
    many = len(grid.headings)
    rows = [[harmless(cell) for cell in row] for row in grid.rows]
    right = [place in grid.numbers for place in range(many)]
    total = list(grid.total) or None
    return Laid("", list(grid.headings), rows, right, [True] * many, [True] * many, whole=True, total=total)


def _said(texts: Iterable[str], width: int) -> str:
    """Texts below each other; the spaces that align what is short enough are kept."""
    lines = (harmless(line) for text in texts for line in text.split("\n"))
    return "\n".join(line if measured(line) <= width else wrapped(line, width) for line in lines)
