"""Sheets of donations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from drives.conftest import Winter
from volunteering import Volunteer

from volunteer_cli.drives.donors import is_organization

SAMPLES = Path(__file__).parents[1] / "samples"
HEADINGS = "日期,捐赠人,联系电话,物品名称,数量,单位,经手人"


def _sheet(path: Path, *rows: str) -> Path:
    path.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    return path


def _import(volunteer: Volunteer, file: Path, *words: str, code: int = 0) -> Any:
    result = volunteer("import", "donations", file, "--drive", "winter", *words, "-f", "json")
    assert result.code == code, result.err
    return result.json


def test_the_sample_comes_out_exactly_and_a_second_time_brings_nothing(
    winter: Winter, volunteer: Volunteer
) -> None:
    want = json.loads((SAMPLES / "donations.expected.json").read_text(encoding="utf-8"))
    words = ("--create-donors", "--on-error", "skip")
    got = _import(volunteer, SAMPLES / "donations.xlsx", *words, code=5)
    assert got["rows"] == want["rows"]
    assert [{key: row[key] for key in ("row", "column", "reason")} for row in got["rejected"]] == want[
        "rejected"
    ]
    slips = winter("slips", "winter", "-f", "json").json
    assert [{key: row[key] for key in want["records"][0]} for row in slips] == want["records"]
    assert [row["slip"] for row in slips] == [f"BINHU-S2021-000{n}" for n in (1, 1, 2, 3, 4)]
    again = _import(volunteer, SAMPLES / "donations.xlsx", *words, code=5)
    assert (again["rows"]["new"], again["rows"]["same"]) == (0, 5)


def test_two_equal_anonymous_gifts_are_two(winter: Winter, volunteer: Volunteer, tmp_path: Path) -> None:
    row = "2021-11-06,匿名,,衣物,3,件,"
    assert _import(volunteer, _sheet(tmp_path / "a.csv", row, row))["rows"]["new"] == 2
    counts = _import(volunteer, _sheet(tmp_path / "b.csv", row, row, row))["rows"]
    assert (counts["new"], counts["same"]) == (1, 2)
    assert (winter.stock()["received"], len(winter("slips", "winter", "-f", "json").json)) == (9, 3)


def test_what_was_corrected_since_is_known_again(
    winter: Winter, volunteer: Volunteer, tmp_path: Path
) -> None:
    file = _sheet(tmp_path / "a.csv", "2021-11-06,李明,,衣物,3,件,王芳")
    _import(volunteer, file)
    winter("correct", "1", "--item", "衣物=4件", "--reason", "recount")
    assert _import(volunteer, file)["rows"]["same"] == 1


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("2021-11-06,张三丰,,衣物,3,件,", "捐赠人", "not_found"),
        ("2021-11-06,李明,,衣物,3,件,张三丰", "经手人", "not_found"),
        ("2021-11-06,李明,,衣物,3,,", "单位", "missing_value"),
        ("2021-11-06,李明,,衣物,3袋,件,", "数量", "bad_quantity"),
        ("2026-07-06,李明,,衣物,3,件,", "日期", "refused"),
        ("2021-11-06,,,衣物,3,件,", "捐赠人", "missing_value"),
    ],
)
def test_a_bad_row_is_rejected_at_its_column(
    winter: Winter, volunteer: Volunteer, tmp_path: Path, row: str, column: str, reason: str
) -> None:
    volunteer.ok("drive", "edit", "winter", "--goal", "衣物=90袋")
    got = _import(volunteer, _sheet(tmp_path / "a.csv", row), code=5)
    assert [(each["column"], each["reason"]) for each in got["rejected"]] == [(column, reason)]
    assert winter.stock()["received"] == 0


def test_units_that_disagree_are_both_named(winter: Winter, volunteer: Volunteer, tmp_path: Path) -> None:
    got = _import(volunteer, _sheet(tmp_path / "a.csv", "2021-11-06,李明,,衣物,40余袋,件,"), code=5)
    assert "counted in 袋, but the unit beside it is 件" in got["rejected"][0]["message"]


def test_donors_are_made_once_and_only_when_asked(
    winter: Winter, volunteer: Volunteer, tmp_path: Path
) -> None:
    file = _sheet(
        tmp_path / "a.csv",
        "2021-11-06,赵六六,19900002002,衣物,3,件,",
        "2021-11-07,赵六六,19900002002,衣物,4,件,",
        "2021-11-07,阳光小学,,书籍,4,套,",
    )
    _import(volunteer, file, code=5)
    assert (
        "2 donors were added"
        in volunteer.ok("import", "donations", file, "--drive", "winter", "--create-donors").err
    )
    assert (
        len([row for row in volunteer.ok("person", "list", "-f", "json").json if row["name"] == "赵六六"])
        == 1
    )
    assert [row["donor"] for row in winter("slips", "winter", "-f", "json").json] == [
        "赵六六",
        "赵六六",
        "阳光小学",
    ]


def test_a_bare_name_is_the_donor_of_that_name_in_the_same_file(
    winter: Winter, volunteer: Volunteer, tmp_path: Path
) -> None:
    file = _sheet(
        tmp_path / "a.csv",
        "2021-11-06,赵六六,,衣物,3,件,",
        "2021-11-07,赵六六,19900002002,衣物,4,件,",
        "2021-11-07,孙七七,19900002003,衣物,4,件,",
        "2021-11-08,孙七七,19900002004,衣物,4,件,",
        "2021-11-09,孙七七,,衣物,4,件,",
    )
    got = _import(volunteer, file, "--create-donors", "--on-error", "skip", code=5)
    assert [(row["row"], row["reason"]) for row in got["rejected"]] == [(6, "ambiguous")]
    names = [row["name"] for row in volunteer.ok("person", "list", "-f", "json").json]
    assert (names.count("赵六六"), names.count("孙七七")) == (1, 2)


def test_refused_rows_make_no_donors(winter: Winter, volunteer: Volunteer, tmp_path: Path) -> None:
    file = _sheet(
        tmp_path / "a.csv",
        "2021-11-06,赵六六,,衣物,3,件,没这人",
        "2027-11-06,赵六六,,衣物,3,件,",
        "2021-11-06,阳光小学,,书,3,,",
    )
    before = volunteer.dump()
    got = _import(volunteer, file, "--create-donors", "--on-error", "skip", code=5)
    assert [(row["column"], row["reason"]) for row in got["rejected"]] == [
        ("经手人", "not_found"),
        ("日期", "refused"),
        ("单位", "missing_value"),
    ]
    assert volunteer.dump() == before


def test_consecutive_rows_are_one_slip_unless_they_contradict_each_other(
    winter: Winter, volunteer: Volunteer, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    lines = (
        "日期,捐赠人,物品名称,数量,经手人,见证人,是否公示,备注",
        "2021-11-06,李明,衣物,1件,王芳,,,",
        "2021-11-06,李明,书,2套,,䶮小川,否,重",
        "2021-11-06,李明,笔,3支,王芳,,,轻",
        "2021-11-06,李明,纸,4包,李明,,,",
        "2021-11-06,李明,墨,5瓶,李明,李明,,",
        "2021-11-07,李明,墨,5瓶,,,,",
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    got = _import(volunteer, file, "--on-error", "skip", code=5)
    assert [(row["row"], row["column"], row["reason"]) for row in got["rejected"]] == [
        (6, "见证人", "refused")
    ]
    slips = winter("slips", "winter", "--fields", "slip,item,handler,witness,publish", "-f", "json").json
    assert [
        (row["slip"][-1], row["item"], row["handler"], row["witness"], row["publish"]) for row in slips
    ] == [
        ("1", "衣物", "王芳", "䶮小川", False),
        ("1", "书", "王芳", "䶮小川", False),
        ("1", "笔", "王芳", "䶮小川", False),
        ("2", "纸", "李明", None, True),
        ("3", "墨", None, None, True),
    ]
    assert winter("slip", 1, "-f", "json").json["note"] == "重; 轻"


def test_a_row_refused_once_is_refused_again(winter: Winter, volunteer: Volunteer, tmp_path: Path) -> None:
    file = _sheet(
        tmp_path / "a.csv",
        "2021-11-06,匿名,,文具,3,套,没这人",
        "2021-11-06,匿名,,文具,3,套,",
        "2021-11-06,匿名,,文具,3,,",
    )
    for fate in ("new", "same"):
        got = _import(volunteer, file, "--on-error", "skip", code=5)
        assert got["rows"][fate] == 1
        assert [(row["row"], row["column"], row["reason"]) for row in got["rejected"]] == [
            (2, "经手人", "not_found"),
            (4, "单位", "missing_value"),
        ]


def test_the_scale_of_a_value_and_the_unit_of_a_quantity_stand_in_the_heading(
    winter: Winter, volunteer: Volunteer, tmp_path: Path
) -> None:
    from intake.sheets import xlsx_file

    rows = [
        ["日期", "捐赠人", "物品名称", "数量（件）", "估价（万元）"],
        ["2021-11-06", "匿名", "衣物", 5, 0.125],
        ["2021-11-06", "不愿透露姓名的居民", "衣物", "50左右", "500元"],
        ["2021-11-06", "無名氏", "书", "3袋", 0.3 * 3],
        ["2021-11-06", "没人", "书", "一些", "很多"],
    ]
    got = _import(volunteer, xlsx_file(tmp_path / "a.xlsx", rows), "--on-error", "skip", code=5)
    assert [(row["column"], row["reason"]) for row in got["rejected"]] == [("捐赠人", "not_found")]
    slips = winter("slips", "winter", "-f", "json").json
    assert [(row["quantity"], row["unit"], row["approximate"]) for row in slips] == [
        (5, "件", False),
        (50, "件", True),
        (3, "袋", False),
    ]
    assert {125_000, 50_000, 900_000} <= {value for line in volunteer.dump()["slip"] for value in line}


def test_a_drive_is_needed_and_must_be_open(winter: Winter, volunteer: Volunteer, tmp_path: Path) -> None:
    file = _sheet(tmp_path / "a.csv", "2021-11-06,匿名,,衣物,3,件,")
    volunteer.refused("drive_needed", "import", "donations", file, exit_code=2)
    winter("close", "winter")
    volunteer.refused("drive_closed", "import", "donations", file, "--drive", "winter")


@pytest.mark.parametrize(
    ("name", "organization"),
    [("爱心快递公司", True), ("济北中学", True), ("书法协会", True), ("阳光书店", True), ("四川大学研究生支教团", True),
     ("北京爱心有限公司(王经理)", True), ("Green Trust Ltd.", True), ("Joe Burbank", False), ("李明", False), ("张社", False), ("古丽·买买提", False), ("Jane Club", True), ("王小队", False)],
)  # fmt: skip
def test_a_name_that_ends_like_one_is_an_organization(name: str, organization: bool) -> None:
    assert is_organization(name) is organization


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_our_own_list_of_slips_is_nothing_new(
    winter: Winter, volunteer: Volunteer, tmp_path: Path, kind: str, language: str
) -> None:
    winter.receive("衣物=12件", "书=3套", more=("--condition", "新", "--size", "XL"))
    winter.receive("衣物=12件", donor=None, more=("--approx", "--no-publish"))
    winter("correct", 2, "--item", "衣物=11件", "--reason", "recount")
    file = tmp_path / f"slips.{kind}"
    volunteer.language = language
    winter("slips", "winter", "-o", file)
    before = volunteer.dump()
    assert _import(volunteer, file)["rows"]["same"] == 3
    assert volunteer.dump() == before
    volunteer.language = "en"
    row = "2021-11-06,李明,12,衣物,3,件,"
    (rejected,) = _import(
        volunteer, _sheet(tmp_path / "a.csv", row.replace(",12,", ",19900001234567,")), code=5
    )["rejected"]
    assert "0001234" not in rejected["message"]


def test_headings_under_groups(winter: Winter, volunteer: Volunteer, tmp_path: Path) -> None:
    from intake.sheets import xlsx_file

    rows = [
        ["暖冬捐赠登记表"],
        ["日期：2021年11月6日", None, None, "经手人：王芳"],
        ["序号", "捐赠方", None, "物资", None, None],
        [None, "名称", "联系电话", "物资名称", "数量", "计量单位"],
        [1, "李明", None, "衣物", 3, "件"],
        [2, None, None, "书", "２", "套"],
        ["总计", None, None, None, 5],
        ["经办人：", None, "见证人："],
    ]
    file = xlsx_file(tmp_path / "a.xlsx", rows, merge=("A1:F1", "A3:A4", "B3:C3", "D3:F3", "B5:B6"))
    got = _import(volunteer, file)
    assert (got["rows"]["new"], got["rows"]["skipped"]) == (2, 6)
    slips = winter("slips", "winter", "-f", "json").json
    assert [(row["slip"][-1], row["donor"], row["date"], row["handler"]) for row in slips] == [
        ("1", "李明", "2021-11-06", "王芳")
    ] * 2
