"""The page about the house says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import arrows
import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = arrows.PAGE.read_text(encoding="utf-8")


def test_the_drawing_is_that_of_the_imports() -> None:
    assert arrows.drawn_page(PAGE, arrows.arrows()) == PAGE, "make docs"


def test_every_folder_of_the_package_is_named() -> None:
    """A folder or module that the page does not know has no place yet in the reader's mind."""
    plan = PAGE.split("## Arrows")[0]
    named = set(re.findall(r"(\w+)(?:/|\.py)", plan))
    assert set(arrows.FLOORS) - {"__main__"} <= named


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:\w+/)+\w+\.py)`", PAGE))))
def test_every_file_that_is_named_is_there(path: str) -> None:
    assert any((folder / path).is_file() for folder in (ROOT, ROOT / "volunteer_cli")), path


def test_the_kinds_of_changes_are_those_that_history_keeps() -> None:
    kinds = re.findall(r"^\| `(\w+)` \|", PAGE.split("## The history")[1], re.MULTILINE)
    assert kinds == ["insert", "update", "delete"]
