"""What is read before attempts are entered: of a few targets or of all of a campaign, in as many queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Attempt, Lease, StageTarget, Target
from volunteer_cli.campaigns.queries.leases import live
from volunteer_cli.campaigns.queries.numbers import HEAD, numbers_of
from volunteer_cli.campaigns.queries.results import Part, joined
from volunteer_cli.campaigns.terms import Unit
from volunteer_cli.core.database import chunks
from volunteer_cli.households.models import ContactBlock, Household, Stay

#: Rows that are read at a time: what is stored of a large campaign never stands in memory as records.
AT_ONCE = 10_000


def places_of(session: Session, part: Part) -> dict[int, tuple[int, ...]]:
    """The ids of the stages that each target has come into, in their order; of one in none, none."""
    query = select(Target.id, StageTarget.stage_id).outerjoin(StageTarget, StageTarget.target_id == Target.id)
    places: dict[int, tuple[int, ...]] = {}
    for target, stage in session.execute(query.where(*part.own()).order_by(StageTarget.stage_id)):
        places[target] = (*places.get(target, ()), *([stage] if stage else ()))
    return places


def held(session: Session, part: Part, now: datetime) -> dict[int, Any]:
    """The live lease of each target that has one: its id, who has it, and until when."""
    query = select(Lease.target_id, Lease.id, Lease.person_id, Lease.until)
    query = query.join(Target, Target.id == Lease.target_id).where(*part.own(), live(now))
    return {row.target_id: row for row in session.execute(query)}


def had_last(session: Session, part: Part) -> dict[int, int]:
    """Who was dealt each target last, whether or not they still have it."""
    query = select(Lease.target_id, Lease.person_id).join(Target, Target.id == Lease.target_id)
    rows = session.execute(query.where(*part.own()).order_by(Lease.id))
    return {row.target_id: row.person_id for row in rows}


def numbers_of_homes(session: Session, part: Part) -> dict[int, str]:
    """The number of the household that each target is."""
    query = select(Target.id, Household.number).join(Household, Household.id == Target.household_id)
    return {row.id: row.number for row in session.execute(query.where(*part.own()))}


def blockable(session: Session, part: Part) -> set[int]:
    """The targets of which there is any wish not to be contacted, whenever it holds: only these need a look."""
    homes = select(ContactBlock.household_id).where(ContactBlock.household_id.is_not(None))
    return set(session.scalars(select(Target.id).where(*part.own(), _of_homes(part, homes))))


def _of_homes(part: Part, homes: Any) -> ColumnElement[bool]:
    if part.campaign.unit == Unit.HOUSEHOLD:
        return Target.household_id.in_(homes)
    people = select(ContactBlock.person_id).where(ContactBlock.person_id.is_not(None))
    living = select(Stay.person_id).where(Stay.household_id.in_(homes), Stay.person_id.is_not(None))
    return or_(Target.person_id.in_(people), Target.person_id.in_(living))


def tried(session: Session, part: Part) -> Iterator[Any]:
    """What was tried at targets, as the index on target and moment brings it."""
    columns = (
        Attempt.target_id,
        Attempt.at,
        Attempt.by_id,
        Attempt.stage_id,
        Attempt.outcome,
        Attempt.number,
    )
    query = select(*columns).join(Target, Target.id == Attempt.target_id).where(*part.own())
    for row in session.execute(query.execution_options(yield_per=AT_ONCE)):
        yield tuple(row)


def numbers_on(
    session: Session, part: Part, targets: Iterable[int], at: datetime
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The numbers of targets on a day, in the order in which they are called."""
    query = joined(part, select(Target.id, *numbers_of(part, at)).select_from(Target), at.date())
    if part.campaign.unit == Unit.HOUSEHOLD:
        query = query.outerjoin(HEAD, HEAD.id == Household.head_id)
    for keys in chunks(targets):
        for key, *numbers in session.execute(query.where(Target.id.in_(keys))):
            yield key, tuple(number for number in numbers if number)
