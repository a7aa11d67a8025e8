"""What of events and sign-ups: neither titles nor places may leave the office."""

from __future__ import annotations

from volunteer_cli.core.exports import Export
from volunteer_cli.events.models import Event, Signup

EVENT = ("id", "community_id", "team_id", "kind", "category", "starts_at", "ends_at", "capacity", "status")
SIGNUP = ("id", "event_id", "person_id", "status", "signed_up_at", "checked_in_at", "checked_out_at")
EXPORTS = (
    Export(Event, (*EVENT, "archived_on"), community=Event.community_id, day=Event.starts_at),
    Export(
        Signup,
        SIGNUP,
        community=Event.community_id,
        day=Event.starts_at,
        joined=lambda _session, query: query.join(Event, Event.id == Signup.event_id),
    ),
)
