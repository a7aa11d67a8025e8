"""Which household, person or gift a text names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from volunteer_cli.areas import things
from volunteer_cli.communities.queries import chosen_community
from volunteer_cli.core.errors import Ambiguous, NotFound
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.lookup import Reference, all_named, ambiguous, find, matches, missing, names_of
from volunteer_cli.households.models import (
    FormerHousehold,
    Household,
    HouseholdGift,
    Stay,
)
from volunteer_cli.households.queries.staying import lives_at
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import PERSON, find_person

if TYPE_CHECKING:
    from volunteer_cli.core.text import Address

#: 3-2-501, 3-501 without a unit, 3-2-501/2 the second household of the flat.
ADDRESS = re.compile(r"(?P<building>[^-/]+)-(?:(?P<unit>[^-/]+)-)?(?P<room>[^-/]+)(?:/(?P<ordinal>\d{1,3}))?")

#: Building, unit, room, and which household of the flat.
Door: TypeAlias = tuple[str | None, str | None, str | None, int]


def _moved(session: Session, text: str) -> int | None:
    """The household into which the one with this former id or number was merged."""
    former = FormerHousehold.number == text.upper()
    # Digits of other scripts are digits to Python, and longer numbers are no ids that a database keeps.
    if text.isascii() and text.isdigit() and len(text) < 16:
        former = or_(former, FormerHousehold.former_id == int(text))
    return session.scalar(select(FormerHousehold.household_id).where(former).limit(1))


HOUSEHOLD = Reference(
    N_("household"), Household, "volunteer household list", codes=("number",), name=None, moved=_moved
)


def find_household(
    session: Session, text: str, *, changing: bool = True, community_id: int | None = None
) -> Household:
    """The household that `text` names: an id, a number, an address (3-2-501), or somebody who lives there.

    The same door may be of two communities; where only one can be meant, `community_id` tells which.

    Raises:
        NotFound, Ambiguous, Withdrawn: none, several, or one whose record was undone.
    """
    # What is the household's own comes first: a name may be that of several people, a number is one door's.
    for every in _readings(session, text, changing=changing):
        reading = [home for home in every if community_id in (None, home.community_id)] or every
        if len(reading) == 1:
            return reading[0]
        if reading:
            raise ambiguous(HOUSEHOLD, text, reading)
    raise missing(session, HOUSEHOLD, text)


def find_households(session: Session, texts: Iterable[str]) -> list[Household]:
    """The households that texts name, each once, in the order given; 3-501 is an address, 3..501 a range of ids.

    Raises:
        NotFound, Ambiguous, Withdrawn: one of them is not there, or may be several.
    """
    return all_named(session, find_household, texts, ranges=False)


def may_mean(session: Session, text: str, household: Household) -> bool:
    """Whether `text` may name a household, however many others it names too."""
    readings = _readings(session, text, changing=False)
    return any(home.id == household.id for every in readings for home in every)


def _readings(session: Session, text: str, *, changing: bool) -> Iterator[Sequence[Household]]:
    yield matches(session, HOUSEHOLD, text, changing=changing)
    yield _at_address(session, text.removeprefix("household:"))
    yield _lived_in_by(session, text, changing=changing)


def _at_address(session: Session, text: str) -> Sequence[Household]:
    return next((homes for door in doors_in(text) if (homes := _behind(session, door))), ())


def doors_in(text: str) -> list[Door]:
    """The doors that an address in numbers or in words may mean."""
    return [door for door in (_in_numbers(text.strip()), _in_words(text)) if door]


def _behind(session: Session, door: Door) -> Sequence[Household]:
    building, unit, room, ordinal = door
    query = select(Household).where(Household.building == building, Household.room == room)
    query = query.where(Household.unit == unit, Household.ordinal == ordinal)
    if community := chosen_community(session):
        query = query.where(Household.community_id == community.id)
    return session.scalars(query.order_by(Household.id)).all()


def _in_numbers(text: str) -> Door | None:
    """The door of 3-2-501/2; the first household of the flat unless said."""
    match = ADDRESS.fullmatch(text)
    if not match:
        return None
    building, unit, room = map(_numbered, match.group("building", "unit", "room"))
    return building, unit, room, int(match["ordinal"] or 1)


def _numbered(part: str | None) -> str | None:
    from volunteer_cli.core.text import place_number

    return place_number(part) if part else None


def _in_words(text: str) -> Door | None:
    """The door of an address as it is spoken: 3号楼2单元501室."""
    from volunteer_cli.core.text import parse_address

    address = parse_address(text) if text.isprintable() else None
    # With the name of a street before it, it may be somebody else's building of that number.
    return _door(address) if address and not address.address else None


def _door(address: Address) -> Door | None:
    is_whole = address.building and address.room
    return (address.building, address.unit, address.room, 1) if is_whole else None


def _lived_in_by(session: Session, text: str, *, changing: bool) -> Sequence[Household]:
    """The households of those whom a text names; of digits it may be an id, and then of nobody."""
    # To change the household of whoever has that id, because no household has it, would be a guess.
    if text.isdigit() and changing:
        return ()
    from volunteer_cli.core.run import run

    ids = [person.id for person in matches(session, PERSON, text, changing=changing)]
    homes = lives_at(run().clock.today).where(Stay.person_id.in_(ids)).with_only_columns(Stay.household_id)
    return session.scalars(select(Household).where(Household.id.in_(homes)).order_by(Household.id)).all()


def shown_household(household: Household) -> str:
    """A household as sentences name it: by its number and building, never by unit or room."""
    return _("{number} (building {building})").format(number=household.number, building=household.building)


def household_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The numbers of households by id."""
    return names_of(session, HOUSEHOLD, ids)


def find_blockable(session: Session, text: str) -> Household | Person:
    """The household or the person that a text means; a name means the person, not where they live.

    Raises:
        NotFound, Ambiguous, Withdrawn: neither, or both may be meant.
    """
    kind = text.partition(":")[0]
    if kind == PERSON.kind:
        return find_person(session, text)
    here = matches(session, HOUSEHOLD, text) or _at_address(session, text.removeprefix("household:"))
    if here:
        people = [] if kind == HOUSEHOLD.kind else matches(session, PERSON, text)
        return _one_of(text, here, people)
    if kind == HOUSEHOLD.kind:
        raise missing(session, HOUSEHOLD, text)
    return find_person(session, text)


def _one_of(text: str, here: Sequence[Household], people: Sequence[Person]) -> Household:
    """The household that is meant; raises Ambiguous: the wrong namesake would never be contacted again."""
    if len(here) + len(people) == 1:
        return here[0]
    raise _either(text, here, people)


def _either(text: str, here: Iterable[Household], people: Iterable[Person]) -> Ambiguous:
    """The error for a text that names households as well as people."""
    names = [f"household:{each.id}" for each in here] + [f"person:{each.id}" for each in people]
    return Ambiguous.between(_(HOUSEHOLD.kind), text, dict(zip(names, names, strict=True)))


GIFT = Reference(N_("gift"), HouseholdGift, "volunteer household gifts", codes=("number",), name=None)


def find_gift(session: Session, text: str, *, changing: bool = True) -> HouseholdGift:
    """The gift of a household that an id or a number names.

    Raises:
        NotFound, Ambiguous, Withdrawn: none, several, or one whose record was undone.
    """
    return find(session, GIFT, text, changing=changing)


def find_visit(session: Session, text: str) -> int:
    """The id of the visit that a text names; visits stand on a higher floor.

    Raises:
        NotFound: there is none.
    """
    thing = things().get("visit")
    if thing is None:
        raise NotFound(kind=_("visit"), text=text)
    record = thing.find.load()(session, text)
    return int(record.id)
