"""What requests add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import HOUSEHOLDS, Area, Entry, Import, OwnOption, Rooms, Thing, Watch
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

AREA = Area(
    nouns=(
        Entry(
            "request",
            N_("Residents' requests: callers, the clock, and every answer."),
            HOUSEHOLDS,
            here("commands:app"),
            place=2,
        ),
    ),
    things=(
        Thing(
            "request", here("queries:find_request"), here("queries:request_numbers"), completed_by=("number",)
        ),
    ),
    imports=(
        Import(
            "requests",
            N_("Import requests, from a hotline's export or a ledger by hand."),
            "volunteer import requests 12345工单.xlsx --create-organizations",
            here("sheet:REQUESTS"),
            options=(
                OwnOption("create_people", N_("Add people who are not on file yet")),
                OwnOption("create_organizations", N_("Add organizations that are not on file yet")),
            ),
        ),
    ),
    reports=(here("reports:REPORTS"),),
    tasks=(here("worklist:TASKS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    hooks={"before_erase": here("guards:before_erase")},
    watches=(
        Watch(here("guards:refuse_leads"), changed=("organization", "team")),
        Watch(here("guards:follow_calendar"), touched=("policy",)),
    ),
    sql_views=(here("sql_views:SQL_VIEWS"),),
    completed=dict.fromkeys(("THING", "THING|TEXT"), ("organization", "team", "person")),
    titles=here("titles:TITLES"),
    then={
        "import requests": "request list --overdue",
        "request add": "request assign {it} --to ORGANIZATION",
        "request assign": "request finish {it} --result solved",
        "request reopen": "request finish {it} --result solved",
        "request return": "request assign {it} --to ORGANIZATION",
        "request resume": "request finish {it} --result solved",
        "request finish": here("leading:after_finish"),
        "request callback": here("leading:after_finish"),
    },
    looks={"requests": here("views:REQUESTS")},
)
