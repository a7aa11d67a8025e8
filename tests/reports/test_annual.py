"""The year's report, opened in a real browser where one is installed."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from volunteering import Volunteer

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
#: Looks at a page inside a frame as wide as a phone or a desk and writes down what is wrong.
LOOK = """
<iframe id="frame" style="width:WIDTHpx;height:900px;border:0" srcdoc="PAGE"></iframe><pre id="found"></pre>
<script>
document.getElementById("frame").onload = event => {
  const page = event.target.contentDocument, wide = page.documentElement.clientWidth, found = [];
  const say = (what, element) => found.push(what + ": " + (element.outerHTML || "").slice(0, 90));
  if (page.documentElement.scrollWidth > wide) found.push("the page overflows: " + page.documentElement.scrollWidth);
  for (const element of page.querySelectorAll("body *")) {
    const box = element.getBoundingClientRect();
    if (box.right > wide + 1 && !element.closest(".scroll")) say("beyond the edge", element);
  }
  for (const cell of page.querySelectorAll("td, th"))
    if (cell.textContent.length > 3 && cell.getBoundingClientRect().width < 45) say("squeezed", cell);
  for (const chart of page.querySelectorAll("svg"))
    if (![...chart.querySelectorAll("text")].some(text => text.textContent.trim())) say("no text", chart);
  for (const link of page.querySelectorAll("a"))
    if (!link.getAttribute("href").startsWith("#") || !page.getElementById(link.getAttribute("href").slice(1))) say("dead", link);
  const counts = {charts: page.querySelectorAll("svg").length, links: page.querySelectorAll("a").length};
  document.getElementById("found").textContent = JSON.stringify({found, ...counts});
};
</script>
"""


@pytest.fixture(params=["en", "zh"])
def page(story: Volunteer, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    story.language = request.param
    path = tmp_path / "annual.html"
    story.ok("report", "annual", "--period", "2025", "-o", path)
    return path


def test_the_page_needs_nothing_else(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert not re.search(r'(src|href)="(?!#)', text)
    assert not re.search(r"url\((?!#)", text)
    assert "@import" not in text
    assert "13800001111" not in text


def test_charts_are_sound_and_told_in_words(page: Path) -> None:
    charts = re.findall(r"<svg.*?</svg>", page.read_text(encoding="utf-8"), re.DOTALL)
    assert charts
    for chart in charts:
        assert ET.fromstring(chart).findall("{http://www.w3.org/2000/svg}text")


@pytest.mark.skipif(not BROWSER, reason="NO BROWSER: install chromium to have the annual report looked at")
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_overflows_and_every_link_works(page: Path, tmp_path: Path, width: int) -> None:
    frame = tmp_path / "frame.html"
    frame.write_text(
        LOOK.replace("WIDTH", str(width)).replace("PAGE", html.escape(page.read_text(encoding="utf-8"))),
        encoding="utf-8",
    )
    looked = subprocess.run(
        [BROWSER, *FLAGS, f"--user-data-dir={tmp_path}/profile", "--virtual-time-budget=5000", "--window-size=1400,1000", "--dump-dom", frame.as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    ).stdout  # fmt: skip
    told = re.search(r'<pre id="found">(.+?)</pre>', looked, re.DOTALL)
    assert told, looked[-500:]
    found = json.loads(html.unescape(told[1]))
    assert found["found"] == []
    assert found["charts"] >= 2
    assert found["links"] >= 8


@pytest.mark.skipif(not BROWSER, reason="NO BROWSER: install chromium to have the annual report printed")
def test_it_prints_on_paper(page: Path, tmp_path: Path) -> None:
    paper = tmp_path / "annual.pdf"
    subprocess.run(
        [BROWSER, *FLAGS, f"--user-data-dir={tmp_path}/profile", "--no-pdf-header-footer", f"--print-to-pdf={paper}", page.as_uri()],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    assert paper.read_bytes().startswith(b"%PDF")
    # A4 in points.
    assert re.search(rb"/MediaBox \[0 0 59[45][^ ]* 84[12]", paper.read_bytes())


def test_the_workbook_has_the_same_tables_with_charts(story: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "annual.xlsx"
    told = story.ok("report", "annual", "--period", "2025", "-o", path, "-f", "json").json
    book = load_workbook(path)
    assert len(book.worksheets) == told["tables"] + 4
    assert sum(len(sheet._charts) for sheet in book.worksheets) >= 2
    hours = book["Hours by month"]
    served = sum((row[1] for row in hours.iter_rows(min_row=4, values_only=True)), timedelta())
    assert served == timedelta(minutes=told["minutes"]) == timedelta(hours=15)
    said = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert said[0][0] == "Volunteer service in 2025"
    assert any("hours" in str(sentence) for _part, sentence in said[3:]), "whoever opens it reads first"
    assert hours["A1"].value == "Hours by month"
    assert "2025" in hours["A2"].value
    first = {row[0]: row[1:] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert first["Hours"] == (timedelta(hours=15), timedelta(hours=4))
    assert first["Freight waived"] == (120, 0)


def test_a_chart_of_nothing_is_left_out(story: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "annual.xlsx"
    story.ok("report", "annual", "--period", "2026", "-o", path)
    assert [
        len(sheet._charts) for sheet in load_workbook(path).worksheets if sheet.title.startswith("Members")
    ] == [0]


def test_the_notice_stands_in_it_masked(story: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "annual.html"
    story.ok("report", "annual", "--period", "2025", "-o", path)
    text = path.read_text(encoding="utf-8")
    assert "BINHU-N2026-0001" in text
    assert "赵**" in text
    assert "赵样四" not in text


@pytest.mark.parametrize("period", ["2025", "2031", "this-month"])
def test_of_nothing_it_says_so(volunteer: Volunteer, tmp_path: Path, period: str) -> None:
    path = tmp_path / "annual.html"
    assert volunteer.ok("report", "annual", "--period", period, "-o", path, "-f", "json").json["minutes"] == 0
    assert "滨湖社区" in path.read_text(encoding="utf-8")
    volunteer.ok("report", "annual", "--period", period, "-o", tmp_path / "annual.xlsx")


def test_it_is_a_document(story: Volunteer, tmp_path: Path) -> None:
    story.refused("usage", "report", "annual", exit_code=2)
    story.refused("usage", "report", "annual", "-o", tmp_path / "annual.csv", exit_code=2)
    story.refused(
        "unknown_field", "report", "annual", "-o", tmp_path / "annual.html", "--fields", "nope", exit_code=2
    )
    assert not (tmp_path / "annual.html").exists()


def test_it_begins_with_a_summary_in_words(page: Path) -> None:
    summary = re.search(r'<header class="cover".*?</header>', page.read_text("utf-8"), re.DOTALL)
    assert summary is not None
    said = html.unescape(summary[0])
    for words in (
        (
            "In 2025, 3 people gave 15 hours of service, 275% more than in 2024",
            "2025年，3人共服务15小时，比2024年多275%",
        ),
        (
            "Honours: 市级优秀社区 (municipal), 优秀志愿者 (district).",
            "市级优秀社区（市级）、优秀志愿者（区级）",
        ),
        ("衣物 ≥\u00a012 件; passed on were 衣物 ≥\u00a08 件", "衣物12余件；已送出：衣物8余件"),
    ):
        assert any(one in said for one in words)


def test_the_notice_keeps_marks_and_what_is_one_is_not_several(story: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "annual.html"
    story.ok("report", "annual", "--period", "2025", "-o", path)
    text = html.unescape(path.read_text(encoding="utf-8"))
    assert "衣物: ≥\u00a012 件 received, ≥\u00a08 passed on" in text
    assert "1 box to 远山小学" in text
    assert "2 gifts came in at 1 drive." in text


def test_a_sum_stands_only_below_all_rows(story: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "annual.html"
    story.ok("report", "annual", "--period", "2025", "-o", path)
    tables = dict(re.findall(r"<h3>([^<]+) <a.*?(<table>.*?</table>)", path.read_text("utf-8"), re.DOTALL))
    assert "<tfoot>" in tables["Hours by month"]
    assert "<tfoot>" not in tables["Events with the most hours"]
    assert "老王帮帮团" in tables["Members, events and hours of the teams"]


def test_of_several_communities_it_says_whose_a_figure_is(story: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "annual.html"
    for words, told in (((), True), (("--community", "binhu"), False)):
        story.ok("report", "annual", "--period", "2025", *words, "-o", path)
        tables = re.findall(
            r"<h3>(Figures|Honours).*?<thead>(.*?)</thead>", path.read_text("utf-8"), re.DOTALL
        )
        assert [(">Community</th>" in head) for _title, head in tables] == [told, told]


def test_it_tells_the_year_and_who_answers_for_it(story: Volunteer, tmp_path: Path) -> None:
    path, words = tmp_path / "annual.html", tmp_path / "foreword.md"
    words.write_text("# Thanks\n\nA good year <for all>.\n\n- spring\n- winter\n", encoding="utf-8")
    story.ok("community", "edit", "binhu", "--legal-name", "滨湖社区居民委员会", "--head", "样主任")
    story.ok("report", "annual", "--period", "2025", "--community", "binhu", "--foreword", words, "-o", path)
    text = html.unescape(path.read_text(encoding="utf-8"))
    for told in (
        *("<h2>Thanks</h2>", "A good year <for all>.", "<li>winter</li>"),
        *("2025-09-06", "清洁日: 2 people, 4 hours", "The drive 暖冬 began", "区志愿者协会 gave the honour"),
        *("滨湖社区居民委员会", "样主任", "2025-11-01"),
    ):
        assert told in text
    days = re.findall(r'<time datetime="([^"]+)"', text)
    assert days == sorted(days)
    assert not re.search(r"round_minutes|daily_cap", text), "definitions name policies by their titles"
    story.refused("usage", "report", "annual", "--foreword", tmp_path / "none.md", "-o", path, exit_code=2)
