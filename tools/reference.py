"""The reference of the command line, made from the command tree: `docs/reference.md`, or `--check`.

python tools/reference.py [--check]
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from typer import Context

from volunteer_cli.app import command_tree
from volunteer_cli.areas import nouns
from volunteer_cli.core.run import Run, running
from volunteer_cli.core.settings import Given
from volunteer_cli.shell import help as pages

TARGET = Path(__file__).resolve().parents[1] / "docs" / "reference.md"
#: What every command says alike stands once, at the top.
SHARED = re.compile(r"(?ms)^[^\n]*Output:\n.*?(?=^Example:|\Z)")
COMMON = """\
Every command that prints takes the options of output, and those that change data `-n` and `-y` too;
they are left out below. The global options stand in the first help."""


def reference() -> str:
    """Every command's help as Markdown, in the order of the root's help, on whatever terminal it is made."""
    without_color = Run(Given(color="never"))
    with patch.dict(os.environ, COLUMNS=str(pages.WIDEST)), running(without_color):
        return _reference()


def _reference() -> str:
    tree = command_tree()
    root = context(tree, "volunteer")
    parts = [
        "# Reference",
        "Made from the command tree by `make docs`; do not edit.",
        block(tree.get_help(root)),
    ]
    for name in nouns():
        command: Any = tree.get_command(root, name)
        parts += [f"## {name}", *helps(command, context(command, name, root))]
    return "\n\n".join(parts) + "\n"


def output_options() -> str:
    """The options of output as one command's help shows them."""
    title = "Options of every command:"
    blocks = [SHARED.search(help_of(name)) for name in ("undo", "find")]
    lines = [block[0].split("\n\n")[0].splitlines()[1:] for block in blocks if block]
    # What changes data comes first; then what all commands take that print.
    changing = [line for line in lines[0] if line not in lines[1]]
    return "\n".join([title, *changing, *lines[1]])


def help_of(name: str) -> str:
    tree = command_tree()
    root = context(tree, "volunteer")
    return str(tree.get_command(root, name).get_help(context(tree.get_command(root, name), name, root)))


def helps(command: Any, ctx: Any) -> Iterator[str]:
    """The help of a command, or of a noun and of each of its verbs."""
    yield block(command.get_help(ctx))
    for verb in command.list_commands(ctx) if hasattr(command, "list_commands") else ():
        child = command.get_command(ctx, verb)
        if not child.hidden:
            yield f"### {command.name} {verb}"
            yield block(child.get_help(context(child, verb, ctx)))


def context(command: Any, name: str, parent: Any = None) -> Any:
    return Context(
        command,
        help_option_names=["-h", "--help"],
        info_name=name,
        parent=parent,
    )


def block(text: str) -> str:
    own = SHARED.sub("", text.strip())
    lines = (line.rstrip() for line in own.splitlines())
    return "```text\n" + "\n".join(lines) + "\n```"


def main() -> int:
    made = reference()
    if "--check" in sys.argv:
        fresh = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == made
        if not fresh:
            print("docs/reference.md is not up to date: make docs", file=sys.stderr)
        return 0 if fresh else 1
    TARGET.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
