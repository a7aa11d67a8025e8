"""Forgetting who somebody was: in the record, in what others wrote, and in the history.

What stays is what totals are made of, with `*` for the name: hours, sign-ups, memberships, gifts, and
the numbers that this program issued. So do the names of things (a team, an event) that happen to
contain the name, the actor's name in the history of an office, and what has been published.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Table, Text, cast, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.areas import hooks, load_models
from volunteer_cli.core.history import Row, delete_rows, recorder_of, update_all, update_rows
from volunteer_cli.core.models import Base
from volunteer_cli.core.numbers import was_issued
from volunteer_cli.core.records import Change, ImportLog, Operation
from volunteer_cli.core.run import run
from volunteer_cli.people.identity import Telling, blank, distinctive, private_references, remarks, tellings
from volunteer_cli.people.models import FormerPerson, Person
from volunteer_cli.people.terms import NOBODY


def erase(session: Session, person: Person, *, on: date) -> None:
    """Erase a person's identity everywhere; somebody erased already stays as they are."""
    if person.erased_on:
        return
    load_models()
    secrets = _secrets(session, person)
    own = [_own_rows(session, telling, secrets.ids) for telling in tellings()]
    for leave in hooks("before_erase"):
        leave(session, person.id, on)
    _forget_record(session, person, secrets, on)
    _forget_remarks(session, secrets)
    _forget_changes(session, secrets, own)
    _forget_operations(session, secrets)
    session.flush()


# --- what must not be found any more ------------------------------------------------------------


@dataclass(frozen=True)
class Secrets:
    """What tells who somebody is, and the ids that their records have had.

    Attributes:
        texts: numbers, and names where nobody else on file has one that contains them.
        words: names that are too short, or shared; they are forgotten where they stand alone.
        issued: volunteer numbers of this program, which stay.
    """

    ids: frozenset[int]
    texts: frozenset[str]
    words: frozenset[str]
    issued: frozenset[str]

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Finds the texts, the longest first."""
        found = sorted(self.texts, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, found))) if found else None

    def without(self, text: str) -> str:
        """A text without them."""
        return self.pattern.sub(NOBODY, text) if self.pattern else text

    def in_word(self, word: str) -> bool:
        """Whether a word of a command line gives somebody away, however it was spelt."""
        squeezed = _squeezed(word)
        return any(_squeezed(text) in squeezed for text in self.texts) or any(
            _squeezed(each) == squeezed
            or (len(each) > 1 and not each.isdigit() and _squeezed(each) in squeezed)
            for each in self.words
        )


def _squeezed(text: str) -> str:
    import unicodedata

    return re.sub(r"[\s\"'-]", "", unicodedata.normalize("NFKC", text)).casefold()


def _secrets(session: Session, person: Person) -> Secrets:
    former = session.scalars(select(FormerPerson.former_id).where(FormerPerson.person_id == person.id))
    ids = frozenset({person.id, *former})
    values = {name: set[str]() for name in (*distinctive(), "name", "volunteer_no")}
    for row in (*_rows_ever(session, ids), {name: getattr(person, name) for name in values}):
        for name, known in values.items():
            if row.get(name):
                known.add(row[name])
    shared = {name for name in values["name"] if _is_shared(session, name, ids)}
    issued = {number for number in values["volunteer_no"] if was_issued(session, number)}
    contacts = set().union(*(values[name] for name in distinctive()))
    texts = contacts | (values["volunteer_no"] - issued) | (values["name"] - shared)
    return Secrets(ids, frozenset(texts), frozenset(shared), frozenset(issued))


def _rows_ever(session: Session, ids: Iterable[int]) -> Iterator[Row]:
    """What the history says that the records once held."""
    for change in _changes_of(session, Person.__tablename__, ids):
        yield change.before or {}
        yield change.after or {}
    for before, after in recorder_of(session).updated.get(Person.__tablename__, {}).values():
        yield before
        yield after


def _is_shared(session: Session, name: str, ids: Iterable[int]) -> bool:
    """Whether a name cannot be told from other words: too short, a number, or part of another's name."""
    if len(name) < 2 or name.isdigit():
        return True
    others = select(Person.id).where(Person.name.contains(name, autoescape=True), Person.id.not_in(list(ids)))
    return session.scalar(others.limit(1)) is not None


# --- the record and the remarks of others ------------------------------------------------------------


def _forget_record(session: Session, person: Person, secrets: Secrets, on: date) -> None:
    for reference in private_references():
        _cut(session, reference, person.id)
    for telling in tellings():
        mine = select(telling.table).where(telling.key == person.id)
        rows = session.execute(mine).mappings().all()
        update_rows(session, telling.table, {row["id"]: _blanks(telling, dict(row), secrets) for row in rows})
    person.erased_on, person.archived_on = on, person.archived_on or on
    session.flush()


def _blanks(telling: Telling, row: Row, secrets: Secrets) -> Row:
    """The private columns of a row, or those there are, blanked; a number that this program issued stays."""
    return {
        column.name: blank(column)
        for column in telling.columns
        if column.name in row and row[column.name] not in secrets.issued
    }


def _cut(session: Session, reference: Column[Any], key: int) -> None:
    """Take away what a reference to the person tells; where it must be there, the row goes."""
    table = reference.table
    assert isinstance(table, Table)  # noqa: S101 - for the type checker; foreign keys belong to tables
    rows = session.scalars(select(table.c.id).where(reference == key)).all()
    if reference.nullable:
        update_all(session, table, rows, {reference.name: None})
    else:
        delete_rows(session, table, rows)


def _forget_remarks(session: Session, secrets: Secrets) -> None:
    """Take the secrets out of every text that anybody wrote about anything."""
    for table in Base.metadata.sorted_tables if secrets.texts else ():
        if table.info["keeps_history"] and (columns := remarks(table)):
            mentions = or_(*_containing(columns, secrets))
            found = session.execute(select(table.c.id, *columns).where(mentions)).mappings().all()
            changes = {
                row["id"]: {each.name: row[each.name] and secrets.without(row[each.name]) for each in columns}
                for row in found
            }
            update_rows(session, table, changes)


def _containing(columns: Iterable[Any], secrets: Secrets) -> Iterator[Any]:
    return (column.contains(text, autoescape=True) for column in columns for text in secrets.texts)


# --- the history ------------------------------------------------------------


def _changes_of(session: Session, table: str, ids: Iterable[int]) -> Iterator[Change]:
    for key in ids:
        covers = (Change.table_name == table) & (Change.first_key <= key) & (Change.last_key >= key)
        yield from session.scalars(select(Change).where(covers))


@dataclass(frozen=True)
class OwnRows:
    """The keys of the rows that tell of the erased person, now and ever."""

    telling: Telling
    keys: frozenset[int]


def _own_rows(session: Session, telling: Telling, ids: frozenset[int]) -> OwnRows:
    if telling.table is Person.__table__:
        return OwnRows(telling, ids)
    rows = session.scalars(select(telling.table.c.id).where(telling.key.in_(ids)))
    gone = select(Change).where(Change.table_name == telling.table.name, Change.kind == "delete")
    former = (
        change.first_key
        for change in session.scalars(gone)
        if (change.before or {}).get(telling.key.name) in ids
    )
    return OwnRows(telling, frozenset({*rows, *former}))


def _forget_changes(session: Session, secrets: Secrets, own: Sequence[OwnRows]) -> None:
    for change in _changes_mentioning(session, secrets):
        change.before = _forgotten(change.table_name, change.before, secrets)
        change.after = _forgotten(change.table_name, change.after, secrets)
    for rows in own:
        _forget_changes_of(session, rows, secrets)
    _forget_pending(session, secrets, own)


def _forget_changes_of(session: Session, rows: OwnRows, secrets: Secrets) -> None:
    table = rows.telling.table.name
    for change in list(_changes_of(session, table, rows.keys)):
        if change.kind != "insert":
            _cut_out(session, change, rows.keys)
    for change in _changes_of(session, table, rows.keys):
        for name in ("before", "after"):
            if row := getattr(change, name):
                setattr(change, name, row | _blanks(rows.telling, row, secrets))


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


def _changes_mentioning(session: Session, secrets: Secrets) -> list[Change]:
    """Changes whose stored values, JSON in ASCII, hold one of the secrets."""
    texts = [text.encode("ascii", "backslashreplace").decode() for text in secrets.texts]
    columns = [cast(Change.before, Text), cast(Change.after, Text)]
    found = [column.contains(text, autoescape=True) for column in columns for text in texts]
    return list(session.scalars(select(Change).where(or_(*found)))) if found else []


def _forgotten(table: str, row: Row | None, secrets: Secrets) -> Row | None:
    """A stored row of any table without the secrets."""
    if row is None:
        return None
    texts = {column.name for column in remarks(Base.metadata.tables[table])}
    return {
        name: secrets.without(value) if name in texts and isinstance(value, str) else value
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
    row = _forgotten(table, row, secrets) or {}
    for rows in own:
        if rows.telling.table.name == table and key in rows.keys:
            row = row | _blanks(rows.telling, row, secrets)
    return row


def _forget_operations(session: Session, secrets: Secrets) -> None:
    """Command lines and reasons; of the commands about the person, nothing but which they were."""
    if work := run().work:
        work.operation  # noqa: B018 - this operation too has a command line
        work.reason = work.reason and secrets.without(work.reason)
    own = {change.operation_id for change in _changes_of(session, Person.__tablename__, secrets.ids)}
    for operation in session.scalars(select(Operation)):
        if operation.id in own and operation.command.startswith("person "):
            operation.arguments = f"{operation.command} {NOBODY}"
        elif secrets.in_word(operation.arguments):
            operation.arguments = _line_without(operation.arguments, secrets)
        if operation.reason:
            operation.reason = secrets.without(operation.reason)
    for log in session.scalars(select(ImportLog)):
        log.file = secrets.without(log.file)


def _line_without(line: str, secrets: Secrets) -> str:
    try:
        words = shlex.split(line)
    except ValueError:
        return NOBODY
    return shlex.join(NOBODY if secrets.in_word(word) else word for word in words)
