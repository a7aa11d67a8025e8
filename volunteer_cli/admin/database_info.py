"""What there is to know about a database without looking at its records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.engine import Connection

from volunteer_cli.core.backup import latest_backup
from volunteer_cli.core.database import (
    SCHEMA,
    faults_explained,
    file_of,
    is_encrypted,
    make_engine,
    named,
    require_file,
    schema_of,
    size_of,
)
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.offsets import wall_of
from volunteer_cli.core.records import Loan, Operation
from volunteer_cli.output.view import Column, Kind, View

DATABASE = View(
    "database",
    N_("Database"),
    (
        Column("path", N_("Path"), Kind.CODE),
        Column("schema", N_("Schema"), Kind.CODE),
        Column("needed", N_("Needed by this version"), Kind.CODE),
        Column("encrypted", N_("Encrypted"), Kind.FLAG),
        Column("bytes", N_("Bytes"), Kind.COUNT),
        Column("operations", N_("Operations"), Kind.COUNT),
        Column("last_operation_at", N_("Last operation"), Kind.DATETIME),
        Column("site", N_("Site"), Kind.COUNT),
        Column("until", N_("To be back by"), Kind.DATE),
        Column("copies_out", N_("Copies out"), Kind.COUNT),
        Column("last_backup", N_("Latest backup"), Kind.CODE),
        Column("last_backup_at", N_("Made at"), Kind.DATETIME),
        Column("sqlite", N_("SQLite"), Kind.CODE),
    ),
)


def database_info(target: str) -> dict[str, Any]:
    """Path, schema, size, number of operations and latest backup; also of a database too old to use.

    Raises:
        DatabaseMissing, DatabaseForeign, DatabaseDamaged: it cannot be read at all.
    """
    require_file(target, writing=False)
    with faults_explained(target), make_engine(target, writing=False).connect() as connection:
        schema = schema_of(connection, target)
        # Columns that every schema has: whoever has an old database asks here what to do with it.
        count, latest = connection.execute(select(func.count(Operation.id), func.max(Operation.at))).one()
        version, size = _version_and_size(connection)
        lending = _about_lending(connection) if schema == SCHEMA else NO_LENDING
    return {
        "id": named(target),
        "schema": schema,
        "needed": SCHEMA,
        "operations": count,
        "last_operation_at": _on_wall(latest),
        "sqlite": version,
        **lending,
        **_about_file(target, size),
    }


#: What is said of a database that is too old to lend copies.
NO_LENDING: dict[str, Any] = {"site": None, "until": None, "copies_out": None}


def _about_lending(connection: Connection) -> dict[str, Any]:
    """Of a lent copy its site and when it is to be back, of the office how many copies are out."""
    own = connection.execute(select(Loan.site, Loan.until).where(Loan.borrowed)).first()
    out = select(func.count(Loan.id)).where(~Loan.borrowed, Loan.returned_on.is_(None))
    return {
        "site": own and own.site,
        "until": own and own.until,
        "copies_out": connection.execute(out).scalar(),
    }


def _on_wall(moment: datetime | None) -> datetime | None:
    return moment and wall_of(moment)


def _version_and_size(connection: Connection) -> tuple[str | None, int | None]:
    """The version of SQLite for a file, whose size the disk knows; for a server the size."""
    if connection.dialect.name != "sqlite":
        return None, size_of(connection)
    return connection.execute(text("SELECT sqlite_version()")).scalar(), None


def _about_file(target: str, size: int | None) -> dict[str, Any]:
    """Where it is and how large, and its newest backup; how a server keeps it is seen there."""
    file = file_of(target)
    about: dict[str, Any] = {
        "path": str(file.absolute()) if file else named(target),
        "encrypted": is_encrypted(file) if file else None,
        "bytes": file.stat().st_size if file else size,
    }
    backup = latest_backup(target)
    if backup is None:
        return about | {"last_backup": None, "last_backup_at": None}
    made_at = datetime.fromtimestamp(int(backup.stat().st_mtime))  # noqa: DTZ006 - local, for people
    return about | {"last_backup": str(backup), "last_backup_at": made_at}
