"""What a sheet of organizations may bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from volunteer_cli.core.fields import Field as Declared
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.text import name_key
from volunteer_cli.fields.sheet import OwnColumns, stored_fields
from volunteer_cli.fields.terms import Noun
from volunteer_cli.intake import parsers
from volunteer_cli.intake.declared import brought
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.sheet import NEW, SAME, UPDATED, Field, Importing, Rejected, Row, Sheet, Writer
from volunteer_cli.organizations import fields, rules
from volunteer_cli.organizations.models import Organization

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _brought(field: Declared) -> Field:
    """A field of an organization; whom to call often stands in one cell with the number."""
    return brought(field, phone=fields.PHONE.name if field == fields.CONTACT else "")


FIELDS = (brought(fields.NAME, parsers.body, required=True), *map(_brought, fields.DETAILS))


class OrganizationWriter(Writer):
    """Adds organizations by name, and fills or changes what is on file of those that are there."""

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        query = select(Organization.name_key, Organization.id).order_by(Organization.id.desc())
        self._ids: dict[str, int] = dict(session.execute(query).all())
        self._seen: dict[str, int] = {}
        self.own = OwnColumns(session, Noun.ORGANIZATION)
        self.fields = (*FIELDS, *self.own.fields)

    def row(self, number: int, row: Row) -> str:
        """New, updated or the same; raises Rejected."""
        name = name_key(row["name"])
        if name in self._seen:
            raise Rejected(None, DuplicateInFile(row=self._seen[name]))
        values = {field.name: row.get(field.name) for field in FIELDS}
        verdict = (
            self._updated(self._ids[name], values, row) if name in self._ids else self._added(values, row)
        )
        self._seen[name] = number
        return verdict

    def _added(self, values: Row, row: Row) -> str:
        self.own.give(rules.add_organization(self.session, values), self.own.of(row))
        return NEW

    def _updated(self, key: int, values: Row, row: Row) -> str:
        self.matched += 1
        organization = self.session.get_one(Organization, key)
        stored = {field.name: getattr(organization, field.name) for field in FIELDS}
        changes = self.settled(stored, values)
        own = self.own.changes(self, key, row)
        if changes:
            rules.edit_organization(self.session, organization, changes)
        self.own.give(organization, own)
        return UPDATED if changes or own else SAME

    def finish(self) -> None:
        """Write what the rows brought into custom fields."""
        self.own.write()


ORGANIZATIONS = Sheet(
    "organizations",
    N_("Organizations"),
    FIELDS,
    OrganizationWriter,
    stored=stored_fields(Noun.ORGANIZATION),
)
