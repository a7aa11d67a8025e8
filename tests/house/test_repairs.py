"""`check --fix` makes the repairs that are safe, and says who must make the others."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from volunteering import Volunteer


def write(volunteer: Volunteer, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(volunteer.database)) as connection:
        connection.execute(statement, values)
        connection.commit()


def arguments(volunteer: Volunteer) -> list[str]:
    with closing(sqlite3.connect(volunteer.database)) as connection:
        return [row[0] for row in connection.execute("SELECT arguments FROM operation ORDER BY id")]


def test_a_password_that_older_versions_kept(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "李明")
    line = "--db postgresql://u:geheim@h/n person add 李明"
    write(volunteer, "UPDATE operation SET arguments = ? WHERE id = 2", line)
    found = volunteer("check", "-f", "json")
    assert (found.code, found.json[0]["check"], found.json[0]["thing"]) == (6, "command-lines", "operation:2")
    assert "geheim" not in found.out
    trial = volunteer("check", "--fix", "-n")
    assert (trial.code, "Dry run, nothing was written" in trial.err) == (6, True)
    assert arguments(volunteer)[1] == line
    told = volunteer.ok("check", "--fix")
    assert "No command line keeps a password: 1 repaired. Operation 3." in told.err
    assert arguments(volunteer)[1] == "person add '李明'"
    assert volunteer.ok("history", "list", "-f", "json").json[0]["command"] == "check --fix command-lines"
    assert volunteer.ok("check", "--fix").err == ""


def test_what_is_not_safe_is_explained_with_the_command(volunteer: Volunteer) -> None:
    volunteer.ok("team", "add", "合唱团")
    write(volunteer, "PRAGMA foreign_keys=OFF")
    write(
        volunteer,
        "INSERT INTO membership (team_id, person_id, role, since) VALUES (1, 99, 'member', '2026-01-01')",
    )
    before = volunteer.dump()
    told = volunteer("check", "foreign-keys", "--fix")
    assert (told.code, "volunteer history list --thing" in told.err) == (6, True), told.err
    assert volunteer.dump() == before


def test_leftovers_are_shown_and_taken_away(volunteer: Volunteer, tmp_path: Path) -> None:
    left = tmp_path / ".volunteer.db.part"
    left.touch()
    assert "1 file of an interrupted command" in volunteer.ok("check", "--fix", "-n").err
    assert left.exists()
    volunteer.ok("check", "--fix")
    assert not left.exists()
