"""Records to where they are read, in the format that was asked for."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from io import StringIO
from shutil import get_terminal_size
from typing import IO, TYPE_CHECKING, Any

from volunteer_cli.core.run import run
from volunteer_cli.core.wrapping import terminal_width
from volunteer_cli.output.errors import BinaryToTerminal
from volunteer_cli.output.options import OutputOptions
from volunteer_cli.output.rows import Rows, available, chosen, read
from volunteer_cli.output.style import Style
from volunteer_cli.output.view import View, pick

if TYPE_CHECKING:
    from collections.abc import Iterable

    from volunteer_cli.output.charts import Chart

#: Characters of an answer that wait in memory for the commit.
HELD = 1 << 20


def show(view: View, record: Any, options: OutputOptions, session: Any = None, *, stream: Any = None) -> None:
    """Write one record: a JSON object, or for people its fields one below the other."""
    place, view = _Place(stream or sys.stdout, options), view.completed(session)
    check(view, options, single=True, stream=place.stream)
    place.write(read(view, [record], place.settled, session, single=True))


def show_list(
    view: View,
    records: Iterable[Any],
    options: OutputOptions,
    session: Any = None,
    *,
    stream: Any = None,
    totals: bool = False,
    chart: Chart | None = None,
) -> None:
    """Write records, taking no more of them than are shown; `totals` adds sums where people read."""
    place, view = _Place(stream or sys.stdout, options), view.completed(session)
    check(view, options, stream=place.stream)
    rows = read(view, records, place.settled, session, single=False)
    place.write(replace(rows, totals=totals, chart=chart))


def printed(
    view: View,
    records: Iterable[Any],
    options: OutputOptions,
    session: Any = None,
    *,
    single: bool = False,
    style: Style | None = None,
) -> IO[Any]:
    """The records as text, or as bytes where the format is binary, to be read from the beginning.

    What is long waits on disk, in a file without a name. `options.output` only names the format.
    """
    from tempfile import SpooledTemporaryFile

    form = options.resolved(stdout_is_terminal=False)
    rows = read(view.completed(session), records, replace(options, format=form), session, single=single)
    stream: IO[Any] = (
        SpooledTemporaryFile(HELD)  # noqa: SIM115 - read once the operation is committed
        if form.binary
        else SpooledTemporaryFile(HELD, "w+", encoding="utf-8", errors="surrogatepass", newline="")  # noqa: SIM115
    )
    form.write(rows, stream, style or Style(options.header))
    stream.seek(0)
    return stream


def style_of(options: OutputOptions) -> Style:
    """How rows look in the file that was named, else on the standard output."""
    return Style(options.header) if options.file is not None else _Place(sys.stdout, options).style()


def check(view: View, options: OutputOptions, *, single: bool = False, stream: Any = None) -> None:
    """Refuse an unknown field or format before anything is changed or computed."""
    place = _Place(stream or sys.stdout, options)
    chosen(view, place.settled, single=single)
    if options.sort:
        pick(available(view, single=single), options.sort.removeprefix("-"))
    if place.form.binary and place.on_terminal:
        raise BinaryToTerminal


class _Place:
    """Where rows go and in which format: the file that was named, else a stream."""

    def __init__(self, stream: Any, options: OutputOptions) -> None:
        self.stream = stream
        self.options = options
        self.form = options.resolved(stream.isatty())
        self.settled = replace(options, format=self.form)

    @property
    def on_terminal(self) -> bool:
        return self.options.file is None and bool(self.stream.isatty())

    def write(self, rows: Rows) -> None:
        if self.options.file is None:
            stream = self.stream.buffer if self.form.binary else self.stream
            if self._pages:
                self._show_pages(rows)
            else:
                self.form.write(rows, stream, self.style())
            return
        from volunteer_cli.output.files import replacing

        with replacing(self.options.file, binary=self.form.binary) as file:
            self.form.write(rows, file, Style(self.options.header, to_file=True))

    @property
    def _pages(self) -> bool:
        """Whether somebody sits there who can turn pages."""
        seen = self.on_terminal and self.stream is sys.stdout and sys.stdin.isatty()
        return seen and run().given.pages and not self.form.binary

    def _show_pages(self, rows: Rows) -> None:
        """Show what is taller than the terminal page by page, with the program that PAGER names."""
        from pydoc import pager

        text = StringIO()
        self.form.write(rows, text, self.style())
        if text.getvalue().count("\n") < get_terminal_size().lines:
            self.stream.write(text.getvalue())
        else:
            # Without it less shows what is bold as letters.
            os.environ.setdefault("LESS", "-R")
            pager(text.getvalue())

    def style(self) -> Style:
        """How rows look there: within a terminal, and in colour on one or where somebody insists."""
        width = terminal_width() if self.on_terminal else None
        return Style(self.options.header, run().given.colors(self.stream), width)
