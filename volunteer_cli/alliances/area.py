"""What alliances, their councils and their pairings add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import PEOPLE, Area, Entry, Import, OwnOption, Rooms, Thing, Watch, Words
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

ALLIANCE = OwnOption("alliance", N_("The alliance; default the only one"), metavar="ALLIANCE")
CREATE = OwnOption("create_organizations", N_("Add organizations that are not there yet"))

AREA = Area(
    nouns=(
        Entry(
            "alliance",
            N_("Alliances of departments and their activities."),
            PEOPLE,
            here("commands.alliance:app"),
        ),
        Entry(
            "council",
            N_("Councils: topics, sessions, decisions and what follows from them."),
            PEOPLE,
            here("commands.council:app"),
        ),
        Entry(
            "pairing",
            N_("Officials paired with enterprises: contacts, needs and policies."),
            PEOPLE,
            here("commands.pairing:app"),
        ),
    ),
    things=(
        Thing(
            "alliance",
            here("queries.alliances:find_alliance"),
            here("queries.alliances:alliance_names"),
            completed_by=("name",),
        ),
        Thing("activity", here("queries.alliances:find_activity"), table="alliance_activity"),
        Thing(
            "council",
            here("queries.councils:find_council"),
            here("queries.councils:council_names"),
            completed_by=("name",),
        ),
        Thing("topic", here("queries.councils:find_topic"), here("queries.councils:topic_titles")),
        Thing("session", here("queries.councils:find_session"), table="council_session"),
        Thing("pairing", here("queries.pairings:find_pairing")),
        Thing("delivery", here("queries.pairings:find_delivery")),
    ),
    imports=(
        Import(
            "units",
            N_("Import the units of an alliance."),
            "volunteer import units 成员单位.xlsx --alliance shenguan --create-organizations",
            here("sheet:UNITS"),
            options=(ALLIANCE, CREATE),
        ),
        Import(
            "pairings",
            N_("Import officials paired with enterprises."),
            "volunteer import pairings 包挂名单.xlsx --create-organizations",
            here("sheet:PAIRINGS"),
            options=(ALLIANCE, CREATE),
        ),
        Import(
            "contacts",
            N_("Import contacts with paired enterprises."),
            "volunteer import contacts 走访台账.xlsx",
            here("sheet:CONTACTS"),
            options=(ALLIANCE, CREATE),
        ),
        Import(
            "needs",
            N_("Import a ledger of what enterprises need."),
            "volunteer import needs 问题台账.xlsx",
            here("sheet:NEEDS"),
            options=(ALLIANCE, CREATE),
        ),
        Import(
            "actions",
            N_("Import a ledger of what a council had done."),
            "volunteer import actions 督办台账.xlsx --council yixin",
            here("sheet:ACTIONS"),
            options=(
                OwnOption("council", N_("The council of all rows; default the only one"), metavar="COUNCIL"),
                CREATE,
            ),
        ),
    ),
    reports=(here("reports:REPORTS"),),
    tasks=(here("worklist:TASKS"),),
    flaws=(here("quality:FLAWS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    columns={"action": here("contributed:ACTION")},
    hooks={"before_undo": here("guards:before_undo"), "before_bring": here("guards:before_undo")},
    watches=(Watch(here("guards:refuse_members"), changed=("organization",)),),
    exports=(here("exports:EXPORTS"),),
    completed={
        "NEED": (Words("id", "need"),),
        "PAIRING": (Words("name", "organization", "id IN (SELECT enterprise_id FROM pairing)"),),
    },
    titles=here("titles:TITLES"),
    then={
        "import units": "alliance members {alliance}",
        "import pairings": "pairing due",
        "import contacts": "pairing due",
        "import needs": "pairing needs",
        "import actions": "council actions {council}",
        "alliance add": "alliance join {it} ORGANIZATION",
        "council add": "council propose {it} TITLE",
        "council propose": "council accept {ids}",
        "council accept": here("leading:after_accepting"),
        "council convene": "council attend {it} ORGANIZATION",
        "council attend": here("leading:at_a_session"),
        "council decide": "council action {topic} TEXT --owner ORGANIZATION --due DATE",
        "council action": "council done {it} --result TEXT",
        "council done": here("leading:after_action"),
        "pairing done": here("leading:after_action"),
        "council confirm": here("leading:after_confirming"),
        "pairing confirm": here("leading:after_confirming"),
        "council close": "council minutes {it} -o minutes.html",
        "pairing add": "pairing contact {it} --text TEXT",
        "pairing need": "pairing answer {it} --text TEXT",
        "pairing answer": "pairing done {it} --result TEXT",
        "pairing raise": "council accept {ids}",
    },
)
