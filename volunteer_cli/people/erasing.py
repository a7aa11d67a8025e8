"""Forgetting who somebody was: in the record and in what others wrote.

What stays is what totals are made of, with `*` for the name: hours, sign-ups, memberships, gifts, and
the numbers that this program issued (志愿服务条例, Regulations on Voluntary Service, art. 19, has the
service recorded; 个人信息保护法, Personal Information Protection Law, art. 47, has the person forgotten
who asks for it). So do the names of things (a team, an event) that happen to contain the name, the
actor's name in the history of an office, and what has been published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, RowMapping, Table, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.areas import hooks, load_models
from volunteer_cli.core.errors import Ambiguous, NotFound
from volunteer_cli.core.history import Row, delete_rows, table_of, update_all, update_rows
from volunteer_cli.core.i18n import _, listed, with_detail
from volunteer_cli.core.lookup import find, missing
from volunteer_cli.core.models import PRIVATE, Base
from volunteer_cli.core.privacy import holds
from volunteer_cli.core.records import Change
from volunteer_cli.people.forgetting import blanks, forget_history, own_rows
from volunteer_cli.people.identity import Telling, blank, numbered, private_references, remarks, tellings
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import PERSON
from volunteer_cli.people.secrets import Secrets, secrets_of
from volunteer_cli.people.terms import NOBODY


@dataclass(frozen=True)
class Erasable:
    """A person whose identity can be erased; `record` is None where adding them was undone."""

    key: int
    name: str
    record: Person | None = None


def erasable(session: Session, text: str) -> Erasable:
    """The person that an id, a volunteer number or a whole name means, of the records or of the history alone.

    Raises:
        NotFound, Ambiguous, Withdrawn: none, several, or one of whom nothing is known any more.
    """
    try:
        person = find(session, PERSON, text, exact=True)
    except NotFound:
        return _taken_back(session, text)
    return Erasable(person.id, person.name, person)


def _taken_back(session: Session, text: str) -> Erasable:
    """The person of that name or number whose record was undone, as the history keeps it."""
    readings = {text.removeprefix(f"{Person.__tablename__}:"), text.upper()}
    # Who asks to be forgotten may have been entered by mistake and taken back: the history has them still.
    people = [person for row, person in _undone(session) if readings & _known_by(row)]
    if not people:
        raise missing(session, PERSON, text)
    if len(people) > 1:
        candidates = listed(with_detail(person.name, person.key) for person in people)
        raise Ambiguous(kind=_(PERSON.kind), text=text, candidates=candidates)
    return people[0]


def _undone(session: Session) -> Iterator[tuple[Row, Erasable]]:
    """Everybody whose record is gone and whose identity the history still knows, the latest state of each."""
    deletes = select(Change).where(Change.table_name == Person.__tablename__, Change.kind == "delete")
    rows = {change.first_key: change.before or {} for change in session.scalars(deletes.order_by(Change.id))}
    for key, row in rows.items():
        # A redo brings a record back under its id; who is on file again is erased there.
        if not row.get("erased_on") and not session.get(Person, key):
            yield row, Erasable(key, row["name"])


def _known_by(row: Row) -> set[str]:
    """What names a person on a command line."""
    return {str(row.get(name)) for name in ("id", "volunteer_no", "name")}


@dataclass(frozen=True)
class Mention:
    """A text about something else in which the name of somebody stands.

    Attributes:
        erased: whether it goes somewhere in the text.
        doubtful: whether it may be a word there (大家都很高兴), which stays unless its erasing is agreed to.
        shared: whether it stays, for somebody else is called so too.
    """

    table: str
    key: int
    column: str
    text: str
    erased: bool
    doubtful: bool
    shared: bool


def mentions(session: Session, key: int, *, doubtful: bool = False) -> list[Mention]:
    """Where a person's name stands in what others wrote, to be shown before it is erased."""
    load_models()
    secrets = secrets_of(session, key, doubtful=doubtful)
    texts = (
        _mention(secrets, table, row, column, text)
        for table in _tables()
        for row in _rows_with(session, table, remarks(table), secrets, names=True)
        for column, text in _texts(row, remarks(table))
        if not (table is table_of(Person) and row["id"] in secrets.ids)
    )
    return [each for each in texts if each.erased or each.doubtful or each.shared]


def _mention(secrets: Secrets, table: Table, row: RowMapping, column: Column[Any], text: str) -> Mention:
    what_of_it = (secrets.names_surely(text), secrets.may_name(text), secrets.names_others(text))
    return Mention(table.name, row["id"], column.name, text, *what_of_it)


def erase(session: Session, key: int, *, on: date, doubtful: bool = False) -> bool:
    """Erase the identity of the person with an id everywhere, and answer whether anything was left to erase.

    The record may have been taken back: what the history knows of it goes all the same. `doubtful`
    takes the name out also where it may be a word.
    """
    load_models()
    person = session.get(Person, key)
    if person and person.erased_on:
        return False
    # Asked first: once the record is blank nothing says any more what to look for.
    forget(session, key, secrets_of(session, key, doubtful=doubtful), on=on)
    return True


def forget(session: Session, key: int, secrets: Secrets, *, on: date) -> None:
    """Take what tells who somebody is out of the record, of what others wrote, and of the history."""
    person = session.get(Person, key)
    own = [own_rows(session, telling, secrets.ids) for telling in tellings()]
    if person and person.erased_on is None:
        leave_all(session, person.id, on)
    if person:
        _forget_record(session, person, secrets, person.erased_on or on)
    _forget_remarks(session, secrets)
    forget_history(session, secrets, own, on)
    session.flush()


def leave_all(session: Session, key: int, on: date) -> None:
    """Let somebody leave on a day all that only those belong to of whom it is known who they are."""
    for leave in hooks("before_erase"):
        leave(session, key, on)


def _blank(session: Session, telling: Telling, key: int, secrets: Secrets) -> None:
    own = select(telling.table).where(telling.key == key)
    rows = session.execute(own).mappings().all()
    update_rows(session, telling.table, {row["id"]: blanks(telling, dict(row), secrets) for row in rows})


def _forget_record(session: Session, person: Person, secrets: Secrets, on: date) -> None:
    cut_references(session, person.id)
    for telling in tellings():
        _blank(session, telling, person.id, secrets)
    person.erased_on = on
    # Who had left before stays archived since then: figures of past days must not change.
    person.archived_on = person.archived_on or on
    session.flush()


def cut_references(session: Session, key: int) -> None:
    """Take away all references to a person that tell by themselves who that is."""
    for reference in private_references():
        _cut(session, reference, key)


def _cut(session: Session, reference: Column[Any], key: int) -> None:
    """Take away what a reference to the person tells; where it must be there, the row goes."""
    table = table_of(reference.table)
    rows = session.scalars(select(table.c.id).where(reference == key)).all()
    if reference.nullable:
        update_all(session, table, rows, {reference.name: None})
    else:
        delete_rows(session, table, rows)


# --- what others wrote ------------------------------------------------------------


def _forget_remarks(session: Session, secrets: Secrets) -> None:
    """Take names out of every remark, and numbers out of every text, of any length."""
    for table in _tables():
        _clean(session, table, remarks(table), secrets, names=True)
        _clean(session, table, numbered(table), secrets, names=False)


def _tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.info["keeps_history"]]


def _clean(
    session: Session, table: Table, columns: Sequence[Column[Any]], secrets: Secrets, *, names: bool
) -> None:
    without = secrets.without if names else secrets.without_numbers
    changes = {}
    for row in _rows_with(session, table, columns, secrets, names=names):
        texts = {column: without(text) for column, text in _texts(row, columns)}
        changes[row["id"]] = {column.name: _or_blank(column, text) for column, text in texts.items()}
    update_rows(session, table, changes)


def _or_blank(column: Column[Any], text: str) -> str | None:
    """A text of which something is left; of a contact or a phone that is gone, what says that there is none."""
    blank_text = text == NOBODY and holds(column) in PRIVATE
    return blank(column) if blank_text else text


def _rows_with(
    session: Session, table: Table, columns: Sequence[Column[Any]], secrets: Secrets, *, names: bool
) -> Sequence[RowMapping]:
    """The rows of a table in which a number or, where `names`, a name may stand in one of the columns."""
    parts = [part for column in columns for part in secrets.containing(column, names=names)]
    query = select(table.c.id, *columns).where(or_(False, *parts))
    return session.execute(query).mappings().all()


def _texts(row: RowMapping, columns: Sequence[Column[Any]]) -> Iterator[tuple[Column[Any], str]]:
    return ((column, row[column.name]) for column in columns if row[column.name])
