from __future__ import annotations

import pytest
from volunteering import Volunteer


@pytest.fixture
def office(volunteer: Volunteer) -> Volunteer:
    volunteer.ok(
        "organization", "add", "区行政审批服务局", "--kind", "department", "--field", "approval", "--contact", "周老师",
        "--phone", "0531-8423 0001",
    )  # fmt: skip
    volunteer.ok("organization", "add", "快递公司", "--kind", "courier")
    return volunteer


def test_show_json(office: Volunteer) -> None:
    assert office.ok("organization", "show", "区行政", "-f", "json").json == {
        "id": 1,
        "name": "区行政审批服务局",
        "kind": "department",
        "field": "approval",
        "contact": "周老师",
        "phone": "0531****0001",
        "email": None,
        "address": None,
        "opening_hours": None,
        "status": "active",
        "fields": {},
    }


def test_list_filters_and_archive(office: Volunteer) -> None:
    assert office.ok("organization", "list", "-f", "ids").out == "1\n2\n"
    assert office.ok("organization", "list", "--kind", "courier", "-f", "ids").out == "2\n"
    assert office.ok("organization", "list", "--field", "approval", "-f", "ids").out == "1\n"
    office.ok("organization", "archive", "快递公司")
    assert office.ok("organization", "list", "-f", "ids").out == "1\n"
    assert office.ok("organization", "list", "--archived", "-f", "json").json[0]["status"] == "archived"
    office.ok("organization", "restore", "快递公司")
    assert office.ok("organization", "list", "-f", "ids").out == "1\n2\n"


def test_edit_changes_and_clears(office: Volunteer) -> None:
    shown = office.ok(
        "organization", "edit", "区行政", "--name", "审批局", "--phone", "", "--field", "", "-f", "json"
    ).json
    assert (shown["name"], shown["phone"], shown["field"], shown["kind"]) == (
        "审批局",
        None,
        None,
        "department",
    )
    assert "Nothing changed" in office.ok("organization", "edit", "审批局", "--contact", "周老师").err


@pytest.mark.parametrize(
    ("code", "exit_code", "words"),
    [
        ("duplicate", 1, ["add", "快递公司"]),
        ("duplicate", 1, ["edit", "1", "--name", "快递公司"]),
        ("missing_value", 1, ["add", ""]),
        ("missing_value", 1, ["edit", "1", "--name", ""]),
        ("bad_text", 1, ["add", "a\x00b"]),
        ("bad_phone", 1, ["add", "学校", "--phone", "12"]),
        ("bad_choice", 2, ["add", "学校", "--kind", "shop"]),
        ("bad_choice", 2, ["add", "学校", "--field", "x"]),
        ("not_found", 4, ["show", "学校"]),
        ("not_found", 4, ["archive", "学校"]),
    ],
)
def test_refusals(office: Volunteer, code: str, exit_code: int, words: list[str]) -> None:
    before = office.dump()
    office.refused(code, "organization", *words, exit_code=exit_code)
    assert office.dump() == before


@pytest.mark.postgres
@pytest.mark.parametrize(
    "words",
    [["add", "学校", "--kind", "school"], ["edit", "1", "--name", "审批局", "--phone", ""], ["archive", "2"]],
)
def test_undo_restores_everything(office: Volunteer, words: list[str]) -> None:
    before = office.dump()
    office.ok("organization", *words)
    assert office.dump() != before
    office.ok("undo")
    assert office.dump() == before


def test_chinese(office: Volunteer) -> None:
    office.language = "zh"
    assert "已登记单位" in office.ok("organization", "add", "学校").err
    assert "快递公司" in office.ok("organization", "list", "-f", "markdown").out
    assert "已有同名单位" in office("organization", "add", "学校").err
    assert "单位名称" in office.ok("organization", "add", "--help").out
