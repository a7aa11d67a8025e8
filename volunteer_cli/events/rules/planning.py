"""Making events, changing them, and moving them from planned to done."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.dates import parse_moment, parse_time
from volunteer_cli.core.errors import BadTime, Conflict, RuleError
from volunteer_cli.core.i18n import N_, _, listed, with_detail
from volunteer_cli.core.lookup import names_of
from volunteer_cli.core.offsets import on_the_wall
from volunteer_cli.core.rules import checked_code
from volunteer_cli.core.text import clean, is_same, kept, required
from volunteer_cli.events import queries
from volunteer_cli.events.models import Event, EventSkill, Series, Shift, Signup
from volunteer_cli.events.rules.ladder import Full, Overlap, span
from volunteer_cli.events.rules.signing_up import Promotion, promote, require_in_use
from volunteer_cli.events.terms import (
    AHEAD,
    EVENT_STATUSES,
    HOLDING,
    LEEWAY,
    EventKind,
    EventStatus,
    Every,
    SignupStatus,
)
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import person_names
from volunteer_cli.teams.models import Team
from volunteer_cli.teams.rules import require_in_use as require_team

#: What may still be changed of an event that is done or cancelled.
WORDS = frozenset({"title", "category", "place", "leader_id", "code"})
#: Seven years of weeks: whoever asks for more has typed a year where a number was asked.
MOST_OCCURRENCES = 400
#: No event asks for an age that nobody reaches.
OLDEST = 110


class NoLength(RuleError):
    """{what} must end after it begins; {span} does not"""

    code = "bad_time"


class OutsideEvent(RuleError):
    """Shift {shift}, {span}, is not within {event}, {whole}"""

    code = "bad_time"


class ShiftsOutside(RuleError):
    """{event} would be {whole}, and these shifts are not within that: {shifts}"""

    code = "bad_time"
    hint = N_(
        "Give them other times first: volunteer event shift {event_id} --name {name} --start TIME --end TIME --need {need}"
    )


class NegativeCapacity(RuleError):
    """A number of places cannot be negative; {capacity} is"""

    code = "bad_quantity"


class BadAge(RuleError):
    """An event asks for an age from 1 to {most} years; {age} is none"""

    code = "bad_quantity"


class NoMembers(RuleError):
    """Only a team has members: an event for members only needs --team"""

    code = "no_team"


class BelowTaken(RuleError):
    """{taken} places at {event} are taken; there cannot be only {capacity}"""

    code = "over_capacity"
    counted = "taken"
    one = "{taken} place at {event} is taken; there cannot be only {capacity}"
    hint = N_("Let somebody withdraw first: volunteer event withdraw {event_id} PERSON")


class WrongState(RuleError):
    """{event} is {status}, so this cannot be done"""

    code = "wrong_state"
    hint = N_("Look at it: volunteer event show {event_id}")
    explanation = N_("An event is planned, then open, then done; it can be cancelled before it is done.")


def wrong_state(event: Event) -> WrongState:
    """The refusal that names the state which an event is in."""
    status = _(EVENT_STATUSES[EventStatus(event.status)])
    return WrongState(event=event.title, event_id=event.id, status=status)


class NotStarted(RuleError):
    """{event} begins at {starts} only"""

    code = "not_started"


class HadAttendance(RuleError):
    """People have come to {event} ({count}), so it cannot be cancelled"""

    code = "attended"
    hint = N_("Finish it, so that their hours are written: volunteer event finish {event_id}")


class AttendedThen(RuleError):
    """People came to {event} at {came}, so it was not {span}"""

    code = "attended"
    hint = N_("Correct when they came first: volunteer event checkin {event_id} {person_id} --at TIME")


class InSeries(RuleError):
    """{event} is part of a series already: {series}"""

    code = "in_series"


class BadCount(RuleError):
    """A series has 2 to {most} events, the first included; {count} is not"""

    code = "bad_quantity"


# --- making ------------------------------------------------------------


def add_event(
    session: Session,
    community: Community,
    *,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    kind: EventKind = EventKind.SERVICE,
    skills: Iterable[str] = (),
    status: EventStatus = EventStatus.PLANNED,
    code: str | None = None,
    **details: Any,
) -> Event:
    """A new event; an end at 00:00 is the midnight at the end of that day.

    `details`: team_id, leader_id, category, place, capacity, min_age, members_only.

    Raises:
        NoLength, NegativeCapacity, NoMembers, BadCode, BadText, MissingValue: a value is not allowed.
        Conflict: another event has the code.
    """
    title = required(title, _("title"))
    ends_at = checked_end(title, starts_at, ends_at)
    # Cleaned before they are compared: with a space behind it a category would be one of its own.
    details = _cleaned(details)
    event = Event(
        community_id=community.id,
        code=own_code(session, checked_code(code)) if code else None,
        title=title,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        status=status,
        # Never given twice, also by two copies of the database that are merged later.
        uid=str(uuid4()),
        **{"members_only": False, **details},
    )
    _require_sense(event)
    _require_in_use(session, event, details)
    session.add(event)
    session.flush()
    _set_skills(session, event, skills)
    return event


def checked_end(what: str, starts_at: datetime, ends_at: datetime) -> datetime:
    """The end, an end at 00:00 moved to the end of its day where that alone makes sense.

    Raises:
        NoLength: it is not after the beginning.
    """
    # 00:00 on the day of the beginning is meant as its end: nobody leaves before they came.
    whole_day = ends_at.date() == starts_at.date() and (ends_at.hour, ends_at.minute) == (0, 0)
    end = ends_at + timedelta(days=1) if whole_day else ends_at
    if end <= starts_at:
        raise NoLength(what=what, span=span(starts_at, ends_at))
    return end


def own_code(session: Session, code: str, event_id: int = 0) -> str:
    """The code, if no other event has it.

    Raises:
        Conflict: one has.
    """
    # Of all communities, for a code is typed without naming one.
    other = session.scalar(select(Event).where(Event.code == code, Event.id != event_id))
    if other:
        raise Conflict(field=_("code"), value=code, owner=with_detail(other.title, other.id))
    return code


def _cleaned(details: dict[str, Any]) -> dict[str, Any]:
    # People read where an event is; its category is compared with those of people and counted by.
    form = {"place": kept}
    return {
        name: form.get(name, clean)(value, name) or None if isinstance(value, str) else value
        for name, value in details.items()
    }


def _require_sense(event: Event) -> None:
    if event.capacity is not None and event.capacity < 0:
        raise NegativeCapacity(capacity=event.capacity)
    if event.min_age is not None and not 1 <= event.min_age <= OLDEST:
        raise BadAge(age=event.min_age, most=OLDEST)
    if event.members_only and event.team_id is None:
        raise NoMembers


def _require_in_use(session: Session, event: Event, details: Mapping[str, Any]) -> None:
    """Refuse a team or a leader that `details` name and that is out of use by the event's day."""
    day = event.starts_at.date()
    if details.get("team_id"):
        require_team(session.get_one(Team, details["team_id"]), day)
    if details.get("leader_id"):
        leader = session.get_one(Person, details["leader_id"])
        # By the day of the event: who led it and left later did lead it.
        if leader.archived_on is not None and leader.archived_on <= day:
            require_in_use(leader)


def _set_skills(session: Session, event: Event, skills: Iterable[str]) -> None:
    for skill in sorted({clean(skill, _("skill")) for skill in skills}):
        session.add(EventSkill(event_id=event.id, skill=skill))
    session.flush()


def add_shift(
    session: Session, event: Event, *, name: str, starts_at: datetime, ends_at: datetime, need: int
) -> Shift:
    """A shift of an event, within its time; the same name again gives the shift other times or another need.

    Raises:
        NoLength, OutsideEvent, NegativeCapacity, WrongState, BelowTaken, MissingValue: it cannot be.
    """
    _require_ahead(event)
    name = required(name, _("name"))
    if need < 1:
        raise NegativeCapacity(capacity=need)
    ends_at = checked_end(name, starts_at, ends_at)
    # Names are compared as people write them: （早班） and (早班) are one shift.
    there = (shift for shift in queries.shifts(session, event.id) if is_same(shift.name, name))
    shift = next(there, None) or Shift(event_id=event.id, name=name)
    shift.starts_at, shift.ends_at, shift.need = starts_at, ends_at, need
    _require_within(event, shift)
    session.add(shift)
    session.flush()
    require_room(session, event)
    require_free(session, event)
    _require_apart(session, event)
    return shift


def _require_apart(session: Session, event: Event) -> None:
    """Refuse shifts at one time where somebody has both; raises Overlap."""
    for signup, shift in queries.meeting_shifts(session, event.id):
        name = person_names(session, [signup.person_id])[signup.person_id]
        raise Overlap(person=name, others=f"{shift.name} {span(shift.starts_at, shift.ends_at)}")


def moment_within(event: Event, text: str, *, since: datetime, today: date) -> datetime:
    """The moment that a time, or a day and time, means within an event.

    A time alone is its first occurrence from `since` on that the event lasts to see, so that 1:00 of an event
    in the night is on its second day; where it never comes, it is on the day of the beginning.

    Raises:
        BadTime, AmbiguousDate: it is no moment.
    """
    first = event.starts_at.date()
    at = parse_moment(on_the_wall(text), first, today)
    # With a day beside it, or not before what went before, it means what it says.
    if at.date() != first or at >= since or not _is_time(text):
        return at
    days = (event.ends_at.date() - first).days
    later = [one for day in range(1, days + 1) if (one := at + timedelta(days=day)) >= since]
    within = (one for one in later if one <= event.ends_at)
    # Where none is within it, the next one is what was meant, and is refused as such.
    return next(within, later[0] if later else at)


def _is_time(text: str) -> bool:
    try:
        parse_time(text)
    except BadTime:
        return False
    return True


def _is_within(event: Event, shift: Shift) -> bool:
    return event.starts_at <= shift.starts_at and shift.ends_at <= event.ends_at


def _require_within(event: Event, shift: Shift) -> None:
    if not _is_within(event, shift):
        whole, part = span(event.starts_at, event.ends_at), span(shift.starts_at, shift.ends_at)
        raise OutsideEvent(shift=shift.name, span=part, event=event.title, whole=whole)


def copy_event(session: Session, event: Event, *, starts_at: datetime) -> Event:
    """An event like another at another time, planned, with its shifts and needs but nobody signed up.

    Raises:
        TeamArchived, PersonArchived: its team or leader is out of use by then.
    """
    return _copy(session, event, starts_at, status=EventStatus.PLANNED, series_id=None, code=None)


def repeat_event(session: Session, event: Event, *, every: Every, count: int) -> list[Event]:
    """Make an event the first of a series of `count`; the others are as it is, without its sign-ups.

    A monthly series that begins on the 29th to 31st takes the last day of shorter months.

    Raises:
        BadCount, InSeries, WrongState, Conflict, TeamArchived, PersonArchived: it cannot be.
    """
    if not 2 <= count <= MOST_OCCURRENCES:
        raise BadCount(count=count, most=MOST_OCCURRENCES)
    _require_ahead(event)
    if event.series_id is not None:
        name = names_of(session, queries.SERIES, [event.series_id])[event.series_id]
        raise InSeries(event=event.title, series=name)
    series = _begin_series(session, event, every)
    later = []
    for number, starts_at in enumerate(occurrences(event.starts_at, every, count)[1:], start=2):
        # Each occurrence is signed up for by itself, and so needs a code of its own.
        code = own_code(session, f"{event.code}-{number}") if event.code else None
        again = {"status": EventStatus(event.status), "series_id": series.id, "code": code}
        later.append(_copy(session, event, starts_at, **again))
    return [event, *later]


def _begin_series(session: Session, event: Event, every: Every) -> Series:
    series = Series(name=event.title, every=every)
    session.add(series)
    session.flush()
    event.series_id = series.id
    return series


def occurrences(first: datetime, every: Every, count: int) -> list[datetime]:
    """The beginnings of `count` events, a week or a month apart, the first included."""
    from dateutil.rrule import MONTHLY, WEEKLY, rrule

    if every == Every.WEEK:
        return list(rrule(WEEKLY, dtstart=first, count=count))
    # RFC 5545 (BYSETPOS): of the days up to the 31st that a month has, the last one. A rule for the 31st
    # alone would pass over five months of the year.
    days = list(range(min(first.day, 28), first.day + 1))
    return list(rrule(MONTHLY, dtstart=first, count=count, bymonthday=days, bysetpos=-1))


#: What the copy of an event has as well; code, calendar's name, state and series are its own.
COPIED = (
    "community_id",
    "team_id",
    "leader_id",
    "title",
    "kind",
    "category",
    "place",
    "capacity",
    "members_only",
    "min_age",
)


def _copy(session: Session, event: Event, starts_at: datetime, **other: Any) -> Event:
    moved = starts_at - event.starts_at
    values = {name: getattr(event, name) for name in COPIED}
    copy = Event(**values, starts_at=starts_at, ends_at=event.ends_at + moved, uid=str(uuid4()), **other)
    _require_in_use(session, copy, values)
    session.add(copy)
    session.flush()
    _copy_shifts(session, event, copy, moved)
    _set_skills(session, copy, queries.needed_skills(session, [event.id])[event.id])
    return copy


def _copy_shifts(session: Session, event: Event, copy: Event, moved: timedelta) -> None:
    for shift in queries.shifts(session, event.id):
        times = {"starts_at": shift.starts_at + moved, "ends_at": shift.ends_at + moved}
        session.add(Shift(event_id=copy.id, name=shift.name, need=shift.need, **times))


# --- changing ------------------------------------------------------------


def edit_event(
    session: Session,
    event: Event,
    *,
    now: datetime,
    add_skills: Iterable[str] = (),
    remove_skills: Iterable[str] = (),
    **changes: Any,
) -> list[Promotion]:
    """Give an event other values and answer who moved up for it; what is not named stays.

    A new beginning alone moves the whole event with its shifts. The event's people must be free at
    the new time, and as many places must remain as are taken.

    Raises:
        WrongState: times, places and needs of an event that is done or cancelled.
        BelowTaken, Overlap, OutsideEvent: the people who are signed up stand in the way.
        NoLength, NegativeCapacity, NoMembers, BadCode, BadText, MissingValue, Conflict: a value is not allowed.
    """
    add_skills, remove_skills = list(add_skills), list(remove_skills)
    # Of an event that is over words may be mended; its times are those of people's hours.
    if set(changes) - WORDS or add_skills or remove_skills:
        _require_ahead(event)
    # Asked before the change: afterwards nobody knows how many places there were.
    roomier = _roomier(event, changes)
    # What is checked on the way must see the event as it was, until all of it is known to be right.
    with session.no_autoflush:
        _apply(session, event, changes)
    _change_skills(session, event, add_skills, remove_skills)
    session.flush()
    if {"starts_at", "ends_at"} & set(changes):
        expect_again(session, event, now)
        # People who have another place at the new time cannot be at both.
        require_free(session, event)
    require_room(session, event)
    return _promote_into(session, event, now) if roomier else []


def _promote_into(session: Session, event: Event, now: datetime) -> list[Promotion]:
    """Let those who wait move up into the places that there are more."""
    limit = _("no limit") if event.capacity is None else str(event.capacity)
    why = _("the places are now {limit}").format(limit=limit)
    return promote(session, event, now=now, because=f"capacity {event.capacity}", why=why)


def edit_series(
    session: Session,
    event: Event,
    events: Iterable[Event],
    *,
    now: datetime,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    **changes: Any,
) -> list[Promotion]:
    """Change events of a series alike; times change at each by as much as they would at the one event.

    Raises:
        As `edit_event`; nothing is changed then.
    """
    shifts: dict[str, timedelta] = {}
    if starts_at is not None:
        shifts["starts_at"] = starts_at - event.starts_at
    if ends_at is not None:
        end = checked_end(event.title, starts_at or event.starts_at, ends_at)
        shifts["ends_at"] = end - event.ends_at
    moved = []
    # By how much, read once: the event itself is among them, and stands elsewhere after its turn.
    for one in list(events):
        times = {name: getattr(one, name) + shift for name, shift in shifts.items()}
        moved += edit_event(session, one, now=now, **times, **changes)
    return moved


def open_series(session: Session, events: Iterable[Event]) -> list[Event]:
    """Let people sign up for all events of a series that are planned only; those that were opened."""
    planned = [event for event in events if event.status == EventStatus.PLANNED]
    for event in planned:
        open_event(session, event)
    return planned


def _roomier(event: Event, changes: dict[str, Any]) -> bool:
    if "capacity" not in changes or event.capacity is None:
        return False
    return changes["capacity"] is None or changes["capacity"] > event.capacity


def _apply(session: Session, event: Event, changes: dict[str, Any]) -> None:
    starts_at, ends_at = changes.pop("starts_at", None), changes.pop("ends_at", None)
    if code := changes.pop("code", None):
        event.code = own_code(session, code if code == event.code else checked_code(code), event.id)
    if "title" in changes:
        changes["title"] = required(changes["title"], _("title"))
    for name, value in _cleaned(changes).items():
        setattr(event, name, value)
    if starts_at is not None or ends_at is not None:
        changes |= {"starts_at": starts_at, "ends_at": ends_at}
        _move(session, event, starts_at, ends_at)
        _require_attended_then(session, event)
    _require_in_use(session, event, changes)
    _require_sense(event)


def _move(session: Session, event: Event, starts_at: datetime | None, ends_at: datetime | None) -> None:
    """Give an event another time; shifts that would not be within it any more go along with its beginning."""
    moved = (starts_at or event.starts_at) - event.starts_at
    event.starts_at += moved
    event.ends_at = checked_end(event.title, event.starts_at, ends_at or event.ends_at + moved)
    shifts = queries.shifts(session, event.id)
    if ends_at is None or not all(_is_within(event, shift) for shift in shifts):
        for shift in shifts:
            shift.starts_at, shift.ends_at = shift.starts_at + moved, shift.ends_at + moved
    if outside := [shift for shift in shifts if not _is_within(event, shift)]:
        raise _shifts_outside(session, event, outside)


def _shifts_outside(session: Session, event: Event, outside: Sequence[Shift]) -> ShiftsOutside:
    """The refusal that names all shifts outside the time that an event would have, each with its people."""
    holders = {shift.id: queries.holders_in(session, shift) for shift in outside}
    parts = [
        with_detail(f"{shift.name} {span(shift.starts_at, shift.ends_at)}", listed(holders[shift.id]))
        if holders[shift.id]
        else f"{shift.name} {span(shift.starts_at, shift.ends_at)}"
        for shift in outside
    ]
    whole = span(event.starts_at, event.ends_at)
    first = {"name": shlex.quote(outside[0].name), "need": outside[0].need}
    names = {"event": event.title, "event_id": event.id, **first}
    return ShiftsOutside(whole=whole, shifts=listed(parts), **names)


def _require_attended_then(session: Session, event: Event) -> None:
    """Refuse an event at another time than that at which people came to it.

    Raises:
        AttendedThen: somebody was there when the event now was not.
    """
    # Their check-ins are what hours are made of: a time that is moved away from them would make them untrue.
    for signup in queries.signups(session, event.id, SignupStatus.ATTENDED):
        came = signup.checked_in_at
        if came is not None and not event.starts_at - LEEWAY <= came <= event.ends_at + LEEWAY:
            whole = span(event.starts_at, event.ends_at)
            names = {"event": event.title, "event_id": event.id, "person_id": signup.person_id}
            raise AttendedThen(**names, came=f"{came:%Y-%m-%d %H:%M}", span=whole)


def expect_again(session: Session, event: Event, now: datetime) -> None:
    """Give those who were marked absent their places again where an event is put off: nobody can have missed it yet."""
    if event.starts_at > now:
        for signup in queries.signups(session, event.id, SignupStatus.ABSENT):
            signup.status = SignupStatus.SIGNED_UP
        session.flush()


def _change_skills(session: Session, event: Event, add: list[str], remove: list[str]) -> None:
    known = queries.needed_skills(session, [event.id])[event.id]
    _set_skills(session, event, [skill for skill in add if clean(skill) not in known])
    for gone in session.scalars(
        select(EventSkill).where(EventSkill.event_id == event.id, EventSkill.skill.in_(remove))
    ):
        session.delete(gone)


def require_room(session: Session, event: Event) -> None:
    """Refuse an event, or a shift, with fewer places than are taken, those aside that a leader let pass.

    Raises:
        BelowTaken: there are more.
    """
    holders = queries.signups(session, event.id, *HOLDING)
    let_pass = queries.overrides(session, [signup.id for signup in holders])
    # Whom a leader let pass has a place beside those that there are.
    regular = [one for one in holders if all(each.refusal != Full.code for each in let_pass.get(one.id, ()))]
    if event.capacity is not None and len(regular) > event.capacity:
        raise BelowTaken(taken=len(holders), event=event.title, event_id=event.id, capacity=event.capacity)
    taken = _taken_in_shifts(session, regular)
    for shift in queries.shifts(session, event.id):
        if taken[shift.id] > shift.need:
            title = with_detail(event.title, shift.name)
            raise BelowTaken(taken=taken[shift.id], event=title, event_id=event.id, capacity=shift.need)


def _taken_in_shifts(session: Session, places: Sequence[Signup]) -> Counter[int | None]:
    """How many of these places are in each shift, further ones among them."""
    taken = Counter(signup.shift_id for signup in places)
    further = queries.further_shifts(session, [signup.id for signup in places])
    taken.update(shift.id for own in further.values() for shift in own)
    return taken


def require_free(session: Session, event: Event) -> None:
    """Refuse an event at whose time one of its people has another place, those aside that a leader let pass.

    Raises:
        Overlap: somebody has.
    """
    clash = next(iter(queries.clashes(session, event.id)), None)
    if clash is not None:
        name = person_names(session, [clash.person_id])[clash.person_id]
        others = f"{with_detail(clash.title, clash.event_id)} {span(clash.starts_at, clash.ends_at)}"
        raise Overlap(person=name, others=others)


def _require_ahead(event: Event) -> None:
    if event.status not in AHEAD:
        raise wrong_state(event)


# --- from state to state ------------------------------------------------------------


def open_event(session: Session, event: Event) -> None:
    """Let people sign up.

    Raises:
        WrongState: it is done or cancelled.
    """
    _require_ahead(event)
    event.status = EventStatus.OPEN
    session.flush()


def finish_event(session: Session, event: Event, *, now: datetime) -> Sequence[Signup]:
    """Close an event that took place and answer the sign-ups of those who came.

    Raises:
        NotStarted: it has not begun.
        WrongState: it was never open, or is cancelled.
    """
    # Done is taken again: who came late to the list is entered, and the hours are written then.
    if event.status not in (EventStatus.OPEN, EventStatus.DONE):
        raise wrong_state(event)
    if now < event.starts_at:
        raise NotStarted(event=event.title, starts=f"{event.starts_at:%Y-%m-%d %H:%M}")
    event.status = EventStatus.DONE
    session.flush()
    return queries.signups(session, event.id, SignupStatus.ATTENDED)


def cancel_event(session: Session, event: Event) -> None:
    """Call an event off; its sign-ups stay, so that everyone can be told.

    Raises:
        WrongState: it is done.
        HadAttendance: somebody has checked in.
    """
    if event.status == EventStatus.CANCELLED:
        return
    _require_ahead(event)
    # People gave their time: an event that was called off afterwards would take it from them.
    if came := queries.places(session, [event.id])[event.id].attended:
        raise HadAttendance(event=event.title, event_id=event.id, count=came)
    event.status = EventStatus.CANCELLED
    session.flush()
