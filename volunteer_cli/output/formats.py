"""The formats that rows are written in: what each is called, which files it is for, and who writes it.

A new format is one module with a writer, and one line here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.errors import UnknownFormat

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO, Any

    from volunteer_cli.output.rows import Rows
    from volunteer_cli.output.style import Style


class Format(NamedTuple):
    """A format; all but the table are stable between versions.

    Attributes:
        name: what is typed after --format.
        writer: room of `output` and function in it that writes; imported when the format is used.
        endings: of the files that are written so without --format, the usual one first.
        binary: whether it is bytes, which no terminal can show.
        draws: whether it holds the picture of a chart.
        whole: whether lists have all their fields in it, for scripts that look fields up by name.
        only_ids: whether it has nothing but what names each record.
        meaning: what it is good for, not yet translated.
    """

    name: str
    writer: tuple[str, str]
    endings: tuple[str, ...] = ()
    binary: bool = False
    draws: bool = False
    whole: bool = False
    only_ids: bool = False
    meaning: str = ""

    def __str__(self) -> str:
        return self.name

    def write(self, rows: Rows, stream: IO[Any], style: Style) -> None:
        """Write the rows, with their picture where they have one and the format holds it."""
        room, function = self.writer
        # Here and not above: the library for workbooks alone takes longer to import than a list to print.
        getattr(import_module(f"volunteer_cli.output.{room}"), function)(rows, stream, style)


TABLE = Format(
    "table",
    ("table", "write_table"),
    (".txt",),
    draws=True,
    meaning=N_("for people, the default on a terminal; it may change between versions"),
)
CSV = Format(
    "csv", ("delimited", "write_csv"), (".csv",), meaning=N_("for spreadsheets; UTF-8 with headings")
)
TSV = Format("tsv", ("delimited", "write_tsv"), (".tsv",), meaning=N_("the default in a pipe"))
JSON = Format(
    "json",
    ("objects", "write_json"),
    (".json",),
    whole=True,
    meaning=N_("for programs: all fields, values never translated"),
)
NDJSON = Format(
    "ndjson",
    ("objects", "write_ndjson"),
    (".ndjson", ".jsonl"),
    whole=True,
    meaning=N_("the same, a record a line"),
)
MARKDOWN = Format(
    "markdown", ("table", "write_markdown"), (".md", ".markdown"), meaning=N_("a table for a text")
)
HTML = Format("html", ("html", "write_html"), (".html", ".htm"), draws=True, meaning=N_("a page to print"))
XLSX = Format(
    "xlsx",
    ("xlsx", "write_xlsx"),
    (".xlsx",),
    binary=True,
    draws=True,
    meaning=N_("a workbook with real dates and numbers; it needs -o FILE"),
)
IDS = Format("ids", ("objects", "write_ids"), only_ids=True, meaning=N_("ids alone, for other commands"))

#: In this order in the help: what people read first, then what spreadsheets and programs do.
FORMATS = (TABLE, CSV, TSV, JSON, NDJSON, MARKDOWN, HTML, XLSX, IDS)


def format_named(name: str) -> Format:
    """The format that was asked for by its name; raises UnknownFormat."""
    for form in FORMATS:
        if form.name == name.lower():
            return form
    raise UnknownFormat.among(name, dict.fromkeys((form.name for form in FORMATS), ""))


def format_of(path: Path) -> Format:
    """The format that the ending of a file tells; raises UnknownFormat."""
    ending = path.suffix.lower()
    for form in FORMATS:
        if ending in form.endings:
            return form
    endings = (ending for form in FORMATS for ending in form.endings)
    raise UnknownFormat.among(ending or path.name, dict.fromkeys(endings, ""))
