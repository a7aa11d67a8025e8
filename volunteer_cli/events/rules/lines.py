"""The one rule of the line: whenever anything may have freed or opened a place, it is asked again.

Sign-ups, shifts, events, people and their qualifications change in many ways: by commands, sheets,
merges, archiving, undo. Instead of each of them minding the line, every unit of work that touched one of
their tables comes by here before it is committed (see the card).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.history import Recorder
from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import run
from volunteer_cli.events import queries
from volunteer_cli.events.models import Event, Signup
from volunteer_cli.events.rules.ladder import Asked, Full, asked_by, climb
from volunteer_cli.events.rules.signing_up import Promotion, settle_line
from volunteer_cli.events.terms import AHEAD, HOLDING, SignupStatus
from volunteer_cli.people.models import Person

#: Who moved up by the way, where the command itself has something else to say.
UNTOLD = "moved_up"


def tell_later(session: Session, promotions: Iterable[Promotion]) -> None:
    """Leave it to the end of the unit of work to say who moved up."""
    session.info.setdefault(UNTOLD, []).extend(promotions)


def settle_lines(session: Session, recorder: Recorder) -> Iterator[str]:
    """Free the places of people who are out of use, let the lines of all events ahead move up, and say so."""
    now = run().clock.now
    for signup, person, event in _places_of_archived(session, recorder, now):
        # Who died or moved away does not come, and somebody waits.
        signup.status, signup.position = SignupStatus.WITHDRAWN, None
        yield _("{person} ({id}) is archived and gives back the place at {title} ({event}).").format(
            person=person.name, id=person.id, title=event.title, event=event.id
        )
    session.flush()
    for event in queries.events_with_a_line(session, now):
        tell_later(session, settle_line(session, event, now=now))
    yield from (moved_up(one) for one in session.info.pop(UNTOLD, ()) if _holds(session, one))


def _holds(session: Session, promotion: Promotion) -> bool:
    """Whether who moved up has the place still: in a batch they may have lost it again."""
    signup = queries.signup_of(session, promotion.event.id, promotion.person.id)
    return signup is not None and signup.status in HOLDING


def kept_waiting(
    session: Session, now: datetime, *, community_id: int | None = None
) -> Iterator[tuple[Event, list[Person]]]:
    """Events at which a place is free, and those who wait there all the same, in their order."""
    for event in queries.events_with_a_line(session, now, begun=True):
        if community_id in (None, event.community_id):
            waiting = [asked_by(session, event, turn, now) for turn in queries.line(session, event.id)]
            free = (asked.person.id for asked in waiting if _is_at_free_place(asked))
            people = [session.get_one(Person, key) for key in free]
            if people:
                yield event, list(dict.fromkeys(people))


def _is_at_free_place(asked: Asked) -> bool:
    """Whether what somebody waits for is free; once it has begun, who is there already needs no letting in."""
    begun = asked.now >= asked.event.starts_at
    if begun and asked.further:
        return False
    return not any(rung.code == Full.code and not rung.ok for rung in climb(asked))


def moved_up(promotion: Promotion) -> str:
    """The sentence that tells who moved up, and why."""
    person, event = promotion.person, promotion.event
    sentence = _("{person} ({id}) moved up from the waitlist of {title} ({event}): {why}.")
    return sentence.format(
        person=person.name, id=person.id, title=event.title, event=event.id, why=promotion.why
    )


def _places_of_archived(
    session: Session, recorder: Recorder, now: datetime
) -> list[tuple[Signup, Person, Event]]:
    """The places, in the line too, at events ahead of people who were archived just now."""
    changes = recorder.updated.get(Person.__tablename__, {})
    archived = [key for key, (_before, after) in changes.items() if after.get("archived_on")]
    # Asked after every unit of work: most archive nobody, and cost no query here.
    if not archived:
        return []
    places = _places_ahead(now)
    return [
        (signup, person, event)
        for keys in chunks(archived)
        for signup, person, event in session.execute(places.where(Person.id.in_(keys)))
    ]


def _places_ahead(now: datetime) -> Select[Signup, Person, Event]:
    """The places of archived people at events that have not begun: what has begun was attended or not."""
    return (
        select(Signup, Person, Event)
        .join(Person, Person.id == Signup.person_id)
        .join(Event, Event.id == Signup.event_id)
        .where(Signup.status.in_((SignupStatus.SIGNED_UP, SignupStatus.WAITING)))
        .where(Event.status.in_(AHEAD), Event.starts_at > now, Person.archived_on.is_not(None))
        .order_by(Event.starts_at, Signup.id)
    )
