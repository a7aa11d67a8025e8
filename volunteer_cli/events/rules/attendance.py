"""Who came, from when to when, and who did not."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from volunteer_cli.core.dates import parse_datetime, parse_time
from volunteer_cli.core.errors import BadDate, BadTime, RuleError
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.offsets import on_the_wall
from volunteer_cli.core.text import required
from volunteer_cli.events import queries
from volunteer_cli.events.models import Event, Shift, Signup
from volunteer_cli.events.rules.ladder import Asked, EventOver, Full, NotOpen, span
from volunteer_cli.events.rules.planning import NotStarted, wrong_state
from volunteer_cli.events.rules.signing_up import (
    NotSignedUp,
    StillWaiting,
    names_of,
    require_in_use,
    take_place,
)
from volunteer_cli.events.terms import HOLDING, LEEWAY, EventStatus, SignupStatus
from volunteer_cli.people.models import Person


class AttendanceAhead(RuleError):
    """{at} has not come yet"""

    code = "future"


class FarFromEvent(RuleError):
    """{at} is not the time of {event}, {span}"""

    code = "bad_time"
    hint = N_("Give day and time, like --at '2026-07-01 9:00'.")


class OutBeforeIn(RuleError):
    """{person} came at {came} and cannot have left at {at}"""

    code = "bad_time"


class NotCheckedIn(RuleError):
    """{person} has not checked in at {event}"""

    code = "not_checked_in"
    hint = N_("When did they come? volunteer event checkin {event_id} {person_id} --at TIME")


def moment_at(event: Event, text: str, *, now: datetime) -> datetime:
    """The moment that a time, or a day and time, means at an event.

    A time alone is on the latest day of the event on which it has come, else on the first that fits.

    Raises:
        BadDate, AmbiguousDate, BadTime: it is no moment.
    """
    try:
        clock = parse_time(text)
    except BadTime:
        return _day_and_time(text, now)
    # 1:00 at an event in the night is on its second day.
    days = (event.ends_at.date() - event.starts_at.date()).days
    moments = [
        datetime.combine(event.starts_at.date() + timedelta(days=day), clock) for day in range(days + 1)
    ]
    # At an event of three days 8:00 may be on each of them; nearest to the present is the latest that has
    # come.
    near = [at for at in moments if event.starts_at - LEEWAY <= at <= event.ends_at + LEEWAY] or moments
    return max((at for at in near if at <= now), default=near[0])


def _day_and_time(text: str, now: datetime) -> datetime:
    try:
        return parse_datetime(on_the_wall(text), now.date())
    except BadDate:
        raise BadTime(value=text) from None


class TimeNeeded(RuleError):
    """{event} is done, so say when {person} came"""

    code = "missing_value"
    hint = N_("Add --at TIME: volunteer event checkin {event_id} {person_id} --at {starts}")


def check_in(
    session: Session,
    event: Event,
    person: Person,
    *,
    at: datetime | None,
    now: datetime,
    override: str | None = None,
) -> Signup:
    """A person came at a time, by default now; another time than before corrects it.

    Whoever waits takes a place that is free. With `override`, the reason for which a leader lets them in,
    so do those for whom there is none, and those who came without signing up, also after the event.

    Raises:
        NotSignedUp, StillWaiting, WrongState, TimeNeeded, AttendanceAhead, FarFromEvent, OutBeforeIn: that cannot be.
        Refusal: there is no place for somebody who waits, came unannounced or was marked absent.
        MissingValue, BadText: the reason of an override says nothing, or is not allowed.
    """
    _require_held(event)
    if override is not None:
        override = required(override, _("reason"))
    signup = queries.signup_of(session, event.id, person.id)
    if signup is None or signup.status not in HOLDING:
        signup = _let_in(session, event, person, signup, now, override)
    at = _time_of_coming(event, person, signup, at, now)
    # Whoever is there leaves the line, whose others move up.
    signup.status, signup.position, signup.checked_in_at = SignupStatus.ATTENDED, None, at
    session.flush()
    return signup


def _time_of_coming(
    event: Event, person: Person, signup: Signup, at: datetime | None, now: datetime
) -> datetime:
    """When somebody came: as it was said, else as it was recorded before, else now."""
    at = at or signup.checked_in_at
    if at is None and event.status == EventStatus.DONE:
        # Now is long after they came, and would be written as the time of their service.
        starts = f"{event.starts_at:%H:%M}"
        raise TimeNeeded(**names_of(person, event), starts=starts)
    at = at or now
    _require_time(event, at, now)
    left = signup.checked_out_at
    if left is not None and left <= at:
        raise OutBeforeIn(person=person.name, came=f"{at:%H:%M}", at=f"{left:%H:%M}")
    return at


def _let_in(
    session: Session, event: Event, person: Person, signup: Signup | None, now: datetime, override: str | None
) -> Signup:
    """The place of somebody at the door who holds none: who waits, was marked absent or never signed up.

    That the event has begun, is over or is no longer open does not matter: they are there.
    """
    if signup is None or signup.status == SignupStatus.WITHDRAWN:
        if override is None:
            raise NotSignedUp(**names_of(person, event))
        require_in_use(person)
    shift = session.get_one(Shift, signup.shift_id) if signup and signup.shift_id else None
    asked = Asked(session, event, person, now, shift, moving_up=True)
    try:
        # The same ladder as for everybody: an administrator who is let past it overbooks.
        return take_place(asked, override, besides=(EventOver.code, NotOpen.code))
    except Full as full:
        if signup is not None and signup.status == SignupStatus.WAITING:
            raise StillWaiting(**names_of(person, event)) from full
        raise


def check_out(
    session: Session, event: Event, person: Person, *, at: datetime | None, now: datetime
) -> Signup:
    """A person left at a time, by default now; another time than before corrects it.

    Raises:
        NotSignedUp, NotCheckedIn, WrongState, AttendanceAhead, FarFromEvent, OutBeforeIn: that cannot be.
    """
    signup = _place(session, event, person)
    if signup.checked_in_at is None:
        raise NotCheckedIn(**names_of(person, event))
    # A second check-out without a time is a slip, and moves nothing.
    at = at or signup.checked_out_at or now
    _require_time(event, at, now)
    if at <= signup.checked_in_at:
        raise OutBeforeIn(person=person.name, came=f"{signup.checked_in_at:%H:%M}", at=f"{at:%H:%M}")
    signup.checked_out_at = at
    session.flush()
    return signup


def mark_absent(session: Session, event: Event, person: Person, *, now: datetime) -> Signup:
    """A person did not come; a check-in by mistake goes with it.

    Raises:
        NotSignedUp, WrongState, NotStarted: that cannot be.
    """
    signup = _place(session, event, person)
    if now < event.starts_at:
        raise NotStarted(event=event.title, starts=f"{event.starts_at:%Y-%m-%d %H:%M}")
    # The place stays theirs on the list, so that figures of absence have it.
    signup.status, signup.checked_in_at, signup.checked_out_at = SignupStatus.ABSENT, None, None
    signup.scanned = None
    session.flush()
    return signup


def require_held_at(event: Event, at: datetime, now: datetime) -> None:
    """Refuse attendance at a moment before anybody is named.

    Raises:
        WrongState, AttendanceAhead, FarFromEvent: the event is not held, or not then.
    """
    _require_held(event)
    _require_time(event, at, now)


def _require_held(event: Event) -> None:
    """Refuse attendance at an event that was not opened, or was cancelled; of one that is done it is corrected."""
    if event.status not in (EventStatus.OPEN, EventStatus.DONE):
        raise wrong_state(event)


def _place(session: Session, event: Event, person: Person) -> Signup:
    """The place that a person holds, or held until marked absent."""
    _require_held(event)
    signup = queries.signup_of(session, event.id, person.id)
    if signup is None or signup.status not in (*HOLDING, SignupStatus.ABSENT):
        raise NotSignedUp(**names_of(person, event))
    return signup


def _require_time(event: Event, at: datetime, now: datetime) -> None:
    # What has not happened cannot be on record.
    if at > now:
        raise AttendanceAhead(at=f"{at:%Y-%m-%d %H:%M}")
    if not event.starts_at - LEEWAY <= at <= event.ends_at + LEEWAY:
        whole = span(event.starts_at, event.ends_at)
        raise FarFromEvent(at=f"{at:%Y-%m-%d %H:%M}", event=event.title, span=whole)
