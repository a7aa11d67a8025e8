"""The words of an organization."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_


class OrganizationKind(StrEnum):
    """What an organization is."""

    DEPARTMENT = "department"
    ENTERPRISE = "enterprise"
    CHARITY = "charity"
    SCHOOL = "school"
    PROPERTY = "property"
    COURIER = "courier"
    OTHER = "other"


class AllianceField(StrEnum):
    """The field of a department in the alliance of approval, regulation, enforcement and credit."""

    APPROVAL = "approval"
    REGULATION = "regulation"
    ENFORCEMENT = "enforcement"
    CREDIT = "credit"


ORGANIZATION_KINDS: dict[str, str] = {
    OrganizationKind.DEPARTMENT: N_("department"),
    OrganizationKind.ENTERPRISE: N_("enterprise"),
    OrganizationKind.CHARITY: N_("charity"),
    OrganizationKind.SCHOOL: N_("school"),
    OrganizationKind.PROPERTY: N_("property firm"),
    OrganizationKind.COURIER: N_("courier"),
    OrganizationKind.OTHER: N_("other"),
}
ALLIANCE_FIELDS: dict[str, str] = {
    AllianceField.APPROVAL: N_("approval"),
    AllianceField.REGULATION: N_("regulation"),
    AllianceField.ENFORCEMENT: N_("enforcement"),
    AllianceField.CREDIT: N_("credit"),
}
ORGANIZATION_STATUSES = {"active": N_("active"), "archived": N_("archived")}
