"""What the tables of requests and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "request": NC_("table", "Request"),
        "request_caller": NC_("table", "Request caller"),
        "request_callback": NC_("table", "Request callback"),
        "request_hold": NC_("table", "Request hold"),
        "request_helper": NC_("table", "Request helper"),
        "request_step": NC_("table", "Request step"),
    },
    columns={
        "about_id": NC_("column", "About id"),
        "calendar": NC_("column", "Calendar"),
        "caller_id": NC_("column", "Caller id"),
        "cause_by_id": NC_("column", "Cause by id"),
        "extended_days": NC_("column", "Extended days"),
        "external": NC_("column", "External"),
        "final": NC_("column", "Final"),
        "finished_due_on": NC_("column", "Finished due on"),
        "first_due_on": NC_("column", "First due on"),
        "first_finished_on": NC_("column", "First finished on"),
        "hold_id": NC_("column", "Hold id"),
        "home_id": NC_("column", "Home id"),
        "last_step_id": NC_("column", "Last step id"),
        "merged_into_id": NC_("column", "Merged into id"),
        "moved_at": NC_("column", "Moved at"),
        "other_id": NC_("column", "Other id"),
        "recurs_id": NC_("column", "Recurs id"),
        "respond_by": NC_("column", "Respond by"),
        "status_before": NC_("column", "Status before"),
        "suspended_on": NC_("column", "Suspended on"),
        "taken_at": NC_("column", "Taken at"),
        "tried_on": NC_("column", "Tried on"),
        "wants_callback": NC_("column", "Wants callback"),
    },
)
