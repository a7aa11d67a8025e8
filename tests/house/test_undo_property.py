"""After an undo the data are as they were before, whatever was done; after undoing the undo, as after it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from volunteering import Database, Volunteer, fewer

NAMES = ("样一", "样二", "样三", "样四")
TEAMS = ("红队", "蓝队")
person, team = st.sampled_from(NAMES), st.sampled_from(TEAMS)
day = st.sampled_from(("2026-01-05", "2026-03-31", "2026-06-30"))


def line(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.tuples(*(part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts))


COMMANDS = st.one_of(
    line("person", "add", person, "--phone", st.sampled_from(("19900000001", "19900000002"))),
    line("person", "add", person, "--volunteer", "--skill", st.sampled_from(("剪纸", "合唱"))),
    line("person", "edit", person, "--note", st.sampled_from(("甲", "乙", ""))),
    line("person", "edit", person, "--add-skill", "急救"),
    line("person", "edit", person, "--remove-skill", "剪纸"),
    line("person", "edit", person, "--guardian", person),
    line("person", "archive", person),
    line("person", "restore", person),
    line("person", "merge", person, person, "--yes"),
    line("person", "duplicates", "--dismiss", person, person),
    line("team", "add", team, "--leader", person),
    line("team", "join", team, person, "--on", day),
    line("team", "leave", team, person, "--on", day),
    line("team", "role", team, person, "--role", st.sampled_from(("leader", "deputy", "member"))),
    line("team", "edit", team, "--focus", st.sampled_from(("甲", "乙"))),
    line("team", "archive", team),
    line("organization", "add", st.sampled_from(("样例公司", "样例学校"))),
    line("organization", "edit", "样例公司", "--contact", person),
    line(
        "community",
        "figure",
        "binhu",
        "--name",
        "grids",
        "--value",
        st.sampled_from(("3", "4")),
        "--as-of",
        day,
    ),
    line("policy", "set", "guardian_age", st.sampled_from(("14", "16"))),
    line("event", "edit", "jie", "--capacity", st.sampled_from(("1", "2", "30"))),
    line("event", "signup", "jie", person),
    line("event", "withdraw", "jie", person),
    line("event", "checkin", "jie", person, "--override", "旧历"),
    line("event", "cancel", "jie"),
    line("hours", "add", person, "--date", day, "--start", "9:00", "--hours", st.sampled_from(("1", "2"))),
    line("hours", "confirm", "--period", "2026"),
    line("training", "add", person, "--topic", "急救", "--on", day),
    line("drive", "receive", "winter", "--donor", "person:样一", "--item", "衣物=12件", "--on", "2026-06-02"),
    line("drive", "receive", "winter", "--donor", "person:样二", "--item", "图书=3本", "--on", "2026-06-02"),
    line("drive", "sort", "winter", "--item", "衣物=3件", "--as", "accepted", "--on", "2026-06-03"),
    line("drive", "close", "winter"),
)
#: What there is before anything happens, so that the verbs of every area find something to change.
BEGINNING = """\
person add 样一 --birth 1965-03
event add 清洁日 --code jie --start '2026-06-30 9:00' --end '2026-06-30 11:00'
event open jie
drive add 暖冬 --code winter --start 2026-06-01
"""


def latest(volunteer: Volunteer) -> int:
    return int(volunteer.rows("history", "list", "--limit", 1)[0]["id"])


@pytest.mark.postgres
@pytest.mark.parametrize("examples", [20, pytest.param(1000, marks=pytest.mark.faults)])
def test_undo_restores_and_redo_repeats(
    make_volunteer: Callable[[str], Volunteer], binhu_database: Database, examples: int
) -> None:
    @settings(max_examples=fewer(binhu_database, examples), deadline=None)
    @given(commands=st.lists(COMMANDS, min_size=3, max_size=12))
    def do_undo_and_redo(commands: list[tuple[str, ...]]) -> None:
        volunteer = make_volunteer(f"case{next(CASES)}")
        volunteer.ok("batch", stdin=BEGINNING)
        for command in commands:
            walk_back_and_forth(volunteer, command)
        assert volunteer("check").code == 0
        volunteer.database.unlink()

    do_undo_and_redo()


def walk_back_and_forth(volunteer: Volunteer, command: tuple[str, ...]) -> None:
    """Run a command; what it changed is as before after an undo, and as after it once that is undone."""
    before, operation = volunteer.dump(), latest(volunteer)
    result = volunteer(*command)
    assert result.code in (0, 1, 2, 4), result.err
    after = volunteer.dump()
    if latest(volunteer) == operation:
        assert after == before, "without an operation nothing may change"
        return
    volunteer.ok("undo")
    assert volunteer.dump() == before, command
    volunteer.ok("undo", latest(volunteer))
    assert volunteer.dump() == after, command


CASES = count()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commands=st.lists(COMMANDS, min_size=3, max_size=10), data=st.data())
def test_undo_of_any_operation_changes_all_or_nothing(
    make_volunteer: Callable[[str], Volunteer], commands: list[tuple[str, ...]], data: st.DataObject
) -> None:
    volunteer = make_volunteer(f"case{next(CASES)}")
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
