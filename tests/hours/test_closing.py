"""Closed periods: what they refuse, and how they are undone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from volunteer_cli.hours import queries


@pytest.fixture
def closed(office: Any) -> Any:
    """An office whose May is closed, with one confirmed record in it."""
    office.key = office.confirmed("李明", "2026-05-10", "9:00", "11:00")
    office.volunteer.ok("hours", "close", "2026-05")
    return office


def periods(office: Any) -> list[tuple[str, str]]:
    return [(row["first"], row["last"]) for row in office.volunteer.ok("hours", "closed", "-f", "json").json]


def test_pending_records_stand_in_the_way(office: Any) -> None:
    one, two = office.add("李明", "2026-05-10", "1"), office.add("王芳", "2026-05-31", "1")
    refused = office.volunteer.refused("pending", "hours", "close", "2026-05", exit_code=1)
    assert f"{one}, {two}" in refused.err
    office.volunteer.ok("hours", "confirm", one)
    office.volunteer.ok("hours", "reject", two, "--reason", "x")
    office.volunteer.ok("hours", "close", "2026-05")


@pytest.mark.parametrize(
    "words",
    [
        ["hours", "void", "1", "--reason", "x"],
        ["hours", "correct", "1", "--hours", "1", "--reason", "x"],
        ["hours", "add", "王芳", "--date", "2026-05-31", "--hours", "1"],
        ["hours", "add", "王芳", "--start", "2026-05-31 22:00", "--end", "2026-06-01 1:00"],
        ["policy", "set", "hours_per_day_cap", "1", "--from", "2026-05-31"],
        ["policy", "set", "round_minutes", "15", "--from", "2026-01-01"],
        ["undo", "2"],
    ],
)
def test_nothing_in_it_changes(closed: Any, words: list[str]) -> None:
    closed.volunteer.ok("hours", "list")
    before = closed.volunteer.dump()
    number = closed.volunteer.ok("history", "list", "-f", "json").json[1]["id"]
    words = [str(number) if word == "2" else word for word in words]
    refused = closed.volunteer(*words)
    assert refused.code == 1
    assert "[period_closed]" in refused.err
    assert closed.volunteer.dump() == before


def test_outside_it_everything_changes(closed: Any) -> None:
    closed.confirmed("李明", "2026-04-30", "1")
    closed.confirmed("李明", "2026-06-01", "1")
    closed.volunteer.ok("policy", "set", "hours_per_day_cap", "1", "--from", "2026-06-01")
    assert closed.show(closed.key)["closed"] is True


def test_the_same_record_again_is_no_change_even_there(closed: Any) -> None:
    again = closed.volunteer.ok(
        "hours", "add", "李明", "--date", "2026-05-10", "--start", "9:00", "--end", "11:00"
    )
    assert "Nothing changed" in again.err


def test_reopen_and_close_again(closed: Any) -> None:
    closed.volunteer.ok("hours", "reopen", "2026-05", "--reason", "漏了一份签到表")
    assert periods(closed) == []
    reason = closed.volunteer.ok("history", "list", "--limit", "1", "-f", "json").json[0]["reason"]
    assert reason == "漏了一份签到表"
    closed.volunteer.ok("hours", "correct", closed.key, "--hours", "1", "--reason", "x")
    closed.volunteer.ok("hours", "close", "2026-05")
    assert periods(closed) == [("2026-05-01", "2026-05-31")]
    assert "Nothing changed" in closed.volunteer.ok("hours", "close", "2026-05-10").err


def test_a_part_can_be_reopened(closed: Any) -> None:
    closed.volunteer.ok("hours", "reopen", "2026-05-10..2026-05-12", "--reason", "x")
    assert periods(closed) == [("2026-05-01", "2026-05-09"), ("2026-05-13", "2026-05-31")]
    closed.volunteer.ok("hours", "close", "2026-Q2")
    assert periods(closed) == [
        ("2026-04-01", "2026-04-30"), ("2026-05-01", "2026-05-09"), ("2026-05-10", "2026-05-12"),
        ("2026-05-13", "2026-05-31"), ("2026-06-01", "2026-06-30"),
    ]  # fmt: skip
    closed.volunteer.ok("hours", "reopen", "2026-Q2", "--reason", "x")
    assert periods(closed) == []


def test_closing_and_reopening_can_be_undone(closed: Any) -> None:
    before = closed.volunteer.dump()
    closed.volunteer.ok("hours", "reopen", "2026-05", "--reason", "x")
    closed.volunteer.ok("undo")
    assert closed.volunteer.dump() == before
    closed.volunteer.ok("undo")
    assert periods(closed) == []
    closed.volunteer.ok("hours", "void", closed.key, "--reason", "x")


def test_undoing_a_reopening_over_undecided_records_is_refused(closed: Any) -> None:
    closed.volunteer.ok("hours", "reopen", "2026-05", "--reason", "x")
    number = closed.volunteer.ok("history", "list", "--limit", "1", "-f", "json").json[0]["id"]
    closed.add("王芳", "2026-05-20", "1")
    closed.volunteer.refused("pending", "undo", number)


def test_undo_of_a_policy_that_a_closed_period_was_counted_by(office: Any) -> None:
    office.volunteer.ok("policy", "set", "hours_per_day_cap", "1", "--from", "2026-05-01")
    office.volunteer.ok("hours", "close", "2026-05")
    number = office.volunteer.ok("history", "list", "-f", "json").json[1]["id"]
    office.volunteer.refused("period_closed", "undo", number)


def test_a_period_ahead_is_not_closed(office: Any) -> None:
    office.volunteer.refused("future", "hours", "close", "2026-07")
    office.volunteer.ok("hours", "close", "2026-06")
    with office.volunteer.writing() as session:
        assert queries.closed_until(session) == date(2026, 6, 30)
        assert queries.is_closed(session, 1, date(2026, 6, 30))
        assert not queries.is_closed(session, 1, date(2026, 7, 1))


def test_one_community_closes_for_itself(closed: Any) -> None:
    closed.volunteer.ok("community", "add", "安大社区", "--code", "anda")
    closed.volunteer.ok("person", "add", "赵四", "--community", "anda")
    closed.confirmed("赵四", "2026-05-10", "1")
    closed.volunteer.refused("community_needed", "hours", "close", "2026-05", exit_code=2)
