"""What the overview says of teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Row, Scope, figure
from volunteer_cli.reporting.overview import Part

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _row(session: Session, scope: Scope) -> Row:
    from sqlalchemy import func, select

    from volunteer_cli.teams.models import Team
    from volunteer_cli.teams.queries import in_use_on

    count = select(func.count()).select_from(Team).where(in_use_on(scope.as_of))
    if scope.community_id is not None:
        count = count.where(Team.community_id == scope.community_id)
    return {"teams": session.scalar(count)}


PARTS = (
    Part(
        (
            figure(
                "teams",
                N_("Teams"),
                Kind.COUNT,
                N_(
                    "Teams of every kind that were founded by the end of the period or today and not archived then; a team without a founding day counts from the first."
                ),
                front=5,
            ),
        ),
        _row,
        place=5,
    ),
)
