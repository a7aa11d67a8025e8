"""Making one person of two records.

Follows the foreign keys of all tables instead of a list of areas, so that no area can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.areas import hooks, load_models
from volunteer_cli.core.dates import birth_agrees
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import Row, delete_rows, table_of
from volunteer_cli.core.i18n import N_, _, with_detail
from volunteer_cli.core.lookup import label
from volunteer_cli.core.privacy import hidden, is_masked
from volunteer_cli.core.text import is_long_number, mask_digits
from volunteer_cli.core.uniting import move_reference
from volunteer_cli.fields.models import CustomField
from volunteer_cli.fields.queries import fields_of
from volunteer_cli.fields.rules import stored_values
from volunteer_cli.fields.terms import Noun
from volunteer_cli.fields.values import stored
from volunteer_cli.people.duplicates import SamePerson
from volunteer_cli.people.fields import FIELDS
from volunteer_cli.people.identity import places, references
from volunteer_cli.people.models import FormerPerson, Person
from volunteer_cli.people.queries import PERSON, Erased
from volunteer_cli.people.rules import COLUMNS, checked_person
from volunteer_cli.people.terms import LEAVINGS, PERSON_STATUSES, Leaving, PersonStatus

#: The titles of what a record has one of, by field.
TITLES = {field.name: field.title for field in FIELDS}
#: Phones keep their order and go on in the note; notes are put one behind the other.
NEVER_LOST = ("phone", "phone_alt", "note")


class TwoPeople(RuleError):
    """{keep} and {drop} have different identity numbers, so they are two people"""

    code = "two_people"
    hint = N_(
        "If one number was written wrongly, take it off first: volunteer person edit {id} --id-number ''"
    )


def losses(session: Session, keep: Person, drop: Person) -> list[str]:
    """What would be left out if the two were made one, in sentences, for whoever is asked.

    Raises:
        SamePerson, TwoPeople, Erased, ContradictsId: the two cannot be one.
        RuleError: what the areas hold against it, such as hours that overlap.
    """
    _require_mergeable(keep, drop)
    load_models()
    for require in hooks("before_merge"):
        require(session, keep.id, drop.id)
    left_out = [*_values_left_out(keep, drop), *_leavings_left_out(keep, drop)]
    left_out += _custom_left_out(session, keep, drop)
    for lost in hooks("merge_losses"):
        left_out += lost(session, keep.id, drop.id)
    return left_out


def merge(session: Session, keep: Person, drop: Person) -> int:
    """Move all that belongs to `drop` to `keep`, fill what `keep` lacks, and answer how many rows moved.

    The id and number of `drop` mean `keep` from now on. Where a row of each cannot stand beside the
    other, the one that is worth more stays; see `losses`, which is asked first.

    Raises:
        ContradictsId: the two cannot be one.
    """
    _settle(session, keep, drop)
    values = _united(keep, drop)
    # Read from the foreign keys of all tables: what a new area refers to moves as well.
    moved = sum(move_reference(session, column, keep.id, drop.id) for column in references())
    former = _former(keep, drop, values["volunteer_no"])
    # Deleted before `keep` is filled: a number that it takes over would stand twice for a moment.
    session.expunge(drop)
    delete_rows(session, Person, [drop.id])
    for name, value in values.items():
        setattr(keep, name, value)
    session.add(former)
    session.flush()
    return moved


def _former(keep: Person, drop: Person, volunteer_no: str | None) -> FormerPerson:
    """What lets the id of `drop`, and its number where `keep` does not take it over, go on to work."""
    number = drop.volunteer_no if drop.volunteer_no != volunteer_no else None
    return FormerPerson(former_id=drop.id, volunteer_no=number, person_id=keep.id)


def _require_mergeable(keep: Person, drop: Person) -> None:
    for person in (keep, drop):
        if person.erased_on:
            raise Erased(id=person.id)
    if keep.id == drop.id:
        raise SamePerson(name=keep.name)
    if keep.id_number and drop.id_number and keep.id_number != drop.id_number:
        raise TwoPeople(keep=label(PERSON, keep), drop=label(PERSON, drop), id=drop.id)


def _united(keep: Person, drop: Person) -> Row:
    """The columns of `keep` with what it lacks taken from `drop`."""
    row = _completed(_row(keep), _row(drop))
    row["birth"] = _birth(keep, drop)
    # Whoever registered twice has been a volunteer since the first time: figures of past days stay.
    row["registered_on"] = min(filter(None, (keep.registered_on, drop.registered_on)), default=None)
    row |= _reached(keep, drop)
    # The records of a child and of the guardian, taken for one person: nobody is their own guardian.
    if row["guardian_id"] in (keep.id, drop.id):
        row["guardian_id"] = None
    return checked_person(row) | _leaving(keep, drop)


def _leaving(keep: Person, drop: Person) -> Row:
    """Since when and why the one record is out of use, which it is only where both are."""
    if keep.archived_on is None or drop.archived_on is None:
        return {"archived_on": None, "archived_for": None}
    # Of somebody who died no sheet makes a resident again; else they were here until they last left.
    dead = [person for person in (keep, drop) if person.archived_for == Leaving.DIED]
    last = max(dead or (keep, drop), key=attrgetter("archived_on"))
    return {"archived_on": last.archived_on, "archived_for": last.archived_for}


def _completed(row: Row, other: Row) -> Row:
    """A row with what it lacks taken from another."""
    home = places()
    lacking = [name for name in COLUMNS if row[name] is None and name not in home]
    completed = row | {name: other[name] for name in lacking}
    if all(row[name] in (None, other[name]) for name in home):
        # Taken over as a whole, never half from one record and half from the other.
        completed |= {name: other[name] for name in home}
    return completed


def _row(person: Person) -> Row:
    return {name: getattr(person, name) for name in COLUMNS}


def _birth(keep: Person, drop: Person) -> str | None:
    """The birth date of the two: a full one is worth more than a year; of equal ones that of `keep` stays."""
    if not (keep.birth and drop.birth):
        return keep.birth or drop.birth
    numbered = keep.id_number or drop.id_number
    if numbered and not birth_agrees(keep.birth, drop.birth):
        # An identity number holds its own birth date (GB 11643): a choice would hide the contradiction.
        return keep.birth
    return max(keep.birth, drop.birth, key=len)


def _settle(session: Session, keep: Person, drop: Person) -> None:
    """Let the areas settle of which rows only one can stand, while it is still known whose each of them is."""
    for settle in hooks("merge_rows"):
        settle(session, keep.id, drop.id)
    session.flush()


def _reached(keep: Person, drop: Person) -> Row:
    """Phones and note of the two: main and second in their order, the others noted, so that none is lost."""
    phones = _each_once(keep.phone, keep.phone_alt, drop.phone, drop.phone_alt)
    first, second = [*phones, None, None][:2]
    others = [_("Phone: {phone}").format(phone=phone) for phone in phones[2:]]
    notes = _each_once(keep.note, drop.note, *others)
    return {"phone": first, "phone_alt": second, "note": "; ".join(notes) or None}


def _each_once(*texts: str | None) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))


def _values_left_out(keep: Person, drop: Person) -> Iterator[str]:
    """The values that a record can have one of only, where the two have different ones."""
    united = _united(keep, drop) | {"name": keep.name}
    for person in (drop, keep):
        row = _row(person) | {"name": person.name}
        names = [name for name in TITLES if row.get(name) and row[name] != united.get(name)]
        for name in _told_as(names):
            yield _left_out(person, name, _shown(row, name))


def _leavings_left_out(keep: Person, drop: Person) -> Iterator[str]:
    """That and why a record was out of use, where the one record is in use or out of it for another reason."""
    united = _leaving(keep, drop)
    for person in (drop, keep):
        reason = person.archived_for
        in_use = person.archived_on and not united["archived_on"]
        if reason and (in_use or reason != united["archived_for"]):
            yield _line(_("Archived because"), person, _(LEAVINGS[reason]))
        elif in_use:
            yield _line(_("Status"), person, _(PERSON_STATUSES[PersonStatus.ARCHIVED]))


def _custom_left_out(session: Session, keep: Person, drop: Person) -> Iterator[str]:
    """The values of custom fields in which the two differ: that of who stays holds."""
    values = stored_values(session, Noun.PERSON, [keep.id, drop.id])
    for field in fields_of(session, Noun.PERSON):
        stays, goes = (values[person.id].get(field.id) for person in (keep, drop))
        if None not in (stays, goes) and stays != goes:
            yield _left_out_of(field, with_detail(drop.name, drop.id), goes)


def _left_out_of(field: CustomField, person: str, value: Any) -> str:
    # What was said in confidence is named, for somebody must know that it goes, and not shown.
    sentence = _("{field} of {person}") if field.private else _("{field} of {person}: {value}")
    return sentence.format(field=field.title, person=person, value=mask_digits(stored(value)))


def _told_as(names: Iterable[str]) -> dict[str, None]:
    """The fields by which a loss is told: a home as one address; of phones and notes nothing is lost."""
    home = places()
    lost = (name for name in names if name not in NEVER_LOST)
    return dict.fromkeys("address" if name in home else name for name in lost)


def _left_out(person: Person, name: str, value: str) -> str:
    return _line(_(TITLES[name]), person, value)


def _line(title: str, person: Person, value: str) -> str:
    sentence = _("{field} of {person}: {value}") if value else _("{field} of {person}")
    return sentence.format(field=title, person=with_detail(person.name, person.id), value=value)


def _shown(row: Row, name: str) -> str:
    """A value that is left out, as lists show it; nothing of where somebody lives or whom to call."""
    column = table_of(Person).columns[name]
    value = str(row[name] or "")
    if not is_masked(column):
        return value
    return hidden(value) if is_long_number(value) else ""
