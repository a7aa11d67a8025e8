"""Names for the shell's completion: read straight from the file, and nothing at all when that fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from volunteer_cli.core.settings import settings

#: What an argument is called in the help, and the table and column that complete it.
NAMES = {
    "COMMUNITY": ("community", "code"),
    "ORGANIZATION": ("organization", "name"),
    "PERSON": ("person", "name"),
    "TEAM": ("team", "name"),
    "EVENT": ("event", "title"),
    "DRIVE": ("drive", "name"),
    "CERTIFICATE": ("certificate", "number"),
}
MOST = 50


def completes(metavar: str | None) -> Callable[[Any, Any, str], list[Any]] | None:
    """What completes an argument with this name in the help, or None."""
    known = NAMES.get((metavar or "").rstrip(".").strip("[]"))
    if known is None:
        return None

    def complete(_context: Any, _parameter: Any, typed: str) -> list[Any]:
        from typer._click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in names(*known, typed)]

    return complete


def names(table: str, column: str, typed: str) -> list[str]:
    """Up to fifty names that begin with what was typed."""
    try:
        path = Path(settings().database).absolute()
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=0.1)
        try:
            query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} >= ? AND {column} < ? ORDER BY 1 LIMIT {MOST}"
            return [row[0] for row in connection.execute(query, (typed, typed + "\U0010ffff"))]
        finally:
            connection.close()
    except Exception:  # noqa: BLE001 - a completion that fails must not be seen
        return []
