"""What may happen to an action: one mechanism for what councils decide and what enterprises need.

An action has an owner and a day, always: what has neither piles up. Extending keeps the old day and the
reason, and what is done is confirmed by who raised it, not by who did it (台账、交办、办理、反馈、销号).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.actions import queries
from volunteer_cli.actions.models import Action, ActionStep
from volunteer_cli.actions.terms import (
    ACTION_STATUSES,
    HIGHEST_SCORE,
    LOWEST_SCORE,
    ActionStatus,
    Step,
)
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, _, pgettext
from volunteer_cli.core.steps import require_step
from volunteer_cli.core.text import clean_name, required
from volunteer_cli.organizations.models import Organization


class NotOpen(RuleError):
    """Action {id} is {status}: nothing is left to be done of it"""

    code = "not_open"
    hint = N_("See what became of it: volunteer council steps {id}")


class NotDone(RuleError):
    """Action {id} is {status}: only what is done can be confirmed or returned"""

    code = "not_done"
    hint = N_("Say first what was done: volunteer council done {id} --result TEXT")


class AlreadyConfirmed(RuleError):
    """Action {id} was confirmed on {day}"""

    code = "already_confirmed"
    hint = N_("If it came up again, raise it anew.")


class BadDeadline(RuleError):
    """{due} cannot be the new deadline: it is not after {limit}"""

    code = "bad_deadline"
    hint = N_("Give a later day with --due.")


class BadScore(RuleError):
    """A score is a whole number from 1 to 5; '{value}' is not"""

    code = "bad_score"


class OrganizationArchived(RuleError):
    """{organization} is archived and is given nothing to do"""

    code = "archived"
    hint = N_("Bring it back first: volunteer organization restore {id}")


@dataclass(frozen=True)
class When:
    """When a step happens: the day, or the moment, that was given, and what time it is."""

    on: date
    now: datetime
    by: str | None = None

    @property
    def day(self) -> date:
        """The day of the step."""
        return self.on.date() if isinstance(self.on, datetime) else self.on


def require_active(organization: Organization) -> Organization:
    """The organization, if it is in use; raises OrganizationArchived."""
    if organization.archived_on is not None:
        raise OrganizationArchived(organization=organization.name, id=organization.id)
    return organization


def raise_action(session: Session, when: When, row: Mapping[str, Any]) -> Action:
    """A new action from its columns, all but status and the day it was raised.

    Raises:
        StepAhead: it was raised in the future.
        BadDeadline: it would be due before it was raised.
    """
    require_step(when.on, now=when.now, last=None, thing="")
    # Due on the day itself may be: some things are done at once.
    if row["due_on"] < when.day:
        raise BadDeadline(due=row["due_on"], limit=when.day)
    # An action that says nothing is done by nobody.
    values = {**row, "text": required(row["text"], pgettext("action", "Text"))}
    action = Action(**values, raised_on=when.day, status=ActionStatus.OPEN.value)
    session.add(action)
    session.flush()
    # The first step too, so that owner and day are read from the steps as of any day.
    note(session, action, Step.RAISED, when, owner_after_id=action.owner_id, due_after=action.due_on)
    return action


def note(session: Session, action: Action, step: Step, when: When, **values: Any) -> None:
    """Keep that a step happened."""
    by = clean_name(when.by) if when.by else None
    session.add(ActionStep(action_id=action.id, step=step.value, happened_on=when.day, by=by, **values))
    session.flush()


def _require_order(session: Session, action: Action, when: When) -> None:
    thing = _("action {id}").format(id=action.id)
    require_step(when.on, now=when.now, last=queries.last_step(session, action.id), thing=thing)


def _require_open(session: Session, action: Action, when: When) -> None:
    """Raises NotOpen, StepAhead, OutOfOrder."""
    if action.status != ActionStatus.OPEN:
        raise NotOpen(id=action.id, status=_(ACTION_STATUSES[action.status]))
    _require_order(session, action, when)


def _require_done(session: Session, action: Action, when: When) -> None:
    """Raises NotDone, AlreadyConfirmed, StepAhead, OutOfOrder."""
    if action.status == ActionStatus.CONFIRMED:
        raise AlreadyConfirmed(id=action.id, day=action.confirmed_on)
    if action.status != ActionStatus.DONE:
        raise NotDone(id=action.id, status=_(ACTION_STATUSES[action.status]))
    _require_order(session, action, when)


def progress(session: Session, action: Action, text: str, when: When) -> None:
    """Keep what was done of an action so far.

    Raises:
        NotOpen, StepAhead, OutOfOrder, MissingValue: as their sentences say.
    """
    _require_open(session, action, when)
    note(session, action, Step.PROGRESS, when, text=required(text, pgettext("action", "Text")))


def answer(session: Session, action: Action, text: str, when: When) -> None:
    """Keep what whoever raised it was told first; a second answer is one more, and the first one counts.

    Raises:
        NotOpen, StepAhead, OutOfOrder, MissingValue: as their sentences say.
    """
    _require_open(session, action, when)
    if action.answered_on is None:
        action.answered_on = when.day
    note(session, action, Step.ANSWERED, when, text=required(text, pgettext("action", "Text")))


def extend(session: Session, action: Action, due_on: date, reason: str, when: When) -> bool:
    """Give an action a later day, and answer whether that is new; the old one is kept with the reason.

    Raises:
        NotOpen, StepAhead, OutOfOrder, MissingValue: as their sentences say.
        BadDeadline: the day is not later than the one there is.
    """
    _require_open(session, action, when)
    if due_on <= action.due_on:
        raise BadDeadline(due=due_on, limit=action.due_on)
    why = required(reason, _("Reason"))
    note(session, action, Step.EXTENDED, when, text=why, due_before=action.due_on, due_after=due_on)
    action.due_on = due_on
    session.flush()
    return True


def assign(
    session: Session, action: Action, owner: Organization, when: When, *, due_on: date | None = None
) -> bool:
    """Hand an action to another organization, and answer whether that is new.

    Raises:
        NotOpen, StepAhead, OutOfOrder, OrganizationArchived: as their sentences say.
        BadDeadline: the new day lies before that of the handover.
    """
    _require_open(session, action, when)
    due_after = due_on or action.due_on
    if (owner.id, due_after) == (action.owner_id, action.due_on):
        return False
    if due_on and due_on < when.day:
        raise BadDeadline(due=due_on, limit=when.day)
    owners = {"owner_before_id": action.owner_id, "owner_after_id": require_active(owner).id}
    note(session, action, Step.ASSIGNED, when, due_before=action.due_on, due_after=due_after, **owners)
    action.owner_id, action.due_on = owner.id, due_after
    session.flush()
    return True


def finish(session: Session, action: Action, result: str, when: When, *, known: bool = True) -> None:
    """Say that an action is done, and with what result; of an old ledger the day may not be `known`.

    Raises:
        NotOpen, StepAhead, OutOfOrder, MissingValue: as their sentences say.
    """
    _require_open(session, action, when)
    action.result = required(result, _("Result"))
    action.status, action.done_on = ActionStatus.DONE.value, when.day if known else None
    note(session, action, Step.DONE, when, text=action.result)


def confirm(session: Session, action: Action, when: When, *, score: int | None = None) -> None:
    """Let whoever raised it confirm that it is done, with a score where one is given.

    Raises:
        NotDone, AlreadyConfirmed, StepAhead, OutOfOrder, BadScore: as their sentences say.
    """
    _require_done(session, action, when)
    if score is not None and not LOWEST_SCORE <= score <= HIGHEST_SCORE:
        raise BadScore(value=score)
    action.status, action.confirmed_on = ActionStatus.CONFIRMED.value, when.day
    action.confirmed_by, action.score = clean_name(when.by) if when.by else None, score
    note(session, action, Step.CONFIRMED, when)


def give_back(session: Session, action: Action, reason: str, when: When) -> None:
    """Put an action that is not done well enough back to its owner.

    Raises:
        NotDone, AlreadyConfirmed, StepAhead, OutOfOrder, MissingValue: as their sentences say.
    """
    _require_done(session, action, when)
    action.status, action.done_on, action.result = ActionStatus.OPEN.value, None, None
    note(session, action, Step.RETURNED, when, text=required(reason, _("Reason")))


def drop(session: Session, action: Action, reason: str, when: When) -> None:
    """End an action that nobody needs any more, with the reason.

    Raises:
        NotOpen, AlreadyConfirmed, StepAhead, OutOfOrder, MissingValue: as their sentences say.
    """
    if action.status == ActionStatus.CONFIRMED:
        raise AlreadyConfirmed(id=action.id, day=action.confirmed_on)
    if action.status == ActionStatus.DROPPED:
        raise NotOpen(id=action.id, status=_(ACTION_STATUSES[action.status]))
    _require_order(session, action, when)
    action.status = ActionStatus.DROPPED.value
    note(session, action, Step.DROPPED, when, text=required(reason, _("Reason")))
