"""Opening a database: its pragmas, its transactions, its schema guard."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from volunteer_cli.core.database.ciphers import (
    SQLITE_HEAD,
    driver_errors,
    driver_of,
    is_encrypted,
    key_for,
    primary_code,
    unlock,
)
from volunteer_cli.core.database.disks import reason_of
from volunteer_cli.core.database.faults import (
    DatabaseForeign,
    DatabaseLinked,
    DatabaseLocked,
    DatabaseMissing,
    DatabaseNew,
    DatabaseOld,
    DatabaseReadOnly,
    DatabaseReplaced,
    DatabaseUnreadable,
    DiskReadOnly,
)
from volunteer_cli.core.database.servers import engine_of_server
from volunteer_cli.core.resources import newest_revision
from volunteer_cli.core.run import run
from volunteer_cli.core.targets import file_of
from volunteer_cli.core.text.cleaning import name_key, searched

#: The revision of the newest migration; a test holds it equal to Alembic's head.
SCHEMA = newest_revision()
#: SQLite's application_id of our files ("VOLU"), so that another program's file is told apart.
APPLICATION_ID = 0x564F4C55
#: SQLSTATE of PostgreSQL for a table that is not there.
UNDEFINED_TABLE = "42P01"
#: Seconds that a writer waits for another one: longer than a batch of a few thousand lines takes.
DEFAULT_TIMEOUT = 20.0
MOST_TIMEOUT = 86_400.0
#: Pages of 4 KiB that are copied before an interruption is heard.
COPIED_PAGES = 4096


def lock_timeout() -> float:
    """Seconds to wait for another writer; VOLUNTEER_LOCK_TIMEOUT changes it."""
    try:
        seconds = float(os.environ.get("VOLUNTEER_LOCK_TIMEOUT", DEFAULT_TIMEOUT))
    except ValueError:
        return DEFAULT_TIMEOUT
    return min(max(seconds, 0.0), MOST_TIMEOUT) if seconds == seconds else DEFAULT_TIMEOUT  # noqa: PLR0124 - NaN


def connect_sqlite(path: Path, *, writing: bool, timeout: float | None = None) -> sqlite3.Connection:
    """A driver connection to an existing file with our pragmas; SQL transactions are ours to begin."""
    seconds = lock_timeout() if timeout is None else timeout
    if writing:
        # A reader goes through a big table once: filling a large cache with it costs a sixth of its time.
        return _connected(path, "rw", seconds, "PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-32768")
    mode = _reading_mode(path)
    try:
        return _connected(path, mode, seconds)
    except driver_errors() as error:
        if mode != "rw" or primary_code(error) != sqlite3.SQLITE_IOERR:
            raise
    # A full disk has no room for the memory that readers and writers share. Who holds the file alone needs
    # none, and reads on.
    return _connected(path, mode, seconds, "PRAGMA locking_mode=EXCLUSIVE")


def _reading_mode(path: Path) -> str:
    if os.access(path, os.W_OK):
        return "rw"
    journal = path.with_name(path.name + "-wal")
    alone = not os.access(path.parent, os.W_OK) and not journal.exists()
    return "ro&immutable=1" if alone else "ro"


def _connected(path: Path, mode: str, timeout: float, *pragmas: str) -> sqlite3.Connection:
    """A connection that has read the file's head; one that cannot is closed, for it may hold a lock."""
    key = key_for(path)
    connection: sqlite3.Connection = driver_of(key).connect(
        f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=timeout,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        # The key comes first: without it not even a pragma can read an encrypted file.
        unlock(connection, key)
        _set_up(connection, pragmas)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection, pragmas: tuple[str, ...]) -> None:
    connection.create_function("folded", 1, _of_text(name_key), deterministic=True)
    connection.create_function("searched", 1, _of_text(searched), deterministic=True)
    # SQLite holds foreign keys only where each connection asks for it. Asking for the version of the schema
    # reads the head of the file: what is wrong with it comes out here, and not in the middle of a command.
    for pragma in ("PRAGMA foreign_keys=ON", *pragmas, "PRAGMA schema_version"):
        connection.execute(pragma)


def _of_text(form: Callable[[str], str]) -> Callable[[str | None], str | None]:
    """A function of SQL from a text to a form of it."""
    return lambda text: None if text is None else form(text)


def make_engine(target: str, *, writing: bool) -> Engine:
    """An engine on an existing database; with `writing`, transactions take the write lock at once.

    This is the one door: a path, a link and every form of a URL of SQLite come out as the same file, with
    the same pragmas and locks.
    """
    path = file_of(target)
    if path is None:
        return engine_of_server(target, writing=writing, seconds=lock_timeout())
    engine = create_engine(
        "sqlite://",
        module=driver_of(key_for(path)),
        creator=lambda: connect_sqlite(path, writing=writing),
        poolclass=NullPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", partial(_begin, "BEGIN IMMEDIATE" if writing else "BEGIN"))
    if writing:
        _notice_replacement(engine, path)
    return engine


def engine_for(target: str, *, writing: bool) -> Engine:
    """An engine as `make_engine` makes it; in a session or a batch the one that was made for the line before.

    Half of what a small command costs is to compile its statements, and an engine keeps them.
    """
    kept = run().engines
    path = file_of(target)
    # Another file under the same name is another database, maybe with another key.
    key = (target, writing, path and _place_of(path))
    if key not in kept:
        kept[key] = make_engine(target, writing=writing)
    return kept[key]


def _begin(statement: str, connection: Connection) -> None:
    """Begin a transaction; a connection that cannot is closed at once, for it may hold a lock of the file."""
    try:
        connection.exec_driver_sql(statement)
    except BaseException:
        connection.invalidate()
        raise


def _notice_replacement(engine: Engine, path: Path) -> None:
    """Refuse to commit into a file that no longer stands where it was opened; its changes would be lost."""
    place = _place_of(path)

    def compare(_connection: Connection) -> None:
        if _place_of(path) != place:
            raise DatabaseReplaced(path=path)

    event.listen(engine, "begin", compare)
    event.listen(engine, "commit", compare)


def _place_of(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def require_file(target: str, *, writing: bool) -> None:
    """Refuse a path where there is no file that could be our database.

    Raises:
        DatabaseMissing, DatabaseForeign, DatabaseLinked, DatabaseReadOnly, DatabaseUnreadable, DiskReadOnly:
            as their sentences say.
    """
    path = file_of(target)
    if path is None:
        return
    try:
        # The first bytes are read before SQLite is: it would make a database of an empty file, and a journal
        # beside any other.
        status, head = _looked_at(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise DatabaseMissing(path=path) from error
    except (OSError, ValueError) as error:
        raise DatabaseUnreadable(path=path, reason=reason_of(error)) from error
    if status.st_size and head != SQLITE_HEAD and not is_encrypted(path):
        raise DatabaseForeign(path=path)
    if writing:
        _require_writable(path, status)


def _looked_at(path: Path) -> tuple[os.stat_result, bytes]:
    """What the system knows of a file, and its first bytes; a folder, a pipe or a device is no database."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise DatabaseForeign(path=path)
    if not os.access(path, os.R_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with path.open("rb") as file:
        return status, file.read(len(SQLITE_HEAD))


def _require_writable(path: Path, status: os.stat_result) -> None:
    # SQLite's journal belongs to a name: under the other name of the file a crash would never be rolled
    # back.
    if status.st_nlink > 1:
        raise DatabaseLinked(path=path, count=status.st_nlink)
    if not os.access(path, os.W_OK):
        if hasattr(os, "statvfs") and os.statvfs(path).f_flag & os.ST_RDONLY:
            raise DiskReadOnly(path=path)
        raise DatabaseReadOnly(path=path, reason=os.strerror(errno.EACCES).lower())


def schema_of(connection: Connection, target: str) -> str:
    """The revision of a database's schema.

    Other programs use Alembic too: a table of revisions does not make a file ours, its mark does.

    Raises:
        DatabaseForeign: it is not ours.
    """
    if connection.dialect.name == "sqlite":
        _require_mark(connection, target)
    try:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DatabaseError as error:
        if _is_no_table(error.orig):
            raise DatabaseForeign(path=target) from error
        raise
    if not revision:
        raise DatabaseForeign(path=target)
    return str(revision)


def _is_no_table(error: object) -> bool:
    """Whether a table is not there, by the codes of the two drivers; a file that is locked is another matter."""
    of_file = getattr(error, "sqlite_errorcode", None)
    return of_file == sqlite3.SQLITE_ERROR or getattr(error, "sqlstate", None) == UNDEFINED_TABLE


def _require_mark(connection: Connection, target: str) -> None:
    if connection.execute(text("PRAGMA application_id")).scalar() != APPLICATION_ID:
        raise DatabaseForeign(path=target)


def check_schema(connection: Connection, target: str) -> None:
    """Compare the one row of the schema version with what this version of the program needs.

    Raises:
        DatabaseForeign, DatabaseOld, DatabaseNew: the versions differ.
    """
    revision = schema_of(connection, target)
    if revision != SCHEMA:
        # Revisions are numbered, and so compare.
        kind = DatabaseOld if revision < SCHEMA else DatabaseNew
        raise kind(path=target, found=revision, needed=SCHEMA)


def copy_pages(
    source: sqlite3.Connection, goal: sqlite3.Connection, path: Path, begun: Callable[[], None]
) -> None:
    """Copy a whole database into another, which is locked from the first page to the last.

    SQLite itself would wait for a lock without end.

    Args:
        source: a connection that reads.
        goal: a connection that waits for nobody; waiting is done here.
        path: the file behind `goal`.
        begun: called when `goal` is locked and nothing is committed yet; what it raises stops the copying.

    Raises:
        DatabaseLocked: somebody else held `goal` for longer than writers wait.
    """
    deadline = time.monotonic() + lock_timeout()
    waiting = True

    def watch(status: int, _remaining: int, _total: int) -> None:
        nonlocal waiting
        if status & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            if time.monotonic() >= deadline:
                raise DatabaseLocked(path=path)
        elif waiting:
            waiting = False
            begun()

    source.backup(goal, pages=_pages_a_step(source), progress=watch, sleep=0.05)


def _pages_a_step(source: sqlite3.Connection) -> int:
    # The last step commits: with two at least, what `begun` raises stops the copying in time.
    half = (int(source.execute("PRAGMA page_count").fetchone()[0]) + 1) // 2
    return min(COPIED_PAGES, half)


def prepare_file(path: Path) -> None:
    """Make an empty file a database with our mark, in which readers do not wait for a writer."""
    with closing(connect_new(path)) as connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        # Kept in the file: with a write-ahead log readers go on while somebody writes.
        connection.execute("PRAGMA journal_mode=WAL")


def connect_new(path: Path) -> sqlite3.Connection:
    """A connection to a file that may still be empty, with the key that was given for it."""
    key = key_for(path)
    connection: sqlite3.Connection = driver_of(key).connect(path)
    unlock(connection, key)
    return connection
