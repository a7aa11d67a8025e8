"""What the tables of households and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "household": NC_("table", "Household"),
        "stay": NC_("table", "Stay"),
        "contact_block": NC_("table", "Contact block"),
        "household_gift": NC_("table", "Household gift"),
        "former_household": NC_("table", "Former household"),
        "grid_post": NC_("table", "Grid post"),
    },
    columns={
        "declined": NC_("column", "Declined"),
        "lifted_on": NC_("column", "Lifted on"),
        "listed_people": NC_("column", "Listed people"),
        "ordinal": NC_("column", "Ordinal"),
        "settlement": NC_("column", "Settlement"),
        "value_fen": NC_("column", "Value fen"),
        "visit_every": NC_("column", "Visit every"),
        "visit_id": NC_("column", "Visit id"),
    },
)
