"""Which households were met or reached in a period by whatever means, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.queries.working import reached_between
from volunteer_cli.campaigns.terms import Method
from volunteer_cli.care.models import Visit
from volunteer_cli.care.queries.finding import STANDING, end_of, start_of
from volunteer_cli.care.terms import Outcome
from volunteer_cli.households.models import Household
from volunteer_cli.households.terms import Occupancy


def coverage(session: Session, first: date, last: date, community_id: int | None) -> dict[str, Any]:
    """The figures of coverage from one day to another, both in it, of households as they stand on the last."""
    rows = _households(session, last, community_id)
    # An empty flat can be reached by nobody, and must not make the rate worse.
    standing = {row.id for row in rows if row.occupancy != Occupancy.VACANT}
    ways = {way: homes & standing for way, homes in _reached(session, first, last).items()}
    # Each household once, however often and by however many ways it was reached.
    reached = len(set().union(*ways.values()))
    return {
        "households": len(rows),
        "standing": len(standing),
        "reached": reached,
        **{way: len(homes) for way, homes in ways.items()},
        "rate": reached / len(standing) if standing else None,
    }


def _reached(session: Session, first: date, last: date) -> dict[str, set[int]]:
    """The households that were met or reached, by the way of it."""
    by_method = reached_between(session, start_of(first), end_of(last))
    return {
        "by_visit": _met(session, first, last),
        "by_call": by_method[Method.CALL],
        "by_door": by_method[Method.DOOR],
    }


def _households(session: Session, day: date, community_id: int | None) -> Sequence[Any]:
    """The households that are in use on a day."""
    homes = select(Household.id, Household.occupancy).where(
        Household.founded_on <= day, or_(Household.archived_on.is_(None), Household.archived_on > day)
    )
    if community_id is not None:
        homes = homes.where(Household.community_id == community_id)
    return session.execute(homes).all()


def _met(session: Session, first: date, last: date) -> set[int]:
    query = select(Visit.household_id).where(STANDING, Visit.outcome == Outcome.MET)
    query = query.where(Visit.at >= start_of(first), Visit.at < end_of(last)).distinct()
    return set(session.scalars(query))
