"""What counts: the one definition of counted minutes, for every list, report, star and certificate.

Confirmed minutes count, each record rounded by the policy `round_minutes`, a person's day at most up to
the policy `hours_per_day_cap`. Of a day beyond the cap, minutes are taken off the record that began
last, a record without times being the last of all and of equals the one recorded later; then off the
next. So every record has its counted minutes, and they add up alike however they are grouped.

Sums take all minutes first and then subtract the excess of the few days beyond the cap, which an index
finds; a window over all records would take eight times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Float,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session

from volunteer_cli.core.database import built_once
from volunteer_cli.core.exports import EXPORTED
from volunteer_cli.core.policies import policy_timeline
from volunteer_cli.core.sql_views import policy_on
from volunteer_cli.hours.models import HoursRecord
from volunteer_cli.hours.terms import DAY, HOURS_PER_DAY_CAP, ROUND_MINUTES, HoursStatus

Condition = ColumnElement[bool]
#: The values of a policy, each with the day from which on.
Timeline = tuple[tuple[date, int], ...]

#: The condition under which a record counts.
CONFIRMED: Condition = HoursRecord.status == HoursStatus.CONFIRMED


def sums(
    session: Session,
    *keys: Any,
    where: Iterable[Condition] = (),
    days: Iterable[Condition] = (),
    join: Callable[[Select[Any]], Select[Any]] = lambda query: query,
    people: bool = False,
) -> Select[Any]:
    """A query for counted minutes by `keys`: its rows are the keys, `minutes`, `records` and, if asked, `people`.

    Without keys it is one row. `keys` are columns or expressions of `HoursRecord` and of what `join` joins
    to it, one row to each record. `where` limits the records. `days` limits the search for days beyond the
    cap: conditions on `HoursRecord.person_id` and `HoursRecord.served_on` that hold for whole days of a
    person; a sum over few people or a short period is much faster with them.
    """
    conditions = (CONFIRMED, *where)
    given = join(_given(session, keys, people=people)).where(*conditions).group_by(*keys)
    if EXPORTED in session.info:
        return given
    lost = join(_lost(session, keys, days, people=people)).where(*conditions).group_by(*keys)
    return _less(given, lost, len(keys))


def _less(given: Select[Any], lost: Select[Any], count: int) -> Select[Any]:
    """What was given less what was lost, by the first `count` columns of both."""
    # A union of two sums instead of a join: each is one pass over an index, and the second is short.
    both = given.union_all(lost).subquery("counted")
    columns = list(both.c)
    groups, figures = columns[:count], columns[count:]
    totals = (func.coalesce(func.sum(figure), 0).label(figure.name) for figure in figures)
    return select(*groups, *totals).group_by(*groups)


def _given(session: Session, keys: Sequence[Any], *, people: bool) -> Select[Any]:
    """All minutes of records by key, as if no day had a cap."""
    counts: list[Any] = [func.count().label("records")]
    if people:
        counts.append(func.count(HoursRecord.person_id.distinct()).label("people"))
    minutes = func.sum(rounded(session)).label("minutes")
    return select(*keys, minutes, *counts).select_from(HoursRecord)


def _lost(session: Session, keys: Sequence[Any], days: Iterable[Condition], *, people: bool) -> Select[Any]:
    """The minutes beyond the cap by key, to be added as negative ones; no record and nobody is counted twice."""
    over = excess(session, *days)
    nothing = [literal(0)] * (2 if people else 1)
    query = select(*keys, -func.sum(over.c.minutes), *nothing)
    return query.select_from(HoursRecord).join(over, over.c.record_id == HoursRecord.id)


def excess(session: Session, *days: Condition) -> CTE:
    """The minutes of confirmed records that do not count for the cap: `record_id` and `minutes`, both integers."""
    terms = terms_of(session)
    return excess_under(terms, *days) if days else excess_of_all(terms)


@dataclass(frozen=True, eq=False)
class Terms:
    """How many minutes of a record are given, and how many a person's day may count, on the day of each record."""

    minutes: Any
    cap: Any


def terms_of(session: Session) -> Terms:
    """What the policies say now, as numbers in the query."""
    return _terms(*(tuple(policy_timeline(session, policy)) for policy in (ROUND_MINUTES, HOURS_PER_DAY_CAP)))


@built_once
def _terms(steps: Timeline, caps: Timeline) -> Terms:
    return Terms(_rounded(steps), _by_day(caps, lambda cap: cap))


def terms_in_sql() -> Terms:
    """What the policies say whenever it is asked, for a query that is kept in the database."""
    day = HoursRecord.served_on
    step = cast(policy_on(ROUND_MINUTES, day), Integer)
    minutes = (HoursRecord.minutes + step // 2) // step * step
    return Terms(minutes, cast(cast(policy_on(HOURS_PER_DAY_CAP, day), Float) * 60, Integer))


def excess_under(terms: Terms, *days: Condition) -> CTE:
    """As `excess`, under terms that are known."""
    by_rank = _beyond(terms, _full_days(terms, days))
    # Of the record that passes the cap only what lies beyond it; of those behind it everything.
    lost = case((by_rank.c.beyond < by_rank.c.given, by_rank.c.beyond), else_=by_rank.c.given)
    cut = select(by_rank.c.id.label("record_id"), lost.label("minutes")).where(by_rank.c.beyond > 0)
    return cut.cte("excess")


excess_of_all = built_once(excess_under)


def _full_days(terms: Terms, days: Iterable[Condition]) -> CTE:
    """The days of people on which more was given than counts: few, and an index finds them."""
    person, day = HoursRecord.person_id, HoursRecord.served_on
    full = select(person, day).where(CONFIRMED, *days).group_by(person, day)
    return full.having(func.sum(terms.minutes) > terms.cap).cte("full_days")


def _beyond(terms: Terms, full_days: CTE) -> Subquery:
    """The records of full days: `given`, and by how much the day has passed the cap when each of them ends.

    A record without times counts as the last of its day.
    """
    person, day, minutes = HoursRecord.person_id, HoursRecord.served_on, terms.minutes
    # One order for all, or which record is cut would depend on how the database reads.
    order = (func.coalesce(HoursRecord.start_minute, DAY), HoursRecord.id)
    so_far = func.sum(minutes).over(partition_by=(person, day), order_by=order)
    beyond = (so_far - terms.cap).label("beyond")
    same_day = and_(full_days.c.person_id == person, full_days.c.served_on == day)
    ranked = select(HoursRecord.id, minutes.label("given"), beyond).join(full_days, same_day)
    return ranked.where(CONFIRMED).subquery("by_rank")


def rounded(session: Session) -> ColumnElement[int]:
    """The minutes of a record to the nearest multiple that the policy names, halves upwards."""
    expression: ColumnElement[int] = terms_of(session).minutes
    return expression


def _rounded(steps: Timeline) -> Any:
    minutes: Any = HoursRecord.minutes

    def to_step(step: int) -> Any:
        return minutes if step == 1 else (minutes + step // 2) // step * step

    return _by_day(steps, to_step)


def day_cap(session: Session) -> Any:
    """The minutes that a person's day may count."""
    return terms_of(session).cap


def _by_day(timeline: Timeline, expression: Callable[[int], Any]) -> Any:
    """An expression for each value of a policy, on the days on which the value holds."""
    (_first, value), *later = timeline
    if not later:
        return expression(value)
    # The latest first: a case takes the first condition that holds.
    dated = [(HoursRecord.served_on >= day, expression(each)) for day, each in reversed(later)]
    return case(*dated, else_=expression(value))
