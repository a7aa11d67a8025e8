"""Sign-ups, withdrawals, capacities, attendance and undo in any order: what must hold after each step."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from volunteering import copied, fewer

from volunteer_cli.events.checks import CHECKS
from volunteer_cli.events.queries import events_with_a_line, line
from volunteer_cli.events.rules.ladder import asked_by, climb, let_pass
from volunteer_cli.hours.checks import CHECKS as HOURS_CHECKS

pytestmark = pytest.mark.postgres

PEOPLE = st.sampled_from(["李明", "王芳", "张伟", "赵敏"])
EVENTS = st.sampled_from(["morning", "noon", "evening"])
MOMENTS = ("2026-07-04T08:00", "2026-07-04T10:30", "2026-07-04T12:30", "2026-07-04T23:30")
LIVE = "{}.status IN ('pending', 'needs_review', 'confirmed')"
#: Done, refused by a rule, or somebody who was merged or erased and is named by nothing any more.
CALM = (0, 1, 4)
LINE = "status = 'waiting'"
HELD = "NOT EXISTS (SELECT 1 FROM signup_override AS let WHERE let.signup_id = signup.id AND let.refusal = 'full')"


class SignupMachine(RuleBasedStateMachine):
    """Four people and three events, of which `morning` and `noon` overlap."""

    template: ClassVar[Any] = None

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        place = Path(self.folder.name) / "machine.db"
        self.volunteer = type(self.template)(copied(self.template.database, place))
        self.moment = self.changes = 0
        self.volunteer.today = MOMENTS[0]
        self.lines: dict[int, list[int]] = {}

    def teardown(self) -> None:
        if hasattr(self, "volunteer"):
            self.folder.cleanup()

    def change(self, *words: object) -> None:
        """Run a command; what it did, undo takes back whole, or refuses without a trace; every third is tried."""
        self.changes += 1
        if self.changes % 3:
            result = self.volunteer(*words)
            assert result.code in CALM, result.err
            return
        before = self.volunteer.dump()
        result = self.volunteer(*words)
        assert result.code in CALM, result.err
        after = self.volunteer.dump()
        if result.code:
            assert after == before
            return
        if after != before:
            undone = self.volunteer("undo")
            assert self.volunteer.dump() == (before if undone.code == 0 else after), words
            if undone.code == 0:
                again = self.volunteer("undo", self.operation())
                # To withdraw somebody again is refused while others wait: withdrawing itself lets the next one in.
                assert again.code == 0 or "[people_waiting]" in again.err
                assert self.volunteer.dump() == (after if again.code == 0 else before)

    def operation(self) -> int:
        """The number of the latest operation."""
        latest: int = self.ask("SELECT max(id) FROM operation")[0][0]
        return latest

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.volunteer.ask(query)
        return rows

    @rule(event=EVENTS, person=PEOPLE, waitlist=st.booleans())
    def sign_up(self, event: str, person: str, waitlist: bool) -> None:
        self.change("event", "signup", event, person, *([] if waitlist else ["--no-waitlist"]))

    @rule(event=EVENTS, person=PEOPLE)
    def override(self, event: str, person: str) -> None:
        self.change("event", "signup", event, person, "--override", "特批")

    @rule(event=EVENTS, person=PEOPLE)
    def withdraw(self, event: str, person: str) -> None:
        self.change("event", "withdraw", event, person)

    @rule(event=EVENTS, capacity=st.integers(0, 3))
    def resize(self, event: str, capacity: int) -> None:
        self.change("event", "edit", event, "--capacity", capacity)

    @rule(event=EVENTS)
    def cancel(self, event: str) -> None:
        self.change("event", "cancel", event)

    @rule(event=EVENTS, person=PEOPLE, verb=st.sampled_from(["checkin", "checkout", "absent"]))
    def attend(self, event: str, person: str, verb: str) -> None:
        self.change("event", verb, event, person)

    @rule(event=EVENTS, person=PEOPLE)
    def let_in(self, event: str, person: str) -> None:
        self.change("event", "checkin", event, person, "--at", "2026-07-04 10:00", "--override", "来了")

    @rule(person=PEOPLE, shift=st.sampled_from(["甲", "乙"]), verb=st.sampled_from(["signup", "move"]))
    def take_a_shift(self, person: str, shift: str, verb: str) -> None:
        self.change("event", verb, "noon", person, "--shift", shift)

    @rule(person=PEOPLE, shift=st.sampled_from(["甲", "乙"]))
    def give_a_shift_back(self, person: str, shift: str) -> None:
        self.change("event", "withdraw", "noon", person, "--shift", shift)

    @rule(need=st.integers(1, 2))
    def resize_a_shift(self, need: int) -> None:
        times = ("--start", "10:00", "--end", "11:00")
        self.change("event", "shift", "noon", "--name", "甲", *times, "--need", need)

    @rule(person=PEOPLE, verb=st.sampled_from(["archive", "restore"]))
    def put_away_a_person(self, person: str, verb: str) -> None:
        self.change("person", verb, person)

    @rule(keep=PEOPLE, drop=PEOPLE)
    def become_one(self, keep: str, drop: str) -> None:
        if keep != drop:
            self.change("person", "merge", keep, drop, "-y")

    @precondition(lambda self: self.changes % 4 == 3)
    @rule(person=PEOPLE)
    def erase(self, person: str) -> None:
        # Not by `change`: erasing cannot be taken back.
        assert self.volunteer("person", "erase", person, "--reason", "本人要求", "-y").code in CALM

    @rule(event=EVENTS, verb=st.sampled_from(["archive", "restore"]))
    def put_away_an_event(self, event: str, verb: str) -> None:
        self.change("event", verb, event)

    @rule(verb=st.sampled_from(["signup", "withdraw"]), person=PEOPLE)
    def in_a_series(self, verb: str, person: str) -> None:
        self.change("event", verb, "evening", person, "--series")

    @rule(capacity=st.integers(0, 3))
    def resize_a_series(self, capacity: int) -> None:
        self.change("event", "edit", "evening", "--series", "--capacity", capacity)

    @precondition(lambda self: self.moment == len(MOMENTS) - 1)
    @rule(event=EVENTS, person=PEOPLE, hours=st.integers(1, 2))
    def record_by_hand(self, event: str, person: str, hours: int) -> None:
        day = ("--date", "2026-07-04")
        self.change("hours", "add", person, *day, "--hours", hours, "--event", event)

    @rule(event=EVENTS)
    def finish(self, event: str) -> None:
        self.change("event", "finish", event)

    @precondition(lambda self: self.moment < len(MOMENTS) - 1)
    @rule()
    def time_passes(self) -> None:
        self.moment += 1
        self.volunteer.today = MOMENTS[self.moment]

    @invariant()
    def never_above_capacity_without_an_override(self) -> None:
        over = self.ask(
            "SELECT event.id FROM event JOIN signup ON event_id = event.id WHERE signup.status IN"
            f" ('signed_up', 'attended') AND {HELD} GROUP BY event.id HAVING count(*) > capacity"
        )
        assert over == []

    @invariant()
    def line_keeps_its_order(self) -> None:
        query = f"SELECT person_id FROM signup WHERE event_id = {{}} AND {LINE} ORDER BY position, id"
        for event in (1, 2, 3):
            line = [person for (person,) in self.ask(query.format(event))]
            former = [person for person in self.lines.get(event, []) if person in line]
            assert [person for person in line if person in former] == former or self.came_back(
                event, former, line
            )
            self.lines[event] = line

    def came_back(self, event: int, former: list[int], line: list[int]) -> bool:
        """Whether those who changed places left the line and joined it again at its end."""
        rows = self.ask(
            f"SELECT person_id, position FROM signup WHERE event_id = {event} AND {LINE} ORDER BY position"
        )
        return all(first < second for (_one, first), (_other, second) in pairwise(rows))

    @invariant()
    def no_minute_is_counted_twice(self) -> None:
        twice = self.ask(
            "SELECT one.id, other.id FROM hours_record AS one JOIN hours_record AS other"
            " ON other.person_id = one.person_id AND other.served_on = one.served_on AND other.id > one.id"
            f" WHERE {LIVE.format('one')} AND {LIVE.format('other')}"
            " AND other.start_minute < one.end_minute AND other.end_minute > one.start_minute"
        )
        assert twice == []

    @invariant()
    def one_event_counts_once_for_one_person(self) -> None:
        several = self.ask(
            "SELECT sum(minutes), starts_at, ends_at FROM hours_record JOIN event ON event.id = event_id"
            " WHERE hours_record.status IN ('pending', 'confirmed')"
            " GROUP BY person_id, event.id HAVING count(*) > 1"
        )
        moments = [
            (minutes, *(datetime.fromisoformat(str(each)) for each in span)) for minutes, *span in several
        ]
        assert not [1 for minutes, first, last in moments if minutes > (last - first).total_seconds() / 60]

    @invariant()
    def whoever_came_to_what_is_done_has_hours(self) -> None:
        without = self.ask(
            "SELECT signup.id FROM signup JOIN event ON event.id = signup.event_id"
            " WHERE event.status = 'done' AND signup.status = 'attended' AND NOT EXISTS"
            " (SELECT 1 FROM hours_record WHERE hours_record.event_id = event.id"
            f" AND hours_record.person_id = signup.person_id AND {LIVE.format('hours_record')})"
        )
        assert without == []

    @invariant()
    def nobody_waits_where_a_place_is_free(self) -> None:
        with self.volunteer.writing() as session:
            now = datetime.fromisoformat(self.volunteer.today)
            for event in events_with_a_line(session, now):
                for turn in line(session, event.id):
                    asked = asked_by(session, event, turn, now)
                    passed = let_pass(session, turn.signup, anew=turn.further)
                    refused = [rung.code for rung in climb(asked) if not rung.ok and rung.code not in passed]
                    assert refused, (event.title, asked.person.name)

    @invariant()
    def nothing_is_broken(self) -> None:
        with self.volunteer.writing() as session:
            assert [finding for check in (*CHECKS, *HOURS_CHECKS) for finding in check.find(session)] == []


def run_machine(hall: Any, examples: int) -> None:
    """Run the machine on a database with three events; `evening` has no places at first."""
    hall.person("赵敏")
    hall.event("早", "--code", "morning", "--capacity", 1)
    hall.event("中", "--code", "noon", "--capacity", 2, start="2026-07-04 10:00", end="12:00")
    hall.event("晚", "--code", "evening", "--capacity", 0, start="2026-07-04 22:00", end="00:00")
    for name, need in (("甲", 1), ("乙", 1)):
        times = (
            ("--start", "10:00", "--end", "11:00") if name == "甲" else ("--start", "11:00", "--end", "12:00")
        )
        hall.volunteer.ok("event", "shift", "noon", "--name", name, *times, "--need", need)
    hall.volunteer.ok("event", "repeat", "evening", "--every", "week", "--count", 2)
    SignupMachine.template = hall.volunteer
    case = SignupMachine.TestCase
    case.settings = settings(
        max_examples=fewer(hall.volunteer.database, examples),
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    case().runTest()


def test_sign_ups_in_any_order(hall: Any) -> None:
    run_machine(hall, 6)


@pytest.mark.faults
def test_many_sign_ups_in_any_order(hall: Any) -> None:
    run_machine(hall, 100)
