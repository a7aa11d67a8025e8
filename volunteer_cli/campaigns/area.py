"""What campaigns add to the whole."""

from __future__ import annotations

from volunteer_cli.core.cards import HOUSEHOLDS, Area, Entry, Rooms, Thing
from volunteer_cli.core.i18n import N_

here = Rooms(__name__)

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
            completed_by="code",
        ),
    ),
    policies=(here("terms:POLICIES"),),
)
