"""Encrypting a database file as a whole, and decrypting it: a new file is made beside it and takes its place."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from volunteer_cli.core.backup import backup_folder, file_to_copy, verify
from volunteer_cli.core.database import (
    connect_new,
    driver_errors,
    fault_of_file,
    faults_explained,
    is_encrypted,
    key_for,
    lock_timeout,
    require_file,
    use_key,
)
from volunteer_cli.core.database.ciphers import as_literal, driver_of, unlock
from volunteer_cli.core.database.faults import DatabaseLocked, EncryptedAlready, NotEncrypted
from volunteer_cli.core.drafts import made_beside


def encrypt(target: str, key: str) -> None:
    """Write a database anew with encrypted pages.

    Raises:
        EncryptedAlready, DatabaseFault: nothing was changed.
    """
    _rewrite(require_open(target), None, key)


def decrypt(target: str) -> None:
    """Write an encrypted database anew as everybody can read it who can read the file.

    Raises:
        NotEncrypted, DatabaseFault: nothing was changed.
    """
    path = require_encrypted(target)
    _rewrite(path, key_for(path), None)


def require_open(target: str) -> Path:
    """The file of a database that is not encrypted yet.

    Raises:
        EncryptedAlready, DatabaseFault: it cannot be encrypted.
    """
    path = file_to_copy(target)
    require_file(target, writing=True)
    if is_encrypted(path):
        raise EncryptedAlready(path=path)
    return path


def require_encrypted(target: str) -> Path:
    """The file of an encrypted database.

    Raises:
        NotEncrypted, DatabaseFault: it cannot be decrypted.
    """
    path = file_to_copy(target)
    require_file(target, writing=True)
    if not is_encrypted(path):
        raise NotEncrypted(path=path)
    return path


def open_backups(target: str) -> list[Path]:
    """The backups beside a database that can be read without a key."""
    return sorted(path for path in backup_folder(target).glob("*.db") if not is_encrypted(path))


def _rewrite(path: Path, old: str | None, new: str | None) -> None:
    # Only SQLCipher writes both kinds; without a key it reads files as SQLite does.
    driver = driver_of(old or new)
    with faults_explained(str(path)), closing(_alone(path, driver, old)) as source:
        try:
            with made_beside(path, replacing=True) as draft:
                use_key(draft, new)
                _export(source, draft, new)
                _finish(draft)
        except BaseException:
            with suppress(*driver_errors()):
                source.execute("PRAGMA journal_mode=WAL")
            raise
    use_key(path, new)


def _alone(path: Path, driver: object, key: str | None) -> sqlite3.Connection:
    """A connection besides which nobody has the file open; who comes later waits, and sees the new file."""
    connect = getattr(driver, "connect")  # noqa: B009 - two modules of one shape
    connection: sqlite3.Connection = connect(path, isolation_level=None, timeout=lock_timeout())
    try:
        unlock(connection, key)
        _require_alone(connection, path)
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
    except BaseException:
        connection.close()
        raise
    return connection


def _require_alone(connection: sqlite3.Connection, path: Path) -> None:
    # It answers the mode that there is by then, which stays WAL as long as somebody else has the file open.
    if connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
        raise DatabaseLocked(path=path)


def _export(source: sqlite3.Connection, draft: Path, key: str | None) -> None:
    source.execute(f"ATTACH DATABASE ? AS goal KEY {as_literal(key or '')}", (str(draft),))
    source.execute("BEGIN EXCLUSIVE")
    source.execute("SELECT sqlcipher_export('goal')")
    for mark in ("application_id", "user_version"):
        value = source.execute(f"PRAGMA main.{mark}").fetchone()[0]
        source.execute(f"PRAGMA goal.{mark}={value}")
    source.execute("COMMIT")
    source.execute("DETACH DATABASE goal")


def _finish(draft: Path) -> None:
    try:
        verify(draft)
        with closing(connect_new(draft)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
    except OSError as error:
        raise fault_of_file(draft, error) from error
