"""Dirty sheets with the traps of the domain in other places, held against the contract."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from intake.sheets import csv_file


def summary(volunteer: Any, *words: Any, code: int = 0) -> dict[str, Any]:
    result = volunteer("import", *words, "-f", "json")
    assert result.code == code, result.err
    found: dict[str, Any] = result.json
    counts = dict(found["rows"])
    assert counts.pop("read") == sum(counts.values())
    return found


def names(volunteer: Any) -> list[str]:
    found = volunteer.ok("person", "list", "-f", "json").json
    return [person["name"] for person in found]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["總 計", ""], "total_row"),
        (["合計", ""], "total_row"),
        (["第一网格小计", ""], "total_row"),
        (["人数合计", "2"], "total_row"),
        (["共2人", ""], "total_row"),
        (["填表人", ""], "footer_row"),
        (["审核人", "甲样二"], "footer_row"),
        (["製表人", ""], "footer_row"),
        (["製表：某人", ""], "footer_row"),
        (["制表", ""], "footer_row"),
        (["说明", "自愿参加"], "footer_row"),
        (["Prepared by", "Sample"], "footer_row"),
    ],
)
def test_what_stands_below_a_table_is_nobody(
    volunteer: Any, tmp_path: Path, row: list[str], reason: str
) -> None:
    file = csv_file(tmp_path / "roster.csv", [["姓名", "备注"], ["甲样一", ""], row])
    assert summary(volunteer, "people", file)["skipped"][1:] == [{"row": 3, "reason": reason}]
    assert names(volunteer) == ["甲样一"]


def test_a_footer_beside_row_numbers(volunteer: Any, tmp_path: Path) -> None:
    rows = [["序号", "姓名", "备注"], ["1", "甲样一", ""], ["", "填表人", "某人"], ["注", "本表", ""]]
    found = summary(volunteer, "people", csv_file(tmp_path / "roster.csv", rows))
    assert [each["reason"] for each in found["skipped"]] == ["header_row", "footer_row", "footer_row"]


@pytest.mark.parametrize(
    ("surname", "given", "name"),
    [
        ("Müller", "Jörg", "Jörg Müller"),
        ("Ким", "Ира", "Ира Ким"),
        ("O'Brien", "Siobhán", "Siobhán O'Brien"),
        ("欧阳", "样", "欧阳样"),
        ("김", "민수", "김민수"),
    ],
)
def test_a_name_of_two_parts_in_any_script(
    volunteer: Any, tmp_path: Path, surname: str, given: str, name: str
) -> None:
    rows = [["Last name", "First name", "Phone"], [surname, given, "+4930901820"]]
    summary(volunteer, "people", csv_file(tmp_path / "people.csv", rows))
    assert names(volunteer) == [name]


@pytest.mark.parametrize(("heading", "number"), [("志愿者编号", "X-001"), ("身份证号", "370112196503051232")])
def test_a_number_that_a_row_gives_to_somebody_stored_is_taken(
    volunteer: Any, tmp_path: Path, heading: str, number: str
) -> None:
    volunteer.ok("person", "add", "甲样一")
    rows = [["姓名", heading], ["甲样一", number], ["甲样二", number]]
    file = csv_file(tmp_path / "people.csv", rows)
    found = summary(volunteer, "people", file, "--on-error", "skip", code=5)
    assert found["rows"]["updated"] == 1
    assert [(each["row"], each["column"], each["reason"]) for each in found["rejected"]] == [
        (3, heading, "conflict")
    ]


def test_a_number_given_by_the_import_is_taken(
    volunteer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("volunteer_cli.intake.sorting.Sorter.chunks.__defaults__", (1,))
    rows = [["姓名", "志愿者编号"], ["甲样一", ""], ["甲样二", "BINHU-V0001"]]
    file = csv_file(tmp_path / "people.csv", rows)
    found = summary(volunteer, "people", file, "--volunteers", "--on-error", "skip", code=5)
    assert [(each["row"], each["reason"]) for each in found["rejected"]] == [(3, "conflict")]


def test_a_stored_person_brings_a_number_beside_new_volunteers(volunteer: Any, tmp_path: Path) -> None:
    volunteer.ok("person", "add", "甲样一")
    rows = [["姓名", "志愿者编号"], ["甲样二", ""], ["甲样一", "BINHU-V0001"]]
    summary(volunteer, "people", csv_file(tmp_path / "people.csv", rows), "--volunteers")
    found = volunteer.ok("person", "list", "-f", "json").json
    assert {each["name"]: each["volunteer_no"] for each in found} == {
        "甲样一": "BINHU-V0001",
        "甲样二": "BINHU-V0002",
    }


@pytest.mark.parametrize("value", ["今天", "3月5日"])
def test_a_bad_date_is_told_what_a_sheet_takes(volunteer: Any, tmp_path: Path, value: str) -> None:
    volunteer.ok("person", "add", "甲样一")
    rows = [["姓名", "日期", "时长"], ["甲样一", value, "2"]]
    found = summary(volunteer, "hours", csv_file(tmp_path / "hours.csv", rows), code=5)
    assert [each["reason"] for each in found["rejected"]] == ["bad_date"]
    assert "--year" in found["rejected"][0]["message"]
    assert "today" not in found["rejected"][0]["message"]
