"""What can be wrong with a database, in the user's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from volunteer_cli.core.errors import DATABASE, RuleError, VolunteerError
from volunteer_cli.core.i18n import N_


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
