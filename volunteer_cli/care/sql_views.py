"""What other tools read of visits: neither what they were for nor what was said."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from volunteer_cli.care.models import Visit
from volunteer_cli.communities.models import Community
from volunteer_cli.core.sql_views import SqlView
from volunteer_cli.households.models import Household


def _visits() -> Any:
    columns = (
        Visit.id,
        Household.number.label("household"),
        Visit.household_id,
        Household.grid,
        Visit.planned_on,
        Visit.at,
        Visit.method,
        Visit.outcome,
        Visit.cancelled_on,
        Visit.voided_on,
        Community.name.label("community"),
        Household.community_id,
    )
    visits = select(*columns).join(Household, Household.id == Visit.household_id)
    return visits.join(Community, Community.id == Household.community_id)


SQL_VIEWS = (
    SqlView(
        "visits",
        "Visits and plans of visits. A visit that was made has an `at` and no `voided_on`; only `met` is a meeting.",
        {
            "id": "Its id.",
            "household": "The household's number.",
            "household_id": "The household's id.",
            "grid": "The household's grid.",
            "planned_on": "The day that it is planned for.",
            "at": "When it was made, at midnight where only the day is known; empty of a plan.",
            "method": "door, phone, video or other.",
            "outcome": "What came of it.",
            "cancelled_on": "When the plan was given up.",
            "voided_on": "When it was found never to have happened.",
            "community": "The household's community.",
            "community_id": "That community's id.",
        },
        _visits,
    ),
)
