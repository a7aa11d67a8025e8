"""How Alembic runs our migrations: on a connection that the program hands over, all in one transaction.

With foreign keys on, SQLite's batch operations delete the children of a rebuilt table without a word;
so the program turns them off before the transaction, and they are checked here before it commits.
"""

from __future__ import annotations

from itertools import chain

from alembic import context
from sqlalchemy import text

from volunteer_cli.areas import gathered, load_models
from volunteer_cli.core.database import SCHEMA
from volunteer_cli.core.models import Base
from volunteer_cli.core.sql_views import create_views, drop_views, grants_on

#: A column gets the order of code points when it is made, and loses it when its type is altered.
TO_CODE_POINTS = """
    SELECT format('ALTER TABLE %s ALTER %I TYPE %s COLLATE "C"',
        attrelid::regclass, attname, format_type(atttypid, atttypmod))
    FROM pg_attribute JOIN pg_class AS "table" ON "table".oid = attrelid
    WHERE relkind = 'r' AND relnamespace = quote_ident(current_schema())::regnamespace AND attnum > 0
        AND attcollation NOT IN (0, 'pg_catalog."C"'::regcollation) AND relname <> 'alembic_version'
"""


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
    views = list(gathered("sql_views"))
    with context.begin_transaction():
        # No table can be rebuilt under a view; the newest schema alone has the columns that ours name.
        granted = grants_on(connection, views)
        drop_views(connection, views)
        context.run_migrations()
        if connection.dialect.name == "postgresql":
            for statement in connection.execute(text(TO_CODE_POINTS)).scalars().all():
                connection.execute(text(statement))
        if context.get_context().get_current_revision() == SCHEMA:
            create_views(connection, views)
            for statement in chain.from_iterable(granted.values()):
                connection.execute(text(statement))
    if connection.dialect.name == "sqlite":
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise ForeignKeysBroken(broken[:5])


run()
