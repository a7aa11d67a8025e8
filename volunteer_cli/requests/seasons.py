"""What comes every year in the same days: 未诉先办, prepared before anybody calls."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from volunteer_cli.core.dates import Period, add_months
from volunteer_cli.core.policies import policy_value
from volunteer_cli.requests.queries import days_received
from volunteer_cli.requests.terms import SEASON_LEAD_DAYS, SEASON_MIN

#: How many days a season has.
SPAN = 30
YEAR = 12


@dataclass(frozen=True)
class Season:
    """Thirty days in which a category is to be expected, with how often it came in those of the last two years."""

    category: str
    first: date
    announced_on: date
    last_year_count: int
    year_before_count: int

    @property
    def last(self) -> date:
        """The last of the days."""
        return self.first + timedelta(SPAN - 1)

    @property
    def last_year(self) -> Period:
        """The same days a year ago."""
        return _years_before(self.first, 1)


def _years_before(first: date, years: int) -> Period:
    begin = add_months(first, -YEAR * years)
    return Period(begin, begin + timedelta(SPAN - 1))


def seasons(session: Session, today: date, community_id: int | None) -> Iterator[Season]:
    """The seasons of the year that begins today, by category and day; those of one category do not overlap."""
    first, last = add_months(today, -2 * YEAR), today + timedelta(SPAN)
    received = days_received(session, first=first, last=last, community_id=community_id)
    least = policy_value(session, SEASON_MIN)
    lead = timedelta(policy_value(session, SEASON_LEAD_DAYS))
    for category, days in received.items():
        for season in _of_category(days, today, least):
            yield Season(category, season[0], season[0] - lead, *season[1:])


def _of_category(days: Sequence[date], today: date, least: int) -> Iterator[tuple[date, int, int]]:
    """The first days of seasons with the counts of last year and of the year before."""
    free = today
    # A season begins with something that happened: an anniversary of a day of last year.
    for day in days:
        begin = add_months(day, YEAR)
        if begin < free or begin >= add_months(today, YEAR):
            continue
        counts = [_count(days, _years_before(begin, years)) for years in (1, 2)]
        if least and min(counts) >= least:
            yield begin, counts[0], counts[1]
            free = begin + timedelta(SPAN)


def _count(days: Sequence[date], period: Period) -> int:
    return bisect_right(days, period.last) - bisect_left(days, period.first)
