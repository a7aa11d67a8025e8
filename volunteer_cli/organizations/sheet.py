"""What a sheet of organizations may bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.intake import parsers
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.sheet import NEW, SAME, UPDATED, Field, Importing, Rejected, Row, Sheet, Writer
from volunteer_cli.intake.summary import mask_digits
from volunteer_cli.organizations import rules
from volunteer_cli.organizations.models import Organization
from volunteer_cli.organizations.terms import (
    ALLIANCE_FIELDS,
    ORGANIZATION_KINDS,
    AllianceField,
    OrganizationKind,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

KIND_WORDS = {
    OrganizationKind.DEPARTMENT.value: ("部门", "机关", "政府部门", "行政单位", "事业单位", "机关单位"),
    OrganizationKind.ENTERPRISE.value: ("企业", "公司", "商户", "商家"),
    OrganizationKind.CHARITY.value: ("慈善组织", "公益组织", "社会组织", "慈善机构", "公益机构", "社会团体"),
    OrganizationKind.SCHOOL.value: ("学校", "院校", "幼儿园", "高校"),
    OrganizationKind.PROPERTY.value: ("物业", "物业公司", "property firm"),
    OrganizationKind.COURIER.value: ("快递", "快递公司", "物流", "物流公司"),
    OrganizationKind.OTHER.value: ("其他", "其它"),
}
FIELD_WORDS = {
    AllianceField.APPROVAL.value: ("审批",),
    AllianceField.REGULATION.value: ("监管",),
    AllianceField.ENFORCEMENT.value: ("执法",),
    AllianceField.CREDIT.value: ("信用",),
}
FIELDS = (
    Field(
        "name",
        NC_("organization", "Name"),
        (
            "单位名称",
            "单位",
            "机构名称",
            "组织名称",
            "企业名称",
            "名称",
            "organization",
            "organisation",
            "company",
        ),
        parsers.name,
        required=True,
    ),
    Field(
        "kind",
        N_("Kind"),
        ("单位类型", "类型", "单位性质", "类别", "kind", "type"),
        parsers.choice(KIND_WORDS, ORGANIZATION_KINDS),
    ),
    Field(
        "field",
        N_("Alliance field"),
        ("领域", "联盟领域", "工作领域", "field"),
        parsers.choice(FIELD_WORDS, ALLIANCE_FIELDS),
    ),
    Field(
        "contact",
        N_("Contact"),
        ("联系人", "联络人", "联系人姓名", "contact", "contact person"),
        parsers.name,
    ),
    Field(
        "phone",
        N_("Phone"),
        ("联系电话", "联系方式", "电话", "手机", "联系人电话", "手机号码", "phone", "mobile", "telephone"),
        parsers.phone,
        mask=mask_digits,
    ),
)


class OrganizationWriter(Writer):
    """Adds organizations by name, and fills or changes what is on file of those that are there."""

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        query = select(Organization.name, Organization.id).order_by(Organization.id.desc())
        self._ids: dict[str, int] = dict(session.execute(query).all())
        self._seen: dict[str, int] = {}

    def row(self, number: int, row: Row) -> str:
        """New, updated or the same; raises Rejected."""
        name = row["name"]
        if name in self._seen:
            raise Rejected(None, DuplicateInFile(row=self._seen[name]))
        said = {field.name: row.get(field.name) for field in FIELDS}
        verdict = self._updated(self._ids[name], said) if name in self._ids else self._added(said)
        self._seen[name] = number
        return verdict

    def _added(self, said: Row) -> str:
        rules.add_organization(self.session, said)
        return NEW

    def _updated(self, key: int, said: Row) -> str:
        self.matched += 1
        organization = self.session.get_one(Organization, key)
        stored = {field.name: getattr(organization, field.name) for field in FIELDS}
        changes = self.settled(stored, said)
        if changes:
            rules.edit_organization(self.session, organization, changes)
        return UPDATED if changes else SAME


ORGANIZATIONS = Sheet("organizations", N_("Organizations"), FIELDS, OrganizationWriter)
