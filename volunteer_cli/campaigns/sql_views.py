"""What other tools read of campaigns: whom they list, and how often each was tried."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select

from volunteer_cli.campaigns.models import Attempt, Campaign, Stage, Target
from volunteer_cli.campaigns.terms import Outcome
from volunteer_cli.communities.models import Community
from volunteer_cli.core.sql_views import SqlView


def _tried() -> Any:
    """What attempts come to; those of a re-check tell how far the first can be trusted, and change none."""
    reached = func.max(case((Attempt.outcome == Outcome.DONE, 1), else_=0))
    columns = (
        Attempt.target_id,
        func.count().label("attempts"),
        func.max(Attempt.at).label("last_at"),
        reached.label("done"),
    )
    attempts = select(*columns).join(Stage, Stage.id == Attempt.stage_id).where(Stage.share.is_(None))
    return attempts.group_by(Attempt.target_id).subquery("tried")


#: Neither name nor number nor note: a list of whom an office calls says who needs help.
TARGET = (
    Target.id,
    Campaign.code,
    Campaign.name.label("campaign"),
    Target.campaign_id,
    Target.household_id,
    Target.person_id,
    Target.building,
    Target.grid,
    Target.source,
    Target.listed_at,
    Target.excluded_at,
)


def _targets() -> Any:
    tried = _tried()
    counts = (
        func.coalesce(tried.c.attempts, 0).label("attempts"),
        tried.c.last_at,
        func.coalesce(tried.c.done, 0).label("done"),
    )
    whose = (Community.name.label("community"), Campaign.community_id)
    targets = select(*TARGET, *counts, *whose).select_from(Target)
    targets = targets.join(Campaign, Campaign.id == Target.campaign_id)
    targets = targets.join(Community, Community.id == Campaign.community_id)
    return targets.outerjoin(tried, tried.c.target_id == Target.id)


SQL_VIEWS = (
    SqlView(
        "targets",
        "Households and people that campaigns list. Other results than done depend on the hour and on policies:"
        " `volunteer campaign targets` has them.",
        {
            "id": "Its id.",
            "code": "The code of the campaign.",
            "campaign": "The campaign.",
            "campaign_id": "The campaign's id.",
            "household_id": "The household, of campaigns among households.",
            "person_id": "The person, of campaigns among people.",
            "building": "The building when it was listed.",
            "grid": "The grid when it was listed.",
            "source": "How it came onto the list.",
            "listed_at": "When it was listed.",
            "excluded_at": "When it was taken off; empty while it is on.",
            "attempts": "How often it was tried, re-checks aside.",
            "last_at": "When it was last tried.",
            "done": "1 where an attempt finished it, else 0.",
            "community": "The community of the campaign.",
            "community_id": "That community's id.",
        },
        _targets,
    ),
)
