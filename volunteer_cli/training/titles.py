"""What the tables of training and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "training": NC_("table", "Training"),
        "training_skill": NC_("table", "Training skill"),
    },
    columns={
        "held_on": NC_("column", "Held on"),
        "minutes": NC_("column", "Minutes"),
        "training_id": NC_("column", "Training id"),
        "void_reason": NC_("column", "Void reason"),
    },
)
