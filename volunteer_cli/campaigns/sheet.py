"""What a call sheet that was filled in may bring."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import cached_property
from types import NoneType
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from volunteer_cli.campaigns.models import Attempt
from volunteer_cli.campaigns.queries.entering import had_last, numbers_of_homes
from volunteer_cli.campaigns.queries.finding import find_campaign, find_target, questions, target_number
from volunteer_cli.campaigns.rules.attempts import next_morning
from volunteer_cli.campaigns.rules.errors import BadOutcome, CampaignNeeded, OtherHousehold
from volunteer_cli.campaigns.rules.recording import Recording, Told, Try
from volunteer_cli.campaigns.terms import (
    WAYS,
    Evidence,
    Method,
    Outcome,
)
from volunteer_cli.communities.models import Community
from volunteer_cli.core.choices import read_choice
from volunteer_cli.core.database import create_indexes, drop_indexes
from volunteer_cli.core.errors import BadChoice, MissingValue, NotFound, VolunteerError
from volunteer_cli.core.history import table_of
from volunteer_cli.core.i18n import N_, NC_, _
from volunteer_cli.core.run import run
from volunteer_cli.core.text import mask_digits
from volunteer_cli.intake import parsers
from volunteer_cli.intake.cells import text_of
from volunteer_cli.intake.headings import REMARK
from volunteer_cli.intake.names import remark_in
from volunteer_cli.intake.sheet import (
    NEW,
    SAME,
    Batch,
    Field,
    Importing,
    Options,
    PassedOver,
    Rejected,
    Row,
    Sheet,
    Verdict,
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
#: Attempts that are gathered before they are written.
GATHERED = 20_000
TABLE = table_of(Attempt)


def _outcome(cell: Cell, _column: Column) -> str:
    """One outcome as it is stored; nothing that cannot be read, or says two things, is taken for one."""
    text = text_of(cell).strip()
    bare, remark = REMARK.sub("", text).strip(), remark_in(text)
    try:
        return _one_outcome(bare if remark and not _is_outcome(remark) else text)
    except BadChoice as error:
        raise BadOutcome(value=text, choices=error.fields["choices"]) from None


def _one_outcome(text: str) -> str:
    outcome: Outcome = read_choice(Outcome, text, _("Outcome"))
    # A million members of an enum are slower to look up and to write.
    return outcome.value


def _is_outcome(text: str) -> bool:
    """Whether a text is an outcome, so that beside another one it says a second thing."""
    try:
        _one_outcome(text)
    except BadChoice:
        return False
    return True


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
    unless=("household", "head"),
)
#: What our own sheet prints beside them for whoever calls; it comes back and changes nothing.
PRINTED = (
    Field("grid", N_("Grid"), ("网格", "grid"), parsers.word),
    Field("building", N_("Building"), ("楼栋", "building"), parsers.word),
    Field("unit", N_("Unit"), ("单元", "unit"), parsers.word),
    Field("room", N_("Room"), ("室", "room"), parsers.word),
    Field(
        "head", N_("Lives here"), ("居住人", "户主", "户主姓名", "姓名", "lives here", "name"), parsers.word
    ),
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
        remark=remark_in,
    ),
    Field(
        "at",
        NC_("attempt", "Time"),
        (
            *("联系时间", "通话时间", "拨打时间", "入户时间", "时间", "time", "at"),
            *("联系日期", "通话日期", "拨打日期", "入户日期", "日期", "day", "date"),
        ),
        parsers.moment,
        above=True,
        unite=parsers.moments_together,
        completed=parsers.on_day,
    ),
    Field(
        "by",
        NC_("attempt", "By"),
        ("联系人", "拨打人", "普查员", "入户人", "caller", "by"),
        parsers.person,
        above=True,
        remark=remark_in,
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
    Field(
        "household", N_("Household"), ("住户", "门牌号", "地址", "住址", "household", "address"), parsers.word
    ),
    *PRINTED,
    Field("method", N_("Method"), ("联系方式", "方式", "method"), parsers.Choice({}, WAYS)),
    Field(
        "note", N_("Note"), ("备注", "说明", "note", "remark", "remarks"), parsers.text, unite=parsers.joined
    ),
)
#: What somebody wrote of an attempt, whose outcome must not be missing then.
WRITTEN = ("callback", "evidence", "note")


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
    """Records attempts by the rules of the command; the same target, moment and person again is the same.

    Whom a number on the list or a name means is looked up once for all the rows that say the same.
    """

    fields = ATTEMPT_FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.campaign = chosen(session, importing.options)
        latest = datetime.combine(importing.today, time(23, 59))
        self.recording = Recording(session, self.campaign, now=run().clock.now, latest=latest)
        self._targets = _Targets(self)
        self._people = _People(session)
        self._bare = False
        """Whether the first large import into an empty table goes on, which has its indexes built at the end."""

    @cached_property
    def _had_last(self) -> dict[int, int]:
        return had_last(self.session, self.recording.part)

    @cached_property
    def _homes(self) -> dict[int, str]:
        return numbers_of_homes(self.session, self.recording.part)

    @cached_property
    def _is_first(self) -> bool:
        return self.session.scalar(select(Attempt.id).limit(1)) is None

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row: new, the same, or passed over where nobody has filled it in."""
        told, verdicts, first = self._told(batch), [], 0
        for place in (*sorted(_aside(batch) | self.recording.odd(told)), len(batch)):
            verdicts += self._entered(told.part(first, place))
            if place < len(batch):
                verdicts.append(self._closely(batch, place, told))
            first = place + 1
        self.matched += verdicts.count(SAME)
        if len(self.recording) >= GATHERED:
            self._write()
        return verdicts

    def _told(self, batch: Batch) -> Told:
        """What the rows say, with the targets and the people that they mean."""
        targets, ats = self._who(batch), self._moments(batch["at"])
        return Told(
            targets,
            self._by(batch, targets),
            ats,
            list(map(self.recording.journal.moments.__getitem__, ats)),
            batch["outcome"],
            _methods(batch["method"]),
            batch["note"],
        )

    def _entered(self, told: Told) -> list[Verdict]:
        """The verdicts on rows that call for no closer look."""
        if not told.targets:
            return []
        return [NEW if is_new else SAME for is_new in self.recording.enter_all(told)]

    def _who(self, batch: Batch) -> list[int | Rejected]:
        """The target of each row, or why there is none."""
        beside = {"household", "head"} & batch.columns.keys()
        if not beside:
            return list(map(self._targets.__getitem__, batch["target"]))
        return list(map(self._whom, batch["target"], batch["household"], batch["head"]))

    def _whom(self, said: str | None, home: str | None, head: str | None) -> int | Rejected:
        """The target of a number, else of an address or a name, if no other one stands beside it.

        A column that was sorted by itself puts a number beside another household: such a row is refused, for
        nobody can say which of the two was called.
        """
        # A figure in another column is no number of the list.
        home, head = (None if text and text.isdecimal() else text for text in (home, head))
        target = self._targets[said or home or head or ""]
        if isinstance(target, Rejected):
            return target
        other = self._another(target, home, head)
        if other is None:
            return target
        number = self._homes.get(target, "")
        error = OtherHousehold(target=target, household=number, value=other)
        return Rejected("household" if other == home else "head", error)

    def _another(self, target: int, home: str | None, head: str | None) -> str | None:
        """What beside a target's number means another one."""
        if home and is_number(home):
            # Beside a number of our own a name tells nothing more: it may be that of several.
            return None if self._homes.get(target) in (None, home.strip().upper()) else home
        return next((text for text in (home, head) if text and self._is_other(text, target)), None)

    def _is_other(self, text: str, target: int) -> bool:
        """Whether a text means another target for sure."""
        meant = self._targets[text]
        return isinstance(meant, int) and meant != target

    def _by(self, batch: Batch, targets: Sequence[int | Rejected]) -> Sequence[int | Rejected | None]:
        """Who made each attempt: as the row says, else whoever had the target last."""
        people = list(map(self._people.__getitem__, batch["by"]))
        if None not in people:
            return people
        return [
            self._had_last.get(target) if person is None and isinstance(target, int) else person
            for person, target in zip(people, targets, strict=True)
        ]

    def _moments(self, values: Sequence[Any]) -> Sequence[datetime]:
        """When each was made; a time alone is of the day of the import."""
        if set(map(type, values)) == {datetime}:
            return values
        today = self.importing.today
        return [
            value if value.__class__ is datetime else datetime.combine(today, value or time())
            for value in values
        ]

    def _closely(self, batch: Batch, place: int, told: Told) -> Verdict:
        """The verdict on a row that is looked at by itself."""
        row = {name: values[place] for name, values in batch.columns.items()}
        if row.get("outcome") is None:
            return _without_outcome(row)
        try:
            return self._judged(row, told.targets[place], told.people[place], told.ats[place])
        except VolunteerError as error:
            return Rejected(None, error.with_traceback(None))

    def _judged(
        self, row: Row, target: int | Rejected, person: int | Rejected | None, at: datetime
    ) -> Verdict:
        """New or the same, or which column is at fault; raises a rule's error."""
        if isinstance(target, Rejected):
            return target
        if isinstance(person, Rejected):
            return person
        if person is None:
            return Rejected("by", MissingValue(field=_(NC_("attempt", "By"))))
        told = self._try(row, person, at)
        if self._is_there(target, told, timed=row.get("at") is not None):
            return SAME
        return NEW if self.recording.enter(target, told).is_new else SAME

    def _is_there(self, target: int, told: Try, *, timed: bool) -> bool:
        """What makes two rows the same: the target, and moment and person or, without a time, day and outcome."""
        journal = self.recording.journal
        moment = journal.moments[told.at]
        if timed:
            return journal.has(target, moment, told.by_id or 0)
        return journal.has_on(target, moment, told.outcome)

    def _try(self, row: Row, person: int, at: datetime) -> Try:
        answers = {
            name.removeprefix(ANSWER): row[name] for name in row if name.startswith(ANSWER) and row[name]
        }
        return Try(
            Outcome(row["outcome"]),
            at,
            person,
            Method(row["method"]) if row.get("method") else None,
            self._callback(row, at),
            row.get("evidence") or (),
            answers,
            note=row.get("note"),
        )

    def _callback(self, row: Row, at: datetime) -> datetime | None:
        value = row.get("callback")
        if value is None:
            return next_morning(at) if row["outcome"] == Outcome.CALLBACK else None
        if isinstance(value, datetime):
            return value
        later = datetime.combine(at.date(), value)
        return later if later > at else later + timedelta(days=1)

    def _write(self) -> None:
        if len(self.recording) >= GATHERED and not self._bare and self._is_first:
            self._bare = True
            drop_indexes(self.session.connection(), TABLE)
        self.recording.write()

    def finish(self) -> None:
        """Write what is left."""
        self._write()
        # Nothing that a dry run writes is ever looked for.
        if self._bare and not run().given.dry_run:
            create_indexes(self.session.connection(), TABLE)


def is_number(text: str) -> bool:
    """Whether a text is the number of a household: BINHU-H00012."""
    return "-H" in text.upper()


def _without_outcome(row: Row) -> Verdict:
    """What becomes of a row without an outcome: nobody has filled it in, or what was written would be lost."""
    answers = (name for name in row if name.startswith(ANSWER))
    at = row.get("at")
    # A day alone may stand above the table, for all rows.
    timed = at.time() != time() if isinstance(at, datetime) else at is not None
    if timed or any(row.get(name) for name in (*WRITTEN, *answers)):
        return Rejected("outcome", MissingValue(field=_(NC_("attempt", "Outcome"))))
    return PassedOver("no_result")


def _aside(batch: Batch) -> set[int]:
    """The places of rows that say more than who was tried, when, by whom and what came of it, or less."""
    names = [name for name in batch.columns if name == "evidence" or name.startswith(ANSWER)]
    more = {place for name in names for place, value in enumerate(batch[name]) if value}
    if NoneType in set(map(type, batch["at"])):
        more |= {place for place, value in enumerate(batch["at"]) if value is None}
    return more


def _methods(values: Sequence[Any]) -> Sequence[str | None]:
    """How each was made, as it is stored; most sheets do not say."""
    return [value and Method(value).value for value in values] if any(values) else values


class _Targets(dict[str, "int | Rejected"]):
    """The target that each text of the column means, or why there is none: a dictionary that fills itself."""

    def __init__(self, writer: AttemptWriter) -> None:
        super().__init__()
        self.writer = writer

    def __missing__(self, text: str) -> int | Rejected:
        number = target_number(text)
        if number in self.writer.recording.spots:
            target: int | Rejected = number
        else:
            target = self._found(text)
        self[text] = target
        return target

    def _found(self, text: str) -> int | Rejected:
        try:
            return find_target(self.writer.session, self.writer.campaign, text).id
        except NotFound as error:
            return Rejected("target", error.with_traceback(None))
        except VolunteerError as error:
            return Rejected(None, error.with_traceback(None))


class _People(dict["str | None", "int | Rejected | None"]):
    """The person whom each name means, or why there is none: a dictionary that fills itself."""

    def __init__(self, session: Session) -> None:
        super().__init__({None: None})
        self.session = session

    def __missing__(self, name: str) -> int | Rejected | None:
        try:
            person: int | Rejected = find_person(self.session, name, exact=True).id
        except VolunteerError as error:
            person = Rejected("by", error.with_traceback(None))
        self[name] = person
        return person


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
    one_of=(("outcome",),),
)
