"""What the tables of alliances and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "alliance": NC_("table", "Alliance"),
        "alliance_line": NC_("table", "Alliance line"),
        "alliance_membership": NC_("table", "Alliance membership"),
        "alliance_activity": NC_("table", "Alliance activity"),
        "activity_unit": NC_("table", "Activity unit"),
        "council": NC_("table", "Council"),
        "topic": NC_("table", "Topic"),
        "topic_step": NC_("table", "Topic step"),
        "council_session": NC_("table", "Council session"),
        "attendance": NC_("table", "Attendance"),
        "agenda_item": NC_("table", "Agenda item"),
        "decision": NC_("table", "Decision"),
        "topic_action": NC_("table", "Topic action"),
        "pairing": NC_("table", "Pairing"),
        "pairing_official": NC_("table", "Pairing official"),
        "contact": NC_("table", "Contact"),
        "need": NC_("table", "Need"),
        "delivery": NC_("table", "Delivery"),
    },
    columns={
        "activity_id": NC_("column", "Activity id"),
        "convened_on": NC_("column", "Convened on"),
        "end_reason": NC_("column", "End reason"),
        "made_on": NC_("column", "Made on"),
        "need_id": NC_("column", "Need id"),
        "override_reason": NC_("column", "Override reason"),
        "proposer_organization_id": NC_("column", "Proposer organization id"),
        "proposer_person_id": NC_("column", "Proposer person id"),
        "votes_abstain": NC_("column", "Votes abstain"),
        "votes_against": NC_("column", "Votes against"),
        "votes_for": NC_("column", "Votes for"),
    },
)
