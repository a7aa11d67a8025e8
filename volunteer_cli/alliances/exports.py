"""What of councils: which action follows from what may leave the office."""

from __future__ import annotations

from volunteer_cli.alliances.models import Council, Topic, TopicAction
from volunteer_cli.core.exports import Export

# Neither titles nor texts nor names: figures of a province need what follows from what, and no words.
EXPORTS = (
    Export(Council, ("id", "alliance_id", "community_id", "archived_on")),
    Export(Topic, ("id", "council_id", "field", "proposed_on", "status", "accepted_on", "answered_on")),
    Export(TopicAction, ("id", "topic_id", "action_id")),
)
