"""What other tools read of custom fields: no value said in confidence, and no long number."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, literal, select, union_all

from volunteer_cli.areas import load_models, things
from volunteer_cli.core.models import Base
from volunteer_cli.core.sql_views import SqlView, has_long_number
from volunteer_cli.fields.models import CustomField
from volunteer_cli.fields.queries import as_number, owner_of, table_for
from volunteer_cli.fields.terms import FieldKind, Noun


def _values() -> Any:
    """The values of all nouns, one behind the other."""
    load_models()
    return union_all(*map(_values_of, Noun))


_OF_FIELD = (CustomField.name.label("field"), CustomField.title, CustomField.kind)


def _values_of(noun: str) -> Any:
    thing, values, owner = things()[noun], table_for(noun), owner_of(noun)
    records = Base.metadata.tables[thing.stored_in]
    record = records.c[thing.completed_by[0]].label("record")
    whose = (literal(str(noun)).label("noun"), owner.label("record_id"), record)
    rows = select(*whose, *_OF_FIELD, *_shown(values.value)).join_from(values, records, records.c.id == owner)
    rows = rows.join(CustomField, CustomField.id == values.field_id)
    # A tool that reads the file shows to everybody what it reads: nothing said in confidence is there.
    return rows.where(CustomField.private.is_(False), CustomField.archived_on.is_(None))


def _shown(value: Any) -> tuple[Any, Any]:
    """A value as text, which holds no long number, and as a number where its field is one of numbers."""
    hidden = (CustomField.kind == FieldKind.TEXT) & has_long_number(value)
    number = case((CustomField.kind == FieldKind.NUMBER, as_number(value)), else_=None)
    return case((hidden, "*"), else_=value).label("value"), number.label("number")


SQL_VIEWS = (
    SqlView(
        "field_values",
        "Values of custom fields, a row a value; none of a private field or of one that is out of use.",
        {
            "noun": "Of what: person, organization, team or event.",
            "record_id": "The id of the person or other record.",
            "record": "Its name or title.",
            "field": "The name of the field.",
            "title": "What stands above its column.",
            "kind": "text, number, date, yes-no or choice.",
            "value": "The value as text: a day as 2026-03-05, yes or no; a star for a text with a long number.",
            "number": "The value of a field of numbers as a number.",
        },
        _values,
    ),
)
