"""How teams and their members are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from volunteer_cli.areas import contributed
from volunteer_cli.core.i18n import N_, NC_
from volunteer_cli.core.run import run
from volunteer_cli.fields.terms import Noun
from volunteer_cli.fields.views import WHOLE, stored_columns
from volunteer_cli.output.declared import columns
from volunteer_cli.output.view import Column, Kind, View, extended
from volunteer_cli.teams import queries
from volunteer_cli.teams.fields import CODE, FOCUS, FOUNDED_ON, KIND, LEADER, NAME
from volunteer_cli.teams.terms import ROLES, TEAM_STATUSES

ROSTER = View(
    "members",
    N_("Members"),
    (
        Column("id", N_("Id"), Kind.ID, table=False),
        Column("person", N_("Name")),
        Column("person_id", N_("Person id"), Kind.ID),
        Column("volunteer_no", N_("Volunteer number"), Kind.CODE),
        Column("phone", N_("Phone"), Kind.PHONE),
        Column("role", N_("Role"), Kind.CHOICE, choices=ROLES),
        Column("since", N_("Since"), Kind.DATE),
        Column("until", N_("Until"), Kind.DATE),
    ),
    identity="person_id",
)


def _ids(teams: Sequence[Any]) -> list[int]:
    return [team.id for team in teams]


def _leaders(session: Any, teams: Sequence[Any]) -> Mapping[int, Any]:
    leaders = queries.leaders(session, _ids(teams), run().clock.today)
    return {key: leader.name for key, leader in leaders.items()}


def _leader_ids(session: Any, teams: Sequence[Any]) -> Mapping[int, Any]:
    leaders = queries.leaders(session, _ids(teams), run().clock.today)
    return {key: leader.id for key, leader in leaders.items()}


def _members(session: Any, teams: Sequence[Any]) -> Mapping[int, Any]:
    return queries.member_counts(session, _ids(teams), run().clock.today)


def _rosters(session: Any, teams: Sequence[Any]) -> Mapping[int, Any]:
    return queries.rosters(session, _ids(teams), run().clock.today)


def _communities(session: Any, teams: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.communities.queries import community_names

    names = community_names(session)
    return {team.id: names[team.community_id] for team in teams}


def status(team: Any) -> str:
    """Whether a team is in use."""
    return "archived" if team.archived_on else "active"


TEAMS = View(
    "teams",
    N_("Teams"),
    record=NC_("record", "Team"),
    parts={
        NC_("record", "In short"): (
            "name",
            "code",
            "kind",
            "focus",
            "founded_on",
            "status",
            "community",
        ),
        NC_("record", "Members and service"): (
            "leader",
            "members",
            "minutes",
        ),
    },
    columns=extended(
        Column("id", N_("Id"), Kind.ID),
        *columns((CODE, NAME, KIND, LEADER), {"leader": _leaders}),
        Column("leader_id", N_("Leader id"), Kind.ID, load=_leader_ids, table=False),
        *columns((FOCUS, FOUNDED_ON)),
        Column("members", N_("Members"), Kind.COUNT, load=_members, default=0),
        Column("roster", N_("Roster"), Kind.ROWS, load=_rosters, default=(), view=ROSTER, show_only=True),
        Column("status", N_("Status"), Kind.CHOICE, value=status, choices=TEAM_STATUSES, table=False),
        Column("community", N_("Community"), load=_communities, table=False),
        Column("community_id", N_("Community id"), Kind.ID, table=False),
        WHOLE,
        added=contributed("team"),
    ),
    stored=stored_columns(Noun.TEAM),
)
