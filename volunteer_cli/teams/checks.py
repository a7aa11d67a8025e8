"""What must always hold of memberships."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.teams.models import Membership
from volunteer_cli.teams.terms import Role

One, Other = aliased(Membership), aliased(Membership)


def _meet() -> ColumnElement[bool]:
    """Whether two memberships of a team, each longer than nothing, have a day in common."""
    return and_(
        One.team_id == Other.team_id,
        _before(One, Other),
        _before(Other, One),
        *(or_(each.until.is_(None), each.until > each.since) for each in (One, Other)),
    )


def _before(one: Any, other: Any) -> ColumnElement[bool]:
    return or_(other.until.is_(None), one.since < other.until)


def _two_leaders(session: Session) -> Iterator[Finding]:
    query = select(One.team_id, Other.since).join(Other, and_(_meet(), One.id < Other.id))
    for team_id, since in session.execute(query.where(One.role == Role.LEADER, Other.role == Role.LEADER)):
        yield Finding(f"team:{team_id}", _("has two leaders on {day}").format(day=since))


def _out_of_order(session: Session) -> Iterator[Finding]:
    for member in session.scalars(select(Membership).where(Membership.until < Membership.since)):
        problem = _("left team {team} on {until}, before joining on {since}")
        sentence = problem.format(team=member.team_id, until=member.until, since=member.since)
        yield Finding(f"person:{member.person_id}", sentence)


def _twice_a_member(session: Session) -> Iterator[Finding]:
    several = select(Membership.person_id).group_by(Membership.person_id).having(func.count() > 1)
    same = and_(_meet(), One.person_id == Other.person_id, One.id < Other.id, One.person_id.in_(several))
    for person_id, team_id in session.execute(select(One.person_id, One.team_id).join(Other, same)):
        problem = _("belongs to team {team} twice at the same time")
        yield Finding(f"person:{person_id}", problem.format(team=team_id))


CHECKS = (
    Check("leaders", N_("A team has one leader at a time"), _two_leaders, code="one_leader"),
    Check("membership-order", N_("Nobody leaves a team before joining it"), _out_of_order),
    Check(
        "membership-overlap",
        N_("Nobody belongs to a team twice at the same time"),
        _twice_a_member,
        code="already_member",
    ),
)
