"""What closed periods and recorded hours hold against an undo, a policy and a merge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.dates import Period
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_, listed
from volunteer_cli.core.policies import Policy
from volunteer_cli.core.records import Change, PolicyValue
from volunteer_cli.core.run import run
from volunteer_cli.core.undo import Reversal
from volunteer_cli.events.models import Event, Signup
from volunteer_cli.hours import queries
from volunteer_cli.hours.counting import CONFIRMED, day_cap, rounded
from volunteer_cli.hours.models import ClosedPeriod, HoursRecord
from volunteer_cli.hours.rules.agreeing import attended_without_hours
from volunteer_cli.hours.rules.closing import PeriodClosed, require_decided
from volunteer_cli.hours.rules.deciding import times_in
from volunteer_cli.hours.rules.once import Service, Under
from volunteer_cli.hours.rules.recorded import recorded
from volunteer_cli.hours.rules.recording import described, record_from_attendance
from volunteer_cli.hours.rules.reviewing import is_doubtful, review
from volunteer_cli.hours.terms import COUNTING, LIVE, HoursStatus
from volunteer_cli.people.queries import person_names

HOURS, CLOSINGS, POLICIES, SIGNUPS = (
    model.__tablename__ for model in (HoursRecord, ClosedPeriod, PolicyValue, Signup)
)
#: Columns of a record on which figures of a period depend.
# Work, evidence and reason may be set right after a period was closed: no figure is made of them.
FIGURES = frozenset({"served_on", "start_minute", "end_minute", "minutes", "status"})


class CountedSince(RuleError):
    """Of {person} at {event} something else is recorded since: {ids}"""

    code = "overlap"
    hint = N_("One event counts once. Void that first: volunteer hours void {id} --reason TEXT")


class SharedHours(RuleError):
    """The two served at the same time: {records}"""

    code = "overlap"
    hint = N_("Void or correct what is wrong: volunteer hours void {first} --reason TEXT")


def before_undo(session: Session, reversal: Reversal) -> None:
    """Refuse an undo that would change figures of a period which stays closed.

    Raises:
        PeriodClosed: it would.
    """
    closings = _closings_besides(session, reversal)
    if not closings:
        return
    for community_id, day in _days_changed(session, reversal):
        if any(_covers(closed, community_id, day) for closed in closings):
            raise PeriodClosed(day=day)
    # A policy holds in all communities: the last day that any has closed counts.
    latest = max(closed.last_on for closed in closings)
    for holds_from in _policies_changed(session, reversal):
        if holds_from <= latest:
            raise PeriodClosed(day=latest)


def _covers(closed: ClosedPeriod, community_id: int, day: date) -> bool:
    return closed.community_id == community_id and closed.first_on <= day <= closed.last_on


def _closings_besides(session: Session, reversal: Reversal) -> list[ClosedPeriod]:
    """The closed periods that the operation itself did not close."""
    own = reversal.inserted.get(CLOSINGS, ())
    return [closed for closed in queries.closings(session) if closed.id not in own]


def _days_changed(session: Session, reversal: Reversal) -> Iterator[tuple[int, date]]:
    """Communities and days whose figures the undo would change."""
    for first, last in reversal.inserted.get(HOURS, ()):
        yield from _days(session, HoursRecord.id.between(first, last))
    changed = (
        key for key, (_before, after) in reversal.updated.get(HOURS, {}).items() if FIGURES & set(after)
    )
    for keys in chunks(changed):
        yield from _days(session, HoursRecord.id.in_(keys))
    for before in reversal.deleted.get(HOURS, {}).values():
        yield before["community_id"], date.fromisoformat(before["served_on"])


def _days(session: Session, wanted: ColumnElement[bool]) -> Iterable[Any]:
    """The closed days among those of some records."""
    within = and_(
        ClosedPeriod.community_id == HoursRecord.community_id,
        HoursRecord.served_on.between(ClosedPeriod.first_on, ClosedPeriod.last_on),
    )
    query = select(HoursRecord.community_id, HoursRecord.served_on).join(ClosedPeriod, within)
    return session.execute(query.where(wanted).distinct()).all()


def _policies_changed(session: Session, reversal: Reversal) -> Iterator[date]:
    """The days from which the undo would let another policy count."""
    # An undone entry of a policy lets the one before it count again, from the same day on.
    inserted = reversal.inserted.get(POLICIES, ())
    touched = [key for first, last in inserted for key in range(first, last + 1)]
    touched += reversal.updated.get(POLICIES, ())
    for row in reversal.deleted.get(POLICIES, {}).values():
        if row["name"] in COUNTING:
            yield _first_day(row["holds_from"])
    for policy in session.scalars(select(PolicyValue).where(PolicyValue.id.in_(touched))):
        if policy.name in COUNTING:
            yield _first_day(policy.holds_from)


def _first_day(holds_from: str) -> date:
    """The day from which a value counts; one without a day counts for all of the past."""
    return date.fromisoformat(holds_from) if holds_from else date.min


def after_undo(session: Session, reversal: Reversal) -> None:
    """Refuse an undo that closes a period again in which something is to be decided, or counts an event twice.

    Whoever came to an event that is done by the undo gets the hours of it.

    Raises:
        StillOpen, CountedSince: something is, or it would.
    """
    _require_closed(session, reversal)
    _require_counted_once(session, reversal)
    _record_those_back(session, reversal)


def after_bring(session: Session, reversal: Reversal) -> None:
    """Refuse to bring what closes a period with something to be decided; what says too much of an event needs review.

    Raises:
        StillOpen: something is.
    """
    _require_closed(session, reversal)
    review(session, (range(key, key + 1) for key in reversal.deleted.get(HOURS, ())))


def _require_closed(session: Session, reversal: Reversal) -> None:
    for key in reversal.deleted.get(CLOSINGS, ()):
        closed = session.get_one(ClosedPeriod, key)
        require_decided(session, closed.community_id, Period(closed.first_on, closed.last_on))


def _require_counted_once(session: Session, reversal: Reversal) -> None:
    """Refuse to bring a record back beside what was recorded of the same person and event since."""
    back = [*reversal.updated.get(HOURS, ()), *reversal.deleted.get(HOURS, ())]
    for record in _counting(session, back):
        others = [other for other in _beside(session, record) if _is_since(session, other, reversal)]
        if others and is_doubtful(session, record):
            raise CountedSince(ids=listed(others), id=others[0], **_whose(session, record))


def _counting(session: Session, keys: Iterable[int]) -> Iterator[HoursRecord]:
    """Records of events that count or are about to: what needs review is known to be doubtful."""
    counts = HoursRecord.status.in_((HoursStatus.PENDING, HoursStatus.CONFIRMED))
    for part in chunks(keys):
        own = (HoursRecord.id.in_(part), HoursRecord.event_id.is_not(None))
        yield from session.scalars(select(HoursRecord).where(*own, counts))


def _beside(session: Session, record: HoursRecord) -> Sequence[int]:
    """The other records that hold of the same person and event."""
    same = (HoursRecord.event_id == record.event_id, HoursRecord.person_id == record.person_id)
    other = (HoursRecord.id != record.id, HoursRecord.status.in_(LIVE))
    return session.scalars(select(HoursRecord.id).where(*same, *other).order_by(HoursRecord.id)).all()


def _is_since(session: Session, key: int, reversal: Reversal) -> bool:
    """Whether a record was written by a later operation than the one that is undone."""
    written = and_(Change.table_name == HOURS, Change.kind == "insert", Change.last_key >= key)
    later = select(Change.id).where(written, Change.first_key <= key)
    return session.scalar(later.where(Change.operation_id > reversal.operation_id).limit(1)) is not None


def _whose(session: Session, record: HoursRecord) -> dict[str, str]:
    event = session.get_one(Event, record.event_id)
    return {"person": person_names(session, [record.person_id])[record.person_id], "event": event.title}


def _record_those_back(session: Session, reversal: Reversal) -> None:
    """Write the hours of whoever came to an event that is done and has none, for they were marked absent then."""
    keys = [*reversal.updated.get(SIGNUPS, ()), *reversal.deleted.get(SIGNUPS, ())]
    for part in chunks(keys):
        for event, signup in session.execute(
            attended_without_hours(Event, Signup).where(Signup.id.in_(part))
        ):
            now, actor = run().clock.now, run().given.actor
            record_from_attendance(session, event, [signup], now=now, actor=actor)


def before_policy(session: Session, policy: Policy[Any], holds_from: date | None) -> None:
    """Refuse a policy that would change figures of a closed period.

    Raises:
        PeriodClosed: it would.
    """
    if policy.name not in COUNTING:
        return
    closed = queries.closed_until(session)
    if closed is not None and (holds_from is None or holds_from <= closed):
        raise PeriodClosed(day=closed)


def before_merge(session: Session, keep_id: int, drop_id: int) -> None:
    """Refuse to make one person of two who served at the same time.

    Raises:
        SharedHours: they did; the records are listed.
        PeriodClosed: less would count of a closed day, the cap being for each person.
    """
    services = recorded(session, [keep_id])[keep_id]
    own = select(HoursRecord).where(HoursRecord.person_id == drop_id, HoursRecord.status.in_(LIVE))
    pairs = [
        (record.id, f"{described(record)} / {described(session.get_one(HoursRecord, met.id))}")
        for record in session.scalars(own.order_by(HoursRecord.served_on, HoursRecord.id))
        if (met := services.meets(_service_in(session, record)))
    ]
    if pairs:
        raise SharedHours(records="; ".join(text for _key, text in pairs), first=pairs[0][0])
    for day in _capped_days(session, keep_id, drop_id):
        raise PeriodClosed(day=day)


def _service_in(session: Session, record: HoursRecord) -> Service:
    under = Under(record.event_id, record.team_id)
    return Service.of(times_in(record), queries.done_in(session, record), under)


def _capped_days(session: Session, *people: int) -> list[date]:
    """Closed days on which these people, as one person, would have fewer counted minutes."""
    day, both = HoursRecord.served_on, HoursRecord.person_id.in_(people)
    closed = and_(
        ClosedPeriod.community_id == HoursRecord.community_id,
        day.between(ClosedPeriod.first_on, ClosedPeriod.last_on),
    )
    # The cap is for a person's whole day: records of days that are open count towards it as well.
    frozen = select(day).join(ClosedPeriod, closed).where(CONFIRMED, both)
    full = select(day).where(CONFIRMED, both, day.in_(frozen)).group_by(day).order_by(day)
    several = func.count(HoursRecord.person_id.distinct()) > 1
    return list(session.scalars(full.having(several, func.sum(rounded(session)) > day_cap(session))))
