"""Every sentence a user can read has its Chinese: `python tools/messages.py` lists those that have not.

Sentences are the arguments of `_`, `N_` and `ngettext`, the help of every command and option, and
the docstrings of errors.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from typer import Context

from volunteer_cli.admin.explain import load_all
from volunteer_cli.app import command_tree
from volunteer_cli.areas import nouns
from volunteer_cli.core.errors import all_errors

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "volunteer_cli"
PLACE = re.compile(r"\{(\w*)[^}]*\}")


def sentences() -> Iterator[tuple[str, str]]:
    """Each sentence with the file it stands in."""
    keywords = {"_": None, "N_": None, "ngettext": (1, 2)}
    for file, _line, message, _comments, _context in extract_from_dir(
        PACKAGE, [("**.py", "python")], keywords=keywords
    ):
        for one in message if isinstance(message, tuple) else (message,):
            yield one, file
    load_all()
    for error in all_errors():
        yield error.sentence(), str(Path(inspect.getfile(error)).relative_to(PACKAGE))
    yield from helps()


def helps() -> Iterator[tuple[str, str]]:
    """What `--help` says at every level."""
    tree = command_tree()
    root = Context(tree, info_name="volunteer", **tree.context_settings)
    for name, entry in nouns().items():
        file = entry.app.module.removeprefix("volunteer_cli.").replace(".", "/") + ".py"
        noun: Any = tree.get_command(root, name)
        ctx = Context(noun, info_name=name, parent=root, **noun.context_settings)
        yield from ((part, file) for part in paragraphs(noun.help))
        verbs = (
            [noun.get_command(ctx, verb) for verb in noun.list_commands(ctx)]
            if hasattr(noun, "list_commands")
            else [noun]
        )
        for verb in verbs:
            yield from ((part, file) for part in paragraphs(verb.help))
            for parameter in verb.get_params(ctx):
                if getattr(parameter, "help", None) and "--help" not in parameter.opts:
                    yield parameter.help, file


def paragraphs(text: str | None) -> list[str]:
    return [part.replace("\n", " ").strip() for part in (text or "").split("\n\n") if part.strip()]


def translations() -> dict[str, str]:
    """The Chinese of every sentence that has one."""
    found: dict[str, str] = {}
    for message in catalogued():
        key = message.id if isinstance(message.id, str) else message.id[0]
        text = message.string if isinstance(message.string, str) else message.string[0]
        if text:
            found[key] = text
    return found


def catalogued() -> Iterator[Message]:
    """What stands in the catalogues of all rooms."""
    for path in sorted((PACKAGE / "locale" / "zh_CN").glob("*.po")):
        with path.open("rb") as source:
            yield from (one for one in read_po(source) if one.id and one.string and not one.fuzzy)


def contradictions() -> list[str]:
    """Sentences that two rooms put into Chinese differently; a reader would see only one of the two."""
    found: dict[str, set[str]] = {}
    for message in catalogued():
        found.setdefault(str(message.id), set()).add(str(message.string))
    return [f"{'、'.join(sorted(texts))}: both are {key!r}" for key, texts in found.items() if len(texts) > 1]


def faults() -> list[str]:
    """Sentences without Chinese or with two, and Chinese with other places to fill than its sentence."""
    known = translations()
    found = contradictions()
    for sentence, file in dict(sorted(sentences(), key=lambda pair: pair[1])).items():
        if sentence.strip() and sentence not in known:
            found.append(f"{file}: no Chinese for {sentence!r}")
        elif sentence.strip() and set(PLACE.findall(sentence)) != set(PLACE.findall(known[sentence])):
            found.append(f"{file}: other places to fill in the Chinese of {sentence!r}")
    return found


if __name__ == "__main__":
    problems = faults()
    print("\n".join(problems), file=sys.stderr)
    sys.exit(bool(problems))
