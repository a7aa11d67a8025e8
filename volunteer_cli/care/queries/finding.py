"""Which visit a text names, and visits in lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.care.models import Visit, VisitPerson
from volunteer_cli.care.terms import Part, VisitStatus
from volunteer_cli.core.database import built_once
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.lookup import Reference, find
from volunteer_cli.households.models import Household, Stay
from volunteer_cli.households.queries import lives_at

VISIT = Reference(N_("visit"), Visit, "volunteer visit list", codes=(), name=None)
#: What happened and was not taken back.
STANDING = Visit.voided_on.is_(None)
IS_PLAN = Visit.at.is_(None)


def is_open_plan(visit: Any) -> ColumnElement[bool]:
    """Whether a visit is planned, and neither made nor called off nor voided."""
    to_come = and_(visit.at.is_(None), visit.planned_on.is_not(None))
    return and_(to_come, visit.cancelled_on.is_(None), visit.voided_on.is_(None))


OPEN_PLAN = is_open_plan(Visit)


def find_visit(session: Session, text: str, *, changing: bool = True) -> Visit:
    """The visit or plan that an id names.

    Raises:
        NotFound, Withdrawn: none, or one whose record was undone.
    """
    return find(session, VISIT, text, changing=changing)


def start_of(day: date) -> datetime:
    """The first moment of a day."""
    return datetime.combine(day, time())


def end_of(day: date) -> datetime:
    """The first moment after a day, by which what happened on it is cut off."""
    return start_of(day + timedelta(days=1))


@built_once
def lived_in(day: date) -> ColumnElement[bool]:
    """Whether a plan for a household still makes sense: it is in use, and not all of its people have left."""
    anybody = select(Stay.id).where(Stay.household_id == Household.id).exists()
    living = lives_at(day).where(Stay.household_id == Household.id).exists()
    in_use = or_(Household.archived_on.is_(None), Household.archived_on > day)
    return and_(in_use, or_(living, ~anybody))


@built_once
def kept(day: date) -> ColumnElement[bool]:
    """Whether a visit took place on the day of a plan or after it, until a day."""
    later = aliased(Visit)
    return (
        select(later.id)
        .where(
            later.household_id == Visit.household_id,
            later.at.is_not(None),
            later.voided_on.is_(None),
            later.at >= Visit.planned_on,
            later.at < end_of(day),
        )
        .exists()
    )


@built_once
def plan_status(day: date, status: VisitStatus) -> ColumnElement[bool]:
    """Whether a plan has come to a status on a day."""
    # A plan for people who died, left or were erased falls away by itself; a visit that was made stays one.
    fallen = ~lived_in(day) & ~kept(day)
    cancelled = or_(Visit.cancelled_on.is_not(None), fallen)
    waiting, ahead = IS_PLAN & ~cancelled & ~kept(day), Visit.planned_on >= day
    return {
        VisitStatus.PLANNED: waiting & ahead,
        # Computed, as overdue is: nobody has to run anything for a plan to be missed.
        VisitStatus.MISSED: waiting & ~ahead,
        VisitStatus.DONE: IS_PLAN & Visit.cancelled_on.is_(None) & kept(day),
        VisitStatus.CANCELLED: IS_PLAN & cancelled,
        VisitStatus.VOIDED: Visit.voided_on.is_not(None),
    }[status]


def has_status(day: date, status: VisitStatus) -> ColumnElement[bool]:
    """Whether a visit or a plan has a status on a day."""
    if status is VisitStatus.DONE:
        happened = Visit.at.is_not(None) & STANDING
        return or_(happened, plan_status(day, status))
    return plan_status(day, status)


def with_person(person_id: int, part: Part = Part.VISITOR) -> ColumnElement[bool]:
    """Whether somebody went, or was met."""
    visits = select(VisitPerson.visit_id).where(VisitPerson.person_id == person_id, VisitPerson.part == part)
    return Visit.id.in_(visits)


def in_days(first: date, last: date) -> ColumnElement[bool]:
    """Whether a visit happened, or was planned, from one day to another, both in it."""
    happened = (Visit.at >= start_of(first)) & (Visit.at < end_of(last))
    return or_(happened, IS_PLAN & Visit.planned_on.between(first, last))


def visits(
    session: Session, *conditions: ColumnElement[bool], community_id: int | None = None
) -> Iterator[Any]:
    """Visits and plans that fit all that is asked for, in the order in which they were recorded."""
    query = select(Visit).join(Household, Household.id == Visit.household_id).where(*conditions)
    if community_id is not None:
        query = query.where(Household.community_id == community_id)
    return iter(session.scalars(query.order_by(Visit.id).execution_options(yield_per=1000)))


def open_plans(session: Session, household_ids: list[int], day: date) -> dict[int, Visit]:
    """The next plan of households that is neither kept nor missed on a day, by household."""
    from volunteer_cli.core.database import chunks

    plans: dict[int, Visit] = {}
    for keys in chunks(household_ids):
        query = select(Visit).join(Household, Household.id == Visit.household_id)
        query = query.where(Visit.household_id.in_(keys), Visit.noted_on <= day)
        query = query.where(plan_status(day, VisitStatus.PLANNED)).order_by(Visit.planned_on, Visit.id)
        for plan in session.scalars(query):
            plans.setdefault(plan.household_id, plan)
    return plans
