"""What the tables of campaigns and their columns are called where people read the history."""

from __future__ import annotations

from volunteer_cli.core.cards import Titles
from volunteer_cli.core.i18n import NC_

TITLES = Titles(
    tables={
        "campaign": NC_("table", "Campaign"),
        "campaign_stage": NC_("table", "Campaign stage"),
        "campaign_question": NC_("table", "Campaign question"),
        "target": NC_("table", "Target"),
        "stage_target": NC_("table", "Stage target"),
        "attempt": NC_("table", "Attempt"),
        "answer": NC_("table", "Answer"),
        "lease": NC_("table", "Lease"),
        "plan_day": NC_("table", "Plan day"),
    },
    columns={
        "after_id": NC_("column", "After id"),
        "attempt_id": NC_("column", "Attempt id"),
        "by_id": NC_("column", "By id"),
        "callback_at": NC_("column", "Callback at"),
        "campaign_id": NC_("column", "Campaign id"),
        "conditions": NC_("column", "Conditions"),
        "counts_as_visit": NC_("column", "Counts as visit"),
        "dealt_at": NC_("column", "Dealt at"),
        "ended_at": NC_("column", "Ended at"),
        "excluded_at": NC_("column", "Excluded at"),
        "excluded_for": NC_("column", "Excluded for"),
        "listed_at": NC_("column", "Listed at"),
        "off_hours": NC_("column", "Off hours"),
        "opened_at": NC_("column", "Opened at"),
        "question_id": NC_("column", "Question id"),
        "stage_id": NC_("column", "Stage id"),
        "target_id": NC_("column", "Target id"),
        "words": NC_("column", "Words"),
    },
)
