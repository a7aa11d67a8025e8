"""At the door and afterwards there is a way in: who waits, who never signed up, and slips set right later."""

from __future__ import annotations

from typing import Any

import pytest

OVER = "2026-07-04T11:30"


@pytest.fixture
def full(hall: Any, volunteer: Any) -> int:
    """An event with one place, which 李明 has; 王芳 waits, 张伟 never signed up. It has just begun."""
    event: int = hall.event("清洁日", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明", "王芳")
    hall.at("2026-07-04T09:05")
    return event


def row_of(hall: Any, event: int, person: str) -> dict[str, Any]:
    return next(row for row in hall.roster(event) if row["person"] == person)


def hours_of(volunteer: Any, event: int) -> list[tuple[str, str, int, int]]:
    rows = volunteer.ok("hours", "list", "--event", event, "-f", "json").json
    return [(row["person"], row["status"], row["minutes"], row["counted_minutes"]) for row in rows]


def test_who_waits_and_comes_is_let_in_by_a_leader(hall: Any, volunteer: Any, full: int) -> None:
    refused = volunteer.refused("not_signed_up", "event", "checkin", full, "王芳", exit_code=1)
    assert "--override" in refused.err
    volunteer.ok("event", "checkin", full, "王芳", "--override", "人手不够")
    row = row_of(hall, full, "王芳")
    assert (row["status"], row["position"], row["override_reason"]) == ("attended", None, "人手不够")
    volunteer.ok("check")
    volunteer.ok("undo")
    assert hall.statuses(full)["王芳"] == "waiting"


def test_who_waits_takes_a_place_that_is_free(hall: Any, volunteer: Any, full: int) -> None:
    volunteer.ok("event", "absent", full, "李明")
    volunteer.ok("event", "checkin", full, "王芳")
    assert hall.statuses(full) == {"李明": "absent", "王芳": "attended"}
    volunteer.refused("full", "event", "checkin", full, "李明")
    volunteer.ok("event", "checkin", full, "李明", "--override", "来晚了")
    assert hall.statuses(full)["李明"] == "attended"
    volunteer.ok("check")


@pytest.mark.parametrize("moment", ["2026-07-04T09:05", OVER, "2026-07-20T09:00"])
@pytest.mark.parametrize("finished", [False, True])
def test_who_came_unannounced_is_added(
    hall: Any, volunteer: Any, full: int, moment: str, *, finished: bool
) -> None:
    if finished:
        hall.at(OVER)
        volunteer.ok("event", "finish", full)
    hall.at(max(moment, OVER) if finished else moment)
    volunteer.refused("not_signed_up", "event", "checkin", full, "张伟", "--at", "9:00")
    volunteer.ok("event", "checkin", full, "张伟", "--at", "9:00", "--override", "现场报名")
    assert row_of(hall, full, "张伟")["status"] == "attended"
    volunteer.ok("check")


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_nobody_is_let_in_without_a_reason(hall: Any, volunteer: Any, full: int, blank: str) -> None:
    before = volunteer.dump()
    volunteer.refused("missing_value", "event", "checkin", full, "张伟", "--override", blank, exit_code=1)
    assert volunteer.dump() == before


def test_what_no_leader_lets_pass_refuses_at_the_door_too(hall: Any, volunteer: Any) -> None:
    event = hall.event("急救站", "--needs-skill", "急救")
    hall.at("2026-07-04T09:05")
    volunteer.refused("unqualified", "event", "checkin", event, "张伟", "--override", "现场报名")
    cancelled = hall.event("取消了")
    volunteer.ok("event", "cancel", cancelled)
    volunteer.refused("wrong_state", "event", "checkin", cancelled, "张伟", "--override", "现场报名")


def test_of_an_event_that_is_done_the_time_is_asked(hall: Any, volunteer: Any, full: int) -> None:
    hall.at(OVER)
    volunteer.ok("event", "finish", full)
    refused = volunteer.refused("missing_value", "event", "checkin", full, "李明")
    assert "--at" in refused.err


class TestAfterFinish:
    """Attendance is corrected, and the hours follow."""

    @pytest.fixture
    def done(self, hall: Any, volunteer: Any, full: int) -> int:
        """The event is done; 李明 was there from 9:00 to 11:00."""
        hall.at(OVER)
        volunteer.ok("event", "checkin", full, "李明", "--at", "9:00")
        volunteer.ok("event", "checkout", full, "李明", "--at", "11:00")
        volunteer.ok("event", "finish", full)
        return full

    def test_a_pending_record_is_changed_in_place(self, volunteer: Any, done: int) -> None:
        volunteer.ok("event", "checkout", done, "李明", "--at", "10:30")
        assert hours_of(volunteer, done) == [("李明", "pending", 90, 0)]

    def test_a_confirmed_record_is_corrected(self, volunteer: Any, done: int) -> None:
        volunteer.ok("hours", "confirm", "--event", done)
        volunteer.ok("event", "checkin", done, "李明", "--at", "9:30")
        assert hours_of(volunteer, done) == [("李明", "voided", 120, 0), ("李明", "confirmed", 90, 90)]

    def test_who_was_forgotten_gets_hours(self, volunteer: Any, done: int) -> None:
        volunteer.ok("event", "checkin", done, "张伟", "--at", "9:00", "--override", "漏登")
        assert hours_of(volunteer, done)[-1] == ("张伟", "needs_review", 0, 0)
        volunteer.ok("event", "checkout", done, "张伟", "--at", "10:00")
        assert hours_of(volunteer, done)[-1] == ("张伟", "pending", 60, 0)

    @pytest.mark.parametrize("confirmed", [False, True])
    def test_who_was_not_there_has_none(
        self, hall: Any, volunteer: Any, done: int, *, confirmed: bool
    ) -> None:
        if confirmed:
            volunteer.ok("hours", "confirm", "--event", done)
        volunteer.ok("event", "absent", done, "李明")
        assert hours_of(volunteer, done) == [("李明", "voided", 120, 0)]
        volunteer.ok("event", "checkin", done, "李明", "--at", "9:00")
        volunteer.ok("event", "checkout", done, "李明", "--at", "11:00")
        assert hours_of(volunteer, done)[-1] == ("李明", "pending", 120, 0)
        volunteer.ok("check")

    def test_a_closed_period_stays_as_it_is(self, volunteer: Any, done: int) -> None:
        volunteer.ok("hours", "confirm", "--event", done)
        volunteer.ok("hours", "close", "2026-07-04")
        before = volunteer.dump()
        volunteer.refused("period_closed", "event", "checkout", done, "李明", "--at", "10:30")
        volunteer.refused("period_closed", "event", "absent", done, "李明")
        volunteer.refused(
            "period_closed", "event", "checkin", done, "张伟", "--at", "9:00", "--override", "漏登"
        )
        assert volunteer.dump() == before

    def test_other_hours_stand_in_the_way(self, volunteer: Any, done: int) -> None:
        volunteer.ok("hours", "add", "李明", "--date", "2026-07-04", "--start", "11:00", "--end", "11:20")
        volunteer.refused("overlap", "event", "checkout", done, "李明", "--at", "11:10")

    def test_it_can_be_undone(self, volunteer: Any, done: int) -> None:
        volunteer.ok("hours", "confirm", "--event", done)
        before = volunteer.dump()
        volunteer.ok("event", "absent", done, "李明")
        volunteer.ok("undo")
        assert volunteer.dump() == before


def test_all_withdraw_before_the_line_moves(hall: Any, volunteer: Any) -> None:
    event = hall.event("读书会", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明", "王芳", "张伟")
    told = volunteer.ok("event", "withdraw", event, "李明", "王芳").err
    assert "王芳 (2) moved up" not in told
    assert "张伟 (3) moved up from the waitlist: 李明 withdrew." in told
    assert hall.statuses(event) == {"李明": "withdrawn", "王芳": "withdrawn", "张伟": "signed_up"}
