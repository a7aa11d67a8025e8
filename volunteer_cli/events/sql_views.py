"""What other tools read of events and their rosters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from volunteer_cli.communities.models import Community
from volunteer_cli.core.sql_views import SqlView
from volunteer_cli.events.models import Event, Series, Shift, Signup
from volunteer_cli.people.models import Person
from volunteer_cli.teams.models import Team


def _events() -> Any:
    columns = (
        Event.id,
        Event.code,
        Event.title,
        Event.kind,
        Event.category,
        Team.name.label("team"),
        Event.team_id,
        Event.starts_at,
        Event.ends_at,
        Event.capacity,
        Event.status,
        Event.archived_on,
        Series.name.label("series"),
        Community.name.label("community"),
        Event.community_id,
    )
    events = select(*columns).join(Community, Community.id == Event.community_id)
    return events.outerjoin(Team, Team.id == Event.team_id).outerjoin(Series, Series.id == Event.series_id)


def _rosters() -> Any:
    columns = (
        Signup.id,
        Event.title.label("event"),
        Signup.event_id,
        Person.name.label("person"),
        Signup.person_id,
        Person.volunteer_no,
        Shift.name.label("shift"),
        Signup.status,
        Signup.position,
        Signup.checked_in_at,
        Signup.checked_out_at,
    )
    signups = select(*columns).join(Event, Event.id == Signup.event_id)
    return signups.join(Person, Person.id == Signup.person_id).outerjoin(Shift, Shift.id == Signup.shift_id)


SQL_VIEWS = (
    SqlView(
        "events",
        "Events in every state, archived ones too.",
        {
            "id": "Its id.",
            "code": "Its code.",
            "title": "Its title.",
            "kind": "service, class, camp, performance, meeting, collection or visit.",
            "category": "The service category.",
            "team": "The team that holds it.",
            "team_id": "That team's id.",
            "starts_at": "When it begins, by the community's wall clock.",
            "ends_at": "Before when it ends.",
            "capacity": "The places; empty where there is no limit.",
            "status": "planned, open, done or cancelled.",
            "archived_on": "Since when it is archived; empty while it is in use.",
            "series": "The series that it belongs to.",
            "community": "The community that holds it.",
            "community_id": "That community's id.",
        },
        _events,
    ),
    SqlView(
        "rosters",
        "Sign-ups for events, a row for each event and person.",
        {
            "id": "The id of the sign-up.",
            "event": "The event.",
            "event_id": "The event's id.",
            "person": "The person.",
            "person_id": "The person's id.",
            "volunteer_no": "The volunteer number.",
            "shift": "The first shift of the place.",
            "status": "signed_up, waiting, attended, absent or withdrawn.",
            "position": "Orders the line: who has the smallest is next.",
            "checked_in_at": "When the person came.",
            "checked_out_at": "When the person went.",
        },
        _rosters,
    ),
)
