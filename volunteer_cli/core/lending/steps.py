"""What was done in a lent copy since it was lent: its operations, each with the rows as it wrote them.

The history keeps of new rows only their keys. So the rows of the copy are walked back, from what they are
now, to what they were when an operation added them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.history import Row, plain
from volunteer_cli.core.models import Base
from volunteer_cli.core.records import Change, ImportLog, Operation

Rows = dict[str, dict[int, Row]]


@dataclass
class Step:
    """One operation of a lent copy; all values are plain, as the history keeps them.

    Attributes:
        coming: the rows that it added, by table and key.
        updated: the columns that it changed, before and after.
        going: the rows that it deleted, as they were.
        logs: the sheets that it imported, so that the same one is known here too.
    """

    operation: Operation
    coming: Rows = field(default_factory=dict)
    updated: dict[str, dict[int, tuple[Row, Row]]] = field(default_factory=dict)
    going: Rows = field(default_factory=dict)
    logs: list[Row] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Its number in the copy."""
        return self.operation.id

    @property
    def empty(self) -> bool:
        """Whether it changed no data: it revealed what is masked."""
        return not (self.coming or self.updated or self.going)


def read_steps(copy: Session, after: int) -> list[Step]:
    """What was done in a copy after an operation and still stands, in its order."""
    query = select(Operation).where(Operation.id > after).order_by(Operation.id)
    steps = [Step(operation) for operation in copy.scalars(query)]
    _fill(copy, after, steps)
    return _standing(steps)


def _fill(copy: Session, after: int, steps: Sequence[Step]) -> None:
    changes = _changes(copy, after)
    past, logs = _Past(copy), _logs(copy, after)
    # From the last to the first: a row is known as it is now, and what an operation wrote only when all
    # that came later has been taken off it.
    for step in reversed(steps):
        step.logs = logs[step.number]
        for change in reversed(changes[step.number]):
            past.walk_back(step, change)


def _changes(copy: Session, after: int) -> dict[int, list[Change]]:
    grouped: dict[int, list[Change]] = defaultdict(list)
    query = select(Change).where(Change.operation_id > after).order_by(Change.id)
    for change in copy.scalars(query):
        grouped[change.operation_id].append(change)
    return grouped


def _logs(copy: Session, after: int) -> dict[int, list[Row]]:
    grouped: dict[int, list[Row]] = defaultdict(list)
    query = select(ImportLog).where(ImportLog.operation_id > after).order_by(ImportLog.id)
    for log in copy.scalars(query):
        if log.operation_id is not None:
            names = ("at", "kind", "file", "digest", "counts")
            grouped[log.operation_id].append({name: getattr(log, name) for name in names})
    return grouped


class _Past:
    """Rows of a copy as they were at the moment up to which it was walked back."""

    def __init__(self, copy: Session) -> None:
        self.copy = copy
        self.rows: Rows = defaultdict(dict)

    def walk_back(self, step: Step, change: Change) -> None:
        """Put a change into its step, and the rows back to what they were before it."""
        if change.table_name in Base.metadata.tables:
            ways = {"insert": self._inserted, "update": self._updated, "delete": self._deleted}
            ways[change.kind](step, change)

    def _inserted(self, step: Step, change: Change) -> None:
        known = self._load(change)
        rows = {key: known.pop(key) for key in _keys_of(change) if key in known}
        step.coming.setdefault(change.table_name, {}).update(rows)

    def _updated(self, step: Step, change: Change) -> None:
        known = self._load(change)
        for key in _keys_of(change):
            known.setdefault(key, {}).update(change.before or {})
        values = dict(change.before or {}), dict(change.after or {})
        step.updated.setdefault(change.table_name, {}).update(dict.fromkeys(_keys_of(change), values))

    def _deleted(self, step: Step, change: Change) -> None:
        for key in _keys_of(change):
            self.rows[change.table_name][key] = dict(change.before or {})
            step.going.setdefault(change.table_name, {})[key] = dict(change.before or {})

    def _load(self, change: Change) -> dict[int, Row]:
        """The rows of the table of a change that are known, with those that it touched."""
        table, known = Base.metadata.tables[change.table_name], self.rows[change.table_name]
        for chunk in chunks(key for key in _keys_of(change) if key not in known):
            rows = self.copy.execute(select(table).where(table.c.id.in_(chunk))).mappings()
            known |= {row["id"]: {column: plain(value) for column, value in row.items()} for row in rows}
        return known


def _keys_of(change: Change) -> range:
    return range(change.first_key, change.last_key + 1)


# --- what was undone ------------------------------------------------------------


def _standing(steps: Sequence[Step]) -> list[Step]:
    """The steps without those that were undone, their undos, and what brought them back.

    An undo that left something as it was (--keep-edited) took back less than was done: then all of it is
    brought, step by step. So is the undo of what was done before the copy was lent.
    """
    chains: dict[int, list[Step]] = defaultdict(list)
    targets = {step.number: step.operation.undoes_id for step in steps}
    for step in steps:
        chains[_beginning(targets, step.number)].append(step)
    standing = [step for chain in chains.values() for step in _remaining(chain)]
    return sorted(standing, key=lambda step: step.number)


def _remaining(chain: list[Step]) -> list[Step]:
    """What is left of a step, its undo, the undo of that, and so on: of an even number nothing, else the first."""
    mirrored = all(_mirror(one, other) for one, other in pairwise(chain))
    return chain[: len(chain) % 2] if mirrored else chain


def _beginning(targets: dict[int, int | None], number: int) -> int:
    """The operation that a chain of undos goes back to; one that both sides know has itself no entry here."""
    while (target := targets.get(number)) is not None:
        number = target
    return number


def _mirror(one: Step, other: Step) -> bool:
    """Whether the second of two steps takes back all of the first, and nothing else."""
    swapped = {
        name: {key: (after, before) for key, (before, after) in rows.items()}
        for name, rows in other.updated.items()
    }
    return (
        _keys(one.coming) == _keys(other.going)
        and _keys(one.going) == _keys(other.coming)
        and (one.updated == swapped)
    )


def _keys(rows: Rows) -> dict[str, set[int]]:
    return {name: set(keys) for name, keys in rows.items() if keys}
