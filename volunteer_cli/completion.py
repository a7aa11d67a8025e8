"""Values for completion: names and codes read straight from the file, and the choices that help names.

It is light, and where something fails there is simply nothing to complete.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import quote

from volunteer_cli.areas import things
from volunteer_cli.core.cards import Thing
from volunteer_cli.core.run import run
from volunteer_cli.core.targets import file_of, search_path, without_schema

#: From what was typed to the values that it may become.
Completer: TypeAlias = Callable[[str], list[str]]

MOST = 50
#: Periods that people ask for; all that can be read is told by `volunteer help periods`.
PERIODS = (
    *("this-week", "last-week", "this-month", "last-month", "this-quarter", "last-quarter"),
    *("this-year", "last-year", "ytd", "all"),
)
DAYS = ("today", "yesterday", "tomorrow")
#: How help tells choices: `leader, deputy or member`, with more behind a semicolon.
_WORD = r"[a-z][a-z0-9_-]*"
_CHOICES = re.compile(rf"({_WORD}(?:, {_WORD})* or {_WORD})(?:[;,(].*)?", re.DOTALL)


def completer(metavar: str | None, text: str | None) -> Completer | None:
    """What completes a parameter that help calls `metavar` and explains by `text`; None where nothing does."""
    if by_name := completes(metavar):
        return by_name
    choices = tuple(_choices(metavar or "", text or ""))
    return partial(beginning, choices) if choices else None


def completes(metavar: str | None) -> Completer | None:
    """What completes an argument that names a record, or None: from what was typed to names."""
    thing = things().get((metavar or "").rstrip(".").strip("[]").lower())
    if thing is None or not thing.completed_by:
        return None

    return partial(names_of, thing)


def beginning(choices: Iterable[str], typed: str) -> list[str]:
    """The choices that begin as typed; behind a comma the next one of a list."""
    *before, last = typed.split(",")
    return [",".join([*before, choice]) for choice in choices if choice.startswith(last)]


def _choices(metavar: str, text: str) -> Iterator[str]:
    if "|" in metavar:
        yield from metavar.split("|")
    elif metavar == "PERIOD":
        yield from PERIODS
    elif metavar == "DATE":
        yield from DAYS
    elif metavar == "LANG":
        from volunteer_cli.core.i18n import languages

        yield from languages()
    elif match := _CHOICES.search(text):
        yield from re.split(", | or ", match[1])


def names_of(thing: Thing, typed: str) -> list[str]:
    """Up to fifty names, codes or numbers that begin as typed, or names that sound so."""
    first, *others = thing.completed_by
    values = names(thing.stored_in, first, typed)
    for column in others:
        values += names(thing.stored_in, column, typed) if typed else []
    for column in thing.heard_by:
        values += (
            _matching(thing.stored_in, first, column, typed.lower()) if typed.isascii() and typed else []
        )
    return list(dict.fromkeys(values))[:MOST]


def names(table: str, column: str, typed: str) -> list[str]:
    """Up to fifty values of a column that begin with what was typed."""
    return _matching(table, column, column, typed)


def _matching(table: str, shown: str, column: str, typed: str) -> list[str]:
    """Up to fifty values of the column `shown` in rows whose `column` begins with what was typed."""
    # A range and not LIKE: it uses the index, and what was typed needs no escaping.
    query = (
        f"SELECT DISTINCT {shown} FROM {table} WHERE {column} >= ? AND {column} < ? ORDER BY 1 LIMIT {MOST}"
    )
    try:
        return [row[0] for row in _rows(query, (typed, typed + "\U0010ffff")) if row[0]]
    except Exception:  # noqa: BLE001 - a completion that fails must not be seen
        return []


def _rows(query: str, values: tuple[str, str]) -> list[Any]:
    target = run().given.database
    path = file_of(target)
    if path is None:
        return _rows_of_server(target, query.replace("?", "%s"), values)
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=0.1)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def _rows_of_server(target: str, query: Any, values: tuple[str, str]) -> list[Any]:
    """What a server answers at once; whoever presses a key does not wait for one that is away."""
    import psycopg

    url, schema = without_schema(target)
    path = f" {search_path(schema)}" if schema else ""
    patience = {"connect_timeout": 2, "options": f"-cstatement_timeout=500{path}"}
    with psycopg.connect(url, **patience) as connection:  # type: ignore[arg-type]
        return connection.execute(query, values).fetchall()
