"""What the tables of events and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "series": NC_("table", "Series"),
        "event": NC_("table", "Event"),
        "event_skill": NC_("table", "Event skill"),
        "shift": NC_("table", "Shift"),
        "signup": NC_("table", "Signup"),
        "further_shift": NC_("table", "Further shift"),
        "shift_turn": NC_("table", "Turn for a shift"),
        "signup_override": NC_("table", "Signup override"),
        "event_value": NC_("table", "Event value"),
    },
    columns={
        "allowed_at": NC_("column", "Allowed at"),
        "allowed_by": NC_("column", "Allowed by"),
        "checked_in_at": NC_("column", "Checked in at"),
        "checked_out_at": NC_("column", "Checked out at"),
        "ends_at": NC_("column", "Ends at"),
        "every": NC_("column", "Every"),
        "min_age": NC_("column", "Min age"),
        "position": NC_("column", "Position"),
        "promoted_by": NC_("column", "Promoted by"),
        "refusal": NC_("column", "Refusal"),
        "scanned": NC_("column", "Scanned"),
        "shift_id": NC_("column", "Shift id"),
        "signup_id": NC_("column", "Signup id"),
        "starts_at": NC_("column", "Starts at"),
        "status": NC_("column", "Status"),
        "title_key": NC_("column", "Title key"),
        "uid": NC_("column", "Uid"),
    },
)
