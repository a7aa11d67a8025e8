"""After an undo the data are as they were before, whatever was done; after undoing the undo, as after it."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sequences import COMMANDS, FINAL, Line
from volunteering import Database, Volunteer, copied, fewer


def latest(volunteer: Volunteer) -> int:
    return int(volunteer.ask("SELECT max(id) FROM operation")[0][0])


@pytest.mark.postgres
@pytest.mark.parametrize("examples", [20, pytest.param(1000, marks=pytest.mark.faults)])
def test_undo_restores_and_redo_repeats(office_database: Database, tmp_path: Path, examples: int) -> None:
    @settings(
        max_examples=fewer(office_database, examples), deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(commands=st.lists(COMMANDS, min_size=3, max_size=12))
    def do_undo_and_redo(commands: list[Line]) -> None:
        volunteer = Volunteer(copied(office_database, tmp_path / f"case{next(CASES)}.db"))
        for command in commands:
            walk_back_and_forth(volunteer, command)
        assert volunteer.contradictions() == []
        volunteer.database.unlink()

    do_undo_and_redo()


def walk_back_and_forth(volunteer: Volunteer, command: Line) -> None:
    """Run a command; what it changed is as before after an undo, and as after it once that is undone."""
    before, operation = volunteer.dump(), latest(volunteer)
    result = volunteer(*command)
    assert result.code in (0, 1, 4), (command, result.err)
    after = volunteer.dump()
    if latest(volunteer) == operation:
        assert after == before, "without an operation nothing may change"
        return
    undone = volunteer("undo")
    if undone.code:
        assert any(f"[{code}]" in undone.err for code in FINAL), (command, undone.err)
        assert volunteer.dump() == after
        return
    assert volunteer.dump() == before, command
    volunteer.ok("undo", latest(volunteer))
    assert volunteer.dump() == after, command


CASES = count()


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(commands=st.lists(COMMANDS, min_size=3, max_size=10), data=st.data())
def test_undo_of_any_operation_changes_all_or_nothing(
    office_database: Database, tmp_path: Path, commands: list[Line], data: st.DataObject
) -> None:
    volunteer = Volunteer(copied(office_database, tmp_path / f"case{next(CASES)}.db"))
    for command in commands:
        volunteer(*command)
    chosen = data.draw(st.integers(2, max(2, latest(volunteer))))
    before = volunteer.dump()
    result = volunteer("undo", chosen)
    assert result.code in (0, 1, 4), result.err
    if result.code:
        assert volunteer.dump() == before
    assert volunteer("check").code == 0


def test_walking_all_the_way_back(volunteer: Volunteer) -> None:
    before = volunteer.dump()
    lines = [
        "person add 样一 --volunteer",
        "person add 样二",
        "team add 红队 --leader 样一",
        "team join 红队 样二",
        "person merge 样一 样二 --yes",
    ]
    for command in lines:
        volunteer.ok(*command.split())
    for _ in lines:
        volunteer.ok("undo")
    assert volunteer.dump() == before
    volunteer.ok("person", "add", "样三", "--volunteer")
    assert volunteer.ok("person", "show", "样三", "-f", "json").json["volunteer_no"] == "BINHU-V0002", (
        "numbers are never used again"
    )
    assert "[withdrawn]" in volunteer("person", "show", "BINHU-V0001").err
    for _ in ("the third person", "the community"):
        volunteer.ok("undo")
    assert not any(volunteer.dump().values()), "every row of data is gone"
    volunteer.refused("nothing_to_undo", "undo", exit_code=1)
