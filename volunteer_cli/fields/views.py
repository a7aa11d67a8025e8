"""How custom fields are shown, and the columns that they add to the view of a noun."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.worded import Worded
from volunteer_cli.fields import queries
from volunteer_cli.fields.models import CustomField
from volunteer_cli.fields.rules import stored_values
from volunteer_cli.fields.terms import FIELD_KINDS, FIELD_STATUSES, NOUNS
from volunteer_cli.fields.values import choices_of, declared, shown_value
from volunteer_cli.output.view import Column, Kind, View

#: The column of a noun's view that holds all values by field, for formats of objects.
WHOLE = Column("fields", N_("Custom fields"), Kind.JSON, value=lambda _record: {}, table=False, whole=True)


def _counts(session: Any, fields: Sequence[CustomField]) -> Mapping[int, int]:
    return queries.counts(session, fields)


def _choices(field: CustomField) -> list[Worded]:
    """The choices in the words of the office, whatever these mean in a language."""
    return [Worded(choice, choice) for choice in choices_of(field)]


FIELDS = View(
    "fields",
    N_("Custom fields"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("noun", N_("Of"), Kind.CHOICE, choices=NOUNS),
        Column("name", N_("Field name"), Kind.CODE),
        Column("title", NC_("field", "Title")),
        Column("kind", N_("Kind"), Kind.CHOICE, choices=FIELD_KINDS),
        Column("choices", N_("Choices"), Kind.LIST, value=_choices, default=()),
        Column("private", N_("Private"), Kind.FLAG),
        Column("values", N_("Values"), Kind.COUNT, load=_counts, default=0),
        Column(
            "status",
            N_("Status"),
            Kind.CHOICE,
            value=lambda field: "archived" if field.archived_on else "active",
            choices=FIELD_STATUSES,
            table=False,
        ),
    ),
)


def stored_columns(noun: str) -> Callable[[Any], Sequence[Column]]:
    """What a view takes its columns of custom fields from."""
    return partial(_columns, noun)


def _columns(noun: str, session: Any) -> list[Column]:
    """The object of all values, and a column for each field in use."""
    fields = queries.fields_of(session, noun)
    if not fields:
        return []
    parts = [_column(noun, field) for field in fields]
    return [_whole(noun, fields, parts), *parts]


def _whole(noun: str, fields: Sequence[CustomField], parts: Sequence[Column]) -> Column:
    """The object of all values, whose parts are hidden where the field is."""
    # Within the object the values are there already.
    within = tuple(Column(part.name, part.title, part.kind, hidden=part.hidden) for part in parts)
    load = partial(_objects, noun, fields)
    view = View("fields", WHOLE.title, within, "")
    return Column(WHOLE.name, WHOLE.title, Kind.JSON, load=load, table=False, whole=True, view=view)


def _column(noun: str, field: CustomField) -> Column:
    declaration = declared(field)
    return Column(
        declaration.name,
        declaration.title,
        declaration.kind,
        load=partial(_values, noun, field),
        table=False,
        part=True,
        hidden=field.private,
        choices=declaration.choices,
    )


def _values(noun: str, field: CustomField, session: Any, records: Sequence[Any]) -> dict[int, Any]:
    texts = queries.texts_of(session, noun, field.id, (record.id for record in records))
    return {key: shown_value(field, text) for key, text in texts.items()}


def _objects(
    noun: str, fields: Sequence[CustomField], session: Any, records: Sequence[Any]
) -> dict[int, dict[str, Any]]:
    keys = [record.id for record in records]
    values = stored_values(session, noun, keys)
    return {key: {field.name: values[key].get(field.id) for field in fields} for key in keys}
