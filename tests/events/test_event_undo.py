"""What may be undone, and what sign-ups hold against it."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    "words",
    [
        ("event", "signup", 1, "王芳"),
        ("event", "signup", 2, "王芳", "张伟"),
        ("event", "withdraw", 1, "李明"),
        ("event", "edit", 1, "--start", "2026-07-06 9:00", "--place", "广场", "--add-skill", "急救"),
        ("event", "edit", 2, "--capacity", 3),
        ("event", "repeat", 1, "--every", "week", "--count", 4),
        ("event", "copy", 1, "--start", "2026-07-06 9:00"),
        ("event", "cancel", 1),
        ("event", "archive", 1),
        ("event", "shift", 1, "--name", "早班", "--start", "9:00", "--end", "10:00", "--need", 2),
        ("event", "add", "合唱", "--start", "2026-07-06 9:00", "--end", "11:00", "--needs-skill", "唱歌"),
    ],
)
def test_undo_restores_everything(hall: Any, volunteer: Any, words: tuple[object, ...]) -> None:
    hall.event("清洁日")
    hall.event("走访", "--capacity", 0, start="2026-07-05 9:00")
    volunteer.ok("event", "signup", 1, "李明")
    volunteer.ok("event", "signup", 2, "李明")
    before = volunteer.dump()
    volunteer.ok(*words)
    assert volunteer.dump() != before
    volunteer.ok("undo")
    assert volunteer.dump() == before


def test_sign_up_with_people_waiting(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 1)
    number = volunteer.ok("event", "signup", event, "李明").err.rsplit(" ", 1)[1].strip(".\n")
    volunteer.ok("event", "signup", event, "王芳")
    told = volunteer.refused("people_waiting", "undo", number, exit_code=1)
    assert "volunteer event withdraw 1" in told.err
    volunteer.ok("undo")
    volunteer.ok("undo")
    assert hall.statuses(event) == {}


def test_withdrawal_that_promoted(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明", "王芳")
    volunteer.ok("event", "withdraw", event, "李明")
    volunteer.refused("has_promoted", "undo", exit_code=1)


def test_place_that_came_back_is_taken_by_now(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明")
    number = volunteer.ok("event", "withdraw", event, "李明").err.rsplit(" ", 1)[1].strip(".\n")
    volunteer.ok("event", "signup", event, "王芳")
    volunteer.refused("over_capacity", "undo", number)


def test_time_that_came_back_is_taken_by_now(hall: Any, volunteer: Any) -> None:
    event, other = hall.event("清洁日"), hall.event("走访")
    volunteer.ok("event", "signup", event, "李明")
    number = volunteer.ok("event", "cancel", event).err.rsplit(" ", 1)[1].strip(".\n")
    volunteer.ok("event", "signup", other, "李明")
    volunteer.refused("overlap", "undo", number)
