"""The plan of a campaign: how many of each grid are to be resolved on which day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer_cli.campaigns.models import Campaign, PlanDay, Target
from volunteer_cli.campaigns.rules.moments import require_running
from volunteer_cli.core.history import delete_rows, insert_rows


def plan(
    session: Session, campaign: Campaign, first: date, last: date, *, grid: str | None, count: int | None
) -> Sequence[int]:
    """Plan a grid, or every one, from one day to another, both in it; it takes the place of the plan before.

    Answers the ids of the rows.

    Raises:
        NotOpen, CampaignClosed: there is no list to plan for.
    """
    require_running(campaign)
    sizes = _sizes_planned(session, campaign, grid, count)
    former = select(PlanDay.id).where(PlanDay.campaign_id == campaign.id)
    # One grid planned anew leaves the plans of the others.
    if grid is not None:
        former = former.where(PlanDay.grid == grid)
    delete_rows(session, PlanDay, session.scalars(former).all())
    rows = [row for each, size in sizes.items() for row in _days(campaign, each, size, first, last)]
    return insert_rows(session, PlanDay, rows)


def _sizes_planned(
    session: Session, campaign: Campaign, grid: str | None, count: int | None
) -> Mapping[str | None, int]:
    """How many are to be resolved: of one grid, of none in particular, or as many as each grid has."""
    if grid is None and count is not None:
        return {None: count}
    sizes = _sizes(session, campaign)
    if grid is None:
        return sizes
    return {grid: sizes.get(grid, 0) if count is None else count}


def _sizes(session: Session, campaign: Campaign) -> dict[str | None, int]:
    """How many targets each grid has."""
    query = select(Target.grid, func.count()).where(
        Target.campaign_id == campaign.id, Target.excluded_at.is_(None)
    )
    rows = session.execute(query.group_by(Target.grid).order_by(Target.grid))
    return {row[0]: row[1] for row in rows}


def _days(
    campaign: Campaign, grid: str | None, size: int, first: date, last: date
) -> Iterator[dict[str, Any]]:
    """Evenly, and what is left over on the first days."""
    number = (last - first).days + 1
    each, left = divmod(size, number)
    for place in range(number):
        day = first + timedelta(days=place)
        yield {"campaign_id": campaign.id, "grid": grid, "day": day, "count": each + (place < left)}
