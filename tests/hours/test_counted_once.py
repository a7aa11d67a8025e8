"""An hour is counted once: whole sheets against a plain reading of the domain page's rules, pair by pair.

Sheets are judged by statements over all their rows at once; here each row is compared with every record and
every row before it. Nothing is taken over from the rules but their words.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from volunteer_cli.hours.models import HoursRecord

FIRST = date(2026, 5, 1)
DAY = 1440
NAMES = {1: "李明", 2: "王芳"}
HEAD = ("姓名", "日期", "开始时间", "结束时间", "时长", "服务内容")
LIVE = ("pending", "confirmed", "needs_review")


@dataclass
class Given:
    """A service as a person reads it: on which day, from when (None where unknown), how long, doing what."""

    person: int
    day: int
    start: int | None
    minutes: int
    work: str | None
    status: str = "pending"
    row: int | None = None
    also: list[tuple[int | None, int]] = field(default_factory=list)
    """The start and length that it had before it was corrected."""

    @property
    def span(self) -> tuple[int, int]:
        begin = self.day * DAY + (self.start or 0)
        return begin, begin + self.minutes

    def same(self, other: Given) -> bool:
        """Person, day, times or duration, work: in all that the other is, or was."""
        if (self.person, self.day, self.work) != (other.person, other.day, other.work):
            return False
        return (self.start, self.minutes) in [(other.start, other.minutes), *other.also]

    def shares_time(self, other: Given) -> bool:
        """Half-open: touching ends are fine; records without times share none."""
        if self.person != other.person or None in (self.start, other.start) or other.status not in LIVE:
            return False
        (start, end), (first, last) = self.span, other.span
        return start < last and first < end


def verdicts(rows: list[Given], stored: list[Given], closed: int | None) -> list[str]:
    """What becomes of each row, compared with all that is stored and all rows that were taken before."""
    known = list(stored)
    said = []
    for row in rows:
        same = [other for other in known if row.same(other)]
        # What stands is met before what was rejected, voided or corrected.
        same.sort(key=lambda other: other.status not in LIVE or (row.start, row.minutes) in other.also)
        if same:
            said.append("same" if same[0].row is None else "duplicate_in_file")
            same[0].row = row.row
        elif any(row.shares_time(other) for other in known):
            said.append("overlap")
        elif closed is not None and row.day <= closed:
            said.append("refused")
        else:
            said.append("new")
            known.append(row)
    return said


def some_service(chance: Random) -> Given:
    start = chance.choice((None, 480, 540, 600, 1320, 1410))
    return Given(
        chance.randint(1, 2), chance.randrange(6), start, chance.choice((60, 120, 240)), chance.choice((None, "清扫"))
    )  # fmt: skip


def store(office: Any, chance: Random) -> list[Given]:
    """Services that stand beside each other, some of them voided, rejected or corrected in place."""
    stored: list[Given] = []
    for _each in range(12):
        service = some_service(chance)
        service.status = chance.choice(("pending", "confirmed", "voided", "rejected"))
        if any(
            service.same(other) or service.shares_time(other) or other.shares_time(service)
            for other in stored
        ):
            continue
        stored.append(service)
    with office.volunteer.writing() as session:
        for service in stored:
            end = None if service.start is None else service.start + service.minutes
            session.add(
                HoursRecord(
                    community_id=1, person_id=service.person, served_on=FIRST + timedelta(days=service.day),
                    start_minute=service.start, end_minute=end, minutes=service.minutes, evidence="reported",
                    status=service.status, late=False, recorded_by="x", confirmed_by=None if service.status == "pending" else "y", reason="写错了" if service.status in ("voided", "rejected") else None, work=service.work,
                )
            )  # fmt: skip
            session.flush()
    for key, service in enumerate(stored, 1):
        if service.status == "pending" and service.start is None and chance.random() < 0.5:
            longer = chance.choice((90, 150))
            if office.volunteer("hours", "correct", key, "--minutes", longer, "--reason", "写错了").code == 0:
                service.also, service.minutes = [(service.start, service.minutes)], longer
    return stored


def write(path: Path, rows: list[Given]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEAD)
        for number, row in enumerate(rows, 2):
            row.row = number
            lines.writerow(cells(row))


def cells(row: Given) -> list[object]:
    """A row as a sheet has it; a night is two days and times."""
    day, work = FIRST + timedelta(days=row.day), row.work or ""
    if row.start is None:
        return [NAMES[row.person], day, "", "", f"{row.minutes}分钟", work]
    begin, end = (f"{minute // 60 % 24}:{minute % 60:02}" for minute in (row.start, row.start + row.minutes))
    if row.start + row.minutes > DAY:
        begin, end = f"{day} {begin}", f"{day + timedelta(days=1)} {end}"
    return [NAMES[row.person], day, begin, end, "", work]


@pytest.mark.parametrize("seed", [0, 1, 2, 5, 14, 22, 36, 44])
def test_sheets_are_judged_as_by_comparing_all_pairs(office: Any, tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    stored = store(office, chance)
    closed = None
    if seed % 3 == 2:
        closed = 1
        with office.volunteer.writing() as session:
            for record in session.scalars(select(HoursRecord).where(HoursRecord.status == "pending")):
                record.status, record.confirmed_by = "confirmed", "y"
        office.volunteer.ok("hours", "close", f"{FIRST}..{FIRST + timedelta(days=1)}", "-y")
    rows = [some_service(chance) for _row in range(40)]
    rows += [Given(each.person, each.day, each.start, each.minutes, each.work) for each in stored]
    chance.shuffle(rows)
    write(tmp_path / "sheet.csv", rows)
    expected = verdicts(rows, stored, closed)
    words = ("import", "hours", tmp_path / "sheet.csv", "--on-error", "skip", "-f", "json")
    result = office.volunteer(*words)
    assert result.code in (0, 5), result.err
    summary = result.json
    refused = {each["row"]: each["reason"] for each in summary["rejected"]}
    assert refused == {
        row.row: said for row, said in zip(rows, expected, strict=True) if said not in ("new", "same")
    }
    counts = Counter(expected)
    assert (summary["rows"]["new"], summary["rows"]["same"]) == (counts["new"], counts["same"])
    assert office.volunteer.ok("check").out == ""
    again = office.volunteer(*words)
    again = office.volunteer(*words).json["rows"]
    assert again["new"] == 0
    assert again["same"] == counts["new"] + counts["same"]


def test_new_rows_are_written_in_the_order_of_the_file(office: Any, tmp_path: Path) -> None:
    rows = [Given(1 + number % 2, number // 2, 540, 60, None) for number in range(10)]
    # The third and fourth are crowded: judged one by one, they come in where they stand all the same.
    rows.insert(3, Given(1, 1, None, 30, None))
    write(tmp_path / "sheet.csv", rows)
    office.volunteer.ok("import", "hours", tmp_path / "sheet.csv")
    with office.volunteer.writing() as session:
        query = select(HoursRecord.person_id, HoursRecord.served_on, HoursRecord.minutes).order_by(
            HoursRecord.id
        )
        written = [tuple(row) for row in session.execute(query)]
    assert written == [(row.person, FIRST + timedelta(days=row.day), row.minutes) for row in rows]


def test_no_statement_of_an_import_scans_what_is_stored(
    office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A night's file pays for its own rows, whatever has been stored before it."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    os.fspath(office.volunteer.database)  # plans are those of SQLite
    store(office, Random(1))
    plans: list[str] = []

    def explain(
        connection: Any, cursor: Any, statement: str, values: Any, _context: Any, _many: bool
    ) -> None:
        if statement.lstrip().startswith(("SELECT", "INSERT INTO hours_")) and "hours_record" in statement:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
            plans.extend(row[3] for row in cursor.fetchall())

    write(tmp_path / "sheet.csv", [some_service(Random(number)) for number in range(30)])
    event.listen(Engine, "before_cursor_execute", explain)
    try:
        office.volunteer("import", "hours", tmp_path / "sheet.csv", "--on-error", "skip")
    finally:
        event.remove(Engine, "before_cursor_execute", explain)
    assert any(
        "SEARCH hours_record USING INDEX ix_hours_record_person_id_served_on" in plan for plan in plans
    )
    # `LIMIT 1` is how an empty table is told from others.
    assert [plan for plan in plans if plan.startswith("SCAN hours_record") and "COVERING" not in plan] == []


def test_a_row_of_another_sheet_is_named_with_its_sheet(office: Any, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title in ("一月", "二月"):
        page = book.create_sheet(title)
        for line in (
            HEAD,
            ("李明", "2026-05-01", "9:00", "10:00", "", ""),
            ("王芳", f"2026-05-0{len(book.sheetnames)}", "9:00", "10:00", "", ""),
        ):
            page.append(line)
    book.save(tmp_path / "year.xlsx")
    words = ("import", "hours", tmp_path / "year.xlsx", "--sheet", "all", "--on-error", "skip", "-f", "json")
    summary = office.volunteer(*words).json
    assert summary["rows"]["new"] == 3
    (refused,) = summary["rejected"]
    assert (refused["row"], refused["reason"]) == (2, "duplicate_in_file")
    assert "二月" in refused["message"]
    assert "一月" in refused["message"]


def test_a_long_comparison_is_announced_at_a_terminal(
    office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from volunteer_cli.intake import progress

    monkeypatch.setattr(progress, "_is_watched", lambda: True)
    with office.volunteer.writing():
        progress.say_phase(progress.MANY - 1)
        assert capsys.readouterr().err == ""
        progress.say_phase(progress.MANY)
    assert "200,000" in capsys.readouterr().err
