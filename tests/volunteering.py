"""A way to run commands in this process on one database, for every test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
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


class Volunteer:
    """Runs commands in this process on one database."""

    def __init__(self, database: Path) -> None:
        self.database = database
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

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables of data, to compare before and after."""
        import sqlite3

        from volunteer_cli.areas import load_models
        from volunteer_cli.core.models import Base

        load_models()
        connection = sqlite3.connect(self.database)
        names = [table.name for table in Base.metadata.sorted_tables if table.info["keeps_history"]]
        try:
            return {
                name: connection.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in names
            }
        finally:
            connection.close()


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
