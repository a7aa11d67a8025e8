"""Read-only views of the database for other tools, such as Datasette, sqlite-utils, pandas and DuckDB.

An area declares its own in `sql_views.py`. They say in readable columns what the lists and reports say, by the same
expressions; what is masked in lists, and free words, they do not have. Every upgrade drops and makes them afresh,
so that no migration has to rebuild a table around them; that one of them changed is a migration of its own, an
empty one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select, text

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from volunteer_cli.core.policies import Policy


@dataclass(frozen=True)
class SqlView:
    """A view and what it says.

    Attributes:
        meaning: which records its rows are.
        columns: what each column says, in the order of the query's.
        query: the select; its labels are the columns.
    """

    name: str
    meaning: str
    columns: Mapping[str, str]
    query: Callable[[], Any]


def create_views(connection: Connection, views: Iterable[SqlView]) -> None:
    """Make views within the open transaction."""
    for view in views:
        # A view has no parameters: values stand in its text.
        query = view.query().compile(connection, compile_kwargs={"literal_binds": True})
        connection.exec_driver_sql(f"CREATE VIEW {view.name} AS {query}")


def drop_views(connection: Connection, views: Iterable[SqlView]) -> None:
    """Drop those of the views that are there."""
    for view in views:
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {view.name}")


def grants_on(connection: Connection, views: Iterable[SqlView]) -> dict[str, list[str]]:
    """By view, the statements that grant again what roles of a server may read of it now."""
    if connection.dialect.name == "sqlite":
        return {}
    query = text("""
        SELECT relname, format('GRANT SELECT ON %I TO %I', relname, rolname)
        FROM pg_class, aclexplode(relacl), pg_roles
        WHERE relkind = 'v' AND relnamespace = quote_ident(current_schema())::regnamespace
            AND privilege_type = 'SELECT' AND pg_roles.oid = grantee AND grantee <> relowner
    """)
    granted: dict[str, list[str]] = {view.name: [] for view in views}
    for name, statement in connection.execute(query):
        granted.get(name, []).append(statement)
    return granted


def policy_on(policy: Policy[Any], day: Any) -> ColumnElement[str]:
    """The text of a dated policy's value that holds on the day of a row."""
    from volunteer_cli.core.records import PolicyValue

    holds = (PolicyValue.name == policy.name, PolicyValue.holds_from <= cast(day, String))
    latest = select(PolicyValue.value).where(*holds).order_by(PolicyValue.holds_from.desc()).limit(1)
    value: ColumnElement[str] = func.coalesce(latest.scalar_subquery(), literal(policy.default))
    return value


def in_use(archived_on: Any) -> ColumnElement[str]:
    """The status of a record that can be archived."""
    return case((archived_on.is_not(None), "archived"), else_="active")


def has_long_number(text: Any) -> ColumnElement[bool]:
    """Whether so many digits stand in a text that lists show of them the ends alone, whatever parts the digits."""
    # Neither database has the regular expressions of the other: all digits as one, and no sign between them.
    for sign in (" ", "-", "\u2013"):
        text = func.replace(text, sign, "")
    for digit in "123456789":
        text = func.replace(text, digit, "0")
    long_one: ColumnElement[bool] = text.contains("0000000")
    return long_one
