from __future__ import annotations

from pathlib import Path

import pytest
from volunteering import Volunteer

ID_NUMBER = "11010519491231002X"


def test_show_json_is_the_contract(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "王芳")
    volunteer.ok(
        "person", "add", "李明", "--phone", "138 0000 0001 / 0531-84230001", "--id-number", ID_NUMBER.lower(),
        "--address", "3号楼2单元501", "--grid", "第3网格", "--political-status", "中共党员", "--skill", "急救、理发",
        "--category", "助老", "--tag", "独居老人", "--guardian", "王芳", "--emergency-contact", "王芳 13800000002",
        "--note", "周末", "--volunteer", "--registered", "2025-03-05",
    )  # fmt: skip
    volunteer.ok("team", "add", "歌队", "--leader", "李明")
    shown = volunteer.ok("person", "show", "李明", "-f", "json").json
    expected = {
        "id": 2,
        "volunteer_no": "BINHU-V0001",
        "name": "李明",
        "sex": "female",
        "birth": "1949-12-31",
        "phone": "138****0001",
        "phone_alt": "0531****0001",
        "id_number": "1101**********002X",
        "address": None,
        "building": "3",
        "unit": "*",
        "room": "*",
        "grid": "第3网格",
        "political_status": "party_member",
        "skills": ["急救", "理发"],
        "categories": ["助老"],
        "tags": ["elder_alone"],
        "teams": ["歌队"],
        "registered_on": "2025-03-05",
        "status": "active",
        "minutes": 0,
        "star": None,
        "community": "滨湖社区",
        "community_id": 1,
        "guardian": "王芳",
        "guardian_id": 1,
        "emergency_contact": "*",
        "note": "周末",
    }
    assert {name: shown[name] for name in expected} == expected
    assert [name for name in shown if name in expected] == list(expected)


def test_reveal_shows_and_is_kept(volunteer: Volunteer) -> None:
    volunteer.ok(
        "person", "add", "李明", "--phone", "13800000001", "--id-number", ID_NUMBER, "--room", "501室"
    )
    shown = volunteer.ok("person", "show", "1", "-f", "json", "--reveal", "家访").json
    assert (shown["phone"], shown["id_number"], shown["room"]) == ("13800000001", ID_NUMBER, "501")
    assert "家访" in volunteer.ok("history", "list").out


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "BINHU-V0001",
        "binhu-v0001",
        "李明",
        "李",
        "13800000001",
        "138-0000-0001",
        "liming",
        "lm",
        "li m",
        "person:1",
    ],
)
def test_a_reading_command_takes_many_readings(volunteer: Volunteer, text: str) -> None:
    volunteer.ok("person", "add", "李明", "--phone", "13800000001", "--volunteer")
    assert volunteer.ok("person", "show", text, "-f", "ids").out == "1\n"


@pytest.mark.parametrize("text", ["13800000001", "liming", "lm"])
def test_a_changing_command_takes_no_loose_readings(volunteer: Volunteer, text: str) -> None:
    volunteer.ok("person", "add", "李明", "--phone", "13800000001")
    volunteer.refused("not_found", "person", "edit", text, "--note", "x", exit_code=4)


def test_a_name_of_digits_stops_a_changing_command(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "2")
    volunteer.ok("person", "add", "李明")
    assert volunteer.ok("person", "show", "2", "-f", "json").json["name"] == "李明"
    volunteer.refused("ambiguous", "person", "edit", "2", "--note", "x", exit_code=4)


def test_volunteers_are_numbered_in_order_and_numbers_never_return(volunteer: Volunteer) -> None:
    for name in ("甲一", "乙二"):
        volunteer.ok("person", "add", name, "--volunteer")
    volunteer.ok("undo")
    volunteer.ok("person", "add", "丙三", "--volunteer")
    numbers = [row["volunteer_no"] for row in volunteer.ok("person", "list", "-f", "json").json]
    assert numbers == ["BINHU-V0001", "BINHU-V0003"]
    volunteer.refused("withdrawn", "person", "show", "BINHU-V0002", exit_code=4)


@pytest.mark.parametrize("typed", ["BINHU-V2", "binhu-v2", "binhu-v02", "BINHU-V0002"])
def test_a_number_is_found_without_its_zeros(volunteer: Volunteer, typed: str) -> None:
    for name in ("李明", "王芳"):
        volunteer.ok("person", "add", name, "--volunteer")
    assert volunteer.ok("person", "show", typed, "-f", "json").json["name"] == "王芳"
    volunteer.ok("person", "edit", typed, "--note", "会修水管")
    assert volunteer.refused("not_found", "person", "show", typed.replace("2", "20"))
    # Codes are given by people: jk01 is not jk1.
    volunteer.ok("team", "add", "健康队", "--code", "jk01")
    volunteer.refused("not_found", "team", "show", "jk1")


def test_a_number_brought_along_registers_and_is_passed_over(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "甲一", "--volunteer-no", "binhu-v0002")
    volunteer.ok("person", "add", "乙二", "--volunteer")
    volunteer.ok("person", "add", "丙三", "--volunteer-no", "370112 0001")
    rows = volunteer.ok("person", "list", "--volunteer", "-f", "json").json
    assert [row["volunteer_no"] for row in rows] == ["BINHU-V0002", "BINHU-V0003", "3701120001"]
    assert {row["registered_on"] for row in rows} == {"2026-06-30"}


def test_the_next_number_of_another_community(volunteer: Volunteer) -> None:
    volunteer.ok("community", "add", "安大社区", "--code", "anda")
    volunteer.ok("person", "add", "甲一", "--volunteer", "--community", "anda")
    volunteer.ok("person", "add", "乙二", "--volunteer", "--community", "binhu")
    assert [row["volunteer_no"] for row in volunteer.ok("person", "list", "-f", "json").json] == [
        "ANDA-V0001",
        "BINHU-V0001",
    ]
    assert volunteer.ok("person", "list", "--community", "anda", "-f", "ids").out == "1\n"
    volunteer.refused("community_needed", "person", "add", "丙三", exit_code=2)


def test_duplicates_are_refused_and_lookalikes_mentioned(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李明", "--phone", "13800000001")
    volunteer.refused("duplicate", "person", "add", "李明", "--phone-alt", "13800000001", exit_code=1)
    volunteer.ok("person", "add", "李明", "--phone", "13800000001", "--allow-duplicate")
    assert "looks like 李明 (1), 李明 (2)" in volunteer.ok("person", "add", "黎明").err
    assert "looks like" not in volunteer.ok("person", "add", "王芳", "--phone", "13800000001").err


def test_different_identity_numbers_tell_two_people_apart(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李明", "--phone", "13800000001", "--id-number", ID_NUMBER)
    answer = volunteer.ok(
        "person", "add", "李明", "--phone", "13800000001", "--id-number", "440524188001010014"
    )
    assert "looks like" not in answer.err


@pytest.mark.parametrize(
    ("code", "exit_code", "words"),
    [
        ("missing_value", 1, ["add", " "]),
        ("bad_text", 1, ["add", "李\x07明"]),
        ("bad_text", 1, ["add", "李\u202e明"]),
        ("bad_phone", 1, ["add", "王芳", "--phone", "1380000"]),
        ("bad_id_number", 1, ["add", "王芳", "--id-number", "110105491231002"]),
        ("damaged_by_excel", 1, ["add", "王芳", "--id-number", "110105194912310000"]),
        ("contradicts_id", 1, ["add", "王芳", "--id-number", "440524188001010014", "--sex", "female"]),
        ("contradicts_id", 1, ["add", "王芳", "--id-number", "440524188001010014", "--birth", "1881"]),
        ("contradicts_id", 1, ["edit", "李明", "--birth", "1950"]),
        ("conflict", 1, ["add", "王芳", "--id-number", ID_NUMBER]),
        ("conflict", 1, ["add", "王芳", "--volunteer-no", "BINHU-V0001"]),
        ("future", 1, ["add", "王芳", "--registered", "2026-07-01"]),
        ("own_guardian", 1, ["edit", "李明", "--guardian", "李明"]),
        ("bad_date", 2, ["add", "王芳", "--birth", "2030"]),
        ("bad_date", 2, ["add", "王芳", "--registered", "soon"]),
        ("bad_choice", 2, ["add", "王芳", "--sex", "unsure"]),
        ("bad_choice", 2, ["add", "王芳", "--political-status", "x"]),
        ("not_found", 4, ["add", "王芳", "--guardian", "nobody"]),
        ("not_found", 4, ["show", "王芳"]),
        ("not_found", 4, ["list", "--team", "x"]),
        ("usage", 2, ["list", "--nonsense"]),
    ],
)
def test_refusals(volunteer: Volunteer, code: str, exit_code: int, words: list[str]) -> None:
    volunteer.ok("person", "add", "李明", "--id-number", ID_NUMBER, "--volunteer")
    before = volunteer.dump()
    if code == "usage":
        assert volunteer("person", *words).code == exit_code
    else:
        volunteer.refused(code, "person", *words, exit_code=exit_code)
    assert volunteer.dump() == before


def test_an_error_never_shows_an_identity_number(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李明", "--id-number", ID_NUMBER)
    assert ID_NUMBER not in volunteer("person", "add", "王芳", "--id-number", ID_NUMBER).err


def listed(volunteer: Volunteer, *words: object) -> list[str]:
    return [row["name"] for row in volunteer.ok("person", "list", "-f", "json", *words).json]


def test_list_filters(volunteer: Volunteer) -> None:
    volunteer.ok(
        "person",
        "add",
        "李明",
        "--skill",
        "急救",
        "--skill",
        "理发",
        "--phone",
        "13800000001",
        "--building",
        "3号楼",
    )
    volunteer.ok(
        "person", "add", "黎民", "--skill", "急救", "--tag", "空巢", "--volunteer", "--address", "3-1-101"
    )
    volunteer.ok(
        "person", "add", "王芳", "--category", "助老", "--phone-alt", "053184230001", "--building", "12"
    )
    volunteer.ok("team", "add", "歌队")
    volunteer.ok("team", "join", "歌队", "王芳", "--on", "2026-01-01")
    assert listed(volunteer, "--volunteer") == ["黎民"]
    assert listed(volunteer, "--skill", "急救") == ["李明", "黎民"]
    assert listed(volunteer, "--skill", "急救", "--skill", "理发") == ["李明"]
    assert listed(volunteer, "--tag", "empty_nest") == listed(volunteer, "--tag", "空巢老人") == ["黎民"]
    assert listed(volunteer, "--category", "助老") == ["王芳"]
    assert (
        listed(volunteer, "--building", "3") == listed(volunteer, "--building", "3号楼") == ["李明", "黎民"]
    )
    assert listed(volunteer, "--team", "歌队") == ["王芳"]
    assert listed(volunteer, "--search", "明") == ["李明"]
    assert listed(volunteer, "--search", "li") == ["李明", "黎民"]
    assert listed(volunteer, "--search", "wf") == ["王芳"]
    assert listed(volunteer, "--search", "8423") == ["王芳"]
    assert listed(volunteer, "--search", "v0001") == ["黎民"]
    assert listed(volunteer, "--search", "%") == []
    volunteer.ok("person", "archive", "李明")
    assert listed(volunteer) == ["黎民", "王芳"]
    assert listed(volunteer, "--archived") == ["李明"]
    volunteer.ok("person", "restore", "李明")
    assert listed(volunteer, "--sort", "-id", "--limit", "1") == ["王芳"]


def test_edit_changes_clears_and_keeps(volunteer: Volunteer) -> None:
    volunteer.ok(
        "person",
        "add",
        "李明",
        "--phone",
        "13800000001",
        "--birth",
        "1949",
        "--skill",
        "急救",
        "--address",
        "3-2-501",
    )
    shown = volunteer.ok(
        "person", "edit", "李明", "--name", "黎明", "--phone", "", "--id-number", ID_NUMBER, "--add-skill", "理发、烹饪",
        "--remove-skill", "急救", "--add-tag", "低保", "-f", "json",
    ).json  # fmt: skip
    assert (shown["name"], shown["phone"], shown["birth"], shown["sex"]) == (
        "黎明",
        None,
        "1949-12-31",
        "female",
    )
    assert (shown["skills"], shown["tags"], shown["building"]) == (["理发", "烹饪"], ["dibao"], "3")
    shown = volunteer.ok(
        "person", "edit", "黎明", "--skill", "驾驶", "--tag", "", "--volunteer", "-f", "json"
    ).json
    assert (shown["skills"], shown["tags"], shown["volunteer_no"]) == (["驾驶"], [], "BINHU-V0001")
    assert volunteer.ok("person", "show", "liming", "-f", "ids").out == "1\n"


def test_edit_to_the_same_is_no_change(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李明", "--phone", "13800000001", "--volunteer", "--skill", "急救")
    answer = volunteer.ok(
        "person", "edit", "李明", "--phone", "138-0000-0001", "--volunteer", "--add-skill", "急救"
    )
    assert "Nothing changed" in answer.err


def test_guardian_is_given_and_taken_away(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李明")
    volunteer.ok("person", "add", "李小", "--guardian", "李明")
    assert volunteer.ok("person", "edit", "李小", "--guardian", "", "-f", "json").json["guardian"] is None


@pytest.mark.parametrize(
    "words",
    [
        ["add", "王芳", "--volunteer", "--skill", "急救"],
        [
            "edit",
            "李明",
            "--name",
            "李名",
            "--phone",
            "",
            "--add-skill",
            "理发",
            "--remove-skill",
            "急救",
            "--volunteer",
        ],
        ["archive", "李明"],
        ["duplicates", "--dismiss", "李明", "黎明"],
        ["merge", "李明", "黎明", "--yes"],
    ],
)
def test_undo_restores_everything(volunteer: Volunteer, words: list[str]) -> None:
    volunteer.ok("person", "add", "李明", "--phone", "13800000001", "--skill", "急救")
    volunteer.ok("person", "add", "黎明", "--phone", "13800000001", "--skill", "急救", "--volunteer")
    before = volunteer.dump()
    volunteer.ok("person", *words)
    assert volunteer.dump() != before
    volunteer.ok("undo")
    assert volunteer.dump() == before


def test_dry_run_and_batch(volunteer: Volunteer, tmp_path: Path) -> None:
    assert "Dry run" in volunteer.ok("person", "add", "李明", "--volunteer", "-n").err
    assert listed(volunteer) == []
    script = tmp_path / "batch.txt"
    script.write_text(
        "person add 李明 --volunteer\nteam add 歌队 --leader @last\nperson edit @last --note x\n"
    )
    volunteer.ok("batch", str(script))
    assert volunteer.ok("team", "show", "1", "-f", "json").json["leader"] == "李明"


def test_ids_alone(volunteer: Volunteer) -> None:
    assert volunteer.ok("person", "add", "李明", "-f", "ids").out == "1\n"


def test_chinese(volunteer: Volunteer) -> None:
    volunteer.language = "zh"
    assert "已登记李明" in volunteer.ok("person", "add", "李明", "--phone", "13800000001", "--sex", "男").err
    assert "很像" in volunteer.ok("person", "add", "黎明").err
    assert "男" in volunteer.ok("person", "list", "-f", "markdown").out
    assert (
        "手机" in volunteer.ok("person", "list", "-f", "markdown").out
        or "电话" in volunteer.ok("person", "list", "-f", "markdown").out
    )
    answer = volunteer("person", "add", "李明", "--phone", "13800000001")
    assert "[duplicate]" in answer.err
    assert "登记过" in answer.err
    for verb in ("add", "list", "show", "edit", "archive", "restore", "duplicates", "merge", "erase"):
        help_text = volunteer.ok("person", verb, "--help").out
        assert "Name of" not in help_text
        assert "Phone number" not in help_text


def test_a_sex_that_no_card_says_is_kept_and_contradicts_nothing(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李明", "--id-number", "11010519491231002X", "--sex", "不愿透露")
    volunteer.ok("person", "add", "王芳", "--sex", "other")
    assert [row["sex"] for row in volunteer.rows("person", "list")] == ["undisclosed", "other"]
    volunteer.ok("person", "edit", "李明", "--note", "x")
    assert volunteer.rows("person", "list", "--fields", "sex")[0]["sex"] == "undisclosed"
    assert volunteer.ok("check").out == ""
    rows = volunteer.rows("report", "volunteers", "--by", "sex")
    assert {row["sex"] for row in rows} <= {"undisclosed", "other", None}
