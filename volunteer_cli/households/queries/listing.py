"""Households in lists, with what is shown of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import built_once, chunks
from volunteer_cli.core.policies import policy_value
from volunteer_cli.households.models import (
    Household,
    Stay,
)
from volunteer_cli.households.queries.staying import lives_at, registered_only, stays_on
from volunteer_cli.households.terms import VISIT_CADENCE, Relation, StayKind
from volunteer_cli.people.models import Person, PersonLabel
from volunteer_cli.people.queries import in_use_on, label_holds, people_resembling
from volunteer_cli.people.terms import LabelKind


def at_door(session: Session, community_id: int, door: Mapping[str, Any]) -> Sequence[Household]:
    """The households behind a door, archived ones too, the first of the flat first."""
    query = select(Household).where(
        Household.community_id == community_id,
        Household.building == door["building"],
        Household.unit == door.get("unit"),
        Household.room == door["room"],
    )
    return session.scalars(query.order_by(Household.ordinal)).all()


def address_of(door: Mapping[str, Any]) -> str:
    """An address as people type it: 3-2-501."""
    return "-".join(part for part in (door["building"], door.get("unit"), door["room"]) if part)


def households(
    session: Session,
    *conditions: ColumnElement[bool],
    community_id: int | None = None,
    archived: bool = False,
    as_of: date | None = None,
) -> Iterator[Any]:
    """Households in use, or the archived ones, by building, unit, room and ordinal, as rows of `Household`."""
    # Columns and not objects: nothing is changed of the thousands in a list, so none needs to be watched.
    query = select(Household.__table__).where(*conditions, _is_listed(as_of, archived=archived))
    if community_id is not None:
        query = query.where(Household.community_id == community_id)
    streamed = query.order_by(Household.id).execution_options(yield_per=1000)
    return iter(session.execute(streamed))


def _is_listed(as_of: date | None, *, archived: bool) -> ColumnElement[bool]:
    """Whether a household is archived, or is in use, today or as of a day."""
    if archived:
        return Household.archived_on.is_not(None)
    if as_of is None:
        return Household.archived_on.is_(None)
    in_use = or_(Household.archived_on.is_(None), Household.archived_on > as_of)
    return and_(Household.founded_on <= as_of, in_use)


def with_tag(tags: Iterable[str], day: date) -> ColumnElement[bool]:
    """Whether somebody with one of these tags lives in a household on a day."""
    return _with_tag(tuple(tags), day)


@built_once
def _with_tag(tags: tuple[str, ...], day: date) -> ColumnElement[bool]:
    carrying = select(PersonLabel.person_id).where(
        PersonLabel.kind == LabelKind.TAG, PersonLabel.value.in_(tags), label_holds(day)
    )
    homes = lives_at(day).where(Stay.person_id.in_(carrying)).with_only_columns(Stay.household_id)
    return Household.id.in_(homes)


def on_list(session: Session, day: date) -> ColumnElement[bool]:
    """Whether a household is to be visited in a rhythm on a day: by a tag of its people, or by its own."""
    # By the policy of that day: a wave of heat or cold puts more on the list, and takes them off again.
    tags = policy_value(session, VISIT_CADENCE, day)
    return or_(Household.visit_every.is_not(None), with_tag(tags, day))


def resembling(text: str, day: date) -> ColumnElement[bool]:
    """Whether the number of a household, its building or the name of somebody in it is like what was typed."""
    people = people_resembling(text)
    homes = lives_at(day).join(Person, Person.id == Stay.person_id).where(people)
    return or_(
        Household.number.contains(text.upper(), autoescape=True),
        Household.building == text,
        Household.id.in_(homes.with_only_columns(Stay.household_id)),
    )


def count_households(
    session: Session, *conditions: ColumnElement[bool], community_id: int | None = None
) -> int:
    """How many households in use fulfil conditions."""
    query = select(func.count()).select_from(Household).where(*conditions, Household.archived_on.is_(None))
    if community_id is not None:
        query = query.where(Household.community_id == community_id)
    return session.scalar(query) or 0


def lived_in(day: date) -> ColumnElement[bool]:
    """Whether somebody lives in a household on a day."""
    return Household.id.in_(lives_at(day).with_only_columns(Stay.household_id))


def had_head() -> ColumnElement[bool]:
    """Whether somebody headed a household once who left or died."""
    left = select(Stay.household_id).where(Stay.relation == Relation.HEAD, Stay.until.is_not(None))
    return Household.id.in_(left)


def member_count(day: date) -> ColumnElement[int]:
    """How many live in a household on a day, as a figure of a query of households."""
    living = lives_at(day).where(Stay.household_id == Household.id).with_only_columns(func.count())
    return living.correlate(Household).scalar_subquery()


def of_person() -> ColumnElement[bool]:
    """Whether a stay is that of the person of the query around."""
    return Stay.person_id == Person.id


def elsewhere(day: date) -> ColumnElement[bool]:
    """Whether the address or the grid of a person is not that of the household where they live."""
    home = select(Household.id).join(Stay, Stay.household_id == Household.id)
    home = home.where(of_person(), Stay.kind == StayKind.LIVES, stays_on(day), ~_same_address())
    return home.correlate(Person).exists()


def _same_address() -> ColumnElement[bool]:
    same = [_alike(getattr(Person, name), getattr(Household, name)) for name in ("building", "unit", "room")]
    # A household without a grid says nothing of that of its people.
    same.append(or_(Household.grid.is_(None), _alike(Person.grid, Household.grid)))
    return and_(*same)


def _alike(one: Any, other: Any) -> ColumnElement[bool]:
    return func.coalesce(one, "") == func.coalesce(other, "")


@built_once
def headless(day: date) -> ColumnElement[bool]:
    """Whether somebody lives in a household on a day and nobody heads it."""
    return and_(Household.head_id.is_(None), lived_in(day))


def counts(
    session: Session, household_ids: Iterable[int], day: date, kind: StayKind = StayKind.LIVES
) -> dict[int, int]:
    """How many live in households on a day, or are registered there and live elsewhere, by household."""
    rows = (lives_at(day) if kind is StayKind.LIVES else registered_only(day)).subquery()
    query = select(rows.c.household_id, func.count()).group_by(rows.c.household_id)
    counted: dict[int, int] = {}
    for keys in chunks(household_ids):
        part = session.execute(query.where(rows.c.household_id.in_(keys)))
        counted |= {row[0]: row[1] for row in part}
    return counted


_STAYING = (
    Stay.id,
    Stay.household_id,
    Stay.person_id,
    Person.name.label("person"),
    Stay.relation,
    Stay.kind.label("stay"),
    Stay.since,
    Stay.until,
)
_HEAD_FIRST = (
    Stay.kind != StayKind.LIVES,
    case({Relation.HEAD: 0}, value=Stay.relation, else_=1),
    Stay.id,
)


def people_of(session: Session, household_ids: Iterable[int], day: date) -> dict[int, list[Any]]:
    """Who stays in households on a day, the head first, those who are only registered there last."""
    staying = select(*_STAYING).join(Person, Person.id == Stay.person_id).where(stays_on(day), in_use_on(day))
    staying = staying.order_by(*_HEAD_FIRST)
    rows: dict[int, list[Any]] = {}
    for keys in chunks(household_ids):
        for row in session.execute(staying.where(Stay.household_id.in_(keys))):
            rows.setdefault(row.household_id, []).append(row)
    return rows


def homes_of(session: Session, person_ids: Iterable[int], day: date) -> dict[int, Any]:
    """The household in which people live on a day, by person, as rows of `household_id` and `number`."""
    query = lives_at(day).join(Household, Household.id == Stay.household_id).add_columns(Household.number)
    return {
        row.person_id: row
        for keys in chunks(person_ids)
        for row in session.execute(query.where(Stay.person_id.in_(keys)))
    }


def phones(session: Session, head_ids: Iterable[int]) -> dict[int, str]:
    """The phones of heads of households, by person."""
    # The second number too: a call list of households without a phone would pass over who has only that.
    query = select(Person.id, Person.phone, Person.phone_alt)
    return {
        row.id: row.phone or row.phone_alt
        for keys in chunks(head_ids)
        for row in session.execute(query.where(Person.id.in_(keys)))
        if row.phone or row.phone_alt
    }
