"""What may happen to a session of a council: agenda, attendance, decisions, and closing it for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.actions.rules import When
from volunteer_cli.alliances.models import (
    AgendaItem,
    Alliance,
    Attendance,
    Council,
    CouncilSession,
    Decision,
    Topic,
)
from volunteer_cli.alliances.queries import councils as queries
from volunteer_cli.alliances.queries.minutes import content
from volunteer_cli.alliances.rules import councils as topic_rules
from volunteer_cli.alliances.terms import (
    SESSION_STATUSES,
    TOPIC_STATUSES,
    Basis,
    ItemStatus,
    SessionStatus,
    TopicStatus,
)
from volunteer_cli.alliances.terms import TopicStep as Step
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, _, listed, pgettext, with_detail
from volunteer_cli.core.numbers import issue_number
from volunteer_cli.core.steps import StepAhead
from volunteer_cli.core.text import clean_name, required
from volunteer_cli.organizations.models import Organization


class NotAccepted(RuleError):
    """Topic {id} is {status}: only what is accepted is dealt with at a session"""

    code = "not_accepted"
    hint = N_("Accept it: volunteer council accept {id}")


class OtherCouncil(RuleError):
    """Topic {id} is another council's, not that of session {session}"""

    code = "other_council"


class NoQuorum(RuleError):
    """Session {session} cannot decide: present {present} of {members}, needed {needed}"""

    code = "no_quorum"
    hint = N_(
        "Record who is there: volunteer council attend {id} ORGANIZATION; or defer the topic: "
        "volunteer council defer TOPIC --session {id} --reason TEXT"
    )
    explanation = N_(
        "A decision needs more than the share of the members that the policy council_quorum names, of those "
        "who belong to the alliance on the day of the session. A leader may decide all the same with "
        "--override REASON, which is kept and stands in the minutes."
    )


class Undecided(RuleError):
    """On the agenda of session {session} still stand, neither decided nor deferred: {topics}"""

    code = "undecided"
    hint = N_("Decide or defer each of them, or leave it out: volunteer council agenda {id} --without TOPIC")


class SessionClosed(RuleError):
    """Session {session} is {status}: attendance and decisions are frozen"""

    code = "session_closed"
    hint = N_("Bring the topic to the next session: volunteer council reopen TOPIC")
    explanation = N_(
        "Closing a session gives its minutes a number and freezes them, also against an undo: what the members "
        "agreed on must not change behind their backs. A decision is changed by a later decision."
    )


class AlreadyDecided(RuleError):
    """Topic {id} was decided already, at session {session}"""

    code = "already_decided"
    hint = N_("A decision is changed by a later one: volunteer council reopen {id}, then decide it next time")


class HasDecisions(RuleError):
    """Session {session} has decided something and cannot be cancelled"""

    code = "already_decided"
    hint = N_("Close it: volunteer council close {id}")


class NoLength(RuleError):
    """A session must end after it begins"""

    code = "bad_time"


def convene(
    session: Session,
    council: Council,
    when: When,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str | None,
) -> CouncilSession:
    """A new session; accepted topics stand on its agenda by themselves, oldest first.

    Raises:
        CouncilArchived, NoLength: as their sentences say.
    """
    topic_rules.require_in_use(council)
    if ends_at <= starts_at:
        raise NoLength
    meeting = CouncilSession(
        council_id=council.id,
        starts_at=starts_at,
        ends_at=ends_at,
        place=required(place, _("Place")) if place else None,
        status=SessionStatus.CONVENED.value,
        convened_on=when.day,
    )
    session.add(meeting)
    session.flush()
    return meeting


def require_convened(meeting: CouncilSession) -> None:
    """Refuse a session that is closed or cancelled; raises SessionClosed."""
    if meeting.status != SessionStatus.CONVENED:
        status = _(SESSION_STATUSES[meeting.status])
        raise SessionClosed(session=queries.label_of(meeting), status=status)


def require_begun(meeting: CouncilSession, when: When) -> None:
    """Refuse what would be decided before the day of a session; raises StepAhead."""
    if meeting.starts_at.date() > when.now.date():
        raise StepAhead(day=meeting.starts_at.date())


def arrange(
    session: Session, meeting: CouncilSession, *, first: Sequence[Topic], without: Sequence[Topic]
) -> bool:
    """Put topics first on an agenda or leave them to the next one, and answer whether that is new.

    Raises:
        SessionClosed, OtherCouncil, NotAccepted, AlreadyDecided: as their sentences say.
    """
    require_convened(meeting)
    changed = False
    for topic in without:
        _require_dealt_with(session, meeting, topic)
        changed |= _mark(session, meeting, topic, ItemStatus.WITHOUT)
    for place, topic in enumerate(first, start=1):
        _require_dealt_with(session, meeting, topic)
        changed |= _mark(session, meeting, topic, ItemStatus.LISTED, place=place)
    if first:
        _move_back(session, meeting, {topic.id for topic in first})
    session.flush()
    return changed


def _move_back(session: Session, meeting: CouncilSession, first: set[int]) -> None:
    """What was put first before comes behind what is first now."""
    for item in queries.items(session, [meeting.id]).get(meeting.id, ()):
        if item.topic_id not in first and item.place is not None:
            item.place += len(first)


def _mark(
    session: Session,
    meeting: CouncilSession,
    topic: Topic,
    status: ItemStatus,
    *,
    place: int | None = None,
    reason: str | None = None,
) -> bool:
    """Say what is so of a topic and a session, and answer whether that is new; what is settled keeps its state."""
    item = queries.item_of(session, meeting, topic)
    if item is None:
        item = AgendaItem(session_id=meeting.id, topic_id=topic.id)
        session.add(item)
    # To move a topic that is deferred to the front does not take its deferral back.
    if status is not ItemStatus.LISTED or item.status != ItemStatus.DEFERRED:
        item.status, item.reason = status.value, reason
    item.place = place or item.place
    new = session.is_modified(item)
    session.flush()
    return new


def _require_dealt_with(session: Session, meeting: CouncilSession, topic: Topic) -> None:
    """Raises OtherCouncil, AlreadyDecided, NotAccepted."""
    if topic.council_id != meeting.council_id:
        raise OtherCouncil(id=topic.id, session=queries.label_of(meeting))
    _require_undecided(session, meeting, topic)
    if topic.status != TopicStatus.ACCEPTED:
        raise NotAccepted(id=topic.id, status=_(TOPIC_STATUSES[topic.status]))


def _require_undecided(session: Session, meeting: CouncilSession, topic: Topic) -> None:
    """Raises AlreadyDecided, naming the session that did."""
    # A topic that was reopened since is accepted, and all the same this session has decided it once.
    if queries.decision_of(session, topic.id, meeting.id):
        raise AlreadyDecided(id=topic.id, session=queries.label_of(meeting))
    if topic.status == TopicStatus.DECIDED:
        latest = queries.decisions(session, [topic.id])[topic.id]
        raise AlreadyDecided(id=topic.id, session=queries.label_of(latest))


# --- attendance ------------------------------------------------------------


def attend(
    session: Session,
    meeting: CouncilSession,
    organization: Organization,
    *,
    present: bool = True,
    by: str | None = None,
) -> bool:
    """Record that an organization was at a session, or was not, and answer whether that is new.

    Raises:
        SessionClosed: the session is closed or cancelled.
    """
    require_convened(meeting)
    name = clean_name(by) if by else None
    row = queries.attendance_of(session, meeting, organization.id)
    if row is None:
        row = Attendance(session_id=meeting.id, organization_id=organization.id)
        session.add(row)
    # Nobody speaks for who is absent; said again without a name, the name that is there stays.
    spoke = row.by if present else None
    row.present, row.by = present, name or spoke
    new = session.is_modified(row)
    session.flush()
    return new


# --- decisions ------------------------------------------------------------


@dataclass(frozen=True)
class Votes:
    """How a council voted; without any number it decided by consensus."""

    pro: int | None = None
    contra: int | None = None
    abstain: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What a decision keeps of it."""
        counts = (self.pro, self.contra, self.abstain)
        if counts == (None, None, None):
            return {"basis": Basis.CONSENSUS.value}
        names = ("votes_for", "votes_against", "votes_abstain")
        return {
            "basis": Basis.VOTES.value,
            **{name: count or 0 for name, count in zip(names, counts, strict=True)},
        }


def decide(
    session: Session,
    meeting: CouncilSession,
    topic: Topic,
    text: str,
    when: When,
    *,
    reason: str | None = None,
    votes: Votes | None = None,
    override: str | None = None,
) -> Decision:
    """Decide a topic at a session.

    Raises:
        SessionClosed, OtherCouncil, NotAccepted, AlreadyDecided: in this order.
        NoQuorum: too few members are present, and no override is given.
        StepAhead, OutOfOrder, MissingValue: as their sentences say.
    """
    _require_decidable(session, meeting, topic, when, override)
    decision = Decision(
        topic_id=topic.id,
        session_id=meeting.id,
        text=required(text, pgettext("alliance", "Text")),
        reason=_reason(reason),
        override_reason=_reason(override),
        **(votes or Votes()).columns,
    )
    session.add(decision)
    topic.status = TopicStatus.DECIDED.value
    _mark(session, meeting, topic, ItemStatus.DECIDED)
    topic_rules.note(session, topic, Step.DECIDED, when, decision.text)
    return decision


def _reason(text: str | None) -> str | None:
    return required(text, _("Reason")) if text else None


def _require_decidable(
    session: Session, meeting: CouncilSession, topic: Topic, when: When, override: str | None
) -> None:
    # What is wrong with session and topic comes first: no quorum would mend it.
    require_convened(meeting)
    _require_dealt_with(session, meeting, topic)
    require_begun(meeting, when)
    _require_quorum(session, meeting, override)
    topic_rules.require_order(session, topic, when)


def _require_quorum(session: Session, meeting: CouncilSession, override: str | None) -> None:
    # More than half in favour decides, so rules of community councils have it; an override keeps its reason.
    quorum = queries.quorum(session, meeting)
    if not quorum.reached and not override:
        raise NoQuorum(
            session=queries.label_of(meeting),
            id=meeting.id,
            present=quorum.present,
            members=quorum.members,
            needed=quorum.needed,
        )


def defer(session: Session, meeting: CouncilSession, topic: Topic, reason: str, when: When) -> bool:
    """Leave a topic to the next session with a reason, and answer whether that is new.

    Raises:
        SessionClosed, OtherCouncil, NotAccepted, AlreadyDecided, StepAhead, OutOfOrder: as their sentences say.
    """
    require_convened(meeting)
    _require_dealt_with(session, meeting, topic)
    require_begun(meeting, when)
    topic_rules.require_order(session, topic, when)
    why = required(reason, _("Reason"))
    if not _mark(session, meeting, topic, ItemStatus.DEFERRED, reason=why):
        return False
    topic_rules.note(session, topic, Step.DEFERRED, when, why)
    return True


# --- closing ------------------------------------------------------------


def close(session: Session, meeting: CouncilSession, when: When) -> bool:
    """Freeze a session under a number that is never given again, and answer whether that is new.

    Raises:
        SessionClosed: it is cancelled.
        StepAhead: it has not begun.
        Undecided: a topic on its agenda is neither decided nor deferred.
    """
    if meeting.status == SessionStatus.CLOSED:
        return False
    require_convened(meeting)
    require_begun(meeting, when)
    _require_nothing_pending(session, meeting)
    meeting.number = _number(session, meeting)
    meeting.closed_on = when.day
    # Taken while it is still convened: of a closed one the minutes would be asked for themselves.
    meeting.minutes = content(session, meeting)
    meeting.status = SessionStatus.CLOSED.value
    session.flush()
    return True


def _require_nothing_pending(session: Session, meeting: CouncilSession) -> None:
    """Raises Undecided: closing on an open agenda would wipe it without a record."""
    if pending := queries.pending(session, meeting):
        topics = listed(with_detail(item.topic.title, item.id) for item in pending)
        raise Undecided(session=queries.label_of(meeting), id=meeting.id, topics=topics)


def _number(session: Session, meeting: CouncilSession) -> str:
    # Numbered within the alliance: its councils share one series, as one office files them.
    council = session.get_one(Council, meeting.council_id)
    alliance = session.get(Alliance, council.alliance_id) if council.alliance_id else None
    code, year = (alliance or council).code.upper(), meeting.starts_at.year
    return issue_number(session, f"session:{code.lower()}:{year}", f"{code}-{year}-{{:02}}")


def cancel(session: Session, meeting: CouncilSession) -> bool:
    """Call a session off and answer whether that is new; its topics stand on the next agenda.

    Raises:
        SessionClosed: it is closed.
        HasDecisions: it has decided something.
    """
    if meeting.status == SessionStatus.CANCELLED:
        return False
    require_convened(meeting)
    if queries.session_decisions(session, meeting):
        raise HasDecisions(session=queries.label_of(meeting), id=meeting.id)
    meeting.status = SessionStatus.CANCELLED.value
    session.flush()
    return True
