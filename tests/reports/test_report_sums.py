"""Whatever happened, every breakdown adds up to the same as every other, as overview and as the lists."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from volunteering import Database, Volunteer, copied

PEOPLE = """
community add 安大社区 --code anda
person add 甲 --community binhu --volunteer --registered 2024-01-01 --sex male --birth 1960
person add 乙 --community binhu --volunteer --registered 2025-01-15 --birth 2013-03
person add 丙 --community anda --volunteer --registered 2025-01-20 --sex female
person add 丁 --community anda
person add 甲 --community binhu --phone 13800001111 --volunteer --registered 2023-01-01
team add 一队 --community binhu
team add 二队 --community anda
event add 活动甲 --community binhu --team 一队 --start "2025-01-10 09:00" --end 23:00 --category 环保
event add 活动乙 --community anda --start "2025-02-10 09:00" --end 23:00
drive add 冬 --community binhu --code dong --start 2024-12-01
"""
GROUPS = ("team", "person", "month", "event", "category", "community")
DAYS = ("2024-12-31", "2025-01-10", "2025-01-11", "2025-02-10")


def _record(person: int, day: str, start: int | None, minutes: int, under: str) -> str:
    if start is None:
        times = f"--date {day} --hours {minutes}m"
    else:
        end = start + minutes
        nextday = {
            "2024-12-31": "2025-01-01",
            "2025-01-10": "2025-01-11",
            "2025-01-11": "2025-01-12",
            "2025-02-10": "2025-02-11",
        }[day]
        late = f"{nextday if end >= 1440 else day} {end // 60 % 24:02}:{end % 60:02}"
        times = f'--start "{day} {start // 60:02}:{start % 60:02}" --end "{late}"'
    return f"hours add person:{person} {times} {under}"


records = st.builds(
    _record,
    st.integers(1, 5),
    st.sampled_from(DAYS),
    st.none() | st.integers(6 * 60, 23 * 60),
    st.integers(1, 700),
    st.sampled_from(["", "--team 一队", "--team 二队", "--event 活动甲", "--event 活动乙"]),
)
ids = st.integers(1, 12)
decisions = st.one_of(
    ids.map("hours confirm {}".format),
    st.just("hours confirm --period 2025-01 --community binhu"),
    st.just("hours confirm --period 2024..2025 --community anda"),
    ids.map("hours void {} --reason 样".format),
    ids.map("hours reject {} --reason 样".format),
    st.builds("hours correct {} --hours {}m --reason 样".format, ids, st.integers(1, 600)),
    st.just("person merge person:1 person:5 --yes"),
    st.just("person archive person:2"),
    st.just("person erase person:3 --reason 本人要求 --yes"),
    st.just("team archive 一队"),
    st.just("hours close 2024-12 --community binhu"),
    st.builds(
        "drive receive dong --anonymous --item {}={}{} --on {}".format,
        st.sampled_from("衣书"),
        st.integers(1, 9),
        st.sampled_from("件套"),
        st.sampled_from(DAYS),
    ),
    st.builds(
        "drive sort dong --item 衣={}件 --as {} --on 2025-02-11".format,
        st.integers(1, 5),
        st.sampled_from(["accepted", "rejected"]),
    ),
    st.just("policy set hours_per_day_cap 6 --from 2025-01-11"),
    st.just("policy set round_minutes 15 --from 2025-02-01"),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=st.lists(records | decisions, min_size=4, max_size=24))
def test_breakdowns_agree(
    people_database: Database, tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = tmp_path_factory.mktemp("sums") / "sums.db"
    volunteer = Volunteer(copied(people_database, path))
    volunteer(
        "batch",
        "-",
        "--each",
        stdin="\n".join([*lines, "hours confirm --period 2024..2025 --community binhu"]),
    )
    for period in ((), ("--period", "2025"), ("--period", "2025-01"), ("--period", "2031")):
        _hours_agree(volunteer, period)
        _people_agree(volunteer, period)
    _goods_agree(volunteer)


def _hours_agree(volunteer: Volunteer, period: tuple[str, ...]) -> None:
    def asked(*words: str) -> Any:
        return volunteer.ok("report", *words, *period, "-f", "json").json

    (whole,) = asked("hours")
    listed = volunteer.ok("hours", "list", *period, "-f", "json").json
    counted = [row for row in listed if row["status"] == "confirmed"]
    assert whole["minutes"] == sum(row["counted_minutes"] for row in listed)
    assert whole["records"] == len(counted)
    assert whole["people"] == len({row["person_id"] for row in counted})
    overview = asked("overview")
    assert (overview["minutes"], overview["records"], overview["served"]) == (
        whole["minutes"],
        whole["records"],
        whole["people"],
    )
    for groups in [(name,) for name in GROUPS] + list(combinations(GROUPS, 2))[::4]:
        rows = asked("hours", "--by", ",".join(groups))
        assert sum(row["minutes"] for row in rows) == whole["minutes"], groups
        assert sum(row["records"] for row in rows) == whole["records"], groups
    by_person = asked("hours", "--by", "person")
    assert len(by_person) == whole["people"]
    teams = asked("teams")
    assert sum(row["minutes"] for row in teams) == whole["minutes"]
    one_by_one = [
        volunteer.ok("report", "hours", *period, "--community", code, "-f", "json").json[0]["minutes"]
        for code in ("binhu", "anda")
    ]
    assert sum(one_by_one) == whole["minutes"]


def _people_agree(volunteer: Volunteer, period: tuple[str, ...]) -> None:
    overview = volunteer.ok("report", "overview", *period, "-f", "json").json
    for group in ("age", "sex", "grid", "political_status", "community", "sex,age"):
        rows = volunteer.ok("report", "volunteers", "--by", group, *period, "-f", "json").json
        for figure in ("volunteers", "new", "active", "lapsed"):
            assert sum(row[figure] for row in rows) == overview[figure], (group, figure)


def _goods_agree(volunteer: Volunteer) -> None:
    overview = volunteer.ok("report", "overview", "-f", "json").json
    stock = volunteer.ok("drive", "stock", "dong", "-f", "json").json
    by_month = [
        row
        for month in ("2024-12", "2025-01", "2025-02..2026-12")
        for row in volunteer.ok("report", "drives", "--period", month, "-f", "json").json
        if row["item"]
    ]
    for goods in overview["goods"]:
        (held,) = [row for row in stock if (row["item"], row["unit"]) == (goods["item"], goods["unit"])]
        same = [row for row in by_month if (row["item"], row["unit"]) == (goods["item"], goods["unit"])]
        assert goods["received"] == held["received"] == sum(row["received"] for row in same)
        assert (
            goods["remaining"] == held["unsorted"] + held["on_hand"] + held["boxed"] == same[-1]["remaining"]
        )
