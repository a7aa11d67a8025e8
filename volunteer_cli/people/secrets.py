"""What tells who somebody was, and how it is found in what people wrote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import Row, recorder_of
from volunteer_cli.core.numbers import was_issued
from volunteer_cli.core.records import Change
from volunteer_cli.people.identity import distinctive
from volunteer_cli.people.models import FormerPerson, Person
from volunteer_cli.people.terms import NOBODY

#: What people write between the digits of a number.
BETWEEN = r"[\s().,·_/（）．，、\-\u2010-\u2015－]*"
#: Digits as a Chinese keyboard writes them in full width: what people write is kept as they wrote it.
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
#: Shorter numbers may be a part of another one by chance.
LONG = 11
#: A name of so many characters is a name wherever it stands; 高兴 may be a word (大家都很高兴).
CLEAR = 3
#: Neither letter nor character of a word: what a name must stand between that may be a word.
ALONE = r"(?<![^\W\d_]){}(?![^\W\d_])"
#: No letter of an alphabet: Mark is no part of Market, but stands between characters (请Mark来).
SPELT_ALONE = r"(?<![^\W\d_\u2e80-\u9fff\uf900-\uffef]){}(?![^\W\d_\u2e80-\u9fff\uf900-\uffef])"
#: A name of an alphabet, which has capitals.
SPELT = re.compile(r"[^\W\d_\u2e80-\u9fff\uf900-\uffef]")


@dataclass(frozen=True)
class Secrets:
    """What tells who somebody is, and the ids that their records have had.

    Attributes:
        numbers: phones, identity numbers, volunteer numbers of other programs: nobody else's.
        names: names that no other person's name contains.
        shared: names that one does; in remarks they stay, for nobody knows who was meant.
        issued: volunteer numbers of this program, which stay.
        doubtful: whether names that may be words are meant too.
    """

    ids: frozenset[int]
    numbers: frozenset[str]
    names: frozenset[str]
    shared: frozenset[str]
    issued: frozenset[str]
    doubtful: bool = False

    def without(self, text: str) -> str:
        """A text without them; names that may be words stay where they are part of a longer run of characters."""
        for pattern in (*self._numbers, *self._names):
            text = pattern.sub(NOBODY, text)
        return text

    def without_numbers(self, text: str) -> str:
        """A text without the numbers."""
        for pattern in self._numbers:
            text = pattern.sub(NOBODY, text)
        return text

    def names_surely(self, text: str) -> bool:
        """Whether a name stands in a text that is no word there, or may be one and is meant too."""
        return any(pattern.search(text) for pattern in self._names)

    def may_name(self, text: str) -> bool:
        """Whether a name is left in a text that may be a word there."""
        rest = self.without(text)
        return any(re.search(_anywhere(name), rest) for name in self.names)

    def names_others(self, text: str) -> bool:
        """Whether a name stands in a text that somebody else has too, so that it stays."""
        names = (name for name in self.shared if len(name) > 1 and not name.isdigit())
        return any(re.search(_anywhere(name), text) for name in names)

    @cached_property
    def _numbers(self) -> list[re.Pattern[str]]:
        return [re.compile(_spellings(number)) for number in _longest_first(self.numbers)]

    @cached_property
    def _names(self) -> list[re.Pattern[str]]:
        return [re.compile(self._where_named(name)) for name in _longest_first(self.names)]

    def _where_named(self, name: str) -> str:
        if SPELT.search(name):
            return _anywhere(name) if self.doubtful else _spelt(name)
        clear = self.doubtful or len(name) >= CLEAR
        return re.escape(name) if clear else ALONE.format(re.escape(name))

    def in_word(self, word: str) -> bool:
        """Whether a word of a command line is one of them, however it was spelt."""
        squeezed = _squeezed(word)
        names = [_squeezed(name) for name in self.names | self.shared]
        inside = [_squeezed(number) for number in self.numbers]
        inside += [name for name in names if len(name) >= CLEAR and not SPELT.search(name)]
        return any(text in squeezed for text in inside) or any(
            name in (squeezed, squeezed.partition("=")[2]) for name in names
        )

    def containing(
        self, column: ColumnElement[Any], *, names: bool, escaped: bool = False
    ) -> Iterator[ColumnElement[bool]]:
        """What a text may contain that holds one of them: all that does, and little else."""
        for number in self.numbers:
            for signs in (number, number.translate(WIDE)):
                own = (_in_ascii(sign) if escaped else sign for sign in signs if sign.isalnum())
                yield column.like("%{}%".format("%".join(own)), escape="/")
        for name in self.names | self.shared if names else ():
            yield column.icontains(_in_ascii(name) if escaped else name, autoescape=True)


def _in_ascii(text: str) -> str:
    """A text as JSON in ASCII holds it."""
    return text.encode("ascii", "backslashreplace").decode()


def _spelt(name: str) -> str:
    """Finds a name of an alphabet as names are written: with a capital, several words in any way."""
    if len(name.split()) > 1:
        return _anywhere(name)
    forms = dict.fromkeys((name, name.title(), name.upper()))
    return SPELT_ALONE.format(f"(?:{'|'.join(map(re.escape, forms))})")


def _anywhere(name: str) -> str:
    """Finds a name wherever it may stand; of an alphabet in capitals or not, but never as a part of a word."""
    if not SPELT.search(name):
        return re.escape(name)
    words = r"\s+".join(map(re.escape, name.split()))
    return SPELT_ALONE.format(f"(?i:{words})")


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=len, reverse=True)


def _spellings(number: str) -> str:
    """Finds a number however its digits are grouped, with or without the code of the country."""
    if not re.fullmatch(r"\d+[Xx]?", number):
        return f"(?i:{re.escape(number)})"
    signs = BETWEEN.join(f"[{sign}{sign.lower()}{sign.translate(WIDE)}]" for sign in number.upper())
    country = rf"(?:[+＋]?[8８][6６]{BETWEEN})?"
    return f"{country}{signs}" if len(number) >= LONG else rf"(?<!\d){country}{signs}(?!\d)"


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\"'-]", "", unicodedata.normalize("NFKC", text)).casefold()


def secrets_of(session: Session, key: int, *, doubtful: bool = False) -> Secrets:
    """What tells who the person with an id is, or was before the record was taken back."""
    former = session.scalars(select(FormerPerson.former_id).where(FormerPerson.person_id == key))
    ids = frozenset({key, *former})
    values = _values_ever(session, ids)
    names, volunteer_numbers = values.pop("name"), values.pop("volunteer_no")
    # A number that this program issued stays with what it stands on; one from elsewhere tells who it was.
    issued = {text for text in volunteer_numbers if was_issued(session, text)}
    # A namesake's records must not lose their name.
    shared = {name for name in names if _is_shared(session, name, ids)}
    numbers = set[str]().union(volunteer_numbers - issued, *values.values())
    own = frozenset(names - shared)
    return Secrets(ids, frozenset(numbers), own, frozenset(shared), frozenset(issued), doubtful=doubtful)


def _values_ever(session: Session, ids: frozenset[int]) -> dict[str, set[str]]:
    """All that ever stood in the columns that tell who somebody is, by column."""
    values = {name: set[str]() for name in (*distinctive(), "name", "volunteer_no")}
    for row in _rows_ever(session, ids):
        for name, texts in values.items():
            if row.get(name) not in (None, NOBODY):
                texts.add(row[name])
    return values


def _rows_ever(session: Session, ids: Iterable[int]) -> Iterator[Row]:
    """What the records hold, and what the history says that they once held."""
    for person in session.scalars(select(Person).where(Person.id.in_(ids))):
        yield {column.name: getattr(person, column.name) for column in Person.__table__.columns}
    for change in changes_of(session, Person.__tablename__, ids):
        yield change.before or {}
        yield change.after or {}
    for before, after in recorder_of(session).updated.get(Person.__tablename__, {}).values():
        yield before
        yield after


def changes_of(session: Session, table: str, keys: Iterable[int]) -> Iterator[Change]:
    """The changes of some rows of a table; a range of rows once for each of them."""
    for key in keys:
        covers = (Change.table_name == table) & (Change.first_key <= key) & (Change.last_key >= key)
        yield from session.scalars(select(Change).where(covers))


def _is_shared(session: Session, name: str, ids: Iterable[int]) -> bool:
    """Whether a name cannot be told from other words: too short, a number, or part of another's name."""
    if len(name) < 2 or name.isdigit():
        return True
    others = select(Person.id).where(Person.name.contains(name, autoescape=True), Person.id.not_in(list(ids)))
    return session.scalar(others.limit(1)) is not None
