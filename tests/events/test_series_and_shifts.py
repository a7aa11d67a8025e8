"""What is done to a whole series, and a change of shift that costs nobody a place."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def reading(hall: Any) -> int:
    """The first of three weekly events, planned, for one person each."""
    words = ("event", "add", "读书会", "--start", "2026-07-03 14:00", "--end", "16:00", "--capacity", 1)
    key = int(hall.volunteer.ok(*words, "-f", "ids").out)
    hall.volunteer.ok("event", "repeat", key, "--every", "week", "--count", 3)
    return key


def series(hall: Any) -> list[dict[str, Any]]:
    return [row for row in hall.volunteer.rows("event", "list") if row["title"] == "读书会"]


def test_a_series_is_opened_signed_up_for_and_left(hall: Any, volunteer: Any, reading: int) -> None:
    told = volunteer.ok("event", "open", reading, "--series")
    assert "3 events" in told.err
    assert {row["status"] for row in series(hall)} == {"open"}
    assert "Nothing changed" in volunteer.ok("event", "open", reading, "--series").err
    volunteer.ok("event", "signup", reading, "李明", "--series")
    volunteer.ok("event", "signup", reading, "王芳", "--series")
    told = volunteer.ok("event", "withdraw", reading, "李明", "--series")
    assert told.err.count("王芳 (2) moved up") == 3
    assert all(hall.statuses(row["id"])["王芳"] == "signed_up" for row in series(hall))
    volunteer.refused("not_signed_up", "event", "withdraw", reading, "张伟", "--series")
    assert volunteer.ok("check").code == 0


def test_a_series_is_left_where_there_is_a_place(hall: Any, volunteer: Any, reading: int) -> None:
    volunteer.ok("event", "open", reading, "--series")
    volunteer.ok("event", "signup", reading, "李明")
    told = volunteer.ok("event", "withdraw", reading, "李明", "--series")
    assert "1 event " in told.err


def test_a_series_moves_by_as_much_from_a_day_on(hall: Any, volunteer: Any, reading: int) -> None:
    volunteer.ok("event", "edit", reading, "--series", "--start", "2026-07-03 15:00", "--place", "二楼")
    assert [row["starts_at"] for row in series(hall)] == [
        "2026-07-03T15:00:00+08:00",
        "2026-07-10T15:00:00+08:00",
        "2026-07-17T15:00:00+08:00",
    ]
    told = volunteer.ok("event", "edit", reading, "--series", "--from", "2026-07-10", "--end", "18:00")
    assert "2 events" in told.err
    assert [row["ends_at"][11:16] for row in series(hall)] == ["17:00", "18:00", "18:00"]
    volunteer.refused("usage", "event", "edit", reading, "--from", "2026-07-10", "--place", "三楼")


def test_what_lies_ahead_of_a_series_is_called_off_as_one(hall: Any, volunteer: Any, reading: int) -> None:
    volunteer.ok("event", "open", reading, "--series")
    volunteer.ok("event", "signup", reading, "李明", "--series")
    volunteer.refused("usage", "event", "cancel", reading, "--from", "2026-07-10")
    preview = volunteer.ok("event", "cancel", reading, "--series", "-n")
    assert "3 events" in preview.err
    assert {row["status"] for row in series(hall)} == {"open"}
    told = volunteer.ok("event", "cancel", reading, "--series", "--from", "2026-07-10")
    assert "Cancelled 2 events" in told.err
    assert told.err.count("李明") == 1
    assert [row["status"] for row in series(hall)] == ["open", "cancelled", "cancelled"]
    volunteer.ok("undo", "-y")
    assert {row["status"] for row in series(hall)} == {"open"}
    volunteer.ok("event", "cancel", reading, "--series")
    volunteer.refused("event_over", "event", "cancel", reading, "--series")
    assert volunteer.ok("check").code == 0


def test_the_event_of_a_series_that_has_begun_is_not_called_off_with_it(
    hall: Any, volunteer: Any, reading: int
) -> None:
    volunteer.ok("event", "open", reading, "--series")
    volunteer.today = "2026-07-03 14:30"
    volunteer.ok("event", "cancel", reading, "--series")
    assert {row["starts_at"][:10]: row["status"] for row in series(hall)} == {
        "2026-07-03": "open",
        "2026-07-10": "cancelled",
        "2026-07-17": "cancelled",
    }


@pytest.mark.parametrize("verb", [("open",), ("cancel",), ("edit", "--place", "二楼"), ("withdraw", "李明")])
def test_what_stands_alone_is_no_series(hall: Any, volunteer: Any, verb: tuple[str, ...]) -> None:
    event = hall.event("清洁日")
    volunteer.refused("no_series", "event", verb[0], event, *verb[1:], "--series")


def shifts(hall: Any, *needs: int) -> int:
    event: int = hall.event("清洁日", "--capacity", sum(needs))
    start = hall.volunteer.ok("event", "show", event, "-f", "json").json["starts_at"]
    hour = int(start[11:13])
    for number, need in enumerate(needs):
        times = ("--start", f"{hour + number}:00", "--end", f"{hour + number + 1}:00")
        hall.volunteer.ok("event", "shift", event, "--name", "甲乙"[number], *times, "--need", need)
    return event


def test_a_change_of_shift_keeps_the_place_and_frees_the_other(hall: Any, volunteer: Any) -> None:
    event = shifts(hall, 1, 1)
    volunteer.ok("event", "signup", event, "李明", "--shift", "甲")
    volunteer.ok("event", "signup", event, "王芳", "--shift", "甲")
    assert hall.statuses(event)["王芳"] == "waiting"
    told = volunteer.ok("event", "move", event, "李明", "--shift", "乙")
    assert "王芳 (2) moved up" in told.err
    assert hall.statuses(event) == {"李明": "signed_up", "王芳": "signed_up"}
    assert "Nothing changed" in volunteer.ok("event", "move", event, "李明", "--shift", "乙").err
    assert volunteer.ok("check").code == 0


def test_a_full_shift_is_refused_and_nothing_is_lost(hall: Any, volunteer: Any) -> None:
    event = shifts(hall, 1, 1)
    volunteer.ok("event", "signup", event, "李明", "--shift", "甲")
    volunteer.ok("event", "signup", event, "王芳", "--shift", "乙")
    before = volunteer.dump()["signup"]
    volunteer.refused("full", "event", "move", event, "李明", "--shift", "乙")
    assert volunteer.dump()["signup"] == before
    volunteer.ok("event", "move", event, "李明", "--shift", "乙", "--override", "两人一组")
    assert volunteer.ok("check").code == 0


@pytest.mark.parametrize("name", ["张伟", "王芳"])
def test_who_has_no_place_has_none_to_move(hall: Any, volunteer: Any, name: str) -> None:
    event = shifts(hall, 1, 1)
    volunteer.ok("event", "signup", event, "王芳", "--shift", "甲")
    volunteer.ok("event", "withdraw", event, "王芳")
    volunteer.refused("not_signed_up", "event", "move", event, name, "--shift", "乙")


def test_who_waits_keeps_the_turn(hall: Any, volunteer: Any) -> None:
    event = shifts(hall, 1, 1)
    for name, shift in (("李明", "甲"), ("王芳", "乙"), ("张伟", "甲")):
        volunteer.ok("event", "signup", event, name, "--shift", shift)
    volunteer.ok("event", "move", event, "张伟", "--shift", "乙")
    assert hall.statuses(event)["张伟"] == "waiting"
    told = volunteer.ok("event", "withdraw", event, "王芳")
    assert "张伟 (3) moved up" in told.err


def test_a_series_is_opened_and_left_from_a_day_on(hall: Any, volunteer: Any) -> None:
    event = hall.event("读书会", "--code", "read", opened=False)
    volunteer.ok("event", "repeat", event, "--every", "week", "--count", 3)
    volunteer.ok("event", "open", "read", "--series", "--from", "2026-07-11")
    states = {row["code"]: row["status"] for row in volunteer.rows("event", "list")}
    assert states == {"read": "planned", "read-2": "open", "read-3": "open"}
    volunteer.ok("event", "open", "read", "--series")
    volunteer.ok("event", "signup", "read", "李明", "--series")
    volunteer.ok("event", "withdraw", "read", "李明", "--series", "--from", "2026-07-12")
    taken = {row["code"]: row["signed_up"] for row in volunteer.rows("event", "list")}
    assert taken == {"read": 1, "read-2": 1, "read-3": 0}
    for verb, words in (("open", ()), ("withdraw", ("李明",))):
        volunteer.refused("usage", "event", verb, "read", *words, "--from", "2026-07-12", exit_code=2)


@pytest.mark.parametrize("gone", ["team", "leader"])
@pytest.mark.parametrize(
    "words",
    [
        ("event", "copy", "EVENT", "--start", "2026-08-01 9:00"),
        ("event", "repeat", "EVENT", "--every", "week", "--count", "3"),
    ],
)
def test_nothing_new_is_planned_for_who_is_out_of_use(
    hall: Any, volunteer: Any, gone: str, words: tuple[str, ...]
) -> None:
    team = hall.team("花园", 1)
    event = hall.event("清洁日", "--team", team, "--leader", "李明")
    put_away = {"team": ("team", "archive", "花园"), "leader": ("person", "archive", "李明")}[gone]
    volunteer.ok(*put_away)
    before = volunteer.dump()
    filled = [event if word == "EVENT" else word for word in words]
    volunteer.refused("archived", *filled)
    assert volunteer.dump() == before
    volunteer.ok(put_away[0], "restore", put_away[2])
    volunteer.ok(*filled)


#: How an event from 9:00 to 11:00 on 2026-07-04 with a shift from 9:00 to 10:00 is moved, and where the shift is then.
MOVES = [
    (("--start", "2026-07-05 9:00"), "2026-07-05T09:00"),
    (("--start", "2026-07-05 9:00", "--end", "11:00"), "2026-07-05T09:00"),
    (("--start", "2026-07-05 14:00", "--end", "15:00"), "2026-07-05T14:00"),
    (("--start", "2026-07-04 8:00", "--end", "11:00"), "2026-07-04T09:00"),
    (("--end", "2026-07-04 12:00"), "2026-07-04T09:00"),
    (("--start", "2026-07-03 22:00", "--end", "2026-07-04 1:00"), "2026-07-03T22:00"),
    (("--start", "2026-07-05 9:00", "--end", "9:30"), None),
    (("--end", "2026-07-04 9:30"), None),
]


@pytest.mark.parametrize(("words", "begins"), MOVES)
def test_shifts_go_along_where_they_would_be_left_behind(
    hall: Any, volunteer: Any, words: tuple[str, ...], begins: str | None
) -> None:
    event = hall.event("清洁日")
    volunteer.ok("event", "shift", event, "--name", "早班", "--start", "9:00", "--end", "10:00", "--need", 2)
    if begins is None:
        told = volunteer.refused("bad_time", "event", "edit", event, *words).err
        assert "****" not in told
        return
    volunteer.ok("event", "edit", event, *words)
    (shift,) = volunteer.ok("event", "show", event, "-f", "json").json["shifts"]
    assert shift["starts_at"].startswith(begins)
    volunteer.ok("check")


def test_a_refusal_that_names_a_night_is_not_taken_for_a_number(hall: Any, volunteer: Any) -> None:
    event = hall.event("夜巡", start="2026-07-04 22:00", end="2026-07-05 6:00")
    words = ("--name", "早班", "--start", "7:00", "--end", "8:00", "--need", 2)
    told = volunteer.refused("bad_time", "event", "shift", event, *words).err
    assert "2026-07-04 22:00–2026-07-05 06:00" in told
