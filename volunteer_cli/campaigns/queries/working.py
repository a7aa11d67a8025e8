"""What callers did, day by day, and whom campaigns met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Attempt, Campaign, Lease, Target
from volunteer_cli.campaigns.queries.results import from_last
from volunteer_cli.campaigns.terms import MET, REACHED, Method, Outcome
from volunteer_cli.core.database import chunks, day_of


def _of_community(query: Select[Any], community_id: int | None) -> Select[Any]:
    if community_id is None:
        return query
    query = query.join(Campaign, Campaign.id == Target.campaign_id)
    return query.where(Campaign.community_id == community_id)


def dealt_by_day(
    session: Session, first: datetime, last: datetime, community_id: int | None
) -> Sequence[Any]:
    """How many targets were dealt to each person on each day, from a moment to before another."""
    day = day_of(Lease.dealt_at)
    query: Any = select(Lease.person_id, day.label("day"), func.count().label("dealt"))
    query = query.join(Target, Target.id == Lease.target_id)
    query = query.where(Lease.dealt_at >= first, Lease.dealt_at < last).group_by(Lease.person_id, day)
    return session.execute(_of_community(query, community_id)).all()


_MADE = (
    func.count().label("tried"),
    func.count(case((Attempt.outcome.in_(REACHED), 1))).label("reached"),
    func.count(case((Attempt.outcome == Outcome.DONE, 1))).label("done"),
    func.count(Attempt.request_id).label("requests"),
)


def attempts_by_day(
    session: Session, first: datetime, last: datetime, community_id: int | None
) -> Sequence[Any]:
    """What each person did on each day, from a moment to before another."""
    day = day_of(Attempt.at)
    query: Any = select(Attempt.by_id.label("person_id"), day.label("day"), *_MADE)
    query = query.join(Target, Target.id == Attempt.target_id)
    query = query.where(Attempt.at >= first, Attempt.at < last).group_by(Attempt.by_id, day)
    return session.execute(_of_community(query, community_id)).all()


# --- for visits and coverage ------------------------------------------------------------


def last_met(
    session: Session, household_ids: Iterable[int], until: datetime, methods: Sequence[Method]
) -> dict[int | None, datetime]:
    """When campaigns that count as visits met households last before a moment, by household."""
    counting = select(Campaign.id).where(Campaign.counts_as_visit)
    if session.scalar(counting.limit(1)) is None:
        return {}
    query = _meetings(until, methods).where(Target.campaign_id.in_(counting))
    parts = (query.where(Target.household_id.in_(keys)) for keys in chunks(household_ids))
    return {row[0]: row[1] for part in parts for row in session.execute(part)}


# 见到 alone moves a rhythm: who was only promised a call, or refused, was reached and not met.
def _meetings(until: datetime, methods: Sequence[Method]) -> Select[Any, Any]:
    last = select(Target.household_id, func.max(Attempt.at)).group_by(Target.household_id)
    last = last.join(Attempt, Attempt.target_id == Target.id)
    return last.where(Attempt.outcome.in_(MET), Attempt.at < until, Attempt.method.in_(methods))


def reached_between(session: Session, first: datetime, last: datetime) -> dict[str, set[int]]:
    """The ids of households that campaigns reached, by the method, from a moment to before another."""
    query = select(Attempt.method, Target.household_id).join(Attempt, Attempt.target_id == Target.id)
    query = query.where(Attempt.at >= first, Attempt.at < last, Attempt.outcome.in_(REACHED))
    reached: dict[str, set[int]] = defaultdict(set)
    for method, key in session.execute(query.distinct()):
        # A person on a list may live nowhere on file.
        if key is not None:
            reached[method].add(key)
    return reached


def found_vacant(fewer_than: int | None = None) -> Select[Any]:
    """The households that attempts found vacant last; with a number, on fewer days than that."""
    ranked = select(Attempt.target_id, Attempt.outcome, from_last()).subquery()
    last = select(ranked.c.target_id).where(ranked.c.place == 1, ranked.c.outcome == Outcome.VACANT)
    homes: Select[Any] = select(Target.household_id).where(Target.id.in_(last))
    return homes if fewer_than is None else homes.where(Target.id.in_(_vacant_days(fewer_than)))


def _vacant_days(fewer_than: int) -> Select[Any]:
    vacant = select(Attempt.target_id).where(Attempt.outcome == Outcome.VACANT).group_by(Attempt.target_id)
    return vacant.having(func.count(day_of(Attempt.at).distinct()) < fewer_than)
