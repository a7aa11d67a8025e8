"""What follows households: who is not to be contacted, gifts, and who answers for a grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import built_once, chunks
from volunteer_cli.households.models import (
    ContactBlock,
    GridPost,
    Household,
    HouseholdGift,
    Stay,
)
from volunteer_cli.households.queries.listing import on_list
from volunteer_cli.households.queries.staying import lives_at
from volunteer_cli.households.terms import BlockMethod, Occupancy
from volunteer_cli.people.models import Person


def blocks_on(day: date, method: BlockMethod | None = None) -> ColumnElement[bool]:
    """Whether a block holds on a day, for a method or, without one, for any."""
    holds = (ContactBlock.since <= day) & or_(ContactBlock.until.is_(None), ContactBlock.until > day)
    # Asked as of a day before it was lifted it still holds: yesterday's list stays as it was.
    holds &= or_(ContactBlock.lifted_on.is_(None), ContactBlock.lifted_on > day)
    if method is None:
        return holds
    return holds & or_(ContactBlock.method.is_(None), ContactBlock.method == method)


@built_once
def blocked_households(day: date, method: BlockMethod | None = None) -> Select[Any]:
    """The ids of households that are not to be contacted on a day, to be put into another query."""
    return select(ContactBlock.household_id).where(
        ContactBlock.household_id.is_not(None), blocks_on(day, method)
    )


@built_once
def blocked_people(day: date, method: BlockMethod | None = None) -> Select[Any]:
    """The ids of people who are not to be contacted on a day, by a block of their own."""
    return select(ContactBlock.person_id).where(ContactBlock.person_id.is_not(None), blocks_on(day, method))


def is_blocked(day: date) -> ColumnElement[bool]:
    """Whether a household is not to be contacted on a day."""
    return Household.id.in_(blocked_households(day))


def blocks_of(session: Session, thing: Household | Person, day: date) -> Sequence[ContactBlock]:
    """The blocks of a household, or of a person, that hold on a day or will."""
    key = ContactBlock.household_id if isinstance(thing, Household) else ContactBlock.person_id
    query = select(ContactBlock).where(key == thing.id, ContactBlock.lifted_on.is_(None))
    ended = or_(ContactBlock.until.is_(None), ContactBlock.until > day)
    return session.scalars(query.where(ended).order_by(ContactBlock.id)).all()


def blocks(session: Session, household_ids: Iterable[int], day: date) -> dict[int, list[ContactBlock]]:
    """The blocks of households that hold on a day, by household."""
    held: dict[int, list[ContactBlock]] = {}
    for keys in chunks(household_ids):
        query = select(ContactBlock).where(ContactBlock.household_id.in_(keys), blocks_on(day))
        for each in session.scalars(query.order_by(ContactBlock.id)):
            held.setdefault(each.household_id or 0, []).append(each)
    return held


def gifts(
    session: Session, *, household_id: int | None = None, community_id: int | None = None, held: bool = False
) -> Sequence[HouseholdGift]:
    """Gifts of households, the earliest first; `held` are those that wait to be returned."""
    query = select(HouseholdGift)
    if household_id is not None:
        query = query.where(HouseholdGift.household_id == household_id)
    if community_id is not None:
        homes = select(Household.id).where(Household.community_id == community_id)
        query = query.where(HouseholdGift.household_id.in_(homes))
    if held:
        query = query.where(_HELD)
    return session.scalars(query.order_by(HouseholdGift.received_on, HouseholdGift.id)).all()


#: Neither declined at the door nor given back or handed in: it lies in the office, and its days run.
_HELD = and_(HouseholdGift.declined.is_(False), HouseholdGift.settlement.is_(None))


def gifts_held(session: Session, household_ids: Iterable[int]) -> dict[int, int]:
    """How many gifts of households are held, by household."""
    held = select(HouseholdGift.household_id, func.count()).where(_HELD)
    counted: dict[int, int] = {}
    for keys in chunks(household_ids):
        query = held.where(HouseholdGift.household_id.in_(keys)).group_by(HouseholdGift.household_id)
        counted |= {row[0]: row[1] for row in session.execute(query)}
    return counted


def grid_post(session: Session, community_id: int, grid: str) -> GridPost | None:
    """Who answers for a grid."""
    return session.scalar(select(GridPost).filter_by(community_id=community_id, grid=grid))


@dataclass(frozen=True)
class GridRow:
    """A grid of a community: who answers for it, and what is in it on a day."""

    grid: str | None
    worker_id: int | None
    head_id: int | None
    households: int
    vacant: int
    people: int
    on_list: int

    @property
    def id(self) -> str | None:
        """What tells it from the others of its community."""
        return self.grid


def grids(session: Session, community_id: int, day: date) -> list[GridRow]:
    """The grids of a community in which households stand or for which somebody answers, by name."""
    posts = _posts(session, community_id)
    standing = _standing(session, community_id, day)
    people = _people_by_grid(session, community_id, day)
    # Households without a grid come last: they are what is left to be given to somebody.
    names = sorted({*posts, *standing}, key=lambda grid: (grid is None, _as_counted(grid or "")))
    return [_grid_row(grid, posts.get(grid or ""), standing.get(grid), people.get(grid, 0)) for grid in names]


def _posts(session: Session, community_id: int) -> dict[str, GridPost]:
    posts = session.scalars(select(GridPost).filter_by(community_id=community_id))
    return {post.grid: post for post in posts}


def _grid_row(grid: str | None, post: GridPost | None, standing: Any, people: int) -> GridRow:
    worker_id, head_id = (post.worker_id, post.head_id) if post else (None, None)
    households, vacant, on_list = (
        (standing.households, standing.vacant, standing.on_list) if standing else (0, 0, 0)
    )
    return GridRow(grid, worker_id, head_id, households, vacant, people, on_list)


def _standing(session: Session, community_id: int, day: date) -> dict[str | None, Any]:
    """How many households stand in each grid, are vacant, and are on the visiting list."""
    figures = (
        func.count().label("households"),
        _counted(Household.occupancy == Occupancy.VACANT).label("vacant"),
        _counted(on_list(session, day)).label("on_list"),
    )
    query = select(Household.grid, *figures).where(
        Household.community_id == community_id, Household.archived_on.is_(None)
    )
    return {row.grid: row for row in session.execute(query.group_by(Household.grid))}


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _people_by_grid(session: Session, community_id: int, day: date) -> dict[str | None, int]:
    living = lives_at(day).join(Household, Household.id == Stay.household_id)
    living = living.where(Household.community_id == community_id, Household.archived_on.is_(None))
    by_grid = living.with_only_columns(Household.grid, func.count()).group_by(Household.grid)
    return {row[0]: row[1] for row in session.execute(by_grid)}


def _as_counted(text: str) -> tuple[bool, str, str]:
    """A name that is a number is ordered as one: 2 before 10."""
    return not text.isdigit(), text.zfill(8) if text.isdigit() else text, text
