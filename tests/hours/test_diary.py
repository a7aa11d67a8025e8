"""An hour is counted once: the diary against a comparison of every record with every other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from volunteer_cli.hours.rules.diary import Diary
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
        number = diary.number((FIRST + timedelta(days=day)).toordinal(), start, minutes, work)
        met = diary.enter(person, number, row, timed=start is not None and minutes > 0)
        wanted = {meets((person, day, start, minutes, work), other) for other in taken} - {None}
        said = None if met is None else "same" if met.same else "overlap"
        assert said == ("same" if "same" in wanted else "overlap" if wanted else None)
        if met is None:
            taken.append((person, day, start, minutes, work))


def test_knows_stored_records_around_midnight(office: Any) -> None:
    office.volunteer.ok("hours", "add", "李明", "--start", "2025-12-31 22:00", "--end", "2026-01-01 2:00")
    with office.volunteer.writing() as session:
        diary = Diary(session)
        diary.load([1], around=date(2026, 1, 1))
        met = diary.meets(1, Times(date(2026, 1, 1), 60, 180, 120), None)
        assert met is not None
        assert (met.same, met.id) == (False, 1)
        assert diary.meets(1, Times(date(2026, 1, 1), 120, 180, 60), None) is None
