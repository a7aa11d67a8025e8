"""Every sentence a user can read is in every catalogue: `python tools/messages.py` lists what is amiss.

Sentences are the arguments of `_`, `N_`, `ngettext`, `pgettext` and `NC_`, the help of every command and
option, and the docstrings of errors. One that counts in English must come in two forms.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import glossary
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from typer import Context

from volunteer_cli.admin.explain import load_all
from volunteer_cli.app import command_tree
from volunteer_cli.areas import nouns
from volunteer_cli.core.errors import all_errors
from volunteer_cli.core.i18n import STANDS_FOR

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "volunteer_cli"
PLACE = re.compile(r"\{(\w*)[^}]*\}")

MARKS: dict[str, Any] = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "NC_": ((1, "c"), 2),
}

COUNTED = re.compile(r"\{(\w+)[^}]*\}((?: [a-z]+)+)")
"""A place to fill and the words behind it; among them the thing that is counted, if one is."""
NO_NUMBERS = frozenset(
    [
        "most",
        "limit",
        "matched",
        "several",
        "person",
        "name",
        "title",
        "team",
        "event",
        "option",
        "hours",
        "needed",
        "missing",
    ]
)
"""Places that are filled with a name, a length of time such as 1:30, or a number that is never one."""
AGREEING = re.compile(r"\{count\}[^.;:{]* (?:are|were|have|need)\b")
"""A number and, in the same clause, a verb that agrees with several only."""
LIMIT_OF_ADJECTIVES = 2
NO_NOUNS = frozenset(
    [
        "is",
        "was",
        "has",
        "does",
        "as",
        "this",
        "its",
        "less",
        "exists",
        "knows",
        "needs",
        "takes",
        "holds",
        "begins",
        "lacks",
        "earns",
        "looks",
        "leads",
        "belongs",
        "points",
        "tells",
        "names",
        "asks",
        "serves",
        "ends",
    ]
)
"""Words that end like a plural and are none."""
STOPS = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "at",
        "on",
        "for",
        "from",
        "with",
        "by",
        "and",
        "or",
        "but",
        "not",
        "no",
        "are",
        "were",
        "will",
        "would",
        "can",
        "cannot",
        "must",
        "may",
        "that",
        "which",
        "who",
        "already",
        "than",
        "so",
        "if",
        "when",
        "as",
    ]
)
"""Words at which a counted thing must have come."""


@dataclass(frozen=True)
class Sentence:
    """What the catalogue is asked for: the sentence, its other form if it counts, and in which meaning."""

    text: str
    many: str = ""
    context: str = ""

    def __str__(self) -> str:
        return f"{self.text!r} ({self.context})" if self.context else repr(self.text)

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.text, self.many) if self.many else (self.text,)


def sentences() -> Iterator[tuple[Sentence, str]]:
    """Each sentence with the file it stands in."""
    for file, _line, message, _comments, context in extract_from_dir(
        PACKAGE, [("**.py", "python")], keywords=MARKS
    ):
        yield _sentence(message, context), file
    yield from inside_texts()
    load_all()
    for error in all_errors():
        file = str(Path(inspect.getfile(error)).relative_to(PACKAGE))
        if error.counted:
            yield Sentence(error.one, error.sentence()), file
        else:
            yield Sentence(error.sentence()), file
    yield from helps()


def inside_texts() -> Iterator[tuple[Sentence, str]]:
    """The sentences inside f-strings, whose inner words Python 3.11 does not hand to whoever looks for marks."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(text, ast.JoinedStr):
                yield from ((Sentence(said), str(path.relative_to(PACKAGE))) for said in _marked(text))


def _marked(text: ast.JoinedStr) -> Iterator[str]:
    """What is marked as a sentence by `_` inside an f-string."""
    for call in ast.walk(text):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_":
            constants = (each.value for each in call.args if isinstance(each, ast.Constant))
            yield from (value for value in constants if isinstance(value, str))


def helps() -> Iterator[tuple[Sentence, str]]:
    """What `--help` says at every level, and what stands for a value there."""
    tree = command_tree()
    root = Context(tree, info_name="volunteer", **tree.context_settings)
    for name, entry in nouns().items():
        file = entry.app.module.removeprefix("volunteer_cli.").replace(".", "/") + ".py"
        noun: Any = tree.get_command(root, name)
        ctx = Context(noun, info_name=name, parent=root, **noun.context_settings)
        yield from ((Sentence(part), file) for part in paragraphs(noun.help))
        verbs = (
            [noun.get_command(ctx, verb) for verb in noun.list_commands(ctx)]
            if hasattr(noun, "list_commands")
            else [noun]
        )
        for verb in verbs:
            yield from ((Sentence(part), file) for part in paragraphs(verb.help))
            usage = " ".join(verb.collect_usage_pieces(ctx))
            yield from ((each, file) for each in placeholders(usage))
            for parameter in verb.get_params(ctx):
                if getattr(parameter, "help", None) and "--help" not in parameter.opts:
                    yield Sentence(parameter.help), file
                if not getattr(parameter, "is_flag", False):
                    yield from ((each, file) for each in placeholders(parameter.make_metavar(ctx)))


def placeholders(text: str) -> Iterator[Sentence]:
    """The words of a usage line or of an option that stand for what is typed there."""
    yield from (Sentence(word, context="placeholder") for word in STANDS_FOR.findall(text))


def paragraphs(text: str | None) -> list[str]:
    return [part.replace("\n", " ").strip() for part in (text or "").split("\n\n") if part.strip()]


def _forms(message: str | Sequence[str] | None) -> tuple[str, ...]:
    """A message of one form or several, as a tuple."""
    return (message,) if isinstance(message, str) else tuple(message or ())


def _sentence(message: str | Sequence[str], context: str | None) -> Sentence:
    if isinstance(message, str):
        return Sentence(message, context=context or "")
    one, many = message
    return Sentence(one, many, context or "")


def catalogues() -> list[Path]:
    """The folders of the languages there are beside English."""
    return sorted(path for path in (PACKAGE / "locale").iterdir() if path.is_dir())


def catalogued(folder: Path) -> Iterator[tuple[Sentence, tuple[str, ...]]]:
    """What stands in the catalogues of all rooms, with its forms in that language."""
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale=folder.name):
                strings = _forms(message.string)
                if message.id and strings and all(strings) and not message.fuzzy:
                    yield _sentence(message.id, message.context), strings


def faults() -> list[str]:
    """All that is amiss in what a user can read."""
    files = {sentence: file for sentence, file in sentences() if sentence.text.strip()}
    found = [fault for sentence, file in files.items() for fault in plural_faults(sentence, file)]
    for folder in catalogues():
        known = dict(catalogued(folder))
        found += contradictions(catalogued(folder))
        for sentence, file in files.items():
            if sentence not in known:
                found.append(f"{file}: not in {folder.name}: {sentence}")
            elif any(_places(form) != _places(*sentence.forms) for form in known[sentence]):
                found.append(f"{file}: other places to fill in {folder.name} than in {sentence}")
    return sorted(found)


def contradictions(catalogue: Iterable[tuple[Sentence, tuple[str, ...]]]) -> list[str]:
    """Sentences that two rooms translate differently; a reader would see only one of the two."""
    found: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for sentence, strings in catalogue:
        found.setdefault((sentence.context, sentence.text), set()).add(strings)
    return [f"{sorted(texts)}: both are {key!r}" for key, texts in found.items() if len(texts) > 1]


def plural_faults(sentence: Sentence, file: str) -> Iterator[str]:
    """A sentence that counts and has one form, so that a user reads "1 people came"."""
    for noun in [] if sentence.many else counted_nouns(sentence.text):
        yield f"{file}: {noun!r} is counted, so ngettext (or `one` of an error) is needed: {sentence}"


def counted_nouns(text: str) -> Iterator[str]:
    """The plural nouns that follow a place to fill, as `people` in "{count} people came", and their verbs."""
    yield from AGREEING.findall(text)
    for place, words in COUNTED.findall(text):
        for word in [] if place in NO_NUMBERS else words.split()[: LIMIT_OF_ADJECTIVES + 1]:
            if word in STOPS or word in NO_NOUNS:
                break
            if word == "people" or (word.endswith("s") and not word.endswith("ss")):
                yield word
                break


def _places(*forms: str) -> set[str]:
    return {place for form in forms for place in PLACE.findall(form)}


if __name__ == "__main__":
    problems = faults() + glossary.faults(glossary.catalogue(), glossary.terms())
    print("\n".join(problems), file=sys.stderr)
    sys.exit(bool(problems))
