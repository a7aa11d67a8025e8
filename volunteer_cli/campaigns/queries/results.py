"""The result of a target: one expression over its attempts, for any part of a campaign and any past instant.

Nothing of it is stored. Lists, dealing, progress, the worklist and the reports all ask here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Attempt, Campaign, Stage, StageTarget, Target
from volunteer_cli.campaigns.terms import (
    ATTEMPTS_MAX,
    ATTEMPTS_SPREAD,
    ELSEWHERE,
    NO_CONTACT,
    REFUSALS_FINAL,
    VACANCY_CHECKS,
    Method,
    Outcome,
    Result,
    Unit,
)
from volunteer_cli.core.database import day_of
from volunteer_cli.core.policies import policy_value
from volunteer_cli.households.models import Household
from volunteer_cli.households.queries import blocked_households, blocked_people, lives_at
from volunteer_cli.households.terms import BlockMethod
from volunteer_cli.people.models import Person


@dataclass(frozen=True)
class Limits:
    """What the office has set: when a target is unreached, a refusal final, a flat proved vacant."""

    attempts: int
    spread: bool
    refusals: int
    vacancies: int

    @classmethod
    def of(cls, session: Session) -> Limits:
        """The limits that hold now."""
        return cls(
            policy_value(session, ATTEMPTS_MAX),
            policy_value(session, ATTEMPTS_SPREAD),
            policy_value(session, REFUSALS_FINAL),
            policy_value(session, VACANCY_CHECKS),
        )


@dataclass(frozen=True)
class Part:
    """What of a campaign is looked at: all of it, a stage, or a day's round of one.

    Attributes:
        among: the opened stages of the campaign, in their order.
        current: only the targets that no later stage has taken on.
        targets: only these, which is quick where a few are asked for.
    """

    campaign: Campaign
    among: tuple[Stage, ...]
    stage: Stage | None = None
    round: date | None = None
    current: bool = False
    targets: tuple[int, ...] = ()

    @property
    def method(self) -> Method:
        """By which way its targets are reached."""
        own = self.stage.method if self.stage else None
        return Method(own or self.campaign.method)

    @property
    def checks(self) -> list[int]:
        """The stages of the campaign that are re-checks."""
        return [stage.id for stage in self.among if stage.share is not None]

    def attempts(self) -> list[ColumnElement[bool]]:
        """Which attempts count for the result."""
        if self.stage is None:
            # A re-check tells how far the first results can be trusted, and changes none of them.
            return [Attempt.stage_id.not_in(self.checks)] if self.checks else []
        return self._of_stage(self.stage)

    def _of_stage(self, stage: Stage) -> list[ColumnElement[bool]]:
        own = [Attempt.stage_id == stage.id]
        return [*own, Attempt.round == self.round] if self.round else own

    def own(self) -> list[ColumnElement[bool]]:
        """Which targets of all campaigns are meant."""
        few = [Target.id.in_(self.targets)] if self.targets else []
        return [Target.campaign_id == self.campaign.id, *few]

    def members(self, now: datetime) -> list[ColumnElement[bool]]:
        """Which targets belong to it at a moment."""
        listed = [*self.own(), Target.listed_at <= now]
        if self.stage is None:
            return listed
        own = select(StageTarget.target_id).where(
            StageTarget.stage_id == self.stage.id, StageTarget.since <= now
        )
        return [*listed, Target.id.in_(own), *self._left(now)]

    def _left(self, now: datetime) -> Iterable[ColumnElement[bool]]:
        """Not those that a later stage has taken on."""
        assert self.stage is not None  # noqa: S101 - for the type checker; `members` has looked
        later = [stage.id for stage in self.among if stage.id > self.stage.id]
        if self.current and later:
            taken = select(StageTarget.target_id).where(
                StageTarget.stage_id.in_(later), StageTarget.since <= now
            )
            yield Target.id.not_in(taken)


#: What is shown of the latest attempt, and the column that it is kept in.
LAST = {"last_outcome": "outcome", "last_at": "at", "next_at": "callback_at", "last_by_id": "by_id"}


#: What is read of an attempt, by whose columns this is put together each time.
_TOLD = (
    Attempt.target_id,
    Attempt.outcome,
    Attempt.at,
    Attempt.by_id,
    Attempt.off_hours,
    Attempt.callback_at,
)


def _is(condition: ColumnElement[bool], value: Any = 1) -> ColumnElement[Any]:
    return case((condition, value))


def from_last() -> ColumnElement[int]:
    """The place of an attempt among those at its target, counted from the latest; of one moment the later entry."""
    latest_first = (Attempt.at.desc(), Attempt.id.desc())
    return func.row_number().over(partition_by=Attempt.target_id, order_by=latest_first).label("place")


def tally(part: Part, now: datetime) -> Subquery:
    """What attempts up to a moment come to, a row for each target that was tried."""
    own = select(Target.id).where(*part.own())
    ranked = select(*_TOLD, from_last()).where(Attempt.target_id.in_(own), Attempt.at <= now)
    made = ranked.where(*part.attempts()).subquery()
    return select(made.c.target_id, *_counts(made.c), *_last(made.c)).group_by(made.c.target_id).subquery()


def _counts(made: Any) -> list[ColumnElement[Any]]:
    """How often, on how many days and by how many people."""
    missed, day, outcome = made.outcome.in_(NO_CONTACT), day_of(made.at), made.outcome
    counts = {
        "finished": _is(outcome == Outcome.DONE),
        # 空户 is proved on several days: two looks on one day are one.
        "vacancies": _is(outcome == Outcome.VACANT, day).distinct(),
        "refusals": _is(outcome == Outcome.REFUSED, made.by_id).distinct(),
        "missed": _is(missed),
        "missed_days": _is(missed, day).distinct(),
        "off_hours": _is(missed & made.off_hours),
    }
    return [func.count().label("attempts"), *_counted(counts)]


def _counted(counts: Mapping[str, ColumnElement[Any]]) -> Iterator[ColumnElement[Any]]:
    return (func.count(column).label(name) for name, column in counts.items())


def _last(made: Any) -> list[ColumnElement[Any]]:
    """What the latest attempt says."""
    return [func.max(_is(made.place == 1, made[column])).label(name) for name, column in LAST.items()]


# The order of the cases is the rule (domain, section 11): the first that is true is the result.
def result_of(part: Part, tried: Any, limits: Limits, now: datetime) -> ColumnElement[str]:
    """The result of a target beside its tally, as one expression."""
    # The first that is true; each target has exactly one, so that the parts of any list add up to it.
    return case(
        (left_out(part, now), Result.OUT_OF_SCOPE),
        (tried.finished > 0, Result.DONE),
        (tried.last_outcome.in_(ELSEWHERE), Result.OUT_OF_SCOPE),
        (tried.last_outcome == Outcome.ABSENT, Result.ABSENT),
        (_proved_vacant(tried, limits), Result.VACANT),
        (tried.refusals >= limits.refusals, Result.REFUSED),
        (is_blocked(part, now.date()), Result.BLOCKED),
        (_unreached(tried, limits), Result.UNREACHED),
        (is_waiting(tried, now), Result.WAITING),
        (tried.attempts > 0, Result.OPEN),
        else_=Result.TODO,
    )


# Who is at work all day is not unreached for being out at noon: one try must be of an evening or a day off.
def _unreached(tried: Any, limits: Limits) -> ColumnElement[bool]:
    often = (tried.last_outcome.in_(NO_CONTACT), tried.missed >= limits.attempts)
    return and_(*often, *(_spread(tried) if limits.spread else ()))


def _spread(tried: Any) -> tuple[ColumnElement[bool], ...]:
    return tried.missed_days >= 2, tried.off_hours > 0


def is_waiting(tried: Any, now: datetime) -> ColumnElement[bool]:
    """Whether a call is promised whose time has not come."""
    return and_(tried.last_outcome == Outcome.CALLBACK, tried.next_at > now)


def _proved_vacant(tried: Any, limits: Limits) -> ColumnElement[bool]:
    return and_(tried.last_outcome == Outcome.VACANT, tried.vacancies >= limits.vacancies)


def left_out(part: Part, now: datetime) -> ColumnElement[bool]:
    """Whether a target was excluded, or died, left or was put away, by a moment."""
    record = Household if part.campaign.unit == Unit.HOUSEHOLD else Person
    return or_(Target.excluded_at <= now, record.archived_on <= now.date())


def is_blocked(part: Part, day: date, method: Method | None = None) -> ColumnElement[bool]:
    """Whether a target is not to be contacted on a day by a method; by either, if by both it is not."""
    way = method or part.method
    ways = list(BlockMethod) if way is Method.EITHER else [BlockMethod(way)]
    return and_(*(_blocked_for(part, day, each) for each in ways))


def _blocked_for(part: Part, day: date, way: BlockMethod) -> ColumnElement[bool]:
    homes = blocked_households(day, way)
    if part.campaign.unit == Unit.HOUSEHOLD:
        return Target.household_id.in_(homes)
    return or_(Target.person_id.in_(blocked_people(day, way)), Household.id.in_(homes))


def joined(part: Part, query: Select[Any], day: date) -> Select[Any]:
    """A query of targets with the household of each, or with the person and the household where they live."""
    if part.campaign.unit == Unit.HOUSEHOLD:
        return query.join(Household, Household.id == Target.household_id)
    home = lives_at(day).subquery()
    query = query.join(Person, Person.id == Target.person_id)
    query = query.outerjoin(home, home.c.person_id == Target.person_id)
    return query.outerjoin(Household, Household.id == home.c.household_id)


def judged(part: Part, limits: Limits, now: datetime, *columns: Any) -> tuple[Select[Any], Any]:
    """The targets of a part with their result at a moment, and the tally beside them."""
    tried = tally(part, now)
    result = result_of(part, tried.c, limits, now).label("result")
    query = select(Target.id.label("id"), result, *columns).select_from(Target)
    query = joined(part, query, now.date()).outerjoin(tried, tried.c.target_id == Target.id)
    return query.where(*part.members(now)), tried.c
