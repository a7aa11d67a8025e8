"""Files of every kind are read, and those that cannot be are refused in one sentence."""

from __future__ import annotations

import json
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from intake.sheets import csv_file, xlsx_file

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.intake import source as limits
from volunteer_cli.intake import texts as json_limits
from volunteer_cli.intake import workbooks
from volunteer_cli.intake.reading import tables
from volunteer_cli.intake.source import opened

MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
ROWS = [["姓名", "电话"], ["䶮小川", "19900001001"], ["阿依古丽·买买提", "1"]]


def read(path: Any, **options: Any) -> tuple[list[list[Any]], Any]:
    with opened(str(path)) as source:
        table = tables(source, **options)[0]
        return list(table.rows()), table


def refusal(path: Any, **options: Any) -> VolunteerError:
    with pytest.raises(VolunteerError) as caught:
        read(path, **options)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows, table = read(csv_file(tmp_path / "a.csv", ROWS, encoding=encoding, delimiter=delimiter))
    assert rows == ROWS
    assert table.encoding == encoding
    assert table.guessed == (encoding == "gb18030")


def test_the_separator_parts_the_headings_too(tmp_path: Path) -> None:
    rows = [["姓名", "电话", "备注"], ["李明", "1", "a,b,c,d,e"], ["王芳", "2", "f,g,h,i,j"]]
    assert read(csv_file(tmp_path / "a.csv", rows, delimiter=";"))[0] == rows
    rows = [["花名册"], ["姓名", "技能"], ["李明", "a;b;c"], ["王芳", "d;e;f"]]
    assert read(csv_file(tmp_path / "b.csv", rows))[0] == rows


def test_utf_16_of_either_byte_order(tmp_path: Path) -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        path = tmp_path / "unicode.txt"
        path.write_bytes(mark + "姓名\t电话\r\n李明\t1\r\n".encode(encoding))
        assert read(path)[0] == [["姓名", "电话"], ["李明", "1"]]


def test_an_encoding_that_was_named(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [["姓名", "電話"], ["陳小明", "1"]], encoding="big5")
    assert read(path, encoding="big5")[0][1] == ["陳小明", "1"]
    assert "not encoded as utf-8:" in str(refusal(path, encoding="utf-8"))
    assert refusal(path, encoding="klingon").code == "bad_encoding"
    assert refusal(path, encoding="base64").code == "bad_encoding"


def test_bytes_that_are_no_text_in_any_encoding_we_try(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n\xff\xff\xff,1\n")
    assert refusal(path).code == "unknown_encoding"


@pytest.mark.parametrize(
    "text",
    ["<html><body><table>", "\r\n<!DOCTYPE html>", '<?xml version="1.0"?><Workbook>', "<table border=1>"],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_web_page_under_the_name_of_a_workbook(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(f"{text}<tr><td>姓名</td></tr>".encode(encoding))
    assert refusal(path).code == "unreadable_file"


def test_line_breaks_in_quotes_and_old_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('"姓\n名",电话\r"李, 明",1\r\n'.encode())
    assert read(path)[0] == [["姓\n名", "电话"], ["李, 明", "1"]]


def test_workbook_cells_keep_their_kind_and_place(tmp_path: Path) -> None:
    rows, table = read(
        xlsx_file(tmp_path / "a.xlsx", [[], [None, "姓名"], [None, 1, True, 2.5]], merge=("B2:C2",))
    )
    assert rows == [[None, "", "", ""], [None, "姓名", "", ""], [None, 1.0, "TRUE", 2.5]]
    assert (table.sheet, table.merged) == ("Sheet1", [((1, 1), (1, 2))])


def ods_file(path: Path, **sheets: str) -> Path:
    """An OpenDocument file of sheets with these rows, written as XML."""
    tables = "".join(
        f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items()
    )
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", MANIFEST)
        package.writestr("content.xml", content)
    return path


def ods_cell(text: str, **attributes: int) -> str:
    said = "".join(f' table:number-{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<table:table-cell office:value-type="string"{said}><text:p>{text}</text:p></table:table-cell>'


def test_xls_and_ods_are_told_by_content(tmp_path: Path) -> None:
    rows, table = read(
        ods_file(tmp_path / "roster.xlsx", 名册=f"<table:table-row>{ods_cell('姓名')}</table:table-row>")
    )
    assert (rows, table.sheet) == ([["姓名"]], "名册")


def test_merged_cells_of_an_opendocument_file(tmp_path: Path) -> None:
    title = ods_cell("表", columns_spanned=9)
    rows = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        + ods_cell("甲队", rows_spanned=3, columns_spanned=2)
        + f"<table:covered-table-cell/>{ods_cell('李明')}</table:table-row>"
    )
    path = ods_file(tmp_path / "a.ods", 别的=f"<table:table-row>{title}</table:table-row>", 名册=rows)
    cells, table = read(path, sheet="名册")
    assert cells[2][2:] == ["甲队", "", "李明"]
    assert table.merged == [((2, 2), (4, 3))]


def test_hidden_and_empty_sheets_are_passed_over(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "空"
    book.create_sheet("草稿").append(["姓名"])
    book["草稿"].sheet_state = "hidden"
    book.create_sheet("名册").append(["姓名"])
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")[1].sheet == "名册"
    assert read(tmp_path / "a.xlsx", sheet="草稿")[1].sheet == "草稿"
    error = refusal(tmp_path / "a.xlsx", sheet="没有")
    assert (error.code, error.exit_code) == ("not_found", 4)
    assert "名册" in error.message


def test_a_long_cell_of_json(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"name": "a"}, {"name": "x" * 40_000}]), "utf-8")
    assert "row 2" in str(refusal(path))
    assert refusal(path).code == "too_large"


@pytest.mark.parametrize("lines", [False, True])
def test_json_as_our_own_lists_write_it(tmp_path: Path, lines: bool) -> None:
    records = [
        {"name": "李明", "skills": ["剪纸", "合唱"], "minutes": 90},
        {"name": "王芳", "note": None, "ok": True},
    ]
    path = tmp_path / "people.json"
    shown = [json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join(shown) if lines else f"[{','.join(shown)}]", encoding="utf-8")
    rows, table = read(path)
    assert rows == [
        ["name", "skills", "minutes", "note", "ok"],
        ["李明", "剪纸、合唱", "90", None, None],
        ["王芳", None, None, None, "TRUE"],
    ]
    assert table.headless


# --- faults ------------------------------------------------------------


def test_files_that_are_not_there_or_no_files(tmp_path: Path) -> None:
    missing = refusal(tmp_path / "none.csv")
    assert (missing.code, missing.exit_code) == ("not_found", 4)
    assert refusal(tmp_path).code == "unreadable_file"
    (tmp_path / "empty.csv").touch()
    assert refusal(tmp_path / "empty.csv").code == "empty_file"


@pytest.mark.parametrize("beginning", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"%PDF-1.7", b"GIF89a"])
def test_a_picture_named_xlsx(tmp_path: Path, beginning: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(beginning + bytes(100))
    assert refusal(tmp_path / "a.xlsx").code == "unreadable_file"


def test_zero_bytes_and_unclosed_quotes(tmp_path: Path) -> None:
    (tmp_path / "zero.csv").write_bytes("姓名\n李\0明\n".encode())
    assert refusal(tmp_path / "zero.csv").code == "unreadable_file"
    (tmp_path / "open.csv").write_text('姓名,电话\n"李明,1\n王芳,2\n', encoding="utf-8")
    assert "row 2" in str(refusal(tmp_path / "open.csv"))


def test_broken_json(tmp_path: Path) -> None:
    for text in ('[{"name": ', '[{"name": 1}, 2]', '{"name": 1}\n{"na'):
        (tmp_path / "a.json").write_text(text, encoding="utf-8")
        assert refusal(tmp_path / "a.json").code == "unreadable_file"


def test_a_workbook_cut_short_or_no_workbook(tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "a.xlsx", ROWS)
    path.write_bytes(path.read_bytes()[:-200])
    assert refusal(path).code == "unreadable_file"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "no workbook")
    assert refusal(path).code == "unreadable_file"


def test_a_password(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(limits.OLE + bytes(512) + workbooks.ENCRYPTED + bytes(512))
    assert refusal(path).code == "encrypted"


def test_a_zip_bomb_that_lies_about_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1 << 20)
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", bytes(3 << 20))
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<L", 3 << 20), struct.pack("<L", 10)))
    assert refusal(path).code == "too_large"


def test_a_stray_cell_far_away(tmp_path: Path) -> None:
    from openpyxl import Workbook

    for place in ("ABC1", "ZZ1048576"):
        book = Workbook()
        book.active["A1"], book.active[place] = "姓名", "x"
        book.save(tmp_path / "a.xlsx")
        assert refusal(tmp_path / "a.xlsx").code == "too_large"


def test_limits_of_size_rows_columns_and_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = csv_file(tmp_path / "a.csv", [["姓名"] * 703])
    assert refusal(path).code == "too_large"
    assert refusal(csv_file(path, [["姓名"], ["长" * 40_000]])).code == "too_large"
    monkeypatch.setattr(limits, "MAX_CELL", 100)
    assert refusal(xlsx_file(tmp_path / "a.xlsx", [["姓名"], ["长" * 101]])).code == "too_large"
    monkeypatch.setattr(limits, "MAX_ROWS", 2)
    assert refusal(csv_file(path, [["姓名"], ["1"], ["2"]])).code == "too_large"
    monkeypatch.setattr(json_limits, "MAX_JSON", 5)
    (tmp_path / "a.json").write_text('[{"姓名": "1"}]', encoding="utf-8")
    assert refusal(tmp_path / "a.json").code == "too_large"
    monkeypatch.setattr(limits, "MAX_FILE", 5)
    assert refusal(path).code == "too_large"


def test_a_file_that_vanishes_is_read_as_it_was(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ROWS)
    with opened(str(path)) as source:
        table = tables(source)[0]
        path.unlink()
        assert list(table.rows()) == ROWS


def test_a_disk_that_fails_while_the_file_is_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", ROWS)
    with pytest.raises(VolunteerError, match="unreadable_file"), opened(str(path)):
        raise OSError(5, "Input/output error")


def test_deflate_streams_that_are_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"x" * 5000)
    data = bytearray(path.read_bytes())
    packed = zlib.compress(b"x" * 5000)[2:-4]
    place = bytes(data).index(packed[:4])
    data[place : place + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(bytes(data))
    assert refusal(path).code == "unreadable_file"


def test_a_file_longer_than_what_is_looked_at_first(tmp_path: Path) -> None:
    rows = [["姓名", "电话"], *(["李明", str(number)] for number in range(20_000))]
    assert read(csv_file(tmp_path / "a.csv", rows))[0] == rows


def test_a_length_of_a_day_in_an_ods_is_a_length() -> None:
    from datetime import timedelta

    from volunteer_cli.intake.workbooks import _plain

    assert _plain("PT26H30M00S") == timedelta(hours=26, minutes=30)
    assert _plain("PT Garden") == "PT Garden"
