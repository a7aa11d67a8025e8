"""The database: opening it, its pragmas, its schema guard, and its errors in the user's words.

The only room with SQL of one dialect in it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Table, create_engine, event, insert, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.pool import NullPool

from volunteer_cli.core.errors import DATABASE, RuleError, VolunteerError
from volunteer_cli.core.i18n import N_

#: The revision of the newest migration; a test holds it equal to Alembic's head.
SCHEMA = "0005"
#: SQLite's application_id of our files ("VOLU"), so that another program's file is told apart.
APPLICATION_ID = 0x564F4C55


K = TypeVar("K")
#: How many keys one statement takes.
CHUNK = 5000
#: Up to so many rows the statement that SQLAlchemy has compiled before is quicker than our own way.
FEW = 20
#: Values that one statement takes; SQLite's limit is 32766.
MOST_VALUES = 10_000


class DatabaseFault(VolunteerError):
    """The database {path} cannot be used: {reason}"""

    code = "database"
    exit_code = DATABASE


class DatabaseMissing(DatabaseFault):
    """There is no database at {path}"""

    code = "database_missing"
    hint = N_("Make one: volunteer db init. Look around in an example: volunteer demo")


class DatabaseExists(DatabaseFault):
    """{path} exists already; nothing was changed"""

    code = "database_exists"
    hint = N_("See what it is: volunteer db info")


class DatabaseForeign(DatabaseFault):
    """{path} is no database of volunteer"""

    code = "database_foreign"
    hint = N_("Name another file with --db.")


class DatabaseDamaged(DatabaseFault):
    """The database {path} is damaged"""

    code = "database_damaged"
    hint = N_("Bring back a backup: volunteer db restore FILE")


class DatabaseLocked(DatabaseFault):
    """Somebody else is writing to the database {path}; nothing was changed"""

    code = "database_locked"
    hint = N_("Try again in a moment.")


class DatabaseReadOnly(DatabaseFault):
    """The database {path} cannot be written: {reason}"""

    code = "database_not_writable"
    hint = N_("Check the permissions of the file and its folder, or name another with --db.")


class DatabaseUnreadable(DatabaseFault):
    """The database {path} cannot be read: {reason}"""

    code = "database_not_readable"
    hint = N_("Check the permissions of the file and its folder, or name another with --db.")


class DiskFull(DatabaseFault):
    """The disk is full; nothing was changed"""

    code = "disk_full"
    hint = N_("Make room, then run the command again.")


class DatabaseOld(DatabaseFault):
    """The database {path} has the older schema {found}; this version needs {needed}"""

    code = "database_too_old"
    hint = N_("A backup is made first: volunteer db upgrade")


class DatabaseNew(DatabaseFault):
    """The database {path} has the newer schema {found}; this version knows {needed}"""

    code = "database_too_new"
    hint = N_("Install a newer version of volunteer-cli.")


class Inconsistent(RuleError):
    """The database refused this, for it would break: {reason}"""

    code = "refused"
    hint = N_("Somebody may have changed the same record at the same moment; look again and repeat.")


class DriverMissing(DatabaseFault):
    """The program for this kind of database is not installed: {name}"""

    code = "driver_missing"
    hint = N_("Install it: pip install 'volunteer-cli[postgres]'")


class BadUrl(DatabaseFault):
    """'{path}' names no kind of database that is known"""

    code = "bad_url"
    hint = N_("Give a path, or a URL like postgresql://user@host/name.")


class NumberTooLarge(RuleError):
    """A number here is too large to be kept"""

    code = "bad_quantity"


def is_url(target: str) -> bool:
    """Whether a database was named by URL and not by path."""
    return "://" in target


def lock_timeout() -> float:
    """Seconds to wait for another writer; VOLUNTEER_LOCK_TIMEOUT changes it."""
    try:
        return float(os.environ.get("VOLUNTEER_LOCK_TIMEOUT", "20"))
    except ValueError:
        return 20.0


def connect_sqlite(path: Path, *, writing: bool, timeout: float | None = None) -> sqlite3.Connection:
    """A driver connection to an existing file with our pragmas; SQL transactions are ours to begin."""
    mode = "rw" if writing or os.access(path, os.W_OK) else "ro"
    if (
        mode == "ro"
        and not os.access(path.parent, os.W_OK)
        and not path.with_name(path.name + "-wal").exists()
    ):
        mode = "ro&immutable=1"
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=lock_timeout() if timeout is None else timeout,
        check_same_thread=False,
        cached_statements=256,
    )
    connection.execute("PRAGMA foreign_keys=ON")
    if writing:
        # A reader goes through a big table once: filling a large cache with it costs a sixth of its time.
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA cache_size=-32768")
    return connection


def make_engine(target: str, *, writing: bool) -> Engine:
    """An engine on an existing database; with `writing`, transactions take the write lock at once."""
    if is_url(target):
        return _engine_of_url(target)
    path = Path(target)
    engine = create_engine(
        "sqlite://", creator=lambda: connect_sqlite(path, writing=writing), poolclass=NullPool
    )
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _engine_of_url(target: str) -> Engine:
    try:
        return create_engine(target, poolclass=NullPool)
    except ArgumentError as error:
        raise BadUrl(path=target.rsplit("@", maxsplit=1)[-1]) from error
    except ImportError as error:
        raise DriverMissing(name=error.name) from error


def require_file(target: str, *, writing: bool) -> None:
    """Refuse a path where there is no file that could be our database.

    Raises:
        DatabaseMissing, DatabaseForeign, DatabaseReadOnly: as their sentences say.
    """
    if is_url(target):
        return
    path = Path(target)
    if not path.exists():
        raise DatabaseMissing(path=target)
    if path.is_dir():
        raise DatabaseForeign(path=target)
    if not os.access(path, os.R_OK):
        raise DatabaseUnreadable(path=target, reason="permission denied")
    if writing and not os.access(path, os.W_OK):
        raise DatabaseReadOnly(path=target, reason="permission denied")
    if path.stat().st_size and path.open("rb").read(16) != b"SQLite format 3\0":
        raise DatabaseForeign(path=target)


def schema_of(connection: Connection, target: str) -> str:
    """The revision of a database's schema.

    Raises:
        DatabaseForeign: it has none, so it is not ours.
    """
    try:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DatabaseError as error:
        if "no such table" in str(error) or "does not exist" in str(error):
            raise DatabaseForeign(path=target) from error
        raise
    if found is None:
        raise DatabaseForeign(path=target)
    return str(found)


def check_schema(connection: Connection, target: str) -> None:
    """Compare the one row of the schema version with what this version of the program needs.

    Raises:
        DatabaseForeign, DatabaseOld, DatabaseNew: the versions differ.
    """
    found = schema_of(connection, target)
    if found != SCHEMA:
        kind = DatabaseOld if found < SCHEMA else DatabaseNew
        raise kind(path=target, found=found, needed=SCHEMA)


def create_file(path: Path) -> None:
    """Create an empty database file that only its owner can read.

    Raises:
        DatabaseExists, DatabaseReadOnly: as their sentences say.
    """
    if path.exists():
        raise DatabaseExists(path=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise DatabaseReadOnly(path=path, reason=(error.strerror or str(error)).lower()) from error
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def fault_of(error: DBAPIError | sqlite3.Error, target: str) -> VolunteerError | None:
    """The error that a user reads for a fault of the driver, or None for a bug of ours."""
    said = str(getattr(error, "orig", None) or error)
    if "locked" in said or "busy" in said:
        return DatabaseLocked(path=target)
    if "full" in said:
        return DiskFull(path=target)
    if "malformed" in said or "disk I/O" in said or "corrupt" in said:
        return DatabaseDamaged(path=target)
    if "not a database" in said or "file is encrypted" in said:
        return DatabaseForeign(path=target)
    if "readonly" in said or "unable to open" in said:
        return DatabaseReadOnly(path=target, reason=said)
    if isinstance(error, IntegrityError | sqlite3.IntegrityError):
        return Inconsistent(reason=said)
    if isinstance(error, OperationalError) and is_url(target):
        return DatabaseFault(path=target.rsplit("@", maxsplit=1)[-1], reason=said.strip().splitlines()[0])
    return None


@contextmanager
def faults_explained(target: str) -> Iterator[None]:
    """Turn the driver's faults inside the block into errors that a user can act on."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        if known := fault_of(error, target):
            raise known from error
        raise
    except OverflowError as error:
        raise NumberTooLarge from error


def last_id(connection: Any, table: str) -> int:
    """The highest id that a table ever gave; ids above it are free for the open write transaction."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(
            text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table}
        )
        return found.scalar() or 0
    found = connection.execute(text("SELECT last_value, is_called FROM " + f"{table}_id_seq")).one()
    return int(found[0]) if found[1] else 0


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
    `execute`, which converts and binds every value of every row.
    """
    names = list(columns)
    count = len(columns[names[0]])
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=names) if count >= FEW else None
    if compiled is None or not compiled.positional:
        rows = zip(*columns.values(), strict=True)
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
        return
    processors = compiled._bind_processors  # noqa: SLF001 - the only way to the dialect's converters
    values = {
        name: _converted(column, processors[name]) if name in processors else column
        for name, column in columns.items()
    }
    common = {name: column[0] for name, column in values.items() if _all_alike(column)}
    varying = {name: column for name, column in values.items() if name not in common}
    _write_many(connection, table, common, varying)


def _write_many(
    connection: Connection, table: Table, common: Mapping[str, Any], varying: Mapping[str, Sequence[Any]]
) -> None:
    """Insert with as many rows a statement as the database has places for values; common ones take one each."""
    quote = connection.dialect.identifier_preparer.quote
    head = (
        f"INSERT INTO {quote(table.name)} ({', '.join(quote(name) for name in (*common, *varying))}) VALUES "
    )
    places = [*(f"?{number}" for number in range(1, len(common) + 1)), *"?" * len(varying)]
    row, shared = f"({', '.join(places)})", tuple(common.values())
    size = (MOST_VALUES - len(common)) // max(1, len(varying))
    for part in chunks(zip(*varying.values(), strict=True), size):
        statement = head + ", ".join([row] * len(part))
        connection.exec_driver_sql(statement, (*shared, *chain.from_iterable(part)))


def _all_alike(column: Sequence[Any]) -> bool:
    """Whether all rows have the same value; that most columns have not is seen at once."""
    first = column[0]
    alike = first == column[-1] and first == column[len(column) // 2]
    return alike and column.count(first) == len(column)


def _converted(column: Sequence[Any], convert: Any) -> tuple[Any, ...]:
    """A column's values for the driver; days and words come again and again, so each is converted once."""
    known = {value: convert(value) for value in set(column)}
    return tuple(map(known.__getitem__, column))


def drop_indexes(connection: Connection, table: Table) -> None:
    """Take a table's indexes away within the open transaction, to build them when it has been filled."""
    for index in table.indexes:
        index.drop(connection)


def create_indexes(connection: Connection, table: Table) -> None:
    """Build the indexes of a table that were taken away."""
    spill_sorts(connection)
    for index in sorted(table.indexes, key=lambda each: str(each.name)):
        index.create(connection)


def defer_foreign_keys(connection: Any) -> None:
    """Check foreign keys when the transaction commits, so that rows may go and come in any order."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))


def integrity_faults(connection: Any) -> list[str]:
    """What SQLite finds wrong with the file itself; other databases look after themselves."""
    if connection.dialect.name != "sqlite":
        return []
    return [row[0] for row in connection.execute(text("PRAGMA integrity_check(20)")) if row[0] != "ok"]


def dangling_rows(connection: Any) -> list[tuple[str, int, str]]:
    """Rows whose foreign key points nowhere: their table and id, and the table they point at."""
    if connection.dialect.name != "sqlite":
        return []
    return [(row[0], row[1], row[2]) for row in connection.execute(text("PRAGMA foreign_key_check"))]


def spill_sorts(connection: Any) -> None:
    """Let sorts of a million rows use a file: they run twice as fast as in memory, and in a third of it.

    A small cache makes them sort small pieces, which the processor's own cache holds.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA temp_store=FILE"))
        connection.execute(text("PRAGMA cache_size=-8192"))


def chunks(keys: Iterable[K], size: int = CHUNK) -> Iterator[list[K]]:
    """The keys in lists of at most `size`, short enough for one statement."""
    source = iter(keys)
    while part := list(islice(source, size)):
        yield part
