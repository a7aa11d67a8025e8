"""Which household a row of a base list means: the one behind its door whose head it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from volunteer_cli.households.models import Household, Stay
from volunteer_cli.households.rules.living import Door, door_of
from volunteer_cli.households.terms import StayKind
from volunteer_cli.people.models import Person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass
class Flat:
    """A household as the sheet sees it; `id` is None until it is written.

    Attributes:
        head: the name of its head.
        stored: what is on file of it, by column.
        changes: what the sheet says otherwise.
        row: the row of the file that brought or met it without anybody in it.
        people: how many rows of the file are of people in it.
        listed: how many people the sheet says there are.
    """

    door: Door
    ordinal: int
    id: int | None = None
    number: str = ""
    head: str | None = None
    stored: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    row: int | None = None
    people: int = 0
    listed: int | None = None

    @property
    def is_new(self) -> bool:
        """Whether the row that is read is the first to name it, and it is not on file."""
        return self.id is None and not self.people and self.row is None

    def settle(self) -> None:
        """Take what the sheet says for what is on file, once it is written."""
        self.stored, self.changes = self.stored | self.changes, {}


#: What a sheet may say of a household itself.
OWN = ("grid", "occupancy", "note", "listed_people")


class Flats:
    """All households of a community, held in memory for the length of one import, by their doors."""

    def __init__(self, session: Session, community_id: int) -> None:
        self.by_door: dict[Door, list[Flat]] = {}
        self.heads: dict[Door, str] = {}
        # A base list names thousands of doors: asked for one by one, an import would take hours.
        for flat in _stored(session, community_id):
            self.by_door.setdefault(flat.door, []).append(flat)
        self.homes = _homes(session)

    def of_row(self, door: Door, head: str | None) -> Flat:
        """The household behind a door with this head; another head is a second family of the flat.

        A row that names no head goes with the head named above it at the same door.
        """
        head = head or self.heads.get(door)
        if head:
            self.heads[door] = head
        flats = self.by_door.setdefault(door, [])
        flat = _headed_by(flats, head)
        if flat is None:
            # An ordinal that was given is not given again, also when an earlier one is archived.
            flat = Flat(door, max((each.ordinal for each in flats), default=0) + 1)
            flats.append(flat)
        flat.head = flat.head or head
        return flat

    def new(self) -> Iterator[Flat]:
        """The households that are not written yet, in the order in which the file brought them."""
        return (flat for flats in self.by_door.values() for flat in flats if flat.id is None)


def _headed_by(flats: Sequence[Flat], head: str | None) -> Flat | None:
    """The household of a flat with a head; else one that has none yet; of a row without a head the first."""
    same = [flat for flat in flats if flat.head == head] or [flat for flat in flats if not flat.head]
    if same:
        return same[0]
    return flats[0] if flats and not head else None


def _homes(session: Session) -> dict[int, tuple[int, str | None]]:
    """In which household people live, and what they are to its head."""
    living = select(Stay.person_id, Stay.household_id, Stay.relation).where(
        Stay.kind == StayKind.LIVES, Stay.until.is_(None), Stay.person_id.is_not(None)
    )
    rows = session.execute(living)
    return {person_id or 0: (household_id, relation) for person_id, household_id, relation in rows}


def _stored(session: Session, community_id: int) -> Iterator[Flat]:
    query = select(Household, Person.name).outerjoin(Person, Person.id == Household.head_id)
    query = query.where(Household.community_id == community_id).order_by(Household.ordinal, Household.id)
    for household, head in session.execute(query):
        stored = {name: getattr(household, name) for name in OWN}
        yield Flat(door_of(household), household.ordinal, household.id, household.number, head, stored)
