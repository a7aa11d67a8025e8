"""Where an age is asked for, no birth date is not old enough; repeated absences are seen and keep nobody out."""

from __future__ import annotations

from typing import Any

import pytest

CASES = (
    ("2000-01-01", None),
    ("2010-07-04", None),
    ("2010-07-05", "too_young"),
    ("2015-01-01", "too_young"),
    ("1965", None),
    (None, "age_unknown"),
)


@pytest.mark.parametrize(("birth", "refusal"), CASES)
def test_an_event_asks_for_an_age(hall: Any, volunteer: Any, birth: str | None, refusal: str | None) -> None:
    event = hall.event("夜巡", "--min-age", 16)
    person = hall.person("小明", birth=birth)
    if refusal is None:
        volunteer.ok("event", "signup", event, person)
        return
    volunteer.refused(refusal, "event", "signup", event, person)
    rungs = {row["rung"]: row["ok"] for row in volunteer.rows("event", "why", event, person)}
    assert [name for name in ("too_young", "age_unknown") if not rungs[name]] == [refusal]
    assert person not in [row["id"] for row in volunteer.rows("event", "suggest", event, "--need", 99)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_leader_lets_an_unknown_age_pass_and_no_known_one(hall: Any, volunteer: Any, language: str) -> None:
    volunteer.language = language
    event = hall.event("夜巡", "--min-age", 16)
    unknown, young = hall.person("未知", birth=None), hall.person("年幼", birth="2012-01-01")
    volunteer.ok("event", "signup", event, unknown, "--override", "本人出示了身份证")
    volunteer.refused("too_young", "event", "signup", event, young, "--override", "家长同意")
    assert volunteer.ok("check").code == 0


def test_without_an_age_the_guardian_rule_stays(hall: Any, volunteer: Any) -> None:
    event = hall.event("清洁日")
    volunteer.ok("event", "signup", event, hall.person("未知", birth=None))
    volunteer.refused("no_guardian", "event", "signup", event, hall.person("年幼", birth="2015-01-01"))
    volunteer.ok("event", "edit", event, "--min-age", "18")
    assert volunteer.ok("event", "show", event, "-f", "json").json["min_age"] == 18
    volunteer.ok("event", "edit", event, "--min-age", "none")
    assert volunteer.ok("event", "show", event, "-f", "json").json["min_age"] is None


@pytest.mark.parametrize("age", ["0", "-3", "200"])
def test_an_age_is_an_age(hall: Any, volunteer: Any, age: str) -> None:
    volunteer.refused("bad_quantity", "event", "edit", hall.event("清洁日"), "--min-age", age)


def test_a_series_asks_for_it_too(hall: Any, volunteer: Any) -> None:
    event = hall.event("夜巡", "--min-age", 16)
    volunteer.ok("event", "repeat", event, "--every", "week", "--count", 2)
    shown = [volunteer.ok("event", "show", key, "-f", "json").json["min_age"] for key in (event, event + 1)]
    assert shown == [16, 16]


def absent(hall: Any, volunteer: Any, times: int) -> None:
    for number in range(times):
        event = hall.event(f"清洁{number}")
        volunteer.ok("event", "signup", event, "李明", "--override", "试验")
        hall.at("2026-07-04T12:00")
        volunteer.ok("event", "absent", event, "李明")
        hall.at("2026-07-03T08:00")
    hall.at("2026-07-05T08:00")


@pytest.mark.parametrize(("times", "seen"), [(0, None), (1, None), (2, 2), (3, 3)])
def test_repeated_absences_are_seen_and_keep_nobody_out(
    hall: Any, volunteer: Any, times: int, seen: int | None
) -> None:
    absent(hall, volunteer, times)
    words = ("event", "add", "义诊", "--start", "2026-07-11 9:00", "--end", "11:00")
    event = int(volunteer.ok(*words, "-f", "ids").out)
    volunteer.ok("event", "open", event)
    rungs = {row["rung"]: row for row in volunteer.rows("event", "why", event, "李明")}
    assert ("no_shows" in rungs) == (seen is not None)
    assert all(row["ok"] for row in rungs.values())
    listed = {row["person"]: row for row in volunteer.rows("event", "suggest", event, "--need", 99)}
    assert listed["李明"]["no_shows"] == seen
    volunteer.ok("event", "signup", event, "李明")


def test_how_often_and_how_long_are_policies(hall: Any, volunteer: Any) -> None:
    absent(hall, volunteer, 2)
    event = hall.event("清洁日")
    volunteer.ok("policy", "set", "no_show_count", "3")
    assert "no_shows" not in {row["rung"] for row in volunteer.rows("event", "why", event, "李明")}
    volunteer.ok("policy", "set", "no_show_count", "1")
    hall.at("2027-07-05T08:00")
    assert "no_shows" not in {row["rung"] for row in volunteer.rows("event", "why", event, "李明")}
    volunteer.ok("policy", "set", "no_show_months", "24")
    assert "no_shows" in {row["rung"] for row in volunteer.rows("event", "why", event, "李明")}
