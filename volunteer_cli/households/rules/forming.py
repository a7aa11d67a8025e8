"""Households of the addresses that people have already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.history import insert_rows
from volunteer_cli.core.numbers import issue_numbers
from volunteer_cli.households import queries
from volunteer_cli.households.models import Household
from volunteer_cli.households.rules.doors import household_pattern
from volunteer_cli.households.rules.living import Door, add_stays, door_of, households_at
from volunteer_cli.households.terms import Occupancy


@dataclass
class Formed:
    """What came of forming households.

    Attributes:
        ids: of the new households.
        placed: how many people live in a household now who lived in none.
        without_room: people whose address has no room, or no building.
        undecided: people of a flat with several households, of which nobody can tell which is theirs.
    """

    ids: list[int] = field(default_factory=list)
    placed: int = 0
    without_room: list[Any] = field(default_factory=list)
    undecided: list[Any] = field(default_factory=list)


def form_households(
    session: Session, community: Community, on: date, *, grid: str | None = None, building: str | None = None
) -> Formed:
    """Make a household of every address at which somebody lives and none stands, and let all live in theirs.

    Who lacks a building or a room is told, never guessed; a second time nothing is new.
    """
    formed = Formed()
    people = queries.unplaced(session, community.id, grid=grid, building=building)
    by_door = _by_door(people, formed)
    doors = households_at(session, by_door)
    # Numbers go by the order of the doors, so that the list of a building can be read along its stairs.
    new = {door: by_door[door] for door in sorted(by_door, key=_in_order) if door not in doors}
    formed.ids = _add_all(session, community, on, new)
    doors |= {door: [key] for door, key in zip(new, formed.ids, strict=True)}
    _let_all_live(session, by_door, doors, formed, on)
    return formed


def _by_door(people: Iterable[Any], formed: Formed) -> dict[Door, list[Any]]:
    """People by door; those without one are noted."""
    by_door: dict[Door, list[Any]] = defaultdict(list)
    for person in people:
        if person.building and person.room:
            by_door[door_of(person)].append(person)
        else:
            formed.without_room.append(person)
    return by_door


def _in_order(door: Door) -> tuple[Any, ...]:
    """By building, unit and room as people count them: 3-2-501 before 3-10-101 before A-1-101."""
    return tuple((not (part or "0").isdigit(), (part or "").zfill(8)) for part in door[1:])


def _add_all(
    session: Session, community: Community, on: date, doors: Mapping[Door, Sequence[Any]]
) -> list[int]:
    rows = [
        {
            "building": door[1],
            "unit": door[2],
            "room": door[3],
            "ordinal": 1,
            "grid": _grid_of(people),
            "occupancy": Occupancy.UNKNOWN.value,
        }
        for door, people in doors.items()
    ]
    return [key for key, _number in write_households(session, community, on, rows)]


def write_households(
    session: Session, community: Community, on: date, rows: Iterable[Mapping[str, Any]]
) -> list[tuple[int, str]]:
    """Write new households of a community with its next numbers, and answer the id and number of each."""
    rows = list(rows)
    numbers = issue_numbers(session, *household_pattern(community), len(rows))
    beside = {"community_id": community.id, "founded_on": on}
    written = [{**beside, **row, "number": number} for row, number in zip(rows, numbers, strict=True)]
    return list(zip(insert_rows(session, Household, written), numbers, strict=True))


def _grid_of(people: Iterable[Any]) -> str | None:
    """The grid that most of those behind a door have; of equal ones that of whoever was on file first."""
    # One typing error in a family of five must not move the flat into the grid of somebody else.
    grids = Counter(person.grid for person in people if person.grid)
    return grids.most_common(1)[0][0] if grids else None


def _let_all_live(
    session: Session,
    by_door: Mapping[Door, Sequence[Any]],
    doors: Mapping[Door, Sequence[int]],
    formed: Formed,
    on: date,
) -> None:
    entered: list[tuple[int, int]] = []
    for door, people in by_door.items():
        if len(doors[door]) == 1:
            entered += [(person.id, doors[door][0]) for person in people]
        else:
            formed.undecided += people
    add_stays(session, entered, on)
    formed.placed = len(entered)
