"""What alliances, their councils and their pairings add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import PEOPLE, Area, Entry, Rooms, Thing, Watch
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

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
            completed_by="name",
        ),
        Thing("activity", here("queries.alliances:find_activity"), table="alliance_activity"),
        Thing(
            "council",
            here("queries.councils:find_council"),
            here("queries.councils:council_names"),
            completed_by="name",
        ),
        Thing("topic", here("queries.councils:find_topic"), here("queries.councils:topic_titles")),
        Thing("session", here("queries.councils:find_session"), table="council_session"),
        Thing("pairing", here("queries.pairings:find_pairing")),
        Thing("delivery", here("queries.pairings:find_delivery")),
    ),
    reports=(here("reports:REPORTS"),),
    tasks=(here("worklist:TASKS"),),
    flaws=(here("quality:FLAWS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    columns={"action": here("contributed:ACTION")},
    hooks={"before_undo": here("guards:before_undo")},
    watches=(Watch(here("guards:refuse_members"), changed=("organization",)),),
)
