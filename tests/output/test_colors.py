"""Colour: on a terminal, of one style, and as --color and the variables that programs agree on say."""

from __future__ import annotations

import io
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from volunteering import Volunteer

import volunteer_cli
from volunteer_cli.core.settings import Given
from volunteer_cli.output.colors import BAD, GOOD, HEADING, OF_WORD, OVER, STATES, WAITING, WORDS, painted
from volunteer_cli.output.view import View

ESCAPE = "\x1b["


class Screen(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "color", "terminal", "piped"),
    [
        ({}, "auto", True, False),
        ({}, "always", True, True),
        ({}, "never", False, False),
        ({"NO_COLOR": "1"}, "auto", False, False),
        ({"NO_COLOR": ""}, "auto", True, False),
        ({"NO_COLOR": "1"}, "always", True, True),
        ({"CLICOLOR_FORCE": "1"}, "auto", True, True),
        ({"CLICOLOR_FORCE": "1"}, "never", False, False),
        ({"CLICOLOR_FORCE": "1", "TERM": "dumb"}, "auto", True, True),
        ({"CLICOLOR_FORCE": "0"}, "auto", True, False),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, "auto", False, False),
        ({"TERM": "dumb"}, "auto", False, False),
        ({"TERM": "dumb"}, "always", True, True),
    ],
)
def test_who_decides(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], color: str, terminal: bool, piped: bool
) -> None:
    for name in ("NO_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    given = Given(color=color)
    assert (given.colors(Screen()), given.colors(io.StringIO())) == (terminal, piped)


@pytest.fixture
def office(volunteer: Volunteer) -> Volunteer:
    volunteer.ok("person", "add", "李样明")
    volunteer.ok("hours", "add", "李样明", "--date", "2026-06-01", "--hours", "2")
    volunteer.ok("hours", "add", "李样明", "--date", "2026-06-02", "--hours", "2")
    volunteer.ok("hours", "reject", 2, "--reason", "x")
    return volunteer


def test_headings_and_statuses_are_coloured_where_somebody_insists(office: Volunteer) -> None:
    text = office.ok("hours", "list", "-f", "table", "--color", "always").out
    heading, _rule, pending, rejected, *_total = text.splitlines()
    assert heading.startswith(f"{ESCAPE}{HEADING}m")
    assert painted("pending", WAITING) in pending
    assert painted("rejected", BAD) in rejected
    plain = office.ok("hours", "list", "-f", "table").out
    assert ESCAPE not in plain
    for color in (HEADING, WAITING, BAD):
        text = text.replace(f"{ESCAPE}{color}m", "")
    assert text.replace(f"{ESCAPE}0m", "") == plain, "colour moves no column"


def test_what_went_well_and_what_is_over(office: Volunteer) -> None:
    office.ok("hours", "confirm", 1)
    assert painted("confirmed", GOOD) in office.ok("hours", "show", 1, "-f", "table", "--color=always").out
    office.ok("person", "archive", 1)
    shown = office.ok("person", "list", "--archived", "--fields", "id,name,status", "-f", "table")
    assert ESCAPE not in shown.out
    forced = {"CLICOLOR_FORCE": "1"}
    shown = office.ok("person", "list", "--archived", "--fields", "id,status", "-f", "table", env=forced)
    assert painted("archived", OVER) in shown.out


@pytest.mark.parametrize("form", ["tsv", "csv", "json", "ndjson", "markdown", "html", "ids"])
def test_what_programs_read_has_no_colour(office: Volunteer, form: str) -> None:
    assert ESCAPE not in office.ok("hours", "list", "-f", form, "--color", "always").out


def test_what_is_refused_is_red_where_somebody_insists(office: Volunteer) -> None:
    refused = office("person", "show", "nobody", "--color", "always").err
    assert refused.startswith(f"{ESCAPE}{BAD}mError: ")
    assert ESCAPE not in office("person", "show", "nobody").err


def test_help_has_bold_titles(office: Volunteer) -> None:
    with_color = office.ok("--color", "always", "person", "add", "--help").out
    assert painted("Options:", HEADING) in with_color
    assert ESCAPE not in office.ok("person", "add", "--help").out


def _words() -> dict[str, set[str]]:
    """By field what may stand there, in all views."""
    words: dict[str, set[str]] = {}
    for module in walk_packages(volunteer_cli.__path__, "volunteer_cli."):
        if "views" not in module.name:
            continue
        for view in vars(import_module(module.name)).values():
            for column in view.columns if isinstance(view, View) else ():
                if column.name in STATES and column.choices:
                    words.setdefault(column.name, set()).update(map(str, column.choices))
    return words


def test_every_status_has_a_colour() -> None:
    words = _words()
    assert {name: sorted(each - set(OF_WORD)) for name, each in words.items()} == {name: [] for name in words}
    told = [word for several in WORDS.values() for word in several]
    assert len(told) == len(set(told)), "a word of two colours"


def test_a_file_has_no_colour(office: Volunteer, tmp_path: Any) -> None:
    path = tmp_path / "hours"
    office.ok("hours", "list", "-f", "table", "-o", path, "--color", "always")
    assert ESCAPE not in path.read_text(encoding="utf-8")
