"""What was kept is printed again as it was, and damage is told."""

from __future__ import annotations

import sqlite3

import pytest
from volunteering import Volunteer

from volunteer_cli.reporting.catalogue import reports


@pytest.mark.parametrize("name", [name for name, report in reports().items() if report.kept])
def test_a_snapshot_reads_as_the_report_did(story: Volunteer, name: str) -> None:
    before = story.ok("report", name, "--period", "2025", "-f", "json").json
    story.ok("report", "snapshot", name, "--period", "2025")
    story.ok("hours", "add", "张样一", "--date", "2025-12-24", "--hours", "1h")
    story.ok("hours", "confirm", "--period", "2025-12", "--community", "binhu")
    after = story.ok("report", "reprint", "1", "-f", "json").json
    if name == "skills":
        before = [{key: value for key, value in row.items() if key != "who"} for row in before]
    assert after == before
    story.ok("report", "reprint", "1", "-f", "table")


def test_ids_of_what_was_kept(story: Volunteer) -> None:
    story.ok("report", "snapshot", "teams", "--period", "2025")
    story.ok("report", "snapshot", "hours")
    assert story.ok("report", "reprint", "1", "-f", "ids").out.split() == ["1", "2"]
    assert story.ok("report", "reprint", "2", "-f", "ids").out == ""


def test_approximate_marks_are_kept(story: Volunteer) -> None:
    story.ok("report", "snapshot", "drives", "--period", "2025")
    assert "≥ 12" in story.ok("report", "reprint", "1", "-f", "table").out


def test_the_same_figures_again_are_no_change(story: Volunteer) -> None:
    story.ok("report", "snapshot", "hours", "--period", "2025", "--by", "team")
    again = story.ok("report", "snapshot", "hours", "--period", "2025", "--by", "team")
    assert "Nothing changed" in again.err
    assert len(story.ok("report", "snapshots", "-f", "json").json) == 1


def test_the_list_tells_snapshots_apart(story: Volunteer) -> None:
    for team in ("绿色家园维护者", "老王帮帮团"):
        story.ok("report", "snapshot", "hours", "--by", "month", "--team", team)
    rows = story.ok("report", "snapshots", "-f", "json").json
    assert [(row["team"], row["team_id"]) for row in rows] == [("绿色家园维护者", 1), ("老王帮帮团", 2)]


def test_erasing_a_person_erases_the_name(story: Volunteer) -> None:
    story.ok("report", "snapshot", "hours", "--by", "person")
    story.ok("person", "erase", "person:4", "--reason", "asked for", "--yes")
    assert "赵样四" not in story.ok("report", "reprint", "1", "-f", "json").out
    assert "赵样四".encode() not in story.database.read_bytes()


def test_a_merged_person_is_still_named(story: Volunteer) -> None:
    story.ok("report", "snapshot", "hours", "--by", "person")
    story.ok("person", "merge", "person:1", "person:6", "--yes")
    rows = story.ok("report", "reprint", "1", "-f", "json").json
    assert {row["person_id"]: row["person"] for row in rows}[6] == "张样一"


def test_damage_is_told(story: Volunteer) -> None:
    story.ok("report", "snapshot", "hours")
    with sqlite3.connect(story.database) as connection:
        connection.execute("UPDATE snapshot SET rows = replace(rows, '\"minutes\": ', '\"minutes\": 9')")
    story.refused("snapshot_damaged", "report", "reprint", "1", exit_code=1)


def test_refusals(story: Volunteer) -> None:
    story.refused("not_found", "report", "reprint", "7", exit_code=4)
    story.refused("not_found", "report", "snapshot", "hors", exit_code=4)
    story.refused("not_kept", "report", "snapshot", "today", exit_code=1)


def test_a_snapshot_can_be_undone(story: Volunteer) -> None:
    before = story.dump()
    story.ok("report", "snapshot", "hours")
    story.ok("undo")
    assert story.dump() == before
