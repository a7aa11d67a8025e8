"""Stars: proposed from hours, granted by a person, never taken by a correction."""

from __future__ import annotations

import pytest
from recognition.conftest import Serve
from volunteering import Volunteer


@pytest.fixture
def hundred(served: Volunteer, serve: Serve) -> Volunteer:
    """陈样一 with exactly a hundred confirmed hours."""
    serve(served, *((f"2025-{month:02}-{day:02}", 450) for month in (8, 9) for day in range(1, 7)))
    serve(served, ("2025-10-01", 270))
    return served


def test_a_star_is_proposed_and_granted(hundred: Volunteer) -> None:
    proposed = hundred.ok("star", "list", "--proposed", "-f", "json").json
    assert [(row["person"], row["minutes"], row["level"], row["proposed"]) for row in proposed] == [
        ("陈样一", 6000, None, 1)
    ]
    granted = hundred.ok("star", "grant", "陈样一", 1, "--by", "赵样三", "-f", "json").json
    assert granted == {
        "id": 1,
        "person": "陈样一",
        "person_id": 1,
        "volunteer_no": "BINHU-V0001",
        "minutes": 6000,
        "level": 1,
        "proposed": None,
        "next_level": 2,
        "next_minutes": 18000,
        "missing_minutes": 12000,
        "granted_on": "2026-06-30",
        "granted_by": "赵样三",
        "granted_minutes": 6000,
        "below": False,
        "grants": [
            {"level": 1, "on": "2026-06-30", "by": "赵样三", "minutes": 6000, "threshold_minutes": 6000}
        ],
        "community": "滨湖社区",
        "community_id": 1,
    }
    assert hundred.ok("person", "show", "陈样一", "-f", "json").json["star"] == 1


def test_below_the_threshold_nothing_is_granted(hundred: Volunteer) -> None:
    result = hundred.refused("below_threshold", "star", "grant", "陈样一", 2, exit_code=1)
    assert "200:00 hours are missing" in result.err
    hundred.refused("below_threshold", "star", "grant", "李样二", 1)


@pytest.mark.parametrize("level", [0, 6, -1])
def test_there_are_five_levels(hundred: Volunteer, level: int) -> None:
    hundred.refused("bad_choice", "star", "grant", "陈样一", "--", level, exit_code=2)


def test_a_level_that_is_held_is_no_change(hundred: Volunteer) -> None:
    hundred.ok("star", "grant", "陈样一", 1)
    assert "Nothing changed" in hundred.ok("star", "grant", "陈样一", 1).err


def test_thresholds_are_a_policy(served: Volunteer) -> None:
    served.ok("policy", "set", "star_thresholds", "1,2,5,50")
    assert served.ok("star", "list", "-f", "json").json[0]["proposed"] == 3
    served.ok("star", "grant", "陈样一", 3)
    shown = served.ok("star", "show", "陈样一", "-f", "json").json
    assert (shown["level"], shown["next_level"], shown["missing_minutes"]) == (3, 4, 2670)
    served.ok("policy", "set", "star_thresholds", "1,2,5")
    shown = served.ok("star", "show", "陈样一", "-f", "json").json
    assert (shown["next_level"], shown["next_minutes"], shown["missing_minutes"]) == (None, None, None)
    served.refused("bad_policy_value", "policy", "set", "star_thresholds", "300,100", exit_code=2)


def test_a_correction_is_flagged_and_demotes_nobody(hundred: Volunteer) -> None:
    from volunteer_cli.core.history import update_all
    from volunteer_cli.hours.models import HoursRecord

    hundred.ok("star", "grant", "陈样一", 1)
    assert hundred("check").code == 0
    with hundred.writing("hours correct") as session:
        update_all(session, HoursRecord, [2], {"status": "voided"})
    result = hundred("check", "star_levels")
    assert result.code == 6
    assert "person:1" in result.out
    row = hundred.ok("star", "list", "-f", "json").json[0]
    assert (row["level"], row["below"], row["granted_minutes"]) == (1, True, 6000)


def test_a_grant_can_be_undone(hundred: Volunteer) -> None:
    before = hundred.dump()
    hundred.ok("star", "grant", "陈样一", 1)
    hundred.ok("undo")
    assert hundred.dump() == before


def test_whoever_has_neither_is_not_listed_but_can_be_shown(served: Volunteer) -> None:
    assert served.ok("star", "list", "-f", "json").json == []
    shown = served.ok("star", "show", "李样二", "-f", "json").json
    assert (shown["minutes"], shown["level"], shown["missing_minutes"]) == (0, None, 6000)


def test_stars_move_with_a_merged_person_and_the_higher_stays(hundred: Volunteer) -> None:
    hundred.ok("policy", "set", "star_thresholds", "1,100")
    hundred.ok("star", "grant", "陈样一", 1)
    hundred.ok("star", "grant", "陈样一", 2)
    hundred.ok("person", "merge", 2, 1, "--yes")
    assert hundred.ok("star", "show", 2, "-f", "json").json["level"] == 2


def test_stars_in_chinese(hundred: Volunteer) -> None:
    hundred.language = "zh"
    assert "为1星志愿者" in hundred.ok("star", "grant", "陈样一", 1).err
    assert "还差200:00" in hundred.refused("below_threshold", "star", "grant", "陈样一", 2).err
