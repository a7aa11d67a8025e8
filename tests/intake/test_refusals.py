"""Refused rows wait on disk where there are many, and come back as they were, in the order of the file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.sheets import csv_file

from volunteer_cli.core.errors import AmbiguousDate, BadPhone, NotFound
from volunteer_cli.core.text import mask_digits
from volunteer_cli.intake import refusals as module
from volunteer_cli.intake.refusals import Refusal, Refusals
from volunteer_cli.intake.several import SheetRow

ERRORS = (
    NotFound(noun="person", value="赵一凡"),
    BadPhone(value="1990001"),
    AmbiguousDate(value="03/04/2025"),
)
SEVERAL = st.lists(
    st.tuples(st.integers(1, 50), st.sampled_from(["", "一月", "二月"]), st.sampled_from(ERRORS)), max_size=40
)


def refusal(row: int, sheet: str, error: Any) -> Refusal:
    number = SheetRow.of(row, sheet) if sheet else row
    return Refusal(number, "电话", error, mask_digits, cells=["赵一凡", None, 2.5])


def said(refusals: Any) -> list[Any]:
    return [(int(each.row), each.sheet, each.reason, each.message(), each.cells) for each in refusals]


@pytest.mark.parametrize("held", [0, 3, 5000])
@given(parts=st.lists(SEVERAL, max_size=4))
def test_on_disk_they_are_what_they_were_in_memory(held: int, parts: Any) -> None:
    patch = pytest.MonkeyPatch()
    patch.setattr(module, "HELD", held)
    refusals, plain = Refusals(), [refusal(*each) for part in parts for each in part]
    for part in parts:
        refusals.add(refusal(*each) for each in part)
    patch.undo()
    sheets = list(dict.fromkeys(each.sheet for each in plain))
    expected = said(sorted(plain, key=lambda each: (sheets.index(each.sheet), each.row)))
    assert len(refusals) == len(plain)
    # They are read as often as one likes.
    assert said(refusals) == said(refusals) == expected
    assert said(refusals.of_code("bad_phone")) == [each for each in expected if each[2] == "bad_phone"]


def test_an_import_says_the_same_of_rows_that_wait_on_disk(
    volunteer: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    volunteer.ok("person", "add", "赵一凡")
    rows = [["姓名", "电话", "出生日期", "备注"]]
    rows += [["赵一凡", "1990001", "", "a"], ["钱二宝3", "", "", "b"], ["孙三元", "", "2030-01-01", "'=1"]]
    rows += [["李四喜", "", "06/07/1980", "x"], ["周五", "19900010001", "", ""]]
    file, kept = csv_file(tmp_path / "a.csv", rows), []
    for held in (5000, 0):
        monkeypatch.setattr(module, "HELD", held)
        rejects = tmp_path / f"{held}.csv"
        words = ("import", "people", file, "--on-error", "skip")
        told = volunteer(*words, "--rejects", rejects, "-n").err
        answer = json.loads(volunteer(*words, "-n", "-f", "json").out)
        result = volunteer(*words, "--rejects", rejects)
        assert result.code == 5
        volunteer.ok("undo", "-y")
        kept.append((told, answer, result.err.split("Operation")[0], rejects.read_bytes()))
    assert kept[0] == kept[1]
    assert [row["row"] for row in kept[0][1]["rejected"]] == [2, 3, 4, 5]
