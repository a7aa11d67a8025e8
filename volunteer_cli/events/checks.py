"""What must always hold of events and sign-ups."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Select, case, exists, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _, ngettext
from volunteer_cli.core.run import run
from volunteer_cli.events import queries
from volunteer_cli.events.models import Event, FurtherShift, Shift, ShiftTurn, Signup
from volunteer_cli.events.terms import HOLDING, LEEWAY, EventStatus, SignupStatus


def _times(session: Session) -> Iterator[Finding]:
    for key in session.scalars(select(Event.id).where(Event.ends_at <= Event.starts_at)):
        yield Finding(f"event:{key}", _("It ends before it begins."))
    outside = or_(
        Shift.ends_at <= Shift.starts_at, Shift.starts_at < Event.starts_at, Shift.ends_at > Event.ends_at
    )
    shifts = select(Event.id, Shift.name).join(Event, Event.id == Shift.event_id).where(outside)
    for key, name in session.execute(shifts):
        yield Finding(f"event:{key}", _("Shift {name} is not within it.").format(name=name))


def _places(session: Session) -> Iterator[Finding]:
    # Counted without those whom a leader let pass: they are beside the places, and no fault.
    regular = func.sum(case((queries.let_pass("full"), 0), else_=1))
    query = (
        select(Event.id, Event.capacity, regular)
        .join(Signup, Signup.event_id == Event.id)
        .where(Event.capacity.is_not(None), Signup.status.in_(HOLDING))
        .group_by(Event.id, Event.capacity)
        .having(regular > Event.capacity)
    )
    for key, capacity, taken in session.execute(query):
        problem = ngettext(
            "{taken} person has a place that nobody let pass; there are {capacity}.",
            "{taken} people have a place that nobody let pass; there are {capacity}.",
            taken,
        )
        yield Finding(f"event:{key}", problem.format(taken=taken, capacity=capacity))
    yield from _needs(session)


def _needs(session: Session) -> Iterator[Finding]:
    """Shifts with more people than they need, those aside that a leader let pass."""
    regular = func.sum(case((queries.let_pass("full"), 0), else_=1))
    query = (
        select(Event.id, Shift.name, Shift.need, regular)
        .join(Shift, Shift.event_id == Event.id)
        .join(Signup, queries.has_shift(Signup, Shift) & (Signup.event_id == Event.id))
        .where(Signup.status.in_(HOLDING))
        .group_by(Event.id, Shift.id)
        .having(regular > Shift.need)
    )
    for key, name, need, count in session.execute(query):
        problem = ngettext(
            "Shift {name} has {count} person that nobody let pass, and needs {need}.",
            "Shift {name} has {count} people that nobody let pass, and needs {need}.",
            count,
        )
        yield Finding(f"event:{key}", problem.format(name=name, count=count, need=need))


def _one_place_at_a_time(session: Session) -> Iterator[Finding]:
    for clash in queries.clashes(session):
        problem = _("A place at {title} ({id}) overlaps another one.")
        yield Finding(f"person:{clash.person_id}", problem.format(title=clash.title, id=clash.event_id))


def _line(session: Session) -> Iterator[Finding]:
    waits = Signup.status == SignupStatus.WAITING
    wrong = or_(waits & Signup.position.is_(None), ~waits & Signup.position.is_not(None))
    for event_id, person_id in session.execute(select(Signup.event_id, Signup.person_id).where(wrong)):
        problem = _("person:{person} is in the line without a position, or has one outside it.")
        yield Finding(f"event:{event_id}", problem.format(person=person_id))


def _order_lines(session: Session) -> None:
    """Put who waits without a place in the line at its end, by the time of signing up; the others have none."""
    stray = select(Signup).where(Signup.status != SignupStatus.WAITING, Signup.position.is_not(None))
    for signup in session.scalars(stray):
        signup.position = None
    # By the moment of signing up, which is the only thing known of where they stood.
    lost = select(Signup).where(Signup.status == SignupStatus.WAITING, Signup.position.is_(None))
    for signup in session.scalars(lost.order_by(Signup.signed_up_at, Signup.id)).all():
        signup.position = queries.last_position(session, signup.event_id) + 1
        session.flush()


def _attendance(session: Session) -> Iterator[Finding]:
    came = Signup.checked_in_at.is_not(None)
    attended = Signup.status == SignupStatus.ATTENDED
    left_first = Signup.checked_out_at <= Signup.checked_in_at
    wrong = or_(attended & ~came, ~attended & came, left_first, ~came & Signup.checked_out_at.is_not(None))
    for event_id, person_id in session.execute(select(Signup.event_id, Signup.person_id).where(wrong)):
        problem = _("The attendance of person:{person} contradicts itself.").format(person=person_id)
        yield Finding(f"event:{event_id}", problem)


def _attended_then(session: Session) -> Iterator[Finding]:
    columns = (Event.id, Event.starts_at, Event.ends_at, Signup.person_id, Signup.checked_in_at)
    query = select(*columns).join(Event, Event.id == Signup.event_id)
    for key, starts, ends, person_id, came in session.execute(query.where(Signup.checked_in_at.is_not(None))):
        if came is not None and not starts - LEEWAY <= came <= ends + LEEWAY:
            problem = _("person:{person} came when it was not.").format(person=person_id)
            yield Finding(f"event:{key}", problem)


def _ahead(session: Session) -> Iterator[Finding]:
    """Events that are done, or that somebody missed, before they begin."""
    ahead = Event.starts_at > run().clock.now
    for key in session.scalars(select(Event.id).where(ahead, Event.status == EventStatus.DONE)):
        yield Finding(f"event:{key}", _("It is done, and lies ahead."))
    missed = select(Event.id, Signup.person_id).join(Signup, Signup.event_id == Event.id)
    for key, person_id in session.execute(missed.where(ahead, Signup.status == SignupStatus.ABSENT)):
        problem = _("person:{person} is absent, and it lies ahead.").format(person=person_id)
        yield Finding(f"event:{key}", problem)


def _own_shifts(session: Session) -> Iterator[Finding]:
    """Further shifts of another event or beside no first one, and those that meet another one of the place."""
    meeting = ((signup.event_id, signup.person_id) for signup, _shift in queries.meeting_shifts(session))
    strange = [tuple(row) for row in session.execute(_strange_shifts().union_all(_strange_turns()))]
    for event_id, person_id in dict.fromkeys((*strange, *meeting)):
        problem = _("The shifts of person:{person} contradict each other.").format(person=person_id)
        yield Finding(f"event:{event_id}", problem)


def _strange_shifts() -> Select[int, int]:
    """Further shifts of another event, or beside no first one."""
    places = select(Signup.event_id, Signup.person_id).join(FurtherShift, FurtherShift.signup_id == Signup.id)
    shifts = places.join(Shift, Shift.id == FurtherShift.shift_id)
    return shifts.where(or_(Shift.event_id != Signup.event_id, Signup.shift_id.is_(None)))


def _strange_turns() -> Select[int, int]:
    """Turns for a shift of another event, beside no first shift, or for one that the person has already."""
    places = select(Signup.event_id, Signup.person_id).join(ShiftTurn, ShiftTurn.signup_id == Signup.id)
    turns = places.join(Shift, Shift.id == ShiftTurn.shift_id)
    has = exists().where(FurtherShift.signup_id == Signup.id, FurtherShift.shift_id == ShiftTurn.shift_id)
    first = or_(Signup.shift_id.is_(None), Signup.shift_id == ShiftTurn.shift_id)
    return turns.where(or_(Shift.event_id != Signup.event_id, first, has.correlate(Signup, ShiftTurn)))


CHECKS = (
    Check("event-times", N_("Events end after they begin, shifts lie within them"), _times),
    Check("event-places", N_("No event has more people than places"), _places, code="full"),
    Check("event-shifts", N_("Whoever has several shifts has them one after the other"), _own_shifts),
    Check(
        "event-overlap", N_("Nobody has two places at the same time"), _one_place_at_a_time, code="overlap"
    ),
    Check("event-waitlist", N_("Whoever waits has a place in the line"), _line, repair=_order_lines),
    Check("event-attendance", N_("Whoever came came before leaving"), _attendance),
    Check("event-time", N_("Whoever came to an event came when it was"), _attended_then),
    Check("event-ahead", N_("Nothing has become of an event that lies ahead"), _ahead, code="not_started"),
)
