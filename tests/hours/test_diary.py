"""An hour is counted once: the diary against a comparison of every record with every other."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.rules import diary as diary_module
from volunteer_cli.hours.rules.diary import Diary
from volunteer_cli.hours.rules.near import MONTH
from volunteer_cli.hours.rules.times import Times
from volunteer_cli.hours.terms import DAY

FIRST = date(2023, 12, 31)
ENTRY = st.tuples(
    st.integers(1, 2),
    st.integers(0, 2),
    st.none() | st.integers(0, 23).map(lambda hour: hour * 60),
    st.sampled_from([0, 30, 60, 120, 600, 1440]),
    st.sampled_from([None, "清扫", "陪同"]),
)


def interval(entry: tuple[Any, ...]) -> tuple[int, int]:
    _person, day, start, minutes, _work = entry
    return day * DAY + start, day * DAY + start + minutes


def meets(entry: tuple[Any, ...], other: tuple[Any, ...]) -> str | None:
    """same, overlap or None, by the words of the rule."""
    if entry == other:
        return "same"
    if entry[0] != other[0] or None in (entry[2], other[2]):
        return None
    if not entry[3] or not other[3]:
        begun = entry[:3] == other[:3] and not entry[3]
        return "same" if begun and other[3] else None
    (start, end), (first, last) = interval(entry), interval(other)
    return "overlap" if start < last and first < end else None


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.lists(ENTRY.filter(lambda entry: entry[2] is not None or entry[3]), max_size=25))
def test_a_file_is_judged_as_by_comparing_all_pairs(entries: list[tuple[Any, ...]]) -> None:
    diary = Diary(None)  # type: ignore[arg-type]
    taken: list[tuple[Any, ...]] = []
    for row, (person, day, start, minutes, work) in enumerate(entries):
        mark = diary.mark(start, minutes, work, timed=start is not None and minutes > 0)
        met = diary.enter(person, (FIRST + timedelta(days=day)).toordinal(), mark, row)
        wanted = {meets((person, day, start, minutes, work), other) for other in taken} - {None}
        said = None if met is None else "same" if met.same else "overlap"
        assert said == ("same" if "same" in wanted else "overlap" if wanted else None)
        if met is None:
            taken.append((person, day, start, minutes, work))


@settings(max_examples=300, deadline=None)
@given(
    entries=st.lists(ENTRY.filter(lambda entry: entry[2] is not None or entry[3]), max_size=25),
    size=st.integers(1, 25),
)
def test_many_rows_together_are_judged_as_one_by_one(entries: list[tuple[Any, ...]], size: int) -> None:
    together, singly = Diary(None), Diary(None)  # type: ignore[arg-type]
    for first in range(0, len(entries), size):
        part = entries[first : first + size]
        people = [person for person, *_more in part]
        days = [(FIRST + timedelta(days=day)).toordinal() for _person, day, *_more in part]
        marks = [
            [diary.mark(start, n, work, timed=start is not None and n > 0) for _p, _d, start, n, work in part]
            for diary in (together, singly)
        ]
        rows = range(first, first + len(part))
        stored, met = together.enter_all(people, days, marks[0], rows)
        one_by_one = map(singly.enter, people, days, marks[1], rows)
        assert not stored
        assert met == {place: meeting for place, meeting in enumerate(one_by_one) if meeting}


@pytest.mark.parametrize("many", [0, 1000])
def test_stored_records_are_known_however_they_were_loaded(
    office: Any, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(diary_module, "MANY", many)
    office.volunteer.ok("hours", "add", "李明", "--date", "2026-01-01", "--start", "8:00", "--end", "9:00")
    office.volunteer.ok("hours", "add", "李明", "--date", "2026-01-01", "--start", "9:00", "--end", "10:00")
    office.volunteer.ok("hours", "add", "李明", "--date", "2026-01-02", "--hours", "2")
    office.volunteer.ok("hours", "void", "2", "--reason", "写错了")
    with office.volunteer.writing() as session:
        diary = Diary(session)
        first, second = date(2026, 1, 1).toordinal(), date(2026, 1, 2).toordinal()
        diary.load_near([(1, first), (1, second)])
        rows = [
            (first, diary.mark(480, 60, None, timed=True)),
            (first, diary.mark(540, 60, None, timed=True)),
            (first, diary.mark(510, 60, None, timed=True)),
            (second, diary.mark(None, 120, None, timed=False)),
            (second, diary.mark(None, 120, "清扫", timed=False)),
        ]
        days, marks = zip(*rows, strict=True)
        stored, met = diary.enter_all([1] * 5, days, marks, range(5))
        days, marks = zip(*rows[:2], rows[3], strict=True)
        again = diary.enter_all([1, 1, 1], days, marks, range(5, 8))
    assert {place: diary_module.stored_id(record) for place, record in stored.items()} == {0: 1, 3: 3}
    # Once a row has met its record, it stands for it: what overlaps it or says the same meets the row.
    assert met == {1: (True, 2, None), 2: (False, None, 0)}
    assert again == ({}, {0: (True, None, 0), 1: (True, None, 1), 2: (True, None, 3)})


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("many", [20, 1000])
def test_what_is_read_near_the_rows_is_judged_as_all_that_is_stored(
    office: Any, monkeypatch: pytest.MonkeyPatch, seed: int, many: int
) -> None:
    """Months are read as the rows of a file come to them, or the rest at once after so many rows."""
    chance = Random(seed)
    entries = [_service(chance) for _entry in range(90)]
    with office.volunteer.writing() as session:
        for person, day, start, minutes in entries[::3]:
            end = None if start is None else start + minutes
            status = chance.choice(("confirmed", "pending", "voided"))
            session.add(
                HoursRecord(
                    community_id=1, person_id=person, served_on=date.fromordinal(day), start_minute=start,
                    end_minute=end, minutes=minutes, evidence="reported", status=status, late=False, recorded_by="x",
                )
            )  # fmt: skip
        session.flush()
        verdicts = []
        for limit in (0, many):
            monkeypatch.setattr(diary_module, "MANY", limit)
            diary = Diary(session)
            verdicts.append([_told(diary, entries[place : place + 7], place) for place in range(0, 90, 7)])
    assert verdicts[0] == verdicts[1]


def _service(chance: Random) -> tuple[int, int, int | None, int]:
    day = date(2026, 1, 1).toordinal() + chance.randrange(100)
    start = chance.choice((None, 480, 540, 1320, 1410))
    return chance.randint(1, 2), day, start, chance.choice((60, 120, 240))


def _told(diary: Diary, entries: list[Any], first: int) -> tuple[Any, Any]:
    diary.load_near([(person, day) for person, day, _start, _minutes in entries])
    marks = [
        diary.mark(start, minutes, None, timed=start is not None) for _person, _day, start, minutes in entries
    ]
    people, days, *_times = zip(*entries, strict=True)
    stored, met = diary.enter_all(people, days, marks, range(first, first + len(entries)))
    return {place: diary_module.stored_id(record) for place, record in stored.items()}, met


@pytest.mark.parametrize(("stored", "row"), [(0, 1), (1, 0)])
def test_a_night_between_two_months_that_are_read(office: Any, stored: int, row: int) -> None:
    """A service of 22:00 to 2:00 on the last day of a span, and one of 0:00 to 1:00 on the first of the next."""
    last = next(day for day in range(date(2026, 1, 1).toordinal(), 740_000) if not (day + 1) % (1 << MONTH))
    services = [(last, 1320, 240), (last + 1, 0, 60)]
    day, start, minutes = services[stored]
    with office.volunteer.writing() as session:
        session.add(
            HoursRecord(
                community_id=1, person_id=1, served_on=date.fromordinal(day), start_minute=start,
                end_minute=start + minutes, minutes=minutes, evidence="reported", status="pending", late=False, recorded_by="x",
            )
        )  # fmt: skip
        session.flush()
        day, start, minutes = services[row]
        _stored, met = _told(Diary(session), [(1, day, start, minutes)], 0)
    assert met == {0: (False, 1, None)}


def test_knows_stored_records_around_midnight(office: Any) -> None:
    office.volunteer.ok("hours", "add", "李明", "--start", "2025-12-31 22:00", "--end", "2026-01-01 2:00")
    with office.volunteer.writing() as session:
        diary = Diary(session)
        diary.load([1], around=date(2026, 1, 1))
        met = diary.meets(1, Times(date(2026, 1, 1), 60, 180, 120), None)
        assert met is not None
        assert (met.same, met.id) == (False, 1)
        assert diary.meets(1, Times(date(2026, 1, 1), 120, 180, 60), None) is None
