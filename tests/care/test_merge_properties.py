"""P18: when two people or two households become one, no visit, caller, attempt or gift is lost, and what is fewer is named.

A machine through the command line: it does what an office does with both, makes one of them whenever it likes, and
takes it back again.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import rule
from machines import Whole, run_machine
from volunteering import Database, Volunteer, copied

pytestmark = pytest.mark.postgres

PEOPLE, DOORS = range(1, 5), range(1, 5)
WHO, DOOR = st.sampled_from(PEOPLE), st.sampled_from(DOORS)
BEGINNING = """\
person add 样甲
person add 样乙
person add 样丙
person add 样丁
household add --building 1 --room 101 --on 2026-01-01
household add --building 1 --room 102 --on 2026-01-01
household add --building 1 --room 103 --on 2026-01-01
household add --building 1 --room 104 --on 2026-01-01
household move person:1 --to household:1 --on 2026-01-05
household move person:2 --to household:2 --on 2026-01-05
drive add 慰问 --code mi --start 2026-01-01
drive receive mi --anonymous --item 米=9袋 --on 2026-01-05
drive sort mi --item 米=9袋 --as accepted --on 2026-01-06
request add 楼道灯不亮 --caller person:1
request add 下水道堵 --caller-name 某某
campaign add 摸排 --code homes --method either --start 2026-06-01
campaign open homes
campaign add 逐人 --code people --unit person --method either --start 2026-06-01
campaign open people
"""


class World(NamedTuple):
    """What there is to lose: of each kind what tells its rows apart, however often."""

    visits: Counter[Any]
    plans: int
    visitors: int
    goods: Counter[Any]
    matters: int
    callers: int
    calls: int
    attempts: Counter[Any]
    targets: int
    gifts: Counter[Any]
    stock: list[Any]


def world(volunteer: Volunteer) -> World:
    """All of it, as lists show it."""
    visits = volunteer.rows("visit", "list")
    past = [row for row in visits if row["at"]]
    requests = volunteer.rows("request", "list")
    attempts = [row for code in ("homes", "people") for row in volunteer.rows("campaign", "attempts", code)]
    supplies = volunteer.ask("SELECT item, quantity, drive_id, visit_id FROM visit_supply")
    return World(
        visits=Counter((row["at"], row["method"], row["outcome"]) for row in past),
        plans=len(visits) - len(past),
        visitors=sum(len(row["visitors"]) for row in past),
        goods=Counter(supplies),
        matters=len(requests),
        callers=sum(row["callers"] for row in requests),
        calls=sum(row["calls"] for row in requests),
        attempts=Counter((row["at"], row["outcome"], row["method"]) for row in attempts),
        targets=sum(row["targets"] for row in volunteer.rows("campaign", "list")),
        gifts=Counter((row["number"], row["value_fen"]) for row in volunteer.rows("household", "gifts")),
        stock=volunteer.rows("drive", "stock", "mi"),
    )


class Offices(Whole):
    """People and doors with everything that hangs on them, and two of them that become one."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.volunteer = Volunteer(copied(self.template, Path(self.folder.name) / "office.db"))
        self.minutes = 0

    def teardown(self) -> None:
        assert self.volunteer.ok("check").out == ""
        self.folder.cleanup()

    def _do(self, *words: object) -> None:
        """Do something a minute later than the last thing; what a rule refuses is not done."""
        self.minutes += 1
        self.volunteer.today = f"2026-06-30T{9 + self.minutes // 60:02}:{self.minutes % 60:02}"
        assert self.volunteer(*words).code in (0, 1), words

    @rule(door=DOOR, by=WHO, other=WHO, met=st.booleans(), gives=st.booleans())
    def visit(self, door: int, by: int, other: int, met: bool, gives: bool) -> None:
        words = ["visit", "add", f"household:{door}", "--by", f"person:{by}", "--by", f"person:{other}"]
        words += ["--outcome", "met" if met else "no_answer"]
        self._do(*words, *(["--give", "米=1袋", "--from", "mi"] if met and gives else []))

    @rule(door=DOOR, by=WHO, day=st.sampled_from(("2026-07-01", "2026-07-02")))
    def plan(self, door: int, by: int, day: str) -> None:
        self._do("visit", "plan", f"household:{door}", "--by", f"person:{by}", "--on", day)

    @rule(who=WHO, door=DOOR, request=st.sampled_from((1, 2)))
    def call(self, who: int, door: int, request: int) -> None:
        self._do(
            "request", "caller", request, "--caller", f"person:{who}", "--household", f"household:{door}"
        )

    @rule(by=WHO, place=DOOR, outcome=st.sampled_from(("refused", "no_answer", "partial", "done")))
    def knock(self, by: int, place: int, outcome: str) -> None:
        """At a door, and at whoever of the other list has that id."""
        how = ("--by", f"person:{by}", "--outcome", outcome, "--method", "door")
        self._do("campaign", "record", "homes", f"household:{place}", *how)
        self._do("campaign", "record", "people", f"person:{place}", *how)

    @rule(door=DOOR, to=WHO, value=st.integers(1, 3))
    def give(self, door: int, to: int, value: int) -> None:
        self._do("household", "gift", f"household:{door}", "--to", f"person:{to}", "--value", value)

    @rule(who=WHO, door=DOOR)
    def move(self, who: int, door: int) -> None:
        self._do("household", "move", f"person:{who}", "--to", f"household:{door}")

    @rule(noun=st.sampled_from(("household", "person")), keep=WHO, drop=WHO)
    def unite(self, noun: str, keep: int, drop: int) -> None:
        assume(keep != drop)
        before, dump = world(self.volunteer), self.volunteer.dump()
        answer = self.volunteer(noun, "merge", f"{noun}:{keep}", f"{noun}:{drop}", "-y")
        if answer.code:
            assert self.volunteer.dump() == dump
            return
        after = world(self.volunteer)
        same = set(World._fields) - {"plans", "targets", "visitors"}
        assert {name: getattr(after, name) for name in same} == {name: getattr(before, name) for name in same}
        # What is fewer is named, and nothing is ever more.
        named = {"plans": "of the same day", "targets": "one target", "visitors": "one visitor"}
        for name, words in named.items():
            assert getattr(after, name) <= getattr(before, name)
            assert (getattr(after, name) < getattr(before, name)) <= (words in answer.err), (name, answer.err)
        assert self.volunteer.ok("check").out == ""
        united = self.volunteer.dump()
        self.volunteer.ok("undo")
        assert self.volunteer.dump() == dump
        operation = self.volunteer.rows("history", "list", "--limit", 1)[0]["id"]
        self.volunteer.ok("undo", operation)
        assert self.volunteer.dump() == united


@pytest.fixture
def office(volunteer: Volunteer) -> Database:
    volunteer.today = "2026-06-30T08:00"
    volunteer.ok("batch", "-", stdin=BEGINNING)
    database: Database = volunteer.database
    return database


@pytest.mark.parametrize(
    ("examples", "steps"), [(2, 12), pytest.param(60, 30, marks=pytest.mark.faults)], ids=["few", "many"]
)
def test_nothing_is_lost_when_two_become_one(office: Database, examples: int, steps: int) -> None:
    run_machine(Offices, office, examples=examples, steps=steps)
