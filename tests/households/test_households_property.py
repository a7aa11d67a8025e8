"""Whatever is done to households: everybody lives somewhere once or nowhere, and all of it can be taken back.

P9, P16 and P18 of the casework properties; P17, that a second import brings nothing new, stands with the base list.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from volunteering import Database, Volunteer, fewer

NAMES = ("样一", "样二", "样三", "样四")
DOORS = ("3-2-501", "3-501", "4-1-101", "3-2-501/2")
person, door = st.sampled_from(NAMES), st.sampled_from(DOORS)
day = st.sampled_from(("2026-03-01", "2026-05-01", "2026-06-29", "2026-06-30"))
CASES = count()


def line(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.tuples(*(part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts))


DOOR = ("--building", "3", "--room", "502")
COMMANDS = st.one_of(
    line("household", "form", "--on", day),
    line("household", "add", *DOOR, "--occupancy", st.sampled_from(("vacant", "owner"))),
    line("household", "add", "--building", "3", "--unit", "2", "--room", "501", "--second", "--head", person),
    line("household", "edit", door, "--head", person),
    line("household", "edit", door, "--occupancy", st.sampled_from(("vacant", "tenant"))),
    line("household", "edit", door, "--room", st.sampled_from(("501", "777")), "--grid", "07"),
    line("household", "move", person, "--to", door, "--on", day),
    line("household", "move", person, "--to", door, "--as", st.sampled_from(("head", "spouse", "child"))),
    line("household", "move", person, "--out", "--on", day),
    line("household", "register", person, "--at", door),
    line("household", "archive", door),
    line("household", "restore", door),
    line("household", "merge", door, door),
    line("household", "block", door, "--reason", "勿扰"),
    line("household", "unblock", door),
    line("household", "gift", door, "--to", person, "--value", "300"),
    line("household", "return", "1"),
    line("community", "grid", "binhu", "07", "--worker", person),
    line("person", "add", "样五", "--address", door, "--tag", "dibao"),
    line("person", "edit", person, "--address", st.sampled_from(("3-2-501", "3-501", "9-9-901", ""))),
    line("person", "edit", person, "--add-tag", "elder_alone", "--since", day),
    line("person", "edit", person, "--remove-tag", "elder_alone", "--on", day),
    line("person", "archive", person, "--reason", "died", "--on", day),
    line("person", "restore", person),
    line("person", "merge", person, person, "--yes"),
)
BEGINNING = """\
person add 样一 --address 3-2-501 --tag elder_alone --today 2026-01-05
person add 样二 --address 3-2-501 --today 2026-01-05
person add 样三 --address 3-501 --today 2026-01-05
person add 样四 --today 2026-01-05
household form --today 2026-01-05
household add --building 4 --unit 1 --room 101 --occupancy vacant --today 2026-01-05
"""


def latest(volunteer: Volunteer) -> int:
    return int(volunteer.rows("history", "list", "--limit", 1)[0]["id"])


def adds_up(volunteer: Volunteer) -> None:
    """P9: members of all households and those who are placed nowhere are the people who are in use."""
    people = volunteer.rows("person", "list")
    households = volunteer.rows("household", "list")
    members = sum(row["members"] for row in households)
    assert members + sum(row["household"] is None for row in people) == len(people)
    numbers = {row["number"] for row in households}
    assert {row["household"] for row in people} <= numbers | {None}
    assert not any(row["members"] for row in households if row["occupancy"] == "vacant")
    checked = volunteer("check")
    assert checked.code == 0, checked.out


def lost(volunteer: Volunteer) -> tuple[int, int]:
    """What a merge must not lose: gifts, and the doors that a number leads to."""
    return len(volunteer.rows("household", "gifts")), len(volunteer.dump()["former_household"])


@pytest.mark.postgres
@pytest.mark.parametrize("examples", [15, pytest.param(150, marks=pytest.mark.faults)])
def test_everybody_lives_once_and_all_can_be_taken_back(
    make_volunteer: Callable[[str], Volunteer], binhu_database: Database, examples: int
) -> None:
    @settings(max_examples=fewer(binhu_database, examples), deadline=None)
    @given(commands=st.lists(COMMANDS, min_size=4, max_size=12))
    def do_anything(commands: list[tuple[str, ...]]) -> None:
        volunteer = make_volunteer(f"case{next(CASES)}")
        volunteer.ok("batch", stdin=BEGINNING)
        for command in commands:
            walk(volunteer, command)
        volunteer.database.unlink()

    do_anything()


def walk(volunteer: Volunteer, command: tuple[str, ...]) -> None:
    """Run a command, see that all adds up, and that an undo and its undo restore what was and what is."""
    before, operation, gifts = volunteer.dump(), latest(volunteer), lost(volunteer)
    result = volunteer(*command)
    assert result.code in (0, 1, 2, 4), result.err
    after = volunteer.dump()
    if latest(volunteer) == operation:
        assert after == before, "without an operation nothing may change"
        return
    adds_up(volunteer)
    if "merge" in command:
        assert lost(volunteer)[0] == gifts[0]
    volunteer.ok("undo")
    assert volunteer.dump() == before, command
    volunteer.ok("undo", latest(volunteer))
    assert volunteer.dump() == after, command
