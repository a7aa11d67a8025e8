"""Whatever is done in two copies of one database: merged, all checks hold, and nothing is lost without a word."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
from itertools import count, dropwhile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sequences import COMMANDS, FINAL, person, words
from volunteering import Database, Volunteer

#: What is done in either copy; what rewrites or takes back what was done, too.
STEPS = st.one_of(
    COMMANDS,
    words("person erase NAME --reason 本人要求 --yes", NAME=person),
    words("undo"),
)
SPLITS = st.lists(st.tuples(st.booleans(), STEPS), min_size=4, max_size=14)
REPORTS = ("overview", "hours", "volunteers", "events", "drives")
CASES = count()


@pytest.fixture
def office_file(office_database: Database) -> Path:
    """The database of the office, a file."""
    if not isinstance(office_database, Path):
        pytest.skip("only a file is lent")
    return office_database


def split(
    database: Path, folder: Path, steps: list[tuple[bool, tuple[str, ...]]]
) -> tuple[Volunteer, Volunteer]:
    """An office and a copy of it, in which the steps were done whose turn it was."""
    office = Volunteer(folder / "office.db")
    shutil.copy(database, office.database)
    laptop = Volunteer(folder / "laptop.db")
    office.ok("db", "lend", laptop.database, "--site", 2)
    for at_home, line in steps:
        volunteer = office if at_home else laptop
        if line == ("undo",) and volunteer.rows("history", "list", "--limit", 1)[0]["command"] == "db lend":
            continue
        assert volunteer(*line).code in (0, 1, 2, 4), line
    return office, laptop


def test_a_merge_goes_back_in_whatever_order_it_can(office_file: Path, tmp_path: Path) -> None:
    # Packed before they were sorted, on a later day: brought together both hold, one by one the sorting cannot go first.
    pack = "drive pack winter --item 衣物=6件 --on 2026-06-10 --box"
    sort = "drive sort winter --item 衣物=3件 --as accepted --on 2026-06-03"
    steps: list[tuple[bool, tuple[str, ...]]] = [
        (False, (*pack.split(), "一号")),
        (True, (*pack.split(), "二号")),
        (False, tuple(sort.split())),
    ]
    _office, outcomes = merged(office_file, tmp_path / "case", steps)
    assert [row["state"] for row in outcomes] == ["brought", "brought"]


def standing(laptop: Volunteer) -> list[int]:
    """The operations of a copy that are neither undone nor an undo."""
    rows = laptop.rows("history", "list")
    return sorted(r["id"] for r in rows if r["site"] and not r["undone_by"] and not r["undoes"])


def merged(
    database: Path, folder: Path, steps: list[tuple[bool, tuple[str, ...]]]
) -> tuple[Volunteer, list[Any]]:
    """The office after a merge, every promise of which is asked; and what became of each operation."""
    folder.mkdir()
    office, laptop = split(database, folder, steps)
    assert laptop.contradictions() == [], "the copy itself is sound"
    before = office.dump()
    outcomes = office.ok("db", "merge", laptop.database, "--skip", "--keep", "theirs", "-f", "json").json
    assert office.contradictions() == [], steps
    assert {row["id"] for row in outcomes} >= set(standing(laptop)), "each is applied or listed"
    assert all((row["operation"] is not None) == (row["state"] == "brought") for row in outcomes)
    assert all(row["code"] for row in outcomes if row["state"] == "refused")
    after = office.dump()
    assert office.ok("db", "merge", laptop.database, "-f", "json").json == []
    assert office.dump() == after
    if not any(word == "erase" for _here, words in steps for word in words):
        walk_back(office, before, after)
    return office, outcomes


def walk_back(office: Volunteer, before: Any, after: Any) -> None:
    latest = office.rows("history", "list", "--limit", 1)[0]["id"]
    undone = office("undo")
    if undone.code:
        assert any(f"[{code}]" in undone.err for code in FINAL), undone.err
        return
    assert office.dump() == before
    office.ok("undo", latest + 1)
    assert office.dump() == after


@pytest.mark.parametrize("examples", [15, pytest.param(1000, marks=pytest.mark.faults)])
def test_splits_of_one_sequence(office_file: Path, tmp_path: Path, examples: int) -> None:
    examples = int(os.environ.get("SPLITS", examples))

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=SPLITS)
    def do_split(steps: list[tuple[bool, tuple[str, ...]]]) -> None:
        folder = tmp_path / f"case{next(CASES)}"
        office, outcomes = merged(office_file, folder, steps)
        shutil.rmtree(folder)
        del office, outcomes

    do_split()


@pytest.mark.parametrize("examples", [1, pytest.param(200, marks=pytest.mark.faults)])
def test_it_does_not_matter_who_was_away(office_file: Path, tmp_path: Path, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=SPLITS)
    def do_both(steps: list[tuple[bool, tuple[str, ...]]]) -> None:
        folder = tmp_path / f"case{next(CASES)}"
        one, outcomes = merged(office_file, folder, steps)
        turned = [(not at_home, words) for at_home, words in steps]
        other, contrary = merged(office_file, folder.with_name(f"{folder.name}-turned"), turned)
        is_brought = all(row["state"] == "brought" for row in [*outcomes, *contrary])
        if is_brought and not (undoes_what_was_before(one) or undoes_what_was_before(other)):
            assert figures(one) == figures(other), steps
        shutil.rmtree(folder)
        shutil.rmtree(folder.with_name(f"{folder.name}-turned"))

    do_both()


def undoes_what_was_before(office: Volunteer) -> bool:
    """Whether what was done before the lending is undone: a copy does so, and at home the lending is undone first."""
    former = dropwhile(lambda row: row["command"] != "db lend", office.rows("history", "list"))
    return any(row["undone_by"] for row in former)


def figures(volunteer: Volunteer) -> dict[str, Any]:
    """What reports count, whatever ids the records have."""
    reports = {name: volunteer.ok("report", name, "-f", "json").out for name in REPORTS}
    return {**reports, "people": sorted(row["name"] for row in volunteer.rows("person", "list"))}


@pytest.mark.parametrize("kills", [2, pytest.param(40, marks=pytest.mark.faults)])
def test_a_killed_merge_is_whole_or_nothing(office_file: Path, tmp_path: Path, kills: int) -> None:
    chance = random.Random(kills)
    steps: list[tuple[bool, tuple[str, ...]]] = [
        (False, ("team", "add", f"队{number}")) for number in range(8)
    ]
    steps += [(False, ("hours", "add", "样一", "--date", "2026-06-20", "--hours", "2"))]
    folder = tmp_path / "killed"
    folder.mkdir()
    office, laptop = split(office_file, folder, steps)
    before = office.dump()
    for _kill in range(kills):
        merge_and_kill(office, laptop, chance.uniform(0.3, 2.0))
        assert office("check").out == ""
        if office.dump() != before:
            assert office.ok("db", "merge", laptop.database, "-f", "json").json == []
            office.ok("undo")
        assert office.dump() == before


def merge_and_kill(office: Volunteer, laptop: Volunteer, seconds: float) -> None:
    words = [
        sys.executable,
        "-m",
        "volunteer_cli",
        "--db",
        str(office.database),
        "db",
        "merge",
        str(laptop.database),
    ]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as merge:
        with contextlib.suppress(subprocess.TimeoutExpired):
            merge.wait(seconds)
        merge.kill()
