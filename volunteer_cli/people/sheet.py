"""What a sheet of people may bring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from volunteer_cli.areas import hooks
from volunteer_cli.core.errors import MissingValue, RuleError, VolunteerError
from volunteer_cli.core.fields import Field as Declared
from volunteer_cli.core.i18n import N_, _, listed, ngettext
from volunteer_cli.core.text import mask_digits
from volunteer_cli.fields.sheet import OwnColumns
from volunteer_cli.fields.terms import Noun
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import EAST_ASIAN
from volunteer_cli.intake.declared import brought
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.names import remark_in
from volunteer_cli.intake.sheet import (
    NEW,
    SAME,
    UPDATED,
    Batch,
    Column,
    Field,
    Importing,
    Rejected,
    Row,
    Verdict,
    Writer,
)
from volunteer_cli.intake.standing import STANDING
from volunteer_cli.people import fields, queries, rules
from volunteer_cli.people.duplicates import pairs_of
from volunteer_cli.people.labels import LABELS, add_labels
from volunteer_cli.people.matching import Known, Naming, Roster, stored_people
from volunteer_cli.people.models import Person
from volunteer_cli.people.terms import LabelKind, Leaving

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def join_name(surname: str, given: str) -> str:
    """A name from its two parts: East Asian parts, the surname first, as they stand; others the given name first."""
    return surname + given if max(surname + given) >= EAST_ASIAN else f"{given} {surname}"


NAME = brought(
    fields.NAME,
    parsers.person,
    required=True,
    unless=("volunteer_no", "id_number"),
    parts=("surname", "given_name"),
    join=join_name,
    remark=remark_in,
    phone=fields.PHONE.name,
)
SURNAME = Field(
    "surname", N_("Surname"), ("姓", "姓氏", "last name", "family name", "surnames"), parsers.name
)
GIVEN_NAME = Field(
    "given_name",
    N_("Given name"),
    ("名", "first name", "given name", "given names", "first names", "forename", "forenames"),
    parsers.name,
)
PHONE = brought(fields.PHONE, second=fields.PHONE_ALT.name)
VOLUNTEER_NO = brought(fields.VOLUNTEER_NO)
ID_NUMBER = brought(fields.ID_NUMBER)
BIRTH = brought(fields.BIRTH, parsers.birth, unite=parsers.precise)
#: How a sheet of any kind names a person.
PERSON_FIELDS = (NAME, SURNAME, GIVEN_NAME, PHONE, VOLUNTEER_NO, ID_NUMBER, BIRTH)
SEX = brought(fields.SEX)


def _sex(cell: Any, column: Column) -> str | None:
    """The sex as far as it can be read: beside a name it only tells namesakes apart."""
    try:
        return cast("str", SEX.parse(cell, column))
    except VolunteerError:
        return None


def _last_digits(cell: Any, _column: Column) -> str | None:
    """The last digits of a phone as far as they can be read; a number has lost the zeros that it began with."""
    digits = re.sub(r"\D", "", parsers.digits(cell))
    return (digits.zfill(LAST_DIGITS) if isinstance(cell, int | float) else digits)[-LAST_DIGITS:] or None


#: How many digits of a phone our own sheets show.
LAST_DIGITS = 4
PHONE_END = Field(
    "phone_end",
    N_("Phone ends in"),
    (
        "手机尾号", "手机号尾号", "电话尾号", "尾号", "手机后四位", "手机号后四位", "手机号码后四位", "电话后四位",
        "phone ends in", "last four digits", "last 4 digits",
    ),
    _last_digits,
)  # fmt: skip
#: The same with what tells namesakes apart.
TELLING_FIELDS = (*PERSON_FIELDS, replace(SEX, parse=_sex), PHONE_END)
#: What may stand above a roster and holds for all of its rows.
HOLDS_FOR_ALL = ("grid", "building")


def _brought(field: Declared) -> Field:
    """A field of a person; name and phone of an emergency contact often stand in two columns."""
    if field == fields.EMERGENCY_CONTACT:
        return brought(field, unite=parsers.side_by_side)
    if field == fields.REGISTERED_ON:
        return brought(field, parsers.since, rough=parsers.is_month)
    if field == fields.GUARDIAN:
        return brought(field, parsers.person, phone="guardian_phone")
    return brought(field, above=field.name in HOLDS_FOR_ALL)


OTHERS = tuple(
    _brought(field)
    for field in fields.FIELDS
    if field.headings and field.name not in {each.name for each in PERSON_FIELDS}
)
#: Tells the guardian from namesakes; of somebody who is not on file it stands with the emergency contact.
GUARDIAN_PHONE = Field(
    "guardian_phone",
    N_("Guardian's phone"),
    (
        "监护人电话", "监护人联系电话", "监护人手机", "监护人联系方式", "监护人手机号", "家长电话", "家长联系电话", "家长手机", "家长联系方式",
        "guardian phone", "parent phone",
    ),
    parsers.phones,
    mask=mask_digits,
)  # fmt: skip
FIELDS = (*PERSON_FIELDS, *OTHERS, GUARDIAN_PHONE, STANDING)
#: What tells people of one name in a file from each other.
KNOWN_BY = ("phone", "phone_alt", "birth", "volunteer_no", "id_number", "sex")
#: Of a file that brings more, the pairs are not counted: it would take longer than the import.
MOST_COMPARED = 50_000
#: The fields that say where somebody lives.
ADDRESSED = frozenset({"address", "building", "unit", "room"})
#: Columns that another field fills when they have no column of their own.
BROUGHT_BY = {
    **dict.fromkeys(("building", "unit", "room"), "address"),
    "phone_alt": "phone",
    "guardian_id": "guardian",
    "sex": "id_number",
    "birth": "id_number",
}


class OtherBuilding(RuleError):
    """The cell of the room names another building than {building}"""

    code = "contradicts_building"


class OtherAddress(RuleError):
    """The address names another room than the columns of building, unit and room"""

    code = "contradicts_address"


class PeopleWriter(Writer):
    """Adds those who are new, and fills or changes what is on file of the others.

    Areas above people let a row bring more by `beside` and `give`: teams a team to belong to.
    """

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.roster: Roster
        """Those whom the rows of this batch may mean: a city has too many people to hold all of them."""
        self._rows: dict[int, int | None] = {}
        """The rows of the file that brought or met somebody, by the id."""
        self.own = OwnColumns(session, Noun.PERSON)
        self.fields = (*self.fields, *self.own.fields)
        self._stored: dict[int, Row] = {}
        self._labels: dict[int, set[tuple[LabelKind, str]]] = {}
        self._new: list[tuple[Known, Row, list[str]]] = []
        self._changes: dict[int, Row] = {}
        self._new_labels: list[tuple[int, LabelKind, str]] = []
        self._wards: list[tuple[Known, Known]] = []
        """Those of this batch whose guardian is new in it too."""
        self._unknown_guardians = 0
        self._addressed: list[int] = []
        """Those of whom a row brought a room."""
        self._added: set[int] = set()
        """Those whom the file brought, until they are too many to be compared."""
        self._restored: list[int] = []
        """Archived people of this batch who come back."""
        self._archived: list[str] = []
        #: Those among them of whom it is known that they died: no option brings them back.
        self._dead: list[str] = []
        """Those of the file who stay archived."""
        self._unregistered = 0
        """Rows with a day of registration that make nobody a volunteer."""

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row; the rows accepted are written before the next batch."""
        self._load(batch)
        verdicts = super().take(batch)
        self._write()
        return verdicts

    def _load(self, batch: Batch) -> None:
        """What is stored of those whom the batch may mean."""
        # At once for the whole batch: to ask for each row would cost a query a row.
        self.roster = Roster(self.session, self.importing.community.id, self._naming(batch))
        for key, known in self.roster.by_id.items():
            known.row = self._rows.get(key)
        # Of those whom a row has met already nothing is written: another row about them is refused.
        keys = [key for key, known in self.roster.by_id.items() if known.row is None]
        self._stored = stored_people(self.session, keys)
        self.own.load(keys)
        self._labels = {key: set() for key in keys}
        for kind in LabelKind:
            for key, words in queries.labels_of(self.session, keys, kind, self.importing.today).items():
                self._labels[key] |= {(kind, word) for word in words}

    def _naming(self, batch: Batch) -> Naming:
        """By what the rows of a batch name people."""
        names, guardians, volunteer_nos, id_numbers = (
            set(batch[name]) - {None} for name in ("name", "guardian", "volunteer_no", "id_number")
        )
        return Naming(names | guardians, volunteer_nos, id_numbers)

    def row(self, number: int, row: Row) -> str:
        """New, updated or the same; raises Rejected."""
        person = self._person(row if row.get("name") else row | {"name": self._name_of(row)})
        guardian = self._guardian(row, person)
        match = self.roster.match(person)
        if match:
            _check_match(match, guardian)
        more = self.beside(row, match.id if match else None)
        if match is None:
            self._add(number, person, more)
            self._complete(self._new[-1][0], row, guardian)
            return NEW
        self.matched += 1
        verdict = self._update(match, person, more, row)
        self._give_guardian(match, guardian)
        self._meet(match, number)
        return verdict

    def _meet(self, known: Known, row: int) -> None:
        """Note which row is about somebody on file."""
        assert known.id is not None  # noqa: S101 - who is new in this file has a row, and was refused
        known.row = self._rows[known.id] = row

    def _complete(self, new: Known, row: Row, guardian: Known | None) -> None:
        """Note what goes with somebody new: custom fields, and who answers for them."""
        self.own.give(new, self.own.of(row))
        self._give_guardian(new, guardian)

    def _name_of(self, row: Row) -> str:
        """The name of somebody on file of whom a row gives a number alone; a new one is nobody without a name."""
        known = self.roster.numbered(row.get("volunteer_no"), row.get("id_number"))
        if known is None or known.id is None:
            raise Rejected("name", MissingValue(field=_(NAME.title)))
        return known.name

    def beside(self, row: Row, person_id: int | None) -> list[str]:  # noqa: ARG002 - for kinds that stand on this one
        """What a row brings beside the person and the person has not yet; raises Rejected."""
        return []

    def give(self, person_id: int, more: list[str]) -> None:
        """Give a person what their row brings beside them."""

    def _person(self, row: Row) -> Row:
        """The columns that a row brings, with what follows from the identity number."""
        brought = {name: value for name, value in row.items() if value is not None and name in rules.PLACES}
        if not ADDRESSED.isdisjoint(brought):
            self._place(brought)
            _check_address(brought)
        registered_on = brought.pop("registered_on", None)
        person = rules.columns_of(brought)
        if self.importing.options.own["volunteers"] or person.get("volunteer_no"):
            person["registered_on"] = self._registration(registered_on)
        elif registered_on:
            self._unregistered += 1
        return self._checked(person)

    def _guardian(self, row: Row, person: Row) -> Known | None:
        """Who answers for a person; whoever is not on file is kept as somebody to call.

        Raises:
            Rejected: several people may be meant.
        """
        name, phones = person.pop("guardian", None), row.get("guardian_phone")
        if not name and not phones:
            return None
        phones = phones or (None, None)
        guardian = self._on_file(name, phones) if name else None
        if guardian is None:
            self._unknown_guardians += name is not None
            self._add_contact(person, _guardian_text(name, phones))
        elif guardian.id is not None:
            person["guardian_id"] = guardian.id
        return guardian

    def _on_file(self, name: str, phones: tuple[str | None, str | None]) -> Known | None:
        """The guardian of that name, if there is one."""
        numbers = dict.fromkeys(("volunteer_no", "id_number", "birth"))
        try:
            return self.roster.match({"name": name, "phone": phones[0], "phone_alt": phones[1], **numbers})
        except Rejected as rejected:
            raise Rejected("guardian", rejected.error) from rejected

    def _add_contact(self, person: Row, text: str | None) -> None:
        """Put somebody to call beside whoever stands there already."""
        contacts = [each for each in (person.get("emergency_contact"), text) if each]
        person["emergency_contact"] = "; ".join(contacts) or None

    def _give_guardian(self, child: Known, guardian: Known | None) -> None:
        """Note a guardian who gets an id with this batch only."""
        if guardian is not None and guardian.id is None:
            self._wards.append((child, guardian))

    def _place(self, brought: Row) -> None:
        """Read 2-301 in a column of rooms as unit and room where the building has a column of its own.

        Raises:
            Rejected: the cell of the room names another building.
        """
        building, room = brought.get("building"), brought.get("room")
        if not building or not room or not room.building or room.building == building.building:
            return
        if room.unit:
            raise Rejected("room", OtherBuilding(building=building.building))
        brought["room"] = room._replace(building=None, unit=room.building)

    def _checked(self, person: Row) -> Row:
        try:
            return rules.checked_person(person)
        except rules.ContradictsId:
            raise self.first(self.faults(person)) from None

    def faults(self, row: Row, unread: AbstractSet[str] = frozenset()) -> Iterator[Rejected]:  # noqa: ARG002 - what cannot be read says nothing here
        """Where a row says otherwise than its identity number."""
        for error in rules.contradictions(row):
            yield Rejected(self.column_of(error.fields["name"]), error)

    def _registration(self, on: date | None) -> date:
        try:
            return rules.registration(on, self.importing.today)
        except rules.RegisteredInFuture as error:
            raise Rejected("registered_on", error) from None

    def _add(self, number: int, person: Row, more: list[str]) -> None:
        naming: dict[str, Any] = {name: person.get(name) for name in KNOWN_BY}
        new = Known(None, person["name"], **naming, community_id=self.importing.community.id, row=number)
        self.roster.add(new)
        self._new.append((new, person, more))

    def _update(self, known: Known, person: Row, more: list[str], row: Row) -> str:
        assert known.id is not None  # noqa: S101 - who is new in this file has a row, and was refused
        changes = self._changes_of(known, self._stored[known.id], person)
        labels = _words_of(person) - self._labels[known.id]
        own = self.own.changes(self, known.id, row)
        back = self._back(known)
        if not (changes or labels or more or own or back):
            return SAME
        if changes:
            self._changes[known.id] = changes
            self.roster.learn(known, changes)
        self._new_labels += [(known.id, kind, word) for kind, word in sorted(labels)]
        self.own.give(known, own)
        self.give(known.id, more)
        return UPDATED

    def restores(self, known: Known) -> bool:
        """Whether somebody archived comes back by this file; the dead do not."""
        asked = self.importing.options.own["restore_archived"]
        return bool(asked) and self._stored[known.id or 0]["archived_for"] != Leaving.DIED

    def _back(self, known: Known) -> bool:
        """Whether the row brings somebody back into use; those who stay archived are named at the end."""
        if known.in_use:
            return False
        if not self.restores(known):
            died = self._stored[known.id or 0]["archived_for"] == Leaving.DIED
            (self._dead if died else self._archived).append(known.label)
            return False
        known.in_use = True
        self._restored.append(known.id or 0)
        return True

    def _changes_of(self, known: Known, stored: Row, person: Row) -> Row:
        """The columns that get another value; raises Rejected for one that must not."""
        birth, vague = person.get("birth"), stored["birth"]
        if birth and vague and birth != vague and birth.startswith(vague):
            stored = {**stored, "birth": None}
        values = _said(stored, person)
        if self.roster.by_volunteer_no.get(values.get("volunteer_no", "")) is known:
            del values["volunteer_no"]  # a number from before a merge
        changes = self.settled(stored, values)
        return changes and self._checked(stored | changes) and changes

    def column_of(self, name: str) -> str | None:
        """The field whose column brought a value: an identity number brings a birth date."""
        return name if name in self.importing.mapped else BROUGHT_BY.get(name)

    def _write(self) -> None:
        people = [row for _known, row, _more in self._new]
        self._number_volunteers(people)
        # Together: tens of thousands of people one by one take minutes.
        ids = rules.add_people(self.session, self.importing.community, people, today=self.importing.today)
        self._know(ids)
        self._join_guardians()
        self._note_addresses(zip(ids, people, strict=True))
        rules.change_people(self.session, self._changes, today=self.importing.today)
        add_labels(self.session, self._new_labels, since=self.importing.today)
        self.own.write()
        self._restore()
        self._new, self._changes, self._new_labels, self._wards = [], {}, [], []

    def _restore(self) -> None:
        for key in self._restored:
            person = self.session.get_one(Person, key)
            rules.restore_person(self.session, person, self.importing.today)
        self._restored = []

    def _know(self, ids: Iterable[int]) -> None:
        """Know those who were added by their ids, and give them what their rows bring beside them."""
        for key, (new, _row, more) in zip(ids, self._new, strict=True):
            new.id = key
            self._rows[key] = new.row
            if len(self._added) <= MOST_COMPARED:
                self._added.add(key)
            self.roster.by_id[key] = new
            self.give(key, more)

    def _join_guardians(self) -> None:
        """Give the wards of this batch the guardians who came with it."""
        for child, guardian in self._wards:
            if child.id is not None:
                self._changes.setdefault(child.id, {})["guardian_id"] = guardian.id

    def _note_addresses(self, people: Iterable[tuple[int, Row]]) -> None:
        """Remember of whom a row brought where they live."""
        self._addressed += [key for key, row in people if row.get("room")]
        self._addressed += [key for key, row in self._changes.items() if rules.ADDRESS & row.keys()]

    def _number_volunteers(self, people: list[Row]) -> None:
        """Give those whom this batch registers a number, which no later row may bring for another."""
        rules.number_volunteers(
            self.session, self.importing.community, [*people, *self._registered_anew().values()]
        )
        for new, row, _more in self._new:
            self.roster.learn(new, {"volunteer_no": row.get("volunteer_no")})
        for key, row in self._registered_anew().items():
            self.roster.learn(self.roster.by_id[key], row)

    def _about_archived(self) -> Iterator[str]:
        """Who stays archived: the dead whatever was asked for, others because nobody asked for them."""
        if self._dead:
            text = ngettext(
                "{count} person of the file died by our record and stays archived: {names}. If that is wrong: volunteer person restore PERSON",
                "{count} people of the file died by our records and stay archived: {names}. If that is wrong: volunteer person restore PERSON",
                len(self._dead),
            )
            yield text.format(count=len(self._dead), names=listed(self._dead))
        if self._archived:
            text = ngettext(
                "{count} person of the file is archived: {names}. With --restore-archived they come back into use.",
                "{count} people of the file are archived: {names}. With --restore-archived they come back into use.",
                len(self._archived),
            )
            yield text.format(count=len(self._archived), names=listed(self._archived))

    def finish(self) -> None:
        """Say which days of registration and which guardians were not kept as such, and who was not placed."""
        for remarks in hooks("address_remarks"):
            self.remarks += remarks(self.session, self._addressed)
        self.remarks += self._about_archived()
        if self._unknown_guardians:
            text = ngettext(
                "{count} guardian is not on file and was kept as an emergency contact.",
                "{count} guardians are not on file and were kept as emergency contacts.",
                self._unknown_guardians,
            )
            self.remarks.append(text.format(count=self._unknown_guardians))
        if self._unregistered:
            text = ngettext(
                "{count} day of registration was not kept, for the row has no volunteer number: --volunteers registers everyone.",
                "{count} days of registration were not kept, for the rows have no volunteer number: --volunteers registers everyone.",
                self._unregistered,
            )
            self.remarks.append(text.format(count=self._unregistered))

        self._mention_duplicates()

    def _mention_duplicates(self) -> None:
        """Say how many of those who were added may be on file already; that is no reason to refuse them."""
        if not 0 < len(self._added) <= MOST_COMPARED:
            return
        pairs = pairs_of(self.session, self._added, self.importing.community.id)
        if likely := {key for pair in pairs for key in (pair.first_id, pair.second_id)} & self._added:
            text = ngettext(
                "{count} of those who were added may be on file twice; see: volunteer person duplicates",
                "{count} of those who were added may be on file twice; see: volunteer person duplicates",
                len(likely),
            )
            self.remarks.append(text.format(count=len(likely)))

    def _registered_anew(self) -> dict[int, Row]:
        """The changes that bring a number or ask for one: who has a number keeps it."""
        return {
            key: row
            for key, row in self._changes.items()
            if "volunteer_no" in row or ("registered_on" in row and not self._stored[key]["volunteer_no"])
        }


def _check_address(brought: Row) -> None:
    """Refuse a row whose address says otherwise than the columns of its parts; where only one speaks, it holds."""
    address = brought.get("address")
    parts = [brought[name]._asdict() for name in ("building", "unit", "room") if brought.get(name)]
    pairs = [(name, text) for part in parts for name, text in part.items() if text]
    if address and any(getattr(address, name) not in (None, text) for name, text in pairs):
        raise Rejected("address", OtherAddress())


def _words_of(person: Row) -> set[tuple[LabelKind, str]]:
    """The words of a row's lists, each with its list."""
    return {(kind, word) for kind, name in LABELS.items() for word in person.get(name) or ()}


def _check_match(match: Known, guardian: Known | None) -> None:
    """Refuse a row about somebody of an earlier row, or about their own guardian."""
    if match.row:
        raise Rejected(None, DuplicateInFile(row=match.row))
    if match is guardian:
        raise Rejected("guardian", rules.OwnGuardian(name=match.name))


def _guardian_text(name: str | None, phones: tuple[str | None, str | None]) -> str | None:
    """A guardian as somebody to call; None where there is neither name nor phone."""
    who = " ".join(each for each in (name, *phones) if each)
    return _("guardian: {who}").format(who=who) if who else None


def _said(stored: Row, person: Row) -> Row:
    """What a row says otherwise than what is stored; blanks say nothing, known phones and dates neither."""
    phones = {stored["phone"], stored["phone_alt"]}
    return {
        name: value
        for name, value in person.items()
        if name in stored
        and value
        and not (name in ("phone", "phone_alt") and value in phones)
        and not (name == "birth" and stored[name] and stored[name].startswith(value))
        and not (name == "registered_on" and stored[name])
    }
