"""When a visit is due beside brute force, a drive's balance with goods given, and a report that counts each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from volunteering import Database, Volunteer, copied

FIRST = date(2026, 5, 1)
CADENCE = {"elder_alone": 7, "empty_nest": 30, "dibao": 90}
HEAT = {"elder_alone": 3, "empty_nest": 30}
HEAT_FROM = date(2026, 6, 10)
HOMES = ("1-1-101", "1-1-102", "1-1-103")
PLACES = ("unsorted", "on_hand", "boxed", "shipped", "given", "rejected", "recycled", "returned", "lost")


class Try(NamedTuple):
    """A visit: at which of the homes, on which day from the first on, how, and with what outcome."""

    home: int
    day: int
    method: str
    outcome: str

    @property
    def on(self) -> date:
        return FIRST + timedelta(days=self.day)


class Tagged(NamedTuple):
    """A tag of who lives in a home, from a day on."""

    home: int
    tag: str
    day: int

    @property
    def on(self) -> date:
        return FIRST + timedelta(days=self.day)


TRIES = st.lists(
    st.builds(
        Try,
        st.integers(0, 2),
        st.integers(0, 59),
        st.sampled_from(["door", "phone", "video", "other"]),
        st.sampled_from(["met", "met", "no_answer", "refused", "away"]),
    ),
    max_size=12,
    unique_by=lambda each: (each.home, each.day),
)
TAGS = st.lists(
    st.builds(Tagged, st.integers(0, 2), st.sampled_from(list(CADENCE)), st.integers(0, 50)),
    max_size=5,
    unique_by=lambda each: (each.home, each.tag),
)
EVERY = st.lists(st.none() | st.integers(1, 40), min_size=3, max_size=3)
DAYS = st.lists(st.integers(0, 60), min_size=1, max_size=3)


@pytest.fixture(scope="module")
def homes(binhu_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Three people at three doors, somebody who visits them, and a drive with rice."""
    path = tmp_path_factory.mktemp("template") / "homes.db"
    volunteer = Volunteer(copied(binhu_database, path))
    lines = ["person add 走访甲"]
    lines += [f"person add 住户{n} --address {home}" for n, home in enumerate(HOMES)]
    lines += ["household form --on 2026-04-01", "drive add 米 --code mi --start 2026-04-01"]
    lines += [f"drive receive mi --anonymous --item 米=3袋 --on 2026-05-0{day}" for day in (1, 3, 5)]
    lines += ["drive sort mi --item 米=9袋 --as accepted --on 2026-05-06"]
    volunteer.ok("batch", "-", stdin="\n".join(lines))
    usual = ",".join(f"{tag}={n}" for tag, n in CADENCE.items())
    volunteer.ok("policy", "set", "visit_cadence", usual, "--from", "2026-01-01")
    heat = ",".join(f"{tag}={n}" for tag, n in HEAT.items())
    volunteer.ok("policy", "set", "visit_cadence", heat, "--from", HEAT_FROM.isoformat())
    database: Database = volunteer.database
    return database


def filled(homes: Database, tmp_path: Path, lines: Sequence[str]) -> Volunteer:
    path = tmp_path / "copy.db"
    volunteer = Volunteer(copied(homes, path))
    if lines:
        volunteer.ok("batch", "-", stdin="\n".join(lines))
    return volunteer


def lines_of(tries: Sequence[Try], tags: Sequence[Tagged], every: Sequence[int | None]) -> list[str]:
    lines = [f"person edit 住户{each.home} --add-tag {each.tag} --since {each.on}" for each in tags]
    lines += [f"household edit {HOMES[n]} --visit-every {days}" for n, days in enumerate(every) if days]
    return lines + [
        f"visit add {HOMES[each.home]} --by 走访甲 --method {each.method} --outcome {each.outcome} --on {each.on}"
        for each in tries
    ]


def brute_force(
    home: int, day: date, tries: Sequence[Try], tags: Sequence[Tagged], every: int | None
) -> tuple[int, date, int] | None:
    """Interval, due day and tries in a row of a home as of a day, by the words of domain.md §9."""
    cadence = HEAT if day >= HEAT_FROM else CADENCE
    own = [each for each in tags if each.home == home and each.on <= day and each.tag in cadence]
    intervals = [cadence[each.tag] for each in own] + ([every] if every else [])
    if not intervals:
        return None
    interval = min(intervals)
    listed = min([each.on for each in own], default=date(2026, 4, 1))
    past = sorted(each for each in tries if each.home == home and each.on <= day)
    met = [each.on for each in past if each.outcome == "met" and each.method in ("door", "phone", "video")]
    door = [each.on for each in past if each.outcome == "met" and each.method == "door"]
    due = min(
        max(met, default=listed) + timedelta(days=interval),
        max(door, default=listed) + timedelta(days=max(30, interval)),
    )
    row = 0
    for each in past:
        row = row + 1 if each.outcome == "no_answer" else 0
    return interval, due, row


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tries=TRIES, tags=TAGS, every=EVERY, days=DAYS)
def test_due_is_what_the_words_say_on_any_day(
    homes: Database,
    tmp_path: Path,
    tries: list[Try],
    tags: list[Tagged],
    every: list[int | None],
    days: list[int],
) -> None:
    volunteer = filled(homes, tmp_path, lines_of(tries, tags, every))
    for each in days:
        day = FIRST + timedelta(days=each)
        rows = volunteer.rows("visit", "due", "--as-of", day.isoformat(), "--until", "2030-01-01")
        answers = {
            row["household_id"] - 1: (row["interval"], date.fromisoformat(row["due_on"]), row["tries"])
            for row in rows
        }
        expected = {home: brute_force(home, day, tries, tags, every[home]) for home in range(3)}
        assert answers == {home: answer for home, answer in expected.items() if answer}
        for row in rows:
            assert row["overdue_days"] == max((day - date.fromisoformat(row["due_on"])).days, 0)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tries=TRIES, tags=TAGS, every=EVERY)
def test_the_report_counts_each_household_once(
    homes: Database, tmp_path: Path, tries: list[Try], tags: list[Tagged], every: list[int | None]
) -> None:
    volunteer = filled(homes, tmp_path, lines_of(tries, tags, every))
    due = volunteer.rows("visit", "due", "--until", "2030-01-01")
    (total,) = volunteer.rows("report", "visits", "--period", "2026-06")
    by_tag = volunteer.rows("report", "visits", "--period", "2026-06", "--by", "tag")
    late = [row for row in due if row["overdue_days"]]
    up_to_date = [row for row in due if not row["overdue_days"]]
    assert total["on_list"] == len(up_to_date) + len(late) == len({row["household"] for row in due})
    assert (total["overdue"], total["alarms"]) == (len(late), sum(row["alarm"] for row in due))
    for name in ("on_list", "met", "overdue"):
        assert total[name] <= sum(row[name] for row in by_tag)
    assert total["at_the_door"] <= total["met"] <= total["on_list"]
    asked = [row for row in volunteer.rows("report", "today") if row["task"] == "visit_overdue"]
    assert {row["thing"] for row in asked} == {f"household:{row['household_id']}" for row in late}


STEPS = st.lists(
    st.tuples(st.sampled_from(["give", "give", "void", "undo"]), st.integers(0, 8), st.integers(1, 4)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nothing_is_lost_of_a_drive_on_any_day(
    homes: Database, tmp_path: Path, steps: list[tuple[str, int, int]]
) -> None:
    volunteer = filled(homes, tmp_path, [])
    begun = len(volunteer.rows("history", "list"))
    for number, (step, day, count) in enumerate(steps):
        on = (FIRST + timedelta(days=day)).isoformat()
        words: tuple[Any, ...] = ("undo",)
        if step == "give":
            words = (
                "visit",
                "add",
                HOMES[number % 3],
                "--by",
                "走访甲",
                "--on",
                on,
                "--give",
                f"米={count}袋",
                "--from",
                "mi",
            )
        if step == "void":
            words = ("visit", "void", count, "--reason", "记错", "--on", f"2026-05-{9 + day:02}")
        if step == "undo" and len(volunteer.rows("history", "list")) == begun:
            continue
        before = volunteer.dump()
        if volunteer(*words).code != 0:
            assert volunteer.dump() == before
    for day in range(18):
        on = (FIRST + timedelta(days=day)).isoformat()
        for row in volunteer.rows("drive", "stock", "mi", "--as-of", on):
            assert row["received"] + row["found"] == sum(row[name] for name in PLACES)
            assert all(row[name] >= 0 for name in PLACES)
    volunteer.ok("check")
