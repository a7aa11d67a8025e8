"""What the tables of drives and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "drive": NC_("table", "Drive"),
        "drive_goal": NC_("table", "Drive goal"),
        "slip": NC_("table", "Slip"),
        "slip_line": NC_("table", "Slip line"),
        "stock_entry": NC_("table", "Stock entry"),
        "stock_count": NC_("table", "Stock count"),
        "shipment": NC_("table", "Shipment"),
        "box": NC_("table", "Box"),
        "drive_notice": NC_("table", "Drive notice"),
    },
    columns={
        "booked": NC_("column", "Booked"),
        "closed_on": NC_("column", "Closed on"),
        "content": NC_("column", "Content"),
        "counted_on": NC_("column", "Counted on"),
        "delivered_on": NC_("column", "Delivered on"),
        "donor_organization_id": NC_("column", "Donor organization id"),
        "donor_person_id": NC_("column", "Donor person id"),
        "ends_on": NC_("column", "Ends on"),
        "from_state": NC_("column", "From state"),
        "label": NC_("column", "Label"),
        "last_entry_id": NC_("column", "Last entry id"),
        "line_id": NC_("column", "Line id"),
        "moved_on": NC_("column", "Moved on"),
        "publish": NC_("column", "Publish"),
        "starts_on": NC_("column", "Starts on"),
        "to_state": NC_("column", "To state"),
    },
)
