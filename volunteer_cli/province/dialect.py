"""DuckDB behind SQLAlchemy: enough of a dialect to ask the queries of reports, which only read.

DuckDB speaks PostgreSQL's SQL (https://duckdb.org/docs/stable/sql/dialect/overview), so that is what is compiled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.pool import StaticPool

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


class DuckDialect(PGDialect):
    """PostgreSQL's words, DuckDB's driver; there are no transactions to speak of."""

    driver = "duckdb"
    # A number, for the same value in what is selected and grouped by is then seen to be the same.
    default_paramstyle = "numeric_dollar"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        """The driver."""
        import duckdb

        return duckdb

    def initialize(self, connection: Any) -> None:
        """Ask nothing: all that PostgreSQL's dialect wants to know stands fast here."""

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Nothing was begun."""

    def do_commit(self, dbapi_connection: Any) -> None:
        """Nothing was begun."""


registry.register("duckdb", __name__, "DuckDialect")


def engine_on(connection: Any) -> Engine:
    """An engine on an open connection to DuckDB."""
    return create_engine(
        "duckdb://", creator=lambda: connection, poolclass=StaticPool, paramstyle="numeric_dollar"
    )
