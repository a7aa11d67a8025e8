"""Certificates as pages and PDFs: what is on them, what is not, and when they cannot be made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from recognition.conftest import Serve
from volunteering import Volunteer

from volunteer_cli.output import fonts

ISSUE = ("certificate", "issue")
RARE = "龙䶮"
LONG = "阿卜杜勒·买买提·阿布都热合曼·吐尔逊江·玉苏甫阿吉"


def has_font() -> bool:
    try:
        fonts.fonts_for("志愿䶮")
    except fonts.FontMissing:
        return False
    return True


needs_font = pytest.mark.skipif(not has_font(), reason="no font for Chinese is installed: fonts-noto-cjk")
needs_reader = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
needs_browser = pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not installed")


@pytest.fixture
def forty(volunteer: Volunteer, serve: Serve) -> Volunteer:
    """A person with a rare character and forty services, and one with a long name and a single one."""
    volunteer.ok("person", "add", RARE, "--volunteer", "--id-number", "11010519491231002X")
    volunteer.ok("person", "add", LONG)
    days = (date(2025, 1, 1) + timedelta(8 * place) for place in range(40))
    serve(volunteer, *((day.isoformat(), 90) for day in days), work="暖冬公益捐助物资分拣装箱与登记造册")
    serve(volunteer, ("2025-03-01", 45), person_id=2)
    volunteer.language = "zh"
    return volunteer


def test_the_page_says_it_all(forty: Volunteer, tmp_path: Path) -> None:
    file = tmp_path / "证明.html"
    issued = forty.ok(
        *ISSUE, 1, "--handler", "赵样三", "--contact", "0531-00000000", "-o", file, "-f", "json"
    ).json
    page = file.read_text(encoding="utf-8")
    for text in (
        *("志愿服务记录证明", RARE, "1101**********002X", "BINHU-2026-0001", "BINHU-V0001", "滨湖社区"),
        *(
            "60小时",
            "赵样三",
            "0531-00000000",
            "2026年6月30日",
            issued["code"],
            "时长凭证",
            "（盖章）",
            "<svg",
        ),
    ):
        assert text in page
    summary, _annex, lines = page.partition("附件")
    assert "特此证明。" in summary
    assert (summary.count("<tr>"), lines.count("<tr>")) == (2, 41), "one activity in sum, then forty lines"
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "11010519491231002X" not in page


def test_only_a_reason_reveals_the_identity_number(forty: Volunteer, tmp_path: Path) -> None:
    file = tmp_path / "c.html"
    forty.ok(*ISSUE, 1, "--reveal", "入学证明", "-o", file)
    assert "11010519491231002X" in file.read_text(encoding="utf-8")
    assert "入学证明" in forty.ok("history", "list", "-f", "json").out
    forty.ok("certificate", "show", 1, "-o", file)
    assert "11010519491231002X" not in file.read_text(encoding="utf-8")
    forty.ok("certificate", "show", 1, "--reveal", "补印", "-o", file)
    assert "11010519491231002X" in file.read_text(encoding="utf-8")
    assert [row["reason"] for row in forty.ok("history", "list", "-f", "json").json].count("补印") == 1


def test_a_voided_certificate_is_printed_as_void(forty: Volunteer, tmp_path: Path) -> None:
    forty.ok(*ISSUE, 2)
    forty.ok("certificate", "void", 1, "--reason", "姓名有误")
    forty.ok("certificate", "show", 1, "-o", tmp_path / "c.html")
    assert 'class="stamp">已作废<' in (tmp_path / "c.html").read_text(encoding="utf-8")


def test_markup_in_a_name_stays_text(volunteer: Volunteer, serve: Serve, tmp_path: Path) -> None:
    volunteer.ok("person", "add", "<script>alert(1)</script>")
    serve(volunteer, ("2025-01-01", 60), work="<b>送餐</b>")
    volunteer.ok(*ISSUE, 1, "-o", tmp_path / "c.html")
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<b>" not in page


def test_a_dry_run_writes_no_file(forty: Volunteer, tmp_path: Path) -> None:
    forty.ok(*ISSUE, 1, "-n", "-o", tmp_path / "c.html")
    assert list(tmp_path.glob("c.html")) == []


def test_an_unknown_ending_issues_nothing(forty: Volunteer, tmp_path: Path) -> None:
    forty.refused("unknown_format", *ISSUE, 1, "-o", tmp_path / "c.docx", exit_code=2)
    assert forty.ok("certificate", "list", "-f", "json").json == []


def test_a_folder_that_is_not_there_issues_nothing(forty: Volunteer, tmp_path: Path) -> None:
    forty.refused("cannot_write", *ISSUE, 1, "-o", tmp_path / "none" / "c.html", exit_code=1)
    assert forty.ok("certificate", "list", "-f", "json").json == []


def test_rows_about_a_certificate_still_go_to_a_file(forty: Volunteer, tmp_path: Path) -> None:
    forty.ok(*ISSUE, 1)
    forty.ok("certificate", "show", 1, "-o", tmp_path / "c.json")
    assert '"BINHU-2026-0001"' in (tmp_path / "c.json").read_text(encoding="utf-8")


def test_the_qr_code_holds_number_and_code() -> None:
    from volunteer_cli.output.qr import qr_code

    drawn = qr_code("BINHU-2025-0003 7K4M-9PQR").decode()
    assert drawn.startswith("<svg")
    assert "viewBox" in drawn
    assert drawn != qr_code("BINHU-2025-0003 7K4M-9PQS").decode()


@needs_font
@needs_reader
def test_a_pdf_embeds_its_font_and_its_text_can_be_selected(forty: Volunteer, tmp_path: Path) -> None:
    file = tmp_path / "c.pdf"
    code = forty.ok(*ISSUE, 1, "-o", file, "-f", "json").json["code"]
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True
    ).stdout
    for expected in ("志愿服务记录证明", RARE, "60小时", "BINHU-2026-0001", code, "2025-11-09"):
        assert expected in text
    assert text.count("\f") == 2
    listed = subprocess.run(
        ["pdffonts", file], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert listed
    assert all("yes yes yes" in line for line in listed)


@needs_font
@needs_reader
def test_the_titles_of_a_pdf_keep_clear_of_what_they_name(forty: Volunteer, tmp_path: Path) -> None:
    file = tmp_path / "c.pdf"
    forty.ok(*ISSUE, 1, "-o", file, "--lang", "en")
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True
    ).stdout
    assert re.search(r"Volunteer number {2,}BINHU-V0001", text)


@needs_browser
@needs_reader
def test_the_page_prints_on_a4_and_goes_on_properly(forty: Volunteer, tmp_path: Path) -> None:
    for person, pages in ((1, 3), (2, 1)):
        page, paper = tmp_path / f"{person}.html", tmp_path / f"{person}.pdf"
        forty.ok(*ISSUE, person, "-o", page)
        options = (
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--print-to-pdf={paper}",
        )
        subprocess.run(["chromium", *options, page.as_uri()], check=True, capture_output=True, timeout=120)
        layout = subprocess.run(
            ["pdftotext", "-layout", paper, "-"], check=True, capture_output=True, text=True
        )
        sheets = layout.stdout.split("\f")[:-1]
        assert len(sheets) == pages
        assert "校验码" in sheets[0], "who signs stands with what is certified"
        assert "（盖章）" in sheets[0]
        assert "序号" in sheets[-1]
        assert len(re.findall(r"20\d\d-\d\d-\d\d", sheets[-1])) >= (3 if pages > 1 else 1)
        assert all("编号：BINHU-2026-" in sheet for sheet in sheets)
        info = subprocess.run(["pdfinfo", paper], check=True, capture_output=True, text=True).stdout
        assert "A4" in info


def test_without_a_font_the_fix_is_named_and_nothing_is_issued(
    forty: Volunteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "folders", list)
    result = forty.refused("font_missing", *ISSUE, 1, "-o", tmp_path / "c.pdf", exit_code=1)
    assert "fonts-noto-cjk" in result.err
    assert forty.ok("certificate", "list", "-f", "json").json == []


def test_a_font_without_the_characters_is_passed_over(
    forty: Volunteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    latin = tmp_path / "not-a-font.ttf"
    latin.write_bytes(b"nothing")
    monkeypatch.setenv("VOLUNTEER_FONT", str(latin))
    monkeypatch.setattr(fonts, "folders", list)
    forty.refused("font_missing", *ISSUE, 1, "-o", tmp_path / "c.pdf", exit_code=1)


@needs_font
def test_fonts_take_over_by_character(
    forty: Volunteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a rare character of a name stands in a font of its own."""
    page, file = tmp_path / "c.html", tmp_path / "c.pdf"
    forty.ok(*ISSUE, 1, "-o", page)
    signs = set(page.read_text(encoding="utf-8")) | set("·/0123456789")
    subset(tmp_path / "simsunb.ttf", {"䶮"})
    subset(tmp_path / "simhei.ttf", signs - {"䶮"})
    monkeypatch.setattr(fonts, "folders", lambda: [tmp_path])
    assert [font.path.name for font in fonts.fonts_for("志愿䶮")] == ["simhei.ttf", "simsunb.ttf"]
    forty.ok("certificate", "show", 1, "-o", file)
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True)
        assert RARE in told.stdout


def subset(path: Path, signs: set[str]) -> None:
    """An installed font with some of its characters alone."""
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    (found,) = fonts.fonts_for("志愿䶮")
    font = TTFont(found.path, fontNumber=found.index)
    subsetter = Subsetter(Options(layout_features=[]))
    subsetter.populate(unicodes=[ord(sign) for sign in signs])
    subsetter.subset(font)
    font.save(path)


def test_the_paper_is_written_whoever_reads_the_summary(forty: Volunteer, tmp_path: Path) -> None:
    """As with `| head -1`, which closes the pipe."""
    forty.ok(*ISSUE, 1)
    for words in (("show", "1"), ("issue", "1")):
        file = tmp_path / f"{words[0]}.html"
        command = [
            sys.executable,
            "-m",
            "volunteer_cli",
            "certificate",
            *words,
            "-o",
            str(file),
            "-f",
            "table",
        ]
        settings = {"VOLUNTEER_DB": str(forty.database), "VOLUNTEER_TODAY": forty.today}
        reader, writer = os.pipe()
        os.close(reader)
        subprocess.run(
            command, stdout=writer, stderr=subprocess.DEVNULL, env={**os.environ, **settings}, check=False
        )
        os.close(writer)
        assert "Certificate of Volunteer Service" in file.read_text(encoding="utf-8")


def test_without_the_extra_the_fix_is_named_and_nothing_is_issued(
    forty: Volunteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fpdf", None)
    result = forty.refused("extra_missing", *ISSUE, 1, "-o", tmp_path / "c.pdf", exit_code=1)
    assert "pip install 'volunteer-cli[pdf]'" in result.err
    assert forty.ok("certificate", "list", "-f", "json").json == []


@needs_font
@needs_reader
def test_each_page_of_the_annex_of_a_pdf_says_what_it_belongs_to(
    volunteer: Volunteer, serve: Serve, tmp_path: Path
) -> None:
    volunteer.ok("person", "add", LONG)
    days = [(date(2025, 1, 1) + timedelta(4 * place)).isoformat() for place in range(60)]
    serve(volunteer, *((day, 90) for day in days), work="读报")
    volunteer.language = "zh"
    file = tmp_path / "c.pdf"
    volunteer.ok(*ISSUE, 1, "-o", file)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True)
    sheets = text.stdout.split("\f")[:-1]
    assert len(sheets) == 3
    for sheet in sheets[1:]:
        assert "附件" in sheet
        assert LONG in sheet
        assert "服务内容" in sheet
    assert "明细见附件，共60条。" in sheets[0]
    marks = [
        line for line in text.stdout.splitlines() if line.strip()[:1] in "，。、；：）”" and line.strip()
    ]
    assert marks == [], "no line begins with a mark that closes"


def test_a_column_without_a_word_in_it_is_left_out(forty: Volunteer, tmp_path: Path) -> None:
    file = tmp_path / "c.html"
    forty.ok(*ISSUE, 1, "-o", file)
    assert "地点" not in file.read_text(encoding="utf-8")
    forty.ok("event", "add", "清洁日", "--start", "2025-12-01 9:00", "--end", "11:00", "--place", "二楼")
    forty.ok("hours", "add", 2, "--event", 1, "--date", "2025-12-01", "--hours", "2h")
    forty.ok("hours", "confirm", "--event", 1)
    forty.ok(*ISSUE, 2, "-o", file)
    text = file.read_text(encoding="utf-8")
    assert "地点" in text
    assert "二楼" in text


def test_a_voided_paper_says_since_when_and_what_stands_in_its_place(
    forty: Volunteer, tmp_path: Path
) -> None:
    file = tmp_path / "c.html"
    forty.ok(*ISSUE, 1)
    forty.ok("certificate", "void", 1, "--reason", "重开")
    forty.ok("certificate", "show", 1, "-o", file)
    assert "本证明已于2026年6月30日作废。" in file.read_text(encoding="utf-8")
    other = forty.ok(*ISSUE, 1, "--replaces", "BINHU-2026-0001", "-f", "json").json["number"]
    forty.ok("certificate", "show", "BINHU-2026-0001", "-o", file)
    assert f"作废，由{other}代替。" in file.read_text(encoding="utf-8")
