from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from volunteering import Volunteer

ID_NUMBER = "11010519491231002X"


@pytest.fixture
def known(volunteer: Volunteer) -> Volunteer:
    volunteer.ok("person", "add", "欧阳小凡", "--phone", "13800000001", "--skill", "剪窗花", "--volunteer")
    volunteer.ok(
        "person",
        "edit",
        "1",
        "--phone",
        "138 0000 0009",
        "--id-number",
        ID_NUMBER,
        "--tag",
        "低保",
        "--address",
        "清水湾77号楼",
    )
    volunteer.ok("person", "edit", "1", "--remove-skill", "剪窗花", "--note", "住在清水湾")
    volunteer.ok("team", "add", "歌队", "--leader", "欧阳小凡", "--founded", "2024-01-01")
    volunteer.ok("person", "add", "王芳", "--emergency-contact", "欧阳小凡 13800000009", "--guardian", "1")
    volunteer.ok("person", "edit", "王芳", "--note", "邻居是欧阳小凡")
    volunteer.ok("person", "edit", "王芳", "--note", "好")
    volunteer.ok("person", "show", "欧阳小凡", "--reveal", "给欧阳小凡发通知")
    return volunteer


def traces(volunteer: Volunteer, *texts: str) -> set[str]:
    """The secrets that can still be read anywhere in the files of the database."""
    found = set()
    for path in volunteer.database.parent.glob(f"{volunteer.database.name}*"):
        held = path.read_bytes()
        for text in texts:
            for form in (text.encode(), text.encode("ascii", "backslashreplace")):
                if form in held:
                    found.add(text)
    return found


SECRETS = (
    "欧阳小凡",
    "ouyangxiaofan",
    "13800000001",
    "13800000009",
    "138 0000 0009",
    ID_NUMBER,
    "剪窗花",
    "清水湾",
    "1949-12-31",
)


def test_nothing_of_the_identity_is_left_in_the_file(known: Volunteer) -> None:
    assert traces(known, *SECRETS) == set(SECRETS)
    known.ok("person", "erase", "欧阳小凡", "--reason", "本人要求", "--yes")
    assert traces(known, *SECRETS) == set()


def test_totals_and_numbers_stay(known: Volunteer) -> None:
    answer = known.ok("person", "erase", "1", "--reason", "本人要求", "--yes")
    assert "Backups" in answer.err
    shown = known.ok("person", "show", "1", "-f", "json").json
    assert (shown["name"], shown["status"], shown["volunteer_no"]) == ("*", "erased", "BINHU-V0001")
    assert (shown["phone"], shown["tags"], shown["teams"]) == (None, [], [])
    assert known.ok("team", "members", "歌队", "--as-of", "2025-01-01", "-f", "json").json[0]["person"] == "*"
    assert known.ok("team", "members", "歌队", "-f", "json").json == []
    assert known.ok("person", "show", "王芳", "-f", "json").json["guardian"] is None
    assert known.ok("person", "list", "-f", "ids").out == "2\n"
    assert "本人要求" in known.ok("history", "list").out
    known.ok("check")


def test_it_cannot_be_undone_nor_changed(known: Volunteer) -> None:
    known.ok("person", "erase", "1", "--reason", "本人要求", "--yes")
    before = known.dump()
    known.refused("erased", "undo", exit_code=1)
    for words in (["edit", "1", "--note", "x"], ["restore", "1"], ["merge", "2", "1", "--yes"]):
        known.refused("erased", "person", *words, exit_code=1)
    known.refused("changed_since", "undo", "2", exit_code=1)
    assert "Nothing changed" in known.ok("person", "erase", "1", "--reason", "again", "--yes").err
    assert known.dump() == before


def test_former_records_are_erased_too(known: Volunteer) -> None:
    known.ok("person", "add", "欧阳晓凡", "--phone", "13800000005")
    known.ok("person", "merge", "1", "3", "--yes")
    known.ok("person", "erase", "3", "--reason", "本人要求", "--yes")
    assert traces(known, *SECRETS, "欧阳晓凡", "13800000005") == set()


def test_a_namesake_keeps_the_name(known: Volunteer) -> None:
    known.ok("person", "add", "欧阳小凡", "--phone", "13800000007", "--allow-duplicate")
    known.ok("person", "edit", "王芳", "--note", "欧阳小凡 13800000009")
    known.ok("person", "erase", "1", "--reason", "本人要求", "--yes")
    assert known.ok("person", "show", "3", "-f", "json").json["name"] == "欧阳小凡"
    assert known.ok("person", "show", "2", "-f", "json").json["note"] == "欧阳小凡 *"


def test_people_changed_in_one_go_with_the_erased_one_can_be_undone(
    volunteer: Volunteer, tmp_path: Path
) -> None:
    for name in ("甲一", "乙二", "丙三"):
        volunteer.ok("person", "add", name, "--note", "同一句话")
    before = volunteer.dump()["person"]
    script = tmp_path / "batch.txt"
    script.write_text("".join(f"person edit {key} --note ''\n" for key in (1, 2, 3)))
    volunteer.ok("batch", str(script))
    volunteer.ok("person", "erase", "乙二", "--reason", "x", "--yes")
    volunteer.ok("undo", "5", "--keep-edited")
    after = volunteer.dump()["person"]
    assert (after[0], after[2]) == (before[0], before[2])
    assert after[1][3] == "*"


def test_it_asks_first_and_a_dry_run_keeps_all(known: Volunteer) -> None:
    before = known.dump()
    known.refused("needs_yes", "person", "erase", "1", "--reason", "x", exit_code=2)
    known.ok("person", "erase", "1", "--reason", "x", "-n")
    assert known.dump() == before
    assert known("person", "erase", "1", "--yes").code == 2
    known.refused("not_found", "person", "erase", "欧阳", "--reason", "x", "--yes", exit_code=4)


def write(path: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(path) as database:
        database.execute(statement, values)
    database.close()


NEW_FIELD = """
import sys
from sqlalchemy import String, create_engine
from sqlalchemy.orm import Session, mapped_column
from volunteer_cli.core.models import REACH
from volunteer_cli.people.models import Person
Person.e_mail = mapped_column(String(80), info=REACH)

from volunteer_cli.app import main
sys.argv = ["volunteer", "--db", *sys.argv[1:]]
main()
"""


def test_a_field_that_says_what_it_holds_is_masked_and_erased(volunteer: Volunteer) -> None:
    """Nothing else is told of the new field: all follows from the word beside its column."""
    address = "xiaofan@example.org"
    write(volunteer.database, "ALTER TABLE person ADD COLUMN e_mail VARCHAR(80)")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", NEW_FIELD, str(volunteer.database), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")

    volunteer.ok("person", "add", "欧阳小凡", "--note", "好")
    volunteer.ok("person", "edit", "1", "--note", "更好")
    volunteer.ok("person", "add", "王芳", "--note", f"写信给{address}")
    write(volunteer.database, "UPDATE person SET e_mail = ? WHERE id = 1", address)
    write(
        volunteer.database,
        "UPDATE change SET after = ? WHERE kind = 'update'",
        json.dumps({"e_mail": address}),
    )
    assert run("check").returncode == 0
    shown = run("history", "show", "3", "-f", "json").stdout
    assert ("e_mail" in shown, address in shown) == (True, False)
    erased = run("person", "erase", "1", "--reason", "本人要求", "--yes")
    assert (erased.returncode, traces(volunteer, address)) == (0, set()), erased.stderr
    write(volunteer.database, "UPDATE person SET e_mail = ? WHERE id = 1", address)
    found = run("check")
    assert (found.returncode, "something of the identity is left" in found.stdout) == (6, True)


@pytest.fixture
def happy(volunteer: Volunteer) -> Volunteer:
    """Somebody whose name is a word, and what others wrote."""
    volunteer.ok("person", "add", "高兴", "--phone", "19900001001")
    volunteer.ok("person", "add", "王样芳", "--note", "大家都很高兴")
    volunteer.ok("person", "add", "李样明", "--note", "邻居：高兴，电话 199 0000 1001")
    return volunteer


def notes(volunteer: Volunteer) -> list[str]:
    return [volunteer.ok("person", "show", key, "-f", "json").json["note"] for key in (2, 3)]


def test_a_word_is_not_taken_for_a_name(happy: Volunteer) -> None:
    shown = happy.ok("person", "erase", "高兴", "--reason", "本人要求", "-n").err
    assert "The name stays, for it may be a word: person:2: 大家都很高兴" in shown
    assert "The name is erased: person:3: 邻居：高兴，电话 199****1001" in shown
    assert "where the name is erased: 1; where it stays: 1" in shown
    question = happy.refused("needs_yes", "person", "erase", "高兴", "--reason", "本人要求", exit_code=2).err
    assert "where it stays: 1" in question
    happy.ok("person", "erase", "高兴", "--reason", "本人要求", "-y")
    assert notes(happy) == ["大家都很高兴", "邻居：*，电话 *"]
    assert traces(happy, "19900001001", "199 0000 1001") == set()


def test_a_word_is_taken_for_a_name_when_that_is_agreed(happy: Volunteer) -> None:
    happy.ok("person", "erase", "高兴", "--doubtful", "--reason", "本人要求", "-y")
    assert notes(happy) == ["大家都很*", "邻居：*，电话 *"]
    assert traces(happy, "高兴", "19900001001", "199 0000 1001") == set()


@pytest.mark.parametrize(
    "written",
    [
        "19900001001",
        "199 0000 1001",
        "199-0000-1001",
        "+86 199 0000 1001",
        "8619900001001",
        "1 9 9 0 0 0 0 1 0 0 1",
        "１９９００００１００１",
        "１９９－００００－１００１",
        "＋８６ 199.0000.1001",
        "199_0000_1001",
    ],
)
def test_a_number_goes_however_and_wherever_it_was_written(volunteer: Volunteer, written: str) -> None:
    volunteer.ok("person", "add", "样一", "--phone", "19900001001")
    volunteer.ok("person", "add", "样二", "--note", f"打 {written}")
    volunteer.ok("person", "edit", "样二", "--note", f"先打{written}再来", "--emergency-contact", written)
    volunteer.ok("team", "add", f"歌队{written}", "--founded", "2024-01-01")
    volunteer.ok("organization", "add", "学校", "--contact", f"样三 {written}")
    volunteer.ok("person", "show", "样二", "--reveal", f"打 {written} 用")
    volunteer.ok("person", "erase", "样一", "--reason", "本人要求", "-y")
    assert traces(volunteer, written, "19900001001") == set()
    volunteer.ok("check")


def test_numbers_that_are_only_alike_stay(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "样一", "--phone", "053186012345")
    volunteer.ok("person", "add", "样二", "--phone", "053186012346", "--note", "0531-8601-2346, 2025-03-05")
    volunteer.ok("person", "erase", "样一", "--reason", "本人要求", "-y")
    shown = volunteer.ok("person", "show", "样二", "--reveal", "x", "-f", "json").json
    assert (shown["phone"], shown["note"]) == ("053186012346", "0531-8601-2346, 2025-03-05")


def test_somebody_whose_addition_was_undone_can_be_erased(volunteer: Volunteer) -> None:
    secrets = ("欧阳小凡", "ouyangxiaofan", "19900001001", "剪窗花", "清水湾")
    words = ("--phone", "199 0000 1001", "--skill", "剪窗花", "--address", "清水湾77号楼")
    volunteer.ok("person", "add", "欧阳小凡", *words)
    volunteer.ok("undo")
    assert traces(volunteer, *secrets) == set(secrets)
    done = volunteer.ok("person", "erase", "1", "--reason", "本人要求", "-y")
    assert "Operation" in done.err
    assert traces(volunteer, *secrets) == set()
    assert "本人要求" in volunteer.ok("history", "list").out
    for name in ("1", "欧阳小凡"):
        volunteer.refused("not_found", "person", "erase", name, "--reason", "x", "-y", exit_code=4)


def test_the_undone_come_back_as_erased(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "欧阳小凡", "--phone", "19900001001")
    volunteer.ok("undo")
    undone = volunteer.ok("history", "list", "--limit", "1", "-f", "ids").out.strip()
    volunteer.ok("person", "erase", "欧阳小凡", "--reason", "本人要求", "-y")
    volunteer.ok("undo", undone)
    shown = volunteer.ok("person", "show", "1", "-f", "json").json
    assert (shown["name"], shown["status"], shown["phone"]) == ("*", "erased", None)
    volunteer.ok("check")


def test_a_line_about_nobody_else_keeps_the_command_alone(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "欧阳小凡", "--tag", "低保")
    volunteer.ok("person", "archive", "1")
    volunteer.ok("person", "add", "王样芳", "--note", "邻居 欧阳小凡")
    volunteer.ok("person", "erase", "1", "--reason", "本人要求", "-y")
    lines = [each["arguments"] for each in volunteer.ok("history", "list", "-f", "json").json]
    assert lines[1:4] == ["person add '王样芳' --note *", "person archive 1", "person add '*'"]
