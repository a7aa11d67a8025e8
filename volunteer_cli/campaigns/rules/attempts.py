"""Attempts: what came of a call or a knock, with its evidence, its answers and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Answer, Attempt, Campaign, Question, Stage, Target
from volunteer_cli.campaigns.queries.finding import (
    name_of,
    opened_stages,
    questions,
    round_on,
    stage_of,
    thing_of,
)
from volunteer_cli.campaigns.queries.numbers import HEAD, number_of
from volunteer_cli.campaigns.queries.results import Limits, Part, is_blocked, joined, judged
from volunteer_cli.campaigns.rules.answers import read_answers
from volunteer_cli.campaigns.rules.errors import (
    AlreadyDone,
    Blocked,
    CallbackNeeded,
    CoverageOnly,
    EvidenceMissing,
    Leased,
    NobodySaid,
    NotIndependent,
    NotTarget,
)
from volunteer_cli.campaigns.rules.leasing import lease_of
from volunteer_cli.campaigns.rules.moments import opened_on, require_running
from volunteer_cli.campaigns.terms import (
    AT_THE_DOOR,
    BAD_NUMBER,
    CONFIRMS,
    EVENING,
    Evidence,
    Method,
    Outcome,
    Unit,
)
from volunteer_cli.core.dates import is_working_day
from volunteer_cli.core.steps import require_step
from volunteer_cli.households.models import Household
from volunteer_cli.people.models import Person

if TYPE_CHECKING:
    from volunteer_cli.campaigns.models import Lease


@dataclass(frozen=True)
class Try:
    """One attempt as somebody tells it.

    Attributes:
        again: why somebody who is done was contacted once more.
        override: why an urgent campaign passed over a wish not to be contacted.
    """

    outcome: Outcome
    at: datetime
    by_id: int | None = None
    method: Method | None = None
    callback_at: datetime | None = None
    evidence: Sequence[Evidence] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    agrees: bool | None = None
    note: str | None = None
    request: str | None = None
    again: str | None = None
    override: str | None = None
    actor: str = ""


@dataclass
class _Place:
    """Where an attempt belongs: its target and stage, the round of the day, who makes it and how."""

    campaign: Campaign
    target: Target
    stage: Stage
    lease: Lease | None
    by_id: int
    method: Method
    name: str

    def part(self, among: tuple[Stage, ...], at: datetime) -> Part:
        """The stage, or the day's round of it."""
        daily = self.stage.days is not None and round_on(self.stage, at)
        return Part(self.campaign, among, self.stage, at.date() if daily else None, targets=(self.target.id,))


def record(
    session: Session,
    campaign: Campaign,
    target: Target,
    told: Try,
    *,
    now: datetime,
    latest: datetime | None = None,
) -> Attempt:
    """Record an attempt at a target; the same once more is no change. A sheet may tell of the whole day, until `latest`.

    Raises:
        NotOpen, CampaignClosed, NotTarget, CoverageOnly, Leased, AlreadyDone, Blocked, EvidenceMissing,
        CallbackNeeded, NotIndependent: in this order, as their sentences say.
        StepAhead, OutOfOrder, NobodySaid, NoQuestion, BadAnswer: as their sentences say.
    """
    require_running(campaign)
    place = _placed(session, campaign, target, told, now)
    _require_time(campaign, told, latest or now)
    if same := _same(session, target, told, place.by_id):
        return same
    part = place.part(opened_stages(session, campaign), told.at)
    _require_allowed(session, place, part, told)
    answers = read_answers(campaign, questions(session, campaign), told.answers) if told.answers else []
    attempt = _attempt(session, place, part, told)
    _write_answers(session, attempt, answers)
    if told.request:
        attempt.request_id = _register(session, place, told, now)
    if place.lease is not None:
        place.lease.ended_at = now
    session.flush()
    return attempt


def _placed(session: Session, campaign: Campaign, target: Target, told: Try, now: datetime) -> _Place:
    """Stage, person and way of an attempt; raises NotTarget, CoverageOnly, Leased, NobodySaid."""
    stage = stage_of(session, campaign, target, told.at)
    name = name_of(thing_of(session, target))
    if stage is None:
        raise NotTarget(thing=name, campaign=campaign.name, code=campaign.code)
    if campaign.coverage_only and (told.answers or told.note):
        raise CoverageOnly(name=campaign.name)
    lease = lease_of(session, target, now)
    if lease is not None and told.by_id not in (None, lease.person_id):
        raise _leased(session, campaign, target, lease, name)
    by_id = _person_of(lease, told, name)
    return _Place(campaign, target, stage, lease, by_id, _way(campaign, stage, told), name)


def _person_of(lease: Lease | None, told: Try, name: str) -> int:
    """Who made an attempt: whoever has the target, else whoever is said; raises NobodySaid."""
    by_id = lease.person_id if lease else told.by_id
    if by_id is None:
        raise NobodySaid(target=name)
    return by_id


def _leased(session: Session, campaign: Campaign, target: Target, lease: Lease, name: str) -> Leased:
    """The refusal of what is with somebody else, with who has it until when."""
    holder = session.get_one(Person, lease.person_id).name
    until = f"{lease.until:%Y-%m-%d %H:%M}"
    return Leased(target=name, holder=holder, until=until, code=campaign.code, id=target.id)


def _way(campaign: Campaign, stage: Stage, told: Try) -> Method:
    """How it was made: as said, as the stage is worked, else as the outcome tells."""
    way = told.method or Method(stage.method or campaign.method)
    if way is not Method.EITHER:
        return way
    return Method.DOOR if told.outcome in AT_THE_DOOR else Method.CALL


def _require_time(campaign: Campaign, told: Try, now: datetime) -> None:
    """Attempts may be entered in any order, but none is yet to come or before the campaign; raises StepAhead, OutOfOrder."""
    opened = opened_on(campaign) or campaign.starts_on
    require_step(told.at, now=now, last=min(opened, campaign.starts_on), thing=campaign.code)


# What makes two attempts one: the target, the moment and the person.
def _same(session: Session, target: Target, told: Try, by_id: int) -> Attempt | None:
    query = select(Attempt).filter_by(target_id=target.id, at=told.at, by_id=by_id, outcome=told.outcome)
    return session.scalar(query.limit(1))


def _require_allowed(session: Session, place: _Place, part: Part, told: Try) -> None:
    """The refusals that depend on the target, in the order of the contract."""
    _require_unfinished(session, place, part, told)
    _require_unblocked(session, place, part, told)
    if told.outcome is Outcome.VACANT and not told.evidence:
        raise EvidenceMissing(target=place.name)
    if told.outcome is Outcome.CALLBACK and not (told.callback_at and told.callback_at > told.at):
        raise CallbackNeeded(target=place.name)
    if place.stage.share is not None and _first_by(session, place, part):
        person = session.get_one(Person, place.by_id)
        raise NotIndependent(person=person.name, target=place.name)


def _require_unfinished(session: Session, place: _Place, part: Part, told: Try) -> None:
    """Refuse a second finish; a try of another kind changes nothing of the first. Raises AlreadyDone."""
    if told.outcome is not Outcome.DONE or told.again:
        return
    query = select(Attempt.at).where(
        Attempt.target_id == place.target.id, Attempt.outcome == Outcome.DONE, *part.attempts()
    )
    if first := session.scalar(query.order_by(Attempt.at).limit(1)):
        raise AlreadyDone(target=place.name, day=first.date())


def _require_unblocked(session: Session, place: _Place, part: Part, told: Try) -> None:
    if told.override and place.campaign.urgent:
        return
    query = select(Target.id).where(Target.id == place.target.id)
    blocked = joined(part, query, told.at.date()).where(is_blocked(part, told.at.date(), place.method))
    if session.scalar(blocked) is not None:
        thing = place.target.household_id or f"person:{place.target.person_id}"
        raise Blocked(target=place.name, thing=thing)


def _first_by(session: Session, place: _Place, part: Part) -> bool:
    """Whether the person of a re-check made an attempt at the target before it."""
    first = Part(place.campaign, part.among).attempts()
    query = select(Attempt.id).where(
        Attempt.target_id == place.target.id, Attempt.by_id == place.by_id, *first
    )
    return session.scalar(query.limit(1)) is not None


# --- written down ------------------------------------------------------------


def _attempt(session: Session, place: _Place, part: Part, told: Try) -> Attempt:
    reason = "; ".join(filter(None, (told.again, told.override))) or None
    attempt = Attempt(
        target_id=place.target.id,
        stage_id=place.stage.id,
        round=part.round,
        at=told.at,
        by_id=place.by_id,
        method=place.method,
        outcome=told.outcome,
        off_hours=_is_off_hours(told.at),
        evidence=",".join(sorted(told.evidence)) or None,
        callback_at=told.callback_at if told.outcome is Outcome.CALLBACK else None,
        number=_bad_number(session, place, part, told),
        agrees=_agrees(session, place, part, told),
        note=told.note,
        reason=reason,
    )
    session.add(attempt)
    session.flush()
    return attempt


def _is_off_hours(at: datetime) -> bool:
    """Whether people who work are likely to be at home."""
    return at.hour >= EVENING or not is_working_day(at.date())


def _bad_number(session: Session, place: _Place, part: Part, told: Try) -> str | None:
    """The number that was called, where it turned out to be wrong or dead."""
    if told.outcome not in BAD_NUMBER:
        return None
    query = select(number_of(part, told.at)).select_from(Target).where(Target.id == place.target.id)
    query = joined(part, query, told.at.date())
    if place.campaign.unit == Unit.HOUSEHOLD:
        query = query.outerjoin(HEAD, HEAD.id == Household.head_id)
    number: str | None = session.scalar(query)
    return number


def _agrees(session: Session, place: _Place, part: Part, told: Try) -> bool | None:
    """What a re-check says of the first result: as said, else whether it comes to the same."""
    if place.stage.share is None or told.agrees is not None:
        return told.agrees
    if told.outcome not in CONFIRMS:
        return None
    whole = Part(place.campaign, part.among, targets=(place.target.id,))
    query, _tried = judged(whole, Limits.of(session), told.at)
    row = session.execute(query).first()
    return row is not None and row.result == CONFIRMS[told.outcome]


def _write_answers(
    session: Session, attempt: Attempt, answers: Sequence[tuple[Question, str | None, str | None]]
) -> None:
    session.add_all(
        Answer(attempt_id=attempt.id, question_id=question.id, value=value, words=words)
        for question, value, words in answers
    )


# What a household needs goes the way of every request, with its clock, in the same step.
def _register(session: Session, place: _Place, told: Try, now: datetime) -> int:
    from volunteer_cli.communities.models import Community
    from volunteer_cli.requests.rules.callers import Call, Draft, register
    from volunteer_cli.requests.rules.steps import When
    from volunteer_cli.requests.terms import Channel

    thing = thing_of(session, place.target)
    head_id = thing.head_id if isinstance(thing, Household) else thing.id
    call = Call(person_id=head_id, household_id=place.target.household_id)
    draft = Draft(
        told.request or "",
        (call,),
        channel=Channel.PHONE if place.method is Method.CALL else Channel.GRID,
        building=place.target.building,
        grid=place.target.grid,
    )
    community = session.get_one(Community, place.campaign.community_id)
    return register(session, community, draft, When(told.at, now, told.actor)).id


def next_morning(at: datetime) -> datetime:
    """When somebody is called again who said no time: the next day at nine."""
    return (at + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
