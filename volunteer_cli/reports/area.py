"""What the figures of all areas add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import FIGURES, Area, Entry, Rooms, Words
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry(
            "report",
            N_("Figures that agree with each other and explain themselves."),
            FIGURES,
            here("commands:app"),
            place=1,
        ),
    ),
    # A report stands on the floor of the highest thing it counts; these count what several areas have.
    reports=(
        here("overview:REPORTS"),
        here("worklist:REPORTS"),
        here("volunteers:REPORTS"),
        here("skills:REPORTS"),
        here("teams:REPORTS"),
        here("quality:REPORTS"),
    ),
    overview=(here("overview:PARTS"), here("volunteers:PARTS")),
    annual=(here("annual.sections:CHAPTERS"),),
    completed={"SNAPSHOT": (Words("id", "snapshot"),)},
    titles=here("titles:TITLES"),
)
