"""Whom to tell is named when there is something to tell, and only then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def event(hall: Any, volunteer: Any) -> int:
    """An event for two, with three people, and a shift of its first hour in which nobody is."""
    volunteer.ok("person", "edit", "李明", "--phone", "19900000001")
    key: int = hall.event("清洁日", "--capacity", 2)
    volunteer.ok("event", "shift", key, "--name", "早班", "--start", "9:00", "--end", "10:00", "--need", 2)
    volunteer.ok("event", "signup", key, "李明", "王芳", "张伟")
    return key


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("edit", "EVENT", "--start", "2026-07-04 9:30"), True),
        (("edit", "EVENT", "--end", "2026-07-04 12:00"), True),
        (("edit", "EVENT", "--place", "中心广场"), True),
        (("edit", "EVENT", "--capacity", "5"), False),
        (("edit", "EVENT", "--title", "大扫除"), False),
        (("edit", "EVENT", "--start", "2026-07-04 9:00"), False),
        (("archive", "EVENT"), True),
        (("cancel", "EVENT"), True),
    ],
)
def test_a_change_that_matters_names_whom_to_tell(
    volunteer: Any, event: int, words: tuple[str, ...], told: bool
) -> None:
    err = volunteer.ok("event", *(event if word == "EVENT" else word for word in words)).err
    assert ("To tell: " in err) == told, err
    assert ("李明 199****0001" in err) == told
    assert "19900000001" not in err


def test_an_archived_event_that_is_over_needs_no_call(hall: Any, volunteer: Any, event: int) -> None:
    hall.at("2026-07-09T08:00")
    assert "To tell" not in volunteer.ok("event", "archive", event).err


def test_numbers_are_revealed_with_a_reason(volunteer: Any, event: int) -> None:
    err = volunteer.ok("event", "edit", event, "--place", "广场", "--reveal", "通知改地点").err
    assert "李明 19900000001" in err
    assert "通知改地点" in str(volunteer.rows("history", "list"))


def test_a_shift_at_another_time_concerns_those_in_it(volunteer: Any, event: int) -> None:
    volunteer.ok("event", "move", event, "李明", "--shift", "早班")
    shift = ("event", "shift", event, "--name", "早班", "--end", "10:00")
    assert "To tell" not in volunteer.ok(*shift, "--start", "9:00", "--need", 3).err
    err = volunteer.ok(*shift, "--start", "9:15", "--need", 3).err
    assert "To tell: 李明" in err
    assert "王芳" not in err


@pytest.mark.parametrize(
    ("whom", "people"),
    [
        ("places", {"李明", "王芳"}),
        ("waiting", {"张伟"}),
        ("all", {"李明", "王芳", "张伟"}),
        ("absent", set()),
        ("promoted", set()),
    ],
)
def test_messages_go_to_whom_they_should(volunteer: Any, event: int, whom: str, people: set[str]) -> None:
    rows = volunteer.rows("event", "message", event, "--to", whom)
    assert {row["person"] for row in rows} == people
    assert all("清洁日" in row["text"] and row["person"] in row["text"] for row in rows)
    assert "19900000001" not in str(rows)


def test_messages_to_those_who_moved_up(volunteer: Any, event: int) -> None:
    volunteer.ok("event", "withdraw", event, "李明")
    assert [row["person"] for row in volunteer.rows("event", "message", event, "--to", "promoted")] == [
        "张伟"
    ]


def test_a_template_is_filled_and_nothing_else(volunteer: Any, event: int, tmp_path: Path) -> None:
    template = tmp_path / "text.txt"
    template.write_text("{name}您好：{title} {start} 开始", encoding="utf-8")
    csv = tmp_path / "messages.csv"
    reveal = ("--reveal", "群发通知", "-o", csv)
    volunteer.ok("event", "message", event, "--to", "places", "--template", template, *reveal)
    text = csv.read_text(encoding="utf-8-sig")
    assert "李明您好：清洁日 2026-07-04 09:00 开始" in text
    assert "19900000001" in text
    for wrong in ("{phone}", "{name.__class__}", "{}"):
        template.write_text(wrong, encoding="utf-8")
        volunteer.refused("bad_template", "event", "message", event, "--template", template)
    volunteer.refused("file_not_found", "event", "message", event, "--template", tmp_path / "none.txt")


def test_messages_have_phone_and_email_which_are_masked_without_a_reason(volunteer: Any, event: int) -> None:
    volunteer.ok("person", "edit", "李明", "--email", "ming@example.org")
    (row,) = (row for row in volunteer.rows("event", "message", event) if row["person"] == "李明")
    assert set(row) >= {"person", "phone", "email", "text"}
    assert "ming@" not in str(row)
    revealed = volunteer.ok("event", "message", event, "--reveal", "群发通知", "-f", "json").json
    (row,) = (row for row in revealed if row["person"] == "李明")
    assert (row["phone"], row["email"]) == ("19900000001", "ming@example.org")


MOVED = ("event", "edit", "EVENT", "--start", "2026-07-04 9:30")
ALL = ("李明", "王芳", "张伟")
#: What happens to the event, one after the other, and who is to be told of the last step.
WAYS = [
    ("the undo of another time", [MOVED, ("undo",)], ALL),
    ("the undo of another place", [("event", "edit", "EVENT", "--place", "广场"), ("undo",)], ALL),
    ("called off, and that undone", [("event", "cancel", "EVENT"), ("undo",)], ALL),
    ("archived, and that undone", [("event", "archive", "EVENT"), ("undo",)], ALL),
    ("archived and restored", [("event", "archive", "EVENT"), ("event", "restore", "EVENT")], ALL),
    ("the undo of more places", [("event", "edit", "EVENT", "--capacity", "3"), ("undo",)], ("张伟",)),
    ("the undo of another title", [("event", "edit", "EVENT", "--title", "大扫除"), ("undo",)], ()),
    ("changed and changed back", [("batch", "event edit 1 --place 广场\nevent edit 1 --place ''\n")], ()),
    ("a place by batch", [("batch", "event edit 1 --place 广场\nevent withdraw 1 王芳\n")], ("李明", "张伟")),
    ("over by then", [("event", "edit", "EVENT", "--start", "2026-07-01 9:00", "--end", "10:00")], ALL),
    (
        "over before",
        [
            ("event", "edit", "EVENT", "--start", "2026-07-01 9:00", "--end", "10:00"),
            ("event", "edit", "EVENT", "--place", "广场"),
        ],
        (),
    ),
    (
        "a past day mended",
        [
            ("event", "edit", "EVENT", "--start", "2026-07-01 9:00", "--end", "10:00"),
            ("event", "edit", "EVENT", "--start", "2026-07-06 9:00", "--end", "11:00"),
        ],
        ALL,
    ),
    ("of a planned event nobody knows", [("event", "edit", "2", "--place", "广场")], ()),
]


@pytest.mark.parametrize(("steps", "people"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS])
def test_whoever_counts_on_it_is_named_whichever_way_it_changed(
    hall: Any, volunteer: Any, event: int, steps: list[tuple[str, ...]], people: tuple[str, ...]
) -> None:
    hall.event("读书会", opened=False)
    for step in steps:
        if step[0] == "batch":
            err = volunteer.ok("batch", "-", stdin=step[1]).err
        else:
            err = volunteer.ok(*(event if word == "EVENT" else word for word in step)).err
    line = next((line for line in err.splitlines() if "To tell" in line), "")
    assert tuple(name for name in ALL if name in line) == people, err
    volunteer.ok("check")


def test_a_sheet_that_changes_an_event_names_whom_to_tell(volunteer: Any, event: int, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("活动名称,开始时间,结束时间,地点\n清洁日,2026-07-04 9:00,11:00,广场\n", encoding="utf-8")
    told = volunteer.ok("import", "events", path, "--on-conflict", "update", "-y").err
    assert "To tell: 李明 199****0001" in told


def test_a_shift_that_moves_back_by_an_undo_concerns_those_in_it(volunteer: Any, event: int) -> None:
    volunteer.ok("event", "move", event, "李明", "--shift", "早班")
    volunteer.ok(
        "event", "shift", event, "--name", "早班", "--start", "9:15", "--end", "10:00", "--need", 2
    )  # fmt: skip
    told = volunteer.ok("undo").err
    assert "To tell: 李明" in told
    assert "王芳" not in told
