"""What must always hold of service hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.policies import TIMEZONE, texts_ever
from volunteer_cli.events.models import Event, Signup
from volunteer_cli.hours.models import ClosedPeriod, HoursRecord
from volunteer_cli.hours.rules.agreeing import (
    OF_NO_SERVICE,
    HoursOfAbsent,
    HoursWithoutService,
    attended_without_hours,
    of_absent,
    without_service,
)
from volunteer_cli.hours.rules.times import elapsed
from volunteer_cli.hours.terms import DAY, LIVE, OPEN, HoursStatus

#: Records that are held at a time.
ROWS = 10_000


def _overlaps(session: Session) -> Iterator[Finding]:
    """Each person's records in their order: one begins before another has ended."""
    person, until, before = 0, 0, 0
    for key, person_id, on, start, end in _beside_others(session):
        # Minutes on one line of all days, for a service may end on the day after it began.
        midnight = on.toordinal() * DAY
        # Half-open: who ends at 11:00 may begin again at 11:00.
        if person_id == person and midnight + start < until:
            yield Finding(f"hours:{key}", _("overlaps hours:{other} of the same person").format(other=before))
        if person_id != person or midnight + end > until:
            person, until, before = person_id, midnight + end, key


def _beside_others(session: Session) -> Iterator[Any]:
    """The records that may overlap another one, by person, day and start."""
    nights = select(HoursRecord.person_id).where(HoursRecord.end_minute > DAY, HoursRecord.status.in_(LIVE))
    queries = [_of_crowded_days()]
    if session.execute(nights.limit(1)).first():
        queries = [
            queries[0].where(HoursRecord.person_id.not_in(nights)),
            _timed().where(HoursRecord.person_id.in_(nights)),
        ]
    for query in queries:
        yield from session.execute(query.execution_options(yield_per=ROWS))


def _of_crowded_days() -> Select[int, int, date, int, int]:
    """The records of days with several of one person: where none goes past midnight, others overlap nothing.

    The index of people and days finds them without the table, which has millions of others.
    """
    person, day = HoursRecord.person_id, HoursRecord.served_on
    several = select(person, day).group_by(person, day)
    days = several.having(func.count() > 1).subquery()
    return _timed().join(days, and_(days.c.person_id == person, days.c.served_on == day))


def _timed() -> Select[int, int, date, int, int]:
    """The records that take up time: id, person, day, start and end, as they came one after the other."""
    columns = (HoursRecord.id, HoursRecord.person_id, HoursRecord.served_on)
    times = (func.coalesce(HoursRecord.start_minute, 0), func.coalesce(HoursRecord.end_minute, 0))
    timed = (HoursRecord.end_minute.is_not(None), HoursRecord.status.in_(LIVE))
    order = (HoursRecord.person_id, HoursRecord.served_on, HoursRecord.start_minute, HoursRecord.id)
    return select(*columns, *times).where(*timed).order_by(*order)


def _times(session: Session) -> Iterator[Finding]:
    start, end, minutes = HoursRecord.start_minute, HoursRecord.end_minute, HoursRecord.minutes
    impossible = or_(*_beyond_a_day(), *_contradictory())
    # One look at each of millions of records for all that may be wrong with it.
    wrong = select(HoursRecord.id, HoursRecord.served_on, start, end, minutes, impossible)
    zones: list[str] = []
    for row in session.execute(wrong.where(or_(impossible, end - start != minutes))):
        zones = zones or sorted(texts_ever(session, TIMEZONE))
        if not _is_night_of_change(row, zones):
            yield Finding(f"hours:{row[0]}", _("its times and its duration contradict each other"))


def _is_night_of_change(row: Any, zones: Iterable[str]) -> bool:
    """Whether the clocks changed meanwhile, so that an hour more or less passed than the clock on the wall says."""
    _key, on, first, last, given, impossible = row
    # Which night that is, the zone said that the office was in when it wrote the record down.
    return not impossible and any(given == elapsed(on, first or 0, last or 0, zone) for zone in zones)


def _beyond_a_day() -> Iterator[ColumnElement[bool]]:
    """A service lasts a day at most, and begins on its day."""
    start, minutes = HoursRecord.start_minute, HoursRecord.minutes
    yield or_(minutes < 0, minutes > DAY)
    yield or_(start < 0, start >= DAY)


def _contradictory() -> Iterator[ColumnElement[bool]]:
    """Times and duration that cannot stand beside each other; without an end there is no duration yet."""
    start, end, minutes = HoursRecord.start_minute, HoursRecord.end_minute, HoursRecord.minutes
    yield and_(start.is_(None), end.is_not(None))
    yield and_(start.is_not(None), end.is_(None), minutes != 0)
    yield and_(minutes == 0, or_(start.is_(None), end.is_not(None)))
    decided = HoursRecord.status.in_((HoursStatus.PENDING, HoursStatus.CONFIRMED))
    yield and_(minutes == 0, decided)


def _decisions(session: Session) -> Iterator[Finding]:
    status = HoursRecord.status
    unsigned = HoursRecord.confirmed_by.is_(None)
    unexplained = func.coalesce(HoursRecord.reason, "") == ""
    asked = {
        HoursStatus.CONFIRMED: unsigned,
        HoursStatus.REJECTED: unexplained,
        HoursStatus.VOIDED: unexplained,
    }
    known = {state: asked.get(state, false()) for state in HoursStatus}
    # The status is compared once a record, the commonest first, where conditions would compare it eight times.
    query = select(HoursRecord.id, status).where(case(known, value=status, else_=true()))
    problem = _("it is {status}, and nobody signed or no reason is given")
    for key, state in session.execute(query):
        yield Finding(f"hours:{key}", problem.format(status=state))


def _corrections(session: Session) -> Iterator[Finding]:
    new, old = aliased(HoursRecord), aliased(HoursRecord)
    broken = or_(old.status != HoursStatus.VOIDED, old.person_id != new.person_id, old.id >= new.id)
    query = select(new.id, old.id).join(old, old.id == new.corrects_id).where(broken)
    for key, other in session.execute(query):
        problem = _("it corrects hours:{other}, which is not its voided forerunner").format(other=other)
        yield Finding(f"hours:{key}", problem)
    for key in session.scalars(_corrected_twice()):
        yield Finding(f"hours:{key}", _("several records that hold correct it"))


def _corrected_twice() -> Select[Any]:
    """Records that more than one record in force replaces: their minutes would count twice."""
    former = HoursRecord.corrects_id
    in_force = select(former).where(former.is_not(None), HoursRecord.status.in_(LIVE))
    return in_force.group_by(former).having(func.count() > 1)


def _closed(session: Session) -> Iterator[Finding]:
    undecided = select(HoursRecord.id).where(HoursRecord.status.in_(OPEN))
    keys: set[int] = set()
    # Period by period, for the index of days then finds the records.
    for period in session.scalars(select(ClosedPeriod)):
        within = HoursRecord.served_on.between(period.first_on, period.last_on)
        here = HoursRecord.community_id == period.community_id
        keys.update(session.scalars(undecided.where(within, here)))
    for key in sorted(keys):
        yield Finding(f"hours:{key}", _("it is still to be decided, and its period is closed"))


def _agreement(session: Session) -> Iterator[Finding]:
    # These few events first, for all their records stand in an index.
    of_them = HoursRecord.event_id.in_(select(Event.id).where(OF_NO_SERVICE))
    queries = ((without_service().where(of_them), HoursWithoutService), (of_absent(), HoursOfAbsent))
    for query, kind in queries:
        # Sorted here: put in order by the database, all records would be gone through.
        for key in sorted(session.scalars(query)):
            yield Finding(f"hours:{key}", _(kind.found))
    problem = _("person:{person} came, and no hours are recorded.")
    for event, person in session.execute(attended_without_hours(Signup.event_id, Signup.person_id)):
        yield Finding(f"event:{event}", problem.format(person=person))


CHECKS = (
    Check("hours-overlap", N_("Nobody's hours are counted twice"), _overlaps, code="overlap"),
    Check("hours-times", N_("Times and durations of records agree"), _times),
    Check("hours-decisions", N_("Every confirmation is signed, every refusal has a reason"), _decisions),
    Check("hours-corrections", N_("Corrections point at what they replace"), _corrections),
    Check("hours-events", N_("Hours agree with the events and attendance that they are of"), _agreement),
    Check("hours-closed", N_("Nothing is to be decided in a closed period"), _closed, code="period_closed"),
)
