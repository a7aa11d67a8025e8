"""Sheets as offices keep them come in exactly, and again they are the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from chain_scripts import FIRST, NEED, UNITS, batch
from volunteering import Volunteer

HEADINGS = (
    "序号",
    "企业名称",
    "问题描述",
    "责任单位",
    "交办时间",
    "办结时限",
    "办理情况",
    "是否办结",
    "满意度",
)
ROWS = (
    ("1", "样例企业", "用工难", "区行政审批服务局", "2026-03-02", "5个工作日", "已对接", "是", ""),
    ("2", "同上", "停车难", "区城市管理局", "同上", "三日内", "协调中", "否", ""),
    ("3", "同上", "融资难", "区发展和改革委员会", "2026-03-05", "3月底前", "已放款", "已办结", "满意"),
    ("4", "同上", "围墙高", "区城市管理局", "2026-03-05", "2026年4月10日前", "", "办理中", ""),
)


def workbook(path: Path, title: str, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, len(headings) - 1, title)
        for line, row in enumerate((headings, *rows), start=1):
            page.write_row(line, 0, row)
    return path


@pytest.fixture
def filled(volunteer: Volunteer) -> Volunteer:
    batch(volunteer, UNITS)
    return volunteer


def counts(volunteer: Volunteer, *words: object) -> tuple[int, int, int]:
    rows = volunteer.ok("import", *words, "-f", "json").json["rows"]
    return rows["new"], rows["updated"], rows["same"]


def test_a_ledger_of_needs(filled: Volunteer, tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", "企业诉求问题台账", HEADINGS, ROWS)
    before = filled.dump()
    assert counts(filled, "needs", path) == (4, 0, 0)
    needs = {row["text"]: row for row in filled.rows("pairing", "needs")}
    assert [needs[text]["due_on"] for text in ("用工难", "停车难", "融资难", "围墙高")] == [
        "2026-03-09",
        "2026-03-05",
        "2026-03-31",
        "2026-04-10",
    ]
    assert (needs["用工难"]["status"], needs["用工难"]["done_on"]) == ("done", None)
    assert (needs["融资难"]["status"], needs["融资难"]["score"]) == ("confirmed", 4)
    assert needs["停车难"]["owner"] == "区城市管理局"
    assert counts(filled, "needs", path) == (0, 0, 4)
    filled.ok("undo")
    assert filled.dump() == before


#: How offices say by when, of something that was given to them on Monday, the second of March 2026.
WORDS = {
    "15日内": "2026-03-17", "一周内": "2026-03-09", "2周": "2026-03-16", "半个月内": "2026-03-17",
    "1个月": "2026-04-02", "三个工作日": "2026-03-05", "十五个工作日内": "2026-03-23", "24小时内": "2026-03-03",
    "2小时": "2026-03-02", "即办": "2026-03-02", "当日": "2026-03-02", "月底前": "2026-03-31",
    "本月底": "2026-03-31", "6月底前完成": "2026-06-30", "2月底": "2027-02-28", "年底前": "2026-12-31",
    "4月10日前": "2026-04-10", "1月5日前办结": "2027-01-05", "2026.4.10": "2026-04-10",
    "2026年4月10日前": "2026-04-10", "20260410": "2026-04-10",
}  # fmt: skip
NO_DAY = ("长期", "尽快", "4月上旬", "2月30日前", "13月底")


def test_due_dates_in_words(filled: Volunteer, tmp_path: Path) -> None:
    rows = [
        ("", "样例企业", f"问题{place}", "区城市管理局", "2026-03-02", word, "", "否", "")
        for place, word in enumerate((*WORDS, *NO_DAY))
    ]
    path = workbook(tmp_path / "台账.xlsx", "企业诉求问题台账", HEADINGS, tuple(rows))
    answer = filled("import", "needs", path, "--on-error", "skip", "-f", "json").json
    days = {row["text"]: row["due_on"] for row in filled.rows("pairing", "needs")}
    assert [days.get(f"问题{place}") for place in range(len(WORDS))] == list(WORDS.values())
    assert [row["reason"] for row in answer["rejected"]] == ["bad_date"] * len(NO_DAY)


def test_working_days_are_those_of_the_office(filled: Volunteer, tmp_path: Path) -> None:
    """The fourth and fifth are days off there, and Saturday the seventh is worked."""
    filled.ok("policy", "set", "working_days", "2026-03-07=on,2026-03-04=off,2026-03-05=off")
    row = ("", "样例企业", "问题", "区城市管理局", "2026-03-02", "三个工作日", "", "否", "")
    path = workbook(tmp_path / "台账.xlsx", "企业诉求问题台账", HEADINGS, (row,))
    filled.ok("import", "needs", path)
    assert filled.rows("pairing", "needs")[0]["due_on"] == "2026-03-07"


def test_the_ledger_that_is_written_comes_back_the_same(filled: Volunteer, tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", "企业诉求问题台账", HEADINGS, ROWS)
    filled.ok("import", "needs", path)
    written = tmp_path / "写出.xlsx"
    filled.ok("pairing", "needs", "-o", written)
    assert counts(filled, "needs", written) == (0, 0, 4)


def test_units_pairings_contacts_and_actions(filled: Volunteer, tmp_path: Path) -> None:
    units = workbook(
        tmp_path / "units.xlsx",
        "成员单位名单",
        ("成员单位", "职责", "领域"),
        (("区城市管理局", "成员", "执法"), ("样例新单位", "成员", "监管")),
    )
    assert counts(filled, "units", units, "--create-organizations", "--on-conflict", "keep") == (1, 0, 1)
    pairings = workbook(
        tmp_path / "pairings.xlsx",
        "包挂名单",
        ("包挂企业", "包挂单位", "包挂干部"),
        (("样例企业", "区行政审批服务局", "样干部"), ("样例企业二", "区城市管理局", "样干部二")),
    )
    assert counts(filled, "pairings", pairings, "--create-organizations") == (1, 0, 1)
    assert counts(filled, "pairings", pairings) == (0, 0, 2)
    contacts = workbook(
        tmp_path / "contacts.xlsx",
        "走访台账",
        ("企业名称", "走访时间", "走访方式", "走访情况"),
        (("样例企业", "2026-03-01", "电话", "问候"), ("同上", "2026-04-01", "实地走访", "看车间")),
    )
    assert counts(filled, "contacts", contacts) == (2, 0, 0)
    assert counts(filled, "contacts", contacts) == (0, 0, 2)
    batch(filled, NEED, FIRST)
    actions = workbook(
        tmp_path / "actions.xlsx",
        "督办台账",
        ("议题", "督办事项", "责任单位", "交办时间", "办结时限", "是否办结", "办结时间"),
        (
            (
                "注销要跑三个窗口",
                "培训窗口人员",
                "区行政审批服务局",
                "2026-04-12",
                "一个月内",
                "是",
                "2026-05-01",
            ),
        ),
    )
    assert counts(filled, "actions", actions) == (1, 0, 0)
    assert counts(filled, "actions", actions) == (0, 0, 1)
    assert filled.rows("council", "actions", "hall")[-1]["due_on"] == "2026-05-12"
    assert filled.ok("check").out == ""
