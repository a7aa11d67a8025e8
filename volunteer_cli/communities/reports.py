"""Reports on the communities themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from volunteer_cli.communities.terms import COMMUNITY_KINDS, FIGURE_NAMES
from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Report, Row, Scope, figure

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def profile_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """The newest value of each figure of each community on the day of the report."""
    from volunteer_cli.communities.queries import communities, figures

    known = {one.id: one for one in communities(session) if scope.community_id in (None, one.id)}
    newest = {
        (found.community_id, found.name): found
        for found in figures(session, list(known))
        if found.as_of <= scope.as_of
    }
    order = list(FIGURE_NAMES)
    return [
        {
            "community_id": key,
            "kind": known[key].kind,
            "figure": name,
            "value": found.value,
            "as_of": found.as_of,
            "source": found.source,
        }
        for (key, name), found in sorted(
            newest.items(), key=lambda pair: (pair[0][0], order.index(pair[0][1]))
        )
    ]


PROFILE = Report(
    name="profile",
    place=190,
    title=N_("Community profile"),
    help=N_("Show what is known of the community, each figure with its date."),
    question=N_("How large is the community, and as of when is that known?"),
    rows=profile_rows,
    keys=("community_id", "figure"),
    comparable=False,
    total=False,
    figures=(
        figure("community", N_("Community"), Kind.TEXT, N_("A community that is in use."), total=False),
        figure(
            "community_id",
            N_("Community id"),
            Kind.ID,
            N_("The community's id."),
            total=False,
            table=False,
        ),
        figure(
            "kind",
            N_("Kind"),
            Kind.CHOICE,
            N_("How the community came about."),
            total=False,
            table=False,
            choices=COMMUNITY_KINDS,
        ),
        figure(
            "figure",
            N_("Figure"),
            Kind.CHOICE,
            N_("What is counted: population, households, grids or checkpoints."),
            total=False,
            choices=FIGURE_NAMES,
        ),
        figure(
            "value",
            N_("Count"),
            Kind.COUNT,
            N_(
                "The count that was recorded last, up to the end of the period or today. Figures of other days are kept and not shown."
            ),
            total=False,
        ),
        figure("as_of", N_("As of"), Kind.DATE, N_("The day on which the count was true."), total=False),
        figure("source", N_("Source"), Kind.TEXT, N_("Where it was read."), total=False),
    ),
)
REPORTS = (PROFILE,)
