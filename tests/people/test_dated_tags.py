"""Tags with days: one that is taken away is closed, so that "on the list in June" can be answered in July."""

from __future__ import annotations

from typing import Any

import pytest
from volunteering import Volunteer


@pytest.fixture
def elder(volunteer: Volunteer) -> Volunteer:
    volunteer.ok("person", "add", "李明", "--tag", "elder_alone", "--today", "2026-03-01")
    return volunteer


def on_list(volunteer: Volunteer, day: str, tag: str = "elder_alone") -> list[str]:
    return [row["name"] for row in volunteer.rows("person", "list", "--tag", tag, "--as-of", day)]


def dates(volunteer: Volunteer) -> list[Any]:
    shown = volunteer.ok("person", "show", "李明", "-f", "json").json
    return [tuple(row.values()) for row in shown["tag_dates"]]


def test_a_tag_holds_from_the_day_it_is_recorded_until_it_is_taken_away(elder: Volunteer) -> None:
    elder.ok("person", "edit", "李明", "--remove-tag", "独居老人", "--on", "2026-06-20")
    assert on_list(elder, "2026-02-28") == []
    assert on_list(elder, "2026-03-01") == on_list(elder, "2026-06-19") == ["李明"]
    assert on_list(elder, "2026-06-20") == on_list(elder, "2026-06-30") == []
    assert elder.rows("person", "list", "--tag", "elder_alone") == []
    assert dates(elder) == [("elder_alone", "2026-03-01", "2026-06-20")]
    elder.ok("undo")
    assert on_list(elder, "2026-06-30") == ["李明"]


def test_since_says_when_a_tag_came(elder: Volunteer) -> None:
    elder.ok("person", "edit", "李明", "--add-tag", "dibao", "--since", "2025-09-01")
    assert on_list(elder, "2025-09-01", "dibao") == ["李明"]
    # It is known later that the other one came earlier, and that it had gone for a while.
    elder.ok("person", "edit", "李明", "--add-tag", "elder_alone", "--since", "2026-01-01")
    elder.ok("person", "edit", "李明", "--remove-tag", "elder_alone", "--on", "2026-04-01")
    elder.ok("person", "edit", "李明", "--add-tag", "elder_alone", "--since", "2026-06-01")
    assert dates(elder) == [
        ("dibao", "2025-09-01", None),
        ("elder_alone", "2026-01-01", "2026-04-01"),
        ("elder_alone", "2026-06-01", None),
    ]
    assert on_list(elder, "2026-05-01") == []


def test_what_is_so_already_is_no_change(elder: Volunteer) -> None:
    before = elder.dump()
    for words in (("--add-tag", "elder_alone"), ("--remove-tag", "dibao"), ("--tag", "elder_alone")):
        assert "Nothing changed" in elder.ok("person", "edit", "李明", *words).err
    assert elder.dump() == before


def test_another_list_closes_what_is_not_on_it(elder: Volunteer) -> None:
    elder.ok("person", "edit", "李明", "--tag", "dibao")
    assert elder.ok("person", "show", "李明", "-f", "json").json["tags"] == ["dibao"]
    assert dates(elder) == [("elder_alone", "2026-03-01", "2026-06-30"), ("dibao", "2026-06-30", None)]


def test_a_tag_neither_goes_before_it_came_nor_comes_tomorrow(elder: Volunteer) -> None:
    elder.refused(
        "out_of_order", "person", "edit", "李明", "--remove-tag", "elder_alone", "--on", "2026-02-01"
    )
    elder.refused("future", "person", "edit", "李明", "--add-tag", "dibao", "--since", "2026-07-01")
    elder.refused("future", "person", "edit", "李明", "--remove-tag", "elder_alone", "--on", "2026-07-01")


def test_two_records_of_one_person_have_the_days_of_either(elder: Volunteer) -> None:
    elder.ok("person", "edit", "李明", "--remove-tag", "elder_alone", "--on", "2026-05-01")
    elder.ok("person", "add", "李大明")
    elder.ok("person", "edit", "李大明", "--add-tag", "elder_alone", "--since", "2026-04-01")
    elder.ok("person", "edit", "李大明", "--remove-tag", "elder_alone", "--on", "2026-06-01")
    elder.ok("person", "merge", "李明", "李大明", "--yes")
    assert dates(elder) == [("elder_alone", "2026-03-01", "2026-06-01")]


def test_why_somebody_left_is_kept_and_the_past_list_still_has_them(elder: Volunteer) -> None:
    elder.ok("person", "archive", "李明", "--reason", "died", "--on", "2026-06-20")
    shown = elder.ok("person", "show", "李明", "-f", "json").json
    assert (shown["status"], shown["archived_for"]) == ("archived", "died")
    assert on_list(elder, "2026-06-19") == ["李明"]
    assert on_list(elder, "2026-06-20") == []
    elder.refused("bad_choice", "person", "archive", "李明", "--reason", "away", exit_code=2)
    elder.ok("person", "restore", "李明")
    shown = elder.ok("person", "show", "李明", "-f", "json").json
    assert (shown["status"], shown["archived_for"]) == ("active", None)
    elder.refused("future", "person", "archive", "李明", "--on", "2026-07-05")
