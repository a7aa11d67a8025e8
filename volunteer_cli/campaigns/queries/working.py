"""What callers did, day by day, and whom campaigns met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Attempt, Campaign, Lease, Target
from volunteer_cli.campaigns.queries.results import from_last
from volunteer_cli.campaigns.terms import MET, REACHED, Outcome
from volunteer_cli.core.database import chunks, day_of
from volunteer_cli.households.models import Stay
from volunteer_cli.households.queries.staying import stays_on
from volunteer_cli.households.terms import StayKind


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


def _at_homes(*columns: Any) -> Iterator[Select[Any]]:
    """Attempts with the household of each: of a person on a list the one in which they lived on that day."""
    yield select(Target.household_id, *columns).join(Attempt, Attempt.target_id == Target.id)
    lived = and_(
        Stay.person_id == Target.person_id, Stay.kind == StayKind.LIVES, stays_on(day_of(Attempt.at))
    )
    people = select(Stay.household_id, *columns).select_from(Target).where(Target.person_id.is_not(None))
    yield people.join(Attempt, Attempt.target_id == Target.id).join(Stay, lived)


# 见到 alone moves a rhythm: who was only promised a call, or refused, was reached and not met.
def _met(
    session: Session,
    household_ids: Iterable[int],
    *columns: Any,
    when: ColumnElement[bool],
    by: Sequence[Any],
) -> Iterator[Any]:
    """Households that campaigns which count as visits met, with what is asked for, a row for each that differs in `by`."""
    counting = select(Campaign.id).where(Campaign.counts_as_visit)
    meant = and_(Target.campaign_id.in_(counting), Attempt.outcome.in_(MET), when)
    parts = list(chunks(household_ids))
    for query in _at_homes(*columns):
        home = query.selected_columns[0]
        for keys in parts:
            yield from session.execute(query.where(meant, home.in_(keys)).group_by(home, *by))


def last_met(
    session: Session, household_ids: Iterable[int], until: datetime, methods: Iterable[str]
) -> dict[int | None, datetime]:
    """When campaigns that count as visits met households last before a moment, by household."""
    when = and_(Attempt.at < until, Attempt.method.in_(list(methods)))
    last: dict[int | None, datetime] = {}
    for key, at in _met(session, household_ids, func.max(Attempt.at), when=when, by=()):
        last[key] = max(at, last.get(key, at))
    return last


def met_between(
    session: Session, household_ids: Iterable[int], first: datetime, last: datetime
) -> Iterator[Any]:
    """How and by whom campaigns that count as visits met households, from a moment to before another."""
    how = (Attempt.method, Attempt.by_id)
    yield from _met(session, household_ids, *how, when=and_(Attempt.at >= first, Attempt.at < last), by=how)


def reached_between(session: Session, first: datetime, last: datetime) -> dict[str, set[int]]:
    """The ids of households that campaigns reached, by the method, from a moment to before another."""
    reached: dict[str, set[int]] = defaultdict(set)
    for query in _at_homes(Attempt.method):
        meant = query.where(Attempt.at >= first, Attempt.at < last, Attempt.outcome.in_(REACHED))
        for key, method in session.execute(meant.distinct()):
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
