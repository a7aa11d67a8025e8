"""Rows as a spreadsheet: text stays text, dates and numbers are real ones."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from datetime import date, time
from io import BytesIO
from itertools import count
from math import ceil
from typing import IO, TYPE_CHECKING, Any

from volunteer_cli.core.countries import paper_used
from volunteer_cli.core.i18n import _
from volunteer_cli.core.quantity import SIGNS, number_of, quantity_of
from volunteer_cli.core.visible import harmless
from volunteer_cli.core.withheld import is_withheld
from volunteer_cli.core.wrapping import measured
from volunteer_cli.output.cells import shown
from volunteer_cli.output.errors import TooManyRows
from volunteer_cli.output.grids import stands_alone
from volunteer_cli.output.rows import Rows, titled
from volunteer_cli.output.view import NUMERIC, Column, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from volunteer_cli.output.style import Style

MOST_ROWS = 1_048_576
#: Characters a cell can hold.
LONGEST = 32_767
#: Spreadsheets know no date before it.
FIRST_YEAR = 1900
WIDEST = 60
#: Points of a line, and the lines that a cell shows at most.
LINE_HEIGHT, MOST_LINES = 15, 20
#: The last line that leaves room for a picture on its page, and how many lines below it begins.
SHORT, APART = 20, 3
#: The signs that a name of a sheet may not have.
FORBIDDEN = "[]:*?/\\"
#: Number formats of the kinds that need one; the others that are numbers show as they are.
CELL_FORMATS = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.DATETIME: "yyyy-mm-dd hh:mm",
    Kind.TIME: "hh:mm",
    Kind.MINUTES: "[h]:mm",
    Kind.MONEY: "0.00",
    Kind.PERCENT: "0.0%",
}
#: How many of what is kept make one of what a cell holds: money is kept in fen, durations in minutes and not in days.
UNITS = {Kind.MONEY: 100, Kind.MINUTES: 24 * 60}
#: The number format of a quantity that is not exact: a number still, with its sign.
APPROXIMATE = '"{sign} "0'


def write_xlsx(rows: Rows, stream: IO[Any], style: Style) -> None:
    """Write a workbook: a list as one sheet; one record as a sheet of fields and one for each nested list."""
    content = BytesIO()
    with workbook(content) as book:
        title, rows = titled(rows)
        if rows.single:
            for row in rows.values:
                sheet = _write_record(book, rows, row, title=title if style.header else "")
                _say_about(book, sheet, rows, title)
        else:
            above = title if style.header and not rows.view.to_fill else ""
            sheet = write_sheet(book, rows, header=style.header, title=above)
            _say_about(book, sheet, rows, title)
            if rows.chart:
                from volunteer_cli.output.charts.workbook import insert

                insert(book, sheet, rows.chart, *picture_place(sheet, len(rows.columns)))
    stream.write(content.getbuffer())


def picture_place(sheet: Any, columns: int) -> tuple[int, int]:
    """The line and the column where the picture of a table begins: below a short one, else to its right.

    On paper all columns stand on one page: a picture to the right makes the table half as large.
    """
    last: int = sheet.dim_rowmax
    return (last + APART, 0) if last <= SHORT else (1, columns + 1)


def _say_about(book: Any, sheet: Any, rows: Rows, title: str) -> None:
    """What the rows are of, in the properties of the file and at the top of each printed page."""
    told = " · ".join(rows.about)
    book.set_properties({"title": harmless(title), "subject": harmless(told)})
    # An ampersand begins a code of spreadsheets.
    sheet.set_header("&L" + harmless(f"{title}  {told}").replace("&", "&&")[:200])
    sheet.set_footer("&R&P / &N")


@contextmanager
def workbook(content: IO[bytes]) -> Iterator[Any]:
    """A workbook that turns no text into a formula, a link or a number, written to `content` at the end."""
    from xlsxwriter import Workbook

    from volunteer_cli.output.charts.workbook import write_figures

    asis = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # Row by row to a temporary file, so that memory does not grow with the rows.
    with Workbook(content, {**asis, "constant_memory": True, "remove_timezone": True}) as book:
        yield book
        write_figures(book)


def write_sheet(book: Any, rows: Rows, *, header: bool = True, title: str = "") -> Any:
    """Add a sheet with a record a row and return it, for those who add a chart; raises TooManyRows.

    With a title, its first rows say what it is a list of.
    """
    sheet = _Sheet(book, rows.view.heading)
    sheet.write_title(title, rows.about)
    if header:
        sheet.write_headings([column.heading for column in rows.columns], _rightward(rows.columns))
    for row in rows.values:
        sheet.write_row(zip(rows.columns, row, strict=True))
    if header and sheet.line > sheet.first:
        _finish(sheet, rows)
    sheet.set_widths()
    return sheet.sheet


def _rightward(columns: Iterable[Column]) -> set[int]:
    """The places of columns whose figures stand to the right, and their headings above them."""
    return {place for place, column in enumerate(columns) if column.kind in NUMERIC}


def write_lines(
    book: Any,
    title: str,
    headings: list[str],
    lines: Iterable[Iterable[tuple[Column, Any]]],
    above: tuple[str, Sequence[str]] = ("", ()),
) -> Any:
    """Add a sheet whose lines hold values of several kinds in one column, each with the column it is of.

    What stands `above` them is a title and what they are of.
    """
    sheet = _Sheet(book, title)
    sheet.write_title(*above)
    if headings:
        sheet.write_headings(headings)
    for line in lines:
        sheet.write_row(line)
    sheet.set_widths()
    return sheet.sheet


FILLED = {"bold": True, "border": 1, "bg_color": "#E8EEF4", "valign": "vcenter"}


def _finish(sheet: _Sheet, rows: Rows) -> None:
    # Before the totals: a filter over them would hide or sort them with the rows.
    sheet.sheet.autofilter(sheet.first - 1, 0, sheet.line - 1, len(rows.columns) - 1)
    if rows.totals:
        sheet.write_totals(rows.columns)


def _on_paper(sheet: Any) -> Any:
    """The sheet, so that all its columns stand on one page when it is printed."""
    sheet.set_landscape()
    sheet.set_paper(paper_used().number)
    sheet.fit_to_pages(1, 0)
    return sheet


def sheet_name(title: str, book: Any) -> str:
    """The title as the name of a sheet: short, without the signs a spreadsheet forbids, and not yet taken."""
    allowed = (" " if letter in FORBIDDEN else letter for letter in harmless(title))
    # Of 31 characters that a name may have three stay free for a number behind it.
    return _not_taken("".join(allowed).strip("' ")[:28], book)


def _not_taken(name: str, book: Any) -> str:
    # A spreadsheet keeps the name History for itself.
    taken = {"", "history", *(sheet.get_name().lower() for sheet in book.worksheets())}
    names = (name if number == 1 else f"{name} {number}".strip() for number in count(1))
    return next(each for each in names if each.lower() not in taken)


def _write_record(book: Any, rows: Rows, row: tuple[Any, ...], *, title: str) -> Any:
    """The fields of a record on a sheet, which is returned, and one for each nested list; titled if titles are wanted."""
    pairs = list(zip(rows.columns, row, strict=True))
    lines = (
        [(Column("field"), column.heading), (column, value)]
        for column, value in pairs
        if stands_alone(rows, column, value)
    )
    headings = [_("Field"), _("Value")] if title else []
    first = write_lines(book, rows.view.heading, headings, lines, (title, rows.about if title else ()))
    for _column, value in pairs:
        if isinstance(value, Rows):
            write_sheet(book, value, header=bool(title))
    return first


def _numbered(book: Any, top: dict[str, str], patterns: Mapping[Any, str]) -> dict[Any, Any]:
    """A format of cells for each of some patterns of numbers."""
    return {key: book.add_format({**top, "num_format": pattern}) for key, pattern in patterns.items()}


class _Sheet:
    """A sheet filled from the top, which learns the widths of its columns on the way."""

    def __init__(self, book: Any, title: str) -> None:
        self.sheet = _on_paper(book.add_worksheet(sheet_name(title, book)))
        self._make_formats(book)
        self.widths: dict[int, int] = {}
        self.line = self.first = 0
        self.sums: dict[int, float] = defaultdict(float)
        self.unsummed: set[int] = set()

    def write_title(self, title: str, about: Sequence[str]) -> None:
        """What it is a list of, large, and below it of whom, of when and narrowed by what; nothing without a title."""
        for text, look in ((title, self.large), (" · ".join(about), self.quiet)) if title else ():
            if text:
                self.sheet.write_string(self.line, 0, harmless(text), look)
                self.line += 1

    def write_headings(self, titles: list[str], right: Collection[int] = ()) -> None:
        for place, title in enumerate(titles):
            look = self.headings["right" if place in right else ""]
            self.sheet.write_string(self.line, place, harmless(title), look)
            # Room for the filter's arrow.
            self._make_room(place, measured(title) + 3)
        self.sheet.repeat_rows(self.line)
        self.line = self.first = self.line + 1
        self.sheet.freeze_panes(self.first, 0)

    def write_row(self, cells: Iterable[tuple[Column, Any]]) -> None:
        if self.line >= MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
        for place, (column, value) in enumerate(cells):
            if value is not None:
                self._write_cell(place, column, value)
        self.line += 1

    def write_totals(self, columns: Sequence[Column]) -> None:
        """A last row whose sums follow the filter; its words stand in the first column."""
        from xlsxwriter.utility import xl_range

        self.sheet.write_string(self.line, 0, _("Total"), self.headings[""])
        for place, column in enumerate(columns):
            if place and column.total and place not in self.unsummed:
                look = self.formats.get(column.kind, self.top)
                cells = xl_range(self.first, place, self.line - 1, place)
                # 109 adds up what the filter lets through.
                self.sheet.write_formula(self.line, place, f"=SUBTOTAL(109,{cells})", look, self.sums[place])

    def set_widths(self) -> None:
        for place, width in self.widths.items():
            self.sheet.set_column(place, place, min(width, WIDEST))

    def _write_number(self, place: int, column: Column, value: Any) -> None:
        # Hours are stored in minutes and yuan in fen; a spreadsheet reckons in days and yuan.
        amount = number_of(value) / UNITS.get(column.kind, 1)
        self.sums[place] += amount
        self.sheet.write_number(self.line, place, amount, self._format(column, value))

    def _make_formats(self, book: Any) -> None:
        # Beside a text of several lines a number stands at the first of them.
        top = {"valign": "top"}
        self.top = book.add_format(top)
        # Beside a column of numbers, which end at its right edge, a text begins a little further in.
        aside = {**top, "indent": 1}
        self.text = book.add_format(aside)
        self.large = book.add_format({"bold": True, "font_size": 14})
        self.quiet = book.add_format({"font_color": "#5F5F66"})
        self.wrapped = book.add_format({**aside, "text_wrap": True})
        self.headings = {
            "": book.add_format({**FILLED, "indent": 1}),
            "right": book.add_format({**FILLED, "align": "right"}),
        }
        self.formats = _numbered(book, top, CELL_FORMATS)
        self.signed = _numbered(book, top, {sign: APPROXIMATE.format(sign=sign) for sign in SIGNS.values()})

    def _write_cell(self, place: int, column: Column, value: Any) -> None:
        text = shown(column, value)
        width = measured(text)
        self._make_room(place, width + 2)
        if is_withheld(value) or _below_zero(column, value):
            # What stands as words would be missing in a sum.
            self.unsummed.add(place)
            self.sheet.write_string(self.line, place, text, self.top)
        elif column.kind in NUMERIC:
            self._write_number(place, column, value)
        elif _has_serial(value):
            # A spreadsheet knows no day before 1900: such a one stands as text.
            self.sheet.write_datetime(self.line, place, value, self._format(column, value))
        else:
            self.sheet.write_string(self.line, place, text[:LONGEST], self._wrapping(width))

    def _format(self, column: Column, value: Any) -> Any:
        """How a number or date is written, with its sign where it is not exact."""
        if column.kind is Kind.QUANTITY and (sign := quantity_of(value).sign):
            return self.signed[sign]
        return self.formats.get(column.kind, self.top)

    def _wrapping(self, width: int) -> Any:
        """The format of a text so many columns wide; one of several lines has its row made high enough."""
        lines = min(ceil(width / WIDEST), MOST_LINES)
        if lines <= 1:
            return self.text
        self.sheet.set_row(self.line, LINE_HEIGHT * lines)
        return self.wrapped

    def _make_room(self, place: int, width: int) -> None:
        self.widths[place] = max(self.widths.get(place, 0), width)


def _below_zero(column: Column, value: Any) -> bool:
    """Whether it is a duration for which Excel, whose days begin in 1900, would show a row of signs."""
    return column.kind is Kind.MINUTES and value < 0


def _has_serial(value: Any) -> bool:
    return isinstance(value, time) or (isinstance(value, date) and value.year >= FIRST_YEAR)
