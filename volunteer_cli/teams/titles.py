"""What the tables of teams and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "team": NC_("table", "Team"),
        "membership": NC_("table", "Membership"),
        "team_value": NC_("table", "Team value"),
    },
)
