"""Cases of mediation as a machine: any steps in any order are taken or refused as the law and a small model say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
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

#: Words of the parties and of what was said, which no list may show.
PARTIES = ("当事甲密", "当事乙密", "当事丙密")
SAID = "所言丁密"
MEDIATORS = ("赵样三", "卫样四")
CASE = st.integers(0, 5)


@dataclass(frozen=True)
class Case:
    """A case as the model knows it; None where nobody has said anything."""

    status: str = "accepted"
    outcome: str | None = None
    agreed: frozenset[int] = frozenset()
    parties: int = 2
    sessions: int = 0
    danger_on: date | None = None
    court: str | None = None
    court_by: date | None = None
    terms: tuple[str, ...] = ()
    asked_on: date | None = None
    erased: bool = False
    accepted_on: date = date.min
    decided_on: date | None = None


class Mediations(Whole):
    """An office that takes cases and does what comes to its mind."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.volunteer = Volunteer(copied(self.template, Path(self.folder.name) / "office.db"))
        self.today = date(2026, 6, 1)
        self.cases: dict[int, Case] = {}
        self.past: list[dict[int, Case]] = []

    def teardown(self) -> None:
        assert self.volunteer.ok("check").out == ""
        self._register_agrees()
        self.folder.cleanup()

    def _key(self, place: int) -> int:
        return sorted(self.cases)[place % len(self.cases)]

    def _step(
        self,
        verb: str,
        place: int,
        words: tuple[object, ...],
        why_not: Callable[[Case], str | None],
        then: Callable[[Case], Case],
    ) -> None:
        """Take a step of a case, or be refused as the model says."""
        key = self._key(place)
        case = self.cases[key]
        command = ("mediation", verb, key, *words)
        if (code := "erased" if case.erased else why_not(case)) is not None:
            before = self.volunteer.dump()
            self.volunteer.refused(code, *command)
            assert self.volunteer.dump() == before
            return
        self.volunteer.ok(*command)
        after = then(case)
        if after != case:
            self.past.append(dict(self.cases))
            self.cases[key] = after

    def _now(self) -> None:
        self.volunteer.today = f"{self.today}T12:00"

    @rule(days=st.integers(1, 20))
    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)
        self._now()

    @rule(kind=st.sampled_from(("family", "neighbours")), three=st.booleans())
    def accept(self, kind: str, three: bool) -> None:
        self._now()
        if len(self.cases) > 2:
            return
        names = PARTIES if three else PARTIES[:2]
        words = [word for name in names for word in ("--party", name)]
        answer = self.volunteer.ok(
            *("mediation", "add", "--kind", kind, "--source", "applied", "--mediator", MEDIATORS[0]),
            *words,
            "-f",
            "json",
        )
        self.past.append(dict(self.cases))
        self.cases[answer.json["id"]] = Case(parties=len(names), accepted_on=self.today)

    @precondition(lambda self: self.cases)
    @rule(place=CASE, who=st.integers(0, 2), agrees=st.sampled_from((True, True, True, False)))
    def ask(self, place: int, who: int, agrees: bool) -> None:
        def said(case: Case) -> Case:
            parties = max(case.parties, who + 1)
            if agrees:
                return replace(case, agreed=case.agreed | {who}, parties=parties)
            return replace(case, status="ended", outcome="ended", decided_on=self.today, parties=parties)

        words = (PARTIES[who], "--agrees" if agrees else "--refuses")
        self._step("party", place, words, _unless("accepted"), said)

    @precondition(lambda self: self.cases)
    @rule(place=CASE, both=st.booleans())
    def sit(self, place: int, both: bool) -> None:
        def why_not(case: Case) -> str | None:
            if case.status != "accepted":
                return "wrong_state"
            if len(case.agreed) < case.parties:
                return "no_consent"
            return None

        words = [word for name in MEDIATORS for word in ("--mediator", name)] if both else []
        # Alone is whoever sits there without the other, where a danger was reported.
        if not both and self.cases[self._key(place)].danger_on:
            words = ["--mediator", MEDIATORS[0]]
        self._step(
            "session",
            place,
            (*words, "--minutes", 30, "--text", SAID),
            lambda case: why_not(case) or ("two_people" if case.danger_on and not both else None),
            lambda case: replace(case, sessions=case.sessions + 1),
        )

    @precondition(lambda self: self.cases)
    @rule(place=CASE)
    def report(self, place: int) -> None:
        words = ("--to", SAID, "--reason", SAID)
        self._step(
            "danger",
            place,
            words,
            _unless("accepted"),
            lambda case: replace(case, danger_on=self.today),
        )

    @precondition(lambda self: self.cases)
    @rule(place=CASE, oral=st.booleans(), terms=st.integers(0, 2))
    def agree(self, place: int, oral: bool, terms: int) -> None:
        def why_not(case: Case) -> str | None:
            wrong = _unless("accepted")(case)
            return wrong or ("no_consent" if len(case.agreed) < case.parties else None)

        form = ("--oral",) if oral else ("--written", "--signed", self.today)
        duties = [word for _n in range(terms) for word in ("--term", f"{SAID}={self.today}")]
        self._step(
            "agree",
            place,
            (*form, "--text", SAID, *duties),
            why_not,
            lambda case: replace(
                case,
                status="agreed",
                outcome="agreed",
                decided_on=self.today,
                court_by=self._court_by(place),
                terms=("open",) * terms,
            ),
        )

    def _court_by(self, place: int) -> date:
        shown = self.volunteer.ok("mediation", "show", self._key(place), "-f", "json").json
        last = date.fromisoformat(shown["court_by"])
        # 30 days, and on to the next day on which people work: the longest holidays take eight.
        assert timedelta(30) <= last - self.today <= timedelta(39)
        return last

    @precondition(lambda self: self.cases)
    @rule(place=CASE, n=st.integers(1, 2), done=st.booleans())
    def settle(self, place: int, n: int, done: bool) -> None:
        def settled(case: Case) -> Case:
            terms = list(case.terms)
            terms[n - 1] = "performed" if done else "broken"
            return replace(case, terms=tuple(terms))

        self._step(
            "perform" if done else "break",
            place,
            ("--term", n),
            lambda case: _not_agreed(case) or ("not_agreed" if n > len(case.terms) else None),
            settled,
        )

    @precondition(lambda self: self.cases)
    @rule(place=CASE, to=st.sampled_from(("filed", "filed", "confirmed", "refused")))
    def court(self, place: int, to: str) -> None:
        def why_not(case: Case) -> str | None:
            if code := _not_agreed(case):
                return code
            if case.court != (None if to == "filed" else "filed"):
                return "wrong_state"
            late = to == "filed" and case.court_by is not None and self.today > case.court_by
            return "too_late" if late else None

        self._step("court", place, (f"--{to}",), why_not, lambda case: replace(case, court=to))

    @precondition(lambda self: self.cases)
    @rule(place=CASE, reason=st.sampled_from(("no_agreement", "withdrawn", "other")))
    def end(self, place: int, reason: str) -> None:
        self._step(
            "end",
            place,
            ("--reason", reason),
            _unless("accepted"),
            lambda case: replace(case, status="ended", outcome="ended", decided_on=self.today),
        )

    @precondition(lambda self: self.cases)
    @rule(place=CASE)
    def follow_up(self, place: int) -> None:
        words = ("--performed", "partly", "--text", SAID)
        self._step("followup", place, words, _not_agreed, lambda case: replace(case, asked_on=self.today))

    @precondition(lambda self: self.cases)
    @rule(place=CASE)
    def close(self, place: int) -> None:
        def why_not(case: Case) -> str | None:
            if case.status not in ("agreed", "ended"):
                return "wrong_state"
            return "followup_missing" if case.status == "agreed" and not case.asked_on else None

        self._step("close", place, (), why_not, lambda case: replace(case, status="closed"))

    @precondition(lambda self: self.past)
    @rule()
    def undo(self) -> None:
        if any(case.erased for case in self.cases.values()):
            return
        self.volunteer.ok("undo")
        self.cases = self.past.pop()

    @precondition(lambda self: any(case.status == "closed" for case in self.cases.values()))
    @rule(place=CASE)
    def erase(self, place: int) -> None:
        key = self._key(place)
        self.volunteer.ok("mediation", "erase", key, "--reason", "期满", "-y")
        self.cases[key] = replace(self.cases[key], erased=True)
        self.past.clear()

    @precondition(lambda self: self.cases)
    @rule()
    def _register_agrees(self) -> None:
        """The list says what the model knows, and nothing that was said in confidence; the figures add up."""
        answer = self.volunteer.ok("mediation", "list", "-f", "json")
        rows = {row["id"]: row for row in json.loads(answer.out)}
        assert rows.keys() == self.cases.keys()
        for key, case in self.cases.items():
            row = rows[key]
            assert (row["status"], row["court"], row["danger"]) == (
                case.status,
                case.court,
                case.danger_on is not None,
            )
            assert (row["sessions"], row["minutes"]) == (case.sessions, 30 * case.sessions)
            assert row["parties"] == (0 if case.erased else case.parties)
            assert (row["terms_done"], row["terms_broken"]) == (
                case.terms.count("performed"),
                case.terms.count("broken"),
            )
        shown = [answer.out, self.volunteer.ok("history", "list", "-f", "json").out]
        shown += [self.volunteer.ok("mediation", "show", key).out for key in self.cases]
        assert not any(word in text for text in shown for word in (*PARTIES, SAID))
        self._figures_add_up()

    def _figures_add_up(self) -> None:
        (row,) = self.volunteer.rows("report", "mediation")
        outcomes = Counter(case.outcome for case in self.cases.values())
        assert (row["accepted"], row["agreed"], row["ended"]) == (
            len(self.cases),
            outcomes["agreed"],
            outcomes["ended"],
        )
        assert row["decided"] == row["agreed"] + row["ended"] <= row["accepted"]
        assert row["performed"] <= row["due_agreements"] <= row["agreed"]
        quick = [
            case.decided_on - case.accepted_on for case in self.cases.values() if case.decided_on is not None
        ]
        # A month, and the days off on which it may end.
        assert sum(days <= timedelta(30) for days in quick) <= row["within_month"]
        assert row["within_month"] <= sum(days <= timedelta(39) for days in quick)


def _unless(status: str) -> Callable[[Case], str | None]:
    return lambda case: None if case.status == status else "wrong_state"


def _not_agreed(case: Case) -> str | None:
    """Why what needs an agreement is refused."""
    if case.outcome != "agreed":
        return "not_agreed"
    return None if case.status == "agreed" else "wrong_state"


@pytest.fixture
def register(volunteer: Volunteer) -> Database:
    for name in MEDIATORS:
        volunteer.ok("person", "add", name)
    database: Database = volunteer.database
    return database


@pytest.mark.parametrize(
    ("examples", "steps"), [(2, 18), pytest.param(25, 50, marks=pytest.mark.faults)], ids=["few", "many"]
)
def test_any_steps_of_a_case(register: Database, examples: int, steps: int) -> None:
    run_machine(Mediations, register, examples=examples, steps=steps)
