"""Under which ids the rows of a lent copy stand here.

Rows that come back are numbered anew, behind those that are here: of two entries of a ledger the later one has
the higher id, and much is told by that. What the copy called them is kept, so that a number that somebody noted
there still finds its record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import Row, insert_rows, reserve_ids
from volunteer_cli.core.lending.errors import BuildsOn
from volunteer_cli.core.lending.sites import RANGE
from volunteer_cli.core.models import Base
from volunteer_cli.core.records import Brought, Loan

#: The column in which a table keeps the ids of records that became part of others.
FORMER = "former_id"


class Ids:
    """Which id a row of the copy has here, for the time of one merge."""

    def __init__(self, session: Session, loan: Loan) -> None:
        self.session, self.loan = session, loan
        self.earlier = session.scalars(select(Brought).where(Brought.loan_id == loan.id)).all()
        self.moved = {name: _moved(session, table) for name, table in Base.metadata.tables.items()}
        self.new: dict[str, dict[int, int]] = defaultdict(dict)
        self._given: list[tuple[str, int]] = []

    # --- from there to here ---

    def own(self, table: str, key: int) -> int:
        """The id here of what the copy calls by an id; of who was made part of another, that one's.

        Raises:
            BuildsOn: it is a row of the copy that did not come back.
        """
        if key < RANGE:
            return self.moved[table].get(key, key)
        return self.of_row(table, key)

    def of_row(self, table: str, key: int) -> int:
        """The id here of the row itself; raises BuildsOn."""
        if key < RANGE:
            return key
        if (own := self.new[table].get(key)) is not None:
            return own
        for each in self.earlier:
            if each.table_name == table and each.first_key <= key <= each.last_key:
                return each.own_key + key - each.first_key
        raise BuildsOn(record=f"{table}:{key}")

    def translated(self, table: str, row: Mapping[str, Any]) -> Row:
        """A row of the copy, or some columns of it, with the ids that are used here; raises BuildsOn."""
        values = dict(row)
        for name, meant in _meanings(Base.metadata.tables[table]).items():
            value = values.get(name)
            if isinstance(value, int) and isinstance(meant, str):
                values[name] = self.own(meant, value)
            elif value is not None and not isinstance(meant, str):
                values[name] = self._within(value, meant, "")
        return values

    def _within(self, value: Any, meant: Mapping[tuple[str, str], str], place: str) -> Any:
        """What JSON holds at a place, the ids in it being those that are used here."""
        if isinstance(value, list):
            return [self._within(each, meant, place) for each in value]
        if not isinstance(value, dict):
            return value
        return {name: self._valued(each, meant, (place, name)) for name, each in value.items()}

    def _valued(self, value: Any, meant: Mapping[tuple[str, str], str], place: tuple[str, str]) -> Any:
        if isinstance(value, int) and place in meant:
            return self.own(meant[place], value)
        return self._within(value, meant, place[1])

    # --- giving them ---

    def give(self, table: str, keys: list[int]) -> None:
        """Give rows of the copy ids of their own here, in their order."""
        new = [key for key in keys if key >= RANGE and key not in self.new[table]]
        # All at once, so that neighbours stay neighbours and are kept as one range.
        own = reserve_ids(self.session, Base.metadata.tables[table], len(new))
        self.new[table].update(zip(new, own, strict=True))
        self._given += ((table, key) for key in new)

    @property
    def mark(self) -> int:
        """How many were given, to go back to."""
        return len(self._given)

    def forget_since(self, mark: int) -> None:
        """Take back what was given since, as a savepoint takes back the rows."""
        while len(self._given) > mark:
            table, key = self._given.pop()
            del self.new[table][key]

    def keep(self) -> None:
        """Write down what was given, neighbouring rows as one."""
        ranges = [_brought(self.loan, name, run) for name, keys in self.new.items() for run in _runs(keys)]
        insert_rows(self.session, Brought, ranges)


def _runs(keys: Mapping[int, int]) -> Iterator[list[tuple[int, int]]]:
    run: list[tuple[int, int]] = []
    for key, own in sorted(keys.items()):
        if run and (key, own) != (run[-1][0] + 1, run[-1][1] + 1):
            yield run
            run = []
        run.append((key, own))
    if run:
        yield run


def _brought(loan: Loan, table: str, run: list[tuple[int, int]]) -> Row:
    first, last = run[0], run[-1]
    keys = {"first_key": first[0], "last_key": last[0], "own_key": first[1]}
    return {"loan_id": loan.id, "table_name": table, **keys}


def _meanings(table: Table) -> dict[str, Any]:
    """The columns that hold ids, with the tables whose ids they are."""
    references = {key.parent.name: key.column.table.name for key in table.foreign_keys}
    meant = {column.name: column.info["means"] for column in table.columns if "means" in column.info}
    return {**references, **meant}


def _moved(session: Session, table: Table) -> dict[int, int]:
    """The ids of records of a table that became part of others, with those of the others."""
    for former in Base.metadata.tables.values():
        if FORMER in former.columns and former.columns[FORMER].info.get("means") == table.name:
            keeper = next(key.parent for key in former.foreign_keys if key.column.table is table)
            pairs = session.execute(select(former.c[FORMER], keeper))
            return {first: last for first, last in pairs}  # noqa: C416 - rows are no pairs to the type checker
    return {}


def own_key(session: Session, table: str, key: int) -> int | None:
    """The id here of a row that a lent copy called by its own, as somebody may have noted it there."""
    covers = (Brought.table_name == table) & (Brought.first_key <= key) & (Brought.last_key >= key)
    row = session.scalar(select(Brought).where(covers).limit(1)) if key >= RANGE else None
    return None if row is None else row.own_key + key - row.first_key
