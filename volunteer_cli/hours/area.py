"""What service hours add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import SERVICE, Area, Entry, Import, OwnOption, Rooms, Thing, Watch
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry(
            "hours",
            N_("Service hours, from record to closed period."),
            SERVICE,
            here("commands:app"),
            place=2,
        ),
    ),
    things=(Thing("hours", here("queries:find_record"), table="hours_record"),),
    imports=(
        Import(
            "hours",
            N_("Import service hours and sign-in sheets."),
            "volunteer import hours 签到表.xlsx --create-events",
            here("sheet:HOURS"),
            options=(
                OwnOption("event", N_("The event of all rows"), metavar="EVENT"),
                OwnOption("create_events", N_("Add events that are not there yet, as done")),
            ),
        ),
    ),
    reports=(here("reports:REPORTS"),),
    overview=(here("overview:PARTS"),),
    annual=(here("annual:CHAPTERS"),),
    tasks=(here("worklist:TASKS"),),
    flaws=(here("quality:FLAWS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    columns={
        "person": here("contributed:PERSON"),
        "team": here("contributed:TEAM"),
        "event": here("contributed:EVENT"),
    },
    hooks={
        "before_undo": here("guards:before_undo"),
        "after_undo": here("guards:after_undo"),
        "before_bring": here("guards:before_undo"),
        "after_bring": here("guards:after_bring"),
        "before_policy": here("guards:before_policy"),
        "before_merge": here("guards:before_merge"),
        "before_finish": here("rules.attending:attend_all"),
        "after_finish": here("attendance:after_finish"),
        "after_attendance": here("attendance:after_attendance"),
        "last_served": here("queries:last_served_on"),
    },
    watches=(
        Watch(
            here("rules.agreeing:require_agreement"), touched=("hours_record",), changed=("event", "signup")
        ),
        Watch(here("rules.attending:attend"), touched=("hours_record",)),
        Watch(here("rules.beyond:tell_beyond"), changed=("hours_record", "event")),
    ),
    sql_views=(here("sql_views:SQL_VIEWS"),),
    exports=(here("exports:EXPORTS"),),
    completed={"ID": ("hours",)},
    titles=here("titles:TITLES"),
    then={
        "hours add": here("leading:after_recording"),
        "event finish": here("leading:after_finish"),
        "hours confirm": here("leading:after_confirming"),
        "import hours": here("leading:after_import"),
    },
)
