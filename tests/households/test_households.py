"""Households: doors, who lives behind them, and addresses that follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer


def shown(volunteer: Volunteer, text: str = "3-2-501") -> Any:
    return volunteer.ok("household", "show", text, "-f", "json").json


def home(volunteer: Volunteer, name: str) -> str | None:
    number: str | None = volunteer.ok("person", "show", name, "-f", "json").json["household"]
    return number


def names(volunteer: Volunteer, text: str, *options: str) -> list[str]:
    return [row["person"] for row in volunteer.rows("household", "members", text, *options)]


def test_households_are_formed_of_addresses_once(binhu: Volunteer) -> None:
    result = binhu.ok("household", "form")
    assert "Formed 2 households; 3 people placed, 1 not placed." in result.err
    assert "Without building or room: 钱样一 (4)." in result.err
    assert "Nothing changed" in binhu.ok("household", "form").err
    rows = binhu.rows("household", "list")
    assert [(row["number"], row["members"], row["grid"]) for row in rows] == [
        ("BINHU-H00001", 1, None),
        ("BINHU-H00002", 2, "07"),
    ]
    assert {row["unit"] for row in rows} == {None, "*"}
    assert home(binhu, "钱样一") is None
    binhu.ok("undo")
    assert binhu.rows("household", "list") == []
    assert "BINHU-H00003" in binhu.ok("household", "form", "--building", "3", "-f", "json").out


def test_who_lived_elsewhere_until_later_moves_in_then(formed: Volunteer) -> None:
    formed.ok("person", "edit", "李明", "--address", "9-9-901", "--on", "2026-05-01")
    formed.ok("household", "form", "--on", "2026-03-01")
    assert names(formed, "9-9-901", "--as-of", "2026-04-30") == []
    assert names(formed, "9-9-901", "--as-of", "2026-05-01") == ["李明"]
    formed.ok("check")


def test_a_household_is_named_in_many_ways(formed: Volunteer) -> None:
    for text in ("2", "BINHU-H00002", "binhu-h00002", "3-2-501", "3号楼-2单元-501", "household:2", "王芳"):
        assert shown(formed, text)["number"] == "BINHU-H00002", text
    assert shown(formed, "3-501")["number"] == "BINHU-H00001"
    assert shown(formed, "13800000001")["number"] == "BINHU-H00002"
    formed.refused("not_found", "household", "show", "钱样一", exit_code=4)
    formed.refused("not_found", "household", "show", "3-2-502", exit_code=4)
    formed.ok("person", "add", "李明", "--address", "3-501", "--phone", "13900000009")
    formed.refused("ambiguous", "household", "show", "李明", exit_code=4)


def test_the_fields_that_the_contract_names(formed: Volunteer) -> None:
    household = shown(formed)
    assert (household["head"], household["head_id"]) == ("李明", 1)
    assert (household["phone"], household["building"], household["unit"], household["room"]) == (
        "138****0001",
        "3",
        "*",
        "*",
    )
    assert (household["ordinal"], household["occupancy"], household["members"]) == (1, "unknown", 2)
    assert (household["tags"], household["registered_only"], household["status"]) == (
        ["elder_alone"],
        0,
        "active",
    )
    assert household["people"] == [
        {"id": household["people"][0]["id"], "person": "李明", "person_id": 1, "relation": "head", "stay": "lives", "since": "2026-01-01", "until": None},
        {"id": household["people"][1]["id"], "person": "王芳", "person_id": 2, "relation": None, "stay": "lives", "since": "2026-01-01", "until": None},
    ]  # fmt: skip
    revealed = formed.ok("household", "show", "3-2-501", "--reveal", "家访", "-f", "json").json
    assert (revealed["unit"], revealed["room"], revealed["phone"]) == ("2", "501", "13800000001")


def test_one_door_one_household_unless_it_is_a_second_one(formed: Volunteer) -> None:
    door = ("--building", "3", "--unit", "2", "--room", "501")
    formed.refused("conflict", "household", "add", *door)
    formed.ok(
        "household", "add", *door, "--second", "--head", "钱样一", "--occupancy", "租户", "--note", "合租"
    )
    second = shown(formed, "3-2-501/2")
    assert (second["ordinal"], second["head"], second["occupancy"]) == (2, "钱样一", "tenant")
    assert home(formed, "钱样一") == second["number"]
    address = formed.ok("person", "show", "钱样一", "--reveal", "x", "-f", "json").json
    assert (address["building"], address["unit"], address["room"]) == ("3", "2", "501")


def test_moving_in_ends_the_stay_elsewhere_and_the_address_follows(formed: Volunteer) -> None:
    formed.ok("household", "move", "王芳", "--to", "3-501", "--as", "spouse", "--on", "2026-05-01T10:30")
    assert names(formed, "3-2-501") == ["李明"]
    assert names(formed, "3-2-501", "--as-of", "2026-04-30") == ["李明", "王芳"]
    assert names(formed, "3-501", "--as-of", "2026-04-30") == ["赵样一"]
    person = formed.ok("person", "show", "王芳", "--reveal", "x", "-f", "json").json
    assert (person["unit"], person["room"], person["household"]) == (None, "501", "BINHU-H00001")
    assert formed.rows("household", "list", "--tag", "elder_alone", "--as-of", "2026-04-30")[0]["id"] == 2
    formed.refused("out_of_order", "household", "move", "王芳", "--to", "3-2-501", "--on", "2026-04-01")
    formed.refused("future", "household", "move", "王芳", "--to", "3-2-501", "--on", "2026-07-01")
    assert "Nothing changed" in formed.ok("household", "move", "王芳", "--to", "3-501", "--as", "spouse").err
    formed.refused("where_to", "household", "move", "王芳", exit_code=2)


def test_who_moves_out_is_nowhere_and_a_head_leaves_none_behind(formed: Volunteer) -> None:
    formed.ok("household", "move", "李明", "--out")
    assert (shown(formed)["head"], shown(formed)["members"]) == (None, 1)
    person = formed.ok("person", "show", "李明", "-f", "json").json
    assert (person["household"], person["building"], person["room"]) == (None, None, None)
    assert [row["id"] for row in formed.rows("household", "list", "--without-head")] == [1, 2]


def test_an_address_that_is_edited_moves_people(formed: Volunteer) -> None:
    formed.ok("person", "edit", "王芳", "--address", "3号楼501")
    assert home(formed, "王芳") == "BINHU-H00001"
    result = formed.ok("person", "edit", "李明", "--room", "777")
    assert "placed nowhere" in result.err
    assert home(formed, "李明") is None
    assert shown(formed)["head"] is None
    formed.ok("undo")
    assert (home(formed, "李明"), shown(formed)["head"]) == ("BINHU-H00002", "李明")


def test_a_sheet_of_people_calls_the_same_rule(formed: Volunteer, tmp_path: Any) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text("姓名,家庭住址\n赵样一,3-2-501\n孙样一,3-2-501\n周样一,9-1-101\n", encoding="utf-8")
    result = formed.ok("import", "people", sheet, "--on-conflict", "update")
    assert "1 person has an address at which no single household stands" in result.err
    assert [home(formed, name) for name in ("赵样一", "孙样一", "周样一")] == [
        "BINHU-H00002",
        "BINHU-H00002",
        None,
    ]


def test_of_a_flat_with_two_households_nobody_guesses(formed: Volunteer) -> None:
    formed.ok("household", "add", "--building", "3", "--unit", "2", "--room", "501", "--second")
    result = formed.ok("person", "add", "孙样一", "--address", "3-2-501")
    assert "placed nowhere" in result.err
    assert "Of a flat with several households" in formed.ok("household", "form").err
    formed.ok("household", "move", "孙样一", "--to", "3-2-501/2")
    # Who lives in one of the two goes on to live there when the address is said again.
    formed.ok("person", "edit", "孙样一", "--grid", "08", "--address", "3-2-501")
    assert home(formed, "孙样一") == shown(formed, "3-2-501/2")["number"]


def test_a_household_with_people_is_neither_vacant_nor_put_away(formed: Volunteer) -> None:
    formed.refused("occupied", "household", "edit", "3-2-501", "--occupancy", "vacant")
    formed.refused("occupied", "household", "archive", "3-2-501")
    formed.ok("household", "add", "--building", "3", "--room", "502", "--occupancy", "空置")
    formed.ok("household", "move", "赵样一", "--to", "3-502")
    assert shown(formed, "3-502")["occupancy"] == "unknown"
    formed.ok("household", "edit", "3-501", "--occupancy", "vacant")
    formed.ok("household", "archive", "3-501")
    formed.refused("archived", "household", "move", "王芳", "--to", "3-501")
    assert [row["id"] for row in formed.rows("household", "list", "--archived")] == [1]
    formed.ok("household", "restore", "3-501")
    formed.ok("person", "add", "孙样一", "--address", "3-503")
    formed.refused(
        "occupied", "household", "add", "--building", "3", "--room", "503", "--occupancy", "vacant"
    )


def test_a_household_that_gets_another_door_takes_its_people_along(formed: Volunteer) -> None:
    formed.ok("household", "edit", "3-2-501", "--room", "502", "--grid", "08")
    person = formed.ok("person", "show", "王芳", "--reveal", "x", "-f", "json").json
    assert (person["room"], person["grid"], person["household"]) == ("502", "08", "BINHU-H00002")
    formed.refused("conflict", "household", "edit", "3-501", "--unit", "2", "--room", "502")
    formed.refused("not_member", "household", "edit", "3-2-502", "--head", "赵样一")
    formed.ok("household", "edit", "3-2-502", "--head", "")
    assert shown(formed, "3-2-502")["head"] is None


def test_registered_here_living_there(formed: Volunteer) -> None:
    formed.ok("household", "register", "王芳", "李明", "--at", "3-501")
    assert (shown(formed, "3-501")["members"], shown(formed, "3-501")["registered_only"]) == (1, 2)
    formed.ok("household", "register", "李明", "--at", "3-2-501")
    assert (shown(formed)["registered_only"], shown(formed, "3-501")["registered_only"]) == (0, 1)
    assert [row["stay"] for row in shown(formed, "3-501")["people"]] == ["lives", "registered"]
    formed.refused("out_of_order", "household", "register", "李明", "--at", "3-501", "--on", "2026-01-05")


def test_who_dies_is_no_member_and_heads_nothing(formed: Volunteer) -> None:
    formed.ok("person", "archive", "李明", "--reason", "died")
    assert (shown(formed)["members"], shown(formed)["head"]) == (1, None)
    formed.ok("person", "restore", "李明")
    assert (shown(formed)["members"], shown(formed)["head"]) == (2, None)


def test_who_is_erased_lived_there_but_nobody_knows_who(formed: Volunteer) -> None:
    formed.ok("person", "erase", "李明", "--reason", "本人要求", "--yes")
    assert (shown(formed)["members"], shown(formed)["head"], shown(formed)["number"]) == (
        1,
        None,
        "BINHU-H00002",
    )
    assert formed.ok("household", "show", "3-2-501", "--reveal", "x", "-f", "json").json["room"] == "501"
    assert "13800000001" not in formed.ok("household", "show", "3-2-501", "--reveal", "x", "-f", "json").out
    formed.ok("check")


def test_two_records_of_one_person_live_where_the_one_does_who_stays(formed: Volunteer) -> None:
    result = formed.ok("person", "merge", "赵样一", "李明", "--yes")
    assert "the stay in BINHU-H00002 from 2026-01-01" in result.err
    assert (home(formed, "赵样一"), shown(formed)["head"]) == ("BINHU-H00001", None)
    formed.ok("undo")
    formed.ok("person", "merge", "钱样一", "李明", "--yes")
    formed.ok("check")


def test_no_address_is_put_together_of_two_records(formed: Volunteer) -> None:
    """3-501 and 3-2-501 differ by a unit alone, which a merge of people would otherwise fill in."""
    formed.ok("person", "merge", "赵样一", "李明", "--yes")
    person = formed.ok("person", "show", "赵样一", "--reveal", "x", "-f", "json").json
    assert (person["unit"], person["room"], person["household"]) == (None, "501", "BINHU-H00001")
    formed.ok("check")


def test_two_records_of_one_flat_become_one(formed: Volunteer) -> None:
    formed.ok("household", "gift", "3-2-501", "--to", "赵样一", "--what", "鸡蛋")
    formed.ok("household", "register", "王芳", "--at", "3-501")
    formed.ok("household", "merge", "3-501", "3-2-501")
    for text in ("BINHU-H00002", "2", "BINHU-H00001"):
        assert shown(formed, text)["number"] == "BINHU-H00001"
    merged = shown(formed, "3-501")
    assert (merged["members"], merged["head"], merged["gifts_held"]) == (3, "李明", 1)
    assert formed.ok("person", "show", "王芳", "--reveal", "x", "-f", "json").json["unit"] is None
    formed.refused("same_household", "household", "merge", "3-501", "BINHU-H00002")
    formed.ok("check")
    formed.ok("undo")
    assert shown(formed)["members"] == 2


def test_do_not_contact(formed: Volunteer) -> None:
    formed.ok(
        "household", "block", "3-2-501", "--reason", "夜班", "--method", "call", "--until", "2026-08-01"
    )
    household = shown(formed)
    assert (household["blocked"], household["blocked_until"]) == (True, "2026-08-01")
    assert [row["id"] for row in formed.rows("household", "list", "--blocked")] == [2]
    again = formed.ok(
        "household", "block", "3-2-501", "--reason", "夜班", "--method", "call", "--until", "2026-08-01"
    )
    assert "Nothing changed" in again.err
    # A name means the person, not the family.
    formed.ok("household", "block", "赵样一", "--reason", "不愿")
    assert shown(formed, "3-501")["blocked"] is False
    formed.refused("ambiguous", "household", "block", "2", "--reason", "x", exit_code=4)
    formed.ok("household", "unblock", "household:2")
    assert shown(formed)["blocked"] is False
    formed.refused("bad_period", "household", "block", "3-501", "--reason", "x", "--until", "2026-06-30")


def test_a_gift_is_held_until_it_is_settled(formed: Volunteer) -> None:
    formed.ok("household", "gift", "3-2-501", "--to", "赵样一", "--value", "300", "--on", "2025-05-10")
    (gift,) = formed.rows("household", "gifts", "--held")
    assert gift == {
        "id": 1,
        "number": "BINHU-G2025-0001",
        "household": "BINHU-H00002",
        "household_id": 2,
        "to": "赵样一",
        "to_id": 3,
        "value_fen": 30000,
        "what": None,
        "received_on": "2025-05-10",
        "due_on": "2025-06-09",
        "status": "held",
        "settled_on": None,
        "handed_to": None,
    }
    formed.refused("out_of_order", "household", "return", "1", "--on", "2025-05-09")
    formed.ok("household", "return", "BINHU-G2025-0001", "--on", "2025-05-14")
    assert formed.rows("household", "gifts", "3-2-501")[0]["status"] == "returned"
    formed.refused("gift_settled", "household", "handin", "1", "--to", "街道")
    formed.ok("household", "gift", "3-2-501", "--to", "赵样一", "--what", "香烟", "--declined")
    formed.refused("gift_settled", "household", "return", "2")
    formed.ok("household", "gift", "3-2-501", "--to", "赵样一", "--what", "酒")
    formed.ok("household", "handin", "3", "--to", "街道纪工委")
    assert [row["status"] for row in formed.rows("household", "gifts")] == [
        "returned",
        "declined",
        "handed_in",
    ]
    formed.refused("nothing_given", "household", "gift", "3-2-501", "--to", "赵样一", exit_code=2)


def test_who_answers_for_a_grid(formed: Volunteer) -> None:
    formed.ok("community", "grid", "binhu", "07", "--worker", "赵样一", "--head", "钱样一")
    assert formed.rows("community", "grids", "binhu")[0] == {
        "grid": "07",
        "worker": "赵样一",
        "worker_id": 3,
        "head": "钱样一",
        "head_id": 4,
        "households": 1,
        "vacant": 0,
        "people": 2,
        "on_list": 1,
    }
    formed.ok("community", "grid", "binhu", "07", "--worker", "李明")
    assert formed.rows("community", "grids", "binhu")[0]["head"] == "钱样一"


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--grid", "07"), [2]),
        (("--building", "3号楼"), [1, 2]),
        (("--occupancy", "unknown"), [1, 2]),
        (("--tag", "独居老人"), [2]),
        (("--tag", "dibao"), []),
        (("--on-list",), [2]),
        (("--search", "王芳"), [2]),
        (("--search", "h00001"), [1]),
        (("--as-of", "2025-12-31"), []),
    ],
)
def test_lists(formed: Volunteer, options: tuple[str, ...], ids: list[int]) -> None:
    assert [row["id"] for row in formed.rows("household", "list", *options)] == ids


def test_a_household_with_its_own_rhythm_is_on_the_list(formed: Volunteer) -> None:
    formed.ok("household", "edit", "3-501", "--visit-every", "14", "--two-people", "有恶犬")
    assert [row["id"] for row in formed.rows("household", "list", "--on-list")] == [1, 2]
    assert (shown(formed, "3-501")["visit_every"], shown(formed, "3-501")["two_people"]) == (14, "*")
    formed.refused("bad_choice", "household", "edit", "3-501", "--visit-every", "0", exit_code=2)


def tasks(volunteer: Volunteer) -> list[tuple[Any, ...]]:
    rows = volunteer.rows("report", "today")
    return [
        (row["task"], row["thing"], row["count"], row["due"])
        for row in rows
        if row["task"] in ("name_head", "return_gift")
    ]


def test_a_lost_head_and_a_held_gift_stand_in_the_worklist(formed: Volunteer) -> None:
    assert tasks(formed) == [("name_head", None, 1, None)]
    formed.ok("person", "archive", "李明", "--reason", "died")
    formed.ok("household", "gift", "3-501", "--to", "赵样一", "--value", "300", "--on", "2026-05-10")
    assert tasks(formed) == [
        ("return_gift", "household:1", 1, "2026-06-09"),
        ("name_head", "household:2", 1, None),
        ("name_head", None, 1, None),
    ]
    steps = [row["next"] for row in formed.rows("report", "today")]
    assert "volunteer household edit BINHU-H00002 --head PERSON" in steps
    formed.ok("household", "return", "1")
    formed.ok("household", "edit", "3-501", "--head", "赵样一")
    formed.ok("household", "edit", "3-2-501", "--head", "王芳")
    assert tasks(formed) == []


def test_what_is_worth_a_look(formed: Volunteer) -> None:
    formed.ok("person", "edit", "王芳", "--grid", "09")
    formed.ok("household", "gift", "3-501", "--to", "赵样一", "--value", "300", "--on", "2026-05-10")
    kinds = {row["kind"]: row["examples"] for row in formed.rows("report", "quality")}
    assert kinds["household_without_head"] == ["household:1"]
    assert kinds["person_not_placed"] == ["person:4"]
    assert kinds["address_differs"] == ["person:2"]
    assert kinds["gift_overdue"] == ["gift:1"]


def test_no_address_stands_in_the_history(formed: Volunteer) -> None:
    formed.ok("household", "move", "赵样一", "--to", "3-2-501", "--on", "2026-06-01")
    formed.ok("household", "add", "--building", "8", "--unit", "4", "--room", "777", "--note", "花盆下有钥匙")
    formed.ok("household", "block", "3-2-501", "--reason", "夜班")
    lines = formed.ok("history", "list", "-f", "json", "--fields", "all").out
    latest = formed.rows("history", "list", "--limit", 1)[0]["id"]
    shown = "".join(
        formed.ok("history", "show", number, "-f", "json").out for number in range(latest - 2, latest + 1)
    )
    for secret in ("3-2-501", "501", "777", "花盆下有钥匙"):
        assert secret not in lines, secret
        assert secret not in shown, secret
    assert "3-*" in lines
    assert "2026-06-01" in lines


def test_who_is_archived_moves_in_nowhere(formed: Volunteer, tmp_path: Path) -> None:
    formed.ok("person", "add", "孙样一", "--address", "3-2-501")
    formed.ok("person", "archive", "孙样一", "--reason", "died")
    for words in (
        (
            "household",
            "add",
            "--building",
            "3",
            "--unit",
            "2",
            "--room",
            "501",
            "--second",
            "--head",
            "孙样一",
        ),
        ("household", "move", "孙样一", "--to", "3-501"),
        ("household", "move", "孙样一", "--to", "3-2-501", "--as", "head"),
        ("household", "register", "孙样一", "--at", "3-501"),
    ):
        formed.refused("archived", *words)
    sheet = tmp_path / "base.csv"
    sheet.write_text("住址,户主,姓名\n3-501,孙样一,孙样一\n", encoding="utf-8")
    formed("import", "households", sheet)
    formed.ok("person", "edit", "孙样一", "--address", "9-9-901")
    formed.ok("check")
    formed.ok("undo")
    formed.ok("person", "restore", "孙样一")
    assert home(formed, "孙样一") == "BINHU-H00002"
    formed.ok("check")


@pytest.mark.parametrize("text", ["3号楼2单元501室", "３栋２单元５０１", "3#2-501", "3-2-501/1"])
def test_a_door_is_named_as_it_is_spoken(formed: Volunteer, text: str) -> None:
    assert formed.ok("household", "show", text, "-f", "json").json["number"] == "BINHU-H00002"
    formed.ok("household", "block", text, "--reason", "勿扰")
    (line,) = (row for row in formed.rows("history", "list") if row["command"] == "household block")
    assert "501" not in str(line)
    formed.refused("not_found", "household", "show", "3号楼2单元502室", exit_code=4)
