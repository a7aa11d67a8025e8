"""What the tables of reports and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "snapshot": NC_("table", "Snapshot"),
    },
    columns={
        "parameters": NC_("column", "Parameters"),
        "taken_by": NC_("column", "Taken by"),
        "taken_on": NC_("column", "Taken on"),
    },
)
