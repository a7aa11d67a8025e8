"""Copies of the database: made while it is in use, and verified before they count."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine

from volunteer_cli.core.database import (
    DatabaseDamaged,
    DatabaseFault,
    DatabaseForeign,
    DatabaseReadOnly,
    connect_sqlite,
    faults_explained,
    integrity_faults,
    is_url,
    require_file,
    schema_of,
)
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.schema import remove_file


class BackupExists(DatabaseFault):
    """{path} exists already; a backup never replaces a file"""

    code = "file_exists"
    hint = N_("Name another file, or none: the name is then made from the time.")


class NotAFile(DatabaseFault):
    """{path} is no SQLite file; its own tools make and restore backups"""

    code = "not_sqlite"


MOVE_FIRST = N_("Move that file away first, or name another place with --db.")


def backup_folder(target: str) -> Path:
    """Where backups without a name go: beside the database."""
    path = Path(target)
    return path.with_name(f"{path.stem}-backups")


def latest_backup(target: str) -> Path | None:
    """The newest backup that was made without a name, if there is one."""
    return max(backup_folder(target).glob("*.db"), default=None, key=lambda path: path.stat().st_mtime)


def back_up(target: str, file: Path | None = None) -> Path:
    """Copy a database, verify the copy, and answer where it is.

    Raises:
        BackupExists, DatabaseDamaged, DatabaseReadOnly, DiskFull: there is then no copy.
    """
    if is_url(target):
        raise NotAFile(path=target.rsplit("@", maxsplit=1)[-1])
    require_file(target, writing=False)
    copy = file or _unnamed(target)
    if copy.exists():
        raise BackupExists(path=copy)
    draft = copy.with_name(f".{copy.name}.part")
    try:
        copy.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
        with faults_explained(target):
            _copy(Path(target), draft)
        verify(draft)
        draft.rename(copy)
    except OSError as error:
        raise DatabaseReadOnly(path=copy, reason=(error.strerror or str(error)).lower()) from error
    finally:
        remove_file(draft)
    return copy


def _unnamed(target: str) -> Path:
    """A file name from the time; backups of one second get a running number."""
    stem = f"{Path(target).stem}-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    folder = backup_folder(target)
    names = (folder / f"{stem}{'' if number == 1 else f'-{number}'}.db" for number in range(1, 1000))
    return next(path for path in names if not path.exists())


def _copy(source: Path, copy: Path) -> None:
    reader = connect_sqlite(source, writing=False)
    writer = sqlite3.connect(copy)
    try:
        reader.backup(writer)
        # A copy is one file that can be carried away; the journal mode of use comes back on restoring.
        writer.execute("PRAGMA journal_mode=DELETE")
    finally:
        reader.close()
        writer.close()


def verify(path: Path) -> str:
    """Read a whole file and answer the revision of its schema.

    Raises:
        DatabaseMissing, DatabaseForeign, DatabaseDamaged: it is no backup to rely on.
    """
    require_file(str(path), writing=False)
    engine = create_engine("sqlite://", creator=lambda: connect_sqlite(path, writing=False))
    try:
        with faults_explained(str(path)), engine.connect() as connection:
            revision = schema_of(connection, str(path))
            if integrity_faults(connection):
                raise DatabaseDamaged(path=path)
    finally:
        engine.dispose()
    return revision


def restore(target: str, file: Path) -> tuple[str, Path | None]:
    """Put a verified backup in the place of a database; what was there is kept beside it.

    Returns:
        The revision of the restored schema, and where the former database is, if there was one.

    Raises:
        DatabaseMissing, DatabaseForeign, DatabaseDamaged: the backup cannot be relied on.
        DatabaseLocked, DatabaseReadOnly: the database cannot be replaced now.
    """
    if is_url(target):
        raise NotAFile(path=target.rsplit("@", maxsplit=1)[-1])
    revision = verify(file)
    path = Path(target)
    former = _set_aside(path) if path.exists() else None
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with faults_explained(target):
            _fill(path, file)
    except OSError as error:
        raise DatabaseReadOnly(path=path, reason=(error.strerror or str(error)).lower()) from error
    return revision, former


def _set_aside(path: Path) -> Path | None:
    """A backup of a database that is whole; one that is not is moved away as it is.

    Raises:
        DatabaseForeign: it is another program's file, which is not ours to move.
    """
    try:
        return back_up(str(path))
    except DatabaseForeign as error:
        if path.stat().st_size == 0:
            return None
        raise DatabaseForeign(path=path, hint=MOVE_FIRST) from error
    except DatabaseDamaged:
        aside = path.with_name(f"{path.name}.damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
        path.rename(aside)
        remove_file(path)
        return aside


def _fill(path: Path, file: Path) -> None:
    """Copy the backup's pages into the file in one transaction, so that nobody reads half of it."""
    reader = connect_sqlite(file, writing=False)
    writer = connect_sqlite(path, writing=True)
    try:
        reader.backup(writer)
        writer.execute("PRAGMA journal_mode=WAL")
    finally:
        reader.close()
        writer.close()


def overwrite_remains(target: str) -> bool:
    """Rebuild the file, so that nothing deleted can be read from its free pages; False when it was busy."""
    if is_url(target):
        return True
    connection = connect_sqlite(Path(target), writing=True)
    try:
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return not busy
