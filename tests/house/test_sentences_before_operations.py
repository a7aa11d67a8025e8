"""What a command says ends with a full stop, a command in it too: "Operation 12." follows on the same line."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import volunteer_cli

PACKAGE = Path(volunteer_cli.__file__).parent
#: Said on lines of their own, to which nothing is added.
ALONE = frozenset({"Filled in, it comes back with: volunteer import hours {file}"})


def _sentences() -> Iterator[str]:
    for module in PACKAGE.glob("*/commands*/**/*.py"):
        yield from _translated(module)
    for module in PACKAGE.glob("*/commands.py"):
        yield from _translated(module)


def _translated(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("_", "ngettext")
        ):
            yield from (
                one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )


def test_a_sentence_that_ends_in_a_command_has_a_full_stop() -> None:
    of_commands = {one for one in _sentences() if ": volunteer " in one}
    assert len(of_commands) >= 5
    assert {one for one in of_commands if not one.endswith(".")} == ALONE
