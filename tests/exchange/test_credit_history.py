"""A random history of credits by commands: what must hold after each step, and on every past day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from volunteering import Database, Volunteer, copied, fewer

pytestmark = pytest.mark.postgres

PEOPLE = ("金样一", "金小一", "金小二")
#: A parent, two children, and a camp of one day that costs eight hours.
SCRIPT = """\
person add 金样一 --phone 19900000001 --volunteer
person add 金小一 --phone 19900000002 --guardian 金样一 --birth 2010-01-01
person add 金小二 --phone 19900000003 --guardian 金样一 --birth 2011-01-01
account add 金样一 金小一 金小二 --counts-from 2026-06-01
event add 夏令营 --code camp --start '2026-08-20 9:00' --end 17:00 --capacity 1
event open camp
exchange price camp --hours 8h
"""
HOURS = st.integers(1, 6)


class CreditHistory(RuleBasedStateMachine):
    """Days move forward; each step may be refused, and then changes nothing."""

    template: Database
    folder: Path
    runs = 0

    @initialize()
    def begin(self) -> None:
        CreditHistory.runs += 1
        path = self.folder / f"history-{CreditHistory.runs}.db"
        self.volunteer = Volunteer(copied(self.template, path))
        self.day = date(2026, 7, 1)
        self.past: dict[str, dict[int, int]] = {}
        self.begins_with = self._latest()
        self.days: dict[int, date] = {}
        self._set_day(0)

    def _latest(self) -> int:
        number: int = self.volunteer.rows("history", "list", "--limit", "1")[0]["id"]
        return number

    def _has_done(self) -> bool:
        """Whether a step stands that an undo would take back; what was there to begin with is left alone."""
        rows = self.volunteer.rows("history", "list", "--limit", "200")
        steps = [row for row in rows if row["id"] > self.begins_with]
        return any(row["undoes"] is None and row["undone_by"] is None for row in steps)

    def _set_day(self, days: int) -> None:
        self.past[self.day.isoformat()] = self._balances()
        for number in range(self.begins_with + 1, self._latest() + 1):
            self.days.setdefault(number, self.day)
        self.day += timedelta(days)
        self.volunteer.today = self.day.isoformat()

    def _balances(self, *more: str) -> dict[int, int]:
        return {row["id"]: row["balance"] for row in self.volunteer.rows("account", "list", *more)}

    def _try(self, *words: object) -> None:
        before = self.volunteer.dump()
        result = self.volunteer(*words)
        assert result.code in (0, 1), result.err
        if result.code:
            assert self.volunteer.dump() == before, "what is refused changes nothing"

    @rule(days=st.integers(0, 20))
    def wait(self, days: int) -> None:
        self._set_day(days)

    @rule(hours=HOURS, person=st.sampled_from(PEOPLE))
    def work(self, hours: int, person: str) -> None:
        self._try("hours", "add", person, "--date", self.day, "--hours", f"{hours}h")
        self._try("hours", "confirm", "--period", self.day)

    @rule()
    def post(self) -> None:
        self.volunteer.ok("account", "post")
        before = self.volunteer.dump()
        self.volunteer.ok("account", "post")
        assert self.volunteer.dump() == before, "a second run books nothing"

    @rule(number=st.integers(1, 4))
    def void(self, number: int) -> None:
        if any(
            row["id"] == number and row["status"] == "confirmed"
            for row in self.volunteer.rows("hours", "list")
        ):
            self._try("hours", "void", number, "--reason", "x")

    @rule(hours=HOURS, giver=st.sampled_from(PEOPLE), taker=st.sampled_from(PEOPLE))
    def give(self, hours: int, giver: str, taker: str) -> None:
        self._try("account", "give", giver, taker, "--hours", f"{hours}h")

    @rule(hours=HOURS, giver=st.sampled_from(PEOPLE))
    def donate(self, hours: int, giver: str) -> None:
        self._try("account", "donate", giver, "--hours", f"{hours}h")

    @rule(hours=HOURS, person=st.sampled_from(PEOPLE))
    def spend(self, hours: int, person: str) -> None:
        self._try("exchange", "add", person, "--by", person, "--work", "x", "--hours", f"{hours}h")

    @rule(hours=HOURS, person=st.sampled_from(PEOPLE), days=st.integers(1, 30))
    def promise(self, hours: int, person: str, days: int) -> None:
        until = self.day + timedelta(days)
        more = ("--hours", f"{hours}h", "--promise", "--until", until)
        self._try("exchange", "add", person, "--by", person, "--work", "x", *more)

    @rule(person=st.sampled_from(PEOPLE[1:]), days=st.integers(0, 30))
    def take(self, person: str, days: int) -> None:
        promise = ("--promise", "--until", self.day + timedelta(days)) if days else ()
        self._try("exchange", "take", "camp", person, "--by", person, *promise)

    @rule(person=st.sampled_from(PEOPLE[1:]))
    def withdraw(self, person: str) -> None:
        self._try("event", "withdraw", "camp", person)

    @rule(number=st.integers(1, 5))
    def cancel(self, number: int) -> None:
        if any(row["id"] == number for row in self.volunteer.rows("exchange", "list")):
            self._try("exchange", "cancel", number, "--reason", "x")

    @rule(number=st.integers(1, 9))
    def reverse(self, number: int) -> None:
        if any(row["id"] == number for row in self.volunteer.rows("account", "entries")):
            self._try("account", "reverse", number, "--reason", "x")

    @rule()
    def undo(self) -> None:
        before = self.volunteer.dump()
        if not self._has_done():
            return
        result = self.volunteer("undo")
        if result.code:
            assert self.volunteer.dump() == before
            return
        # An undo leaves the tables as they were before the step: days before that one are untouched.
        undone = self.volunteer.rows("history", "list", "--limit", "1")[0]["undoes"]
        since = self.days.get(undone, self.day).isoformat()
        self.past = {day: held for day, held in self.past.items() if day < since}

    @invariant()
    def everything_adds_up(self) -> None:
        assert sum(self._balances().values()) == 0
        for day, held in self.past.items():
            then = self._balances("--as-of", day)
            assert sum(then.values()) == 0
            if day < self.day.isoformat():
                assert {key: then.get(key, 0) for key in held} == held, f"the balances of {day} never change"

    @invariant()
    def promises_are_laid_on_the_latest(self) -> None:
        for account in self.volunteer.rows("account", "list", "--kind", "person"):
            shown: dict[str, Any] = self.volunteer.ok(
                "account", "show", f"account:{account['id']}", "-f", "json"
            ).json
            parts = shown["promises"]
            rows = self.volunteer.rows("exchange", "list", "--person", account["person"])
            prices = {row["id"]: row["minutes"] for row in rows}
            promised = sum(prices[part["exchange"]] for part in parts)
            assert sum(part["outstanding"] for part in parts) == min(max(-shown["balance"], 0), promised)
            for earlier, later in pairwise(parts):
                if earlier["outstanding"] and earlier["until"] < later["until"]:
                    assert later["outstanding"] == prices[later["exchange"]], "the earliest is paid first"

    @invariant()
    def check_finds_nothing(self) -> None:
        assert self.volunteer.ok("check").out == ""


@pytest.mark.parametrize(
    "examples", [pytest.param(3, id="few"), pytest.param(40, id="many", marks=pytest.mark.faults)]
)
def test_a_random_history(volunteer: Volunteer, tmp_path: Path, examples: int) -> None:
    volunteer.today = "2026-07-01"
    volunteer.ok("batch", "-", stdin=SCRIPT)
    CreditHistory.template, CreditHistory.folder = volunteer.database, tmp_path
    case = CreditHistory.TestCase
    case.settings = settings(
        max_examples=fewer(volunteer.database, examples),
        stateful_step_count=12,
        deadline=None,
        phases=(Phase.generate,),
    )
    case().runTest()
