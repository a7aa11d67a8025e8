"""The invariants of the ledger under commands in any order, on days that only move forward.

Each of the twenty of the reading has a test: 1 to 10, 12 and 13 are held after every step of the machine, 11 by
`test_reports_add_up`, 14 to 19 by the machine of alliances, 20 by the race at the end.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from volunteering import Database, Volunteer, copied, fewer

PEOPLE = ("金样一", "金样二", "陶样一")
HOURS = st.integers(1, 12)
WHO = st.sampled_from(PEOPLE)
#: What somebody at the desk may do, each as a command with its values.
STEPS = st.one_of(
    st.tuples(st.just("serve"), WHO, HOURS),
    st.tuples(st.just("void")),
    st.tuples(st.just("post")),
    st.tuples(st.just("give"), WHO, WHO, HOURS),
    st.tuples(st.just("donate"), WHO, HOURS),
    st.tuples(st.just("grant"), WHO, HOURS),
    st.tuples(st.just("work"), WHO, HOURS),
    st.tuples(st.just("promise"), WHO, HOURS, st.integers(1, 5)),
    st.tuples(st.just("cancel"), st.integers(1, 4)),
    st.tuples(st.just("waive"), st.integers(1, 4)),
    st.tuples(st.just("reverse"), st.integers(1, 12)),
    st.tuples(st.just("expire")),
    st.tuples(st.just("take"), HOURS),
    st.tuples(st.just("undo")),
    st.tuples(st.just("tomorrow")),
)
#: What ends the life of an account stands last, where it cannot hide what comes before it.
ENDS = st.sampled_from((("merge", "金样一", "陶样一"), ("erase", "金样一"), ("leave", "金样一")))
#: What may take no account below its floor, which is zero here but for promises.
SPENDING = {"give", "donate", "work"}


class Desk:
    """An office at work, and what has to hold after each of its steps."""

    def __init__(self, volunteer: Volunteer) -> None:
        self.volunteer = volunteer
        self.day = date(2026, 6, 1)
        self.past: dict[date, dict[int, int]] = {}
        self._set_day()
        for name in PEOPLE:
            volunteer.ok("person", "add", name)
        volunteer.ok("account", "add", *PEOPLE, "--counts-from", "2026-01-01")
        volunteer.ok("community", "add", "安大社区", "--code", "anda")
        camp = ("event", "add", "营地", "--code", "camp", "--start", "2027-06-01 9:00", "--end", "17:00")
        volunteer.ok(*camp, "--community", "binhu")
        volunteer.ok("event", "open", "camp")
        volunteer.ok("policy", "set", "gift_to", "anyone")
        volunteer.ok("policy", "set", "credit_expiry_months", "1", "--from", "2026-01-01")

    def _set_day(self) -> None:
        self.volunteer.today = f"{self.day}T12:00"

    def step(self, name: str, *values: Any) -> None:
        before, lifetime = self.volunteer.dump(), self.lifetime()
        command = getattr(self, name)(*values)
        if command:
            result = self.volunteer(*command)
            assert result.code in {0, 1, 4}, result.err
            if result.code:
                assert self.volunteer.dump() == before, "refused, and nothing changed"
            elif name in SPENDING:
                assert self.balances()[self.account(values[0])] >= 0, "no spending below the floor"
            if not result.code and name in {
                "give",
                "donate",
                "grant",
                "work",
                "promise",
                "cancel",
                "waive",
                "reverse",
                "expire",
                "post",
            }:
                assert self.lifetime() == lifetime, "credits never change the lifetime record"
        self.require()

    def lifetime(self) -> list[int]:
        return [row["minutes"] for row in self.volunteer.rows("person", "list")]

    def balances(self, *more: object) -> dict[int, int]:
        return {row["id"]: row["balance"] for row in self.volunteer.rows("account", "list", *more)}

    def require(self) -> None:
        held = self.balances()
        assert sum(held.values()) == 0
        rows = self.volunteer.rows("account", "list", "--kind", "person")
        for row in rows:
            parts = row["earned"] + row["received"] - row["spent"] - row["given"] - row["expired"]
            assert row["balance"] == parts
        for day, then in self.past.items():
            now = self.balances("--as-of", day)
            assert sum(now.values()) == 0
            assert {key: now[key] for key in then} == then, "what an account held on a past day never changes"

    def account(self, name: str) -> int:
        row: Any = self.volunteer.rows("account", "show", name)
        return int(row["id"])

    def require_promises(self) -> None:
        """What is owed of promises is the debt as far as they reach, laid on the latest deadlines first."""
        prices: Counter[int] = Counter()
        for row in self.volunteer.rows("exchange", "list"):
            if row["promised_until"] and row["status"] not in ("waived", "cancelled"):
                prices[row["payer_id"]] += row["minutes"]
        for row in self.volunteer.rows("account", "list", "--kind", "person"):
            shown = self.volunteer.ok("account", "show", f"account:{row['id']}", "-f", "json").json
            owed = [promise["outstanding"] for promise in shown["promises"]]
            assert sum(owed) == min(max(0, -row["balance"]), prices[row["person_id"]])
            assert owed == sorted(owed, key=bool), "the earliest is never owed while a later one is paid"
        self.volunteer.ok("check")

    def require_reversals(self) -> None:
        """No entry is reversed twice, and no reversal is."""
        entries = {row["id"]: row for row in self.volunteer.rows("account", "entries")}
        pairs = [(row["reverses_id"], row["id"]) for row in entries.values() if row["reverses_id"]]
        assert len({reversed_id for reversed_id, _id in pairs}) == len(pairs)
        assert not any(entries[reversed_id]["kind"] == "reverse" for reversed_id, _id in pairs)

    def require_records(self) -> None:
        """Of each record what was earned less what was corrected is what it counts now, and of all what counts."""
        booked: Counter[int] = Counter()
        for row in self.volunteer.rows("account", "entries"):
            if row["hours_id"]:
                booked[row["hours_id"]] += row["minutes"] if row["kind"] == "earn" else -row["minutes"]
        recorded = {
            row["id"]: row["minutes"] for row in self.volunteer.rows("hours", "list", "--status", "confirmed")
        }
        # Less than is recorded where a day is full: what counts in all is the lifetime record.
        assert all(0 <= minutes <= recorded.get(key, 0) for key, minutes in booked.items())
        assert sum(booked.values()) == sum(self.lifetime())

    # --- the steps ------------------------------------------------------------

    def serve(self, who: str, hours: int) -> tuple[object, ...]:
        record: Any = self.volunteer(
            "hours",
            "add",
            who,
            "--date",
            self.day,
            "--hours",
            f"{min(hours, 8)}h",
            "--work",
            f"x{hours}",
            "-f",
            "ids",
        )
        return ("hours", "confirm", record.out.strip()) if record.code == 0 else ()

    def void(self) -> tuple[object, ...]:
        """Void a record that was posted a moment ago: the next run leaves what was there before it."""
        self.post()
        before = self.balances()
        if command := self.serve(PEOPLE[0], 3):
            self.volunteer.ok(*command)
            self.post()
            self.volunteer.ok("hours", "void", command[-1], "--reason", "x")
            self.post()
            assert self.balances() == before
        records = self.volunteer.rows("hours", "list", "--status", "confirmed")
        return ("hours", "void", records[-1]["id"], "--reason", "x") if records else ()

    def take(self, hours: int) -> tuple[object, ...]:
        """Take a place and give it back: nothing is left of it in balances and roster."""
        self.volunteer.ok("exchange", "price", "camp", "--hours", f"{hours}h")
        before, roster = self.balances(), self.volunteer.rows("event", "roster", "camp")
        if self.volunteer("exchange", "take", "camp", PEOPLE[1]).code == 0:
            number = self.volunteer.rows("exchange", "list", "--event", "camp")[-1]["id"]
            self.volunteer.ok("exchange", "cancel", number, "--reason", "x")
        assert (self.balances(), self.volunteer.rows("event", "roster", "camp")) == (before, roster)
        return ()

    # --- the end of an account ------------------------------------------------------------

    def end(self, name: str, *who: str) -> None:
        """Merge, erase or move somebody: balances go where they belong, and the sum stays zero."""
        before = {row["person"]: row["balance"] for row in self.volunteer.rows("account", "list")}
        words = {
            "merge": ("person", "merge", *who, "--yes"),
            "erase": ("person", "erase", *who, "--reason", "x", "--yes"),
            "leave": ("person", "move", *who, "--to", "anda"),
        }[name]
        if self.volunteer(*words).code:
            return
        self.require()
        after = {
            row["person"]: row["balance"] for row in self.volunteer.rows("account", "list") if row["balance"]
        }
        if name == "merge":
            assert after.get(who[0], 0) == before[who[0]] + before[who[1]]
        self.volunteer.ok("check")

    def post(self) -> tuple[object, ...]:
        self.volunteer.ok("account", "post")
        before = self.volunteer.dump()
        self.volunteer.ok("account", "post")
        assert self.volunteer.dump() == before, "a second run books nothing"
        self.require_records()
        return ()

    def give(self, giver: str, receiver: str, hours: int) -> tuple[object, ...]:
        return ("account", "give", giver, receiver, "--hours", f"{hours}h")

    def donate(self, giver: str, hours: int) -> tuple[object, ...]:
        return ("account", "donate", giver, "--hours", f"{hours}h")

    def grant(self, who: str, hours: int) -> tuple[object, ...]:
        return ("account", "grant", who, "--hours", f"{hours}h", "--reason", "x")

    def work(self, who: str, hours: int) -> tuple[object, ...]:
        return ("exchange", "add", who, "--work", "疏通", "--hours", f"{hours}h")

    def promise(self, who: str, hours: int, days: int) -> tuple[object, ...]:
        return (*self.work(who, hours), "--promise", "--until", self.day + timedelta(days))

    def cancel(self, number: int) -> tuple[object, ...]:
        return ("exchange", "cancel", number, "--reason", "x")

    def waive(self, number: int) -> tuple[object, ...]:
        return ("exchange", "waive", number, "--reason", "x")

    def reverse(self, number: int) -> tuple[object, ...]:
        return ("account", "reverse", number, "--reason", "x")

    def expire(self) -> tuple[object, ...]:
        """Twice on a day is once, and nobody is below zero by it."""
        below = {key for key, held in self.balances("--kind", "person").items() if held < 0}
        if self.volunteer("account", "expire").code == 0:
            before = self.volunteer.dump()
            self.volunteer("account", "expire")
            assert self.volunteer.dump() == before
        assert {key for key, held in self.balances("--kind", "person").items() if held < 0} <= below
        return ()

    def undo(self) -> tuple[object, ...]:
        command = self.volunteer.rows("history", "list", "--limit", 1)[0]["command"]
        return ("undo",) if command.startswith(("account", "exchange")) and command != "account add" else ()

    def tomorrow(self) -> tuple[object, ...]:
        self.past[self.day] = self.balances()
        self.day += timedelta(9)
        self._set_day()
        return ()


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=4, max_size=8), end=ENDS)
def test_invariants_in_any_order(
    binhu_database: Database,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[Any, ...]],
    end: tuple[str, ...],
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger.db"
    desk = Desk(Volunteer(copied(binhu_database, path)))
    for step in steps:
        desk.step(*step)
    desk.require_promises()
    desk.require_reversals()
    desk.end(*end)


UNDOABLE = (
    "account add 魏样一",
    "account post",
    "account give 金样一 陶样一 --hours 1h --override x",
    "account donate 金样一 --hours 1h",
    "account grant 陶样一 --hours 1h --reason x",
    "account reverse 1 --reason x --override",
    "account edit 金样一 --limit 2h --reason x",
    "account freeze 金样一 --reason x",
    "account archive 陶样一",
    "account move 金样一 --to anda",
    "person move 金样一 --to anda",
    "exchange price camp --hours 3h",
    "exchange price camp --free",
    "exchange take camp 金样一",
    "exchange take camp 陶样一 --promise --until 2026-07-10",
    "exchange add 金样一 --work 疏通 --hours 1h",
    "exchange cancel 1 --reason x",
    "exchange waive 2 --reason x",
    "person merge 金样一 陶样一 --yes",
)


@pytest.fixture
def busy(volunteer: Volunteer) -> Volunteer:
    """A desk at which every verb has something to do."""
    volunteer.ok("community", "add", "安大社区", "--code", "anda")
    for name in ("金样一", "陶样一", "魏样一"):
        volunteer.ok("person", "add", name, "--community", "binhu")
    volunteer.ok("account", "add", "金样一", "陶样一", "--counts-from", "2026-06-01")
    volunteer.ok("account", "grant", "金样一", "--hours", "10h", "--reason", "x")
    volunteer.ok("event", "add", "夏令营", "--code", "camp", "--start", "2026-07-20 09:00", "--end", "17:00",
                 "--community", "binhu")  # fmt: skip
    volunteer.ok("event", "open", "camp")
    volunteer.ok("exchange", "price", "camp", "--hours", "2h")
    volunteer.ok("exchange", "add", "金样一", "--work", "修灯", "--hours", "1h")
    record: Any = volunteer.rows("hours", "add", "金样一", "--date", "2026-06-29", "--hours", "2h")
    volunteer.ok("hours", "confirm", record["id"])
    return volunteer


@pytest.mark.postgres
@pytest.mark.parametrize("command", UNDOABLE)
def test_each_verb_can_be_undone(busy: Volunteer, command: str) -> None:
    if "waive" in command:
        busy.ok(
            "exchange", "add", "陶样一", "--work", "x", "--hours", "1h", "--promise", "--until", "2026-07-10"
        )
    before = busy.dump()
    busy.ok(*command.split())
    assert busy.dump() != before
    busy.ok("undo")
    assert busy.dump() == before


def _race(database: Database, times: int) -> None:
    """Two processes spend the last credit: each time one gets it."""
    desk = Volunteer(database)
    for name in ("金样一", "陶样一", "魏样一"):
        desk.ok("person", "add", name)
    desk.ok("account", "add", "金样一")
    command = [sys.executable, "-m", "volunteer_cli", "--db", str(database), "--today", "2026-06-30"]
    for turn in range(times):
        desk.ok("account", "grant", "金样一", "--hours", "1h", "--reason", "x")
        spend = [
            *command,
            "exchange",
            "add",
            "陶样一",
            "--by",
            "金样一",
            "--work",
            f"x{turn}",
            "--hours",
            "1h",
        ]
        both = [subprocess.Popen(spend, stderr=subprocess.DEVNULL) for _each in range(2)]
        assert sorted(process.wait() for process in both) == [0, 1]
        row: Any = desk.rows("account", "show", "金样一")
        assert row["balance"] == 0


@pytest.mark.postgres
def test_the_last_credit_is_spent_once(volunteer: Volunteer) -> None:
    _race(volunteer.database, fewer(volunteer.database, 10))


@pytest.mark.postgres
@pytest.mark.faults
def test_the_last_credit_is_spent_once_a_hundred_times(volunteer: Volunteer) -> None:
    _race(volunteer.database, 100)
