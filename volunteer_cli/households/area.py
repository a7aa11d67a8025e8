"""What households add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import HOUSEHOLDS, Area, Entry, Import, OwnOption, Rooms, Thing, Words
from volunteer_cli.core.i18n import N_
from volunteer_cli.people.terms import RESTORE_ARCHIVED

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry(
            "household",
            N_("Households: who lives behind which door."),
            HOUSEHOLDS,
            here("commands:app"),
            place=1,
        ),
    ),
    verbs={"community": here("commands.grids:app")},
    things=(
        Thing(
            "household",
            here("queries:find_household"),
            here("queries:household_names"),
            completed_by=("number",),
            view=here("views:HOUSEHOLDS"),
            sheet="households",
        ),
        Thing("gift", here("queries:find_gift"), completed_by=("number",), table="household_gift"),
    ),
    imports=(
        Import(
            "households",
            N_("Import a base list of households with who lives in them."),
            "volunteer import households 户主底册.xlsx --create-people",
            here("sheet:HOUSEHOLDS"),
            options=(OwnOption("create_people", N_("Add people who are not on file yet")), RESTORE_ARCHIVED),
        ),
    ),
    tasks=(here("worklist:TASKS"),),
    flaws=(here("quality:FLAWS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    columns={"person": here("contributed:PERSON")},
    hooks={
        "after_address": here("guards:after_address"),
        "after_leaving": here("guards:after_leaving"),
        "address_remarks": here("guards:address_remarks"),
        "merge_losses": here("guards:merge_losses"),
        "merge_rows": here("guards:merge_rows"),
        "merge_households": here("guards:merge_households"),
        "before_erase": here("guards:before_erase"),
    },
    sql_views=(here("sql_views:SQL_VIEWS"),),
    completed={
        "--grid": (Words("grid", "household"), Words("grid", "person")),
        "grid": (Words("grid", "household"), Words("grid", "person")),
        "--building": (Words("building", "household"), Words("building", "person")),
    },
    titles=here("titles:TITLES"),
    then={
        "import households": "household list",
        "household add": "household move PERSON --to {it}",
    },
    looks={"households": here("views:HOUSEHOLDS")},
)
