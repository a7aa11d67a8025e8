"""The sum over districts is the province, for random districts."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from volunteering import Volunteer

#: A record: who of three, on which day, from which quarter of an hour, for how many.
RECORD = st.tuples(st.integers(1, 3), st.integers(1, 58), st.integers(0, 60), st.integers(1, 40))
DISTRICTS = st.lists(st.lists(RECORD, max_size=12), min_size=2, max_size=3)


def fill(volunteer: Volunteer, records: list[tuple[int, int, int, int]]) -> None:
    lines = [f"person add 样人{number} --volunteer" for number in (1, 2, 3)]
    for person, day, start, length in records:
        end = min(start + length, 95)
        date = f"2026-{1 + day // 30:02}-{1 + day % 28:02}"
        times = f"--start {start // 4}:{start % 4 * 15:02} --end {end // 4}:{end % 4 * 15:02}"
        lines.append(f"hours add {person} --date {date} {times}")
    # Some meet others and are refused: what is left is random enough.
    volunteer("batch", "-", "--each", stdin="\n".join(lines))
    volunteer.ok("hours", "confirm", "--period", "2026")
    volunteer.ok("policy", "set", "small_cell", "0")


def sums(rows: list[dict[str, object]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for row in rows:
        for name in ("minutes", "records", "people"):
            total[f"{row['month']} {name}"] += int(str(row[name]))
    return total


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(DISTRICTS)
def test_the_sum_over_districts_is_the_province(
    binhu_database: Path, districts: list[list[tuple[int, int, int, int]]]
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        whole: Counter[str] = Counter()
        for number, records in enumerate(districts):
            path = Path(temporary) / f"{number}.db"
            shutil.copy(binhu_database, path)
            volunteer = Volunteer(path)
            fill(volunteer, records)
            volunteer.ok("db", "export", Path(temporary) / "all" / str(number))
            whole += sums(volunteer.rows("report", "hours", "--by", "month"))
        there = ("--from", f"{temporary}/all/**")
        assert sums(volunteer.rows("report", "hours", "--by", "month", *there)) == whole
        # A community of the same code in each: they are as many as there are databases with hours.
        by_community = volunteer.rows("report", "hours", "--by", "community", *there)
        assert len(by_community) == sum(1 for records in districts if records)
