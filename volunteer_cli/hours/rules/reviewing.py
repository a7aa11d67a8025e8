"""What hours under an event must agree with: who was absent there, and what else is recorded of it.

One event counts once for one person. Whatever mix of records says so, by hand, from sheets or attendance:
those with times and those without of one day stand against each other, and all of them together against
the length of the event. What was written last then needs review; nothing is left out unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import update_all
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.run import run
from volunteer_cli.events.models import Event
from volunteer_cli.events.queries import signup_of
from volunteer_cli.events.terms import SignupStatus
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.terms import LIVE, HoursStatus

if TYPE_CHECKING:
    from volunteer_cli.people.models import Person

#: The keys of a person and an event.
Pair = tuple[int, int]


class ArchivedThen(RuleError):
    """{person} is archived since {archived}, and {day} is later"""

    code = "archived"
    hint = N_("Bring the record back with: volunteer person restore {person_id}")


class AbsentThere(RuleError):
    """{person} was marked absent at {event}"""

    code = "absent"
    hint = N_(
        "If they came after all, say so, and the hours follow: "
        "volunteer event checkin {event_id} {person_id} --at TIME --override REASON"
    )


def require_in_use(person: Person, day: date) -> None:
    """Refuse hours of days after somebody's record was put away; what came before may still be entered.

    Raises:
        ArchivedThen: it was.
    """
    if person.archived_on is not None and day > person.archived_on:
        raise archived_then(person.id, person.name, person.archived_on, day)


def archived_then(person_id: int, name: str, archived: date, day: date) -> ArchivedThen:
    """The refusal of a day after somebody's record was put away."""
    return ArchivedThen(person=name, person_id=person_id, archived=archived, day=day)


def require_present(session: Session, event: Event, person: Person) -> None:
    """Refuse hours of somebody who was not there.

    Raises:
        AbsentThere: they were marked absent.
    """
    signup = signup_of(session, event.id, person.id)
    if signup is not None and signup.status == SignupStatus.ABSENT:
        raise AbsentThere(person=person.name, person_id=person.id, event=event.title, event_id=event.id)


def review(session: Session, written: Iterable[range]) -> list[int]:
    """Put pending records that were just written, and say too much of an event, up for review; their ids."""
    doubtful = [key for keys in written if keys for key in _doubtful(session, keys)]
    update_all(session, HoursRecord, doubtful, {"status": HoursStatus.NEEDS_REVIEW.value})
    return doubtful


def is_doubtful(session: Session, record: HoursRecord) -> bool:
    """Whether what is recorded of somebody at an event is more than one count of it."""
    pair, events = (record.person_id, record.event_id), [record.event_id]
    return pair in _mixed(session, events) | _beyond(session, events)


def _doubtful(session: Session, keys: range) -> Iterator[int]:
    pending = HoursRecord.status == HoursStatus.PENDING
    new = and_(HoursRecord.id.between(keys[0], keys[-1]), HoursRecord.event_id.is_not(None), pending)
    own = select(HoursRecord.id, HoursRecord.person_id, HoursRecord.event_id).order_by(HoursRecord.id)
    for part in chunks(session.scalars(select(HoursRecord.event_id).where(new).distinct()).all()):
        if pairs := _mixed(session, part) | _beyond(session, part):
            rows = session.execute(own.where(new, HoursRecord.event_id.in_(part))).all()
            yield from (key for key, person, event in rows if (person, event) in pairs)


def _mixed(session: Session, events: Iterable[Any]) -> set[Pair]:
    """Who has records with times and others without of one event and day."""
    untimed = case((HoursRecord.end_minute.is_(None), 1), else_=0)
    query = _several(events).group_by(HoursRecord.person_id, HoursRecord.event_id, HoursRecord.served_on)
    rows = session.execute(query.having(func.min(untimed) != func.max(untimed)))
    return {(person, event) for person, event, _minutes in rows}


def _beyond(session: Session, events: Iterable[Any]) -> set[Pair]:
    """Who has several records of an event that are together longer than it."""
    # Two shifts of one event are two records; together they cannot be longer than it.
    lengths = length_of(session, events)
    rows = session.execute(_several(events).group_by(HoursRecord.person_id, HoursRecord.event_id))
    return {(person, event) for person, event, minutes in rows if minutes > lengths[event]}


def _several(events: Iterable[Any]) -> Any:
    query = select(HoursRecord.person_id, HoursRecord.event_id, func.sum(HoursRecord.minutes))
    live = (HoursRecord.event_id.in_(list(events)), HoursRecord.status.in_(LIVE), HoursRecord.minutes > 0)
    return query.where(*live).having(func.count() > 1)


def length_of(session: Session, events: Iterable[Any]) -> dict[int, int]:
    """How many minutes events really last, by id: a night of the clocks' change has an hour more or less."""
    query = select(Event.id, Event.starts_at, Event.ends_at).where(Event.id.in_(list(events)))
    between = run().clock.minutes_between
    return {key: between(start, end) for key, start, end in session.execute(query)}
