"""What of people: neither who somebody is nor how to reach them may leave the office."""

from __future__ import annotations

from sqlalchemy import func

from volunteer_cli.core.exports import Export
from volunteer_cli.people.models import Person

EXPORTS = (
    Export(
        Person,
        ("id", "community_id", "sex", "grid", "registered_on", "archived_on", "erased_on"),
        community=Person.community_id,
        # The year alone: a day of birth with a grid would tell who it is.
        computed={"birth": lambda _session: func.substr(Person.birth, 1, 4)},
    ),
)
