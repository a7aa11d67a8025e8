"""A database that the migrations built once, copied for each test, and a way to run commands on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from volunteering import Volunteer

from volunteer_cli.core.run import Run, running
from volunteer_cli.core.schema import create
from volunteer_cli.core.settings import Given


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
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as `db init` makes it."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    create(str(path))
    return path


@pytest.fixture(scope="session")
def binhu_database(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the community 滨湖社区 (binhu) and nothing else."""
    path = tmp_path_factory.mktemp("template") / "binhu.db"
    shutil.copy(empty_database, path)
    Volunteer(path).ok(
        "community", "add", "滨湖社区", "--code", "binhu", env={"VOLUNTEER_CONFIG": "/nonexistent"}
    )
    return path


@pytest.fixture
def make_volunteer(binhu_database: Path, tmp_path: Path) -> Callable[[str], Volunteer]:
    """A maker of databases of their own with the one community."""

    def make(name: str) -> Volunteer:
        path = tmp_path / f"{name}.db"
        shutil.copy(binhu_database, path)
        return Volunteer(path)

    return make


@pytest.fixture
def volunteer(make_volunteer: Callable[[str], Volunteer]) -> Volunteer:
    """Commands on a fresh database with the community 滨湖社区 (binhu), today being 2026-06-30."""
    return make_volunteer("volunteer")
