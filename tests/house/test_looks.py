"""What is printed and looked at, opened in Chromium: nothing is cut on a phone, everything can be read and heard."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from volunteering import Volunteer

from volunteer_cli.output import fonts
from volunteer_cli.output.document import Document, Grid, Section
from volunteer_cli.output.document import html as html_of

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
needs_browser = pytest.mark.skipif(not BROWSER, reason="NO BROWSER: install chromium to have pages looked at")
#: Measures every page in a frame as wide as a phone.
LOOK = """
<script>
const luminance = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((sum, v, place) => sum + v * [.2126, .7152, .0722][place], 0);
const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
function ground(element) {
  for (; element; element = element.parentElement) {
    const color = rgb(getComputedStyle(element).backgroundColor);
    if (color.length === 3 || color[3] > .9) return color;
  }
  return [255, 255, 255];
}
function look(page) {
  const faults = [], wide = page.documentElement.clientWidth;
  const say = (what, element) => faults.push(what + ": " + element.outerHTML.slice(0, 80));
  if (page.documentElement.scrollWidth > wide) faults.push("overflows: " + page.documentElement.scrollWidth);
  let before = 0;
  for (const heading of page.querySelectorAll("h1, h2, h3, h4")) {
    if (+heading.tagName[1] > before + 1) say("heading out of order", heading);
    before = +heading.tagName[1];
  }
  for (const table of page.querySelectorAll("table")) {
    if (!table.caption || !table.caption.textContent.trim()) say("no caption", table);
    for (const cell of table.querySelectorAll("thead th")) if (!cell.scope && cell.colSpan <= 1) say("no scope", cell);
  }
  for (const picture of page.querySelectorAll("svg[role=img]"))
    if (!/\\d/.test(picture.getAttribute("aria-label"))) say("no figures", picture);
  for (const element of page.querySelectorAll("main *")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || element.closest("svg, .stamp")) continue;
    const [one, other] = [luminance(rgb(getComputedStyle(element).color)), luminance(ground(element))].sort();
    if ((other + .05) / (one + .05) < 4.5) say("pale", element);
  }
  if (!page.querySelector("main")) faults.push("no main");
  return faults;
}
window.onload = () => {
  const found = Object.fromEntries([...document.querySelectorAll("iframe")].map(f => [f.title, look(f.contentDocument)]));
  document.getElementById("found").textContent = JSON.stringify(found);
};
</script><pre id="found"></pre>
"""


def has_font() -> bool:
    try:
        fonts.fonts_for("志愿")
    except fonts.FontMissing:
        return False
    return True


needs_font = pytest.mark.skipif(not has_font(), reason="no font for Chinese is installed: fonts-noto-cjk")


@pytest.fixture
def pages_of(volunteer: Volunteer) -> Volunteer:
    """A community with something of each that a paper is made of."""
    volunteer.language = "zh"
    for number in range(12):
        volunteer.ok("person", "add", f"赵样{number}", "--volunteer", "--sex", "female", "--birth", "1960")
    volunteer.ok("event", "add", "清洁日", "--start", "2026-07-05 9:00", "--end", "11:00")
    volunteer.ok("event", "open", "清洁日")
    volunteer.ok("event", "signup", "清洁日", *range(1, 13))
    for day in range(1, 11):
        volunteer.ok("hours", "add", "1", "--date", f"2026-05-{day:02}", "--hours", "2h", "--work", "读报")
    volunteer.ok("hours", "confirm", "--period", "2026")
    volunteer.ok("drive", "add", "暖冬", "--code", "winter", "--start", "2026-05-01", "--goal", "衣物=9件")
    volunteer.ok("drive", "receive", "winter", "--donor", "person:1", "--item", "衣物=12件")
    volunteer.ok("certificate", "issue", "1", "--handler", "赵样三", "--contact", "0531-00000000")
    return volunteer


@pytest.fixture
def pages(pages_of: Volunteer, tmp_path: Path) -> list[Path]:
    """One of each paper: a list, a report with its chart, a slip, a notice, a roster, a certificate, the annual report."""
    papers = {
        "list": ("person", "list"),
        "record": ("person", "show", "1"),
        "chart": ("report", "hours", "--by", "month", "--period", "2026", "--compare", "--chart"),
        "slip": ("drive", "slip", "1"),
        "notice": ("drive", "notice", "winter"),
        "roster": ("event", "roster", "清洁日"),
        "certificate": ("certificate", "show", "1"),
        "annual": ("report", "annual", "--period", "2026"),
    }
    made = [tmp_path / f"{name}.html" for name in papers]
    for page, words in zip(made, papers.values(), strict=True):
        pages_of.ok(*words, "-o", page)
    return made


@needs_font
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
@pytest.mark.parametrize(
    ("words", "pages", "said"),
    [
        (
            ("drive", "notice", "winter"),
            2,
            ["接收捐赠物资情况的公示", "衣物12件", "（盖章）", "附件", "草稿"],
        ),
        (("drive", "slip", "1"), 1, ["第一联", "第三联", "捐赠人签字", "衣物"]),
        (("event", "roster", "清洁日"), 2, ["签到表", "志愿者编号", "BINHU-V0012", "带队人签字"]),
    ],
)
def test_papers_as_pdf_say_what_their_pages_say(
    pages_of: Volunteer, tmp_path: Path, words: tuple[str, ...], pages: int, said: list[str]
) -> None:
    file = tmp_path / "paper.pdf"
    pages_of.ok(*words, "-o", file)
    told = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    assert told.count("\f") == pages
    assert [text for text in said if text not in told] == []
    marks = [line for line in told.splitlines() if line.strip() and line.strip()[0] in "，。、；：）”"]
    assert marks == [], "no line begins with a mark that closes"


def run(*words: str) -> str:
    assert BROWSER is not None
    told = subprocess.run([BROWSER, *FLAGS, *words], capture_output=True, text=True, timeout=120, check=True)
    return told.stdout


@needs_browser
def test_pages_on_a_phone(pages: list[Path], tmp_path: Path) -> None:
    frames = "\n".join(
        f'<iframe title="{page.stem}" style="width:375px;height:800px" srcdoc="{html.escape(page.read_text("utf-8"))}"></iframe>'
        for page in pages
    )
    host = tmp_path / "host.html"
    host.write_text(LOOK + frames, encoding="utf-8")
    profile = f"--user-data-dir={tmp_path}/profile"
    for scheme in ((), ("--blink-settings=preferredColorScheme=0",)):
        dom = run(*scheme, profile, "--window-size=1400,1000", "--dump-dom", host.as_uri())
        told = re.search(r'<pre id="found">(.+?)</pre>', dom, re.DOTALL)
        assert told, dom[-300:]
        assert json.loads(html.unescape(told[1])) == {page.stem: [] for page in pages}


@needs_browser
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
def test_pages_on_paper(pages: list[Path], tmp_path: Path) -> None:
    """None has more pages than it needs, and no page ends on a heading alone."""
    for page in pages:
        most = {"roster": 2, "notice": 2, "slip": 1, "annual": 6, "certificate": 2}.get(page.stem)
        if most:
            sheets = printed(page, tmp_path)
            assert len(sheets) <= most, page.stem
            headings = re.findall(
                r"<h[23][^>]*>(?:<span[^>]*>\d+</span>)?\s*([^<]+)", page.read_text("utf-8")
            )
            for sheet in sheets[:-1]:
                last = [line.strip() for line in sheet.splitlines() if line.strip() and " / " not in line][-1]
                assert not any(last.endswith(html.unescape(heading).strip()) for heading in headings)


def printed(page: Path, folder: Path) -> list[str]:
    """What stands on each sheet of paper."""
    sheet = folder / "sheet.pdf"
    run(
        f"--user-data-dir={folder}/profile",
        "--no-pdf-header-footer",
        f"--print-to-pdf={sheet}",
        page.as_uri(),
    )
    told = subprocess.run(["pdftotext", "-layout", sheet, "-"], capture_output=True, text=True, check=True)
    return told.stdout.split("\f")[:-1]


@needs_browser
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
@pytest.mark.parametrize("rows", [27, 30])
@pytest.mark.parametrize("in_a_table", [True, False])
def test_no_page_has_only_a_signature(tmp_path: Path, rows: int, *, in_a_table: bool) -> None:
    """Who signs stands with something that is signed, however long the paper is."""
    lines = [(f"第{row}项", "已经办妥") for row in range(rows)]
    what = (
        Section("到会情况", grid=Grid(("单位", "到会"), lines))
        if in_a_table
        else Section("情况", facts=lines)
    )
    paper = Document("纪要", "N-1", (what,), ("主持人", "记录人"), "样例联盟", "2026年4月10日")
    page = tmp_path / "paper.html"
    page.write_text(html_of(paper), encoding="utf-8")
    signed = [sheet for sheet in printed(page, tmp_path) if "主持人" in sheet]
    assert len(signed) == 1
    assert "已经办妥" in signed[0], signed[0]
