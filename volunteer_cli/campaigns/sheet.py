"""What a call sheet that was filled in may bring."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from volunteer_cli.campaigns.models import Attempt, Lease, Target
from volunteer_cli.campaigns.queries.finding import (
    find_campaign,
    find_target,
    questions,
)
from volunteer_cli.campaigns.rules.attempts import Try, next_morning, record
from volunteer_cli.campaigns.rules.errors import BadOutcome, CampaignNeeded, OtherHousehold
from volunteer_cli.campaigns.terms import (
    WAYS,
    Evidence,
    Method,
    Outcome,
)
from volunteer_cli.communities.models import Community
from volunteer_cli.core.choices import read_choice
from volunteer_cli.core.database import day_of
from volunteer_cli.core.errors import BadChoice, MissingValue, NotFound, VolunteerError
from volunteer_cli.core.i18n import N_, NC_, _
from volunteer_cli.core.run import run
from volunteer_cli.core.text import mask_digits
from volunteer_cli.households.models import Household
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


def chosen(session: Session, options: Options) -> Campaign:
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
    for question in questions(session, chosen(session, options)):
        yield Field(f"{ANSWER}{question.code}", question.text, (question.text, question.code), parsers.text)


class AttemptWriter(Writer):
    """Records attempts by the rule of the command; the same target, moment and person again is the same."""

    fields = ATTEMPT_FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.campaign = chosen(session, importing.options)
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


def community_of(session: Session, options: Options) -> Community:
    """The community of the campaign: rows are of nowhere else."""
    return session.get_one(Community, chosen(session, options).community_id)


ATTEMPTS = Sheet(
    "attempts",
    NC_("targets", "Attempts"),
    ATTEMPT_FIELDS,
    AttemptWriter,
    stored=answer_fields,
    place=community_of,
)
