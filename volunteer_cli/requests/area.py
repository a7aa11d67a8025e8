"""What requests add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import HOUSEHOLDS, Area, Entry, Rooms, Thing, Watch
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
            "request", here("queries:find_request"), here("queries:request_numbers"), completed_by="number"
        ),
    ),
    reports=(here("reports:REPORTS"),),
    tasks=(here("worklist:TASKS"),),
    policies=(here("terms:POLICIES"),),
    checks=(here("checks:CHECKS"),),
    hooks={"before_erase": here("guards:before_erase")},
    watches=(Watch(here("guards:refuse_leads"), changed=("organization", "team")),),
)
