"""What the line that is being typed may become: nouns, verbs, options, values, names and codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from volunteer_cli.admin.lines import unfinished
from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import run, running
from volunteer_cli.shell.quoting import quoted
from volunteer_cli.shell.typer_private import completions


class Suggestion(NamedTuple):
    """What may stand from a place of the line on instead of what is typed there, and what it means."""

    text: str
    start: int
    meaning: str


def suggestions(root: Any, line: str) -> Iterator[Suggestion]:
    """What the last word of a line may become; nothing where that cannot be told."""
    words, typed, start = unfinished(line)
    if words[:1] == ["volunteer"]:
        words = words[1:]
    # A run of its own: the options on the line are read for it, and must not hold afterwards.
    with running(run().line(words)):
        try:
            values = completions(root, words, typed)
        except Exception:  # noqa: BLE001 - a completion that fails must not be seen
            return
    for text, meaning in values:
        whole = _with_option(typed, text)
        yield Suggestion(quoted(whole), start, _(meaning) if "{" not in meaning else "")


def _with_option(typed: str, text: str) -> str:
    """Of --kind=se only what stands behind the sign is completed."""
    name, sign, _value = typed.partition("=") if typed.startswith("--") else ("", "", typed)
    return f"{name}{sign}{text}" if sign else text
