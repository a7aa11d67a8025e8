"""What reports refuse, how they compare and draw, and what they say of nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from volunteering import Volunteer

from volunteer_cli.reporting.catalogue import reports

PHONE = "13800001111"
FORMATS = ("table", "csv", "tsv", "json", "ndjson", "markdown", "html", "ids")


@pytest.mark.parametrize("name", reports())
def test_every_format_and_no_secret(story: Volunteer, tmp_path: Path, name: str) -> None:
    for language in ("en", "zh"):
        story.language = language
        for form in FORMATS:
            assert PHONE not in story.ok("report", name, "-f", form).out
    story.ok("report", name, "-o", tmp_path / "report.xlsx")


@pytest.mark.parametrize("name", reports())
@pytest.mark.parametrize("period", [None, "2025", "2031"])
def test_of_an_empty_database(volunteer: Volunteer, name: str, period: str | None) -> None:
    words = ("--period", period) if period else ()
    volunteer.ok("report", name, *words, "-f", "json")
    volunteer.ok("report", name, *words, "-f", "table")


def test_no_hours_are_none(volunteer: Volunteer) -> None:
    assert volunteer.ok("report", "hours", "-f", "json").json == [{"minutes": 0, "records": 0, "people": 0}]
    assert volunteer.ok("report", "hours", "--by", "team,month", "-f", "json").json == []


@pytest.mark.parametrize(
    "report", [report for report in reports().values() if report.groups], ids=lambda report: report.name
)
def test_every_group_of_every_report(story: Volunteer, report: Any) -> None:
    for group in report.choices:
        rows = story.ok("report", report.name, "--by", group, "-f", "json").json
        assert all(group in row for row in rows)
    story.refused("unknown_field", "report", report.name, "--by", "nope", exit_code=2)


def test_comparison_with_the_period_before(story: Volunteer) -> None:
    (row,) = story.ok("report", "hours", "--period", "2025", "--compare", "-f", "json").json
    assert (row["minutes"], row["minutes_before"], row["minutes_change"]) == (900, 240, 660)
    story.refused("usage", "report", "hours", "--compare", exit_code=2)


def test_a_month_is_compared_with_its_counterpart(story: Volunteer) -> None:
    rows = story.ok("report", "hours", "--by", "month", "--period", "2025", "--compare", "-f", "json").json
    by_month = {row["month"]: (row["minutes"], row["minutes_before"]) for row in rows}
    assert by_month == {"2025-05": (0, 60), "2025-09": (240, 0), "2025-10": (480, 0), "2025-12": (180, 180)}


def test_a_team_narrows(story: Volunteer) -> None:
    (row,) = story.ok("report", "hours", "--team", "绿色家园维护者", "-f", "json").json
    # The day of ten hours is cut to eight before the team is looked at: its six hours came first.
    assert row["minutes"] == 240 + 360
    story.refused("not_found", "report", "hours", "--team", "nobody", exit_code=4)


def test_pictures(story: Volunteer, tmp_path: Path) -> None:
    drawn = story.ok("report", "hours", "--by", "team", "--chart").out
    assert "█" in drawn
    assert "未归入队伍" in story.ok("report", "hours", "--by", "team", "--chart", "--lang", "zh").out
    assert "▔" in story.ok("report", "hours", "--by", "month", "--chart").out
    story.ok("report", "hours", "--by", "month", "--chart", "-o", tmp_path / "hours.html")
    assert "<svg" in (tmp_path / "hours.html").read_text(encoding="utf-8")
    story.ok("report", "hours", "--by", "team", "--chart", "-o", tmp_path / "hours.xlsx")
    assert len(load_workbook(tmp_path / "hours.xlsx").worksheets[0]._charts) == 1
    story.refused("usage", "report", "hours", "--chart", "-f", "csv", exit_code=2)


def test_totals_are_of_the_rows_shown(story: Volunteer) -> None:
    shown = story.ok(
        "report", "hours", "--by", "team", "-f", "table", "--sort", "minutes", "--limit", "1"
    ).out
    assert shown.splitlines()[-1].split() == ["Total", "3:00", "1"]
    assert "Total" not in story.ok("report", "volunteers", "--by", "skill", "-f", "table").out


def test_explanations(story: Volunteer) -> None:
    rows = story.ok("report", "explain", "hours", "-f", "json").json
    assert {"minutes", "records", "people", "team"} <= {row["figure"] for row in rows}
    assert all(row["meaning"] for row in rows)
    said = story.ok("report", "explain", "hours", "-v", "-f", "table").out
    assert "hours_record.status = 'confirmed'" in said
    story.refused("not_found", "report", "explain", "hors", exit_code=4)


@pytest.mark.parametrize("report", reports().values(), ids=lambda report: report.name)
def test_every_column_is_defined_and_every_definition_shown(report: Any) -> None:
    names = [part.column.name for part in (*report.groups, *report.figures)]
    assert len(names) == len(set(names))
    assert all(part.meaning.endswith(".") for part in (*report.groups, *report.figures))
    assert report.question.endswith("?")
    assert set(report.keys) <= set(names)


def test_the_list_names_them_all(story: Volunteer) -> None:
    listed = story.ok("report", "list", "-f", "json").json
    assert [row["name"] for row in listed] == list(reports())


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("hours --by team", ["1", "2"]),
        ("hours --by month --period 2025-10..2025-12", ["2025-10", "2025-12"]),
        ("hours", []),
        ("teams", ["1", "2"]),
        ("honours", ["1", "2"]),
        ("overview --community anda", ["2"]),
        ("today", ["event:1", "event:4"]),
    ],
)
def test_ids_are_those_of_what_a_row_is_of(story: Volunteer, words: str, ids: list[str]) -> None:
    found = story.ok("report", *words.split(), "-f", "ids").out.split()
    assert [one for one in ids if one not in found] == []
    assert len(found) >= len(ids)
    assert ids or not found


def test_a_sum_of_all_has_no_totals_row(story: Volunteer) -> None:
    assert len(story.ok("report", "hours", "-f", "table").out.splitlines()) == 3
    assert len(story.ok("report", "hours", "--by", "community", "-f", "table").out.splitlines()) == 6


def test_what_names_a_row_is_not_compared(story: Volunteer) -> None:
    (first, *_rest) = story.ok("report", "stars", "--period", "2025", "--compare", "-f", "json").json
    assert {"level", "threshold", "holders", "holders_before", "holders_change"} <= set(first)
    assert not {"level_before", "level_change", "threshold_before"} & set(first)
    drives = story.ok("report", "drives", "--period", "2025", "--compare", "-f", "json").json
    assert "goal_change" not in drives[0]
    overview = story.ok("report", "overview", "--period", "2025", "--compare", "-f", "json").json
    assert "communities_change" not in overview


def test_pictures_and_workbooks_keep_approximate_marks(story: Volunteer, tmp_path: Path) -> None:
    assert "≥ 12" in story.ok("report", "drives", "--chart").out.splitlines()[-3]
    story.ok("report", "drives", "--chart", "-o", tmp_path / "drives.html")
    assert "≥ 12" in (tmp_path / "drives.html").read_text(encoding="utf-8").split("</svg>")[0]
    story.ok("report", "drives", "-o", tmp_path / "drives.xlsx")
    sheet = load_workbook(tmp_path / "drives.xlsx").worksheets[0]
    received = {row[1].value: row[4] for row in sheet.iter_rows(min_row=2)}
    assert (received["衣物"].value, received["衣物"].number_format) == (12, '"≥ "0')
    assert received["书籍"].number_format == "General"


def test_the_overview_has_the_period_before_beside_each_figure(story: Volunteer) -> None:
    words = ("report", "overview", "--period", "2025", "--compare", "-f", "table")
    lines = story.ok(*words).out.splitlines()
    assert lines[0].split("  ")[-1] == "Change"
    assert ["Hours", "15:00", "4:00", "11:00"] in [line.split() for line in lines]
    some = story.ok(*words, "--fields", "minutes_before,records").out
    assert [line.split()[-1] for line in some.splitlines()[2:]] == ["4:00", "5"]


def test_months_of_a_period_of_days_stay_where_they_are(story: Volunteer) -> None:
    words = ("--by", "month", "--period", "2025-09-20..2025-10-10", "--compare", "-f", "json")
    rows = story.ok("report", "hours", *words).json
    assert {row["month"]: (row["minutes"], row["minutes_before"]) for row in rows} == {
        "2025-09": (0, 240),
        "2025-10": (480, 0),
    }


def test_a_page_and_a_workbook_say_what_they_are_of(story: Volunteer, tmp_path: Path) -> None:
    words = ("report", "hours", "--by", "team", "--period", "2025", "--community", "binhu")
    page, book = tmp_path / "hours.html", tmp_path / "hours.xlsx"
    story.language = "zh"
    story.ok(*words, "-o", page)
    story.ok(*words, "-o", book)
    text = "滨湖社区 · 期间：2025 · 截至2026年6月30日"
    assert text in page.read_text(encoding="utf-8")
    made = load_workbook(book)
    assert (made.properties.title, made.properties.subject) == ("服务时长", text)
    assert text in made.worksheets[0].oddHeader.left.text
    sheet = made.worksheets[0]
    assert (sheet["A1"].value, sheet["A2"].value) == ("服务时长", text)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert sheet["B3"].alignment.horizontal == "right"
    *_rows, last = made.worksheets[0].iter_rows(values_only=True)
    assert last[0] == "合计"
    assert str(last[1]).startswith("=SUBTOTAL(109,B4:B"), "it follows the filter"
    story.ok("person", "list", "--volunteer", "--where", "phone=13800001111", "-o", page)
    told = page.read_text(encoding="utf-8").split('class="about">')[1].split("</p>")[0]
    assert "全部社区" in told
    assert PHONE not in told
    assert "about" not in story.ok(*words, "-f", "csv").out
