"""Names for the shell's completion: read straight from the file, and nothing at all when that fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from volunteer_cli.areas import things
from volunteer_cli.core.run import run
from volunteer_cli.core.targets import file_of

MOST = 50


def completes(metavar: str | None) -> Callable[[str], list[str]] | None:
    """What completes an argument with this name in the help, or None: from what was typed to names."""
    thing = things().get((metavar or "").rstrip(".").strip("[]").lower())
    if thing is None or not thing.completed_by:
        return None

    return partial(names, thing.stored_in, thing.completed_by)


def names(table: str, column: str, typed: str) -> list[str]:
    """Up to fifty names that begin with what was typed."""
    try:
        path = file_of(run().given.database)
        if path is None:
            return []
        connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=0.1)
        # A range and not LIKE: it uses the index, and what was typed needs no escaping.
        try:
            query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} >= ? AND {column} < ? ORDER BY 1 LIMIT {MOST}"
            return [row[0] for row in connection.execute(query, (typed, typed + "\U0010ffff"))]
        finally:
            connection.close()
    except Exception:  # noqa: BLE001 - a completion that fails must not be seen
        return []
