"""From what people write in a custom field to its value, and to the text that is stored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from volunteer_cli.core.choices import bare
from volunteer_cli.core.errors import BadChoice, VolunteerError
from volunteer_cli.core.fields import Field, Place, Reader, day, line
from volunteer_cli.core.i18n import N_, _, listed, literal
from volunteer_cli.core.kinds import Kind
from volunteer_cli.core.text import clean
from volunteer_cli.core.written import Written, written_number
from volunteer_cli.fields.terms import ANSWERS, NO, YES, FieldKind

#: Characters that are kept of a text.
MOST = 500
SHOWN_AS: dict[str, Kind] = {
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.DATE: Kind.DATE,
    FieldKind.YES_NO: Kind.FLAG,
    FieldKind.CHOICE: Kind.CHOICE,
}


class NoYesNo(BadChoice):
    """'{value}' is neither yes nor no, which is what {field} takes"""

    hint = N_("Write yes or no, or a tick or a cross: √ or ×.")


class NoChoice(BadChoice):
    """'{value}' is no choice of {field}; there are: {choices}"""

    hint = N_("Another choice: volunteer field edit {field} --add-choice '{value}'")


class Defined(Protocol):
    """What a custom field says of its values, be it stored or about to be."""

    @property
    def name(self) -> str:
        """By which it is typed, and found in JSON."""

    @property
    def title(self) -> str:
        """Above its column."""

    @property
    def kind(self) -> str:
        """What its values are."""

    @property
    def choices(self) -> str | None:
        """One choice a line."""


def declared(field: Defined) -> Field:
    """The field as commands, sheets and views take it."""
    titles = {choice: literal(choice) for choice in choices_of(field)}
    return Field(
        field.name,
        literal(field.title),
        reader_of(field),
        SHOWN_AS[field.kind],
        headings=(field.title, field.name),
        choices=titles or None,
        most=MOST if field.kind == FieldKind.TEXT else 0,
    )


def choices_of(field: Defined) -> list[str]:
    """The choices in their order."""
    return (field.choices or "").splitlines()


def reader_of(field: Defined) -> Reader:
    """What reads a text of people in a field of this kind."""
    if field.kind == FieldKind.CHOICE:
        return _choice_reader(field)
    return READERS[field.kind]


def _number(text: str, _place: Place) -> Written:
    return written_number(text)


def _yes_no(text: str, place: Place) -> bool:
    word = clean(text).lower()
    if word not in YES | NO:
        raise NoYesNo(value=text, field=_(place.field.title))
    return word in YES


def _choice_reader(field: Defined) -> Reader:
    # Reversed, so that of two choices that differ in punctuation alone the first one wins.
    by_word = {bare(choice): choice for choice in reversed(choices_of(field))}

    def read(text: str, _place: Place) -> str:
        word = clean(text)
        if word in choices_of(field):
            return word
        if (choice := by_word.get(bare(word))) is None or not bare(word):
            raise NoChoice(value=text, field=field.name, choices=listed(choices_of(field)))
        return choice

    return read


READERS: dict[str, Callable[[str, Place], Any]] = {
    FieldKind.TEXT: line,
    FieldKind.NUMBER: _number,
    FieldKind.DATE: day,
    FieldKind.YES_NO: _yes_no,
}


# --- as it is stored ------------------------------------------------------------


def stored(value: Any) -> str:
    """A value as the text that is stored."""
    if isinstance(value, bool):
        return ANSWERS[value]
    if isinstance(value, date):
        return value.isoformat()
    # A number as it was written: 1.80 m stays 1.80, which as a float would be 1.8.
    return str(getattr(value, "written", value))


def value_of(field: Defined, text: str) -> Any:
    """The value that a stored text is.

    Raises:
        ValueError: the kind of the field cannot read it.
    """
    if field.kind == FieldKind.NUMBER:
        return _number_of(text)
    if field.kind == FieldKind.DATE:
        return date.fromisoformat(text)
    if field.kind == FieldKind.YES_NO:
        return {word: answer for answer, word in ANSWERS.items()}[text]
    if field.kind == FieldKind.CHOICE and text not in choices_of(field):
        raise ValueError(text)
    return text


def _number_of(text: str) -> Written:
    try:
        return written_number(text)
    except VolunteerError:
        raise ValueError(text) from None


def shown_value(field: Defined, text: str | None) -> Any:
    """The value of a stored text; of one that is none of its kind, which `check` finds, nothing."""
    try:
        return None if text is None else value_of(field, text)
    except (ValueError, KeyError):
        return None
