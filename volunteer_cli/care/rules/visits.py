"""Visits that took place, plans of them, and what is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from volunteer_cli.care.models import AlarmClear, Visit, VisitPerson
from volunteer_cli.care.queries.due import dues
from volunteer_cli.care.queries.finding import OPEN_PLAN, STANDING, end_of, start_of
from volunteer_cli.care.queries.listing import people_on
from volunteer_cli.care.rules.drafts import Draft
from volunteer_cli.care.rules.errors import (
    AlreadyOut,
    IsPlan,
    NoAlarm,
    NobodyMet,
    NotPlan,
    SamePlan,
    SameVisit,
    TwoPeople,
)
from volunteer_cli.care.rules.supplies import give, put_back
from volunteer_cli.care.terms import TWO_PEOPLE_KINDS, Method, Outcome, Part, VisitKind
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.steps import require_step
from volunteer_cli.households.models import Household
from volunteer_cli.households.queries import shown_household
from volunteer_cli.households.rules import require_in_use


def moment(on: date | None, now: datetime) -> datetime:
    """When something happened: now, the moment that was typed, or a day of which the time is not known."""
    if on is None:
        return now
    return on if isinstance(on, datetime) else datetime.combine(on, time())


def add_visit(session: Session, household: Household, draft: Draft, *, now: datetime) -> Visit:
    """Record a try to see a household, and what was given where somebody was met.

    Raises:
        HouseholdArchived, StepAhead: it is out of use, or the day is yet to come.
        SameVisit, NobodyMet, TwoPeople: as their sentences say.
        NegativeStock, DriveClosed, OverLimit: the goods cannot have been given so.
    """
    require_in_use(household)
    require_step(draft.at, now=now, last=None, thing=household.number)
    _require_new(session, household, draft)
    _require_met(household, draft)
    _require_two(session, household, draft)
    visit = _write(session, household, draft, now.date())
    if draft.given:
        give(session, visit, household, draft)
    visit.overridden = draft.override if draft.passed else None
    session.flush()
    return visit


def _write(session: Session, household: Household, draft: Draft, today: date) -> Visit:
    visit = Visit(
        household_id=household.id,
        at=draft.at,
        noted_on=today,
        method=draft.method,
        kind=draft.kind,
        outcome=draft.outcome,
        request_id=draft.request_id,
        note=draft.note,
    )
    session.add(visit)
    session.flush()
    name_people(session, visit, {Part.VISITOR: draft.visitor_ids, Part.MET: draft.met_ids})
    return visit


def name_people(session: Session, visit: Visit, people: dict[Part, Sequence[int]]) -> None:
    """Write down who went and who was met."""
    session.add_all(
        VisitPerson(visit_id=visit.id, part=part, person_id=key)
        for part, keys in people.items()
        for key in keys
    )
    session.flush()


def _require_new(session: Session, household: Household, draft: Draft) -> None:
    """Refuse the same visit again; raises SameVisit."""
    if twin := same_visit(session, household.id, draft):
        raise SameVisit(household=shown_household(household), day=draft.at.date(), id=twin.id)


# A register and a slip of paper often tell of one visit; the day, the way and the people say that it is one.
def same_visit(session: Session, household_id: int, draft: Draft) -> Visit | None:
    """The visit of the same household, day, method, outcome and visitors.

    Whoever knocks in vain often knocks again in the evening: such tries are the same at one moment only.
    """
    twins = session.scalars(_tries_like(household_id, draft)).all()
    visitors = people_on(session, [twin.id for twin in twins], Part.VISITOR)
    people = set(draft.visitor_ids)
    return next((twin for twin in twins if set(visitors.get(twin.id, ())) == people), None)


def _tries_like(household_id: int, draft: Draft) -> Select[Visit]:
    day = draft.at.date()
    of_day = (Visit.at >= start_of(day)) & (Visit.at < end_of(day))
    when = Visit.at == draft.at if draft.outcome is Outcome.NO_ANSWER else of_day
    same = (Visit.household_id == household_id, Visit.outcome == draft.outcome, Visit.method == draft.method)
    return select(Visit).where(*same, STANDING, when).order_by(Visit.id)


def _require_two(session: Session, household: Household, draft: Draft) -> None:
    """Refuse that one person goes alone where two are needed; raises TwoPeople."""
    marked = household.two_people is not None or draft.kind in policy_value(session, TWO_PEOPLE_KINDS)
    if draft.method is not Method.DOOR or not marked or len(set(draft.visitor_ids)) >= 2:
        return
    if draft.override is None:
        raise TwoPeople(household=shown_household(household))
    draft.passed.append(TwoPeople.code)


# --- plans ------------------------------------------------------------


def _require_met(household: Household, draft: Draft) -> None:
    """Raises NobodyMet where somebody is named or gets something though nobody was met."""
    if draft.outcome is not Outcome.MET and (draft.given or draft.met_ids):
        raise NobodyMet(household=shown_household(household))


def plan_visit(
    session: Session, household: Household, visitor_ids: Sequence[int], on: date, *, today: date
) -> Visit:
    """Plan a visit to a household on a day.

    Raises:
        HouseholdArchived, SamePlan: it is out of use, or has an open plan for that day.
    """
    require_in_use(household)
    _require_no_plan(session, household, on)
    plan = Visit(
        household_id=household.id, planned_on=on, noted_on=today, method=Method.DOOR, kind=VisitKind.CARE
    )
    session.add(plan)
    session.flush()
    name_people(session, plan, {Part.VISITOR: visitor_ids})
    return plan


def cancel_plan(session: Session, visit: Visit, on: date, *, now: datetime) -> None:
    """Drop a plan; raises NotPlan, AlreadyOut, StepAhead and OutOfOrder."""
    if visit.at is not None:
        raise NotPlan(id=visit.id)
    if visit.cancelled_on is not None:
        raise AlreadyOut(id=visit.id, day=visit.cancelled_on)
    require_step(on, now=now, last=visit.noted_on, thing=f"visit:{visit.id}")
    visit.cancelled_on = _day(on)
    session.flush()


# --- taken back ------------------------------------------------------------


def void_visit(session: Session, visit: Visit, on: date, *, now: datetime) -> None:
    """Take back a visit that never took place; goods go back into stock on that day.

    Raises:
        IsPlan, AlreadyOut: there is nothing to be taken back.
        StepAhead, OutOfOrder, DriveClosed: as their sentences say.
    """
    if visit.at is None:
        raise IsPlan(id=visit.id)
    if visit.voided_on is not None:
        raise AlreadyOut(id=visit.id, day=visit.voided_on)
    require_step(on, now=now, last=visit.at, thing=f"visit:{visit.id}")
    visit.voided_on = _day(on)
    put_back(session, visit, visit.voided_on)
    session.flush()


def _require_no_plan(session: Session, household: Household, on: date) -> None:
    """Raises SamePlan: two plans of one day would be two lines of a route to one door."""
    query = select(Visit).where(Visit.household_id == household.id, OPEN_PLAN, Visit.planned_on == on)
    if twin := session.scalar(query.limit(1)):
        raise SamePlan(household=shown_household(household), day=on, id=twin.id)


def clear_alarm(
    session: Session, household: Household, reason: str, at: datetime, *, now: datetime
) -> AlarmClear:
    """Note that all is well where nobody had answered.

    Raises:
        StepAhead, NoAlarm: as their sentences say.
    """
    require_step(at, now=now, last=None, thing=household.number)
    due = dues(session, at.date(), Household.id == household.id)
    if not any(each.alarm for each in due):
        raise NoAlarm(household=shown_household(household))
    clear = AlarmClear(household_id=household.id, at=_end_of_day(at), reason=reason)
    session.add(clear)
    session.flush()
    return clear


def _end_of_day(at: datetime) -> datetime:
    """A moment; of a day without a time its end, for what is told of a day ends the tries of that day."""
    return at if at.time() != time() else datetime.combine(at.date(), time(23, 59))


def _day(on: date) -> date:
    return on.date() if isinstance(on, datetime) else on
