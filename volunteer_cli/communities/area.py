"""What communities add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import PEOPLE, Area, Entry, Rooms, Thing
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry("community", N_("Communities and their dated figures."), PEOPLE, here("commands:app"), place=1),
    ),
    things=(
        Thing(
            "community",
            here("queries:find_community"),
            here("queries:community_names"),
            completed_by=("code",),
        ),
    ),
    reports=(here("reports:REPORTS"),),
    overview=(here("overview:PARTS"),),
    annual=(here("annual:CHAPTERS"),),
    sql_views=(here("sql_views:SQL_VIEWS"),),
    exports=(here("exports:EXPORTS"),),
    titles=here("titles:TITLES"),
)
