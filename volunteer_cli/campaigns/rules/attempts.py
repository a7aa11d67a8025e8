"""Attempts: what came of a call or a knock, with its evidence, its answers and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Attempt, Campaign, Target
from volunteer_cli.campaigns.queries.finding import thing_of
from volunteer_cli.campaigns.rules.recording import Recording, Try
from volunteer_cli.campaigns.terms import Method
from volunteer_cli.households.models import Household


def record(
    session: Session, campaign: Campaign, targets: Sequence[Target], told: Try, *, now: datetime
) -> list[Attempt]:
    """Record an attempt at each of the targets; the same once more is no change.

    Raises:
        NotOpen, CampaignClosed, NotTarget, CoverageOnly, Leased, AlreadyDone, Blocked, EvidenceMissing,
        CallbackNeeded, NotIndependent: in this order, as their sentences say.
        StepAhead, OutOfOrder, NobodySaid, NoQuestion, BadAnswer: as their sentences say.
    """
    recording = Recording(session, campaign, now=now, targets=tuple(target.id for target in targets))
    return [_recorded(recording, target, told) for target in targets]


def _recorded(recording: Recording, target: Target, told: Try) -> Attempt:
    session, entry = recording.session, recording.enter(target.id, told)
    recording.write()
    same = {"target_id": target.id, "at": told.at, "by_id": entry.by_id, "outcome": told.outcome}
    attempt = session.scalars(select(Attempt).filter_by(**same).limit(1)).one()
    if entry.is_new and told.request:
        attempt.request_id = _register(recording, target, attempt, told)
        session.flush()
    return attempt


# What a household needs goes the way of every request, with its clock, in the same step.
def _register(recording: Recording, target: Target, attempt: Attempt, told: Try) -> int:
    from volunteer_cli.communities.models import Community
    from volunteer_cli.requests.rules.callers import Call, Draft, register
    from volunteer_cli.requests.rules.steps import When
    from volunteer_cli.requests.terms import Channel

    session = recording.session
    thing = thing_of(session, target)
    head_id = thing.head_id if isinstance(thing, Household) else thing.id
    # By the head's name, for who opened the door is not asked; the household is told in any case.
    call = Call(person_id=head_id, household_id=target.household_id)
    draft = Draft(
        told.request or "",
        (call,),
        channel=Channel.PHONE if attempt.method == Method.CALL else Channel.GRID,
        building=target.building,
        grid=target.grid,
    )
    community = session.get_one(Community, recording.campaign.community_id)
    return register(session, community, draft, When(told.at, recording.now, told.actor)).id


def next_morning(at: datetime) -> datetime:
    """When somebody is called again who said no time: the next day at nine."""
    return (at + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
