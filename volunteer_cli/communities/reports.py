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

    from volunteer_cli.communities.models import CommunityFigure


def profile_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """The newest value of each figure of each community on the day of the report."""
    from volunteer_cli.communities.queries import communities, figures

    kinds = {one.id: one.kind for one in communities(session) if scope.community_id in (None, one.id)}
    # They come by day, so that the last of a name is the newest; what is dated later was not yet true.
    newest = {
        (entry.community_id, entry.name): entry
        for entry in figures(session, list(kinds))
        if entry.as_of <= scope.as_of
    }
    return [_row(entry, kinds[entry.community_id]) for entry in sorted(newest.values(), key=_in_order)]


def _in_order(entry: CommunityFigure) -> tuple[int, int]:
    # Population before households before grids: as the profile of a community is read out.
    return entry.community_id, list(FIGURE_NAMES).index(entry.name)


def _row(entry: CommunityFigure, kind: str | None) -> Row:
    return {
        "community_id": entry.community_id,
        "kind": kind,
        "figure": entry.name,
        "value": entry.value,
        "as_of": entry.as_of,
        "source": entry.source,
    }


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
