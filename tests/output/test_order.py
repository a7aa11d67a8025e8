"""Names are sorted as people look them up: Chinese ones by their sound, others whatever their case and accents."""

from __future__ import annotations

import pytest
from volunteering import Volunteer

#: In the order of their sound, which is not that of their code points.
NAMES = ("陈样", "何样", "李样", "区样", "王样", "曾样", "翟样")
LETTERS = ("Ann Zed", "anna Bell", "Émile", "Ömer", "Zoe")


@pytest.mark.parametrize("sort", ["name", "-name"])
def test_people_and_teams_are_sorted_by_sound(volunteer: Volunteer, sort: str) -> None:
    for name in sorted((*NAMES, *LETTERS), reverse=True):
        volunteer.ok("person", "add", name)
        volunteer.ok("team", "add", name)
        volunteer.ok("hours", "add", name, "--date", "2026-06-01", "--hours", "1h")
    for noun, field in (("person", "name"), ("team", "name"), ("hours", "person")):
        rows = volunteer.rows(noun, "list", "--sort", sort.replace("name", field), "--fields", field)
        names = [row[field] for row in rows]
        assert [name for name in names if name in NAMES] == list(NAMES if sort == "name" else reversed(NAMES))
        assert [name for name in names if name in LETTERS] == list(
            LETTERS if sort == "name" else reversed(LETTERS)
        )


def test_ties_are_broken_by_the_name(volunteer: Volunteer) -> None:
    for name in ("李洋", "李阳", "李杨"):
        volunteer.ok("person", "add", name)
    names = [row["name"] for row in volunteer.rows("person", "list", "--sort", "name")]
    assert names == sorted(names)
