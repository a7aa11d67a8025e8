"""What custom field a column could be that nobody knows: its kind by its values, and the command that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from volunteer_cli.areas import things
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.fields import Field, Typed
from volunteer_cli.core.masking import is_long_number
from volunteer_cli.fields.terms import FieldKind, Noun
from volunteer_cli.fields.values import READERS

#: A column of no more different words than this, each of them often, is one of choices.
MOST_CHOICES, OFTEN = 8, 3
#: Characters; a remark that many rows share (a sentence of a form) is longer.
LONGEST_CHOICE = 20


class Proposal(NamedTuple):
    """A field that a column could be."""

    noun: str
    heading: str
    kind: FieldKind
    choices: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The command line that makes the field."""
        choices = [word for choice in self.choices for word in ("--choice", choice)]
        return ["field", "add", self.noun, self.heading, "--kind", self.kind.value, *choices]


def noun_of(sheet: str) -> str | None:
    """The noun whose custom fields a kind of sheet can bring; None where it brings none."""
    return next((noun for noun in Noun if things()[noun].sheet == sheet), None)


def proposal(noun: str, heading: str, texts: Sequence[str]) -> Proposal:
    """The field that a column with these cells could be; what may be anybody's number is text."""
    if kind := _kind_of(texts):
        return Proposal(noun, heading, kind)
    words = tuple(dict.fromkeys(texts))
    if words and _are_choices(words, len(texts)):
        return Proposal(noun, heading, FieldKind.CHOICE, words)
    return Proposal(noun, heading, FieldKind.TEXT)


def _kind_of(texts: Sequence[str]) -> FieldKind | None:
    """The first kind that reads every cell; yes and no before numbers, for 1 and 0 are more often those."""
    for kind in (FieldKind.YES_NO, FieldKind.NUMBER, FieldKind.DATE):
        if texts and all(_is_read(kind, text) for text in texts):
            return kind
    return None


def _are_choices(words: Sequence[str], cells: int) -> bool:
    """Whether so few and short words in so many cells were chosen rather than written."""
    few = len(words) <= MOST_CHOICES and cells >= OFTEN * len(words)
    return few and max(map(len, words)) <= LONGEST_CHOICE


def _is_read(kind: FieldKind, text: str) -> bool:
    # Cards and accounts: as numbers they would lose their zeros, and be printed unmasked.
    if is_long_number(text):
        return False
    try:
        READERS[kind](text, Typed(Field("value", ""), date(2000, 1, 1), ""))
    except VolunteerError:
        return False
    return True
