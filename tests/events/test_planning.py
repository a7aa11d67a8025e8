"""Events: making, changing, repeating, shifts, and the moves from state to state."""

from __future__ import annotations

from typing import Any

import pytest


def test_event_json_has_the_fields_of_the_contract(hall: Any, volunteer: Any) -> None:
    team = hall.team("绿色家园", 1)
    words = ("--team", team, "--capacity", 20, "--place", "中心广场", "--category", "环保", "--code", "clean")
    event = hall.event("清洁日", *words, opened=False)
    (row,) = volunteer.ok("event", "list", "-f", "json").json
    assert row == {
        "id": event,
        "code": "clean",
        "title": "清洁日",
        "kind": "service",
        "category": "环保",
        "team": "绿色家园",
        "team_id": team,
        "place": "中心广场",
        "starts_at": "2026-07-04T09:00:00+08:00",
        "ends_at": "2026-07-04T11:00:00+08:00",
        "capacity": 20,
        "signed_up": 0,
        "waiting": 0,
        "attended": 0,
        "minutes": 0,
        "status": "planned",
        "series": None,
        "series_id": None,
        "community": "滨湖社区",
        "community_id": 1,
        "fields": {},
    }
    shown = volunteer.ok("event", "show", "clean", "-f", "json").json
    assert {**row, "leader": None, "leader_id": None, "members_only": False, "min_age": None} == {
        name: value for name, value in shown.items() if name not in ("needs_skills", "shifts", "roster")
    }


@pytest.mark.parametrize(
    ("start", "end", "ends_at"),
    [
        ("2026-12-31 20:00", "00:00", "2027-01-01T00:00:00+08:00"),
        ("2026-12-31 20:00", "24:00", "2027-01-01T00:00:00+08:00"),
        ("2028-02-28 20:00", "2028-02-29 00:00", "2028-02-29T00:00:00+08:00"),
        ("2028-02-29 9:00", "10:00", "2028-02-29T10:00:00+08:00"),
        ("2026-07-31 22:00", "2026-08-01 02:00", "2026-08-01T02:00:00+08:00"),
    ],
)
def test_ends_at_midnight_and_beyond(hall: Any, volunteer: Any, start: str, end: str, ends_at: str) -> None:
    event = hall.event("守夜", start=start, end=end)
    assert volunteer.ok("event", "show", event, "-f", "json").json["ends_at"] == ends_at


@pytest.mark.parametrize("end", ["9:00", "8:00", "2026-07-03 11:00"])
def test_no_length(hall: Any, volunteer: Any, end: str) -> None:
    volunteer.refused(
        "bad_time", "event", "add", "清洁日", "--start", "2026-07-04 9:00", "--end", end, exit_code=1
    )


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("--capacity", -1), "bad_quantity", 1),
        (("--kind", "party"), "bad_choice", 2),
        (("--code", "1x"), "bad_code", 1),
        (("--team", "没有"), "not_found", 4),
    ],
)
def test_values_refused(hall: Any, volunteer: Any, words: tuple[str, ...], code: str, exit_code: int) -> None:
    times = ("--start", "2026-07-04 9:00", "--end", "11:00")
    volunteer.refused(code, "event", "add", "清洁日", *times, *words, exit_code=exit_code)


def test_code_is_unique(hall: Any, volunteer: Any) -> None:
    hall.event("清洁日", "--code", "clean")
    words = ("--start", "2026-07-04 9:00", "--end", "11:00", "--code", "clean")
    assert "清洁日 (1)" in volunteer.refused("conflict", "event", "add", "走访", *words).err


def test_states(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", opened=False)
    hall.at("2026-07-04T12:00")
    volunteer.refused("wrong_state", "event", "finish", event)
    volunteer.ok("event", "open", event)
    assert "Nothing changed" in volunteer.ok("event", "open", event).err
    volunteer.ok("event", "finish", event)
    volunteer.refused("wrong_state", "event", "cancel", event)
    volunteer.refused("wrong_state", "event", "open", event)
    other = hall.event("走访", start="2026-07-05 9:00")
    volunteer.refused("not_started", "event", "finish", other)
    volunteer.ok("event", "cancel", other)
    assert "Nothing changed" in volunteer.ok("event", "cancel", other).err
    volunteer.refused("wrong_state", "event", "open", other)
    volunteer.refused("wrong_state", "event", "edit", other, "--capacity", 3)
    volunteer.ok("event", "edit", other, "--place", "广场")


def test_cancelling_names_whom_to_tell(hall: Any, volunteer: Any) -> None:
    hall.person("赵敏", phone="13812345678")
    event = hall.event("清洁日", "--capacity", 1)
    volunteer.ok("event", "signup", event, "赵敏", "李明", "王芳")
    volunteer.ok("event", "withdraw", event, "王芳")
    told = volunteer.ok("event", "cancel", event)
    assert "To tell: 赵敏 138****5678, 李明." in told.err
    assert hall.statuses(event) == {"赵敏": "signed_up", "李明": "waiting", "王芳": "withdrawn"}


def test_list_filters(hall: Any, volunteer: Any) -> None:
    team = hall.team("绿色家园", 1)
    hall.event("清洁日", "--team", team)
    hall.event("合唱", "--kind", "class", start="2026-08-01 00:00", opened=False)

    def titles(*words: object) -> list[str]:
        return [row["title"] for row in volunteer.ok("event", "list", *words, "-f", "json").json]

    assert titles() == ["清洁日", "合唱"]
    assert titles("--status", "open") == ["清洁日"]
    assert titles("--team", team) == ["清洁日"]
    assert titles("--kind", "class") == ["合唱"]
    assert titles("--period", "2026-07") == ["清洁日"]
    assert titles("--period", "2026-08") == ["合唱"]
    volunteer.ok("event", "archive", "清洁日")
    assert (titles(), titles("--archived")) == (["合唱"], ["清洁日"])
    volunteer.ok("event", "restore", "清洁日")
    assert titles() == ["清洁日", "合唱"]
    volunteer.refused("bad_choice", "event", "list", "--status", "gone", exit_code=2)


def test_moving_an_event_moves_its_shifts_and_keeps_its_length(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日")
    volunteer.ok("event", "shift", event, "--name", "早班", "--start", "9:00", "--end", "10:00", "--need", 2)
    shown = volunteer.ok("event", "edit", event, "--start", "2026-07-05 14:00", "-f", "json").json
    assert (shown["starts_at"], shown["ends_at"]) == (
        "2026-07-05T14:00:00+08:00",
        "2026-07-05T16:00:00+08:00",
    )
    assert shown["shifts"][0]["starts_at"] == "2026-07-05T14:00:00+08:00"
    volunteer.refused("bad_time", "event", "edit", event, "--end", "14:30")


def test_moving_an_event_onto_another_place_of_its_people_is_refused(hall: Any, volunteer: Any) -> None:
    event, other = hall.event("清洁日"), hall.event("走访", start="2026-07-05 9:00")
    volunteer.ok("event", "signup", event, "李明")
    volunteer.ok("event", "signup", other, "李明")
    volunteer.refused("overlap", "event", "edit", event, "--start", "2026-07-05 10:00")
    volunteer.ok("event", "edit", event, "--start", "2026-07-05 11:00")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("22:00", "24:00", ("2026-07-04T22:00:00+08:00", "2026-07-05T00:00:00+08:00")),
        ("22:00", "1:00", ("2026-07-04T22:00:00+08:00", "2026-07-05T01:00:00+08:00")),
        ("1:00", "3:00", ("2026-07-05T01:00:00+08:00", "2026-07-05T03:00:00+08:00")),
        ("0:00", "6:00", ("2026-07-05T00:00:00+08:00", "2026-07-05T06:00:00+08:00")),
        ("2026-07-05 2:00", "3:00", ("2026-07-05T02:00:00+08:00", "2026-07-05T03:00:00+08:00")),
    ],
)
def test_shifts_of_an_event_in_the_night(
    hall: Any, volunteer: Any, start: str, end: str, expected: tuple[str, str]
) -> None:
    event = hall.event("守夜", start="2026-07-04 22:00", end="2026-07-05 6:00")
    words = ("--name", "班", "--start", start, "--end", end, "--need", 1)
    shown = volunteer.ok("event", "shift", event, *words, "-f", "json").json["shifts"][0]
    assert (shown["starts_at"], shown["ends_at"]) == expected


@pytest.mark.parametrize(("start", "end"), [("7:00", "8:00"), ("3:00", "1:00"), ("21:00", "23:00")])
def test_shifts_outside_the_night_are_refused(hall: Any, volunteer: Any, start: str, end: str) -> None:
    event = hall.event("守夜", start="2026-07-04 22:00", end="2026-07-05 6:00")
    words = ("--name", "班", "--start", start, "--end", end, "--need", 1)
    volunteer.refused("bad_time", "event", "shift", event, *words)


def test_shifts(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日")
    shift = ("event", "shift", event, "--need", 1)
    volunteer.ok(*shift, "--name", "早班", "--start", "9:00", "--end", "10:00")
    volunteer.ok(*shift, "--name", "晚班", "--start", "10:00", "--end", "11:00")
    volunteer.refused("bad_time", *shift, "--name", "夜班", "--start", "10:00", "--end", "12:00")
    volunteer.refused("bad_time", *shift, "--name", "夜班", "--start", "10:00", "--end", "10:00")
    volunteer.ok("event", "signup", event, "李明", "--shift", "早班")
    volunteer.refused("full", "event", "signup", event, "王芳", "--shift", "早班", "--no-waitlist")
    volunteer.ok("event", "signup", event, "王芳", "--shift", "晚")
    volunteer.ok("event", "signup", event, "张伟", "--shift", "早班")
    volunteer.refused("not_found", "event", "signup", event, "张伟", "--shift", "夜班", exit_code=4)
    assert [row["shift"] for row in hall.roster(event)] == ["早班", "晚班", "早班"]
    shown = volunteer.ok("event", "show", event, "-f", "json").json
    assert [(row["name"], row["need"], row["signed_up"]) for row in shown["shifts"]] == [
        ("早班", 1, 1),
        ("晚班", 1, 1),
    ]
    volunteer.ok("event", "withdraw", event, "王芳")
    assert hall.statuses(event)["张伟"] == "waiting"
    volunteer.ok("event", "withdraw", event, "李明")
    assert hall.statuses(event)["张伟"] == "signed_up"


def test_overlap_looks_at_the_shift(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日")
    volunteer.ok("event", "shift", event, "--name", "早班", "--start", "9:00", "--end", "10:00", "--need", 5)
    volunteer.ok("event", "signup", event, "李明", "--shift", "早班")
    volunteer.ok("event", "signup", hall.event("走访", start="2026-07-04 10:00"), "李明")


def test_weekly_series(hall: Any, volunteer: Any) -> None:
    event = hall.event("朗读", "--kind", "class", "--code", "read", "--capacity", 1)
    rows = volunteer.ok("event", "repeat", event, "--every", "week", "--count", 3, "-f", "json").json
    assert [row["code"] for row in rows] == ["read", "read-2", "read-3"]
    assert [row["starts_at"][:10] for row in rows] == ["2026-07-04", "2026-07-11", "2026-07-18"]
    assert {(row["series"], row["status"]) for row in rows} == {("朗读", "open")}
    volunteer.refused("in_series", "event", "repeat", "read-2", "--every", "week", "--count", 3)
    volunteer.ok("undo")
    assert len(volunteer.ok("event", "list", "-f", "json").json) == 1


def test_monthly_series_on_the_31st_takes_the_last_day_of_shorter_months(hall: Any, volunteer: Any) -> None:
    event = hall.event("合唱", start="2027-12-31 9:00")
    rows = volunteer.ok("event", "repeat", event, "--every", "month", "--count", 4, "-f", "json").json
    assert [row["starts_at"][:10] for row in rows] == ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"]


@pytest.mark.parametrize("count", [0, 1, 401])
def test_series_of_a_strange_length(hall: Any, volunteer: Any, count: int) -> None:
    event = hall.event("合唱")
    volunteer.refused("bad_quantity", "event", "repeat", event, "--every", "week", "--count", count)
    volunteer.refused("bad_choice", "event", "repeat", event, "--every", "day", "--count", 3, exit_code=2)


def test_place_for_a_whole_series(hall: Any, volunteer: Any) -> None:
    volunteer.refused(
        "no_series", "event", "signup", hall.event("清洁日", start="2026-08-04 9:00"), "李明", "--series"
    )
    hall.event("朗读", "--code", "read", "--capacity", 1)
    volunteer.ok("event", "repeat", "read", "--every", "week", "--count", 3)
    volunteer.ok("event", "signup", "read-2", "王芳")
    before = volunteer.dump()
    volunteer.refused("full", "event", "signup", "read", "李明", "--series", "--no-waitlist")
    assert volunteer.dump() == before
    told = volunteer.ok("event", "signup", "read", "李明", "--series")
    assert "has a place at 2 events of 朗读 and waits for 1" in told.err
    hall.at("2026-07-12T00:00")
    volunteer.ok("event", "signup", "read", "张伟", "--series")
    assert hall.statuses("read-3") == {"李明": "signed_up", "张伟": "waiting"}
    assert "张伟" not in hall.statuses("read-2")


def test_copy(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--code", "clean", "--needs-skill", "急救", "--place", "广场")
    volunteer.ok("event", "shift", event, "--name", "早班", "--start", "9:00", "--end", "10:00", "--need", 1)
    shown = volunteer.ok("event", "copy", event, "--start", "2026-08-01 14:00", "-f", "json").json
    assert (shown["code"], shown["status"], shown["place"]) == (None, "planned", "广场")
    assert (shown["ends_at"], shown["needs_skills"]) == ("2026-08-01T16:00:00+08:00", ["急救"])
    assert shown["shifts"][0]["starts_at"] == "2026-08-01T14:00:00+08:00"


def test_title_finds_an_event_unless_it_is_ambiguous(hall: Any, volunteer: Any) -> None:
    hall.event("清洁日")
    volunteer.ok("event", "show", "清洁")
    volunteer.ok("event", "copy", "清洁日", "--start", "2026-08-01 9:00")
    volunteer.refused("ambiguous", "event", "open", "清洁日", exit_code=4)
    volunteer.refused("not_found", "event", "show", "合唱", exit_code=4)


@pytest.mark.parametrize(
    ("start", "end", "listed"),
    [
        ("1926-06-25 9:00", "1926-06-25 11:00", True),
        ("1988-12-31 22:00", "1989-01-01 1:00", True),
        ("2025-06-25 9:00", "2026-06-25 11:00", True),
        ("2026-07-01 9:00", "2026-08-02 9:00", True),
        ("2026-07-01 9:00", "2026-08-01 9:00", False),
        ("2026-07-01 9:00", "2026-07-01 11:00", False),
    ],
)
def test_times_that_are_hard_to_believe_are_listed(hall: Any, start: str, end: str, listed: bool) -> None:
    hall.volunteer.ok("event", "add", "清洁日", "--start", start, "--end", end)
    kinds = {row["kind"] for row in hall.volunteer.rows("report", "quality")}
    assert ("event_times" in kinds) is listed
