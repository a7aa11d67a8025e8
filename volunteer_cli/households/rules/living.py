"""Who lives where: moving in and out, the head, and addresses that follow.

A person's address is that of the household where they live. Whatever changes one of the two calls
`settle` or `move_in`, so that no list can disagree with another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import insert_rows, update_rows
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import label
from volunteer_cli.core.steps import require_step
from volunteer_cli.households import queries
from volunteer_cli.households.models import Household, Stay
from volunteer_cli.households.terms import Occupancy, Relation, StayKind
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import PERSON

#: Community, building, unit and room.
Door: TypeAlias = tuple[int, str | None, str | None, str | None]


class NotMember(RuleError):
    """{person} does not live in {household}, and a head lives there"""

    code = "not_member"
    hint = N_("Let them move in as the head: volunteer household move {person_id} --to {number} --as head")


class OtherCommunity(RuleError):
    """{person} belongs to another community than {household}"""

    code = "other_community"


class PersonArchived(RuleError):
    """{person} is archived and moves in nowhere"""

    code = "archived"
    hint = N_("Bring the record back with: volunteer person restore {person_id}")


# --- one person ------------------------------------------------------------


def require_in_use(person: Person) -> None:
    """Refuse somebody whose record is out of use: their stays have ended; raises PersonArchived."""
    if person.archived_on is not None:
        raise PersonArchived(person=person.name, person_id=person.id)


def move_in(
    session: Session,
    household: Household,
    person: Person,
    on: date,
    *,
    today: date,
    relation: Relation | None = None,
) -> None:
    """Let a person live in a household from a day on, which ends the stay elsewhere on that day.

    Raises:
        StepAhead, OutOfOrder: the day is yet to come, or before they moved last.
        OtherCommunity: the household is of another community.
        PersonArchived: the person's record is out of use.
    """
    _require_movable(household, person)
    stay = _stay_in(session, household, person, on, today)
    if relation is not None and relation is not Relation.HEAD:
        _name_relation(household, person, stay, relation)
    session.flush()
    take_address(session, household, [person.id])
    wake(household)
    if relation is Relation.HEAD:
        name_head(session, household, person, on)
    session.flush()


def _require_movable(household: Household, person: Person) -> None:
    """Raises PersonArchived, OtherCommunity."""
    require_in_use(person)
    if person.community_id != household.community_id:
        raise OtherCommunity(person=person.name, household=household.number)


def _stay_in(session: Session, household: Household, person: Person, on: date, today: date) -> Stay:
    """The stay of a person in a household, a new one where they lived elsewhere."""
    stay = queries.open_stay(session, person.id)
    if stay is not None and stay.household_id == household.id:
        return stay
    require_turn(session, person, on, today)
    _end(session, stay, on)
    stay = Stay(person_id=person.id, household_id=household.id, kind=StayKind.LIVES, since=on)
    session.add(stay)
    return stay


def _name_relation(household: Household, person: Person, stay: Stay, relation: Relation) -> None:
    stay.relation = relation
    # Who is somebody's spouse now is the head no more, and nobody is until one is named.
    if household.head_id == person.id:
        household.head_id = None


def move_out(session: Session, person: Person, on: date, *, today: date) -> Household | None:
    """End a person's stay on a day and take the address off; answer the household that was left.

    Raises:
        StepAhead, OutOfOrder: the day is yet to come, or before they moved in.
    """
    stay = queries.open_stay(session, person.id)
    if stay is not None:
        require_turn(session, person, on, today)
        _end(session, stay, on)
    person.address = person.building = person.unit = person.room = person.grid = None
    session.flush()
    return session.get(Household, stay.household_id) if stay else None


def require_turn(session: Session, person: Person, on: date, today: date) -> None:
    """Refuse a move that is yet to come, or that lies before the last one of the same person.

    Raises:
        StepAhead, OutOfOrder: it does.
    """
    last = queries.last_move(session, person.id)
    require_step(on, now=datetime.combine(today, time.max), last=last, thing=label(PERSON, person))


def _end(session: Session, stay: Stay | None, on: date) -> None:
    if stay is not None:
        stay.until = on
        session.flush()
        drop_heads(session, [stay.household_id], on)


def past_day(on: date | None, today: date) -> date:
    """The day on which something happened, today if nothing else is said.

    Raises:
        StepAhead: it is yet to come.
    """
    require_step(on or today, now=datetime.combine(today, time.max), last=None, thing="")
    return on or today


def name_head(session: Session, household: Household, person: Person, on: date) -> None:
    """Make somebody who lives in a household its head.

    Raises:
        NotMember: they do not live there.
    """
    stay = queries.open_stay(session, person.id)
    if stay is None or stay.household_id != household.id:
        raise NotMember(
            person=person.name, person_id=person.id, household=household.number, number=household.number
        )
    _drop_relation(session, household, on)
    stay.relation, household.head_id = Relation.HEAD, person.id
    session.flush()


def _drop_relation(session: Session, household: Household, on: date) -> None:
    """Let nobody be the head for the moment; what the former one is to the next nobody has said."""
    for stay in queries.stays(session, household.id, on):
        if stay.relation == Relation.HEAD:
            stay.relation = None


def drop_heads(session: Session, household_ids: Iterable[int], on: date) -> None:
    """Let households have no head whose head does not live there any more: a new one is named, never guessed."""
    # Flushed first: the query must see the stays that were just ended.
    session.flush()
    left = select(Household.id).where(Household.head_id.is_not(None), ~_head_lives_there(on))
    for keys in chunks(household_ids):
        query = left.where(Household.id.in_(keys))
        update_rows(session, Household, {key: {"head_id": None} for key in session.scalars(query)})


def _head_lives_there(day: date) -> ColumnElement[bool]:
    living = queries.lives_at(day).where(
        Stay.household_id == Household.id, Stay.person_id == Household.head_id
    )
    return living.correlate(Household).exists()


def wake(household: Household) -> None:
    """Who moves into a vacant flat makes it a household of which nothing more is known."""
    if household.occupancy == Occupancy.VACANT:
        household.occupancy = Occupancy.UNKNOWN


def take_address(session: Session, household: Household, person_ids: Iterable[int]) -> None:
    """Give people the address of the household where they live."""
    session.flush()
    address = {name: getattr(household, name) for name in ("building", "unit", "room")}
    # A household whose grid nobody knows must not wipe what is known of its people.
    if household.grid is not None:
        address["grid"] = household.grid
    changes = {key: address | _place_of(session, household, key) for key in person_ids}
    update_rows(session, Person, changes)


def _place_of(session: Session, household: Household, person_id: int) -> dict[str, None]:
    """What an address says beside building, unit and room holds only as long as these do."""
    person = session.get_one(Person, person_id)
    same = (person.building, person.unit, person.room) == (household.building, household.unit, household.room)
    return {} if same else {"address": None}


# --- by the addresses that people have ------------------------------------------------------------


def settle(session: Session, person_ids: Iterable[int], on: date) -> None:
    """Let people live where their address says: in the one household that stands there, else nowhere.

    Of a flat with two households nobody can tell which one is meant, so that is never guessed.
    """
    for keys in chunks(person_ids):
        _settle(session, keys, on)


def _settle(session: Session, keys: Sequence[int], on: date) -> None:
    people = session.execute(_ADDRESSES.where(Person.id.in_(keys), Person.archived_on.is_(None))).all()
    homes = {stay.person_id or 0: stay for stay in queries.open_stays(session, keys)}
    # Most imports of people name no rooms at all: nothing is asked of doors for those.
    if homes or any(person.room for person in people):
        moves = _moves(_homes_at(session, people), homes)
        _move_all(session, dict(moves), homes, on)


def _homes_at(session: Session, people: Sequence[Any]) -> dict[int, list[int]]:
    """The households behind the doors of people, by person."""
    doors = households_at(session, {door_of(person) for person in people if person.room})
    return {person.id: doors.get(door_of(person), []) for person in people}


def _moves(doors: Mapping[int, list[int]], homes: Mapping[int, Stay]) -> Iterator[tuple[int, int | None]]:
    """Who moves into which household, or out of the one where they live, by what stands at their address."""
    for person_id, here in doors.items():
        stay = homes.get(person_id)
        if not (stay and stay.household_id in here) and (stay or len(here) == 1):
            yield person_id, here[0] if len(here) == 1 else None


_ADDRESSES = select(Person.id, Person.community_id, Person.building, Person.unit, Person.room)


def door_of(record: Any) -> Door:
    """Behind which door a person, or a household, is."""
    return record.community_id, record.building, record.unit, record.room


def _move_all(session: Session, moves: Mapping[int, int | None], homes: Mapping[int, Stay], on: date) -> None:
    left = [homes[key] for key in moves if key in homes]
    for stay in left:
        stay.until = max(on, stay.since)
    session.flush()
    entered = [(key, household_id) for key, household_id in moves.items() if household_id is not None]
    add_stays(session, entered, on)
    drop_heads(session, [stay.household_id for stay in left], on)


def add_stays(session: Session, entered: Iterable[tuple[int, int]], on: date) -> None:
    """Write that people, each with the household, live there from a day on; none of them may live anywhere."""
    pairs = list(entered)
    # Whoever lived elsewhere until later moves in then: a day before that is already told of.
    left = queries.last_days(session, (key for key, _household_id in pairs))
    same = {"kind": StayKind.LIVES.value, "relation": None, "until": None}
    rows = [
        {"person_id": key, "household_id": household_id, "since": max(on, left.get(key, on)), **same}
        for key, household_id in pairs
    ]
    insert_rows(session, Stay, rows)
    _wake_all(session, (household_id for _key, household_id in pairs))


def _wake_all(session: Session, household_ids: Iterable[int]) -> None:
    """As `wake`, of many households by a few statements."""
    vacant = select(Household.id).where(Household.occupancy == Occupancy.VACANT.value)
    for keys in chunks(household_ids):
        ids = session.scalars(vacant.where(Household.id.in_(keys)))
        update_rows(session, Household, {key: {"occupancy": Occupancy.UNKNOWN.value} for key in ids})


def households_at(session: Session, doors: Iterable[Door]) -> dict[Door, list[int]]:
    """The ids of the households in use behind doors, by door, the first of a flat first."""
    by_door: dict[Door, list[int]] = defaultdict(list)
    asked = set(doors)
    for row in _standing_in(session, {(door[0], door[1]) for door in asked if door[1]}):
        if door_of(row) in asked:
            by_door[door_of(row)].append(row.id)
    return by_door


def _standing_in(session: Session, buildings: Iterable[tuple[int, str]]) -> Iterator[Any]:
    """The households in use of buildings, the first of a flat first."""
    # By building: one condition for each of thousands of doors would be a statement that no database reads.
    for part in chunks(sorted(buildings)):
        query = _DOORS.where(or_(*map(_building, part)), Household.archived_on.is_(None))
        yield from session.execute(query.order_by(Household.ordinal, Household.id))


_DOORS = select(Household.id, Household.community_id, Household.building, Household.unit, Household.room)


def _building(part: tuple[int, str]) -> ColumnElement[bool]:
    return and_(Household.community_id == part[0], Household.building == part[1])
