"""A certificate as a PDF: A4, its fonts embedded, its text selectable."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, _, typography
from volunteer_cli.output.qr import qr_code
from volunteer_cli.recognition.documents.fonts import fonts_for

if TYPE_CHECKING:
    from fpdf import FPDF

    from volunteer_cli.recognition.documents.paper import Pairs, Paper

FAMILY = "certificate"
MARGIN = 18.0
#: A4 is 210 mm wide (ISO 216).
WIDTH = 210 - 2 * MARGIN
GREY, INK, RED = 90, 17, (204, 0, 0)
#: With a column for places, and without one.
COLUMNS = {6: (9, 22, 37, 58, 28, 20), 5: (9, 22, 95, 28, 20)}
SUMMED = (84, 18, 32, 40)
QR = 25.0
SEAL, ISSUER = 46.0, 74.0
FOOT = SEAL + 14
#: Where the place for the seal ends on a first page that has room: 45 mm above its lower edge.
SEAL_ENDS = 297 - 45.0


class ExtraMissing(RuleError):
    """Writing PDF needs a part that is not installed"""

    code = "extra_missing"
    hint = N_("Run: pip install 'volunteer-cli[pdf]'. Or write to a file ending in .html and print it.")


def pdf(paper: Paper) -> bytes:
    """The certificate as a PDF file.

    Raises:
        ExtraMissing, FontMissing: the library, or a font with all characters, is not installed.
    """
    sheet = _sheet(paper)
    _head(sheet, paper)
    if paper.annex:
        _summary(sheet, paper)
    else:
        _lines(sheet, paper)
    _foot(sheet, paper)
    if paper.annex:
        sheet.add_page()
        _lines(sheet, paper)
    return bytes(sheet.output())


def _sheet(paper: Paper) -> FPDF:
    sheet = _blank(paper)
    _set_fonts(sheet, paper)
    sheet.set_title(f"{paper.title} {paper.number}")
    # Readers of screens speak the language that the file names.
    sheet.set_lang(typography(paper.lang).tag)
    sheet.set_margin(MARGIN)
    sheet.set_auto_page_break(auto=True, margin=MARGIN)
    sheet.add_page()
    return sheet


def _set_fonts(sheet: FPDF, paper: Paper) -> None:
    """One font for all where there is one, digits and the page's own signs included; others take over by character."""
    first, *others = fonts_for(f"{paper.text}{_('(seal)')}·/0123456789")
    sheet.add_font(FAMILY, fname=first.path, collection_font_number=first.index)
    for place, font in enumerate(others):
        sheet.add_font(f"{FAMILY}{place}", fname=font.path, collection_font_number=font.index)
    sheet.set_fallback_fonts([f"{FAMILY}{place}" for place in range(len(others))])


def _blank(paper: Paper) -> FPDF:
    """A sheet of A4 (ISO 216) whose every page says which certificate it is of, and whether it is void."""
    try:
        from fpdf import FPDF
    except ImportError as error:
        raise ExtraMissing from error

    class Sheet(FPDF):
        def header(self) -> None:
            if paper.stamp:
                _stamp(self, paper.stamp)

        def footer(self) -> None:
            self.set_y(-12)
            _write(self, f"{paper.number} · {self.page_no()} / {{nb}}", size=8, grey=GREY, align="C")

    return Sheet(format="A4")


def _stamp(sheet: FPDF, text: str) -> None:
    # Pale, so that what was certified can still be read; across the middle, so that no copy leaves it out.
    with sheet.local_context(fill_opacity=0.28), sheet.rotation(24, x=105, y=148):
        sheet.set_font(FAMILY, size=90)
        sheet.set_text_color(*RED)
        sheet.text(x=105 - sheet.get_string_width(text) / 2, y=160, text=text)


def _write(
    sheet: FPDF,
    text: str,
    *,
    size: float,
    grey: int = INK,
    align: str = "L",
    width: float = 0,
    line: float = 1.6,
) -> None:
    """Write a paragraph and go to the beginning of the next line."""
    sheet.set_font(FAMILY, size=size)
    sheet.set_text_color(grey)
    # A point is 1/72 inch: 0.3528 mm.
    height = size * line * 0.3528
    if typography().breaks_anywhere and not width:
        text = _in_lines(sheet, text)
    sheet.multi_cell(width, height, text, align=align, new_x="LMARGIN", new_y="NEXT", wrapmode=_wrapping())


#: What stays together: words and figures with their unit, a sign with the mark behind it or the bracket before it.
TOGETHER = re.compile(
    r"[“‘（《]*(?:[\w./:*-]*[A-Za-z0-9*](?:小时|分钟|年|月|日|次|条)?|.)[，。；：、）》”’！？]*", re.ASCII
)


def _in_lines(sheet: FPDF, text: str) -> str:
    """A text with its lines ended where Chinese may end one: never before a mark, never between figure and unit."""
    lines, room = [""], sheet.epw - 2 * sheet.c_margin
    for piece in TOGETHER.findall(text):
        if sheet.get_string_width(lines[-1] + piece) > room:
            lines.append("")
        lines[-1] += piece
    return "\n".join(lines)


def _wrapping() -> Any:
    """Where a line may end in the language in use: between words, or between any two characters."""
    from fpdf.enums import WrapMode

    return WrapMode.CHAR if typography().breaks_anywhere else WrapMode.WORD


def _head(sheet: FPDF, paper: Paper) -> None:
    _write(sheet, paper.title, size=23, align="C", line=1.5)
    _write(sheet, paper.number, size=10, grey=GREY, align="C")
    if paper.voided:
        _write(sheet, paper.voided, size=10, align="C")
    sheet.ln(6)
    _pairs(sheet, paper.facts, left=MARGIN, titles=34)
    sheet.ln(4)
    indent = typography(paper.lang).indent
    for sentence in (paper.statement, paper.closing):
        # Size three, in which offices write (GB/T 9704); English of that size would be a poster.
        _write(sheet, indent + sentence, size=16 if indent else 13, line=1.75)
    sheet.ln(4)


def _pairs(sheet: FPDF, pairs: Pairs, *, left: float, titles: float) -> None:
    """Titles with their values beside them; `titles` is the least width of the titles."""
    sheet.set_font(FAMILY, size=10.5)
    titles = max(titles, *(sheet.get_string_width(title) + 4 for title, _value in pairs))
    for title, value in pairs:
        sheet.set_x(left)
        sheet.set_font(FAMILY, size=10.5)
        sheet.set_text_color(GREY)
        sheet.cell(titles, 6.2, title)
        _write(sheet, value, size=10.5, line=1.67, width=210 - MARGIN - left - titles)


def _table(sheet: FPDF, widths: tuple[int, ...], aligned: tuple[Any, ...], headings: int = 1) -> Any:
    """A table across the page, its first rows on each page that it goes on to."""
    from fpdf.enums import VAlign
    from fpdf.fonts import FontFace

    sheet.set_font(FAMILY, size=9)
    sheet.set_text_color(INK)
    sheet.set_draw_color(170)
    return sheet.table(
        col_widths=widths,
        text_align=aligned,
        line_height=4.8,
        padding=(0.5, 1.2),
        borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(emphasis="", fill_color=(238, 238, 238)),
        v_align=VAlign.T,
        wrapmode=_wrapping(),
        width=WIDTH,
        num_heading_rows=headings,
    )


def _summary(sheet: FPDF, paper: Paper) -> None:
    with _table(sheet, SUMMED, ("LEFT", "RIGHT", "RIGHT", "LEFT")) as table:
        for cells in (paper.summary_headings, *paper.summary, paper.summed):
            table.row(cells)


def _lines(sheet: FPDF, paper: Paper) -> None:
    texts = ("LEFT",) * (paper.time_column - 1)
    widths = COLUMNS[len(paper.headings)]
    with _table(sheet, widths, ("RIGHT", *texts, "RIGHT", "LEFT"), headings=2 if paper.annex else 1) as table:
        if paper.annex:
            # Every page says what it belongs to, so that none can be laid under another paper.
            table.row().cell(paper.annex, colspan=len(widths), align="LEFT")
        for cells in (paper.headings, *paper.rows):
            table.row(cells)
        total = table.row()
        total.cell(paper.total[0], colspan=paper.time_column, align="LEFT")
        total.cell(paper.total[1])
        total.cell("")


def _proof(sheet: FPDF, paper: Paper, top: float) -> None:
    """What anybody can check it by, as a picture for a telephone and in words beside it."""
    sheet.image(BytesIO(qr_code(paper.secret)), x=MARGIN, y=top, w=QR)
    sheet.set_y(top + 3)
    for text in paper.advice:
        sheet.set_x(MARGIN + QR + 4)
        _write(sheet, text, size=8, grey=51, width=54, line=1.5)


def _foot(sheet: FPDF, paper: Paper) -> None:
    """The evidence, below it who answers for it, the proof, and room for a seal over issuer and day: on one page."""
    # A seal on a page without the figures would prove nothing.
    if sheet.get_y() + FOOT > sheet.page_break_trigger:
        sheet.add_page()
    sheet.ln(2)
    proof = typography(paper.lang).sentences(filter(None, (paper.evidence, paper.see_annex)))
    _write(sheet, proof, size=9, grey=51)
    top = max(sheet.get_y() + 5, SEAL_ENDS - SEAL)
    sheet.set_y(top)
    _pairs(sheet, paper.signature, left=MARGIN, titles=24)
    _proof(sheet, paper, top + SEAL - QR)
    _seal(sheet, paper, top)
    sheet.set_y(top + SEAL)


def _seal(sheet: FPDF, paper: Paper, top: float) -> None:
    """Who issues the paper and on which day, where the seal is to cover both: a committee's is 42 mm across."""
    sheet.set_y(top + SEAL / 2 - 8)
    for text, grey in ((_("(seal)"), 136), (paper.issuer, INK), (paper.day, INK)):
        sheet.set_x(210 - MARGIN - ISSUER)
        _write(sheet, text, size=10.5, grey=grey, align="C", width=ISSUER)
