"""What is asked of households and of who stays in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.communities.queries import chosen_community
from volunteer_cli.core.database import chunks
from volunteer_cli.core.errors import Ambiguous
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.lookup import Reference, candidates, matches, missing, names_of
from volunteer_cli.households.models import ContactBlock, FormerHousehold, Household, Stay
from volunteer_cli.households.terms import BlockMethod, StayKind
from volunteer_cli.people.models import Person, PersonLabel
from volunteer_cli.people.queries import PERSON, label_holds
from volunteer_cli.people.terms import LabelKind

#: 3-2-501, 3-501 without a unit, 3-2-501/2 the second household of the flat.
ADDRESS = re.compile(r"(?P<building>[^-/]+)-(?:(?P<unit>[^-/]+)-)?(?P<room>[^-/]+)(?:/(?P<ordinal>\d{1,3}))?")


def _moved(session: Session, text: str) -> int | None:
    """The household into which the one with this former id or number was merged."""
    former = FormerHousehold.number == text.upper()
    if text.isascii() and text.isdigit() and len(text) < 16:
        former = or_(former, FormerHousehold.former_id == int(text))
    return session.scalar(select(FormerHousehold.household_id).where(former).limit(1))


HOUSEHOLD = Reference(
    N_("household"), Household, "volunteer household list", codes=("number",), name=None, moved=_moved
)


def find_household(session: Session, text: str, *, changing: bool = True) -> Household:
    """The household that `text` names: an id, a number, an address (3-2-501), or somebody who lives there.

    Raises:
        NotFound, Ambiguous, Withdrawn: none, several, or one whose record was undone.
    """
    # What is the household's own comes first: a name may be that of several people, a number is one door's.
    for reading in _readings(session, text, changing=changing):
        if len(reading) == 1:
            return reading[0]
        if reading:
            raise Ambiguous(kind=_(HOUSEHOLD.kind), text=text, candidates=candidates(HOUSEHOLD, reading))
    raise missing(session, HOUSEHOLD, text)


def _readings(session: Session, text: str, *, changing: bool) -> Iterator[Sequence[Household]]:
    yield matches(session, HOUSEHOLD, text, changing=changing)
    yield _at_address(session, text.removeprefix("household:"))
    yield _lived_in_by(session, text, changing=changing)


def _at_address(session: Session, text: str) -> Sequence[Household]:
    from volunteer_cli.core.text import place_number

    match = ADDRESS.fullmatch(text.strip())
    if not match:
        return ()
    building, unit, room = (place_number(part) if part else None for part in match.group(1, 2, 3))
    query = select(Household).where(Household.building == building, Household.room == room)
    query = query.where(Household.unit == unit, Household.ordinal == int(match["ordinal"] or 1))
    if community := chosen_community(session):
        query = query.where(Household.community_id == community.id)
    return session.scalars(query.order_by(Household.id)).all()


def _lived_in_by(session: Session, text: str, *, changing: bool) -> Sequence[Household]:
    """The households of those whom a text names; of digits it may be an id, and then of nobody."""
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


# --- who stays where on a day ------------------------------------------------------------


def stays_on(day: date) -> ColumnElement[bool]:
    """Whether a stay holds on a day."""
    return (Stay.since <= day) & or_(Stay.until.is_(None), Stay.until > day)


def lives_at(day: date) -> Select[int | None, int]:
    """Who lives where on a day, as rows of `person_id` and `household_id`, to be put into another query.

    The one definition of a member: somebody lives there, and the person's record is in use.
    """
    # Who is erased is archived by then too, and a stay that was cut names nobody: both counted until that day.
    archived = select(Person.id).where(Person.archived_on <= day)
    living = select(Stay.person_id, Stay.household_id).where(Stay.kind == StayKind.LIVES, stays_on(day))
    return living.where(or_(Stay.person_id.is_(None), Stay.person_id.not_in(archived)))


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
    # 重点人群 are people, and a flat has the tags of those behind its door on that day, moves included.
    home = lives_at(day).subquery()
    query = select(home.c.household_id, PersonLabel.value).join(
        PersonLabel, PersonLabel.person_id == home.c.person_id
    )
    query = query.where(PersonLabel.kind == LabelKind.TAG, label_holds(day)).order_by(PersonLabel.id)
    tags: dict[int, dict[str, None]] = {}
    for keys in chunks(household_ids):
        for household_id, tag in session.execute(query.where(home.c.household_id.in_(keys))):
            tags.setdefault(household_id, {})[tag] = None
    return {household_id: list(words) for household_id, words in tags.items()}


# --- who is not to be contacted ------------------------------------------------------------


def blocks_on(day: date, method: BlockMethod | None = None) -> ColumnElement[bool]:
    """Whether a block holds on a day, for a method or, without one, for any."""
    holds = (ContactBlock.since <= day) & or_(ContactBlock.until.is_(None), ContactBlock.until > day)
    holds &= or_(ContactBlock.lifted_on.is_(None), ContactBlock.lifted_on > day)
    if method is None:
        return holds
    return holds & or_(ContactBlock.method.is_(None), ContactBlock.method == method)


def blocked_households(day: date, method: BlockMethod | None = None) -> Select[Any]:
    """The ids of households that are not to be contacted on a day, to be put into another query."""
    return select(ContactBlock.household_id).where(
        ContactBlock.household_id.is_not(None), blocks_on(day, method)
    )


def blocked_people(day: date, method: BlockMethod | None = None) -> Select[Any]:
    """The ids of people who are not to be contacted on a day, by a block of their own."""
    return select(ContactBlock.person_id).where(ContactBlock.person_id.is_not(None), blocks_on(day, method))
