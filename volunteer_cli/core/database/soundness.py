"""What a database itself can check: whether it is whole, and whether every reference leads somewhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

_HERE = "relnamespace = quote_ident(current_schema())::regnamespace"
#: What only an administrator can do to a server's tables: rules that are there and do not hold.
_RULES_OFF = text(f"""
    SELECT 'index ' || relname FROM pg_index JOIN pg_class ON oid = indexrelid WHERE NOT indisvalid AND {_HERE}
    UNION ALL SELECT 'constraint ' || conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
        WHERE NOT convalidated AND {_HERE}
    UNION ALL SELECT DISTINCT 'trigger of ' || relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE tgenabled <> 'O' AND {_HERE}
""")
_SEQUENCES = text(f"""
    SELECT format('SELECT %L FROM %s WHERE last_value - (NOT is_called)::int < (SELECT max(id) FROM %s)', 'sequence ' || "owned".relname,
        "owned".oid::regclass, "table".oid::regclass)
    FROM pg_class AS "table" JOIN pg_depend ON refobjid = "table".oid AND deptype = 'a'
    JOIN pg_class AS "owned" ON "owned".oid = objid AND "owned".relkind = 'S'
    WHERE "table".{_HERE} ORDER BY "table".relname
""")
_REFERENCES = text(f"""
    SELECT format('SELECT %L, child.id, %L FROM %s AS child WHERE child.%I IS NOT NULL AND NOT EXISTS '
        '(SELECT 1 FROM %s AS parent WHERE parent.id = child.%I) LIMIT 20',
        conrelid::regclass, confrelid::regclass, conrelid::regclass, attname, confrelid::regclass, attname)
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND {_HERE} ORDER BY relname, attname
""")


def integrity_faults(connection: Connection) -> list[str]:
    """All that the database finds wrong with itself: see `page_faults` and `index_faults`."""
    return page_faults(connection) + index_faults(connection)


def page_faults(connection: Connection) -> list[str]:
    """What is wrong with the pages and rows of a file, with the rules and sequences of a server."""
    if connection.dialect.name == "sqlite":
        return _said_by(connection, "quick_check")
    faults = list(connection.execute(_RULES_OFF).scalars())
    return faults + [row[0] for row in _answers(connection, _SEQUENCES)]


def index_faults(connection: Connection) -> list[str]:
    """What the indexes of a file have otherwise than its tables, beyond `page_faults`.

    Each entry is looked up in a table of any size, which takes ten times as long as the pages.
    """
    if connection.dialect.name != "sqlite":
        return []
    known = set(_said_by(connection, "quick_check"))
    return [fault for fault in _said_by(connection, "integrity_check") if fault not in known]


def _said_by(connection: Connection, pragma: str) -> list[str]:
    return [row[0] for row in connection.execute(text(f"PRAGMA {pragma}(20)")) if row[0] != "ok"]


def dangling_rows(connection: Connection) -> list[tuple[str, int, str]]:
    """Rows whose foreign key points nowhere: their table and id, and the table they point at."""
    if connection.dialect.name == "sqlite":
        return [(row[0], row[1], row[2]) for row in connection.execute(text("PRAGMA foreign_key_check"))]
    return [(row[0], row[1], row[2]) for row in _answers(connection, _REFERENCES)]


def _answers(connection: Connection, questions: Any) -> list[Any]:
    """The rows of all the queries that a query writes."""
    return [
        row for query in connection.execute(questions).scalars() for row in connection.exec_driver_sql(query)
    ]
