"""Bringing one operation of a lent copy: forward, by the writers that undo walks back with.

What undo takes back is the contrary of a change. Bringing a change is taking back its contrary: its new rows
come as those do that an undo brings back, and so on. So the same reversal says what is to be written, and the
guards of the areas read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Column, ColumnElement, Select, Table, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.history import Ranges, Row, plain, recorder_of
from volunteer_cli.core.lending.errors import ChangedHere, GoneHere, TakenHere
from volunteer_cli.core.lending.ids import Ids
from volunteer_cli.core.lending.numbers import Numbers
from volunteer_cli.core.lending.sites import Side
from volunteer_cli.core.lending.steps import Step
from volunteer_cli.core.models import Base, Holds
from volunteer_cli.core.privacy import holds
from volunteer_cli.core.records import Change, ImportLog, Operation
from volunteer_cli.core.undo import Guard, Reversal, carry_out, references_to, settle

#: Columns that say whether more may be added to a record: what was closed here takes nothing from elsewhere.
STATES = frozenset({"status", "archived_on", "closed_on", "ended_on", "erased_on", "occupancy"})
#: What a person did is on record also when they left since.
ALWAYS_OPEN = frozenset({"person", "community"})


class Forgetting(Protocol):
    """What is to be left out because somebody was erased, here or in the copy."""

    def known(self, table: str, row: Row) -> Row:
        """A row, or columns of it, without what tells of them."""

    def follow(self, session: Session, reversal: Reversal) -> None:
        """What is to be forgotten with what was just written."""


@dataclass
class Here:
    """What was done here since a copy was lent.

    Attributes:
        states: records that were closed, with the operation that did it.
        added: the rows that were added, by table.
    """

    states: dict[tuple[str, int], int] = field(default_factory=dict)
    added: dict[str, Ranges] = field(default_factory=dict)


def done_here(session: Session, after: int, site: int) -> Here:
    """What the operations after a number, that still stand and did not come from that site, closed and added."""
    here = Here()
    for change in session.scalars(_done_by_others(after, site)):
        if change.kind == "insert":
            here.added.setdefault(change.table_name, Ranges()).add(change.first_key, change.last_key)
        elif _closes(change):
            here.states |= dict.fromkeys(_records(change), change.operation_id)
    return here


def _done_by_others(after: int, site: int) -> Select[Any]:
    # What the copy itself brought before is no news to it: a file may come twice.
    standing = Operation.undone_by_id.is_(None) & (Operation.site.is_(None) | (Operation.site != site))
    query = select(Change).join(Operation, Operation.id == Change.operation_id).where(standing)
    return query.where(Change.operation_id > after)


def _closes(change: Change) -> bool:
    return change.table_name not in ALWAYS_OPEN and bool(STATES & set(change.after or {}))


def _records(change: Change) -> Iterator[tuple[str, int]]:
    return ((change.table_name, key) for key in range(change.first_key, change.last_key + 1))


@dataclass(frozen=True)
class Rules:
    """What the areas hold against an operation that comes, before and after it is written, and what follows from it."""

    before: Sequence[Guard]
    after: Sequence[Guard]
    follow: Callable[[], None]


class Bringing:
    """Brings the steps of a copy, each in a savepoint of its own."""

    def __init__(
        self,
        session: Session,
        ids: Ids,
        numbers: Numbers,
        here: Here,
        forgetting: Forgetting,
        rules: Rules,
        keep: Side | None,
    ) -> None:
        self.session, self.ids, self.numbers = session, ids, numbers
        self.here, self.forgetting, self.rules, self.keep = here, forgetting, rules, keep
        #: The operations here by their numbers in the copy.
        self.operations: dict[int, int] = {}
        #: The steps of which something was left because ours is to hold.
        self.overruled: set[int] = set()
        self.site = ids.loan.site

    def bring(self, step: Step) -> Operation | None:
        """Make a step one operation here; None where all that it did is done here too.

        Raises:
            RuleError: a rule, a guard or what was done here is against it; nothing of it is written.
        """
        mark = self.ids.mark
        try:
            with self.session.begin_nested():
                return self._bring(step)
        except IntegrityError as error:
            # A code or a number that was given here meanwhile.
            self._take_back(mark)
            raise TakenHere from error
        except BaseException:
            self._take_back(mark)
            raise

    def _take_back(self, mark: int) -> None:
        self.ids.forget_since(mark)
        recorder_of(self.session).begin_anew()

    def _bring(self, step: Step) -> Operation | None:
        reversal = self._turned(step)
        if not (step.empty or reversal.inserted or reversal.updated or any(reversal.deleted.values())):
            return None
        operation = self._entered(step)
        self._write(reversal, operation.id)
        recorder_of(self.session).hand_over(operation.id)
        self._settle_undo(step, operation)
        self.operations[step.number] = operation.id
        return operation

    def _write(self, reversal: Reversal, number: int) -> None:
        """Write what a step did, with all that the areas hold against it and do about it."""
        for guard in self.rules.before:
            guard(self.session, reversal)
        carry_out(self.session, reversal, number, {})
        # Numbers issued there are entered here, or they would be issued twice.
        self.numbers.bring(_values(reversal))
        self.forgetting.follow(self.session, reversal)
        # After all is written, for only then is it known what points where.
        self._require_unused(reversal)
        for guard in self.rules.after:
            guard(self.session, reversal)
        self.session.flush()
        self.rules.follow()
        self.session.flush()

    def _entered(self, step: Step) -> Operation:
        names = ("at", "actor", "command", "arguments", "reason")
        values = {name: getattr(step.operation, name) for name in names}
        operation = Operation(**values, site=self.site, origin_id=step.number)
        self.session.add(operation)
        self.session.flush()
        self.session.add_all(ImportLog(**log, operation_id=operation.id) for log in step.logs)
        return operation

    def _settle_undo(self, step: Step, operation: Operation) -> None:
        """What a step took back is undone here too."""
        target = step.operation.undoes_id
        if target is None:
            return
        undone = self.session.get(Operation, self.operations.get(target, target))
        if undone is not None:
            operation.undoes_id = undone.id
            settle(self.session, undone, operation)
            self.session.flush()

    # --- what is to be written ---

    def _turned(self, step: Step) -> Reversal:
        """What a step did as the reversal of its contrary, in the ids that are used here."""
        reversal = Reversal(0, step.operation.command, deleted=self._all_coming(step))
        # Asked for before anything else is read: a row that has lost its parent explains all that follows.
        self._require_parents(reversal)
        self._require_last(reversal)
        for table, updates in step.updated.items():
            if changed := dict(self._updates(step, table, updates)):
                reversal.updated[table] = changed
        for table, rows in step.going.items():
            self._put_deletes(reversal, table, rows)
        return reversal

    def _put_deletes(self, reversal: Reversal, table: str, rows: Mapping[int, Row]) -> None:
        for own in self._deletes(table, rows):
            reversal.inserted.setdefault(table, Ranges()).add(own)

    def _all_coming(self, step: Step) -> dict[str, dict[int, Row]]:
        """The new rows by table; all get their ids first, for they point at each other."""
        for table, rows in step.coming.items():
            self.ids.give(table, list(rows))
        return {table: dict(self._coming(table, rows)) for table, rows in step.coming.items()}

    def _coming(self, table: str, rows: Mapping[int, Row]) -> Iterator[tuple[int, Row]]:
        for key, row in rows.items():
            own = self.ids.of_row(table, key)
            yield own, {**self._there(table, row), "id": own}

    def _there(self, table: str, row: Row) -> Row:
        """A row of the copy with the ids of here, and without what tells of people who were erased."""
        return self.forgetting.known(table, self.ids.translated(table, row))

    def _updates(
        self, step: Step, table: str, updates: Mapping[int, tuple[Row, Row]]
    ) -> Iterator[tuple[int, tuple[Row, Row]]]:
        """The columns that are to change, each with its new value and the one that it has here."""
        own = {self.ids.of_row(table, key): values for key, values in updates.items()}
        rows = self._rows(table, own)
        for key, pair in own.items():
            if key not in rows:
                raise GoneHere(record=f"{table}:{key}")
            row = rows[key]
            if values := self._changing(step, table, row, pair):
                yield key, (values, {name: row[name] for name in values})

    def _without(self, table: str, row: Row, columns: Row) -> Row:
        """Some columns of a row without what tells of people who were erased."""
        known = self.forgetting.known(table, {**row, **self.ids.translated(table, columns)})
        return {name: known[name] for name in columns if name in known}

    def _changing(self, step: Step, table: str, row: Row, pair: tuple[Row, Row]) -> Row:
        """The values that a row is to get: where it is as the copy knew it, or theirs is to hold."""
        different, changed_here = self._compared(table, row, pair)
        if not self._may_choose(table, changed_here):
            raise self._changed(table, row["id"])
        # Where only one side changed something there is nothing to choose.
        if not changed_here or self.keep is Side.THEIRS:
            return different
        self.overruled.add(step.number)
        return {name: value for name, value in different.items() if name not in changed_here}

    def _compared(self, table: str, row: Row, pair: tuple[Row, Row]) -> tuple[Row, set[str]]:
        """What the copy wrote that our row has not, and which columns of these somebody changed here too."""
        ours = self.forgetting.known(table, row)
        before, after = (self._without(table, row, columns) for columns in pair)
        different = {name: value for name, value in after.items() if ours.get(name) != value}
        return different, {name for name in different if ours.get(name) != before.get(name)}

    def _may_choose(self, table: str, names: set[str]) -> bool:
        """Whether it was said which side holds for columns that both changed, and either would do."""
        columns = Base.metadata.tables[table].c
        return not names or (self.keep is not None and all(_is_plain(columns[name]) for name in names))

    def _deletes(self, table: str, rows: Mapping[int, Row]) -> Iterator[int]:
        """The rows that are to go; those that are gone here too need not."""
        own = {self.ids.of_row(table, key): row for key, row in rows.items()}
        for key, row in self._rows(table, own).items():
            if self._is_another(table, row, {**own[key], "id": key}):
                raise self._changed(table, key)
            yield key

    def _is_another(self, table: str, row: Row, deleted: Row) -> bool:
        """Whether a row is not any more what the copy deleted: somebody has worked on it here since."""
        there, ours = self._there(table, deleted), self.forgetting.known(table, row)
        return any(ours[name] != value for name, value in there.items() if name in ours)

    def _rows(self, name: str, keys: Iterable[int]) -> dict[int, Row]:
        table: Table = Base.metadata.tables[name]
        rows: dict[int, Row] = {}
        for chunk in chunks(keys):
            for row in self.session.execute(select(table).where(table.c.id.in_(chunk))).mappings():
                rows[row["id"]] = {column: plain(value) for column, value in row.items()}
        return rows

    # --- what stands against it ---

    def _require_parents(self, reversal: Reversal) -> None:
        """Whatever new rows point at is there, and was not closed here meanwhile."""
        parents: dict[str, set[int]] = defaultdict(set)
        for table, key in _parents(reversal):
            if (table, key) in self.here.states:
                raise self._changed(table, key, self.here.states[table, key])
            parents[table].add(key)
        for table, keys in parents.items():
            self._require_there(table, keys - reversal.deleted.get(table, {}).keys())

    def _require_there(self, table: str, keys: set[int]) -> None:
        for key in sorted(keys - self._rows(table, keys).keys()):
            raise GoneHere(record=f"{table}:{key}")

    def _require_last(self, reversal: Reversal) -> None:
        """What was drawn up to a row of the copy, as a notice is of a ledger, knows of all rows before it."""
        for name, rows in reversal.deleted.items():
            for column in Base.metadata.tables[name].columns:
                if "within" in column.info:
                    for row in rows.values():
                        self._require_none_before(column, row)

    def _require_none_before(self, column: Column[Any], row: Row) -> None:
        within, target = column.info["within"], Base.metadata.tables[column.info["means"]]
        earlier = (target.c[within] == row[within]) & (target.c.id <= row[column.name])
        for first, last in self.here.added.get(target.name, ()):
            self._require_no_row(target, earlier & target.c.id.between(first, last))

    def _require_no_row(self, table: Table, condition: ColumnElement[bool]) -> None:
        key = self.session.scalar(select(table.c.id).where(condition).limit(1))
        if key is not None:
            raise self._changed(table.name, key)

    def _require_unused(self, reversal: Reversal) -> None:
        """Nothing here still points at rows that went with the step."""
        for name, ranges in reversal.inserted.items():
            for child, column in references_to(name):
                for first, last in ranges:
                    self._require_no_row(child, column.between(first, last))

    def _changed(self, table: str, key: int, number: int | None = None) -> ChangedHere:
        operation = self.session.get(Operation, number or self._latest(table, key))
        command = operation.command if operation else ""
        return ChangedHere(operation=operation and operation.id, command=command, record=f"{table}:{key}")

    def _latest(self, table: str, key: int) -> int:
        """The number of the latest operation that touched a row."""
        covers = (Change.table_name == table) & (Change.first_key <= key) & (Change.last_key >= key)
        latest = select(Change.operation_id).where(covers).order_by(Change.operation_id.desc()).limit(1)
        return self.session.scalar(latest) or 0


def _parents(reversal: Reversal) -> Iterator[tuple[str, int]]:
    for name, rows in reversal.deleted.items():
        references = [
            (key.parent.name, key.column.table.name) for key in Base.metadata.tables[name].foreign_keys
        ]
        for row in rows.values():
            yield from ((target, row[column]) for column, target in references if row.get(column) is not None)


def _values(reversal: Reversal) -> Iterator[Any]:
    """All that a reversal writes."""
    for rows in reversal.deleted.values():
        for row in rows.values():
            yield from row.values()
    for updates in reversal.updated.values():
        for values, _ours in updates.values():
            yield from values.values()


def _is_plain(column: Column[Any]) -> bool:
    """Whether either of two values does: words about somebody or something, no figure, no state, no place of its own."""
    return holds(column) not in (None, Holds.KEPT) and not column.foreign_keys
