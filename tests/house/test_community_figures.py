"""Figures of a community: one a day, of other days all."""

from __future__ import annotations

from volunteering import Volunteer


def figures(volunteer: Volunteer) -> list[tuple[str, int, str, str | None]]:
    rows = volunteer.ok("community", "show", "binhu", "-f", "json").json["figures"]
    return [(row["name"], row["value"], row["as_of"], row["source"]) for row in rows]


def test_another_count_of_the_same_day_takes_the_place_of_the_first(volunteer: Volunteer) -> None:
    def count(value: int, day: str, *more: str) -> str:
        words = ("--name", "population", "--value", value, "--as-of", day)
        return volunteer.ok("community", "figure", "binhu", *words, *more).err

    count(26000, "2020-03", "--source", "年报")
    count(25000, "2025-03")
    assert "population 26000 → 26100 as of 2020-03-01" in count(26100, "2020-03")
    assert figures(volunteer) == [
        ("population", 26100, "2020-03-01", "年报"),
        ("population", 25000, "2025-03-01", None),
    ]
    before = len(volunteer.rows("history", "list"))
    assert "Nothing changed" in count(26100, "2020-03")
    assert len(volunteer.rows("history", "list")) == before
    volunteer.ok("undo")
    assert figures(volunteer)[0] == ("population", 26000, "2020-03-01", "年报")
