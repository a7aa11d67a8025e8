"""Columns of sheets that custom fields take, and those that nobody knows, which are offered as such."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminals import terminal
from volunteering import Volunteer

SHEET = """姓名,联系电话,车辆,身高（cm）,同意书,保险到期,宠物
林一,19900000001,小汽车,175.50,√,2026年12月31日,猫
林二,19900000002,电动车,160,×,,狗
"""
FIELDS = "车辆,身高,同意书,保险到期"


@pytest.fixture
def fields(volunteer: Volunteer) -> Volunteer:
    for words in (
        ("vehicle", "--title", "车辆", "--choice", "小汽车", "--choice", "电动车"),
        ("height", "--kind", "number", "--title", "身高"),
        ("consent", "--kind", "yes-no", "--title", "同意书"),
        ("保险到期", "--kind", "date"),
    ):
        volunteer.ok("field", "add", "person", *words)
    return volunteer


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sheet_brings_custom_fields(fields: Volunteer, tmp_path: Path) -> None:
    sheet = written(tmp_path / "people.csv", SHEET)
    answer = fields.ok("import", "people", sheet, "-f", "json").json
    assert answer["columns"]["车辆"] == "vehicle"
    assert answer["unknown_columns"] == ["宠物"]
    assert any("volunteer field add person 宠物" in remark for remark in answer["remarks"])
    assert fields.rows("person", "list", "--fields", FIELDS) == [
        {"vehicle": "小汽车", "height": 175.5, "consent": True, "保险到期": "2026-12-31"},
        {"vehicle": "电动车", "height": 160, "consent": False, "保险到期": None},
    ]
    assert fields.ok("import", "people", sheet, "-f", "json").json["rows"]["same"] == 2
    fields.ok("undo")
    assert not fields.rows("person", "list")


def test_values_that_differ_are_settled_as_those_of_other_columns(fields: Volunteer, tmp_path: Path) -> None:
    fields.ok("import", "people", written(tmp_path / "people.csv", SHEET))
    other = written(tmp_path / "other.csv", "姓名,联系电话,车辆,身高\n林一,19900000001,电动车,175.5\n")
    answer = fields("import", "people", other, "-f", "json").json
    assert [(row["column"], row["reason"]) for row in answer["rejected"]] == [("车辆", "conflict")]
    fields.ok("import", "people", other, "--on-conflict", "keep")
    assert fields.rows("person", "list", "--fields", "vehicle")[0] == {"vehicle": "小汽车"}
    fields.ok("import", "people", other, "--on-conflict", "update")
    assert fields.rows("person", "list", "--fields", "vehicle")[0] == {"vehicle": "电动车"}


def test_a_cell_that_is_no_value_is_refused_in_its_column(fields: Volunteer, tmp_path: Path) -> None:
    sheet = written(tmp_path / "people.csv", "姓名,车辆,身高\n林三,飞机,高\n林四,小汽车,高\n")
    rejected = fields("import", "people", sheet, "-f", "json").json["rejected"]
    reasons = [(row["row"], row["column"], row["reason"]) for row in rejected]
    assert reasons == [(2, "车辆", "bad_choice"), (3, "身高", "bad_number")]


def test_a_map_names_a_custom_field_and_a_guess_drafts_one(fields: Volunteer, tmp_path: Path) -> None:
    sheet = written(
        tmp_path / "people.csv", "姓名,座驾,同意书,会开车\n林三,小汽车,是,是\n林四,电动车,否,否\n"
    )
    draft = tmp_path / "map.toml"
    fields.ok("import", "guess", sheet, "-o", draft)
    text = draft.read_text(encoding="utf-8")
    assert '"同意书" = "consent"' in text
    assert "volunteer field add person 会开车 --kind yes-no" in text
    draft.write_text(text.replace('"座驾" = ""', '"座驾" = "vehicle"'), encoding="utf-8")
    fields.ok("import", "people", sheet, "--map", draft)
    assert fields.rows("person", "list", "--fields", "vehicle,consent")[1] == {
        "vehicle": "电动车",
        "consent": False,
    }


def test_a_terminal_is_asked_whether_a_column_shall_be_a_field(fields: Volunteer, tmp_path: Path) -> None:
    sheet = written(tmp_path / "people.csv", "姓名,会开车\n林三,是\n林四,否\n")
    with terminal(fields.database, "import", "people", str(sheet)) as screen:
        assert "会开车" in screen.until("[y/N]")
        screen.type("y\n")
        assert screen.ends() == 0, screen.seen
    assert fields.rows("person", "list", "--fields", "会开车") == [{"会开车": True}, {"会开车": False}]


@pytest.mark.parametrize(
    ("noun", "kind", "headings", "row"),
    [
        ("organization", "organizations", "单位名称", "样例公司"),
        ("team", "teams", "队伍名称", "红队"),
        ("event", "events", "活动名称,开始时间,结束时间", "清洁日,2026-07-04 9:00,2026-07-04 11:00"),
    ],
)
def test_sheets_of_other_records_bring_theirs(
    fields: Volunteer, tmp_path: Path, noun: str, kind: str, headings: str, row: str
) -> None:
    fields.ok("field", "add", noun, "points", "--title", "积分", "--kind", "number")
    for points in (1, 2):
        sheet = written(tmp_path / f"{points}.csv", f"{headings},积分\n{row},{points}\n")
        fields.ok("import", kind, sheet, "--on-conflict", "update")
        assert fields.rows(noun, "list", "--fields", "points") == [{"points": points}]


def test_reports_are_broken_down_by_custom_fields(fields: Volunteer, tmp_path: Path) -> None:
    fields.ok("import", "people", written(tmp_path / "people.csv", SHEET), "--volunteers")
    fields.ok("person", "add", "林三", "--volunteer", "--set", "身高=160.0")
    fields.ok("hours", "add", "林一", "--date", "2026-06-29", "--start", "9:00", "--end", "11:00")
    fields.ok("hours", "confirm", "--period", "2026-06")
    counted = {
        row["vehicle"]: row["volunteers"] for row in fields.rows("report", "volunteers", "--by", "车辆")
    }
    assert counted == {"小汽车": 1, "电动车": 1, None: 1}
    heights = {
        row["height"]: row["volunteers"] for row in fields.rows("report", "volunteers", "--by", "height")
    }
    assert heights == {160: 2, 175.5: 1}
    (hours,) = fields.rows("report", "hours", "--by", "consent,month", "--period", "2026", "--compare")
    assert (hours["consent"], hours["month"], hours["minutes"]) == (True, "2026-06", 120)
    fields.ok("field", "edit", "vehicle", "--private")
    refused = fields.refused("unknown_field", "report", "volunteers", "--by", "vehicle")
    assert "vehicle (" not in refused.err
