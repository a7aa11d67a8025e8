"""Which command follows those that end in hours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.communities.queries import communities
from volunteer_cli.core.dates import Period
from volunteer_cli.core.history import recorder_of
from volunteer_cli.core.run import run
from volunteer_cli.events.leading import in_spans
from volunteer_cli.events.models import Event, Signup
from volunteer_cli.events.terms import SignupStatus
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.queries import open_records
from volunteer_cli.hours.terms import HoursStatus


def after_recording(_session: Session, records: Any) -> str:
    """What is pending is to be confirmed; what needs review is to be looked at first."""
    several = records if isinstance(records, list) else [records]
    if all(record.status == HoursStatus.PENDING for record in several):
        return "hours confirm {ids}"
    return ""


def after_finish(session: Session, event: Any) -> str:
    """Hours are to be confirmed; where nobody is known to have come, it is said who did."""
    if not isinstance(event, Event):
        return ""
    pending = select(HoursRecord.id).where(
        HoursRecord.event_id == event.id, HoursRecord.status == HoursStatus.PENDING
    )
    if session.scalar(pending.limit(1)) is not None:
        return "hours confirm --event {it}"
    places = select(Signup.status).where(Signup.event_id == event.id)
    known = set(session.scalars(places))
    unknown = SignupStatus.SIGNED_UP in known and SignupStatus.ATTENDED not in known
    return "event checkin {it} PERSON --at TIME" if unknown else ""


def after_import(session: Session, _records: Any) -> str:
    """What came in pending is to be confirmed; what needs review is looked at first."""
    added = list(recorder_of(session).inserted.get("hours_record", ()))
    if not added:
        return ""
    found = _brought(session, added[0][0], added[-1][1])
    statuses, events = {row[0] for row in found}, {row[1] for row in found}
    if HoursStatus.NEEDS_REVIEW in statuses:
        return "hours list --status needs_review"
    if HoursStatus.PENDING not in statuses:
        return ""
    return _confirming(session, events) or f"hours confirm {in_spans(added)}"


def _confirming(session: Session, events: Collection[int | None]) -> str:
    """The command for the hours of one event; none where they are of several, or of no event."""
    (key, *others) = events
    event = None if others or key is None else session.get_one(Event, key)
    return f"hours confirm --event {event.code or event.id}" if event else ""


def _brought(session: Session, first: int, last: int) -> Sequence[Any]:
    query = select(HoursRecord.status, HoursRecord.event_id).where(HoursRecord.id.between(first, last))
    return session.execute(query.distinct()).all()


def after_confirming(session: Session, _records: Any) -> str:
    """The month is closed, or what in it is still to be decided is looked at."""
    confirmed = recorder_of(session).updated.get("hours_record", {})
    record = session.get(HoursRecord, max(confirmed)) if confirmed else None
    if record is None:
        return ""
    month = Period.of_months(record.served_on)
    if open_records(session, record.community_id, month):
        return f"hours list --period {month.label} --status pending,needs_review"
    # Before its end more will come, which a closed month would refuse.
    over = month.last <= run().clock.today
    return f"hours close {month.label}{_of(session, record.community_id)}" if over else ""


def _of(session: Session, community_id: int) -> str:
    """The option that names a community, where there are several."""
    several = communities(session)
    code = next((each.code for each in several if each.id == community_id), "")
    return f" --community {code}" if len(several) > 1 and code else ""
