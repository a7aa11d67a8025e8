"""How large the rectangle of a sheet's cells is, asked before a workbook is read.

A file of two kilobytes can name one cell a million rows away; the reader lays out all up to it, and the
process dies. Spreadsheets spell cells in one way, which is counted fast; any other way XML allows goes
through a parser of XML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.parsers.expat import ParserCreate

#: Takes the rows and columns so far, and raises when they are too many.
Check = Callable[[int, int], None]

_REFERENCE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb'<row r="(\d{1,7})"')
_ENDS = (b" ", b"\t", b"\r", b"\n", b">", b"/")
#: What only XML that is spelled otherwise contains: entities, other encodings, prefixes. To look for
#: each of them is five times as fast as for a pattern of them all.
_ODD = (
    b"<!DOCTYPE",
    b"\0",
    *(b":" + tag + end for tag in (b"c", b"row") for end in _ENDS),
    *(b"<" + tag + end for tag in (b"c", b"row") for end in _ENDS[1:]),
)
_DIGITS = re.compile(r"([A-Za-z]+)(\d+)")


def _last_row(numbers: Iterable[bytes], references: Iterable[tuple[bytes, bytes]]) -> int:
    """The last row that is named: a row may leave out its own number and have cells that do not (ISO/IEC 29500)."""
    return max([0, *map(int, numbers), *(int(digits) for _letters, digits in references)])


def check_worksheet(blocks: Callable[[], Iterable[bytes]], check: Check) -> None:
    """Check the extent of a worksheet of XLSX; what is no worksheet has none."""
    rows = columns = 0
    for chunk in _whole_tags(blocks()):
        references, numbers = _REFERENCE.findall(chunk), _ROW.findall(chunk)
        if _is_odd(chunk, len(references), len(numbers)):
            _check_parsed(blocks(), _Worksheet(check))
            return
        rows = max(rows, _last_row(numbers, references))
        columns = max(columns, *map(_column, {letters for letters, _digits in references}), 0)
        check(rows, columns)


def _is_odd(chunk: bytes, references: int, numbers: int) -> bool:
    """Whether there is a cell or a row that was not counted."""
    counted = references == chunk.count(b"<c ") and numbers == chunk.count(b"<row ")
    return not counted or any(sign in chunk for sign in _ODD)


def check_open_document(blocks: Iterable[bytes], check: Check) -> None:
    """Check the extent of the tables of an ODS, where one cell can stand for many."""
    _check_parsed(blocks, _OpenDocument(check))


#: Records of a binary workbook (MS-XLSB 2.3.2): where the cells of a sheet begin and end, a row, and the kinds of cells.
_CELLS_BEGIN, _CELLS_END, _ROW_HEADER = 145, 146, 0
_CELL_KINDS = range(1, 12)


def check_binary_sheet(blocks: Iterable[bytes], check: Check) -> None:
    """Check the extent of a worksheet of XLSB; what is no worksheet has none."""
    inside = False
    row = rows = columns = 0
    for kind, place in _records(blocks):
        if kind in (_CELLS_BEGIN, _CELLS_END):
            inside = kind == _CELLS_BEGIN
        elif inside and kind == _ROW_HEADER:
            row = place
        elif inside and kind in _CELL_KINDS:
            rows, columns = max(rows, row + 1), max(columns, place + 1)
            check(rows, columns)


def _records(blocks: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    """The kinds of the records, each with the number that its content begins with."""
    stream = _Stream(blocks)
    while (kind := stream.number(2)) is not None and (size := stream.number(4)) is not None:
        first = stream.take(min(size, 4))
        stream.skip(size - len(first))
        yield kind, int.from_bytes(first, "little")


class _Stream:
    """Bytes that come in blocks, of which what was read is forgotten."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._block, self._place = b"", 0

    def take(self, count: int) -> bytes:
        """The next bytes, fewer where the stream ends."""
        parts = b""
        while len(parts) < count and self._fill():
            part = self._block[self._place : self._place + count - len(parts)]
            self._place += len(part)
            parts += part
        return parts

    def skip(self, count: int) -> None:
        """Pass over so many bytes."""
        while count > 0 and self._fill():
            passed = min(count, len(self._block) - self._place)
            self._place += passed
            count -= passed

    def number(self, longest: int) -> int | None:
        """A number of which each byte has seven bits, the lowest first; None at the end."""
        value = 0
        for place in range(longest):
            byte = self.take(1)
            if not byte:
                return None
            value |= (byte[0] & 0x7F) << (7 * place)
            if byte[0] < 0x80:
                break
        return value

    def _fill(self) -> bool:
        while self._place >= len(self._block):
            block = next(self._blocks, None)
            if block is None:
                return False
            self._block, self._place = block, 0
        return True


def _whole_tags(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks, cut where a tag ends, so that none is seen in halves."""
    rest = b""
    for block in blocks:
        whole, end, rest = (rest + block).rpartition(b">")
        yield whole + end
    yield rest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_parsed(blocks: Iterable[bytes], handler: _Worksheet | _OpenDocument) -> None:
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.EntityDeclHandler = _refuse_entity
    for block in blocks:
        parser.Parse(block)
    parser.Parse(b"", True)


def _refuse_entity(*_declaration: Any) -> None:
    raise ValueError("ENTITY")


class _Worksheet:
    """Follows rows and cells; one without a reference stands behind the one before it."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self._rows = self._columns = self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Go on to the row or cell."""
        kind = name.rpartition(" ")[2]
        reference = attributes.get("r", "").strip()
        if kind == "row":
            self._row = int(reference) if reference.isdecimal() else self._row + 1
            self._column = 0
        elif kind == "c":
            self._go_to(reference)
        self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
        self._check(self._rows, self._columns)

    def _go_to(self, reference: str) -> None:
        self._column += 1
        if match := _DIGITS.fullmatch(reference.replace("$", "")):
            self._row, self._column = int(match[2]), _column(match[1].encode())

    def end(self, _name: str) -> None:
        """Nothing: all is said where a cell begins."""


class _OpenDocument:
    """Follows tables; repeated rows and cells count only up to the last one that holds something."""

    def __init__(self, check: Check) -> None:
        self._check = check
        self._rows = self._columns = 0
        self._row_repeats = self._cell_repeats = 1
        self._passed_rows = self._passed_cells = self._last_cell = 0
        self._filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a table, a row or a cell."""
        kind = name.rpartition(" ")[2]
        values = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if kind == "table":
            self._rows = self._columns = self._passed_rows = 0
        elif kind == "table-row":
            self._row_repeats = _repeats(values.get("number-rows-repeated"))
            self._passed_cells = self._last_cell = 0
        elif kind in ("table-cell", "covered-table-cell"):
            self._cell_repeats = _repeats(values.get("number-columns-repeated"))
            self._filled = not {"value-type", "formula"}.isdisjoint(values)
        else:
            self._filled = True

    def end(self, name: str) -> None:
        """End a cell or a row, and check what they come to."""
        kind = name.rpartition(" ")[2]
        if kind in ("table-cell", "covered-table-cell"):
            self._passed_cells += self._cell_repeats
            self._last_cell = self._passed_cells if self._filled else self._last_cell
            self._filled = False
        elif kind == "table-row":
            self._passed_rows += self._row_repeats
            if self._last_cell:
                self._rows, self._columns = self._passed_rows, max(self._columns, self._last_cell)
                self._check(self._rows, self._columns)


def _repeats(text: str | None) -> int:
    return int(text) if text and text.strip().isdecimal() else 1
