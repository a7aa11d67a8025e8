"""What other tools read of residents' requests: no words, and nobody who called."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, select

from volunteer_cli.communities.models import Community
from volunteer_cli.core.sql_views import SqlView
from volunteer_cli.requests.counting import FINISHED, LATE
from volunteer_cli.requests.models import Request


def _requests() -> Any:
    columns = (
        Request.id,
        Request.number,
        Request.kind,
        Request.category,
        Request.urgency,
        Request.channel,
        Request.building,
        Request.grid,
        Request.received_at,
        Request.due_on,
        Request.status,
        Request.result,
        Request.first_finished_on,
        case((LATE, 1), (FINISHED, 0)).label("late"),
        Request.redone,
        Request.closed_on,
        Request.merged_into_id,
        Community.name.label("community"),
        Request.community_id,
    )
    return select(*columns).join(Community, Community.id == Request.community_id)


SQL_VIEWS = (
    SqlView(
        "requests",
        "Residents' requests. A matter is one that is not merged into another.",
        {
            "id": "Its id.",
            "number": "Its number.",
            "kind": "What the caller wants.",
            "category": "What it is about.",
            "urgency": "Which limit it has.",
            "channel": "By which way it came.",
            "building": "In which building it is.",
            "grid": "In which grid it is.",
            "received_at": "When it came, by the community's wall clock.",
            "due_on": "The last day of its limit.",
            "status": "How far it is.",
            "result": "What came of it: solved, partly, explained and others.",
            "first_finished_on": "When it was first finished.",
            "late": "1 where that was after its due date, 0 where not, empty while it is not finished.",
            "redone": "How often it was taken up again.",
            "closed_on": "When it was closed.",
            "merged_into_id": "The request that it is part of.",
            "community": "Its community.",
            "community_id": "That community's id.",
        },
        _requests,
    ),
)
