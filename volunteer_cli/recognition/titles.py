"""What the tables of recognition and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "star_grant": NC_("table", "Star grant"),
        "certificate": NC_("table", "Certificate"),
        "certificate_line": NC_("table", "Certificate line"),
        "award": NC_("table", "Award"),
        "evaluation": NC_("table", "Evaluation"),
    },
    columns={
        "all_time": NC_("column", "All time"),
        "awarded_on": NC_("column", "Awarded on"),
        "backfilled": NC_("column", "Backfilled"),
        "certificate_id": NC_("column", "Certificate id"),
        "hours_id": NC_("column", "Hours id"),
        "issuer": NC_("column", "Issuer"),
        "recorded_on": NC_("column", "Recorded on"),
        "replaces_id": NC_("column", "Replaces id"),
        "reported": NC_("column", "Reported"),
        "signed": NC_("column", "Signed"),
        "threshold": NC_("column", "Threshold"),
    },
)
