"""`volunteer shell`: each line is a command with a transaction of its own."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from typer import Context

from volunteer_cli import __version__
from volunteer_cli.admin.batch import words_of
from volunteer_cli.admin.lines import lines_of
from volunteer_cli.core.errors import RuleError, VolunteerError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import Commits, Run, run, running
from volunteer_cli.shell import command, say
from volunteer_cli.shell.guarding import guarded
from volunteer_cli.shell.telling import report

#: What ends a session, beside the end of its input.
ENDS = frozenset({"exit", "quit"})
HELP = "?"


class ShellInside(RuleError):
    """This is the shell already"""

    code = "in_shell"
    hint = N_("Type exit to leave it.")


def run_shell(ctx: Context) -> None:
    """Type commands one after the other, with history and completion.

    Each line is a command without 'volunteer', in a transaction of its own; an error does not end the session. ?
    behind a noun or a verb is its help, exit or Ctrl-D leaves. What is given here, such as --db, holds for all lines.
    """
    for line in _lines(ctx.find_root().command):
        words = _words(line)
        if words and words[0] in ENDS:
            return
        if words:
            perform(words)


def _lines(root: Any) -> Iterator[str]:
    """The lines as they are typed at a terminal, or those of a file or pipe."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        from volunteer_cli.admin.session.prompting import prompted

        say(_("volunteer {version}. ? is help, Tab completes, exit leaves.").format(version=__version__))
        yield from prompted(root)
        return
    for line in sys.stdin.buffer:
        # What is no text is refused when its words are read, as on the command line.
        yield line.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def _words(line: str) -> list[str]:
    """The words of a line; none where there are none, or where they cannot be told apart, which is said."""
    script = next(lines_of(line.strip()), None)
    try:
        return words_of(script) if script else []
    except VolunteerError as error:
        report(error)
        return []


def perform(words: list[str]) -> int:
    """Run one line as a command of its own, and answer its exit code."""
    if words[-1] == HELP:
        words = [*words[:-1], "--help"]
    with running(_run_of(words)) as line:
        return guarded(words, line.perform)


def _run_of(words: list[str]) -> Run:
    """The run of a line: what was given to the shell holds for it, and what becomes of it is its own affair."""
    return replace(run().line(words, _admit), commits=Commits())


def _admit(noun: str) -> None:
    if noun == "shell":
        raise ShellInside


shell = command(run_shell, "shell", example="volunteer shell")
