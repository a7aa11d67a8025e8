"""A paper as a PDF: its fonts embedded, its text selectable; what stands on it is what the page says."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.countries import paper_used
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, _, typography
from volunteer_cli.output.fonts import fonts_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fpdf import FPDF

    from volunteer_cli.output.document import Document, Grid, Section

FAMILY = "paper"
#: Above and below there is less where a sheet is across or is cut into copies.
MARGIN, LITTLE = 18.0, 12.0
GREY, INK, RED = 90, 17, (204, 0, 0)
#: The place for a seal, which is 42 mm across, and for who issues the paper within it.
SEAL, ISSUER = 46.0, 74.0
#: Lines beside each other in an annex.
BESIDE = 3
#: The height of rows that people sign in, in millimetres, and of others.
TALL, LOW = 9.4, 5.2


class ExtraMissing(RuleError):
    """Writing PDF needs a part that is not installed"""

    code = "extra_missing"
    hint = N_("Run: pip install 'volunteer-cli[pdf]'. Or write to a file ending in .html and print it.")


def pdf(document: Document) -> bytes:
    """The paper as a PDF file.

    Raises:
        ExtraMissing, FontMissing: the library, or a font with all characters, is not installed.
    """
    sheet = _sheet(document)
    for place, copy in enumerate(document.copies or ("",)):
        if place and document.together:
            _cut(sheet)
        else:
            sheet.add_page()
        _copy(sheet, document, copy)
    for part in (each for each in document.sections if each.annex):
        sheet.add_page()
        _section(sheet, part)
    return bytes(sheet.output())


def _sheet(document: Document) -> FPDF:
    sheet = blank(document.number, stamp=document.stamp, wide=document.wide)
    set_fonts(sheet, "".join(_texts(document)))
    sheet.set_title(f"{document.title} {document.number}".strip())
    # Readers of screens speak the language that the file names.
    sheet.set_lang(typography().tag)
    margin = LITTLE if document.wide or document.copies else MARGIN
    sheet.set_margins(MARGIN, margin)
    sheet.set_auto_page_break(auto=True, margin=margin + 3)
    return sheet


# --- what every PDF of ours is made of ------------------------------------------------------------


def blank(number: str, *, stamp: str = "", wide: bool = False) -> FPDF:
    """Sheets whose every page says which paper it is of, and whether it is void or a draft."""
    try:
        from fpdf import FPDF
    except ImportError as error:
        raise ExtraMissing from error

    class Sheet(FPDF):
        def header(self) -> None:
            if stamp:
                _stamp(self, stamp)

        def footer(self) -> None:
            self.set_y(-12)
            told = " · ".join(filter(None, (number, f"{self.page_no()} / {{nb}}")))
            write(self, told, size=8, grey=GREY, align="C")

    return Sheet(format=paper_used(), orientation="landscape" if wide else "portrait")


def set_fonts(sheet: FPDF, text: str) -> None:
    """One font for all where there is one, digits and the page's own signs included; others take over by character."""
    first, *others = fonts_for(f"{text}{_('(seal)')}·/0123456789")
    sheet.add_font(FAMILY, fname=first.path, collection_font_number=first.index)
    for place, font in enumerate(others):
        sheet.add_font(f"{FAMILY}{place}", fname=font.path, collection_font_number=font.index)
    sheet.set_fallback_fonts([f"{FAMILY}{place}" for place in range(len(others))])


def _stamp(sheet: FPDF, text: str) -> None:
    # Pale, so that what stands there can still be read; across the middle, so that no copy leaves it out.
    across, down = sheet.w / 2, sheet.h / 2
    with sheet.local_context(fill_opacity=0.28), sheet.rotation(24, x=across, y=down):
        sheet.set_font(FAMILY, size=90)
        sheet.set_text_color(*RED)
        sheet.text(x=across - sheet.get_string_width(text) / 2, y=down + 12, text=text)


def write(
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
    sheet.multi_cell(width, height, text, align=align, new_x="LMARGIN", new_y="NEXT", wrapmode=wrapping())


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


def wrapping() -> Any:
    """Where a line may end in the language in use: between words, or between any two characters."""
    from fpdf.enums import WrapMode

    return WrapMode.CHAR if typography().breaks_anywhere else WrapMode.WORD


def seal(sheet: FPDF, issuer: str, day: str, top: float) -> None:
    """Who issues the paper and on which day, where the seal is to cover both: a committee's is 42 mm across."""
    sheet.set_y(top + SEAL / 2 - 8)
    for text, grey in ((_("(seal)"), 136), (issuer, INK), (day, INK)):
        sheet.set_x(sheet.w - MARGIN - ISSUER)
        write(sheet, text, size=10.5, grey=grey, align="C", width=ISSUER)
    sheet.set_y(top + SEAL)


# --- a document ------------------------------------------------------------


def _texts(document: Document) -> Iterator[str]:
    """All that is printed, for those who must know its characters."""
    yield from (document.title, document.number, document.issuer, document.day, document.stamp)
    yield from (*document.signatures, *document.notes, *document.copies)
    for part in document.sections:
        yield from (part.heading, *part.band, *part.paragraphs, *part.lines)
        yield from (text for pair in part.facts for text in pair)
        if part.grid:
            cells = (part.grid.headings, *part.grid.rows, part.grid.total)
            yield from (_plain(cell) for row in cells for cell in row)


def _plain(cell: str) -> str:
    """A cell as text; a picture on a page, such as a code, is none here."""
    return re.sub(r"<[^>]*>", "", cell).strip() if hasattr(cell, "__html__") else cell


def _cut(sheet: FPDF) -> None:
    """A line to cut along between two copies."""
    sheet.ln(5)
    sheet.set_draw_color(120)
    with sheet.local_context():
        sheet.set_dash_pattern(dash=2, gap=1.5)
        sheet.line(MARGIN, sheet.get_y(), sheet.w - MARGIN, sheet.get_y())
    sheet.ln(4)


def _copy(sheet: FPDF, document: Document, copy: str) -> None:
    if copy:
        write(sheet, copy, size=9, align="R", line=1)
    large = 14 if copy else 18 if document.wide else 22
    write(sheet, document.title, size=large, align="C", line=1.5)
    if document.number:
        write(sheet, document.number, size=10, grey=GREY, align="C")
    sheet.ln(1 if copy else 4)
    for part in document.sections:
        if not part.annex:
            _section(sheet, _beside(part) if copy else part)
    (_sign_copy if copy else _end)(sheet, document)


def _beside(part: Section) -> Section:
    """A part of a copy, whose facts stand beside each other as there is little room."""
    facts = [_("{title}: {value}").format(title=title, value=value) for title, value in part.facts]
    return replace(part, facts=(), band=(*part.band, *facts))


def _sign_copy(sheet: FPDF, document: Document) -> None:
    """Who signs a copy, who issues it, and the small print, on few lines."""
    sheet.ln(2)
    write(sheet, "\u3000".join(f"{name} ____________" for name in document.signatures), size=10)
    issuer = "\u3000".join(filter(None, (document.issuer, _("(seal)"), document.day)))
    write(sheet, issuer, size=10, align="R")
    for note in document.notes:
        write(sheet, note, size=8, grey=68)


def _section(sheet: FPDF, part: Section) -> None:
    if part.heading:
        write(sheet, part.heading, size=12.5)
        sheet.ln(2)
    if part.band:
        write(sheet, "\u3000".join(part.band), size=10)
        sheet.ln(2)
    for title, value in part.facts:
        write(sheet, _("{title}: {value}").format(title=title, value=value), size=10.5)
    for paragraph in part.paragraphs:
        # Size three, in which offices write (GB/T 9704), would not leave a list its room: a size below it.
        write(sheet, typography().indent + paragraph, size=13, line=1.75)
        sheet.ln(2)
    if part.grid:
        _grid(sheet, part.grid)
    if part.lines:
        _lines(sheet, part.lines)


def _grid(sheet: FPDF, grid: Grid) -> None:
    sheet.set_font(FAMILY, size=9)
    sheet.set_text_color(INK)
    sheet.set_draw_color(120)
    blanks = [("",) * len(grid.headings)] * grid.blank
    with sheet.table(**_look(sheet, grid)) as table:
        for cells in filter(None, (grid.headings, *grid.rows, *blanks, grid.total)):
            table.row([_plain(cell) for cell in cells])
    sheet.ln(3)


def _look(sheet: FPDF, grid: Grid) -> dict[str, Any]:
    """How the library is to lay out a table: framed, figures to the right, rows as high as they must be."""
    from fpdf.enums import VAlign
    from fpdf.fonts import FontFace

    return {
        "col_widths": _widths(sheet, grid),
        "text_align": tuple(
            "RIGHT" if place in grid.numbers else "LEFT" for place in range(len(grid.headings))
        ),
        "line_height": TALL if grid.tall else LOW,
        "padding": (0.3, 1.2),
        "headings_style": FontFace(emphasis="", fill_color=(238, 238, 238)),
        "v_align": VAlign.M,
        "wrapmode": wrapping(),
        "width": sheet.epw,
    }


def _widths(sheet: FPDF, grid: Grid) -> tuple[float, ...]:
    """Those that the grid says, what is left over shared by the others; else by the longest text of each column."""
    if grid.widths:
        left = (sheet.epw - sum(grid.widths)) / (list(grid.widths).count(0) or 1)
        return tuple(width or left for width in grid.widths)
    columns = zip(grid.headings, *grid.rows, strict=True)
    return tuple(max(sheet.get_string_width(_plain(cell)) for cell in column) + 4 for column in columns)


def _lines(sheet: FPDF, lines: Sequence[str]) -> None:
    """Short texts in columns, read down."""
    with sheet.text_columns(ncols=BESIDE, gutter=6, line_height=1.5) as columns:
        sheet.set_font(FAMILY, size=9.5)
        sheet.set_text_color(INK)
        for line in lines:
            columns.write(f"{line}\n")


def _end(sheet: FPDF, document: Document) -> None:
    """Who signs, who issues it, and the small print: together, and never alone on a page."""
    needed = 14 * bool(document.signatures) + (SEAL + 4) * bool(document.issuer) + 6 * len(document.notes)
    if sheet.get_y() + needed > sheet.page_break_trigger:
        sheet.add_page()
    if document.signatures:
        sheet.ln(6)
        write(sheet, "\u3000".join(f"{name} ____________" for name in document.signatures), size=10.5)
    if document.issuer:
        seal(sheet, document.issuer, document.day, sheet.get_y() + 4)
    for note in document.notes:
        write(sheet, note, size=8.5, grey=68)
