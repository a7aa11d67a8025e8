"""Words in the user's language.

Sources are English. Every folder of `locale/` is the catalogue of one more language: a `.po` file for
each room, all compiled into one file when the package is built. How the language sets its words stands
in `core/typography.py`.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from volunteer_cli.core.run import current_run
from volunteer_cli.core.typography import TYPOGRAPHIES, Typography

SOURCE = "en"
LOCALE_FOLDER = Path(__file__).resolve().parents[1] / "locale"

#: What stands between a context and its message in a compiled catalogue (GNU gettext).
CONTEXT_SIGN = "\x04"


@cache
def languages() -> Mapping[str, str]:
    """The languages there are, each with the folder of its catalogue: `zh` and `zh_CN`; English has none."""
    folders = sorted(folder.name for folder in LOCALE_FOLDER.iterdir() if folder.is_dir())
    return {SOURCE: "", **{folder.partition("_")[0]: folder for folder in folders}}


def language() -> str:
    """The language in use: en or zh; English outside any run."""
    current = current_run()
    return current.language if current else SOURCE


def language_called(text: str) -> str | None:
    """The language that `zh`, `zh-CN` or `zh_CN.UTF-8` names; None when it is none that we speak."""
    short = text.lower().replace("-", "_").partition("_")[0].partition(".")[0]
    return short if short in languages() else None


def language_of_environment(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the locale variables ask for; English when they say nothing we speak."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return language_called(value) or SOURCE
    return SOURCE


def typography(code: str = "") -> Typography:
    """How a language, by default the one in use, sets its words."""
    name = code or language()
    return TYPOGRAPHIES.get(name) or Typography(name)


def listed(parts: Iterable[object]) -> str:
    """Several words as one list in the language in use."""
    return typography().listed(parts)


def alternatives(words: Iterable[str]) -> str:
    """Several words of which one is to be chosen: a, b or c."""
    *others, last = words
    return _(" or ").join([listed(others), last]) if others else last


def in_quotes(text: object) -> str:
    """A word that somebody typed or may type, between the quotation marks of the language in use."""
    return typography().quotes.format(text)


def quoted_alternatives(words: Iterable[object]) -> str:
    """Several words, each between quotation marks, of which one may be meant."""
    return pgettext("between quotation marks", " or ").join(map(in_quotes, words))


def noted(text: str, note: str) -> str:
    """A text and a note in brackets behind it, which in Chinese bring their own space."""
    return typography().sentences([text, note])


def with_detail(text: object, detail: object) -> str:
    """A text and what tells it apart from others, in brackets as the language sets them."""
    return _("{value} ({title})").format(value=text, title=detail)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    folder = languages().get(code)
    if not folder:
        return gettext.NullTranslations()
    return gettext.translation("volunteer", LOCALE_FOLDER, languages=[folder], fallback=True)


def _(message: str) -> str:
    """The message in the language in use; one that `NC_` marked, in its context."""
    if not message:
        return message
    return _catalogue(language()).gettext(message).rpartition(CONTEXT_SIGN)[2]


def in_all_languages(message: str) -> list[str]:
    """The message in every language there is."""
    sentences = (_catalogue(code).gettext(message) if message else "" for code in languages())
    return [sentence.rpartition(CONTEXT_SIGN)[2] for sentence in sentences]


def N_(message: str) -> str:  # noqa: N802 - the customary name, which catalogue builders look for
    """Mark a message for the catalogue and leave it as it is; it is translated when shown."""
    return message


def NC_(context: str, message: str) -> str:  # noqa: N802 - as N_
    """Mark a message whose English word has another meaning elsewhere: the Name of a team, not of a person."""
    return f"{context}{CONTEXT_SIGN}{message}"


def literal(text: str) -> str:
    """A text of the users where a message is expected: in every language it is what they wrote."""
    return f"literal{CONTEXT_SIGN}{text}" if text else text


def pgettext(context: str, message: str) -> str:
    """The message in the language in use, in the meaning that `context` names."""
    return _(NC_(context, message))


#: The words of what stands for a value; a single letter, as in N or A,B, is read in every language.
STANDS_FOR = re.compile(r"[A-Z]{2,}")


def placeholder(text: str) -> str:
    """What stands for a value in usage and help (PERSON..., KEY=VALUE), in the words of the language in use."""
    return STANDS_FOR.sub(lambda word: pgettext("placeholder", word[0]), text)


def ngettext(one: str, many: str, number: int) -> str:
    """The message for `number` things in the language in use; Chinese has one form for all."""
    return _catalogue(language()).ngettext(one, many, number)
