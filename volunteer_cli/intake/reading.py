"""From an open file to tables: rows of cells with their numbers in the spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from volunteer_cli.intake.cells import Cell
from volunteer_cli.intake.source import OLE, ZIP, Source

Raw: TypeAlias = list[Cell]
#: Rows and columns of a merged range, counted from 0, ends included.
Range: TypeAlias = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Table:
    """One sheet of a file.

    Attributes:
        rows: opens the rows anew: every row, blank ones too, the first of them being number 1.
        sheet: its name, or None where a file has but one.
        encoding: of a text file, else None.
        guessed: whether the encoding is believed only when headings are recognised.
        merged: the merged ranges of a workbook.
        headless: whether the headings are keys of JSON objects and have no row.
        share_of: how much of the file has been read when a row has been, of 1.
    """

    rows: Callable[[], Iterator[Raw]]
    sheet: str | None = None
    encoding: str | None = None
    guessed: bool = False
    merged: list[Range] = field(default_factory=list)
    headless: bool = False
    share_of: Callable[[int], float] = lambda _row: 0.0


def tables(source: Source, *, sheet: str | None = None, encoding: str | None = None) -> list[Table]:
    """The tables of a file that may be meant; several only in a workbook whose sheet was not named.

    Raises:
        SheetMissing, EncryptedFile, UnreadableFile, TooLarge, BadEncoding, UnknownEncoding: as they say.
    """
    if source.head.startswith((ZIP, OLE)):
        from volunteer_cli.intake.workbooks import workbook_tables

        return workbook_tables(source, sheet)
    from volunteer_cli.intake.texts import text_table

    return [text_table(source, encoding)]
