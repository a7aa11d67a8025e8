"""Who may take a place at an event: one ladder of refusals, climbed in the same order for everyone.

`event signup` stops at the first rung that refuses, `event why` shows them all, and a promotion
from the waitlist must pass the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import ClassVar, Protocol, TypeAlias

from sqlalchemy.orm import Session

from volunteer_cli.core.dates import age_on
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, _, listed, ngettext, with_detail
from volunteer_cli.core.policies import policy_value
from volunteer_cli.events import queries
from volunteer_cli.events.models import Event, Shift, Signup
from volunteer_cli.events.rules.facts import Facts
from volunteer_cli.events.terms import (
    EVENT_STATUSES,
    HOLDING,
    NO_SHOW_MONTHS,
    SIGNUP_STATUSES,
    EventStatus,
    SignupStatus,
)
from volunteer_cli.people.models import Person
from volunteer_cli.teams.queries import team_names


class Refusal(RuleError):
    """{person} cannot take a place at {event}"""

    #: What `event why` says where this rung does not refuse.
    passed: ClassVar[str] = ""


class AlreadySignedUp(Refusal):
    """{person} is on the roster of {event} already: {status}"""

    code = "already_signed_up"
    passed = N_("is not on the roster")
    explanation = N_("One person has one place at an event; take it back with: volunteer event withdraw")


#: How somebody comes in who signs up when all is over.
LET_IN = N_(
    "Who came all the same is let in: volunteer event checkin {event_id} {person_id} --at TIME --override REASON"
)


class EventOver(Refusal):
    """{event} was over at {ends}"""

    code = "event_over"
    passed = N_("is not over")
    hint = N_(
        "Who came all the same is let in: volunteer event checkin {event_id} PERSON --at TIME --override REASON"
    )
    explanation = N_("Who came without signing up gets hours by: volunteer hours add --event")


class NotOpen(Refusal):
    """{event} is not open for sign-ups: {status}"""

    code = "not_open"
    passed = N_("is open for sign-ups")


class NotMember(Refusal):
    """{person} is no member of {team}, and {event} is for its members only"""

    code = "not_member"
    passed = N_("is open to everyone, or to a member's team")
    explanation = N_("A leader may let it pass with --override REASON; the reason is kept.")


class Unqualified(Refusal):
    """{person} lacks what {event} needs on its day: {skills}"""

    code = "unqualified"
    passed = N_("has all skills needed")
    explanation = N_(
        "A skill counts when it is the person's own (volunteer person edit --add-skill) "
        "or comes from a training that has not expired on the event's day."
    )


class TooYoung(Refusal):
    """{person} is {age} on the day of {event}, which asks for the age of {least}"""

    code = "too_young"
    passed = N_("is as old as is asked for")


class AgeUnknown(Refusal):
    """{event} asks for the age of {least}, and no birth date of {person} is on file"""

    code = "age_unknown"
    passed = N_("has a birth date on file")
    hint = N_("Enter it with: volunteer person edit {person_id} --birth DATE")
    explanation = N_(
        "No birth date is not old enough. A leader may let it pass with --override REASON; the reason is kept."
    )


class NoGuardian(Refusal):
    """{person} is under {age} on the day of {event}, and no guardian is on file"""

    code = "no_guardian"
    passed = N_("is old enough, or has a guardian on file")
    hint = N_("Name one with: volunteer person edit {person_id} --guardian PERSON")


class Overlap(Refusal):
    """{person} has a place at that time already: {others}"""

    code = "overlap"
    passed = N_("has no other place at that time")
    explanation = N_(
        "Times that only touch are fine, and a place in a line does not count. "
        "A leader may let it pass with --override REASON."
    )


class Full(Refusal):
    """{event} is full: all places ({capacity}) are taken"""

    code = "full"
    passed = N_("has a free place")
    explanation = N_("Without --no-waitlist the person is put in the line and moves up when a place frees.")


#: What to do where a second shift is full.
SECOND_SHIFT = N_(
    "A leader lets it pass with --override REASON; volunteer event move changes the shift instead."
)
ABOUT_AGE = (TooYoung, AgeUnknown)
#: What whoever comes must be, whenever they are asked.
ABOUT_PEOPLE = (NotMember, Unqualified, *ABOUT_AGE, NoGuardian)
#: What a leader may let pass with a reason.
OVERRIDABLE = frozenset({NotMember.code, AgeUnknown.code, Overlap.code, Full.code})


class Applicant(Protocol):
    """What the ladder reads of a person."""

    @property
    def id(self) -> int:
        """The key."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def birth(self) -> str | None:
        """The birth date as far as it is on file."""

    @property
    def guardian_id(self) -> int | None:
        """Who answers for them."""

    @property
    def archived_on(self) -> date | None:
        """Since when the record is out of use."""


@dataclass(frozen=True)
class Asked:
    """One person who wants a place at an event at the moment `now`.

    `signup` is the sign-up there is already; `moving_up` says that it is a place in the line,
    `further` that the shift is one more at the same event. `held` answers in the stead of the database.
    """

    session: Session
    event: Event
    person: Applicant
    now: datetime
    shift: Shift | None = None
    moving_up: bool = False
    further: bool = False
    held: Facts | None = None

    @cached_property
    def facts(self) -> Facts:
        """What is asked of what is stored."""
        return self.held or Facts(self.session)

    @property
    def beside(self) -> list[Shift]:
        """The shifts that the person has already and that meet a `further` one in time."""
        if not self.further or self.signup is None:
            return []
        own = queries.shifts_of(self.session, self.signup)
        return [shift for shift in own if shift.starts_at < self.span[1] and shift.ends_at > self.span[0]]

    @cached_property
    def signup(self) -> Signup | None:
        """What the person has with this event so far."""
        return self.facts.signup_of(self.event.id, self.person.id)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The time the place takes: the shift's, else the event's."""
        part = self.shift or self.event
        return part.starts_at, part.ends_at


@dataclass(frozen=True)
class Rung:
    """One step of the ladder, and the refusal if it refuses."""

    kind: type[Refusal]
    refusal: Refusal | None

    @property
    def code(self) -> str:
        """The code of the refusal."""
        return self.kind.code

    @property
    def ok(self) -> bool:
        """Whether the person passes."""
        return self.refusal is None

    @property
    def explanation(self) -> str:
        """Why, in the user's language."""
        return self.refusal.message if self.refusal else _(self.kind.passed)


class NoShows(Refusal):
    """{person} was absent {count} times within {span}"""

    code = "no_shows"
    counted = "count"
    one = "{person} was absent {count} time within {span}"


@dataclass(frozen=True)
class Advice(Rung):
    """Something to think of that keeps nobody out."""

    @property
    def ok(self) -> bool:
        """Whether the person passes: always."""
        return True


def advise(asked: Asked) -> Iterator[Rung]:
    """The rungs, and what else whoever decides should know: that a person did not come repeatedly."""
    yield from climb(asked)
    count = queries.no_shows(asked.session, [asked.person.id], asked.now).get(asked.person.id)
    if count:
        months = policy_value(asked.session, NO_SHOW_MONTHS)
        lately = ngettext("{count} month", "{count} months", months).format(count=months)
        yield Advice(NoShows, NoShows(person=asked.person.name, count=count, span=lately))


def stands_against(session: Session, signup: Signup, now: datetime) -> bool:
    """Whether who a place is of stands against it by now, and no leader let that pass."""
    event, person = session.get_one(Event, signup.event_id), session.get_one(Person, signup.person_id)
    asked = Asked(session, event, person, now, moving_up=True)
    passed = let_pass(session, signup)
    return any(
        kind.code not in passed and check(asked) is not None for kind, check in LADDER if kind in ABOUT_PEOPLE
    )


def asked_by(session: Session, event: Event, turn: queries.Turn, now: datetime) -> Asked:
    """What somebody in the line asks for: the place they wait for, or one more shift."""
    person = session.get_one(Person, turn.signup.person_id)
    shift = session.get_one(Shift, turn.record.shift_id) if turn.record.shift_id else None
    return Asked(session, event, person, now, shift, moving_up=True, further=turn.further)


def let_pass(session: Session, signup: Signup, *, anew: bool = False) -> set[str]:
    """The codes of what a leader let pass at a place; of what is asked `anew`, as for another shift, only what is about the person."""
    codes = {override.refusal for override in queries.overrides(session, [signup.id])[signup.id]}
    # That one shift is full, or at a time of another place, says nothing about the next.
    return codes - {Full.code, Overlap.code} if anew else codes


def climb(asked: Asked) -> Iterator[Rung]:
    """The rungs from the first to the last, each computed when it is reached; those about an age where one is asked for."""
    return (Rung(kind, check(asked)) for kind, check in _rungs(asked.event))


def refusals(asked: Asked) -> Iterator[Refusal]:
    """Of the rungs those that refuse, each computed when it is reached."""
    return (refusal for _kind, check in _rungs(asked.event) if (refusal := check(asked)) is not None)


def _rungs(event: Event) -> Sequence[tuple[type[Refusal], Check]]:
    return LADDER if event.min_age is not None else OF_ANY_AGE


def _already_signed_up(asked: Asked) -> Refusal | None:
    signup = asked.signup
    if asked.moving_up or signup is None or signup.status == SignupStatus.WITHDRAWN:
        return None
    return already(asked, SignupStatus(signup.status))


def already(asked: Asked, status: SignupStatus) -> AlreadySignedUp:
    """The refusal of somebody who is on the roster."""
    state = _(SIGNUP_STATUSES[status])
    return AlreadySignedUp(person=asked.person.name, event=asked.event.title, status=state)


def _event_over(asked: Asked) -> Refusal | None:
    if asked.now < asked.span[1]:
        return None
    names = {"event": asked.event.title, "event_id": asked.event.id, "hint": LET_IN}
    return EventOver(**names, person_id=asked.person.id, ends=f"{asked.span[1]:%Y-%m-%d %H:%M}")


def _not_open(asked: Asked) -> Refusal | None:
    event = asked.event
    if event.status == EventStatus.OPEN and event.archived_on is None:
        return None
    status = _(EVENT_STATUSES[EventStatus(event.status)]) if event.archived_on is None else _("archived")
    planned = event.status == EventStatus.PLANNED and event.archived_on is None
    hint = N_("Open a planned event with: volunteer event open {number}") if planned else ""
    return NotOpen(event=event.title, status=status, number=event.id, hint=hint)


def _not_member(asked: Asked) -> Refusal | None:
    event = asked.event
    if not event.members_only or event.team_id is None:
        return None
    if asked.facts.is_member(event.team_id, asked.person.id, event.starts_at.date()):
        return None
    team = team_names(asked.session, {event.team_id})[event.team_id]
    return NotMember(person=asked.person.name, team=team, event=event.title)


def _unqualified(asked: Asked) -> Refusal | None:
    needed = asked.facts.needed_skills(asked.event.id)
    if not needed:
        return None
    missing = asked.facts.missing_skills(asked.person.id, needed, asked.event.starts_at.date())
    if not missing:
        return None
    return Unqualified(person=asked.person.name, event=asked.event.title, skills=listed(missing))


def _too_young(asked: Asked) -> Refusal | None:
    event, age = asked.event, _age(asked)
    if age is None or event.min_age is None or age >= event.min_age:
        return None
    return TooYoung(person=asked.person.name, age=age, event=event.title, least=event.min_age)


def _age_unknown(asked: Asked) -> Refusal | None:
    event, person = asked.event, asked.person
    if event.min_age is None or _age(asked) is not None:
        return None
    return AgeUnknown(event=event.title, least=event.min_age, person=person.name, person_id=person.id)


def _age(asked: Asked) -> int | None:
    return age_on(asked.person.birth, asked.event.starts_at.date())


def _no_guardian(asked: Asked) -> Refusal | None:
    person, event = asked.person, asked.event
    age = age_on(person.birth, event.starts_at.date())
    if age is None or person.guardian_id is not None:
        return None
    limit = asked.facts.guardian_age()
    if age >= limit:
        return None
    return NoGuardian(person=person.name, person_id=person.id, age=limit, event=event.title)


def _overlap(asked: Asked) -> Refusal | None:
    others = asked.facts.busy_times(asked.person.id, *asked.span, besides=asked.event.id)
    named = [
        f"{with_detail(busy.title, busy.event_id)} {span(busy.starts_at, busy.ends_at)}" for busy in others
    ]
    named += [f"{shift.name} {span(shift.starts_at, shift.ends_at)}" for shift in asked.beside]
    return Overlap(person=asked.person.name, others=listed(named)) if named else None


def _full(asked: Asked) -> Refusal | None:
    return _no_place(asked) or _no_need(asked)


def _no_place(asked: Asked) -> Refusal | None:
    event = asked.event
    # Who has a place and changes the shift, or takes another one too, takes no second one.
    holds = asked.signup is not None and asked.signup.status in HOLDING
    if event.capacity is None or holds or asked.facts.taken(event.id) < event.capacity:
        return None
    return Full(event=event.title, capacity=event.capacity)


def _no_need(asked: Asked) -> Refusal | None:
    event, shift = asked.event, asked.shift
    if shift is None:
        return None
    others = asked.facts.taken_in_shifts(event.id, besides=asked.person.id)
    if others[shift.id] < shift.need:
        return None
    hint = SECOND_SHIFT if asked.further else ""
    return Full(event=with_detail(event.title, shift.name), capacity=shift.need, hint=hint)


def span(starts_at: datetime, ends_at: datetime) -> str:
    """A span of time as messages write it; the day of the end only where it is another."""
    same = starts_at.date() == ends_at.date()
    return (
        f"{starts_at:%Y-%m-%d %H:%M}–{ends_at:%H:%M}"
        if same
        else f"{starts_at:%Y-%m-%d %H:%M}–{ends_at:%Y-%m-%d %H:%M}"
    )


Check: TypeAlias = Callable[[Asked], Refusal | None]
LADDER: tuple[tuple[type[Refusal], Check], ...] = (
    (AlreadySignedUp, _already_signed_up),
    (EventOver, _event_over),
    (NotOpen, _not_open),
    (NotMember, _not_member),
    (Unqualified, _unqualified),
    (TooYoung, _too_young),
    (AgeUnknown, _age_unknown),
    (NoGuardian, _no_guardian),
    (Overlap, _overlap),
    (Full, _full),
)
OF_ANY_AGE = tuple(rung for rung in LADDER if rung[0] not in ABOUT_AGE)
