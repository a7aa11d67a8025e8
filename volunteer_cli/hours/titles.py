"""What the tables of hours and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "hours_record": NC_("table", "Hours record"),
        "closed_period": NC_("table", "Closed period"),
    },
    columns={
        "end_minute": NC_("column", "End minute"),
        "first_on": NC_("column", "First on"),
        "served_on": NC_("column", "Served on"),
        "start_minute": NC_("column", "Start minute"),
    },
)
