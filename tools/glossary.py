"""The words and the setting of the Chinese catalogue: `python tools/glossary.py` lists what is amiss.

The words are those of `docs/glossary.md`; the setting follows GB/T 15834 (use of punctuation marks) and the rules there.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = ROOT / "docs" / "glossary.md"
CATALOGUE = ROOT / "volunteer_cli" / "locale" / "zh_CN"

TABLE = re.compile(r"<!-- glossary -->\n(.*?)<!-- /glossary -->", re.DOTALL)
HAN = "\u3400-\u9fff"
PLACE = re.compile(r"\{(\w*)[^}]*\}")
#: Places that are filled with what somebody types or a path; they are set like Latin words.
LATIN_PLACES = frozenset(
    [
        "path",
        "file",
        "folder",
        "option",
        "variable",
        "programs",
        "encoding",
        "command",
        "report",
        "code",
        "orders",
        "fields",
        "keys",
        "key",
        "format",
        "formats",
        "range",
        "table",
        "url",
        "listing",
        "sign",
        "setting",
    ]
)
#: Command lines, and the values behind options, have spaces of their own.
COMMAND = re.compile(
    r"(?<![A-Za-z-])volunteer [a-z@{名-][^，。；：（）、“”？！]*|`[^`]*`|'[^'{}]+'|\"[^\"{}]+\""
)
OPTION = re.compile(r"(?<![A-Za-z0-9_{])--?[a-z][\w-]*(?:[ =][^ ，。；：（）、“”]+)?")
#: What stands for a Latin word, and for a name or a figure, while the setting is looked at.
WORD, NAME = "\ue000", "\ue001"
LATIN = rf"[A-Za-z{WORD}]"
MARKS = "，。、：；？！（）“”"

#: What must not be found, and what it breaks.
SETTING = {
    rf"[{HAN}{NAME}][,;:?!()]|[,;()](?=[{HAN}{NAME} ]|$)": "a half-width mark",
    r"['\"‘’「」]": "another quotation mark than “”",
    rf" [{MARKS}]|[{MARKS}] ": "a space beside a full-width mark",
    rf"[{HAN}]{LATIN}|{LATIN}[{HAN}]": "no space beside a Latin word",
    rf"[{HAN}{NAME}] [{HAN}{NAME}]": "a space between Chinese",
    rf"[{HAN}{NAME}] (?![\w.:/-]*[A-Za-z])\d|(?<![\w.:/-])[\d.,:]*\d [{HAN}{NAME}]": "a space beside a figure",
}


@dataclass(frozen=True)
class Term:
    """A row of the glossary."""

    english: tuple[str, ...]
    where: str
    chinese: tuple[str, ...]
    measures: tuple[str, ...]
    never: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The term as a whole word, in any case."""
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, self.english))})\b", re.IGNORECASE)

    def named(self, text: str) -> bool:
        """Whether a text is the term alone."""
        return text.casefold() in self.english

    def counted(self, text: str) -> bool:
        """Whether a text counts the term."""
        return bool(self.measures and re.search(rf"\{{count\}} {self.pattern.pattern}", text, re.IGNORECASE))


@dataclass(frozen=True)
class Entry:
    """A sentence of the catalogue and one of its Chinese forms."""

    room: str
    context: str
    english: str
    chinese: str

    def __str__(self) -> str:
        return f"{self.room}.po: {self.english!r}: {self.chinese}"

    @property
    def words(self) -> str:
        """The English without commands, options and places, which are no words."""
        return plain(self.english)


def plain(text: str) -> str:
    """A text without commands, options and places, which are no words."""
    return PLACE.sub(" ", OPTION.sub(" ", COMMAND.sub(" ", text)))


def terms() -> list[Term]:
    """The rows of the table."""
    table = TABLE.search(GLOSSARY.read_text(encoding="utf-8"))
    if table is None:
        raise SystemExit(f"{GLOSSARY} has no table between its marks")
    return [_term(line) for line in table[1].splitlines()[2:]]


def _term(line: str) -> Term:
    english, where, chinese, measures, never = (cell.strip() for cell in line.strip().strip("|").split("|"))
    terms = tuple(word.strip() for word in english.split("/") if word.strip())
    return Term(terms, where, *(tuple(filter(None, cell.split("、"))) for cell in (chinese, measures, never)))


def catalogue() -> Iterator[Entry]:
    """Every sentence with its Chinese."""
    for path in sorted(CATALOGUE.glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale="zh_CN"):
                for chinese in filter(None, _forms(message.string)):
                    if message.id:
                        yield Entry(path.stem, message.context or "", _forms(message.id)[0], chinese)


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def faults(entries: Iterable[Entry], terms: Sequence[Term]) -> list[str]:
    """All that is amiss in words and setting."""
    return [
        f"{entry} ({fault})"
        for entry in entries
        for fault in (*wordings(entry, terms), *placeholders(entry), *settings(entry.chinese))
    ]


def placeholders(entry: Entry) -> Iterator[str]:
    """What stands for a value and is left in English, as PERSON in a command that a hint names."""
    words = re.findall(r"(?<![A-Za-z_{])[A-Z]{2,}(?![A-Za-z_}])", entry.chinese)
    yield from (f"{word} is left in English" for word in words if word in _stand_ins())


@cache
def _stand_ins() -> frozenset[str]:
    """The words that stand for values in help and have Chinese of their own."""
    own = (entry for entry in catalogue() if entry.context == "placeholder")
    return frozenset(entry.english for entry in own if entry.chinese != entry.english)


def wordings(entry: Entry, terms: Sequence[Term]) -> Iterator[str]:
    """The breaches of the glossary."""
    here = list(meant(entry, terms))
    words = {word for term in here for word in term.chinese}
    valid = [*here, *(term for term in terms if not term.where)]
    for term in here:
        yield from (
            f"never {word}"
            for word in term.never
            if word not in words and _has(_without(entry.chinese, word, valid), word)
        )
        if term.chinese and term.named(entry.english) and entry.chinese not in term.chinese:
            yield f"is {' or '.join(term.chinese)}"
        if term.counted(entry.english) and not _measured(entry.chinese, term.measures):
            yield f"is counted in {'、'.join(term.measures)}"


def _has(text: str, word: str) -> bool:
    """Whether a word is in a text; a Latin one as a whole."""
    return bool(re.search(rf"(?<![A-Za-z]){word}(?![A-Za-z])", text))


def _without(chinese: str, word: str, terms: Sequence[Term]) -> str:
    """A text without the terms that hold the word, as 志愿者编号 holds 编号."""
    longer = (other for term in terms for other in term.chinese if word in other and word != other)
    return reduce(lambda text, other: text.replace(other, ""), longer, plain(chinese))


def meant(entry: Entry, terms: Sequence[Term]) -> Iterator[Term]:
    """The rows that hold for a sentence: of a term's rows those of its place, else those of every place."""
    for term in terms:
        if not term.english or (
            term.pattern.search(entry.words) and term.where in _nearest(entry, term, terms)
        ):
            yield term


def _nearest(entry: Entry, term: Term, terms: Sequence[Term]) -> set[str]:
    wheres = {other.where for other in terms if set(other.english) & set(term.english)}
    return wheres & {entry.context} - {""} or wheres & {entry.room} or ({""} if not entry.context else set())


def _measured(chinese: str, measures: Sequence[str]) -> bool:
    return bool(re.search(rf"\{{count\}}(?:多|余)?(?:{'|'.join(measures)})", chinese))


def settings(chinese: str) -> Iterator[str]:
    """The breaches of the rules of setting; a text without a Chinese character has none."""
    if not re.search(f"[{HAN}]", chinese):
        return
    text = PLACE.sub(
        lambda place: WORD if place[1] in LATIN_PLACES else NAME, OPTION.sub(WORD, COMMAND.sub(WORD, chinese))
    )
    for pattern, fault in SETTING.items():
        if found := re.search(pattern, text):
            yield f"{fault}: {found[0]!r}"


if __name__ == "__main__":
    problems = faults(catalogue(), terms())
    print("\n".join(problems), file=sys.stderr)
    sys.exit(bool(problems))
