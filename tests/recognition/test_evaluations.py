"""How people did at events."""

from __future__ import annotations

import pytest
from volunteering import Volunteer

ADD = ("evaluation", "add", "楼道清洁", "陈样一")


@pytest.fixture
def event(volunteer: Volunteer) -> Volunteer:
    """A service event of Monday, 15 June 2026; ten working days later, with a holiday between, it is 30 June."""
    volunteer.ok("person", "add", "陈样一", "--volunteer")
    volunteer.ok("event", "add", "楼道清洁", "--start", "2026-06-15 09:00", "--end", "2026-06-15 11:00")
    return volunteer


def test_an_evaluation_has_points_and_words(event: Volunteer) -> None:
    added = event.ok(
        *(
            *ADD,
            "--punctuality",
            5,
            "--attitude",
            4,
            "--skill",
            4,
            "--text",
            "细致",
            "--by",
            "赵样三",
            "-f",
            "json",
        )
    ).json
    assert added == {
        "id": 1,
        "event": "楼道清洁",
        "event_id": 1,
        "person": "陈样一",
        "person_id": 1,
        "punctuality": 5,
        "attitude": 4,
        "skill": 4,
        "average": 4.3,
        "text": "细致",
        "by": "赵样三",
        "on": "2026-06-30",
        "late": False,
        "status": "valid",
        "reason": None,
    }


def test_what_is_not_given_is_not_averaged(event: Volunteer) -> None:
    added = event.ok(*ADD, "--skill", 2, "-f", "json").json
    assert (added["punctuality"], added["skill"], added["average"], added["by"]) == (None, 2, 2.0, "tester")


def test_words_alone_are_enough(event: Volunteer) -> None:
    assert event.ok(*ADD, "--text", "很好", "-f", "json").json["average"] is None


def test_an_evaluation_must_say_something(event: Volunteer) -> None:
    event.refused("missing_value", *ADD, exit_code=2)


@pytest.mark.parametrize("points", [0, 6, -1])
def test_ratings_go_from_one_to_five(event: Volunteer, points: int) -> None:
    event.refused("bad_rating", *ADD, "--attitude", points, exit_code=1)


def test_nobody_is_evaluated_before_the_event(event: Volunteer) -> None:
    event.today = "2026-06-14"
    event.refused("future", *ADD, "--skill", 5, exit_code=1)


@pytest.mark.parametrize(("today", "late"), [("2026-06-30", False), ("2026-07-01", True)])
def test_after_ten_working_days_it_is_late(event: Volunteer, today: str, late: bool) -> None:
    event.today = today
    assert event.ok(*ADD, "--skill", 5, "-f", "json").json["late"] is late


def test_the_same_evaluation_again_is_no_change(event: Volunteer) -> None:
    event.ok(*ADD, "--skill", 5)
    assert "Nothing changed" in event.ok(*ADD, "--skill", 5).err
    event.ok(*ADD, "--skill", 4)
    assert len(event.ok("evaluation", "list", "--event", 1, "-f", "json").json) == 2


def test_averages_come_with_their_count_and_without_the_voided(event: Volunteer) -> None:
    event.ok(*ADD, "--skill", 5, "--attitude", 4)
    event.ok(*ADD, "--skill", 4)
    event.ok(*ADD, "--skill", 1)
    event.ok("evaluation", "void", 3, "--reason", "认错人")
    averages = event.ok("evaluation", "averages", "--person", "陈样一", "-f", "json").json
    assert averages == [
        {
            "id": 1,
            "person": "陈样一",
            "person_id": 1,
            "punctuality": None,
            "attitude": 4.0,
            "skill": 4.5,
            "average": 4.3,
            "count": 2,
        }
    ]


def test_a_voided_evaluation_stays_on_record(event: Volunteer) -> None:
    event.ok(*ADD, "--skill", 5)
    voided = event.ok("evaluation", "void", 1, "--reason", "认错人", "-f", "json").json
    assert (voided["status"], voided["reason"]) == ("voided", "认错人")
    assert event.ok("evaluation", "show", 1, "-f", "json").json["status"] == "voided"


def test_an_unknown_evaluation_is_not_found(event: Volunteer) -> None:
    event.refused("not_found", "evaluation", "show", 9, exit_code=4)


def test_it_is_mentioned_when_nothing_says_that_the_person_was_there(event: Volunteer) -> None:
    assert "nothing on file" in event.ok(*ADD, "--skill", 5).err
    event.ok("event", "open", "楼道清洁", "--today", "2026-06-01")
    event.ok("event", "signup", "楼道清洁", "陈样一", "--today", "2026-06-01")
    assert "nothing on file" not in event.ok(*ADD, "--skill", 4).err
