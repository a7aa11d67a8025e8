"""Merged ranges of an OpenDocument sheet, of which python-calamine tells nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers.expat import ParserCreate

from volunteer_cli.intake.tables import Range

#: What stands in the file of a workbook that has merged cells.
SPANNED = b"-spanned="
SPACE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
TABLE, ROW, CELL, COVERED = (
    SPACE + name for name in ("table", "table-row", "table-cell", "covered-table-cell")
)


def merged_ranges(content: Iterable[bytes], sheet: str) -> list[Range]:
    """The merged ranges of the sheet of that name in a content.xml; raises ExpatError where it is no XML."""
    reader = _Ranges(sheet)
    # Element by element: the whole tree of a sheet of a million cells would fill the memory.
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    for block in content:
        parser.Parse(block)
    parser.Parse(b"", True)
    return reader.ranges


@dataclass
class _Ranges:
    """Counts rows and columns while the elements of a sheet go by."""

    sheet: str
    ranges: list[Range] = field(default_factory=list)
    wanted: bool = False
    row: int = 0
    repeated: int = 0
    column: int = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == TABLE:
            self.wanted = attributes.get(SPACE + "name") == self.sheet
            self.row = self.repeated = 0
        elif self.wanted and name == ROW:
            self.row, self.column = self.row + self.repeated, 0
            self.repeated = _number(attributes, "number-rows-repeated")
        elif self.wanted and name in (CELL, COVERED):
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        rows, columns = (_number(attributes, f"number-{part}-spanned") for part in ("rows", "columns"))
        if rows > 1 or columns > 1:
            end = (self.row + rows - 1, self.column + columns - 1)
            self.ranges.append(((self.row, self.column), end))
        self.column += _number(attributes, "number-columns-repeated")

    def end(self, name: str) -> None:
        if name == TABLE:
            self.wanted = False


def _number(attributes: dict[str, str], name: str) -> int:
    # OpenDocument 1.3, part 3: without the attribute a cell spans, and stands for, one.
    number = attributes.get(SPACE + name, "1")
    return int(number) if number.isdecimal() else 1
