"""Merging two people who are both on rosters."""

from __future__ import annotations

from typing import Any


def test_a_place_is_worth_more_than_a_withdrawal(hall: Any, volunteer: Any) -> None:
    event, other = hall.event("清洁日"), hall.event("合唱", start="2026-07-05 9:00")
    volunteer.ok("event", "signup", event, "李明", "王芳")
    volunteer.ok("event", "withdraw", event, "李明")
    volunteer.ok("event", "signup", other, "王芳")
    before = volunteer.dump()
    volunteer.ok("person", "merge", 1, 2, "--yes")
    assert hall.statuses(event) == {"李明": "signed_up"}
    assert hall.statuses(other) == {"李明": "signed_up"}
    volunteer.ok("undo")
    assert volunteer.dump() == before


def test_places_at_the_same_time_refuse(hall: Any, volunteer: Any) -> None:
    hall.event("清洁日")
    hall.event("合唱")
    volunteer.ok("event", "signup", 1, "李明")
    volunteer.ok("event", "signup", 2, "王芳")
    told = volunteer.refused("overlap", "person", "merge", 1, 2, "--yes")
    assert "合唱 (2) 2026-07-04 09:00–11:00" in told.err
    volunteer.ok("event", "withdraw", 2, "王芳")
    volunteer.ok("person", "merge", 1, 2, "--yes")


def test_who_waits_and_was_merged_still_moves_up(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日", "--capacity", 1)
    volunteer.ok("event", "signup", event, "李明", "王芳")
    volunteer.ok("person", "merge", 3, 2, "--yes")
    volunteer.ok("event", "withdraw", event, "李明")
    assert hall.statuses(event) == {"李明": "withdrawn", "张伟": "signed_up"}
