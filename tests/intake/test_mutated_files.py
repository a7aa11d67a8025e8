"""Files that were damaged or made by an enemy never end in a bug of ours, and every row is accounted for."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from volunteering import Volunteer

ROWS = [
    ["姓名", "性别", "出生年月", "手机", "家庭住址"],
    *([f"样{chr(0x5000 + n)}", "男", "1965-03", f"1990000{n:04}", f"{n}号楼2单元{n}01"] for n in range(12)),
]
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
FORMS = ("csv", "xlsx", "ods", "json")
#: What is put into a file somewhere: signs that end cells and tags, numbers too large, what steers.
PIECES = (
    *(b"\0", b'"', b"'", b",", b"\n", b"<", b">", b"&#x110000;", b"]]>", b"{", b"[", b"\\ud800"),
    *(b"99999999999999999999", b"-1", b"1e999", b"\xff\xfe", "\u202e同上".encode(), b"=1+1", b"\x1b[2J"),
)


def csv() -> bytes:
    return "\n".join(map(",".join, ROWS)).encode()


def objects() -> bytes:
    head, *rows = ROWS
    return json.dumps([dict(zip(head, row, strict=True)) for row in rows], ensure_ascii=False).encode()


def xlsx() -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def ods() -> bytes:
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    spaces = " ".join(f'xmlns:{name}="{OFFICE}{name}:1.0"' for name in ("office", "table", "text"))
    xml = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="a">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OFFICE}manifest:1.0"/>')
        package.writestr("content.xml", xml)
    return content.getvalue()


WHOLE = {"csv": csv, "xlsx": xlsx, "ods": ods, "json": objects}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some of them cut out, turned or doubled, or with something put in between."""
    for _time in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        end = min(len(data), place + chance.randint(0, 40))
        piece = chance.choice(
            (b"", chance.choice(PIECES), data[place:end] * 2, bytes([chance.randrange(256)]))
        )
        data = data[:place] + piece + data[end:]
    return data


def mutated_package(data: bytes, chance: random.Random) -> bytes:
    """A package of which one part is changed, so that the change is read and not only the damage seen."""
    if chance.random() < 0.2:
        return mutated(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    chosen = chance.choice([name for name in parts if "sheet" in name.lower() or name == "content.xml"])
    parts[chosen] = mutated(parts[chosen], chance)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


def files(form: str, count: int) -> Iterator[bytes]:
    chance, whole = random.Random(f"{form}{count}"), WHOLE[form]()
    change = mutated_package if form in ("xlsx", "ods") else mutated
    for _number in range(count):
        yield change(whole, chance)


@pytest.mark.parametrize("form", FORMS)
def test_the_whole_file_is_read(volunteer: Volunteer, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"a.{form}"
    path.write_bytes(WHOLE[form]())
    told: Any = volunteer.ok("import", "people", path, "-n", "-f", "json").json
    assert told["rows"]["new"] == 12


@pytest.mark.parametrize("count", [10, pytest.param(1000, marks=pytest.mark.faults)])
@pytest.mark.parametrize("form", FORMS)
def test_mutated_files(volunteer: Volunteer, tmp_path: Path, form: str, count: int) -> None:
    path = tmp_path / f"a.{form}"
    for content in files(form, count):
        path.write_bytes(content)
        result = volunteer("import", "people", path, "-n", "-f", "json", "--on-error", "skip")
        assert result.code in (0, 1, 2, 4, 5), result.err
        if result.code in (0, 5):
            rows = result.json["rows"]
            assert rows["read"] == sum(value for name, value in rows.items() if name != "read")
