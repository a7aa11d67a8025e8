"""Events and training against the contract, as a tired worker or a careless script would try them."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_a_title_says_something(hall: Any, blank: str) -> None:
    key = hall.event("清洁日")
    times = ("--start", "2026-07-04 9:00", "--end", "11:00")
    hall.volunteer.refused("missing_value", "event", "add", blank, *times, exit_code=1)
    hall.volunteer.refused("missing_value", "event", "edit", key, "--title", blank, exit_code=1)
    shift = ("event", "shift", key, "--name", blank, "--start", "9:00", "--end", "10:00", "--need", 1)
    hall.volunteer.refused("missing_value", *shift, exit_code=1)


@pytest.mark.parametrize("blank", ["", " "])
def test_a_training_has_a_topic_and_a_body(hall: Any, blank: str) -> None:
    words = ("training", "add", "李明", "--on", "2026-05-01", "--minutes", 60)
    hall.volunteer.refused("missing_value", *words, "--topic", blank, "--by", "红会", exit_code=1)
    hall.volunteer.refused("missing_value", *words, "--topic", "急救", "--by", blank, exit_code=1)


@pytest.mark.parametrize("blank", ["", " ", "\t"])
def test_nothing_is_let_pass_without_a_reason(hall: Any, blank: str) -> None:
    key = hall.event("清洁日", "--capacity", 1)
    hall.volunteer.ok("event", "signup", key, "李明")
    hall.volunteer.refused("missing_value", "event", "signup", key, "王芳", "--override", blank, exit_code=1)
    assert hall.statuses(key) == {"李明": "signed_up"}


def test_why_does_not_promise_a_place_to_the_archived(hall: Any) -> None:
    key = hall.event("清洁日")
    hall.archive(1)
    hall.volunteer.refused("archived", "event", "signup", key, 1, exit_code=1)
    hall.volunteer.refused("archived", "event", "why", key, 1, exit_code=1)


def test_a_merge_takes_nothing_off_a_closed_day(hall: Any) -> None:
    volunteer = hall.volunteer
    for person in ("李明", "王芳"):
        volunteer.ok("hours", "add", person, "--date", "2026-06-29", "--hours", 5, "--work", person)
    volunteer.ok("hours", "confirm", "--period", "2026-06")
    volunteer.ok("hours", "close", "2026-06")
    volunteer.refused("period_closed", "person", "merge", "李明", "王芳", "--yes", exit_code=1)
    volunteer.ok("person", "merge", "李明", "张伟", "--yes")
    volunteer.ok("hours", "reopen", "2026-06", "--reason", "重复建档")
    volunteer.ok("person", "merge", "李明", "王芳", "--yes")
    assert volunteer.ok("person", "show", 1, "-f", "json").json["minutes"] == 480


def test_only_a_planned_event_is_said_to_want_opening(hall: Any) -> None:
    key = hall.event("清洁日", opened=False)
    words = ("event", "signup", key, "李明")
    assert f"volunteer event open {key}" in hall.volunteer.refused("not_open", *words).err
    hall.volunteer.ok("event", "cancel", key)
    assert "event open" not in hall.volunteer.refused("not_open", *words).err
