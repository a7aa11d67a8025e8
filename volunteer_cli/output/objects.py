"""Rows as JSON, as JSON lines and as bare ids."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from volunteer_cli.core.visible import STEERING
from volunteer_cli.output.cells import named
from volunteer_cli.output.rows import Rows

if TYPE_CHECKING:
    from volunteer_cli.output.style import Style

#: What JSON itself leaves as it is.
ESCAPED = re.compile(f"[{STEERING}]")


def write_json(rows: Rows, stream: IO[Any], _style: Style) -> None:
    """Write one indented object, or an array with an object a line."""
    if rows.single:
        for row in rows.values:
            stream.writelines(_one(rows, row))
        return
    before = "[\n"
    for row in rows.values:
        stream.write(before + encoded(named(rows, row)))
        before = ",\n"
    stream.write("[]\n" if before == "[\n" else "\n]\n")


def _one(rows: Rows, row: tuple[Any, ...]) -> Iterator[str]:
    """An indented object piece by piece: rows within it may be too many to hold."""
    before = "{\n"
    for column, value in zip(rows.columns, row, strict=True):
        yield f"{before}  {encoded(column.name)}: "
        if isinstance(value, Rows):
            yield from _within(value)
        else:
            yield _indented(named(replace(rows, columns=(column,)), (value,))[column.name], 2)
        before = ",\n"
    yield "{}\n" if before == "{\n" else "\n}\n"


def _within(rows: Rows) -> Iterator[str]:
    """The rows of a cell as an indented array."""
    before = "[\n"
    for row in rows.values:
        yield f"{before}    {_indented(named(rows, row), 4)}"
        before = ",\n"
    yield "[]" if before == "[\n" else "\n  ]"


def _indented(value: Any, indent: int) -> str:
    """The value as JSON whose lines after the first stand further right."""
    return encoded(value, indent=2).replace("\n", "\n" + " " * indent)


def write_ndjson(rows: Rows, stream: IO[Any], _style: Style) -> None:
    """Write an object a line."""
    stream.writelines(encoded(named(rows, row)) + "\n" for row in rows.values)


def write_ids(rows: Rows, stream: IO[Any], _style: Style) -> None:
    """Write an id a line; rows of one thing that follow each other are one, and what has no id has no line."""
    ids = groupby(row[0] for row in rows.values)
    stream.writelines(f"{key}\n" for key, _rows in ids if key is not None)


def encoded(value: Any, indent: int | None = None) -> str:
    """The value as JSON, readable, with what could steer a terminal escaped."""
    return ESCAPED.sub(_escape, json.dumps(value, ensure_ascii=False, indent=indent))


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
