"""Many rows for a server of PostgreSQL, in the text format of its COPY.

https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy.engine import Connection

#: Rows that are sent at once: some hundred kilobytes.
PART = 5000
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(connection: Connection, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given column by column."""
    quote = connection.dialect.identifier_preparer.quote
    statement = f"COPY {quote(table)} ({', '.join(map(quote, columns))}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        for part in _parts(columns):
            copy.write(part)


def _parts(columns: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    rows = zip(*map(_texts, columns.values()), strict=True)
    while part := list(islice(rows, PART)):
        yield "\n".join(map("\t".join, part)) + "\n"


def _texts(column: Sequence[Any]) -> Iterator[str]:
    """A column's values as texts; days and words come again and again, so each is written once."""
    texts = {value: _text(value) for value in set(column)}
    return map(texts.__getitem__, column)


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)
