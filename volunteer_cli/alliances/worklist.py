"""What of alliances, councils and pairings waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import Task, item

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from volunteer_cli.actions.models import Action
    from volunteer_cli.alliances.models import CouncilSession

ACTION_OVERDUE, NEED_UNANSWERED, NEED_OVERDUE = "action_overdue", "need_unanswered", "need_overdue"
CONFIRM_DONE, ANSWER_TOPIC = "confirm_done", "answer_topic"
CONTACT_ENTERPRISE, PREPARE_SESSION = "contact_enterprise", "prepare_session"


def actions_overdue(session: Session, scope: Scope) -> Iterator[Row]:
    """Actions of councils whose day is past and that are not done."""
    from volunteer_cli.actions.queries import is_overdue
    from volunteer_cli.actions.terms import ActionSource, ActionStatus
    from volunteer_cli.alliances.queries.councils import of_community, waiting_actions

    where = (is_overdue(scope.today), *of_community(scope.community_id))
    for action in waiting_actions(session, ActionStatus.OPEN, ActionSource.TOPIC, *where):
        yield _of_action(ACTION_OVERDUE, action, f"council done {action.id} --result TEXT")


def _of_action(task: str, action: Action, step: str) -> Row:
    return item(task, action.text, 1, step, thing=f"action:{action.id}", due=action.due_on)


def needs_unanswered(session: Session, scope: Scope) -> Iterator[Row]:
    """Needs of enterprises that nobody has answered yet."""
    from volunteer_cli.actions.terms import ActionSource, ActionStatus
    from volunteer_cli.alliances.queries.councils import waiting_actions
    from volunteer_cli.alliances.queries.pairings import is_unanswered

    if scope.community_id is not None:
        return
    for need in waiting_actions(session, ActionStatus.OPEN, ActionSource.NEED, is_unanswered()):
        step, thing = f"pairing answer {need.id} --text TEXT", f"action:{need.id}"
        yield item(NEED_UNANSWERED, need.text, 1, step, thing=thing, due=need.answer_due_on)


def needs_overdue(session: Session, scope: Scope) -> Iterator[Row]:
    """Needs of enterprises whose day is past and that are not solved."""
    from volunteer_cli.actions.queries import is_overdue
    from volunteer_cli.actions.terms import ActionSource, ActionStatus
    from volunteer_cli.alliances.queries.councils import waiting_actions

    # Enterprises belong to no community, and neither do their needs.
    if scope.community_id is not None:
        return
    for need in waiting_actions(session, ActionStatus.OPEN, ActionSource.NEED, is_overdue(scope.today)):
        yield _of_action(NEED_OVERDUE, need, f"pairing done {need.id} --result TEXT")


def done_unconfirmed(session: Session, scope: Scope) -> Iterator[Row]:
    """What has been done for some days and whoever raised it has not confirmed."""
    from volunteer_cli.actions.terms import ActionSource, ActionStatus
    from volunteer_cli.alliances.queries.councils import of_community, waiting_actions

    waits = _has_waited(session, scope.today)
    here = of_community(scope.community_id)
    for action in waiting_actions(session, ActionStatus.DONE, ActionSource.TOPIC, waits, *here):
        yield _to_confirm(action, f"council confirm {action.id}")
    # A need is struck off only when its enterprise confirms (销号); enterprises belong to no community.
    if scope.community_id is None:
        for need in waiting_actions(session, ActionStatus.DONE, ActionSource.NEED, waits):
            yield _to_confirm(need, f"pairing confirm {need.id} --score 1-5")


def _has_waited(session: Session, today: date) -> ColumnElement[bool]:
    from volunteer_cli.actions.models import Action
    from volunteer_cli.actions.terms import ACTION_WARN_DAYS
    from volunteer_cli.core.policies import policy_value

    long_ago = today - timedelta(policy_value(session, ACTION_WARN_DAYS))
    # A ledger may call something done without a day: that waits at once.
    return Action.done_on.is_(None) | (Action.done_on < long_ago)


def _to_confirm(action: Action, step: str) -> Row:
    return item(CONFIRM_DONE, action.text, 1, step, thing=f"action:{action.id}")


def topics_to_answer(session: Session, scope: Scope) -> Iterator[Row]:
    """Topics all of whose actions are through, whose proposer has not been told."""
    from volunteer_cli.alliances.queries.councils import topics_to_answer as waiting

    for topic in waiting(session, scope.community_id):
        step, thing = f"council answer {topic.id} --text TEXT", f"topic:{topic.id}"
        yield item(ANSWER_TOPIC, topic.title, 1, step, thing=thing)


def enterprises_to_contact(session: Session, scope: Scope) -> Iterator[Row]:
    """Paired enterprises whose next contact is due."""
    from volunteer_cli.alliances.queries.pairings import contacts_due, enterprises_of

    if scope.community_id is not None:
        return
    due = contacts_due(session, scope.today)
    names = enterprises_of(session, (each.pairing.id for each in due))
    for each in due:
        key = each.pairing.id
        step, thing = f"pairing contact {key} --text TEXT", f"pairing:{key}"
        yield item(CONTACT_ENTERPRISE, names[key], 1, step, thing=thing, due=each.due_on)


def sessions_to_prepare(session: Session, scope: Scope) -> Iterator[Row]:
    """Sessions that begin soon: how many topics and due actions they deal with."""
    from volunteer_cli.alliances.queries.councils import convened
    from volunteer_cli.alliances.terms import COUNCIL_NOTICE_DAYS
    from volunteer_cli.core.policies import policy_value

    days = policy_value(session, COUNCIL_NOTICE_DAYS)
    last = datetime.combine(scope.today + timedelta(days), time.max)
    first = datetime.combine(scope.today, time())
    for meeting in convened(session, first, last, scope.community_id):
        yield _to_prepare(session, meeting)


def _to_prepare(session: Session, meeting: CouncilSession) -> Row:
    """A session with the titles of what it deals with."""
    from volunteer_cli.alliances.queries.councils import council_names

    name = council_names(session, [meeting.council_id])[meeting.council_id]
    titles = _titles(session, meeting)
    what = f"{name}: {'; '.join(titles)}" if titles else name
    # A session with an empty agenda has to be prepared all the same, and counts as one thing to do.
    count = max(1, len(titles))
    step, thing = f"council agenda {meeting.id}", f"session:{meeting.id}"
    return item(PREPARE_SESSION, what, count, step, thing=thing, due=meeting.starts_at.date())


def _titles(session: Session, meeting: CouncilSession) -> list[str]:
    from volunteer_cli.alliances.queries.councils import actions_due_by, agenda

    topics = [each.topic.title for each in agenda(session, meeting)]
    # The next session hears how each earlier matter was handled: so joint meetings close the loop.
    return topics + [action.text for action in actions_due_by(session, meeting)]


#: In the order of the contract; what a higher area puts between them has the places left out.
TASKS = (
    Task(ACTION_OVERDUE, N_("chase an overdue action"), actions_overdue, place=51),
    Task(NEED_UNANSWERED, N_("answer an enterprise"), needs_unanswered, place=52),
    Task(NEED_OVERDUE, N_("solve the need of an enterprise"), needs_overdue, place=53),
    Task(CONFIRM_DONE, N_("have it confirmed by who raised it"), done_unconfirmed, place=57),
    Task(ANSWER_TOPIC, N_("tell the proposer what came of a topic"), topics_to_answer, place=58),
    Task(CONTACT_ENTERPRISE, N_("contact a paired enterprise"), enterprises_to_contact, place=59),
    Task(PREPARE_SESSION, N_("prepare a session"), sessions_to_prepare, place=60),
)
