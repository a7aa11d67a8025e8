"""What a sheet may bring into custom fields: a column that is called as a field is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from volunteer_cli.core.privacy import hidden
from volunteer_cli.fields.queries import fields_of
from volunteer_cli.fields.rules import Values, give_values, stored_values
from volunteer_cli.fields.values import declared
from volunteer_cli.intake.declared import brought
from volunteer_cli.intake.sheet import Field, Options, Row, Writer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.fields.models import CustomField


class Numbered(Protocol):
    """A record of a sheet, which has an id once it is written."""

    @property
    def id(self) -> int | None:
        """The id."""


def stored_fields(noun: str) -> Callable[[Session, Options], Iterator[Field]]:
    """What a sheet takes its columns of custom fields from."""
    return partial(_fields, noun)


def _fields(noun: str, session: Session, _options: Options) -> Iterator[Field]:
    return map(_brought, fields_of(session, noun))


def _brought(field: CustomField) -> Field:
    own = brought(declared(field))
    return replace(own, mask=hidden) if field.private else own


class OwnColumns:
    """The columns of custom fields, for the writer of a sheet: read from its rows, compared and written."""

    def __init__(self, session: Session, noun: str) -> None:
        self.session, self.noun = session, noun
        defined = fields_of(session, noun)
        self.fields = tuple(map(_brought, defined))
        self._ids = {field.name: field.id for field in defined}
        self._stored: dict[int, dict[int, Any]] = {}
        self._given: list[tuple[Numbered, Values]] = []

    def load(self, keys: Sequence[int]) -> None:
        """Know what is on file of records that rows may mean."""
        self._stored = stored_values(self.session, self.noun, keys) if self._ids else {}

    def of(self, row: Row) -> dict[str, Any]:
        """What a row brings, by the name of the field."""
        return {name: row[name] for name in self._ids if row.get(name) is not None}

    def _stored_of(self, key: int) -> dict[str, Any]:
        """What is on file of a record, by the name of the field."""
        values = self._stored.get(key, {})
        return {name: values.get(field_id) for name, field_id in self._ids.items()}

    def changes(self, writer: Writer, key: int, row: Row) -> Row:
        """What of a row is to be written over what one record has; raises Rejected."""
        values = self.of(row)
        # A row that meets somebody whom an earlier row of the file brought was not among those loaded.
        if values and key not in self._stored:
            self.load([key])
        return writer.settled(self._stored_of(key), values)

    def give(self, record: Numbered, values: Mapping[str, Any]) -> None:
        """Note what a record is to have; it may get its id later."""
        if values:
            self._given.append((record, {self._ids[name]: value for name, value in values.items()}))

    def write(self) -> None:
        """Write what was noted."""
        rows = {record.id: values for record, values in self._given if record.id is not None}
        give_values(self.session, self.noun, rows)
        self._given = []
