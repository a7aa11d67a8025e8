"""What memberships hold against merging two people, and what becomes of them when one is erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import delete_rows, insert_rows
from volunteer_cli.core.i18n import _, with_detail
from volunteer_cli.people.queries import person_names
from volunteer_cli.teams.models import Membership, Team
from volunteer_cli.teams.terms import ROLES, Role

Span = tuple[date, date | None]


#: What a role is worth when two of one person meet.
WORTH = (Role.MEMBER, Role.DEPUTY, Role.LEADER)


def merge_losses(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    """The roles in a team that one of the two has while the other has one that is worth more."""
    people = person_names(session, [keep_id, drop_id])
    for kept, dropped in _together(session, keep_id, drop_id):
        if kept.role != dropped.role:
            lesser = min(dropped, kept, key=_worth)
            person = with_detail(people[lesser.person_id], lesser.person_id)
            yield _role_of(session.get_one(Team, lesser.team_id), person, lesser.role)


def _role_of(team: Team, person: str, role: str) -> str:
    sentence = _("{person} in {team} ({id}): {role}")
    return sentence.format(person=person, team=team.name, id=team.id, role=_(ROLES[Role(role)]))


def merge_rows(session: Session, keep_id: int, drop_id: int) -> None:
    """Of the time in which both belong to a team the role stays that is worth more; of two equal ones KEEP's."""
    for kept, dropped in _together(session, keep_id, drop_id):
        _cut(session, *((kept, dropped) if _worth(dropped) > _worth(kept) else (dropped, kept)))


def _together(session: Session, keep_id: int, drop_id: int) -> Iterator[tuple[Membership, Membership]]:
    """The memberships of both in one team that share days, read anew after each that was cut."""
    done: set[tuple[int, int]] = set()
    while pair := _next_together(session, keep_id, drop_id, done):
        done.add((pair[0].id, pair[1].id))
        yield pair


def _next_together(
    session: Session, keep_id: int, drop_id: int, done: set[tuple[int, int]]
) -> tuple[Membership, Membership] | None:
    for dropped in _of(session, drop_id):
        for membership in _of(session, keep_id, dropped.team_id):
            if (membership.id, dropped.id) not in done and _share_days(membership, dropped):
                return membership, dropped
    return None


def _share_days(one: Membership, other: Membership) -> bool:
    return one.since < (other.until or date.max) and other.since < (one.until or date.max)


def _worth(membership: Membership) -> int:
    return WORTH.index(Role(membership.role))


def _cut(session: Session, lesser: Membership, better: Membership) -> None:
    """Leave of a membership the days that another one does not cover."""
    row = {"team_id": lesser.team_id, "person_id": lesser.person_id, "role": lesser.role}
    left = list(remaining((lesser.since, lesser.until), [(better.since, better.until)]))
    session.expunge(lesser)
    delete_rows(session, Membership, [lesser.id])
    insert_rows(session, Membership, [{**row, "since": since, "until": until} for since, until in left])


def remaining(span: Span, taken: list[Span]) -> Iterator[Span]:
    """The parts of a half-open span of days that none of the others covers."""
    since, until = span
    for other_since, other_until in sorted(taken, key=lambda other: other[0]):
        if until is not None and other_since >= until:
            break
        if other_until is not None and other_until <= since:
            continue
        if since < other_since:
            yield since, other_since
        # Taken for good: nothing is left behind it.
        if other_until is None:
            return
        since = other_until
    if until is None or since < until:
        yield since, until


def before_erase(session: Session, person_id: int, on: date) -> None:
    """End the memberships that hold on the day on which a person is erased."""
    for membership in _of(session, person_id):
        if membership.until is None or membership.until > on:
            membership.until = max(membership.since, on)
    session.flush()


def _of(session: Session, person_id: int, team_id: int | None = None) -> list[Membership]:
    query = select(Membership).where(
        Membership.person_id == person_id,
        or_(Membership.until.is_(None), Membership.until > Membership.since),
    )
    if team_id is not None:
        query = query.where(Membership.team_id == team_id)
    return list(session.scalars(query.order_by(Membership.since, Membership.id)))
