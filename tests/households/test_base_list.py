"""The sheet `households`: a base list with merged heads, relations, second families, vacant flats, counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer
from xlsxwriter import Workbook


@pytest.fixture
def base_list(tmp_path: Path) -> Path:
    """A title, headings on three levels, grid and building merged down, a head merged over the family."""
    path = tmp_path / "households_base.xlsx"
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("户主底册")
        sheet.merge_range("A1:J1", "样例社区户主姓名底册（2026年6月）")
        sheet.merge_range("A2:A4", "序号")
        sheet.merge_range("B2:E2", "住房")
        sheet.merge_range("B3:B4", "网格")
        sheet.merge_range("C3:E3", "门牌")
        sheet.write_row("C4", ["楼栋", "单元", "室"])
        sheet.merge_range("F2:J2", "家庭")
        sheet.merge_range("F3:F4", "户主")
        sheet.merge_range("G3:H3", "成员")
        sheet.write_row("G4", ["姓名", "与户主关系"])
        sheet.merge_range("I3:I4", "人口数")
        sheet.merge_range("J3:J4", "居住情况")
        sheet.merge_range("B5:B11", "07")
        sheet.merge_range("C5:C9", "3号楼")
        sheet.merge_range("C10:C11", "３栋")
        sheet.merge_range("F5:F7", "赵样一")
        sheet.merge_range("I5:I7", 4)
        rows = [
            (1, 2, "501", "赵样一", "户主", "自住"),
            (2, 2, "501", "钱样一", "配偶", ""),
            (3, 2, "501", "赵样二", "女儿", ""),
        ]
        for place, (number, unit, room, name, relation, use) in enumerate(rows, start=4):
            sheet.write(place, 0, number)
            sheet.write_row(place, 3, [unit, room])
            sheet.write_row(place, 6, [name, relation])
            sheet.write(place, 9, use)
        # A second family in the flat, a vacant one, a shop.
        sheet.write_row("A8", [4])
        sheet.write_row("D8", [2, "501", "孙样一", "孙样一", "户主", 1, "出租"])
        sheet.write_row("A9", [5])
        sheet.write_row("D9", [2, "502", "", "", "", "", "空户"])
        sheet.write_row("A10", [6])
        sheet.write_row("D10", [2, "101", "", "", "", "", "门面"])
        sheet.write_row("A11", [7])
        sheet.write_row("D11", [2, "601", "李样一", "李样一", "户主", 1, ""])
        sheet.write_row("A12", ["小计", "", "", "", "", "", "", "", 6])
        sheet.write_row("A13", ["填表人：样某"])
    return path


def shown(volunteer: Volunteer, text: str) -> Any:
    return volunteer.ok("household", "show", text, "-f", "json").json


def test_a_base_list_with_merged_heads(volunteer: Volunteer, base_list: Path) -> None:
    result = volunteer.ok("import", "households", base_list, "--create-people")
    assert "13 rows read, 7 new, 0 updated, 0 the same, 0 rejected, 6 skipped" in result.err
    family = shown(volunteer, "3-2-501")
    assert [(each["person"], each["relation"]) for each in family["people"]] == [
        ("赵样一", "head"),
        ("钱样一", "spouse"),
        ("赵样二", "child"),
    ]
    assert (family["head"], family["occupancy"], family["grid"], family["members"]) == (
        "赵样一",
        "owner",
        "07",
        3,
    )
    second = shown(volunteer, "3-2-501/2")
    assert (second["head"], second["occupancy"], second["ordinal"]) == ("孙样一", "tenant", 2)
    assert [shown(volunteer, f"3-2-{room}")["occupancy"] for room in (502, 101, 601)] == [
        "vacant",
        "not_dwelling",
        "unknown",
    ]
    assert "Not as many people as the sheet counts: BINHU-H00001 (4 ≠ 3)." in result.err
    assert {row["kind"] for row in volunteer.rows("report", "quality")} >= {"count_differs"}
    person = volunteer.ok("person", "show", "赵样二", "--reveal", "x", "-f", "json").json
    assert (person["building"], person["unit"], person["room"], person["grid"]) == ("3", "2", "501", "07")
    volunteer.ok("check")


def test_a_second_import_brings_nothing_new_and_one_undo_takes_it_back(
    volunteer: Volunteer, base_list: Path
) -> None:
    before = volunteer.dump()
    volunteer.ok("import", "households", base_list, "--create-people")
    after = volunteer.dump()
    rows = volunteer.ok("import", "households", base_list, "--create-people", "-f", "json").json["rows"]
    assert (rows["new"], rows["updated"], rows["same"], rows["rejected"]) == (0, 0, 7, 0)
    assert volunteer.dump() == after
    volunteer.ok("undo")
    assert volunteer.dump() == before


def test_a_list_in_gb18030_with_rooms_alone(volunteer: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "households_gb18030.csv"
    lines = [
        "3号楼2单元住户登记,,,,",
        "室,户主姓名,联系电话,家庭人口,备注",
        "501,赵样一,19900000001.0,2人,",
        "501,钱样一,19900000002.0,1,合住",
        "502,孙样一,19900000003.0,1,",
        "502,孙样一,19900000003.0,1,",
    ]
    path.write_bytes("\n".join(lines).encode("gb18030"))
    result = volunteer("import", "households", path, "--create-people", "--on-error", "skip", "-f", "json")
    assert result.code == 5
    summary = result.json
    assert (summary["rows"]["new"], summary["rows"]["rejected"]) == (3, 1)
    assert [each["reason"] for each in summary["rejected"]] == ["duplicate_in_file"]
    heads = [(row["head"], row["ordinal"]) for row in volunteer.rows("household", "list", "--building", "3")]
    assert heads == [("赵样一", 1), ("钱样一", 2), ("孙样一", 1)]
    assert (
        volunteer.ok("person", "show", "赵样一", "--reveal", "x", "-f", "json").json["phone"] == "19900000001"
    )


def test_who_is_not_on_file_is_added_only_when_asked_for(volunteer: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("住址,户主\n3-2-501,赵样一\n3－2－502,钱样一\n4栋,孙样一\n", encoding="utf-8")
    volunteer.ok("person", "add", "钱样一", "--address", "9-9-901")
    summary = volunteer("import", "households", path, "--on-error", "skip", "-f", "json").json
    reasons = [(each["row"], each["column"], each["reason"]) for each in summary["rejected"]]
    assert reasons == [(2, "户主", "not_found"), (3, "住址", "conflict"), (4, "住址", "missing_value")]
    assert volunteer.rows("household", "list") == []
    volunteer(
        "import", "households", path, "--create-people", "--on-conflict", "update", "--on-error", "skip"
    )
    assert [row["head"] for row in volunteer.rows("household", "list")] == ["赵样一", "钱样一"]


def test_a_list_meets_households_that_were_formed(formed: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "住址,户主,姓名,与户主关系,居住情况\n3-2-501,李明,李明,户主,自住\n3-2-501,李明,王芳,妻子,\n3-501,赵样一,赵样一,户主,出租\n",
        encoding="utf-8",
    )
    rows = formed.ok("import", "households", path, "-f", "json").json["rows"]
    assert (rows["new"], rows["updated"], rows["rejected"]) == (0, 3, 0)
    assert shown(formed, "3-2-501")["occupancy"] == "owner"
    assert shown(formed, "3-501")["head"] == "赵样一"
    assert formed.ok("import", "households", path, "-f", "json").json["rows"]["same"] == 3
    path.write_text("住址,居住情况\n3-2-501,出租\n", encoding="utf-8")
    assert formed("import", "households", path).code != 0
    path.write_text("住址,户主,居住情况\n3-2-501,李明,空户\n", encoding="utf-8")
    refused = formed("import", "households", path, "-f", "json").json["rejected"]
    assert (refused[0]["reason"], "[occupied]" in refused[0]["message"]) == ("refused", True)
