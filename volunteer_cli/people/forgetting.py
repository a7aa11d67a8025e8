"""Forgetting somebody in the history: stored values, command lines, reasons and names of files."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table, Text, cast, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.history import Row, plain, recorder_of, update_rows
from volunteer_cli.core.models import PRIVATE, Base
from volunteer_cli.core.privacy import holds
from volunteer_cli.core.records import Change, ImportLog, Operation
from volunteer_cli.core.run import run
from volunteer_cli.people.identity import Telling, blank, numbered, remarks
from volunteer_cli.people.models import Person
from volunteer_cli.people.secrets import LONG, Secrets, changes_of
from volunteer_cli.people.terms import NOBODY


@dataclass(frozen=True)
class OwnRows:
    """The keys of the rows that tell of the erased person, now and ever."""

    telling: Telling
    keys: frozenset[int]

    @property
    def of_one(self) -> bool:
        """Whether they are about the person and nothing else: the record itself, its words and its values."""
        return self.telling.table is Person.__table__ or holds(self.telling.key) in PRIVATE


def own_rows(session: Session, telling: Telling, ids: frozenset[int]) -> OwnRows:
    """The rows of a table that tell of the person with these ids; to be asked before they are erased."""
    if telling.table is Person.__table__:
        return OwnRows(telling, ids)
    rows = session.scalars(select(telling.table.c.id).where(telling.key.in_(ids)))
    return OwnRows(telling, frozenset({*rows, *_deleted_rows(session, telling, ids)}))


def _deleted_rows(session: Session, telling: Telling, ids: frozenset[int]) -> Iterator[int]:
    """Rows that told of these people and are gone, though the history still has what they said."""
    deletes = select(Change).where(Change.table_name == telling.table.name, Change.kind == "delete")
    for change in session.scalars(deletes):
        row = change.before or {}
        if row.get(telling.key.name) in ids:
            yield change.first_key


def blanks(telling: Telling, row: Row, secrets: Secrets) -> Row:
    """The private columns of a row, or those there are, blanked; a number that this program issued stays."""
    return {
        column.name: blank(column)
        for column in telling.columns
        if column.name in row and row[column.name] not in secrets.issued
    }


def forget_history(session: Session, secrets: Secrets, own: Sequence[OwnRows], on: date) -> None:
    """Take somebody out of all that the history keeps, this very operation included."""
    _forget_changes(session, secrets)
    for rows in own:
        _forget_changes_of(session, rows, secrets)
    _mark_erased(session, secrets, on)
    _forget_pending(session, secrets, own)
    _forget_operations(session, secrets, own)
    recorder_of(session).note_beside_data()


def wipe(session: Session, table: Table, keys: Iterable[int], columns: Iterable[str]) -> None:
    """Clear columns of rows, in the records and in all that the history keeps of them, this operation included."""
    empty = dict.fromkeys(columns)
    ids = frozenset(keys)
    update_rows(session, table, dict.fromkeys(ids, empty))
    # An insert keeps no values. Any other range is cut first, for beside these rows it holds those of others.
    for change in list(changes_of(session, table.name, ids)):
        if change.kind != "insert":
            _cut_out(session, change, ids)
    for change in changes_of(session, table.name, ids):
        change.before, change.after = _cleared(change.before, empty), _cleared(change.after, empty)
    _wipe_pending(session, table.name, ids, empty)
    recorder_of(session).note_beside_data()


def _cleared(row: Row | None, empty: Row) -> Row | None:
    return row and row | _present(row, empty)


def _wipe_pending(session: Session, table: str, keys: frozenset[int], empty: Row) -> None:
    recorder = recorder_of(session)
    # What this very operation did is not written yet, and holds the values too.
    updates, deletes = recorder.updated.get(table, {}), recorder.deleted.get(table, {})
    for key in keys & updates.keys():
        before, after = updates[key]
        updates[key] = before | _present(before, empty), after | _present(after, empty)
    for key in keys & deletes.keys():
        deletes[key] = deletes[key] | _present(deletes[key], empty)


def _present(row: Row, empty: Row) -> Row:
    return {name: value for name, value in empty.items() if name in row}


def deleted_keys(session: Session, table: Table, column: str, value: int) -> Iterator[int]:
    """Rows of a table that are gone, and whose column held a value, as the history still knows."""
    deletes = select(Change).where(Change.table_name == table.name, Change.kind == "delete")
    for change in session.scalars(deletes):
        if (change.before or {}).get(column) == value:
            yield change.first_key


# --- stored values ------------------------------------------------------------


def _forget_changes(session: Session, secrets: Secrets) -> None:
    values = [cast(Change.before, Text), cast(Change.after, Text)]
    parts = [part for value in values for part in secrets.containing(value, names=True, escaped=True)]
    for change in session.scalars(select(Change).where(or_(False, *parts))):
        change.before = change.before and _forgotten(change.table_name, change.before, secrets)
        change.after = change.after and _forgotten(change.table_name, change.after, secrets)


def _forget_changes_of(session: Session, rows: OwnRows, secrets: Secrets) -> None:
    table = rows.telling.table.name
    for change in list(changes_of(session, table, rows.keys)):
        if change.kind != "insert":
            _cut_out(session, change, rows.keys)
    for change in changes_of(session, table, rows.keys):
        for name in ("before", "after"):
            if row := getattr(change, name):
                setattr(change, name, row | blanks(rows.telling, row, secrets))


def _mark_erased(session: Session, secrets: Secrets, on: date) -> None:
    """Let a record that was taken back, should it come back, come back as one that was erased."""
    for change in changes_of(session, Person.__tablename__, secrets.ids):
        if change.kind == "delete" and (row := change.before):
            gone = {"erased_on": plain(on), "archived_on": row.get("archived_on") or plain(on)}
            change.before = row | gone


def _cut_out(session: Session, change: Change, ids: Iterable[int]) -> None:
    """Part a range of rows that were changed alike, so that the row of the erased one stands alone."""
    for key in sorted(ids):
        if change.first_key < key <= change.last_key:
            session.add(_copy(change, change.first_key, key - 1))
            change.first_key = key
        if change.first_key == key < change.last_key:
            session.add(_copy(change, key, key))
            change.first_key = key + 1
    session.flush()


def _copy(change: Change, first: int, last: int) -> Change:
    return Change(
        operation_id=change.operation_id,
        table_name=change.table_name,
        kind=change.kind,
        first_key=first,
        last_key=last,
        before=change.before,
        after=change.after,
    )


def _forgotten(table: str, row: Row, secrets: Secrets) -> Row:
    """A stored row of any table without the secrets."""
    columns = Base.metadata.tables[table]
    without = dict.fromkeys((column.name for column in numbered(columns)), secrets.without_numbers)
    without |= dict.fromkeys((column.name for column in remarks(columns)), secrets.without)
    return {
        name: without[name](value) if name in without and isinstance(value, str) else value
        for name, value in row.items()
    }


def _forget_pending(session: Session, secrets: Secrets, own: Sequence[OwnRows]) -> None:
    """The changes of this very operation, which are written when it ends."""
    recorder = recorder_of(session)
    for table, updates in recorder.updated.items():
        for key, (before, after) in updates.items():
            updates[key] = (
                _without(table, key, before, secrets, own),
                _without(table, key, after, secrets, own),
            )
    for table, deletes in recorder.deleted.items():
        for key, row in deletes.items():
            deletes[key] = _without(table, key, row, secrets, own)


def _without(table: str, key: int, row: Row, secrets: Secrets, own: Sequence[OwnRows]) -> Row:
    row = _forgotten(table, row, secrets)
    for rows in own:
        if rows.telling.table.name == table and key in rows.keys:
            row = row | blanks(rows.telling, row, secrets)
    return row


# --- command lines, reasons, files ------------------------------------------------------------


def _forget_operations(session: Session, secrets: Secrets, rows: Sequence[OwnRows]) -> None:
    """Take somebody out of command lines and reasons; of those about nobody else the command alone stays."""
    if work := run().work:
        work.operation  # noqa: B018 - this operation too has a command line
        work.reason = work.reason and secrets.without(work.reason)
    own = _operations_about(session, [each for each in rows if each.of_one])
    for operation in session.scalars(select(Operation)):
        operation.arguments = _line_without(operation, secrets, own=operation.id in own)
        if operation.reason:
            operation.reason = secrets.without(operation.reason)
    _forget_files(session, secrets)


def _forget_files(session: Session, secrets: Secrets) -> None:
    """A sheet may be called after the one person whom it brought."""
    for log in session.scalars(select(ImportLog)):
        log.file = secrets.without(log.file)


def _operations_about(session: Session, rows: Sequence[OwnRows]) -> set[int]:
    """The operations that changed the record of the person or what belongs to it, and those of no other person."""
    keys = {each.telling.table.name: each.keys for each in rows}
    about = {change.operation_id for name, own in keys.items() for change in changes_of(session, name, own)}
    # An import brought many: it is about nobody alone, and its line stays.
    theirs = Change.table_name.in_(keys) & Change.operation_id.in_(about)
    changes = session.scalars(select(Change).where(theirs))
    return about - {each.operation_id for each in changes if not _is_within(each, keys[each.table_name])}


def _is_within(change: Change, keys: Collection[int]) -> bool:
    return all(key in keys for key in range(change.first_key, change.last_key + 1))


def _are_ids(words: Iterable[str]) -> bool:
    """A short number is an id, which tells nothing by itself; any other word may be what they typed of them."""
    return all(word.isdigit() and len(word) < LONG for word in words)


def _line_without(operation: Operation, secrets: Secrets, *, own: bool) -> str:
    try:
        words = shlex.split(operation.arguments)
    except ValueError:
        return NOBODY
    if own and not _are_ids(words[len(operation.command.split()) :]):
        return f"{operation.command} {NOBODY}"
    cleaned = [NOBODY if secrets.in_word(word) else secrets.without(word) for word in words]
    # Where nothing was said the line stays to the letter, in its own way of quoting.
    return operation.arguments if cleaned == words else shlex.join(cleaned)
