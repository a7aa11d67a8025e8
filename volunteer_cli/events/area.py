"""What events add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import SERVICE, Area, Entry, Import, OwnOption, Rooms, Thing, Watch, Words
from volunteer_cli.core.i18n import N_
from volunteer_cli.people.terms import RESTORE_ARCHIVED

here = Rooms(__name__)

AREA = Area(
    nouns=(Entry("event", N_("Events, sign-ups and attendance."), SERVICE, here("commands:app"), place=1),),
    things=(
        Thing(
            "event",
            here("queries:find_event"),
            here("queries:event_titles"),
            completed_by=("title", "code"),
            values=here("models:EventValue"),
            view=here("views:EVENTS"),
            sheet="events",
        ),
    ),
    imports=(
        Import("events", N_("Import events."), "volunteer import events events.csv", here("sheet:EVENTS")),
        Import(
            "signups",
            N_("Import sign-ups."),
            "volunteer import signups signups.csv --event code",
            here("sheet:SIGNUPS"),
            options=(OwnOption("event", N_("The event of all rows"), metavar="EVENT"), RESTORE_ARCHIVED),
        ),
    ),
    reports=(here("reports:REPORTS"),),
    overview=(here("overview:PARTS"),),
    tasks=(here("worklist:TASKS"),),
    flaws=(here("quality:FLAWS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    hooks={
        "before_undo": here("guards:before_undo"),
        "after_undo": here("guards:after_undo"),
        "before_merge": here("guards:before_merge"),
        "merge_losses": here("guards:merge_losses"),
        "merge_rows": here("guards:merge_rows"),
    },
    watches=(
        Watch(
            here("rules.lines:settle_lines"),
            touched=(
                "signup",
                "shift",
                "further_shift",
                "shift_turn",
                "event",
                "event_skill",
                "person_label",
                "membership",
                "training",
                "policy",
            ),
            changed=("person",),
        ),
        Watch(here("documents:whom_else_to_call"), changed=("event", "shift", "signup")),
    ),
    sql_views=(here("sql_views:SQL_VIEWS"),),
    exports=(here("exports:EXPORTS"),),
    completed={
        "SHIFT": (Words("name", "shift"),),
        "--place": (Words("place", "event"),),
        "--category": (Words("category", "event"),),
    },
    titles=here("titles:TITLES"),
    then={
        "event add": "event open {it}",
        "event copy": "event open {it}",
        "event repeat": "event open {event} --series",
        "event open": here("leading:after_opening"),
        "import events": here("leading:after_import"),
        "import signups": here("leading:after_signups"),
        "event signup": "event roster {event} -o roster.xlsx",
        "event checkin": "event finish {event}",
        "event checkout": "event finish {event}",
    },
    looks={
        "roster": here("views:ROSTER"),
        "suggestions": here("views:SUGGESTIONS"),
    },
)
