"""What sheets of hours and sign-in sheets may bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.database import create_indexes, drop_indexes
from volunteer_cli.core.errors import DurationRefused, MissingValue, NotFound, RuleError, VolunteerError
from volunteer_cli.core.history import table_of, update_rows
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.settings import settings
from volunteer_cli.events import rules as event_rules
from volunteer_cli.events.models import Event
from volunteer_cli.events.queries import event_titles, find_event
from volunteer_cli.events.sheet import CODES, DAYS, TITLES, EventRegister
from volunteer_cli.events.terms import EventStatus
from volunteer_cli.hours import queries
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.rules import add_records, late_before
from volunteer_cli.hours.rules.closing import PeriodClosed
from volunteer_cli.hours.rules.diary import Diary, Meeting
from volunteer_cli.hours.rules.recording import Entry, HoursOverlap, described, require_service
from volunteer_cli.hours.rules.times import Ahead, Clock, Disagrees, EndsFirst, OtherDay, Times, times_of
from volunteer_cli.hours.terms import EVIDENCES, OPEN, Evidence, HoursStatus
from volunteer_cli.intake import parsers
from volunteer_cli.intake.errors import DuplicateInFile
from volunteer_cli.intake.locating import squeezed
from volunteer_cli.intake.sheet import (
    NEW,
    SAME,
    UPDATED,
    Batch,
    Field,
    Importing,
    Rejected,
    Row,
    Sheet,
    Verdict,
    Writer,
)
from volunteer_cli.people.matching import NAMING, Roster
from volunteer_cli.people.sheet import BIRTH, ID_NUMBER, NAME, PHONE, TEAMS, VOLUNTEER_NO
from volunteer_cli.teams.matching import TeamRegister
from volunteer_cli.teams.queries import team_names

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

EVIDENCE_WORDS = {
    Evidence.SCANNED.value: ("扫码", "扫码签到", "设备", "打卡"),
    Evidence.SIGNED.value: ("签到表", "签到", "签名"),
    Evidence.REPORTED.value: ("自报", "本人申报"),
    Evidence.BACKFILLED.value: ("补录", "补登"),
}
STARTS = (
    "签到时间",
    "sign in",
    "sign-in time",
    "check-in time",
    "arrival",
    "签到",
    "开始时间",
    "服务开始时间",
    "到岗时间",
    "到岗",
    "start",
    "start time",
    "check-in",
    "signed in",
    "time in",
)
ENDS = (
    "签退时间",
    "sign out",
    "sign-out time",
    "check-out time",
    "departure",
    "签退",
    "结束时间",
    "服务结束时间",
    "finish",
    "离岗时间",
    "离岗",
    "end",
    "end time",
    "check-out",
    "signed out",
    "time out",
)
LENGTHS = (
    "服务时长",
    "时长",
    "工时",
    "小时",
    "小时数",
    "服务小时",
    "服务时间小时",
    "服务时间分钟",
    "服务时间h",
    "服务时间min",
    "hours",
    "hours served",
    "duration",
    "minutes",
)
WORKS = ("服务内容", "内容", "事项", "服务事项", "工作内容", "work", "task", "activity done")
#: What the heading of a column of starts says when people signed in themselves, and what the title says.
SIGNED_IN = ("签到", "checkin", "checkedin", "signin", "signedin", "timein")
SIGN_IN_SHEETS = ("签到表", "签到簿", "签到册", "签到记录", "signinsheet", "attendancesheet")
FIELDS = (
    NAME,
    PHONE,
    VOLUNTEER_NO,
    ID_NUMBER,
    BIRTH,
    Field("event", N_("Event"), TITLES, parsers.text, above=True),
    Field("code", N_("Code"), CODES, parsers.text, above=True),
    Field(
        "date",
        N_("Date"),
        (*DAYS, "服务日期", "服务时间", "service date", "date of service"),
        parsers.day,
        above=True,
    ),
    Field("start", N_("Start"), STARTS, parsers.clock),
    Field("end", N_("End"), ENDS, parsers.ending),
    Field("minutes", N_("Duration"), LENGTHS, parsers.minutes),
    Field("work", N_("Work"), WORKS, parsers.text, above=True),
    Field("team", N_("Team"), TEAMS, parsers.text, above=True),
    Field("place", N_("Place"), ("地点", "活动地点", "服务地点", "place", "venue"), parsers.text, above=True),
    Field(
        "evidence",
        N_("Evidence"),
        ("记录方式", "证明方式", "evidence"),
        parsers.choice(EVIDENCE_WORDS, EVIDENCES),
    ),
)
#: Fields of a row beside those that name the person and the event, in the order of `HoursWriter._judge`.
GIVEN = ("date", "start", "end", "minutes", "work", "evidence")
#: Fields that say when.
TIMING = ("start", "end", "minutes")
#: Fields that say what a row is recorded under.
PLACING = ("event", "code", "team", "date", "place")
#: Records that are gathered before they are written.
GATHERED = 20_000

Span = tuple[int | None, int | None, int]


class OverlapInFile(RuleError):
    """{person} serves at that time already in row {row} of this file"""

    code = "overlap"


@dataclass(slots=True)
class Place:
    """What rows are recorded under: an event, a team, or neither.

    `made` is what the file says of an event that it makes, which happens with its first good row.
    """

    event_id: int | None = None
    team_id: int | None = None
    community_id: int | None = None
    title: str | None = None
    day: date | None = None
    made: Made | None = None


@dataclass(slots=True)
class Made:
    """An event that the file makes, and when its rows begin and end, in minutes of its day."""

    title: str
    day: date
    where: str | None = None
    event_id: int | None = None
    first: int | None = None
    last: int | None = None

    def stretch(self, start: int | None, end: int | None) -> None:
        """Take in the times of one more row."""
        if start is not None:
            self.first = start if self.first is None else min(self.first, start)
        if end is not None:
            self.last = end if self.last is None else max(self.last, end)


def is_signed(importing: Importing) -> bool:
    """Whether a file is a sign-in sheet, by the heading of its starts or by what stands above."""
    said = (importing.headings.get("start", ""), importing.title)
    heading, title = (squeezed(text).casefold().replace("-", "") for text in said)
    return any(word in heading for word in SIGNED_IN) or any(word in title for word in SIGN_IN_SHEETS)


class HoursWriter(Writer):
    """Records service by the rules of the command, a million rows as well as one.

    Each row is judged by dictionaries in memory and written with thousands of others: what a day, a pair
    of times or an event means is worked out once for all the rows that say the same.
    """

    fields = FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.people = Roster(session, importing.community.id)
        self.diary = Diary(session)
        self.days = Days(session, importing.today)
        self.places = Places(session, importing)
        signed = is_signed(importing)
        self.spans = Spans(timed=signed or "minutes" not in importing.mapped)
        self.actor = settings().actor
        self.evidence = (Evidence.SIGNED if signed else Evidence.REPORTED).value
        self._entries: list[Entry] = []
        self._bare = False
        """Whether the first large import into an empty table goes on, which has its indexes built at the end."""
        self._changes: dict[int, dict[str, Any]] = {}
        self._met: list[tuple[int, int, Place]] = []
        self._met_in: dict[int, int] = {}
        """Rows of the file that met stored records, by the ids of these."""

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row, people and their earlier records being looked up together."""
        people = self.people.find_all(batch)
        self.diary.load_all(person for person in people if isinstance(person, int))
        columns = (batch.numbers, people, self.places.of(batch), *(batch[name] for name in GIVEN))
        verdicts: list[Verdict] = []
        for row in zip(*columns, strict=True):
            try:
                verdicts.append(self._judge(len(verdicts), *row))
            except Rejected as rejected:
                verdicts.append(self._refused(batch, len(verdicts), rejected))
        self._settle(verdicts)
        if len(self._entries) >= GATHERED:
            self._write()
        return verdicts

    def _judge(
        self,
        position: int,
        number: int,
        person: int | Rejected,
        place: Place | Rejected,
        day: date | None,
        start: Clock | None,
        end: Clock | None,
        minutes: int | None,
        work: str | None,
        evidence: str | None,
    ) -> Verdict:
        if isinstance(person, Rejected):
            raise person
        if isinstance(place, Rejected):
            raise place
        day, first, last, length = self.spans.read(day or place.day, start, end, minutes)
        ordinal, late = self.days[day]
        named = self.diary.number(ordinal, first, length, work or place.title)
        if self.diary.begun and (begun := self.diary.begun_at(person, named)) and last is not None:
            return self._ended(person, named, number, begun, (last, length))
        community_id = place.community_id or self.people.by_id[person].community_id
        if self.days.closings and self.diary.met(person, named, timed=last is not None) is None:
            self.days.require_open(community_id, day)
        met = self.diary.enter(person, named, number, timed=last is not None)
        if met is not None:
            return self._meets(position, number, person, met, place)
        if place.made is not None:
            self.places.make(place, first, last)
        self._entries.append(
            (
                community_id,
                person,
                place.event_id,
                place.team_id,
                day,
                first,
                last,
                length,
                evidence or self.evidence,
                PENDING if length else NEEDS_REVIEW,
                late,
                work,
                self.actor,
                None,
                None,
            )
        )
        return NEW

    def _refused(self, batch: Batch, place: int, rejected: Rejected) -> Rejected:
        """The first fault from the left of a row for which one was found."""
        row = {name: values[place] for name, values in batch.columns.items()}
        return self.first([rejected, *self.faults(row)])

    def faults(self, row: Row, unread: AbstractSet[str] = frozenset()) -> Iterator[Rejected]:
        """Whom, what and when a row names in vain."""
        if unread.isdisjoint(NAMING):
            person = self.people.answer(*(row.get(name) for name in NAMING))
            yield from (person,) if isinstance(person, Rejected) else ()
        row = {**row, "date": day_of(row.get("date"), row.get("start"))}
        place = self.places.find(*(row.get(name) for name in PLACING)) if unread.isdisjoint(PLACING) else None
        yield from (place,) if isinstance(place, Rejected) else ()
        day = row.get("date") or (place.day if isinstance(place, Place) else None)
        if day and (ahead := self.days.ahead(day)):
            yield ahead
        if unread.isdisjoint(TIMING):
            found = self.spans.faults(day, *(row.get(name) for name in TIMING))
            yield from (fault for fault in found if fault.field != "date" or isinstance(place, Place))

    def _meets(self, position: int, number: int, person: int, met: Meeting, place: Place) -> Verdict:
        """The verdict on a row that is a record already, or overlaps one."""
        if met.same and met.id is not None:
            first = self._met_in.setdefault(met.id, number)
            if first != number:
                return Rejected(None, DuplicateInFile(row=first))
            self.matched += 1
            if place.event_id or place.team_id:
                self._met.append((position, met.id, place))
            return SAME
        if met.same:
            return Rejected(None, DuplicateInFile(row=met.row))
        name = self.people.by_id[person].name
        if met.row is not None:
            return Rejected(None, OverlapInFile(person=name, row=met.row))
        other = described(self.session.get_one(HoursRecord, met.id))
        return Rejected(None, HoursOverlap(person=name, person_id=person, other=other))

    def _ended(self, person: int, named: int, number: int, key: int, times: tuple[int, int]) -> Verdict:
        """A row with an end for a stored record that had none: it is pending from now on."""
        met = self.diary.enter(person, named, number, timed=True)
        if met is not None:
            return self._meets(0, number, person, met, NOWHERE)
        self.matched += 1
        self.diary.end(person, named)
        self._changes[key] = {"end_minute": times[0], "minutes": times[1], "status": PENDING}
        return UPDATED

    def _settle(self, verdicts: list[Verdict]) -> None:
        """Fill or change the event and team of undecided records that rows of this batch have met."""
        if not self._met:
            return
        stored = {
            row.id: row for row in queries.records_of(self.session, {key for _place, key, _p in self._met})
        }
        events = event_titles(self.session, {row.event_id for row in stored.values() if row.event_id})
        teams = team_names(self.session, {row.team_id for row in stored.values() if row.team_id})
        for position, key, place in self._met:
            row = stored[key]
            if row.status in OPEN:
                known = {"event": events.get(row.event_id), "team": teams.get(row.team_id)}
                verdicts[position] = self._filled(key, known, place)
        self._met = []

    def _filled(self, key: int, known: dict[str, Any], place: Place) -> Verdict:
        said = {"event": place.title, "team": self.places.team_name(place)}
        try:
            changed = self.settled(known, said)
        except Rejected as rejected:
            return rejected.with_traceback(None)
        if not changed:
            return SAME
        ids = {"event": place.event_id, "team": place.team_id}
        self._changes.setdefault(key, {}).update({f"{name}_id": ids[name] for name in changed})
        return UPDATED

    def _write(self) -> None:
        if self.diary.nothing_stored and not self._bare and len(self._entries) >= GATHERED:
            self._bare = True
            drop_indexes(self.session.connection(), TABLE)
        update_rows(self.session, HoursRecord, self._changes)
        add_records(self.session, self._entries)
        self._entries, self._changes = [], {}

    def finish(self) -> None:
        """Write what is left, and give the events that were made their times."""
        self._write()
        if self._bare:
            create_indexes(self.session.connection(), TABLE)
        self.remarks += self.places.finish()


TABLE = table_of(HoursRecord)
PENDING, NEEDS_REVIEW = HoursStatus.PENDING.value, HoursStatus.NEEDS_REVIEW.value
NOWHERE = Place()


class Spans(dict[tuple[Any, ...], Span]):
    """What pairs of times and durations mean, each worked out once.

    Attributes:
        timed: whether a row that has neither lacks its start, as on a sign-in sheet, and not its duration.
    """

    def __init__(self, *, timed: bool) -> None:
        super().__init__()
        self.timed = timed

    def read(
        self, day: date | None, start: Clock | None, end: Clock | None, minutes: int | None
    ) -> tuple[date, int | None, int | None, int]:
        """The day, start, end and minutes of a row.

        Raises:
            Rejected: they contradict each other, or something is missing.
        """
        if isinstance(start, datetime) or isinstance(end, datetime):
            times = self._times(day, start, end, minutes)
            return times.on, times.start, times.end, times.minutes
        if day is None:
            raise Rejected("date", MissingValue(field=_("Date")))
        return day, *self[start, end, minutes]

    def faults(
        self, day: date | None, start: Clock | None, end: Clock | None, minutes: int | None
    ) -> Iterator[Rejected]:
        """What is wrong with the times of a row, and with its day."""
        moments = isinstance(start, datetime) or isinstance(end, datetime)
        if day is None and not moments:
            yield Rejected("date", MissingValue(field=_("Date")))
        try:
            self.read(day if moments else day or SOME_DAY, start, end, minutes)
        except Rejected as rejected:
            yield rejected

    def __missing__(self, key: tuple[Any, ...]) -> Span:
        times = self._times(SOME_DAY, *key)
        given = self[key] = times.start, times.end, times.minutes
        return given

    def _times(self, day: date | None, start: Clock | None, end: Clock | None, minutes: int | None) -> Times:
        try:
            return times_of(day, start, end, minutes)
        except MissingValue as error:
            raise self._lacking(day, end, error) from error
        except (Disagrees, DurationRefused) as error:
            raise Rejected("minutes" if minutes is not None else "end", error) from error
        except OtherDay as error:
            raise Rejected("start", error) from error
        except EndsFirst as error:
            raise Rejected("end" if end else "minutes", error) from error

    def _lacking(self, day: date | None, end: Clock | None, error: MissingValue) -> Rejected:
        """The refusal of a row that does not say enough."""
        if day is None:
            return Rejected("date", error)
        if end or self.timed:
            return Rejected("start", MissingValue(field=_("Start")))
        return Rejected("minutes", error)


#: Times without a day are the same on all days.
SOME_DAY = date(2000, 1, 1)


class Days(dict[date, tuple[int, bool]]):
    """What days mean, each worked out once: the ordinal, and whether its service is recorded late."""

    def __init__(self, session: Session, today: date) -> None:
        super().__init__()
        self.today = today
        self.late_before = late_before(session, today)
        self.closings = queries.closings(session)

    def ahead(self, day: date) -> Rejected | None:
        """The refusal of a day that has not come yet."""
        return Rejected("date", Ahead(day=day)) if day > self.today else None

    def __missing__(self, day: date) -> tuple[int, bool]:
        if ahead := self.ahead(day):
            raise ahead
        self[day] = day.toordinal(), day < self.late_before
        return self[day]

    def require_open(self, community_id: int | None, day: date) -> None:
        """Refuse a day whose figures are closed; raises Rejected."""
        for closed in self.closings:
            if closed.community_id == community_id and closed.first_on <= day <= closed.last_on:
                raise Rejected("date", PeriodClosed(day=day))


def day_of(day: date | None, start: Clock | None) -> date | None:
    """The day of a row, which a start that is a day and time may tell."""
    return day or (start.date() if isinstance(start, datetime) else None)


class Places:
    """What the events and teams of rows are, each worked out once."""

    def __init__(self, session: Session, importing: Importing) -> None:
        self.session = session
        self.importing = importing
        self._made: dict[tuple[str, date], Made] = {}
        self._named = bool({"event", "code", "team"} & importing.mapped)
        self._known: dict[tuple[Any, ...], Place | Rejected] = {}
        self._event = find_event(session, importing.options.event) if importing.options.event else None
        self._events: EventRegister | None = None
        self._teams: TeamRegister | None = None
        self._team_names: dict[int | None, str] = {}

    def of(self, batch: Batch) -> Sequence[Place | Rejected]:
        """The place of each row."""
        if not self._named and self._event is None:
            return [NOWHERE] * len(batch)
        columns = {name: batch[name] for name in PLACING}
        if None in columns["date"]:
            columns["date"] = list(map(day_of, columns["date"], batch["start"]))
        return [self.find(*key) for key in zip(*columns.values(), strict=True)]

    def find(self, *said: Any) -> Place | Rejected:
        """The place that the fields of `PLACING` say."""
        if said not in self._known:
            try:
                self._known[said] = self._found(*said)
            except Rejected as rejected:
                # Without a day an event may be meant that the file is still to make.
                return rejected.with_traceback(None)
            except VolunteerError as error:
                self._known[said] = Rejected("event", error)
        return self._known[said]

    def _found(
        self, title: str | None, code: str | None, team: str | None, day: date | None, where: str | None
    ) -> Place:
        place = self._of_event(title, code, day, where)
        if team:
            place.team_id = self._team(team)
            place.community_id = place.community_id or self.importing.community.id
        return place

    def _of_event(self, title: str | None, code: str | None, day: date | None, where: str | None) -> Place:
        if self._event is None and not title and not code:
            return Place()
        event = self._event or self._registered(title, code, day)
        if event is None:
            return self._to_make(title or "", day or self._only_day(title) or SOME_DAY, where)
        require_service(event)
        return Place(event.id, event.team_id, event.community_id, event.title, event.starts_at.date())

    def _registered(self, title: str | None, code: str | None, day: date | None) -> Event | None:
        """The event that a row names; None for one that the file is to make."""
        if self._events is None:
            self._events = EventRegister(self.session, self.importing.community.id)
        try:
            return self.session.get_one(Event, self._events.find(title, code, day))
        except Rejected as rejected:
            makes = self.importing.options.create_events and not code and (day or self._only_day(title))
            if makes and isinstance(rejected.error, NotFound):
                return None
            raise

    def _only_day(self, title: str | None) -> date | None:
        """The day of the one event of this title that the file makes."""
        days = [day for name, day in self._made if name == title]
        return days[0] if len(days) == 1 else None

    def _to_make(self, title: str, day: date, where: str | None) -> Place:
        """A place at the one new event of this title and day, whatever else the rows say."""
        made = self._made.setdefault((title, day), Made(title, day, where))
        return Place(None, None, self.importing.community.id, title, day, made)

    def _team(self, name: str) -> int:
        if self._teams is None:
            self._teams = TeamRegister(self.session, self.importing, create=False)
        self._teams.require([name])
        key = self._teams.id_of(name)
        self._team_names[key] = name
        return key

    def team_name(self, place: Place) -> str | None:
        """The team that rows named themselves; the team of their event goes without saying."""
        return self._team_names.get(place.team_id)

    def make(self, place: Place, start: int | None, end: int | None) -> None:
        """Add the event of a first good row, and stretch it to the times of every one."""
        made = place.made
        if made is None:
            return
        made.stretch(start, end)
        if made.event_id is None:
            made.event_id = self._added(made).id
        place.event_id = made.event_id

    def _added(self, made: Made) -> Event:
        """The event, as long as its whole day until all of its rows are known."""
        midnight = datetime.combine(made.day, time())
        return event_rules.add_event(
            self.session,
            self.importing.community,
            title=made.title,
            place=made.where,
            status=EventStatus.DONE,
            starts_at=midnight,
            ends_at=midnight + timedelta(days=1),
        )

    def finish(self) -> list[str]:
        """Give the events that were made the time from their first start to their last end."""
        made = [each for each in self._made.values() if each.event_id is not None]
        for each in made:
            event = self.session.get_one(Event, each.event_id)
            midnight = event.starts_at
            if each.first is not None:
                event.starts_at = midnight + timedelta(minutes=each.first)
            if each.last is not None:
                event.ends_at = midnight + timedelta(minutes=each.last)
        self.session.flush()
        if not made:
            return []
        return [_("Events added: {titles}").format(titles=_(", ").join(each.title for each in made))]


HOURS = Sheet(
    "hours",
    N_("Hours"),
    FIELDS,
    HoursWriter,
    one_of=(("start", "minutes"),),
)
