"""The door to a server: one writer at a time, and readers for whom nothing moves meanwhile.

Every rule (room in an event, numbers, periods that are closed) reads before it writes. SQLite lets one writer in at
a time, so what was read still holds; PostgreSQL lets all in, and two people would get the last place.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import URL, create_engine, event, inspect, make_url, text
from sqlalchemy.dialects import registry
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateSchema

from volunteer_cli.core.database.faults import DatabaseExists, DatabaseForeign, DriverMissing
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.targets import BadUrl, search_path

#: Names by which a URL may mean PostgreSQL; all are opened by psycopg 3.
POSTGRESQL = {"postgresql", "postgres", "postgresql+psycopg"}
#: The lock of our writers, one for each schema of a database: "VOLU", and the schema.
_LOCK = "pg_advisory_xact_lock(x'564f4c55'::int, hashtext(coalesce(current_schema(), '')))"
_SCHEMA = text("SELECT current_schema()")
PUBLIC = "public"
#: Longer than a server that can be reached takes to answer.
CONNECT_SECONDS = 15


EMPTY_FIRST = N_(
    "Name an empty database, or a schema of its own: --db postgresql://user@host/name?schema=harbour"
)


def engine_of_server(target: str, *, writing: bool, seconds: float) -> Engine:
    """An engine on the database of a server; with `writing`, one writer waits `seconds` for another.

    Raises:
        BadUrl, DriverMissing: as their sentences say.
    """
    try:
        url, arguments = _opened_by(make_url(target))
        engine = create_engine(url, connect_args=arguments, poolclass=NullPool, hide_parameters=True)
    except (ArgumentError, ValueError) as error:
        raise BadUrl(path=target) from error
    except ImportError as error:
        raise DriverMissing(name=error.name) from error
    if engine.dialect.name == "postgresql":
        _keep_order(engine, writing=writing, seconds=seconds)
    return engine


def _opened_by(url: URL) -> tuple[URL, dict[str, Any]]:
    """The URL by which our dialect opens PostgreSQL, and what the connection is told beside it."""
    if url.drivername not in POSTGRESQL:
        return url, {}
    registry.register("postgresql.volunteer", "volunteer_cli.core.database.postgres", "Dialect")
    # What the URL says itself holds: a slow line may need more seconds.
    arguments = {"application_name": "volunteer", "connect_timeout": CONNECT_SECONDS}
    given: dict[str, Any] = {name: value for name, value in arguments.items() if name not in url.query}
    plain = url.difference_update_query(["schema", "options"]).set(drivername="postgresql+volunteer")
    return plain, {**given, "options": _options_of(url)}


def _options_of(url: URL) -> str:
    schema = url.query.get("schema")
    path = [search_path(str(schema))] if schema else []
    # Dates as texts are compared and shown in one form, whatever the server's habit.
    return " ".join([*_words(url.query.get("options")), "-cdatestyle=ISO,YMD", *path])


def _words(options: Any) -> list[str]:
    return [] if options is None else list(options) if isinstance(options, tuple) else [str(options)]


def require_empty(connection: Connection, target: str) -> None:
    """Make the schema that was named if it is not there, and see that nobody has tables in it.

    Raises:
        DatabaseExists: ours are there already.
        DatabaseForeign: another program's are there.
    """
    inspector = inspect(connection)
    schema = schema_named(target) or connection.scalar(_SCHEMA) or PUBLIC
    if schema not in inspector.get_schema_names():
        connection.execute(CreateSchema(schema))
        return
    # Not only ours: a schema with anything in it is somebody's.
    tables = inspector.get_table_names(schema)
    if "alembic_version" in tables:
        raise DatabaseExists(path=target)
    if tables:
        raise DatabaseForeign(path=target, hint=EMPTY_FIRST)


def schema_named(target: str) -> str | None:
    """The schema that a URL names for our tables."""
    schema = make_url(target).query.get("schema")
    return str(schema) if schema else None


def schema_used(target: str) -> str:
    """The schema in which our tables are; without a name it is the server's choice, the user's own or public."""
    if named := schema_named(target):
        return named
    with engine_of_server(target, writing=False, seconds=0).connect() as connection:
        return connection.scalar(_SCHEMA) or PUBLIC


def size_of(connection: Connection) -> int:
    """The bytes that the tables and indexes of our schema take."""
    query = text(
        "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = quote_ident(current_schema())::regnamespace"
    )
    return int(connection.execute(query).scalar_one())


class Traits(NamedTuple):
    """What a server and its database are like, as far as it matters here.

    Attributes:
        version: of the server, as 15.4.
        encoding: how it stores texts.
        collation: of the database; our columns have their own, by code point.
        sorted_otherwise: columns that another program has given another one.
        may_write: whether this user may change data.
        may_alter: whether this user may upgrade the tables, as their owner.
    """

    version: str
    encoding: str
    collation: str
    sorted_otherwise: int
    may_write: bool
    may_alter: bool


def traits_of(target: str) -> Traits:
    """What a server and one of its databases are like."""
    engine = engine_of_server(target, writing=False, seconds=0)
    with engine.connect() as connection:
        return Traits(*connection.execute(_TRAITS).one())


_TRAITS = text("""
    SELECT current_setting('server_version'), pg_encoding_to_char(encoding), datcollate,
        (SELECT count(*) FROM pg_attribute JOIN pg_class AS "table" ON "table".oid = attrelid
            WHERE relkind = 'r' AND relnamespace = quote_ident(current_schema())::regnamespace AND attnum > 0
            AND attcollation NOT IN (0, 'pg_catalog."C"'::regcollation) AND relname <> 'alembic_version'),
        has_table_privilege('operation', 'INSERT'),
        pg_has_role((SELECT relowner FROM pg_class WHERE oid = 'operation'::regclass), 'USAGE')
    FROM pg_database WHERE datname = current_database()
""")


def arguments_of(target: str) -> dict[str, str]:
    """How a server's own programs are told where a database is, the password among it.

    Raises:
        BadUrl: it is no database of PostgreSQL.
    """
    try:
        url = make_url(target)
    except ArgumentError as error:
        raise BadUrl(path=target) from error
    if url.drivername not in POSTGRESQL:
        raise BadUrl(path=target)
    parts = url.translate_connect_args(username="user", database="dbname")
    more = {name: value for name, value in url.query.items() if name not in ("schema", "options")}
    return {name: ",".join(_words(value)) for name, value in {**parts, **more}.items()}


def _keep_order(engine: Engine, *, writing: bool, seconds: float) -> None:
    """Let writers wait for each other, and readers see one moment over all their queries."""
    # Without a limit a lock_timeout of 0 would wait for ever.
    wait = max(1, round(seconds * 1000))

    def take_turn(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {wait}; SELECT {_LOCK}")

    def hold_still(driver: Any, _record: Any) -> None:
        from psycopg import IsolationLevel

        driver.isolation_level, driver.read_only = IsolationLevel.REPEATABLE_READ, True

    if writing:
        event.listen(engine, "begin", take_turn)
    else:
        event.listen(engine, "connect", hold_still)
