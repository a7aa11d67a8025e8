"""What is asked of teams and of who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.database import built_once, chunks
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import Reference, all_named, find, names_of
from volunteer_cli.people.models import Person
from volunteer_cli.teams.models import Membership, Team
from volunteer_cli.teams.terms import Role

TEAM = Reference(N_("team"), Team, "volunteer team list")


def find_team(session: Session, text: str, *, changing: bool = True) -> Team:
    """The team that `text` names.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    return find(session, TEAM, text, changing=changing)


def find_teams(session: Session, texts: Iterable[str]) -> list[Team]:
    """The teams that texts name, each once, in the order given; raises as `find_team`."""
    return all_named(session, find_team, texts, called=TEAM)


def team_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of teams by id."""
    return names_of(session, TEAM, ids)


def teams(
    session: Session, *, community_id: int | None = None, kind: str | None = None, archived: bool = False
) -> Sequence[Team]:
    """Teams in use, or the archived ones, by id."""
    conditions: list[ColumnElement[bool]] = [
        Team.archived_on.is_not(None) if archived else Team.archived_on.is_(None)
    ]
    if community_id is not None:
        conditions.append(Team.community_id == community_id)
    if kind is not None:
        conditions.append(Team.kind == kind)
    return session.scalars(select(Team).where(*conditions).order_by(Team.id)).all()


def in_use_on(day: date) -> ColumnElement[bool]:
    """Whether a team is there on a day: founded by then, where that is known, and not archived."""
    founded = or_(Team.founded_on.is_(None), Team.founded_on <= day)
    return and_(founded, or_(Team.archived_on.is_(None), Team.archived_on > day))


def holds_on(day: date) -> ColumnElement[bool]:
    """Whether a membership holds on a day."""
    return and_(Membership.since <= day, or_(Membership.until.is_(None), Membership.until > day))


@built_once
def belongs_on(day: date) -> ColumnElement[bool]:
    """Whether somebody is a member on a day: the membership holds, and the person's record is in use.

    The one definition of a member, for lists, counts, leaders, reports and events that are for members only.
    """
    # An alias, for some queries have joined the person already; EXISTS looks one up instead of reading all.
    person = aliased(Person)
    archived = exists().where(person.id == Membership.person_id, person.archived_on <= day)
    return and_(holds_on(day), ~archived)


def is_member(session: Session, team_id: int, person_id: int, on: date) -> bool:
    """Whether a person belongs to a team on a day."""
    query = members_on(team_id, on).where(Membership.person_id == person_id)
    return session.scalar(query) is not None


def member_ids(session: Session, team_id: int, on: date) -> set[int]:
    """The ids of those who belong to a team on a day."""
    return set(session.scalars(members_on(team_id, on)))


def members_on(team_id: int, on: date) -> Select[int]:
    """The ids of a team's members on a day, to be put into another query."""
    return select(Membership.person_id).where(Membership.team_id == team_id, belongs_on(on))


def members_named(session: Session, text: str, on: date) -> Select[int]:
    """The members on a day of the team that `text` names, for those who may not know of teams.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    return members_on(find_team(session, text, changing=False).id, on)


def membership(session: Session, team_id: int, person_id: int, on: date) -> Membership | None:
    """A person's membership in a team on a day, if there is one, whether or not the record is in use."""
    return session.scalar(
        select(Membership).where(
            Membership.team_id == team_id, Membership.person_id == person_id, holds_on(on)
        )
    )


def memberships(session: Session, team_id: int, person_id: int) -> Sequence[Membership]:
    """All memberships of a person in a team, earliest first."""
    return session.scalars(
        select(Membership)
        .where(Membership.team_id == team_id, Membership.person_id == person_id)
        .order_by(Membership.since, Membership.id)
    ).all()


def leaderships(session: Session, team_id: int) -> Sequence[Membership]:
    """All memberships of a team's leaders, earliest first."""
    return session.scalars(
        select(Membership)
        .where(Membership.team_id == team_id, Membership.role == Role.LEADER)
        .order_by(Membership.since, Membership.id)
    ).all()


_RANK = case({Role.LEADER: 0, Role.DEPUTY: 1}, value=Membership.role, else_=2)
_ROSTER = (
    Membership.id,
    Membership.team_id,
    Membership.person_id,
    Person.name.label("person"),
    Person.volunteer_no,
    Person.phone,
    Membership.role,
    Membership.since,
    Membership.until,
)


def rosters(session: Session, team_ids: Iterable[int], on: date) -> dict[int, list[Any]]:
    """The members of teams on a day with their roles, leader first, then by name."""
    members = select(*_ROSTER).join(Person, Person.id == Membership.person_id).where(belongs_on(on))
    rosters: dict[int, list[Any]] = {}
    for keys in chunks(team_ids):
        query = members.where(Membership.team_id.in_(keys))
        # By the sound: characters have no order of their own that a reader would look a name up by.
        for row in session.execute(query.order_by(_RANK, Person.name_pinyin, Person.id)):
            rosters.setdefault(row.team_id, []).append(row)
    return rosters


def member_counts(session: Session, team_ids: Iterable[int], on: date) -> dict[int, int]:
    """How many belong to each team on a day."""
    counted: dict[int, int] = {}
    for keys in chunks(team_ids):
        query = select(Membership.team_id, func.count()).where(Membership.team_id.in_(keys), belongs_on(on))
        counted |= {row[0]: row[1] for row in session.execute(query.group_by(Membership.team_id))}
    return counted


def leaders(session: Session, team_ids: Iterable[int], on: date) -> dict[int, Any]:
    """The leader of each team on a day: id and name."""
    rows: dict[int, Any] = {}
    for keys in chunks(team_ids):
        query = (
            select(Membership.team_id, Person.id, Person.name)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.team_id.in_(keys), Membership.role == Role.LEADER, belongs_on(on))
        )
        rows |= {row.team_id: row for row in session.execute(query)}
    return rows


def teams_of_people(session: Session, person_ids: Iterable[int], on: date) -> dict[int, list[str]]:
    """The names of the teams to which people belong on a day, in the order in which they joined."""
    names: dict[int, list[str]] = {}
    for keys in chunks(person_ids):
        query = (
            select(Membership.person_id, Team.name)
            .join(Team, Team.id == Membership.team_id)
            .where(Membership.person_id.in_(keys), belongs_on(on), Team.archived_on.is_(None))
            .order_by(Membership.since, Membership.id)
        )
        for person_id, name in session.execute(query):
            names.setdefault(person_id, []).append(name)
    return names
