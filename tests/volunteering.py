"""A way to run commands in this process on one database, for every test."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from servers import OnServer
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from volunteer_cli.app import app

TODAY = "2026-06-30"


@dataclass
class Result:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


#: A file, or what a server holds, or how that is named; tests that need a file are skipped on the other.
Database: TypeAlias = Path | OnServer | str


def copied(database: Database, path: Path) -> Database:
    """A copy of a database: the file at this path, or another one on the same server."""
    if isinstance(database, OnServer):
        return database.copy()
    shutil.copy(database, path)
    return path


def fewer(database: object, examples: int) -> int:
    """How many examples a machine gets: on a server, where each takes longer, a part of those on a file."""
    return max(2, examples // 8) if isinstance(database, OnServer) else examples


def _as_in_a_file(value: Any) -> Any:
    """A value that a server answers as SQLite keeps it."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value)
    return int(value) if isinstance(value, bool) else value


class Volunteer:
    """Runs commands in this process on one database."""

    def __init__(self, database: Database) -> None:
        self.database: Any = database
        self.today = TODAY
        self.language = "en"

    def __call__(
        self, *words: object, stdin: str | bytes | None = None, env: dict[str, str] | None = None
    ) -> Result:
        settings = {
            "VOLUNTEER_DB": str(self.database),
            "VOLUNTEER_TODAY": self.today,
            "VOLUNTEER_LANG": self.language,
        }
        answer = CliRunner().invoke(
            app, [str(word) for word in words], input=stdin, env={**settings, **(env or {})}
        )
        if answer.exception and not isinstance(answer.exception, SystemExit):
            raise answer.exception
        if answer.exit_code == 70:
            details = answer.stderr.split("The details are in ")[-1].strip()
            pytest.fail(f"{answer.stderr}\n{Path(details).read_text(encoding='utf-8')}")
        return Result(answer.exit_code, answer.stdout, answer.stderr)

    def ok(self, *words: object, **options: Any) -> Result:
        """Run a command that must succeed."""
        result = self(*words, **options)
        assert result.code == 0, f"volunteer {' '.join(map(str, words))}\n{result.err}\n{result.out}"
        return result

    def rows(self, *words: object) -> list[dict[str, Any]]:
        """The rows that a command answers as JSON."""
        rows: list[dict[str, Any]] = self.ok(*words, "-f", "json").json
        return rows

    def refused(self, code: str, *words: object, exit_code: int | None = None) -> Result:
        """Run a command that must be refused with a code in brackets."""
        result = self(*words)
        assert f"[{code}]" in result.err, (
            f"volunteer {' '.join(map(str, words))}\n{result.code} {result.err}\n{result.out}"
        )
        assert result.code == exit_code if exit_code is not None else result.code != 0
        return result

    @contextmanager
    def writing(self, command: str = "test") -> Iterator[Session]:
        """A unit of work on the database, for rules without a command."""
        from volunteer_cli.core.run import Run, running
        from volunteer_cli.core.settings import Given
        from volunteer_cli.core.work import work

        given = Given({"db": str(self.database), "today": self.today})
        with running(Run(given)), work(command) as session:
            yield session

    def contradictions(self) -> list[Any]:
        """What `check` would find in the areas' tables, at a tenth of the cost of the command."""
        from volunteer_cli.areas import gathered

        with self.writing() as session:
            return [finding for check in gathered("checks") for finding in check.find(session)]

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables of data, to compare before and after."""
        from volunteer_cli.areas import load_models
        from volunteer_cli.core.models import Base

        load_models()
        names = [table.name for table in Base.metadata.sorted_tables if table.info["keeps_history"]]
        with self.connected(writing=False) as ask:
            return {name: ask(f"SELECT * FROM {name} ORDER BY id") for name in names}

    @contextmanager
    def connected(self, *, writing: bool = True) -> Iterator[Callable[..., list[tuple[Any, ...]]]]:
        """Statements on the database itself, one transaction in all: what nobody does by a command."""
        from volunteer_cli.core.database import make_engine

        engine = make_engine(str(self.database), writing=writing)
        with engine.begin() as connection:

            def ask(statement: str, *values: Any) -> list[tuple[Any, ...]]:
                marks = statement.replace("?", "%s") if isinstance(self.database, OnServer) else statement
                answer = connection.exec_driver_sql(marks, values)
                return [tuple(map(_as_in_a_file, row)) for row in answer] if answer.returns_rows else []

            yield ask

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What one statement on the database itself answers."""
        with self.connected() as ask:
            return ask(statement, *values)


def columns_of(path: Path) -> dict[str, list[object]]:
    """The values of every column, as `table.column`, in the order of the rows' ids: new columns do no harm."""
    import sqlite3

    connection = sqlite3.connect(path)
    query = """SELECT "table".name, "column".name
        FROM sqlite_master AS "table", pragma_table_info("table".name) AS "column"
        WHERE "table".type = 'table' AND "table".name NOT LIKE 'sqlite_%' AND "table".name != 'alembic_version'"""
    values = {
        f"{table}.{column}": [
            row[0] for row in connection.execute(f'SELECT "{column}" FROM "{table}" ORDER BY id')
        ]
        for table, column in connection.execute(query).fetchall()
    }
    connection.close()
    return values
