"""The arrows between the rooms: the checks see what is wrong, and nothing is."""

from __future__ import annotations

from pathlib import Path

import arrows
import pytest
from arrows import Arrow

import volunteer_cli

DOWN = Arrow("people.rules", "core.errors")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (Arrow("people.views", "teams.queries"), "runs up: people.views → teams.queries"),
        (Arrow("core.text", "output.table"), "runs up: core.text → output.table"),
        (Arrow("teams.rules", "output.view"), "from a rule to a screen: teams.rules → output.view"),
        (Arrow("teams.queries", "people.views"), "from a rule to a screen: teams.queries → people.views"),
        (Arrow("teams.guards", "teams.commands"), "from a rule to a screen: teams.guards → teams.commands"),
        (Arrow("core.errors", "people.rules"), "runs up: core.errors → people.rules"),
    ],
)
def test_an_arrow_that_may_not_be_is_named(wrong: Arrow, sentence: str) -> None:
    assert sentence in arrows.faults({DOWN, wrong}, ())


@pytest.mark.parametrize(
    "fine",
    [
        DOWN,
        Arrow("teams.rules", "people.queries"),
        Arrow("teams.views", "output.view"),
        Arrow("teams.sheet.fields", "intake.sheet"),
        Arrow("reports.worklist", "drives.queries"),
    ],
)
def test_an_arrow_down_is_fine(fine: Arrow) -> None:
    assert arrows.faults({DOWN, fine}, {DOWN, fine}) == []


def test_a_circle_is_named_whole_and_once() -> None:
    around = {Arrow("core.a", "core.b"), Arrow("core.b", "core.c"), Arrow("core.c", "core.a")}
    assert arrows.faults((), around | {Arrow("core.c", "core.d")}) == ["a circle: core.a ⇄ core.b ⇄ core.c"]


def test_every_folder_and_module_has_a_floor() -> None:
    package = Path(volunteer_cli.__file__).parent
    names = {path.parent.name for path in package.glob("*/__init__.py")}
    names |= {path.stem for path in package.glob("*.py")} - {"__init__"}
    assert names == set(arrows.FLOORS)


def test_imports_inside_functions_are_seen() -> None:
    assert Arrow("teams.commands", "core.work") in arrows.arrows()


def test_nothing_runs_up_or_in_a_circle() -> None:
    drawn, carried_out = arrows.arrows(), arrows.arrows(annotations=False)
    assert arrows.faults(drawn, carried_out) == []
    assert carried_out < drawn
