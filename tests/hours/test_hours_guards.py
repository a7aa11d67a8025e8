"""Merging people with hours, undoing, and what `check` finds."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

import pytest


def merge(office: Any) -> Any:
    return office.volunteer("person", "merge", "李明", "王芳", "--yes")


def test_hours_move_with_a_merge(office: Any) -> None:
    office.add("李明", "2026-06-29", "9:00", "11:00")
    moved = office.add("王芳", "2026-06-29", "11:00", "12:00")
    assert merge(office).code == 0
    assert office.show(moved)["person"] == "李明"


@pytest.mark.parametrize("times", [("10:00", "12:00"), ("9:00", "11:00")])
def test_overlapping_hours_refuse_a_merge_and_are_listed(office: Any, times: tuple[str, str]) -> None:
    one = office.add("李明", "2026-06-29", "9:00", "11:00")
    two = office.add("王芳", "2026-06-29", *times)
    refused = merge(office)
    assert refused.code == 1
    assert "[overlap]" in refused.err
    assert f"record {two}" in refused.err
    assert f"record {one}" in refused.err
    office.volunteer.ok("hours", "void", two, "--reason", "重复")
    assert merge(office).code == 0


def test_the_same_untimed_service_is_not_merged_into_double(office: Any) -> None:
    office.add("李明", "2026-06-29", "2", "--work", "清扫")
    two = office.add("王芳", "2026-06-29", "2", "--work", "清扫")
    assert "[overlap]" in merge(office).err
    office.volunteer.ok("hours", "reject", two, "--reason", "重复")
    assert merge(office).code == 0


def test_every_change_can_be_undone(office: Any) -> None:
    key = office.add("李明", "2026-06-29", "9:00", "11:00")
    changes = [
        ["hours", "add", "王芳", "--date", "2026-06-29", "--hours", "1"],
        ["hours", "confirm", key],
        ["hours", "correct", key, "--hours", "1", "--reason", "x"],
        ["hours", "void", 3, "--reason", "x"],
        ["hours", "reject", 2, "--reason", "x"],
        ["hours", "close", "2026-06"],
        ["hours", "reopen", "2026-06-29", "--reason", "x"],
    ]
    states = [office.volunteer.dump()]
    for words in changes:
        office.volunteer.ok(*words)
        states.append(office.volunteer.dump())
    for state in reversed(states[:-1]):
        office.volunteer.ok("undo")
        assert office.volunteer.dump() == state


def test_check_finds_an_overlap_past_midnight(office: Any) -> None:
    office.volunteer.ok("hours", "add", "李明", "--start", "2026-06-28 22:00", "--end", "2026-06-29 2:00")
    office.add("李明", "2026-06-29", "2:00", "3:00")
    assert office.volunteer.ok("check", "hours-overlap").out == ""
    with sqlite3.connect(office.volunteer.database) as connection:
        connection.execute("UPDATE hours_record SET start_minute = 60, minutes = 120 WHERE id = 2")
    connection.close()
    assert office.volunteer("check", "hours-overlap").code == 6


HOT = {
    "list --person": ("hours", "list", "--person", "1"),
    "add": ("hours", "add", "李明", "--date", "2026-06-27", "--start", "9:00", "--end", "10:00"),
    "show": ("hours", "show", "1"),
    "confirm": ("hours", "confirm", "2"),
    "correct": ("hours", "correct", "1", "--hours", "1", "--reason", "x"),
    "list --event": ("hours", "list", "--event", "1"),
    "list --team": ("hours", "list", "--team", "1"),
    "list --period": ("hours", "list", "--period", "2026-06-29"),
    "close": ("hours", "close", "2026-04"),
    "person show": ("person", "show", "1"),
    "event show": ("event", "show", "1"),
}


@pytest.mark.parametrize("name", HOT)
def test_no_hot_query_scans_the_records(office: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    os.fspath(office.volunteer.database)  # plans are those of SQLite
    office.event("大扫除", "2026-07-02 9:00", "11:00", "--team", "花园")
    office.confirmed("李明", "2026-06-29", "9:00", "11:00", "--event", "大扫除")
    office.add("李明", "2026-06-28", "9:00", "11:00")
    plans: list[str] = []

    def explain(connection: Any, cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "hours_record" in statement and not statement.startswith("EXPLAIN"):
            raw = connection.connection.driver_connection
            plans.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        office.volunteer.ok(*HOT[name])
    finally:
        event.remove(Engine, "before_cursor_execute", explain)
    scans = [plan for plan in plans if plan.startswith("SCAN hours_record") and "INDEX" not in plan]
    covering = [plan for plan in plans if plan.startswith("SCAN hours_record USING")]
    assert plans
    assert not scans
    assert not covering
