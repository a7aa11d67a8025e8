"""Whatever is done in two copies of one database: merged, all checks hold, and nothing is lost without a word."""

from __future__ import annotations

import contextlib
import os
import random
import shlex
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from volunteering import Volunteer

OFFICE = """\
person add 样一 --birth 1965-03 --volunteer
person add 样二 --volunteer
person add 样三
team add 红队 --code red --leader 样一
event add 清洁日 --code jie --start '2026-06-30 9:00' --end '2026-06-30 11:00' --capacity 2
event open jie
drive add 暖冬 --code winter --start 2026-06-01
drive receive winter --donor person:样一 --item 衣物=12件 --on 2026-06-02
drive sort winter --item 衣物=9件 --as accepted --on 2026-06-03
household add --building 3 --unit 2 --room 501 --head 样二 --on 2026-05-01
hours add 样一 --date 2026-05-05 --hours 5
hours add 样二 --date 2026-05-05 --hours 5
hours confirm --period 2026-05
account add 样一 样二 --counts-from 2026-01-01
account post
request add 楼道灯不亮 --caller 样一 --on 2026-06-18
campaign add 样例摸排 --code sweep --preset sweep --start 2026-06-01
campaign question sweep heating 供热好吗 --type yes_no
campaign open sweep
"""
person, team = st.sampled_from(("样一", "样二", "样三", "样四")), st.sampled_from(("红队", "蓝队"))
ROOM = st.sampled_from(("502", "503"))
day = st.sampled_from(("2026-01-05", "2026-05-31", "2026-06-20"))


def line(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.tuples(*(part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts))


COMMANDS = st.one_of(
    line("person", "add", st.sampled_from(("样四", "样五", "样六")), "--volunteer"),
    line("person", "edit", person, "--note", st.sampled_from(("甲", "乙", ""))),
    line("person", "edit", person, "--phone", st.sampled_from(("19900000001", "19900000002"))),
    line("person", "edit", person, "--add-tag", st.sampled_from(("独居", "党员"))),
    line("person", "archive", person),
    line("person", "merge", person, person, "--yes"),
    line("person", "erase", person, "--reason", "本人要求", "--yes"),
    line("team", "add", team, "--leader", person),
    line("team", "join", team, person, "--on", day),
    line("team", "leave", team, person),
    line("team", "role", team, person, "--role", st.sampled_from(("leader", "deputy"))),
    line("team", "archive", team),
    line("event", "edit", "jie", "--capacity", st.sampled_from(("1", "3"))),
    line("event", "signup", "jie", person),
    line("event", "withdraw", "jie", person),
    line("event", "checkin", "jie", person, "--override", "旧历"),
    line("event", "cancel", "jie"),
    line(
        "hours", "add", person, "--date", day, "--start", st.sampled_from(("9:00", "10:00")), "--hours", "2"
    ),
    line("hours", "confirm", "--period", "2026"),
    line("hours", "close", st.sampled_from(("2026-01", "2026-05"))),
    line("certificate", "issue", person),
    line("training", "add", person, "--topic", "急救", "--by", "样例学校", "--minutes", "60", "--on", day),
    line("drive", "receive", "winter", "--donor", "person:样一", "--item", "衣物=12件", "--on", "2026-06-02"),
    line("drive", "sort", "winter", "--item", "衣物=3件", "--as", "accepted", "--on", "2026-06-03"),
    line(
        "drive",
        "pack",
        "winter",
        "--item",
        "衣物=6件",
        "--box",
        st.sampled_from(("一号", "二号")),
        "--on",
        "2026-06-10",
    ),
    line("drive", "close", "winter"),
    line("account", "add", person, "--counts-from", "2026-01-01"),
    line("account", "post"),
    line("account", "grant", person, "--hours", "2h", "--reason", "试点"),
    line("account", "donate", person, "--hours", "1h"),
    line("exchange", "add", person, "--work", "疏通", "--hours", st.sampled_from(("1h", "4h"))),
    line("household", "add", "--building", "3", "--unit", "2", "--room", ROOM, "--head", person),
    line("household", "move", person, "--to", "3-2-501", "--on", "2026-06-10"),
    line("household", "edit", "3-2-501", "--occupancy", "vacant"),
    line("household", "merge", "3-2-502", "3-2-501", "--yes"),
    line("visit", "add", "3-2-501", "--by", person, "--on", "2026-06-12"),
    line("request", "add", "楼道灯坏了", "--caller", person, "--on", "2026-06-18"),
    line("request", "note", "1", "看过"),
    line("request", "assign", "1", "--to", st.sampled_from(("person:1", "person:2"))),
    line("request", "finish", "1", "--result", "solved"),
    line(
        "campaign",
        "record",
        "sweep",
        "3-2-501",
        "--by",
        "样一",
        "--outcome",
        "done",
        "--answer",
        "heating=yes",
    ),
    line("campaign", "record", "sweep", "3-2-501", "--by", "样二", "--outcome", "no_answer"),
    line("campaign", "close", "sweep"),
    line(
        "mediation",
        "add",
        "--kind",
        "neighbours",
        "--source",
        "applied",
        "--party",
        "样二",
        "--party",
        "样三",
        "--mediator",
        "样一",
    ),
    line("undo"),
)
SPLITS = st.lists(st.tuples(st.booleans(), COMMANDS), min_size=4, max_size=14)
REPORTS = ("overview", "hours", "volunteers", "events", "drives")
CASES = count()


@pytest.fixture(scope="module")
def office_database(binhu_database: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "office.db"
    if not isinstance(binhu_database, Path):
        pytest.skip("only a file is lent")
    shutil.copy(binhu_database, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOLUNTEER_CONFIG", "/nonexistent")
        patch.setenv("VOLUNTEER_ACTOR", "tester")
        volunteer = Volunteer(path)
        for command in OFFICE.splitlines():
            volunteer.ok(*shlex.split(command))
        assert volunteer("check").out == ""
    return path


def split(
    database: Path, folder: Path, steps: list[tuple[bool, tuple[str, ...]]]
) -> tuple[Volunteer, Volunteer]:
    """An office and a copy of it, in which the steps were done whose turn it was."""
    office = Volunteer(folder / "office.db")
    shutil.copy(database, office.database)
    laptop = Volunteer(folder / "laptop.db")
    office.ok("db", "lend", laptop.database, "--site", 2)
    for at_home, words in steps:
        volunteer = office if at_home else laptop
        if words == ("undo",) and volunteer.rows("history", "list", "--limit", 1)[0]["command"] == "db lend":
            continue
        assert volunteer(*words).code in (0, 1, 2, 4), words
    return office, laptop


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
    assert laptop("check").out == "", "the copy itself is sound"
    before = office.dump()
    outcomes = office.ok("db", "merge", laptop.database, "--skip", "--keep", "theirs", "-f", "json").json
    assert office("check").out == "", steps
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


#: What has left the house is not taken back, in a merge either.
FINAL = (
    "issued",
    "period_closed",
    "people_waiting",
    "has_promoted",
    "entries_since",
    "published",
    "certified",
)


@pytest.mark.parametrize("examples", [15, pytest.param(1000, marks=pytest.mark.faults)])
def test_splits_of_one_sequence(office_database: Path, tmp_path: Path, examples: int) -> None:
    examples = int(os.environ.get("SPLITS", examples))

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=SPLITS)
    def do_split(steps: list[tuple[bool, tuple[str, ...]]]) -> None:
        folder = tmp_path / f"case{next(CASES)}"
        office, outcomes = merged(office_database, folder, steps)
        shutil.rmtree(folder)
        del office, outcomes

    do_split()


@pytest.mark.parametrize("examples", [1, pytest.param(200, marks=pytest.mark.faults)])
def test_it_does_not_matter_who_was_away(office_database: Path, tmp_path: Path, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=SPLITS)
    def do_both(steps: list[tuple[bool, tuple[str, ...]]]) -> None:
        folder = tmp_path / f"case{next(CASES)}"
        one, outcomes = merged(office_database, folder, steps)
        turned = [(not at_home, words) for at_home, words in steps]
        other, contrary = merged(office_database, folder.with_name(f"{folder.name}-turned"), turned)
        if all(row["state"] == "brought" for row in [*outcomes, *contrary]):
            assert figures(one) == figures(other), steps
        shutil.rmtree(folder)
        shutil.rmtree(folder.with_name(f"{folder.name}-turned"))

    do_both()


def figures(volunteer: Volunteer) -> dict[str, Any]:
    """What reports count, whatever ids the records have."""
    reports = {name: volunteer.ok("report", name, "-f", "json").out for name in REPORTS}
    return {**reports, "people": sorted(row["name"] for row in volunteer.rows("person", "list"))}


@pytest.mark.parametrize("kills", [2, pytest.param(40, marks=pytest.mark.faults)])
def test_a_killed_merge_is_whole_or_nothing(office_database: Path, tmp_path: Path, kills: int) -> None:
    chance = random.Random(kills)
    steps: list[tuple[bool, tuple[str, ...]]] = [
        (False, ("team", "add", f"队{number}")) for number in range(8)
    ]
    steps += [(False, ("hours", "add", "样一", "--date", "2026-06-20", "--hours", "2"))]
    folder = tmp_path / "killed"
    folder.mkdir()
    office, laptop = split(office_database, folder, steps)
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
