"""Taking a place, standing in the line for one, moving up, and giving a place back."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, _, listed, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.core.text import required
from volunteer_cli.core.work import note_reason
from volunteer_cli.events import queries
from volunteer_cli.events.models import Event, FurtherShift, Shift, ShiftTurn, Signup, SignupOverride
from volunteer_cli.events.rules.ladder import (
    OVERRIDABLE,
    Applicant,
    Asked,
    EventOver,
    Full,
    Refusal,
    already,
    asked_by,
    climb,
    let_pass,
    refusals,
)
from volunteer_cli.events.terms import HOLDING, EventStatus, SignupStatus
from volunteer_cli.people.models import Person

#: So many keys of people fit into the reason that is kept with a place.
MOST_KEYS = 2


#: So that what begins at midnight of the first day is among what lies ahead from that day on.
MINUTE = timedelta(minutes=1)


class PersonArchived(RuleError):
    """{person} is archived and takes no part in events"""

    code = "archived"
    hint = N_("Bring the record back with: volunteer person restore {person_id}")


class NotSignedUp(RuleError):
    """{person} has no place at {event}"""

    code = "not_signed_up"
    hint = N_(
        "Sign up first: volunteer event signup {event_id} {person_id}; whoever came without signing up: "
        "volunteer event checkin {event_id} {person_id} --override REASON"
    )


class StillWaiting(RuleError):
    """{person} waits for a place at {event}, and none is free"""

    code = "not_signed_up"
    hint = N_(
        "If they came, let them in: volunteer event checkin {event_id} {person_id} --override REASON; or "
        "free a place: volunteer event absent {event_id} PERSON"
    )


class HasAttended(RuleError):
    """{person} has come to {event}, so the place cannot be given back"""

    code = "attended"
    hint = N_("If that is wrong, say so with: volunteer event absent {event_id} {person_id}")


class NoSeries(RuleError):
    """{event} is not part of a series"""

    code = "no_series"
    hint = N_("Make it one with: volunteer event repeat {event_id} --every week --count N")


@dataclass(frozen=True)
class Promotion:
    """Someone moved up from the line of an event, with the reason in the user's language."""

    person: Person
    event: Event
    why: str


def sign_up(
    session: Session,
    event: Event,
    person: Person,
    *,
    now: datetime,
    shift: Shift | None = None,
    waitlist: bool = True,
    override: str | None = None,
) -> Signup:
    """A place at an event, or in its line when it is full and `waitlist` holds.

    `override` is the reason for which a leader lets what is OVERRIDABLE pass.

    Raises:
        PersonArchived: the person's record is out of use.
        Refusal: the first rung of the ladder that refuses.
        MissingValue, BadText: the reason of an override says nothing, or is not allowed.
    """
    if override is not None:
        override = required(override, _("reason"))
    require_in_use(person)
    asked = Asked(session, event, person, now, shift)
    if shift is not None and asked.signup is not None and _has_other_shifts(asked):
        _take_further_shift(asked, asked.signup, shift, override, waitlist=waitlist)
        return asked.signup
    status, passed = place_for(asked, override, waitlist=waitlist)
    return _enter(asked, status, passed, override)


def place_for(
    asked: Asked, override: str | None = None, *, waitlist: bool = True
) -> tuple[SignupStatus, list[str]]:
    """Whether somebody gets a place by the ladder or a turn in the line, and what a leader let pass for it.

    Raises:
        Refusal: the first rung of the ladder that refuses.
    """
    passed: list[str] = []
    for refusal in refusals(asked):
        if override and refusal.code in OVERRIDABLE:
            passed.append(refusal.code)
        elif isinstance(refusal, Full) and waitlist:
            # Full is the last rung: who waits has passed all others, and can take the place that frees.
            return SignupStatus.WAITING, passed
        else:
            raise refusal
    return SignupStatus.SIGNED_UP, passed


def _has_other_shifts(asked: Asked) -> bool:
    """Whether somebody has a place in other shifts of an event than the one that is asked for."""
    signup = asked.signup
    if signup is None or signup.status not in HOLDING or signup.shift_id is None:
        return False
    return asked.shift not in queries.shifts_of(asked.session, signup)


def _take_further_shift(
    asked: Asked, signup: Signup, shift: Shift, override: str | None, *, waitlist: bool
) -> None:
    """One more shift for somebody who has a place, or a turn in the line for it where it is full."""
    if override is None:
        _require_no_turn(asked, shift)
    try:
        take_place(replace(asked, moving_up=True, further=True), override, anew=True)
    except Full:
        if not waitlist:
            raise
        _wait_for_shift(asked, signup, shift)
    else:
        _add_shift(asked.session, signup, shift)


def _require_no_turn(asked: Asked, shift: Shift) -> None:
    """Refuse somebody who waits for the shift already; raises AlreadySignedUp."""
    if asked.signup and queries.turn_for(asked.session, asked.signup, shift):
        raise already(asked, SignupStatus.WAITING)


def _wait_for_shift(asked: Asked, signup: Signup, shift: Shift) -> None:
    """A turn at the end of the line for one more shift."""
    last = queries.last_position(asked.session, asked.event.id)
    turn = ShiftTurn(signup_id=signup.id, shift_id=shift.id, position=last + 1, signed_up_at=asked.now)
    asked.session.add(turn)
    asked.session.flush()


def _add_shift(session: Session, signup: Signup, shift: Shift, because: str | None = None) -> None:
    """Give a place one more shift; who waited for it does so no longer."""
    _leave_line(session, signup, shift)
    session.add(FurtherShift(signup_id=signup.id, shift_id=shift.id, promoted_by=because))
    session.flush()


def _leave_line(session: Session, signup: Signup, shift: Shift | None = None) -> bool:
    """Give up the turns beside a place, or the one for a shift; whether there were any."""
    turns = [
        turn for turn in queries.turns_beside(session, signup) if shift is None or turn.shift_id == shift.id
    ]
    _delete(session, turns)
    return bool(turns)


def _delete(session: Session, rows: Iterable[FurtherShift | ShiftTurn | SignupOverride]) -> None:
    for row in rows:
        session.delete(row)
    session.flush()


def _give_up_further_shifts(session: Session, signup: Signup) -> None:
    _delete(session, session.scalars(select(FurtherShift).where(FurtherShift.signup_id == signup.id)))


def ask_at(session: Session, event: Event, signup: Signup, shift: Shift | None, at: datetime) -> None:
    """Write at what time somebody asked for a place or a shift, and let the line stand in that order."""
    turn = queries.turn_for(session, signup, shift)
    if turn is not None:
        turn.signed_up_at = at
    elif shift is None or signup.shift_id == shift.id:
        signup.signed_up_at = at
    session.flush()
    order_line(session, event)


def order_line(session: Session, event: Event) -> None:
    """Let those who wait stand in the order of the times at which they signed up; at one time, in the order of before."""
    line = queries.line(session, event.id)
    positions = [turn.position for turn in line]
    by_time = sorted(line, key=lambda turn: (turn.record.signed_up_at, turn.position))
    for turn, position in zip(by_time, positions, strict=True):
        turn.record.position = position
    session.flush()


def names_of(person: Applicant, event: Event) -> dict[str, Any]:
    """Person and event as refusals name them, with the ids that their hints need."""
    return {"person": person.name, "person_id": person.id, "event": event.title, "event_id": event.id}


def require_in_use(person: Applicant) -> None:
    """Refuse somebody whose record is out of use; raises PersonArchived."""
    if person.archived_on is not None:
        raise PersonArchived(person=person.name, person_id=person.id)


def take_place(
    asked: Asked, override: str | None, *, besides: Container[str] = (), anew: bool = False
) -> Signup:
    """A place for somebody who is at the door; what was let pass at sign-up stays so.

    Raises:
        Refusal: the first rung that refuses, those `besides` aside, and that no leader lets pass.
    """
    allowed = let_pass(asked.session, asked.signup, anew=anew) if asked.signup else set()
    passed: list[str] = []
    for rung in climb(asked):
        if rung.refusal is None or rung.code in besides or rung.code in allowed:
            continue
        if override is None or rung.code not in OVERRIDABLE:
            raise rung.refusal
        passed.append(rung.code)
    if asked.signup is None or asked.signup.status == SignupStatus.WITHDRAWN:
        return _enter(asked, SignupStatus.SIGNED_UP, passed, override)
    _keep_overrides(asked, asked.signup, passed, override)
    return asked.signup


def _keep_overrides(asked: Asked, signup: Signup, refusals: Sequence[str], reason: str | None) -> None:
    """Keep what a leader lets pass, with the reason, who that is and when."""
    if not refusals:
        return
    before = {one.refusal: one for one in queries.overrides(asked.session, [signup.id])[signup.id]}
    for refusal in refusals:
        # Of one kind the latest is kept, as for a second shift that is full too; the history has all.
        override = before.get(refusal) or SignupOverride(signup_id=signup.id, refusal=refusal)
        override.reason, override.allowed_by, override.allowed_at = reason or "", run().given.actor, asked.now
        asked.session.add(override)
    asked.session.flush()


def _forget_overrides(asked: Asked) -> None:
    """What was let pass when somebody took the place before says nothing of the place taken now."""
    if asked.signup is not None:
        for override in queries.overrides(asked.session, [asked.signup.id])[asked.signup.id]:
            asked.session.delete(override)
        asked.session.flush()


def _enter(asked: Asked, status: SignupStatus, passed: Sequence[str], reason: str | None) -> Signup:
    """Write the place; who withdrew once keeps the one record of it."""
    session, event = asked.session, asked.event
    _forget_overrides(asked)
    if asked.signup is not None:
        _give_up_further_shifts(session, asked.signup)
        _leave_line(session, asked.signup)
    # One row a person and event: who comes back after withdrawing has one history.
    signup = asked.signup or Signup(event_id=event.id, person_id=asked.person.id)
    for name, value in columns_of(asked, status).items():
        setattr(signup, name, value)
    session.add(signup)
    session.flush()
    _keep_overrides(asked, signup, passed, reason)
    return signup


def columns_of(asked: Asked, status: SignupStatus) -> dict[str, Any]:
    """What is written of a place, or of a turn at the end of the line."""
    waiting = status == SignupStatus.WAITING
    return {
        "shift_id": asked.shift.id if asked.shift else None,
        "status": status,
        "position": asked.facts.last_position(asked.event.id) + 1 if waiting else None,
        # Anew for who withdrew: the turn in the line is not kept for somebody who left it.
        "signed_up_at": asked.now,
        "promoted_by": None,
    }


def move_to_shift(
    session: Session,
    event: Event,
    person: Person,
    shift: Shift,
    *,
    now: datetime,
    override: str | None = None,
) -> Signup:
    """Another shift for somebody who has a place or waits, without losing the place or the turn in the line.

    Raises:
        NotSignedUp, HasAttended: there is no place that could be moved.
        Refusal: the first rung of the ladder that refuses the new shift; nothing has changed then.
        MissingValue, BadText: the reason of an override says nothing, or is not allowed.
    """
    signup = _movable(session, event, person)
    if queries.shifts_of(session, signup) == [shift]:
        return signup
    # Who waits in one line may wait in another; only a place needs room.
    waits = (Full.code,) if signup.status == SignupStatus.WAITING else ()
    reason = None if override is None else required(override, _("reason"))
    take_place(Asked(session, event, person, now, shift, moving_up=True), reason, besides=waits, anew=True)
    _give_up_further_shifts(session, signup)
    _leave_line(session, signup, shift)
    signup.shift_id = shift.id
    session.flush()
    return signup


def _movable(session: Session, event: Event, person: Person) -> Signup:
    """The place, or the turn in the line, of somebody who has not come yet."""
    signup = queries.signup_of(session, event.id, person.id)
    if signup is not None and signup.status == SignupStatus.ATTENDED:
        raise HasAttended(**names_of(person, event))
    if signup is None or signup.status not in (SignupStatus.SIGNED_UP, SignupStatus.WAITING):
        raise NotSignedUp(**names_of(person, event))
    return signup


def withdraw_from_series(
    session: Session, event: Event, people: Sequence[Person], *, now: datetime, since: date | None = None
) -> tuple[list[Event], list[Promotion]]:
    """Give back the places at all events of a series that lie ahead, from a day on: those events, and who moves up.

    Raises:
        NoSeries, EventOver: nothing of a series lies ahead.
        NotSignedUp: somebody has no place at any of them.
    """
    concerned: dict[Event, list[Person]] = {}
    for person in people:
        # All people are looked up before anybody withdraws: a name that is wrong changes nothing.
        places = list(_places_at(session, series_ahead(session, event, now=now, since=since), person))
        if not places:
            raise NotSignedUp(**names_of(person, event))
        for one in places:
            concerned.setdefault(one, []).append(person)
    moved = [up for one, who in concerned.items() for up in withdraw(session, one, who, now=now)]
    return list(concerned), moved


def _places_at(session: Session, events: Iterable[Event], person: Person) -> Iterator[Event]:
    """The events at which a person has a place, or waits for one."""
    for event in events:
        signup = queries.signup_of(session, event.id, person.id)
        if signup is not None and signup.status in (SignupStatus.SIGNED_UP, SignupStatus.WAITING):
            yield event


def series_ahead(session: Session, event: Event, *, now: datetime, since: date | None = None) -> list[Event]:
    """The events of the event's series that have not begun, from a day on, cancelled ones left out.

    Raises:
        NoSeries: the event stands alone.
        EventOver: nothing of the series lies ahead.
    """
    if event.series_id is None:
        raise NoSeries(event=event.title, event_id=event.id)
    series = queries.occurrences(session, event.series_id)
    # Of events that have begun no place is given back, whatever day was named.
    first = max(now, datetime.combine(since, time.min) - MINUTE) if since else now
    ahead = [one for one in series if one.starts_at > first and one.status != EventStatus.CANCELLED]
    if not ahead:
        raise _over(event)
    return ahead


def withdraw(session: Session, event: Event, people: Iterable[Person], *, now: datetime) -> list[Promotion]:
    """Give places back, or leave the line; whoever moves up for them is answered.

    All withdraw before the line moves, so that nobody moves up and is gone in the same breath.

    Raises:
        NotSignedUp, HasAttended, EventOver: there is nothing that could be given back.
    """
    freed = [person for person in people if _give_back(session, event, person, now)]
    return _offer(session, event, freed, now)


def _offer(session: Session, event: Event, freed: Sequence[Person], now: datetime) -> list[Promotion]:
    """Let the line move up for people who gave something back."""
    session.flush()
    if not freed:
        return []
    why = _("{person} withdrew").format(person=listed(person.name for person in freed))
    return promote(session, event, now=now, because=_withdrawal_of(freed), why=why)


def _withdrawal_of(people: Sequence[Person]) -> str:
    """What is kept of who withdrew: their keys, as far as they fit beside each place that moved up."""
    keys = ", ".join(f"person:{person.id}" for person in people)
    return f"withdrawal of {keys}" if len(people) <= MOST_KEYS else f"withdrawal of {len(people)} people"


def _over(event: Event) -> EventOver:
    return EventOver(event=event.title, event_id=event.id, ends=f"{event.ends_at:%Y-%m-%d %H:%M}")


def withdraw_from_shift(
    session: Session, event: Event, people: Iterable[Person], shift: Shift, *, now: datetime
) -> list[Promotion]:
    """Give one shift back, or leave the line for it; whoever moves up for that is answered.

    Who has no other shift gives back the place, and goes on waiting for the one that they wait for.

    Raises:
        NotSignedUp, HasAttended, EventOver: there is nothing that could be given back.
    """
    freed = [person for person in people if _give_back_shift(session, event, person, shift, now)]
    return _offer(session, event, freed, now)


def _give_back_shift(session: Session, event: Event, person: Person, shift: Shift, now: datetime) -> bool:
    """Let one person give a shift back; whether that frees it for somebody."""
    signup = _returnable(session, event, person, now)
    if signup is None or _leave_line(session, signup, shift):
        return False
    own = queries.shifts_of(session, signup)
    if shift not in own:
        title = with_detail(event.title, shift.name)
        raise NotSignedUp(**names_of(person, event) | {"event": title})
    if own == [shift]:
        return _wait_on(session, signup) or _give_back(session, event, person, now)
    _give_up_shift(session, signup, shift, next(one for one in own if one is not shift))
    return True


def _wait_on(session: Session, signup: Signup) -> bool:
    """Make of a place the first turn in the line that goes with it; whether there was one."""
    turns = queries.turns_beside(session, signup)
    if not turns or signup.status != SignupStatus.SIGNED_UP:
        return False
    first = turns[0]
    _forget_of_shift(session, signup)
    signup.status, signup.promoted_by = SignupStatus.WAITING, None
    signup.shift_id, signup.position, signup.signed_up_at = first.shift_id, first.position, first.signed_up_at
    _delete(session, [first])
    return True


def _forget_of_shift(session: Session, signup: Signup) -> None:
    """Forget that a leader let somebody into a shift: what they give back lets them into no other one."""
    about_person = let_pass(session, signup, anew=True)
    overrides = queries.overrides(session, [signup.id])[signup.id]
    _delete(session, [override for override in overrides if override.refusal not in about_person])


def _give_up_shift(session: Session, signup: Signup, shift: Shift, other: Shift) -> None:
    """Take one of several shifts from a place; of the first one another takes the place."""
    if signup.shift_id == shift.id:
        signup.shift_id, shift = other.id, other
    session.delete(_further(session, signup, shift))


def _further(session: Session, signup: Signup, shift: Shift) -> FurtherShift:
    query = select(FurtherShift).filter_by(signup_id=signup.id, shift_id=shift.id)
    return session.scalars(query).one()


def _give_back(session: Session, event: Event, person: Person, now: datetime) -> bool:
    """Let one person withdraw; whether that frees a place."""
    signup = _returnable(session, event, person, now)
    if signup is None:
        return False
    # Who only waited frees nothing.
    held = signup.status == SignupStatus.SIGNED_UP
    signup.status, signup.position = SignupStatus.WITHDRAWN, None
    return held


def _returnable(session: Session, event: Event, person: Person, now: datetime) -> Signup | None:
    """The place, or the turn in the line, that a person can still give back; None where that was done already."""
    signup = queries.signup_of(session, event.id, person.id)
    if signup is None:
        raise NotSignedUp(**names_of(person, event))
    if signup.status == SignupStatus.WITHDRAWN:
        return None
    if signup.status == SignupStatus.ATTENDED:
        raise HasAttended(**names_of(person, event))
    # Too late to be given back: nobody can take it, and it stays a place that was not used.
    if signup.status == SignupStatus.ABSENT or event.status == EventStatus.DONE or now >= event.ends_at:
        raise _over(event)
    return signup


def settle_line(session: Session, event: Event, *, now: datetime) -> list[Promotion]:
    """Give places that are free to those who wait and can take them by now, before somebody new comes.

    Once an event has begun, a free place is for whoever is there.
    """
    # Whoever is in the line at home would be given a place that somebody at the door needs.
    if now >= event.starts_at:
        return []
    return promote(session, event, now=now, because="a free place", why=_("a place was free"))


def promote(session: Session, event: Event, *, now: datetime, because: str, why: str) -> list[Promotion]:
    """Give free places to the line, in its order, to all who pass the ladder; the others keep their turn.

    `because` is kept with the sign-up and in the history; it names keys, never people. `why` says
    it to the user.
    """
    moved = list(_move_up(session, event, now, because, why))
    session.flush()
    if moved:
        names = ", ".join(f"person:{promotion.person.id}" for promotion in moved)
        # By keys, never by names: this stands in the history, from which an erased person must be gone.
        note_reason(f"event:{event.id} {names} moved up: {because}")
    return moved


def _move_up(session: Session, event: Event, now: datetime, because: str, why: str) -> Iterator[Promotion]:
    full = False
    for turn in queries.line(session, event.id):
        # Where all places are taken, only further shifts of those who have one may still be free.
        if full and not turn.further:
            continue
        asked = asked_by(session, event, turn, now)
        refusal = _stands_against(asked, turn)
        if refusal is None and asked.person.archived_on is None:
            _give_place(session, turn, asked.shift, because)
            yield Promotion(session.get_one(Person, asked.person.id), event, why)
        full = full or (isinstance(refusal, Full) and asked.shift is None)


def _stands_against(asked: Asked, turn: queries.Turn) -> Refusal | None:
    """What keeps somebody in the line, beside what a leader let pass."""
    passed = let_pass(asked.session, turn.signup, anew=turn.further)
    return next((rung.refusal for rung in climb(asked) if not rung.ok and rung.code not in passed), None)


def _give_place(session: Session, turn: queries.Turn, shift: Shift | None, because: str) -> None:
    """Let somebody move up from the line."""
    if turn.further and shift is not None:
        _add_shift(session, turn.signup, shift, because)
    else:
        _seat(session, turn.signup, because)


def _seat(session: Session, signup: Signup, because: str) -> None:
    signup.status, signup.position, signup.promoted_by = SignupStatus.SIGNED_UP, None, because
    session.flush()
