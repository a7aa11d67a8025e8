"""A sheet signs people up with the outcome of the command for each of its rows, whatever is held meanwhile."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from volunteering import Volunteer

from volunteer_cli.events import queries
from volunteer_cli.events.rules import SigningUp
from volunteer_cli.intake.sorting import Sorter

ADULTS = ("李明", "王芳", "张伟", "赵敏", "孙急")
PEOPLE = (*ADULTS, "小明", "小红", "周远")
EVENTS = ("早", "中", "中", "晚", "员", "救", "长", "划", "今")
TIMES = ("", "", "2026-07-01 08:00", "2026-07-01 09:00", "2026-07-02 07:00", "2026-07-03 23:00", "2026-07-05")


class Row(NamedTuple):
    """What stands in one row of a sheet."""

    person: str
    event: str
    shift: str
    at: str


class Story(NamedTuple):
    """What was signed up before, what happened to the events then, and the sheet that comes."""

    before: list[Row]
    withdrawn: list[Row]
    capacity: int
    need: int
    rows: list[Row]
    chunk: int
    restoring: bool


def _rows(most: int, times: tuple[str, ...] = TIMES) -> st.SearchStrategy[list[Row]]:
    shifts, people = st.sampled_from(("", "", "甲", "乙", "丙")), st.sampled_from(PEOPLE)
    return st.lists(
        st.builds(Row, people, st.sampled_from(EVENTS), shifts, st.sampled_from(times)), max_size=most
    )


STORIES = st.builds(
    Story,
    before=_rows(8),
    withdrawn=_rows(2),
    capacity=st.integers(1, 3),
    need=st.integers(1, 2),
    rows=_rows(16),
    chunk=st.integers(1, 6),
    restoring=st.booleans(),
)


def _furnish(hall: Any) -> None:
    """Events that ask for something each, and people who have it or not."""
    hall.person("赵敏", birth="1990-05-05")
    hall.person("孙急", skills=("急救",), birth="1980")
    guardian = hall.person("小明", birth="2012-03-01")
    hall.person("小红", birth="2012-03-01", guardian_id=guardian)
    hall.archive(hall.person("周远"))
    team = hall.team("红队", 1, 5)
    hall.event("早", "--capacity", 1)
    hall.event("中", "--capacity", 2, start="2026-07-04 10:00", end="12:00")
    for name, start, end in (("甲", "10:00", "11:00"), ("乙", "11:00", "12:00")):
        hall.volunteer.ok("event", "shift", "中", "--name", name, "--start", start, "--end", end, "--need", 1)
    hall.event("晚", start="2026-07-04 19:00", end="21:00")
    hall.event("员", "--team", team, "--members-only", start="2026-07-04 20:00", end="22:00")
    hall.event("救", "--needs-skill", "急救", start="2026-07-04 13:00", end="14:00")
    hall.event("长", "--min-age", 18, start="2026-07-04 15:00", end="16:00")
    hall.event("划", opened=False)
    hall.event("今", "--capacity", 1, start="2026-07-03 7:00", end="18:00")


def _sheet(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("姓名", "活动名称", "班次", "报名时间"))
        lines.writerows(rows)
    return path


@contextmanager
def _row_by_row() -> Iterator[None]:
    """Let each row go through the command's rules, with the database answering all they ask."""

    def has_to_do(self: SigningUp, event: Any, person_id: int) -> bool:
        self.write()
        return queries.signup_of(self.session, event.id, person_id) is not None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SigningUp, "sign_up", SigningUp.sign_up_alone)
        patch.setattr(SigningUp, "has_to_do", has_to_do)
        yield


def _tell(volunteer: Volunteer, folder: Path, story: Story) -> None:
    """Let come what comes before the sheet."""
    for row in story.before:
        shift = ("--shift", row.shift) if row.shift else ()
        volunteer("event", "signup", row.event, row.person, *shift)
    for row in story.withdrawn:
        volunteer("event", "withdraw", row.event, row.person)
    # Beside the commands, which would let the line move up at once.
    volunteer.ask("UPDATE event SET capacity = ? WHERE title IN ('早', '中')", story.capacity)
    volunteer.ask("UPDATE shift SET need = ? WHERE name = '乙'", story.need)


def _imported(volunteer: Volunteer, file: Path, story: Story) -> tuple[object, ...]:
    """What an import says, and what it leaves."""
    words = ["--restore-archived"] if story.restoring else []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sorter.chunks, "__defaults__", (story.chunk,))
        told = volunteer("import", "signups", file, "--on-error", "skip", *words, "-f", "json")
    changes = volunteer.ask("SELECT * FROM change ORDER BY id")
    return told.code, told.out, told.err, volunteer.dump(), changes


def _check(hall: Any, story: Story) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(hall.volunteer.database, folder / "one.db")
        one = type(hall.volunteer)(folder / "one.db")
        one.today = hall.volunteer.today
        _tell(one, folder, story)
        shutil.copy(one.database, folder / "other.db")
        other = type(hall.volunteer)(folder / "other.db")
        other.today = one.today
        file = _sheet(folder / "sheet.csv", story.rows)
        together = _imported(one, file, story)
        with _row_by_row():
            assert together == _imported(other, file, story)
        if together[0] == 0 and story.rows:
            one.ok("undo")


def _at(event: str, *asked: tuple[str, str]) -> list[Row]:
    """Rows of people who ask for a place at one event, each at a time."""
    return [Row(person, event, "", at) for person, at in asked]


#: What chance seldom brings about.
AT_ONE_TIME = Story([], [], 3, 1, [*_at("早", ("李明", "")), *_at("中", ("李明", ""))], 6, restoring=False)
WAITED_BEFORE = Story(
    _at("早", ("李明", ""), ("王芳", "")), [], 2, 1, _at("早", ("张伟", "")), 6, restoring=False
)
LATER_TODAY = Story(
    [],
    [],
    1,
    1,
    _at("早", ("李明", ""), ("王芳", "2026-07-03 23:00"), ("张伟", "2026-07-01 09:00"), ("赵敏", "")),
    2,
    restoring=False,
)


def _run(hall: Any, examples: int) -> None:
    _furnish(hall)

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @example(AT_ONE_TIME)
    @example(WAITED_BEFORE)
    @example(LATER_TODAY)
    @given(STORIES)
    def holds(story: Story) -> None:
        _check(hall, story)

    holds()


def test_together_is_as_one_by_one(hall: Any) -> None:
    _run(hall, 25)


@pytest.mark.faults
def test_together_is_as_one_by_one_in_many_stories(hall: Any) -> None:
    _run(hall, 400)
