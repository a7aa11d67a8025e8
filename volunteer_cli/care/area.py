"""What care visits add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import HOUSEHOLDS, Area, Entry, Import, Rooms, Thing
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry(
            "visit",
            N_("Care visits: who must be seen this week, and what was given."),
            HOUSEHOLDS,
            here("commands:app"),
            place=3,
        ),
    ),
    things=(Thing("visit", here("queries.finding:find_visit")),),
    imports=(
        Import(
            "visits",
            N_("Import visits: a register, or a route sheet that was filled in."),
            "volunteer import visits 走访台账.xlsx",
            here("sheet:VISITS"),
        ),
    ),
    reports=(here("reports:REPORTS"),),
    tasks=(here("worklist:TASKS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    columns={"household": here("contributed:HOUSEHOLD")},
    hooks={
        "merge_losses": here("guards:merge_losses"),
        "household_losses": here("guards:household_losses"),
        "merge_households": here("guards:merge_households"),
        "households_given": here("queries.listing:households_given"),
    },
    sql_views=(here("sql_views:SQL_VIEWS"),),
    titles=here("titles:TITLES"),
    then={
        "import visits": "visit due",
        "visit plan": "visit add {household} --by {by}",
    },
    looks={
        "visits": here("views:VISITS"),
        "due": here("views:DUE"),
        "route": here("documents:ROUTE"),
    },
)
