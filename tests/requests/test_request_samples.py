"""Samples of requests as a hotline exports them and as offices write them, as XLSX and as CSV, and their neighbours.

Each has the same traps in other places: what comes of it is the same, and a second import brings nothing new.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer
from xlsxwriter import Workbook

Rows = Sequence[Sequence[Any]]
#: Columns of an export of which nobody here knows what they mean.
UNKNOWN = tuple(f"扩展字段{number}" for number in range(1, 12))


def as_xlsx(path: Path, rows: Rows) -> Path:
    """A workbook in which moments are dates and numbers are numbers, as a database writes it."""
    with Workbook(str(path.with_suffix(".xlsx")), {"strings_to_formulas": False}) as book:
        sheet, day = book.add_worksheet("导出"), book.add_format({"num_format": "yyyy/m/d h:mm:ss"})
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, place, value, day)
                elif value != "":
                    sheet.write(number, place, value)
    return path.with_suffix(".xlsx")


def as_csv(path: Path, rows: Rows, encoding: str = "utf-8-sig") -> Path:
    """The same as text: moments as a locale writes them, long numbers as a spreadsheet spoils them."""
    path = path.with_suffix(".csv")
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([[as_text(value) for value in row] for row in rows])
    return path


def as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y/}{value.month}/{value.day} {value.hour}:{value:%M:%S}"
    return f"{value:.11E}" if isinstance(value, float) else str(value)


def as_gb18030(path: Path, rows: Rows) -> Path:
    return as_csv(path, rows, "gb18030")


FORMS = (as_xlsx, as_csv, as_gb18030)
Form = Callable[[Path, Rows], Path]


def tried(layouts: Iterable[str]) -> list[Any]:
    """The first layout in every form and each other in one; in `make faults` all in all."""
    return [
        pytest.param(layout, form, marks=[pytest.mark.faults] if place and place % 3 != number else [])
        for place, layout in enumerate(layouts)
        for number, form in enumerate(FORMS)
    ]


USUAL = {
    "external": "工单编号", "at": "来电时间", "caller": "来电人", "phone": "联系电话", "channel": "诉求渠道",
    "kind": "诉求类型", "category": "诉求分类", "text": "诉求内容", "place": "问题点位", "lead": "承办单位",
    "due": "办理时限", "result": "办理结果", "finished": "办结时间", "solved": "是否解决", "satisfied": "满意度",
}  # fmt: skip
OTHER = {
    "external": "诉求编号", "at": "受理时间", "caller": "反映人", "phone": "手机号码", "channel": "来源",
    "kind": "事项性质", "category": "问题类别", "text": "反映问题", "place": "地点", "lead": "责任单位",
    "due": "办结时限", "result": "处理情况", "finished": "办结时间", "solved": "是否解决", "satisfied": "是否满意",
}  # fmt: skip
#: Orders of a hotline: each a dictionary of what its cells hold.
ORDERS: list[dict[str, Any]] = [
    {"external": "370100202511030001", "at": datetime(2025, 11, 3, 8, 5), "caller": "某女士", "phone": "19900000001",
     "channel": "12345热线", "kind": "投诉", "category": "供热", "text": "家里暖气不热", "place": "3号楼",
     "lead": "样例供热公司、样例物业公司", "due": "2025-11-10", "result": "已解决", "finished": "2025-11-07",
     "satisfied": "满 意"},
    {"external": "370100202511030002", "at": "2025年11月3日", "caller": "匿名", "channel": "12345热线", "kind": "求助",
     "category": "排水", "text": "=cmd|' /C calc'!A0 下水道\n反水", "place": "5号楼", "lead": "样例物业公司",
     "due": "2025-11-12", "result": "处理中"},
    # The number that a spreadsheet kept as one: its last digits are gone.
    {"external": 3.70100202511e17, "at": "2025-11-04", "caller": "李某", "channel": "12345热线", "kind": "咨询",
     "category": "政策", "text": "高龄津贴怎么领"},
    # The second order again, with a later state.
    {"external": "370100202511030002", "at": "2025年11月3日", "caller": "匿名", "channel": "12345热线", "kind": "求助",
     "category": "排水", "text": "=cmd|' /C calc'!A0 下水道\n反水", "place": "5号楼", "lead": "样例物业公司",
     "due": "2025-11-12", "result": "已解决", "finished": "2025-11-11"},
]  # fmt: skip


def laid_out(headings: dict[str, str], names: Sequence[str], above: Rows, below: Rows) -> Rows:
    """The orders under their headings, with columns that nobody knows between them."""
    head = [cell for name, other in zip(names, UNKNOWN, strict=False) for cell in (headings[name], other)]
    head += [headings[name] for name in names[len(UNKNOWN) :]]
    rows = [
        [cell for name in names[: len(UNKNOWN)] for cell in (order.get(name, ""), "x")]
        + [order.get(name, "") for name in names[len(UNKNOWN) :]]
        for order in ORDERS
    ]
    return [*above, head, *rows, *below]


NAMES = tuple(USUAL)
TURNED = tuple(reversed(NAMES))
LAYOUTS = {
    "as it is": laid_out(USUAL, NAMES, (), ()),
    "under a title": laid_out(USUAL, NAMES, (("市民热线工单导出",), ("导出时间：2025-11-12",)), ()),
    "turned round": laid_out(USUAL, TURNED, (), ()),
    "in other words": laid_out(OTHER, NAMES, (), ()),
    "with a foot": laid_out(OTHER, TURNED, (("工单明细",),), ((), ("合计", "4"), ("制表人：样某",))),
    "running numbers": [
        ["序号", *laid_out(USUAL, NAMES, (), ())[0]],
        *([number, *row] for number, row in enumerate(laid_out(USUAL, NAMES, (), ())[1:], 1)),
    ],
}


def bring(volunteer: Volunteer, path: Path, *words: str) -> Any:
    answer = volunteer("import", "requests", path, "-f", "json", "--on-error", "skip", *words)
    assert answer.out, answer.err
    return answer.json


@pytest.mark.parametrize(("layout", "form"), tried(LAYOUTS))
def test_sample_3_a_hotlines_export(volunteer: Volunteer, tmp_path: Path, layout: str, form: Form) -> None:
    path = form(tmp_path / "requests_12345", LAYOUTS[layout])
    words = ("--create-organizations", "--on-conflict", "update")
    answer = bring(volunteer, path, *words)
    assert [row["reason"] for row in answer["rejected"]] == ["damaged_by_excel"], answer
    assert set(UNKNOWN) <= set(answer["unknown_columns"]), answer["unknown_columns"]
    rows = {row["external"]: row for row in volunteer.rows("request", "list")}
    assert sorted(rows) == ["370100202511030001", "370100202511030002"]
    heating, drain = (volunteer.ok("request", "show", number, "-f", "json").json for number in sorted(rows))
    assert (heating["received_at"], heating["channel"], heating["kind"], heating["category"]) == (
        "2025-11-03T08:05:00+08:00", "hotline", "complaint", "heating",
    )  # fmt: skip
    assert (heating["lead"], heating["helpers"], heating["result"]) == (
        "样例供热公司",
        ["样例物业公司"],
        "solved",
    )
    # Whether it is solved stands in no cell: nobody guesses that it was asked, whatever else the sheet says.
    (caller,) = heating["caller_rows"]
    assert (caller["name"], caller["reached"], caller["solved"]) == ("某女士", False, None)
    assert heating["status"] == "finished"
    assert (drain["text"], drain["result"]) == ("=cmd|' /C calc'!A0 下水道反水", "solved")
    assert [row["name"] for row in drain["caller_rows"]] == [None]
    before = volunteer.dump()
    again = bring(volunteer, path, *words)
    assert (again["rows"]["new"], again["rows"]["updated"]) == (0, 0), again
    assert volunteer.dump() == before
    assert volunteer.ok("check").out == ""


HAND = ("编号", "日期", "反映人", "反映问题", "地点", "办结时间", "是否解决", "满意度")
LEDGER: Rows = (
    ("1", "3月2日", "张样一、李样二、赵样三", "楼道灯不亮", "2号楼", "3月3日", "√", "满 意"),
    ("2", "3月5日", "同上", "楼道堆物", "2号楼", "", "", ""),
    ("3", "3月9日", "王某", "树枝挡窗", "6号楼", "3月1日", "√", ""),
)


def by_hand(order: Sequence[int], above: Rows = (), below: Rows = (), **words: str) -> Rows:
    """The ledger with its columns in an order, and with other words in it."""

    def cells(row: Sequence[str]) -> list[str]:
        return [words.get(cell, cell) for cell in (row[place] for place in order)]

    return [*above, cells(HAND), *map(cells, LEDGER), *below]


HANDS = {
    "as it is": by_hand(range(8)),
    "under a title": by_hand(range(8), above=(("2026年诉求台账",), ())),
    "turned round": by_hand(range(7, -1, -1)),
    "in other words": by_hand(
        range(8), 反映人="诉求人", 反映问题="诉求内容", 日期="受理时间", 满意度="是否满意"
    ),
    "other signs": by_hand(
        range(8), **{"√": "是", "满 意": "满意", "张样一、李样二、赵样三": "张样一，李样二；赵样三"}
    ),
    "with a foot": by_hand((1, 0, 2, 3, 4, 5, 6, 7), below=(("合计", "", "3件"), ("填表人：样某",))),
}


@pytest.mark.parametrize(("layout", "form"), tried(HANDS))
def test_sample_4_a_ledger_by_hand(volunteer: Volunteer, tmp_path: Path, layout: str, form: Form) -> None:
    path = form(tmp_path / "requests_ledger", HANDS[layout])
    answer = bring(volunteer, path, "--year", "2026")
    assert [(row["reason"], row["column"]) for row in answer["rejected"]] == [("bad_date", "办结时间")], (
        answer
    )
    rows = volunteer.rows("request", "list")
    assert [(row["text"], row["external"], row["callers"], row["status"]) for row in rows] == [
        ("楼道灯不亮", None, 3, "closed"),
        ("楼道堆物", None, 3, "registered"),
    ]
    assert [row["received_at"][:10] for row in rows] == ["2026-03-02", "2026-03-05"]
    shown = volunteer.ok("request", "show", rows[0]["number"], "-f", "json").json
    assert [(row["name"], row["solved"], row["satisfied"]) for row in shown["caller_rows"]] == [
        (name, "yes", "yes") for name in ("张样一", "李样二", "赵样三")
    ]
    before = volunteer.dump()
    again = bring(volunteer, path, "--year", "2026")
    assert (again["rows"]["new"], again["rows"]["same"]) == (0, 2)
    assert volunteer.dump() == before
