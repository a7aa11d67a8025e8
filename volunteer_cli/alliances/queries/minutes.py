"""What the minutes of a session say: facts alone, so that they can be kept as they were and set in any language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.actions.models import Action
from volunteer_cli.actions.queries import extensions
from volunteer_cli.actions.terms import SETTLED
from volunteer_cli.alliances.models import (
    Alliance,
    Council,
    CouncilSession,
    Decision,
    Topic,
    TopicAction,
)
from volunteer_cli.alliances.queries import councils as queries
from volunteer_cli.alliances.terms import ItemStatus
from volunteer_cli.communities.models import Community
from volunteer_cli.core.history import Row, plain
from volunteer_cli.core.text import mask_name
from volunteer_cli.organizations.queries import organization_names
from volunteer_cli.people.queries import person_names


def content(session: Session, meeting: CouncilSession) -> Row:
    """The minutes of a session as they are now; once it is closed they are kept with it.

    Residents who proposed something are named as in all that leaves the office: 张**.
    """
    if meeting.minutes is not None:
        return meeting.minutes
    # Facts with ids beside the words: `check` compares them with the tables, and they print in any language.
    council = session.get_one(Council, meeting.council_id)
    agenda = queries.agenda(session, meeting)
    return {
        "council": council.name,
        "body": _body(session, council),
        "starts_at": plain(meeting.starts_at),
        "ends_at": plain(meeting.ends_at),
        "place": meeting.place,
        "quorum": _quorum(session, meeting),
        "attendance": _attendance(session, meeting),
        "follow_up": _follow_up(session, meeting),
        "topics": _topics(session, meeting, agenda),
    }


def _body(session: Session, council: Council) -> str:
    """The alliance or the community whose council it is."""
    if council.alliance_id is not None:
        return session.get_one(Alliance, council.alliance_id).name
    return session.get_one(Community, council.community_id).name


def _quorum(session: Session, meeting: CouncilSession) -> Row:
    quorum = queries.quorum(session, meeting)
    return {"members": quorum.members, "present": quorum.present, "needed": quorum.needed}


def _attendance(session: Session, meeting: CouncilSession) -> list[Row]:
    """Every member with whether it was there, those without a word too, and the guests."""
    members = queries.members_of(session, meeting)
    rows = [
        _attended(row, member=row.organization_id in members) for row in queries.attendance(session, meeting)
    ]
    # Of whom nobody wrote a word was not there: a quorum is made of those who are known to be present.
    missing = members - {row["organization_id"] for row in rows}
    names = organization_names(session, missing)
    absent = {"present": False, "by": None, "member": True}
    return rows + [{"organization_id": key, "organization": names[key], **absent} for key in sorted(missing)]


def _attended(row: Any, *, member: bool) -> Row:
    return {
        "organization_id": row.organization_id,
        "organization": row.organization,
        "present": row.present,
        "by": row.by,
        "member": member,
    }


# --- what was decided before ------------------------------------------------------------


def _follow_up(session: Session, meeting: CouncilSession) -> Row | None:
    """What became of the actions of the last session, and of older ones that are still not settled."""
    # First of all a meeting hears what became of the last one: the rule of joint meetings that closes the loop.
    last = queries.last_closed(session, meeting)
    if last is None:
        return None
    actions = session.scalars(_since(meeting, last)).all()
    return {"session": last.number, "actions": _actions(session, actions)}


def _since(meeting: CouncilSession, last: CouncilSession) -> Select[Action]:
    """The actions of what the last session decided, settled or not, and all older ones in hand."""
    decided_there = select(Decision.topic_id).where(Decision.session_id == last.id)
    query = (
        select(Action)
        .join(TopicAction, TopicAction.action_id == Action.id)
        .join(Topic, Topic.id == TopicAction.topic_id)
        .where(Topic.council_id == meeting.council_id, Action.raised_on < meeting.starts_at.date())
        .where(or_(Topic.id.in_(decided_there), Action.status.not_in(SETTLED)))
    )
    return query.order_by(Action.due_on, Action.id)


def _actions(session: Session, actions: Iterable[Action]) -> list[Row]:
    rows = list(actions)
    owners = organization_names(session, (action.owner_id for action in rows))
    counts = extensions(session, (action.id for action in rows))
    return [_action(action, owners[action.owner_id], counts.get(action.id, 0)) for action in rows]


def _action(action: Action, owner: str, extended: int) -> Row:
    return {
        "id": action.id,
        "text": action.text,
        "owner": owner,
        "due_on": plain(action.due_on),
        "extended": extended,
        "status": action.status,
        "done_on": plain(action.done_on),
        "result": action.result,
    }


# --- what was on the agenda ------------------------------------------------------------


def _topics(session: Session, meeting: CouncilSession, agenda: list[queries.Item]) -> list[Row]:
    decisions = queries.session_decisions(session, meeting)
    return [_topic(session, item, decisions.get(item.id)) for item in agenda]


def _topic(session: Session, item: queries.Item, decision: Decision | None) -> Row:
    topic = item.topic
    return {
        "id": topic.id,
        "title": topic.title,
        "text": topic.text,
        "proposed_by": _proposer(session, topic),
        "need": topic.need_id,
        "status": item.status,
        "reason": item.reason if item.status == ItemStatus.DEFERRED else None,
        "decision": _decision(decision) if decision else None,
        "actions": _actions_of(session, topic) if decision else [],
    }


def _proposer(session: Session, topic: Topic) -> str | None:
    if topic.proposer_person_id is not None:
        name = person_names(session, [topic.proposer_person_id])[topic.proposer_person_id]
        return mask_name(name)
    if topic.proposer_organization_id is not None:
        key = topic.proposer_organization_id
        return organization_names(session, [key])[key]
    return topic.proposed_by


def _decision(decision: Decision) -> Row:
    return {
        "id": decision.id,
        "text": decision.text,
        "reason": decision.reason,
        "basis": decision.basis,
        "for": decision.votes_for,
        "against": decision.votes_against,
        "abstain": decision.votes_abstain,
        "override": decision.override_reason,
    }


def _actions_of(session: Session, topic: Topic) -> list[Row]:
    query = select(Action).join(TopicAction, TopicAction.action_id == Action.id)
    own = query.where(TopicAction.topic_id == topic.id).order_by(Action.id)
    return _actions(session, session.scalars(own))
