"""Sample 6: a list from above, as XLSX and as CSV, with names missing, numbers twice, and colours that say nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer
from xlsxwriter import Workbook

Rows = Sequence[Sequence[Any]]
HEAD = ("序号", "姓名", "联系电话", "身份证号", "住址", "备注")
#: One person three times under two spellings, a number alone, an identity number in the column of names, a number that
#: two families share, somebody whom nobody knows; what each row comes to stands behind it.
ROWS: list[tuple[tuple[str, ...], str]] = [
    (("1", "李样甲", "+86 199 0000 0001", "", "", ""), "new"),
    (("2", "李 样 甲", "86-19900000001", "", "", "已联系"), "same"),
    (("3", "李样甲", "0086 19900000001.0", "", "", ""), "same"),
    (("4", "", "19900000002", "", "", ""), "new"),
    (("5", "11010519491231002X", "", "", "", ""), "new"),
    (("6", "", "19900000004", "", "", ""), "ambiguous"),
    (("7", "张样无", "", "", "", ""), "not_found"),
]


def as_xlsx(path: Path, rows: Rows) -> Path:
    """Rows 1 and 4 are yellow: somebody marked them as done."""
    with Workbook(str(path.with_suffix(".xlsx"))) as book:
        sheet, yellow = book.add_worksheet(), book.add_format({"bg_color": "#FFFF00"})
        for number, row in enumerate(rows):
            marked = yellow if any(cell in ("1", "4") for cell in row) else None
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell, marked)
    return path.with_suffix(".xlsx")


def as_csv(path: Path, rows: Rows) -> Path:
    with path.with_suffix(".csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows(rows)
    return path.with_suffix(".csv")


def laid_out(
    columns: Iterable[int] = range(6),
    above: Rows = (),
    below: Rows = (),
    order: Iterable[int] = range(7),
    **words: str,
) -> tuple[Rows, list[str]]:
    """The list with its columns and rows in an order, and what comes of each row in that order."""
    places, chosen = list(columns), [ROWS[number] for number in order]
    head = [words.get(HEAD[place], HEAD[place]) for place in places]
    rows = [[row[place] for place in places] for row, _outcome in chosen]
    return [*above, head, *rows, *below], [outcome for _row, outcome in chosen]


LAYOUTS = {
    "as it is": laid_out(),
    "under a title": laid_out(above=(("寒潮摸排名单（街道下发）",), ("共7人",))),
    "turned round": laid_out(range(5, -1, -1)),
    "in other words": laid_out(姓名="户主姓名", 联系电话="手机号", 住址="家庭住址", 身份证号="身份证号码"),
    "without running numbers": laid_out((1, 2, 3, 4, 5), below=((), ("制表人：样某",))),
    "upside down": laid_out(order=(6, 5, 4, 3, 0, 1, 2)),
}


@pytest.mark.parametrize(
    ("layout", "form"),
    [
        ("as it is", as_xlsx),
        *((layout, (as_csv, as_xlsx)[place % 2]) for place, layout in enumerate(LAYOUTS)),
    ],
)
def test_sample_6_a_list_from_above(
    settled: Callable[[int], Volunteer], tmp_path: Path, layout: str, form: Callable[[Path, Rows], Path]
) -> None:
    office = settled(5)
    office.ok("person", "edit", "居民甲", "--name", "李样甲")
    office.ok("person", "edit", "居民丙", "--id-number", "11010519491231002X")
    office.ok("person", "edit", "居民样5", "--phone", "19900000004")
    office.ok("campaign", "add", "名单", "--code", "above", "--start", "2026-06-01")
    rows, outcomes = LAYOUTS[layout]
    path = form(tmp_path / "targets_from_above", rows)
    words = ("import", "targets", path, "--campaign", "above", "--on-error", "skip", "-f", "json")
    answer = office(*words).json
    assert (answer["rows"]["new"], answer["rows"]["same"]) == (
        outcomes.count("new"),
        outcomes.count("same"),
    ), answer
    assert [row["reason"] for row in answer["rejected"]] == [
        each for each in outcomes if each in ("ambiguous", "not_found")
    ]
    before = office.dump()
    again = office(*words).json
    assert (again["rows"]["new"], again["rows"]["same"]) == (0, 5)
    assert office.dump() == before
    office.ok("campaign", "open", "above")
    targets = office.rows("campaign", "targets", "above")
    # What is yellow is no outcome: nobody was tried.
    assert sorted((row["household_id"], row["result"], row["attempts"]) for row in targets) == [
        (key, "todo", 0) for key in (1, 2, 3)
    ]
