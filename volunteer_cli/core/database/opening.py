"""Opening a database: its pragmas, its transactions, its schema guard."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.pool import NullPool

from volunteer_cli.core.database.faults import (
    BadUrl,
    DatabaseExists,
    DatabaseForeign,
    DatabaseMissing,
    DatabaseNew,
    DatabaseOld,
    DatabaseReadOnly,
    DatabaseUnreadable,
    DriverMissing,
    is_url,
)
from volunteer_cli.core.resources import newest_revision

#: The revision of the newest migration; a test holds it equal to Alembic's head.
SCHEMA = newest_revision()
#: SQLite's application_id of our files ("VOLU"), so that another program's file is told apart.
APPLICATION_ID = 0x564F4C55


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

    Other programs use Alembic too: a table of revisions does not make a file ours, its mark does.

    Raises:
        DatabaseForeign: it is not ours.
    """
    if connection.dialect.name == "sqlite":
        mark = connection.execute(text("PRAGMA application_id")).scalar()
        if mark != APPLICATION_ID:
            raise DatabaseForeign(path=target)
    try:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DatabaseError as error:
        if "no such table" in str(error) or "does not exist" in str(error):
            raise DatabaseForeign(path=target) from error
        raise
    if not revision:
        raise DatabaseForeign(path=target)
    return str(revision)


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
