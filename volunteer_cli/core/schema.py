"""Making and upgrading the schema with Alembic, driven by its API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from volunteer_cli.core.database import (
    create_file,
    faults_explained,
    is_url,
    make_engine,
    require_file,
    schema_of,
)
from volunteer_cli.core.resources import resource_folder

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.engine import Connection


def upgrade(target: str, revision: str = "head") -> None:
    """Bring the schema of a database to a revision, in one transaction.

    Raises:
        DatabaseFault: the file is locked, damaged or cannot be written.
    """
    from alembic import command

    with migrating(target) as (connection, config):
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


@contextmanager
def migrating(target: str) -> Iterator[tuple[Connection, Config]]:
    """A connection in a transaction with foreign keys off, and Alembic's configuration."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resource_folder("migrations")))
    with faults_explained(target), make_engine(target, writing=True).connect() as connection:
        if connection.dialect.name == "sqlite":
            # Outside a transaction, where the pragma has an effect: see migrations/env.py.
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            yield connection, config


def create(target: str) -> None:
    """Make a new database with the newest schema; a file that could not be finished is taken away.

    Raises:
        DatabaseExists, DatabaseReadOnly, DiskFull: as their sentences say.
    """
    if not is_url(target):
        create_file(Path(target))
    try:
        upgrade(target)
    except BaseException:
        if not is_url(target):
            remove_file(Path(target))
        raise


def remove_file(path: Path) -> None:
    """Delete a SQLite file with what stands beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def revision(target: str) -> str:
    """The revision of a database's schema, whether this version can use it or not.

    Raises:
        DatabaseMissing, DatabaseForeign, DatabaseDamaged: it cannot be read at all.
    """
    require_file(target, writing=False)
    with faults_explained(target), make_engine(target, writing=False).connect() as connection:
        return schema_of(connection, target)
