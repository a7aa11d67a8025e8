"""How reports themselves, their definitions and their snapshots are shown."""

from __future__ import annotations

from typing import Any

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.output.view import Column, Kind, View

REPORTS = View(
    "reports",
    N_("Reports"),
    (
        Column("name", N_("Report"), Kind.CODE),
        Column("title", N_("Title"), value=lambda report: _(report.title), table=False),
        Column("question", N_("The question it answers"), value=lambda report: _(report.question)),
        Column("by", N_("Broken down by"), Kind.LIST, value=lambda report: list(report.choices), table=False),
    ),
    identity="name",
)


def _written(name: str) -> Any:
    return lambda definition: getattr(definition, name)


DEFINITIONS = View(
    "definitions",
    N_("Definitions"),
    (
        Column("figure", N_("Figure"), Kind.CODE, value=_written("name")),
        Column("title", N_("Title"), value=_written("title")),
        Column("meaning", N_("What it means"), value=_written("meaning")),
    ),
    identity="figure",
)


def _asked(name: str) -> Any:
    return lambda snapshot: snapshot.parameters[name]


def _period(snapshot: Any) -> str | None:
    from volunteer_cli.reports.snapshots import scope_of

    period = scope_of(snapshot).period
    return period.label if period else None


def _communities(session: Any, snapshots: Any) -> dict[int, Any]:
    from volunteer_cli.communities.queries import community_names

    names = community_names(session)
    return {snapshot.id: names.get(snapshot.community_id) for snapshot in snapshots}


def _teams(session: Any, snapshots: Any) -> dict[int, Any]:
    from volunteer_cli.teams.queries import team_names

    asked = {snapshot.id: snapshot.parameters["team_id"] for snapshot in snapshots}
    names = team_names(session, asked.values())
    return {key: names.get(team_id) for key, team_id in asked.items()}


SNAPSHOTS = View(
    "snapshots",
    N_("Snapshots"),
    (
        Column("id", N_("Id"), Kind.ID),
        Column("report", N_("Report"), Kind.CODE),
        Column("period", N_("Period"), Kind.CODE, value=_period, blank=N_("all time")),
        Column("by", N_("Broken down by"), Kind.LIST, value=_asked("by")),
        Column("team", N_("Team"), load=_teams),
        Column("team_id", N_("Team id"), Kind.ID, value=_asked("team_id"), table=False),
        Column("community", N_("Community"), load=_communities, blank=N_("all communities")),
        Column("taken_on", N_("Kept on"), Kind.DATE),
        Column("taken_by", N_("Kept by")),
        Column("row_count", N_("Rows"), Kind.COUNT, value=lambda snapshot: len(snapshot.rows)),
        Column("digest", N_("Digest"), Kind.CODE, table=False),
    ),
)
