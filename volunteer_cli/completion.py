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

from volunteer_cli.areas import completed, imports, things
from volunteer_cli.core.cards import Lazy, Thing, Words
from volunteer_cli.core.run import run
from volunteer_cli.core.targets import file_of, search_path, without_schema

#: From what was typed to the values that it may become.
Completer: TypeAlias = Callable[[str], list[str]]

MOST = 50
#: Digits that an id has at most.
LONGEST_ID = 10
#: Periods that people ask for; all that can be read is told by `volunteer help periods`.
PERIODS = (
    *("this-week", "last-week", "this-month", "last-month", "this-quarter", "last-quarter"),
    *("this-year", "last-year", "ytd", "all"),
)
#: How a record may be named, which help tells alike.
WAYS = frozenset({"id", "ids", "number", "numbers"})
DAYS = ("today", "yesterday", "tomorrow")
#: How help tells choices: `leader, deputy or member`, at its beginning or behind a colon, with more behind a semicolon.
_WORD = r"[a-z][a-z0-9_-]*"
_SPAN = re.compile(r"(\d)-(\d)")
_CHOICES = re.compile(rf"(?:^|: )({_WORD}(?:, {_WORD})* or {_WORD})(?:[;,(].*)?", re.DOTALL)


def completer(metavar: str | None, text: str | None, name: str = "") -> Completer | None:
    """What completes a parameter that help calls `metavar` and explains by `text`; None where nothing does.

    `name` is what it is called itself: `--grid`, or that of an argument.
    """
    choices, by_name = tuple(_choices(_bare(metavar), text or "")), completes(metavar)
    if choices and not (by_name and WAYS & {*choices}):
        return partial(beginning, choices)
    sources = completed().get(_bare(metavar))
    if by_name and not sources:
        return by_name
    sources = sources or completed().get(name)
    return partial(_from_all, sources) if sources else None


def completes(metavar: str | None) -> Completer | None:
    """What completes an argument that names a record, or None: from what was typed to names, else to ids."""
    kinds = _bare(metavar).lower().split("|")
    return partial(_from_all, kinds) if all(kind in things() for kind in kinds) else None


def named(kind: str) -> Callable[[str], list[str]]:
    """What completes an argument that help calls otherwise than by the kind of record that it names."""

    def complete(incomplete: str) -> list[str]:
        return names_of(things()[kind], incomplete)

    return complete


def chosen(kind: Iterable[str]) -> Callable[[str], list[str]]:
    """What completes an option that help gives only some choices of."""

    def complete(incomplete: str) -> list[str]:
        return beginning(map(str, kind), incomplete)

    return complete


def _bare(metavar: str | None) -> str:
    """How help calls a parameter, without the signs of what may be left out or repeated."""
    return (metavar or "").rstrip(".").strip("[]")


def _from_all(sources: Iterable[str | Words | Lazy], typed: str) -> list[str]:
    """What begins as typed of kinds of things, of columns and of what an area knows itself, each value once."""
    parts = (_from_one(one, typed) for one in sources)
    return list(dict.fromkeys(value for values in parts for value in values))[:MOST]


def _from_one(source: str | Words | Lazy, typed: str) -> list[str]:
    if isinstance(source, Lazy):
        values: list[str] = source.load()(typed)
        return values
    return names_of(things()[source], typed) if isinstance(source, str) else _in_column(source, typed)


def _in_column(words: Words, typed: str) -> list[str]:
    if words.column == "id":
        return _ids(words.table, typed)
    return _matching(words.table, words.column, words.column, typed, words.condition)


def beginning(choices: Iterable[str], typed: str) -> list[str]:
    """The choices that begin as typed; behind a comma the next one of a list."""
    *before, last = typed.split(",")
    return [",".join([*before, choice]) for choice in choices if choice.startswith(last)]


def named_choices(text: str) -> list[str]:
    """The choices that a text tells: `leader, deputy or member`."""
    match = _CHOICES.search(text)
    return re.split(", | or ", match[1]) if match else []


def _choices(metavar: str, text: str) -> Iterator[str]:
    if span := _SPAN.fullmatch(metavar):
        yield from map(str, range(int(span[1]), int(span[2]) + 1))
    elif "|" in metavar:
        yield from (choice for choice in metavar.split("|") if not choice.isupper())
    elif metavar == "PERIOD":
        yield from PERIODS
    elif metavar in ("DATE", "DATETIME"):
        yield from DAYS
    elif metavar == "LANG":
        from volunteer_cli.core.i18n import languages

        yield from languages()
    elif choices := named_choices(text):
        yield from choices
    elif metavar == "KIND":
        yield from imports()


def names_of(thing: Thing, typed: str) -> list[str]:
    """Up to fifty names, codes or numbers that begin as typed, or names that sound so."""
    if not thing.completed_by:
        return _ids(thing.stored_in, typed)
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


def _matching(table: str, shown: str, column: str, typed: str, condition: str = "1 = 1") -> list[str]:
    """Up to fifty values of the column `shown` in rows whose `column` begins with what was typed."""
    # A range and not LIKE: it uses the index, and what was typed needs no escaping.
    begins = f"{column} >= ? AND {column} < ? AND {condition}"
    query = f"SELECT DISTINCT {shown} FROM {table} WHERE {begins} ORDER BY 1 LIMIT {MOST}"
    return _first_column(query, (typed, typed + "\U0010ffff"))


def held(table: str, column: str, key: str, value: str) -> list[str]:
    """What a column holds, in the rows in which another one has a value."""
    query = f"SELECT {column} FROM {table} WHERE {key} = ? AND {key} = ? LIMIT {MOST}"
    return _first_column(query, (value, value))


def _ids(table: str, typed: str) -> list[str]:
    """Up to fifty ids that begin as typed, the latest first: what is worked on is mostly new."""
    if not typed:
        return _first_column(f"SELECT id FROM {table} ORDER BY id DESC LIMIT {MOST}", ())
    # No id begins with 0.
    if not (typed.isascii() and typed.isdigit()) or typed.startswith("0"):
        return []
    parts = [
        f"SELECT id FROM (SELECT id FROM {table} WHERE id BETWEEN {first} AND {last} ORDER BY id DESC LIMIT {MOST}) AS part"
        for first, last in _spans(typed)
    ]
    return _first_column(" UNION ALL ".join(parts) + f" LIMIT {MOST}", ()) if parts else []


def _spans(typed: str) -> Iterator[tuple[int, int]]:
    """The ids that begin with some digits, a span for each length, the longest first.

    An index finds each span, where LIKE would read a million rows.
    """
    for more in range(LONGEST_ID - len(typed), -1, -1):
        yield int(typed) * 10**more, (int(typed) + 1) * 10**more - 1


def _first_column(query: str, values: tuple[str, ...]) -> list[str]:
    try:
        return [str(row[0]) for row in _rows(query, values) if row[0]]
    except Exception:  # noqa: BLE001 - a completion that fails must not be seen
        return []


def _rows(query: str, values: tuple[str, ...]) -> list[Any]:
    target = run().given.database
    path = file_of(target)
    if path is None:
        return _rows_of_server(target, query.replace("?", "%s"), values)
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=0.1)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def _rows_of_server(target: str, query: Any, values: tuple[str, ...]) -> list[Any]:
    """What a server answers at once; whoever presses a key does not wait for one that is away."""
    import psycopg

    url, schema = without_schema(target)
    path = f" {search_path(schema)}" if schema else ""
    patience = {"connect_timeout": 2, "options": f"-cstatement_timeout=500{path}"}
    with psycopg.connect(url, **patience) as connection:  # type: ignore[arg-type]
        return connection.execute(query, values).fetchall()
