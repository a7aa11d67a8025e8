"""What organizations add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import PEOPLE, Area, Entry, Import, Rooms, Thing
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry(
            "organization",
            N_("Organizations that work with the communities."),
            PEOPLE,
            here("commands:app"),
            place=3,
        ),
    ),
    things=(
        Thing(
            "organization",
            here("queries:find_organization"),
            here("queries:organization_names"),
            completed_by=("name",),
            values=here("models:OrganizationValue"),
            view=here("views:ORGANIZATIONS"),
            sheet="organizations",
        ),
    ),
    imports=(
        Import(
            "organizations",
            N_("Import organizations."),
            "volunteer import organizations units.xlsx",
            here("sheet:ORGANIZATIONS"),
            place=2,
        ),
    ),
    titles=here("titles:TITLES"),
    then={"import organizations": "organization list"},
    looks={"organizations": here("views:ORGANIZATIONS")},
)
