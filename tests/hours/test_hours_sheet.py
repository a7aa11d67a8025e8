"""Sheets of hours and sign-in sheets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def sheet(office: Any, tmp_path: Path) -> Any:
    """Imports lines of CSV as hours; answers the summary."""

    def imported(*lines: str, options: tuple[str, ...] = ("--on-error", "skip")) -> Any:
        path = tmp_path / "hours.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        result = office.volunteer("import", "hours", path, *options, "-f", "json")
        assert result.code in (0, 5), result.err
        return result.json

    imported.office = office  # type: ignore[attr-defined]
    return imported


def reasons(summary: Any) -> list[tuple[int, str | None, str]]:
    return [(row["row"], row["column"], row["reason"]) for row in summary["rejected"]]


HEAD = "姓名,日期,开始时间,结束时间,时长,服务内容"


def test_new_then_the_same(sheet: Any) -> None:
    lines = (
        HEAD,
        "李明,2026-06-01,9:00,11:00,,清扫",
        "李明,2026-06-01,,,1.5,清扫",
        "王芳,2026-06-01,22:00,0:00,2,",
    )
    assert sheet(*lines)["rows"] == {
        "read": 4,
        "skipped": 1,
        "new": 3,
        "updated": 0,
        "same": 0,
        "rejected": 0,
    }
    again = sheet(*lines)
    assert again["rows"]["same"] == 3
    assert again["operation"] is None
    assert [row["evidence"] for row in sheet.office.list()] == ["reported"] * 3


def test_a_row_that_stands_twice_is_refused_every_time(sheet: Any) -> None:
    lines = (
        HEAD,
        "李明,2026-06-01,,,1.5,清扫",
        "李明,2026.6.1,,,90分钟,清扫",
        "李明,2026-06-02,9:00,10:00,,",
        "李明,2026-06-02,9:00,10:00,,",
    )
    for fate in ("new", "same"):
        summary = sheet(*lines)
        assert summary["rows"][fate] == 2
        assert reasons(summary) == [(3, None, "duplicate_in_file"), (5, None, "duplicate_in_file")]
        assert "row 2" in summary["rejected"][0]["message"]


def test_a_second_import_brings_nothing_back(sheet: Any) -> None:
    lines = (
        HEAD,
        "李明,2026-06-01,9:00,10:00,,甲",
        "李明,2026-06-02,9:00,10:00,,乙",
        "李明,2026-06-03,9:00,10:00,,丙",
        "李明,2026-06-04,,,1,丁",
        "李明,2026-06-05,9:00,10:00,,戊",
    )
    sheet(*lines)
    run = sheet.office.volunteer.ok
    run("hours", "void", 1, "--reason", "x")
    run("hours", "reject", 2, "--reason", "x")
    run("hours", "confirm", 3)
    run("hours", "correct", 3, "--end", "11:00", "--reason", "x")
    run("hours", "correct", 4, "--hours", "2", "--reason", "x")
    run("hours", "correct", 5, "--hours", "2", "--reason", "x")
    before = sheet.office.volunteer.dump()
    assert sheet(*lines)["rows"]["same"] == 5
    assert sheet.office.volunteer.dump() == before


def test_each_fault_has_its_reason(sheet: Any) -> None:
    sheet.office.add("李明", "2026-06-10", "9:00", "11:00")
    summary = sheet(
        HEAD,
        "李明,2026-06-10,10:00,12:00,,",
        "李明,2026-06-11,11:00,9:00,,",
        "李明,2026-06-11,9:00,11:00,3,",
        "李明,2026-07-11,9:00,11:00,,",
        "李明,2026-06-11,,,,清扫",
        "李明,2026-06-11,,9:00,,",
        "李明,,9:00,10:00,,",
        "李明,2026-06-12,9:00,10:00,,",
        "李明,2026-06-12,9:00,10:00,,",
        "李明,2026-06-12,9:30,10:30,,",
        "没人,2026-06-12,9:30,10:30,,",
        "李明,2026-06-13,2026-06-13 9:00,2026-06-14 10:00,,",
        "李明,2026-06-14,2026-06-13 9:00,2026-06-13 10:00,,",
    )
    assert reasons(summary) == [
        (2, None, "overlap"),
        (3, "结束时间", "bad_time"),
        (4, "时长", "bad_duration"),
        (5, "日期", "refused"),
        (6, "时长", "missing_value"),
        (7, "开始时间", "missing_value"),
        (8, "日期", "missing_value"),
        (10, None, "duplicate_in_file"),
        (11, None, "overlap"),
        (12, "姓名", "not_found"),
        (13, "结束时间", "bad_duration"),
        (14, "开始时间", "bad_time"),
    ]
    assert "[future]" in summary["rejected"][3]["message"]


def test_past_midnight_by_two_moments(sheet: Any) -> None:
    summary = sheet(HEAD, "李明,,2026-06-13 22:00,2026-06-14 2:00,,", "李明,2026-06-14,1:00,3:00,,")
    assert reasons(summary) == [(3, None, "overlap")]
    assert sheet.office.list()[0]["date"] == "2026-06-13"


def test_times_that_a_workbook_keeps(office: Any, tmp_path: Path) -> None:
    from datetime import datetime, time, timedelta

    from intake.sheets import xlsx_file

    rows = [
        ["姓名", "日期", "开始时间", "结束时间"],
        ["李明", None, datetime(2026, 6, 13, 22), datetime(2026, 6, 14)],
        ["李明", "2026-06-15", time(22), timedelta(hours=24)],
        ["李明", "2026-06-16", timedelta(hours=9), timedelta(hours=10, minutes=30)],
        ["李明", "2026-06-17", time(22), timedelta(hours=26)],
        ["李明", None, datetime(2026, 6, 18), datetime(2026, 6, 18, 1)],
    ]
    file = xlsx_file(tmp_path / "hours.xlsx", rows)
    summary = office.volunteer("import", "hours", file, "--on-error", "skip", "-f", "json").json
    assert reasons(summary) == [(5, "结束时间", "bad_time"), (6, "开始时间", "bad_time")]
    assert [(row["start"], row["end"], row["minutes"]) for row in office.list()] == [
        ("22:00", "00:00", 120),
        ("22:00", "00:00", 120),
        ("09:00", "10:30", 90),
    ]


def test_a_closed_period_refuses_rows(sheet: Any) -> None:
    sheet(HEAD, "李明,2026-05-01,9:00,10:00,,")
    sheet.office.volunteer.ok("hours", "confirm", "--period", "2026-05")
    sheet.office.volunteer.ok("hours", "close", "2026-05")
    summary = sheet(HEAD, "李明,2026-05-01,9:00,10:00,,", "李明,2026-05-02,9:00,10:00,,")
    assert summary["rows"]["same"] == 1
    assert reasons(summary) == [(3, "日期", "refused")]
    assert "[period_closed]" in summary["rejected"][0]["message"]


SIGNED = ("姓名,签到时间,签退时间,备注",)


def test_a_sign_in_sheet_of_an_event(sheet: Any) -> None:
    office = sheet.office
    summary = sheet(
        "活动名称：大扫除,活动时间：2026-06-01,,",
        *SIGNED,
        "李明,8:55,11:00,",
        "王芳,9:00,,",
        options=("--create-events",),
    )
    assert summary["rows"]["new"] == 2
    one, two = office.list()
    assert (one["event"], one["evidence"], one["status"]) == ("大扫除", "signed", "pending")
    assert (two["status"], two["start"], two["end"], two["minutes"]) == ("needs_review", "09:00", None, 0)
    (event,) = office.volunteer.ok("event", "list", "-f", "json").json
    assert (event["starts_at"], event["ends_at"], event["status"]) == (
        "2026-06-01T08:55:00+08:00",
        "2026-06-01T11:00:00+08:00",
        "done",
    )
    assert event["kind"] == "service"


def test_the_missing_end_comes_later(sheet: Any) -> None:
    above = "活动名称：大扫除,活动时间：2026-06-01,,"
    sheet(above, *SIGNED, "李明,9:00,,", options=("--create-events",))
    summary = sheet(above, *SIGNED, "李明,9:00,10:30,", options=("--create-events",))
    assert summary["rows"]["updated"] == 1
    (row,) = sheet.office.list()
    assert (row["id"], row["end"], row["minutes"], row["status"]) == (1, "10:30", 90, "pending")
    again = sheet(above, *SIGNED, "李明,9:00,,", options=("--create-events",))
    assert again["rows"]["same"] == 1


def test_events_must_exist_unless_they_are_made(sheet: Any) -> None:
    lines = ("姓名,活动名称,日期,时长", "李明,大扫除,2026-06-01,2")
    assert reasons(sheet(*lines)) == [(2, "活动名称", "not_found")]
    assert sheet(*lines, options=("--create-events",))["rows"]["new"] == 1
    assert sheet(*lines)["rows"]["same"] == 1
    assert len(sheet.office.volunteer.ok("event", "list", "-f", "json").json) == 1


def test_no_event_is_made_by_refused_rows(sheet: Any) -> None:
    sheet(
        "姓名,活动名称,日期,开始时间,结束时间",
        "没人,大扫除,2026-06-01,9:00,10:00",
        options=("--create-events", "--on-error", "skip"),
    )
    assert sheet.office.volunteer.ok("event", "list", "-f", "json").json == []


def test_one_event_for_all_rows(sheet: Any) -> None:
    office = sheet.office
    office.volunteer.today = "2026-05-01"
    office.event("大扫除", "2026-06-01 9:00", "11:00", "--team", "花园")
    office.event("课堂", "2026-06-02 9:00", "11:00", "--kind", "class")
    office.volunteer.today = "2026-06-30"
    summary = sheet("姓名,签到时间,签退时间", "李明,9:00,10:00", options=("--event", "大扫除"))
    assert summary["rows"]["new"] == 1
    (row,) = office.list()
    assert (row["date"], row["team"], row["evidence"]) == ("2026-06-01", "花园", "signed")
    refused = sheet(
        "姓名,签到时间,签退时间", "王芳,9:00,10:00", options=("--event", "课堂", "--on-error", "skip")
    )
    assert "[no_service]" in refused["rejected"][0]["message"]


def test_blanks_are_filled_and_values_kept(sheet: Any) -> None:
    sheet(HEAD, "李明,2026-06-01,9:00,11:00,,清扫")
    with_team = ("姓名,日期,开始时间,结束时间,服务内容,所属队伍", "李明,2026-06-01,9:00,11:00,清扫,花园")
    assert sheet(*with_team)["rows"]["updated"] == 1
    assert sheet.office.list()[0]["team"] == "花园"
    sheet.office.volunteer.ok("team", "add", "绿园")
    other = (with_team[0], with_team[1].replace("花园", "绿园"))
    assert reasons(sheet(*other)) == [(2, "所属队伍", "conflict")]
    assert sheet(*other, options=("--on-conflict", "keep"))["rows"]["same"] == 1
    assert sheet(*other, options=("--on-conflict", "update"))["rows"]["updated"] == 1
    assert sheet.office.list()[0]["team"] == "绿园"
    sheet.office.volunteer.ok("hours", "confirm", 1)
    assert sheet(*with_team, options=("--on-conflict", "update"))["rows"]["same"] == 1


def test_said_evidence_wins(sheet: Any) -> None:
    sheet("姓名,日期,时长,记录方式", "李明,2026-06-01,2,补录", "李明,2026-06-02,2,")
    assert [row["evidence"] for row in sheet.office.list()] == ["backfilled", "reported"]


def test_undo_takes_all_of_it_back(sheet: Any) -> None:
    before = sheet.office.volunteer.dump()
    sheet("姓名,活动名称,日期,时长", "李明,大扫除,2026-06-01,2", options=("--create-events",))
    sheet.office.volunteer.ok("undo")
    assert sheet.office.volunteer.dump() == before


def test_a_large_first_import_builds_its_indexes_again(sheet: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    from volunteer_cli.hours.sheet import writer

    def indexes() -> list[str]:
        with sqlite3.connect(sheet.office.volunteer.database) as connection:
            query = "SELECT sql FROM sqlite_master WHERE tbl_name = 'hours_record' AND type = 'index' ORDER BY name"
            return [row[0] for row in connection.execute(query)]

    monkeypatch.setattr(writer, "MANY", 2)
    before = indexes()
    lines = (f"李明,2026-06-{day:02},9:00,10:00,," for day in range(1, 20))
    sheet(HEAD, *lines, options=("-n",))
    assert indexes() == before
    assert sheet(HEAD, *(f"李明,2026-06-{day:02},9:00,10:00,," for day in range(1, 20)))["rows"]["new"] == 19
    assert indexes() == before
    assert sheet.office.volunteer.ok("check").out == ""


def test_of_several_faults_the_first_from_the_left_is_told(sheet: Any) -> None:
    summary = sheet(
        "姓名,电话,日期,开始时间,结束时间,时长,服务队",
        "没人,,2026-06-01,9:00,11:00,半天,",
        "没人,12,2026-06-01,9:00,11:00,,",
        "李明,,2026-06-01,11:00,9:00,,没有队",
        "李明,,2026-07-01,11:00,9:00,,",
        "李明,,2026-06-32,,,,",
        "李明,,2026-06-01,,,,没有队",
        "李明,,,9:00,9:00,,",
    )
    assert reasons(summary) == [
        (2, "姓名", "not_found"),
        (3, "电话", "bad_phone"),
        (4, "结束时间", "bad_time"),
        (5, "日期", "refused"),
        (6, "日期", "bad_date"),
        (7, "时长", "missing_value"),
        (8, "日期", "missing_value"),
    ]
    summary = sheet("服务队,时长,日期,姓名", "没有队,半天,2026-07-01,没人", ",2,2026-07-01,没人", ",2,,没人")
    assert reasons(summary) == [
        (2, "服务队", "not_found"),
        (3, "日期", "refused"),
        (4, "日期", "missing_value"),
    ]


@pytest.mark.parametrize(
    ("above", "start", "evidence"),
    [
        ("Garden day", "Time in", "signed"),
        ("Garden day", "Sign-in time", "signed"),
        ("志愿者簽到表", "开始时间", "signed"),
        ("活动（签到表）", "start", "signed"),
        ("工时统计表", "开始时间", "reported"),
        ("工时统计表", "簽到時間", "signed"),
    ],
)
def test_what_is_a_sign_in_sheet(sheet: Any, above: str, start: str, evidence: str) -> None:
    sheet(f"{above},,,", f"姓名,日期,{start},结束时间", "李明,2026-06-01,9:00,10:00")
    assert sheet.office.list()[0]["evidence"] == evidence


def test_a_sign_in_sheet_needs_a_time_in_each_row(sheet: Any) -> None:
    assert reasons(sheet("姓名,日期,签到时间,签退时间,服务时长", "李明,2026-06-01,,,")) == [
        (2, "签到时间", "missing_value")
    ]
    assert reasons(sheet("姓名,日期,开始时间,结束时间", "李明,2026-06-01,,")) == [
        (2, "开始时间", "missing_value")
    ]


def test_a_time_in_a_number_cell_comes_back_from_a_rejects_file(sheet: Any) -> None:
    summary = sheet(
        HEAD, "李明,2026-06-01,0.375,.5,,", "李明,2026-06-02,0.25,0.75,,", "李明,2026-06-02,0:00,0.75,,"
    )
    assert [(row["start"], row["end"]) for row in sheet.office.list()] == [
        ("09:00", "12:00"),
        ("00:00", "18:00"),
    ]
    assert reasons(summary) == [(3, "开始时间", "bad_time")]


def test_a_date_may_have_a_time(sheet: Any) -> None:
    summary = sheet(
        "姓名,服务日期,时长",
        "李明,2026-06-01 9:00,1",
        "李明,2026年6月2日上午9点,1",
        "李明,2026-06-03 25:00,1",
    )
    assert [row["date"] for row in sheet.office.list()] == ["2026-06-01", "2026-06-02"]
    assert reasons(summary) == [(4, "服务日期", "bad_date")]


def test_a_day_above_the_table_that_cannot_be_read_refuses_the_rows(sheet: Any) -> None:
    lines = ("活动名称：大扫除,活动时间：6月1日 9:00-11:00,,", *SIGNED, "李明,8:55,11:00,", "没人,9:00,,")
    options = ("--create-events", "--on-error", "skip")
    assert reasons(sheet(*lines, options=options)) == [(3, None, "bad_date"), (4, "姓名", "not_found")]
    assert sheet(*lines, options=(*options, "--year", "2026"))["rows"]["new"] == 1
    assert sheet.office.list()[0]["date"] == "2026-06-01"


@pytest.mark.parametrize(
    "above",
    [
        ("活动名称,大扫除,,活动时间,2026年6月1日 9:00-11:00", "地点,广场"),
        ("活动名称：,大扫除,,日期:,2026-06-01", "地点：,广场"),
        ("活动名称：大扫除；活动时间：2026年6月1日9:00—11:00；地点：广场",),
        ("Event,大扫除", "Date,2026.6.1，9:00-11:00", "Place,广场"),
        ("活动名称,大扫除,日期,2026-06-01", "地点,广场"),
    ],
)
def test_details_above_a_narrow_table(sheet: Any, above: tuple[str, ...]) -> None:
    lines = ("签到表", *above, "姓名,签到时间,签退时间", "李明,8:55,11:00", "领队签字:,,日期：2026.6.1")
    summary = sheet(*lines, options=("--create-events", "--on-error", "skip"))
    assert summary["rows"] == {
        "read": len(lines),
        "skipped": len(lines) - 1,
        "new": 1,
        "updated": 0,
        "same": 0,
        "rejected": 0,
    }
    assert [row["reason"] for row in summary["skipped"]] == [
        "title_row",
        *["note_row"] * len(above),
        "header_row",
        "footer_row",
    ]
    (event,) = sheet.office.volunteer.ok("event", "list", "-f", "json").json
    assert (event["title"], event["place"], event["starts_at"]) == (
        "大扫除",
        "广场",
        "2026-06-01T08:55:00+08:00",
    )


def reasons_of_skipped(summary: Any) -> set[str]:
    return {row["reason"] for row in summary["skipped"]}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["json", "ndjson", "csv", "tsv", "xlsx"])
def test_our_own_list_is_nothing_new(sheet: Any, tmp_path: Path, kind: str, language: str) -> None:
    office = sheet.office
    sheet(
        "姓名,活动名称,日期,开始时间,结束时间,时长,服务内容,所属队伍",
        "李明,大扫除,2026-06-01,9:00,11:00,,清扫,花园",
        "王芳,,2026-06-01,22:00,0:00,,=1,",
        "李明,,2026-06-02,,,1.5,清扫,",
        options=("--create-events",),
    )
    office.volunteer.ok("hours", "void", 3, "--reason", "x")
    office.volunteer.language = language
    file = tmp_path / f"list.{kind}"
    office.volunteer.ok("hours", "list", "-o", file)
    before = office.volunteer.dump()
    summary = office.volunteer.ok("import", "hours", file, "-f", "json").json
    rows = summary["rows"]
    assert (rows["same"], rows["new"], rows["updated"]) == (2, 0, 0)
    # What was voided does not count, and so is no record of the sheet.
    assert "void_row" in reasons_of_skipped(summary)
    assert office.volunteer.dump() == before


def test_the_day_of_an_event_to_make_may_stand_with_the_start_or_in_another_row(sheet: Any) -> None:
    lines = (
        "姓名,活动名称,日期,签到时间,签退时间,时长",
        "李明,守夜,,2026-06-01 22:00,2026-06-02 2:00,",
        "王芳,守夜,,,,2",
        "李明,清扫,2026-06-03,,,1",
        "李明,清扫,2026-06-04,,,1",
        "王芳,清扫,,,,1",
    )
    options = ("--create-events", "--on-error", "skip")
    summary = sheet(*lines, options=options)
    assert (summary["rows"]["new"], reasons(summary)) == (4, [(6, "活动名称", "not_found")])
    assert [(row["event"], row["date"]) for row in sheet.office.list()][:2] == [("守夜", "2026-06-01")] * 2
    again = sheet(*lines, options=options)
    assert (again["rows"]["same"], reasons(again)) == (4, [(6, "活动名称", "ambiguous")])


def test_service_time_in_hours_is_no_day(sheet: Any) -> None:
    summary = sheet("志愿者姓名,服务日期,服务时间（小时）", "李明,2026-06-01,2")
    assert summary["columns"] == {"志愿者姓名": "name", "服务日期": "date", "服务时间（小时）": "minutes"}
    assert sheet.office.list()[0]["minutes"] == 120
    assert sheet("姓名,服务时间,服务时间（分钟）", "李明,2026-06-02,45")["rows"]["new"] == 1
    assert sheet.office.list()[1]["minutes"] == 45


def test_what_was_corrected_more_than_once_is_recognised(sheet: Any) -> None:
    lines = (HEAD, "李明,2026-06-01,9:00,10:00,,甲", "李明,2026-06-02,9:00,10:00,,乙")
    sheet(*lines)
    run = sheet.office.volunteer.ok
    run("hours", "correct", 1, "--start", "9:30", "--end", "10:30", "--reason", "moved")
    run("hours", "correct", 2, "--start", "9:30", "--end", "10:30", "--reason", "moved")
    run("hours", "correct", 2, "--hours", "3", "--reason", "longer")
    before = sheet.office.volunteer.dump()
    assert sheet(*lines)["rows"]["same"] == 2
    moved = "李明,2026-06-02,9:30,10:30,,乙"
    assert sheet(HEAD, moved)["rows"]["same"] == 1
    assert sheet.office.volunteer.dump() == before


@pytest.mark.parametrize(("heading", "value"), [("所属队伍", "红队"), ("活动名称", "义诊")])
def test_namesakes_are_told_apart_by_where_they_belong(sheet: Any, heading: str, value: str) -> None:
    volunteer = sheet.office.volunteer
    first, second = (
        volunteer.ok("person", "add", "林一", "--phone", phone, "-f", "ids").out.strip()
        for phone in ("19900010001", "19900010002")
    )
    volunteer.ok("team", "add", "红队")
    volunteer.ok("team", "join", "红队", second, "--on", "2026-01-01")
    sheet.office.event("义诊", "2026-06-30 0:00", "23:59")
    volunteer.ok("event", "signup", "义诊", second)
    lines = (f"姓名,日期,时长,{heading}", f"林一,2026-06-30,2,{value}", "林一,2026-06-29,2,")
    summary = sheet(*lines)
    assert summary["rows"]["new"] == 1
    assert reasons(summary) == [(3, "姓名", "ambiguous")]
    assert volunteer.ok("hours", "list", "--person", first, "-f", "json").json == []
    assert len(volunteer.ok("hours", "list", "--person", second, "-f", "json").json) == 1
