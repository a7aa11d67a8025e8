"""What people add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import PEOPLE, Area, Entry, Import, OwnOption, Rooms, Thing
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(Entry("person", N_("Residents and volunteers."), PEOPLE, here("commands:app"), place=2),),
    things=(
        Thing("person", here("queries:find_person"), here("queries:all_person_names"), completed_by="name"),
    ),
    imports=(
        Import(
            "people",
            N_("Import residents and volunteers."),
            "volunteer import people 花名册.xlsx --on-error skip --rejects bad.csv",
            here("sheet:PEOPLE"),
            options=(
                OwnOption("volunteers", N_("Register everyone in the file as a volunteer")),
                OwnOption("create_teams", N_("Add teams that are not there yet")),
            ),
            place=1,
        ),
    ),
    overview=(here("overview:PARTS"),),
    tasks=(here("worklist:TASKS"),),
    flaws=(here("quality:FLAWS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    hooks={"before_undo": here("guards:before_undo"), "merge_rows": here("guards:merge_rows")},
)
