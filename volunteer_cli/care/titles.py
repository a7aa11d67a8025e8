"""What the tables of care and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "visit": NC_("table", "Visit"),
        "visit_person": NC_("table", "Visit person"),
        "visit_supply": NC_("table", "Visit supply"),
        "alarm_clear": NC_("table", "Alarm clear"),
    },
    columns={
        "noted_on": NC_("column", "Noted on"),
        "overridden": NC_("column", "Overridden"),
        "part": NC_("column", "Part"),
    },
)
