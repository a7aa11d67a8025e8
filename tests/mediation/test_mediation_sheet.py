"""Registers of cases as sheets: what became of each, again the same, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

pytestmark = pytest.mark.postgres

REGISTER = """\
2026年人民调解台账,,,,,,,,,
卷号,受理日期,纠纷类型,甲方,乙方,调解员,调解结果,协议形式,履行情况,回访日期
（2026）滨调1号,2026.1.5,邻里纠纷,王样一,李样二,赵样三,成功,书面,已履行,2026.2.1
（2026）滨调2号,2026.1.9,婚姻家庭,甲某,乙某,赵样三,调成,口头,部分履行,
（2026）滨调3号,2026.2.3,物业,某物业公司,王样一,赵样三,未果,,,
（2026）滨调4号,2026.2.8,其他,丙某,丁某,赵样三,,,,
合计,4件,,,,,,,,
"""


@pytest.fixture
def office(volunteer: Volunteer) -> Volunteer:
    for name in ("王样一", "李样二", "赵样三"):
        volunteer.ok("person", "add", name)
    return volunteer


def bring(volunteer: Volunteer, folder: Path, text: str, *more: str) -> Any:
    path = folder / "调解台账.csv"
    path.write_text(text, encoding="utf-8-sig")
    return volunteer("import", "mediations", path, "-f", "json", *more)


def test_a_register_comes_in_and_the_same_again_is_no_change(office: Volunteer, tmp_path: Path) -> None:
    first = bring(office, tmp_path, REGISTER)
    assert (first.code, first.json["rows"]["new"], first.json["rows"]["rejected"]) == (0, 4, 0), first.err
    cases = office.rows("mediation", "list")
    assert [(row["kind"], row["status"], row["agreement"], row["ended_for"]) for row in cases] == [
        ("neighbours", "agreed", "written", None),
        ("family", "agreed", "oral", None),
        ("property", "ended", None, "no_agreement"),
        ("other", "accepted", None, None),
    ]
    assert [row["followup_on"] for row in cases] == ["2026-02-01", None, None, None]
    assert office.ok("check").out == ""
    before = office.dump()
    again = bring(office, tmp_path, REGISTER)
    assert (again.json["rows"]["new"], again.json["rows"]["same"]) == (0, 4)
    assert office.dump() == before
    office.ok("undo")
    assert office.rows("mediation", "list") == []


def test_a_party_on_file_is_that_person_and_others_keep_their_names(
    office: Volunteer, tmp_path: Path
) -> None:
    bring(office, tmp_path, REGISTER)
    shown = office.ok("mediation", "show", "1", "--reveal", "核对", "-f", "json").json
    assert [(row["party"], row["person_id"]) for row in shown["party_rows"]] == [("王样一", 1), ("李样二", 2)]
    shown = office.ok("mediation", "show", "2", "--reveal", "核对", "-f", "json").json
    assert [(row["party"], row["person_id"]) for row in shown["party_rows"]] == [
        ("甲某", None),
        ("乙某", None),
    ]


def test_a_later_register_takes_cases_further(office: Volunteer, tmp_path: Path) -> None:
    bring(office, tmp_path, REGISTER)
    later = REGISTER.replace("丙某,丁某,赵样三,,,,", "丙某,丁某,赵样三,调成,书面,,")
    answer = bring(office, tmp_path, later)
    assert (answer.json["rows"]["updated"], answer.json["rows"]["same"]) == (1, 3)
    assert office.rows("mediation", "list")[3]["status"] == "agreed"


@pytest.mark.parametrize(
    ("before", "after", "reason", "column"),
    [
        ("已履行,2026.2.1", "已履行,2026.1.2", "refused", "回访日期"),
        ("（2026）滨调2号", "（2026）滨调1号", "conflict", "卷号"),
        ("甲某,乙某,赵样三", "甲某,甲某,赵样三", "refused", None),
        ("甲某,乙某,赵样三", "甲某,乙某,查一人", "not_found", "调解员"),
        ("王样一,李样二,赵样三", "王样一,李样二,李样二", "refused", None),
        ("邻里纠纷", "吵架", "bad_choice", "纠纷类型"),
        ("2026.1.9", "2026.7.9", "refused", None),
        ("口头,部分履行", "短信,部分履行", "bad_choice", "协议形式"),
        ("（2026）滨调2号,2026.1.9", ",2026.1.9", "missing_value", "卷号"),
    ],
)
def test_what_is_refused(
    office: Volunteer, tmp_path: Path, before: str, after: str, reason: str, column: str | None
) -> None:
    assert before in REGISTER
    answer = bring(office, tmp_path, REGISTER.replace(before, after), "--on-error", "skip")
    assert [(row["reason"], row["column"]) for row in answer.json["rejected"]] == [(reason, column)]
    assert answer.json["rows"]["new"] == 3
    assert office.ok("check").out == ""


def test_another_kind_for_a_case_on_file_is_refused(office: Volunteer, tmp_path: Path) -> None:
    bring(office, tmp_path, REGISTER)
    answer = bring(office, tmp_path, REGISTER.replace("邻里纠纷", "劳动争议"), "--on-error", "skip")
    assert [row["reason"] for row in answer.json["rejected"]] == ["conflict"]


def test_the_summary_and_the_history_name_no_party(office: Volunteer, tmp_path: Path) -> None:
    answer = bring(office, tmp_path, REGISTER)
    said = answer.out + answer.err + office.ok("history", "show", "5", "-f", "json").out
    assert "甲某" not in said
    assert "丙某" not in said
