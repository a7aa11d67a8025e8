"""How organizations are shown."""

from __future__ import annotations

from typing import Any

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.fields.terms import Noun
from volunteer_cli.fields.views import WHOLE, stored_columns
from volunteer_cli.organizations.fields import FIELDS
from volunteer_cli.organizations.terms import ORGANIZATION_STATUSES
from volunteer_cli.output.declared import columns
from volunteer_cli.output.view import Column, Kind, View


def status(organization: Any) -> str:
    """Whether an organization is in use."""
    return "archived" if organization.archived_on else "active"


ORGANIZATIONS = View(
    "organizations",
    N_("Organizations"),
    record=NC_("record", "Organization"),
    parts={
        NC_("record", "In short"): (
            "name",
            "kind",
            "field",
            "status",
        ),
        NC_("record", "How to reach it"): (
            "contact",
            "phone",
            "email",
            "address",
            "opening_hours",
        ),
    },
    columns=(
        Column("id", N_("Id"), Kind.ID),
        *columns(FIELDS),
        Column("status", N_("Status"), Kind.CHOICE, value=status, choices=ORGANIZATION_STATUSES, table=False),
        WHOLE,
    ),
    stored=stored_columns(Noun.ORGANIZATION),
)
