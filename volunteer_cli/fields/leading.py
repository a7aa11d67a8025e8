"""Which command follows when a field was made: one that gives a value."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from volunteer_cli.fields.models import CustomField
from volunteer_cli.fields.terms import FieldKind


def after_adding(_session: Session, field: CustomField) -> str:
    """A record is given a value that the field takes, for an example."""
    value = f"{field.name}={EXAMPLES[FieldKind(field.kind)](field)}".replace("'", "'\\''")
    spaced = f"'{value}'" if " " in value or "'" in value else value
    return f"{field.noun} edit {field.noun.upper()} --set {spaced}"


def _first_choice(field: CustomField) -> str:
    return (field.choices or "").split("\n")[0]


EXAMPLES: dict[FieldKind, Callable[[CustomField], str]] = {
    FieldKind.TEXT: lambda _field: "TEXT",
    FieldKind.NUMBER: lambda _field: "12",
    FieldKind.DATE: lambda _field: "today",
    FieldKind.YES_NO: lambda _field: "yes",
    FieldKind.CHOICE: _first_choice,
}
