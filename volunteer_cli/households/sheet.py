"""What a base list of households (户主底册) may bring: doors, heads, their families, vacant flats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.errors import BadQuantity, MissingValue, NotFound
from volunteer_cli.core.history import update_rows
from volunteer_cli.core.i18n import N_, _, listed, with_detail
from volunteer_cli.core.text import Address, place_number
from volunteer_cli.households import fields, queries
from volunteer_cli.households.flats import OWN, Flat, Flats
from volunteer_cli.households.models import Household
from volunteer_cli.households.rules import move_in
from volunteer_cli.households.rules.doors import Occupied
from volunteer_cli.households.rules.forming import write_households
from volunteer_cli.households.rules.living import PersonArchived
from volunteer_cli.households.terms import RELATION_WORDS, RELATIONS, Occupancy, Relation
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import Cell, text_of
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
    Sheet,
    Verdict,
)
from volunteer_cli.people import fields as of_people
from volunteer_cli.people.matching import Naming
from volunteer_cli.people.models import Person
from volunteer_cli.people.sheet import BIRTH, ID_NUMBER, PHONE, PeopleWriter

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _count(cell: Cell, _column: Column) -> int:
    """How many people a list counts: 4, 4人."""
    text = text_of(cell).strip()
    match = re.fullmatch(r"(\d{1,3})\s*[人口]?", text)
    if not match:
        raise BadQuantity(value=text)
    return int(match[1])


HEAD = Field(
    "head",
    N_("Head"),
    ("户主", "户主姓名", "户主名称", "head"),
    parsers.person,
    remark=remark_in,
    phone="phone",
)
NAME = brought(of_people.NAME, parsers.person, remark=remark_in, phone="phone")
RELATION = Field(
    "relation",
    N_("Relation"),
    ("与户主关系", "关系", "家庭关系", "与户主的关系", "成员关系", "relation"),
    parsers.Choice(RELATION_WORDS, RELATIONS),
)
COUNT = Field(
    "count",
    N_("People counted"),
    ("家庭人口", "人口", "人口数", "人数", "在住人数", "家庭人口数", "家庭人数", "户内人数", "count"),
    _count,
)
ADDRESS = brought(of_people.ADDRESS)
BUILDING = brought(of_people.BUILDING, above=True)
UNIT = brought(of_people.UNIT, above=True)
ROOM = brought(of_people.ROOM)
GRID = brought(fields.GRID, above=True)
FIELDS = (
    HEAD,
    NAME,
    RELATION,
    COUNT,
    PHONE,
    brought(of_people.SEX),
    BIRTH,
    ID_NUMBER,
    ADDRESS,
    BUILDING,
    UNIT,
    ROOM,
    GRID,
    brought(fields.OCCUPANCY),
    brought(of_people.TAGS),
    brought(fields.NOTE),
)
#: Of the fields of a row those that tell of the person.
OF_PERSON = ("name", "phone", "phone_alt", "sex", "birth", "id_number", "tags", "grid")
#: 3号楼2单元 in the title above a table that has rooms alone.
IN_TITLE = re.compile(r"(?P<building>\d{1,3}|[A-Za-z])\s*(?:号楼|栋|幢|#)(?:\s*(?P<unit>\d{1,2})\s*单元)?")
#: So many households are named at the end; the flaw `count_differs` has them all.
NAMED = 12


class HouseholdWriter(PeopleWriter):
    """Adds households and who lives in them, and fills or changes what is on file of them."""

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, _of_residents(importing))
        self.flats = Flats(session, importing.community.id)
        self._flat: Flat | None = None
        self._relation: Relation | None = None
        self._moves: list[tuple[int, Flat, Relation | None]] = []
        self._touched: dict[int, Flat] = {}
        self._title = IN_TITLE.search(importing.title or "")

    def row(self, number: int, row: Row) -> str:
        """New, updated or the same; raises Rejected."""
        door = self._door(row)
        name = row.get("name") or row.get("head") or self._numbered(row)
        self._relation = _relation(row, name)
        flat = self._flat = self.flats.of_row(door, _head(row, name, self._relation))
        # Asked before the row is taken, which makes it known.
        new = flat.is_new
        verdict = self._take_row(number, row, name, flat)
        self._touched[id(flat)] = flat
        flat.people += name is not None
        return NEW if new else verdict

    def _take_row(self, number: int, row: Row, name: str | None, flat: Flat) -> str:
        """What becomes of a row: of its person, and where that is as it was, of the household."""
        changed = self._change(flat, row, occupied=name is not None)
        verdict = self._person_row(number, row, name, flat.door) if name else _empty_row(flat, number)
        return UPDATED if verdict == SAME and changed else verdict

    def _numbered(self, row: Row) -> str | None:
        """The name of somebody on file of whom a row gives the identity number alone."""
        return self._name_of(row) if row.get("id_number") else None

    def _person_row(self, number: int, row: Row, name: str, door: tuple[Any, ...]) -> str:
        """What becomes of the person of a row, who gets the address of the household."""
        person = {key: row.get(key) for key in OF_PERSON} | {"name": name}
        places = {
            part: Address(**{**dict.fromkeys(Address._fields), part: value})
            for part, value in zip(("building", "unit", "room"), door[1:], strict=True)
            if value
        }
        return super().row(number, person | places)

    def _door(self, row: Row) -> tuple[Any, ...]:
        """Behind which door a row is.

        Raises:
            Rejected: it does not say the building and the room.
        """
        parts = self._in_title()
        # The whole address first: columns of their own say it more exactly, and win.
        for name in ("address", "building", "unit", "room"):
            if (address := row.get(name)) is not None:
                parts |= {part: value for part, value in address._asdict().items() if value}
        self._require_parts(parts)
        return self.importing.community.id, parts["building"], parts.get("unit"), parts["room"]

    def _require_parts(self, parts: Mapping[str, Any]) -> None:
        for part, field in (("building", BUILDING), ("room", ROOM)):
            if not parts.get(part):
                raise Rejected(self._said_in(part), MissingValue(field=_(field.title)))

    def _in_title(self) -> dict[str, Any]:
        """What the title above the table says of the door, where no column does."""
        if self._title is None or {"address", "building"} & self.importing.mapped:
            return {}
        return {part: place_number(text) for part, text in self._title.groupdict().items() if text}

    def _said_in(self, part: str) -> str | None:
        return next((name for name in (part, "address") if name in self.importing.mapped), None)

    def _change(self, flat: Flat, row: Row, *, occupied: bool) -> bool:
        """Note what a row says otherwise of the household itself; answer whether it does.

        Raises:
            Rejected: a flat is said to be vacant in which the row names somebody; a value would change another.
        """
        if occupied and row.get("occupancy") == Occupancy.VACANT:
            raise Rejected("occupancy", Occupied(household=flat.number or _("the flat"), count=1))
        stored = flat.stored | flat.changes
        own = {name: row.get(name) for name in ("grid", "occupancy", "note")}
        changes = self.settled(_known(stored), own) | _counted(flat, stored, row.get("count"))
        flat.changes |= changes
        return bool(changes)

    def beside(self, row: Row, person_id: int | None) -> list[str]:  # noqa: ARG002 - the signature of the hook
        """Whether the person does not live in the household of the row yet, or by another relation."""
        self._require_in_use(person_id)
        flat = self._flat
        assert flat is not None  # noqa: S101 - for the type checker; `row` has chosen it
        if self._lives_in(person_id or 0, flat):
            return []
        self._moves.append((person_id or 0, flat, self._relation))
        # Its place among the moves: who is new has no id yet, and `give` brings it later.
        return [str(len(self._moves) - 1)]

    def _lives_in(self, person_id: int, flat: Flat) -> bool:
        """Whether somebody lives in a household by the relation of the row, or by any where it says none."""
        household_id, present = self.flats.homes.get(person_id, (None, None))
        relation = self._relation.value if self._relation else None
        return household_id is not None and household_id == flat.id and relation in (None, present)

    def _require_in_use(self, person_id: int | None) -> None:
        """Refuse somebody who is archived and does not come back by this file."""
        known = self.roster.by_id.get(person_id or 0)
        if known and not (known.in_use or self.restores(known)):
            raise Rejected(None, PersonArchived(person=known.name, person_id=known.id))

    def give(self, person_id: int, more: list[str]) -> None:
        """Note who moves; it is done once all households of the batch are there."""
        for place in more:
            self._moves[int(place)] = (person_id, *self._moves[int(place)][1:])

    def _add(self, number: int, person: Row, more: list[str]) -> None:
        # A list of doors is often years old: whom nobody knows any more is told before becoming a record.
        if not self.importing.options.own["create_people"]:
            hint = N_("Add --create-people to add who is not on file.")
            raise Rejected(self.column_of("name"), NotFound(kind=_("person"), text=person["name"], hint=hint))
        super()._add(number, person, more)

    def column_of(self, name: str) -> str | None:
        """The field whose column brought a value: a head's name stands in a column of heads."""
        if name == "name" and "name" not in self.importing.mapped:
            return "head"
        return super().column_of(name)

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row; what is accepted is written before the next batch."""
        batch.columns["name"] = batch.columns.get("name", [None] * len(batch))
        verdicts = super().take(batch)
        self._finish_batch()
        return verdicts

    def _naming(self, batch: Batch) -> Naming:
        """By what the rows name people: by a name in either column."""
        naming = super()._naming(batch)
        return naming._replace(names=naming.names | (set(batch["head"]) - {None}))

    def _write(self) -> None:
        self._write_flats()
        super()._write()

    def _write_flats(self) -> None:
        """Write the households that are new, so that whoever has their address lives in them."""
        new = [flat for flat in self.flats.new() if flat.people or flat.row]
        ids = write_households(
            self.session, self.importing.community, self.importing.today, map(_columns, new)
        )
        for flat, (key, number) in zip(new, ids, strict=True):
            flat.id, flat.number = key, number
            flat.settle()

    def _finish_batch(self) -> None:
        """Let people move in, and write what the sheet says of households that are there."""
        for person_id, flat, relation in self._moves:
            if person_id and flat.id is not None:
                self._move(person_id, flat.id, relation)
        self._moves = []
        changed = {flat.id: flat.changes for flat in self._touched.values() if flat.id and flat.changes}
        update_rows(self.session, Household, changed)
        for flat in self._touched.values():
            flat.settle()

    def _move(self, person_id: int, household_id: int, relation: Relation | None) -> None:
        today = self.importing.today
        household = self.session.get_one(Household, household_id)
        person = self.session.get_one(Person, person_id)
        move_in(self.session, household, person, today, today=today, relation=relation)
        self.flats.homes[person_id] = (household_id, relation.value if relation else None)

    def finish(self) -> None:
        """Say in which households others live than the sheet counts."""
        super().finish()
        # 人口数 that disagrees is reported, not refused: who is right is found out at the door.
        differ = list(self._differing())
        if differ:
            more = [f"+{len(differ) - NAMED}"] if len(differ) > NAMED else []
            text = _("Not as many people as the sheet counts: {households}.")
            self.remarks.append(text.format(households=listed([*differ[:NAMED], *more])))

    def _differing(self) -> Iterator[str]:
        """The households in which others live than the sheet counts, with both numbers."""
        listed_flats = {
            flat.id: flat for flat in self._touched.values() if flat.id and flat.listed is not None
        }
        counted = queries.counts(self.session, listed_flats, self.importing.today)
        for key, flat in listed_flats.items():
            if (count := counted.get(key, 0)) != flat.listed:
                yield with_detail(flat.number, f"{flat.listed} ≠ {count}")


def _of_residents(importing: Importing) -> Importing:
    """The import without making volunteers of people: to live somewhere is no sign of having registered as one."""
    own = {**importing.options.own, "volunteers": False}
    return replace(importing, options=replace(importing.options, own=own))


def _known(stored: Row) -> Row:
    """What a row can contradict: unknown is no knowledge that could be."""
    return {**stored, "occupancy": None} if stored.get("occupancy") == Occupancy.UNKNOWN else stored


def _counted(flat: Flat, stored: Row, count: int | None) -> Row:
    """What a count changes; it is compared with who lives there and never contradicts another one."""
    if count is None:
        return {}
    flat.listed = count
    return {} if stored.get("listed_people") == count else {"listed_people": count}


def _relation(row: Row, name: str | None) -> Relation | None:
    """What the person of a row is to the head; whoever has the head's name is the head."""
    if row.get("relation"):
        return Relation(row["relation"])
    return Relation.HEAD if name and name == row.get("head") else None


def _head(row: Row, name: str | None, relation: Relation | None) -> str | None:
    """The name of the head that a row tells of."""
    return row.get("head") or (name if relation is Relation.HEAD else None)


def _empty_row(flat: Flat, number: int) -> str:
    """The verdict on a row of a household without anybody."""
    if flat.row is not None:
        raise Rejected(None, DuplicateInFile(row=flat.row))
    flat.row = number
    return SAME


def _columns(flat: Flat) -> Mapping[str, Any]:
    """The columns of a household that is new."""
    door = dict(zip(("building", "unit", "room"), flat.door[1:], strict=True))
    values = {name: flat.changes.get(name) for name in OWN}
    return {
        **door,
        "ordinal": flat.ordinal,
        **values,
        "occupancy": values["occupancy"] or Occupancy.UNKNOWN.value,
    }


HOUSEHOLDS = Sheet(
    "households",
    N_("Households"),
    FIELDS,
    HouseholdWriter,
    one_of=(("address", "room"), ("head", "name", "id_number")),
)
