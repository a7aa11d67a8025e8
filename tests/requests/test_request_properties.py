"""Any steps in any order, through the command line: what came in is what went out, and the clock explains itself."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, initialize, rule
from machines import Whole, run_machine
from volunteering import Database, Volunteer, copied

pytestmark = pytest.mark.postgres

START = date(2026, 1, 5)
FIRMS = ("样例物业公司", "样例供热公司")
ANSWERS = ("yes", "partly", "no")


class Matters(Whole):
    """Registers, assigns, suspends, finishes, calls back, merges, splits and undoes; then asks whether it adds up.

    P1 flow, P2 callers, P3 leads and P4 the clock are checks of the program: `volunteer check` sees each of
    them, and what lists, worklist and reports count must agree (P5, P13). P16: what was undone leaves no trace.
    """

    template: Database
    numbers = Bundle("numbers")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name) / "matters.db"
        self.volunteer = Volunteer(copied(self.template, path))
        self.day = START
        self.calls = 0
        self.dumps: list[Any] = []

    def teardown(self) -> None:
        self.volunteer.today = self.day.isoformat() + "T12:00"
        assert self.volunteer.ok("check").out == ""
        rows = self.volunteer.rows("request", "list")
        assert sum(row["calls"] for row in rows) == self.calls
        self._overdue_is_the_same_everywhere(rows)
        self._rates_are_shares()
        self._flow_adds_up(rows)
        for row in rows:
            if row["status"] != "merged":
                why = self.volunteer.rows("request", "why", row["number"])
                assert why[-1]["on"] == row["due_on"]
        self.folder.cleanup()

    def _overdue_is_the_same_everywhere(self, rows: list[Any]) -> None:
        numbers = {row["number"] for row in rows if row["overdue"]}
        assert numbers == {row["number"] for row in self.volunteer.rows("request", "list", "--overdue")}
        tasks = self.volunteer.rows("report", "today")
        late = {
            row["what"]
            for row in tasks
            if row["task"] in ("assign_request", "finish_request") and row["due"] < self.day.isoformat()
        }
        assert numbers == late
        report = self.volunteer.rows("report", "requests")
        assert sum(row["overdue"] for row in report) == len(numbers)

    def _rates_are_shares(self) -> None:
        for row in self.volunteer.rows("report", "rates"):
            assert 0 <= row["numerator"] <= row["denominator"]
            assert row["value"] is None or 0 <= row["value"] <= 1
            rows = self.volunteer.rows("report", "rates", "--rows", row["rate"])
            assert row["numerator"] == sum(each["counts"] == "yes" for each in rows)
            assert row["denominator"] == sum(each["counts"] in ("yes", "no") for each in rows)

    def _flow_adds_up(self, rows: list[Any]) -> None:
        still_open = sum(row["status"] in ("registered", "assigned", "finished") for row in rows)
        for words in ((), ("--by", "category"), ("--by", "month,channel")):
            flow = self.volunteer.rows("report", "flow", *words)
            for row in flow:
                coming = row["open_before"] + row["received"] + row["reopened"] + row["split"]
                assert coming == row["closed"] + row["rejected"] + row["merged"] + row["open_after"], row
        period = f"{START}..{self.day}"
        whole = self.volunteer.rows("report", "flow", "--by", "category", "--period", period)
        assert sum(row["open_after"] for row in whole) == still_open
        for name in ("received", "reopened", "split", "closed", "rejected", "merged", "open_after"):
            rows = self.volunteer.rows("report", "flow", "--rows", name, "--period", period)
            assert sum(row[name] for row in whole) == len(rows), name

    def _do(self, *words: object, calls: int = 0) -> Any:
        """Do something; what a rule refuses changes nothing. One in some is undone again and leaves no trace."""
        before = self.volunteer.dump()
        self.volunteer.today = self.day.isoformat() + "T12:00"
        result = self.volunteer("request", *words, "-f", "json")
        assert result.code in (0, 1, 2), result.err
        if result.code != 0:
            assert self.volunteer.dump() == before
            return None
        self.calls += calls
        return result.json

    @initialize()
    def begin(self) -> None:
        self.day = START

    @rule(
        target=numbers,
        urgency=st.sampled_from(("urgent", "ordinary", "complex")),
        category=st.sampled_from(("smell", "noise")),
    )
    def add(self, urgency: str, category: str) -> str:
        words = (
            "--urgency",
            urgency,
            "--category",
            category,
            "--building",
            "7",
            "--caller-name",
            f"某{self.calls}",
        )
        number: str = self._do("add", "车库有味", *words, calls=1)["number"]
        return number

    @rule(days=st.integers(1, 9))
    def wait(self, days: int) -> None:
        self.day += timedelta(days)

    @rule(number=numbers, who=st.sampled_from(("某甲", "某乙")))
    def call(self, number: str, who: str) -> None:
        self._do("caller", number, "--caller-name", who, calls=1)

    @rule(number=numbers, firm=st.sampled_from(FIRMS))
    def assign(self, number: str, firm: str) -> None:
        self._do("assign", number, "--to", firm)

    @rule(number=numbers)
    def give_back(self, number: str) -> None:
        self._do("return", number, "--reason", "非职责")

    @rule(number=numbers, days=st.integers(1, 10))
    def extend(self, number: str, days: int) -> None:
        self._do("extend", number, "--days", days, "--reason", "等配件")

    @rule(number=numbers, days=st.integers(1, 60))
    def suspend(self, number: str, days: int) -> None:
        self._do("suspend", number, "--until", self.day + timedelta(days), "--reason", "等季节")

    @rule(number=numbers)
    def resume(self, number: str) -> None:
        self._do("resume", number)

    @rule(number=numbers)
    def answer(self, number: str) -> None:
        self._do("answer", number)

    @rule(number=numbers, result=st.sampled_from(("solved", "partly", "explained")))
    def finish(self, number: str, result: str) -> None:
        self._do("finish", number, "--result", result)

    @rule(number=numbers, n=st.integers(1, 3), answer=st.sampled_from(ANSWERS))
    def call_back(self, number: str, n: int, answer: str) -> None:
        self.volunteer.today = self.day.isoformat() + "T12:00"
        self.volunteer("request", "callback", number, "--caller", n, "--solved", answer)

    @rule(number=numbers)
    def close(self, number: str) -> None:
        self._do("close", number, "--explained", "已说明")

    @rule(number=numbers)
    def reopen(self, number: str) -> None:
        self._do("reopen", number, "--reason", "又来")

    @rule(number=numbers)
    def reject(self, number: str) -> None:
        self._do("reject", number, "--reason", "非本级")

    @rule(keep=numbers, drop=numbers)
    def merge(self, keep: str, drop: str) -> None:
        self._do("merge", keep, drop)

    @rule(number=numbers)
    def split(self, number: str) -> None:
        self._do("split", number)

    @rule(number=numbers, firm=st.sampled_from(FIRMS))
    def undo(self, number: str, firm: str) -> None:
        before = self.volunteer.dump()
        if self._do("assign", number, "--to", firm) is not None and self.volunteer.dump() != before:
            self.volunteer.ok("undo")
            assert self.volunteer.dump() == before


@pytest.fixture
def firms(volunteer: Volunteer) -> Database:
    for firm in FIRMS:
        volunteer.ok("organization", "add", firm)
    database: Database = volunteer.database
    return database


def test_any_steps_in_any_order_add_up(firms: Database) -> None:
    run_machine(Matters, firms, examples=2, steps=10)


@pytest.mark.faults
def test_many_steps_in_any_order_add_up(firms: Database) -> None:
    run_machine(Matters, firms, examples=60, steps=40)
