"""How Alembic runs our migrations: on a connection that the program hands over, all in one transaction.

With foreign keys on, SQLite's batch operations delete the children of a rebuilt table without a word;
so the program turns them off before the transaction, and they are checked here before it commits.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

from volunteer_cli.areas import load_models
from volunteer_cli.core.models import Base


class ForeignKeysBroken(Exception):
    """A migration left rows that point nowhere."""


def run() -> None:
    connection = context.config.attributes["connection"]
    load_models()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise ForeignKeysBroken(broken[:5])


run()
