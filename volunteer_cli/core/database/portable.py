"""Terms of a query that each database writes in its own way.

They bind no values: what a query groups by must be the same words wherever it stands.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class month_of(FunctionElement[str]):  # noqa: N801 - it is written like the functions of SQL
    """The month of a day or moment as text, 2025-09."""

    type = String()
    inherit_cache = True


class day_of(FunctionElement[date]):  # noqa: N801
    """The day of a moment."""

    type = Date()
    inherit_cache = True


class days_between(FunctionElement[int]):  # noqa: N801
    """The whole days from one day to another."""

    type = Integer()
    inherit_cache = True


class minutes_between(FunctionElement[int]):  # noqa: N801
    """The whole minutes from one moment to another."""

    type = Integer()
    inherit_cache = True


class folded(FunctionElement[str]):  # noqa: N801
    """A text in the one form of all that look the same, to be compared with `text.name_key` of another."""

    type = String()
    inherit_cache = True


class searched(FunctionElement[str]):  # noqa: N801
    """A text as people look for it, to be compared with `text.searched` of a word."""

    type = String()
    inherit_cache = True


_IN_SQLITE = {
    month_of: "substr({}, 1, 7)",
    day_of: "date({})",
    # SQLite has no intervals; a Julian day is a float, hence the rounding.
    days_between: "CAST(round(julianday({1}) - julianday({0})) AS INTEGER)",
    minutes_between: "CAST(round((julianday({1}) - julianday({0})) * 1440) AS INTEGER)",
    # Ours: every connection is given them.
    folded: "folded({})",
    searched: "searched({})",
}
_IN_POSTGRESQL = {
    month_of: "to_char({}, 'YYYY-MM')",
    day_of: "CAST({} AS DATE)",
    days_between: "(CAST({1} AS DATE) - CAST({0} AS DATE))",
    minutes_between: "CAST(extract(epoch FROM {1} - {0}) / 60 AS BIGINT)",
    folded: "normalize({}, NFKC)",
    # In NFD accents are signs of their own, U+0300 to U+036F.
    searched: "regexp_replace(normalize(lower(normalize({}, NFKC)), NFD), '[\u0300-\u036f]', '', 'g')",
}


def _written(element: Any, compiler: Any, forms: dict[Any, str], options: dict[str, Any]) -> str:
    terms = [compiler.process(term, **options) for term in element.clauses]
    return forms[type(element)].format(*terms)


@compiles(month_of)
@compiles(day_of)
@compiles(days_between)
@compiles(minutes_between)
@compiles(folded)
@compiles(searched)
def _for_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return _written(element, compiler, _IN_SQLITE, options)


@compiles(month_of, "postgresql")
@compiles(day_of, "postgresql")
@compiles(days_between, "postgresql")
@compiles(minutes_between, "postgresql")
@compiles(folded, "postgresql")
@compiles(searched, "postgresql")
def _for_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return _written(element, compiler, _IN_POSTGRESQL, options)
