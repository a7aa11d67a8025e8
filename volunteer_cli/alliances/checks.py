"""What must always hold of alliances, councils and pairings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.actions.models import Action
from volunteer_cli.actions.terms import SETTLED
from volunteer_cli.alliances.models import AllianceMembership, CouncilSession, Pairing, Topic, TopicAction
from volunteer_cli.alliances.queries import councils as queries
from volunteer_cli.alliances.terms import SessionStatus, TopicStatus, UnitRole
from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _


def _changed_minutes(session: Session) -> Iterator[Finding]:
    """Closed sessions whose attendance or decisions are no longer those of their minutes."""
    # Provable only because the minutes are kept as facts, not as a page.
    closed = select(CouncilSession).where(CouncilSession.status == SessionStatus.CLOSED)
    for meeting in session.scalars(closed.order_by(CouncilSession.id)):
        if meeting.minutes is None or not meeting.number:
            yield Finding(f"session:{meeting.id}", _("is closed without minutes or number"))
        elif _facts(session, meeting) != _frozen(meeting.minutes):
            yield Finding(f"session:{meeting.id}", _("differs from its minutes"))


def _facts(session: Session, meeting: CouncilSession) -> tuple[Any, ...]:
    """Who was present and what was decided; words may have been erased since, so that they are not compared."""
    present = {row.organization_id for row in queries.attendance(session, meeting) if row.present}
    decisions = {key: row.id for key, row in queries.session_decisions(session, meeting).items()}
    return present, decisions


def _frozen(minutes: dict[str, Any]) -> tuple[Any, ...]:
    present = {row["organization_id"] for row in minutes["attendance"] if row["present"]}
    decided = {topic["id"]: topic["decision"]["id"] for topic in minutes["topics"] if topic["decision"]}
    return present, decided


def _closed_too_early(session: Session) -> Iterator[Finding]:
    """Closed topics with an action that is neither confirmed nor dropped."""
    query = (
        select(Topic.id)
        .join(TopicAction, TopicAction.topic_id == Topic.id)
        .join(Action, Action.id == TopicAction.action_id)
        .where(Topic.status == TopicStatus.CLOSED, Action.status.not_in(SETTLED))
    )
    for key in session.scalars(query.distinct().order_by(Topic.id)):
        yield Finding(f"topic:{key}", _("is closed though an action of it is not settled"))


_One, _Other = aliased(Pairing), aliased(Pairing)
_Lead, _OtherLead = aliased(AllianceMembership), aliased(AllianceMembership)


def _meet(one: Any, other: Any) -> ColumnElement[bool]:
    """Whether two spans of days, each longer than nothing, share a day."""
    return and_(
        one.id < other.id,
        or_(other.until.is_(None), one.since < other.until),
        or_(one.until.is_(None), other.since < one.until),
        or_(one.until.is_(None), one.until > one.since),
        or_(other.until.is_(None), other.until > other.since),
    )


def _paired_twice(session: Session) -> Iterator[Finding]:
    same_alliance = or_(
        _One.alliance_id == _Other.alliance_id,
        and_(_One.alliance_id.is_(None), _Other.alliance_id.is_(None)),
    )
    same = and_(_One.enterprise_id == _Other.enterprise_id, same_alliance, _meet(_One, _Other))
    for key, since in session.execute(select(_Other.id, _Other.since).join(_One, same)):
        yield Finding(f"pairing:{key}", _("its enterprise is paired twice on {day}").format(day=since))


def _two_leads(session: Session) -> Iterator[Finding]:
    # The command refuses this; what was written past it (a merge of databases, SQL by hand) is found here.
    same = and_(_Lead.alliance_id == _OtherLead.alliance_id, _meet(_Lead, _OtherLead))
    query = select(_Lead.alliance_id, _OtherLead.since).join(_OtherLead, same)
    both = (_Lead.role == UnitRole.LEAD, _OtherLead.role == UnitRole.LEAD)
    for key, since in session.execute(query.where(*both)):
        yield Finding(f"alliance:{key}", _("has two leads on {day}").format(day=since))


CHECKS = (
    Check(
        "council-frozen",
        N_("A closed session is as its minutes say"),
        _changed_minutes,
        code="session_closed",
    ),
    Check("topics-closed", N_("A closed topic has no action that is not settled"), _closed_too_early),
    Check(
        "pairings-one",
        N_("An enterprise is paired once at a time within an alliance"),
        _paired_twice,
        code="already_paired",
    ),
    Check("alliance-leads", N_("An alliance has one lead at a time"), _two_leads, code="one_leader"),
)
