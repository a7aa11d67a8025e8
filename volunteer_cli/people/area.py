"""What people add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import PEOPLE, Area, Entry, Rooms, Thing, Words
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(Entry("person", N_("Residents and volunteers."), PEOPLE, here("commands:app"), place=2),),
    things=(
        Thing(
            "person",
            here("queries:find_person"),
            here("queries:all_person_names"),
            completed_by=("name", "volunteer_no"),
            heard_by=("name_pinyin", "name_initials"),
            values=here("models:PersonValue"),
            view=here("views:PEOPLE"),
            sheet="people",
        ),
    ),
    overview=(here("overview:PARTS"),),
    tasks=(here("worklist:TASKS"),),
    flaws=(here("quality:FLAWS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    hooks={"before_undo": here("guards:before_undo"), "merge_rows": here("guards:merge_rows")},
    sql_views=(here("sql_views:SQL_VIEWS"),),
    exports=(here("exports:EXPORTS"),),
    completed={
        "SKILL": (Words("value", "person_label", "kind = 'skill'"),),
        "CATEGORY": (Words("value", "person_label", "kind = 'category'"),),
        "TAG": (Words("value", "person_label", "kind = 'tag'"),),
    },
    titles=here("titles:TITLES"),
    then={"import people": "person duplicates"},
    looks={
        "people": here("views:PEOPLE"),
        "duplicates": here("views:DUPLICATES"),
        "messages": here("views:MESSAGES"),
    },
)
