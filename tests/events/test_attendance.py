"""Who came, from when to when, and who did not."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def event(hall: Any, volunteer: Any) -> int:
    """An event that has just begun; 李明 and 王芳 have places."""
    event: int = hall.event("清洁日", "--capacity", 2)
    volunteer.ok("event", "signup", event, "李明", "王芳", "张伟")
    hall.at("2026-07-04T09:05")
    return event


def test_many_at_once_and_correction(hall: Any, volunteer: Any, event: int) -> None:
    told = volunteer.ok("event", "checkin", event, "李明", "王芳", "-f", "json")
    assert told.json["attended"] == 2
    assert told.json["signed_up"] == 2
    volunteer.ok("event", "checkin", event, "李明", "--at", "8:55")
    hall.at("2026-07-04T11:30")
    volunteer.ok("event", "checkout", event, "李明", "--at", "2026-07-04 11:00")
    rows = {row["person"]: row for row in hall.roster(event)}
    assert rows["李明"]["checked_in_at"] == "2026-07-04T08:55:00+08:00"
    assert rows["李明"]["checked_out_at"] == "2026-07-04T11:00:00+08:00"
    assert rows["王芳"]["checked_out_at"] is None
    assert "Nothing changed" in volunteer.ok("event", "checkin", event, "李明").err


def test_refusals(hall: Any, volunteer: Any, event: int) -> None:
    volunteer.refused("not_signed_up", "event", "checkin", event, "张伟")
    volunteer.refused("future", "event", "checkin", event, "李明", "--at", "9:06")
    volunteer.refused("bad_time", "event", "checkin", event, "李明", "--at", "2026-07-03 9:00")
    volunteer.refused("bad_time", "event", "checkin", event, "李明", "--at", "early", exit_code=2)
    volunteer.refused("not_checked_in", "event", "checkout", event, "李明")
    volunteer.ok("event", "checkin", event, "李明")
    volunteer.refused("bad_time", "event", "checkout", event, "李明", "--at", "9:05")
    volunteer.refused("bad_time", "event", "checkout", event, "李明", "--at", "9:01")
    volunteer.refused("attended", "event", "withdraw", event, "李明")
    volunteer.refused("attended", "event", "cancel", event)


def test_all_or_none(hall: Any, volunteer: Any, event: int) -> None:
    before = volunteer.dump()
    volunteer.refused("not_signed_up", "event", "checkin", event, "李明", "张伟")
    assert volunteer.dump() == before


def test_absent_gives_the_place_to_whoever_is_there(hall: Any, volunteer: Any, event: int) -> None:
    hall.person("赵敏")
    volunteer.ok("event", "checkin", event, "李明")
    volunteer.ok("event", "absent", event, "王芳")
    assert "Nothing changed" in volunteer.ok("event", "absent", event, "王芳").err
    volunteer.ok("event", "signup", event, "赵敏")
    assert hall.statuses(event)["赵敏"] == "signed_up"
    volunteer.refused("full", "event", "checkin", event, "王芳")
    volunteer.ok("event", "absent", event, "李明")
    assert hall.roster(event)[0]["checked_in_at"] is None
    volunteer.ok("event", "checkin", event, "王芳")


def test_absent_only_once_it_has_begun(hall: Any, volunteer: Any, event: int) -> None:
    hall.at("2026-07-04T08:59")
    volunteer.refused("not_started", "event", "absent", event, "李明")


def test_time_alone_means_the_right_day_of_a_night(hall: Any, volunteer: Any) -> None:
    night = hall.event("守夜", start="2026-07-04 20:00", end="2026-07-05 02:00")
    volunteer.ok("event", "signup", night, "李明")
    hall.at("2026-07-05T03:00")
    volunteer.ok("event", "checkin", night, "李明", "--at", "20:10")
    volunteer.ok("event", "checkout", night, "李明", "--at", "1:30")
    (row,) = hall.roster(night)
    assert (row["checked_in_at"], row["checked_out_at"]) == (
        "2026-07-04T20:10:00+08:00",
        "2026-07-05T01:30:00+08:00",
    )


def test_not_of_an_event_that_did_not_take_place(hall: Any, volunteer: Any, event: int) -> None:
    volunteer.ok("event", "finish", event)
    volunteer.refused("event_over", "event", "withdraw", event, "李明")
    planned = hall.event("没开放", opened=False)
    volunteer.refused("wrong_state", "event", "checkin", planned, "李明")


def test_finishing_writes_hours_once(hall: Any, volunteer: Any, event: int) -> None:
    volunteer.ok("event", "checkin", event, "李明", "王芳")
    hall.at("2026-07-04T11:00")
    volunteer.ok("event", "checkout", event, "李明")
    told = volunteer.ok("event", "finish", event)
    assert "清洁日 (1) is done; 2 people came. 1 without a check-out needs review." in told.err
    rows = volunteer.ok("hours", "list", "--event", event, "-f", "json").json
    assert [(row["person"], row["minutes"], row["status"], row["evidence"]) for row in rows] == [
        ("李明", 115, "pending", "signed"),
        ("王芳", 0, "needs_review", "signed"),
    ]
    assert "Nothing changed" in volunteer.ok("event", "finish", event).err
    volunteer.ok("hours", "confirm", "--event", event)
    assert volunteer.ok("event", "show", event, "-f", "json").json["minutes"] == 115


def test_only_service_earns_hours(hall: Any, volunteer: Any) -> None:
    lesson = hall.event("合唱", "--kind", "class")
    volunteer.ok("event", "signup", lesson, "李明")
    hall.at("2026-07-04T11:00")
    volunteer.ok("event", "checkin", lesson, "李明", "--at", "9:00")
    volunteer.ok("event", "checkout", lesson, "李明")
    volunteer.ok("event", "finish", lesson)
    assert volunteer.ok("hours", "list", "-f", "json").json == []
