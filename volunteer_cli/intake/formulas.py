"""Formulas of a worksheet (XLSX) that were never calculated: programs that write workbooks leave that to Excel.

A reader gets nothing of such a cell. It must not pass for a blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from xml.parsers.expat import ParserCreate
from zipfile import ZipFile

from volunteer_cli.intake.cells import UNCALCULATED
from volunteer_cli.intake.tables import Raw

Blocks = Callable[[Any], Iterable[bytes]]
#: ECMA-376, part 1, 18.3.1.40: a formula stands in an element `f` of its cell, its value in `v` beside it.
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
REFERENCE = re.compile(r"([A-Z]+)(\d+)")


def uncalculated(package: ZipFile, sheet: str, blocks: Blocks) -> set[tuple[int, int]]:
    """Row and column, from 0, of the cells of a sheet whose formula has no value."""
    entry = package.NameToInfo.get(_part_of(package, sheet, blocks))
    if entry is None or not any(FORMULA.search(block) for block in blocks(entry)):
        return set()
    reader = _Cells()
    _parse(blocks(entry), reader)
    return reader.places


def marked(rows: Iterable[Raw], places: set[tuple[int, int]]) -> Iterable[Raw]:
    """The rows with a mark in these cells, which no parser takes for a value."""
    by_row: dict[int, list[int]] = {}
    for row, column in places:
        by_row.setdefault(row, []).append(column)
    for number, cells in enumerate(rows):
        for column in by_row.get(number, ()):
            # A row may end before the cell, which is empty to the reader.
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = UNCALCULATED
        yield cells


def _part_of(package: ZipFile, sheet: str, blocks: Blocks) -> str:
    """The part of the package that holds a sheet, by the workbook and its relationships."""
    sheets = _elements("sheet", package, "xl/workbook.xml", blocks)
    parts = _elements("Relationship", package, "xl/_rels/workbook.xml.rels", blocks)
    key = next((each.get("id") for each in sheets if each.get("name") == sheet), None)
    target = next((each["Target"] for each in parts if each.get("Id") == key), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _elements(kind: str, package: ZipFile, part: str, blocks: Blocks) -> list[dict[str, str]]:
    """The attributes of all elements of a kind in a part of the package; none where it has no such part."""
    elements = _Elements(kind)
    if entry := package.NameToInfo.get(part):
        _parse(blocks(entry), elements)
    return elements.attributes


def _parse(blocks: Iterable[bytes], reader: _Elements | _Cells) -> None:
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    for block in blocks:
        parser.Parse(block)
    parser.Parse(b"", True)


class _Elements:
    """Gathers the attributes of all elements of a kind, without the prefixes of their names."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.attributes: list[dict[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep the attributes of an element."""
        if name.rpartition(" ")[2] == self.kind:
            self.attributes.append({key.rpartition(" ")[2]: value for key, value in attributes.items()})

    def end(self, _name: str) -> None:
        """Nothing: all is said where an element begins."""

    def data(self, _text: str) -> None:
        """Nothing: what is asked for stands in attributes."""


class _Cells:
    """Follows cells with a formula, and notes those without a value."""

    def __init__(self) -> None:
        self.places: set[tuple[int, int]] = set()
        self._reference = ""
        self._has_formula = self._has_value = self._in_value = self._is_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a cell, its formula or its value."""
        kind = name.rpartition(" ")[2]
        if kind == "c":
            self._reference = attributes.get("r", "")
            self._has_formula = self._has_value = False
            # An empty text may be what a formula answered: =IF(A1="","",A1).
            self._is_text = attributes.get("t") == "str"
        elif kind == "f":
            self._has_formula = True
        elif kind in ("v", "t"):
            self._in_value = True

    def data(self, text: str) -> None:
        """Whatever stands in a value makes it one."""
        self._has_value = self._has_value or (self._in_value and bool(text))

    def end(self, name: str) -> None:
        """End a cell, and note it where its formula was never calculated."""
        kind = name.rpartition(" ")[2]
        if kind in ("v", "t"):
            self._in_value = False
        elif kind == "c":
            self._end_cell()

    def _end_cell(self) -> None:
        match = REFERENCE.fullmatch(self._reference.replace("$", "").upper())
        if match and self._has_formula and not (self._has_value or self._is_text):
            self.places.add((int(match[2]) - 1, _column(match[1])))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
