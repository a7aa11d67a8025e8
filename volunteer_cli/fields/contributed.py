"""What custom fields add to others: reports are broken down by them, and options are completed with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from volunteer_cli.completion import held, names
from volunteer_cli.core.exports import EXPORTED
from volunteer_cli.core.i18n import N_
from volunteer_cli.fields.terms import ANSWERS, FieldKind
from volunteer_cli.reporting.declaration import Group, Row, group

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

#: Of few values, which are drawn as parts of one whole.
PARTED = frozenset({FieldKind.YES_NO, FieldKind.CHOICE})


def stored_groups(noun: str) -> Callable[[Session], Iterator[Group]]:
    """What a report takes the fields from that it can be broken down by; none that is said in confidence."""
    return partial(_groups, noun)


def _groups(noun: str, session: Session) -> Iterator[Group]:
    from volunteer_cli.fields.values import declared

    for field in _shown(session, noun):
        declaration = declared(field)
        yield group(
            field.name,
            declaration.title,
            N_("The value of the custom field."),
            kind=declaration.kind,
            choices=declaration.choices,
            blank=N_("not filled in"),
            parts=field.kind in PARTED,
        )


def _shown(session: Session, noun: str) -> list[Any]:
    from volunteer_cli.fields.queries import fields_of

    # An export leaves the office: what one office defined for itself has no meaning, and no check, elsewhere.
    if EXPORTED in session.info:
        return []
    return [field for field in fields_of(session, noun) if not field.private]


def grouped_by(
    session: Session, noun: str, names: Iterable[str], key: Any
) -> Mapping[str, ColumnElement[Any]]:
    """The values of the custom fields among some names, in a query that has the record's id as `key`."""
    from volunteer_cli.fields.queries import value_column

    wanted = set(names)
    return {
        field.name: value_column(noun, field, key)
        for field in (_shown(session, noun) if wanted else ())
        if field.name in wanted
    }


def with_values(session: Session, noun: str, names: Iterable[str], rows: list[Row]) -> list[Row]:
    """Rows that hold stored texts of custom fields, with the values that these are."""
    from volunteer_cli.fields.values import shown_value

    wanted = set(names)
    fields = [field for field in _shown(session, noun) if field.name in wanted] if wanted else []
    # Numbers were read by the query: 1.8 and 1.80 are one row.
    fields = [field for field in fields if field.kind != FieldKind.NUMBER]
    return [row | {each.name: shown_value(each, row[each.name]) for each in fields} for row in rows]


def completed(typed: str) -> list[str]:
    """The names of fields that begin as typed, each before its sign; behind it the values to choose from."""
    # In two steps, as shells complete words: first the field with its sign, then what may follow.
    name, sign, value = typed.partition("=")
    if not sign:
        return [f"{each}=" for each in names("custom_field", "name", name)]
    choices = [
        choice for text in held("custom_field", "choices", "name", name) for choice in text.splitlines()
    ]
    if FieldKind.YES_NO in held("custom_field", "kind", "name", name):
        choices += ANSWERS.values()
    return [f"{name}={choice}" for choice in choices if choice.startswith(value)]
