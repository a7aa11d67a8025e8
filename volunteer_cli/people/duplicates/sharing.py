"""Whom a few people may be on file as already, looked up by what they share with others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.people.duplicates.traits import swapped
from volunteer_cli.people.models import Person

#: What is read of people who are compared.
COLUMNS = (
    Person.id,
    Person.name,
    Person.name_pinyin,
    Person.sex,
    Person.birth,
    Person.phone,
    Person.phone_alt,
    Person.email,
    Person.id_number,
    Person.address,
    Person.building,
    Person.unit,
    Person.room,
    Person.community_id,
    Person.guardian_id,
)


def sharing(session: Session, ids: Sequence[int]) -> ColumnElement[bool]:
    """Whether somebody has a name, number, birth date or door that one of these people has too."""
    rows = session.execute(select(*COLUMNS).where(Person.id.in_(ids))).all()
    plain = (Person.name_pinyin, Person.address, Person.email)
    # Whoever typed 03-05 for 5 March typed a birth that is another's.
    births = {birth for row in rows if row.birth for birth in (row.birth, swapped(row.birth))}
    return or_(
        *(column.in_(_values(rows, column.key)) for column in plain),
        Person.name.in_({name for row in rows for name in turned(row.name)}),
        Person.birth.in_(births),
        *_reached(rows),
    )


def _reached(rows: Sequence[Any]) -> Iterator[ColumnElement[bool]]:
    phones = _values(rows, "phone", "phone_alt")
    yield Person.phone.in_(phones)
    yield Person.phone_alt.in_(phones)
    yield and_(Person.building.in_(_values(rows, "building")), Person.room.in_(_values(rows, "room")))


def _values(rows: Sequence[Any], *names: str) -> set[str]:
    return {getattr(row, name) for row in rows for name in names} - {None}


def turned(name: str) -> Iterator[str]:
    """A name with its parts in another order, 明李 for 李明, or two of its signs."""
    for place in range(len(name)):
        yield name[place:] + name[:place]
        yield name[:place] + name[place : place + 2][::-1] + name[place + 2 :]
