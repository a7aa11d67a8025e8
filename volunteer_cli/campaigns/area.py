"""What campaigns add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import HOUSEHOLDS, Area, Entry, Import, OwnOption, Rooms, Thing, Words
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

CAMPAIGN = OwnOption("campaign", N_("The campaign, by its code"), "CAMPAIGN")
STAGE = OwnOption("stage", N_("The stage that they come into; default is the first one"), "STAGE")

AREA = Area(
    nouns=(
        Entry(
            "campaign",
            N_("Campaigns: calls, rounds from door to door, sweeps, daily follow-up."),
            HOUSEHOLDS,
            here("commands:app"),
            place=5,
        ),
    ),
    things=(
        Thing(
            "campaign",
            here("queries.finding:find_campaign"),
            here("queries.finding:campaign_names"),
            completed_by=("code", "name"),
        ),
    ),
    imports=(
        Import(
            "targets",
            N_("Import the list of a campaign, as it came from above; what is coloured says nothing."),
            "volunteer import targets 名单.xlsx --campaign hanchao",
            here("targets_sheet:TARGETS"),
            options=(
                CAMPAIGN,
                STAGE,
                OwnOption("create_people", N_("Add people who are not on file yet")),
                OwnOption("create_households", N_("Add households that are not on file yet")),
            ),
        ),
        Import(
            "attempts",
            N_("Import a call sheet that was filled in."),
            "volunteer import attempts 蒋样一.xlsx --campaign hanchao",
            here("sheet:ATTEMPTS"),
            options=(CAMPAIGN,),
        ),
    ),
    reports=(here("reports:REPORTS"),),
    tasks=(here("worklist:TASKS"),),
    flaws=(here("quality:FLAWS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    hooks={
        "merge_losses": here("guards:merge_losses"),
        "merge_rows": here("guards:merge_rows"),
        "household_losses": here("guards:household_losses"),
        "merge_households": here("guards:merge_households"),
    },
    sql_views=(here("sql_views:SQL_VIEWS"),),
    completed={
        "STAGE": (Words("name", "campaign_stage"),),
        "TARGET": (Words("id", "target"),),
        "CODE=VALUE": (Words("code", "campaign_question"),),
    },
    titles=here("titles:TITLES"),
    then={
        "import targets": "campaign open {campaign}",
        "import attempts": "campaign progress {campaign}",
        "campaign add": "campaign open {it}",
        "campaign open": here("leading:after_opening"),
        "campaign deal": "campaign sheet {campaign} --to {to} --reveal REASON -o sheet.xlsx",
        "campaign record": "campaign progress {campaign}",
    },
    looks={
        "targets": here("views:TARGETS"),
        "dealt": here("views:DEALT"),
        "why": here("views:STANDING"),
        "attempts": here("views:ATTEMPTS"),
        "call_sheet": here("documents:CALL_SHEET"),
    },
)
