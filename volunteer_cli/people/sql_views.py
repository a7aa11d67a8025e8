"""What other tools read of people: no phone, identity number, address or free word as it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select

from volunteer_cli.communities.models import Community
from volunteer_cli.core.sql_views import SqlView
from volunteer_cli.people.models import Person

#: Of a shorter number four digits would be too much.
SHORTEST = 8


def _last_digits(phone: Any) -> ColumnElement[str]:
    """The last four digits of a phone: those that lists show too."""
    last = literal("****").concat(func.substr(phone, func.length(phone) - 3))
    return case((phone.is_(None), None), (func.length(phone) < SHORTEST, "****"), else_=last)


def _status() -> ColumnElement[str]:
    erased = Person.erased_on.is_not(None)
    return case((erased, "erased"), (Person.archived_on.is_not(None), "archived"), else_="active")


def _people() -> Any:
    return select(
        Person.id,
        Person.volunteer_no,
        Person.name,
        Person.sex,
        func.substr(Person.birth, 1, 4).label("birth_year"),
        _last_digits(Person.phone).label("phone"),
        Person.building,
        Person.grid,
        Person.registered_on,
        _status().label("status"),
        Community.name.label("community"),
        Person.community_id,
    ).join(Community, Community.id == Person.community_id)


SQL_VIEWS = (
    SqlView(
        "people",
        "People of every status, masked.",
        {
            "id": "Its id, to which the `person_id` of other views refers.",
            "volunteer_no": "The volunteer number; empty for who is no volunteer.",
            "name": "The name; of an erased person what stands for it.",
            "sex": "male, female, other or undisclosed; empty where unknown.",
            "birth_year": "The year of birth as four digits.",
            "phone": "The last four digits of the phone, behind stars.",
            "building": "The building; unit and room are not shown.",
            "grid": "The grid.",
            "registered_on": "Since when a volunteer; empty for who is none.",
            "status": "active, archived or erased.",
            "community": "The community of the record.",
            "community_id": "That community's id.",
        },
        _people,
    ),
)
