"""Records to where they are read, in the format that was asked for."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib import import_module
from io import BytesIO, StringIO
from typing import IO, TYPE_CHECKING, Any

from volunteer_cli.output.errors import BinaryToTerminal
from volunteer_cli.output.options import Format, OutputOptions
from volunteer_cli.output.rows import Rows, available, chosen, read
from volunteer_cli.output.style import Style
from volunteer_cli.output.view import View, pick

if TYPE_CHECKING:
    from collections.abc import Iterable

WRITERS = {
    Format.table: ("table", "write_table"),
    Format.csv: ("delimited", "write_csv"),
    Format.tsv: ("delimited", "write_tsv"),
    Format.json: ("objects", "write_json"),
    Format.ndjson: ("objects", "write_ndjson"),
    Format.markdown: ("table", "write_markdown"),
    Format.html: ("html", "write_html"),
    Format.xlsx: ("xlsx", "write_xlsx"),
    Format.ids: ("objects", "write_ids"),
}
"""The module and function of each format; only the one in use is imported."""


def show(view: View, record: Any, options: OutputOptions, session: Any = None, *, stream: Any = None) -> None:
    """Write one record: a JSON object, or for people its fields one below the other."""
    _emit(view, [record], options, session, stream or sys.stdout, single=True)


def show_list(
    view: View,
    records: Iterable[Any],
    options: OutputOptions,
    session: Any = None,
    *,
    stream: Any = None,
    totals: bool = False,
) -> None:
    """Write records, taking no more of them than are shown; `totals` adds sums where people read."""
    _emit(view, records, options, session, stream or sys.stdout, single=False, totals=totals)


def write(
    view: View, records: Iterable[Any], options: OutputOptions, session: Any = None, *, single: bool = False
) -> bytes | str:
    """The records as text, or as bytes for xlsx; `options.output` only names the format."""
    options = _settled(options, terminal=False)
    stream: Any = BytesIO() if options.format is Format.xlsx else StringIO()
    _write(_rows(view, records, options, session, single=single), stream, options, Style(options.header))
    value: bytes | str = stream.getvalue()
    return value


def check(view: View, options: OutputOptions, *, single: bool = False, stream: Any = None) -> None:
    """Refuse an unknown field or format before anything is changed or computed."""
    terminal = (stream or sys.stdout).isatty()
    options = _settled(options, terminal=terminal)
    chosen(view, options, single=single)
    if options.sort:
        pick(available(view, single=single), options.sort.removeprefix("-"))
    if options.format is Format.xlsx and options.file is None and terminal:
        raise BinaryToTerminal


def _emit(
    view: View,
    records: Iterable[Any],
    options: OutputOptions,
    session: Any,
    stream: Any,
    *,
    single: bool,
    totals: bool = False,
) -> None:
    check(view, options, single=single, stream=stream)
    terminal = stream.isatty()
    options = _settled(options, terminal=terminal)
    rows = _rows(view, records, options, session, single=single, totals=totals)
    if options.file is None:
        place = stream.buffer if options.format is Format.xlsx else stream
        _write(rows, place, options, Style(options.header, options.color, _width() if terminal else None))
        return
    from volunteer_cli.output.files import replacing

    with replacing(options.file, binary=options.format is Format.xlsx) as file:
        _write(rows, file, options, Style(options.header, to_file=True))


def _settled(options: OutputOptions, *, terminal: bool) -> OutputOptions:
    return replace(options, format=options.resolved(terminal))


def _rows(
    view: View,
    records: Iterable[Any],
    options: OutputOptions,
    session: Any,
    *,
    single: bool,
    totals: bool = False,
) -> Rows:
    return replace(read(view, records, options, session, single=single), totals=totals)


def _write(rows: Rows, stream: IO[Any], options: OutputOptions, style: Style) -> None:
    room, name = WRITERS[options.format or Format.tsv]
    getattr(import_module(f"volunteer_cli.output.{room}"), name)(rows, stream, style)


def _width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns
