"""The sheet to sign, the calendar, and suggestions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")


def read_calendar(content: bytes) -> dict[str, Any]:
    """The entries by title, read by a parser that forgives nothing RFC 5545 demands."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    whole: Any = Calendar.from_ical(content)
    assert not whole.errors
    assert (whole["version"], bool(whole["prodid"])) == ("2.0", True)
    zones = {zone["tzid"] for zone in whole.walk("vtimezone")}
    entries = whole.walk("vevent")
    for entry in entries:
        assert not entry.errors
        assert {"uid", "dtstamp", "dtstart", "dtend", "sequence", "status"} <= {
            name.lower() for name in entry
        }
        assert entry["dtstart"].params["tzid"] in zones
        assert entry["dtstamp"].dt.utcoffset() == timedelta(0)
        assert entry["dtstart"].dt < entry["dtend"].dt
    assert len({entry["uid"] for entry in entries}) == len(entries)
    return {str(entry["summary"]): entry for entry in entries}


def calendar_of(volunteer: Any, *words: object) -> dict[str, Any]:
    """The entries of `event calendar`; the runner of commands turns its line ends into our own."""
    return read_calendar(volunteer.ok("event", "calendar", *words).out.replace("\n", "\r\n").encode())


def test_calendar(hall: Any, volunteer: Any, tmp_path: Path) -> None:
    team = hall.team("绿色家园", 1)
    hall.event("清洁日, 第一次; 很长的名字" * 4, "--team", team, "--place", "广场")
    hall.event("守夜", start="2026-12-31 20:00", end="00:00", opened=False)
    hall.event("走访", start="2026-01-01 9:00")
    volunteer.ok("event", "cancel", "走访")
    volunteer.ok("event", "archive", "走访")
    entries = calendar_of(volunteer)
    assert len(entries) == 3
    assert entries["守夜"]["dtend"].dt == datetime(2027, 1, 1, tzinfo=SHANGHAI)
    statuses = {title: str(entry["status"]) for title, entry in entries.items()}
    assert (statuses["守夜"], statuses["走访"]) == ("TENTATIVE", "CANCELLED")
    path = tmp_path / "events.ics"
    shown = volunteer.ok("event", "calendar", "--team", "绿色家园", "-o", path, "-f", "json")
    assert [row["team"] for row in shown.json] == ["绿色家园"]
    assert len(read_calendar(path.read_bytes())) == 1


def test_calendar_that_is_read_again_updates(hall: Any, volunteer: Any) -> None:
    def entry() -> Any:
        return calendar_of(volunteer)["清洁日"]

    event = hall.event("清洁日")
    first = entry()
    volunteer.ok("event", "edit", event, "--start", "2026-07-05 9:00")
    moved = entry()
    volunteer.ok("undo")
    back = entry()
    assert first["uid"] == moved["uid"] == back["uid"]
    assert first["sequence"] < moved["sequence"] < back["sequence"]
    assert first["dtstart"].dt == back["dtstart"].dt != moved["dtstart"].dt


def test_empty_calendar_is_one(volunteer: Any) -> None:
    assert calendar_of(volunteer) == {}


def test_sheet_to_sign(hall: Any, volunteer: Any, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    hall.person("=赵敏", phone="13812345678", volunteer_no="BINHU-V0001")
    event = hall.event("清洁日", "--capacity", 2, "--place", "中心广场")
    volunteer.ok("event", "signup", event, "李明", "=赵敏", "王芳")
    path = tmp_path / "roster.xlsx"
    volunteer.language = "zh"
    volunteer.ok("event", "roster", event, "-o", path)
    rows = [list(row) for row in openpyxl.load_workbook(BytesIO(path.read_bytes())).active.values]
    assert [row[0] for row in rows[:5]] == [
        "签到表",
        "活动名称：清洁日",
        "活动日期：2026-07-04",
        "起止时间：09:00至11:00",
        "地点：中心广场",
    ]
    assert rows[5] == [
        "序号",
        "姓名",
        "志愿者编号",
        "手机尾号",
        "班次",
        "签到时间",
        "签名",
        "签退时间",
        "签名",
        "备注",
    ]
    assert [row[1] for row in rows[6:8]] == ["李明", "=赵敏"]
    assert rows[7][3] == "5678"
    with ZipFile(path) as book:
        # Who has a number has it as a code too, as on the page.
        assert [name for name in book.namelist() if name.startswith("xl/media/")] == [
            "xl/media/image1.png",
            "xl/media/image2.png",
        ]
    page = volunteer.ok("event", "roster", event, "-f", "html").out
    assert "签到时间" in page
    assert page.count("<tr><td>") == len(rows) - 6 == 13, "lines to sign on to the end of the page"
    assert "带队人签字" in page
    assert "王芳" not in page
    assert "13812345678" in volunteer.ok("event", "roster", event, "-f", "html", "--reveal", "打电话通知").out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sheet_that_was_filled_in_comes_back_as_hours(
    hall: Any, volunteer: Any, tmp_path: Path, language: str
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    hall.person("李明", volunteer_no="BINHU-V0004")
    event = hall.event("清洁日", "--code", "clean", "--place", "广场")
    volunteer.ok("event", "copy", event, "--start", "2026-07-05 9:00")
    volunteer.ok("event", "signup", event, 4, "王芳")
    path = tmp_path / "roster.xlsx"
    volunteer.language = language
    volunteer.ok("event", "roster", event, "-o", path)
    book = openpyxl.load_workbook(path)
    head = next(row for row in book.active.iter_rows() if row[1].value in ("姓名", "Name"))
    first = head[0].row + 1
    for line, (came, left) in enumerate([("9:00", "11:00"), ("9：10", "上午11点")], start=first):
        book.active.cell(line, 6).value, book.active.cell(line, 8).value = came, left
    book.active.cell(first + 2, 2).value = "张伟"
    book.active.cell(first + 2, 6).value, book.active.cell(first + 2, 8).value = "9:30", "11:30"
    book.save(path)
    hall.at("2026-07-04T18:00")
    told = volunteer.ok("import", "hours", path, "-f", "json").json
    assert (told["rows"]["new"], told["rows"]["rejected"]) == (3, 0)
    rows = volunteer.ok("hours", "list", "--event", event, "-f", "json").json
    assert [(row["person_id"], row["minutes"], row["evidence"]) for row in rows] == [
        (4, 120, "signed"),
        (2, 110, "signed"),
        (3, 120, "signed"),
    ]


def test_roster_rows_have_the_fields_of_the_contract(hall: Any, volunteer: Any) -> None:
    hall.person("赵敏", phone="13812345678")
    event = hall.event("清洁日")
    volunteer.ok("event", "signup", event, "赵敏")
    (row,) = hall.roster(event)
    assert row == {
        "id": 1,
        "person": "赵敏",
        "person_id": 4,
        "volunteer_no": "T-赵敏",
        "phone": "138****5678",
        "shift": None,
        "status": "signed_up",
        "position": None,
        "checked_in_at": None,
        "checked_out_at": None,
        "override_reason": None,
        "waits_for": None,
    }
    assert volunteer.ok("event", "roster", event, "-f", "csv").out.startswith(
        "person,volunteer_no,phone,shift,status"
    )


class TestSuggest:
    """Who is suggested, and in which order."""

    @pytest.fixture
    def suggested(self, hall: Any, volunteer: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
        pytest.importorskip("volunteer_cli.hours.queries")

        def ask(event: object, *words: object) -> Any:
            return volunteer.ok("event", "suggest", event, *words, "-f", "json").json

        return ask

    def test_order(self, hall: Any, volunteer: Any, suggested: Any) -> None:
        nurse = hall.person("护士", skills=("急救",))
        team = hall.team("绿色家园", 2, nurse)
        busy = hall.event("走访")
        volunteer.ok("event", "signup", busy, "李明")
        event = hall.event("急救演练", "--needs-skill", "急救", "--team", team)
        rows = suggested(event)
        assert [row["person"] for row in rows] == ["护士", "王芳", "张伟", "李明"]
        assert [row["free"] for row in rows] == [True, True, True, False]
        assert [row["skill"] for row in rows] == [True, False, False, False]
        assert [row["member"] for row in rows] == [True, True, False, False]
        assert len(suggested(event, "--need", 2)) == 2

    def test_near_and_not_asked(self, hall: Any, volunteer: Any, suggested: Any) -> None:
        hall.person("邻居", building="3")
        hall.person("同网格", grid="第一网格")
        hall.person("小红", birth="2020-01-01")
        hall.person("居民", registered_on=None)
        hall.archive(3)
        event = hall.event("清洁日", "--place", "3号楼")
        volunteer.ok("event", "signup", event, "李明")
        rows = suggested(event)
        assert [(row["person"], row["near"]) for row in rows] == [
            ("邻居", "building"),
            ("王芳", None),
            ("同网格", None),
        ]
        other = hall.event("走访", "--place", "第一网格", start="2026-07-05 9:00")
        assert suggested(other)[0]["near"] == "grid"

    def test_served_longest_ago(self, hall: Any, volunteer: Any, suggested: Any) -> None:
        volunteer.ok("hours", "add", "李明", "--date", "2026-06-01", "--hours", "2h")
        volunteer.ok("hours", "add", "王芳", "--date", "2026-05-01", "--hours", "2h")
        volunteer.ok("hours", "confirm", 1, 2)
        rows = suggested(hall.event("清洁日"))
        assert [row["person"] for row in rows] == ["张伟", "王芳", "李明"]
        assert rows[1]["last_served_on"] == date(2026, 5, 1).isoformat()
