"""What sheets of events and of sign-ups may bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select

from volunteer_cli.core.errors import Ambiguous, MissingValue, NotFound, UsageFault, VolunteerError
from volunteer_cli.core.i18n import N_, _, listed, ngettext
from volunteer_cli.core.run import run
from volunteer_cli.core.steps import StepAhead
from volunteer_cli.core.text import name_key
from volunteer_cli.events import fields, queries, rules
from volunteer_cli.events.fields import CODES, DAYS, TITLES
from volunteer_cli.events.models import Event, Shift
from volunteer_cli.events.rules.planning import NoLength, checked_end
from volunteer_cli.events.terms import HOLDING, EventStatus
from volunteer_cli.fields.sheet import OwnColumns, stored_fields
from volunteer_cli.fields.terms import Noun
from volunteer_cli.intake import parsers, spans
from volunteer_cli.intake.declared import brought
from volunteer_cli.intake.errors import DuplicateInFile
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
    fault_of,
)
from volunteer_cli.intake.standing import STANDING
from volunteer_cli.people.archived_sheet import Returning
from volunteer_cli.people.matching import NAMING, Roster
from volunteer_cli.people.sheet import TELLING_FIELDS
from volunteer_cli.teams.fields import HEADINGS as TEAM_HEADINGS
from volunteer_cli.teams.matching import TeamRegister

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

T = TypeVar("T")
EVENT_FIELDS = (
    brought(fields.TITLE, required=True),
    brought(fields.CODE),
    brought(fields.KIND),
    Field("team", N_("Team"), (*TEAM_HEADINGS, "主办队伍", "承办队伍", "组织单位"), parsers.text),
    brought(fields.CATEGORY),
    Field("date", N_("Date"), DAYS, spans.day, above=True, fills=("date", "start", "end")),
    Field(
        "start",
        N_("Start"),
        (
            "开始时间",
            "活动开始时间",
            "开始",
            "时间",
            "起止时间",
            "时间段",
            "start",
            "starts at",
            "start time",
            "time",
        ),
        spans.clock,
        required=True,
        fills=("date", "start", "end"),
        labelled=parsers.in_part_of_day,
    ),
    Field(
        "end",
        N_("End"),
        ("结束时间", "活动结束时间", "结束", "end", "ends at", "end time"),
        parsers.ending,
        required=True,
        labelled=parsers.in_part_of_day,
    ),
    brought(fields.PLACE, above=True),
    Field("capacity", N_("Places"), ("名额", "人数上限", "capacity", "places"), parsers.number),
    brought(fields.LEADER),
    brought(fields.STATUS),
)
SIGNUP_FIELDS = (
    *TELLING_FIELDS,
    Field("event", N_("Event"), TITLES, parsers.text, above=True),
    Field("code", N_("Code"), CODES, parsers.word, above=True),
    Field("date", N_("Date"), (*DAYS, "活动开始时间", "开始时间", "start"), parsers.day, above=True),
    Field("shift", N_("Shift"), ("班次", "时段", "shift"), parsers.word),
    Field(
        "signed_up_at",
        N_("Signed up at"),
        (
            *("报名时间", "报名日期", "提交时间", "提交答卷时间", "填写时间"),
            *("signed up at", "sign up time", "submitted at", "submission time", "timestamp"),
        ),
        parsers.moment,
    ),
    STANDING,
)


class EventRegister:
    """The events of a community by what a sheet calls them."""

    def __init__(self, session: Session, community_id: int) -> None:
        self.session = session
        self.by_code: dict[str, int] = {}
        self.by_title: dict[str, list[tuple[int, datetime, bool]]] = {}
        columns = (Event.id, Event.code, Event.title, Event.starts_at, Event.status)
        query = select(*columns).where(Event.community_id == community_id, Event.archived_on.is_(None))
        for key, code, title, starts_at, status in session.execute(query.order_by(Event.id)):
            self.note(key, code, title, starts_at, ahead=status == EventStatus.OPEN)

    def note(
        self, key: int, code: str | None, title: str, starts_at: datetime, *, ahead: bool = False
    ) -> None:
        """Take in an event."""
        if code:
            self.by_code[code] = key
        self.by_title.setdefault(name_key(title), []).append((key, starts_at, ahead))

    def at(self, title: str, starts_at: datetime) -> int | None:
        """The event of this title that begins then, if there is one."""
        return next(
            (key for key, start, _ahead in self.by_title.get(name_key(title), []) if start == starts_at), None
        )

    def find(self, title: str | None, code: str | None, day: date | None) -> int:
        """The event that a row names by code, else by title and day, else by a title that is open once.

        A title that no event has may be a code.

        Raises:
            Rejected: none, or several.
        """
        if code:
            # By its code, whatever the row calls it: titles are mistyped, codes are copied.
            return self._only("code", code, self._coded(code))
        events = self.by_title.get(name_key(title or ""), [])
        if not events:
            return self._only("event", title, self._coded(title or ""))
        if day:
            return self._only("event", title, [key for key, start, _open in events if start.date() == day])
        open_now = [key for key, _start, ahead in events if ahead]
        # A title that comes back every month means the one that people can sign up for now.
        keys = open_now if len(open_now) == 1 else [key for key, *_rest in events]
        return self._only("event", title, keys)

    def _coded(self, code: str) -> list[int]:
        key = self.by_code.get(code.lower())
        return [] if key is None else [key]

    def _only(self, field: str, text: str | None, keys: Sequence[int]) -> int:
        if len(keys) == 1:
            return keys[0]
        if keys:
            raise Rejected(field, Ambiguous(kind=_("event"), text=text, candidates=listed(keys)))
        hint = N_("Import or add the event first: volunteer event add TITLE --start DATETIME --end DATETIME")
        raise Rejected(field, NotFound(kind=_("event"), text=text or "", hint=hint))


class EventWriter(Writer):
    """Adds events, and fills or changes what is on file of those that are there."""

    fields: tuple[Field, ...] = EVENT_FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        self.events = EventRegister(session, importing.community.id)
        self.teams = TeamRegister(session, importing, create=False)
        self.people: Roster | None = None
        self.own = OwnColumns(session, Noun.EVENT)
        self.fields = (*self.fields, *self.own.fields)
        self._seen: dict[int, int] = {}

    def row(self, number: int, row: Row) -> str:
        """New, updated or the same; raises Rejected."""
        values = self._values(row)
        key = self._key(row, values["starts_at"])
        # Of two rows for one event nobody can say which holds.
        if key in self._seen:
            raise Rejected(None, DuplicateInFile(row=self._seen[key]))
        if key is None:
            event = rules.add_event(self.session, self.importing.community, **values)
            self.events.note(event.id, event.code, event.title, event.starts_at)
            self.own.give(event, self.own.of(row))
            self._seen[event.id] = number
            return NEW
        self.matched += 1
        verdict = self._updated(self.session.get_one(Event, key), values, row)
        self._seen[key] = number
        return verdict

    def _key(self, row: Row, starts_at: datetime) -> int | None:
        """The event that is there already: by its code, else by title and beginning."""
        code = row.get("code")
        by_code = self.events.by_code.get(code.lower()) if code else None
        # A title alone is no event: the same one takes place each month.
        return by_code or self.events.at(row["title"], starts_at)

    def _values(self, row: Row) -> dict[str, Any]:
        """What the rule of adding takes, less what the row leaves blank."""
        starts_at, ends_at = _times(row)
        team, leader = row.get("team"), row.get("leader")
        if team:
            self.teams.require([team])
        values = {
            "title": row["title"], "code": row.get("code"), "kind": row.get("kind"), "category": row.get("category"),
            "place": row.get("place"), "capacity": row.get("capacity"), "status": row.get("status"),
            "team_id": self.teams.id_of(team) if team else None, "leader_id": self._leader(leader),
            "starts_at": starts_at, "ends_at": ends_at,
        }  # fmt: skip
        # A blank cell leaves the rule its default.
        return {name: value for name, value in values.items() if value is not None}

    def faults(self, row: Row, unread: AbstractSet[str] = frozenset()) -> Iterator[Rejected]:
        """The times, the team and the leader that cannot be those of an event."""
        if unread.isdisjoint(("date", "start", "end")):
            yield from fault_of(_times, row)
        if row.get("team"):
            yield from fault_of(self.teams.require, [row["team"]])
        yield from fault_of(self._leader, row.get("leader"))

    def _leader(self, name: str | None) -> int | None:
        if name is None:
            return None
        # Only when a leader is named: to know everybody of a district takes a second.
        self.people = self.people or Roster(self.session, self.importing.community.id)
        try:
            return self.people.find(name)
        except Rejected as rejected:
            raise Rejected("leader", rejected.error) from rejected

    def _updated(self, event: Event, values: dict[str, Any], row: Row) -> str:
        stored = {name: getattr(event, name) for name in values}
        try:
            changes = self.settled(stored, values)
        except Rejected as rejected:
            raise Rejected(COLUMNS.get(rejected.field or "", rejected.field), rejected.error) from rejected
        own = self.own.changes(self, event.id, row)
        if changes:
            self._edit(event, changes)
        self.own.give(event, own)
        return UPDATED if changes or own else SAME

    def _edit(self, event: Event, changes: dict[str, Any]) -> None:
        """Change an event through its rule; a refusal leaves it and its shifts as they were."""
        records = (event, *queries.shifts(self.session, event.id))
        before = [(record, name, value) for record in records for name, value in _columns(record)]
        # Last of all, for the rule refuses times of an event that is done.
        status = changes.pop("status", None)
        try:
            moved = rules.edit_event(self.session, event, now=run().clock.now, **changes)
        except VolunteerError:
            # The rule writes as it checks; a row that is refused must leave nothing for the next one to meet.
            for record, name, value in before:
                setattr(record, name, value)
            self.session.flush()
            raise
        rules.tell_later(self.session, moved)
        event.status = status or event.status

    def finish(self) -> None:
        """Write the teams that were added, and what the rows brought into custom fields."""
        self.own.write()
        self.teams.write()
        self.remarks += self.teams.remarks()


#: The field of a sheet that holds a column of an event, where the two have different names.
COLUMNS = {"starts_at": "start", "ends_at": "end", "team_id": "team", "leader_id": "leader"}


def _columns(record: Any) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(record, name)) for name in record.__table__.columns.keys())  # noqa: SIM118 - columns are no mapping


def _moment(row: Row, clock: time | datetime) -> datetime:
    """The moment that a cell means; a time alone is on the day of the row."""
    if isinstance(clock, datetime):
        return clock
    if row.get("date") is None:
        raise Rejected("date" if "date" in row else "start", MissingValue(field=_("Date")))
    return datetime.combine(row["date"], clock)


def _times(row: Row) -> tuple[datetime, datetime]:
    """Start and end of a row as the rule has them, a fault being the cell's."""
    starts_at = _moment(row, row["start"])
    ends_at = _moment({"date": starts_at.date()}, row["end"])
    try:
        return starts_at, checked_end(row.get("title") or "", starts_at, ends_at)
    except NoLength as error:
        raise Rejected("end", error) from error


class EventNeeded(UsageFault):
    """Say which event the sign-ups are for"""

    code = "event_needed"
    hint = N_(
        "Add --event with the code of one, or a column with the titles. List them: volunteer event list"
    )


def accepted(answer: T | Rejected) -> T:
    """What was looked up for a row; raises Rejected where it was not found."""
    if isinstance(answer, Rejected):
        raise answer
    return answer


class SignupWriter(Writer):
    """Signs people up in the order of the file, by the same ladder as the command."""

    fields = SIGNUP_FIELDS

    def __init__(self, session: Session, importing: Importing) -> None:
        super().__init__(session, importing)
        if importing.options.own["event"] is None and importing.mapped.isdisjoint(("event", "code")):
            raise EventNeeded
        self.events = EventRegister(session, importing.community.id)
        self.people = Roster(session, importing.community.id)
        self.returning = Returning(session, importing, self.people)
        named = importing.options.own["event"]
        self.event = queries.find_event(session, named) if named else None
        self._seen: dict[tuple[int, int, str | None], int] = {}
        self._waiting = 0
        self.signing_up = rules.SigningUp(session, run().clock.now)
        self._events: dict[int, Event] = {}
        self._shifts: dict[tuple[int, str], Shift] = {}

    def take(self, batch: Batch) -> Sequence[Verdict]:
        """A verdict for each row, people being looked up together; who signed up first is first in the line."""
        rows, people = list(batch.rows()), self.people.find_all(batch)
        events = [self._event(row) for _number, row in rows]
        self._read(events, people)
        verdicts: dict[int, Verdict] = {}
        for place in self._in_turn(batch, rows):
            verdicts[place] = self._take(*rows[place], people[place], events[place])
        self.signing_up.write()
        return [verdicts[place] for place in range(len(rows))]

    def _in_turn(self, batch: Batch, rows: Sequence[tuple[int, Row]]) -> Sequence[int]:
        """The places of rows in the order in which people asked, which is that of the file unless it says when."""
        places = range(len(rows))
        if "signed_up_at" not in batch.columns:
            return places
        # A form sorts by name as easily as by time, and the last place is for who asked first.
        return sorted(places, key=lambda place: self._asked_at(rows[place][1]))

    def _read(self, events: Iterable[Event | Rejected], people: Iterable[int | Rejected]) -> None:
        """Read all that the rules ask of those whom a batch names: no row needs a query of its own then."""
        keys = {event.id for event in events if not isinstance(event, Rejected)}
        named = {person for person in people if not isinstance(person, Rejected)}
        self.signing_up.read(keys, named)

    def _asked_at(self, row: Row) -> datetime:
        """When a row was signed up; without a time that is now."""
        at = row.get("signed_up_at")
        if at is None:
            return run().clock.now
        return at if isinstance(at, datetime) else datetime.combine(self.importing.today, at)

    def knows(self, name: str) -> bool:
        """Whether somebody of this name is on file."""
        return name in self.people.by_name

    def _take(self, number: int, row: Row, person: int | Rejected, event: Event | Rejected) -> Verdict:
        try:
            return self._signed_up(number, row, accepted(person), accepted(event))
        except Rejected as rejected:
            return self.first([rejected, *self.faults(row)])
        except VolunteerError as error:
            return Rejected(None, error)

    def faults(self, row: Row, unread: AbstractSet[str] = frozenset()) -> Iterator[Rejected]:
        """Whom and which event a row names in vain."""
        if unread.isdisjoint(NAMING):
            person = self.people.answer(**{name: row.get(name) for name in NAMING})
            yield from (person,) if isinstance(person, Rejected) else ()
        if self.event is None and unread.isdisjoint(("event", "code", "date")):
            yield from fault_of(self._event_named, row)

    def _signed_up(self, number: int, row: Row, person_id: int, event: Event) -> str:
        place = (event.id, person_id, row.get("shift"))
        if place in self._seen:
            raise Rejected(None, DuplicateInFile(row=self._seen[place]))
        # The list of an event is sent again with each change: who stands on it already is no news.
        if self._is_on_roster(event, person_id, row.get("shift")):
            self._seen[place] = number
            self.matched += 1
            return SAME
        self.signing_up.settle(event)
        self._require_past(row)
        waiting = self._sign_up(event, person_id, row)
        # Noted once it is done: a row that was refused is no duplicate of the next.
        self._seen[place] = number
        self._waiting += waiting
        return NEW

    def _is_on_roster(self, event: Event, person_id: int, shift: str | None) -> bool:
        """Whether somebody has all that a row asks for: a place at the event, and in the shift where it names one."""
        if not self.signing_up.has_to_do(event, person_id):
            return False
        if not shift:
            return True
        self.signing_up.write()
        signup = queries.signup_of(self.session, event.id, person_id)
        if signup is None or signup.shift_id is None or signup.status not in HOLDING:
            return signup is not None
        part = self._shift(event, shift)
        in_line = queries.turn_for(self.session, signup, part) is not None
        return in_line or part in queries.shifts_of(self.session, signup)

    def _sign_up(self, event: Event, person_id: int, row: Row) -> bool:
        """Take the place that a row asks for, with the time at which it was asked for; whether it is one in the line."""
        shift = self._shift(event, row["shift"]) if row.get("shift") else None
        at = self._asked_at(row) if row.get("signed_up_at") else None
        if self.returning.returns(person_id):
            with self.returning.taken_for_active(person_id):
                return self.signing_up.sign_up_alone(event, person_id, shift, at)
        if self.signing_up.has_to_do(event, person_id):
            return self.signing_up.sign_up_alone(event, person_id, shift, at)
        return self.signing_up.sign_up(event, person_id, shift, at)

    def _shift(self, event: Event, text: str) -> Shift:
        """The shift of an event that a row names, looked up once."""
        if (event.id, text) not in self._shifts:
            self._shifts[event.id, text] = queries.find_shift(self.session, event, text)
        return self._shifts[event.id, text]

    def _require_past(self, row: Row) -> None:
        """Refuse a sign-up of a day that is yet to come; clocks of forms are some hours off."""
        if row.get("signed_up_at") and (day := self._asked_at(row).date()) > self.importing.today:
            raise Rejected("signed_up_at", StepAhead(day=day))

    def _event(self, row: Row) -> Event | Rejected:
        try:
            return self.event or self._event_named(row)
        except Rejected as rejected:
            return rejected.with_traceback(None)

    def _event_named(self, row: Row) -> Event:
        if not row.get("event") and not row.get("code"):
            raise Rejected("event", MissingValue(field=_("Event")))
        key = self.events.find(row.get("event"), row.get("code"), row.get("date"))
        if key not in self._events:
            self._events[key] = self.session.get_one(Event, key)
        return self._events[key]

    def finish(self) -> None:
        """Say how many are on a waitlist, and who is back."""
        self.remarks += self.returning.remarks()
        if self._waiting:
            remark = ngettext(
                "{count} of them is on a waitlist.", "{count} of them are on a waitlist.", self._waiting
            )
            self.remarks.append(remark.format(count=self._waiting))


EVENTS = Sheet("events", N_("Events"), EVENT_FIELDS, EventWriter, stored=stored_fields(Noun.EVENT))
SIGNUPS = Sheet("signups", N_("Sign-ups"), SIGNUP_FIELDS, SignupWriter, chat=True)
