"""Trainings: what is kept of them, and how long they count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from volunteer_cli.people.models import Person

pytestmark = pytest.mark.postgres

HELD = ("--topic", "急救", "--by", "区红十字会", "--on", "2026-05-09", "--minutes", 180)


@pytest.fixture
def trained(volunteer: Any) -> Any:
    """A database with 李明 (1) and 王芳 (2)."""
    with volunteer.writing("person add") as session:
        for name in ("李明", "王芳"):
            session.add(Person(community_id=1, name=name, registered_on=date(2020, 1, 1)))
    return volunteer


def test_add_show_list(trained: Any) -> None:
    words = (*HELD, "--skill", "急救", "--skill", "包扎", "--until", "2026-06-29")
    told = trained.ok("training", "add", "李明", *words, "-f", "json")
    assert "Recorded training 急救 of 李明 (1). Operation" in told.err
    assert told.json == {
        "id": 1,
        "person": "李明",
        "person_id": 1,
        "topic": "急救",
        "by": "区红十字会",
        "on": "2026-05-09",
        "minutes": 180,
        "skills": ["包扎", "急救"],
        "until": "2026-06-29",
        "status": "expired",
        "reason": None,
    }
    trained.ok("training", "add", "王芳", *HELD)
    assert trained.ok("training", "show", 2, "-f", "json").json["status"] == "valid"
    assert [row["id"] for row in trained.ok("training", "list", "-f", "json").json] == [1, 2]
    assert [row["id"] for row in trained.ok("training", "list", "--person", "王芳", "-f", "json").json] == [2]
    assert [row["id"] for row in trained.ok("training", "list", "--skill", "急救", "-f", "json").json] == [1]


def test_same_training_again_is_no_change(trained: Any) -> None:
    trained.ok("training", "add", "李明", *HELD, "--skill", "急救")
    assert "Nothing changed" in trained.ok("training", "add", "李明", *HELD, "--skill", "急救").err
    trained.ok("training", "add", "李明", *HELD, "--skill", "包扎")
    assert len(trained.ok("training", "list", "-f", "json").json) == 2


def test_void_and_undo(trained: Any) -> None:
    trained.ok("training", "add", "李明", *HELD)
    before = trained.dump()
    shown = trained.ok("training", "void", 1, "--reason", "重复登记", "-f", "json").json
    assert (shown["status"], shown["reason"]) == ("voided", "重复登记")
    assert "Nothing changed" in trained.ok("training", "void", 1, "--reason", "再来一次").err
    trained.ok("undo")
    assert trained.dump() == before


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("--on", "2026-07-01"), "future", 1),
        (("--minutes", 0), "bad_duration", 1),
        (("--until", "2026-05-08"), "bad_period", 1),
        (("--topic", "急\x1b救"), "bad_text", 1),
        (("--on", "someday"), "bad_date", 2),
    ],
)
def test_refusals(trained: Any, words: tuple[object, ...], code: str, exit_code: int) -> None:
    trained.refused(code, "training", "add", "李明", *HELD, *words, exit_code=exit_code)


def test_not_found(trained: Any) -> None:
    trained.refused("not_found", "training", "show", 9, exit_code=4)
    trained.refused("not_found", "training", "add", "赵敏", *HELD, exit_code=4)


def test_chinese(trained: Any) -> None:
    trained.language = "zh"
    assert "已登记李明的培训“急救”（1）。" in trained.ok("training", "add", "李明", *HELD).err
