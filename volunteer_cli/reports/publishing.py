"""An answer to where it is read: rows in every format and, when asked for, a picture with them."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from volunteer_cli.core.withheld import is_withheld
from volunteer_cli.output.formats import HTML, XLSX, Format
from volunteer_cli.output.options import options
from volunteer_cli.output.view import View
from volunteer_cli.reporting.answer import Answer
from volunteer_cli.reporting.errors import AnnualNeedsFile, CannotReadForeword, NoPicture
from volunteer_cli.shell import say_about, say_written, show, show_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


def check(view: View, *, single: bool, chart: bool) -> None:
    """Refuse an unknown field or format before anything is computed.

    Raises:
        UnknownField, UnknownFormat, BinaryToTerminal: as their sentences say.
        NoPicture: a chart in a format that holds none.
    """
    from volunteer_cli.output.render import check as check_output

    check_output(view, options(), single=single)
    if chart and not _chart_format().draws:
        raise NoPicture(format=_chart_format())


def print_answer(session: Session, answer: Answer, *, chart: bool = False) -> None:
    """Print the answer in the format that was asked for."""
    if chart:
        _print_with_picture(session, answer)
    elif answer.report.single:
        show(session, answer.view, answer.rows[0])
    else:
        show_list(session, answer.view, answer.rows, totals=has_total(answer))


def has_total(answer: Answer) -> bool:
    """Whether a totals row is printed; of some rows alone it would tell what the withheld ones are."""
    cut = options().limit is not None and any(map(is_withheld, _cells(answer)))
    return answer.adds_up and not cut


def _cells(answer: Answer) -> Iterator[object]:
    return (value for row in answer.rows for value in row.values())


def _chart_format() -> Format:
    """A picture is for people: without a format it is drawn in text, in a pipe too."""
    return options().resolved(stdout_is_terminal=True)


def _print_with_picture(session: Session, answer: Answer) -> None:
    from volunteer_cli.output.render import show_list as render
    from volunteer_cli.output.rows import ordered
    from volunteer_cli.reporting.drawing import chart_of

    say_about(session, answer.view)
    asked = options()
    sorted_rows = ordered(answer.view, answer.rows, asked.sort, session, single=False)
    records = list(islice(sorted_rows, asked.limit))
    render(
        answer.view,
        records,
        replace(asked, format=_chart_format(), sort=None),
        session,
        totals=has_total(answer),
        chart=chart_of(session, answer, records) if records else None,
    )
    if asked.file is not None:
        say_written(len(records))


def read_foreword(path: Path) -> str:
    """The text of a file; raises CannotReadForeword."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotReadForeword(path=path) from error


def document() -> Path:
    """The file a document goes to; the summary that is printed meanwhile goes to the screen.

    Raises:
        AnnualNeedsFile: none was named, or one that is neither page nor workbook.
    """
    path = options().file
    if path is None or path.suffix.lower() not in HTML.endings + XLSX.endings:
        raise AnnualNeedsFile
    options().output = None
    return path
