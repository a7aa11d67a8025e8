"""What is wrong with the folder and the disk beneath a database: SQLite says only that something is."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from volunteer_cli.core.database.faults import (
    DatabaseDamaged,
    DatabaseReadOnly,
    DatabaseReplaced,
    DatabaseUnreadable,
    DiskFaulty,
    DiskFull,
    DiskReadOnly,
    FileTooLarge,
    FolderVanished,
    NoLocking,
    QuotaReached,
)
from volunteer_cli.core.i18n import _
from volunteer_cli.core.targets import DatabaseFault

#: As much as SQLite asks for at once, and more than the rest of a block that is in use already.
PROBE_BYTES = 64 * 1024
BY_ERRNO: dict[int, type[DatabaseFault]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: QuotaReached,
    errno.EFBIG: FileTooLarge,
    errno.EROFS: DiskReadOnly,
    errno.ENOENT: FolderVanished,
    errno.ENOLCK: NoLocking,
    errno.EOPNOTSUPP: NoLocking,
    errno.EIO: DiskFaulty,
}
LOCKING = {
    sqlite3.SQLITE_IOERR_LOCK,
    sqlite3.SQLITE_IOERR_RDLOCK,
    sqlite3.SQLITE_IOERR_UNLOCK,
    sqlite3.SQLITE_IOERR_CHECKRESERVEDLOCK,
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMLOCK,
    sqlite3.SQLITE_IOERR_SHMMAP,
    sqlite3.SQLITE_PROTOCOL,
}
READING = {
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_IOERR_CORRUPTFS,
}


def fault_of_file(file: Path, error: OSError | ValueError) -> DatabaseFault:
    """The fault that an error of the operating system stands for."""
    number = getattr(error, "errno", None)
    kind = BY_ERRNO.get(number or 0)
    if kind is not None:
        return kind(path=file)
    return DatabaseReadOnly(path=file, reason=reason_of(error))


def reason_of(error: OSError | ValueError) -> str:
    """What the operating system says was wrong; Python itself refuses names with NUL."""
    strerror = getattr(error, "strerror", None)
    return strerror.lower() if strerror else _("no file can have this name")


def fault_of_disk(file: Path, code: int) -> DatabaseFault:
    """The fault behind a failed read or write of a file, found by trying the same beside it."""
    if not file.parent.is_dir():
        return FolderVanished(path=file)
    if not file.exists():
        return DatabaseReplaced(path=file)
    if not os.access(file, os.R_OK):
        return DatabaseUnreadable(path=file, reason=os.strerror(errno.EACCES).lower())
    if code in READING:
        return DatabaseDamaged(path=file)
    return _fault_of_writing(file, code)


def _fault_of_writing(file: Path, code: int) -> DatabaseFault:
    if error := _error_of_writing(file):
        return fault_of_file(file, error)
    if code in LOCKING:
        return NoLocking(path=file)
    if not os.access(file, os.W_OK):
        return DatabaseReadOnly(path=file, reason=os.strerror(errno.EACCES).lower())
    return DiskFaulty(path=file)


def _error_of_writing(file: Path) -> OSError | None:
    """What a file beside the database meets that is made to grow as the database would."""
    probe = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with probe.open("xb", buffering=0) as written:
            written.seek(file.stat().st_size)
            written.write(bytes(PROBE_BYTES))
            os.fsync(written.fileno())
    except OSError as error:
        return error
    finally:
        with suppress(OSError):
            probe.unlink()
    return None
