"""The frame of the benchmarks runs, on tiny data."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .measure import Ruler, Task

ROOT = Path(__file__).resolve().parents[2]


def spinning(name: str, rounds: int, **options: Any) -> Task:
    return Task(name, [sys.executable, "-SIc", f"sum(range({rounds}))"], **options)


def test_the_benchmarks_of_the_house_run_on_tiny_data() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "house", "--small"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert "batch of 50 person add" in done.stdout


def test_a_ratio_takes_start_up_off() -> None:
    nothing, work, twice = (spinning("x", n) for n in (1, 10_000_000, 20_000_000))
    found = Ruler(rounds=5).within(3, "twice the work", twice, work, less=nothing, beside_less=nothing)
    assert found.verdict == "met", found
    assert float(found.ratio.split()[0]) > 1.2, found


def test_what_is_too_slow_is_missed_and_what_fails_says_so() -> None:
    nothing, work = spinning("nothing", 1), spinning("work", 20_000_000)
    assert Ruler(rounds=1).within(1, "work", work, nothing).verdict == "MISSED"
    assert Ruler(rounds=1).faster(1000, "work", work, nothing).verdict == "MISSED"
    assert Ruler(rounds=1).memory(1, "work", nothing).verdict == "MISSED"
    with pytest.raises(Exception, match="no such thing"):
        Task("bad", [sys.executable, "-c", "raise SystemExit('no such thing')"]).run()
