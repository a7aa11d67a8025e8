"""Single figures at the edges of what they are defined by."""

from __future__ import annotations

from typing import Any

import pytest
from volunteering import Volunteer


def asked(volunteer: Volunteer, *words: str) -> list[dict[str, Any]]:
    return volunteer.rows("report", *words)


def test_a_gift_before_the_beginning_of_its_drive_is_in_its_month(story: Volunteer) -> None:
    story.ok("drive", "add", "春", "--community", "binhu", "--code", "spring", "--start", "2026-05-01")
    story.ok("drive", "receive", "spring", "--anonymous", "--item", "衣物=1件", "--on", "2026-04-20")
    rows = asked(story, "drives", "--period", "2026-04")
    assert [(row["drive"], row["received"]) for row in rows] == [("春", 1)]


def test_a_drive_that_is_over_is_only_where_something_moved(story: Volunteer) -> None:
    story.ok("drive", "deliver", "1", "--signed-by", "样老师", "--on", "2026-03-01")
    assert asked(story, "drives", "--period", "2026-02") == []
    delivered = {row["item"]: row["delivered"] for row in asked(story, "drives", "--period", "2026-03")}
    assert delivered == {"衣物": 8, "书籍": 0}


def test_a_row_is_approximate_for_what_stands_in_it(story: Volunteer) -> None:
    story.ok("drive", "sort", "winter", "--item", "衣物=3件", "--as", "rejected", "--on", "2025-11-20")
    story.ok("drive", "count", "winter", "--item", "衣物=0件", "--reason", "清点", "--on", "2025-11-21")
    marks = {
        month: {row["item"]: row["approximate"] for row in asked(story, "drives", "--period", month)}
        for month in ("2025-11", "2025-12")
    }
    assert marks == {"2025-11": {"衣物": True, "书籍": False}, "2025-12": {"衣物": False, "书籍": False}}


@pytest.mark.parametrize(("period", "able", "volunteers"), [("2024", 2, 1), ("2025", 2, 2)])
def test_skills_know_who_was_a_volunteer_then(
    story: Volunteer, period: str, able: int, volunteers: int
) -> None:
    (row,) = [row for row in asked(story, "skills", "--period", period) if row["skill"] == "合唱"]
    assert (row["able"], row["volunteers"]) == (able, volunteers)


def test_skills_of_a_person_archived_since_are_still_those_of_then(story: Volunteer) -> None:
    before = asked(story, "skills", "--period", "2025")
    story.ok("person", "archive", "李样二")
    assert asked(story, "skills", "--period", "2025") == before
    assert asked(story, "skills") != before


def test_a_team_is_there_from_its_founding_on(story: Volunteer) -> None:
    assert story.ok("report", "overview", "--period", "2023", "-f", "json").json["teams"] == 1
    assert [row["team"] for row in asked(story, "teams", "--period", "2023")] == ["老王帮帮团"]


def test_an_event_to_which_nobody_comes_is_to_be_filled(story: Volunteer) -> None:
    story.ok("event", "add", "巡河", "--community", "binhu", "--start", "2026-07-04 09:00", "--end", "11:00")
    story.ok(
        "event",
        "add",
        "听课",
        "--community",
        "binhu",
        "--kind",
        "class",
        "--start",
        "2026-07-04 09:00",
        "--end",
        "11:00",
    )
    story.ok("event", "add", "远日", "--community", "binhu", "--start", "2026-09-04 09:00", "--end", "11:00")

    def waiting() -> list[tuple[str, int]]:
        return [(row["what"], row["count"]) for row in asked(story, "today") if row["task"] == "fill_event"]

    assert waiting() == [("巡河", 1)]
    story.ok("event", "open", "巡河")
    story.ok("event", "signup", "巡河", "张样一")
    assert waiting() == []


def test_the_next_step_of_the_worklist_can_be_run(story: Volunteer) -> None:
    story.ok("hours", "add", "钱样五", "--date", "2026-06-03", "--hours", "1h")
    steps = {row["what"]: row["next"] for row in asked(story, "today") if row["task"] == "confirm_hours"}
    assert set(steps) == {"2026-06-01", "2026-06-03"}
    for step in steps.values():
        story.ok(*step.split()[1:])
    assert [row for row in asked(story, "today") if row["task"] == "confirm_hours"] == []


def test_births_that_cannot_be(story: Volunteer) -> None:
    story.ok("person", "add", "周样七", "--community", "binhu", "--birth", "1899")
    story.ok("person", "add", "吴样八", "--community", "binhu", "--birth", "2023-05", "--volunteer")
    story.ok("person", "add", "郑样九", "--community", "binhu", "--birth", "2023-05")
    (row,) = [row for row in asked(story, "quality") if row["kind"] == "birth_implausible"]
    assert (row["records"], row["examples"]) == (2, ["person:7", "person:8"])


def test_where_there_was_no_row_before_it_was_nought(story: Volunteer) -> None:
    by_item = {row["item"]: row for row in asked(story, "drives", "--period", "2025", "--compare")}
    assert (by_item["衣物"]["received_before"], by_item["衣物"]["received_change"]) == (0, 12)
    assert by_item["衣物"]["anonymous_share_before"] is None
    rows = asked(story, "hours", "--by", "person", "--period", "2025", "--compare")
    assert {row["person"]: (row["people"], row["people_before"]) for row in rows}["钱样五"] == (1, 0)
    assert {row["person"]: (row["people"], row["people_before"]) for row in rows}["孙样六"] == (0, 1)


def test_one_team_by_itself(story: Volunteer) -> None:
    (row,) = asked(story, "teams", "--team", "绿色家园维护者", "--period", "2025")
    assert row in asked(story, "teams", "--period", "2025")
    assert asked(story, "teams", "--team", "老王帮帮团", "--community", "binhu") == []


def test_a_team_lacks_no_leader_before_its_founding(story: Volunteer) -> None:
    story.ok("team", "add", "新队", "--community", "binhu", "--founded", "2026-05-01")

    def leaderless(*words: str) -> list[int]:
        rows = asked(story, "quality", *words)
        return [row["records"] for row in rows if row["kind"] == "team_without_leader"]

    assert leaderless("--period", "2025") == []
    assert leaderless("--period", "2026") == leaderless() == [1]


def test_who_comes_early_has_come_in_every_report(story: Volunteer) -> None:
    story.ok("event", "open", "elders")
    story.ok("event", "signup", "elders", "张样一", "王样三", "--shift", "上午")
    early = ("--today", "2026-07-05T08:50")
    story.ok("event", "checkin", "elders", "张样一", *early)
    counts = [
        asked(story, "events", "--by", "event", *early),
        asked(story, "attendance", "--by", "event", *early),
    ]
    assert [[row["attended"] for row in rows if row["event_id"] == 4] for rows in counts] == [[1], [1]]
    assert story.ok("report", "overview", *early, "-f", "json").json["attended"] == 1
