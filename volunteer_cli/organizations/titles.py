"""What the tables of organizations and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "organization": NC_("table", "Organization"),
        "organization_value": NC_("table", "Organization value"),
    },
    columns={
        "confidence": NC_("column", "Confidence"),
        "email": NC_("column", "Email"),
        "field_id": NC_("column", "Field id"),
    },
)
