"""Many rows at a time: reading and writing them column by column, and what the database itself can check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from itertools import chain, islice
from typing import Any, TypeVar

from sqlalchemy import Table, insert, text
from sqlalchemy.engine import Connection

from volunteer_cli.core.database.copying import copy_rows

K = TypeVar("K")
#: How many keys one statement takes.
CHUNK = 5000
#: Up to so many rows the statement that SQLAlchemy has compiled before is quicker than our own way.
FEW = 20
#: Values that one statement takes; SQLite's limit is 32766.
MOST_VALUES = 10_000


def reserve(connection: Connection, table: Table, count: int) -> range:
    """Ids for `count` new rows of a table, which nobody was given and nobody will be."""
    if connection.dialect.name == "sqlite":
        # AUTOINCREMENT moves on by itself when rows come with their ids; nobody else writes meanwhile.
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        last = connection.execute(query, {"name": table.name}).scalar() or 0
    else:
        last = _moved_on(connection, table, count) - count
    return range(last + 1, last + 1 + count)


def _moved_on(connection: Connection, table: Table, count: int) -> int:
    """The last of `count` ids that a server's sequence has given: rows that bring their ids do not move it."""
    name = connection.dialect.identifier_preparer.quote(f"{table.name}_id_seq")
    # A sequence that was never called stands at the id that it will give first, and not at the last one.
    moved = f"SELECT setval('{name}', last_value - 1 + is_called::int + {count}) FROM {name}"
    return int(connection.exec_driver_sql(moved).scalar_one())


def start_ids(connection: Connection, tables: Iterable[str], last: int) -> None:
    """Let the ids of tables of a file go on after `last`, whatever they have given so far."""
    names = [{"name": name, "last": last} for name in tables]
    connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), names)
    connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), names)


def read_columns(
    connection: Connection, query: Any, values: Mapping[str, Any] | None = None
) -> Iterator[list[tuple[Any, ...]]]:
    """What a query finds, column by column, thousands of rows at a time, with values as the driver has them."""
    cursor = connection.execute(query, values).cursor
    while rows := cursor.fetchmany(CHUNK):
        yield list(zip(*rows, strict=True))


def write_rows(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given column by column.

    The driver gets a thousand rows a statement, converted only in the columns that need it; a value that
    all rows have in common is handed over once. This is ten times as fast as handing dictionaries to
    `execute`, which converts and binds every value of every row. A server gets them as one stream of text.
    """
    names = list(columns)
    if len(columns[names[0]]) < FEW:
        _write_few(connection, table, columns)
    elif connection.dialect.name == "sqlite":
        _write_to_file(connection, table, columns)
    else:
        copy_rows(connection, table.name, columns)


def _write_to_file(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=list(columns))
    alike = {name: column[:1] for name, column in columns.items() if _all_alike(column)}
    varying = {name: column for name, column in columns.items() if name not in alike}
    common = {name: value for name, (value,) in _as_driver_takes_them(alike, compiled).items()}
    _write_many(connection, table, common, _as_driver_takes_them(varying, compiled))


def _write_few(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    rows = zip(*columns.values(), strict=True)
    connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])


def _as_driver_takes_them(columns: Mapping[str, Sequence[Any]], compiled: Any) -> dict[str, Sequence[Any]]:
    processors = compiled._bind_processors  # noqa: SLF001 - the only way to the dialect's converters
    return {
        name: _converted(column, processors[name]) if name in processors else column
        for name, column in columns.items()
    }


def _write_many(
    connection: Connection, table: Table, common: Mapping[str, Any], varying: Mapping[str, Sequence[Any]]
) -> None:
    """Insert with as many rows a statement as the database has places for values; common ones take one each."""
    head = _insert_into(connection, table, (*common, *varying))
    row, shared = _places(len(common), len(varying)), tuple(common.values())
    for part in chunks(zip(*varying.values(), strict=True), _rows_at_once(common, varying)):
        statement = head + ", ".join([row] * len(part))
        connection.exec_driver_sql(statement, (*shared, *chain.from_iterable(part)))


def _rows_at_once(common: Sized, varying: Sized) -> int:
    return (MOST_VALUES - len(common)) // max(1, len(varying))


def _places(common: int, varying: int) -> str:
    """The places of one row: those of common values by their number, as they come once a statement."""
    numbered = (f"?{number}" for number in range(1, common + 1))
    return f"({', '.join([*numbered, *'?' * varying])})"


def _insert_into(connection: Connection, table: Table, names: Iterable[str]) -> str:
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(map(quote, names))
    return f"INSERT INTO {quote(table.name)} ({columns}) VALUES "


def _all_alike(column: Sequence[Any]) -> bool:
    """Whether all rows have the same value; that most columns have not is seen at once."""
    first = column[0]
    # Three cells are looked at before all of them are counted.
    alike = first == column[-1] and first == column[len(column) // 2]
    return alike and column.count(first) == len(column)


def _converted(column: Sequence[Any], convert: Any) -> tuple[Any, ...]:
    """A column's values for the driver; days and words come again and again, so each is converted once."""
    converted = {value: convert(value) for value in set(column)}
    return tuple(map(converted.__getitem__, column))


def drop_indexes(connection: Connection, table: Table) -> None:
    """Take a table's indexes away within the open transaction, to build them when it has been filled.

    On a server nobody could read the table meanwhile, and only its owner may do it.
    """
    if connection.dialect.name != "sqlite":
        return
    for index in table.indexes:
        index.drop(connection)


def create_indexes(connection: Connection, table: Table) -> None:
    """Build the indexes of a table that were taken away."""
    if connection.dialect.name != "sqlite":
        return
    spill_sorts(connection)
    for index in sorted(table.indexes, key=lambda each: str(each.name)):
        index.create(connection)


def defer_foreign_keys(connection: Any) -> None:
    """Check foreign keys when the transaction commits, so that rows may go and come in any order."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    else:
        connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def spill_sorts(connection: Any) -> None:
    """Let sorts and temporary tables of a million rows use a file without a name, unless all is encrypted.

    Sorts run twice as fast so as in memory, and in a third of it: a small cache makes them sort small pieces,
    which the processor's own cache holds. To be asked for before the first temporary table is made.
    """
    if connection.dialect.name == "sqlite" and not _is_encrypted(connection):
        connection.execute(text("PRAGMA temp_store=FILE"))
        connection.execute(text("PRAGMA cache_size=-8192"))


def _is_encrypted(connection: Any) -> bool:
    """Whether a file is read through SQLCipher, which encrypts no temporary files."""
    return type(connection.connection.driver_connection).__module__.startswith("sqlcipher3")


def chunks(keys: Iterable[K], size: int = CHUNK) -> Iterator[list[K]]:
    """The keys in lists of at most `size`, short enough for one statement."""
    source = iter(keys)
    while part := list(islice(source, size)):
        yield part
