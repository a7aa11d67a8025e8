"""What the tables of custom fields and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "custom_field": NC_("table", "Custom field"),
    },
    columns={
        "noun": NC_("column", "Noun"),
    },
)
