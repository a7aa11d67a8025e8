"""Every command of the tree, and the words of its example, for tests that run them all."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from typer import Context

from volunteer_cli.app import command_tree
from volunteer_cli.areas import nouns


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command of the tree with the words that call it."""
    tree = command_tree()
    root = Context(tree, info_name="volunteer", **tree.context_settings)
    for noun in nouns():
        command: Any = tree.get_command(root, noun)
        if not hasattr(command, "list_commands"):
            yield (noun,), command
            continue
        ctx = Context(command, info_name=noun, parent=root, **command.context_settings)
        for verb in command.list_commands(ctx):
            yield (noun, verb), command.get_command(ctx, verb)


def example(command: Any) -> list[str]:
    """The words of a command's own example."""
    return shlex.split(command.epilog.splitlines()[-1])[1:]


#: The demo makes a database of two communities each time.
COMMANDS = {words: command for words, command in commands() if words != ("demo",)}


def parsed(words: list[str]) -> None:
    """Parse a command line as if it were typed; raises UsageError."""
    tree: Any = command_tree()
    context = Context(tree, info_name="volunteer", **tree.context_settings)
    command: Any = tree.get_command(context, words[0])
    rest = words[1:]
    if hasattr(command, "list_commands"):
        context = Context(command, info_name=words[0], parent=context, **command.context_settings)
        assert rest, "a noun without a verb"
        assert rest[0] in command.list_commands(context) or "{" in rest[0], (
            f"{words[0]} has no verb {rest[0]}"
        )
        command, rest = command.get_command(context, rest[0]), rest[1:]
    # The name of a command alone is spoken of, not typed.
    if [word for word in rest if not word.startswith("-")]:
        command.make_context(words[-1], list(rest), parent=context)
