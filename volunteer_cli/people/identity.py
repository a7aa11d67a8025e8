"""Which columns tell who somebody is, read from what every column says that it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, String, Table, select
from sqlalchemy.orm import Session

from volunteer_cli.areas import load_models
from volunteer_cli.core.history import table_of
from volunteer_cli.core.models import PRIVATE, Holds
from volunteer_cli.core.numbers import was_issued
from volunteer_cli.core.privacy import holds, is_masked
from volunteer_cli.core.uniting import references_to
from volunteer_cli.people.models import Person
from volunteer_cli.people.terms import NOBODY


@dataclass(frozen=True)
class Telling:
    """A table whose rows tell something private of one person each, who is named by the column `key`."""

    table: Table
    key: Column[Any]
    columns: tuple[Column[Any], ...]


def references() -> Iterator[Column[Any]]:
    """The columns of all tables of data that point at a person."""
    yield from references_to(table_of(Person))


def _references_of(table: Table) -> list[Column[Any]]:
    return [key.parent for key in table.foreign_keys if key.column.table is Person.__table__]


def private_references() -> list[Column[Any]]:
    """Those of `references` that tell themselves who somebody is: whose ward, whose label."""
    return [column for column in references() if holds(column) in PRIVATE]


def tellings() -> list[Telling]:
    """The tables that tell who people are: the people themselves, and what refers to one of them."""
    table = table_of(Person)
    every = [Telling(table, table.c.id, tuple(c for c in table.columns if _of_the_person(c)))]
    for reference in references():
        # Read from what each column says of itself: a table that is added tomorrow is erased too.
        columns = tuple(column for column in reference.table.columns if _is_told_of(column, reference))
        if columns and reference.table is not table:
            every.append(Telling(table_of(reference.table), reference, columns))
    return every


def _of_the_person(column: Column[Any]) -> bool:
    """Whether it goes with the person: what is private, and the words of the record itself."""
    return holds(column) in PRIVATE or holds(column) is Holds.WORDS


def _is_told_of(column: Column[Any], reference: Column[Any]) -> bool:
    """Whether a private column of a row tells of the person whom one of its references names."""
    if holds(column) not in PRIVATE or column.foreign_keys:
        return False
    # A row of two people says which of them a column is about.
    told_of: str = column.info.get("of", reference.name)
    return told_of == reference.name


def distinctive() -> list[str]:
    """The columns of a person whose values are nobody else's: numbers and addresses on the net, not a sex."""
    # An address is not among them: a whole family is found by it.
    own = (Holds.WHO, Holds.REACH)
    return [c.name for c in table_of(Person).columns if holds(c) in own and is_masked(c)]


def places() -> list[str]:
    """The columns of a person that together say where somebody lives."""
    return [column.name for column in table_of(Person).columns if holds(column) is Holds.PLACE]


def remarks(table: Table) -> list[Column[Any]]:
    """The texts of a table in which anybody may be named, or reached though nobody on file is meant."""
    mine = [] if table is Person.__table__ else _references_of(table)
    return [
        column for column in table.columns if isinstance(column.type, String) and _is_remark(column, mine)
    ]


def _is_remark(column: Column[Any], of_people: list[Column[Any]]) -> bool:
    if column.info.get("names"):
        return True
    if holds(column) in PRIVATE:
        of_nobody = not any(_is_told_of(column, reference) for reference in of_people)
        return of_nobody and column.table is not Person.__table__
    return holds(column) is Holds.WORDS


def numbered(table: Table) -> list[Column[Any]]:
    """The other texts of a table, in which somebody's number may stand; what tells rows apart is none."""
    return [
        column
        for column in table.columns
        if isinstance(column.type, String) and holds(column) is Holds.KEPT and not _is_unique(column)
    ]


def _is_unique(column: Column[Any]) -> bool:
    # A code or a certificate's number names the paper, not the person.
    alone = [index for index in column.table.indexes if index.unique and len(index.columns) == 1]
    return bool(column.unique) or any(column.name in index.columns for index in alone)


def blank(column: Column[Any]) -> Any:
    """What stands in a column of somebody who was erased."""
    if column.nullable:
        return None
    # Where nothing may not stand, a sign stands that names nobody.
    default: Any = column.default
    return default.arg if default is not None and default.is_scalar else NOBODY


def left_of_erased(session: Session) -> list[int]:
    """The ids of people who were erased and of whom some private column tells still."""
    load_models()
    erased = select(Person.id).where(Person.erased_on.is_not(None))
    ids: set[int] = set()
    for column in private_references():
        ids.update(session.scalars(erased.where(Person.id == column)))
    for telling in tellings():
        rows = session.execute(select(telling.key, *telling.columns).where(telling.key.in_(erased)))
        ids.update(key for key, *values in rows if _any_tells(session, telling, values))
    return sorted(ids)


def _any_tells(session: Session, telling: Telling, values: Iterable[Any]) -> bool:
    pairs = zip(telling.columns, values, strict=True)
    return any(_tells(session, column, value) for column, value in pairs)


def _tells(session: Session, column: Column[Any], value: Any) -> bool:
    """Whether a value is left that is neither blank nor a number that this program issued."""
    return value != blank(column) and not (isinstance(value, str) and was_issued(session, value))
