"""--open shows what was just written, with the program that the system has for it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from volunteering import Volunteer

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="xdg-open is Linux's")


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that a stand-in for the program of the system writes: what it was to show."""
    program, log = tmp_path / "bin" / "xdg-open", tmp_path / "shown.txt"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$1" >> {log}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return log


def wait_for(log: Path) -> str:
    for _attempt in range(100):
        if log.exists() and log.read_text():
            return log.read_text().strip()
        time.sleep(0.05)
    return ""


def test_a_list_and_a_paper_are_shown(volunteer: Volunteer, shown: Path, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    volunteer.ok("person", "list", "-o", file, "--open")
    assert wait_for(shown) == str(file)
    shown.unlink()
    page = tmp_path / "annual.html"
    volunteer.ok("report", "annual", "--period", "2026", "-o", page, "--open")
    assert wait_for(shown) == str(page)


def test_what_a_change_prints_is_shown_after_the_commit(
    volunteer: Volunteer, shown: Path, tmp_path: Path
) -> None:
    file = tmp_path / "person.json"
    volunteer.ok("batch", stdin=f"person add 李样明 -o {file} --open\nteam add 红队\n")
    assert wait_for(shown) == str(file)


def test_nothing_is_shown_where_nothing_is_written(volunteer: Volunteer, shown: Path, tmp_path: Path) -> None:
    volunteer.refused("usage", "person", "list", "--open", exit_code=2)
    volunteer.ok("person", "add", "李样明", "-n", "-o", tmp_path / "person.json", "--open")
    time.sleep(0.2)
    assert not shown.exists()
    volunteer.refused("not_found", "person", "show", "9", "-o", tmp_path / "x.json", "--open")
    assert not shown.exists()


def test_without_a_program_it_is_said(volunteer: Volunteer, tmp_path: Path) -> None:
    answer = volunteer.ok("person", "list", "-o", tmp_path / "x.csv", "--open", env={"PATH": "/nonexistent"})
    assert "there is no program to show it" in answer.err
