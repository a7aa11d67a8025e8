"""What is doubtful of places, hours and evaluations is listed, whichever way it came about."""

from __future__ import annotations

from typing import Any

import pytest

FLAWS = ("place_refused", "event_led_by_nobody", "hours_unlike_roster", "evaluation_unlike_roster")


def listed(volunteer: Any) -> dict[str, int]:
    rows = {row["kind"]: row["records"] for row in volunteer.rows("report", "quality")}
    return {name: rows[name] for name in FLAWS if name in rows}


TRAINED = (
    "training",
    "add",
    "李明",
    "--topic",
    "急救",
    "--by",
    "红会",
    "--on",
    "2026-06-01",
    "--minutes",
    "60",
)
#: What an event asks, what happens before and after 李明 takes a place, and whether the place is doubtful then.
PLACES: list[tuple[str, list[str], list[tuple[str, ...]], list[tuple[str, ...]], bool]] = [
    ("a training that was none", ["--needs-skill", "急救"], [(*TRAINED, "--skill", "急救")], [("training", "void", "1", "--reason", "假")], True),
    ("a skill that went", ["--needs-skill", "急救"], [("person", "edit", "李明", "--add-skill", "急救")], [("person", "edit", "李明", "--remove-skill", "急救")], True),
    ("a skill asked for later", [], [], [("event", "edit", "1", "--add-skill", "急救")], True),
    ("an age asked for later", [], [], [("event", "edit", "1", "--min-age", "18")], True),
    ("a birth date that came later", ["--min-age", "18"], [("person", "edit", "李明", "--birth", "1980")], [("person", "edit", "李明", "--birth", "2015", "--guardian", "王芳")], True),
    ("a day before the birthday", ["--min-age", "18"], [("person", "edit", "李明", "--birth", "2008-07-04")], [("event", "edit", "1", "--start", "2026-07-03 14:00")], True),
    ("who left the team", ["--team", "花园", "--members-only"], [], [("team", "leave", "花园", "李明", "--on", "2026-07-03")], True),
    ("a member of another team by now", ["--team", "花园", "--members-only"], [], [("event", "edit", "1", "--team", "绿队")], True),
    ("what a leader let pass", ["--min-age", "18"], [], [], False),
    ("all as it was", ["--needs-skill", "急救"], [("person", "edit", "李明", "--add-skill", "急救")], [("event", "edit", "1", "--place", "广场")], False),
    ("nothing is asked", [], [], [("person", "edit", "李明", "--birth", "2000")], False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "before", "after", "doubtful"), [case[1:] for case in PLACES], ids=[case[0] for case in PLACES]
)
def test_a_place_that_would_be_refused_by_now(
    hall: Any,
    volunteer: Any,
    asked: list[str],
    before: list[tuple[str, ...]],
    after: list[tuple[str, ...]],
    *,
    doubtful: bool,
) -> None:
    hall.team("花园", 1)
    hall.team("绿队")
    hall.event("清洁日", *asked)
    for words in before:
        volunteer.ok(*words)
    volunteer.ok("event", "signup", "1", "李明", "--override", "面熟")
    assert listed(volunteer) == {}
    for words in after:
        volunteer.ok(*words)
    assert listed(volunteer) == ({"place_refused": 1} if doubtful else {})
    volunteer.ok("check")
    hall.at("2026-07-05T08:00")
    assert listed(volunteer) == {}, "what is over is what it was"


@pytest.mark.parametrize(
    ("words", "doubtful"),
    [
        (("person", "archive", "李明"), True),
        (("team", "archive", "花园"), True),
        (("person", "archive", "王芳"), False),
        (("event", "archive", "清洁日"), False),
        (("event", "cancel", "清洁日"), False),
        (("person", "erase", "李明", "--reason", "要求", "-y"), True),
    ],
)
def test_an_event_ahead_that_nobody_leads(
    hall: Any, volunteer: Any, words: tuple[str, ...], *, doubtful: bool
) -> None:
    hall.team("花园", 1)
    event = hall.event("清洁日", "--team", "花园", "--leader", "李明")
    volunteer.ok(*words)
    assert listed(volunteer) == ({"event_led_by_nobody": 1} if doubtful else {})
    if doubtful:
        volunteer.ok("event", "edit", event, "--leader", "王芳", "--team", "")
        assert listed(volunteer) == {}


#: How 李明 stands with an event at which hours are recorded.
ROSTERS = ["signed up", "withdrawn", "waiting", "attended", "not there"]


@pytest.mark.parametrize("finished", [True, False])
@pytest.mark.parametrize("state", ROSTERS)
def test_hours_that_the_roster_does_not_know(
    hall: Any, volunteer: Any, state: str, *, finished: bool
) -> None:
    event = hall.event("清洁日", "--capacity", 1)
    if state == "waiting":
        volunteer.ok("event", "signup", event, "王芳")
    if state != "not there":
        volunteer.ok("event", "signup", event, "李明")
    if state == "withdrawn":
        volunteer.ok("event", "withdraw", event, "李明")
    hall.at("2026-07-04T11:30")
    if state == "attended":
        volunteer.ok("event", "checkin", event, "李明", "--at", "9:00")
    words = ("--date", "2026-07-04", "--start", "9:00", "--end", "11:00", "--event", event)
    volunteer.ok("hours", "add", "李明", *words)
    if finished:
        volunteer.ok("event", "finish", event)
    # Whoever has hours at an event came to it.
    assert "hours_unlike_roster" not in listed(volunteer)
    volunteer.ok("check")
    if finished and state != "not there":
        # An event that was finished before that was so.
        volunteer.ask("UPDATE signup SET status = 'withdrawn', checked_in_at = NULL, checked_out_at = NULL")
        assert "hours_unlike_roster" in listed(volunteer)


@pytest.mark.parametrize(
    ("after", "doubtful"),
    [
        ([], False),
        ([("event", "absent", "1", "李明")], True),
        ([("event", "absent", "1", "李明"), ("evaluation", "void", "1", "--reason", "错")], False),
        ([("event", "absent", "1", "李明"), ("undo",)], False),
        ([("person", "merge", "王芳", "李明", "-y")], False),
        ([("event", "edit", "1", "--leader", "李明"), ("event", "absent", "1", "李明")], False),
    ],
)
def test_an_evaluation_of_somebody_who_was_not_there(
    hall: Any, volunteer: Any, after: list[tuple[str, ...]], *, doubtful: bool
) -> None:
    event = hall.event("清洁日")
    hall.at("2026-07-04T11:30")
    volunteer.ok("event", "checkin", event, "李明", "--at", "9:00", "--override", "来了")
    volunteer.ok("evaluation", "add", event, "李明", "--attitude", 5)
    for words in after:
        volunteer.ok(*words)
    assert ("evaluation_unlike_roster" in listed(volunteer)) == doubtful
