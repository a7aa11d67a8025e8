from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from volunteering import Volunteer

ID_NUMBERS = ("11010519491231002X", "440524188001010014")


def pairs(volunteer: Volunteer) -> list[tuple[int, int, str]]:
    rows = volunteer.ok("person", "duplicates", "-f", "json").json
    return [(row["first_id"], row["second_id"], row["reason"]) for row in rows]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (["李明", "--phone", "13800000001"], ["李明", "--phone-alt", "13800000001"], "same_phone"),
        (["王小明", "--phone", "13800000001"], ["王晓明", "--phone", "13800000001"], "same_phone"),
        (["王小明", "--phone", "13800000001"], ["王小民", "--phone", "13800000001"], "same_phone"),
        (
            ["Anna Schmidt", "--phone", "13800000001"],
            ["Schmidt Anna", "--phone", "13800000001"],
            "same_phone",
        ),
        (["李明", "--birth", "1965"], ["李明", "--birth", "1965-03-05"], "same_birth"),
        (["李明"], ["黎明"], "same_sound"),
        (["李明"], ["李明"], "same_sound"),
        (["曾强"], ["层强"], None),
        (["李明", "--birth", "1965"], ["黎明", "--birth", "1966"], None),
        (["李明", "--phone", "13800000001"], ["王芳", "--phone", "13800000001"], None),
        (["李明", "--id-number", ID_NUMBERS[0]], ["李明", "--id-number", ID_NUMBERS[1]], None),
        (["李明", "--birth", "1965"], ["李鸣远", "--birth", "1965"], None),
    ],
)
def test_reasons(volunteer: Volunteer, one: list[Any], other: list[Any], reason: str | None) -> None:
    volunteer.ok("person", "add", *one, "--allow-duplicate")
    volunteer.ok("person", "add", *other, "--allow-duplicate")
    assert pairs(volunteer) == ([(1, 2, reason)] if reason else [])


def test_a_guardian_is_somebody_else(volunteer: Volunteer) -> None:
    volunteer.ok("person", "add", "王小明", "--phone", "13800000001")
    volunteer.ok("person", "add", "王晓明", "--phone", "13800000001", "--guardian", "1")
    assert pairs(volunteer) == []


def test_strongest_reason_first_and_archived_ones_left_out(volunteer: Volunteer) -> None:
    for words in (["李明"], ["黎明", "--birth", "1965"], ["黎明", "--birth", "1965-03"]):
        volunteer.ok("person", "add", *words)
    assert pairs(volunteer) == [(2, 3, "same_birth"), (1, 2, "same_sound"), (1, 3, "same_sound")]
    volunteer.ok("person", "archive", "1")
    assert pairs(volunteer) == [(2, 3, "same_birth")]


def test_a_dismissed_pair_stays_away(volunteer: Volunteer) -> None:
    for name in ("李明", "黎明"):
        volunteer.ok("person", "add", name)
    volunteer.ok("person", "duplicates", "--dismiss", "2", "1")
    assert pairs(volunteer) == []
    assert "Nothing changed" in volunteer.ok("person", "duplicates", "--dismiss", "李明", "黎明").err
    volunteer.refused("same_person", "person", "duplicates", "--dismiss", "1", "1", exit_code=1)
    volunteer.refused("not_found", "person", "duplicates", "--dismiss", "1", "9", exit_code=4)
    volunteer.ok("undo")
    assert len(pairs(volunteer)) == 1


def test_a_phone_of_many_and_a_common_sound(volunteer: Volunteer) -> None:
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.people import rules

    with volunteer.writing() as session:
        names = [f"office{chr(97 + n // 26)}{chr(97 + n % 26)}xyz" for n in range(0, 400, 7)] + ["李明"] * 20
        rows = [rules.checked_person({"name": name, "phone": "053184230001"}) for name in names[:-20]]
        rows += [rules.checked_person({"name": name}) for name in names[-20:]]
        rows += [
            rules.checked_person({"name": name, "phone": "053184230001"}) for name in ("王小明", "王晓明")
        ]
        rules.add_people(session, the_community(session), rows, today=date(2026, 6, 30))
    reasons = {
        (row["first"], row["second"]) for row in volunteer.ok("person", "duplicates", "-f", "json").json
    }
    assert ("王小明", "王晓明") in reasons
    assert ("李明", "李明") not in reasons


def test_chinese_reason(volunteer: Volunteer) -> None:
    for name in ("李明", "黎明"):
        volunteer.ok("person", "add", name)
    volunteer.language = "zh"
    assert "姓名读音相同" in volunteer.ok("person", "duplicates", "-f", "markdown").out
