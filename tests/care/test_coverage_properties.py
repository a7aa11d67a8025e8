"""P14: coverage counts a household once, however often and by whatever means somebody of it was met or reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from volunteering import Database, Volunteer, copied, fewer

FIRST = date(2026, 5, 1)
#: Household 1 has two people, 4 is an empty flat, 5 goes out of use; person 1 calls and visits.
HOMES = {2: 1, 3: 1, 4: 2, 5: 3}
VACANT, OUT_OF_USE = 4, 5
REACHED = {"done", "partial", "callback", "refused", "unable"}
BEGINNING = """
person add 走访甲
person add 住户一 --address 1-1-101
person add 住户二 --address 1-1-101
person add 住户三 --address 1-1-102
person add 住户四 --address 1-1-103
household form --on 2026-04-01
household add --building 1 --unit 1 --room 104 --occupancy vacant --on 2026-04-01
household add --building 1 --unit 1 --room 105 --on 2026-04-01
campaign add 各户 --code homes --method either --start 2026-04-20
campaign open homes --on 2026-04-20
campaign add 各人 --code people --unit person --method either --start 2026-04-20 --counts-as-visit
campaign open people --on 2026-04-20
household archive household:5 --on 2026-06-01
"""


class Visited(NamedTuple):
    """A visit to a household on a day."""

    home: int
    day: int
    outcome: str


class Tried(NamedTuple):
    """An attempt on a day at a household, or at a person."""

    unit: str
    target: int
    day: int
    method: str
    outcome: str


class Moved(NamedTuple):
    """A person who goes to live at another door, on a day."""

    person: int
    home: int
    day: int


VISITS = st.lists(
    st.builds(Visited, st.integers(1, 5), st.integers(0, 30), st.sampled_from(["met", "met", "no_answer"])),
    max_size=5,
    unique_by=lambda each: (each.home, each.day),
)
OUTCOMES = st.sampled_from([*sorted(REACHED), "no_answer", "busy"])
ATTEMPTS = st.lists(
    st.one_of(
        st.builds(
            Tried,
            st.just("household"),
            st.integers(1, 5),
            st.integers(0, 30),
            st.sampled_from(["call", "door"]),
            OUTCOMES,
        ),
        st.builds(
            Tried,
            st.just("person"),
            st.integers(1, 5),
            st.integers(0, 30),
            st.sampled_from(["call", "door"]),
            OUTCOMES,
        ),
    ),
    max_size=7,
    unique_by=lambda each: (each.unit, each.target, each.day),
)
MOVES = st.lists(
    st.builds(Moved, st.sampled_from(list(HOMES)), st.integers(1, 3), st.integers(0, 30)),
    max_size=2,
    unique_by=lambda each: each.person,
)
PERIODS = st.tuples(st.integers(0, 35), st.integers(0, 20))


@pytest.fixture(scope="module")
def doors(binhu_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Five doors of which one is empty and one goes out of use, and two campaigns: of households and of people."""
    volunteer = Volunteer(copied(binhu_database, tmp_path_factory.mktemp("template") / "doors.db"))
    volunteer.today = "2026-06-30T20:00"
    volunteer.ok("batch", "-", stdin=BEGINNING)
    database: Database = volunteer.database
    return database


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def lines(visits: Sequence[Visited], attempts: Sequence[Tried], moves: Sequence[Moved]) -> list[str]:
    """The commands that tell of all of it."""
    told = [f"household move person:{m.person} --to household:{m.home} --on {on(m.day)}" for m in moves]
    told += [
        f"visit add household:{v.home} --by 走访甲 --outcome {v.outcome} --on {on(v.day)}"
        for v in visits
        if v.home != OUT_OF_USE
    ]
    for a in attempts:
        code = "homes" if a.unit == "household" else "people"
        more = f" --callback '{on(a.day)} 18:00'" if a.outcome == "callback" else ""
        more += " --again 又" if a.outcome == "done" else ""
        told.append(
            f"campaign record {code} {a.unit}:{a.target} --by 走访甲 --outcome {a.outcome} --method {a.method}"
            f" --on '{on(a.day)} 09:00'{more}"
        )
    return told


def home_of(attempt: Tried, moves: Sequence[Moved]) -> int | None:
    """At which door an attempt was made: of a person where they lived on that day."""
    if attempt.unit == "household":
        return attempt.target
    gone = [move for move in moves if move.person == attempt.target and move.day <= attempt.day]
    return gone[0].home if gone else HOMES.get(attempt.target)


def in_period(day: int, period: tuple[int, int]) -> bool:
    return period[0] <= day <= period[0] + period[1]


def by_way(
    visits: Sequence[Visited], attempts: Sequence[Tried], moves: Sequence[Moved], period: tuple[int, int]
) -> dict[str, set[int | None]]:
    """The doors that were met or reached in a period, by how, as domain.md §11 says."""
    met = {v.home for v in visits if v.outcome == "met" and v.home != OUT_OF_USE and in_period(v.day, period)}
    ways: dict[str, set[int | None]] = {"by_visit": {*met}, "by_call": set(), "by_door": set()}
    for attempt in attempts:
        if attempt.outcome in REACHED and in_period(attempt.day, period):
            ways[f"by_{attempt.method}"].add(home_of(attempt, moves))
    return ways


def _covers(
    doors: Database,
    folder: Path,
    told: tuple[Sequence[Visited], Sequence[Tried], Sequence[Moved]],
    period: tuple[int, int],
) -> None:
    volunteer = Volunteer(copied(doors, folder / "copy.db"))
    volunteer.today = "2026-06-30T20:00"
    if script := lines(*told):
        volunteer.ok("batch", "-", stdin="\n".join(script))
    first, last = on(period[0]), on(period[0] + period[1])
    row = volunteer.ok("report", "coverage", "--period", f"{first}..{last}", "-f", "json").json
    in_use = {1, 2, 3, VACANT} | ({OUT_OF_USE} if last < date(2026, 6, 1) else set())
    standing = in_use - {VACANT}
    ways = {way: homes & standing for way, homes in by_way(*told, period).items()}
    reached = set().union(*ways.values())
    assert row == {
        "households": len(in_use),
        "standing": len(standing),
        "reached": len(reached),
        **{way: len(homes) for way, homes in ways.items()},
        "rate": pytest.approx(len(reached) / len(standing)),
    }
    assert row["reached"] <= row["by_visit"] + row["by_call"] + row["by_door"]


@pytest.mark.parametrize("examples", [8, pytest.param(200, marks=pytest.mark.faults)], ids=["few", "many"])
def test_coverage_counts_a_household_once(
    doors: Database, tmp_path_factory: pytest.TempPathFactory, examples: int
) -> None:
    @settings(max_examples=fewer(doors, examples), deadline=None, suppress_health_check=list(HealthCheck))
    @given(told=st.tuples(VISITS, ATTEMPTS, MOVES), period=PERIODS)
    def covers(told: tuple[list[Visited], list[Tried], list[Moved]], period: tuple[int, int]) -> None:
        _covers(doors, tmp_path_factory.mktemp("coverage"), told, period)

    covers()
