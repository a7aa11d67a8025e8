"""P6 as a machine: stages that narrow by whatever conditions, targets found, excluded and called in any order.

Every target has one result in each stage and in the whole, the parts add up by grid, building, stage and day, and
what was said of a moment is said of it for ever, whatever comes later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from campaign_oracle import LIKELY, RESULTS, Attempt, Target, line, result
from campaigning import CALLERS
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)
from machines import Whole, run_machine
from volunteering import Database, Volunteer, copied

START = datetime(2026, 6, 1, 9)
BY = ("grid", "building", "stage", "day")
SUMS = ("listed", "added", "tried", "resolved", *RESULTS)
#: Building and grid of each household; 05 crosses the buildings.
HOMES = ((1, "01"), (1, "05"), (2, "02"), (2, "05"))
BEGINNING = "\n".join(
    [
        *(f"person add {name}" for name in CALLERS),
        *(
            f"household add --building {building} --room {100 + place} --grid {grid} --on 2026-01-01"
            for place, (building, grid) in enumerate(HOMES)
        ),
        "campaign add 全部 --code all --method door --start 2026-06-01",
    ]
)


@dataclass
class Stage:
    """A stage that is open, and its targets."""

    name: str
    members: list[int]
    tried: dict[int, list[Attempt]] = field(default_factory=dict)


class Sieve(Whole):
    """A campaign of four households that is narrowed stage by stage, beside the oracle of the reading."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.volunteer = Volunteer(copied(self.template, Path(self.folder.name) / "sieve.db"))
        self.now = START
        self.homes = list(HOMES)
        self.targets: dict[int, Target] = {}
        self.stages: list[Stage] = []
        self.said: list[tuple[datetime, dict[str, Any]]] = []

    def teardown(self) -> None:
        self.volunteer.ok("check")
        self._says_the_same()
        self.folder.cleanup()

    def _at(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.volunteer.today = f"{self.now:%Y-%m-%dT%H:%M}"

    def _result(self, number: int, tried: Iterable[Attempt]) -> str:
        whole = self.targets[number]
        return result(Target(list(tried), whole.excluded_at, whole.blocked_from), self.now)

    @initialize()
    def begin(self) -> None:
        self._at(0)
        self.volunteer.ok("campaign", "open", "all")
        self.targets = {number: Target() for number in range(1, len(HOMES) + 1)}
        self.stages.append(Stage("全", list(self.targets)))

    @rule(
        hours=st.integers(1, 20),
        buildings=st.sets(st.sampled_from((1, 2))),
        grids=st.sets(st.sampled_from(("01", "02", "05"))),
        results=st.sets(st.sampled_from(RESULTS), max_size=6),
    )
    def narrow(self, hours: int, buildings: set[int], grids: set[str], results: set[str]) -> None:
        if len(self.stages) > 3:
            return
        self._at(hours)
        before, name = self.stages[-1], f"第{len(self.stages)}层"
        asked = {"building": map(str, buildings), "grid": grids, "result": results}
        where = [f"{key}={text}" for key, values in asked.items() if (text := ",".join(sorted(values)))]
        words = [word for text in where for word in ("--where", text)]
        self.volunteer.ok("campaign", "stage", "all", name, *words)
        self.volunteer.ok("campaign", "open", "all", "--stage", name)
        members = [n for n in before.members if self._fits(before, n, buildings, grids, results)]
        self.stages.append(Stage(name, members))

    def _fits(
        self, before: Stage, number: int, buildings: set[int], grids: set[str], results: set[str]
    ) -> bool:
        building, grid = self.homes[number - 1]
        at_home = (not buildings or building in buildings) and (not grids or grid in grids)
        # What turned out not to belong goes nowhere without being asked for.
        wanted = results or set(RESULTS) - {"out_of_scope"}
        return at_home and self._result(number, before.tried.get(number, [])) in wanted

    @rule(
        hours=st.integers(1, 20),
        place=st.integers(0, 9),
        by=st.sampled_from(CALLERS),
        outcome=st.sampled_from(LIKELY),
        ahead=st.integers(1, 48),
    )
    def knock(self, hours: int, place: int, by: str, outcome: str, ahead: int) -> None:
        self._at(hours)
        number = place % len(self.targets) + 1
        later = self.now + timedelta(hours=ahead) if outcome == "callback" else None
        attempt = Attempt(self.now, by, outcome, later)
        words = line(number, attempt)
        if self.targets[number].blocked(self.now):
            self.volunteer.refused("blocked", *_split(words))
            return
        self.volunteer.ok("batch", "-", stdin=words)
        self.targets[number].attempts.append(attempt)
        # It is told of the last stage that has the target.
        stage = [stage for stage in self.stages if number in stage.members][-1]
        stage.tried.setdefault(number, []).append(attempt)

    @rule(hours=st.integers(1, 20), building=st.sampled_from((1, 2)), grid=st.sampled_from(("01", "05")))
    def find(self, hours: int, building: int, grid: str) -> None:
        self._at(hours)
        room = 200 + len(self.homes)
        door = ("--building", building, "--room", room, "--grid", grid)
        self.volunteer.ok("campaign", "found", "all", *door)
        self.homes.append((building, grid))
        number = len(self.homes)
        self.targets[number] = Target()
        self.stages[0].members.append(number)

    @rule(hours=st.integers(1, 20), place=st.integers(0, 9))
    def exclude(self, hours: int, place: int) -> None:
        self._at(hours)
        number = place % len(self.targets) + 1
        self.volunteer.ok("campaign", "exclude", "all", f"target:{number}", "--reason", "门面")
        target = self.targets[number]
        target.excluded_at = target.excluded_at or self.now

    @rule(place=st.integers(0, 9))
    def block(self, place: int) -> None:
        # A wish is kept by its day: on a day of its own, before anything is said of it.
        self.now = self.now.replace(hour=0, minute=0) + timedelta(days=1)
        self._at(0)
        number = place % len(self.targets) + 1
        if self.targets[number].blocked_from is None:
            self.volunteer.ok("household", "block", f"household:{number}", "--reason", "勿扰")
            self.targets[number].blocked_from = self.now

    @precondition(lambda self: self.targets)
    @rule()
    def count(self) -> None:
        self._at(1)
        (whole,) = self._progress()
        expected = [self._result(number, target.attempts) for number, target in self.targets.items()]
        assert {name: whole[name] for name in RESULTS} == {name: expected.count(name) for name in RESULTS}
        parts = {by: self._progress("--by", by) for by in BY}
        for by, rows in parts.items():
            for row in rows:
                assert row["listed"] + row["added"] == sum(row[name] for name in RESULTS)
                assert (
                    row["eligible"]
                    == sum(row[name] for name in RESULTS)
                    - row["out_of_scope"]
                    - row["vacant"]
                    - row["absent"]
                ), by
        for by in ("grid", "building"):
            for name in SUMS:
                assert sum(row[name] for row in parts[by]) == whole[name], (by, name)
        assert {name: parts["day"][-1][name] for name in SUMS} == {name: whole[name] for name in SUMS}
        self._counts_by_stage(parts["stage"])
        self.said.append((self.now, {"whole": whole} | {by: parts[by] for by in ("grid", "stage")}))

    def _counts_by_stage(self, rows: list[dict[str, Any]]) -> None:
        assert len(rows) == len(self.stages)
        for stage, row in zip(self.stages, rows, strict=True):
            results = Counter(self._result(n, stage.tried.get(n, [])) for n in stage.members)
            assert {name: row[name] for name in RESULTS} == {name: results[name] for name in RESULTS}
        listed = {row["id"]: row["result"] for row in self.volunteer.rows("campaign", "targets", "all")}
        assert listed.keys() == self.targets.keys()

    def _progress(self, *words: str) -> list[dict[str, Any]]:
        return self.volunteer.rows("campaign", "progress", "all", *words)

    def _says_the_same(self) -> None:
        """What was said of each moment, asked again after everything that came later."""
        for moment, said in self.said:
            as_of = ("--as-of", f"{moment:%Y-%m-%d %H:%M}")
            assert self._progress(*as_of) == [said["whole"]], moment
            for by in ("grid", "stage"):
                assert self._progress("--by", by, *as_of) == said[by], (moment, by)


def _split(text: str) -> list[str]:
    import shlex

    return shlex.split(text)


@pytest.fixture
def campaign(volunteer: Volunteer) -> Database:
    volunteer.today = "2026-06-01T08:00"
    volunteer.ok("batch", "-", stdin=BEGINNING)
    database: Database = volunteer.database
    return database


@pytest.mark.parametrize(
    ("examples", "steps"), [(2, 12), pytest.param(25, 30, marks=pytest.mark.faults)], ids=["few", "many"]
)
def test_a_sieve_adds_up_and_says_the_same_for_ever(campaign: Database, examples: int, steps: int) -> None:
    run_machine(Sieve, campaign, examples=examples, steps=steps)
