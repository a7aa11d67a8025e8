"""Dealing: who calls whom until when, so that no household and no number is with two people at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Campaign, Lease, Target
from volunteer_cli.campaigns.queries.dealing import Candidate, Wish, live, unfinished
from volunteer_cli.campaigns.rules.moments import require_running
from volunteer_cli.core.history import insert_rows, update_all
from volunteer_cli.people.models import Person


@dataclass(frozen=True)
class Deal:
    """What was dealt, and what stands against the others, counted by reason."""

    dealt: Sequence[Candidate]
    obstacles: Counter[str]


# The work is one transaction that has taken the write lock before it read anything: two deals at once wait for
# each other, and the second sees what the first has dealt.
def deal(
    session: Session, campaign: Campaign, person: Person, wish: Wish, *, take: int, until: datetime
) -> Deal:
    """Deal so many targets to somebody until a moment; all people of one household go together.

    Raises:
        NotOpen, CampaignClosed: there is nothing to deal.
    """
    require_running(campaign)
    waiting = unfinished(session, campaign, wish)
    chosen = _taken([each for each in waiting if each.obstacle is None], take)
    rows = [
        {
            "target_id": each.id,
            "stage_id": each.stage.id,
            "person_id": person.id,
            "dealt_at": wish.now,
            "until": until,
        }
        for each in chosen
    ]
    insert_rows(session, Lease, rows)
    return Deal(chosen, Counter(each.obstacle for each in waiting if each.obstacle is not None))


def _taken(free: Sequence[Candidate], take: int) -> list[Candidate]:
    """The first ones, each with the others of its household."""
    chosen: dict[int, Candidate] = {}
    by_home: dict[int, list[Candidate]] = {}
    for each in free:
        if each.home_id is not None:
            by_home.setdefault(each.home_id, []).append(each)
    for each in free:
        if len(chosen) >= take:
            break
        for other in by_home.get(each.home_id or 0, [each]):
            chosen[other.id] = other
    return list(chosen.values())


def give_back(
    session: Session, campaign: Campaign, person_id: int | None, target_ids: Sequence[int], now: datetime
) -> int:
    """End leases that were not used, those that ran out too; answer how many."""
    own = select(Target.id).where(Target.campaign_id == campaign.id)
    query = select(Lease.id).where(Lease.target_id.in_(own), Lease.ended_at.is_(None))
    if person_id is not None:
        query = query.where(Lease.person_id == person_id)
    if target_ids:
        query = query.where(Lease.target_id.in_(target_ids))
    return update_all(session, Lease, session.scalars(query).all(), {"ended_at": now})


def lease_of(session: Session, target: Target, now: datetime) -> Lease | None:
    """The live lease of a target."""
    return session.scalar(select(Lease).where(Lease.target_id == target.id, live(now)).limit(1))
