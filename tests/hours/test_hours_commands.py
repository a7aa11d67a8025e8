"""`volunteer hours …`: what each command does, and every refusal by its code."""

from __future__ import annotations

from typing import Any

import pytest


def test_add_answers_the_record(office: Any) -> None:
    words = (
        "--date",
        "2026-06-29",
        "--start",
        "9:00",
        "--end",
        "11:30",
        "--team",
        "花园",
        "--work",
        "清扫楼道",
    )
    done = office.volunteer.ok("hours", "add", "李明", *words, "-f", "json")
    assert done.json == {
        "id": 1, "person": "李明", "person_id": 1, "event": None, "event_id": None, "team": "花园", "team_id": 1,
        "date": "2026-06-29", "start": "09:00", "end": "11:30", "minutes": 150, "counted_minutes": 0,
        "evidence": "reported", "status": "pending", "closed": False, "late": False, "work": "清扫楼道",
        "recorded_by": "tester", "confirmed_by": None, "corrects": None, "reason": None,
        "community": "滨湖社区", "community_id": 1,
    }  # fmt: skip
    assert "Recorded 2:30 of 李明 (1)." in done.err


def test_the_same_record_again_is_no_change(office: Any) -> None:
    office.add("李明", "2026-06-29", "9:00", "11:00", "--work", "清扫")
    again = office.volunteer.ok(
        "hours", "add", "李明", "--date", "2026-06-29", "--start", "9:00", "--end", "11:00", "--work", "清扫"
    )
    assert "Nothing changed" in again.err
    office.add("李明", "2026-06-28", "1h30m", "--work", "清扫")
    office.add("李明", "2026-06-28", "90m", "--work", "清扫")
    assert len(office.list()) == 2


def test_what_was_voided_can_be_recorded_anew(office: Any) -> None:
    office.add("李明", "2026-06-28", "9:00", "10:00")
    office.volunteer.ok("hours", "void", 1, "--reason", "错")
    assert office.add("李明", "2026-06-28", "9:00", "10:00") == 2


@pytest.mark.parametrize(
    ("code", "exit_code", "words"),
    [
        ("future", 1, ["--date", "2026-07-01", "--hours", "1"]),
        ("future", 1, ["--start", "2026-06-30 22:00", "--end", "2026-07-01 1:00"]),
        ("overlap", 1, ["--date", "2026-06-29", "--start", "10:59", "--end", "12:00"]),
        ("overlap", 1, ["--date", "2026-06-29", "--start", "8:00", "--end", "12:00"]),
        ("bad_time", 1, ["--date", "2026-06-28", "--start", "11:00", "--end", "9:00"]),
        ("bad_time", 2, ["--date", "2026-06-28", "--start", "25:00", "--end", "9:00"]),
        ("bad_duration", 1, ["--date", "2026-06-28", "--hours", "25"]),
        ("bad_duration", 1, ["--date", "2026-06-28", "--hours", "0"]),
        ("bad_duration", 2, ["--date", "2026-06-28", "--hours", "半天"]),
        ("bad_duration", 1, ["--date", "2026-06-28", "--start", "9:00", "--end", "10:00", "--hours", "2"]),
        ("bad_date", 2, ["--date", "2026-02-30", "--hours", "2"]),
        ("missing_value", 2, ["--date", "2026-06-28"]),
        ("missing_value", 2, ["--date", "2026-06-28", "--start", "9:00"]),
        ("missing_value", 2, ["--start", "9:00", "--end", "10:00"]),
        ("bad_choice", 2, ["--date", "2026-06-28", "--hours", "1", "--evidence", "hearsay"]),
        ("bad_text", 1, ["--date", "2026-06-28", "--hours", "1", "--work", "a\u202eb"]),
        ("not_found", 4, ["--date", "2026-06-28", "--hours", "1", "--team", "没有"]),
    ],
)
def test_add_refuses(office: Any, code: str, exit_code: int, words: list[str]) -> None:
    office.add("李明", "2026-06-29", "9:00", "11:00")
    before = office.volunteer.dump()
    office.volunteer.refused(code, "hours", "add", "李明", *words, exit_code=exit_code)
    assert office.volunteer.dump() == before


def test_touching_ends_and_other_people_are_fine(office: Any) -> None:
    office.add("李明", "2026-06-29", "9:00", "11:00")
    office.add("李明", "2026-06-29", "11:00", "12:00")
    office.add("李明", "2026-06-29", "8:00", "9:00")
    office.add("王芳", "2026-06-29", "9:00", "11:00")
    refused = office.volunteer.refused(
        "overlap", "hours", "add", "李明", "--date", "2026-06-29", "--start", "11:30", "--end", "13:00"
    )
    assert "record 2, 2026-06-29 11:00–12:00" in refused.err


def test_the_day_before_overlaps_past_midnight(office: Any) -> None:
    office.volunteer.ok("hours", "add", "李明", "--start", "2024-02-28 22:00", "--end", "2024-02-29 2:00")
    early = ("hours", "add", "李明", "--date", "2024-02-29", "--start", "1:00", "--end", "3:00")
    office.volunteer.refused("overlap", *early)
    office.add("李明", "2024-02-29", "2:00", "3:00")


def test_an_event_brings_its_team_and_must_be_service(office: Any) -> None:
    event = office.event("大扫除", "2026-07-02 9:00", "11:00", "--team", "花园")
    key = office.add("李明", "2026-06-30", "1", "--event", "大扫除")
    shown = office.show(key)
    assert (shown["event"], shown["event_id"], shown["team"]) == ("大扫除", event, "花园")
    office.event("家长课堂", "2026-07-02 9:00", "11:00", "--kind", "class")
    office.volunteer.refused(
        "no_service", "hours", "add", "李明", "--date", "2026-06-30", "--hours", "1", "--event", "家长课堂"
    )
    off = office.event("取消的", "2026-07-02 9:00", "11:00")
    office.volunteer.ok("event", "cancel", off)
    office.volunteer.refused(
        "no_service", "hours", "add", "李明", "--date", "2026-06-30", "--hours", "1", "--event", off
    )


def test_two_events_at_one_time_overlap_though_the_times_are_equal(office: Any) -> None:
    for title in ("甲", "乙"):
        office.event(title, "2026-07-02 9:00", "11:00")
    office.add("李明", "2026-06-30", "9:00", "11:00", "--event", "甲")
    again = (
        "hours",
        "add",
        "李明",
        "--date",
        "2026-06-30",
        "--start",
        "9:00",
        "--end",
        "11:00",
        "--event",
        "乙",
    )
    office.volunteer.refused("overlap", *again)
    office.add("李明", "2026-06-29", "2", "--event", "甲")
    office.add("李明", "2026-06-29", "2", "--event", "乙")
    assert len(office.list("--period", "2026-06-29")) == 2


@pytest.mark.parametrize(
    ("today", "late"),
    [
        # The tenth working day after 2026-06-01, a Monday, is a Monday again.
        ("2026-06-15", False),
        ("2026-06-16", True),
    ],
)
def test_late_after_ten_working_days(office: Any, today: str, late: bool) -> None:
    office.volunteer.today = today
    assert office.show(office.add("李明", "2026-06-01", "1"))["late"] is late


def test_holidays_and_the_table_of_days_bear_on_lateness(office: Any) -> None:
    office.volunteer.today = "2025-10-20"
    assert office.show(office.add("李明", "2025-09-29", "1"))["late"] is False
    office.volunteer.ok("policy", "set", "working_days", "2025-10-02=on,2025-10-03=on")
    assert office.show(office.add("王芳", "2025-09-29", "1"))["late"] is True
    office.volunteer.refused("bad_policy_value", "policy", "set", "working_days", "2025-10-02=maybe")
    office.volunteer.ok("policy", "set", "entry_deadline_days", "0")
    assert office.show(office.add("王芳", "2025-10-20", "1"))["late"] is False
    assert office.show(office.add("王芳", "2025-10-17", "1"))["late"] is True


def test_list_filters(office: Any) -> None:
    office.event("大扫除", "2026-07-02 9:00", "11:00")
    one = office.add("李明", "2026-06-29", "9:00", "11:00", "--team", "花园")
    two = office.add("李明", "2026-05-29", "2", "--event", "大扫除")
    three = office.confirmed("王芳", "2026-06-01", "2")

    def ids(*words: str) -> list[int]:
        return [row["id"] for row in office.list(*words)]

    assert ids() == [one, two, three]
    assert ids("--person", "lm") == [two, one]
    assert ids("--team", "花园") == [one]
    assert ids("--event", "大扫除") == [two]
    assert ids("--status", "confirmed") == [three]
    assert ids("--period", "2026-06") == [three, one]
    assert ids("--person", "王芳", "--status", "pending") == []
    office.volunteer.refused("bad_choice", "hours", "list", "--status", "done", exit_code=2)
    office.volunteer.refused("bad_period", "hours", "list", "--period", "someday", exit_code=2)


def test_confirm_by_ids_event_and_period(office: Any) -> None:
    office.event("大扫除", "2026-07-02 9:00", "11:00")
    one = office.add("李明", "2026-06-28", "1")
    two = office.add("李明", "2026-06-29", "1", "--event", "大扫除")
    three = office.add("王芳", "2026-06-29", "1")
    assert "1 confirmed." in office.volunteer.ok("hours", "confirm", one).err
    assert "Nothing changed" in office.volunteer.ok("hours", "confirm", one).err
    office.volunteer.ok("hours", "confirm", "--event", "大扫除")
    assert office.show(two)["confirmed_by"] == "tester"
    office.volunteer.ok("hours", "confirm", "--period", "2026-06")
    assert office.show(three)["status"] == "confirmed"
    office.volunteer.ok("undo")
    assert office.show(three)["status"] == "pending"


def test_confirm_asks_for_one_way(office: Any) -> None:
    office.add("李明", "2026-06-28", "1")
    office.volunteer.refused("usage", "hours", "confirm", exit_code=2)
    office.volunteer.refused("usage", "hours", "confirm", 1, "--period", "2026", exit_code=2)
    office.volunteer.refused("not_found", "hours", "confirm", 1, 99, exit_code=4)
    assert office.show(1)["status"] == "pending"


def test_what_is_settled_is_not_confirmed(office: Any) -> None:
    one, two = office.add("李明", "2026-06-28", "1"), office.add("李明", "2026-06-29", "1")
    office.volunteer.ok("hours", "reject", one, "--reason", "未到岗")
    office.volunteer.refused("wrong_status", "hours", "confirm", two, one)
    assert office.show(two)["status"] == "pending"
    office.volunteer.ok("hours", "confirm", "--period", "2026-06")
    assert office.show(one)["status"] == "rejected"


def test_reject_and_void(office: Any) -> None:
    pending, held = office.add("李明", "2026-06-28", "1"), office.confirmed("李明", "2026-06-29", "1")
    office.volunteer.refused("wrong_status", "hours", "reject", held, "--reason", "x")
    office.volunteer.ok("hours", "void", held, "--reason", "重复")
    assert "Nothing changed" in office.volunteer.ok("hours", "void", held, "--reason", "重复").err
    office.volunteer.ok("hours", "reject", pending, "--reason", "未到岗")
    office.volunteer.refused("wrong_status", "hours", "void", pending, "--reason", "x")
    office.volunteer.refused("missing_value", "hours", "void", held, "--reason", " ")
    shown = office.show(held)
    assert (shown["status"], shown["reason"], shown["counted_minutes"]) == ("voided", "重复", 0)


def test_a_confirmed_record_is_corrected_by_a_new_one(office: Any) -> None:
    old = office.confirmed("李明", "2026-06-29", "9:00", "11:00", "--team", "花园", "--work", "清扫")
    done = office.volunteer.ok(
        "hours", "correct", old, "--end", "10:30", "--reason", "提前离开", "-f", "json"
    )
    new = done.json
    assert (new["id"], new["corrects"], new["status"], new["confirmed_by"]) == (2, old, "confirmed", "tester")
    assert (new["start"], new["end"], new["minutes"]) == ("09:00", "10:30", 90)
    assert (new["team"], new["work"]) == ("花园", "清扫")
    was = office.show(old)
    assert (was["status"], was["reason"], was["minutes"]) == ("voided", "提前离开", 120)
    office.volunteer.ok("undo")
    assert office.show(old)["status"] == "confirmed"


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("3:00", ("22:00", "03:00", 300)),
        ("00:00", ("22:00", "00:00", 120)),
        ("23:30", ("22:00", "23:30", 90)),
    ],
)
def test_a_time_alone_ends_a_service_of_the_night_on_the_day_it_ended(
    office: Any, end: str, expected: tuple[str, str, int]
) -> None:
    words = ("李明", "--start", "2026-06-28 22:00", "--end", "2026-06-29 2:00")
    key = office.volunteer.ok("hours", "add", *words, "-f", "json").json["id"]
    new = office.volunteer.ok("hours", "correct", key, "--end", end, "--reason", "x", "-f", "json").json
    assert (new["start"], new["end"], new["minutes"], new["date"]) == (*expected, "2026-06-28")


def test_a_time_alone_ends_a_service_by_day_on_that_day(office: Any) -> None:
    key = office.add("李明", "2026-06-29", "9:00", "11:00")
    office.volunteer.refused("bad_time", "hours", "correct", key, "--end", "3:00", "--reason", "x")


def test_hours_alone_clear_the_times(office: Any) -> None:
    key = office.add("李明", "2026-06-29", "9:00", "11:00")
    office.volunteer.ok("hours", "correct", key, "--hours", "90m", "--reason", "估计")
    shown = office.show(key)
    assert (shown["start"], shown["end"], shown["minutes"], shown["status"]) == (None, None, 90, "pending")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("overlap", ["--end", "12:00"]),
        ("bad_time", ["--end", "8:00"]),
        ("bad_time", ["--start", "2026-06-28 9:00", "--end", "2026-06-28 10:00"]),
        ("missing_value", []),
        ("bad_duration", ["--hours", "25"]),
    ],
)
def test_correct_refuses(office: Any, code: str, words: list[str]) -> None:
    key = office.confirmed("李明", "2026-06-29", "9:00", "11:00")
    office.add("李明", "2026-06-29", "11:00", "12:30")
    before = office.volunteer.dump()
    office.volunteer.refused(code, "hours", "correct", key, *words, "--reason", "x")
    assert office.volunteer.dump() == before


def test_correct_to_what_it_is_changes_nothing(office: Any) -> None:
    key = office.confirmed("李明", "2026-06-29", "9:00", "11:00")
    done = office.volunteer.ok("hours", "correct", key, "--end", "11:00", "--reason", "x")
    assert "Nothing changed" in done.err
    office.volunteer.ok("hours", "void", key, "--reason", "x")
    office.volunteer.refused("wrong_status", "hours", "correct", key, "--hours", "1", "--reason", "x")


def test_dry_run_writes_nothing(office: Any) -> None:
    before = office.volunteer.dump()
    office.volunteer.ok("hours", "add", "李明", "--date", "2026-06-29", "--hours", "1", "-n")
    assert office.volunteer.dump() == before


def test_several_communities(office: Any) -> None:
    office.volunteer.ok("community", "add", "安大社区", "--code", "anda")
    office.volunteer.ok("person", "add", "赵四", "--community", "anda")
    key = office.add("赵四", "2026-06-29", "1")
    assert office.show(key)["community"] == "安大社区"
    office.add("李明", "2026-06-29", "1")
    assert [row["id"] for row in office.list("--community", "anda")] == [key]
    office.volunteer.refused("community_needed", "hours", "confirm", "--period", "2026-06", exit_code=2)
    office.volunteer.ok("hours", "confirm", "--period", "2026-06", "--community", "anda")
    assert [row["status"] for row in office.list()] == ["confirmed", "pending"]


def test_speaks_chinese(office: Any) -> None:
    office.volunteer.language = "zh"
    assert (
        "已登记" in office.volunteer.ok("hours", "add", "李明", "--date", "昨天", "--hours", "一个半小时").err
    )
    help_text = office.volunteer.ok("hours", "--help").out
    assert all(
        "\u4e00" <= line.split()[1][0] <= "\u9fff"
        for line in help_text.splitlines()
        if line.startswith("  add")
    )


#: What is corrected of a service from 23:00 to 4:00 and when it was then, or of one from 9:00 to 11:00; None is refused.
NIGHT, MORNING = ("2026-06-20 23:00", "2026-06-21 4:00"), ("9:00", "11:00")
NIGHTS: tuple[tuple[tuple[str, str], tuple[str, ...], tuple[str, str, str, int] | None], ...] = (
    (NIGHT, ("--start", "0:30"), ("2026-06-21", "00:30", "04:00", 210)),
    (NIGHT, ("--start", "3:59"), ("2026-06-21", "03:59", "04:00", 1)),
    (NIGHT, ("--start", "22:30"), ("2026-06-20", "22:30", "04:00", 330)),
    (NIGHT, ("--start", "4:00"), ("2026-06-20", "04:00", "04:00", 1440)),
    (NIGHT, ("--start", "0:30", "--end", "3:00"), ("2026-06-21", "00:30", "03:00", 150)),
    (NIGHT, ("--start", "2026-06-21 1:00"), None),
    (MORNING, ("--start", "12:00"), None),
)


@pytest.mark.parametrize("confirmed", [False, True])
@pytest.mark.parametrize(("was", "words", "wanted"), NIGHTS)
def test_a_beginning_is_corrected_across_midnight(
    office: Any,
    was: tuple[str, str],
    words: tuple[str, ...],
    wanted: tuple[str, str, str, int] | None,
    *,
    confirmed: bool,
) -> None:
    key = office.add("李明", "2026-06-20", *was)
    if confirmed:
        office.volunteer.ok("hours", "confirm", key)
    before = office.volunteer.dump()
    correct = ("hours", "correct", key, *words, "--reason", "x")
    if wanted is None:
        office.volunteer.refused("bad_time", *correct)
        assert office.volunteer.dump() == before
        return
    new = office.volunteer.ok(*correct, "-f", "json").json
    assert (new["date"], new["start"][-5:], new["end"][-5:], new["minutes"]) == wanted
    office.volunteer.ok("check")
    office.volunteer.ok("undo")
    assert office.volunteer.dump() == before


def test_a_correction_to_a_closed_day_is_refused(office: Any) -> None:
    key = office.add("李明", "2026-06-20", *NIGHT)
    office.volunteer.ok("hours", "close", "2026-06-21")
    office.volunteer.refused("period_closed", "hours", "correct", key, "--start", "0:30", "--reason", "x")
