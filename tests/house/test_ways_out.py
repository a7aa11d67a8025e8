"""What leaves the program: files that only their owner reads, text that steers no terminal, no live formula."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from volunteering import Volunteer

STEERING = "\x1b\u202e\u2066\x07\u2028"


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "html", "md", "tsv"])
def test_new_files_can_be_read_by_their_owner_only(volunteer: Volunteer, tmp_path: Path, ending: str) -> None:
    volunteer.ok("person", "add", "李明", "--phone", "19900000001")
    path = tmp_path / f"people.{ending}"
    volunteer.ok("person", "list", "-o", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    volunteer.ok("person", "list", "-o", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640, "who opened a file to a group meant it"


def test_rosters_calendars_maps_and_rejects_are_private_too(volunteer: Volunteer, tmp_path: Path) -> None:
    volunteer.ok("event", "add", "清洁日", "--start", "2026-07-01 09:00", "--end", "2026-07-01 11:00")
    sheet = tmp_path / "a.csv"
    sheet.write_text("姓名,性别\n李明,男\n王芳,什么\n", encoding="utf-8")
    volunteer("import", "people", sheet, "--on-error", "skip", "--rejects", tmp_path / "rejects.csv")
    volunteer.ok("event", "roster", "清洁日", "-o", tmp_path / "roster.html")
    volunteer.ok("event", "calendar", "-o", tmp_path / "events.ics")
    for name in ("rejects.csv", "roster.html", "events.ics"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600, name


def steer(volunteer: Volunteer) -> None:
    """Put into the database what no command of ours would store."""
    evil = f"李{STEERING}明"
    with closing(sqlite3.connect(volunteer.database)) as connection:
        for table, column in (("person", "name"), ("team", "name"), ("event", "title"), ("event", "place")):
            connection.execute(f"UPDATE {table} SET {column} = ?", (evil,))
        connection.commit()


def test_a_foreign_made_database_steers_no_terminal(volunteer: Volunteer, tmp_path: Path) -> None:
    lines = [
        "person add 李明",
        "team add 合唱团 --leader 1",
        "event add 清洁日 --start '2026-07-01 09:00' --end '2026-07-01 11:00' --place x",
        "event open 1",
    ]
    volunteer.ok("batch", stdin="\n".join(lines))
    steer(volunteer)
    for words in (
        ("event", "signup", 1, 1),
        ("event", "roster", 1),
        ("event", "roster", 1, "-f", "html"),
        ("event", "calendar"),
        ("event", "message", 1),
        ("team", "show", 1),
        ("team", "archive", 1),
        ("person", "show", 1, "-f", "json"),
        ("person", "show", f"x{STEERING}"),
        ("person", "edit", 1, "--note", "x"),
        ("person", "archive", 1),
        ("report", "today"),
        ("history", "list"),
        ("check", f"x{STEERING}"),
        ("person", "list", "--db", f"/tmp/{STEERING}.db"),
        ("import", "people", tmp_path / f"{STEERING}.csv"),
        ("person", "list", "-o", f"/nowhere/{STEERING}.csv"),
        ("batch", f"{STEERING}.txt"),
    ):
        result = volunteer(*words)
        assert "Traceback" not in result.err
        found = {sign for sign in STEERING if sign in result.out + result.err}
        assert not found, (words, result.out, result.err)


@pytest.mark.parametrize("form", ["json", "xlsx", "csv"])
def test_refused_rows_hold_no_live_formula(volunteer: Volunteer, tmp_path: Path, form: str) -> None:
    rows = [["=1+1", "什么"], ["+cmd|' /C calc'!A0", "什么"], ["@SUM(1)", "什么"], ['="a"&B1&"c"', "什么"]]
    path = tmp_path / f"a.{form}"
    if form == "json":
        path.write_text(json.dumps([{"姓名": name, "性别": sex} for name, sex in rows]), encoding="utf-8")
    elif form == "csv":
        lines = [f'"{name.replace(chr(34), chr(34) * 2)}",{sex}' for name, sex in rows]
        path.write_text("\n".join(["姓名,性别", *lines]), encoding="utf-8")
    else:
        book = Workbook()
        for row in [["姓名", "性别"], *rows]:
            book.active.append(row)
        for cells in book.active.iter_rows():
            for cell in cells:
                cell.data_type = "s"
        book.save(path)
    rejects = tmp_path / "rejects.csv"
    volunteer("import", "people", path, "--on-error", "skip", "--rejects", rejects)
    import csv

    written = list(csv.reader(rejects.read_text(encoding="utf-8-sig").splitlines()))
    assert len(written) == 5
    assert not [cell for row in written for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_refused_rows_on_the_standard_output(volunteer: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,性别\n李明,男\n王芳,什么\n", encoding="utf-8")
    words = ("import", "people", path, "--on-error", "skip", "--rejects", "-")
    volunteer.refused("usage", *words, "-f", "json", exit_code=2)
    result = volunteer(*words)
    lines = result.out.splitlines()
    assert (result.code, len(lines), lines[1].startswith("王芳,什么,3,性别,")) == (5, 2, True), result.out
    assert volunteer.ok("person", "list", "-f", "ids").out == "1\n"
    assert not Path("-").exists()


def test_a_redo_of_what_is_there_again_is_refused_in_our_words(volunteer: Volunteer) -> None:
    number = volunteer.ok("community", "add", "安大社区", "--code", "anda", "-f", "json").json
    assert number["id"] == 2
    volunteer.ok("undo")
    volunteer.ok("community", "add", "安大新社区", "--code", "anda")
    before: Any = volunteer.dump()
    result = volunteer.refused("changed_since", "undo", 3, exit_code=1)
    assert "in use again" in result.err
    assert volunteer.dump() == before
