"""How organizations are shown."""

from __future__ import annotations

from typing import Any

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.organizations.terms import ALLIANCE_FIELDS, ORGANIZATION_KINDS, ORGANIZATION_STATUSES
from volunteer_cli.output.view import Column, Kind, View


def status(organization: Any) -> str:
    """Whether an organization is in use."""
    return "archived" if organization.archived_on else "active"


ORGANIZATIONS = View(
    "organizations",
    N_("Organizations"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("name", NC_("organization", "Name")),
        Column("kind", N_("Kind"), Kind.CHOICE, choices=ORGANIZATION_KINDS),
        Column("field", N_("Alliance field"), Kind.CHOICE, choices=ALLIANCE_FIELDS),
        Column("contact", N_("Contact"), shown=True),
        Column("phone", N_("Phone"), Kind.PHONE),
        Column("status", N_("Status"), Kind.CHOICE, value=status, choices=ORGANIZATION_STATUSES, table=False),
    ),
)
