"""Who has a place in one shift may wait for another one, in the same line as all others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

from events.conftest import Hall

Steps = tuple[str, ...]


@pytest.fixture
def day(hall: Hall) -> Hall:
    """An early and a late shift for one each: 王芳 has the late one, 李明 the early one and waits for the late one."""
    hall.event("清洁日", "--code", "day", "--capacity", 3)
    for name, start, end in (("早", "9:00", "10:00"), ("晚", "10:00", "11:00")):
        times = ("--start", start, "--end", end, "--need", 1)
        hall.volunteer.ok("event", "shift", "day", "--name", name, *times)
    for words in ("李明 --shift 早", "王芳 --shift 晚", "李明 --shift 晚", "张伟 --shift 晚"):
        hall.volunteer.ok("event", "signup", "day", *words.split())
    return hall


def standing(hall: Hall) -> dict[str, tuple[Any, ...]]:
    """State, shifts, turn and what else is waited for of everybody who has not withdrawn."""
    names = ("status", "shift", "waits_for", "position")
    rows = [row for row in hall.roster("day") if row["status"] != "withdrawn"]
    return {row["person"]: tuple(row[name] for name in names) for row in rows}


HAS_EARLY = ("signed_up", "早", "晚", 1)
HAS_BOTH = ("signed_up", "早, 晚", None, None)
WAITS_FOR_LATE = ("waiting", "晚", None, 1)
HAS_LATE = ("signed_up", "晚", None, None)


def test_a_second_shift_that_is_full_has_a_line(day: Hall, volunteer: Volunteer) -> None:
    assert standing(day) == {"李明": HAS_EARLY, "王芳": HAS_LATE, "张伟": ("waiting", "晚", None, 2)}
    shown = volunteer.ok("event", "show", "day", "-f", "json").json
    assert (shown["signed_up"], shown["waiting"]) == (2, 2)
    volunteer.refused("already_signed_up", "event", "signup", "day", "李明", "--shift", "晚")
    assert volunteer.ok("check").out == ""
    addressed = volunteer.rows("event", "message", "day", "--to", "waiting")
    assert [row["person"] for row in addressed] == ["李明", "张伟"]


@pytest.mark.parametrize(
    ("steps", "of_li", "of_zhang"),
    [
        # Whatever frees the late shift, its line is asked in its order.
        (("event withdraw day 王芳",), HAS_BOTH, ("waiting", "晚", None, 1)),
        (("person archive 王芳",), HAS_BOTH, ("waiting", "晚", None, 1)),
        (("event shift day --name 晚 --start 10:00 --end 11:00 --need 2",), HAS_BOTH, ("waiting", "晚", None, 1)),
        (("event shift day --name 晚 --start 10:00 --end 11:00 --need 3",), HAS_BOTH, HAS_LATE),
        (("event withdraw day 王芳 --shift 晚",), HAS_BOTH, ("waiting", "晚", None, 1)),
        # Whoever leaves the line, the others move on.
        (("event withdraw day 李明 --shift 晚",), ("signed_up", "早", None, None), ("waiting", "晚", None, 1)),
        (("event withdraw day 李明",), None, ("waiting", "晚", None, 1)),
        (("event withdraw day 李明", "event withdraw day 王芳"), None, HAS_LATE),
        # Whoever gives one shift back gives that one alone back.
        (("event withdraw day 李明 --shift 早",), WAITS_FOR_LATE, ("waiting", "晚", None, 2)),
        (("event withdraw day 李明 --shift 早", "event withdraw day 王芳"), HAS_LATE, ("waiting", "晚", None, 1)),
        (("event withdraw day 李明 --shift 早", "event withdraw day 李明"), None, ("waiting", "晚", None, 1)),
        (("person archive 李明",), None, ("waiting", "晚", None, 1)),
        # A leader lets somebody in, and the turn is spent.
        (("event signup day 李明 --shift 晚 --override 缺人",), HAS_BOTH, ("waiting", "晚", None, 1)),
        # What stands against somebody keeps their turn, and the next one moves up.
        (
            (
                "event add 读书会 --code book --start 2026-07-04T10:30 --end 11:30",
                "event open book",
                "event signup book 李明",
                "event withdraw day 王芳",
            ),
            HAS_EARLY,
            HAS_LATE,
        ),
    ],
)  # fmt: skip
def test_the_one_line_is_asked_again(
    day: Hall, volunteer: Volunteer, steps: Steps, of_li: tuple[Any, ...] | None, of_zhang: tuple[Any, ...]
) -> None:
    for step in steps:
        volunteer.ok(*step.split())
        assert volunteer.ok("check").out == ""
    now = standing(day)
    assert (now.get("李明"), now.get("张伟")) == (of_li, of_zhang)


def test_a_change_of_shift_spends_the_turn_for_it_alone(day: Hall, volunteer: Volunteer) -> None:
    volunteer.ok("event", "shift", "day", "--name", "夜", "--start", "9:30", "--end", "10:00", "--need", 1)
    volunteer.ok("event", "move", "day", "李明", "--shift", "夜")
    assert standing(day)["李明"] == ("signed_up", "夜", "晚", 1)
    volunteer.ok("event", "move", "day", "李明", "--shift", "晚", "--override", "换班")
    assert standing(day)["李明"] == HAS_LATE


def test_of_several_shifts_one_is_given_back(day: Hall, volunteer: Volunteer) -> None:
    volunteer.ok("event", "withdraw", "day", "王芳")
    assert standing(day)["李明"] == HAS_BOTH
    told = volunteer.ok("event", "withdraw", "day", "李明", "--shift", "早").err
    assert "moved up" not in told
    assert standing(day)["李明"] == HAS_LATE
    volunteer.refused("not_signed_up", "event", "withdraw", "day", "李明", "--shift", "早")
    told = volunteer.ok("event", "withdraw", "day", "李明", "--shift", "晚").err
    assert "张伟 (3) moved up" in told
    assert "李明" not in standing(day)
    assert volunteer("event", "withdraw", "day", "张伟", "--shift", "晚", "--series").code == 2


def test_undo(day: Hall, volunteer: Volunteer) -> None:
    operation = volunteer.rows("history", "list", "--limit", 2)[1]["id"]
    before = volunteer.dump()
    volunteer.ok("event", "withdraw", "day", "李明", "--shift", "晚")
    volunteer.ok("undo")
    assert volunteer.dump() == before
    volunteer.ok("undo", operation)
    assert standing(day)["李明"] == ("signed_up", "早", None, None)
    assert standing(day)["张伟"] == ("waiting", "晚", None, 1)
    volunteer.ok("undo", volunteer.rows("history", "list", "--limit", 1)[0]["id"])
    assert volunteer.dump() == before
    volunteer.ok("event", "withdraw", "day", "王芳", "--shift", "晚")
    volunteer.refused("has_promoted", "undo")


def test_a_second_shift_is_not_undone_while_others_wait(day: Hall, volunteer: Volunteer) -> None:
    volunteer.ok("event", "shift", "day", "--name", "夜", "--start", "9:00", "--end", "10:00", "--need", 1)
    volunteer.ok("event", "signup", "day", "王芳", "--shift", "夜")
    volunteer.refused("people_waiting", "undo")


@pytest.mark.parametrize(
    ("keep", "drop", "of_li"),
    [
        ("李明", "张伟", HAS_EARLY),
        ("张伟", "李明", HAS_EARLY),
        ("李明", "王芳", HAS_BOTH),
        ("王芳", "李明", ("signed_up", "晚, 早", None, None)),
    ],
)
def test_a_merge_keeps_the_turn_unless_it_has_the_shift(
    day: Hall, volunteer: Volunteer, keep: str, drop: str, of_li: tuple[Any, ...]
) -> None:
    told = volunteer.ok("person", "merge", keep, drop, "-y").err
    assert standing(day)[keep] == of_li
    assert "waiting" not in told.partition("moved up")[0]
    assert volunteer.ok("check").out == ""


def test_erased(day: Hall, volunteer: Volunteer) -> None:
    volunteer.ok("person", "erase", "李明", "--reason", "本人要求", "-y")
    assert volunteer.ok("check").out == ""
    assert standing(day)["张伟"] == ("waiting", "晚", None, 1)


def test_the_worklist_names_who_waits_for_a_shift_that_is_free(day: Hall, volunteer: Volunteer) -> None:
    volunteer.ok("event", "add", "读书会", "--code", "book", "--start", "2026-07-04T10:30", "--end", "11:30")
    volunteer.ok("event", "open", "book")
    volunteer.ok("event", "signup", "book", "李明")
    volunteer.ok("event", "withdraw", "day", "张伟")
    volunteer.ok("event", "withdraw", "day", "王芳")
    free = [row for row in volunteer.rows("report", "today") if row["task"] == "free_place"]
    assert [row["what"] for row in free] == ["清洁日: 李明"]
    day.at("2026-07-04T09:30")
    assert not [row for row in volunteer.rows("report", "today") if row["task"] == "free_place"]


def test_sheets(day: Hall, volunteer: Volunteer, tmp_path: Path) -> None:
    volunteer.ok("event", "withdraw", "day", "李明", "--shift", "晚")
    path = tmp_path / "signups.csv"
    path.write_text(
        "姓名,班次,报名时间\n李明,晚,2026-06-01 8:00\n李明,早,2026-06-01 8:00\n", encoding="utf-8"
    )
    answer = volunteer.ok("import", "signups", path, "--event", "day", "-f", "json").json
    assert (answer["rows"]["new"], answer["rows"]["same"]) == (1, 1)
    assert standing(day)["李明"] == HAS_EARLY, "who asked first stands first"
    assert volunteer.ok("import", "signups", path, "--event", "day", "-f", "json").json["rows"]["same"] == 2


def test_what_was_let_pass_once_lets_nobody_into_the_next_shift(day: Hall, volunteer: Volunteer) -> None:
    volunteer.ok("event", "withdraw", "day", "张伟")
    volunteer.ok("event", "signup", "day", "张伟", "--shift", "早", "--override", "缺人")
    volunteer.ok("event", "signup", "day", "张伟", "--shift", "晚")
    assert standing(day)["张伟"] == ("signed_up", "早", "晚", 2)
    volunteer.refused("full", "event", "move", "day", "张伟", "--shift", "晚")
    volunteer.ok("event", "signup", "day", "张伟", "--shift", "晚", "--override", "还缺人")
    assert standing(day)["张伟"] == HAS_BOTH
    assert volunteer.ok("check").out == ""


def test_who_gives_back_the_shift_they_were_let_into_waits_for_the_other_one(
    day: Hall, volunteer: Volunteer
) -> None:
    volunteer.ok("event", "withdraw", "day", "张伟")
    volunteer.ok("event", "signup", "day", "张伟", "--shift", "早", "--override", "缺人")
    volunteer.ok("event", "signup", "day", "张伟", "--shift", "晚")
    before = volunteer.dump()
    volunteer.ok("event", "withdraw", "day", "张伟", "--shift", "早")
    # Nobody let them into the late one, which is full.
    assert standing(day)["张伟"] == ("waiting", "晚", None, 2)
    assert volunteer.ok("check").out == ""
    volunteer.ok("undo")
    assert volunteer.dump() == before


def test_a_shift_that_was_given_back_and_taken_does_not_come_back_by_undo(
    day: Hall, volunteer: Volunteer
) -> None:
    volunteer.ok("event", "withdraw", "day", "张伟")
    volunteer.ok("event", "signup", "day", "张伟", "--shift", "早")
    assert "张伟 (3) moved up" in volunteer.ok("event", "withdraw", "day", "李明", "--shift", "早").err
    assert standing(day)["李明"] == WAITS_FOR_LATE
    volunteer.refused("has_promoted", "undo")
    assert volunteer.ok("check").out == ""


def test_in_chinese(day: Hall, volunteer: Volunteer) -> None:
    volunteer.language = "zh"
    assert "候补班次" in volunteer.ok("event", "roster", "day", "-f", "table").out
    assert "候补" in volunteer("event", "signup", "day", "李明", "--shift", "晚").err
    assert standing(day)["李明"] == HAS_EARLY
