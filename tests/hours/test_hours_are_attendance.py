"""Who has hours of an event that hold came to it, whichever way they were written, and every figure says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from volunteering import Volunteer, copied

from volunteer_cli.reporting.catalogue import reports

WAYS = ("roster", "hours add", "sheet", "checkin")


@pytest.fixture
def event(volunteer: Volunteer) -> Volunteer:
    """An event with three places, and somebody who comes without one."""
    for name in ("李样一", "王样二", "张样三", "赵样四"):
        volunteer.ok("person", "add", name, "--volunteer")
    volunteer.today = "2026-06-20"
    volunteer.ok(
        "event",
        "add",
        "Beach",
        "--code",
        "beach",
        "--start",
        "2026-06-27 10:00",
        "--end",
        "13:00",
        "--capacity",
        "3",
    )
    volunteer.ok("event", "open", "beach")
    volunteer.ok("event", "signup", "beach", "1", "2", "3")
    return volunteer


def came(volunteer: Volunteer, way: str, folder: Path) -> None:
    """Two of the three came, from ten to half past twelve and from five past ten to one."""
    times = {"李样一": ("10:00", "12:30"), "王样二": ("10:05", "13:00")}
    roster = folder / "roster.xlsx"
    volunteer.ok("event", "roster", "beach", "-o", roster)
    volunteer.today = "2026-06-27T18:00"
    if way == "roster":
        volunteer.ok("import", "hours", _filled(roster, times))
    for name, (start, end) in times.items():
        if way == "hours add":
            volunteer.ok(
                "hours",
                "add",
                name,
                "--date",
                "2026-06-27",
                "--start",
                start,
                "--end",
                end,
                "--event",
                "beach",
            )
        elif way == "checkin":
            volunteer.ok("event", "checkin", "beach", name, "--at", start)
            volunteer.ok("event", "checkout", "beach", name, "--at", end)
    if way == "sheet":
        rows = [f"{name},Beach,2026-06-27,{start},{end}" for name, (start, end) in times.items()]
        sheet = folder / "hours.csv"
        sheet.write_text("\n".join(["姓名,活动名称,日期,开始时间,结束时间", *rows]), encoding="utf-8")
        volunteer.ok("import", "hours", sheet)
    if way != "roster":
        volunteer.ok("event", "absent", "beach", "3")


def _filled(path: Path, times: dict[str, tuple[str, str]]) -> Path:
    """The roster as it comes back from the door."""
    book = load_workbook(path)
    for row in book.active.iter_rows():
        if row[1].value in times:
            row[5].value, row[7].value = times[row[1].value]
    filled = path.with_name("filled.xlsx")
    book.save(filled)
    return filled


@pytest.mark.parametrize("way", WAYS)
def test_every_figure_agrees(event: Volunteer, tmp_path: Path, way: str) -> None:
    came(event, way, tmp_path)
    assert "2 people came" in event.ok("event", "finish", "beach").err
    event.ok("hours", "confirm", "--event", "beach")
    assert _figures(event) == {
        "event": (2, 325), "list": (2, 325), "attendance": (2, 1, 0), "events": (2, 1), "overview": (2, 325),
        "roster": ["attended", "attended", "absent"], "people": [150, 175, 0], "hours": (325, 2),
    }  # fmt: skip
    assert "event_without_attendance" not in {row["kind"] for row in event.rows("report", "quality")}
    page = tmp_path / "annual.html"
    event.ok("report", "annual", "--period", "2026", "-o", page)
    assert "2 attendances" in page.read_text(encoding="utf-8")
    event.ok("check")


def test_every_report_says_the_same_whichever_way_they_were_written(event: Volunteer, tmp_path: Path) -> None:
    """All reports of the catalogue, and the SQL views; only how hours are proved differs, as it should."""
    answers: dict[str, dict[str, Any]] = {}
    for way in WAYS:
        office = Volunteer(copied(event.database, tmp_path / f"{way}.db"))
        office.today = event.today
        folder = tmp_path / way
        folder.mkdir()
        came(office, way, folder)
        office.ok("event", "finish", "beach")
        office.ok("hours", "confirm", "--event", "beach")
        answers[way] = {name: _answer(office, name) for name in reports()}
        for view, columns in (
            ("rosters", "event, person, status"),
            ("events", "title, status"),
            ("hours", "person, event, date, minutes, counted_minutes, status"),
        ):
            answers[way][view] = sorted(office.ask(f"SELECT {columns} FROM {view}"))
    first, *others = answers.values()
    for other in others:
        for name, rows in first.items():
            assert other[name] == rows, name


def _answer(volunteer: Volunteer, name: str) -> Any:
    rows = volunteer.rows("report", name)
    return (
        [{key: value for key, value in row.items() if key != "evidence"} for row in rows]
        if isinstance(rows, list)
        else rows
    )


def _figures(volunteer: Volunteer) -> dict[str, Any]:
    def row(*words: str) -> dict[str, Any]:
        answer = volunteer.rows(*words)
        return answer if isinstance(answer, dict) else answer[0]

    shown, listed = row("event", "show", "beach"), row("event", "list")
    attendance, events = row("report", "attendance"), row("report", "events", "--period", "2026")
    overview, hours = (
        row("report", "overview", "--period", "2026"),
        row("report", "hours", "--period", "2026"),
    )
    return {
        "event": (shown["attended"], shown["minutes"]),
        "list": (listed["attended"], listed["minutes"]),
        "attendance": (attendance["attended"], attendance["absent"], attendance["signed_up"]),
        "events": (events["attended"], events["absent"]),
        "overview": (overview["attended"], overview["minutes"]),
        "roster": [each["status"] for each in volunteer.rows("event", "roster", "beach")],
        "people": [row("person", "show", number)["minutes"] for number in "123"],
        "hours": (hours["minutes"], hours["people"]),
    }


def test_a_blank_row_of_somebody_with_a_place_is_absent(event: Volunteer, tmp_path: Path) -> None:
    roster = tmp_path / "roster.xlsx"
    event.ok("event", "roster", "beach", "-o", roster)
    filled = _filled(roster, {"李样一": ("10:00", "12:30")})
    event.today = "2026-06-27T18:00"
    for again in (False, True):
        answer = event.ok("import", "hours", filled, "-f", "json").json
        assert (answer["rows"]["new"], answer["rows"]["rejected"]) == (0 if again else 1, 0)
        assert [each["reason"] for each in answer["skipped"]].count("absent") == 2
        assert answer["unknown_columns"] == ["Note"]
    assert [row["status"] for row in event.rows("event", "roster", "beach")] == [
        "attended",
        "absent",
        "absent",
    ]
    event.ok("undo")
    assert {row["status"] for row in event.rows("event", "roster", "beach")} == {"signed_up"}


def test_a_roster_that_comes_back_before_the_event_says_nothing(event: Volunteer, tmp_path: Path) -> None:
    roster = tmp_path / "roster.xlsx"
    event.ok("event", "roster", "beach", "-o", roster)
    answer = event("import", "hours", roster, "-f", "json").json
    assert {each["reason"] for each in answer["rejected"]} == {"missing_value"}


def test_who_came_without_a_place_came_all_the_same(event: Volunteer) -> None:
    event.today = "2026-06-27T18:00"
    event.ok("hours", "add", "赵样四", "--date", "2026-06-27", "--hours", "1h30m", "--event", "beach")
    event.ok("event", "finish", "beach")
    (row,) = [each for each in event.rows("event", "roster", "beach") if each["person"] == "赵样四"]
    assert (row["status"], row["checked_in_at"][11:16], row["checked_out_at"][11:16]) == (
        "attended",
        "10:00",
        "11:30",
    )
    assert len(event.rows("hours", "list")) == 1, "the record that was there is the attendance"
    event.ok("check")


def test_hours_of_another_day_are_no_attendance(event: Volunteer) -> None:
    event.today = "2026-06-29"
    event.ok("hours", "add", "李样一", "--date", "2026-06-29", "--hours", "1h", "--event", "beach")
    assert {row["status"] for row in event.rows("event", "roster", "beach")} == {"signed_up"}
