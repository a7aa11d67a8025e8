"""No query on a hot path of events reads a whole table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event as listening
from sqlalchemy.engine import Engine

from volunteer_cli.core.database import connect_sqlite

#: Tables with a handful of rows.
SMALL = {"community", "policy", "alembic_version", "sqlite_sequence", "series"}


@pytest.fixture
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is sent to the database, with its values."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        seen.append((statement, values[0] if many else values))

    listening.listen(Engine, "before_cursor_execute", note)
    yield seen
    listening.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "words",
    [
        ("signup", 1, "王芳", "张伟"),
        ("signup", "clean", "王芳", "--override", "特批"),
        ("withdraw", 1, "李明"),
        ("why", 1, "王芳"),
        ("roster", 1),
        ("show", 1),
        ("edit", 1, "--capacity", 3),
        ("edit", 1, "--start", "2026-07-05 9:00"),
        ("checkin", 1, "李明"),
        ("absent", 1, "李明"),
    ],
)
def test_no_scan(
    hall: Any, volunteer: Any, statements: list[tuple[str, Any]], words: tuple[object, ...]
) -> None:
    file = Path(volunteer.database)  # plans are those of SQLite
    hall.person("护士", skills=("急救",))
    team = hall.team("绿色家园", 1, 2, 3)
    options = ("--team", team, "--members-only", "--needs-skill", "急救", "--capacity", 1, "--code", "clean")
    hall.event("清洁日", *options)
    volunteer.ok("event", "edit", 1, "--remove-skill", "急救")
    volunteer.ok("event", "signup", 1, "李明")
    if words[0] in ("checkin", "absent"):
        hall.at("2026-07-04T10:00")
    statements.clear()
    volunteer.ok("event", *words)
    connection = connect_sqlite(file, writing=False)
    assert statements
    for statement, values in statements:
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE")):
            plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
            scanned = {step.split()[1] for step in plan if step.startswith("SCAN ")} - SMALL
            scanned = {name for name in scanned if not name.startswith(("CONSTANT", "("))}
            assert not scanned, f"{statement}\n{plan}"
    connection.close()
