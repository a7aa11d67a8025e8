"""Targets in lists, with what is shown of them; attempts; and what the list of campaigns counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal, null, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import (
    Answer,
    Attempt,
    Campaign,
    Lease,
    Question,
    Stage,
    StageTarget,
    Target,
)
from volunteer_cli.campaigns.queries.finding import opened_stages
from volunteer_cli.campaigns.queries.leases import live
from volunteer_cli.campaigns.queries.numbers import HEAD, number_of
from volunteer_cli.campaigns.queries.results import Limits, Part, judged
from volunteer_cli.campaigns.terms import Outcome, Result, Unit
from volunteer_cli.core.database import chunks
from volunteer_cli.households.models import Household, Stay
from volunteer_cli.households.queries import lives_at
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import people_resembling

_SHOWN = (
    Household.number.label("household"),
    Household.id.label("household_id"),
    Household.unit,
    Household.room,
    Household.head_id,
    Target.grid,
    Target.building,
    Target.source,
    Target.excluded_at,
    Target.person_id,
)
_TALLIED = (
    "last_outcome", "last_at", "next_at", "last_by_id", "vacancies", "refusals", "missed", "missed_days", "off_hours",
)  # fmt: skip


def target_rows(
    session: Session,
    part: Part,
    now: datetime,
    *conditions: ColumnElement[bool],
    result: Result | None = None,
    numbers: bool = False,
) -> Iterator[Any]:
    """The targets of a part with their results, in the order of the list; with `numbers` the one to call."""
    query, tried = judged(part, Limits.of(session), now)
    query = query.add_columns(*shown_columns(part, tried, now, numbers=numbers)).where(*conditions)
    if result is not None:
        query = query.where(query.selected_columns["result"] == result)
    if numbers and part.campaign.unit == Unit.HOUSEHOLD:
        query = query.outerjoin(HEAD, HEAD.id == Household.head_id)
    in_order = query.order_by(Target.id).execution_options(yield_per=1000)
    return iter(session.execute(in_order))


def shown_columns(part: Part, tried: Any, now: datetime, *, numbers: bool) -> list[Any]:
    """What lists show of a target beside its result; of the household, of its tally, of its stage."""
    tallied = [getattr(tried, name).label(name) for name in _TALLIED]
    stage = literal(part.stage.id) if part.stage else _last_stage()
    phone = number_of(part, now) if numbers else null()
    return [
        *_SHOWN,
        *tallied,
        func.coalesce(tried.attempts, 0).label("attempts"),
        stage.label("stage_id"),
        literal(part.round).label("round"),
        phone.label("phone"),
    ]


def _last_stage() -> ColumnElement[Any]:
    """The latest stage that has taken a target on."""
    own = select(func.max(StageTarget.stage_id)).join(Stage, Stage.id == StageTarget.stage_id)
    return (
        own.where(StageTarget.target_id == Target.id, Stage.opened_at.is_not(None))
        .correlate(Target)
        .scalar_subquery()
    )


def leased_to(person_id: int, now: datetime) -> ColumnElement[bool]:
    """Whether a target is with somebody now."""
    return Target.id.in_(select(Lease.target_id).where(Lease.person_id == person_id, live(now)))


def reached_by(text: str, now: datetime) -> ColumnElement[bool]:
    """Whether a target, or somebody who lives there, has this number or a name like it: who calls back."""
    from volunteer_cli.core.text import place_number

    people = people_resembling(text)
    homes = lives_at(now.date()).join(Person, Person.id == Stay.person_id).where(people)
    digits = "".join(filter(str.isdigit, text))
    either = [
        Household.id.in_(homes.with_only_columns(Stay.household_id)),
        Target.person_id.in_(select(Person.id).where(people)),
        Household.number == text.upper(),
        Household.building == (place_number(text) or text),
    ]
    # Fewer digits than a number has would be part of half of all numbers.
    if len(digits) >= 7:
        either.append(Household.phone.contains(digits))
    return or_(*either)


# --- attempts ------------------------------------------------------------


def promised_before(session: Session, campaign_ids: Iterable[int], moment: datetime) -> Sequence[int]:
    """The campaigns of which a call was ever promised for before a moment, kept or not."""
    promised = exists().where(
        Attempt.target_id == Target.id,
        Attempt.outcome == Outcome.CALLBACK,
        Attempt.callback_at < moment,
        Target.campaign_id == Campaign.id,
    )
    query = select(Campaign.id).where(Campaign.id.in_(list(campaign_ids)), promised)
    return session.scalars(query.order_by(Campaign.id)).all()


def attempts_of(
    session: Session, target_ids: Iterable[int], until: datetime | None = None
) -> dict[int, list[Attempt]]:
    """The attempts at targets, the earliest first, by target."""
    by_target: dict[int, list[Attempt]] = {}
    for keys in chunks(target_ids):
        query = select(Attempt).where(Attempt.target_id.in_(keys)).order_by(Attempt.at, Attempt.id)
        if until is not None:
            query = query.where(Attempt.at <= until)
        for attempt in session.scalars(query):
            by_target.setdefault(attempt.target_id, []).append(attempt)
    return by_target


def answers_of(
    session: Session, attempt_ids: Iterable[int], *, words: bool
) -> dict[int, dict[str, str | None]]:
    """What was answered, by attempt and by the code of the question; confidential words only if asked for."""
    by_attempt: dict[int, dict[str, str | None]] = {}
    # Words are not even read where they are not to be shown.
    said = func.coalesce(Answer.value, Answer.words) if words else Answer.value
    query = select(Answer.attempt_id, Question.code, said)
    query = query.join(Question, Question.id == Answer.question_id).order_by(Question.id)
    for keys in chunks(attempt_ids):
        for attempt_id, code, answer in session.execute(query.where(Answer.attempt_id.in_(keys))):
            by_attempt.setdefault(attempt_id, {})[code] = answer
    return by_attempt


# --- campaigns ------------------------------------------------------------


def sizes(session: Session, ids: Sequence[int], now: datetime) -> dict[int, int]:
    """How many targets each of these campaigns has."""
    whose = or_(Target.household_id.is_not(None), Target.person_id.is_not(None))
    query = select(Target.campaign_id, func.count()).where(whose, Target.listed_at <= now)
    counted = query.where(Target.campaign_id.in_(ids)).group_by(Target.campaign_id)
    return {row[0]: row[1] for row in session.execute(counted)}


def done(session: Session, campaign: Campaign, now: datetime) -> int:
    """How many targets of a campaign are done."""
    query, _tried = judged(Part(campaign, opened_stages(session, campaign, now)), Limits.of(session), now)
    inner = query.subquery()
    return session.scalar(select(func.count()).where(inner.c.result == Result.DONE)) or 0
