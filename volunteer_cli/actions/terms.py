"""The words of an action."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.policies import Policy, whole_number


class ActionStatus(StrEnum):
    """How far an action is; that it is overdue follows from its day and is stored nowhere."""

    OPEN = "open"
    DONE = "done"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class ActionSource(StrEnum):
    """What an action comes of: a topic of a council, or the need of an enterprise."""

    TOPIC = "topic"
    NEED = "need"


class Step(StrEnum):
    """What happens to an action."""

    RAISED = "raised"
    ANSWERED = "answered"
    PROGRESS = "progress"
    EXTENDED = "extended"
    ASSIGNED = "assigned"
    DONE = "done"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


#: An action in one of these waits for nobody any more.
SETTLED = (ActionStatus.CONFIRMED, ActionStatus.DROPPED)
#: What somebody did, whether or not it is confirmed.
FINISHED = (ActionStatus.DONE, ActionStatus.CONFIRMED)
ACTION_STATUSES: dict[str, str] = {
    ActionStatus.OPEN: N_("in hand"),
    ActionStatus.DONE: NC_("action", "done"),
    ActionStatus.CONFIRMED: N_("confirmed"),
    ActionStatus.DROPPED: N_("dropped"),
}
STEPS: dict[str, str] = {
    Step.RAISED: N_("raised"),
    Step.ANSWERED: N_("answered"),
    Step.PROGRESS: N_("progress"),
    Step.EXTENDED: N_("extended"),
    Step.ASSIGNED: N_("handed over"),
    Step.DONE: NC_("action", "done"),
    Step.RETURNED: NC_("action", "returned"),
    Step.CONFIRMED: N_("confirmed"),
    Step.DROPPED: N_("dropped"),
}
#: A score says how content whoever raised it is (满意度).
LOWEST_SCORE, HIGHEST_SCORE = 1, 5

ACTION_WARN_DAYS = Policy(
    "action_warn_days",
    N_("An action is pointed out so many days before it is due, and so many after it was done unconfirmed"),
    "7",
    whole_number,
    N_("days"),
)
POLICIES = (ACTION_WARN_DAYS,)
