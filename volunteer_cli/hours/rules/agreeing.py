"""What no record of hours may contradict, whichever way it came about: attendance, and the state of its event.

Events are cancelled, people marked absent, records written, merged and brought back by an undo. Whatever
touches one of the two sides comes by here before it is committed (see the card); `check` asks the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import Recorder
from volunteer_cli.core.i18n import N_, listed
from volunteer_cli.events.models import Event, Signup
from volunteer_cli.events.queries import event_titles
from volunteer_cli.events.terms import EventKind, EventStatus, SignupStatus
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.terms import LIVE
from volunteer_cli.people.queries import person_names

#: At these kinds of event people attend; whoever helps at one serves at a service event.
ATTENDED = (EventKind.CLASS, EventKind.MEETING)
#: Ids that a refusal names.
SHOWN = 20


class Disagreement(RuleError):
    """Hours that hold contradict an event"""

    code = "has_hours"
    hint = N_("Reject or void them first: volunteer hours void {first} --reason TEXT")
    found: ClassVar[str] = ""


class HoursWithoutService(Disagreement):
    """Hours are recorded at {event}, at which nobody serves: {ids}"""

    found = N_("it is of an event at which nobody serves")


class HoursOfAbsent(Disagreement):
    """Hours are recorded of {person} at {event}, who was marked absent there: {ids}"""

    found = N_("it is of somebody who was marked absent there")


HELD = and_(HoursRecord.status.in_(LIVE), HoursRecord.event_id.is_not(None))
OF_NO_SERVICE = or_(Event.status == EventStatus.CANCELLED, Event.kind.in_(ATTENDED))
AT_NO_SERVICE = and_(HELD, OF_NO_SERVICE)
OF_ABSENT = and_(HELD, Signup.status == SignupStatus.ABSENT)


def without_service() -> Select[int, int | None, int]:
    """Records that hold, of events at which nobody serves: id, event and person."""
    columns = (HoursRecord.id, HoursRecord.event_id, HoursRecord.person_id)
    return select(*columns).join(Event, Event.id == HoursRecord.event_id).where(AT_NO_SERVICE)


def of_absent() -> Select[int, int | None, int]:
    """Records that hold, of people who were marked absent at the event: id, event and person."""
    columns = (HoursRecord.id, HoursRecord.event_id, HoursRecord.person_id)
    both = and_(Signup.event_id == HoursRecord.event_id, Signup.person_id == HoursRecord.person_id)
    return select(*columns).join(Signup, both).where(OF_ABSENT)


def attended_without_hours(*wanted: Any) -> Select[*tuple[Any, ...]]:
    """What is wanted of events that are done, and of places of those who came there and of whom nothing is recorded.

    A record that was rejected or voided is one: somebody has decided about it.
    """
    own = (HoursRecord.event_id == Signup.event_id, HoursRecord.person_id == Signup.person_id)
    came = (Signup.status == SignupStatus.ATTENDED, ~exists().where(*own))
    served = (Event.status == EventStatus.DONE, Event.kind == EventKind.SERVICE)
    return select(*wanted).join_from(Signup, Event, Event.id == Signup.event_id).where(*came, *served)


def require_agreement(session: Session, recorder: Recorder) -> Iterator[str]:
    """Refuse what would let hours contradict their event; says nothing.

    Raises:
        HoursWithoutService, HoursOfAbsent: it would.
    """
    for touched in _touched(recorder):
        for query, refusal in ((without_service(), HoursWithoutService), (of_absent(), HoursOfAbsent)):
            rows = session.execute(query.where(touched).order_by(HoursRecord.id).limit(SHOWN)).all()
            if rows:
                raise _refusal(session, refusal, rows)
    yield from ()


def _touched(recorder: Recorder) -> Iterator[ColumnElement[bool]]:
    """The records of which this work touched themselves, their event or the attendance."""
    for table, column in (("hours_record", HoursRecord.id), ("event", HoursRecord.event_id)):
        for keys in chunks(_changed(recorder, table)):
            yield column.in_(keys)
    for first, last in recorder.inserted.get("hours_record", ()):
        yield HoursRecord.id.between(first, last)
    yield from _of_signups(recorder)


def _of_signups(recorder: Recorder) -> Iterator[ColumnElement[bool]]:
    """The records of events whose attendance this work touched."""
    for first, last in recorder.inserted.get("signup", ()):
        yield HoursRecord.event_id.in_(select(Signup.event_id).where(Signup.id.between(first, last)))
    # Of changed sign-ups only those that say absent now can contradict anything; check-ins are by far the most.
    for keys in chunks(_changed(recorder, "signup")):
        absent = select(Signup.event_id).where(Signup.id.in_(keys), Signup.status == SignupStatus.ABSENT)
        yield HoursRecord.event_id.in_(absent)


def _changed(recorder: Recorder, table: str) -> Iterable[int]:
    return list(recorder.updated.get(table, ()))


def _refusal(session: Session, refusal: type[Disagreement], rows: Any) -> Disagreement:
    event, person = rows[0].event_id, rows[0].person_id
    ids = listed(row.id for row in rows if row.event_id == event)
    names = {
        "person": person_names(session, [person])[person],
        "event": event_titles(session, [event])[event],
    }
    first = next(row.id for row in rows if row.event_id == event)
    return refusal(ids=ids, first=first, **names)
