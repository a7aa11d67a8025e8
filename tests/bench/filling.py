"""What all that fills big databases stands on: how big they are, on which days, and rows with their history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

#: The day on which the big databases end: what is done lies before it, what is planned after.
TODAY = "2026-06-30"
FIRST, LAST = date(2021, 1, 1), date(2026, 6, 29)


@dataclass(frozen=True)
class Sizes:
    """How many records of each kind a database holds."""

    people: int
    teams: int
    events: int
    open_events: int
    hours: int
    slips: int
    households: int = 9_000
    visits: int = 500_000
    requests: int = 100_000
    enterprises: int = 5_000


FULL = Sizes(people=35_000, teams=300, events=50_000, open_events=500, hours=1_000_000, slips=200_000)
TINY = Sizes(
    people=40,
    teams=3,
    events=20,
    open_events=5,
    hours=200,
    slips=100,
    households=10,
    visits=100,
    requests=20,
    enterprises=10,
)


def insert(connection: sqlite3.Connection, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows and, for a table that keeps history, the range of their ids under the last operation."""
    names = columns.split()
    before = _last_id(connection, table)
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows
    )
    after = _last_id(connection, table)
    if after > before and table not in ("operation", "change", "issued_number"):
        connection.execute(
            "INSERT INTO change (operation_id, table_name, kind, first_key, last_key) "
            "VALUES ((SELECT max(id) FROM operation), ?, 'insert', ?, ?)",
            (table, before + 1, after),
        )


def _last_id(connection: sqlite3.Connection, table: str) -> int:
    found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return found[0] if found else 0


def moment(day: date, hour: int) -> str:
    """A time as the database stores it."""
    return datetime(day.year, day.month, day.day, hour).strftime("%Y-%m-%d %H:%M:%S.000000")
