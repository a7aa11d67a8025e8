"""Honours of people, teams and communities."""

from __future__ import annotations

from typing import Any

import pytest
from volunteering import Volunteer

AWARD = ("award", "add", "市级优秀社区", "--level", "municipal", "--by", "市民政局", "--on", "2025-12-05")


@pytest.fixture
def people(volunteer: Volunteer) -> Volunteer:
    volunteer.ok("person", "add", "陈样一", "--volunteer")
    volunteer.ok("team", "add", "老样帮帮团")
    return volunteer


def test_an_award_goes_to_the_community(people: Volunteer) -> None:
    award = people.ok(*AWARD, "--for-community", "--document", "民发〔2025〕7号", "-f", "json").json
    assert award == {
        "id": 1,
        "title": "市级优秀社区",
        "person": None,
        "person_id": None,
        "team": None,
        "team_id": None,
        "level": "municipal",
        "by": "市民政局",
        "on": "2025-12-05",
        "document": "民发〔2025〕7号",
        "status": "valid",
        "reason": None,
        "community": "滨湖社区",
        "community_id": 1,
    }


def test_an_award_goes_to_a_person_or_a_team(people: Volunteer) -> None:
    assert people.ok(*AWARD, "--person", "陈样一", "-f", "json").json["person"] == "陈样一"
    assert people.ok(*AWARD, "--team", "老样帮帮团", "-f", "json").json["team"] == "老样帮帮团"
    assert [row["id"] for row in people.ok("award", "list", "--team", "1", "-f", "json").json] == [2]
    assert [row["id"] for row in people.ok("award", "list", "--person", "1", "-f", "json").json] == [1]
    assert people.ok("award", "list", "--level", "national", "-f", "json").json == []


@pytest.mark.parametrize(
    "holder", [(), ("--for-community", "--person", "1"), ("--person", "1", "--team", "1")]
)
def test_an_award_has_one_holder(people: Volunteer, holder: tuple[Any, ...]) -> None:
    people.refused("one_holder", *AWARD, *holder, exit_code=2)


def test_an_award_of_tomorrow_is_refused(people: Volunteer) -> None:
    people.refused("future", *AWARD[:-1], "2026-07-01", "--for-community", exit_code=1)
    people.ok(*AWARD[:-1], "2026-06-30", "--for-community")


def test_an_unknown_level_lists_the_levels(people: Volunteer) -> None:
    result = people.refused("bad_choice", *AWARD, "--level", "galactic", "--for-community", exit_code=2)
    assert "national, provincial" in result.err


def test_an_empty_title_is_missing(people: Volunteer) -> None:
    people.refused("missing_value", "award", "add", " ", *AWARD[3:], "--for-community", exit_code=1)


def test_the_same_award_again_is_no_change(people: Volunteer) -> None:
    people.ok(*AWARD, "--for-community")
    assert "Nothing changed" in people.ok(*AWARD, "--for-community").err
    assert len(people.ok("award", "list", "-f", "json").json) == 1


def test_a_voided_award_stays_on_record(people: Volunteer) -> None:
    people.ok(*AWARD, "--for-community")
    voided = people.ok("award", "void", "1", "--reason", "记重了", "-f", "json").json
    assert (voided["status"], voided["reason"]) == ("voided", "记重了")
    assert "Nothing changed" in people.ok("award", "void", "1", "--reason", "again").err
    people.ok("undo")
    assert people.ok("award", "show", "市级优秀社区", "-f", "json").json["status"] == "valid"


def test_a_voided_award_can_be_recorded_again(people: Volunteer) -> None:
    people.ok(*AWARD, "--for-community")
    people.ok("award", "void", "1", "--reason", "记错了")
    people.ok(*AWARD, "--for-community")
    assert [row["status"] for row in people.ok("award", "list", "-f", "json").json] == ["voided", "valid"]


def test_awards_move_with_a_merged_person(people: Volunteer) -> None:
    people.ok("person", "add", "陈样衣")
    people.ok(*AWARD, "--person", "2")
    people.ok("person", "merge", "1", "2", "--yes")
    assert people.ok("award", "show", "1", "-f", "json").json["person_id"] == 1


def test_awards_in_chinese(people: Volunteer) -> None:
    people.ok(*AWARD, "--for-community")
    people.language = "zh"
    table = people.ok("award", "list", "-f", "table").out
    assert "荣誉" in table
    assert "市级" in table
