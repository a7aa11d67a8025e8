"""What must always hold of custom fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.records import Change
from volunteer_cli.fields import queries
from volunteer_cli.fields.models import CustomField
from volunteer_cli.fields.values import value_of


def _readable(session: Session) -> Iterator[Finding]:
    """Values that their kind cannot read."""
    for field in queries.fields_of(session, archived=None):
        owner = queries.owner_of(field.noun)
        # Written by commands they are read first; this finds what came by SQL, or by a change of kind undone.
        query = select(owner, queries.stored_text(field.noun))
        for key, text in session.execute(query.where(queries.table_for(field.noun).field_id == field.id)):
            if not _is_value(field, text):
                problem = _("has a value in the field {field} that is none of its kind")
                yield Finding(f"{field.noun}:{key}", problem.format(field=field.title))


def _is_value(field: CustomField, text: str | None) -> bool:
    try:
        value_of(field, text or "")
    except (ValueError, KeyError):
        return False
    return bool(text)


def _archived(session: Session) -> Iterator[Finding]:
    """Values that came into a field after it was taken out of use; those of before stay on record."""
    for field in queries.fields_of(session, archived=True):
        since = _archived_by(session, field)
        # Where the history does not know when that was, nobody can tell which came first.
        if since is not None:
            problem = _("was given a value in the field {field}, which is out of use")
            for owner_id in _owners_since(session, field, since):
                yield Finding(f"{field.noun}:{owner_id}", problem.format(field=field.title))


def _owners_since(session: Session, field: CustomField, operation: int) -> Iterator[int]:
    """Whose values in a field were written after an operation."""
    table, owner = queries.table_for(field.noun), queries.owner_of(field.noun)
    query = select(table.id, owner).where(table.field_id == field.id)
    for key, owner_id in session.execute(query):
        if _inserted_by(session, table.__tablename__, key) > operation:
            yield owner_id


def _archived_by(session: Session, field: CustomField) -> int | None:
    """The operation that took a field out of use, as far as the history knows it."""
    touched = _of_row(CustomField.__tablename__, field.id, "update")
    query = select(Change.operation_id, Change.after).where(*touched).order_by(Change.operation_id.desc())
    return next((number for number, after in session.execute(query) if "archived_on" in (after or {})), None)


def _inserted_by(session: Session, table: str, key: int) -> int:
    """The operation that wrote a row; 0 where the history does not know it."""
    query = select(func.max(Change.operation_id)).where(*_of_row(table, key, "insert"))
    return session.scalar(query) or 0


def _of_row(table: str, key: int, kind: str) -> tuple[Any, ...]:
    # A change tells of a span of keys: rows that one import wrote have one line in the history.
    return Change.table_name == table, Change.kind == kind, Change.first_key <= key, Change.last_key >= key


CHECKS = (
    Check("field-values", N_("Values of custom fields are of the kind of their field"), _readable),
    Check("fields-in-use", N_("No custom field gets values once it is out of use"), _archived),
)
