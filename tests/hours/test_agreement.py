"""Hours and their events never contradict each other, whichever way one might let them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

DAY = "2026-06-29"


def served(office: Any) -> int:
    """An event at which 李明 has hours, 王芳 has a place and both were expected."""
    event: int = office.event("清扫", f"{DAY} 9:00", "11:00")
    office.volunteer.ok("event", "signup", event, "李明", "王芳", "--today", f"{DAY}T08:00")
    office.add("李明", DAY, "2", "--event", event)
    return event


@pytest.mark.parametrize(
    "words",
    [
        ("event", "cancel", "EVENT"),
        ("event", "edit", "EVENT", "--kind", "class"),
        ("event", "edit", "EVENT", "--kind", "meeting"),
        ("event", "absent", "EVENT", "李明"),
        ("event", "absent", "EVENT", "王芳", "李明"),
    ],
)
def test_an_event_with_hours_stays_one_at_which_they_were_served(office: Any, words: tuple[str, ...]) -> None:
    event = served(office)
    before = office.volunteer.dump()
    told = office.volunteer.refused("has_hours", *(event if word == "EVENT" else word for word in words))
    assert "hours void" in told.err
    assert office.volunteer.dump() == before
    office.volunteer.ok("hours", "reject", 1, "--reason", "记错")
    office.volunteer.ok(*(event if word == "EVENT" else word for word in words))
    assert office.volunteer.ok("check").code == 0


def test_an_undo_brings_no_hours_back_to_a_cancelled_event(office: Any) -> None:
    event = served(office)
    office.volunteer.ok("hours", "reject", 1, "--reason", "记错")
    office.volunteer.ok("event", "cancel", event)
    operation = next(
        row["id"] for row in office.volunteer.rows("history", "list") if row["command"] == "hours reject"
    )
    office.volunteer.refused("has_hours", "undo", operation, "-y")


def test_absent_after_the_end_takes_the_hours_along(office: Any) -> None:
    event = office.event("清扫", f"{DAY} 9:00", "11:00")
    office.volunteer.ok("event", "signup", event, "李明", "--today", f"{DAY}T08:00")
    office.volunteer.ok("event", "checkin", event, "李明", "--at", f"{DAY} 9:00")
    office.volunteer.ok("event", "checkout", event, "李明", "--at", f"{DAY} 11:00")
    office.volunteer.ok("event", "finish", event)
    office.volunteer.ok("event", "absent", event, "李明")
    assert [row["status"] for row in office.list("--event", event)] == ["voided"]


def test_an_event_is_not_moved_to_where_nobody_was(office: Any) -> None:
    event = office.event("清扫", f"{DAY} 9:00", "11:00")
    office.volunteer.ok("event", "signup", event, "李明", "--today", f"{DAY}T08:00")
    office.volunteer.ok("event", "checkin", event, "李明", "--at", f"{DAY} 9:00")
    office.volunteer.refused("attended", "event", "edit", event, "--start", "2026-06-26 9:00")
    office.volunteer.refused("attended", "event", "edit", event, "--start", "2026-07-30 9:00")
    office.volunteer.ok("event", "edit", event, "--start", f"{DAY} 8:30")
    assert office.volunteer.ok("check").code == 0


@pytest.mark.parametrize(
    ("flaw", "add"),
    [
        ("hours_outside_event", ("李明", "2026-06-20", "2", "--event", "1")),
        ("hours_outside_event", ("李明", "2026-06-30", "2", "--event", "1")),
        ("hours_beyond_event", ("李明", DAY, "3", "--event", "1")),
        ("hours_beyond_event", ("李明", DAY, "8:00", "11:00", "--event", "1")),
        ("hours_too_early", ("李明", "1926-06-20", "2")),
        ("hours_too_early", ("小明", "2010-06-20", "2")),
        ("", ("李明", DAY, "2", "--event", "1")),
        ("", ("小明", "2026-06-20", "2")),
    ],
)
def test_what_is_hard_to_believe_is_listed(office: Any, flaw: str, add: tuple[str, ...]) -> None:
    office.volunteer.ok("person", "add", "小明", "--birth", "2012-03-01", "--volunteer")
    office.event("清扫", f"{DAY} 9:00", "11:00")
    office.add(*add)
    rows = office.volunteer.rows("report", "quality")
    found = {row["kind"]: row["records"] for row in rows}
    for name in ("hours_outside_event", "hours_beyond_event", "hours_too_early"):
        assert found.get(name, 0) == (name == flaw), found


@pytest.mark.parametrize(
    "words",
    [
        ("team", "edit", "花园", "--leader", "王芳"),
        ("team", "role", "花园", "王芳", "--role", "leader"),
        ("team", "add", "绿队", "--leader", "王芳"),
        ("event", "add", "义诊", "--start", "2026-07-04 9:00", "--end", "11:00", "--leader", "王芳"),
        ("event", "edit", "清扫", "--leader", "王芳"),
    ],
)
def test_nobody_archived_leads_anything_new(office: Any, words: tuple[str, ...]) -> None:
    office.event("清扫", "2026-07-02 9:00", "11:00")
    office.volunteer.ok("team", "join", "花园", "王芳", "--on", "2026-01-01")
    office.volunteer.ok("person", "archive", "王芳")
    office.volunteer.refused("archived", *words)


def test_one_definition_of_a_member(office: Any) -> None:
    volunteer = office.volunteer
    volunteer.ok("team", "join", "花园", "李明", "--role", "leader", "--on", "2026-01-01")
    volunteer.ok("team", "join", "花园", "王芳", "--on", "2026-01-01")
    volunteer.ok("person", "archive", "李明")
    shown = volunteer.ok("team", "show", "花园", "-f", "json").json
    assert (shown["members"], shown["leader"]) == (1, None)
    assert [row["person"] for row in volunteer.rows("team", "members", "花园")] == ["王芳"]
    assert [row["name"] for row in volunteer.rows("person", "list", "--team", "花园")] == ["王芳"]
    volunteer.ok("person", "restore", "李明")
    assert volunteer.ok("team", "show", "花园", "-f", "json").json["members"] == 2


def test_nothing_new_for_an_archived_team(office: Any) -> None:
    office.volunteer.ok("team", "archive", "花园")
    add = ("event", "add", "义诊", "--start", "2026-07-04 9:00", "--end", "11:00")
    office.volunteer.refused("archived", *add, "--team", "花园")
    office.volunteer.ok(*add)
    office.volunteer.refused("archived", "event", "edit", "义诊", "--team", "花园")


@pytest.mark.parametrize(
    ("day", "taken"), [("2026-06-19", True), ("2026-06-20", True), ("2026-06-21", False)]
)
def test_an_archived_person_has_hours_up_to_that_day(
    office: Any, tmp_path: Any, day: str, taken: bool
) -> None:
    office.volunteer.ok("person", "archive", "李明", env={"VOLUNTEER_TODAY": "2026-06-20"})
    path = tmp_path / "hours.csv"
    path.write_text(f"姓名,日期,时长\n李明,{day},2\n", encoding="utf-8")
    imported = office.volunteer("import", "hours", path)
    assert ("[archived]" in imported.err + imported.out or "archived" in imported.err + imported.out) != taken
    assert len(office.list("--person", "1")) == taken
    add = ("hours", "add", "李明", "--date", day, "--hours", "3")
    office.volunteer.ok(*add) if taken else office.volunteer.refused("archived", *add)
    if not taken:
        office.volunteer.ok("person", "restore", "李明")
        office.volunteer.ok(*add)


@pytest.mark.parametrize(
    ("day", "taken"), [("2026-06-19", True), ("2026-06-20", True), ("2026-06-21", False)]
)
def test_an_archived_team_has_hours_up_to_that_day(
    office: Any, tmp_path: Any, day: str, *, taken: bool
) -> None:
    office.volunteer.ok("team", "archive", "花园", env={"VOLUNTEER_TODAY": "2026-06-20"})
    path = tmp_path / "hours.csv"
    path.write_text(f"姓名,日期,时长,队伍\n李明,{day},2,花园\n", encoding="utf-8")
    imported = office.volunteer("import", "hours", path)
    assert ("archived" in imported.err + imported.out) != taken
    assert len(office.list("--person", "1")) == taken
    add = ("hours", "add", "王芳", "--date", day, "--hours", "2", "--team", "花园")
    office.volunteer.ok(*add) if taken else office.volunteer.refused("archived", *add)


def test_nobody_served_at_a_cancelled_event(office: Any) -> None:
    event = office.event("清扫", f"{DAY} 9:00", "11:00")
    office.volunteer.ok("event", "cancel", event)
    add = ("hours", "add", "李明", "--date", DAY, "--hours", "2", "--event", event)
    told = office.volunteer.refused("no_service", *add).err
    assert "was cancelled" in told
    assert "volunteer undo" in told


@pytest.mark.parametrize(
    "lines",
    [
        ["person archive 甲一 --reason died --on 2026-05-01"],
        ["person archive 甲一 --on 2026-06-01", "undo -y", "person archive 甲一 --on 2026-05-01"],
        ["batch leaving"],
    ],
)
def test_hours_after_somebody_left_are_listed(
    volunteer: Volunteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leaving").write_text("person archive 甲一 --on 2026-05-01\n", encoding="utf-8")
    volunteer.ok("person", "add", "甲一", "--volunteer")
    volunteer.ok("hours", "add", "甲一", "--date", "2026-05-05", "--hours", "2", "--work", "扫地")
    assert "hours_after_leaving" not in {row["kind"] for row in volunteer.rows("report", "quality")}
    for line in lines:
        volunteer.ok(*line.split())
    listed = {row["kind"]: row["examples"] for row in volunteer.rows("report", "quality")}
    assert listed["hours_after_leaving"] == ["hours:1"]
    volunteer.ok("person", "erase", "甲一", "--reason", "本人要求", "-y")
    assert "hours_after_leaving" not in {row["kind"] for row in volunteer.rows("report", "quality")}
