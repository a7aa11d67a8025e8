"""A workbook of two kilobytes with a cell far away is refused, however XML spells it."""

from __future__ import annotations

import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.intake.extents import check_open_document, check_worksheet

FAR = "ZZ1048576"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = "</sheetData></worksheet>"
SPELLINGS = {
    "as spreadsheets do": f'<row r="1048576"><c r="{FAR}"><v>1</v></c></row>',
    "single quotes": f"<row r='1048576'><c r='{FAR}'><v>1</v></c></row>",
    "spaces": f'<row r="1048576"><c r = "{FAR}"><v>1</v></c></row>',
    "another attribute first": f'<row r="1048576"><c s="1" r="{FAR}"><v>1</v></c></row>',
    "a line break": f'<row r="1048576"><c\nr="{FAR}"><v>1</v></c></row>',
    "a character by its number": '<row r="1048576"><c r="&#90;Z1048576"><v>1</v></c></row>',
    "small letters": f'<row r="1048576"><c r="{FAR.lower()}"><v>1</v></c></row>',
    "rows only": '<row r="1048576">' + "<c><v>1</v></c>" * 700 + "</row>",
}


def altered(
    path: Path, rows: str, *, encoding: str = "utf-8", name: str = "xl/worksheets/sheet1.xml"
) -> Path:
    """A workbook whose one sheet has other rows, in another encoding or place."""
    book = Workbook()
    book.active["A1"] = "姓名"
    book.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {entry: package.read(entry) for entry in package.namelist()}
    del parts["xl/worksheets/sheet1.xml"]
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{HEAD}<row r="1"><c r="A1"><v>1</v></c></row>{rows}{FOOT}'
    parts[name] = xml.encode(encoding)
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = parts[relations].replace(b"xl/worksheets/sheet1.xml", name.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, content in parts.items():
            package.writestr(entry, content)
    return path


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_far_cells_in_every_spelling(volunteer: Any, tmp_path: Path, spelling: str) -> None:
    path = altered(tmp_path / "a.xlsx", SPELLINGS[spelling])
    volunteer.refused("too_large", "import", "people", path)


def test_far_cells_in_another_encoding_and_another_place(volunteer: Any, tmp_path: Path) -> None:
    rows = SPELLINGS["as spreadsheets do"]
    for path in (
        altered(tmp_path / "a.xlsx", rows, encoding="utf-16"),
        altered(tmp_path / "b.xlsx", rows, name="xl/other/one.xml"),
    ):
        volunteer.refused("too_large", "import", "people", path)


def test_entities_are_refused(volunteer: Any, tmp_path: Path) -> None:
    path = altered(tmp_path / "a.xlsx", '<row r="2"><c r="A2"><v>1</v></c></row>')
    with zipfile.ZipFile(path) as package:
        parts = {entry: package.read(entry) for entry in package.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"<worksheet", b'<!DOCTYPE worksheet [<!ENTITY z "ZZ1048576">]><worksheet', 1
    )
    with zipfile.ZipFile(path, "w") as package:
        for entry, content in parts.items():
            package.writestr(entry, content)
    volunteer.refused("unreadable_file", "import", "people", path)


def largest(rows: int, columns: int) -> None:
    if rows * columns > 30_000_000:
        raise VolunteerError


TABLE = (
    '<x xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><table:table>{}</table:table></x>'
)
EMPTY = '<table:table-cell table:number-columns-repeated="16384"/>'
FULL = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{}"/>'
ROW = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'


@pytest.mark.parametrize(
    ("rows", "fits"),
    [
        (ROW.format(1, FULL.format(3)) + ROW.format(1048575, EMPTY), True),
        (ROW.format(1048576, FULL.format(16384)), False),
        (ROW.format(1048576, FULL.format("16384").replace('"', "'")), False),
        (ROW.format(1048575, EMPTY) + ROW.format(1, FULL.format(100)), False),
        (ROW.format(1, FULL.format(2) + EMPTY) + ROW.format(3, FULL.format(2)), True),
        (
            ROW.format(
                1048576, "<table:table-cell table:number-columns-repeated='100'><p>x</p></table:table-cell>"
            ),
            False,
        ),
        (ROW.format(1048576, FULL.format("&#49;6384")), False),
    ],
)
def test_repeated_cells_of_open_documents(rows: str, fits: bool) -> None:
    document = TABLE.format(rows).encode()
    if fits:
        check_open_document([document], largest)
    else:
        with pytest.raises(VolunteerError):
            check_open_document([document], largest)


def test_a_cell_on_the_edge_of_two_blocks_is_seen() -> None:
    sheet = f'{HEAD}<row r="1"><c r="{FAR}"><v>1</v></c></row>{FOOT}'.encode()
    for place in range(len(sheet)):
        halves = sheet[:place], sheet[place:]
        with pytest.raises(VolunteerError):
            check_worksheet(partial(iter, halves), largest)
