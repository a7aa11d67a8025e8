"""PostgreSQL as our tables need it: with SQLite's order, its 64 bits and its keys that wait for the commit.

Loaded only when a server is named.
"""

from __future__ import annotations

from typing import Any

from psycopg.adapt import Buffer, Loader
from sqlalchemy import Boolean, Cast, Column, Connection, ForeignKeyConstraint, Integer
from sqlalchemy.dialects.postgresql.base import PGDDLCompiler, PGTypeCompiler
from sqlalchemy.dialects.postgresql.psycopg import PGCompiler_psycopg, PGDialect_psycopg
from sqlalchemy.engine.interfaces import IsolationLevel
from sqlalchemy.schema import Constraint
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import ColumnElement, Null, UnaryExpression

_ORDERED = {operators.nulls_first_op, operators.nulls_last_op}


class Number(Loader):
    """Sums of 64-bit numbers and averages, which PostgreSQL answers as NUMERIC: whole or not, as SQLite does."""

    def load(self, data: Buffer) -> int | float:
        """A number with a point is none of a count."""
        text = bytes(data).decode()
        return int(text) if text.lstrip("-").isdigit() else float(text)


class _Compiler(PGCompiler_psycopg):
    """Puts what is empty first, as SQLite does, so that every list has one order."""

    def order_by_clause(self, select: Any, **options: Any) -> str:
        # Nothing can be ordered by NULL itself.
        terms = [term for term in select._order_by_clauses if not isinstance(term, Null)]  # noqa: SLF001
        clauses = ", ".join(self.process(_empty_first(term), **options) for term in terms)
        return f" ORDER BY {clauses}" if clauses else ""

    def visit_cast(self, cast: Cast[Any], **options: Any) -> str:
        """True counts as one, in the width for which PostgreSQL knows it."""
        if isinstance(cast.type, Integer) and isinstance(cast.clause.type, Boolean):
            return f"({self.process(cast.clause, **options)})::int"
        written: str = super().visit_cast(cast, **options)  # type: ignore[no-untyped-call]
        return written


def _empty_first(clause: ColumnElement[Any]) -> ColumnElement[Any]:
    """A term of an order that says where NULL goes; a column that is never NULL can keep its index."""
    modifier = clause.modifier if isinstance(clause, UnaryExpression) else None
    if modifier in _ORDERED or (isinstance(clause, Column) and not clause.nullable):
        return clause
    return clause.nulls_last() if modifier is operators.desc_op else clause.nulls_first()


class _Types(PGTypeCompiler):
    """Texts compare by code point whatever the server's collation, and integers have 64 bits."""

    # The names of these are SQLAlchemy's.
    def visit_INTEGER(self, type_: Any, **kw: Any) -> str:  # noqa: ARG002, N802
        return "BIGINT"

    def visit_VARCHAR(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        return super().visit_VARCHAR(type_, **kw) + _collation(kw)

    def visit_TEXT(self, type_: Any, **kw: Any) -> str:  # noqa: N802
        return super().visit_TEXT(type_, **kw) + _collation(kw)


def _collation(options: dict[str, Any]) -> str:
    """Only where a column is made: a cast takes none."""
    return ' COLLATE "C"' if isinstance(options.get("type_expression"), Column) else ""


class _Definitions(PGDDLCompiler):
    """The tables that our migrations describe, with the same rules that SQLite gives them."""

    def get_column_specification(self, column: Column[Any], **kwargs: Any) -> str:
        written: str = super().get_column_specification(column, **kwargs)  # type: ignore[no-untyped-call]
        return written.replace(" SERIAL", " BIGSERIAL")

    def define_constraint_deferrability(self, constraint: Constraint) -> str:
        if isinstance(constraint, ForeignKeyConstraint):
            return " DEFERRABLE"
        return super().define_constraint_deferrability(constraint)

    def visit_create_index(self, create: Any, *places: Any, **kw: Any) -> str:
        options = create.element.dialect_options
        if options["postgresql"]["where"] is None:
            options["postgresql"]["where"] = options["sqlite"]["where"]
        written: str = super().visit_create_index(create, *places, **kw)  # type: ignore[no-untyped-call]
        return written


class Dialect(PGDialect_psycopg):
    """SQLAlchemy's dialect with these, and without the questions by which it begins each connection."""

    statement_compiler = _Compiler
    type_compiler_cls = _Types
    ddl_compiler = _Definitions
    supports_statement_cache = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"use_native_hstore": False, **options})  # type: ignore[no-untyped-call]
        if self._psycopg_adapters_map is not None:
            self._psycopg_adapters_map.register_loader("numeric", Number)

    def _get_server_version_info(self, connection: Connection) -> tuple[int, int]:
        number: int = _info(connection).server_version
        return divmod(number, 10_000)

    def _get_default_schema_name(self, connection: Connection) -> str:  # noqa: ARG002
        return "public"

    def get_default_isolation_level(self, dbapi_conn: Any) -> IsolationLevel:  # noqa: ARG002
        """As every server begins, and as writers need it; readers ask for more."""
        return "READ COMMITTED"

    def _set_backslash_escapes(self, connection: Connection) -> None:
        conforming = _info(connection).parameter_status("standard_conforming_strings")
        self._backslash_escapes = conforming == "off"


def _info(connection: Connection) -> Any:
    """What the driver knows of the server without asking it."""
    driver: Any = connection.connection.driver_connection
    return driver.info
