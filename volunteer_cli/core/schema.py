"""Making and upgrading the schema with Alembic, driven by its API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from volunteer_cli.core.database import (
    DatabaseExists,
    fault_of_file,
    faults_explained,
    file_of,
    make_engine,
    prepare_file,
    require_empty,
    require_file,
    schema_of,
    use_key,
)
from volunteer_cli.core.drafts import made_beside
from volunteer_cli.core.resources import resource_folder

if TYPE_CHECKING:
    from pathlib import Path

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
        # All revisions in one transaction: an upgrade that fails has not happened.
        with connection.begin():
            yield connection, config


def create(target: str, key: str | None = None) -> None:
    """Make a new database with the newest schema: whole or, whatever happens, not at all.

    Args:
        target: where.
        key: encrypts it; one on a server is encrypted there.

    Raises:
        DatabaseExists, DatabaseReadOnly, DiskFull: as their sentences say.
    """
    path = file_of(target)
    if path is None:
        _create_on_server(target)
        return
    try:
        if path.exists():
            raise DatabaseExists(path=path)
        with made_beside(path) as draft:
            _fill(draft, key)
        use_key(path, key)
    except FileExistsError as error:
        raise DatabaseExists(path=path) from error
    except (OSError, ValueError) as error:
        raise fault_of_file(path, error) from error


def _fill(draft: Path, key: str | None) -> None:
    use_key(draft, key)
    with faults_explained(str(draft)):
        prepare_file(draft)
    # All migrations run, so that a new database is in no way other than one that was upgraded.
    upgrade(str(draft))


def _create_on_server(target: str) -> None:
    """Make the tables in an empty database, or in an empty schema of one.

    Raises:
        DatabaseExists: ours are there already.
        DatabaseForeign: another program's are there.
    """
    from alembic import command

    with migrating(target) as (connection, config):
        require_empty(connection, target)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def revision(target: str) -> str:
    """The revision of a database's schema, whether this version can use it or not.

    Raises:
        DatabaseMissing, DatabaseForeign, DatabaseDamaged: it cannot be read at all.
    """
    require_file(target, writing=False)
    with faults_explained(target), make_engine(target, writing=False).connect() as connection:
        return schema_of(connection, target)
