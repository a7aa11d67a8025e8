"""Manual pages for man(1), made from the command tree: one for the program, one for each noun with its verbs.

python tools/manual.py [FOLDER]     by default man/man1
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import reference

from volunteer_cli import __version__
from volunteer_cli.app import command_tree
from volunteer_cli.areas import nouns

TARGET = Path(__file__).resolve().parents[1] / "man" / "man1"
#: Wide enough for the longest option, narrow enough for a terminal with the margin of man(1).
WIDTH = 78


def pages() -> Iterator[tuple[str, str]]:
    """The name and the text of each page."""
    tree = command_tree()
    root = reference.context(tree, "volunteer")
    see_also = [f"volunteer-{name}" for name in nouns()]
    summary = "the volunteer life of a community office"
    yield "volunteer", page("volunteer", summary, [("DESCRIPTION", tree.get_help(root))], see_also)
    for name, entry in nouns().items():
        command = tree.get_command(root, name)
        ctx = reference.context(command, name, root)
        parts = [("DESCRIPTION", command.get_help(ctx)), *verbs(command, ctx)]
        yield f"volunteer-{name}", page(f"volunteer-{name}", entry.text.rstrip("."), parts, ["volunteer"])


def verbs(command: object, ctx: object) -> Iterator[tuple[str, str]]:
    """Each verb of a noun with its help."""
    for name in command.list_commands(ctx) if hasattr(command, "list_commands") else ():
        child = command.get_command(ctx, name)  # type: ignore[attr-defined]
        if not child.hidden:
            yield name.upper(), child.get_help(reference.context(child, name, ctx))


def page(name: str, summary: str, parts: list[tuple[str, str]], see_also: list[str]) -> str:
    """A page in the language of man(7)."""
    # Without a day, so that the same source makes the same page on every day.
    head = f'.TH "{name.upper()}" "1" "" "volunteer {__version__}" "Volunteer CLI"'
    lines = [head, ".SH NAME", f"{escaped(name)} \\- {escaped(summary)}"]
    for title, text in parts:
        lines += [f'.SH "{title}"', ".nf", escaped(text.strip()), ".fi"]
    others = ", ".join(f"\\fB{escaped(other)}\\fR(1)" for other in see_also)
    return "\n".join([*lines, ".SH SEE ALSO", others]) + "\n"


def escaped(text: str) -> str:
    """The text as it stands: no line of it is a request, no sign a command, no hyphen a dash."""
    lines = text.replace("\\", "\\e").replace("-", "\\-").splitlines()
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in lines)


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    folder.mkdir(parents=True, exist_ok=True)
    with patch.dict(os.environ, COLUMNS=str(WIDTH), VOLUNTEER_LANG="en"):
        for name, text in pages():
            (folder / f"{name}.1").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
