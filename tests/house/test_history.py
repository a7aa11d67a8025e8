"""Operations, undo and batches."""

from __future__ import annotations

from typing import Any

from volunteering import Volunteer


def operations(volunteer: Volunteer) -> list[dict[str, Any]]:
    return volunteer.rows("history", "list")


def test_an_operation_says_what_it_did(volunteer: Volunteer) -> None:
    result = volunteer.ok("community", "add", "安大社区", "--code", "anda")
    assert result.out == ""
    assert result.err == "Added community 安大社区 (2). Operation 2.\n"
    first = operations(volunteer)[0]
    assert (first["command"], first["actor"], first["rows"]) == ("community add", "tester", 1)


def test_what_is_already_so_is_no_operation(volunteer: Volunteer) -> None:
    volunteer.ok("community", "edit", "binhu", "--subdistrict", "济北街道")
    result = volunteer.ok("community", "edit", "binhu", "--subdistrict", "济北街道")
    assert "Nothing changed" in result.err
    assert len(operations(volunteer)) == 2


def test_a_dry_run_writes_nothing(volunteer: Volunteer) -> None:
    before = volunteer.dump()
    result = volunteer.ok("community", "add", "安大社区", "--code", "anda", "-n", "-f", "json")
    assert result.json["name"] == "安大社区"
    assert "Dry run" in result.err
    assert volunteer.dump() == before
    assert len(operations(volunteer)) == 1


def test_undo_walks_back_and_an_undo_can_be_undone(volunteer: Volunteer) -> None:
    states = [volunteer.dump()]
    volunteer.ok("community", "edit", "binhu", "--subdistrict", "济北街道")
    states.append(volunteer.dump())
    volunteer.ok("community", "figure", "binhu", "--name", "grids", "--value", 33, "--as-of", "2020-03")
    states.append(volunteer.dump())
    volunteer.ok("undo")
    assert volunteer.dump() == states[1]
    volunteer.ok("undo")
    assert volunteer.dump() == states[0]
    volunteer.ok("undo", 5)
    assert volunteer.dump() == states[1]
    volunteer.ok("undo", 4)
    assert volunteer.dump() == states[2]


def test_undo_walks_on_past_what_was_undone_twice(volunteer: Volunteer) -> None:
    states = [volunteer.dump()]
    for name in ("济北街道", "济阳街道"):
        volunteer.ok("community", "edit", "binhu", "--subdistrict", name)
        states.append(volunteer.dump())
    volunteer.ok("undo")
    volunteer.ok("undo", 4)
    assert volunteer.dump() == states[2]
    volunteer.ok("undo", 5)
    assert volunteer.dump() == states[1]
    volunteer.ok("undo")
    assert volunteer.dump() == states[0]
    volunteer.ok("undo", 7)
    volunteer.ok("undo", 6)
    assert volunteer.dump() == states[2]
    volunteer.ok("undo")
    assert volunteer.dump() == states[1]


def test_nothing_comes_back_twice(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李样明")
    added = volunteer.dump()
    for number in (2, 3, 4):
        volunteer.ok("undo", number)
    volunteer.ok("undo", 3)
    assert volunteer.dump() == added
    assert "volunteer undo 6" in volunteer.refused("already_undone", "undo", 5, exit_code=1).err
    volunteer.ok("undo", 4)
    assert "volunteer undo 7" in volunteer.refused("already_undone", "undo", 2, exit_code=1).err
    volunteer.ok("check")
    volunteer.ok("undo", 5)
    assert volunteer.dump() == added
    volunteer.ok("check")


def test_nothing_comes_back_to_what_is_gone(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李样明")
    volunteer.ok("team", "add", "绿色家园维护者")
    volunteer.ok("team", "join", "绿色家园维护者", "李样明")
    volunteer.ok("team", "edit", "绿色家园维护者", "--focus", "环境")
    volunteer.ok("undo", 4)
    volunteer.ok("undo", 5)
    volunteer.ok("undo", 2)
    before = volunteer.dump()
    assert "Operation 8 (undo) came later" in volunteer.refused("changed_since", "undo", 6, exit_code=1).err
    assert volunteer.dump() == before
    volunteer.ok("undo", 6, "--keep-edited")
    assert volunteer.dump() == before
    volunteer.ok("undo", 3)
    before = volunteer.dump()
    assert "volunteer undo 9" in volunteer.refused("changed_since", "undo", 7, exit_code=1).err
    assert volunteer.dump() == before


def test_undo_refuses_what_was_changed_since(volunteer: Volunteer) -> None:
    volunteer.ok("community", "add", "安大社区", "--code", "anda")
    volunteer.ok("community", "figure", "anda", "--name", "grids", "--value", 3, "--as-of", "2020")
    before = volunteer.dump()
    result = volunteer.refused("changed_since", "undo", 2, exit_code=1)
    assert "Operation 3" in result.err
    assert volunteer.dump() == before
    volunteer.ok("undo")
    volunteer.ok("undo", 2)
    volunteer.refused("already_undone", "undo", 2)
    assert volunteer("undo", 99).code == 4


def test_keep_edited_undoes_the_rest(volunteer: Volunteer) -> None:
    lines = "community add 安大社区 --code anda\ncommunity add 第三社区 --code three\n"
    volunteer.ok("batch", "-", stdin=lines)
    volunteer.ok("community", "figure", "anda", "--name", "grids", "--value", 3, "--as-of", "2020")
    volunteer.refused("changed_since", "undo", 2)
    volunteer.ok("undo", 2, "--keep-edited")
    assert [row["code"] for row in volunteer("community", "list", "-f", "json").json] == ["anda", "binhu"]


def test_history_of_one_thing(volunteer: Volunteer) -> None:
    volunteer.ok("community", "add", "安大社区", "--code", "anda")
    volunteer.ok("community", "edit", "binhu", "--kind", "mixed")
    listed = volunteer.ok("history", "list", "--thing", "community:binhu", "-f", "json").json
    assert [row["command"] for row in listed] == ["community edit", "community add"]
    shown = volunteer.ok("history", "show", 3, "-f", "json").json
    assert shown["changes"][0]["before"] == {"kind": None}
    assert shown["changes"][0]["after"] == {"kind": "mixed"}
    assert volunteer("history", "list", "--thing", "binhu").code == 2


def test_a_batch_is_one_operation(volunteer: Volunteer) -> None:
    before = volunteer.dump()
    script = "# two lines\ncommunity add 安大社区 --code anda  # the second community\n\ncommunity figure @last --name grids --value 3 --as-of 2020\n"
    result = volunteer.ok("batch", "-", stdin=script)
    assert result.err == "Ran 2 commands. Operation 2.\n"
    volunteer.ok("undo")
    assert volunteer.dump() == before


def test_a_failing_line_rolls_everything_back_and_names_itself(volunteer: Volunteer) -> None:
    before = volunteer.dump()
    result = volunteer("batch", "-", stdin="community add 安大社区 --code anda\n\ncommunity show nowhere\n")
    assert result.code == 4
    assert result.err.startswith("Error: Line 3: community 'nowhere' does not exist [not_found]")
    assert volunteer.dump() == before
    for line, code in (("undo", 1), ("db info", 1), ("community 'add", 2), ("community list --foo", 2)):
        result = volunteer("batch", "-", stdin=f"community add 安大社区 --code anda\n{line}\n")
        assert result.code == code, result.err
        assert "Line 2" in result.err
        assert volunteer.dump() == before


def test_each_commits_line_by_line(volunteer: Volunteer) -> None:
    script = "community add 安大社区 --code anda\ncommunity show nowhere\ncommunity figure @last --name grids --value 3 --as-of 2020\n"
    result = volunteer("batch", "-", "--each", "--json", stdin=script)
    assert result.code == 1
    assert "Line 2" in result.err
    assert [row["exit"] for row in map(__import__("json").loads, result.out.splitlines())] == [0, 4, 0]
    assert len(operations(volunteer)) == 3


def test_a_batch_that_is_no_file(volunteer: Volunteer) -> None:
    assert volunteer("batch", "/nonexistent").code == 4


def test_reveal_is_kept_in_the_history(volunteer: Volunteer) -> None:
    volunteer.ok("community", "list", "--reveal", "printing the register")
    assert operations(volunteer)[0]["reason"] == "printing the register"
    volunteer.ok("undo")
    assert operations(volunteer)[0]["undoes"] == 1


def test_policies(volunteer: Volunteer) -> None:
    known = {row["name"]: row for row in volunteer("policy", "list", "-f", "json").json}
    assert known["timezone"]["value"] == "Asia/Shanghai"
    volunteer.ok("policy", "set", "timezone", "Europe/Berlin")
    assert "Nothing changed" in volunteer.ok("policy", "set", "timezone", "Europe/Berlin").err
    volunteer.refused("bad_policy_value", "policy", "set", "timezone", "Mars", exit_code=2)
    volunteer.refused("not_found", "policy", "set", "nothing", "1", exit_code=4)
    volunteer.refused("not_dated", "policy", "set", "timezone", "UTC", "--from", "2026-01-01", exit_code=1)
    volunteer.ok("undo")
    values = {row["name"]: row["value"] for row in volunteer.rows("policy", "list")}
    assert values["timezone"] == "Asia/Shanghai"


def test_a_period_is_no_phone_number(volunteer: Volunteer) -> None:
    volunteer.ok("hours", "close", "2026-05")
    assert operations(volunteer)[0]["arguments"] == "hours close 2026-05"
    volunteer.ok("person", "add", "样一", "--phone", "19900001234")
    assert "1990000" not in str(operations(volunteer)[0]["arguments"])
