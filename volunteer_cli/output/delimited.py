"""Rows as csv and tsv: headings are field names, values those of JSON."""

from __future__ import annotations

import csv
from datetime import date
from typing import IO, TYPE_CHECKING, Any

from volunteer_cli.core.visible import harmless
from volunteer_cli.output.cells import flat, guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from volunteer_cli.output.rows import Rows
    from volunteer_cli.output.style import Style

#: Types whose values come again and again, names and days, and how many distinct ones are remembered.
REPEATED, MEMORY = frozenset({str, date}), 10_000


def write_csv(rows: Rows, stream: IO[Any], style: Style) -> None:
    """Write comma-separated rows; into a file with a byte order mark, without which Excel garbles Chinese."""
    if style.to_file:
        stream.write("\ufeff")
    csv.writer(stream, lineterminator="\n").writerows(_lines(rows, style))


def write_tsv(rows: Rows, stream: IO[Any], style: Style) -> None:
    """Write tab-separated rows without any quoting: no cell holds a tab or a line break."""
    for line in _lines(rows, style):
        stream.write("\t".join(["" if cell is None else str(cell) for cell in line]) + "\n")


def _lines(rows: Rows, style: Style) -> Iterator[list[Any]]:
    if style.header:
        yield [column.name for column in rows.columns]
    texts, columns = _Texts(), rows.columns
    for row in rows.values:
        yield [
            cell if (kind := type(cell)) is int else texts[cell] if kind in REPEATED else flat(column, cell)
            for column, cell in zip(columns, row, strict=True)
        ]


class _Texts(dict[str | date, str]):
    """Texts and days as they are written; each is looked at once."""

    def __missing__(self, value: str | date) -> str:
        written = guarded(harmless(value)) if isinstance(value, str) else value.isoformat()
        if len(self) < MEMORY:
            self[value] = written
        return written
