"""What the tables of communities and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "community": NC_("table", "Community"),
        "community_figure": NC_("table", "Community figure"),
    },
    columns={
        "archived_on": NC_("column", "Archived on"),
        "name_key": NC_("column", "Name key"),
    },
)
