"""Making one person of two records.

Follows the foreign keys of all tables instead of a list of areas, so that no area can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, and_, select
from sqlalchemy.orm import Session

from volunteer_cli.areas import hooks, load_models
from volunteer_cli.core.dates import birth_agrees
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import Row, delete_rows, update_all
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import label
from volunteer_cli.people.duplicates import SamePerson
from volunteer_cli.people.identity import places, references
from volunteer_cli.people.models import FormerPerson, Person
from volunteer_cli.people.queries import PERSON, Erased
from volunteer_cli.people.rules import COLUMNS, checked_person


class TwoPeople(RuleError):
    """{keep} and {drop} have different identity numbers, so they are two people"""

    code = "two_people"
    hint = N_(
        "If one number was written wrongly, take it off first: volunteer person edit {id} --id-number ''"
    )


def merge(session: Session, keep: Person, drop: Person) -> int:
    """Move all that belongs to `drop` to `keep`, fill what `keep` lacks, and answer how many rows moved.

    The id and number of `drop` mean `keep` from now on. Where a row of each cannot stand beside the
    other, that of `keep` stays.

    Raises:
        SamePerson, TwoPeople, Erased, ContradictsId: the two cannot be one.
        RuleError: what the areas hold against it, such as hours that overlap.
    """
    _require_mergeable(keep, drop)
    load_models()
    for hook in hooks("before_merge"):
        hook(session, keep.id, drop.id)
    for settle in hooks("merge_rows"):
        settle(session, keep.id, drop.id)
    session.flush()
    values = _united(keep, drop)
    moved = sum(_move(session, column, keep.id, drop.id) for column in references())
    number = drop.volunteer_no if drop.volunteer_no != values["volunteer_no"] else None
    former = FormerPerson(former_id=drop.id, volunteer_no=number, person_id=keep.id)
    session.expunge(drop)
    delete_rows(session, Person, [drop.id])
    for name, value in values.items():
        setattr(keep, name, value)
    session.add(former)
    session.flush()
    return moved


def _require_mergeable(keep: Person, drop: Person) -> None:
    for person in (keep, drop):
        if person.erased_on:
            raise Erased(id=person.id)
    if keep.id == drop.id:
        raise SamePerson(name=keep.name)
    if keep.id_number and drop.id_number and keep.id_number != drop.id_number:
        raise TwoPeople(keep=label(PERSON, keep), drop=label(PERSON, drop), id=drop.id)


def _united(keep: Person, drop: Person) -> Row:
    """The columns of `keep` with what it lacks taken from `drop`."""
    row, other = ({name: getattr(person, name) for name in COLUMNS} for person in (keep, drop))
    home = places()
    row |= {name: other[name] for name in COLUMNS if row[name] is None and name not in home}
    if row["birth"] and drop.birth and birth_agrees(row["birth"], drop.birth):
        row["birth"] = max(row["birth"], drop.birth, key=len)
    if all(row[name] in (None, other[name]) for name in home):
        # Taken over as a whole, never half from one record and half from the other.
        row |= {name: other[name] for name in home}
    if row["phone_alt"] == row["phone"] or not row["phone_alt"]:
        spare = (phone for phone in (drop.phone, drop.phone_alt) if phone != row["phone"])
        row["phone_alt"] = next(filter(None, spare), None)
    if row["guardian_id"] in (keep.id, drop.id):
        row["guardian_id"] = None
    in_use = keep.archived_on is None or drop.archived_on is None
    return checked_person(row) | {"archived_on": None if in_use else keep.archived_on}


def _move(session: Session, column: Column[Any], keep_id: int, drop_id: int) -> int:
    """Let the rows that point at `drop` point at `keep`, but for those that cannot stand beside its own."""
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - for the type checker; foreign keys belong to tables
    for unique in _unique_with(table, column):
        delete_rows(session, table, _clashes(session, table, column, unique, keep_id, drop_id))
    ids = session.scalars(select(table.c.id).where(column == drop_id)).all()
    return update_all(session, table, ids, {column.name: keep_id})


def _unique_with(table: Table, column: Column[Any]) -> Iterator[list[Column[Any]]]:
    """For each unique key that the column is part of, the other columns of that key."""
    keys = [list(index.columns) for index in table.indexes if index.unique]
    keys += [list(rule.columns) for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    for columns in keys:
        if column.name in {each.name for each in columns}:
            yield [each for each in columns if each.name != column.name]


def _clashes(
    session: Session, table: Table, column: Column[Any], others: list[Column[Any]], keep_id: int, drop_id: int
) -> list[int]:
    kept = table.alias()
    same = and_(kept.c[column.name] == keep_id, *(kept.c[other.name] == other for other in others))
    return list(session.scalars(select(table.c.id).join(kept, same).where(column == drop_id)))
