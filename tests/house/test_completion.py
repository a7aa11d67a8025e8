"""Completion knows all that has choices, and every reference to a record, in every shell and quickly enough."""

from __future__ import annotations

import ast
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest
from command_lines import COMMANDS
from volunteering import Volunteer

import volunteer_cli
from volunteer_cli.admin.check import _names as names_of_checks
from volunteer_cli.admin.check import all_checks
from volunteer_cli.admin.explain import _codes, explanations
from volunteer_cli.app import command_tree
from volunteer_cli.areas import things
from volunteer_cli.core.run import Run, running
from volunteer_cli.core.settings import Given
from volunteer_cli.shell.typer_private import completions

PACKAGE = Path(volunteer_cli.__file__).parent
#: What help calls that which is anybody's own: words, numbers, amounts, moments, files, and codes yet to be given.
FREE = {
    *("TEXT", "REASON", "NAME", "TITLE", "WORD", "BODY", "VALUE", "ADDRESS", "PHONE", "NUMBER", "CODE"),
    *("N", "YEARS", "DAYS", "SCORE", "AMOUNT", "DURATION", "TIME", "SPANS", "D..D", "WHAT=DATE", "A B"),
    *("FILE", "DIR", "PATH", "MAP.toml", "FILE.md", "ITEM=UNIT", "ITEM[=UNIT", "ITEM=ITEM", "PHONE|NAME", "TIME|DATETIME", "NO", "SHARE"),
}  # fmt: skip


@pytest.fixture(scope="module")
def office(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Volunteer:
    """The example, with one of what it has none of."""
    path = tmp_path_factory.mktemp("completion") / "demo.db"
    path.write_bytes(demo_file.read_bytes())
    volunteer = Volunteer(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOLUNTEER_CONFIG", "/nonexistent")
        patch.setenv("VOLUNTEER_COMMUNITY", "binhu")
        volunteer.ok("person", "edit", "1", "--add-category", "环保", "--note", "x")
        volunteer.ok("report", "snapshot", "hours")
        volunteer.ok("field", "add", "person", "vehicle")
    return volunteer


def completed(office: Volunteer, *words: str) -> list[str]:
    """What the last word may become."""
    with running(Run(Given({"db": str(office.database)}))):
        return [value for value, _meaning in completions(command_tree(), words[:-1], words[-1])]


def test_every_reference_and_every_choice_completes(office: Volunteer) -> None:
    silent = []
    for words, command in COMMANDS.items():
        for each in command.params:
            metavar = (each.metavar or "").rstrip(".").strip("[]")
            named = each.opts[0]
            # The parser completes an enum of its own accord.
            own = (
                getattr(each, "is_flag", False)
                or getattr(each, "count", False)
                or hasattr(each.type, "choices")
            )
            if own or metavar in FREE:
                continue
            with running(Run(Given({"db": str(office.database)}))):
                complete = getattr(each, "_custom_shell_complete", None)
                context = type("Context", (), {"command": command, "params": {}})()
                if complete is None or not complete(context, each, ""):
                    silent.append((*words, named, metavar))
    assert silent == []


def _chosen() -> Iterator[tuple[str, type[StrEnum]]]:
    """Options for which a command lets somebody choose of an enum, with the module: `--kind` of teams."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        places = {
            alias.name: node.module
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "choose":
                kind, *_text, option = node.args
                if isinstance(kind, ast.Name) and isinstance(option, ast.Constant):
                    module = import_module(str(places.get(kind.id, "builtins")))
                    if isinstance(enum := getattr(module, kind.id, None), type) and issubclass(enum, StrEnum):
                        yield str(option.value), enum


def test_what_is_chosen_from_is_offered(office: Volunteer) -> None:
    """Each option that is read as a choice offers its values, in some command all of them."""
    offered: dict[str, list[set[str]]] = {}
    for command in COMMANDS.values():
        for each in command.params:
            if complete := getattr(each, "_custom_shell_complete", None):
                with running(Run(Given({"db": str(office.database)}))):
                    context = type("Context", (), {"command": command, "params": {}})()
                    offered.setdefault(each.opts[0], []).append(
                        {item.value for item in complete(context, each, "")}
                    )
    chosen = set(_chosen())
    assert len(chosen) > 30
    lacking = [
        (option, kind.__module__, kind.__name__)
        for option, kind in chosen
        if not any({str(one) for one in kind} <= values for values in offered.get(option, []))
        # What units and councils do gives activities of the other forms by itself.
        and (option, kind.__name__, kind.__module__) != ("--form", "Form", "volunteer_cli.alliances.terms")
    ]
    assert lacking == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (("person", "list", "-f", "nd"), "ndjson"),
        (("person", "list", "--fields", "id,vol"), "id,volunteer_no"),
        (("person", "list", "--sort", "registered"), "registered_on"),
        (("person", "list", "--where", "build"), "building"),
        (("person", "list", "--skill", "急"), "急救"),
        (("report", "hours", "--by", "te"), "team"),
        (("report", "hours", "--period", "this-m"), "this-month"),
        (("report", "snapshot", "hours", "--by", "mo"), "month"),
        (("report", "explain", "hou"), "hours"),
        (("hours", "list", "--status", "needs"), "needs_review"),
        (("team", "add", "x", "--kind", "int"), "interest"),
        (("policy", "set", "small"), "small_cell"),
        (("policy", "set", "gift_to", "an"), "anyone"),
        (("policy", "set", "attempts_spread", ""), "no"),
        (("policy", "set", "timezone", "Europe/Lon"), "Europe/London"),
        (("policy", "set", "small_cell", ""), "5"),
        (("config", "set", "lang", ""), "zh"),
        (("config", "set", "community", "bin"), "binhu"),
        (("explain", "over"), "overlap"),
        (("check", "foreign"), "foreign-keys"),
        (("--community", "bi"), "binhu"),
        (("event", "show", "qingjie-"), "qingjie-1"),
        (("drive", "show", "wei"), "weiwen"),
        (("request", "show", "BINHU-R2026"), "BINHU-R2026-0001"),
        (("campaign", "show", "han"), "hanchao"),
        (("household", "show", "BINHU-H"), "BINHU-H00001"),
        (("person", "show", "BINHU-V"), "BINHU-V0001"),
        (("person", "show", "zhaoyang"), "赵样一"),
        (("person", "show", "zyy"), "赵样一"),
        (("person", "merge", "赵样"), "赵样一"),
        (("account", "show", "po"), "pool"),
        (("exchange", "add", "1", "--by", "赵样"), "赵样一"),
        (("import", "guess", "--kind", "peo"), "people"),
        (("campaign", "add", "--preset", "sw"), "sweep"),
        (("evaluation", "add", "--skill", ""), "5"),
        (("db", "init", "--country", "G"), "GB"),
        (("db", "init", "--timezone", "Europe/Lon"), "Europe/London"),
        (("history", "show", ""), "1"),
        (("request", "assign", "1", "--to", "绿"), "绿色家园维护者"),
        (("help", "per"), "periods"),
        (("config", "get", "la"), "lang"),
        (("--lang", "z"), "zh"),
        (("perso",), "person"),
        (("person", "dup"), "duplicates"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_people_begin_to_type(office: Volunteer, words: tuple[str, ...], value: str) -> None:
    assert value in completed(office, *words)


@pytest.mark.parametrize("typed", ["", "1", "12", "9", "0", "012", "99999999999", "x"])
def test_ids_that_begin_as_typed_the_latest_first(office: Volunteer, typed: str) -> None:
    ids = [str(row[0]) for row in office.ask("SELECT id FROM hours_record ORDER BY id DESC")]
    assert len(ids) > 20
    assert completed(office, "hours", "show", typed) == [key for key in ids if key.startswith(typed)][:50]


def test_codes_and_checks_are_read_as_they_are_declared() -> None:
    with running(Run(Given())):
        assert _codes("") == sorted({row["code"] for row in explanations()})
        assert sorted(names_of_checks("")) == sorted(check.name for check in all_checks())


def test_every_kind_of_thing_is_stored_where_its_card_says(office: Volunteer) -> None:
    """A table that a card misspells would complete to nothing, and nobody would see why."""
    for thing in things().values():
        for column in (*thing.completed_by, *thing.heard_by, "id"):
            office.ask(f"SELECT {column} FROM {thing.stored_in} LIMIT 1")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_three_shells_are_answered(office: Volunteer, shell: str) -> None:
    line = "volunteer person show 赵样一"
    words = {"COMP_WORDS": line, "COMP_CWORD": "3", "_TYPER_COMPLETE_ARGS": line}
    words |= {"_VOLUNTEER_COMPLETE": f"complete_{shell}", "VOLUNTEER_DB": str(office.database)}
    if shell == "fish":
        words["_TYPER_COMPLETE_FISH_ACTION"] = "get-args"
    done = subprocess.run(
        [sys.executable, "-m", "volunteer_cli"],
        env={**os.environ, **words},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert "赵样一" in done.stdout, done.stderr


@pytest.mark.parametrize(
    "line", ["explain ov", "check fo", "person show 赵", "report explain h", "event open q"]
)
def test_an_answer_takes_less_than_300_milliseconds(office: Volunteer, line: str) -> None:
    """Of the processor, for other tests run beside this one; where it is slow just now, five times what a bare Typer takes."""
    words = {"COMP_WORDS": f"volunteer {line}", "COMP_CWORD": str(len(line.split()))}
    words |= {"_VOLUNTEER_COMPLETE": "complete_bash", "VOLUNTEER_DB": str(office.database)}
    # The first one may have to compile what it imports; a busy machine takes longer by turns.
    answer = min(_processor_time("-m", "volunteer_cli", **words) for _attempt in range(3))
    assert answer < max(0.3, 5 * min(_processor_time("-c", "import typer") for _attempt in range(3)))


def _processor_time(*program: str, **words: str) -> float:
    """The seconds of the processor that a Python takes which runs this."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, **words}
    subprocess.run([sys.executable, *program], env=environment, capture_output=True, timeout=20, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
