"""What every operation changed, kept so that it can be shown and taken back.

A recorder listens to the flushes of one unit of work; rules that write in bulk use `insert_rows`,
`update_rows`, `update_all` and `delete_rows`, which record the same. No area writes history itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    event,
    func,
    insert,
    inspect,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks, reserve, write_rows
from volunteer_cli.core.lengths import require_short, require_short_records
from volunteer_cli.core.models import Base
from volunteer_cli.core.records import Change

Row = dict[str, Any]


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    return value.isoformat() if isinstance(value, date | time) else value


def restored(table: Table, values: Mapping[str, Any]) -> Row:
    """The values of columns as they were before `plain`."""
    return {name: _typed(table.c[name].type, value) for name, value in values.items() if name in table.c}


def _typed(kind: Any, value: Any) -> Any:
    if isinstance(value, str):
        for python_type in (datetime, date, time):
            if kind.python_type is python_type:
                return python_type.fromisoformat(value)
    return value


class Ranges:
    """A set of keys kept as ranges, for keys that come mostly in order."""

    def __init__(self) -> None:
        self._ranges: list[list[int]] = []

    def add(self, first: int, last: int | None = None) -> None:
        """Put in one key, or all from `first` to `last`."""
        last = first if last is None else last
        # Ids are given in order, so that a million inserts are one range.
        if self._ranges and self._ranges[-1][1] + 1 == first:
            self._ranges[-1][1] = last
        else:
            self._ranges.append([first, last])
            self._ranges.sort()

    def __contains__(self, key: int) -> bool:
        place = bisect_right(self._ranges, key, key=lambda pair: pair[0]) - 1
        return place >= 0 and key <= self._ranges[place][1]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return ((first, last) for first, last in self._ranges)

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self._ranges)

    def __bool__(self) -> bool:
        return bool(self._ranges)


class Recorder:
    """Gathers the changes of one unit of work until it writes them as rows of `change`."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.inserted: dict[str, Ranges] = {}
        self.updated: dict[str, dict[int, tuple[Row, Row]]] = {}
        self.deleted: dict[str, dict[int, Row]] = {}
        self.last_inserted: dict[str, int] = {}
        self.spilled: set[str] = set()
        self.beside_data = False
        self._listen()

    def _listen(self) -> None:
        self.session.info["recorder"] = self
        event.listen(self.session, "before_flush", require_short_records)
        # Behind the flush new rows have their ids, and the attributes still know what they held before.
        event.listen(self.session, "after_flush", self._after_flush)

    @property
    def empty(self) -> bool:
        """Whether nothing was changed."""
        return not (
            self.spilled
            or self.beside_data
            or any(self.inserted.values())
            or any(self.updated.values())
            or any(self.deleted.values())
        )

    def touched(self, table: str) -> bool:
        """Whether rows of a table were added, changed or deleted."""
        return bool(self.inserted.get(table)) or self.changed(table)

    def changed(self, table: str) -> bool:
        """Whether rows of a table that were there before were changed or deleted."""
        # What an undo took away was written at once, to need little memory, and is changed all the same.
        return bool(self.updated.get(table) or self.deleted.get(table) or table in self.spilled)

    def note_insert(self, table: str, first: int, last: int | None = None) -> None:
        """Note one new row, or the range of new rows from `first` to `last`."""
        self.inserted.setdefault(table, Ranges()).add(first, last)
        self.last_inserted[table] = first if last is None else last

    def note_update(self, table: str, key: int, before: Row, after: Row) -> None:
        """Note the changed columns of a row; of several updates the first before and last after count."""
        if key in self.inserted.get(table, ()):
            return
        updates = self.updated.setdefault(table, {})
        former = updates.get(key)
        if former:
            before, after = _joined(former, before, after)
        elif _all_differ(before, after):
            # Nearly all rows of an import come this way, with nothing to sort or to copy.
            updates[key] = before, after
            return
        # There and back within one operation is no change, and nothing for undo to do.
        if (difference := _difference(before, after)) is None:
            updates.pop(key, None)
        else:
            updates[key] = difference

    def note_delete(self, table: str, key: int, before: Row) -> None:
        """Note a row that is gone, with all its columns as they were before the operation."""
        if key in self.inserted.get(table, ()):
            return
        # The row as it was before the operation, whatever the operation did to it on the way.
        former = self.updated.get(table, {}).pop(key, None)
        self.deleted.setdefault(table, {})[key] = {**before, **(former[0] if former else {})}

    def note_beside_data(self) -> None:
        """Note that something was changed for good that is no data: the history itself."""
        self.beside_data = True

    def _after_flush(self, session: Session, _context: Any) -> None:
        for record in session.new:
            if record.keeps_history:
                self.note_insert(record.__tablename__, record.id)
        for record in session.dirty:
            if record.keeps_history:
                before, after = _changes_of(record)
                if after:
                    self.note_update(record.__tablename__, record.id, before, after)
        for record in session.deleted:
            if record.keeps_history:
                self.note_delete(record.__tablename__, record.id, _row_of(record))

    def counts(self) -> Iterator[tuple[str, int, int]]:
        """Of the rows that are gathered, by table and kind of change, a key and how many they are."""
        for table, added in self.inserted.items():
            for first, last in added:
                yield table, first, last - first + 1
        for gathered in (self.updated, self.deleted):
            for table, rows in gathered.items():
                if rows:
                    yield table, next(iter(rows)), len(rows)

    def write(self, operation_id: int) -> None:
        """Write what was gathered as the changes of an operation."""
        rows = list(self._rows(operation_id))
        if rows:
            self.session.connection().execute(insert(Change.__table__), rows)  # type: ignore[arg-type]

    def hand_over(self, operation_id: int) -> None:
        """Write what was gathered as the changes of an operation, and begin anew for the next one."""
        self.write(operation_id)
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what was gathered: it is written, or a savepoint took it back."""
        for gathered in (self.inserted, self.updated, self.deleted, self.last_inserted, self.spilled):
            gathered.clear()

    def spill(self, operation_id: int) -> None:
        """Write the deletes gathered so far, so that taking back a million rows needs little memory."""
        gone, self.deleted = self.deleted, {}
        rows = [
            row
            for table, deletes in gone.items()
            for row in _runs(operation_id, table, "delete", _last_sight(deletes))
        ]
        if rows:
            self.spilled.update(gone)
            self.session.connection().execute(insert(Change.__table__), rows)  # type: ignore[arg-type]

    def _rows(self, operation_id: int) -> Iterator[Row]:
        for table, ranges in self.inserted.items():
            for first, last in ranges:
                yield _change(operation_id, table, "insert", first, last)
        for table, updates in self.updated.items():
            yield from _runs(operation_id, table, "update", updates)
        for table, deletes in self.deleted.items():
            yield from _runs(operation_id, table, "delete", _last_sight(deletes))


def _change(
    operation_id: int,
    table: str,
    kind: str,
    first: int,
    last: int,
    before: Row | None = None,
    after: Row | None = None,
) -> Row:
    return {
        "operation_id": operation_id,
        "table_name": table,
        "kind": kind,
        "first_key": first,
        "last_key": last,
        "before": before,
        "after": after,
    }


def _joined(former: tuple[Row, Row], before: Row, after: Row) -> tuple[Row, Row]:
    """Two updates of a row as one: of each column the first that it held, and the last that it got."""
    return {**before, **former[0]}, {**former[1], **after}


def _all_differ(before: Row, after: Row) -> bool:
    return before.keys() == after.keys() and all(before[name] != after[name] for name in after)


def _difference(before: Row, after: Row) -> tuple[Row, Row] | None:
    """The columns that differ, in order; None where none does."""
    # In order, so that equal changes are equal texts and neighbours make one range.
    names = sorted(name for name in after if before.get(name) != after[name])
    if not names:
        return None
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _last_sight(deletes: Mapping[int, Row]) -> dict[int, tuple[Row, Row | None]]:
    """Deleted rows as pairs of before and after; every row has its id, so no two are alike."""
    return {key: (before, None) for key, before in deletes.items()}


def _runs(
    operation_id: int, table: str, kind: str, rows: Mapping[int, tuple[Row, Row | None]]
) -> Iterator[Row]:
    """Changes of neighbouring keys with equal values as one range each."""
    run: Row | None = None
    for key in sorted(rows):
        before, after = rows[key]
        if run and run["last_key"] == key - 1 and run["before"] == before and run["after"] == after:
            run["last_key"] = key
            continue
        if run:
            yield run
        run = _change(operation_id, table, kind, key, key, before, after)
    if run:
        yield run


def _changes_of(record: Any) -> tuple[Row, Row]:
    before, after = {}, {}
    state = inspect(record)
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if history.has_changes():
            name = column.columns[0].name
            before[name] = plain(history.deleted[0]) if history.deleted else None
            after[name] = plain(history.added[0]) if history.added else None
    return before, after


def _row_of(record: Any) -> Row:
    state = inspect(record)
    row = {}
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        value = history.deleted[0] if history.deleted else getattr(record, column.key)
        row[column.columns[0].name] = plain(value)
    return row


def recorder_of(session: Session) -> Recorder:
    """The recorder of the unit of work that the session belongs to."""
    recorder: Recorder = session.info["recorder"]
    return recorder


def table_of(model: type[Base] | Table) -> Table:
    """The table of a model."""
    return model if isinstance(model, Table) else model.__table__  # type: ignore[return-value]


def reserve_ids(session: Session, model: type[Base] | Table, count: int) -> range:
    """Ids for `count` rows that `insert_rows` will be given with their `id` in place."""
    session.flush()
    return reserve(session.connection(), table_of(model), count)


def insert_rows(session: Session, model: type[Base] | Table, rows: Sequence[Row]) -> range:
    """Insert rows in bulk, recorded as one range, and return their ids in the order of the rows.

    Every row must have the same keys; `id` may be left out.
    """
    if not rows:
        return range(0)
    ids = insert_columns(
        session, model, {name: [row[name] for row in rows] for name in rows[0] if name != "id"}
    )
    for key, row in zip(ids, rows, strict=True):
        row["id"] = key
    return ids


def insert_columns(
    session: Session, model: type[Base] | Table, columns: Mapping[str, Sequence[Any]]
) -> range:
    """Insert rows given column by column without `id`, the quickest way for a million; see `insert_rows`."""
    table, count = table_of(model), len(next(iter(columns.values())))
    if not count:
        return range(0)
    require_short(table, columns)
    ids = reserve_ids(session, table, count)
    write_rows(session.connection(), table, {**columns, "id": ids})
    recorder_of(session).note_insert(table.name, ids[0], ids[-1])
    return ids


def insert_selected(
    session: Session, model: type[Base] | Table, queries: Iterable[Select[Any]], count: int
) -> range:
    """Insert the `count` rows that queries find one after the other, without reading them; see `insert_rows`.

    Several queries of a few thousand rows each take less memory than one: what a statement changes is held
    until it ends, for it may have to be taken back.
    """
    if not count:
        return range(0)
    table, ids = table_of(model), reserve_ids(session, model, count)
    connection, written = session.connection(), 0
    for query in queries:
        names = [column.name for column in query.selected_columns]
        if connection.dialect.name != "sqlite":
            # A file numbers its rows on by itself as they come, and nobody else writes meanwhile.
            names, query = ["id", *names], _numbered(query, ids[0] + written)  # noqa: PLW2901 - the same rows
        rows = insert(table).from_select(names, query)
        written += connection.execute(rows, execution_options={"preserve_rowcount": True}).rowcount
    recorder_of(session).note_insert(table.name, ids[0], ids[-1])
    return ids


def _numbered(query: Select[Any], first: int) -> Select[Any]:
    """The rows of a query with ids from `first` on, in its order."""
    rows = query.subquery()
    return select(literal(first - 1) + func.row_number().over(), *rows.columns)


def update_rows(session: Session, model: type[Base] | Table, changes: Mapping[int, Row]) -> int:
    """Give rows new values in bulk, each its own, and return how many really changed."""
    session.flush()
    table = table_of(model)
    by_columns: dict[tuple[str, ...], dict[int, Row]] = {}
    for key, values in changes.items():
        by_columns.setdefault(tuple(sorted(values)), {})[key] = values
    return sum(_update_columns(session, table, names, rows) for names, rows in by_columns.items())


def _update_columns(session: Session, table: Table, names: tuple[str, ...], rows: Mapping[int, Row]) -> int:
    # A column and the value for it may not share a name in one statement.
    places = {name: f"new_{name}" for name in names}
    statement = _update_by_key(table, places)
    changed = 0
    for keys in chunks(rows):
        updates = _noted_updates(session, table, keys, rows, places)
        if updates:
            _require_short_updates(table, updates, places)
            session.connection().execute(statement, updates)
        changed += len(updates)
    # What the session has loaded of these rows is old now, and would be written back.
    session.expire_all()
    return changed


def _require_short_updates(table: Table, updates: Sequence[Row], places: Mapping[str, str]) -> None:
    require_short(table, {name: [row[place] for row in updates] for name, place in places.items()})


def _update_by_key(table: Table, places: Mapping[str, str]) -> Update:
    values: dict[str, Any] = {name: bindparam(place) for name, place in places.items()}
    return update(table).where(table.c.id == bindparam("key")).values(values)


def _noted_updates(
    session: Session, table: Table, keys: Sequence[int], rows: Mapping[int, Row], places: Mapping[str, str]
) -> list[Row]:
    """The values for the statement of those rows that really change, each noted in the history."""
    recorder, names = recorder_of(session), tuple(places)
    updates = []
    for before in _rows_before(session, table, keys, names):
        key = before["id"]
        after = rows[key]
        if _differ(before, after, names):
            updates.append({"key": key, **{place: after[name] for name, place in places.items()}})
            _note(recorder, table, before, after, names)
    return updates


def _differ(before: Mapping[str, Any], after: Row, names: tuple[str, ...]) -> bool:
    return any(before[name] != after[name] for name in names)


def update_all(session: Session, model: type[Base] | Table, keys: Iterable[int], values: Row) -> int:
    """Give many rows the same new values and return how many really changed."""
    session.flush()
    table = table_of(model)
    require_short(table, {name: [value] for name, value in values.items()})
    # In one order, so that two ways to the same change are kept alike.
    in_order = {name: values[name] for name in sorted(values)}
    changed = sum(_update_alike(session, table, chunk, in_order) for chunk in chunks(keys))
    session.expire_all()
    return changed


def _update_alike(session: Session, table: Table, keys: Sequence[int], values: Row) -> int:
    """Give the values to those of some rows that have others, noted in the history, and return how many these are."""
    before = _differing(session, table, keys, values)
    _note_all(recorder_of(session), table.name, before, values)
    if before:
        affected = _among(table, list(before))
        session.connection().execute(update(table).where(affected).values(values))
    return len(before)


def _differing(session: Session, table: Table, keys: Sequence[int], values: Row) -> dict[int, Sequence[Any]]:
    """What the columns of rows hold that have not all of these values yet, by id and in the values' order."""
    query = select(table.c.id, *(table.c[name] for name in values)).where(_among(table, keys))
    given = tuple(values.values())
    rows: dict[int, Sequence[Any]] = {}
    for key, *former in session.connection().execute(query):
        if any(value != new for new, value in zip(given, former, strict=True)):
            rows[key] = former
    return rows


def _among(table: Table, keys: Sequence[int]) -> ColumnElement[bool]:
    """Whether a row's key is one of these; of neighbours only the ends are named, which is quick to compile."""
    first, last = min(keys), max(keys)
    if last - first + 1 == len(keys):
        return table.c.id.between(first, last)
    return table.c.id.in_(keys)


def _note_all(recorder: Recorder, table: str, rows: Mapping[int, Sequence[Any]], values: Row) -> None:
    """Note the same new values of many rows; what rows had in common before is kept once."""
    after = {name: plain(value) for name, value in values.items()}
    rows_before: dict[tuple[Any, ...], Row] = {}
    for key, row in rows.items():
        had = tuple(row)
        if had not in rows_before:
            rows_before[had] = {name: plain(value) for name, value in zip(values, had, strict=True)}
        recorder.note_update(table, key, rows_before[had], after)


def _note(
    recorder: Recorder, table: Table, before: Mapping[str, Any], after: Row, names: tuple[str, ...]
) -> None:
    recorder.note_update(
        table.name, before["id"], {n: plain(before[n]) for n in names}, {n: plain(after[n]) for n in names}
    )


def delete_rows(session: Session, model: type[Base] | Table, keys: Iterable[int]) -> int:
    """Delete rows in bulk, keeping what they held, and return how many there were."""
    session.flush()
    table, deleted = table_of(model), 0
    for chunk in chunks(keys):
        deleted += _note_deletes(session, table, chunk)
        session.connection().execute(delete(table).where(table.c.id.in_(chunk)))
    session.expire_all()
    return deleted


def _note_deletes(session: Session, table: Table, keys: Sequence[int]) -> int:
    """Keep whole rows, for an undo inserts them again under their ids; how many there were."""
    recorder, rows = recorder_of(session), _rows_before(session, table, keys, tuple(table.c.keys()))
    for row in rows:
        recorder.note_delete(table.name, row["id"], {name: plain(value) for name, value in row.items()})
    return len(rows)


def _rows_before(session: Session, table: Table, keys: Sequence[int], names: tuple[str, ...]) -> list[Any]:
    columns = [table.c.id, *(table.c[name] for name in names if name != "id")]
    return list(session.connection().execute(select(*columns).where(table.c.id.in_(keys))).mappings())
