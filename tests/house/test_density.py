"""The ratchet: what it counts, and that it refuses what got worse and nothing else."""

from __future__ import annotations

from pathlib import Path

import density
import pytest

SOURCE = '''\
"""A module."""

# The reason: a leap year has a day more.
LEAP = 366  # noqa: PLR2004
# --- a part ---


def days(year: int = 2024) -> int:
    """How many days a year has."""
    found = LEAP
    for known in ():
        found += known
    return found
'''


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.py"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def test_the_nodes_of_a_body_without_docstring_and_contexts(source: Path) -> None:
    # Assign, Name, Name; For, Name, Tuple, AugAssign, Name, Add, Name; Return, Name.
    assert [function.nodes for function in density.functions(source)] == [12]


def test_only_comments_that_give_a_reason_count(source: Path) -> None:
    assert (density.comments(source), density.lines(source)) == (1, 10)


def test_names_that_are_participles(source: Path) -> None:
    assert sorted(density.names(source)) == ["LEAP", "found", "found", "known"]
    assert density.participles(source) == 3


KEPT: density.Figures = {
    "nodes_median": 36,
    "nodes_p90": 90,
    "functions_above_ceiling": 3,
    "comments": 1,
    "participles": 5,
}


@pytest.mark.parametrize(
    ("name", "value", "worse"),
    [
        ("nodes_p90", 90, False),
        ("nodes_p90", 90.1, True),
        ("functions_above_ceiling", 4, True),
        ("comments", 0.9, True),
        ("comments", 1.1, False),
        ("participles", 5.1, True),
    ],
)
def test_what_got_worse_is_named_with_a_place_to_look(name: str, value: float, worse: bool) -> None:
    complaints = density.complaints({**KEPT, name: value}, KEPT, [density.PACKAGE / "areas.py"])
    assert [complaint.split(" ")[0] for complaint in complaints] == [name] * worse
    assert all("volunteer_cli/areas.py" in complaint for complaint in complaints)


def test_whatever_has_reached_its_goal_may_move_within_it() -> None:
    assert density.complaints({**KEPT, "nodes_p90": 70}, {**KEPT, "nodes_p90": 60}, []) == []


def test_the_kept_figures_are_those_that_are_measured() -> None:
    assert set(density.kept_figures()) == {measure.name for measure in density.MEASURES}
