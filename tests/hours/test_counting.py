"""One definition of counted minutes: per record, per anything, against a definition in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.records import PolicyValue
from volunteer_cli.hours import queries
from volunteer_cli.hours.counting import sums
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.queries import MONTH

FIRST = date(2024, 2, 28)
RECORD = st.fixed_dictionaries(
    {
        "person_id": st.integers(1, 2),
        "team_id": st.sampled_from([None, 1]),
        "day": st.integers(0, 3),
        "start_minute": st.none() | st.integers(0, 20).map(lambda hour: hour * 60),
        "minutes": st.integers(1, 400),
        "status": st.sampled_from(["confirmed", "confirmed", "confirmed", "pending", "voided"]),
    }
)
POLICY = st.dictionaries(
    st.integers(0, 3),
    st.tuples(st.sampled_from(["4", "8", "0", "2.5"]), st.sampled_from(["1", "15", "30"])),
    max_size=2,
)


def store(session: Session, records: list[dict[str, Any]], policies: dict[int, tuple[str, str]]) -> None:
    for given_one in records:
        record = dict(given_one)
        day, start = FIRST + timedelta(days=record.pop("day")), record["start_minute"]
        end = None if start is None else start + record["minutes"]
        blank = {
            "community_id": 1,
            "evidence": "signed",
            "late": False,
            "recorded_by": "x",
            "confirmed_by": "x",
        }
        session.add(HoursRecord(**record, **blank, served_on=day, end_minute=end, reason="x"))
        session.flush()
    for day_number, (cap, step) in policies.items():
        holds_from = (FIRST + timedelta(days=day_number)).isoformat()
        session.add(PolicyValue(name="hours_per_day_cap", value=cap, holds_from=holds_from))
        session.add(PolicyValue(name="round_minutes", value=step, holds_from=holds_from))
    session.flush()


def policy_on(policies: dict[int, tuple[str, str]], day: date) -> tuple[int, int]:
    held = [number for number in policies if FIRST + timedelta(days=number) <= day]
    cap, step = policies[max(held)] if held else ("8", "1")
    return int(float(cap) * 60), int(step)


def expected(records: list[HoursRecord], policies: dict[int, tuple[str, str]]) -> dict[int, int]:
    """The counted minutes of each record, by the words of the rule."""
    counted = {record.id: 0 for record in records}
    days = defaultdict(list)
    for record in records:
        if record.status == "confirmed":
            days[record.person_id, record.served_on].append(record)
    for (_person, day), served in days.items():
        left, step = policy_on(policies, day)
        served.sort(key=lambda each: (9999 if each.start_minute is None else each.start_minute, each.id))
        for record in served:
            minutes = (record.minutes + step // 2) // step * step
            counted[record.id] = min(minutes, left)
            left -= counted[record.id]
    return counted


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(RECORD, max_size=14), policies=POLICY)
def test_every_grouping_agrees_with_the_rule(
    office: Any, records: list[dict[str, Any]], policies: dict[int, tuple[str, str]]
) -> None:
    with office.volunteer.writing() as session:
        store(session, records, policies)
        stored = list(session.scalars(select(HoursRecord)))
        counted = expected(stored, policies)
        rows = list(queries.records(session))
        assert queries.counted_minutes(session, rows) == counted
        groupings: list[tuple[list[Any], Callable[[Any], Any]]] = [
            ([], lambda _record: ()),
            ([HoursRecord.person_id], lambda record: (record.person_id,)),
            ([HoursRecord.team_id, MONTH], lambda record: (record.team_id, f"{record.served_on:%Y-%m}")),
            ([HoursRecord.id], lambda record: (record.id,)),
        ]
        for keys, key_of in groupings:
            wanted: dict[Any, int] = defaultdict(int)
            for record in stored:
                if record.status == "confirmed":
                    wanted[key_of(record)] += counted[record.id]
            found = {tuple(row[: len(keys)]): row.minutes for row in session.execute(sums(session, *keys))}
            assert found == (wanted or ({(): 0} if not keys else {}))
        people = {record.person_id for record in stored if record.status == "confirmed"}
        assert queries.minutes_of_people(session, [1, 2, 3]) == {
            person: sum(counted[r.id] for r in stored if r.person_id == person) for person in people
        }
        teams = sum(counted[record.id] for record in stored if record.team_id == 1)
        assert queries.minutes_of_teams(session, [1]).get(1, 0) == teams
        session.rollback()


def test_the_later_start_is_cut_first_and_no_start_before_it(office: Any) -> None:
    morning = office.confirmed("李明", "2026-06-01", "8:00", "13:00")
    evening = office.confirmed("李明", "2026-06-01", "18:00", "22:00")
    untimed = office.confirmed("李明", "2026-06-01", "2")
    counted = {row["id"]: row["counted_minutes"] for row in office.list()}
    assert counted == {morning: 300, evening: 180, untimed: 0}
    assert office.volunteer.ok("person", "show", "李明", "-f", "json").json["minutes"] == 480


def test_of_equal_ones_the_higher_id_is_cut(office: Any) -> None:
    one, two = (office.confirmed("李明", "2026-06-01", "5", "--work", work) for work in "甲乙")
    assert [office.show(key)["counted_minutes"] for key in (one, two)] == [300, 180]


def test_a_service_past_midnight_counts_on_the_day_it_began(office: Any) -> None:
    office.confirmed("李明", "2026-06-01", "14:00", "20:00")
    words = ("hours", "add", "李明", "--start", "2026-06-01 22:00", "--end", "2026-06-02 2:00", "-f", "ids")
    night = int(office.volunteer.ok(*words).out)
    office.volunteer.ok("hours", "confirm", night)
    shown = office.show(night)
    assert (shown["date"], shown["start"], shown["end"]) == ("2026-06-01", "22:00", "02:00")
    assert (shown["minutes"], shown["counted_minutes"]) == (240, 120)


def test_a_policy_holds_from_its_day(office: Any) -> None:
    office.volunteer.ok("policy", "set", "hours_per_day_cap", "2", "--from", "2026-06-10")
    before, after = (office.confirmed("李明", f"2026-06-{day}", "3") for day in ("09", "10"))
    assert [office.show(key)["counted_minutes"] for key in (before, after)] == [180, 120]


def test_a_period_does_not_part_a_day_from_its_cap(office: Any) -> None:
    from volunteer_cli.core.dates import Period

    office.confirmed("李明", "2026-06-30", "10")
    june = Period(date(2026, 6, 1), date(2026, 6, 30))
    with office.volunteer.writing() as session:
        assert queries.minutes_of_people(session, [1], june) == {1: 480}
        assert queries.last_served_on(session, [1, 2]) == {1: date(2026, 6, 30)}


@pytest.mark.parametrize("value", ["25", "-1", "x", "0.001"])
def test_refuses_a_cap_that_is_none(office: Any, value: str) -> None:
    office.volunteer.refused(
        "bad_policy_value", "policy", "set", "--from", "2026-01-01", "--", "hours_per_day_cap", value
    )
