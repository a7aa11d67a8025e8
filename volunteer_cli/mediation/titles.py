"""What the tables of mediation and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "mediation": NC_("table", "Mediation"),
        "mediation_party": NC_("table", "Mediation party"),
        "mediator": NC_("table", "Mediator"),
        "mediation_session": NC_("table", "Mediation session"),
        "session_mediator": NC_("table", "Session mediator"),
        "mediation_term": NC_("table", "Mediation term"),
    },
    columns={
        "agreed_on": NC_("column", "Agreed on"),
        "court_by": NC_("column", "Court by"),
        "court_decided_on": NC_("column", "Court decided on"),
        "danger_on": NC_("column", "Danger on"),
        "danger_reason": NC_("column", "Danger reason"),
        "danger_to": NC_("column", "Danger to"),
        "effective_on": NC_("column", "Effective on"),
        "filed_on": NC_("column", "Filed on"),
        "followup_by": NC_("column", "Followup by"),
        "followup_on": NC_("column", "Followup on"),
        "followup_text": NC_("column", "Followup text"),
        "held_at": NC_("column", "Held at"),
        "mediation_id": NC_("column", "Mediation id"),
        "n": NC_("column", "N"),
        "named_on": NC_("column", "Named on"),
        "refused_on": NC_("column", "Refused on"),
        "sealed_on": NC_("column", "Sealed on"),
        "signed_on": NC_("column", "Signed on"),
        "wants_court": NC_("column", "Wants court"),
    },
)
