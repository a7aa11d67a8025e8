"""What custom fields add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import DATABASE, Area, Entry, Rooms, Thing
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry("field", N_("Custom fields of people and of other records."), DATABASE, here("commands:app")),
    ),
    things=(
        Thing(
            "field",
            here("queries:find_field"),
            here("queries:field_names"),
            completed_by=("name", "title"),
            table="custom_field",
        ),
    ),
    checks=(here("checks:CHECKS"),),
    completed={"FIELD=VALUE": (here("contributed:completed"),)},
    sql_views=(here("sql_views:SQL_VIEWS"),),
    titles=here("titles:TITLES"),
    then={"field add": here("leading:after_adding")},
)
