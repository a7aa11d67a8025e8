"""From check-in and check-out to hours."""

from __future__ import annotations

from typing import Any

import pytest
from volunteering import Volunteer


@pytest.fixture
def morning(office: Any) -> Any:
    """An open event on 2026-07-04 from 9:00 to 11:00 for which both have signed up; it is just over."""
    office.event("大扫除", "2026-07-04 9:00", "11:00", "--team", "花园")
    office.volunteer.ok("event", "signup", "大扫除", "李明", "王芳")
    office.volunteer.today = "2026-07-04T11:30"
    return office


def attend(office: Any, person: str, came: str | None = None, left: str | None = None) -> None:
    if came:
        office.volunteer.ok("event", "checkin", "大扫除", person, "--at", came)
    if left:
        office.volunteer.ok("event", "checkout", "大扫除", person, "--at", left)


def test_who_came_gets_hours(morning: Any) -> None:
    attend(morning, "李明", "9:05", "10:50")
    morning.volunteer.ok("event", "finish", "大扫除")
    (row,) = morning.list()
    assert (row["person"], row["start"], row["end"], row["minutes"]) == ("李明", "09:05", "10:50", 105)
    assert (row["evidence"], row["status"], row["team"], row["event"]) == (
        "signed",
        "pending",
        "花园",
        "大扫除",
    )
    assert "Nothing changed" in morning.volunteer.ok("event", "finish", "大扫除").err
    assert len(morning.list()) == 1


def test_a_missing_check_out_needs_review_and_is_skipped(morning: Any) -> None:
    attend(morning, "李明", "9:00", "11:00")
    attend(morning, "王芳", "9:00")
    morning.volunteer.ok("event", "finish", "大扫除")
    review = next(row for row in morning.list() if row["person"] == "王芳")
    assert (review["status"], review["start"], review["end"], review["minutes"]) == (
        "needs_review",
        "09:00",
        None,
        0,
    )
    done = morning.volunteer.ok("hours", "confirm", "--event", "大扫除")
    assert f"1 confirmed. 1 skipped, for it needs review: {review['id']}." in done.err
    morning.volunteer.ok("hours", "correct", review["id"], "--end", "10:30", "--reason", "同伴证实")
    corrected = morning.show(review["id"])
    assert (corrected["status"], corrected["start"], corrected["minutes"]) == ("pending", "09:00", 90)


def test_nobody_who_was_absent_or_did_not_come_gets_any(morning: Any) -> None:
    morning.volunteer.ok("event", "absent", "大扫除", "王芳")
    morning.volunteer.ok("event", "finish", "大扫除")
    assert morning.list() == []


def test_a_class_earns_no_hours(office: Any) -> None:
    office.event("家长课堂", "2026-07-04 9:00", "11:00", "--kind", "class")
    office.volunteer.ok("event", "signup", "家长课堂", "李明")
    office.volunteer.today = "2026-07-04T11:30"
    office.volunteer.ok("event", "checkin", "家长课堂", "李明", "--at", "9:00")
    office.volunteer.ok("event", "checkout", "家长课堂", "李明", "--at", "11:00")
    office.volunteer.ok("event", "finish", "家长课堂")
    assert office.list() == []


def test_hours_from_elsewhere_stand_in_the_way(morning: Any) -> None:
    morning.volunteer.today = "2026-07-04T12:30"
    other = morning.add("李明", "2026-07-04", "10:00", "12:00", "--work", "陪同就医")
    attend(morning, "李明", "9:00", "11:00")
    refused = morning.volunteer.refused("overlap", "event", "finish", "大扫除")
    assert f"record {other}" in refused.err
    attend(morning, "李明", "9:00", "10:00")
    morning.volunteer.ok("event", "finish", "大扫除")


def test_the_sheet_of_the_event_came_first(morning: Any) -> None:
    attend(morning, "李明", "9:00", "11:00")
    signed = morning.add("李明", "2026-07-04", "8:55", "11:00", "--event", "大扫除", "--evidence", "signed")
    morning.volunteer.ok("event", "finish", "大扫除")
    assert [row["id"] for row in morning.list()] == [signed]


def test_a_closed_day_refuses(morning: Any) -> None:
    attend(morning, "李明", "9:00", "11:00")
    morning.volunteer.ok("hours", "close", "2026-07-04")
    morning.volunteer.refused("period_closed", "event", "finish", "大扫除")


def test_finishing_can_be_undone(morning: Any) -> None:
    attend(morning, "李明", "9:00", "11:00")
    before = morning.volunteer.dump()
    morning.volunteer.ok("event", "finish", "大扫除")
    morning.volunteer.ok("undo")
    assert morning.volunteer.dump() == before


@pytest.mark.parametrize(
    ("at", "record", "said"),
    [
        ("9:30", ("--date", "2026-06-20", "--start", "9:00", "--end", "11:00"), False),
        ("9:30", ("--date", "2026-06-21", "--start", "9:00", "--end", "11:00"), True),
        ("9:30", ("--date", "2026-06-20", "--hours", "2"), False),
    ],
)
def test_records_that_do_not_follow_are_named(
    volunteer: Volunteer, at: str, record: tuple[str, ...], said: bool
) -> None:
    volunteer.ok("person", "add", "样一", "--volunteer")
    volunteer.ok("event", "add", "清洁", "--code", "e", "--start", "2026-06-20 9:00", "--end", "11:00")
    volunteer.ok("event", "open", "e")
    volunteer.ok("event", "finish", "e")
    volunteer.ok("hours", "add", "样一", *record, "--event", "e")
    volunteer.ok("hours", "confirm", "--event", "e")
    told = volunteer.ok("event", "checkin", "e", "样一", "--at", at, "--override", "来了").err
    # Hours of the event's day are its attendance, and follow it; those of another day are not.
    assert ("Look at these records yourself, for they do not follow the attendance: 1." in told) is said
    told = volunteer.ok("event", "checkout", "e", "样一", "--at", "11:00").err
    assert ("Look at these records yourself" in told) is said
    assert volunteer("check").code == 0


#: What a sheet says of somebody who was seen from 9:00 to 11:00, and the records that are named at the end.
SHEETS = [
    (["9:00,11:00"], ""),
    (["9:10,10:50"], "1"),
    (["11:00,11:20"], "1"),
    (["9:00,10:00", "10:00,11:00"], "1, 2"),
    (["8:00,9:00"], "1"),
    ([], ""),
]


@pytest.mark.parametrize(("rows", "named"), SHEETS)
def test_a_sheet_that_says_other_times_than_the_attendance_is_named(
    morning: Any, tmp_path: Any, rows: list[str], named: str
) -> None:
    path = tmp_path / "hours.csv"
    lines = "".join(f"李明,2026-07-04,{row}\n" for row in rows)
    path.write_text(f"姓名,日期,签到时间,签退时间\n{lines}", encoding="utf-8")
    if rows:
        morning.volunteer.ok("import", "hours", path, "--event", "大扫除")
    attend(morning, "李明", "9:00", "11:00")
    told = morning.volunteer.ok("event", "finish", "大扫除").err
    assert ("other times than the attendance" in told) == bool(named)
    assert f"{named}." in told
    assert len(morning.list()) == max(1, len(rows))
    morning.volunteer.ok("check")
