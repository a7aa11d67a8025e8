"""What may happen to a person.

A typed text and a cell of a sheet are read by the same `Field`; `columns_of` takes the values of either,
`checked_person` the columns; `add_people` and `change_people` write one checked person or a million.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.areas import hooks
from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import birth_agrees
from volunteer_cli.core.errors import Conflict, RuleError
from volunteer_cli.core.fields import values_of
from volunteer_cli.core.history import Row, insert_columns, update_rows
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.lookup import label
from volunteer_cli.core.numbers import issue_numbers, note_numbers
from volunteer_cli.core.steps import require_step
from volunteer_cli.core.text import Address, birth_of_id, mask_id_number, pinyin_of, sex_of_id
from volunteer_cli.people import queries
from volunteer_cli.people.duplicates import near, resembling
from volunteer_cli.people.fields import FIELDS
from volunteer_cli.people.labels import LABELS, TagDays, add_labels, change_labels
from volunteer_cli.people.models import Person
from volunteer_cli.people.terms import SAID_ALONE, SEXES, LabelKind, Leaving

#: The columns of a person that a row may bring, in the order of the table.
COLUMNS = tuple(
    column.name
    for column in Person.__table__.columns
    if column.name not in ("id", "community_id", "archived_on", "archived_for", "erased_on")
)
#: The fields by name, in their order.
PLACES = {field.name: place for place, field in enumerate(FIELDS)}
#: What says behind which door somebody lives.
ADDRESS = frozenset({"building", "unit", "room"})
NOWHERE = Address(None, None, None, None)
#: A volunteer number as this program gives it: the community's code and a running number.
NUMBER = re.compile(r"([A-Z][A-Z0-9-]*)-V(\d{1,9})")


class Duplicate(RuleError):
    """{name} with this phone number is on file already: {owner}"""

    code = "duplicate"
    hint = N_("If they are two people, say so: --allow-duplicate")
    explanation = N_(
        "Two records of one person tear hours and teams apart. A family may share a phone and two people "
        "a name, but seldom both."
    )


class ContradictsId(RuleError):
    """The identity number says {column} {expected}, not {value}"""

    code = "contradicts_id"
    hint = N_("One of the two was written wrongly; look at the identity card.")


class OwnGuardian(RuleError):
    """{name} cannot be the guardian of themselves"""

    code = "own_guardian"


class RegisteredInFuture(RuleError):
    """A volunteer cannot be registered on {day}, which is yet to come"""

    code = "future"


# --- reading and checking one person ------------------------------------------------------------


def read_person(details: Mapping[str, Any], *, today: date, region: str) -> Row:
    """The columns and lists of words that typed texts stand for; None is left out, an empty text clears.

    Raises:
        BadText, MissingValue, BadPhone, BadIdNumber, DamagedByExcel, BadDate, BadChoice.
    """
    return columns_of(values_of(FIELDS, details, today=today, region=region))


def columns_of(values: Mapping[str, Any]) -> Row:
    """The columns that values of fields fill: an address fills four, a phone may bring a second one.

    What stands in a column of its own counts more; a value of None clears.
    """
    row: Row = {}
    for name in sorted(PLACES.keys() & values.keys(), key=PLACES.__getitem__):
        value = values[name]
        if name == "address":
            row |= (value or NOWHERE)._asdict()
        elif isinstance(value, Address):
            # A column of the address alone leaves the other parts as they were.
            row |= {part: text for part, text in value._asdict().items() if text}
        elif name == "phone" and value:
            row |= _phones(*value)
        else:
            row[name] = value
    return row


def _phones(first: str, second: str | None) -> Row:
    """The columns of two numbers in one cell, which are common: the second one has a place of its own."""
    return {"phone": first, "phone_alt": second} if second else {"phone": first}


def checked_person(row: Mapping[str, Any]) -> Row:
    """The row with what follows from it: sex and birth from the identity number, the sound of the name.

    Raises:
        ContradictsId: the identity number says otherwise; `fields["name"]` is the column at fault.
    """
    checked = dict(row)
    if number := row.get("id_number"):
        for error in contradictions(row):
            raise error
        # The card counts more than what was typed of it: a birth of 1965 becomes the whole day.
        checked |= {"sex": sex_beside(number, row.get("sex")), "birth": birth_of_id(number)}
    checked["name_pinyin"], checked["name_initials"] = pinyin_of(checked["name"])
    return checked


def sex_beside(number: str, stated: str | None) -> str:
    """The sex to keep beside an identity number: its own, unless somebody is neither, or does not want it said."""
    return stated if stated in SAID_ALONE else sex_of_id(number)


def contradictions(row: Mapping[str, Any]) -> Iterator[ContradictsId]:
    """What a row says otherwise than its identity number; `fields["name"]` is the column, sex or birth."""
    number, sex, birth = row.get("id_number"), row.get("sex"), row.get("birth")
    if not number:
        return
    # GB 11643: the 17th digit is odd for men, and the seventh to the fourteenth are the day of birth.
    if sex and sex != sex_beside(number, sex):
        words = {"value": _(SEXES[sex]), "expected": _(SEXES[sex_of_id(number)])}
        yield ContradictsId(name="sex", column=_("sex"), **words)
    if birth and not birth_agrees(birth, birth_of_id(number)):
        yield ContradictsId(name="birth", column=_("birth date"), value=birth, expected=birth_of_id(number))


# --- checks against what is stored ------------------------------------------------------------


def registration(on: date | None, today: date) -> date:
    """The day on which a volunteer is registered: `on`, or today.

    Raises:
        RegisteredInFuture: that is yet to come.
    """
    if on and on > today:
        raise RegisteredInFuture(day=on)
    return on or today


def require_own_numbers(session: Session, row: Mapping[str, Any], *, besides: int = 0) -> None:
    """Refuse an identity or volunteer number that is another person's.

    Raises:
        Conflict: it is.
    """
    # Masked in the refusal: whoever typed it knows it, and whoever reads over their shoulder does not.
    if (number := row.get("id_number")) and (other := _holder(session, "id_number", number, besides)):
        raise Conflict(field=_("identity number"), value=mask_id_number(number), owner=_named(other))
    if (number := row.get("volunteer_no")) and (
        other := _holder(session, "volunteer_no", number, besides)
        or queries.holder_of_former_number(session, number, besides)
    ):
        raise Conflict(field=_("volunteer number"), value=number, owner=_named(other))


def require_unlike(row: Mapping[str, Any], others: Iterable[Any]) -> None:
    """Refuse somebody who is among the others by name and phone, unless identity numbers tell them apart.

    Raises:
        Duplicate: they are.
    """
    phones = {row.get("phone"), row.get("phone_alt")} - {None}
    for other in others:
        # Father and son may share name and phone; the card tells them apart.
        apart = row.get("id_number") and other.id_number and row["id_number"] != other.id_number
        if other.name == row["name"] and phones & {other.phone, other.phone_alt} and not apart:
            raise Duplicate(name=row["name"], owner=_named(other))


def lookalikes(session: Session, person: Person, others: Iterable[Any] | None = None) -> list[str]:
    """Those who look like this person, each with name and id, as `person duplicates` will name them."""
    if others is None:
        others = near(session, {name: getattr(person, name) for name in COLUMNS})
    return [_named(other) for other in resembling(person, others)]


def _holder(session: Session, column: str, value: str, besides: int) -> Person | None:
    return session.scalar(select(Person).where(getattr(Person, column) == value, Person.id != besides))


def _named(person: Any) -> str:
    return label(queries.PERSON, person)


# --- writing ------------------------------------------------------------


def add_people(
    session: Session, community: Community, rows: Sequence[Mapping[str, Any]], *, today: date
) -> range:
    """Write new people, each a checked row, and answer their ids in the order of the rows.

    A row may carry `skills`, `categories` and `tags` as lists; tags hold from today. Registered ones
    without a number get the community's next ones.
    """
    people = [dict(row) for row in rows]
    # Before they are written, for a number is unique.
    number_volunteers(session, community, people)
    columns = {**_by_column(people), "community_id": [community.id] * len(people)}
    ids = insert_columns(session, Person, columns)
    if any(not row.keys().isdisjoint(LABELS.values()) for row in rows):
        add_labels(session, _labels_of(ids, rows), since=today)
    _follow_addresses(session, (key for key, row in zip(ids, rows, strict=True) if row.get("room")), today)
    return ids


def _by_column(people: Sequence[Row]) -> dict[str, list[Any]]:
    """The columns of people; most sheets bring a few only, and the others need no look at each row."""
    names: set[str] = set().union(*people)
    blank = [None] * len(people)
    return {name: [row.get(name) for row in people] if name in names else blank for name in COLUMNS}


def _labels_of(ids: Iterable[int], rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, LabelKind, str]]:
    """The words that rows bring, each with whose it is."""
    for key, row in zip(ids, rows, strict=True):
        for kind, name in LABELS.items():
            yield from ((key, kind, value) for value in row.get(name) or ())


def number_volunteers(session: Session, community: Community, rows: Iterable[Row]) -> None:
    """Give the registered among the rows that have no number the community's next ones.

    Numbers of the same form that came with the rows are noted, so that they are never given to others.
    """
    rows = list(rows)
    for series, numbers in _brought_numbers(rows).items():
        # First those that came along: the next of ours must not be one of them.
        note_numbers(session, series, numbers)
    # Only who is registered has a number: it says that somebody is a volunteer.
    waiting = [row for row in rows if row.get("registered_on") and row.get("volunteer_no") is None]
    code = community.code
    issued = issue_numbers(session, f"volunteer:{code}", f"{code.upper()}-V{{:04}}", len(waiting))
    for row, number in zip(waiting, issued, strict=True):
        row["volunteer_no"] = number


def _brought_numbers(rows: Iterable[Row]) -> dict[str, dict[int, str]]:
    """By series, the numbers among the rows that have the form of our own."""
    series: dict[str, dict[int, str]] = {}
    for row in rows:
        number = row.get("volunteer_no")
        if number and (match := NUMBER.fullmatch(number)):
            numbers = series.setdefault(f"volunteer:{match[1].lower()}", {})
            numbers[int(match[2])] = number
    return series


def change_people(session: Session, changes: Mapping[int, Row], *, today: date) -> int:
    """Give people checked values in bulk and answer how many really changed."""
    changed = update_rows(session, Person, changes)
    _follow_addresses(session, (key for key, row in changes.items() if ADDRESS & row.keys()), today)
    return changed


def _follow_addresses(session: Session, ids: Iterable[int], on: date) -> None:
    """Let who lives where follow the addresses that were written, which higher areas know."""
    # Nothing is asked of the areas where nobody moved: most sheets bring no address.
    moved = list(ids)
    for follow in hooks("after_address") if moved else ():
        follow(session, moved, on)


def add_person(
    session: Session,
    community: Community,
    details: Mapping[str, Any],
    *,
    today: date,
    region: str,
    volunteer: bool = False,
    allow_duplicate: bool = False,
) -> tuple[Person, list[str]]:
    """A new person from what was typed, and the names of those on file who look alike.

    It is a volunteer when registered or given a volunteer number.

    Raises:
        Conflict, Duplicate, ContradictsId, RegisteredInFuture, and all that `read_person` raises.
    """
    row = checked_person(read_person(details, today=today, region=region))
    if volunteer or row.get("registered_on") or row.get("volunteer_no"):
        row["registered_on"] = registration(row.get("registered_on"), today)
    require_own_numbers(session, row)
    # Asked before the record is written, or they would resemble themselves.
    others = near(session, row)
    if not allow_duplicate:
        require_unlike(row, others)
    if guardian := row.get("guardian"):
        row["guardian_id"] = queries.find_person(session, guardian).id
    person = session.get_one(Person, add_people(session, community, [row], today=today)[0])
    return person, lookalikes(session, person, others)


def edit_person(
    session: Session,
    person: Person,
    details: Mapping[str, Any],
    *,
    today: date,
    region: str,
    volunteer: bool = False,
    tag_days: TagDays | None = None,
) -> Person:
    """Give a person other values from what was typed; None leaves one as it is, an empty text clears it.

    Raises:
        Conflict, ContradictsId, OwnGuardian, RegisteredInFuture, and all that `read_person` raises.
        StepAhead, OutOfOrder: a tag cannot come or go on that day.
    """
    changes = read_person(details, today=today, region=region)
    stored = {name: getattr(person, name) for name in COLUMNS}
    # Checked as a whole: a new birth may disagree with an identity number that was there before.
    row = checked_person(stored | _among(changes, stored))
    row["registered_on"] = _registered(row, changes, stored, today, volunteer=volunteer)
    require_own_numbers(session, row, besides=person.id)
    if "guardian" in changes:
        row["guardian_id"] = _guardian_id(session, person, changes["guardian"])
    days = tag_days or TagDays(today)
    if row != stored:
        _write(session, person, row, stored, days.on or today)
    _edit_labels(session, person, details, days)
    return person


def _among(changes: Row, stored: Row) -> Row:
    return {name: value for name, value in changes.items() if name in stored}


def _registered(row: Row, changes: Row, stored: Row, today: date, *, volunteer: bool) -> date | None:
    """The day of registration after an edit: a number makes a volunteer too, and the first day stays."""
    day = changes.get("registered_on")
    registers = (volunteer or row["volunteer_no"]) and not stored["registered_on"]
    if day or registers:
        return registration(day, today)
    registered: date | None = row["registered_on"]
    return registered


def _write(session: Session, person: Person, row: Row, stored: Row, on: date) -> None:
    number_volunteers(session, session.get_one(Community, person.community_id), [row])
    for name, value in row.items():
        setattr(person, name, value)
    session.flush()
    if any(row[name] != stored[name] for name in ADDRESS):
        _follow_addresses(session, [person.id], on)


def _edit_labels(session: Session, person: Person, details: Mapping[str, Any], days: TagDays) -> None:
    for kind in LABELS:
        only, more, less = (details.get(name) for name in (kind, f"add_{kind}", f"remove_{kind}"))
        if only or more or less:
            change_labels(session, person, kind, days, only=only, add=more or (), remove=less or ())


def _guardian_id(session: Session, person: Person, text: str | None) -> int | None:
    if not text:
        return None
    guardian = queries.find_person(session, text)
    if guardian.id == person.id:
        raise OwnGuardian(name=person.name)
    return guardian.id


# --- out of use and back ------------------------------------------------------------


def archive_person(
    session: Session, person: Person, on: date | None, leaving: Leaving | None, *, today: date
) -> None:
    """Take a person's record out of use on a day, today if nothing else is said.

    Raises:
        StepAhead: the day is yet to come.
    """
    if person.archived_on is not None:
        return
    require_step(on or today, now=datetime.combine(today, time.max), last=None, thing=_named(person))
    person.archived_on, person.archived_for = on or today, leaving
    session.flush()
    _follow_leaving(session, person, on or today)


def restore_person(session: Session, person: Person, today: date) -> None:
    """Bring a person's record back into use: they live again where their address says."""
    if person.archived_on is None:
        return
    person.archived_on = person.archived_for = None
    session.flush()
    _follow_leaving(session, person, None)
    _follow_addresses(session, [person.id], today)


def _follow_leaving(session: Session, person: Person, on: date | None) -> None:
    for follow in hooks("after_leaving"):
        follow(session, person.id, on)
