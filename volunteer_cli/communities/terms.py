"""The words of a community."""

from __future__ import annotations

from enum import StrEnum

from volunteer_cli.core.i18n import N_


class CommunityKind(StrEnum):
    """How a community came about: villagers moved into flats, a town district, or both."""

    RESETTLEMENT = "resettlement"
    URBAN = "urban"
    MIXED = "mixed"


class FigureName(StrEnum):
    """What is counted of a community; every figure carries its date."""

    POPULATION = "population"
    HOUSEHOLDS = "households"
    GRIDS = "grids"
    CHECKPOINTS = "checkpoints"


#: By how it came about and not by its area: that decides what people there need.
COMMUNITY_KINDS: dict[str, str] = {
    CommunityKind.RESETTLEMENT: N_("resettlement"),
    CommunityKind.URBAN: N_("urban"),
    CommunityKind.MIXED: N_("mixed"),
}
#: In the order in which a profile has them: people, their homes, and how the work is divided.
FIGURE_NAMES: dict[str, str] = {
    FigureName.POPULATION: N_("population"),
    FigureName.HOUSEHOLDS: N_("households"),
    FigureName.GRIDS: N_("grids"),
    FigureName.CHECKPOINTS: N_("checkpoints"),
}
