"""The file of refused rows: what stood above the table, the rows themselves, and why they were refused.

Corrected, it imports as it is: the reason columns are passed over, 同上 and merged cells are filled in.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from volunteer_cli.intake.cells import Cell, text_of, unguarded
from volunteer_cli.intake.headings import OURS
from volunteer_cli.intake.locating import Located
from volunteer_cli.intake.refusals import Refusal, Refusals
from volunteer_cli.output.cells import FORMULA


@dataclass
class Rejects:
    """Writes the refused rows to the file at `path`."""

    path: Path
    located: Located
    sections: dict[int, str] = field(default_factory=dict)

    def _section_of(self, row: int) -> str | None:
        """What the last section row above a row says."""
        return next((text for number, text in reversed(self.sections.items()) if number < row), None)

    def write(self, refusals: Refusals) -> None:
        """Write the file, or to the standard output; raises CannotWrite."""
        from volunteer_cli.output.files import replacing

        if str(self.path) == "-":
            self._write_to(sys.stdout, refusals)
            return
        with replacing(self.path, binary=False) as file:
            # Without a byte order mark, Excel takes UTF-8 for the code page of the machine.
            file.write("\ufeff")
            self._write_to(file, refusals)

    def _write_to(self, file: IO[str], refusals: Refusals) -> None:
        lines = csv.writer(file, lineterminator="\r\n")  # RFC 4180
        width = max((len(refusal.cells or ()) for refusal in refusals), default=0)
        lines.writerows(self._above(width))
        lines.writerows(self._rows(refusals, width))

    def _rows(self, refusals: Refusals, width: int) -> Iterator[Sequence[Any]]:
        section: str | None = None
        for refusal in refusals:
            # A section row is written again where it is another one: the rows below need what it says.
            current = self._section_of(refusal.row)
            if current != section:
                section = current
                yield _padded([current], width)
            yield [*_padded(refusal.cells or (), width), *_reasons(refusal)]

    def _above(self, width: int) -> list[list[str]]:
        """The rows up to the last heading, to which our own headings are added."""
        above = [_padded(cells, width) for _number, cells in self.located.above]
        above[-1] += OURS
        return above


def _reasons(refusal: Refusal) -> tuple[object, ...]:
    message = written(refusal.message(revealed=True))
    return refusal.row, written(refusal.heading or ""), refusal.reason, message


def _padded(cells: Sequence[Cell], width: int) -> list[str]:
    texts = [written(cell) for cell in cells[:width]]
    return texts + [""] * (width - len(texts))


def written(cell: Cell) -> str:
    """The cell as text that reads back as the same, and which no spreadsheet takes for a formula.

    Text stays as it is, guarding quotes included: a sheet may write 007 as '007.
    """
    if not isinstance(cell, str):
        return text_of(cell)
    text = unguarded(cell) if cell.startswith('="') else cell
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
