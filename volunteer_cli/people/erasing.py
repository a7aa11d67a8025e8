"""Forgetting who somebody was: in the record, in what others wrote, and in the history.

What stays is what totals are made of, with `*` for the name: hours, sign-ups, memberships, gifts, and
the numbers that this program issued. So do the names of things (a team, an event) that happen to
contain the name, the actor's name in the history of an office, and what has been published.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Column, String, Table, Text, cast, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.areas import hooks, load_models
from volunteer_cli.core.history import Row, delete_rows, recorder_of, update_all, update_rows
from volunteer_cli.core.models import Base
from volunteer_cli.core.numbers import was_issued
from volunteer_cli.core.records import Change, ImportLog, Operation
from volunteer_cli.core.run import run
from volunteer_cli.people.models import DismissedPair, FormerPerson, Person, PersonLabel
from volunteer_cli.people.terms import IDENTITY, NOBODY

#: Columns by which things are known; what they say is no remark on a person.
NAMING = {
    "name", "name_pinyin", "name_initials", "title", "code", "number", "uid", "volunteer_no", "grid",
}  # fmt: skip
#: Shorter columns hold a choice, a code or a unit.
SHORTEST_REMARK = 60
CONTACTS = ("phone", "phone_alt", "id_number")


def erase(session: Session, person: Person, *, on: date) -> None:
    """Erase a person's identity everywhere; somebody erased already stays as they are."""
    if person.erased_on:
        return
    load_models()
    secrets = _secrets(session, person)
    for leave in hooks("before_erase"):
        leave(session, person.id, on)
    _forget_record(session, person, on)
    _forget_remarks(session, secrets)
    _forget_changes(session, secrets)
    _forget_operations(session, secrets)
    session.flush()


# --- what must not be found any more ------------------------------------------------------------


@dataclass(frozen=True)
class Secrets:
    """What tells who somebody is, and the ids that their records have had.

    Attributes:
        texts: numbers, and names where nobody else on file has one that contains them.
        words: names that are too short, or shared; they are forgotten where they stand alone.
        numbers: volunteer numbers that this program did not issue.
    """

    ids: frozenset[int]
    texts: frozenset[str]
    words: frozenset[str]
    numbers: frozenset[str]

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
    values = {name: set[str]() for name in (*CONTACTS, "name", "volunteer_no")}
    for row in (*_rows_ever(session, ids), {name: getattr(person, name) for name in values}):
        for name, known in values.items():
            if row.get(name):
                known.add(row[name])
    shared = {name for name in values["name"] if _is_shared(session, name, ids)}
    numbers = {number for number in values["volunteer_no"] if not was_issued(session, number)}
    contacts = values["phone"] | values["phone_alt"] | values["id_number"]
    texts = contacts | numbers | (values["name"] - shared)
    return Secrets(ids, frozenset(texts), frozenset(shared), frozenset(numbers))


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


def _forget_record(session: Session, person: Person, on: date) -> None:
    mine = PersonLabel.person_id == person.id
    delete_rows(session, PersonLabel, session.scalars(select(PersonLabel.id).where(mine)).all())
    pairs = or_(DismissedPair.first_id == person.id, DismissedPair.second_id == person.id)
    delete_rows(session, DismissedPair, session.scalars(select(DismissedPair.id).where(pairs)).all())
    wards = session.scalars(select(Person.id).where(Person.guardian_id == person.id)).all()
    update_all(session, Person, wards, {"guardian_id": None})
    for former in session.scalars(select(FormerPerson).where(FormerPerson.person_id == person.id)):
        former.volunteer_no = _issued(session, former.volunteer_no)
    person.name, person.name_pinyin, person.name_initials = NOBODY, "", ""
    person.volunteer_no = _issued(session, person.volunteer_no)
    for name in IDENTITY:
        setattr(person, name, None)
    person.erased_on, person.archived_on = on, person.archived_on or on
    session.flush()


def _issued(session: Session, number: str | None) -> str | None:
    return number if number and was_issued(session, number) else None


def _forget_remarks(session: Session, secrets: Secrets) -> None:
    """Take the secrets out of every text that anybody wrote about anything."""
    for table in Base.metadata.sorted_tables if secrets.texts else ():
        if table.info["keeps_history"] and (columns := list(_remarks(table))):
            mentions = or_(*_containing(columns, secrets))
            found = session.execute(select(table.c.id, *columns).where(mentions)).mappings().all()
            changes = {
                row["id"]: {each.name: row[each.name] and secrets.without(row[each.name]) for each in columns}
                for row in found
            }
            update_rows(session, table, changes)


def _remarks(table: Table) -> Iterator[Column[Any]]:
    for column in table.columns:
        if isinstance(column.type, String) and column.name not in NAMING:
            length = column.type.length
            if length is None or length >= SHORTEST_REMARK:
                yield column


def _containing(columns: Iterable[Any], secrets: Secrets) -> Iterator[Any]:
    return (column.contains(text, autoescape=True) for column in columns for text in secrets.texts)


# --- the history ------------------------------------------------------------


def _changes_of(session: Session, table: str, ids: Iterable[int]) -> Iterator[Change]:
    for key in ids:
        covers = (Change.table_name == table) & (Change.first_key <= key) & (Change.last_key >= key)
        yield from session.scalars(select(Change).where(covers))


def _forget_changes(session: Session, secrets: Secrets) -> None:
    for change in list(_changes_of(session, Person.__tablename__, secrets.ids)):
        if change.kind != "insert":
            _cut_out(session, change, secrets.ids)
    for change in (*_changes_of_labels(session), *_changes_mentioning(session, secrets)):
        change.before = _forgotten(change.table_name, change.before, secrets)
        change.after = _forgotten(change.table_name, change.after, secrets)
    for change in _changes_of(session, Person.__tablename__, secrets.ids):
        change.before, change.after = _nobody(change.before, secrets), _nobody(change.after, secrets)
    _forget_pending(session, secrets)


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


def _changes_of_labels(session: Session) -> list[Change]:
    labels = (Change.table_name == PersonLabel.__tablename__) & (Change.kind == "delete")
    return list(session.scalars(select(Change).where(labels)))


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
    if table == PersonLabel.__tablename__ and row.get("person_id") in secrets.ids:
        return row | {"value": NOBODY}
    remarks = {column.name for column in _remarks(Base.metadata.tables[table])}
    return {
        name: secrets.without(value) if name in remarks and isinstance(value, str) else value
        for name, value in row.items()
    }


def _nobody(row: Row | None, secrets: Secrets) -> Row | None:
    """A stored row of the erased person with the identity blanked."""
    if row is None:
        return None
    blank = {"name": NOBODY, "name_pinyin": "", "name_initials": ""} | dict.fromkeys(IDENTITY)
    if row.get("volunteer_no") in secrets.numbers:
        blank["volunteer_no"] = None
    return {name: blank.get(name, value) if name in blank else value for name, value in row.items()}


def _forget_pending(session: Session, secrets: Secrets) -> None:
    """The changes of this very operation, which are written when it ends."""
    recorder = recorder_of(session)
    for table, updates in recorder.updated.items():
        for key, rows in updates.items():
            before, after = (_forgotten(table, row, secrets) or {} for row in rows)
            if table == Person.__tablename__ and key in secrets.ids:
                before, after = _nobody(before, secrets) or {}, _nobody(after, secrets) or {}
            updates[key] = (before, after)
    for table, deletes in recorder.deleted.items():
        for key, row in deletes.items():
            deletes[key] = _forgotten(table, row, secrets) or {}


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
