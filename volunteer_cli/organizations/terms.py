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


# The four fields of an alliance of departments (审批、监管、执法、信用): who approves also answers for what follows.
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
#: What else sheets write for them.
ORGANIZATION_KIND_WORDS: dict[str, tuple[str, ...]] = {
    OrganizationKind.DEPARTMENT: ("部门", "机关", "政府部门", "行政单位", "事业单位", "机关单位"),
    OrganizationKind.ENTERPRISE: ("企业", "公司", "商户", "商家"),
    OrganizationKind.CHARITY: ("慈善组织", "公益组织", "社会组织", "慈善机构", "公益机构", "社会团体"),
    OrganizationKind.SCHOOL: ("学校", "院校", "幼儿园", "高校"),
    OrganizationKind.PROPERTY: ("物业", "物业公司"),
    OrganizationKind.COURIER: ("快递", "快递公司", "物流", "物流公司"),
    OrganizationKind.OTHER: ("其他", "其它"),
}
ALLIANCE_FIELD_WORDS: dict[str, tuple[str, ...]] = {
    AllianceField.APPROVAL: ("审批",),
    AllianceField.REGULATION: ("监管",),
    AllianceField.ENFORCEMENT: ("执法",),
    AllianceField.CREDIT: ("信用",),
}
#: An organisation that no longer takes part stays, for its gifts and its seats in an alliance name it.
ORGANIZATION_STATUSES = {"active": N_("active"), "archived": N_("archived")}
