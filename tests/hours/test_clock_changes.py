"""Hours in a night in which the clocks change count the time that was really given."""

from __future__ import annotations

from pathlib import Path

import pytest
from volunteering import Volunteer

#: When the service was, and the minutes that really passed: Berlin and New York go forward in March, back in autumn.
NIGHTS = [
    ("Europe/Berlin", "2026-03-28", "2026-03-28 22:00", "2026-03-29 06:00", 420),
    ("Europe/Berlin", "2025-10-25", "2025-10-25 22:00", "2025-10-26 06:00", 540),
    ("Europe/Berlin", "2026-03-29", "2026-03-29 01:00", "2026-03-29 04:00", 120),
    ("Europe/Berlin", "2025-10-26", "2025-10-26 01:00", "2025-10-26 04:00", 240),
    ("Europe/Berlin", "2026-03-29", "2026-03-29 08:00", "2026-03-29 10:00", 120),
    ("America/New_York", "2026-03-07", "2026-03-07 22:00", "2026-03-08 04:00", 300),
    ("America/New_York", "2025-11-02", "2025-11-02 00:00", "2025-11-02 04:00", 300),
    ("Asia/Shanghai", "2026-03-28", "2026-03-28 22:00", "2026-03-29 06:00", 480),
    ("UTC", "2026-03-28", "2026-03-28 22:00", "2026-03-29 06:00", 480),
]


@pytest.fixture
def office(volunteer: Volunteer) -> Volunteer:
    volunteer.ok("person", "add", "样一", "--volunteer")
    return volunteer


def minutes(office: Volunteer) -> list[int]:
    return [row["minutes"] for row in office.rows("hours", "list") if row["status"] != "voided"]


@pytest.mark.parametrize(("zone", "day", "start", "end", "given"), NIGHTS)
@pytest.mark.parametrize("way", ["typed", "sheet", "attendance", "corrected"])
def test_the_time_really_given_counts(
    office: Volunteer, tmp_path: Path, zone: str, day: str, start: str, end: str, given: int, way: str
) -> None:
    office.ok("policy", "set", "timezone", zone)
    if way == "typed":
        office.ok("hours", "add", "样一", "--date", day, "--start", start, "--end", end)
    elif way == "sheet":
        path = tmp_path / "sheet.csv"
        path.write_text(f"姓名,日期,签到时间,签退时间\n样一,{day},{start},{end}", encoding="utf-8")
        office.ok("import", "hours", path)
    elif way == "corrected":
        office.ok("hours", "add", "样一", "--date", day, "--hours", "1")
        office.ok("hours", "confirm", "1")
        office.ok("hours", "correct", "1", "--start", start, "--end", end, "--reason", "记错")
    else:
        office.ok("event", "add", "夜巡", "--code", "e", "--start", start, "--end", end)
        office.ok("event", "open", "e")
        office.ok("event", "checkin", "e", "样一", "--at", start, "--override", "来了")
        office.ok("event", "checkout", "e", "样一", "--at", end)
        office.ok("event", "finish", "e")
    assert minutes(office) == [given]
    assert office("check").out == ""


def test_times_without_a_day_of_their_own_know_the_night_too(office: Volunteer, tmp_path: Path) -> None:
    office.ok("policy", "set", "timezone", "Europe/Berlin")
    path = tmp_path / "sheet.csv"
    rows = ("姓名,日期,签到时间,签退时间", "样一,2026-03-29,1:00,4:00", "样一,2026-03-30,1:00,4:00")
    path.write_text("\n".join(rows), encoding="utf-8")
    office.ok("import", "hours", path)
    assert sorted(minutes(office)) == [120, 180]
    assert office.ok("import", "hours", path, "-f", "json").json["rows"]["same"] == 2


@pytest.mark.parametrize(
    ("words", "times"),
    [
        (("--start", "1:00", "--hours", "2"), ("01:00", "04:00")),
        (("--start", "8:00", "--hours", "2"), ("08:00", "10:00")),
    ],
)
def test_a_start_and_a_duration_give_the_end(
    office: Volunteer, words: tuple[str, ...], times: tuple[str, str]
) -> None:
    office.ok("policy", "set", "timezone", "Europe/Berlin")
    office.ok("hours", "add", "样一", "--date", "2026-03-29", *words)
    (row,) = office.rows("hours", "list")
    assert (row["start"][-5:], row["end"][-5:], row["minutes"]) == (*times, 120)


def test_nobody_serves_twice_in_the_hour_that_was_left_out(office: Volunteer) -> None:
    office.ok("policy", "set", "timezone", "Europe/Berlin")
    night = ("--start", "2026-03-28 22:00", "--end", "2026-03-29 06:00")
    office.ok("hours", "add", "样一", "--date", "2026-03-28", *night)
    words = ("hours", "add", "样一", "--date", "2026-03-29", "--start", "5:30", "--end", "7:00")
    office.refused("overlap", *words)
    assert "Nothing changed" in office.ok("hours", "add", "样一", "--date", "2026-03-28", *night).err


#: Zones that an office has had one after the other, the first of them when the hours were written down.
ZONES = [
    ("Europe/Berlin", "Asia/Shanghai"),
    ("Asia/Shanghai", "Europe/Berlin"),
    ("Europe/Berlin", "America/New_York", "UTC"),
    ("Europe/Berlin", "Asia/Shanghai", "Europe/Berlin"),
    ("UTC", "Europe/Paris"),
    ("Europe/Berlin", "Asia/Shanghai", "undo"),
    ("Europe/Berlin", "undo"),
]


@pytest.mark.parametrize("zones", ZONES, ids="-".join)
def test_another_zone_leaves_what_was_counted(
    office: Volunteer, tmp_path: Path, zones: tuple[str, ...]
) -> None:
    office.ok("policy", "set", "timezone", zones[0])
    sheet = tmp_path / "sheet.csv"
    nights = "样一,2026-03-29,1:00,4:00\n样一,2025-10-26,1:00,4:00\n样一,2026-05-05,1:00,4:00"
    sheet.write_text(f"姓名,日期,签到时间,签退时间\n{nights}", encoding="utf-8")
    office.ok("import", "hours", sheet)
    office.ok("hours", "confirm", "--period", "2025-01..2026-12")
    before = minutes(office)
    for zone in zones[1:]:
        if zone == "undo":
            changes = [row["id"] for row in office.rows("history", "list") if row["command"] == "policy set"]
            office.ok("undo", changes[0])
        else:
            office.ok("policy", "set", "timezone", zone)
    assert minutes(office) == before
    assert office("check").out == ""
    assert office.ok("import", "hours", sheet, "-f", "json").json["rows"]["same"] == 3


def test_minutes_that_fit_no_zone_of_the_office_are_found(office: Volunteer) -> None:
    office.ok("hours", "add", "样一", "--date", "2026-03-29", "--start", "1:00", "--end", "4:00")
    office.ask("UPDATE hours_record SET minutes = 120")
    assert "hours-times" in office("check").out
    office.ok("policy", "set", "country", "GB")
    assert "hours-times" in office("check").out


#: Hours without times at an event of a night, and whether they are more than it really lasted.
BEYOND = [
    ("2026-03-28 22:00", "2026-03-29 06:00", "7", False),
    ("2026-03-28 22:00", "2026-03-29 06:00", "7h30m", True),
    ("2026-03-28 22:00", "2026-03-29 06:00", "8", True),
    ("2025-10-25 22:00", "2025-10-26 06:00", "9", False),
    ("2025-10-25 22:00", "2025-10-26 06:00", "9h30m", True),
    ("2026-05-28 22:00", "2026-05-29 06:00", "8", False),
    ("2026-05-28 22:00", "2026-05-29 06:00", "8h30m", True),
]


@pytest.mark.parametrize(("start", "end", "hours", "beyond"), BEYOND)
def test_an_event_is_as_long_as_it_really_was(
    office: Volunteer, start: str, end: str, hours: str, *, beyond: bool
) -> None:
    office.ok("policy", "set", "timezone", "Europe/Berlin")
    office.ok("event", "add", "夜巡", "--code", "e", "--start", start, "--end", end)
    office.ok("event", "add", "晨读", "--code", "f", "--start", "2026-06-01 9:00", "--end", "10:00")
    office.ok("hours", "add", "样一", "--date", start[:10], "--hours", hours, "--event", "e")
    kinds = {row["kind"] for row in office.rows("report", "quality")}
    assert ("hours_beyond_event" in kinds) == beyond


def test_two_records_that_together_fill_a_long_night_fit(office: Volunteer) -> None:
    office.ok("policy", "set", "timezone", "Europe/Berlin")
    night = ("--start", "2025-10-25 22:00", "--end", "2025-10-26 06:00")
    office.ok("event", "add", "夜巡", "--code", "e", *night)
    for hours, work, fits in (("4", "巡逻", True), ("5", "值守", True), ("1", "扫地", False)):
        words = ("--date", "2025-10-25", "--hours", hours, "--event", "e", "--work", work)
        assert ("needs review" in office.ok("hours", "add", "样一", *words).err) != fits
