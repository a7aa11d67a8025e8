"""The example, exported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from volunteering import Volunteer


@pytest.fixture
def office(demo_file: Path, tmp_path: Path) -> Volunteer:
    """The example to change."""
    path = tmp_path / "office.db"
    shutil.copy(demo_file, path)
    return Volunteer(path)


@pytest.fixture(scope="module")
def open_office(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Volunteer:
    """The example, whose small counts may be seen, and beside it its export."""
    path = tmp_path_factory.mktemp("province") / "office.db"
    shutil.copy(demo_file, path)
    volunteer = Volunteer(path)
    volunteer.ok("policy", "set", "small_cell", "0")
    volunteer.ok("db", "export", path.parent / "figures")
    return volunteer
