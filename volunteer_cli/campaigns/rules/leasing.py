"""Dealing: who calls whom until when, so that no household and no number is with two people at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Campaign, Lease, Target
from volunteer_cli.campaigns.queries.dealing import Candidate, Wish, unfinished
from volunteer_cli.campaigns.rules.moments import require_running
from volunteer_cli.campaigns.terms import Unit
from volunteer_cli.core.history import insert_rows, update_all
from volunteer_cli.people.models import Person

#: How many more than are asked for are looked at first: some of them rest or have no number.
AHEAD = 100


@dataclass(frozen=True)
class Deal:
    """What was dealt, and what stands against others, counted by reason; all of them where there were too few."""

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
    chosen, obstacles = _chosen(session, campaign, wish, take)
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
    return Deal(chosen, obstacles)


def _chosen(
    session: Session, campaign: Campaign, wish: Wish, take: int
) -> tuple[list[Candidate], Counter[str]]:
    """The first ones that nothing stands against, and how many each obstacle keeps back, of all if there are too few."""
    most = take + len(wish.locks.targets) + AHEAD
    waiting = list(unfinished(session, campaign, wish, most))
    # Of people the whole list is looked at, for those of one household may stand far from each other.
    if len(waiting) >= most and (len(_free(waiting)) < take or campaign.unit == Unit.PERSON):
        waiting = list(unfinished(session, campaign, wish))
    obstacles = Counter(each.obstacle for each in waiting if each.obstacle is not None)
    return _together(_free(waiting), take), obstacles


def _free(candidates: Sequence[Candidate]) -> list[Candidate]:
    return [each for each in candidates if each.obstacle is None]


def _together(free: Sequence[Candidate], take: int) -> list[Candidate]:
    """The first ones, each with the others of its household."""
    chosen: dict[int, Candidate] = {}
    by_home: dict[int, list[Candidate]] = {}
    for each in free:
        by_home.setdefault(each.home_id or -each.id, []).append(each)
    for home in by_home.values():
        if len(chosen) >= take:
            break
        chosen |= {each.id: each for each in home}
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
