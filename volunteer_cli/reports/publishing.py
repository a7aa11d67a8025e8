"""An answer to where it is read: rows in every format and, when asked for, a picture with them."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from volunteer_cli.output.options import Format, options
from volunteer_cli.output.view import View
from volunteer_cli.reporting.answer import Answer
from volunteer_cli.reporting.errors import AnnualNeedsFile, NoPicture
from volunteer_cli.shell import show, show_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.output.rows import Rows

DRAWN_IN = (Format.table, Format.html, Format.xlsx)


def check(view: View, *, single: bool, chart: bool) -> None:
    """Refuse an unknown field or format before anything is computed.

    Raises:
        UnknownField, UnknownFormat, BinaryToTerminal: as their sentences say.
        NoPicture: a chart in a format that holds none.
    """
    from volunteer_cli.output.render import check as check_output

    check_output(view, options(), single=single)
    if chart and _chart_format() not in DRAWN_IN:
        raise NoPicture(format=_chart_format())


def publish(session: Session, answer: Answer, *, chart: bool = False) -> None:
    """Print the answer in the format that was asked for."""
    if chart:
        _publish_with_picture(session, answer)
    elif answer.report.single:
        show(session, answer.view, answer.rows[0])
    else:
        show_list(session, answer.view, answer.rows, totals=answer.adds_up)


def _chart_format() -> Format:
    """A picture is for people: without a format it is drawn in text, in a pipe too."""
    told = options()
    return told.resolved(True)


def _publish_with_picture(session: Session, answer: Answer) -> None:
    from volunteer_cli.output.rows import ordered, read

    told = replace(options(), format=_chart_format())
    records = list(ordered(answer.view, answer.rows, told.sort, session, single=False))[: told.limit]
    rows = replace(
        read(answer.view, records, replace(told, sort=None), session, single=False), totals=answer.adds_up
    )
    content = WRITERS[told.format](answer, records, rows, header=told.header)
    _emit(content)


def _text(answer: Answer, records: Any, rows: Rows, *, header: bool) -> str:
    from volunteer_cli.output.grids import listing
    from volunteer_cli.output.style import Style
    from volunteer_cli.output.table import table
    from volunteer_cli.reporting.drawing import Picture

    if not records:
        return ""
    width = get_terminal_size().columns
    style = Style(header, options().color, width if sys.stdout.isatty() and not options().file else None)
    return f"{table(listing(rows), style)}\n\n{Picture(answer).text(records, min(width, 100))}\n"


def _page(answer: Answer, records: Any, rows: Rows, *, header: bool) -> str:
    from volunteer_cli.output.grids import listing
    from volunteer_cli.output.html import page, table
    from volunteer_cli.reporting.drawing import Picture

    figure = f"<figure>{Picture(answer).svg(records)}</figure>\n" if records else ""
    return page(answer.view.heading, figure + table(listing(rows), header=header))


def _book(answer: Answer, records: Any, rows: Rows, *, header: bool) -> bytes:
    from io import BytesIO

    from volunteer_cli.output.xlsx import workbook, write_sheet
    from volunteer_cli.reporting.drawing import Picture

    content = BytesIO()
    with workbook(content) as book:
        sheet = write_sheet(book, rows, header=header)
        if header:
            Picture(answer).insert(book, sheet, rows.columns, len(records))
    return content.getvalue()


WRITERS: dict[Any, Any] = {Format.table: _text, Format.html: _page, Format.xlsx: _book}


def _emit(content: str | bytes) -> None:
    told, binary = options(), isinstance(content, bytes)
    if told.file is None:
        stream: Any = sys.stdout.buffer if binary else sys.stdout
        stream.write(content)
        return
    from volunteer_cli.output.files import replacing

    with replacing(told.file, binary=binary) as file:
        file.write(content)


def document() -> Path:
    """The file a document goes to; the summary that is printed meanwhile goes to the screen.

    Raises:
        AnnualNeedsFile: none was named, or one that is neither page nor workbook.
    """
    path = options().file
    if path is None or path.suffix.lower() not in (".html", ".htm", ".xlsx"):
        raise AnnualNeedsFile
    options().output = None
    return path
