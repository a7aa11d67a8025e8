"""Call sheets out and back, and lists from above."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from volunteering import Volunteer


def read_sheet(path: Path) -> tuple[list[str], list[list[Any]]]:
    rows = [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]
    return [str(cell) for cell in rows[0]], rows[1:]


def fill(path: Path, filled: dict[int, dict[str, Any]]) -> None:
    """Write into the columns of a sheet, by number on the list."""
    book = openpyxl.load_workbook(path)
    page = book.active
    headings = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        for heading, value in filled.get(int(row[0].value), {}).items():
            row[headings.index(heading)].value = value
    book.save(path)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_call_sheet_goes_out_and_comes_back(calls: Volunteer, tmp_path: Path, language: str) -> None:
    calls.ok("campaign", "question", "hanchao", "heat", "家里暖气热吗", "--type", "yes_no")
    calls.ok("campaign", "deal", "hanchao", "--to", "蒋样一", "--take", "3")
    calls.language = language
    sheet = tmp_path / "jiang.xlsx"
    calls.ok("campaign", "sheet", "hanchao", "--to", "蒋样一", "-o", sheet, "--reveal", "寒潮电话排查")
    headings, rows = read_sheet(sheet)
    assert [row[0] for row in rows] == [1, 2, 3]
    assert "19900000001" in map(str, rows[0])
    outcome, at = ("Outcome", "Time") if language == "en" else ("联系结果", "联系时间")
    assert {outcome, at, "家里暖气热吗"} <= set(headings)
    again = "Call again at" if language == "en" else "再联系时间"
    fill(
        sheet,
        {
            1: {outcome: "已登记", at: "晚7点半", "家里暖气热吗": "是"},
            2: {outcome: "晚上再打", at: "10:00", again: "19:00"},
        },
    )
    result = calls.ok("import", "attempts", sheet, "--campaign", "hanchao", "-f", "json").json
    assert result["rows"] == {"read": 4, "skipped": 2, "new": 2, "updated": 0, "same": 0, "rejected": 0}
    assert {"row": 4, "reason": "no_result"} in result["skipped"]
    made = calls.rows("campaign", "attempts", "hanchao")
    assert [(row["target"], row["by"], row["outcome"], row["at"], row["callback_at"]) for row in made] == [
        (1, "蒋样一", "done", "2026-06-01T19:30:00+08:00", None),
        (2, "蒋样一", "callback", "2026-06-01T10:00:00+08:00", "2026-06-01T19:00:00+08:00"),
    ]
    assert made[0]["answers"] == {"heat": "yes"}
    # A second import brings nothing new, and the first is one operation.
    assert (
        calls.ok("import", "attempts", sheet, "--campaign", "hanchao", "-f", "json").json["rows"]["new"] == 0
    )
    calls.ok("undo")
    assert calls.rows("campaign", "attempts", "hanchao") == []


def rejected(calls: Volunteer, path: Path, *words: str) -> dict[int, dict[str, Any]]:
    result = calls(
        "import", "attempts", path, "--campaign", "hanchao", "--on-error", "skip", "-f", "json", *words
    )
    return {row["row"]: row for row in result.json["rejected"]}


def test_what_cannot_be_read_is_refused_and_never_taken_for_worse(calls: Volunteer, tmp_path: Path) -> None:
    calls.ok("campaign", "add", "另一个", "--code", "other", "--start", "2026-06-01")
    calls.ok("campaign", "open", "other")
    calls.ok(
        "campaign",
        "record",
        "hanchao",
        "4",
        "--by",
        "赵样一",
        "--outcome",
        "done",
        "--on",
        "2026-06-01 08:00",
    )
    path = tmp_path / "back.csv"
    lines = [
        "名单编号,联系结果,联系时间,联系人",
        "1,没接/关机,2026-06-01 08:00,赵样一",
        "2,空户,2026-06-01 08:00,赵样一",
        "5,已登记,2026-06-01 08:00,赵样一",
        "4,已登记,2026-06-01 08:30,蒋样一",
        "3,关机,2026-06-01 08:00,查无此人",
        "3,关机,2026-06-01 08:00,赵样一",
        "3,关机,2026-06-01 08:00,赵样一",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    rows = rejected(calls, path)
    assert {number: row["reason"] for number, row in rows.items()} == {
        2: "bad_outcome", 3: "refused", 4: "refused", 5: "refused", 6: "not_found",
    }  # fmt: skip
    for number, code in ((3, "evidence_missing"), (4, "not_a_target"), (5, "already_done")):
        assert f"[{code}]" in rows[number]["message"]
    assert len(calls.rows("campaign", "attempts", "hanchao", "3")) == 1


def test_a_row_whose_number_stands_beside_another_household_is_refused(
    calls: Volunteer, tmp_path: Path
) -> None:
    calls.ok("campaign", "deal", "hanchao", "--to", "蒋样一", "--take", "2")
    path = tmp_path / "sorted.csv"
    path.write_text(
        "名单编号,住户,楼栋,居住人,电话,联系结果,空户依据\n1,BINHU-H00002,3,居民乙,19900000002,已登记,\n2,BINHU-H00002,3,居民乙,19900000002,空户,电表、邻居\n",
        encoding="utf-8",
    )
    rows = rejected(calls, path)
    assert {number: (row["reason"], row["column"]) for number, row in rows.items()} == {
        2: ("conflict", "住户"),
    }


def test_everything_that_a_sheet_prints_is_known_when_it_comes_back(calls: Volunteer, tmp_path: Path) -> None:
    calls.ok("campaign", "deal", "hanchao", "--to", "蒋样一", "--take", "1")
    for language in ("en", "zh"):
        calls.language = language
        sheet = tmp_path / f"{language}.xlsx"
        calls.ok("campaign", "sheet", "hanchao", "--to", "蒋样一", "-o", sheet, "--reveal", "排查")
        answer = calls.ok("import", "attempts", sheet, "--campaign", "hanchao", "-f", "json")
        assert answer.json["unknown_columns"] == []


def test_a_live_lease_of_somebody_else_refuses_the_row(calls: Volunteer, tmp_path: Path) -> None:
    calls.ok("campaign", "deal", "hanchao", "--to", "蒋样一", "--take", "1")
    path = tmp_path / "back.csv"
    path.write_text("名单编号,联系结果,联系人\n1,已登记,赵样一\n2,已登记,赵样一\n", encoding="utf-8")
    rows = rejected(calls, path)
    assert list(rows) == [2]
    assert "[leased]" in rows[2]["message"]
    calls.refused("missing_answer", "import", "attempts", path, exit_code=2)


def test_the_paper_masks_what_nobody_gave_a_reason_for(calls: Volunteer, tmp_path: Path) -> None:
    calls.ok("campaign", "deal", "hanchao", "--to", "蒋样一", "--take", "1")
    page = tmp_path / "jiang.html"
    calls.ok("campaign", "sheet", "hanchao", "--to", "蒋样一", "-o", page)
    assert "19900000001" not in page.read_text(encoding="utf-8")
    calls.ok("campaign", "sheet", "hanchao", "--to", "蒋样一", "-o", page, "--reveal", "排查")
    text = page.read_text(encoding="utf-8")
    assert "19900000001" in text
    assert "3-1-101" in text


def test_a_list_from_above(calls: Volunteer, tmp_path: Path) -> None:
    calls.ok("campaign", "add", "名单", "--code", "above", "--start", "2026-06-01")
    calls.ok("person", "edit", "居民丁", "--phone", "19900000003")
    calls.ok("person", "edit", "居民甲", "--name", "李样甲")
    path = tmp_path / "targets.csv"
    lines = [
        "序号,姓名,联系电话,住址",
        "1,李样甲,+86 199 0000 0001,",
        "2,,19900000002,",
        "3,李样甲,,",
        "4,张样无,,",
        "5,,19900000003,",
        "6,,,3-1-104",
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    words = ("import", "targets", path, "--campaign", "above", "--on-error", "skip", "-f", "json")
    result = calls(*words).json
    assert (result["rows"]["new"], result["rows"]["same"], result["rows"]["rejected"]) == (3, 1, 2), result[
        "rejected"
    ]
    assert {row["row"]: row["reason"] for row in result["rejected"]} == {5: "not_found", 6: "ambiguous"}
    assert calls(*words).json["rows"]["new"] == 0
    calls.ok("campaign", "open", "above")
    assert [row["household_id"] for row in calls.rows("campaign", "targets", "above")] == [1, 2, 4]


def test_a_list_from_above_may_bring_who_is_not_on_file(calls: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,联系电话,住址,网格\n,,3-1-150,07\n,,3-1-101,07\n", encoding="utf-8")
    words = ("import", "targets", path, "--campaign", "hanchao")
    assert "3-1-150" in calls.refused("rows_rejected", *words, exit_code=5).err
    summary = calls.ok(*words, "--create-households", "-f", "json").json["rows"]
    assert (summary["new"], summary["same"]) == (1, 1)
    (row,) = [row for row in calls.rows("campaign", "targets", "hanchao") if row["source"] == "added"]
    assert (row["household"], row["grid"], row["building"]) == ("BINHU-H00005", "07", "3")
    assert calls.ok(*words, "--create-households", "-f", "json").json["rows"]["new"] == 0


def test_a_list_of_persons_may_bring_who_is_not_on_file(calls: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,联系电话\n钱样七,13800000009\n钱样七,13800000009\n", encoding="utf-8")
    calls.ok("campaign", "add", "逐人", "--code", "people", "--unit", "person", "--start", "2026-06-01")
    words = ("import", "targets", path, "--campaign", "people")
    calls.refused("rows_rejected", *words, exit_code=5)
    summary = calls.ok(*words, "--create-people", "-f", "json").json["rows"]
    assert summary["new"] == 1
    assert [row["person"] for row in calls.rows("campaign", "targets", "people")] == ["钱样七"]
    calls.ok("undo")
    assert calls.rows("person", "list", "--search", "钱样七") == []
