"""What memberships hold against merging two people, and what becomes of them when one is erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import delete_rows, insert_rows
from volunteer_cli.teams.models import Membership

Span = tuple[date, date | None]


def merge_rows(session: Session, keep_id: int, drop_id: int) -> None:
    """Cut out of the memberships of the one who goes the time in which the other belongs to the same team."""
    for membership in _of(session, drop_id):
        taken = [(kept.since, kept.until) for kept in _of(session, keep_id, membership.team_id)]
        span = (membership.since, membership.until)
        left = list(remaining(span, taken))
        if left == [span]:
            continue
        row = {"team_id": membership.team_id, "person_id": keep_id, "role": membership.role}
        session.expunge(membership)
        delete_rows(session, Membership, [membership.id])
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
