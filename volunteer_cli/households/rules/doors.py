"""What may happen to the record of a household: its door, its use, its being there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.errors import Conflict, MissingValue, RuleError
from volunteer_cli.core.fields import values_of
from volunteer_cli.core.history import Row
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.lookup import label
from volunteer_cli.core.numbers import issue_number
from volunteer_cli.households import queries
from volunteer_cli.households.fields import BUILDING, FIELDS, ROOM
from volunteer_cli.households.models import Household
from volunteer_cli.households.rules.living import add_stays, move_in, name_head, take_address
from volunteer_cli.households.terms import Occupancy, Relation
from volunteer_cli.people.queries import find_person

#: What says behind which door a household is.
DOOR = ("building", "unit", "room")


class Occupied(RuleError):
    """In {household} {count} people live"""

    one = "In {household} {count} person lives"
    counted = "count"
    code = "occupied"
    hint = N_("Let them move out first: volunteer household move {people} --out")
    explanation = N_(
        "A flat with people in it is not vacant, and no household is put away while somebody lives there."
    )


class HouseholdArchived(RuleError):
    """{household} is archived; nothing new comes to it"""

    code = "archived"
    hint = N_("Bring it back first: volunteer household restore {number}")


def read_household(details: Mapping[str, Any], *, today: date, region: str) -> Row:
    """The values by field that typed texts stand for; None is left out, an empty text clears.

    Raises:
        VolunteerError: a text cannot be read.
    """
    return values_of(FIELDS, details, today=today, region=region)


def household_pattern(community: Community) -> tuple[str, str]:
    """The series of a community's numbers of households, and how they are written."""
    return f"household:{community.code}", f"{community.code.upper()}-H{{:05}}"


def add_household(
    session: Session, community: Community, values: Mapping[str, Any], on: date, *, second: bool = False
) -> Household:
    """A new household from values by field; whoever has its address already and lives nowhere lives there.

    `second` is another household of a flat that has one.

    Raises:
        MissingValue: building or room is not said.
        Conflict: one stands at that address already.
        Occupied: it is said to be vacant, and somebody lives there.
    """
    row = {name: value for name, value in values.items() if name != "head"}
    _require_door(row)
    row["ordinal"] = _ordinal(session, community, row, second=second)
    household = _written(session, community, row, on)
    # Who has the address of a second family's flat may be of either: that is never guessed.
    if household.ordinal == 1:
        _let_live(session, household, on)
    if head := values.get("head"):
        person = find_person(session, head)
        move_in(session, household, person, on, today=on, relation=Relation.HEAD)
    return household


def _require_door(row: Row) -> None:
    """Raises MissingValue. Unit may be missing, 3-501 is a door; without the others there is none."""
    for part in (BUILDING, ROOM):
        if not row.get(part.name):
            raise MissingValue(field=_(part.title))


def _written(session: Session, community: Community, row: Row, on: date) -> Household:
    """A new household on file, under a number that is never given again."""
    row["occupancy"] = row.get("occupancy") or Occupancy.UNKNOWN
    row["number"] = issue_number(session, *household_pattern(community))
    household = Household(community_id=community.id, founded_on=on, **row)
    session.add(household)
    session.flush()
    return household


def _ordinal(session: Session, community: Community, row: Row, *, second: bool, besides: int = 0) -> int:
    present = [each for each in queries.at_door(session, community.id, row) if each.id != besides]
    if present and not second:
        written = queries.address_of(row)
        raise Conflict(field=_("Address"), value=written, owner=label(queries.HOUSEHOLD, present[0]))
    # Archived ones count: a number of the flat that was somebody's is not given to others.
    return max((each.ordinal for each in present), default=0) + 1


def _let_live(session: Session, household: Household, on: date) -> None:
    unplaced = queries.unplaced_at(session, household)
    if unplaced and household.occupancy == Occupancy.VACANT:
        raise Occupied(household=household.number, count=len(unplaced), people=" ".join(map(str, unplaced)))
    add_stays(session, [(key, household.id) for key in unplaced], on)
    take_address(session, household, unplaced)


def edit_household(
    session: Session, household: Household, changes: Mapping[str, Any], on: date, *, today: date
) -> None:
    """Give a household other values; its people move with the address, for it is theirs.

    Raises:
        Conflict: another household stands at the new address.
        Occupied: it is said to be vacant, and somebody lives there.
        NotMember: the new head does not live there.
    """
    row = {name: value for name, value in changes.items() if name != "head"}
    if _is_other_door(household, row):
        _change_door(session, household, row)
    if row.get("occupancy") == Occupancy.VACANT:
        require_empty(session, household, today)
    _set(session, household, row)
    # Last of all: a head is looked up among those who live there by then.
    if "head" in changes:
        _change_head(session, household, changes["head"], on)


def _set(session: Session, household: Household, row: Row) -> None:
    for name, value in row.items():
        setattr(household, name, value)
    session.flush()
    take_address(session, household, queries.living_ids(session, household.id))


def _is_other_door(household: Household, row: Row) -> bool:
    return any(row.get(name, getattr(household, name)) != getattr(household, name) for name in DOOR)


def _change_door(session: Session, household: Household, row: Row) -> None:
    door = {name: row.get(name, getattr(household, name)) for name in DOOR}
    community = session.get_one(Community, household.community_id)
    row["ordinal"] = _ordinal(session, community, door, second=False, besides=household.id)


def _change_head(session: Session, household: Household, head: str | None, on: date) -> None:
    if head:
        name_head(session, household, find_person(session, head), on)
        return
    if household.head_id is not None and (stay := queries.open_stay(session, household.head_id)):
        stay.relation = None
    household.head_id = None
    session.flush()


def require_empty(session: Session, household: Household, on: date) -> None:
    """Refuse what must not happen to a household in which somebody lives.

    Raises:
        Occupied: somebody does.
    """
    if members := queries.members(session, household.id, on):
        people = " ".join(str(member.id) for member in members)
        raise Occupied(household=household.number, count=len(members), people=people)


def archive_household(session: Session, household: Household, on: date) -> None:
    """Put a household away in which nobody lives; its number and history stay.

    Raises:
        Occupied: somebody lives there.
    """
    require_empty(session, household, on)
    household.archived_on = household.archived_on or on
    session.flush()


def restore_household(session: Session, household: Household) -> None:
    """Bring a household back."""
    household.archived_on = None
    session.flush()


def require_in_use(household: Household) -> None:
    """Refuse that something new comes to an archived household.

    Raises:
        HouseholdArchived: it is archived.
    """
    if household.archived_on is not None:
        raise HouseholdArchived(household=household.number, number=household.number)
