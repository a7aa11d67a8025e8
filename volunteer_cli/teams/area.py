"""What teams add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import PEOPLE, Area, Entry, Import, OwnOption, Rooms, Thing
from volunteer_cli.core.i18n import N_
from volunteer_cli.people.terms import RESTORE_ARCHIVED

here = Rooms(__name__)

AREA = Area(
    nouns=(Entry("team", N_("Volunteer teams, interest groups and classes."), PEOPLE, here("commands:app")),),
    things=(
        Thing(
            "team",
            here("queries:find_team"),
            here("queries:team_names"),
            completed_by=("name", "code"),
            values=here("models:TeamValue"),
            view=here("views:TEAMS"),
            sheet="teams",
        ),
    ),
    imports=(
        # A sheet stands, as a report does, on the floor of the highest thing that it writes.
        Import(
            "people",
            N_("Import residents and volunteers."),
            "volunteer import people 花名册.xlsx --on-error skip --rejects bad.csv",
            here("people_sheet:PEOPLE"),
            options=(
                OwnOption("volunteers", N_("Register everyone in the file as a volunteer")),
                OwnOption("create_teams", N_("Add teams that are not there yet")),
                RESTORE_ARCHIVED,
            ),
            place=1,
        ),
        Import("teams", N_("Import teams."), "volunteer import teams teams.csv -n", here("sheet:TEAMS")),
        Import(
            "members",
            N_("Import memberships in teams."),
            "volunteer import members members.xlsx --create-teams",
            here("sheet:MEMBERS"),
            options=(OwnOption("create_teams", N_("Add teams that are not there yet")), RESTORE_ARCHIVED),
        ),
    ),
    overview=(here("overview:PARTS"),),
    flaws=(here("quality:FLAWS"),),
    checks=(here("checks:CHECKS"),),
    columns={"person": here("contributed:PERSON")},
    hooks={
        "merge_losses": here("guards:merge_losses"),
        "merge_rows": here("guards:merge_rows"),
        "before_erase": here("guards:before_erase"),
        "members": here("queries:members_named"),
    },
    sql_views=(here("sql_views:SQL_VIEWS"),),
    titles=here("titles:TITLES"),
    then={
        "import teams": "team list",
        "import members": "team list",
        "team add": "team join {it} PERSON",
    },
    looks={"members": here("views:ROSTER")},
)
