"""One place at an event may have several of its shifts."""

from __future__ import annotations

from pathlib import Path

import pytest
from volunteering import Volunteer

from events.conftest import Hall


@pytest.fixture
def day(hall: Hall) -> int:
    """An event from 9:00 to 11:00 with an early and a late shift, and one in the middle that meets both."""
    event = hall.event("清洁日", "--code", "day", "--capacity", 2)
    for name, start, end, need in (
        ("早", "9:00", "10:00", 1),
        ("晚", "10:00", "11:00", 2),
        ("中", "9:30", "10:30", 2),
    ):
        times = ("--start", start, "--end", end, "--need", need)
        hall.volunteer.ok("event", "shift", event, "--name", name, *times)
    hall.volunteer.ok("event", "signup", "day", "李明", "--shift", "早")
    return event


def shifts(volunteer: Volunteer) -> dict[str, str | None]:
    return {row["person"]: row["shift"] for row in volunteer.rows("event", "roster", "day")}


def needs(volunteer: Volunteer) -> dict[str, int]:
    rows = volunteer.ok("event", "show", "day", "-f", "json").json["shifts"]
    return {row["name"]: row["signed_up"] for row in rows}


@pytest.mark.usefixtures("day")
def test_a_second_shift_is_taken_with_the_one_place(volunteer: Volunteer) -> None:
    before = volunteer.dump()
    volunteer.ok("event", "signup", "day", "李明", "--shift", "晚")
    assert shifts(volunteer) == {"李明": "早, 晚"}
    assert needs(volunteer) == {"早": 1, "中": 0, "晚": 1}
    assert volunteer.ok("event", "show", "day", "-f", "json").json["signed_up"] == 1
    volunteer.refused("already_signed_up", "event", "signup", "day", "李明", "--shift", "晚")
    volunteer.ok("undo")
    assert volunteer.dump() == before


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize(
    ("prepare", "words", "code"),
    [
        ((), ("李明", "--shift", "中"), "overlap"),
        ((), ("李明", "--shift", "早"), "already_signed_up"),
        ((("signup", "day", "王芳", "--shift", "晚"),), ("王芳", "--shift", "早", "--no-waitlist"), "full"),
        ((("cancel", "day"),), ("李明", "--shift", "晚"), "not_open"),
        ((), ("李明",), "already_signed_up"),
    ],
)
def test_a_second_shift_passes_the_same_ladder(
    volunteer: Volunteer, prepare: tuple[tuple[str, ...], ...], words: tuple[str, ...], code: str
) -> None:
    for step in prepare:
        volunteer.ok("event", *step)
    before = volunteer.dump()
    volunteer.refused(code, "event", "signup", "day", *words)
    assert volunteer.dump() == before


@pytest.mark.usefixtures("day")
def test_a_leader_may_let_a_second_shift_pass(volunteer: Volunteer) -> None:
    volunteer.ok("event", "signup", "day", "王芳", "--shift", "晚")
    volunteer.ok("event", "signup", "day", "王芳", "--shift", "早", "--override", "人手不够")
    volunteer.ok("event", "signup", "day", "李明", "--shift", "中", "--override", "人手不够")
    assert shifts(volunteer) == {"李明": "早, 中", "王芳": "晚, 早"}
    assert volunteer.ok("check").out == ""


@pytest.mark.usefixtures("day")
@pytest.mark.parametrize(
    ("step", "rest"),
    [
        (("event", "withdraw", "day", "李明"), {"早": 0, "中": 0, "晚": 0}),
        (("event", "move", "day", "李明", "--shift", "晚"), {"早": 0, "中": 0, "晚": 1}),
        (("person", "archive", "李明"), {"早": 0, "中": 0, "晚": 0}),
        (("person", "erase", "李明", "--reason", "本人要求", "-y"), {"早": 0, "中": 0, "晚": 0}),
        (("person", "merge", "王芳", "李明", "-y"), {"早": 1, "中": 0, "晚": 1}),
    ],
)
def test_whatever_frees_the_place_frees_all_its_shifts(
    volunteer: Volunteer, step: tuple[str, ...], rest: dict[str, int]
) -> None:
    volunteer.ok("event", "signup", "day", "李明", "--shift", "晚")
    volunteer.ok("event", "signup", "day", "张伟", "--shift", "早")
    assert needs(volunteer) == {"早": 1, "中": 0, "晚": 1}
    told = volunteer.ok(*step).err
    freed = "moved up" in told
    assert needs(volunteer) == {**rest, "早": rest["早"] + freed}
    assert freed is (rest["早"] == 0), "张伟 waits for the early shift"
    assert volunteer.ok("check").out == ""


@pytest.mark.usefixtures("day")
def test_who_comes_back_comes_without_the_shifts_of_before(volunteer: Volunteer) -> None:
    volunteer.ok("event", "signup", "day", "李明", "--shift", "晚")
    volunteer.ok("event", "withdraw", "day", "李明")
    volunteer.ok("event", "signup", "day", "李明", "--shift", "早")
    assert shifts(volunteer) == {"李明": "早"}


@pytest.mark.usefixtures("day")
def test_both_shifts_take_up_time(hall: Hall, volunteer: Volunteer) -> None:
    volunteer.ok("event", "signup", "day", "李明", "--shift", "晚")
    other = hall.event("读书会", start="2026-07-04 10:30", end="11:30")
    volunteer.refused("overlap", "event", "signup", other, "李明")
    volunteer.ok("event", "move", "day", "李明", "--shift", "早")
    volunteer.ok("event", "signup", other, "李明")
    volunteer.refused("overlap", "event", "signup", "day", "李明", "--shift", "晚")


@pytest.mark.usefixtures("day")
def test_a_sheet_may_give_a_second_shift(volunteer: Volunteer, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("姓名,班次\n李明,早\n李明,晚\n王芳,晚", encoding="utf-8")
    answer = volunteer.ok("import", "signups", path, "--event", "day", "-f", "json").json
    assert (answer["rows"]["new"], answer["rows"]["same"]) == (2, 1)
    assert shifts(volunteer) == {"李明": "早, 晚", "王芳": "晚"}
    again = volunteer.ok("import", "signups", path, "--event", "day", "-f", "json").json
    assert again["rows"]["same"] == 3


@pytest.mark.usefixtures("day")
def test_a_need_does_not_sink_below_what_is_taken(volunteer: Volunteer) -> None:
    volunteer.ok("event", "signup", "day", "李明", "--shift", "晚")
    volunteer.ok("event", "signup", "day", "王芳", "--shift", "晚")
    times = ("--start", "10:00", "--end", "11:00")
    volunteer.refused("over_capacity", "event", "shift", "day", "--name", "晚", *times, "--need", "1")


@pytest.mark.usefixtures("day")
def test_a_shift_is_not_moved_onto_another_one_of_its_people(volunteer: Volunteer) -> None:
    volunteer.ok("event", "signup", "day", "李明", "--shift", "晚")
    shift = ("event", "shift", "day", "--name", "早", "--start", "9:00", "--need", "1")
    refused = volunteer.refused("overlap", *shift, "--end", "10:30")
    assert "晚 2026-07-04 10:00–11:00" in refused.err
    volunteer.ok(*shift, "--end", "9:45")


@pytest.mark.usefixtures("day")
def test_a_second_shift_that_is_full_names_the_ways_out(volunteer: Volunteer) -> None:
    volunteer.ok("event", "signup", "day", "王芳", "--shift", "晚")
    told = volunteer.refused("full", "event", "signup", "day", "王芳", "--shift", "早", "--no-waitlist").err
    assert "--override" in told
    assert "event move" in told
    assert "event move" not in volunteer.ok("event", "signup", "day", "张伟", "--shift", "早").err
