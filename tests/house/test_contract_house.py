"""What the contract says of the root, lookup, output, people, teams, batches and the history, word by word."""

from __future__ import annotations

from pathlib import Path

import pytest
from volunteering import Volunteer


@pytest.mark.parametrize(
    "line", ["--lang zh undo", "--db other.db db init", "-v undo", "--actor x --lang en undo"]
)
@pytest.mark.parametrize("each", [[], ["--each"]])
def test_a_batch_refuses_undo_and_db_behind_global_options(
    volunteer: Volunteer, line: str, each: list[str]
) -> None:
    volunteer.ok("person", "add", "李样明")
    result = volunteer("batch", *each, stdin=f"person add 王样红\n{line}\n")
    assert result.code == 1
    assert "[not_in_batch]" in result.err
    assert len(volunteer.ok("person", "list", "-f", "ids").out.split()) == (2 if each else 1)


@pytest.mark.parametrize("option", ["-n", "--dry-run", "--db {other}"])
def test_one_line_of_a_batch_is_no_trial_and_means_no_other_database(
    volunteer: Volunteer, tmp_path: Path, option: str
) -> None:
    line = option.format(other=tmp_path / "other.db")
    result = volunteer("batch", stdin=f"person add 李样明\nperson add 王样红 {line}\n")
    assert (result.code, "Line 2" in result.err, "[not_in_batch]" in result.err) == (2, True, True)
    assert volunteer.ok("person", "list", "-f", "json").json == []


def test_line_by_line_a_line_may_be_a_trial(volunteer: Volunteer) -> None:
    volunteer.ok("batch", "--each", stdin="person add 李样明\nperson add 王样红 -n\n")
    assert [row["name"] for row in volunteer.ok("person", "list", "-f", "json").json] == ["李样明"]


def reveals(volunteer: Volunteer) -> list[tuple[str, str]]:
    listed = volunteer.ok("history", "list", "-f", "json").json
    return [(row["command"], row["reason"]) for row in listed if row["command"].startswith("reveal")]


def test_what_a_dry_run_reveals_is_kept_in_the_history(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李样明", "--phone", "19900001001")
    before = volunteer.dump()
    shown = volunteer.ok(
        "person", "edit", "李样明", "--note", "x", "-n", "--reveal", "家访", "-f", "json"
    ).json
    assert shown["phone"] == "19900001001"
    assert reveals(volunteer) == [("reveal people", "家访")]
    assert volunteer.dump() == before


def test_what_a_batch_revealed_before_it_failed_is_kept_in_the_history(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李样明", "--phone", "19900001001")
    lines = "person add 王样红\nperson show 1 --reveal 家访 --fields phone\nperson show nobody\n"
    result = volunteer("batch", stdin=lines)
    assert (result.code, "19900001001" in result.out) == (4, True)
    assert reveals(volunteer) == [("reveal people", "家访")]
    assert volunteer.ok("person", "list", "-f", "ids").out.split() == ["1"]


@pytest.mark.parametrize(
    ("reason", "code"), [("", "missing_value"), ("  ", "missing_value"), ("a\x1b[1m", "bad_text")]
)
def test_a_reason_says_something_that_can_be_seen(volunteer: Volunteer, reason: str, code: str) -> None:
    volunteer.ok("person", "add", "李样明", "--phone", "19900001001")
    volunteer.refused(code, "person", "erase", 1, "--reason", reason, "-y", exit_code=1)
    volunteer.refused(code, "person", "show", 1, "--reveal", reason, exit_code=1)
    assert volunteer.ok("person", "show", 1, "-f", "json").json["status"] == "active"
    assert reveals(volunteer) == []


def test_who_does_it_has_a_name_that_can_be_seen(volunteer: Volunteer) -> None:
    volunteer.refused("bad_text", "person", "add", "李样明", "--actor", "a\x1b[1m", exit_code=1)
    volunteer.ok("person", "add", "李样明", "--actor", "陶 样二")


def test_a_community_keeps_its_name(volunteer: Volunteer) -> None:
    volunteer.refused("missing_value", "community", "edit", "binhu", "--name", "", exit_code=1)


def test_nothing_is_changed_when_the_answer_cannot_be_written(volunteer: Volunteer, tmp_path: Path) -> None:
    for file in (tmp_path / "nowhere" / "answer.json", tmp_path):
        result = volunteer("person", "add", "李样明", "-f", "json", "-o", file)
        assert (result.code, "[cannot_write]" in result.err) == (1, True)
    assert volunteer.ok("person", "list", "-f", "json").json == []


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("foo://user:secret@host/x", "bad_url"),
        ("mysql+nosuch://host/x", "bad_url"),
        ("mysql://host/x", "driver_missing"),
    ],
)
def test_a_url_of_no_known_database_is_a_fault_of_the_database(
    volunteer: Volunteer, url: str, code: str
) -> None:
    for line in (["person", "list"], ["person", "add", "李样明"], ["db", "info"]):
        result = volunteer.refused(code, "--db", url, *line, exit_code=7)
        assert "secret" not in result.err


def test_what_an_explanation_lacks_is_null(volunteer: Volunteer) -> None:
    rows = volunteer.ok("explain", "all", "-f", "json").json
    assert not [row for row in rows if "" in (row["explanation"], row["hint"])]


def test_fields_may_be_parted_by_a_comma_and_a_blank(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李样明")
    assert volunteer.ok("person", "list", "--fields", "id, name", "-f", "json").json == [
        {"id": 1, "name": "李样明"}
    ]


def test_the_beginning_of_a_noun_is_enough_to_be_reminded_of_it(volunteer: Volunteer) -> None:
    assert "'organization'" in volunteer.refused("unknown_command", "org", "list", exit_code=2).err


def test_a_noun_alone_in_a_batch_is_told_in_a_line(volunteer: Volunteer) -> None:
    result = volunteer("batch", stdin="person\n")
    assert result.err == (
        "Error: Line 1: A verb is missing [usage]. How it is used: volunteer person --help\n"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("person list 李样明 王样红", "李样明 王样红"),
        ("community figure binhu --name grids --as-of 2020 --value 1.5", "--value 要填整数，“1.5”不是"),
        ("undo 第一", "要填整数，“第一”不是"),
        ("person add 李样明 --phone", "--phone 后面要跟一个值"),
        ("person duplicates --dismiss 1", "--dismiss 后面要跟2个值"),
        ("person list --volunteer=1", "--volunteer 后面不带值"),
        ("event suggest 1 --need 0", "应写不小于1的整数"),
    ],
)
def test_what_cannot_be_read_is_told_in_chinese(volunteer: Volunteer, line: str, said: str) -> None:
    volunteer.language = "zh"
    result = volunteer(*line.split())
    assert (result.code, said in result.err) == (2, True), result.err
    assert "alid" not in result.err
    assert "Got" not in result.err


def test_an_empty_text_clears_what_is_known_of_a_team(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李样明")
    volunteer.ok("team", "add", "剪纸队", "--leader", 1, "--founded", "2023-03-05")
    edited = volunteer.ok("team", "edit", 1, "--leader", "", "--founded", "", "-f", "json").json
    assert (edited["leader"], edited["founded_on"], edited["members"]) == (None, None, 1)
    volunteer.refused("bad_date", "team", "edit", 1, "--founded", "soon", exit_code=2)
    assert "Nothing changed" in volunteer.ok("team", "edit", 1, "--leader", "").err
    volunteer.ok("undo")
    assert volunteer.ok("team", "show", 1, "-f", "json").json["leader"] == "李样明"


@pytest.mark.parametrize(
    "words",
    [
        ("--note", "it's a secret"),
        ("--note=a secret",),
        ("--address=3号楼 2单元 secret",),
        ("--emergency-contact", "secret 'quoted' secret"),
    ],
)
def test_the_history_masks_private_values_however_they_were_quoted(
    volunteer: Volunteer, words: tuple[str, ...]
) -> None:
    volunteer.ok("person", "add", "李样明", *words, "--phone", "19900001001", "--birth", "1965-03-05")
    typed = volunteer.ok("history", "list", "--limit", 1, "-f", "json").json[0]["arguments"]
    assert "secret" not in typed
    assert typed.endswith("--phone 199****1001 --birth 1965-03-05")


def test_a_withdrawn_number_is_known_in_small_letters_too(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李样明", "--volunteer")
    volunteer.ok("undo")
    for typed in ("BINHU-V0001", "binhu-v0001"):
        volunteer.refused("withdrawn", "person", "show", typed, exit_code=4)


def test_a_file_that_may_not_be_read_is_said_to_be_that(
    volunteer: Volunteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    volunteer.refused("database_not_readable", "person", "list", exit_code=7)


def test_help_and_doctor_do_without_a_settings_file_that_cannot_be_read(
    volunteer: Volunteer, tmp_path: Path
) -> None:
    file = tmp_path / "config.toml"
    file.write_text("langx = 'zh'\n", encoding="utf-8")
    env = {"VOLUNTEER_CONFIG": str(file), "VOLUNTEER_LANG": ""}
    for line in (["--help"], ["--version"], ["person", "add", "-h"]):
        assert volunteer.ok(*line, env=env).out
    examined = volunteer("doctor", "-f", "json", env=env)
    assert examined.code == 6
    assert [row["what"] for row in examined.json if row["state"] == "problem"] == ["Settings file"]
    refused = volunteer("person", "list", env=env)
    assert (refused.code, "[bad_settings]" in refused.err) == (2, True)


def test_ids_are_what_other_commands_take(volunteer: Volunteer) -> None:
    for name in ("李样明", "王样红", "赵样一"):
        volunteer.ok("person", "add", name)
    volunteer.ok("team", "add", "剪纸队")
    volunteer.ok("team", "join", 1, 3, 2)
    assert sorted(volunteer.ok("team", "members", 1, "-f", "ids").out.split()) == ["2", "3"]
    assert volunteer.ok("team", "show", 1, "-f", "ids").out == "1\n"
    assert "timezone" in volunteer.ok("policy", "list", "-f", "ids").out.split()
    assert set(volunteer.ok("explain", "overlap", "-f", "ids").out.split()) == {"overlap"}
