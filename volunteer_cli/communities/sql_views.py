"""What other tools read of communities."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from volunteer_cli.communities.models import Community
from volunteer_cli.core.sql_views import SqlView, in_use


def _communities() -> Any:
    status = in_use(Community.archived_on).label("status")
    return select(Community.id, Community.code, Community.name, Community.kind, Community.subdistrict, status)


SQL_VIEWS = (
    SqlView(
        "communities",
        "Communities, archived ones too.",
        {
            "id": "Its id.",
            "code": "Its code, as command lines name it.",
            "name": "Its name.",
            "kind": "resettlement, urban or mixed; empty where unknown.",
            "subdistrict": "The subdistrict that it belongs to.",
            "status": "active or archived.",
        },
        _communities,
    ),
)
