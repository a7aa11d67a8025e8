"""The result of a target: beside the oracle, for any attempts in any order, as of any past instant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from campaign_oracle import LIKELY, RESULTS, Attempt, Target, line, result
from campaigning import settle
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from volunteering import Volunteer

START = datetime(2026, 6, 1, 9)
CALLERS = ("赵样一", "蒋样一", "卫样一")


MOMENTS = st.integers(0, 8 * 24).map(lambda hours: START + timedelta(hours=hours))


@st.composite
def attempts(draw: st.DrawFn) -> Attempt:
    at = draw(MOMENTS)
    outcome = draw(st.sampled_from(LIKELY))
    ahead = timedelta(hours=draw(st.integers(1, 48)))
    return Attempt(at, draw(st.sampled_from(CALLERS)), outcome, at + ahead if outcome == "callback" else None)


# One moment is one attempt: two of one target at once have no order.
lists = st.lists(attempts(), max_size=7, unique_by=lambda each: each.at)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_results_are_those_of_the_oracle_whatever_the_order_of_entry(
    make_volunteer: Callable[[str], Volunteer], data: st.DataObject
) -> None:
    """P6 and P8: exactly one result, parts that add up, and the past as it was, by whatever order of entry."""
    volunteer = _swept(make_volunteer, data.draw(st.uuids()).hex)
    targets = {number: Target(data.draw(lists)) for number in range(1, 5)}
    script = [line(number, each) for number, target in targets.items() for each in target.attempts]
    if script:
        volunteer.ok("batch", "-", stdin="\n".join(data.draw(st.permutations(script))))
    _exclude_and_block(volunteer, targets, data)
    for target in targets.values():
        target.attempts.sort(key=lambda each: each.at)
    for now in data.draw(st.lists(MOMENTS, min_size=1, max_size=3)):
        _compare(volunteer, targets, now)


def _swept(make_volunteer: Callable[[str], Volunteer], name: str) -> Volunteer:
    """A campaign of four households, two in each of two buildings and grids."""
    volunteer = make_volunteer(name)
    volunteer.today = "2026-06-01T09:00"
    people = [f"person add {name}" for name in CALLERS]
    homes = [
        f"household add --building {building} --room {room} --grid 0{building} --on 2026-01-01"
        for building in (1, 2)
        for room in (101, 102)
    ]
    campaign = ["campaign add 全部 --code all --method door --start 2026-06-01", "campaign open all"]
    volunteer.ok("batch", "-", stdin="\n".join([*people, *homes, *campaign]))
    volunteer.today = "2026-06-20T23:00"
    return volunteer


def _exclude_and_block(volunteer: Volunteer, targets: dict[int, Target], data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        targets[1].excluded_at = data.draw(MOMENTS)
        moment = f"{targets[1].excluded_at:%Y-%m-%d %H:%M}"
        volunteer.ok("campaign", "exclude", "all", "target:1", "--reason", "门面", "--on", moment)
    if data.draw(st.booleans()):
        targets[2].blocked_from = data.draw(MOMENTS)
        since = f"{targets[2].blocked_from:%Y-%m-%d}"
        volunteer.ok("household", "block", "household:2", "--reason", "勿扰", "--on", since)


def _compare(volunteer: Volunteer, targets: dict[int, Target], now: datetime) -> None:
    expected = {number: result(target, now) for number, target in targets.items()}
    moment = f"{now:%Y-%m-%d %H:%M}"
    (whole,) = volunteer.rows("campaign", "progress", "all", "--as-of", moment)
    assert {name: whole[name] for name in RESULTS} == {
        name: list(expected.values()).count(name) for name in RESULTS
    }
    for by in ("grid", "building", "stage", "person"):
        _adds_up(volunteer.rows("campaign", "progress", "all", "--by", by, "--as-of", moment), whole)
    (first, *_others) = volunteer.rows("campaign", "progress", "all", "--by", "grid", "--as-of", moment)
    assert first["done"] == sum(expected[number] == "done" for number in (1, 2))


def _adds_up(rows: list[dict[str, Any]], whole: dict[str, Any]) -> None:
    for row in rows:
        assert row["listed"] + row["added"] == sum(row[name] for name in RESULTS)
        for rate in ("visited_rate", "done_rate"):
            assert row[rate] is None or 0 <= row[rate] <= 1
    for name in ("listed", "added", "tried", "resolved", *RESULTS):
        assert sum(row[name] for row in rows) == whole[name], name


# --- card 9 ------------------------------------------------------------


@pytest.fixture
def one(settled: Callable[[int], Volunteer]) -> Volunteer:
    """A campaign of one household, either called or visited."""
    volunteer = settled(1)
    volunteer.ok("campaign", "add", "走访", "--code", "all", "--start", "2026-06-01")
    volunteer.ok("campaign", "open", "all")
    volunteer.today = "2026-06-30T09:00"
    return volunteer


def state(volunteer: Volunteer, *words: str) -> dict[str, Any]:
    (row,) = volunteer.rows("campaign", "targets", "all", *words)
    return row


def told(volunteer: Volunteer, outcome: str, on: str, by: str = "赵样一", *words: str) -> None:
    volunteer.ok("campaign", "record", "all", "1", "--by", by, "--outcome", outcome, "--on", on, *words)


@pytest.mark.parametrize(
    ("third", "expected"),
    [("2026-06-03 19:00", "unreached"), ("2026-06-03 11:00", "open"), ("2026-06-06 11:00", "unreached")],
)
def test_card_9_unreached_needs_an_evening_or_a_day_off(one: Volunteer, third: str, expected: str) -> None:
    for moment in ("2026-06-01 10:00", "2026-06-02 11:00", third):
        told(one, "no_answer", moment)
    row = state(one)
    assert row["result"] == expected
    if expected == "open":
        assert "evening or day off" in row["why"]
        assert "evening or day off" in one.ok("campaign", "why", "all", "3-1-101", "-f", "json").json["why"]


def test_a_day_off_of_the_office_counts_from_when_it_was_said(one: Volunteer) -> None:
    record = "campaign record all 1 --by 赵样一 --outcome no_answer --on"
    lines = (
        f"{record} '2026-06-02 10:00'\npolicy set working_days 2026-06-03=off\n{record} '2026-06-03 10:00'\n"
    )
    one.ok("shell", stdin=lines)
    assert one.ask("SELECT off_hours FROM attempt ORDER BY id") == [(0,), (1,)]


def test_card_9_vacant_is_proved_on_two_days_and_done_absorbs(one: Volunteer) -> None:
    proof = ("--evidence", "meter")
    told(one, "vacant", "2026-06-01 10:00", "赵样一", *proof)
    told(one, "vacant", "2026-06-01 15:00", "赵样一", *proof)
    assert state(one)["result"] == "open"
    told(one, "vacant", "2026-06-02 10:00", "赵样一", *proof)
    assert state(one)["result"] == "vacant"
    told(one, "done", "2026-06-03 10:00")
    assert state(one)["result"] == "done"
    told(one, "no_answer", "2026-06-04 10:00")
    assert state(one)["result"] == "done"


def test_card_9_a_refusal_is_final_when_two_people_met_with_it(one: Volunteer) -> None:
    told(one, "refused", "2026-06-01 10:00")
    told(one, "refused", "2026-06-02 10:00")
    assert (state(one)["result"], state(one)["why"]) == ("open", "refused to 1 person; final after 2")
    told(one, "refused", "2026-06-03 10:00", "蒋样一")
    assert state(one)["result"] == "refused"


def test_card_9_a_promised_call_waits_and_goes_first_to_who_promised_it(
    settled: Callable[[int], Volunteer],
) -> None:
    volunteer = settled(3)
    volunteer.ok("campaign", "add", "走访", "--code", "all", "--method", "call", "--start", "2026-06-01")
    volunteer.ok("campaign", "open", "all")
    words = ("--outcome", "callback", "--callback", "2026-06-01 18:00")
    volunteer.ok("campaign", "record", "all", "2", "--by", "蒋样一", *words)
    volunteer.today = "2026-06-01T17:59"
    assert (
        volunteer.rows("campaign", "targets", "all", "--result", "waiting")[0]["next_at"]
        == "2026-06-01T18:00:00+08:00"
    )
    rows = volunteer.rows("campaign", "deal", "all", "--to", "蒋样一", "--for", "1m")
    assert [row["id"] for row in rows] == [1, 3]
    volunteer.today = "2026-06-01T18:00"
    rows = volunteer.rows("campaign", "deal", "all", "--to", "赵样一", "--take", "1", "--for", "1m")
    assert [row["id"] for row in rows] == [1]
    rows = volunteer.rows("campaign", "deal", "all", "--to", "蒋样一", "--take", "1")
    assert [(row["id"], row["promised_by"]) for row in rows] == [(2, "蒋样一")]
    assert rows[0]["previous"] == [
        {
            "at": "2026-06-01T09:00:00+08:00",
            "by": "蒋样一",
            "method": "call",
            "outcome": "callback",
            "callback_at": "2026-06-01T18:00:00+08:00",
        }
    ]


# --- rounds ------------------------------------------------------------


def oracle_of_round(attempts: list[Attempt], day: datetime, now: datetime) -> str:
    """What a day's round comes to: its own attempts alone, up to a moment, and at the latest by the end of the day."""
    own = [each for each in attempts if each.at.date() == day.date()]
    end = day.replace(hour=23, minute=59)
    return result(Target(own), min(now, end))


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(data=st.data())
def test_rounds_of_a_day_have_results_of_their_own_that_add_up(
    make_volunteer: Callable[[str], Volunteer], data: st.DataObject
) -> None:
    """P6 by round: every target is in every round, once, and as of any past instant as it was then."""
    volunteer = make_volunteer(data.draw(st.uuids()).hex)
    volunteer.today = "2026-06-01T08:00"
    settle(volunteer, 3)
    volunteer.ok("campaign", "add", "每日", "--code", "all", "--method", "door", "--start", "2026-06-01")
    volunteer.ok("campaign", "stage", "all", "每日", "--daily", "4")
    volunteer.ok("campaign", "open", "all")
    volunteer.today = "2026-06-05T08:00"
    rounds = [START + timedelta(days=number) for number in range(4)]
    moments = st.integers(0, 40).map(lambda step: START + timedelta(hours=2 * step))
    drawn = st.lists(st.tuples(moments, st.sampled_from(LIKELY)), max_size=8, unique_by=lambda each: each[0])
    tried = {n: [_made(*each) for each in sorted(data.draw(drawn)) if each[0] < rounds[-1] + timedelta(hours=14)]
             for n in (1, 2, 3)}  # fmt: skip
    script = [line(number, each) for number, attempts in tried.items() for each in attempts]
    if script:
        volunteer.ok("batch", "-", stdin="\n".join(script))
    for now in (START + timedelta(days=1, hours=3), rounds[-1] + timedelta(hours=15)):
        rows = volunteer.rows(
            "campaign", "progress", "all", "--by", "round", "--as-of", f"{now:%Y-%m-%d %H:%M}"
        )
        begun = [day for day in rounds if day.date() <= now.date()]
        assert [row["round"] for row in rows] == [day.date().isoformat() for day in begun]
        for day, row in zip(begun, rows, strict=True):
            results = [oracle_of_round(attempts, day, now) for attempts in tried.values()]
            assert {name: row[name] for name in RESULTS} == {name: results.count(name) for name in RESULTS}
            assert row["listed"] + row["added"] == sum(row[name] for name in RESULTS) == 3


def _made(at: datetime, outcome: str) -> Attempt:
    return Attempt(
        at, CALLERS[at.day % 2], outcome, at + timedelta(hours=5) if outcome == "callback" else None
    )
