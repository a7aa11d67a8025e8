"""Visits and plans as a machine: recorded, planned, cancelled, voided and undone in any order, beside a small model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)
from machines import Whole, run_machine
from volunteering import Database, Volunteer, copied

HOME = st.sampled_from((1, 2))
WHO = st.sampled_from((1, 2))
COUNT = st.sampled_from(("door", "phone", "video"))
ALARM_AFTER, EVERY, DOOR_DAYS = 2, 7, 30
LISTED = datetime(2026, 6, 1)
BEGINNING = """
person add 走访甲
person add 走访乙
person add 独居丙 --address 1-1-101
person add 独居丁 --address 1-1-102
person edit 3 --add-tag elder_alone --since 2026-06-01
person edit 4 --add-tag elder_alone --since 2026-06-01
household form --on 2026-01-01
"""


@dataclass(frozen=True)
class Plan:
    """A visit that is planned."""

    home: int
    day: datetime
    cancelled: bool = False


@dataclass(frozen=True)
class Made:
    """A visit that took place."""

    home: int
    at: datetime
    by: int
    method: str
    outcome: str
    voided: bool = False


class Rounds(Whole):
    """Two elders who live alone, and two who see to them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.volunteer = Volunteer(copied(self.template, Path(self.folder.name) / "rounds.db"))
        self.now = datetime(2026, 6, 8, 9)
        self.known: dict[int, Plan | Made] = {}
        self.clears: dict[int, datetime] = {}
        self.past: list[tuple[dict[int, Plan | Made], dict[int, datetime]]] = []

    def teardown(self) -> None:
        assert self.volunteer.ok("check").out == ""
        self.compare()
        self.folder.cleanup()

    def _minute(self) -> None:
        self.now += timedelta(minutes=1)
        self.volunteer.today = f"{self.now:%Y-%m-%dT%H:%M}"

    def _remember(self) -> None:
        self.past.append((dict(self.known), dict(self.clears)))

    def _do(self, refusal: str | None, *words: object) -> int | None:
        """Do something, or be refused as the model says; answer the id of what was added."""
        if refusal is not None:
            before = self.volunteer.dump()
            self.volunteer.refused(refusal, *words)
            assert self.volunteer.dump() == before
            return None
        self._remember()
        answer = self.volunteer.ok(*words, "-f", "json").json
        first = answer[0] if isinstance(answer, list) else answer
        return int(first["id"])

    @rule(days=st.integers(1, 9))
    def wait(self, days: int) -> None:
        self.now = self.now.replace(hour=9, minute=0) + timedelta(days=days)
        self._minute()

    @rule(home=HOME, by=WHO, method=COUNT, outcome=st.sampled_from(("met", "no_answer", "no_answer", "away")))
    def visit(self, home: int, by: int, method: str, outcome: str) -> None:
        self._minute()
        made = Made(home, self.now, by, method, outcome)
        words = ("--by", f"person:{by}", "--method", method, "--outcome", outcome)
        refusal = "duplicate" if any(_same(made, each) for each in self._visits(home)) else None
        key = self._do(refusal, "visit", "add", f"household:{home}", *words)
        if key is not None:
            self.known[key] = made

    @rule(home=HOME, by=WHO, ahead=st.integers(0, 4))
    def plan(self, home: int, by: int, ahead: int) -> None:
        self._minute()
        day = self.now.replace(hour=0, minute=0) + timedelta(days=ahead)
        taken = any(plan.day == day and not plan.cancelled for plan in self._plans(home))
        words = ("--by", f"person:{by}", "--on", f"{day:%Y-%m-%d}")
        key = self._do("duplicate" if taken else None, "visit", "plan", f"household:{home}", *words)
        if key is not None:
            self.known[key] = Plan(home, day)

    @precondition(lambda self: self.known)
    @rule(place=st.integers(0, 20))
    def cancel(self, place: int) -> None:
        key = self._key(place)
        record = self.known[key]
        self._minute()
        refusal = None if isinstance(record, Plan) and not record.cancelled else "wrong_state"
        done = self._do(refusal, "visit", "cancel", key, "--reason", "下雨")
        if done and isinstance(record, Plan):
            self.known[key] = replace(record, cancelled=True)

    @precondition(lambda self: self.known)
    @rule(place=st.integers(0, 20))
    def void(self, place: int) -> None:
        key = self._key(place)
        record = self.known[key]
        self._minute()
        refusal = None if isinstance(record, Made) and not record.voided else "wrong_state"
        done = self._do(refusal, "visit", "void", key, "--reason", "记错")
        if done and isinstance(record, Made):
            self.known[key] = replace(record, voided=True)

    @rule(home=HOME)
    def clear(self, home: int) -> None:
        self._minute()
        refusal = None if self._tries(home) >= ALARM_AFTER else "no_alarm"
        if self._do(refusal, "visit", "clear", f"household:{home}", "--reason", "在女儿家"):
            self.clears[home] = self.now

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        self._minute()
        self.volunteer.ok("undo")
        self.known, self.clears = self.past.pop()

    @rule()
    def compare(self) -> None:
        """Lists, worklist and model say the same."""
        self._minute()
        statuses = {row["id"]: row["status"] for row in self.volunteer.rows("visit", "list")}
        assert statuses == {key: self._status(record) for key, record in self.known.items()}
        rows = self.volunteer.rows("visit", "due", "--until", "2030-01-01")
        due = {
            row["household_id"]: (row["due_on"], row["tries"], row["alarm"], row["planned_on"])
            for row in rows
        }
        assert due == {home: self._due(home) for home in (1, 2)}
        tasks = self.volunteer.rows("report", "today")
        for task, expected in (
            ("missed_plan", {f"visit:{key}" for key, status in statuses.items() if status == "missed"}),
            ("visit_alarm", {f"household:{key}" for key, each in due.items() if each[2]}),
            ("visit_overdue", {f"household:{key}" for key, each in due.items() if self._late(each[0])}),
        ):
            assert {row["thing"] for row in tasks if row["task"] == task} == expected, task

    # --- the model ---

    def _key(self, place: int) -> int:
        return sorted(self.known)[place % len(self.known)]

    def _visits(self, home: int) -> Iterator[Made]:
        """Those that stand, in the order of their moments."""
        made = (each for each in self.known.values() if isinstance(each, Made) and not each.voided)
        yield from sorted((each for each in made if each.home == home), key=lambda each: each.at)

    def _plans(self, home: int) -> Iterator[Plan]:
        yield from (each for each in self.known.values() if isinstance(each, Plan) and each.home == home)

    def _status(self, record: Plan | Made) -> str:
        if isinstance(record, Made):
            return "voided" if record.voided else "done"
        if record.cancelled:
            return "cancelled"
        if any(each.at >= record.day for each in self._visits(record.home)):
            return "done"
        return "planned" if record.day.date() >= self.now.date() else "missed"

    def _tries(self, home: int) -> int:
        row = 0
        for each in self._visits(home):
            if each.at > self.clears.get(home, LISTED):
                row = row + 1 if each.outcome == "no_answer" else 0
        return row

    def _due(self, home: int) -> tuple[str, int, bool, str | None]:
        met = [each for each in self._visits(home) if each.outcome == "met"]
        last = max((each.at for each in met), default=LISTED)
        door = max((each.at for each in met if each.method == "door"), default=LISTED)
        due = min(last.date() + timedelta(days=EVERY), door.date() + timedelta(days=DOOR_DAYS))
        ahead = [plan.day for plan in self._plans(home) if self._status(plan) == "planned"]
        planned = f"{min(ahead):%Y-%m-%d}" if ahead else None
        tries = self._tries(home)
        return due.isoformat(), tries, tries >= ALARM_AFTER, planned

    def _late(self, due_on: str) -> bool:
        return due_on < f"{self.now:%Y-%m-%d}"


def _same(one: Made, other: Made) -> bool:
    """Whether two are told of one visit; who knocks in vain may knock again."""
    if one.outcome == "no_answer":
        return one == other
    alike = (one.by, one.method, one.outcome) == (other.by, other.method, other.outcome)
    return alike and one.at.date() == other.at.date()


@pytest.fixture
def elders(volunteer: Volunteer) -> Database:
    volunteer.today = "2026-06-08T08:00"
    volunteer.ok("batch", "-", stdin=BEGINNING)
    database: Database = volunteer.database
    return database


@pytest.mark.parametrize(
    ("examples", "steps"), [(2, 18), pytest.param(25, 50, marks=pytest.mark.faults)], ids=["few", "many"]
)
def test_visits_and_plans_in_any_order(elders: Database, examples: int, steps: int) -> None:
    run_machine(Rounds, elders, examples=examples, steps=steps)
