"""What a sheet of the units of an alliance may bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.alliances.queries.alliances import the_alliance
from volunteer_cli.alliances.rules import alliances as rules
from volunteer_cli.alliances.sheet.units import OrganizationRegister
from volunteer_cli.alliances.terms import UNIT_ROLE_WORDS, UNIT_ROLES, UnitRole
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.intake import parsers
from volunteer_cli.intake.declared import brought
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.sheet import NEW, SAME, UPDATED, Field, Importing, Rejected, Row, Writer
from volunteer_cli.organizations import fields as organization_fields
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.rules import edit_organization
from volunteer_cli.organizations.terms import OrganizationKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

UNIT_FIELDS = (
    Field(
        "organization",
        N_("Organization"),
        ("单位名称", "成员单位", "联盟成员", "单位", "部门", "organization", "unit"),
        parsers.text,
        required=True,
    ),
    Field("role", N_("Role"), ("角色", "职责", "role"), parsers.Choice(UNIT_ROLE_WORDS, UNIT_ROLES)),
    brought(organization_fields.FIELD),
    Field(
        "since",
        NC_("alliance", "Since"),
        ("加入时间", "加入日期", "since"),
        parsers.since,
        rough=parsers.is_month,
    ),
)


class UnitWriter(Writer):
    """Takes organizations into an alliance."""

    fields = UNIT_FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.alliance = the_alliance(session, importing.options.own["alliance"])
        self.register = OrganizationRegister(session, importing)
        self._seen: dict[int, int] = {}

    def row(self, number: int, row: Row) -> str:
        """New, updated or the same; raises Rejected."""
        unit = self.register.find("organization", row["organization"], OrganizationKind.DEPARTMENT)
        if earlier := self._seen.get(unit.id):
            raise Rejected(None, DuplicateInFile(row=earlier))
        # Settled before it joins: a conflict rejects the whole row, and half a row must not be kept.
        changes = self.settled({"field": unit.field}, {"field": row.get("field")})
        joined = self._join(unit, row)
        self._edit(unit, changes)
        self._seen[unit.id] = number
        if joined:
            return NEW
        self.matched += 1
        return UPDATED if changes else SAME

    def _join(self, unit: Organization, row: Row) -> bool:
        role, since = UnitRole(row.get("role") or UnitRole.MEMBER), row.get("since") or self.importing.today
        return rules.join(self.session, self.alliance, unit, role=role, on=since)

    def _edit(self, unit: Organization, changes: Row) -> None:
        if changes:
            edit_organization(self.session, unit, changes)

    def finish(self) -> None:
        """Tell which organizations were added."""
        self.remarks += self.register.remarks()
