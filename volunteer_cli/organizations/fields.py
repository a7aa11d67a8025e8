"""The fields of an organization: each declared once, and all that commands, sheets and views have of it."""

from __future__ import annotations

from volunteer_cli.core.fields import Field, choice, email, name, phone, title
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.kinds import Kind
from volunteer_cli.organizations.terms import (
    ALLIANCE_FIELD_WORDS,
    ALLIANCE_FIELDS,
    ORGANIZATION_KIND_WORDS,
    ORGANIZATION_KINDS,
)

NAME = Field(
    "name",
    NC_("organization", "Name"),
    title,
    help=N_("A new name"),
    metavar="NAME",
    needed=True,
    listed=True,
    headings=(
        "单位名称", "单位", "机构名称", "组织名称", "企业名称", "名称", "单位全称", "机构全称", "企业全称", "公司名称", "商户名称", "商家名称", "店铺名称",
        "organization", "organisation", "company", "organization name", "organisation name", "company name", "name",
    ),
)  # fmt: skip
KIND = Field(
    "kind",
    N_("Kind"),
    choice(ORGANIZATION_KINDS, ORGANIZATION_KIND_WORDS),
    Kind.CHOICE,
    help=N_("department, enterprise, charity, school, property, courier or other"),
    metavar="KIND",
    listed=True,
    choices=ORGANIZATION_KINDS,
    headings=(
        "单位类型",
        "类型",
        "单位性质",
        "单位类别",
        "机构类型",
        "机构性质",
        "企业性质",
        "类别",
        "kind",
        "type",
    ),
    most=200,
)
#: The four fields of an alliance of departments (审管执信): approval, regulation, enforcement, credit.
FIELD = Field(
    "field",
    N_("Alliance field"),
    choice(ALLIANCE_FIELDS, ALLIANCE_FIELD_WORDS),
    Kind.CHOICE,
    help=N_("approval, regulation, enforcement or credit"),
    metavar="FIELD",
    listed=True,
    at_home=True,
    choices=ALLIANCE_FIELDS,
    headings=("领域", "联盟领域", "工作领域", "field"),
)
#: Whom to ask is told to everybody in the office: that is what the contact is kept for.
CONTACT = Field(
    "contact",
    N_("Contact"),
    name,
    help=N_("Whom to ask for"),
    metavar="NAME",
    listed=True,
    shown=True,
    headings=("联系人", "联络人", "联系人姓名", "contact", "contact person"),
    most=200,
)
PHONE = Field(
    "phone",
    N_("Phone"),
    phone,
    Kind.PHONE,
    help=N_("Phone number"),
    metavar="NUMBER",
    listed=True,
    headings=(
        "联系电话",
        "联系方式",
        "电话",
        "手机",
        "联系人电话",
        "手机号码",
        "联系人手机",
        "联络电话",
        "单位电话",
        "办公电话",
        "phone",
        "mobile",
        "telephone",
        "phone number",
    ),
)
EMAIL = Field(
    "email",
    N_("E-mail"),
    email,
    Kind.ADDRESS,
    help=N_("E-mail address"),
    metavar="ADDRESS",
    headings=(
        "邮箱",
        "电子邮箱",
        "电子邮件",
        "邮箱地址",
        "联系邮箱",
        "e-mail",
        "email",
        "mail",
        "e-mail address",
    ),
)
#: Where an organization is, and when, is on its door: nothing of it is private.
ADDRESS = Field(
    "address",
    NC_("organization", "Address"),
    help=N_("Its address"),
    headings=(
        "地址",
        "单位地址",
        "详细地址",
        "办公地址",
        "联系地址",
        "通讯地址",
        "注册地址",
        "所在地",
        "address",
        "street address",
    ),
    most=400,
)
OPENING_HOURS = Field(
    "opening_hours",
    N_("Opening hours"),
    help=N_("When it is open, like Mon-Fri 9:00-17:00"),
    headings=(
        "开放时间",
        "营业时间",
        "办公时间",
        "服务时间",
        "上班时间",
        "opening hours",
        "office hours",
        "business hours",
    ),
    most=200,
)
FIELDS = (NAME, KIND, FIELD, CONTACT, PHONE, EMAIL, ADDRESS, OPENING_HOURS)
#: All but the name, which `organization add` takes as an argument.
DETAILS = (KIND, FIELD, CONTACT, PHONE, EMAIL, ADDRESS, OPENING_HOURS)
#: What `organization list` can be narrowed to.
FILTERS = (KIND, FIELD)
