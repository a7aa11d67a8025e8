"""Nobody who was erased comes back in a lent copy, and who was erased in the copy is erased here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import Row
from volunteer_cli.core.lending.sites import RANGE
from volunteer_cli.core.models import Base
from volunteer_cli.core.records import Change, Operation
from volunteer_cli.core.undo import Reversal
from volunteer_cli.people.erasing import cut_references, forget, leave_all
from volunteer_cli.people.forgetting import blanks
from volunteer_cli.people.identity import Telling, numbered, references, remarks, tellings
from volunteer_cli.people.models import FormerPerson, Person
from volunteer_cli.people.secrets import Secrets, secrets_of


@dataclass(frozen=True)
class Forgotten:
    """Somebody who was erased on one side, and what the other side still knows of them."""

    key: int
    secrets: Secrets
    on: date


@dataclass(frozen=True)
class Forgetting:
    """Everybody of whom one side knows what the other has forgotten.

    Attributes:
        erased: ids of all who are erased on either side.
        people: those of them of whom one side still knows something.
    """

    erased: frozenset[int]
    people: tuple[Forgotten, ...]

    def known(self, table: str, row: Row) -> Row:
        """A row, or columns of it, without what tells of them."""
        for telling in self._tellings.get(table, ()):
            # Who is forgotten is so on both sides: 个人信息保护法 (Personal Information Protection Law), art. 47,
            # knows no second copy.
            if row.get(telling.key.name) in self.erased:
                row = {**row, **blanks(telling, row, self._issued)}
        return self._without(table, row) if self.people else row

    def follow(self, session: Session, reversal: Reversal) -> None:
        """Let who was erased by what just came be forgotten here as well, in the same operation."""
        updates = reversal.updated.get(Person.__tablename__, {})
        keys = {key for key, (values, _ours) in updates.items() if values.get("erased_on")}
        for each in self.people:
            if each.key in keys:
                forget(session, each.key, each.secrets, on=each.on)
        for person in self._erased_before(session, reversal):
            # What came refers to them: they are gone from that too, as from all that was there.
            leave_all(session, person.id, person.erased_on)
            cut_references(session, person.id)

    def _erased_before(self, session: Session, reversal: Reversal) -> Iterator[Any]:
        """The people who are erased here, and to whom something refers that just came."""
        keys = {key for column in references() for key in _values(reversal, column)} & self.erased
        for key in sorted(keys):
            person = session.get(Person, key)
            if person is not None and person.erased_on is not None:
                yield person

    def forget(self, session: Session) -> None:
        """Let this side know no more of anybody than the other, once all has come."""
        for each in self.people:
            forget(session, each.key, each.secrets, on=each.on)

    @cached_property
    def _tellings(self) -> dict[str, list[Telling]]:
        by_table: dict[str, list[Telling]] = {}
        for telling in tellings() if self.erased else ():
            by_table.setdefault(telling.table.name, []).append(telling)
        return by_table

    @cached_property
    def _issued(self) -> Secrets:
        nothing = frozenset[str]()
        issued = frozenset[str]().union(*(each.secrets.issued for each in self.people))
        return Secrets(frozenset(), nothing, nothing, nothing, issued)

    def _without(self, table: str, row: Row) -> Row:
        """A row without their names in remarks and their numbers in any text."""
        columns = Base.metadata.tables[table]
        values = dict(row)
        for each in self.people:
            for column, without in (
                *((column, each.secrets.without) for column in remarks(columns)),
                *((column, each.secrets.without_numbers) for column in numbered(columns)),
            ):
                if isinstance(text := values.get(column.name), str):
                    values[column.name] = without(text)
        return values


def _values(reversal: Reversal, column: Column[Any]) -> Iterator[Any]:
    """What a column holds in the rows that came, new or changed."""
    table = column.table.name
    yield from (row.get(column.name) for row in reversal.deleted.get(table, {}).values())
    yield from (values.get(column.name) for values, _ours in reversal.updated.get(table, {}).values())


def erased_on_either_side(session: Session, copy: Session) -> Forgetting:
    """Whom this database and a copy of it have forgotten, and what one of the two still knows of them."""
    here, there = _erased(session), _erased(copy)
    people = [*_known_by(copy, session, here), *_known_by(session, copy, there)]
    return Forgetting(frozenset({*here, *there}), tuple(people))


def _erased(session: Session) -> dict[int, date]:
    """Who is erased and since when, with the ids that their records had before they were merged."""
    query = select(Person.id, Person.erased_on).where(Person.erased_on.is_not(None), Person.id < RANGE)
    days = {key: on for key, on in session.execute(query) if on is not None}
    former = select(FormerPerson.former_id, FormerPerson.person_id).where(FormerPerson.former_id < RANGE)
    return days | {old: days[key] for old, key in session.execute(former) if key in days}


def _known_by(session: Session, other: Session, erased: dict[int, date]) -> Iterator[Forgotten]:
    """Those of the people whom the other side erased of whom a database still knows something."""
    query = select(Person.id).where(Person.erased_on.is_(None), Person.id.in_(erased)).order_by(Person.id)
    for key in session.scalars(query):
        secrets = secrets_of(session, key, doubtful=_doubtful(other, key))
        yield Forgotten(key, secrets, erased[key])


def _doubtful(session: Session, key: int) -> bool:
    """Whether the name of an erased person was taken out also where it may be a word."""
    own = (Change.table_name == Person.__tablename__) & (Change.first_key == key)
    lines = select(Operation.arguments).join(Change, Change.operation_id == Operation.id).where(own)
    return any("--doubtful" in line for line in session.scalars(lines))
