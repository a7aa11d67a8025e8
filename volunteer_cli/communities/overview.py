"""What the overview says of the communities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Row, Scope, figure
from volunteer_cli.reporting.overview import Part

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _row(session: Session, scope: Scope) -> Row:
    from volunteer_cli.communities.queries import communities

    every = communities(session)
    within = [one for one in every if scope.community_id in (None, one.id)]
    return {
        "communities": len(within),
        "community": within[0].name if len(within) == 1 else None,
        "community_id": within[0].id if len(within) == 1 else None,
    }


PARTS = (
    Part(
        (
            figure(
                "community",
                N_("Community"),
                Kind.TEXT,
                N_("The community that was chosen, or the only one."),
                total=False,
                blank=N_("all communities"),
            ),
            figure(
                "community_id",
                N_("Community id"),
                Kind.ID,
                N_("That community's id."),
                total=False,
                table=False,
            ),
            figure(
                "communities",
                N_("Number of communities"),
                Kind.COUNT,
                N_("How many communities the figures are of."),
                total=False,
                compared=False,
                table=False,
            ),
        ),
        _row,
        place=1,
    ),
)
