"""How communities are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from volunteer_cli.communities import queries
from volunteer_cli.communities.terms import COMMUNITY_KINDS, FIGURE_NAMES
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.output.view import Column, Kind, View

FIGURES = View(
    "figures",
    N_("Figures"),
    (
        Column("name", N_("Figure"), Kind.CHOICE, choices=FIGURE_NAMES),
        Column("value", NC_("figure", "Value"), Kind.COUNT),
        Column("as_of", N_("As of"), Kind.DATE),
        Column("source", N_("Source")),
    ),
)


def _figures(session: Any, communities: Sequence[Any]) -> dict[int, list[Any]]:
    figures: dict[int, list[Any]] = {community.id: [] for community in communities}
    for figure in queries.figures(session, list(figures)):
        figures[figure.community_id].append(figure)
    return figures


COMMUNITIES = View(
    "communities",
    N_("Communities"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("code", N_("Code"), Kind.CODE),
        Column("name", NC_("community", "Name")),
        Column("kind", N_("Kind"), Kind.CHOICE, choices=COMMUNITY_KINDS),
        Column("subdistrict", N_("Subdistrict")),
        Column("party_branch", N_("Party branch"), at_home=True),
        Column("legal_name", N_("Legal name"), table=False),
        Column("head", NC_("community", "Head"), table=False),
        Column("phone", NC_("community", "Phone"), Kind.CODE, table=False),
        Column("figures", N_("Figures"), Kind.ROWS, load=_figures, view=FIGURES, table=False),
    ),
)
