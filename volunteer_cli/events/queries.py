"""What is asked of events, shifts and sign-ups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.database import chunks, day_of, minutes_between, month_of
from volunteer_cli.core.errors import Ambiguous, NotFound
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.lookup import Reference, all_named, find, names_of
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.run import run
from volunteer_cli.core.text import is_same, name_key
from volunteer_cli.events.models import (
    Event,
    EventSkill,
    FurtherShift,
    Series,
    Shift,
    ShiftTurn,
    Signup,
    SignupOverride,
)
from volunteer_cli.events.terms import (
    AHEAD,
    HOLDING,
    NO_SHOW_COUNT,
    NO_SHOW_MONTHS,
    EventKind,
    EventStatus,
    SignupStatus,
)
from volunteer_cli.people.models import Person

if TYPE_CHECKING:
    from datetime import date

    from volunteer_cli.core.dates import Period


def _day_in_series(event: Event) -> str:
    """The day of an event of a series, whose events are called alike."""
    return f"{event.starts_at:%Y-%m-%d}" if event.series_id else ""


EVENT = Reference(N_("event"), Event, "volunteer event list", name="title", apart=_day_in_series)
#: Named by nobody: what an event belongs to.
SERIES: Reference[Series] = Reference("series", Series, "volunteer event list", codes=())


def find_event(session: Session, text: str, *, changing: bool = True, exact: bool = False) -> Event:
    """The event that `text` names, by id, code or title.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    return find(session, EVENT, text, changing=changing, exact=exact)


def find_events(session: Session, texts: Iterable[str]) -> list[Event]:
    """The events that texts name, each once, in the order given; raises as `find_event`."""
    return all_named(session, find_event, texts, called=EVENT)


def events(
    session: Session,
    *,
    community_id: int | None = None,
    team_id: int | None = None,
    status: EventStatus | None = None,
    kind: EventKind | None = None,
    period: Period | None = None,
    archived: bool | None = False,
) -> Iterator[Event]:
    """Events that begin in a period, by their beginning, read as they are taken.

    `archived=None` takes all, in use or not.
    """
    query = select(Event).order_by(Event.starts_at, Event.id)
    values = {"community_id": community_id, "team_id": team_id, "status": status, "kind": kind}
    query = query.filter_by(**{name: value for name, value in values.items() if value is not None})
    if period is not None:
        query = query.where(*_begins_in(period))
    if archived is not None:
        query = query.where(Event.archived_on.is_not(None) if archived else Event.archived_on.is_(None))
    return iter(session.scalars(query.execution_options(yield_per=1000)))


def _begins_in(period: Period) -> list[ColumnElement[bool]]:
    """Whether an event begins in a period: one over midnight belongs to the day of its beginning alone."""
    return [Event.starts_at >= _midnight(period.first), Event.starts_at < _midnight(period.end)]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the community's wall clock


def minutes_of(session: Session) -> ColumnElement[int]:
    """How many minutes an event really lasts, to be compared in a query."""
    by_the_wall = minutes_between(Event.starts_at, Event.ends_at)
    gained = _gained_by_clocks(session)
    return by_the_wall + case(gained, value=Event.id, else_=0) if gained else by_the_wall


def _gained_by_clocks(session: Session) -> dict[int, int]:
    """The minutes that events last longer than the clock on the wall says, by id: few are on such a night."""
    gained: dict[int, int] = {}
    on_days = (day_of(Event.starts_at), day_of(Event.ends_at))
    for days in session.execute(select(*on_days).distinct()):
        first, last = (datetime.fromisoformat(str(day)) for day in days)
        # Only days on which clocks change are looked through: two in a year.
        if _gain(first, last + timedelta(days=1)):
            events = select(Event).where(*(column == day for column, day in zip(on_days, days, strict=True)))
            gained |= {
                event.id: _gain(event.starts_at, event.ends_at) for event in session.scalars(events).all()
            }
    return gained


def _gain(first: datetime, last: datetime) -> int:
    """The minutes that really pass between two moments beyond those that the clock on the wall says."""
    return run().clock.minutes_between(first, last) - (last - first) // timedelta(minutes=1)


def event_titles(session: Session, ids: Iterable[int | None]) -> dict[int, str]:
    """The titles of events by id."""
    return names_of(session, EVENT, ids)


def occurrences(session: Session, series_id: int) -> Sequence[Event]:
    """The events of a series, in order."""
    return session.scalars(
        select(Event).where(Event.series_id == series_id).order_by(Event.starts_at, Event.id)
    ).all()


def needed_skills(session: Session, event_ids: Collection[int]) -> dict[int, list[str]]:
    """The skills that each of these events needs."""
    skills: dict[int, list[str]] = {key: [] for key in event_ids}
    query = select(EventSkill.event_id, EventSkill.skill).order_by(EventSkill.skill)
    for part in chunks(event_ids):
        for key, skill in session.execute(query.where(EventSkill.event_id.in_(part))):
            skills[key].append(skill)
    return skills


@dataclass
class Revision:
    """How often an event was changed, and when last (UTC)."""

    number: int
    changed_at: datetime


def revisions(session: Session) -> dict[int, Revision]:
    """The revision of each event, from the history: an undo is a change too, so that none is used twice."""
    from volunteer_cli.core.records import Change, Operation

    latest: dict[int, Revision] = {}
    query = (
        select(Change.first_key, Change.last_key, Operation.at)
        .join(Operation, Operation.id == Change.operation_id)
        .where(Change.table_name == Event.__tablename__)
        .order_by(Change.id)
    )
    for first, last, at in session.execute(query):
        for key in range(first, last + 1):
            # RFC 5545, SEQUENCE: 0 when made, one more with each revision; a calendar takes the higher number.
            number = latest[key].number + 1 if key in latest else 0
            latest[key] = Revision(number, at.replace(tzinfo=UTC))
    return latest


# --- shifts ------------------------------------------------------------


def shifts(session: Session, event_id: int) -> Sequence[Shift]:
    """The shifts of an event, in order."""
    return session.scalars(
        select(Shift).where(Shift.event_id == event_id).order_by(Shift.starts_at, Shift.id)
    ).all()


def _called(shifts: Sequence[Shift], text: str) -> list[Shift]:
    """The shifts with this id or name; else those that begin so: "A" is that shift, although "A2" begins so too."""
    exact = [shift for shift in shifts if text == str(shift.id) or is_same(text, shift.name)]
    return exact or [shift for shift in shifts if name_key(shift.name).startswith(name_key(text))]


def find_shift(session: Session, event: Event, text: str) -> Shift:
    """The shift of an event that `text` names: its id, its name or the beginning of one.

    Raises:
        NotFound, Ambiguous: none, or several.
    """
    return shift_called(shifts(session, event.id), text)


def shift_called(every: Sequence[Shift], text: str) -> Shift:
    """The one of an event's shifts that `text` names; raises as `find_shift`."""
    matches = _called(every, text)
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise Ambiguous.between(_("shift"), text, {str(shift.id): shift.name for shift in matches})
    raise NotFound(kind=_("shift"), text=text, hint=_shifts_there_are(every))


def _shifts_there_are(shifts: Sequence[Shift]) -> str:
    names = listed(shift.name for shift in shifts)
    return _("The event's shifts: {names}").format(names=names) if shifts else ""


@dataclass(frozen=True)
class ShiftRow:
    """A shift with the number of places taken in it."""

    id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    need: int
    signed_up: int


def shift_rows(session: Session, event_id: int) -> list[ShiftRow]:
    """The shifts of an event with how many have signed up."""
    signed_up = taken_in_shifts(session, event_id)
    return [
        ShiftRow(shift.id, shift.name, shift.starts_at, shift.ends_at, shift.need, signed_up.get(shift.id, 0))
        for shift in shifts(session, event_id)
    ]


def taken_in_shifts(session: Session, event_id: int, *, besides: int = 0) -> Counter[int]:
    """How many people each shift of an event has, the person `besides` left out."""
    holders = (Signup.event_id == event_id, Signup.status.in_(HOLDING), Signup.person_id != besides)
    own = select(Signup.shift_id).where(*holders)
    further = select(FurtherShift.shift_id).join(Signup, Signup.id == FurtherShift.signup_id).where(*holders)
    return Counter(key for key in session.scalars(own.union_all(further)) if key is not None)


def taken(session: Session, event_id: int) -> int:
    """How many people have a place at an event."""
    query = select(func.count(Signup.id)).where(Signup.event_id == event_id, Signup.status.in_(HOLDING))
    return session.scalar(query) or 0


def further_shifts(session: Session, signup_ids: Iterable[int]) -> dict[int, list[Shift]]:
    """The further shifts of places in their order, by sign-up; those that have none are not named."""
    rows: dict[int, list[Shift]] = defaultdict(list)
    query = select(FurtherShift.signup_id, Shift).join(Shift, Shift.id == FurtherShift.shift_id)
    for part in chunks(signup_ids):
        own = query.where(FurtherShift.signup_id.in_(part)).order_by(Shift.starts_at, Shift.id)
        for key, shift in session.execute(own):
            rows[key].append(shift)
    return rows


def shifts_of(session: Session, signup: Signup) -> list[Shift]:
    """All shifts of a place, the further ones after the first."""
    first = [session.get_one(Shift, signup.shift_id)] if signup.shift_id else []
    return first + further_shifts(session, [signup.id]).get(signup.id, [])


def meeting_shifts(session: Session, event_id: int | None = None) -> Iterator[tuple[Signup, Shift]]:
    """Places at an event, or at any, with a shift that meets another one of theirs; those let pass are left out."""
    query = select(Signup).where(Signup.id.in_(select(FurtherShift.signup_id)), ~let_pass("overlap"))
    if event_id is not None:
        query = query.where(Signup.event_id == event_id)
    for signup in session.scalars(query.where(Signup.status.in_(HOLDING)).order_by(Signup.id)):
        own = sorted(shifts_of(session, signup), key=lambda shift: shift.starts_at)
        yield from ((signup, later) for one, later in pairwise(own) if later.starts_at < one.ends_at)


def has_shift(signup: Any, shift: Any) -> ColumnElement[bool]:
    """Whether a place has a shift, asked from the side of the shift."""
    further = select(FurtherShift.signup_id).where(FurtherShift.shift_id == shift.id)
    return or_(signup.shift_id == shift.id, signup.id.in_(further.correlate(shift)))


def holders_in(session: Session, shift: Shift) -> Sequence[str]:
    """The names of those who have a place in a shift, in the order of their sign-ups."""
    places = select(Person.name).join(Signup, Signup.person_id == Person.id)
    own = (Signup.event_id == shift.event_id, Signup.status.in_(HOLDING), Shift.id == shift.id)
    return session.scalars(places.join(Shift, has_shift(Signup, Shift)).where(*own).order_by(Signup.id)).all()


def _is_of(shift: Any, signup: Any) -> ColumnElement[bool]:
    """Whether a shift is one of those of a place."""
    further = select(FurtherShift.shift_id).where(FurtherShift.signup_id == signup.id)
    return or_(shift.id == signup.shift_id, shift.id.in_(further.correlate(signup)))


# --- sign-ups ------------------------------------------------------------


@dataclass(frozen=True)
class Places:
    """How many people stand how with an event; `taken` are the places held, attended ones among them."""

    taken: int = 0
    waiting: int = 0
    attended: int = 0


def places(session: Session, event_ids: Collection[int]) -> dict[int, Places]:
    """How many people hold a place, wait and attended, by event."""
    counted: dict[int, dict[str, int]] = {key: {} for key in event_ids}
    query = select(Signup.event_id, Signup.status, func.count()).group_by(Signup.event_id, Signup.status)
    for part in chunks(event_ids):
        for key, status, count in session.execute(query.where(Signup.event_id.in_(part))):
            counted[key][status] = count
        for key, count in _people_waiting_for_more(session, part):
            counted[key][SignupStatus.WAITING] = counted[key].get(SignupStatus.WAITING, 0) + count
    return {key: _places(by_status) for key, by_status in counted.items()}


def _people_waiting_for_more(session: Session, event_ids: Collection[int]) -> Iterable[Any]:
    """How many people who have a place wait for one more shift, by event."""
    people = func.count(Signup.id.distinct())
    query = _held_turns().with_only_columns(Signup.event_id, people).where(Signup.event_id.in_(event_ids))
    return session.execute(query.group_by(Signup.event_id))


def _places(counts: dict[str, int]) -> Places:
    holding = sum(counts.get(status, 0) for status in HOLDING)
    return Places(holding, counts.get(SignupStatus.WAITING, 0), counts.get(SignupStatus.ATTENDED, 0))


def signup_of(session: Session, event_id: int, person_id: int) -> Signup | None:
    """A person's one sign-up for an event, withdrawn or not."""
    return session.scalar(select(Signup).where(Signup.event_id == event_id, Signup.person_id == person_id))


def signups(session: Session, event_id: int, *statuses: SignupStatus) -> Sequence[Signup]:
    """The sign-ups of an event that have one of these states, the line in its order."""
    query = select(Signup).where(Signup.event_id == event_id, Signup.status.in_(statuses))
    return session.scalars(query.order_by(Signup.position, Signup.id)).all()


class Place(NamedTuple):
    """How somebody stands with an event."""

    event_id: int
    person_id: int
    status: str


def places_at(session: Session, event_ids: Iterable[int]) -> Iterator[Place]:
    """How everybody who ever signed up for one of these events stands with it."""
    query = select(Signup.event_id, Signup.person_id, Signup.status)
    for part in chunks(event_ids):
        yield from (Place(*row) for row in session.execute(query.where(Signup.event_id.in_(part))))


@dataclass(frozen=True)
class Turn:
    """One turn in the line of an event: for a place, or for one more shift of somebody who has a place."""

    signup: Signup
    record: Signup | ShiftTurn

    @property
    def further(self) -> bool:
        """Whether it is for one more shift."""
        return self.record is not self.signup

    @property
    def position(self) -> int:
        """Where it stands: who has the smallest is next."""
        return self.record.position or 0


def line(session: Session, event_id: int) -> list[Turn]:
    """Everyone who waits at an event, for a place or for one more shift, in the one order."""
    turns = [Turn(signup, signup) for signup in signups(session, event_id, SignupStatus.WAITING)]
    query = _held_turns().where(Signup.event_id == event_id).order_by(ShiftTurn.id)
    turns += [Turn(signup, turn) for signup, turn in session.execute(query)]
    return sorted(turns, key=lambda turn: turn.position)


def _held_turns() -> Select[Signup, ShiftTurn]:
    """Turns for one more shift, with the places they go with: without the place nobody waits for more of it."""
    query = select(Signup, ShiftTurn).join(ShiftTurn, ShiftTurn.signup_id == Signup.id)
    return query.where(Signup.status.in_(HOLDING))


def turn_for(session: Session, signup: Signup, shift: Shift | None) -> ShiftTurn | None:
    """The turn in the line of somebody who has a place, for one more shift."""
    if shift is None or signup.status not in HOLDING:
        return None
    return session.scalar(select(ShiftTurn).filter_by(signup_id=signup.id, shift_id=shift.id))


def turns_beside(session: Session, signup: Signup) -> Sequence[ShiftTurn]:
    """The turns for further shifts that go with a place, held or not."""
    query = select(ShiftTurn).where(ShiftTurn.signup_id == signup.id)
    return session.scalars(query.order_by(ShiftTurn.position)).all()


def waits(session: Session, signup: Signup, shift: Shift | None) -> bool:
    """Whether somebody waits: for the place itself, or for this shift beside it."""
    return signup.status == SignupStatus.WAITING or turn_for(session, signup, shift) is not None


def last_position(session: Session, event_id: int) -> int:
    """The position of the last turn in an event's line; 0 when nobody waits."""
    return last_positions(session, [event_id])[event_id]


def last_positions(session: Session, event_ids: Iterable[int]) -> dict[int, int]:
    """The position of the last turn in the line of each of these events; 0 where nobody waits."""
    first = select(Signup.event_id, func.max(Signup.position)).where(Signup.status == SignupStatus.WAITING)
    further = _held_turns().with_only_columns(Signup.event_id, func.max(ShiftTurn.position))
    last = dict.fromkeys(event_ids, 0)
    for part in chunks(tuple(last)):
        for query in (first, further):
            by_event = query.where(Signup.event_id.in_(part)).group_by(Signup.event_id)
            for key, position in session.execute(by_event):
                last[key] = max(last[key], position or 0)
    return last


def place_in_line(session: Session, event_id: int, person_id: int, shift: Shift | None = None) -> int | None:
    """A person's place in an event's line for a place or a shift, counted from 1; None for who does not wait."""
    for place, turn in enumerate(line(session, event_id), start=1):
        if turn.signup.person_id == person_id and (shift is None or turn.record.shift_id == shift.id):
            return place
    return None


def events_with_a_line(session: Session, now: datetime, *, begun: bool = False) -> Sequence[Event]:
    """Events that have not begun, or are not over, and are open, in whose line somebody stands."""
    until = Event.ends_at if begun else Event.starts_at
    open_ahead = (Event.status == EventStatus.OPEN, Event.archived_on.is_(None), until > now)
    further = exists().where(ShiftTurn.signup_id == Signup.id)
    in_line = or_(Signup.status == SignupStatus.WAITING, Signup.status.in_(HOLDING) & further)
    somebody = exists().where(Signup.event_id == Event.id, in_line)
    query = select(Event).where(*open_ahead, somebody)
    return session.scalars(query.order_by(Event.starts_at, Event.id)).all()


@dataclass(frozen=True)
class Busy:
    """A time for which a person has a place at an event; half-open."""

    person_id: int
    event_id: int
    title: str
    starts_at: datetime
    ends_at: datetime


def busy_times(
    session: Session, person_ids: Collection[int], starts_at: datetime, ends_at: datetime, *, besides: int = 0
) -> list[Busy]:
    """The places these people hold, at events that are ahead, in a span of time; not those at event `besides`."""
    starts, ends = _times()
    query = (
        select(Signup.person_id, Event.id, Event.title, starts, ends)
        .join(Event, Event.id == Signup.event_id)
        .outerjoin(Shift, _is_of(Shift, Signup))
        .where(Signup.status.in_(HOLDING), Event.status.in_(AHEAD), Event.id != besides)
        .where(starts < ends_at, ends > starts_at)
        .order_by(starts, Event.id)
    )
    return [
        Busy(*row)
        for part in chunks(person_ids)
        for row in session.execute(query.where(Signup.person_id.in_(part)))
    ]


def places_ahead(session: Session, person_ids: Collection[int]) -> list[Busy]:
    """All places that these people hold at events that are ahead."""
    return busy_times(session, person_ids, datetime.min, datetime.max)  # noqa: DTZ901 - wall clock


def let_pass(refusal: str, signup: type[Signup] = Signup) -> ColumnElement[bool]:
    """Whether a leader let a refusal, by its code, pass at a sign-up."""
    same = SignupOverride.signup_id == signup.id
    return exists().where(same, SignupOverride.refusal == refusal).correlate(signup)


def overrides(session: Session, signup_ids: Iterable[int]) -> dict[int, list[SignupOverride]]:
    """What leaders let pass, by sign-up; those at which nothing was are not named."""
    rows: dict[int, list[SignupOverride]] = defaultdict(list)
    for part in chunks(signup_ids):
        query = select(SignupOverride).where(SignupOverride.signup_id.in_(part)).order_by(SignupOverride.id)
        for override in session.scalars(query):
            rows[override.signup_id].append(override)
    return rows


def clashes(session: Session, event_id: int | None = None) -> list[Busy]:
    """Places held at the same time by one person at events that are ahead, those aside that were let pass.

    With an event, the other places of its people; without one, one of each pair.
    """
    query = _pairs().order_by(_theirs.person_id, _their_event.id)
    query = query.where(_mine.id < _theirs.id if event_id is None else _mine.event_id == event_id)
    return [Busy(*row) for row in session.execute(query)]


_mine, _theirs = aliased(Signup), aliased(Signup)
_my_event, _their_event = aliased(Event), aliased(Event)
_my_shift, _their_shift = aliased(Shift), aliased(Shift)


def _pairs() -> Select[Any]:
    """Each place with each other place of the same person that meets it in time."""
    starts, ends = _times(_their_shift, _their_event)
    my_start, my_end = _times(_my_shift, _my_event)
    query = _both_places(starts, ends)
    # Half-open, [start, end): places that only touch do not meet.
    query = query.where(starts < my_end, ends > my_start)
    for signup, event in ((_mine, _my_event), (_theirs, _their_event)):
        query = query.where(signup.status.in_(HOLDING), event.status.in_(AHEAD), ~let_pass("overlap", signup))
    return query


def _both_places(starts: Any, ends: Any) -> Select[Any]:
    """Each place with each other place of the same person, both with their event and shift."""
    other_place = (_theirs.person_id == _mine.person_id) & (_theirs.event_id != _mine.event_id)
    return (
        select(_theirs.person_id, _their_event.id, _their_event.title, starts, ends)
        .select_from(_mine)
        .join(_my_event, _my_event.id == _mine.event_id)
        .outerjoin(_my_shift, _is_of(_my_shift, _mine))
        .join(_theirs, other_place)
        .join(_their_event, _their_event.id == _theirs.event_id)
        .outerjoin(_their_shift, _is_of(_their_shift, _theirs))
    )


def busy_people(session: Session, starts_at: datetime, ends_at: datetime) -> set[int]:
    """Everyone who holds a place, at an event that is ahead, in a span of time."""
    starts, ends = _times()
    query = (
        select(Signup.person_id)
        .join(Event, Event.id == Signup.event_id)
        .outerjoin(Shift, _is_of(Shift, Signup))
        # A shift lies within its event: the event's own times, which an index knows, narrow it down first.
        .where(Event.starts_at < ends_at, Event.ends_at > starts_at, Event.status.in_(AHEAD))
        .where(Signup.status.in_(HOLDING), starts < ends_at, ends > starts_at)
    )
    return set(session.scalars(query))


def _times(shift: Any = Shift, event: Any = Event) -> tuple[Any, Any]:
    """Beginning and end of a place: the shift's, else the event's."""
    # Somebody with a shift is busy for its time only: two shifts of different events may fit one day.
    starts = func.coalesce(shift.starts_at, event.starts_at)
    return starts, func.coalesce(shift.ends_at, event.ends_at)


# --- the roster ------------------------------------------------------------

_RANK = case(
    (Signup.status == SignupStatus.WAITING, 1), (Signup.status == SignupStatus.WITHDRAWN, 2), else_=0
)


@dataclass(frozen=True)
class RosterRow:
    """One person on an event's roster with the shifts they have.

    `position` is the place in the line, counted from 1; `waits_for` names further shifts that somebody with a place waits for.
    """

    id: int
    person_id: int
    person: str
    volunteer_no: str | None
    phone: str | None
    shift: str | None
    status: str
    position: int | None
    checked_in_at: datetime | None
    checked_out_at: datetime | None
    override_reason: str | None
    shifts: tuple[str, ...] = ()
    waits_for: str | None = None


def roster(session: Session, event_id: int) -> list[RosterRow]:
    """Everyone who signed up: by shift those with a place, then the line, then those who withdrew."""
    query = (
        select(Signup, Person.name, Person.volunteer_no, Person.phone, Shift.name)
        .join(Person, Person.id == Signup.person_id)
        .outerjoin(Shift, Shift.id == Signup.shift_id)
        .where(Signup.event_id == event_id)
        .order_by(_RANK, case((_RANK == 0, Shift.starts_at)), Signup.position, Signup.id)
    )
    rows = session.execute(query).all()
    ids = [row[0].id for row in rows]
    people = _roster_rows(rows, overrides(session, ids), further_shifts(session, ids))
    return list(_with_turns(session, event_id, people))


def _with_turns(session: Session, event_id: int, rows: Iterable[RosterRow]) -> Iterator[RosterRow]:
    """The rows with the place in the line of whoever stands in it, and what else they wait for."""
    # Positions have gaps where somebody left the line: people are told their place, counted anew.
    names = {shift.id: shift.name for shift in shifts(session, event_id)}
    places: dict[int, int] = {}
    wanted: dict[int, list[str]] = defaultdict(list)
    for place, turn in enumerate(line(session, event_id), start=1):
        places.setdefault(turn.signup.id, place)
        if turn.further and turn.record.shift_id in names:
            wanted[turn.signup.id].append(names[turn.record.shift_id])
    for row in rows:
        yield replace(row, position=places.get(row.id), waits_for=listed(wanted.get(row.id, ())) or None)


def _absences(since: datetime, until: datetime) -> Select[*tuple[Any, ...]]:
    """How often people were absent at events that began within a span of time."""
    absences = select(Signup.person_id, func.count()).join(Event, Event.id == Signup.event_id)
    # What was called off nobody has missed.
    took_place = Event.status != EventStatus.CANCELLED
    lately = (Event.starts_at >= since, Event.starts_at <= until, took_place)
    return absences.where(Signup.status == SignupStatus.ABSENT, *lately).group_by(Signup.person_id)


def no_shows(session: Session, person_ids: Iterable[int], now: datetime) -> dict[int, int]:
    """How often people were absent lately, by id, as far as the policies say that it is often."""
    # Somebody who was ill two years ago is not on that list.
    since = now - relativedelta(months=policy_value(session, NO_SHOW_MONTHS))
    threshold = policy_value(session, NO_SHOW_COUNT)
    often = _absences(since, now).having(func.count() >= threshold)
    counts: dict[int, int] = {}
    for part in chunks(person_ids):
        counts |= dict(session.execute(often.where(Signup.person_id.in_(part))).all())
    return counts


def promoted(session: Session, event_id: int) -> set[int]:
    """The people who moved up from the line of an event."""
    further = select(FurtherShift.signup_id).where(FurtherShift.promoted_by.is_not(None))
    moved_up = or_(Signup.promoted_by.is_not(None), Signup.id.in_(further))
    return set(session.scalars(select(Signup.person_id).where(Signup.event_id == event_id, moved_up)))


def _roster_rows(
    rows: Iterable[Any],
    let_pass: Mapping[int, Sequence[SignupOverride]],
    further: Mapping[int, Sequence[Shift]],
) -> Iterable[RosterRow]:
    for signup, name, number, phone, shift in rows:
        latest = let_pass[signup.id][-1].reason if signup.id in let_pass else None
        times = (signup.checked_in_at, signup.checked_out_at)
        who = (signup.id, signup.person_id, name, number, phone)
        names = (shift, *(one.name for one in further.get(signup.id, ()))) if shift else ()
        yield RosterRow(*who, listed(names) or None, signup.status, None, *times, latest, names)


# --- for reports ------------------------------------------------------------


#: What events and sign-ups can be counted by.
COUNTED_BY: dict[str, Any] = {
    "event_id": Event.id,
    "team_id": Event.team_id,
    "kind": Event.kind,
    "category": Event.category,
    "community_id": Event.community_id,
    "month": month_of(Event.starts_at),
    "person_id": Signup.person_id,
}


def event_counts(session: Session, keys: Sequence[str], *wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
    """Events by `keys` (see COUNTED_BY): how many in each state, their places, and who came.

    `capacity` and `taken` are those of events with a limit that were not cancelled.
    """
    by = [COUNTED_BY[key].label(key) for key in keys]
    # Two questions instead of one join: an event without sign-ups must count, and one with many only once.
    events = session.execute(_events_by(by).where(*wanted).group_by(*by)).mappings()
    people = session.execute(_people_by(by).where(*wanted).group_by(*by)).mappings()
    counts = {tuple(row[key] for key in keys): row for row in people}
    nobody = {"taken": 0, "attended": 0, "absent": 0}
    return [{**row, **nobody, **counts.get(tuple(row[key] for key in keys), {})} for row in events]


# Cancelled events stay in the count of events and not in that of places, so that "filled" tells of what took place.
#: Events that have a number of places: what did not take place had none to fill.
_LIMITED = Event.capacity.is_not(None) & (Event.status != EventStatus.CANCELLED)


def _events_by(by: Sequence[Any]) -> Select[Any]:
    """How many events there are in each state, and how many places they had."""
    states = [func.count().filter(Event.status == status).label(status.value) for status in EventStatus]
    capacity = func.coalesce(func.sum(Event.capacity).filter(_LIMITED), 0).label("capacity")
    return select(*by, func.count().label("events"), *states, capacity)


def _people_by(by: Sequence[Any]) -> Select[Any]:
    """How many places were taken, and how many people came or did not."""
    figures = {
        "taken": Signup.status.in_(HOLDING) & _LIMITED,
        "attended": Signup.status == SignupStatus.ATTENDED,
        "absent": Signup.status == SignupStatus.ABSENT,
    }
    counts = [func.count().filter(condition).label(name) for name, condition in figures.items()]
    return select(*by, *counts).join_from(Signup, Event, Event.id == Signup.event_id)


def attendances(session: Session, *wanted: ColumnElement[bool]) -> int:
    """How many sign-ups for some events were attended."""
    query = select(func.count()).select_from(Signup).where(Signup.status == SignupStatus.ATTENDED)
    if wanted:
        query = query.join(Event, Event.id == Signup.event_id).where(*wanted)
    return session.scalar(query) or 0


def events_by_status(session: Session, *wanted: ColumnElement[bool]) -> dict[str, int]:
    """How many events are in each state."""
    query = select(Event.status, func.count()).where(*wanted)
    return dict(session.execute(query.group_by(Event.status)).all())


def signup_counts(session: Session, keys: Sequence[str], *wanted: ColumnElement[bool]) -> Sequence[Any]:
    """Sign-ups by `keys` (see COUNTED_BY): how many stand how."""
    columns = [COUNTED_BY[key] for key in keys]
    labelled = [COUNTED_BY[key].label(key) for key in keys]
    states = [func.count().filter(Signup.status == status).label(status.value) for status in SignupStatus]
    query = select(*labelled, func.count().label("signups"), *states)
    query = query.join(Event, Event.id == Signup.event_id).where(*wanted)
    return session.execute(query.group_by(*columns)).mappings().all()


def beginning(
    period: Period | None, *, community_id: int | None = None, team_id: int | None = None
) -> list[ColumnElement[bool]]:
    """What holds for the events that begin in a period, of a community and under a team."""
    conditions: list[ColumnElement[bool]] = []
    if period is not None:
        conditions += _begins_in(period)
    if community_id is not None:
        conditions.append(Event.community_id == community_id)
    if team_id is not None:
        conditions.append(Event.team_id == team_id)
    return conditions


def holding_ahead(now: datetime) -> Select[Signup]:
    """The places at events ahead that ask something of those who come: membership, skills, an age."""
    skills = exists().where(EventSkill.event_id == Event.id)
    asks = or_(Event.members_only, Event.min_age.is_not(None), skills)
    ahead = (Event.starts_at > now, Event.status.in_(AHEAD), Event.archived_on.is_(None))
    query = select(Signup).join(Event, Event.id == Signup.event_id)
    return query.where(asks, *ahead, Signup.status == SignupStatus.SIGNED_UP).order_by(Signup.id)


def attended() -> ColumnElement[bool]:
    """Whether somebody came to an event, also where its sign-ups are asked for."""
    came = aliased(Signup)
    return exists().where(came.event_id == Event.id, came.status == SignupStatus.ATTENDED)


@dataclass(frozen=True)
class Gap:
    """A shift of an event ahead that has fewer people than it needs."""

    event_id: int
    title: str
    shift: str
    starts_at: datetime
    missing: int


def gaps(session: Session, since: datetime, until: datetime, *, community_id: int | None = None) -> list[Gap]:
    """The shifts that begin within a span of time and lack people, the next first."""
    # Counted is the sign-up's id, not the row: a shift without anybody has one row, with none.
    people = func.count(Signup.id)
    query = (
        select(Event.id, Event.title, Shift.name, Shift.starts_at, Shift.need - people)
        .join(Shift, Shift.event_id == Event.id)
        .outerjoin(Signup, has_shift(Signup, Shift) & Signup.status.in_(HOLDING))
        .where(Event.status.in_(AHEAD), Event.archived_on.is_(None), Event.ends_at > since)
        .where(Shift.starts_at >= since, Shift.starts_at < until)
    )
    query = query.where(*beginning(None, community_id=community_id))
    query = query.group_by(Shift.id, Event.id).having(Shift.need > people).order_by(Shift.starts_at, Shift.id)
    return [Gap(*row) for row in session.execute(query)]


def deserted(
    session: Session, since: datetime, until: datetime, *, community_id: int | None = None
) -> Sequence[Event]:
    """Service events without shifts that begin within a span of time and in which nobody has a place, the next first."""
    somebody = exists().where(Signup.event_id == Event.id, Signup.status.in_(HOLDING))
    shifts_of_it = exists().where(Shift.event_id == Event.id)
    # Only services: a class that nobody attends is a pity, a service that nobody does is a promise broken.
    query = (
        select(Event)
        .where(Event.kind == EventKind.SERVICE, Event.status.in_(AHEAD), Event.archived_on.is_(None))
        .where(Event.starts_at >= since, Event.starts_at < until, ~somebody, ~shifts_of_it)
        .where(*beginning(None, community_id=community_id))
    )
    return session.scalars(query.order_by(Event.starts_at, Event.id)).all()


def unfinished(session: Session, now: datetime, *, community_id: int | None = None) -> Sequence[Event]:
    """Events that are over and neither finished nor cancelled, the oldest first."""
    query = select(Event).where(Event.status.in_(AHEAD), Event.ends_at <= now, Event.archived_on.is_(None))
    query = query.where(*beginning(None, community_id=community_id))
    return session.scalars(query.order_by(Event.ends_at, Event.id)).all()


def without_checkout(
    session: Session, now: datetime, *, community_id: int | None = None
) -> list[tuple[int, str, datetime, int]]:
    """Events that are over where people checked in and never out: id, title, end, how many."""
    query = (
        select(Event.id, Event.title, Event.ends_at, func.count())
        .join(Signup, Signup.event_id == Event.id)
        .where(Event.ends_at <= now, Event.status.in_(AHEAD), Event.archived_on.is_(None))
        .where(Signup.checked_in_at.is_not(None), Signup.checked_out_at.is_(None))
        .where(*beginning(None, community_id=community_id))
        .group_by(Event.id)
        .order_by(Event.ends_at, Event.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def skills_needed(session: Session, *wanted: ColumnElement[bool]) -> dict[str, int]:
    """How many events ask for each skill; cancelled ones are left out."""
    query = (
        select(EventSkill.skill, func.count())
        .join(Event, Event.id == EventSkill.event_id)
        .where(Event.status != EventStatus.CANCELLED, *wanted)
    )
    return dict(session.execute(query.group_by(EventSkill.skill)).all())


def events_held(session: Session, *wanted: ColumnElement[bool]) -> dict[int | None, int]:
    """How many events are finished, by team; None for those under no team."""
    query = select(Event.team_id, func.count()).where(Event.status == EventStatus.DONE, *wanted)
    return dict(session.execute(query.group_by(Event.team_id)).all())
