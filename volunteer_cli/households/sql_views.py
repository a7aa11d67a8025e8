"""What other tools read of households: the door is not shown beyond the building."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from volunteer_cli.communities.models import Community
from volunteer_cli.core.sql_views import SqlView, in_use
from volunteer_cli.households.models import Household, Stay
from volunteer_cli.people.models import Person


def _households() -> Any:
    # Neither unit nor room nor phone: what other tools read has no switch like --reveal, and no log of it.
    head = aliased(Person)
    columns = (
        Household.id,
        Household.number,
        Household.grid,
        Household.building,
        Household.occupancy,
        head.name.label("head"),
        Household.head_id,
        Household.founded_on,
        in_use(Household.archived_on).label("status"),
        Community.name.label("community"),
        Household.community_id,
    )
    households = select(*columns).join(Community, Community.id == Household.community_id)
    return households.outerjoin(head, head.id == Household.head_id)


def _residents() -> Any:
    columns = (
        Stay.id,
        Household.number.label("household"),
        Stay.household_id,
        Person.name.label("person"),
        Stay.person_id,
        Stay.kind.label("stay"),
        Stay.relation,
        Stay.since,
        Stay.until,
    )
    # Outer: a stay that was cut from somebody erased goes on to count, and names nobody.
    stays = select(*columns).join(Household, Household.id == Stay.household_id)
    return stays.outerjoin(Person, Person.id == Stay.person_id)


SQL_VIEWS = (
    SqlView(
        "households",
        "Households, archived ones too.",
        {
            "id": "Its id.",
            "number": "Its number.",
            "grid": "The grid.",
            "building": "The building; unit and room are not shown.",
            "occupancy": "How the flat is used.",
            "head": "The head's name.",
            "head_id": "The head's id.",
            "founded_on": "Since when it is on record.",
            "status": "active or archived.",
            "community": "Its community.",
            "community_id": "That community's id.",
        },
        _households,
    ),
    SqlView(
        "residents",
        "Who stays in which household, since when and until when.",
        {
            "id": "The id of the stay.",
            "household": "The household's number.",
            "household_id": "The household's id.",
            "person": "The person; empty where the person was erased.",
            "person_id": "The person's id.",
            "stay": "lives, or registered for who is only registered there.",
            "relation": "The relation to the head.",
            "since": "The first day.",
            "until": "The day before which it ended; empty while it holds.",
        },
        _residents,
    ),
)
