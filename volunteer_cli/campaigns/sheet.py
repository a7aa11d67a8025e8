"""What a call sheet that was filled in may bring, and a list of targets from above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, or_, select

from volunteer_cli.campaigns.models import Attempt, Lease, Target
from volunteer_cli.campaigns.queries.finding import (
    find_campaign,
    find_target,
    questions,
    status_of,
    target_of,
)
from volunteer_cli.campaigns.rules.attempts import Try, next_morning, record
from volunteer_cli.campaigns.rules.errors import BadOutcome, CampaignNeeded, OtherHousehold
from volunteer_cli.campaigns.rules.listing import include
from volunteer_cli.campaigns.rules.moments import When
from volunteer_cli.campaigns.terms import (
    WAYS,
    CampaignStatus,
    Evidence,
    Method,
    Outcome,
    Unit,
)
from volunteer_cli.communities.models import Community
from volunteer_cli.core.choices import read_choice
from volunteer_cli.core.database import day_of
from volunteer_cli.core.errors import Ambiguous, BadChoice, MissingValue, NotFound, VolunteerError
from volunteer_cli.core.i18n import N_, NC_, _, listed, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.core.text import mask_digits, mask_id_number, parse_id_number
from volunteer_cli.households.models import Household
from volunteer_cli.households.queries import find_household, household_of
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import text_of
from volunteer_cli.intake.sheet import (
    NEW,
    SAME,
    Field,
    Importing,
    Options,
    PassedOver,
    Rejected,
    Row,
    Sheet,
    Writer,
)
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import find_person

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.campaigns.models import Campaign
    from volunteer_cli.intake.cells import Cell
    from volunteer_cli.intake.sheet import Column

#: What stands before the code of a question in the name of its field.
ANSWER = "answer_"


def _outcome(cell: Cell, _column: Column) -> Outcome:
    """One outcome; nothing that cannot be read, or says two things, is taken for one."""
    text = text_of(cell).strip()
    try:
        outcome: Outcome = read_choice(Outcome, text, _("Outcome"))
    except BadChoice as error:
        raise BadOutcome(value=text, choices=error.fields["choices"]) from None
    return outcome


def _evidence(cell: Cell, _column: Column) -> list[Evidence]:
    words = (word for word in re.split(r"[、,，;；/\s]+", text_of(cell)) if word)
    return [read_choice(Evidence, word, _("Proof of vacancy")) for word in words]


def _number(cell: Cell, column: Column) -> str:
    """A number of the list, which a spreadsheet may have made 12.0."""
    return parsers.word(cell, column).removesuffix(".0")


TARGET = Field(
    "target",
    NC_("target", "Number on the list"),
    ("名单编号", "编号", "户号", "target", "number on the list"),
    _number,
    required=True,
)
#: What our own sheet prints beside them for whoever calls; it comes back and changes nothing.
PRINTED = (
    Field("grid", N_("Grid"), ("网格", "grid"), parsers.word),
    Field("building", N_("Building"), ("楼栋", "building"), parsers.word),
    Field("unit", N_("Unit"), ("单元", "unit"), parsers.word),
    Field("room", N_("Room"), ("室", "room"), parsers.word),
    Field("head", N_("Lives here"), ("居住人", "lives here"), parsers.word),
    Field("phone", N_("Phone"), ("电话", "phone"), parsers.word, mask=mask_digits),
    Field("before", N_("Attempts before"), ("此前联系", "attempts before"), parsers.word),
)
ATTEMPT_FIELDS = (
    TARGET,
    Field(
        "outcome",
        NC_("attempt", "Outcome"),
        ("联系结果", "通话结果", "入户结果", "结果", "outcome"),
        _outcome,
    ),
    Field(
        "at",
        NC_("attempt", "Time"),
        ("联系时间", "通话时间", "入户时间", "时间", "time", "at"),
        parsers.moment,
    ),
    Field(
        "by",
        NC_("attempt", "By"),
        ("联系人", "拨打人", "普查员", "入户人", "caller", "by"),
        parsers.person,
        above=True,
    ),
    Field(
        "callback",
        N_("Call again at"),
        ("再联系时间", "约定时间", "call again at", "callback"),
        parsers.moment,
    ),
    Field(
        "evidence", N_("Proof of vacancy"), ("空户依据", "依据", "evidence", "proof of vacancy"), _evidence
    ),
    Field("household", N_("Household"), ("住户", "household"), parsers.word),
    *PRINTED,
    Field("method", N_("Method"), ("联系方式", "方式", "method"), parsers.choice({}, WAYS)),
    Field("note", N_("Note"), ("备注", "说明", "note", "remark"), parsers.text),
)


def _campaign(session: Session, options: Options) -> Campaign:
    """The campaign that --campaign names.

    Raises:
        CampaignNeeded, NotFound, Ambiguous: none is named, or not one.
    """
    text = options.own["campaign"]
    if text is None:
        raise CampaignNeeded
    return find_campaign(session, text)


def answer_fields(session: Session, options: Options) -> Iterator[Field]:
    """A column for each question of the campaign: by its text or its code."""
    for question in questions(session, _campaign(session, options)):
        yield Field(f"{ANSWER}{question.code}", question.text, (question.text, question.code), parsers.text)


class AttemptWriter(Writer):
    """Records attempts by the rule of the command; the same target, moment and person again is the same."""

    fields = ATTEMPT_FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.campaign = _campaign(session, importing.options)
        self.latest = datetime.combine(importing.today, time(23, 59))

    def row(self, number: int, row: Row) -> str | PassedOver:  # noqa: ARG002 - the writers' signature
        """New, the same, or passed over where nobody has filled it in; raises Rejected, or a rule's error."""
        if row.get("outcome") is None:
            return PassedOver("no_result")
        target = self._target(row["target"], row.get("household"))
        told = self._try(target, row)
        if self._same(target, told, timed=row.get("at") is not None):
            self.matched += 1
            return SAME
        now = run().clock.now
        record(self.session, self.campaign, target, told, now=now, latest=self.latest)
        return NEW

    def _target(self, text: str, household: str | None) -> Target:
        """Who has this number on the list.

        A column that was sorted by itself puts a number beside another household: such a row is refused, for
        nobody can say which of the two was called.
        """
        try:
            target = find_target(self.session, self.campaign, text)
        except NotFound as error:
            raise Rejected("target", error) from None
        if household is not None and "-H" in household.upper() and target.household_id is not None:
            listed_one = self.session.get_one(Household, target.household_id)
            if listed_one.number != household.strip().upper():
                beside = OtherHousehold(target=target.id, household=listed_one.number, value=household)
                raise Rejected("household", beside)
        return target

    def _try(self, target: Target, row: Row) -> Try:
        at = self._moment(row.get("at"))
        answers = {
            name.removeprefix(ANSWER): row[name] for name in row if name.startswith(ANSWER) and row[name]
        }
        return Try(
            row["outcome"],
            at,
            self._by(target, row.get("by")),
            Method(row["method"]) if row.get("method") else None,
            self._callback(row, at),
            row.get("evidence") or (),
            answers,
            note=row.get("note"),
        )

    def _moment(self, value: Any) -> datetime:
        """When it was made; a time alone is of the day of the import."""
        if value is None:
            return datetime.combine(self.importing.today, time())
        return value if isinstance(value, datetime) else datetime.combine(self.importing.today, value)

    def _callback(self, row: Row, at: datetime) -> datetime | None:
        value = row.get("callback")
        if value is None:
            return next_morning(at) if row["outcome"] == Outcome.CALLBACK else None
        if isinstance(value, datetime):
            return value
        later = datetime.combine(at.date(), value)
        return later if later > at else later + timedelta(days=1)

    def _by(self, target: Target, name: str | None) -> int:
        """Who made it: as the row says, else whoever had the target last.

        Raises:
            Rejected: nobody ever had it, or several people have this name.
        """
        if name is not None:
            try:
                return find_person(self.session, name, exact=True).id
            except VolunteerError as error:
                raise Rejected("by", error) from None
        leases = select(Lease.person_id).where(Lease.target_id == target.id).order_by(Lease.id.desc())
        person_id = self.session.scalar(leases.limit(1))
        if person_id is None:
            raise Rejected("by", MissingValue(field=_(NC_("attempt", "By"))))
        return person_id

    def _same(self, target: Target, told: Try, *, timed: bool) -> bool:
        query = select(Attempt.id).where(Attempt.target_id == target.id)
        if timed:
            query = query.where(Attempt.at == told.at, Attempt.by_id == told.by_id)
        else:
            query = query.where(day_of(Attempt.at) == told.at.date(), Attempt.outcome == told.outcome)
        return self.session.scalar(query.limit(1)) is not None


def _place(session: Session, options: Options) -> Community:
    return session.get_one(Community, _campaign(session, options).community_id)


ATTEMPTS = Sheet(
    "attempts",
    NC_("targets", "Attempts"),
    ATTEMPT_FIELDS,
    AttemptWriter,
    stored=answer_fields,
    place=_place,
)


# --- a list from above ------------------------------------------------------------


def _identity(cell: Cell, _column: Column) -> str:
    return parse_id_number(parsers.digits(cell))


def _who(cell: Cell, column: Column) -> str:
    """A name; an identity number in its place says all the better who is meant."""
    return _number_of(text_of(cell)) or parsers.person(cell, column)


def _number_of(text: str) -> str | None:
    try:
        return parse_id_number(text)
    except VolunteerError:
        return None


TARGET_FIELDS = (
    Field("name", N_("Name"), ("姓名", "户主", "户主姓名", "名字", "name"), _who),
    Field(
        "phone",
        N_("Phone"),
        ("联系电话", "联系方式", "手机", "手机号", "手机号码", "电话", "phone"),
        parsers.phones,
        mask=mask_digits,
    ),
    Field(
        "id_number",
        N_("Identity number"),
        ("身份证号", "身份证号码", "证件号", "证件号码", "公民身份号码", "id number"),
        _identity,
        mask=mask_id_number,
    ),
    Field(
        "address",
        N_("Address"),
        ("住址", "家庭住址", "居住地址", "门牌号", "户号", "address", "household"),
        parsers.text,
    ),
    Field("grid", N_("Grid"), ("网格", "所属网格", "grid"), parsers.word),
)


class TargetWriter(Writer):
    """Puts households or people on the list of a campaign; who is on it already is the same."""

    fields = TARGET_FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.campaign = _campaign(session, importing.options)
        self.when = When(None, datetime.combine(importing.today, time()))
        if status_of(self.campaign) is CampaignStatus.RUNNING and self.campaign.opened_at:
            self.when = When(None, max(self.when.now, self.campaign.opened_at))

    def row(self, number: int, row: Row) -> str:  # noqa: ARG002 - the writers' signature
        """New or the same; raises Rejected, or a rule's error for the whole row."""
        thing = self._thing(row)
        target = target_of(self.session, self.campaign, thing)
        if target is not None and target.excluded_at is None:
            self.matched += 1
            return SAME
        include(self.session, self.campaign, thing, self.when, self.importing.options.own["stage"])
        return NEW

    def _thing(self, row: Row) -> Household | Person:
        """The household or person of a row: by identity number, name and phone, else by the address."""
        person = self._person(_named_by_number(row))
        if self.campaign.unit == Unit.PERSON:
            if person is None:
                raise Rejected("name", MissingValue(field=_("Name")))
            return person
        home = household_of(self.session, person.id, self.importing.today) if person else None
        if home is not None:
            return home
        if not row.get("address"):
            shown = person.name if person else _("Address")
            raise Rejected("address", NotFound(kind=_("household"), text=shown))
        try:
            return find_household(self.session, row["address"], community_id=self.campaign.community_id)
        except VolunteerError as error:
            raise Rejected("address", error) from None

    def _person(self, row: Row) -> Person | None:
        """Who is meant, or nobody where nothing of a person is said.

        Raises:
            Rejected: nobody on file, or several people, may be meant.
        """
        people = self._people(row)
        if len(people) == 1 or not people:
            return next(iter(people), None) if people or not self._must_exist(row) else self._missing(row)
        names = listed(with_detail(person.name, person.id) for person in people)
        raise Rejected("name", Ambiguous(kind=_("person"), text=row.get("name") or "", candidates=names))

    def _must_exist(self, row: Row) -> bool:
        return any(row.get(name) for name in ("name", "phone", "id_number")) and not row.get("address")

    def _missing(self, row: Row) -> Person | None:
        field = next(name for name in ("id_number", "name", "phone") if row.get(name))
        titles = {"id_number": _("Identity number"), "phone": _("Phone")}
        raise Rejected(field, NotFound(kind=_("person"), text=row.get("name") or titles[field]))

    def _people(self, row: Row) -> list[Person]:
        """The people in use whom the cells of a row may mean, by what says most."""
        phones = [phone for phone in row.get("phone") or () if phone]
        if row.get("id_number"):
            return self._with(Person.id_number == row["id_number"])
        if not row.get("name"):
            reached = or_(Person.phone.in_(phones), Person.phone_alt.in_(phones))
            return self._with(reached) if phones else []
        namesakes = self._with(Person.name == row["name"])
        reached_by = [person for person in namesakes if {person.phone, person.phone_alt} & set(phones)]
        return reached_by or namesakes

    def _with(self, condition: ColumnElement[bool]) -> list[Person]:
        query = select(Person).where(Person.archived_on.is_(None), condition).order_by(Person.id)
        return list(self.session.scalars(query))


def _named_by_number(row: Row) -> Row:
    """A row whose name is an identity number, with the number where it belongs."""
    number = _number_of(row.get("name") or "")
    return row | {"name": None, "id_number": row.get("id_number") or number} if number else row


TARGETS = Sheet(
    "targets",
    N_("Targets"),
    TARGET_FIELDS,
    TargetWriter,
    one_of=(("name", "phone", "id_number", "address"),),
    place=_place,
)
