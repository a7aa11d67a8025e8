"""Small cells: in a table that is published no hidden number can be computed."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from volunteering import Volunteer

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.answer import Answer, view_of
from volunteer_cli.reporting.declaration import Report, Row, Scope, figure
from volunteer_cli.reporting.withholding import meaning, signs, withheld


def printed(numbers: list[int], limit: int = 5) -> tuple[list[int | str], int | str]:
    hidden, total = signs(numbers, limit, total=True)
    return [hidden.get(place, number) for place, number in enumerate(numbers)], (
        sum(numbers) if total is None else total
    )


@pytest.mark.parametrize(
    ("numbers", "cells", "total"),
    [
        ([12, 3, 8, 0], [12, "<5", "*", 0], 23),  # the card of the reading
        ([1, 1], ["<5", "<5"], "<5"),  # 1 + 1 of 2
        ([1, 5], ["<5", "*"], "*"),  # 1 + 5 of 6
        ([3], ["<5"], "<5"),  # a single cell
        ([4, 0], ["<5", 0], "<5"),
        ([1, 1, 1, 1], ["<5", "<5", "<5", "<5"], ""),  # four at least one each are four
        ([4, 4], ["<5", "<5"], "*"),  # eight of two below five are four each
        ([2, 3, 9], ["<5", "<5", 9], 14),
        ([7, 5, 0], [7, 5, 0], 12),
        ([], [], 0),
    ],
)
def test_what_is_printed_of_a_column(numbers: list[int], cells: list[Any], total: Any) -> None:
    assert printed(numbers) == (cells, total)


def fits(cells: list[int | str], total: int | str, limit: int) -> list[set[int]]:
    """By brute force the numbers that each cell may be by all that is printed."""
    # An unbounded number is tried up to where nothing new can come of it.
    most = (total if isinstance(total, int) else 0) + 2 * limit + 2

    def choices(cell: int | str) -> range:
        if isinstance(cell, int):
            return range(cell, cell + 1)
        least, upper = meaning(cell, limit)
        return range(int(least), int(min(upper, most)) + 1)

    possible: list[set[int]] = [set() for _cell in cells]
    for guess in product(*map(choices, cells)):
        whole = sum(guess)
        if (
            total == ""
            or (isinstance(total, int) and whole == total)
            or (
                isinstance(total, str)
                and total
                and meaning(total, limit).least <= whole <= meaning(total, limit).most
            )
        ):
            for place, number in enumerate(guess):
                possible[place].add(number)
    return possible


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 9), max_size=5), st.sampled_from([3, 4, 5]))
def test_no_hidden_number_can_be_computed(numbers: list[int], limit: int) -> None:
    cells, total = printed(numbers, limit)
    for cell, number, possible in zip(cells, numbers, fits(cells, total, limit), strict=True):
        assert number in possible
        assert cell == number or len(possible) >= 2
        assert not (isinstance(cell, int) and 1 <= cell < limit)
        assert number or cell == 0


MATTERS = Report(
    name="matters",
    title=N_("Requests"),
    help="",
    question="",
    rows=lambda _session, _scope: ROWS,
    keys=("kind",),
    private=("matters",),
    figures=(
        figure("kind", "Kind", Kind.CODE, "", total=False),
        figure("matters", "Matters", Kind.COUNT, ""),
        figure("solved", "Solved", Kind.PERCENT, "", total=False, over=("matters",)),
        figure("days", "Days", Kind.COUNT, ""),
    ),
)
ROWS: list[Row] = [
    {"kind": kind, "matters": matters, "solved": 0.5, "days": matters * 10}
    for kind, matters in (("family", 12), ("neighbours", 3), ("property", 8), ("other", 0))
]


def answered(volunteer: Volunteer, report: Report) -> Answer:
    scope = Scope(datetime(2026, 6, 30))
    with volunteer.writing() as session:
        return withheld(session, Answer(report, scope, view_of(report, scope), report.rows(session, scope)))


def test_a_share_of_a_hidden_count_is_hidden_and_each_row_names_what_is(volunteer: Volunteer) -> None:
    from volunteer_cli.output.cells import plain, shown

    answer = answered(volunteer, MATTERS)
    assert [row["suppressed"] for row in answer.rows] == [
        [],
        ["matters", "solved"],
        ["matters", "solved"],
        [],
    ]
    assert [plain(row["matters"]) for row in answer.rows] == [12, None, None, 0]
    column = answer.view.column("matters")
    assert [shown(column, row["matters"]) for row in answer.rows] == ["12", "<5", "*", "0"]
    assert [row["days"] for row in answer.rows] == [120, 30, 80, 0]


def test_the_limit_is_a_policy_and_can_be_nothing(volunteer: Volunteer) -> None:
    volunteer.refused("bad_policy_value", "policy", "set", "small_cell", "2", exit_code=2)
    volunteer.ok("policy", "set", "small_cell", "0")
    assert [row["matters"] for row in answered(volunteer, MATTERS).rows] == [12, 3, 8, 0]


CASES = (
    "--kind",
    "neighbours",
    "--source",
    "applied",
    "--mediator",
    "李明",
    "--party",
    "张某",
    "--party",
    "王某",
)


def test_published_in_every_format(volunteer: Volunteer, tmp_path: Any) -> None:
    volunteer.ok("person", "add", "李明")
    for _case in range(3):
        volunteer.ok("mediation", "add", *CASES)
    words = ("report", "mediation", "--by", "kind", "--publish")
    (row,) = volunteer.rows(*words)
    assert (row["accepted"], "accepted" in row["suppressed"]) == (None, True)
    assert volunteer.rows("report", "mediation", "--by", "kind")[0]["accepted"] == 3
    for form in ("table", "markdown", "csv", "tsv"):
        text = volunteer.ok(*words, "-f", form).out
        assert ("5" in text, "3" in text) == (True, False), form
    page = volunteer.ok(*words, "--chart", "-f", "table").out
    assert "3" not in page
    volunteer.ok(*words, "-o", tmp_path / "cases.xlsx")
    volunteer.ok(*words, "-o", tmp_path / "cases.html")
    assert ">3<" not in (tmp_path / "cases.html").read_text(encoding="utf-8")
