"""Who stays where on a day, and who lives nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.database import built_once, chunks
from volunteer_cli.households.models import (
    Household,
    Stay,
)
from volunteer_cli.households.terms import StayKind
from volunteer_cli.people.models import Person, PersonLabel
from volunteer_cli.people.queries import label_holds
from volunteer_cli.people.terms import LabelKind


def stays_on(day: date | ColumnElement[Any], stay: type[Stay] = Stay) -> ColumnElement[bool]:
    """Whether a stay, or one by another alias, holds on a day, which may be a column too."""
    return (stay.since <= day) & or_(stay.until.is_(None), stay.until > day)


@built_once
def lives_at(day: date) -> Select[int | None, int]:
    """Who lives where on a day, as rows of `person_id` and `household_id`, to be put into another query.

    The one definition of a member: somebody lives there, and the person's record is in use.
    """
    # An alias, for some queries have joined the person already; EXISTS looks one up instead of reading all.
    person = aliased(Person)
    archived = exists().where(person.id == Stay.person_id, person.archived_on <= day)
    living = select(Stay.person_id, Stay.household_id).where(Stay.kind == StayKind.LIVES, stays_on(day))
    # A stay that was cut with an erased person names nobody, and counted until that day.
    return living.where(~archived.correlate(Stay))


def registered_only(day: date) -> Select[int | None, int]:
    """Who is registered where on a day without living there, as `lives_at`."""
    home = aliased(Stay)
    here = select(home.id).where(
        home.person_id == Stay.person_id,
        home.household_id == Stay.household_id,
        home.kind == StayKind.LIVES,
        stays_on(day, home),
    )
    registered = select(Stay.person_id, Stay.household_id).where(Stay.kind == StayKind.REGISTERED)
    return registered.where(stays_on(day), ~here.exists())


def members(session: Session, household_id: int, day: date) -> Sequence[Person]:
    """The people who live in a household on a day, by id."""
    living = lives_at(day).where(Stay.household_id == household_id).with_only_columns(Stay.person_id)
    return session.scalars(select(Person).where(Person.id.in_(living)).order_by(Person.id)).all()


def household_of(session: Session, person_id: int, day: date) -> Household | None:
    """The household in which a person lives on a day."""
    home = lives_at(day).where(Stay.person_id == person_id).with_only_columns(Stay.household_id)
    return session.scalar(select(Household).where(Household.id.in_(home)).limit(1))


def tags_on(session: Session, household_ids: Iterable[int], day: date) -> dict[int, list[str]]:
    """The tags of those who live in households on a day, by household, each once."""
    # A dictionary of words is a set that keeps their order.
    tags: dict[int, dict[str, None]] = {}
    for keys in chunks(household_ids):
        for household_id, tag in session.execute(_carried(keys, day)):
            tags.setdefault(household_id, {})[tag] = None
    return {household_id: list(words) for household_id, words in tags.items()}


def _carried(household_ids: Sequence[int], day: date) -> Select[Any, str]:
    """The tags of those who live in households on a day, each with the household, in the order of their entry."""
    # 重点人群 are people, and a flat has the tags of those behind its door on that day, moves included.
    home = lives_at(day).subquery()
    carried = and_(PersonLabel.person_id == home.c.person_id, PersonLabel.kind == LabelKind.TAG)
    query = select(home.c.household_id, PersonLabel.value).join(PersonLabel, carried)
    return query.where(label_holds(day), home.c.household_id.in_(household_ids)).order_by(PersonLabel.id)


def stays(session: Session, household_id: int, day: date) -> Sequence[Stay]:
    """The stays in a household on a day, of those who live there and of those who are registered there."""
    query = select(Stay).where(Stay.household_id == household_id, stays_on(day), Stay.person_id.is_not(None))
    return session.scalars(query.order_by(Stay.id)).all()


def open_stay(session: Session, person_id: int, kind: StayKind = StayKind.LIVES) -> Stay | None:
    """The stay of a person that has not ended, whether or not the record is in use."""
    query = select(Stay).where(Stay.person_id == person_id, Stay.kind == kind, Stay.until.is_(None))
    return session.scalar(query.order_by(Stay.id.desc()).limit(1))


def open_stays(session: Session, person_ids: Iterable[int]) -> list[Stay]:
    """The stays of people that have not ended, of those who live somewhere."""
    query = select(Stay).where(Stay.kind == StayKind.LIVES, Stay.until.is_(None))
    return [
        stay for keys in chunks(person_ids) for stay in session.scalars(query.where(Stay.person_id.in_(keys)))
    ]


def last_move(session: Session, person_id: int, kind: StayKind = StayKind.LIVES) -> date | None:
    """The last day on which a person moved in or out."""
    query = select(func.max(Stay.since), func.max(Stay.until)).where(Stay.person_id == person_id)
    days = session.execute(query.where(Stay.kind == kind)).one()
    return max((day for day in days if day is not None), default=None)


_LAST_DAYS = (
    select(Stay.person_id, func.max(Stay.until))
    .where(Stay.kind == StayKind.LIVES, Stay.until.is_not(None))
    .group_by(Stay.person_id)
)


def last_days(session: Session, person_ids: Iterable[int]) -> dict[int, date]:
    """The day until which people lived somewhere last, by person; of those who never left any place none."""
    days: dict[int, date] = {}
    for keys in chunks(person_ids):
        rows = session.execute(_LAST_DAYS.where(Stay.person_id.in_(keys)))
        days |= {key: day for key, day in rows if key is not None and day is not None}
    return days


def living_ids(session: Session, household_id: int) -> Sequence[int]:
    """The ids of those whose stay in a household has not ended."""
    query = select(Stay.person_id).where(Stay.household_id == household_id, Stay.kind == StayKind.LIVES)
    ids = session.scalars(query.where(Stay.until.is_(None), Stay.person_id.is_not(None)))
    return [key for key in ids if key is not None]


_PLACED = select(Stay.person_id).where(
    Stay.kind == StayKind.LIVES, Stay.until.is_(None), Stay.person_id.is_not(None)
)


_UNPLACED = select(
    Person.id,
    Person.name,
    Person.community_id,
    Person.building,
    Person.unit,
    Person.room,
    Person.grid,
).where(Person.archived_on.is_(None), Person.id.not_in(_PLACED))


def unplaced(
    session: Session, community_id: int, *, grid: str | None = None, building: str | None = None
) -> Sequence[Any]:
    """The people in use of a community who live in no household, by id."""
    query = _UNPLACED.where(Person.community_id == community_id)
    if grid is not None:
        query = query.where(Person.grid == grid)
    if building is not None:
        query = query.where(Person.building == building)
    return session.execute(query.order_by(Person.id)).all()


def unplaced_among(session: Session, person_ids: Iterable[int]) -> list[int]:
    """The ids of those among people who have a room and live in no household."""
    query = _UNPLACED.with_only_columns(Person.id).where(Person.room.is_not(None))
    return [key for keys in chunks(person_ids) for key in session.scalars(query.where(Person.id.in_(keys)))]


def unplaced_at(session: Session, household: Household) -> list[int]:
    """The ids of those who have the address of a household and live nowhere."""
    query = _UNPLACED.with_only_columns(Person.id).where(
        Person.community_id == household.community_id,
        Person.building == household.building,
        Person.unit == household.unit,
        Person.room == household.room,
    )
    return list(session.scalars(query.order_by(Person.id)))
