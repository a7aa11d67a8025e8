"""What the tables of actions and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "action": NC_("table", "Action"),
        "action_step": NC_("table", "Action step"),
    },
    columns={
        "action_id": NC_("column", "Action id"),
        "answer_due_on": NC_("column", "Answer due on"),
        "due_after": NC_("column", "Due after"),
        "happened_on": NC_("column", "Happened on"),
        "owner_after_id": NC_("column", "Owner after id"),
        "owner_before_id": NC_("column", "Owner before id"),
        "owner_id": NC_("column", "Owner id"),
        "raised_by_id": NC_("column", "Raised by id"),
    },
)
