"""What a reader of files answers: a table as rows of cells, whatever kind of file it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from volunteer_cli.intake.cells import Cell

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
