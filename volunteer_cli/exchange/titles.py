"""What the tables of exchange and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "credit_account": NC_("table", "Credit account"),
        "event_price": NC_("table", "Event price"),
        "exchange": NC_("table", "Exchange"),
        "credit_entry": NC_("table", "Credit entry"),
    },
    columns={
        "cancelled_on": NC_("column", "Cancelled on"),
        "frozen_on": NC_("column", "Frozen on"),
        "limit_minutes": NC_("column", "Limit minutes"),
        "reverses_id": NC_("column", "Reverses id"),
        "waived_on": NC_("column", "Waived on"),
    },
)
