"""Every format, from the same three people: one whole, one unknown, one with control characters."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from volunteer_cli.core.masking import mask_digits
from volunteer_cli.core.run import run
from volunteer_cli.core.visible import harmless
from volunteer_cli.output import formats
from volunteer_cli.output.formats import CSV, FORMATS, IDS, JSON, NDJSON, TSV, XLSX, format_named, format_of
from volunteer_cli.output.options import OutputOptions
from volunteer_cli.output.render import show, show_list
from volunteer_cli.output.view import Column, Kind, View

from .views import PEOPLE, text_of, workbook_of, write


def listed(records: Iterable[Any], form: str, **options: Any) -> str:
    stream = io.StringIO()
    totals = options.pop("totals", False)
    show_list(
        PEOPLE, records, OutputOptions(format=format_named(form), **options), stream=stream, totals=totals
    )
    return stream.getvalue()


def shown(record: Any, form: str, **options: Any) -> str:
    stream = io.StringIO()
    show(PEOPLE, record, OutputOptions(format=format_named(form), **options), stream=stream)
    return stream.getvalue()


def test_table(people: list[Any]) -> None:
    assert listed(people, "table", totals=True) == (
        "   Id  Name                Phone        Room  Sex  Hours  Pieces  Registered\n"
        "-----  ------------------  -----------  ----  ---  -----  ------  ----------\n"
        "    1  李明                138****5678  *     man   1:30   ≥ 730  2025-03-05\n"
        "    2  =cmd|' /C calc'!A0                                     12\n"
        "    3  �[2J张�三 二\n"
        "-----  ------------------  -----------  ----  ---  -----  ------  ----------\n"
        "Total                                               1:30   ≥ 742\n"
    )


def test_table_of_one_record(people: list[Any]) -> None:
    assert shown(people[0], "table") == (
        "Field            Value\n"
        "---------------  ------------------\n"
        "Id               1\n"
        "Name             李明\n"
        "Phone            138****5678\n"
        "Identity number  1101**********002X\n"
        "Room             *\n"
        "Sex              man\n"
        "Hours            1:30\n"
        "Pieces           ≥ 730\n"
        "Skills           合唱, =1+1\n"
        "Active           yes\n"
        "Freight          12.50\n"
        "Share            12.5%\n"
        "Registered       2025-03-05\n"
        "Seen             2025-03-05 09:00\n"
        "\n"
        "Roster\n"
        "Person  Phone\n"
        "------  -----------\n"
        "王芳    139****0001\n"
    )


def test_table_leaves_out_blanks_unless_named(people: list[Any]) -> None:
    assert shown(people[1], "table").splitlines()[2:] == [
        "Id      2",
        "Name    =cmd|' /C calc'!A0",
        "Pieces  12",
    ]
    assert shown(people[1], "table", fields=("sex",)).splitlines()[2:] == ["Sex"]


def test_table_in_chinese(people: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "volunteer_cli.output.cells._", lambda text: {"man": "男", "yes": "是"}.get(text, text)
    )
    run().language = "zh"
    assert (
        listed(people[:1], "table", fields=("sex", "active", "skills"), header=False)
        == "男  是  合唱、=1+1\n"
    )


def test_table_without_rows_or_headings(people: list[Any]) -> None:
    assert listed([], "table", totals=True) == ""
    assert listed(people[:1], "table", fields=("id", "name"), header=False) == "1  李明\n"


def test_csv(people: list[Any]) -> None:
    assert listed(people, "csv") == (
        "id,name,phone,room,sex,minutes,pieces,registered_on\n"
        "1,李明,138****5678,*,male,90,730,2025-03-05\n"
        "2,'=cmd|' /C calc'!A0,,,,,12,\n"
        "3,�[2J张�三 二,,,,,,\n"
    )


def test_tsv(people: list[Any]) -> None:
    assert listed(people, "tsv", header=False) == (
        "1\t李明\t138****5678\t*\tmale\t90\t730\t2025-03-05\n"
        "2\t'=cmd|' /C calc'!A0\t\t\t\t\t12\t\n"
        "3\t�[2J张�三 二\t\t\t\t\t\t\n"
    )


def test_tsv_of_one_unknown_value(people: list[Any]) -> None:
    assert listed(people[1:2], "tsv", fields=("phone",)) == "phone\n\n"
    assert listed(people[1:2], "csv", fields=("phone",)) == 'phone\n""\n'


def test_csv_of_one_record_has_every_field(people: list[Any]) -> None:
    rows = list(csv.DictReader(io.StringIO(shown(people[0], "csv"))))
    assert rows == [
        {
            "id": "1",
            "name": "李明",
            "phone": "138****5678",
            "id_number": "1101**********002X",
            "room": "*",
            "sex": "male",
            "minutes": "90",
            "pieces": "730",
            "skills": "合唱; =1+1",
            "active": "true",
            "freight": "1250",
            "share": "0.125",
            "registered_on": "2025-03-05",
            "seen_at": "2025-03-05T09:00",
            "roster": "1",
        }
    ]


@pytest.mark.parametrize(
    ("text", "cell"), [("=1", "'=1"), ("+49", "'+49"), ("-x", "'-x"), ("@x", "'@x"), ("a=1", "a=1")]
)
def test_csv_and_tsv_guard_formulas(text: str, cell: str) -> None:
    view = View("notes", "Notes", (Column("note"),))
    for form in (CSV, TSV):
        options = OutputOptions(format=form, header=False)
        assert write(view, [{"note": text}], options) == f"{cell}\n"


def test_csv_leaves_negative_numbers_alone() -> None:
    view = View("notes", "Notes", (Column("left", kind=Kind.COUNT),))
    assert write(view, [{"left": -5}], OutputOptions(format=CSV, header=False)) == "-5\n"


def test_a_tab_before_a_formula_hides_nothing() -> None:
    view = View("notes", "Notes", (Column("note"),))
    assert write(view, [{"note": "\t=1"}], OutputOptions(format=CSV, header=False)) == " =1\n"


def test_json(people: list[Any]) -> None:
    text = listed(people, "json", fields=("id", "name", "pieces", "skills"))
    assert text == (
        "[\n"
        '{"id": 1, "name": "李明", "pieces": 730, "skills": ["合唱", "=1+1"]},\n'
        '{"id": 2, "name": "=cmd|\' /C calc\'!A0", "pieces": 12, "skills": null},\n'
        '{"id": 3, "name": "\\u001b[2J张\\u202e三\\t\\n二", "pieces": null, "skills": []}\n'
        "]\n"
    )
    assert json.loads(text)[2]["name"] == people[2].name


def test_json_of_a_list_has_every_field_but_nested_rows(people: list[Any]) -> None:
    (first, *_rest) = json.loads(listed(people, "json"))
    assert list(first) == [column.name for column in PEOPLE.columns if column.name != "roster"]


def test_json_of_one_record(people: list[Any]) -> None:
    assert json.loads(shown(people[0], "json")) == {
        "id": 1,
        "name": "李明",
        "phone": "138****5678",
        "id_number": "1101**********002X",
        "room": "*",
        "sex": "male",
        "minutes": 90,
        "pieces": 730,
        "skills": ["合唱", "=1+1"],
        "active": True,
        "freight": 1250,
        "share": 0.125,
        "registered_on": "2025-03-05",
        "seen_at": datetime(2025, 3, 5, 9).astimezone().isoformat(),
        "roster": [{"person": "王芳", "phone": "139****0001"}],
    }


def test_json_without_rows() -> None:
    assert listed([], "json") == "[]\n"
    assert listed([], "ndjson") == ""


def test_ndjson(people: list[Any]) -> None:
    lines = listed(people, "ndjson").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [1, 2, 3]


def test_ids(people: list[Any]) -> None:
    assert listed(people, "ids") == "1\n2\n3\n"
    assert shown(people[1], "ids") == "2\n"


def test_markdown(people: list[Any]) -> None:
    people[1].name = "a|b*<i>"
    assert listed(people[:2], "markdown", fields=("name", "minutes"), totals=True) == (
        "| Name         |    Hours |\n"
        "|:-------------|---------:|\n"
        "| 李明         |     1:30 |\n"
        "| a\\|b\\*&lt;i> |          |\n"
        "| **Total**    | **1:30** |\n"
    )


def test_markdown_of_one_record_ends_with_its_lists(people: list[Any]) -> None:
    assert shown(people[0], "markdown").endswith(
        "\n### Roster\n\n"
        "| Person | Phone           |\n"
        "|:-------|:----------------|\n"
        "| 王芳   | 139\\*\\*\\*\\*0001 |\n"
    )


def test_html(people: list[Any]) -> None:
    people[1].name = "<script>&"
    run().language = "zh"
    text = listed(people, "html", fields=("name", "minutes"), totals=True)
    assert '<html lang="zh-CN">' in text
    assert '<tr><td class="short">&lt;script&gt;&amp;</td>' in text
    assert '<tr><td class="short">李明</td><td class="number">1:30</td></tr>' in text
    assert "<tfoot>" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_page_of_one_record_is_called_after_it_and_has_no_ids(people: list[Any]) -> None:
    text = shown(people[0], "html")
    assert "<h1>People: 李明</h1>" in text
    assert ">Id<" not in text


def test_a_phone_shows_a_card_for_each_row(people: list[Any]) -> None:
    text = listed(people, "html", fields=("all",))
    assert '<table class="cards of-0">' in text
    assert 'td:nth-child(2)::before { content: "Name"; }' in text


def test_xlsx(people: list[Any]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(people, fields=("all",))))
    sheet = book["People"]
    title, headings, first, second, third = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert title[0] == "People"
    assert headings[:3] == ["Id", "Name", "Phone"]
    assert dict(zip(headings, first, strict=True)) == {
        "Id": 1,
        "Name": "李明",
        "Phone": "138****5678",
        "Identity number": "1101**********002X",
        "Room": "*",
        "Sex": "man",
        "Hours": timedelta(minutes=90),
        "Pieces": 730,
        "Skills": "合唱, =1+1",
        "Active": "yes",
        "Freight": 12.5,
        "Share": 0.125,
        "Registered": datetime(2025, 3, 5),
        "Seen": datetime(2025, 3, 5, 9, 0),
    }
    assert second[1] == "=cmd|' /C calc'!A0"
    assert sheet["B4"].data_type == "s"
    assert "\x1b" not in third[1]
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:N5"
    assert sheet["B3"].alignment.indent == 1, "a text keeps its distance from the number before it"
    assert sheet["A3"].alignment.indent == 0


def test_xlsx_of_one_record_has_a_sheet_for_each_list(people: list[Any]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(people[:1], single=True)))
    assert book.sheetnames == ["People", "Roster"]
    assert book["People"]["A1"].value == "People: 李明"
    assert [cell.value for cell in book["People"][3]] == ["Name", "李明"]
    assert [cell.value for cell in book["Roster"][2]] == ["王芳", "139****0001"]


def test_xlsx_refuses_more_rows_than_it_holds(people: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from volunteer_cli.output import xlsx
    from volunteer_cli.output.errors import TooManyRows

    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    with pytest.raises(TooManyRows):
        write(PEOPLE, people, OutputOptions(format=XLSX))


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("People", [], "People"),
        ("People", ["people"], "People 2"),
        ("a/b:c", [], "a b c"),
        ("History", [], "History 2"),
        ("", [], "2"),
    ],
)
def test_names_of_sheets(title: str, taken: list[Any], name: str) -> None:
    import xlsxwriter

    from volunteer_cli.output.xlsx import sheet_name

    book = xlsxwriter.Workbook(io.BytesIO())
    for other in taken:
        book.add_worksheet(other)
    assert sheet_name(title, book) == name


class Mood(Enum):
    GOOD = "good"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Mood.GOOD, "good"),
        (time(9, 0), "09:00"),
        (time(9, 0, 30), "09:00:30"),
        (datetime(2025, 3, 5, 9, 0, 1), datetime(2025, 3, 5, 9, 0, 1).astimezone().isoformat()),
        ({"a": (1, 2)}, {"a": [1, 2]}),
        ({"b", "a"}, ["a", "b"]),
        (Decimal(90), 90),
        (Decimal("1.5"), 1.5),
    ],
)
def test_json_values(value: Any, found: Any) -> None:
    view = View("things", "Things", (Column("thing", kind=Kind.JSON),))
    (record,) = json.loads(write(view, [{"thing": value}], OutputOptions(format=JSON)))
    assert record["thing"] == found


#: Any text but runs of digits, of which only the ends are quoted: see the tests of masking.
TEXT = st.text().filter(lambda text: mask_digits(text) == text)
TEXTS = st.lists(st.fixed_dictionaries({"name": TEXT, "note": TEXT, "count": st.none() | st.integers()}))
NOTES = View("notes", "Notes", (Column("name"), Column("note"), Column("count", kind=Kind.COUNT)))


@given(TEXTS)
def test_json_and_ndjson_bring_everything_back(records: Any) -> None:
    assert json.loads(write(NOTES, records, OutputOptions(format=JSON))) == records
    lines = text_of(NOTES, records, NDJSON).split("\n")[:-1]
    assert [json.loads(line) for line in lines] == records


@given(TEXTS)
def test_csv_brings_back_what_it_shows(records: Any) -> None:
    text = text_of(NOTES, records, CSV)
    for row, record in zip(csv.DictReader(io.StringIO(text, newline="")), records, strict=True):
        for name in ("name", "note"):
            unguarded = row[name][1:] if row[name][:2] in ("'=", "'+", "'-", "'@") else row[name]
            assert unguarded in (harmless(record[name]), harmless(record[name])[1:])
            assert not row[name].startswith(("=", "+", "-", "@"))
        assert row["count"] == ("" if record["count"] is None else str(record["count"]))


@given(TEXTS)
def test_tsv_has_a_line_a_record_and_a_cell_a_field(records: Any) -> None:
    lines = text_of(NOTES, records, TSV).split("\n")
    assert len(lines) == len(records) + 2
    assert all(line.count("\t") == 2 for line in lines[:-1])


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in (XLSX, IDS)])
@given(text=st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_nothing_steers_a_terminal(form: Any, text: Any) -> None:
    steering = {*map(chr, [*range(32), *range(0x7F, 0xA0)]), "\u202e", "\u2066", "\u2028"} - {"\n", "\t"}
    for single in (False, True):
        written = write(
            NOTES, [{"name": text, "note": "", "count": 1}], OutputOptions(format=form), single=single
        )
        assert isinstance(written, str)
        assert not steering & set(written)
        written.encode()


def test_endings_and_names_tell_one_format_each() -> None:
    endings = [ending for form in FORMATS for ending in form.endings]
    names = [form.name for form in FORMATS]
    assert len(set(endings)) == len(endings)
    assert len(set(names)) == len(names)
    assert all(format_named(name).name == name for name in names)
    assert all(ending in format_of(Path(f"people{ending}")).endings for ending in endings)


def test_a_new_format_is_a_module_and_a_line(monkeypatch: pytest.MonkeyPatch, people: list[Any]) -> None:
    room = ModuleType("volunteer_cli.output.counted")
    vars(room)["write_count"] = lambda rows, stream, _style: stream.write(f"{len(list(rows.values))} rows\n")
    monkeypatch.setitem(sys.modules, room.__name__, room)
    counted = formats.Format("count", ("counted", "write_count"), (".count",))
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, counted))
    assert write(PEOPLE, people, OutputOptions(format=format_named("count"))) == f"{len(people)} rows\n"
    assert format_of(Path("people.count")) is counted
