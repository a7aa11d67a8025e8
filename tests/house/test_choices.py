"""Every choice may be typed as it is shown: by its id, its title in either language, and the words of sheets."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from volunteering import Volunteer

import volunteer_cli
from volunteer_cli.core.choices import _beside, read_choice
from volunteer_cli.core.errors import BadChoice
from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import Run, running
from volunteer_cli.core.settings import Given

PACKAGE = Path(volunteer_cli.__file__).parent


def _chosen() -> Iterator[type[StrEnum]]:
    """The enums that some command lets somebody choose from."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        named = {
            call.args[0].id
            for call in calls
            if isinstance(call.func, ast.Name)
            and call.func.id == "choose"
            and isinstance(call.args[0], ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    if alias.name in named:
                        yield getattr(import_module(node.module), alias.name)


CHOICES = sorted({(kind.__module__, kind.__name__): kind for kind in _chosen()}.items())


@pytest.mark.parametrize("kind", [kind for _key, kind in CHOICES], ids=lambda kind: kind.__name__)
def test_every_choice_has_titles_and_takes_them(kind: type[StrEnum]) -> None:
    titles = _beside(kind, str)
    assert set(titles) == set(kind), f"{kind.__module__} has no table of titles for {kind.__name__}"
    for language in ("en", "zh"):
        with running(Run(Given(), language=language)):
            shown = [_(title) for title in titles.values()]
            assert len(set(shown)) == len(shown), "two values that are shown alike"
            assert [read_choice(kind, title, "x") for title in shown] == list(titles)
    assert [read_choice(kind, f" {member.value.upper()} ", "x") for member in kind] == list(kind)


def test_there_are_choices_to_try() -> None:
    assert len(CHOICES) >= 12


def test_what_is_no_choice_is_answered_with_both_names() -> None:
    from volunteer_cli.hours.terms import HoursStatus

    with running(Run(Given(), language="zh")), pytest.raises(BadChoice) as refused:
        read_choice(HoursStatus, "算了", "--status")
    assert "confirmed（已确认）" in refused.value.message
    with running(Run(Given())), pytest.raises(BadChoice) as refused:
        read_choice(HoursStatus, "nope", "--status")
    assert "confirmed, rejected" in refused.value.message


@pytest.mark.parametrize(
    "words",
    [
        ("hours", "list", "--status", "已确认"),
        ("hours", "list", "--status", "Confirmed"),
        ("hours", "list", "--fields", "人员，日期、时长", "--sort", "-时长"),
        ("person", "list", "--fields", "姓名,电话", "--sort", "姓名"),
        ("report", "hours", "--by", "服务队,月份"),
        ("team", "list", "--kind", "服务队"),
    ],
)
def test_words_of_the_screen_are_taken(volunteer: Volunteer, words: tuple[Any, ...]) -> None:
    volunteer.language = "zh"
    volunteer.ok("person", "add", "王样一")
    volunteer.ok("hours", "add", "王样一", "--date", "2026-06-01", "--hours", "2")
    volunteer.ok(*words)
