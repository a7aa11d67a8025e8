"""What may happen to a person.

`read_person` takes what people type, `checked_person` what is read already (by the command or by the
import of a sheet); `add_people` and `change_people` write one checked person or a million.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import birth_agrees, parse_birth
from volunteer_cli.core.errors import Conflict, RuleError
from volunteer_cli.core.history import Row, insert_rows, update_rows
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.lookup import label
from volunteer_cli.core.numbers import issue_numbers, note_numbers
from volunteer_cli.core.text import (
    birth_of_id,
    clean,
    clean_name,
    mask_id_number,
    parse_address,
    parse_id_number,
    parse_phones,
    parse_political_status,
    parse_sex,
    pinyin_of,
    plain_number,
    sex_of_id,
    split_list,
)
from volunteer_cli.people import queries
from volunteer_cli.people.duplicates import near, resembling
from volunteer_cli.people.models import Person, PersonLabel
from volunteer_cli.people.terms import LABELS, SEXES, TAG_WORDS, LabelKind

#: The columns of a person that a row may bring, in the order of the table.
COLUMNS = tuple(
    column.name
    for column in Person.__table__.columns
    if column.name not in ("id", "community_id", "archived_on", "erased_on")
)
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


def read_person(details: Mapping[str, str | None], *, today: date, region: str) -> Row:
    """The columns that these texts stand for; a text that is None is left out, an empty one clears.

    Keys are the columns of a person, of which `address` fills building, unit and room too, and
    `phone` may bring a second number.

    Raises:
        BadText, MissingValue, BadPhone, BadIdNumber, DamagedByExcel, BadDate, BadChoice.
    """
    given = {name: text.strip() for name, text in details.items() if text is not None}
    readers = _readers(today)
    row: Row = {}
    if "address" in given:
        place = parse_address(given.pop("address"))
        row |= place._asdict()
    if "phone" in given:
        row |= _phones(given.pop("phone"), region)
    if given.get("phone_alt"):
        row["phone_alt"] = parse_phones(given.pop("phone_alt"), region)[0]
    for name, text in given.items():
        row[name] = readers.get(name, clean)(text) if text or name == "name" else None
    return row


def _phones(text: str, region: str) -> Row:
    if not text:
        return {"phone": None}
    phone, other = parse_phones(text, region)
    return {"phone": phone, "phone_alt": other} if other else {"phone": phone}


def _readers(today: date) -> dict[str, Callable[[str], Any]]:
    return {
        "name": clean_name,
        "sex": parse_sex,
        "birth": lambda text: parse_birth(text, today),
        "id_number": parse_id_number,
        "political_status": parse_political_status,
        "volunteer_no": volunteer_number,
        "building": read_place,
        "unit": read_place,
        "room": read_place,
    }


def volunteer_number(text: str) -> str:
    """A volunteer number as it is stored: in capitals, without spaces."""
    return clean(text).upper().replace(" ", "")


def read_place(text: str) -> str:
    """A building, unit or room by its number alone: 3号楼 and 三栋 are 3."""
    return plain_number(re.sub(r"(?<=\w)(号楼|栋|幢|座|#|单元|室|户|号)$", "", clean(text))) or ""


def read_labels(kind: LabelKind, texts: Iterable[str]) -> list[str]:
    """The words in these texts, each once; the known tags by their ids (独居老人 is elder_alone)."""
    words = [word for text in texts for word in split_list(text)]
    return list(dict.fromkeys(TAG_WORDS.get(word, word) if kind is LabelKind.TAG else word for word in words))


def checked_person(row: Mapping[str, Any]) -> Row:
    """The row with what follows from it: sex and birth from the identity number, the sound of the name.

    Raises:
        ContradictsId: the identity number says otherwise; `fields["name"]` is the column at fault.
    """
    checked = dict(row)
    for error in contradictions(row):
        raise error
    if number := row.get("id_number"):
        checked |= {"sex": sex_of_id(number), "birth": birth_of_id(number)}
    checked["name_pinyin"], checked["name_initials"] = pinyin_of(checked["name"])
    return checked


def contradictions(row: Mapping[str, Any]) -> Iterator[ContradictsId]:
    """What a row says otherwise than its identity number; `fields["name"]` is the column, sex or birth."""
    number = row.get("id_number")
    if not number:
        return
    if (sex := row.get("sex")) and sex != sex_of_id(number):
        words = {"value": _(SEXES[sex]), "expected": _(SEXES[sex_of_id(number)])}
        yield ContradictsId(name="sex", column=_("sex"), **words)
    if (birth := row.get("birth")) and not birth_agrees(birth, birth_of_id(number)):
        yield ContradictsId(name="birth", column=_("birth date"), value=birth, expected=birth_of_id(number))


# --- checks against what is stored ------------------------------------------------------------


def require_own_numbers(session: Session, row: Mapping[str, Any], *, besides: int = 0) -> None:
    """Refuse an identity or volunteer number that is another person's.

    Raises:
        Conflict: it is.
    """
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


def add_people(session: Session, community: Community, rows: Sequence[Mapping[str, Any]]) -> range:
    """Write new people, each a checked row, and answer their ids in the order of the rows.

    A row may carry `skills`, `categories` and `tags` as lists. Registered ones without a number get
    the community's next ones.
    """
    people = [{name: row.get(name) for name in COLUMNS} | {"community_id": community.id} for row in rows]
    number_volunteers(session, community, people)
    ids = insert_rows(session, Person, people)
    add_labels(
        session,
        (
            (key, kind, value)
            for key, row in zip(ids, rows, strict=True)
            for kind, name in LABELS.items()
            for value in row.get(name) or ()
        ),
    )
    return ids


def add_labels(session: Session, labels: Iterable[tuple[int, LabelKind, str]]) -> None:
    """Write labels, each a person's id, kind and word; none of them may be there already."""
    rows = [{"person_id": key, "kind": kind.value, "value": value} for key, kind, value in labels]
    insert_rows(session, PersonLabel, rows)


def number_volunteers(session: Session, community: Community, rows: Iterable[Row]) -> None:
    """Give the registered among the rows that have no number the community's next ones.

    Numbers of the same form that came with the rows are noted, so that they are never given to others.
    """
    waiting: list[Row] = []
    brought: dict[str, dict[int, str]] = {}
    for row in rows:
        number = row.get("volunteer_no")
        if number is None and row.get("registered_on"):
            waiting.append(row)
        elif number and (match := NUMBER.fullmatch(number)):
            brought.setdefault(f"volunteer:{match[1].lower()}", {})[int(match[2])] = number
    for series, numbers in brought.items():
        note_numbers(session, series, numbers)
    pattern = f"{community.code.upper()}-V{{:04}}"
    issued = issue_numbers(session, f"volunteer:{community.code}", pattern, len(waiting))
    for row, number in zip(waiting, issued, strict=True):
        row["volunteer_no"] = number


def change_people(session: Session, changes: Mapping[int, Row]) -> int:
    """Give people checked values in bulk and answer how many really changed."""
    return update_rows(session, Person, changes)


def add_person(
    session: Session,
    community: Community,
    details: Mapping[str, str | None],
    *,
    today: date,
    region: str,
    labels: Mapping[LabelKind, Iterable[str]] | None = None,
    guardian: Person | None = None,
    registered_on: date | None = None,
    allow_duplicate: bool = False,
) -> tuple[Person, list[str]]:
    """A new person from what was typed, and the names of those on file who look alike.

    It is a volunteer when registered or given a volunteer number.

    Raises:
        Conflict, Duplicate, ContradictsId, RegisteredInFuture, and all that `read_person` raises.
    """
    row = checked_person(read_person(details, today=today, region=region))
    row["registered_on"] = registered_on or (today if row.get("volunteer_no") else None)
    _require_past(row["registered_on"], today)
    require_own_numbers(session, row)
    others = near(session, row)
    if not allow_duplicate:
        require_unlike(row, others)
    if guardian:
        row["guardian_id"] = guardian.id
    for kind, texts in (labels or {}).items():
        row[LABELS[kind]] = read_labels(kind, texts)
    person = session.get(Person, add_people(session, community, [row])[0])
    assert person is not None  # noqa: S101 - for the type checker; it has just been written
    return person, lookalikes(session, person, others)


def edit_person(
    session: Session,
    person: Person,
    details: Mapping[str, str | None],
    *,
    today: date,
    region: str,
    guardian: Person | None = None,
    clear_guardian: bool = False,
    registered_on: date | None = None,
) -> Person:
    """Give a person other values from what was typed; None leaves one as it is, an empty text clears it.

    Raises:
        Conflict, ContradictsId, OwnGuardian, RegisteredInFuture, and all that `read_person` raises.
    """
    changes = read_person(details, today=today, region=region)
    row = checked_person({name: getattr(person, name) for name in COLUMNS} | changes)
    row["registered_on"] = registered_on or row["registered_on"] or (today if row["volunteer_no"] else None)
    _require_past(registered_on, today)
    require_own_numbers(session, row, besides=person.id)
    if guardian or clear_guardian:
        row["guardian_id"] = _other(person, guardian).id if guardian else None
    if row != {name: getattr(person, name) for name in COLUMNS}:
        number_volunteers(session, _community_of(session, person), [row])
        for name, value in row.items():
            setattr(person, name, value)
        session.flush()
    return person


def _community_of(session: Session, person: Person) -> Community:
    community = session.get(Community, person.community_id)
    assert community is not None  # noqa: S101 - for the type checker; a foreign key holds it
    return community


def _require_past(registered_on: date | None, today: date) -> None:
    if registered_on and registered_on > today:
        raise RegisteredInFuture(day=registered_on)


def _other(person: Person, guardian: Person) -> Person:
    if guardian.id == person.id:
        raise OwnGuardian(name=person.name)
    return guardian


def change_labels(
    session: Session,
    person: Person,
    kind: LabelKind,
    *,
    only: Collection[str] | None = None,
    add: Collection[str] = (),
    remove: Collection[str] = (),
) -> None:
    """Give a person words of one kind and take some away; `only` replaces them all."""
    stored = {known.value: known for known in queries.labels(session, person.id, kind)}
    wanted = dict.fromkeys(stored if only is None else read_labels(kind, only))
    wanted |= dict.fromkeys(read_labels(kind, add))
    for word in read_labels(kind, remove):
        wanted.pop(word, None)
    for word, known in stored.items():
        if word not in wanted:
            session.delete(known)
    session.flush()
    for word in wanted:
        if word not in stored:
            session.add(PersonLabel(person_id=person.id, kind=kind.value, value=word))
    session.flush()
