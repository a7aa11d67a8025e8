from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from volunteer_cli.output.formats import XLSX, Format
from volunteer_cli.output.options import OutputOptions
from volunteer_cli.output.render import printed
from volunteer_cli.output.view import Column, Kind, View

ROSTER = View("roster", "Roster", (Column("person"), Column("phone", kind=Kind.PHONE)))

PEOPLE = View(
    "people",
    "People",
    (
        Column("id", "Id", Kind.ID),
        Column("name", "Name"),
        Column("phone", "Phone", Kind.PHONE),
        Column("id_number", "Identity number", Kind.ID_NUMBER, table=False),
        Column("room", "Room", Kind.ADDRESS),
        Column("sex", "Sex", Kind.CHOICE, choices={"male": "man", "female": "woman"}),
        Column("minutes", "Hours", Kind.MINUTES, total=True),
        Column("pieces", "Pieces", Kind.QUANTITY, total=True),
        Column("skills", "Skills", Kind.LIST, table=False),
        Column("active", "Active", Kind.FLAG, table=False),
        Column("freight", "Freight", Kind.MONEY, table=False),
        Column("share", "Share", Kind.PERCENT, table=False),
        Column("registered_on", "Registered", Kind.DATE),
        Column("seen_at", "Seen", Kind.DATETIME, table=False),
        Column("roster", "Roster", Kind.ROWS, show_only=True, view=ROSTER),
    ),
)


def write(*what: Any, **how: Any) -> Any:
    """What would be printed once an operation is committed, whole."""
    with printed(*what, **how) as stream:
        return stream.read()


def text_of(view: View, records: Iterable[Any], form: Format, **options: Any) -> str:
    """The records as text in a format, with options of output."""
    text = write(view, records, OutputOptions(format=form, **options))
    assert isinstance(text, str)
    return text


def workbook_of(records: Iterable[Any], *, single: bool = False, **options: Any) -> bytes:
    """People as a workbook, with options of output."""
    content = write(PEOPLE, records, OutputOptions(format=XLSX, **options), single=single)
    assert isinstance(content, bytes)
    return content
