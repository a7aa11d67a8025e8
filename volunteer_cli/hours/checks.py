"""What must always hold of service hours."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.hours.models import ClosedPeriod, HoursRecord
from volunteer_cli.hours.rules.agreeing import (
    HoursOfAbsent,
    HoursWithoutService,
    of_absent,
    without_service,
)
from volunteer_cli.hours.terms import DAY, LIVE, OPEN, HoursStatus


def _overlaps(session: Session) -> Iterator[Finding]:
    """Each person's records in their order: one begins before another has ended."""
    columns = (HoursRecord.id, HoursRecord.person_id, HoursRecord.served_on)
    times = (func.coalesce(HoursRecord.start_minute, 0), func.coalesce(HoursRecord.end_minute, 0))
    query = select(*columns, *times).where(HoursRecord.end_minute.is_not(None), HoursRecord.status.in_(LIVE))
    order = (HoursRecord.person_id, HoursRecord.served_on, HoursRecord.start_minute, HoursRecord.id)
    person, until, before = 0, 0, 0
    for key, person_id, on, start, end in session.execute(query.order_by(*order)):
        midnight = on.toordinal() * DAY
        if person_id == person and midnight + start < until:
            yield Finding(f"hours:{key}", _("overlaps hours:{other} of the same person").format(other=before))
        if person_id != person or midnight + end > until:
            person, until, before = person_id, midnight + end, key


def _times(session: Session) -> Iterator[Finding]:
    start, end, minutes = HoursRecord.start_minute, HoursRecord.end_minute, HoursRecord.minutes
    wrong = or_(
        minutes < 0,
        minutes > DAY,
        start < 0,
        start >= DAY,
        and_(start.is_(None), end.is_not(None)),
        and_(end.is_not(None), end - start != minutes),
        and_(minutes == 0, or_(start.is_(None), end.is_not(None))),
        and_(start.is_not(None), end.is_(None), minutes != 0),
        and_(minutes == 0, HoursRecord.status.in_((HoursStatus.PENDING, HoursStatus.CONFIRMED))),
    )
    for key in session.scalars(select(HoursRecord.id).where(wrong)):
        yield Finding(f"hours:{key}", _("its times and its duration contradict each other"))


def _decisions(session: Session) -> Iterator[Finding]:
    status = HoursRecord.status
    unsigned = and_(status == HoursStatus.CONFIRMED, HoursRecord.confirmed_by.is_(None))
    unexplained = and_(
        status.in_((HoursStatus.REJECTED, HoursStatus.VOIDED)), func.coalesce(HoursRecord.reason, "") == ""
    )
    unknown = status.not_in(list(HoursStatus))
    for key, state in session.execute(
        select(HoursRecord.id, status).where(or_(unsigned, unexplained, unknown))
    ):
        yield Finding(
            f"hours:{key}", _("it is {status}, and nobody signed or no reason is given").format(status=state)
        )


def _corrections(session: Session) -> Iterator[Finding]:
    new, old = aliased(HoursRecord), aliased(HoursRecord)
    broken = or_(old.status != HoursStatus.VOIDED, old.person_id != new.person_id, old.id >= new.id)
    query = select(new.id, old.id).join(old, old.id == new.corrects_id).where(broken)
    for key, other in session.execute(query):
        yield Finding(
            f"hours:{key}",
            _("it corrects hours:{other}, which is not its voided forerunner").format(other=other),
        )
    twice = select(new.corrects_id).where(new.corrects_id.is_not(None), new.status.in_(LIVE))
    for corrected in session.scalars(twice.group_by(new.corrects_id).having(func.count() > 1)):
        yield Finding(f"hours:{corrected}", _("several records that hold correct it"))


def _closed(session: Session) -> Iterator[Finding]:
    within = and_(
        ClosedPeriod.community_id == HoursRecord.community_id,
        HoursRecord.served_on.between(ClosedPeriod.first_on, ClosedPeriod.last_on),
    )
    query = select(HoursRecord.id).join(ClosedPeriod, within).where(HoursRecord.status.in_(OPEN))
    for key in session.scalars(query.distinct()):
        yield Finding(f"hours:{key}", _("it is still to be decided, and its period is closed"))


def _agreement(session: Session) -> Iterator[Finding]:
    for query, kind in ((without_service(), HoursWithoutService), (of_absent(), HoursOfAbsent)):
        for key in session.scalars(query.order_by(HoursRecord.id)):
            yield Finding(f"hours:{key}", _(kind.found))


CHECKS = (
    Check("hours-overlap", N_("Nobody's hours are counted twice"), _overlaps),
    Check("hours-times", N_("Times and durations of records agree"), _times),
    Check("hours-decisions", N_("Every confirmation is signed, every refusal has a reason"), _decisions),
    Check("hours-corrections", N_("Corrections point at what they replace"), _corrections),
    Check("hours-events", N_("Hours agree with the events and attendance that they are of"), _agreement),
    Check("hours-closed", N_("Nothing is to be decided in a closed period"), _closed),
)
