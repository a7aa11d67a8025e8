"""What `guess` drafts is what the plain import knows: with the draft as a map the same comes in."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from intake.sheets import csv_file
from intake.test_layouts import CASES, lines

SAMPLES = Path(__file__).parents[1] / "samples"


def account(volunteer: Any, *words: Any) -> Any:
    result = volunteer("import", *words, "-n", "-f", "json")
    if result.code not in (0, 5):
        return result.err.split("[")[-1].split("]")[0]
    answer = json.loads(result.out)
    return answer["columns"], answer["rows"], answer["rejected"]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_draft_of_a_layout_maps_as_the_import_does(volunteer: Any, tmp_path: Path, path: Path) -> None:
    for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"]):
        if "map" in case or case.get("file", ".csv")[-4:] != ".csv":
            continue
        for command in lines(case.get("before", "")):
            volunteer(*command.split())
        file, draft = tmp_path / "sheet.csv", tmp_path / f"{number}.toml"
        file.write_text(case["sheet"].lstrip("\n"), encoding="utf-8")
        words = (case["kind"], file, *case.get("options", []))
        plain = account(volunteer, *words)
        volunteer.ok("import", "guess", file, "--kind", case["kind"], "-o", draft)
        assert account(volunteer, *words, "--map", draft) == plain, case["name"]


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["姓名", "性别", "出生年月", "手机"], "people"),
        (["First Name", "Last Name", "Gender", "Skills", "Team"], "people"),
        (["姓名", "所属队伍", "职务", "加入时间"], "members"),
        (["队伍名称", "队长", "成立时间"], "teams"),
        (["单位名称", "单位类型", "联系人", "电话"], "organizations"),
        (["活动名称", "开始时间", "结束时间", "地点"], "events"),
        (["姓名", "活动名称", "报名时间"], "signups"),
        (["姓名", "日期", "签到时间", "签退时间"], "hours"),
        (["Name", "Date", "Hours"], "hours"),
        (["日期", "捐赠人", "物品名称", "数量", "单位"], "donations"),
        (["姓名", "捐赠物资", "日期"], "donations"),
        (["姓名", "3月1日", "3月2日"], "hours"),
        (["日期", "活动名称", "参加人员", "时长"], "hours"),
        (["活动名称", "活动时间", "活动地点", "负责人"], "events"),
        (["日期", "时间", "活动主题", "地点", "参加人数"], "events"),
        (["队伍", "队员", "入队时间"], "members"),
        (["商户名称", "营业时间", "地址"], "organizations"),
        (["团队名称", "负责人", "联系电话", "类型"], "teams"),
        (["户主", "楼栋", "单元", "房号", "人口数"], "households"),
        (["诉求内容", "反映人", "联系电话", "受理时间"], "requests"),
        (["走访日期", "走访对象", "走访人", "走访情况"], "visits"),
    ],
)
def test_the_kind_of_a_sheet_is_told(volunteer: Any, tmp_path: Path, headings: list[str], kind: str) -> None:
    file = csv_file(tmp_path / "a.csv", [headings, ["x"] * len(headings)])
    assert f"sheet of {kind}." in volunteer.ok("import", "guess", file).err


@pytest.mark.parametrize(
    "case",
    tomllib.loads((SAMPLES / "guess.toml").read_text(encoding="utf-8"))["case"],
    ids=lambda case: case["name"],
)
def test_a_draft_says_what_a_sheet_is_and_what_its_columns_bring(
    volunteer: Any, tmp_path: Path, case: Any
) -> None:
    file, draft = tmp_path / "sheet.csv", tmp_path / "map.toml"
    file.write_text(case["sheet"], encoding="utf-8")
    volunteer.ok("import", "guess", file, "-o", draft)
    drafted = tomllib.loads(draft.read_text(encoding="utf-8"))
    assert (drafted["kind"], drafted["columns"]) == (case["kind"], case["columns"])


def test_values_alone_are_a_remark(volunteer: Any, tmp_path: Path) -> None:
    rows = [["姓名", "开通", "手机"], ["赵一凡", "2022-03-05", "19900010001"]]
    draft = tmp_path / "map.toml"
    volunteer.ok("import", "guess", csv_file(tmp_path / "a.csv", rows), "--kind", "people", "-o", draft)
    assert '"开通" = ""' in draft.read_text(encoding="utf-8")
    assert "birth" in draft.read_text(encoding="utf-8")


def test_no_number_is_shown_whatever_its_column(volunteer: Any, tmp_path: Path) -> None:
    rows = [["姓名", "日期", "19900010009"], ["19900010001", "19900010002", "199 0001 0003"]]
    file, draft = csv_file(tmp_path / "a.csv", rows), tmp_path / "map.toml"
    volunteer.ok("import", "guess", file, "-o", draft)
    shown = volunteer.ok("import", "guess", file, "-f", "json").out + draft.read_text(encoding="utf-8")
    refused = volunteer("import", "people", file).err + volunteer("import", "hours", file).err
    for number in ("19900010001", "19900010002", "199 0001 0003", "19900010009"):
        assert number not in shown + refused
