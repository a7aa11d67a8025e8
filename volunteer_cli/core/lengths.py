"""How long a text may be that is stored: some databases refuse a longer one in their own words, others keep it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Table
from sqlalchemy.orm import Session

from volunteer_cli.core.errors import TooLong


@cache
def limits(table: Table) -> dict[str, int]:
    """The most characters of those columns of a table that do not hold just any text."""
    lengths = {column.name: getattr(column.type, "length", None) for column in table.columns}
    return {name: most for name, most in lengths.items() if most}


def require_short(table: Table, columns: Mapping[str, Iterable[Any]]) -> None:
    """Refuse values that are longer than their column is; raises TooLong."""
    of_table = limits(table)
    for name in columns.keys() & of_table.keys():
        # The same words come again and again, and each is looked at once.
        for value in set(columns[name]):
            _require(name, value, of_table[name])


def require_short_records(session: Session, *_more: Any) -> None:
    """Refuse what a flush would write, and forget the record whose text is too long; raises TooLong."""
    for record in (*session.new, *session.dirty):
        try:
            for name, most in limits(record.__table__).items():
                _require(name, record.__dict__.get(name), most)
        except TooLong:
            session.expunge(record) if record in session.new else session.expire(record)
            raise


def _require(name: str, value: Any, most: int) -> None:
    if isinstance(value, str) and len(value) > most:
        raise TooLong(field=name, most=most)
