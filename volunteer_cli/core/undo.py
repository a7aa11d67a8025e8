"""Taking back an operation: its changes backwards, inside a new operation.

Refused when a later operation changed the same records or refers to them, or when an area's guard
holds against it. Operations that are undone, and their undos, do not stand in the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, Table, and_, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.database import chunks, defer_foreign_keys
from volunteer_cli.core.errors import NOT_FOUND, RuleError, VolunteerError
from volunteer_cli.core.history import Ranges, Row, delete_rows, recorder_of, restored, update_rows
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.models import Base
from volunteer_cli.core.records import Change, Operation

#: How many ranges of own rows a query can be told to leave out; with more, they are left out here.
MOST_RANGES = 100
#: The highest id that a database can hold.
MOST_ID = 2**63 - 1


class NoOperation(VolunteerError):
    """Operation {number} does not exist"""

    code = "not_found"
    exit_code = NOT_FOUND
    hint = N_("List them: volunteer history list")


class NothingToUndo(RuleError):
    """There is nothing to undo"""

    code = "nothing_to_undo"
    hint = N_("List what was done: volunteer history list")


class AlreadyUndone(RuleError):
    """Operation {number} was undone by operation {undo}"""

    code = "already_undone"
    hint = N_("Bring it back: volunteer undo {undo}")


class ChangedNothing(RuleError):
    """Operation {number} ({command}) changed no data"""

    code = "nothing_to_undo"


class ChangedSince(RuleError):
    """Operation {later} ({command}) came later and uses {thing}"""

    code = "changed_since"
    hint = N_(
        "Undo that one first: volunteer undo {later}. Or leave what was changed and undo the rest: --keep-edited"
    )
    explanation = N_(
        "Undoing would tear away what a later operation changed or refers to. Undo walks back from the "
        "latest operation; --keep-edited leaves the records in question as they are."
    )


class UsedAgain(RuleError):
    """What operation {number} ({command}) would bring back has a name, code or number that is in use again"""

    code = "changed_since"
    hint = N_("See what was done since: volunteer history list. Give what is there now another, then repeat.")


@dataclass
class Reversal:
    """What undoing an operation would do, for the guards of the areas.

    Attributes:
        inserted: rows by table that would be deleted.
        updated: rows by table and key whose columns would go from `after` to `before`.
        deleted: rows by table and key that would come back as they were.
    """

    operation_id: int
    command: str
    inserted: dict[str, Ranges] = field(default_factory=dict)
    updated: dict[str, dict[int, tuple[Row, Row]]] = field(default_factory=dict)
    deleted: dict[str, dict[int, Row]] = field(default_factory=dict)

    def add(self, change: Change) -> None:
        """Put in the contrary of a change, which may be that of a whole range of rows."""
        table, before, keys = change.table_name, change.before or {}, _keys_of(change)
        if change.kind == "insert":
            # A range as it is: an import of a million rows is one.
            self.inserted.setdefault(table, Ranges()).add(change.first_key, change.last_key)
        elif change.kind == "update":
            values = before, change.after or {}
            self.updated.setdefault(table, {}).update(dict.fromkeys(keys, values))
        else:
            self.deleted.setdefault(table, {}).update(dict.fromkeys(keys, before))


def _keys_of(change: Change) -> range:
    return range(change.first_key, change.last_key + 1)


Guard = Callable[[Session, Reversal], None]


def latest_operation(session: Session) -> Operation:
    """The latest change of data that is not undone and is no undo itself.

    Raises:
        NothingToUndo: there is none.
    """
    changed = select(Change.id).where(Change.operation_id == Operation.id).exists()
    live = Operation.undone_by_id.is_(None) & Operation.undoes_id.is_(None) & changed
    operation = session.scalar(select(Operation).where(live).order_by(Operation.id.desc()).limit(1))
    if operation is None:
        raise NothingToUndo
    return operation


def find_operation(session: Session, number: int) -> Operation:
    """The operation with a number; raises NoOperation."""
    operation = session.get(Operation, number) if number <= MOST_ID else None
    if operation is None:
        raise NoOperation(number=number)
    return operation


def undo(
    session: Session,
    operation: Operation,
    undoing: Operation,
    *,
    before: Iterable[Guard] = (),
    after: Iterable[Guard] = (),
    keep_edited: bool = False,
) -> Reversal:
    """Take back `operation` as the operation `undoing` and answer what was done.

    Raises:
        AlreadyUndone, ChangedNothing, ChangedSince: as their sentences say.
    """
    if operation.undone_by_id:
        raise AlreadyUndone(number=operation.id, undo=operation.undone_by_id)
    taking = _Taking(session, undoing, before, after, keep_edited)
    reversal = taking.back(*taking.looked_at(operation))
    taking.back_all(brought_by(session, operation))
    undoing.undoes_id = operation.id
    session.flush()
    return reversal


def restores_exactly(session: Session, operation: Operation) -> bool:
    """Whether taking an operation back leaves all as it was before it: whatever came later is taken back too."""
    earlier = or_(Operation.undoes_id.is_(None), Operation.undoes_id < operation.id)
    changed = select(Change.id).where(Change.operation_id == Operation.id).exists()
    later = select(Operation.id).where(Operation.id > operation.id, Operation.undone_by_id.is_(None), earlier)
    return session.scalar(later.where(changed).limit(1)) is None


def brought_by(session: Session, merge: Operation) -> Sequence[Operation]:
    """The operations that a merge brought, that still stand and changed data, the latest first."""
    changed = select(Change.id).where(Change.operation_id == Operation.id).exists()
    own = (Operation.merge_id == merge.id) & Operation.undone_by_id.is_(None) & changed
    return session.scalars(select(Operation).where(own).order_by(Operation.id.desc())).all()


@dataclass(frozen=True)
class _Taking:
    """Operations on their way back, inside the operation `undoing`."""

    session: Session
    undoing: Operation
    before: Iterable[Guard]
    after: Iterable[Guard]
    keep_edited: bool

    def looked_at(self, operation: Operation) -> tuple[Operation, Reversal, Kept]:
        """What taking an operation back would do, if nothing stands in the way; nothing is changed yet."""
        reversal = _reversal(self.session, operation)
        in_use = _in_use(self.session, reversal)
        if in_use and not self.keep_edited:
            raise _changed_since(self.session, in_use)
        _leave_out(reversal, in_use)
        for guard in self.before:
            guard(self.session, reversal)
        return operation, reversal, in_use

    def back(self, operation: Operation, reversal: Reversal, in_use: Kept) -> Reversal:
        """Take back an operation that was looked at."""
        _carry_out_unique(self.session, operation, reversal, self.undoing.id, in_use)
        for guard in self.after:
            guard(self.session, reversal)
        settle(self.session, operation, self.undoing)
        self.session.flush()
        return reversal

    def back_all(self, operations: Sequence[Operation]) -> None:
        """Take back what a merge brought, from the latest to the first.

        What draws on another may have come before it, for all was judged together when it was brought: goods that
        were packed on a later day than they were sorted. What is in the way of one waits until that one is back.
        """
        refused: list[Operation] = []
        for each in operations:
            try:
                looked_at = self.looked_at(each)
            except RuleError:
                refused.append(each)
            else:
                self.back(*looked_at)
        if refused and len(refused) == len(operations):
            self.looked_at(refused[0])
        if refused:
            self.back_all(refused)


def _leave_out(reversal: Reversal, kept: Kept) -> None:
    """What later operations use does not come back a second time."""
    for name, key in kept:
        reversal.deleted.get(name, {}).pop(key, None)


def _carry_out_unique(
    session: Session, operation: Operation, reversal: Reversal, number: int, kept: Kept
) -> None:
    try:
        carry_out(session, reversal, number, kept)
    except IntegrityError as error:
        # Foreign keys were looked at before, so that only a unique name, code or number is left.
        raise UsedAgain(number=operation.id, command=operation.command) from error


def settle(session: Session, operation: Operation, undoing: Operation) -> None:
    """Whatever undid or brought back the same is undone too, and whatever did the contrary stands again."""
    seen = {undoing.id}
    waiting = [(operation, True)]
    while waiting:
        each, undone = waiting.pop()
        if each.id not in seen:
            seen.add(each.id)
            each.undone_by_id = undoing.id if undone else None
            if not undone:
                waiting += [(other, False) for other in _undone_with(session, each, seen)]
            waiting += [(other, not undone) for other in _next_to(session, each)]


def _next_to(session: Session, operation: Operation) -> Sequence[Operation]:
    """What an operation undoes, and what undid it: where it stands, they do not, and the other way round."""
    near = or_(Operation.id == operation.undoes_id, Operation.undoes_id == operation.id)
    return session.scalars(select(Operation).where(near)).all()


def _undone_with(session: Session, merge: Operation, undos: Collection[int]) -> Sequence[Operation]:
    """What a merge brought and was undone with it, but not what was undone by itself before."""
    with_it = (Operation.merge_id == merge.id) & Operation.undone_by_id.in_(undos)
    return session.scalars(select(Operation).where(with_it)).all()


def _reversal(session: Session, operation: Operation) -> Reversal:
    changes = changes_of(session, [operation.id])
    if not changes:
        raise ChangedNothing(number=operation.id, command=operation.command)
    reversal = Reversal(operation.id, operation.command)
    for change in changes:
        reversal.add(change)
    return reversal


# --- what stands in the way ------------------------------------------------------------

Thing = tuple[str, int]
Kept = dict[Thing, int]


def _in_use(session: Session, reversal: Reversal) -> Kept:
    """Records of the operation that later ones changed or refer to, with the first later operation."""
    kept: Kept = {}
    for table, key, later in _changed_later(session, reversal):
        kept.setdefault((table, key), later)
    for table, key, later in _referred_later(session, reversal):
        kept.setdefault((table, key), later)
    for (table, key), later in _torn_off(session, reversal).items():
        kept.setdefault((table, key), later)
    _keep_parents(session, reversal, kept)
    return kept


def _changed_later(session: Session, reversal: Reversal) -> Iterator[tuple[str, int, int]]:
    for table, first, last, other_first, other_last, later in session.execute(
        _overlapping_changes(reversal.operation_id)
    ):
        # Both are ranges of keys: what was touched twice is where they meet.
        for key in range(max(first, other_first), min(last, other_last) + 1):
            yield table, key, later


def _overlapping_changes(operation_id: int) -> Executable:
    """The ranges of an operation's changes beside those of later, live operations that touch the same rows."""
    own, other = aliased(Change), aliased(Change)
    ranges = own.table_name, own.first_key, own.last_key, other.first_key, other.last_key
    pairs = select(*ranges, other.operation_id).join(other, _overlap(own, other))
    in_force = pairs.join(Operation, and_(Operation.id == other.operation_id, _live()))
    return in_force.where(own.operation_id == operation_id).order_by(other.operation_id)


def _overlap(own: type[Change], other: type[Change]) -> ColumnElement[bool]:
    """Whether a later change and one of ours touch a row of the same table."""
    return and_(
        other.table_name == own.table_name,
        other.last_key >= own.first_key,
        other.first_key <= own.last_key,
        other.operation_id > own.operation_id,
    )


def _live() -> ColumnElement[bool]:
    """Whether an operation stands, and is no undo: what an undo wrote is what stood before."""
    return and_(Operation.undone_by_id.is_(None), Operation.undoes_id.is_(None))


def _covers(table: str, key: int | None) -> ColumnElement[bool]:
    """Whether a change, which may be that of a whole range of rows, is one of this row."""
    return and_(Change.table_name == table, Change.last_key >= key, Change.first_key <= key)


def _referred_later(session: Session, reversal: Reversal) -> Iterator[tuple[str, int, int]]:
    for name, ranges in reversal.inserted.items():
        for child, column in references_to(name):
            own = reversal.inserted.get(child.name, Ranges())
            edited = reversal.updated.get(child.name, {})
            for query in _referring(child, column, ranges, own):
                for child_key, key in session.execute(query):
                    if child_key not in own and child_key not in edited:
                        yield name, key, _inserted_by(session, child.name, child_key)


def _referring(child: Table, column: Any, ranges: Ranges, own: Ranges) -> Iterator[Select[Any]]:
    """Queries for the rows of a table that point into these ranges and are not the operation's own."""
    outside = [~child.c.id.between(low, high) for low, high in own]
    for first, last in ranges:
        query = select(child.c.id, column).where(column.between(first, last))
        # The caller looks at each row anyway; this spares reading a million of the operation's own.
        yield query.where(*outside) if len(outside) <= MOST_RANGES else query


def references_to(name: str) -> Iterator[tuple[Table, Any]]:
    """The foreign key columns of tables of data that point at the table `name`."""
    for table in Base.metadata.sorted_tables:
        if table.info["keeps_history"]:
            for key in table.foreign_keys:
                if key.column.table.name == name:
                    yield table, key.parent


def _inserted_by(session: Session, table: str, key: int) -> int:
    """The latest live operation that brought a row in or changed it."""
    query = select(Change.operation_id).join(Operation, Operation.id == Change.operation_id)
    in_force = query.where(_covers(table, key), _live())
    return session.scalar(in_force.order_by(Change.operation_id.desc()).limit(1)) or 0


def _torn_off(session: Session, reversal: Reversal) -> Kept:
    """Rows that cannot come or change back, for they or rows they point at are gone, and what took those."""
    outside, inside = _pointed_at(reversal)
    parents = _gone(session, outside)
    torn = {thing: _removed_by(session, *parent) for parent in parents for thing in outside[parent]}
    waiting = list(torn)
    while waiting:
        thing = waiting.pop()
        for child in inside[thing]:
            if child not in torn:
                torn[child] = torn[thing]
                waiting.append(child)
    return torn


def _pointed_at(reversal: Reversal) -> tuple[dict[Thing, list[Thing]], dict[Thing, list[Thing]]]:
    """The rows that must be there for others to come or change back, and those among them that come back too."""
    outside: dict[Thing, list[Thing]] = defaultdict(list)
    inside: dict[Thing, list[Thing]] = defaultdict(list)
    for parent, child in _pointers(reversal):
        table, key = parent
        comes_back = key in reversal.deleted.get(table, {})
        side = inside if comes_back else outside
        side[parent].append(child)
    return outside, inside


def _pointers(reversal: Reversal) -> Iterator[tuple[Thing, Thing]]:
    """Each row that must be there, with the row that needs it in order to come or change back."""
    for name, updates in reversal.updated.items():
        for key, (before, _after) in updates.items():
            # A row that changes back must itself be there still.
            yield (name, key), (name, key)
            for parent in _parents(name, before):
                yield parent, (name, key)
    for name, rows in reversal.deleted.items():
        for key, row in rows.items():
            for parent in _parents(name, row):
                yield parent, (name, key)


def _parents(name: str, row: Row) -> Iterator[Thing]:
    """What a row of the table `name` points at."""
    for reference in Base.metadata.tables[name].foreign_keys:
        key = row.get(reference.parent.name)
        if key is not None:
            yield reference.column.table.name, key


def _gone(session: Session, things: Iterable[Thing]) -> list[Thing]:
    """Those of some rows that are not there."""
    keys: dict[str, list[int]] = defaultdict(list)
    for name, key in things:
        keys[name].append(key)
    return [(name, key) for name, ids in keys.items() for key in _lacking(session, name, ids)]


def _lacking(session: Session, name: str, ids: Iterable[int]) -> Iterator[int]:
    column = Base.metadata.tables[name].c.id
    for chunk in chunks(ids):
        there = set(session.scalars(select(column).where(column.in_(chunk))))
        yield from (key for key in chunk if key not in there)


def _removed_by(session: Session, table: str, key: int) -> int:
    """The latest operation that took a row away."""
    query = select(Change.operation_id).where(_covers(table, key), Change.kind == "delete")
    return session.scalar(query.order_by(Change.operation_id.desc()).limit(1)) or 0


def _keep_parents(session: Session, reversal: Reversal, kept: Kept) -> None:
    """A row that stays keeps the rows it points at."""
    waiting = list(kept)
    while waiting:
        child = waiting.pop()
        for parent in _parents(child[0], _row(session, *child)):
            table, key = parent
            # Only what the operation brought would go; anything else stays by itself.
            is_own = key in reversal.inserted.get(table, ())
            if is_own and parent not in kept:
                kept[parent] = kept[child]
                waiting.append(parent)


def _row(session: Session, name: str, key: int) -> Row:
    table = Base.metadata.tables[name]
    row = session.execute(select(table).where(table.c.id == key)).mappings().first()
    return dict(row or {})


def _changed_since(session: Session, kept: Kept) -> ChangedSince:
    # The latest is named, for that is the one to undo first.
    later = max(kept.values())
    table, key = next(thing for thing, operation in kept.items() if operation == later)
    command = session.scalar(select(Operation.command).where(Operation.id == later))
    return ChangedSince(later=later, command=command, thing=f"{table}:{key}")


# --- walking back ------------------------------------------------------------


def carry_out(session: Session, reversal: Reversal, number: int, kept: Kept) -> None:
    """Write what a reversal says, as part of the operation with that number; `kept` stays as it is."""
    defer_foreign_keys(session.connection())
    # What the operation brought goes first: a row that comes back may need its name or number.
    for name in _children_first(reversal.inserted):
        _take_away(session, name, reversal.inserted[name], number, kept)
    for name, updates in reversal.updated.items():
        _change_back(session, name, updates, kept)
    for name, rows in reversal.deleted.items():
        _bring_back(session, Base.metadata.tables[name], rows)


def _change_back(session: Session, name: str, updates: dict[int, tuple[Row, Row]], kept: Kept) -> None:
    table = Base.metadata.tables[name]
    former = {key: before for key, (before, _after) in updates.items() if (name, key) not in kept}
    update_rows(session, table, {key: restored(table, before) for key, before in former.items()})


def _take_away(session: Session, name: str, ranges: Ranges, number: int, kept: Kept) -> None:
    recorder = recorder_of(session)
    for first, last in ranges:
        keys = (key for key in range(first, last + 1) if (name, key) not in kept)
        for chunk in chunks(keys):
            delete_rows(session, Base.metadata.tables[name], chunk)
            recorder.spill(number)


def _children_first(tables: Iterable[str]) -> list[str]:
    order = [table.name for table in Base.metadata.sorted_tables]
    return sorted(tables, key=order.index, reverse=True)


def _bring_back(session: Session, table: Table, rows: dict[int, Row]) -> None:
    for keys in chunks(sorted(rows)):
        back = [restored(table, rows[key]) for key in keys]
        # One statement for the rows of one shape: some were kept before a column was there.
        for columns in {tuple(sorted(row)) for row in back}:
            session.connection().execute(
                insert(table), [row for row in back if tuple(sorted(row)) == columns]
            )
        for key in keys:
            recorder_of(session).note_insert(table.name, key)


def operations(
    session: Session, *, table: str | None = None, key: int | None = None, actor: str | None = None
) -> Iterator[Operation]:
    """Operations, latest first; of one record, and of one actor, where asked for."""
    query = select(Operation).order_by(Operation.id.desc())
    if table is not None:
        query = query.where(Operation.id.in_(select(Change.operation_id).where(_covers(table, key))))
    if actor is not None:
        query = query.where(Operation.actor == actor)
    yield from session.scalars(query.execution_options(yield_per=500))


def changes_of(session: Session, operation_ids: Sequence[int]) -> Sequence[Change]:
    """The changes of some operations in their order."""
    return session.scalars(
        select(Change).where(Change.operation_id.in_(operation_ids)).order_by(Change.id)
    ).all()
