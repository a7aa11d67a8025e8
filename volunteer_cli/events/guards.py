"""What sign-ups hold against an undo and against merging two people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import Row, delete_rows
from volunteer_cli.core.i18n import N_, _, listed, with_detail
from volunteer_cli.core.run import run
from volunteer_cli.core.undo import Reversal
from volunteer_cli.events import queries
from volunteer_cli.events.models import Event, FurtherShift, ShiftTurn, Signup, SignupOverride
from volunteer_cli.events.rules.ladder import span
from volunteer_cli.events.rules.planning import expect_again, require_free, require_room
from volunteer_cli.events.rules.uniting import left_out, two_at_one_event, unite
from volunteer_cli.events.terms import HOLDING, SignupStatus
from volunteer_cli.people.queries import person_names


class PeopleWaiting(RuleError):
    """People are waiting for a place at {event}, so this sign-up cannot be undone"""

    code = "people_waiting"
    hint = N_("Withdraw instead, and the next in line moves up: volunteer event withdraw {event_id} PERSON")


class HasPromoted(RuleError):
    """Somebody moved up at {event} for this withdrawal, so it cannot be undone"""

    code = "has_promoted"
    hint = N_("Sign up again, or let somebody withdraw: volunteer event withdraw {event_id} PERSON")


class PlacesOverlap(RuleError):
    """The two have places at the same time: {places}"""

    code = "overlap"
    hint = N_("Let one of them withdraw first: volunteer event withdraw {event_id} {person_id}")


def before_undo(session: Session, reversal: Reversal) -> None:
    """Refuse to take back a sign-up while others wait, or a withdrawal for which somebody moved up.

    Raises:
        PeopleWaiting, HasPromoted: as their sentences say.
    """
    for event_id in _freed(session, reversal):
        if any(not _goes(reversal, turn) for turn in queries.line(session, event_id)):
            raise PeopleWaiting(event=session.get_one(Event, event_id).title, event_id=event_id)
    for event_id in _withdrawn_from(session, reversal):
        if event_id in _promoted_at(session, reversal):
            raise HasPromoted(event=session.get_one(Event, event_id).title, event_id=event_id)


def _came_back(before: Row, after: Row) -> bool:
    statuses = before.get("status"), after.get("status")
    return statuses == (SignupStatus.WITHDRAWN, SignupStatus.SIGNED_UP)


def _freed(session: Session, reversal: Reversal) -> set[int]:
    """Events where the undo takes a place from somebody who signed up in the operation."""
    updated = reversal.updated.get("signup", {})
    again = [key for key, (before, after) in updated.items() if _came_back(before, after)]
    events = {signup.event_id for signup in _signups(session, again)}
    for first, last in reversal.inserted.get("signup", ()):
        places = select(Signup.event_id).where(Signup.id.between(first, last), Signup.status.in_(HOLDING))
        events.update(session.scalars(places.distinct()))
    return events | _of_further_shifts(session, reversal, FurtherShift.promoted_by.is_(None))


def _of_further_shifts(session: Session, reversal: Reversal, *wanted: ColumnElement[bool]) -> set[int]:
    """Events at which the undo takes back that people took one more shift."""
    events: set[int] = set()
    for first, last in reversal.inserted.get("further_shift", ()):
        places = select(Signup.event_id).join(FurtherShift, FurtherShift.signup_id == Signup.id)
        events.update(session.scalars(places.where(FurtherShift.id.between(first, last), *wanted).distinct()))
    return events


def _goes(reversal: Reversal, turn: queries.Turn) -> bool:
    """Whether a turn in the line goes with the undo, or came back into it only by the operation."""
    table, key = turn.record.__tablename__, turn.record.id
    return key in reversal.inserted.get(table, ()) or key in reversal.updated.get(table, ())


def _withdrawn_from(session: Session, reversal: Reversal) -> set[int]:
    withdrawn = [
        key
        for key, (before, after) in reversal.updated.get("signup", {}).items()
        # Who gave a shift back may wait for another one since.
        if before.get("status") in HOLDING
        and after.get("status") in (SignupStatus.WITHDRAWN, SignupStatus.WAITING)
    ]
    # Who gave one of several shifts back has the place still.
    withdrawn += [row["signup_id"] for row in reversal.deleted.get("further_shift", {}).values()]
    return {signup.event_id for signup in _signups(session, withdrawn)}


def _promoted_at(session: Session, reversal: Reversal) -> set[int]:
    moved = [
        key
        for key, (before, after) in reversal.updated.get("signup", {}).items()
        if before.get("status") == SignupStatus.WAITING and after.get("promoted_by")
    ]
    further = _of_further_shifts(session, reversal, FurtherShift.promoted_by.is_not(None))
    return {signup.event_id for signup in _signups(session, moved)} | further


def _signups(session: Session, keys: Iterable[int]) -> Iterator[Signup]:
    for part in chunks(keys):
        yield from session.scalars(select(Signup).where(Signup.id.in_(part)))


def after_undo(session: Session, reversal: Reversal) -> None:
    """Refuse an undo that leaves an event overbooked, or one of its people at two events at once.

    At an event that lies ahead again nobody has been absent.

    Raises:
        BelowTaken, Overlap: it would.
    """
    back = [*reversal.updated.get("signup", ()), *reversal.deleted.get("signup", ())]
    touched = {signup.event_id for signup in _signups(session, back) if signup.status in HOLDING}
    touched |= {*reversal.updated.get("event", ()), *reversal.deleted.get("event", ())}
    for event_id in sorted(touched):
        if event := session.get(Event, event_id):
            expect_again(session, event, run().clock.now)
            require_room(session, event)
            require_free(session, event)


def before_merge(session: Session, keep_id: int, drop_id: int) -> None:
    """Refuse to make one person of two who have places at the same time at different events.

    Raises:
        PlacesOverlap: they have.
    """
    if clashes := _clashes(session, keep_id, drop_id):
        places = (
            f"{with_detail(one.title, one.event_id)} {span(one.starts_at, one.ends_at)}" for one in clashes
        )
        first = {"event_id": clashes[0].event_id, "person_id": drop_id}
        raise PlacesOverlap(places=listed(dict.fromkeys(places)), **first)


def _clashes(session: Session, keep_id: int, drop_id: int) -> list[queries.Busy]:
    """The places of DROP at the time of one of KEEP's at another event."""
    kept, dropped = (queries.places_ahead(session, [person_id]) for person_id in (keep_id, drop_id))
    return [
        place
        for place in dropped
        for other in kept
        if place.event_id != other.event_id
        and place.starts_at < other.ends_at
        and place.ends_at > other.starts_at
    ]


def merge_losses(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    """What the two have at one event beside what is worth more."""
    people = person_names(session, [keep_id, drop_id])
    for kept, lost in two_at_one_event(session, keep_id, drop_id):
        event = session.get_one(Event, lost.event_id)
        who = with_detail(people[lost.person_id], lost.person_id)
        losses = list(left_out(session, kept, lost))
        if not losses:
            continue
        yield _("{person} at {title} ({id}): {status}").format(
            person=who, title=event.title, id=event.id, status=listed(losses)
        )


def merge_rows(session: Session, keep_id: int, drop_id: int) -> None:
    """At an event where both are on the roster, what is worth more stays, with what of the other goes with it."""
    pairs = two_at_one_event(session, keep_id, drop_id)
    for kept, lost in pairs:
        unite(session, kept, lost)
    ids = [lost.id for _kept, lost in pairs]
    # What was let pass for the one says nothing of the place of the other.
    overrides = [row.id for rows in queries.overrides(session, ids).values() for row in rows]
    delete_rows(session, SignupOverride, overrides)
    for table in (FurtherShift, ShiftTurn):
        beside = select(table.id).where(table.signup_id.in_(ids))
        delete_rows(session, table, session.scalars(beside).all())
    delete_rows(session, Signup, ids)
