"""What is asked of custom fields and of their values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Float, cast, func, select
from sqlalchemy.orm import Session

from volunteer_cli.areas import things
from volunteer_cli.core.database import chunks
from volunteer_cli.core.errors import NotFound
from volunteer_cli.core.i18n import N_, _, quoted_alternatives
from volunteer_cli.core.lookup import Reference, ambiguous, matches, missing, names_of
from volunteer_cli.core.text import did_you_mean, name_key
from volunteer_cli.fields.models import CustomField
from volunteer_cli.fields.terms import NOUNS, FieldKind


class NoSuchField(NotFound):
    """There is no custom field '{text}' of {noun}"""

    hint = N_("Define it: volunteer field add {kind} {text} --kind text; see: volunteer field list {kind}")


FIELD = Reference(N_("field"), CustomField, "volunteer field list", codes=("name",), name="title", folds=True)


def find_field(session: Session, text: str, noun: str | None = None, *, changing: bool = True) -> CustomField:
    """The field that an id, a name or a title means, of one noun or of any.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    alike = matches(session, FIELD, text, changing=changing)
    fields = [field for field in alike if noun in (None, field.noun)]
    # A name says more than a title that begins so.
    key = _key_of(text)
    fields = [field for field in fields if key in (_key_of(field.name), str(field.id))] or fields
    if len(fields) == 1:
        return fields[0]
    if fields:
        raise ambiguous(FIELD, text, fields)
    raise missing(session, FIELD, text)


def field_called(session: Session, noun: str, text: str) -> CustomField:
    """The field of a noun with this name, title or id, as a value is given for it; archived ones too.

    Raises:
        NoSuchField: there is none.
    """
    for field in fields_of(session, noun, archived=None):
        if is_called(field, text):
            return field
    raise _no_such_field(session, noun, text.strip())


def is_called(field: CustomField, text: str) -> bool:
    """Whether a text is the name, the title or the id of a field."""
    return _key_of(text) in (_key_of(field.name), _key_of(field.title), str(field.id))


def _key_of(text: str) -> str:
    return name_key(text.strip()).casefold()


def _no_such_field(session: Session, noun: str, text: str) -> NoSuchField:
    """The error for a field that is not there, with names that look like what was typed."""
    near = did_you_mean(
        text, [name for field in fields_of(session, noun) for name in (field.name, field.title)]
    )
    hint = {"hint": _("Did you mean {near}?").format(near=quoted_alternatives(near))}
    return NoSuchField(text=text, kind=noun, noun=_(NOUNS[noun]), **(hint if near else {}))


def fields_of(
    session: Session, noun: str | None = None, *, archived: bool | None = False
) -> list[CustomField]:
    """The fields of a noun, or of all, in the order of their making: those in use, the archived ones, or with None both."""
    query = select(CustomField).order_by(CustomField.noun, CustomField.id)
    if noun is not None:
        query = query.where(CustomField.noun == noun)
    if archived is not None:
        query = query.where(CustomField.archived_on.is_not(None) == archived)
    return list(session.scalars(query))


field_names = partial(names_of, reference=FIELD)


# --- values ------------------------------------------------------------


def table_for(noun: str) -> Any:
    """Where the values of a noun's fields stand."""
    place = things()[noun].values
    assert place is not None  # noqa: S101 - only nouns with values have fields
    return place.load()


def owner_of(noun: str) -> Any:
    """The column that says whose a value is."""
    return getattr(table_for(noun), f"{noun}_id")


def stored_text(noun: str) -> Any:
    """The stored text of a value, be the field private or not."""
    table = table_for(noun)
    return func.coalesce(table.value, table.confidence)


def texts_of(session: Session, noun: str, field_id: int, ids: Iterable[int]) -> dict[int, str]:
    """The stored texts of one field by the id of the record."""
    table, owner = table_for(noun), owner_of(noun)
    # As text of whichever kind: one column serves all of them, and `--kind` may change without moving rows.
    query = select(owner, stored_text(noun)).where(table.field_id == field_id)
    return {key: text for part in chunks(ids) for key, text in session.execute(query.where(owner.in_(part)))}


def rows_of(session: Session, noun: str, ids: Iterable[int]) -> Iterator[Any]:
    """The values of records, with all columns of their rows."""
    owner = owner_of(noun)
    for part in chunks(ids):
        yield from session.execute(select(*table_for(noun).__table__.columns).where(owner.in_(part)))


def values_standing(session: Session, field: CustomField) -> Sequence[Any]:
    """The ids and stored texts of all values of a field."""
    table = table_for(field.noun)
    query = select(table.id, stored_text(field.noun)).where(table.field_id == field.id)
    return session.execute(query.order_by(table.id)).all()


def counts(session: Session, fields: Iterable[CustomField]) -> dict[int, int]:
    """How many records have a value, by field."""
    counted: dict[int, int] = {}
    for noun in sorted({field.noun for field in fields}):
        table = table_for(noun)
        counted |= dict(session.execute(select(table.field_id, func.count()).group_by(table.field_id)).all())
    return counted


def value_column(noun: str, field: CustomField, key: Any) -> ColumnElement[Any]:
    """The stored text of a field, or its number, in a query that has the record's id as `key`."""
    table, owner = table_for(noun), owner_of(noun)
    # `value` alone: what was said in confidence is in the other column, and is grouped by in no report.
    value = as_number(table.value) if field.kind == FieldKind.NUMBER else table.value
    column: ColumnElement[Any] = (
        select(value).where(table.field_id == field.id, owner == key).scalar_subquery()
    )
    return column


def as_number(text: Any) -> ColumnElement[float]:
    """The number that a stored text is: 1,200.50 as 1200.5."""
    return cast(func.replace(text, ",", ""), Float)
