"""What a sheet's layout needs that no text file shows: formulas, sheets of a workbook, values that count once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from intake.sheets import csv_file, xlsx_file


def test_a_formula_without_a_value_is_no_blank(volunteer: Any, tmp_path: Path) -> None:
    volunteer.ok("person", "add", "赵一凡")
    rows = [["姓名", "日期", "时长", "服务内容"], ["赵一凡", "2024-03-05", 2, "=A2"]]
    file = xlsx_file(tmp_path / "a.xlsx", rows)
    result = volunteer.refused("rows_rejected", "import", "hours", file)
    assert "not_calculated" in result.err
    # Where nobody asks for the column, it does no harm.
    file = xlsx_file(
        tmp_path / "b.xlsx", [["姓名", "日期", "时长", "折算"], ["赵一凡", "2024-03-05", 2, "=C2*2"]]
    )
    assert volunteer.ok("import", "hours", file, "-f", "json").json["rows"]["new"] == 1


@pytest.mark.parametrize("word", ["#REF!", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_a_formula_that_failed_is_no_value(volunteer: Any, tmp_path: Path, word: str) -> None:
    file = csv_file(tmp_path / "a.csv", [["姓名", "备注"], ["赵一凡", word]])
    assert "not_calculated" in volunteer.refused("rows_rejected", "import", "people", file).err


@pytest.mark.parametrize(
    "rows",
    [
        [["日期", "捐赠人", "捐赠物资", "估价"], ["2024-01-05", "周六顺", "棉衣3件、书籍5套", "300"]],
        [["日期", "捐赠人", "棉衣（件）", "书籍（套）", "估价"], ["2024-01-05", "周六顺", "3", "5", "300"]],
    ],
)
def test_what_a_row_is_worth_counts_once(volunteer: Any, tmp_path: Path, rows: Any) -> None:
    volunteer.ok("drive", "add", "暖冬", "--code", "winter", "--start", "2024-01-01")
    file = csv_file(tmp_path / "a.csv", rows)
    volunteer.ok("import", "donations", file, "--drive", "winter", "--create-donors")
    (slip,) = {row["slip"] for row in volunteer.rows("drive", "slips", "winter")}
    assert "300" in volunteer.ok("drive", "slip", slip, "-f", "json").out


@pytest.mark.parametrize("merge", [(), ("A3:C3",), ("A3:D3",)])
def test_a_section_that_nobody_knows_is_refused_merged_or_not(
    volunteer: Any, tmp_path: Path, merge: Any
) -> None:
    rows = [
        ["姓名", "电话", "住址", "备注"],
        ["赵一凡", "19900010001", "3号楼"],
        ["党员先锋岗"],
        ["钱二宝", "19900010002"],
    ]
    file = xlsx_file(tmp_path / "a.xlsx", rows, merge=merge)
    result = volunteer.refused("unknown_section", "import", "people", file)
    assert "党员先锋岗" in result.err
    # At the end of the sheet nothing follows that it could say anything of.
    file = xlsx_file(tmp_path / "b.xlsx", rows[:3], merge=merge)
    assert volunteer.ok("import", "people", file, "-f", "json").json["rows"]["new"] == 1


HEAD: list[Any] = ["姓名", "日期", "时长"]


def workbook(path: Path, sheets: dict[str, Any]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def office(volunteer: Any) -> Any:
    for name in ("赵一凡", "钱二宝"):
        volunteer.ok("person", "add", name)
    volunteer.ok("team", "add", "绿队")
    volunteer.ok("team", "add", "红队")
    return volunteer


def hours_of(office: Any, fields: str = "person,date,minutes") -> list[str]:
    lines: list[str] = office.ok("hours", "list", "--fields", fields, "-f", "csv", "--no-header").out.split()
    return sorted(lines)


def test_all_sheets_of_one_shape_without_the_totals(office: Any, tmp_path: Path) -> None:
    sheets = {
        "1月": [["2024年1月"], HEAD, ["赵一凡", "2024-01-05", 2], ["合计", None, 2]],
        "2月": [HEAD, ["赵一凡", "2024-02-05", 3], ["钱二宝", "2024-02-06", 1]],
        "汇总": [["姓名", "时长"], ["赵一凡", 5], ["钱二宝", 1]],
        "填表说明": [["姓名必须填写"], ["时长以小时计"]],
    }
    file = workbook(tmp_path / "a.xlsx", sheets)
    assert "which_sheet" in office("import", "hours", file).err
    result = office.ok("import", "hours", file, "--sheet", "all")
    assert "Sheets left out: 汇总, 填表说明" in result.err
    assert hours_of(office) == ["赵一凡,2024-01-05,120", "赵一凡,2024-02-05,180", "钱二宝,2024-02-06,60"]
    again = office.ok("import", "hours", file, "--sheet", "all", "-f", "json").json
    assert (again["rows"]["same"], again["rows"]["new"], again["sheet"]) == (3, 0, "1月, 2月")


def test_days_of_the_month_take_the_month_from_the_name_of_the_sheet(office: Any, tmp_path: Path) -> None:
    sheets = {f"{month}月": [["姓名", "1", "2", "3"], ["赵一凡", None, month, None]] for month in (1, 2)}
    file = workbook(tmp_path / "a.xlsx", sheets)
    office.ok("import", "hours", file, "--sheet", "all", "--year", "2024")
    assert hours_of(office) == ["赵一凡,2024-01-02,60", "赵一凡,2024-02-02,120"]


def test_the_name_of_a_sheet_is_a_team_a_day_or_what_a_map_says(office: Any, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "a.xlsx",
        {"绿队": [HEAD, ["赵一凡", "2024-01-05", 2]], "红队": [HEAD, ["钱二宝", "2024-01-05", 2]]},
    )
    office.ok("import", "hours", file, "--sheet", "all")
    assert hours_of(office, "person,team") == ["赵一凡,绿队", "钱二宝,红队"]
    days = {day: [["姓名", "时长"], ["赵一凡", 2]] for day in ("3月5日", "3月6日")}
    office.ok("import", "hours", workbook(tmp_path / "b.xlsx", days), "--sheet", "all", "--year", "2024")
    assert "赵一凡,2024-03-06,120" in hours_of(office)
    (tmp_path / "map.toml").write_text('sheet_name = "work"\n', encoding="utf-8")
    works = {
        work: [HEAD, ["赵一凡", day, 1]] for work, day in {"清扫": "2024-05-01", "巡逻": "2024-05-02"}.items()
    }
    file = workbook(tmp_path / "c.xlsx", works)
    office.ok("import", "hours", file, "--sheet", "all", "--map", tmp_path / "map.toml")
    assert "2024-05-02,巡逻" in hours_of(office, "date,work")


def test_members_of_a_sheet_a_team(office: Any, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "a.xlsx",
        {"绿队": [["姓名", "职务"], ["赵一凡", "队员"]], "红队": [["姓名", "职务"], ["钱二宝", "队员"]]},
    )
    office.ok("import", "members", file, "--sheet", "all")
    assert "赵一凡" in office.ok("team", "members", "绿队", "-f", "csv").out


def test_buildings_by_the_names_of_sheets(office: Any, tmp_path: Path) -> None:
    head = ["姓名", "电话"]
    file = workbook(
        tmp_path / "a.xlsx",
        {"3号楼": [head, ["周六顺", "19900010001"]], "4号楼": [head, ["吴七喜", "19900010002"]]},
    )
    office.ok("import", "people", file, "--sheet", "all")
    assert "吴七喜,4" in office.ok("person", "list", "--fields", "name,building", "-f", "csv").out


def test_sheets_of_other_shapes_and_the_same_rows_twice_are_refused(office: Any, tmp_path: Path) -> None:
    other = {"1月": [HEAD, ["赵一凡", "2024-01-05", 2]], "2月": [["姓名", "时长"], ["赵一凡", 3]]}
    before = office.dump()
    refused = office.refused(
        "other_shape", "import", "hours", workbook(tmp_path / "a.xlsx", other), "--sheet", "all"
    )
    assert "1月" in refused.err
    assert "2月" in refused.err
    twice = {"1月": [HEAD, ["赵一凡", "2024-01-05", 2]], "全部": [HEAD, ["赵一凡", "2024-01-05", 2]]}
    file = workbook(tmp_path / "b.xlsx", twice)
    result = office.refused("rows_rejected", "import", "hours", file, "--sheet", "all")
    assert "Sheet 全部: The same as row 2" in result.err
    office.refused("usage", "import", "hours", file, "--sheet", "all", "--rejects", tmp_path / "x.csv")
    assert office.dump() == before


def test_a_text_file_or_a_sheet_called_all_is_read_as_ever(office: Any, tmp_path: Path) -> None:
    rows = [HEAD, ["赵一凡", "2024-01-05", 2]]
    office.ok("import", "hours", csv_file(tmp_path / "a.csv", rows), "--sheet", "all")
    book = workbook(
        tmp_path / "b.xlsx",
        {"all": [HEAD, ["钱二宝", "2024-01-05", 2]], "旧": [HEAD, ["钱二宝", "2024-01-06", 2]]},
    )
    office.ok("import", "hours", book, "--sheet", "all")
    assert hours_of(office) == ["赵一凡,2024-01-05,120", "钱二宝,2024-01-05,120"]
