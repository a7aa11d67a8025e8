"""What belongs to visits: people and goods, and what became of plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.counting import any_counts_as_visit
from volunteer_cli.care.models import Visit, VisitPerson, VisitSupply
from volunteer_cli.care.queries.finding import STANDING, end_of, lived_in, start_of
from volunteer_cli.care.terms import METHOD_OF, Outcome, Part, VisitStatus
from volunteer_cli.core.database import chunks
from volunteer_cli.households.models import Household
from volunteer_cli.people.queries import person_names
from volunteer_cli.people.terms import NOBODY


def people_on(session: Session, visit_ids: Iterable[int], part: Part) -> dict[int, list[int | None]]:
    """The ids of those who went on visits, or were met, by visit; None stands for who was erased."""
    people: dict[int, list[int | None]] = {}
    query = select(VisitPerson.visit_id, VisitPerson.person_id).where(VisitPerson.part == part)
    for keys in chunks(visit_ids):
        for visit_id, person_id in session.execute(
            query.where(VisitPerson.visit_id.in_(keys)).order_by(VisitPerson.id)
        ):
            people.setdefault(visit_id, []).append(person_id)
    return people


def names_on(session: Session, visit_ids: Iterable[int], part: Part) -> dict[int, list[str]]:
    """The names of those who went on visits, or were met, by visit."""
    people = people_on(session, visit_ids, part)
    names = person_names(session, {key for ids in people.values() for key in ids})
    return {key: [names.get(each or 0, NOBODY) for each in ids] for key, ids in people.items()}


def supplies_on(session: Session, visit_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """What was given on visits, by visit: item, quantity, unit, and the drive it came from, if from one."""
    given: dict[int, list[dict[str, Any]]] = {}
    for keys in chunks(visit_ids):
        for visit_id, item, unit, drive, quantity in session.execute(_given(keys)):
            row = {"item": item, "quantity": quantity, "unit": unit, "drive": drive}
            given.setdefault(visit_id, []).append(row)
    return given


def _given(visit_ids: Sequence[int]) -> Select[Any, Any, Any, Any, Any]:
    """What was given, in the order of entry; several slips that one sack was drawn from are one sack again."""
    from volunteer_cli.drives.models import Drive

    keys = (VisitSupply.visit_id, VisitSupply.item, VisitSupply.unit, Drive.name)
    return (
        select(*keys, func.sum(VisitSupply.quantity))
        .outerjoin(Drive, Drive.id == VisitSupply.drive_id)
        .where(VisitSupply.visit_id.in_(visit_ids))
        .group_by(*keys)
        .order_by(func.min(VisitSupply.id))
    )


def supplies_of(session: Session, household_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """What was given to households, by household, the latest last."""
    visits = {visit.id: visit for visit in visits_of(session, household_ids) if visit.voided_on is None}
    given: dict[int, list[dict[str, Any]]] = {}
    for visit_id, rows in supplies_on(session, visits).items():
        visit = visits[visit_id]
        when = {"visit": visit_id, "date": visit.at.date() if visit.at else None}
        given.setdefault(visit.household_id, []).extend(when | row for row in rows)
    return given


def visits_of(session: Session, household_ids: Iterable[int]) -> list[Visit]:
    """All visits and plans of households, the earliest first."""
    query = select(Visit).order_by(func.coalesce(Visit.at, Visit.planned_on), Visit.id)
    return [
        visit
        for keys in chunks(household_ids)
        for visit in session.scalars(query.where(Visit.household_id.in_(keys)))
    ]


def statuses(session: Session, visits: Sequence[Visit], day: date) -> dict[int, VisitStatus]:
    """What became of visits and plans, by id, as of a day."""
    status = {visit.id: _status(visit) for visit in visits}
    plans = [visit for visit in visits if status[visit.id] is VisitStatus.PLANNED]
    last = _last_visits(session, {plan.household_id for plan in plans}, day)
    fallen = _fallen(session, {plan.household_id for plan in plans}, day)
    return status | {plan.id: _of_plan(plan, last, fallen, day) for plan in plans}


def _status(visit: Visit) -> VisitStatus:
    if visit.voided_on is not None:
        return VisitStatus.VOIDED
    if visit.at is not None:
        return VisitStatus.DONE
    return VisitStatus.CANCELLED if visit.cancelled_on is not None else VisitStatus.PLANNED


def _of_plan(plan: Visit, last: dict[int, date], fallen: set[int], day: date) -> VisitStatus:
    """A plan is kept by a visit on its day or after it; past its day it is missed."""
    planned_on = plan.planned_on or date.max
    if last.get(plan.household_id, date.min) >= planned_on:
        return VisitStatus.DONE
    if plan.household_id in fallen:
        return VisitStatus.CANCELLED
    return VisitStatus.PLANNED if planned_on >= day else VisitStatus.MISSED


def _last_visits(session: Session, household_ids: set[int], day: date) -> dict[int, date]:
    query = select(Visit.household_id, func.max(Visit.at)).where(STANDING, Visit.at < end_of(day))
    last: dict[int, date] = {}
    for keys in chunks(household_ids):
        part = query.where(Visit.household_id.in_(keys)).group_by(Visit.household_id)
        last |= {key: at.date() for key, at in session.execute(part) if at is not None}
    return last


def _fallen(session: Session, household_ids: set[int], day: date) -> set[int]:
    """The households whose plans fall away: out of use, or all of their people died, left or were erased."""
    query = select(Household.id).where(~lived_in(day))
    return {
        key for keys in chunks(household_ids) for key in session.scalars(query.where(Household.id.in_(keys)))
    }


def visit_counts(session: Session, household_ids: Iterable[int]) -> dict[int, int]:
    """How many visits, met or not, were made to households, by household."""
    query = select(Visit.household_id, func.count()).where(STANDING, Visit.at.is_not(None))
    return {
        key: count
        for keys in chunks(household_ids)
        for key, count in session.execute(
            query.where(Visit.household_id.in_(keys)).group_by(Visit.household_id)
        )
    }


def households_given(session: Session, drive_id: int) -> int:
    """To how many households goods of a drive were given, each once."""
    query = select(func.count(Visit.household_id.distinct())).join(
        VisitSupply, VisitSupply.visit_id == Visit.id
    )
    return session.scalar(query.where(STANDING, VisitSupply.drive_id == drive_id)) or 0


class Seen(NamedTuple):
    """A try at a household: its outcome, its method and who went."""

    outcome: str
    method: str
    visitor_ids: tuple[int | None, ...]


def seen_between(
    session: Session, household_ids: Iterable[int], first: date, last: date
) -> dict[int, list[Seen]]:
    """The tries at households from one day to another, both in it, by household."""
    rows = _tries(session, household_ids, first, last)
    visitors = people_on(session, [row.id for row in rows], Part.VISITOR)
    seen: dict[int, list[Seen]] = {}
    for row in rows:
        each = Seen(row.outcome, row.method, tuple(visitors.get(row.id, ())))
        seen.setdefault(row.household_id, []).append(each)
    return seen


def met_by_campaigns(
    session: Session, household_ids: Iterable[int], first: date, last: date
) -> dict[int, list[Seen]]:
    """The meetings of campaigns that count as visits from one day to another, both in it, by household."""
    met: dict[int, list[Seen]] = {}
    if any_counts_as_visit(session):
        from volunteer_cli.campaigns.queries.working import met_between

        for key, way, by_id in met_between(session, household_ids, start_of(first), end_of(last)):
            met.setdefault(key, []).append(Seen(Outcome.MET, METHOD_OF[way], (by_id,)))
    return met


_GIVEN = (
    func.sum(VisitSupply.quantity).label("quantity"),
    func.count(Visit.id.distinct()).label("visits"),
    func.count(Visit.household_id.distinct()).label("households"),
)


def _tries(session: Session, household_ids: Iterable[int], first: date, last: date) -> list[Any]:
    query = select(Visit.id, Visit.household_id, Visit.outcome, Visit.method).where(
        STANDING, Visit.at >= start_of(first), Visit.at < end_of(last)
    )
    return [
        row
        for keys in chunks(household_ids)
        for row in session.execute(query.where(Visit.household_id.in_(keys)))
    ]


def given_between(session: Session, first: date, last: date, community_id: int | None) -> Sequence[Any]:
    """What was given on visits from one day to another, by item, unit and drive."""
    from volunteer_cli.drives.models import Drive

    in_days = (STANDING, Visit.at >= start_of(first), Visit.at < end_of(last))
    query = (
        select(VisitSupply.item, VisitSupply.unit, Drive.name.label("drive"), *_GIVEN)
        .join(Visit, Visit.id == VisitSupply.visit_id)
        .join(Household, Household.id == Visit.household_id)
        .outerjoin(Drive, Drive.id == VisitSupply.drive_id)
        .group_by(VisitSupply.item, VisitSupply.unit, Drive.name)
    )
    here = () if community_id is None else (Household.community_id == community_id,)
    return session.execute(query.where(*in_days, *here)).all()
