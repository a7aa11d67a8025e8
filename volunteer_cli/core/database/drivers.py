"""What an error of a driver means to the user: known by its code, never by the words of its message."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from volunteer_cli.core.database.ciphers import driver_errors, is_encrypted
from volunteer_cli.core.database.disks import fault_of_disk
from volunteer_cli.core.database.faults import (
    DatabaseDamaged,
    DatabaseForeign,
    DatabaseLocked,
    DatabaseMissing,
    DatabaseReplaced,
    DiskFaulty,
    DiskFull,
    Inconsistent,
    NumberTooLarge,
    ServerRefuses,
    ServerUnreachable,
    WrongKey,
)
from volunteer_cli.core.errors import BadText, VolunteerError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.targets import DatabaseFault, file_of

#: SQLite's primary result codes, https://www.sqlite.org/rescode.html, whatever their messages say.
_BY_CODE: dict[int, type[DatabaseFault]] = {
    sqlite3.SQLITE_BUSY: DatabaseLocked,
    sqlite3.SQLITE_LOCKED: DatabaseLocked,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_CORRUPT: DatabaseDamaged,
    sqlite3.SQLITE_NOTADB: DatabaseForeign,
}
_OF_DISK = {
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOLFS,
}
#: Classes and codes of SQLSTATE, ISO/IEC 9075-2 table 38 and PostgreSQL appendix A; the longer one holds.
_BY_STATE: dict[str, type[VolunteerError]] = {
    "08": ServerUnreachable,
    "23": Inconsistent,
    "28": ServerRefuses,
    "3D": DatabaseMissing,
    "40": DatabaseLocked,
    "42501": ServerRefuses,
    "42P01": DatabaseForeign,
    "53100": DiskFull,
    "53": ServerUnreachable,
    "22001": Inconsistent,
    "22003": NumberTooLarge,
    "25006": ServerRefuses,
    "55P03": DatabaseLocked,
    "57": ServerUnreachable,
    "58": DiskFaulty,
    "XX": DatabaseDamaged,
}
#: What a broken constraint demands; the driver's own words can hold the values of a row.
_DEMANDS = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: N_("something may stand there only once"),
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: N_("something may stand there only once"),
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: N_("something that is referred to must exist"),
    sqlite3.SQLITE_CONSTRAINT_NOTNULL: N_("something must not be empty"),
    "22001": N_("a text is too long"),
    "23505": N_("something may stand there only once"),
    "23503": N_("something that is referred to must exist"),
    "23502": N_("something must not be empty"),
}
_OTHER_DEMAND = N_("a value is not allowed there")


def fault_of(error: Exception, target: str) -> VolunteerError | None:
    """The error that a user reads for a fault of the driver, or None for a bug of ours."""
    driver = getattr(error, "orig", None) or error
    if isinstance(driver, VolunteerError):
        return driver
    if isinstance(driver, driver_errors()):
        return _fault_of_sqlite(driver, target)
    return _fault_of_server(driver, target)


def _fault_of_sqlite(error: Exception, target: str) -> VolunteerError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Python's own: a text in the file that is no text.
        return DatabaseDamaged(path=target) if isinstance(error, sqlite3.OperationalError) else None
    if code == sqlite3.SQLITE_READONLY_DBMOVED:
        return DatabaseReplaced(path=target)
    # The low byte of an extended result code is the primary one.
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return _inconsistent(code)
    return _fault_of_file(primary, code, target)


def _fault_of_file(primary: int, code: int, target: str) -> VolunteerError | None:
    file = file_of(target)
    # With a wrong key an encrypted file looks like noise, and SQLite calls it no database.
    if primary == sqlite3.SQLITE_NOTADB and file and is_encrypted(file):
        return WrongKey(path=target)
    if primary in _BY_CODE:
        return _BY_CODE[primary](path=target)
    return fault_of_disk(file, code) if primary in _OF_DISK and file else None


def _inconsistent(code: int | str) -> Inconsistent:
    """A constraint was broken: what it demands, by the code of the driver."""
    return Inconsistent(reason=_(_DEMANDS.get(code, _OTHER_DEMAND)))


def _fault_of_server(error: BaseException, target: str) -> VolunteerError | None:
    state = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    if state is None:
        return _fault_of_connecting(error, target) if _is_lost(error) else None
    # The class of a state (its first two signs) tells what to do where the state itself is not listed.
    kind = _BY_STATE.get(state) or _BY_STATE.get(state[:2])
    if kind is Inconsistent:
        return _inconsistent(state)
    return kind(path=target) if kind else None


def _is_lost(error: BaseException) -> bool:
    """Whether there was no connection: told by the names of DB-API 2.0 (PEP 249), so that no driver is imported."""
    return any(kind.__name__ in ("OperationalError", "InterfaceError") for kind in type(error).__mro__)


def _fault_of_connecting(error: BaseException, target: str) -> VolunteerError:
    """Why there is no connection: the driver keeps no SQLSTATE of that, but whether a password was asked for."""
    connection = getattr(error, "pgconn", None)
    asked = connection is not None and (connection.needs_password or connection.used_password)
    return ServerRefuses(path=target) if asked else ServerUnreachable(path=target)


def _server_errors() -> tuple[type[Exception], ...]:
    """The errors of PostgreSQL's driver, where it has been used: what it copies does not go through SQLAlchemy."""
    module = sys.modules.get("psycopg")
    return (module.Error,) if module else ()


@contextmanager
def faults_explained(target: str) -> Iterator[None]:
    """Turn the driver's faults inside the block into errors that a user can act on."""
    try:
        yield
    except DBAPIError as error:
        _explain(error, target)
        raise
    except (*driver_errors(), *_server_errors()) as error:
        _explain(error, target)
        raise
    except OverflowError as error:
        raise NumberTooLarge from error
    except UnicodeEncodeError as error:
        raise BadText(field=_("Text"), value=error.object) from error


def _explain(error: Exception, target: str) -> None:
    if fault := fault_of(error, target):
        raise fault from error
