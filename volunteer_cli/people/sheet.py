"""What a sheet of people may bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.text import Address
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import EAST_ASIAN, Cell
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.sheet import (
    NEW,
    SAME,
    UPDATED,
    Batch,
    Column,
    Field,
    Importing,
    Parser,
    Rejected,
    Row,
    Sheet,
    Verdict,
    Writer,
)
from volunteer_cli.intake.summary import mask_digits
from volunteer_cli.people import queries, rules
from volunteer_cli.people.matching import Known, Roster, stored_people
from volunteer_cli.people.terms import LABELS, LabelKind
from volunteer_cli.teams.matching import TeamRegister

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NAMES = (
    "姓名",
    "志愿者姓名",
    "志愿者",
    "名字",
    "参加人员",
    "居民姓名",
    "人员姓名",
    "全名",
    "name",
    "full name",
    "volunteer",
    "volunteer name",
    "person",
    "人员",
)
PHONES = (
    "联系电话", "联系方式", "手机", "手机号", "手机号码", "电话", "电话号码", "联络电话", "移动电话", "本人电话",
    "phone", "mobile", "telephone", "tel", "phone number", "mobile number", "cell phone", "mobile phone", "contact number",
    "phone no", "mobile no", "telephone number", "telephone no", "tel no", "contact no", "cell", "contact phone",
)  # fmt: skip
VOLUNTEER_NUMBERS = (
    "志愿者编号",
    "志愿者证号",
    "志愿者号",
    "volunteer no",
    "volunteer number",
    "volunteer id",
)
ID_NUMBERS = (
    "身份证号", "身份证号码", "证件号", "证件号码", "公民身份号码", "身份证", "居民身份证号码", "id number", "id card", "identity number",
    "id no", "id card number", "id card no", "identity card number", "national id",
)  # fmt: skip
TEAMS = (
    "所属队伍",
    "服务队",
    "志愿服务队名称",
    "志愿服务队",
    "所在队伍",
    "队伍",
    "队伍名称",
    "team",
    "team name",
)


def join_name(surname: str, given: str) -> str:
    """A name from its two parts: East Asian parts, the surname first, as they stand; others the given name first."""
    return surname + given if max(surname + given) >= EAST_ASIAN else f"{given} {surname}"


def place(name: str) -> Parser:
    """A parser for one part of an address; 门牌号 may hold all of it."""

    def parse(cell: Cell, column: Column) -> Address:
        found = parsers.address(cell, column)
        if found.building or found.unit or found.room:
            return found
        return Address(
            **{**dict.fromkeys(Address._fields), name: rules.read_place(parsers.text(cell, column))}
        )

    return parse


NAME = Field(
    "name", N_("Name"), NAMES, parsers.name, required=True, parts=("surname", "given_name"), join=join_name
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
PHONE = Field("phone", N_("Phone"), PHONES, parsers.phones, second="phone_alt", mask=mask_digits)
VOLUNTEER_NO = Field(
    "volunteer_no", N_("Volunteer number"), VOLUNTEER_NUMBERS, parsers.whole(rules.volunteer_number)
)
ID_NUMBER = Field("id_number", N_("Identity number"), ID_NUMBERS, parsers.id_number, mask=mask_digits)
BIRTH = Field(
    "birth",
    N_("Birth date"),
    (
        "出生日期",
        "出生年月",
        "出生年月日",
        "生日",
        "出生",
        "birth",
        "birth date",
        "date of birth",
        "birthday",
        "dob",
    ),
    parsers.birth,
)
#: How a sheet of any kind names a person.
PERSON_FIELDS = (NAME, SURNAME, GIVEN_NAME, PHONE, VOLUNTEER_NO, ID_NUMBER, BIRTH)
FIELDS = (
    NAME,
    SURNAME,
    GIVEN_NAME,
    VOLUNTEER_NO,
    Field("sex", N_("Sex"), ("性别", "sex", "gender"), parsers.sex),
    BIRTH,
    ID_NUMBER,
    PHONE,
    Field(
        "phone_alt",
        N_("Second phone"),
        (
            "备用电话",
            "其他电话",
            "第二电话",
            "固定电话",
            "座机",
            "second phone",
            "other phone",
            "alternative phone",
        ),
        parsers.phone,
        mask=mask_digits,
    ),
    Field(
        "address",
        N_("Address"),
        ("家庭住址", "住址", "居住地址", "家庭地址", "地址", "现住址", "详细地址", "address", "home address"),
        parsers.address,
    ),
    Field(
        "building", N_("Building"), ("楼栋", "所在楼栋", "楼号", "栋", "幢", "building"), place("building")
    ),
    Field("unit", N_("Unit"), ("单元", "单元号", "unit"), place("unit")),
    Field(
        "room",
        N_("Room"),
        ("室", "房号", "室号", "房间号", "门牌", "门牌号", "room", "flat", "apartment"),
        place("room"),
    ),
    Field("grid", N_("Grid"), ("网格", "所属网格", "所在网格", "网格名称", "grid"), parsers.text),
    Field(
        "political_status", N_("Political status"), ("政治面貌", "political status"), parsers.political_status
    ),
    Field(
        "skills",
        N_("Skills"),
        ("特长", "专业技能", "技能", "个人特长", "特长爱好", "skill", "skills"),
        parsers.labels,
    ),
    Field(
        "categories",
        N_("Service categories"),
        ("服务类别", "服务意向", "志愿服务意向", "category", "categories", "service category"),
        parsers.labels,
    ),
    Field("tags", N_("Tags"), ("标签", "重点人群", "人群类别", "tag", "tags"), parsers.labels),
    Field("team", N_("Team"), (*TEAMS, "teams"), parsers.names),
    Field(
        "registered_on",
        N_("Registered on"),
        ("注册日期", "注册时间", "登记日期", "登记时间", "registered", "registered on", "registration date"),
        parsers.day,
    ),
    Field(
        "emergency_contact",
        N_("Emergency contact"),
        ("紧急联系人", "应急联系人", "emergency contact"),
        parsers.text,
    ),
    Field("note", N_("Note"), ("备注", "说明", "note", "notes", "remark", "remarks"), parsers.text),
)
LABEL_FIELDS = {name: kind for kind, name in LABELS.items()}
PLACES = ("address", "building", "unit", "room")
KNOWN_BY = ("name", "phone", "phone_alt", "birth", "volunteer_no", "id_number")
#: Columns that another field fills when they have no column of their own.
BROUGHT_BY = {
    **dict.fromkeys(PLACES, "address"),
    "phone_alt": "phone",
    "sex": "id_number",
    "birth": "id_number",
}
#: What a row may bring that stands in a column of the same name.
PLAIN = ("volunteer_no", "sex", "birth", "id_number", "grid", "political_status", "emergency_contact", "note")


class PeopleWriter(Writer):
    """Adds those who are new, and fills or changes what is on file of the others."""

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.roster = Roster(session, importing.community.id)
        self.teams = TeamRegister(session, importing, create=importing.options.own["create_teams"])
        self._stored: dict[int, Row] = {}
        self._labels: dict[int, set[tuple[LabelKind, str]]] = {}
        self._new: list[tuple[Known, Row]] = []
        self._changes: dict[int, Row] = {}
        self._new_labels: list[tuple[int, LabelKind, str]] = []

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row; the rows accepted are written before the next batch."""
        self._load(batch)
        verdicts = super().take(batch)
        self._write()
        return verdicts

    def _load(self, batch: Batch) -> None:
        """What is stored of those whom the batch may mean."""
        ids = {known.id for name in set(batch["name"]) for known in self.roster.by_name.get(name, ())}
        for column, people in (
            ("volunteer_no", self.roster.by_volunteer_no),
            ("id_number", self.roster.by_id_number),
        ):
            ids |= {people[number].id for number in batch[column] if number in people}
        keys = [key for key in ids if key is not None]
        self._stored = stored_people(self.session, keys)
        self._labels = {key: set() for key in keys}
        for kind in LabelKind:
            for key, words in queries.labels_of(self.session, keys, kind).items():
                self._labels[key] |= {(kind, word) for word in words}

    def row(self, number: int, row: Row) -> str:
        """New, updated or the same; raises Rejected."""
        person = self._person(row)
        known = self.roster.match(person)
        if known and known.row:
            raise Rejected(None, DuplicateInFile(row=known.row))
        teams = self.teams.named(row.get("team") or ())
        self.teams.require(self.teams.missing(teams, known.id if known else None))
        if known is None:
            self._add(number, person, teams)
            return NEW
        self.matched += 1
        verdict = self._update(known, person, teams)
        known.row = number
        return verdict

    def _person(self, row: Row) -> Row:
        """The columns that a row brings, with what follows from the identity number."""
        person: Row = {"name": row["name"], **{name: row.get(name) for name in PLAIN}}
        person["phone"], person["phone_alt"] = row.get("phone") or (None, None)
        person["phone_alt"] = person["phone_alt"] or row.get("phone_alt")
        for part in PLACES:
            address = row.get(part)
            person |= {name: value for name, value in (address._asdict() if address else {}).items() if value}
        for name, kind in LABEL_FIELDS.items():
            person[name] = rules.read_labels(kind, row.get(name) or ())
        if self.importing.options.own["volunteers"] or person["volunteer_no"]:
            person["registered_on"] = self._registered_on(row)
        return self._checked(person)

    def _checked(self, person: Row) -> Row:
        if found := list(self.faults(person)):
            raise self.first(found)
        return rules.checked_person(person)

    def faults(self, row: Row, unread: AbstractSet[str] = frozenset()) -> Iterator[Rejected]:  # noqa: ARG002 - what cannot be read says nothing here
        """Where a row says otherwise than its identity number."""
        for error in rules.contradictions(row):
            yield Rejected(self.column_of(error.fields["name"]), error)

    def _registered_on(self, row: Row) -> date:
        on: date = row.get("registered_on") or self.importing.today
        if on > self.importing.today:
            raise Rejected("registered_on", rules.RegisteredInFuture(day=on))
        return on

    def _add(self, number: int, person: Row, teams: list[str]) -> None:
        naming = {name: person[name] for name in KNOWN_BY}
        known = Known(None, **naming, community_id=self.importing.community.id, row=number)
        self.roster.add(known)
        self._new.append((known, {**person, "team": teams}))

    def _update(self, known: Known, person: Row, teams: list[str]) -> str:
        assert known.id is not None  # noqa: S101 - who is new in this file has a row, and was refused
        changes = self._changes_of(known, self._stored[known.id], person)
        labels = {
            (kind, word) for name, kind in LABEL_FIELDS.items() for word in person[name]
        } - self._labels[known.id]
        joining = self.teams.missing(teams, known.id)
        if not (changes or labels or joining):
            return SAME
        if changes:
            self._changes[known.id] = changes
            self.roster.learn(known, changes)
        self._new_labels += [(known.id, kind, word) for kind, word in sorted(labels)]
        for name in joining:
            self.teams.join(name, known.id)
        return UPDATED

    def _changes_of(self, known: Known, stored: Row, person: Row) -> Row:
        """The columns that get another value; raises Rejected for one that must not."""
        birth, vague = person["birth"], stored["birth"]
        if birth and vague and birth != vague and birth.startswith(vague):
            stored = {**stored, "birth": None}
        said = _said(stored, person)
        if self.roster.by_volunteer_no.get(said.get("volunteer_no", "")) is known:
            del said["volunteer_no"]  # a number from before a merge
        changes = self.settled(stored, said)
        return changes and self._checked(stored | changes) and changes

    def column_of(self, name: str) -> str | None:
        """The field whose column brought a value: an identity number brings a birth date."""
        return name if name in self.importing.mapped else BROUGHT_BY.get(name)

    def _write(self) -> None:
        people = [row for _known, row in self._new]
        self._number_volunteers(people)
        ids = rules.add_people(self.session, self.importing.community, people)
        for key, (known, row) in zip(ids, self._new, strict=True):
            known.id = key
            self.roster.by_id[key] = known
            for name in row["team"]:
                self.teams.join(name, key)
        rules.change_people(self.session, self._changes)
        rules.add_labels(self.session, self._new_labels)
        self._new, self._changes, self._new_labels = [], {}, []

    def _number_volunteers(self, people: list[Row]) -> None:
        """Give those whom this batch registers a number, which no later row may bring for another."""
        rules.number_volunteers(
            self.session, self.importing.community, [*people, *self._registered_anew().values()]
        )
        for known, row in self._new:
            self.roster.learn(known, {"volunteer_no": row["volunteer_no"]})
        for key, row in self._registered_anew().items():
            self.roster.learn(self.roster.by_id[key], row)

    def _registered_anew(self) -> dict[int, Row]:
        """The changes that bring a number or ask for one: who has a number keeps it."""
        return {
            key: row
            for key, row in self._changes.items()
            if "volunteer_no" in row or ("registered_on" in row and not self._stored[key]["volunteer_no"])
        }

    def finish(self) -> None:
        """Write the memberships, and tell which teams were added."""
        self.teams.write()
        self.remarks += self.teams.remarks()


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


PEOPLE = Sheet("people", N_("People"), FIELDS, PeopleWriter)
