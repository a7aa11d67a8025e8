"""What other tools read of teams and their members."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from volunteer_cli.communities.models import Community
from volunteer_cli.core.sql_views import SqlView, in_use
from volunteer_cli.people.models import Person
from volunteer_cli.teams.models import Membership, Team


def _teams() -> Any:
    columns = (
        Team.id,
        Team.code,
        Team.name,
        Team.kind,
        Team.founded_on,
        in_use(Team.archived_on).label("status"),
        Community.name.label("community"),
        Team.community_id,
    )
    return select(*columns).join(Community, Community.id == Team.community_id)


def _members() -> Any:
    columns = (
        Membership.id,
        Team.name.label("team"),
        Membership.team_id,
        Person.name.label("person"),
        Membership.person_id,
        Membership.role,
        Membership.since,
        Membership.until,
        Person.archived_on.label("person_archived_on"),
    )
    memberships = select(*columns).join(Team, Team.id == Membership.team_id)
    return memberships.join(Person, Person.id == Membership.person_id)


SQL_VIEWS = (
    SqlView(
        "teams",
        "Teams, archived ones too.",
        {
            "id": "Its id.",
            "code": "Its code.",
            "name": "Its name.",
            "kind": "service, interest, class or staff.",
            "founded_on": "The day of its founding.",
            "status": "active or archived.",
            "community": "Its community.",
            "community_id": "That community's id.",
        },
        _teams,
    ),
    SqlView(
        "members",
        "Memberships in teams, past ones too. Who is a member on a day: `since` by then, `until` and"
        " `person_archived_on` later or empty.",
        {
            "id": "The id of the membership.",
            "team": "The team.",
            "team_id": "The team's id.",
            "person": "The person.",
            "person_id": "The person's id.",
            "role": "leader, deputy or member.",
            "since": "The first day.",
            "until": "The day before which it ended; empty while it holds.",
            "person_archived_on": "Since when the person's record is archived; empty while it is in use.",
        },
        _members,
    ),
)
