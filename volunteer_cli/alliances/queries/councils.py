"""What is asked of councils, their topics and their sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.actions.models import Action
from volunteer_cli.actions.queries import is_overdue
from volunteer_cli.actions.terms import ACTION_WARN_DAYS, SETTLED, ActionSource, ActionStatus
from volunteer_cli.alliances.models import (
    AgendaItem,
    Attendance,
    Council,
    CouncilSession,
    Decision,
    Topic,
    TopicAction,
    TopicStep,
)
from volunteer_cli.alliances.queries.alliances import member_ids
from volunteer_cli.alliances.terms import COUNCIL_QUORUM, ItemStatus, SessionStatus, TopicStatus
from volunteer_cli.core.database import chunks, day_of, folded
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.lookup import Reference, find, names_of
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.text import name_key
from volunteer_cli.organizations.models import Organization

COUNCIL = Reference(N_("council"), Council, "volunteer council list")
TOPIC = Reference(
    NC_("alliance", "topic"), Topic, "volunteer council topics COUNCIL", codes=(), name="title", folds=True
)
SESSION = Reference(
    N_("session"), CouncilSession, "volunteer council sessions COUNCIL", codes=("number",), name=None
)
#: Topics in one of these states still wait for somebody.
OPEN_TOPICS = (TopicStatus.PROPOSED, TopicStatus.ACCEPTED, TopicStatus.DECIDED)


def find_council(session: Session, text: str, *, changing: bool = True) -> Council:
    """The council that `text` names by id, code or name; raises NotFound, Ambiguous."""
    return find(session, COUNCIL, text, changing=changing)


def council_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of councils by id."""
    return names_of(session, COUNCIL, ids)


def find_topic(session: Session, text: str, *, changing: bool = True) -> Topic:
    """The topic that `text` names by id or title; raises NotFound, Ambiguous."""
    return find(session, TOPIC, text.removeprefix("topic:"), changing=changing)


def topic_titles(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The titles of topics by id."""
    return names_of(session, TOPIC, ids)


def find_session(session: Session, text: str, *, changing: bool = True) -> CouncilSession:
    """The session that `text` names by id or number; raises NotFound, Ambiguous."""
    return find(session, SESSION, text, changing=changing)


def councils(
    session: Session, *, community_id: int | None = None, archived: bool = False
) -> Sequence[Council]:
    """Councils in use, or the archived ones; with a community only its own."""
    where: list[ColumnElement[bool]] = [
        Council.archived_on.is_not(None) if archived else Council.archived_on.is_(None)
    ]
    if community_id is not None:
        where.append(Council.community_id == community_id)
    return session.scalars(select(Council).where(*where).order_by(Council.id)).all()


def in_scope(community_id: int | None) -> list[ColumnElement[bool]]:
    """What holds for the councils of a community; of all of them, those of alliances too, without one."""
    return [] if community_id is None else [Council.community_id == community_id]


# --- topics ------------------------------------------------------------


def topics(
    session: Session,
    council_id: int,
    today: date,
    *,
    waiting: bool = False,
    overdue: bool = False,
    owner_id: int | None = None,
) -> Sequence[Topic]:
    """The topics of a council, oldest first: `waiting` ones, or those with an overdue action or one of an owner."""
    where: list[ColumnElement[bool]] = [Topic.council_id == council_id]
    if waiting:
        where.append(Topic.status.in_(OPEN_TOPICS))
    # Both hold for one and the same action: an overdue one of that owner.
    if actions := action_conditions(today, overdue=overdue, owner_id=owner_id):
        where.append(_has_action(*actions))
    return session.scalars(select(Topic).where(*where).order_by(Topic.proposed_on, Topic.id)).all()


def action_conditions(
    today: date, *, waiting: bool = False, overdue: bool = False, owner_id: int | None = None
) -> list[ColumnElement[bool]]:
    """What holds for the actions that a list is asked for: `waiting` ones are neither confirmed nor dropped."""
    where: list[ColumnElement[bool]] = []
    if waiting:
        where.append(Action.status.not_in(SETTLED))
    if overdue:
        where.append(is_overdue(today))
    if owner_id is not None:
        where.append(Action.owner_id == owner_id)
    return where


def _has_action(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    own = exists().where(TopicAction.topic_id == Topic.id, Action.id == TopicAction.action_id)
    return own.where(*conditions)


def last_topic_step(session: Session, topic_id: int) -> date | None:
    """The day of the last step of a topic."""
    return session.scalar(select(func.max(TopicStep.happened_on)).where(TopicStep.topic_id == topic_id))


def topic_steps(session: Session, ids: Iterable[int]) -> dict[int, list[Any]]:
    """What happened to each of these topics, earliest first."""
    query = select(
        TopicStep.id, TopicStep.topic_id, TopicStep.happened_on.label("on"), TopicStep.step, TopicStep.text
    )
    rows: dict[int, list[Any]] = {}
    for keys in chunks(ids):
        for row in session.execute(query.where(TopicStep.topic_id.in_(keys)).order_by(TopicStep.id)):
            rows.setdefault(row.topic_id, []).append(row)
    return rows


def action_counts(session: Session, ids: Iterable[int], *, unsettled: bool = False) -> dict[int, int]:
    """How many actions these topics have, or how many of them are neither confirmed nor dropped."""
    query = select(TopicAction.topic_id, func.count())
    if unsettled:
        query = query.join(Action, Action.id == TopicAction.action_id).where(Action.status.not_in(SETTLED))
    counts: dict[int, int] = {}
    for keys in chunks(ids):
        own = query.where(TopicAction.topic_id.in_(keys)).group_by(TopicAction.topic_id)
        counts |= {row[0]: row[1] for row in session.execute(own)}
    return counts


def unsettled_actions(session: Session, topic_id: int) -> Sequence[int]:
    """The ids of the actions of a topic that are neither confirmed nor dropped."""
    query = select(Action.id).join(TopicAction, TopicAction.action_id == Action.id)
    own = (TopicAction.topic_id == topic_id, Action.status.not_in(SETTLED))
    return session.scalars(query.where(*own).order_by(Action.id)).all()


#: A session that was called off has put nothing off.
_DEFERRED = (
    select(AgendaItem.topic_id, func.count())
    .join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
    .where(AgendaItem.status == ItemStatus.DEFERRED, CouncilSession.status != SessionStatus.CANCELLED)
)


def deferrals(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """How often each of these topics was deferred, by sessions that took place or still may."""
    counts: dict[int, int] = {}
    for keys in chunks(ids):
        own = _DEFERRED.where(AgendaItem.topic_id.in_(keys)).group_by(AgendaItem.topic_id)
        counts |= {row[0]: row[1] for row in session.execute(own)}
    return counts


_DECIDED = select(
    Decision.id,
    Decision.topic_id,
    Decision.text,
    Decision.session_id,
    CouncilSession.number,
    CouncilSession.starts_at,
).join(CouncilSession, CouncilSession.id == Decision.session_id)


def decisions(session: Session, ids: Iterable[int]) -> dict[int, Any]:
    """The decision in force on each of these topics: the latest one, with its session."""
    latest: dict[int, Any] = {}
    for keys in chunks(ids):
        own = _DECIDED.where(Decision.topic_id.in_(keys))
        # By the day of the session and not of the entry: minutes are at times typed after the next meeting.
        in_order = own.order_by(CouncilSession.starts_at, Decision.id)
        latest |= {row.topic_id: row for row in session.execute(in_order)}
    return latest


def decision_of(session: Session, topic_id: int, session_id: int) -> Decision | None:
    """What a session decided on a topic, if it did."""
    own = select(Decision).where(Decision.topic_id == topic_id, Decision.session_id == session_id)
    return session.scalar(own)


def topic_of_need(session: Session, need_id: int) -> Topic | None:
    """The topic that came of a need, if it was raised."""
    return session.scalar(select(Topic).where(Topic.need_id == need_id))


def topic_by_title(session: Session, council_id: int, title: str) -> Topic | None:
    """The latest topic of a council with exactly this title."""
    own = select(Topic).where(Topic.council_id == council_id, folded(Topic.title) == name_key(title))
    return session.scalar(own.order_by(Topic.id.desc()).limit(1))


# --- actions ------------------------------------------------------------


def same_action(session: Session, topic_id: int, raised_on: date, text: str) -> Action | None:
    """The action of that topic, day and text, if it is there."""
    query = select(Action).join(TopicAction, TopicAction.action_id == Action.id)
    own = (
        TopicAction.topic_id == topic_id,
        Action.raised_on == raised_on,
        folded(Action.text) == name_key(text),
    )
    return session.scalar(query.where(*own).limit(1))


def council_actions(
    session: Session,
    council_id: int,
    today: date,
    *,
    waiting: bool = False,
    overdue: bool = False,
    owner_id: int | None = None,
) -> Sequence[Action]:
    """The actions of a council, by due day: `waiting` ones are neither confirmed nor dropped."""
    where = action_conditions(today, waiting=waiting, overdue=overdue, owner_id=owner_id)
    query = select(Action).join(TopicAction, TopicAction.action_id == Action.id)
    query = query.join(Topic, Topic.id == TopicAction.topic_id)
    own = query.where(Topic.council_id == council_id, *where)
    return session.scalars(own.order_by(Action.due_on, Action.id)).all()


def actions_due_by(session: Session, meeting: CouncilSession) -> Sequence[Action]:
    """The open actions of a session's council that are due by some days after it, as the policy says."""
    days = policy_value(session, ACTION_WARN_DAYS)
    # An agenda with every far-away action on it is read by nobody; the list has them all. What is due on the
    # last of these days is overdue on the day after it.
    after = meeting.starts_at.date() + timedelta(days + 1)
    return council_actions(session, meeting.council_id, after, overdue=True)


def is_outside(session: Session, topic: Topic, action: Action) -> bool:
    """Whether the owner of an action is no member of the alliance whose council decided it."""
    council = session.get_one(Council, topic.council_id)
    # A community has no roster: whoever it asks is as much a member as any other.
    if council.alliance_id is None:
        return False
    return action.owner_id not in member_ids(session, council.alliance_id, action.raised_on)


def topics_of_actions(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """The topic of each of these actions."""
    rows: dict[int, int] = {}
    for keys in chunks(ids):
        query = select(TopicAction.action_id, TopicAction.topic_id).where(TopicAction.action_id.in_(keys))
        rows |= {row[0]: row[1] for row in session.execute(query)}
    return rows


def waiting_actions(
    session: Session, status: ActionStatus, source: ActionSource, *where: ColumnElement[bool]
) -> Sequence[Action]:
    """The actions of one source in one state, due first; an index serves them however many are settled."""
    own = (Action.status == status, Action.source == source, *where)
    return session.scalars(select(Action).where(*own).order_by(Action.due_on, Action.id)).all()


def of_community(community_id: int | None) -> list[ColumnElement[bool]]:
    """What holds for the actions of the councils of a community; those of alliances are in none."""
    if community_id is None:
        return []
    own = exists().where(
        TopicAction.action_id == Action.id,
        Topic.id == TopicAction.topic_id,
        Council.id == Topic.council_id,
        Council.community_id == community_id,
    )
    return [own]


# --- sessions ------------------------------------------------------------


def sessions(
    session: Session, council_id: int, now: datetime, *, waiting: bool = False, overdue: bool = False
) -> Sequence[CouncilSession]:
    """The sessions of a council, earliest first: `waiting` ones are not closed, overdue ones are over as well."""
    where = [CouncilSession.council_id == council_id]
    if waiting or overdue:
        where.append(CouncilSession.status == SessionStatus.CONVENED)
    if overdue:
        where.append(CouncilSession.ends_at < now)
    order = (CouncilSession.starts_at, CouncilSession.id)
    return session.scalars(select(CouncilSession).where(*where).order_by(*order)).all()


def convened(
    session: Session, first: datetime, last: datetime, community_id: int | None
) -> Sequence[CouncilSession]:
    """The sessions that begin in a stretch of time and are not closed, earliest first."""
    where = [
        CouncilSession.status == SessionStatus.CONVENED,
        CouncilSession.starts_at.between(first, last),
        *in_scope(community_id),
    ]
    query = select(CouncilSession).join(Council, Council.id == CouncilSession.council_id).where(*where)
    return session.scalars(query.order_by(CouncilSession.starts_at, CouncilSession.id)).all()


def last_closed(session: Session, meeting: CouncilSession) -> CouncilSession | None:
    """The closed session of the same council before a session."""
    before = and_(
        CouncilSession.council_id == meeting.council_id,
        CouncilSession.status == SessionStatus.CLOSED,
        CouncilSession.starts_at < meeting.starts_at,
    )
    latest = CouncilSession.starts_at.desc()
    return session.scalar(select(CouncilSession).where(before).order_by(latest).limit(1))


def label_of(meeting: Any) -> str:
    """How a session is called: by its number, and by its day as long as it has none."""
    return meeting.number or f"{meeting.starts_at:%Y-%m-%d}"


@dataclass(frozen=True)
class Item:
    """A topic on the agenda of a session, and what became of it there."""

    topic: Topic
    status: str
    place: int | None = None
    reason: str | None = None

    @property
    def id(self) -> int:
        """The topic's id, by which other commands take it."""
        return self.topic.id


#: Behind all that was put first.
_LAST = 1_000_000


def items(session: Session, session_ids: Iterable[int]) -> dict[int, list[AgendaItem]]:
    """What was said of topics and these sessions."""
    rows: dict[int, list[AgendaItem]] = {}
    for keys in chunks(session_ids):
        query = select(AgendaItem).where(AgendaItem.session_id.in_(keys)).order_by(AgendaItem.id)
        for row in session.scalars(query):
            rows.setdefault(row.session_id, []).append(row)
    return rows


def item_of(session: Session, meeting: CouncilSession, topic: Topic) -> AgendaItem | None:
    """What was said of a topic and a session, if anything was."""
    own = (AgendaItem.session_id == meeting.id, AgendaItem.topic_id == topic.id)
    return session.scalar(select(AgendaItem).where(*own))


def agenda(session: Session, meeting: CouncilSession) -> list[Item]:
    """What stands on the agenda of a session: as it was closed, else all that is accepted by then.

    A topic that is accepted and not decided comes by itself, so that none is lost between sessions.
    """
    stored = {row.topic_id: row for row in items(session, [meeting.id]).get(meeting.id, ())}
    topics = _topics_by_id(session, {*stored, *_waiting_ids(session, meeting)})
    every = [_item(topic, stored.get(key)) for key, topic in topics.items()]
    return sorted((item for item in every if item.status != ItemStatus.WITHOUT), key=_order)


def _waiting_ids(session: Session, meeting: CouncilSession) -> Sequence[int]:
    """The topics that come onto an agenda by themselves; onto that of a session that is over none does."""
    if meeting.status != SessionStatus.CONVENED:
        return ()
    return session.scalars(select(Topic.id).where(*_waits_for(meeting))).all()


def _waits_for(meeting: CouncilSession) -> list[ColumnElement[bool]]:
    # A session may be entered after it was held; what was accepted until then was on the table.
    last_day = max(meeting.ends_at.date(), meeting.convened_on)
    return [
        Topic.council_id == meeting.council_id,
        Topic.status == TopicStatus.ACCEPTED,
        Topic.accepted_on <= last_day,
    ]


def _topics_by_id(session: Session, ids: Iterable[int]) -> dict[int, Topic]:
    rows: dict[int, Topic] = {}
    for keys in chunks(ids):
        rows |= {topic.id: topic for topic in session.scalars(select(Topic).where(Topic.id.in_(keys)))}
    return rows


def _item(topic: Topic, stored: AgendaItem | None) -> Item:
    if stored is None:
        return Item(topic, ItemStatus.LISTED.value)
    return Item(topic, stored.status, stored.place, stored.reason)


def _order(item: Item) -> tuple[int, date, int]:
    return (item.place or _LAST, item.topic.proposed_on, item.topic.id)


def pending(session: Session, meeting: CouncilSession) -> list[Item]:
    """The topics on the agenda of a session that are neither decided nor deferred there."""
    settled = (ItemStatus.DECIDED, ItemStatus.DEFERRED)
    return [item for item in agenda(session, meeting) if item.status not in settled]


# --- attendance and quorum ------------------------------------------------------------


@dataclass(frozen=True)
class Quorum:
    """How many members a session has, how many of them are present, and how many it needs to decide."""

    members: int
    present: int
    needed: int

    @property
    def reached(self) -> bool:
        """Whether enough are present to decide."""
        return self.present >= self.needed


def attendance(session: Session, meeting: CouncilSession) -> list[Any]:
    """Who was at a session and who was not, members of the alliance or guests, in the order of entry."""
    columns = (
        Attendance.id,
        Attendance.organization_id,
        Organization.name.label("organization"),
        Attendance.present,
        Attendance.by,
    )
    query = select(*columns).join(Organization, Organization.id == Attendance.organization_id)
    return list(session.execute(query.where(Attendance.session_id == meeting.id).order_by(Attendance.id)))


def attendance_of(session: Session, meeting: CouncilSession, organization_id: int) -> Attendance | None:
    """What is recorded of an organization and a session."""
    own = (Attendance.session_id == meeting.id, Attendance.organization_id == organization_id)
    return session.scalar(select(Attendance).where(*own))


def members_of(session: Session, meeting: CouncilSession) -> set[int]:
    """The organizations that make up a session: the alliance's units of that day, or all that a community invited."""
    council = session.get_one(Council, meeting.council_id)
    if council.alliance_id is not None:
        return member_ids(session, council.alliance_id, meeting.starts_at.date())
    invited = select(Attendance.organization_id).where(Attendance.session_id == meeting.id)
    return set(session.scalars(invited))


def quorum(session: Session, meeting: CouncilSession) -> Quorum:
    """Members, those present and those needed: more than the share that the policy asks for on that day."""
    members = members_of(session, meeting)
    query = select(Attendance.organization_id).where(Attendance.session_id == meeting.id, Attendance.present)
    # Guests may speak and do not count: who is no member makes no quorum.
    present = members & set(session.scalars(query))
    share = policy_value(session, COUNCIL_QUORUM, meeting.starts_at.date())
    # Over half, so that of four members three are needed and of five three; never more than there are.
    more_than = int(len(members) * share) + 1
    return Quorum(len(members), len(present), max(1, min(more_than, len(members))))


def quorums(session: Session, meetings: Sequence[CouncilSession]) -> Mapping[int, Quorum]:
    """The quorum of each of these sessions; of a closed one as it was closed."""
    return {meeting.id: _quorum_of(session, meeting) for meeting in meetings}


def _quorum_of(session: Session, meeting: CouncilSession) -> Quorum:
    if meeting.minutes is None:
        return quorum(session, meeting)
    # Counted anew, a unit that joined since with an earlier day would change what was closed.
    frozen = meeting.minutes["quorum"]
    return Quorum(frozen["members"], frozen["present"], frozen["needed"])


def session_decisions(session: Session, meeting: CouncilSession) -> dict[int, Decision]:
    """What a session decided, by topic."""
    rows = session.scalars(select(Decision).where(Decision.session_id == meeting.id).order_by(Decision.id))
    return {row.topic_id: row for row in rows}


# --- what waits ------------------------------------------------------------


def topics_to_answer(session: Session, community_id: int | None) -> Sequence[Topic]:
    """Decided topics all of whose actions are confirmed or dropped: the proposer is to be told."""
    unsettled = _has_action(Action.status.not_in(SETTLED))
    # By council, of which there are few, so that the index serves however many topics are closed.
    halls = session.scalars(select(Council.id).where(*in_scope(community_id))).all()
    where = [Topic.council_id.in_(halls), Topic.status == TopicStatus.DECIDED, ~unsettled]
    return session.scalars(select(Topic).where(*where).order_by(Topic.id)).all()


def never_listed(today: date) -> ColumnElement[bool]:
    """Whether an accepted topic was on no agenda yet and is on none to come."""
    session_day = day_of(CouncilSession.ends_at)
    on_one = exists().where(
        CouncilSession.council_id == Topic.council_id,
        CouncilSession.status == SessionStatus.CONVENED,
        or_(session_day >= Topic.accepted_on, CouncilSession.convened_on >= Topic.accepted_on),
    )
    was_on_one = exists().where(
        AgendaItem.topic_id == Topic.id, AgendaItem.status.in_((ItemStatus.DEFERRED, ItemStatus.DECIDED))
    )
    return and_(Topic.accepted_on <= today, ~on_one, ~was_on_one)
