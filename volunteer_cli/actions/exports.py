"""What of actions: no words of them may leave the office."""

from __future__ import annotations

from volunteer_cli.actions.models import Action, ActionStep
from volunteer_cli.core.exports import Export

ACTION = (
    "id",
    "source",
    "field",
    "owner_id",
    "raised_on",
    "due_on",
    "status",
    "done_on",
    "confirmed_on",
    "score",
)
EXPORTS = (
    Export(Action, ACTION, day=Action.raised_on),
    Export(ActionStep, ("id", "action_id", "step", "happened_on"), day=ActionStep.happened_on),
)
