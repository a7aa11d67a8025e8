"""What is asked of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, false, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.database import built_once, chunks, searched
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import LAST, LIMIT, Reference, all_named, find, names_of
from volunteer_cli.core.text import searched as form
from volunteer_cli.people.models import FormerPerson, Person, PersonLabel
from volunteer_cli.people.terms import LabelKind

PHONE_DIGITS = 7


class Erased(RuleError):
    """Person {id} was erased, which cannot be undone or changed"""

    code = "erased"
    explanation = N_(
        "An erased person's hours and numbers stay in the totals, but nobody can be told from them any more. "
        "Add the person anew if they are back."
    )


#: No name is as long, and SQLite compares with no pattern of more than 50,000 bytes.
LONGEST_SEARCH = 1000


def find_person(session: Session, text: str, *, changing: bool = True, exact: bool = False) -> Person:
    """The person that `text` names: an id, a volunteer number, a name or the beginning of one.

    Commands that only read also take a phone number, pinyin and initials; an id or a number that was
    merged into another record means that record.

    Raises:
        NotFound, Ambiguous, Withdrawn: none, several, or one whose record was undone.
        Erased: a changing command means somebody whose identity was erased.
    """
    person = find(session, PERSON, text, changing=changing, exact=exact)
    if changing and person.erased_on:
        raise Erased(id=person.id)
    return person


class Brief(NamedTuple):
    """What rules ask of a person, without the rest of the record."""

    id: int
    name: str
    birth: str | None
    guardian_id: int | None
    archived_on: date | None


def in_brief(session: Session, ids: Iterable[int]) -> Iterator[Brief]:
    """What rules ask of people; of thousands this is read in a tenth of the time that their records take."""
    query = select(Person.id, Person.name, Person.birth, Person.guardian_id, Person.archived_on)
    for part in chunks(ids):
        yield from (Brief(*row) for row in session.execute(query.where(Person.id.in_(part))))


def find_scanned(session: Session, text: str) -> Person:
    """The person that a line of a scanner or a list names: as `find_person`, or by the identity number.

    Raises:
        NotFound, Ambiguous, Withdrawn, Erased: as `find_person`.
    """
    numbered = session.scalar(select(Person).filter_by(id_number=text.upper(), archived_on=None).limit(1))
    return numbered or find_person(session, text)


def find_people(session: Session, texts: Iterable[str], *, changing: bool = True) -> list[Person]:
    """The people that each of the texts names, each once, in the order given; `12-15,18` is five of them.

    Raises:
        NotFound, Ambiguous, Withdrawn: as `find_person`.
    """
    return all_named(session, partial(find_person, changing=changing), texts)


def people_of(session: Session, ids: Iterable[int]) -> list[Person]:
    """The people with these ids, by id."""
    query = select(Person).order_by(Person.id)
    return [person for keys in chunks(ids) for person in session.scalars(query.where(Person.id.in_(keys)))]


def person_names(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The names of people by id."""
    return names_of(session, PERSON, ids)


def emails(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The e-mail addresses of people by id; those without one are not named."""
    query = select(Person.id, Person.email).where(Person.email.is_not(None))
    return {
        row.id: row.email for keys in chunks(ids) for row in session.execute(query.where(Person.id.in_(keys)))
    }


def people(
    session: Session,
    on: date,
    *,
    community_id: int | None = None,
    volunteers: bool = False,
    archived: bool = False,
    building: str | None = None,
    labels: Iterable[tuple[LabelKind, str]] = (),
    search: str | None = None,
    among: Select[int] | None = None,
) -> Iterator[Any]:
    """People in use on a day, or the archived and erased ones, by id, as rows with the columns of `Person`.

    Every label must be carried on that day; `among` selects the ids to choose from, such as a team's members.
    """
    in_use = in_use_on(on)
    query = select(Person.__table__).where(~in_use if archived else in_use)
    carried = (Person.id.in_(carriers(kind, [value], on)) for kind, value in labels)
    query = query.where(*carried, *_at_home(community_id, building))
    if volunteers:
        query = query.where(Person.registered_on.is_not(None))
    if search:
        query = query.where(people_resembling(search))
    if among is not None:
        query = query.where(Person.id.in_(among))
    # A list of ten thousand residents goes to a file row by row and never stands in memory as a whole.
    streamed = query.order_by(Person.id).execution_options(yield_per=1000)
    return iter(session.execute(streamed))


def _at_home(community_id: int | None, building: str | None) -> Iterator[ColumnElement[bool]]:
    if community_id is not None:
        yield Person.community_id == community_id
    if building is not None:
        yield Person.building == building


def labels_of(session: Session, ids: Iterable[int], kind: LabelKind, on: date) -> dict[int, list[str]]:
    """The words of one kind that people carry on a day, in the order in which they got them."""
    words: dict[int, list[str]] = {}
    of_kind = select(PersonLabel.person_id, PersonLabel.value).where(
        PersonLabel.kind == kind, label_holds(on)
    )
    for keys in chunks(ids):
        query = of_kind.where(PersonLabel.person_id.in_(keys)).order_by(PersonLabel.id)
        for person_id, value in session.execute(query):
            words.setdefault(person_id, []).append(value)
    return words


def labels_of_all(session: Session, ids: Iterable[int], kind: LabelKind) -> Iterator[PersonLabel]:
    """The labels of one kind that people carry and carried, the earliest first."""
    for keys in chunks(ids):
        query = select(PersonLabel).where(PersonLabel.kind == kind, PersonLabel.person_id.in_(keys))
        yield from session.scalars(query.order_by(PersonLabel.since, PersonLabel.id))


def labels(session: Session, person_id: int, kind: LabelKind) -> Sequence[PersonLabel]:
    """The labels of one kind that a person carries, and of tags those that were closed."""
    return session.scalars(
        select(PersonLabel).filter_by(person_id=person_id, kind=kind).order_by(PersonLabel.id)
    ).all()


def carriers(kind: LabelKind, values: Iterable[str], on: date) -> Select[int]:
    """The ids of those who carry at least one of these words on a day, to be put into another query."""
    worded = select(PersonLabel.person_id).where(PersonLabel.kind == kind, label_holds(on))
    return worded.where(PersonLabel.value.in_(list(values)))


def label_holds(day: date) -> ColumnElement[bool]:
    """Whether somebody carries a label on a day."""
    begun = or_(PersonLabel.since.is_(None), PersonLabel.since <= day)
    return and_(begun, or_(PersonLabel.until.is_(None), PersonLabel.until > day))


def holder_of_former_number(session: Session, number: str, besides: int = 0) -> Person | None:
    """The person into whom the record with this volunteer number was merged, if not `besides`."""
    former = select(FormerPerson.person_id).where(
        FormerPerson.volunteer_no == number, FormerPerson.person_id != besides
    )
    return session.scalar(select(Person).where(Person.id.in_(former)).limit(1))


def people_resembling(text: str) -> ColumnElement[bool]:
    """Whether a person's name, its sound, phone or number is like what was typed."""
    return or_(*_likenesses(text)) if len(text) <= LONGEST_SEARCH else false()


def _sound_in(text: str) -> str:
    """Letters that may be pinyin or initials, as they are stored: xi'an and Xi An are xian; nothing for other text."""
    sound = re.sub(r"[\s']", "", text.casefold())
    return sound if sound.isascii() and sound.isalpha() else ""


def _likenesses(text: str) -> Iterator[ColumnElement[bool]]:
    yield searched(Person.name).contains(form(text), autoescape=True)
    yield Person.volunteer_no.contains(text.upper(), autoescape=True)
    if "@" in text:
        yield Person.email.contains(text.casefold(), autoescape=True)
    if sound := _sound_in(text):
        yield Person.name_pinyin.startswith(sound)
        yield Person.name_initials.startswith(sound)
    # Part of a number is enough to look somebody up: the last four digits are what people remember.
    digits = re.sub(r"[\s()+-]", "", text)
    if digits.isdigit():
        yield Person.phone.contains(digits)
        yield Person.phone_alt.contains(digits)


def _loosely(session: Session, text: str) -> list[int]:
    """Ids of those with this phone number, else with this sound or these initials of a name."""
    in_use = Person.archived_on.is_(None)
    for reading in _loose_readings(text):
        ids = session.scalars(select(Person.id).where(and_(in_use, reading)).limit(LIMIT)).all()
        if ids:
            return list(ids)
    return []


def _loose_readings(text: str) -> Iterator[ColumnElement[bool]]:
    digits = re.sub(r"[\s()-]|^(\+86|0086)", "", text)
    if digits.removeprefix("+").isdigit() and len(digits) >= PHONE_DIGITS:
        yield or_(Person.phone == digits, Person.phone_alt == digits)
    if "@" in text:
        yield Person.email == text.casefold()
    if sound := _sound_in(text):
        yield or_(Person.name_pinyin == sound, Person.name_initials == sound)
        yield and_(Person.name_pinyin >= sound, Person.name_pinyin < sound + LAST)


def _moved(session: Session, text: str) -> int | None:
    """The id of the record into which the one with this former id or number was merged."""
    former = FormerPerson.volunteer_no == text.upper()
    if text.isascii() and text.isdigit() and len(text) < 16:
        former = or_(former, FormerPerson.former_id == int(text))
    return session.scalar(select(FormerPerson.person_id).where(former).limit(1))


PERSON = Reference(
    N_("person"),
    Person,
    "volunteer person list",
    codes=("volunteer_no",),
    loosely=_loosely,
    moved=_moved,
)


def in_use_on(day: date) -> ColumnElement[bool]:
    """Whether a person's record is not archived, or was not yet on a day."""
    return or_(Person.archived_on.is_(None), Person.archived_on > day)


@built_once
def not_born_by(person_id: Any, day: Any) -> ColumnElement[bool]:
    """Whether somebody was not born by a day, as far as the birth date is known."""
    born = aliased(Person)
    # Births are text, as precise as they are known; ISO 8601 sorts as it reads, and 1965 before any day of 1965.
    return exists().where(born.id == person_id, born.birth > cast(day, String))


def archived_days(session: Session, ids: Iterable[int]) -> dict[int, date]:
    """Since when the records of people are archived, by id; those in use are left out."""
    days: dict[int, date] = {}
    for part in chunks(ids):
        query = select(Person.id, Person.archived_on).where(Person.id.in_(part))
        days |= {key: day for key, day in session.execute(query) if day is not None}
    return days


def all_person_names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The names of people by id, and by a former id of those whose records were merged."""
    names = person_names(session, ids)
    return {**names, **former_names(session, [key for key in ids if key not in names])}


def former_names(session: Session, former_ids: Iterable[int]) -> dict[int, str]:
    """The names by former id of people whose records were merged into others."""
    query = select(FormerPerson.former_id, Person.name).join(Person, Person.id == FormerPerson.person_id)
    return {
        row.former_id: row.name
        for keys in chunks(former_ids)
        for row in session.execute(query.where(FormerPerson.former_id.in_(keys)))
    }
