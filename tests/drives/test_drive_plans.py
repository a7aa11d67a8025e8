"""No command that is used all day walks through a whole table."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from drives.conftest import Winter
from sqlalchemy import event
from sqlalchemy.engine import Engine
from volunteering import Volunteer

#: Tables that stay small: a handful of rows in the life of an office.
SMALL = {"community", "loan", "policy", "alembic_version", "sqlite_sequence"}
HOT = {
    "stock": ("drive", "stock", "winter"),
    "stock of a day": ("drive", "stock", "winter", "--as-of", "2021-11-20"),
    "trace of a slip": ("drive", "trace", "BINHU-S2021-0001"),
    "trace of a box": ("drive", "trace", "box:winter/B01"),
    "slip": ("drive", "slip", "1"),
    "slips": ("drive", "slips", "winter", "--limit", "20"),
    "boxes": ("drive", "boxes", "winter"),
    "shipments": ("drive", "shipments", "winter"),
    "feedback": ("drive", "feedback", "winter"),
    "notice": ("drive", "notice", "winter"),
    "receive": ("drive", "receive", "winter", "--donor", "李明", "--item", "衣物=3件"),
    "sort": ("drive", "sort", "winter", "--item", "衣物=1件", "--as", "accepted"),
    "pack": ("drive", "pack", "winter", "--box", "B02", "--item", "衣物=1件"),
    "count": ("drive", "count", "winter", "--item", "衣物=2件", "--reason", "stock-take"),
    "correct": ("drive", "correct", "1", "--item", "书籍=4套", "--reason", "recount"),
    "return": ("drive", "return", "2"),
}


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """What is asked of any database inside the block."""
    seen: list[tuple[str, Any]] = []

    def note(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        seen.append((statement, parameters[0] if many else parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def scans(database: Any, statement: str, parameters: Any) -> list[str]:
    """The steps of a query's plan that walk through a whole table or index."""
    if not re.match(r"\s*(SELECT|WITH|UPDATE|DELETE)", statement):
        return []
    connection = sqlite3.connect(database)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    connection.close()
    return [
        step
        for step in plan
        if (found := re.match(r"SCAN (\w+)", step)) and found[1] not in {*SMALL, "CONSTANT"}
    ]


@pytest.mark.parametrize("name", HOT)
def test_no_hot_command_scans_a_table(winter: Winter, volunteer: Volunteer, name: str) -> None:
    winter.receive("衣物=12件", "书籍=3套")
    winter.receive("衣物=40余件", donor=None)
    winter.sort("衣物=10件")
    winter.pack("衣物=4件")
    winter.ship()
    with statements() as asked:
        volunteer.ok(*HOT[name])
    assert len(asked) > 2
    assert {
        step: statement
        for statement, parameters in asked
        for step in scans(volunteer.database, statement, parameters)
    } == {}


def test_a_scan_would_be_seen(volunteer: Volunteer) -> None:
    assert scans(volunteer.database, "SELECT * FROM slip WHERE note = 'x'", ()) == ["SCAN slip"]
