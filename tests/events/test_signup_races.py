"""Two processes that want the last place: one gets it, the other is told."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import pytest
from volunteering import copied

pytestmark = pytest.mark.postgres

CONTEXT = multiprocessing.get_context("fork")


def _race(volunteer: Any, barrier: Any, answers: Any, words: tuple[object, ...]) -> None:
    barrier.wait()
    result = volunteer("event", "signup", 1, *words)
    answers.put((result.code, result.err))


def _run(hall: Any, tmp_path: Path, number: int, *, waitlist: bool) -> None:
    volunteer = type(hall.volunteer)(copied(hall.volunteer.database, tmp_path / f"race{number}.db"))
    volunteer.today = hall.volunteer.today
    barrier, answers = CONTEXT.Barrier(2), CONTEXT.Queue()
    option = () if waitlist else ("--no-waitlist",)
    runners = [
        CONTEXT.Process(target=_race, args=(volunteer, barrier, answers, (person, *option)))
        for person in ("李明", "王芳")
    ]
    for runner in runners:
        runner.start()
    results = sorted(answers.get(timeout=60) for _runner in runners)
    for runner in runners:
        runner.join(timeout=60)
    rows = volunteer.ok("event", "roster", 1, "-f", "json").json
    assert [code for code, _error in results] == ([0, 0] if waitlist else [0, 1])
    assert sorted(row["status"] for row in rows) == ["signed_up", *(["waiting"] if waitlist else [])]
    if not waitlist:
        assert "[full]" in results[1][1]


def _races(hall: Any, tmp_path: Path, count: int) -> None:
    hall.event("清洁日", "--capacity", 1)
    for number in range(count):
        _run(hall, tmp_path, number, waitlist=bool(number % 2))


def test_races_for_the_last_place(hall: Any, tmp_path: Path) -> None:
    _races(hall, tmp_path, 10)


@pytest.mark.faults
def test_a_hundred_races_for_the_last_place(hall: Any, tmp_path: Path) -> None:
    _races(hall, tmp_path, 100)
