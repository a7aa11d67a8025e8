"""Copies of the database: made while it is in use, and verified before they count."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from volunteer_cli.core import dumps
from volunteer_cli.core.database import (
    BackupMissing,
    DatabaseDamaged,
    DatabaseFault,
    DatabaseForeign,
    DatabaseLocked,
    OtherEncryption,
    arguments_of,
    connect_new,
    connect_sqlite,
    copy_pages,
    driver_errors,
    fault_of_file,
    faults_explained,
    file_of,
    integrity_faults,
    is_encrypted,
    key_for,
    make_engine,
    primary_code,
    require_file,
    schema_named,
    schema_of,
    use_key,
)
from volunteer_cli.core.drafts import leftovers, made_beside, remove_file, remove_leftovers
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.rotation import read_keep, superfluous
from volunteer_cli.core.schema import revision
from volunteer_cli.core.settings import default_database


class BackupExists(DatabaseFault):
    """{path} exists already; a backup never replaces a file"""

    code = "file_exists"
    hint = N_("Name another file, or none: the name is then made from the time.")


class NotAFile(DatabaseFault):
    """{path} is no SQLite file; its own tools make and restore backups"""

    code = "not_sqlite"


class OtherKind(DatabaseFault):
    """{path} and the backup are not alike: one is a file of SQLite, the other of a server; nothing was changed"""

    code = "other_kind"


class ChangedMeanwhile(Exception):
    """Somebody wrote to the database between the copy of it and its replacement."""


#: So often somebody may write between the copy of a database and its replacement.
MOST_ATTEMPTS = 5
MOVE_FIRST = N_("Move that file away first, or name another place with --db.")
#: Faults that copying meets in what it reads; all others lie where the copy is written.
_OF_SOURCE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def file_to_copy(target: str) -> Path:
    """The file of a database; raises NotAFile for one of a server."""
    path = file_of(target)
    if path is None:
        raise NotAFile(path=target)
    return path


def backup_folder(target: str) -> Path:
    """Where backups without a name go: beside the database; those of a server to the user's data."""
    path = file_of(target) or default_database().with_name(_name_on_server(target))
    return path.with_name(f"{path.stem}-backups")


def _name_on_server(target: str) -> str:
    """What files that belong to a database of a server are called after, as those of a file by its name."""
    name = arguments_of(target).get("dbname", "volunteer").replace("/", "-")
    schema = schema_named(target)
    return f"{name}-{schema}.db" if schema else f"{name}.db"


def _stem(target: str) -> str:
    return (file_of(target) or Path(_name_on_server(target))).stem


def ending(target: str) -> str:
    """How the names of backups end: a file's is such a file, and a server's is a dump of it."""
    return ".db" if file_of(target) else ".dump"


def latest_backup(target: str) -> Path | None:
    """The newest backup that was made without a name, if there is one."""
    paths = backup_folder(target).glob(f"*{ending(target)}")
    return max(paths, default=None, key=lambda path: path.stat().st_mtime)


def back_up(target: str, file: Path | None = None) -> Path:
    """Copy a database, verify the copy, and answer where it is.

    Raises:
        BackupExists, DatabaseDamaged, DatabaseReadOnly, DiskFull: there is then no copy.
        ProgramMissing, ProgramFailed: a server's programs do not make one.
    """
    _require_readable(target)
    copy = file or _unnamed(target)
    try:
        if copy.exists():
            raise BackupExists(path=copy)
        if file is None:
            remove_leftovers(copy.parent)
        with made_beside(copy) as draft:
            _copy_verified(target, draft)
    except FileExistsError as error:
        raise BackupExists(path=copy) from error
    except (OSError, ValueError) as error:
        raise fault_of_file(copy, error) from error
    return copy


def _require_readable(target: str) -> None:
    if file_of(target) is None:
        revision(target)  # raises what is wrong with it
    require_file(target, writing=False)


def _copy_verified(target: str, draft: Path) -> None:
    """Copy a database and read the whole copy: one that nobody has read is a hope, no backup."""
    source = file_of(target)
    if source is None:
        dumps.dump(target, draft)
    else:
        copy_into_draft(source, draft)
    verify(draft)


def leftovers_of(target: str) -> list[Path]:
    """What killed commands have left of a database and of its backups."""
    path = file_of(target)
    if path is None:
        return []
    return [*leftovers(path.parent, path.name), *leftovers(backup_folder(target))]


def rotate(target: str, keep: str) -> list[Path]:
    """Delete the backups made without a name that `keep` does not ask for, and answer which they were.

    Raises:
        BadKeep: `keep` cannot be read; nothing is deleted.
    """
    spans = read_keep(keep)
    paths = backup_folder(target).glob(f"*{ending(target)}")
    old = superfluous(paths, _stem(target), spans, datetime.now())  # noqa: DTZ005 - as the names
    for path in old:
        path.unlink(missing_ok=True)
    return old


def operations_gone(target: str, file: Path) -> list[int]:
    """The numbers of the operations of a database that a backup of it does not hold.

    Raises:
        DatabaseFault: the database or the backup cannot be read.
    """
    revision(target)  # raises what is wrong with it
    path = file_of(target)
    in_backup = _operations(file) if path else dumps.operations_of(file)
    here = _operations(path) if path else _operations_on_server(target)
    return [number for number, operation in here.items() if in_backup.get(number) != operation]


def _operations_on_server(target: str) -> dict[int, tuple[str, str]]:
    with faults_explained(target), make_engine(target, writing=False).connect() as connection:
        rows = connection.execute(text("SELECT id, CAST(at AS TEXT), command FROM operation ORDER BY id"))
        return {number: (at, command) for number, at, command in rows}


def _operations(path: Path) -> dict[int, tuple[str, str]]:
    """When each operation was done, and with which command; columns that every schema has."""
    with faults_explained(str(path)), closing(connect_sqlite(path, writing=False)) as reader:
        rows = reader.execute("SELECT id, at, command FROM operation ORDER BY id")
        return {number: (at, command) for number, at, command in rows}


def _unnamed(target: str) -> Path:
    """A file name from the time; backups of one second get a running number."""
    folder = backup_folder(target)
    stem = f"{_stem(target)}-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    numbers = ("", *(f"-{number}" for number in range(2, 1000)))
    names = (folder / f"{stem}{number}{ending(target)}" for number in numbers)
    return next(path for path in names if not path.exists())


def copy_into_draft(source: Path, copy: Path) -> None:
    """Copy all pages of a database into an empty file, encrypted with the same key if it is."""
    # A copy that can be read without the key would undo the encryption.
    use_key(copy, key_for(source))
    with closing(connect_new(copy)) as writer:
        _copy_into(writer, source, copy)
        # A copy is one file that can be carried away; the journal mode of use comes back on restoring.
        writer.execute("PRAGMA journal_mode=DELETE")


def _copy_into(
    writer: sqlite3.Connection, source: Path, goal: Path, begun: Callable[[], None] = lambda: None
) -> None:
    """Copy all pages of a file, and say on which of the two disks it failed."""
    with faults_explained(str(source)), closing(connect_sqlite(source, writing=False)) as reader:
        # BEGIN alone takes no lock: only what is read first holds the moment that is copied.
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master")
        try:
            copy_pages(reader, writer, goal, begun)
        except driver_errors() as error:
            where = source if primary_code(error) in _OF_SOURCE else goal
            with faults_explained(str(where)):
                raise


def verify(path: Path) -> str:
    """Read a whole file and answer the revision of its schema.

    Raises:
        BackupMissing, DatabaseForeign, DatabaseDamaged: it is no backup to rely on.
    """
    if not path.exists():
        raise BackupMissing(path=path)
    if dumps.is_dump(path):
        return dumps.revision_of(path)
    require_file(str(path), writing=False)
    engine = make_engine(str(path), writing=False)
    try:
        with faults_explained(str(path)), engine.connect() as connection:
            revision = schema_of(connection, str(path))
            if integrity_faults(connection):
                raise DatabaseDamaged(path=path)
    finally:
        engine.dispose()
    return revision


def restore(target: str, file: Path, tables: Collection[str] = ()) -> tuple[str, Path | None]:
    """Put a verified backup in the place of a database; what was there is kept beside it.

    Args:
        target: where.
        file: the backup.
        tables: the names of our tables, which make room on a server.

    Returns:
        The revision of the restored schema, and where the former database is, if there was one.

    Raises:
        DatabaseMissing, DatabaseForeign, DatabaseDamaged: the backup cannot be relied on.
        DatabaseLocked, DatabaseReadOnly: the database cannot be replaced now.
    """
    revision = verify(file)
    path = file_of(target)
    if (path is None) != dumps.is_dump(file):
        raise OtherKind(path=target)
    if path is None:
        return revision, _restore_on_server(target, file, tables)
    return revision, _restore_file(path, file)


def _restore_file(path: Path, file: Path) -> Path | None:
    """Put a backup in the place of a file; where the former one is, if there was one."""
    _require_alike(path, file)
    try:
        former = _replace(path, file) if path.exists() else None
        # A damaged file was moved away whole, so that nothing is left to fill.
        if not path.exists():
            _make_of(path, file)
    except (OSError, ValueError) as error:
        raise fault_of_file(path, error) from error
    return former


def _make_of(path: Path, file: Path) -> None:
    """Make a database of a backup beside its place, so that nobody opens half of it."""
    with made_beside(path) as draft:
        use_key(draft, key_for(file))
        _fill(draft, file)
    use_key(path, key_for(file))


def _restore_on_server(target: str, file: Path, tables: Collection[str]) -> Path | None:
    """Put a dump in the place of our tables while no other writer is let in; where the former ones are."""
    with dumps.held(target):
        former = _former_on_server(target)
        try:
            dumps.restore(target, file, tables)
        except BaseException:
            if former:
                former.unlink()
            raise
    return former


def _former_on_server(target: str) -> Path | None:
    """A backup of what is there, if anything of ours is."""
    with suppress(DatabaseForeign):
        return back_up(target)
    return None


def _require_alike(path: Path, file: Path) -> None:
    """Pages are copied as they are: those of an encrypted file would not fit into one that is not."""
    if path.is_file() and path.stat().st_size and is_encrypted(path) != is_encrypted(file):
        raise OtherEncryption(path=path)


def _replace(path: Path, file: Path) -> Path | None:
    """Fill the place of a database and answer where its copy is; one that is not whole is moved away as it is.

    Raises:
        DatabaseForeign: it is another program's file, which is not ours to move.
    """
    if path.stat().st_size == 0:
        use_key(path, key_for(file))
        _fill(path, file)
        return None
    try:
        require_file(str(path), writing=True)
        for _attempt in range(MOST_ATTEMPTS):
            with suppress(ChangedMeanwhile):
                return _copied_and_filled(path, file)
        raise DatabaseLocked(path=path)
    except DatabaseForeign as error:
        raise DatabaseForeign(path=path, hint=MOVE_FIRST) from error
    except DatabaseDamaged:
        return _moved_aside(path)


def _moved_aside(path: Path) -> Path:
    """Where a file is kept of which something may still be saved; its journal belongs to nothing any more."""
    aside = path.with_name(f"{path.name}.damaged-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
    path.rename(aside)
    remove_file(path)
    return aside


def _copied_and_filled(path: Path, file: Path) -> Path:
    """Copy a database and fill its place, unless somebody wrote between the two; raises ChangedMeanwhile."""
    with faults_explained(str(path)), closing(connect_sqlite(path, writing=False)) as watcher:
        version = _version(watcher)
        former = back_up(str(path))

        def compare() -> None:
            if _version(watcher) != version:
                raise ChangedMeanwhile

        try:
            _fill(path, file, compare)
        except BaseException:
            former.unlink()
            raise
    return former


def _version(connection: sqlite3.Connection) -> int:
    """A number that is another one after every change by others."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _fill(path: Path, file: Path, begun: Callable[[], None] = lambda: None) -> None:
    """Copy the backup's pages into the file in one transaction, so that nobody reads half of it."""
    with faults_explained(str(path)), closing(connect_sqlite(path, writing=True, timeout=0)) as writer:
        _copy_into(writer, file, path, begun)
        writer.execute("PRAGMA journal_mode=WAL")


def overwrite_remains(target: str) -> bool:
    """Rebuild the file, so that nothing deleted can be read from its free pages; False when it was busy."""
    path = file_of(target)
    if path is None:
        return True
    try:
        with closing(connect_sqlite(path, writing=True)) as connection:
            connection.execute("VACUUM")
            # Until it is written back, the write-ahead log holds pages as they were before.
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except driver_errors():
        return False
    return not busy
