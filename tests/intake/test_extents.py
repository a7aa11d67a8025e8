"""A workbook of two kilobytes with a cell far away is refused, however XML spells it."""

from __future__ import annotations

import zipfile
from functools import partial
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from openpyxl import Workbook

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.intake.extents import check_binary_sheet, check_open_document, check_worksheet

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


def _length(number: int) -> bytes:
    """A number of an XLSB: seven bits a byte, the lowest first (MS-XLSB 2.1.4)."""
    rest = number >> 7
    return bytes([number & 0x7F | 0x80]) + _length(rest) if rest else bytes([number])


def _record(kind: int, body: bytes = b"") -> bytes:
    return _length(kind) + _length(len(body)) + body


def _wide(text: str) -> bytes:
    return pack("<I", len(text)) + text.encode("utf-16-le")


def binary(
    path: Path, *cells: tuple[int, int, str], part: str = "sheet1.bin", size: int = 0, before: bytes = b""
) -> Path:
    """An XLSB with cells of one sheet, each in a row of its own, written record by record."""
    rows = [
        _record(0, pack("<IIHHB", row, 0, 300, 0, 0)) + _record(6, pack("<II", column, 0) + _wide(text))
        for row, column, text in cells
    ]
    extent = _record(148, pack("<IIII", 0, size, 0, size))
    sheet = _record(129) + before + extent + _record(145) + b"".join(rows) + _record(146) + _record(130)
    named = _record(156, pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet1"))
    book = b"".join(map(_record, (131, 143))) + named + b"".join(map(_record, (144, 132)))
    office = "http://schemas.openxmlformats.org"
    relation = f'<Relationship Id="rId1" Type="{office}/officeDocument/2006/relationships/worksheet"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.bin", book)
        package.writestr(f"xl/worksheets/{part}", sheet)
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{office}/package/2006/relationships">{relation} Target="worksheets/{part}"/>'
            "</Relationships>",
        )
    return path


@pytest.mark.parametrize(
    ("cells", "options"),
    [
        (((1048575, 600, "x"),), {}),
        (((0, 0, "姓名"), (1048575, 100, "x")), {"part": "sheet1.xml"}),
        (((0, 0, "姓名"), (1048575, 100, "x")), {"part": "anything"}),
        (((0, 3_000_000_000, "x"),), {}),
        (((4_000_000_000, 0, "x"),), {}),
        (((0, 0, "姓名"), (5, 16383, "x")), {}),
        (((1048575, 600, "x"),), {"before": _record(2071, b"x" * 70_000)}),
    ],
)
def test_far_cells_of_a_binary_workbook(
    volunteer: Any, tmp_path: Path, cells: tuple[tuple[int, int, str], ...], options: dict[str, Any]
) -> None:
    path = binary(tmp_path / "a.xlsb", *cells, **options)
    assert path.stat().st_size < 3000
    volunteer.refused("too_large", "import", "people", path)
    volunteer.refused("too_large", "import", "guess", path)


@pytest.mark.parametrize("size", [0, 4_000_000_000])
def test_a_binary_workbook_is_read(volunteer: Any, tmp_path: Path, size: int) -> None:
    path = binary(tmp_path / "a.xlsb", (0, 0, "姓名"), (1, 0, "赵一凡"), (2, 0, "钱二宝"), size=size)
    assert volunteer.ok("import", "people", path, "-f", "json").json["rows"]["new"] == 2


@pytest.mark.parametrize("length", [0, 1, 2, 3, 7, 30])
def test_a_binary_sheet_that_breaks_off(length: int) -> None:
    record = _record(145) + _record(0, pack("<IIHHB", 4, 0, 300, 0, 0)) + _record(6, pack("<II", 9, 0))
    extents: list[tuple[int, int]] = []
    check_binary_sheet([record[:length]], lambda rows, columns: extents.append((rows, columns)))
    assert extents == ([(5, 10)] if length >= 30 else [])


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
