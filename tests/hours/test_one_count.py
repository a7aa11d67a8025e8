"""One event counts once for one person, whatever mix of records says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

DAY = "2026-06-29"
TIMES = ("--start", "9:00", "--end", "11:00")
#: What is recorded of 李明 at an event from 9:00 to 11:00, one after the other, and how each record stands.
MIXES: tuple[tuple[str, list[tuple[str, ...]], list[tuple[int, str]]], ...] = (
    ("the example", [TIMES, ("--hours", "2"), ("--hours", "2", "--work", "扫地")], [(120, "pending")]),
    ("without times first", [("--hours", "2"), TIMES], [(120, "pending")]),
    ("longer", [TIMES, ("--hours", "3")], [(120, "pending"), (180, "needs_review")]),
    ("shorter", [TIMES, ("--hours", "1")], [(120, "pending"), (60, "needs_review")]),
    (
        "two parts that are together as long",
        [
            ("--start", "9:00", "--end", "10:00", "--work", "扫地"),
            ("--start", "10:00", "--end", "11:00"),
            ("--hours", "2"),
        ],
        [(60, "pending"), (60, "pending")],
    ),
    (
        "two works without times within it",
        [("--hours", "1", "--work", "扫地"), ("--hours", "1", "--work", "擦窗")],
        [(60, "pending"), (60, "pending")],
    ),
    (
        "two works without times beyond it",
        [("--hours", "2", "--work", "扫地"), ("--hours", "2", "--work", "擦窗")],
        [(120, "pending"), (120, "needs_review")],
    ),
    (
        "times that do not overlap beyond it",
        [TIMES, ("--start", "11:00", "--end", "12:00")],
        [(120, "pending"), (60, "needs_review")],
    ),
    ("one that stayed longer is no mix", [("--start", "8:30", "--end", "11:30")], [(180, "pending")]),
)


@pytest.mark.parametrize(("adds", "wanted"), [mix[1:] for mix in MIXES], ids=[mix[0] for mix in MIXES])
def test_a_mix_by_hand_counts_once(
    office: Any, adds: list[tuple[str, ...]], wanted: list[tuple[int, str]]
) -> None:
    event = office.event("清扫", f"{DAY} 9:00", "11:00")
    for words in adds:
        office.volunteer.ok("hours", "add", "李明", "--date", DAY, *words, "--event", event)
    rows = office.list("--event", event)
    assert sorted((row["minutes"], row["status"]) for row in rows) == sorted(wanted)
    confirmed = office.volunteer.ok("hours", "confirm", "--event", event)
    counted = sum(row["minutes"] for row in office.list("--event", event) if row["status"] == "confirmed")
    assert counted <= 120 or len(adds) == 1, confirmed.err
    assert office.volunteer.ok("check").code == 0


@pytest.mark.parametrize(
    ("sheet", "wanted"),
    [
        ("9:00,11:00,,\n,,2,\n", [(120, "pending")]),
        (",,2,\n9:00,11:00,,\n", [(120, "pending")]),
        ("9:00,11:00,,\n,,3,\n", [(120, "needs_review"), (180, "needs_review")]),
        (",,1,扫地\n,,1,擦窗\n", [(60, "pending"), (60, "pending")]),
        (",,2,扫地\n,,2,擦窗\n", [(120, "needs_review"), (120, "needs_review")]),
    ],
)
def test_a_mix_in_one_sheet_counts_once(
    office: Any, tmp_path: Path, sheet: str, wanted: list[tuple[int, str]]
) -> None:
    event = office.event("清扫", f"{DAY} 9:00", "11:00")
    rows = "".join(f"李明,{DAY},{line}\n" for line in sheet.splitlines())
    path = tmp_path / "hours.csv"
    path.write_text(f"姓名,日期,开始时间,结束时间,时长,服务内容\n{rows}", encoding="utf-8")
    office.volunteer("import", "hours", path, "--event", event, "--on-error", "skip")
    shown = sorted((row["minutes"], row["status"]) for row in office.list("--event", event))
    assert shown == wanted


def test_a_sheet_without_times_is_the_attendance_and_the_other_way_round(office: Any, tmp_path: Path) -> None:
    volunteer = office.volunteer
    path = tmp_path / "hours.csv"
    path.write_text(f"姓名,日期,时长\n李明,{DAY},2\n王芳,{DAY},1\n", encoding="utf-8")
    event = office.event("清扫", f"{DAY} 9:00", "11:00")
    volunteer.ok("event", "signup", event, "李明", "王芳", "--today", f"{DAY}T08:00")
    volunteer.ok("event", "checkin", event, "李明", "王芳", "--at", f"{DAY} 9:00")
    volunteer.ok("event", "checkout", event, "李明", "王芳", "--at", f"{DAY} 11:00")
    volunteer.ok("import", "hours", path, "--event", event)
    told = volunteer.ok("event", "finish", event)
    assert "1 does not fit what else is recorded" in told.err
    rows = [(row["person"], row["minutes"], row["status"]) for row in office.list("--event", event)]
    assert sorted(rows) == [
        ("李明", 120, "pending"),
        ("王芳", 60, "pending"),
        ("王芳", 120, "needs_review"),
    ]
    again = volunteer("import", "hours", path, "--event", event, "--on-error", "skip")
    assert len(office.list("--event", event)) == 3, again.err


def test_equal_service_for_two_teams_is_two_services(office: Any, tmp_path: Path) -> None:
    volunteer = office.volunteer
    volunteer.ok("team", "add", "绿队")
    for team in ("花园", "绿队", "绿队"):
        words = ("hours", "add", "李明", "--date", DAY, "--hours", "2", "--work", "值班", "--team", team)
        volunteer.ok(*words)
    assert [row["minutes"] for row in office.list("--person", "李明")] == [120, 120]
    path = tmp_path / "hours.csv"
    lines = [
        f"李明,{DAY},2,值班,花园",
        f"李明,{DAY},2,值班,绿队",
        f"王芳,{DAY},2,值班,花园",
        f"王芳,{DAY},2,值班,绿队",
    ]
    path.write_text("姓名,日期,时长,服务内容,队伍\n" + "\n".join(lines) + "\n", encoding="utf-8")
    volunteer.ok("import", "hours", path)
    assert [row["team"] for row in office.list("--person", "王芳")] == ["花园", "绿队"]
    assert len(office.list("--person", "李明")) == 2


def test_a_record_that_says_less_is_the_same(office: Any, tmp_path: Path) -> None:
    office.add("李明", DAY, "2", "--work", "值班", "--team", "花园")
    office.add("李明", DAY, "2", "--work", "值班")
    assert len(office.list("--person", "李明")) == 1


def test_no_hours_for_somebody_who_was_absent(office: Any, tmp_path: Path) -> None:
    volunteer = office.volunteer
    event = office.event("清扫", f"{DAY} 9:00", "11:00")
    volunteer.ok("event", "signup", event, "李明", "王芳", "--today", f"{DAY}T08:00")
    volunteer.ok("event", "absent", event, "李明")
    told = volunteer.refused(
        "absent", "hours", "add", "李明", "--date", DAY, "--hours", "2", "--event", event
    )
    assert "event checkin" in told.err
    path = tmp_path / "hours.csv"
    path.write_text(f"姓名,日期,时长\n李明,{DAY},2\n王芳,{DAY},2\n", encoding="utf-8")
    assert "[absent]" in volunteer("import", "hours", path, "--event", event, "--on-error", "skip").err
    assert [row["person"] for row in office.list("--event", event)] == ["王芳"]
