"""A certificate as a PDF: its fonts embedded, its text selectable."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import typography
from volunteer_cli.output.pdf import FAMILY, GREY, INK, MARGIN, SEAL, blank, seal, set_fonts, wrapping, write
from volunteer_cli.output.qr import qr_code

if TYPE_CHECKING:
    from fpdf import FPDF

    from volunteer_cli.recognition.documents.paper import Pairs, Paper

#: With a column for places, and without one.
COLUMNS = {6: (9, 22, 37, 58, 28, 20), 5: (9, 22, 95, 28, 20)}
SUMMED = (84, 18, 32, 40)
QR = 25.0
FOOT = SEAL + 14
#: How far above the lower edge the place for the seal ends on a first page that has room.
ABOVE_EDGE = 45.0


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
    sheet = blank(paper.number, stamp=paper.stamp)
    set_fonts(sheet, paper.text)
    sheet.set_title(f"{paper.title} {paper.number}")
    # Readers of screens speak the language that the file names.
    sheet.set_lang(typography(paper.lang).tag)
    sheet.set_margin(MARGIN)
    sheet.set_auto_page_break(auto=True, margin=MARGIN)
    sheet.add_page()
    return sheet


def _head(sheet: FPDF, paper: Paper) -> None:
    write(sheet, paper.title, size=23, align="C", line=1.5)
    write(sheet, paper.number, size=10, grey=GREY, align="C")
    if paper.voided:
        write(sheet, paper.voided, size=10, align="C")
    sheet.ln(6)
    _pairs(sheet, paper.facts, left=MARGIN, titles=34)
    sheet.ln(4)
    indent = typography(paper.lang).indent
    for sentence in (paper.statement, paper.closing):
        # Size three, in which offices write (GB/T 9704); English of that size would be a poster.
        write(sheet, indent + sentence, size=16 if indent else 13, line=1.75)
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
        write(sheet, value, size=10.5, line=1.67, width=sheet.w - MARGIN - left - titles)


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
        wrapmode=wrapping(),
        width=sheet.epw,
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
        write(sheet, text, size=8, grey=51, width=54, line=1.5)


def _foot(sheet: FPDF, paper: Paper) -> None:
    """The evidence, below it who answers for it, the proof, and room for a seal over issuer and day: on one page."""
    # A seal on a page without the figures would prove nothing.
    if sheet.get_y() + FOOT > sheet.page_break_trigger:
        sheet.add_page()
    sheet.ln(2)
    proof = typography(paper.lang).sentences(filter(None, (paper.evidence, paper.see_annex)))
    write(sheet, proof, size=9, grey=51)
    top = max(sheet.get_y() + 5, sheet.h - ABOVE_EDGE - SEAL)
    sheet.set_y(top)
    _pairs(sheet, paper.signature, left=MARGIN, titles=24)
    _proof(sheet, paper, top + SEAL - QR)
    seal(sheet, paper.issuer, paper.day, top)
