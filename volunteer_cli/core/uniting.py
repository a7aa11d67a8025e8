"""Letting all that refers to one record refer to another, which it becomes a part of.

Follows the foreign keys of all tables instead of a list of areas, so that no area can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, and_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import delete_rows, update_all
from volunteer_cli.core.models import Base


def references_to(target: Table) -> Iterator[Column[Any]]:
    """The columns of all tables of data that point at a table."""
    for table in Base.metadata.sorted_tables:
        if table.info["keeps_history"]:
            yield from (key.parent for key in table.foreign_keys if key.column.table is target)


def move_reference(session: Session, column: Column[Any], keep_id: int, drop_id: int) -> int:
    """Let the rows that point at `drop` point at `keep`, but for those that cannot stand beside its own.

    Answers how many rows moved.
    """
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - for the type checker; foreign keys belong to tables
    # Before the move, for afterwards the database would refuse it.
    for unique in _unique_with(table, column):
        delete_rows(session, table, _clashes(session, table, column, unique, keep_id, drop_id))
    ids = session.scalars(select(table.c.id).where(column == drop_id)).all()
    return update_all(session, table, ids, {column.name: keep_id})


def _unique_with(table: Table, column: Column[Any]) -> Iterator[list[Column[Any]]]:
    """For each unique key that the column is part of, the other columns of that key."""
    keys = [list(index.columns) for index in table.indexes if index.unique]
    # Both ways of declaring it: either would stop the move.
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
