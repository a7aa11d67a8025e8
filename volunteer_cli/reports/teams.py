"""Reports on teams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Chart, Report, Row, Scope, figure
from volunteer_cli.teams.terms import TEAM_KINDS

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _most_hours_first(row: Row) -> tuple[int, int, int]:
    return -row["minutes"], -row["members"], row["team_id"]


def team_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """Teams in use or with hours in the period, most hours first; last what was done under no team."""
    hours = _hours_by_team(session, scope)
    events = _events_by_team(session, scope)
    members = _members(session, scope)
    teams = _teams(session, scope, {*hours, *events})
    rows = [_row(team, hours.get(team.id), events.get(team.id, 0), members.get(team.id)) for team in teams]
    rows.sort(key=_most_hours_first)
    # What was done under no team is in it too, or the sum would not be that of the report hours.
    return [*rows, *_without_team(hours.get(None), events.get(None, 0))]


def _teams(session: Session, scope: Scope, doing: set[int | None]) -> Sequence[Any]:
    """The teams of the scope; any other, such as one archived by then, where it did something: hours must add up."""
    from sqlalchemy import and_, or_, select

    from volunteer_cli.teams.models import Team
    from volunteer_cli.teams.queries import in_use_on

    present = [in_use_on(scope.as_of)]
    if scope.community_id is not None:
        present.append(Team.community_id == scope.community_id)
    if scope.team_id is not None:
        present.append(Team.id == scope.team_id)
    active = Team.id.in_(doing - {None})
    return session.scalars(select(Team).where(or_(and_(*present), active)).order_by(Team.id)).all()


def _hours_by_team(session: Session, scope: Scope) -> dict[int | None, Any]:
    from volunteer_cli.hours.counting import sums
    from volunteer_cli.hours.models import HoursRecord
    from volunteer_cli.hours.reports import conditions

    of_records, days = conditions(scope)
    query = sums(session, HoursRecord.team_id, where=of_records, days=days, people=True)
    return {row.team_id: row for row in session.execute(query)}


def _events_by_team(session: Session, scope: Scope) -> dict[int | None, int]:
    from volunteer_cli.events.queries import beginning, events_held

    conditions = beginning(scope.period, community_id=scope.community_id, team_id=scope.team_id)
    return events_held(session, *conditions)


def _members(session: Session, scope: Scope) -> dict[int, Any]:
    """By team the members at the end of the period, and those of them who served under it."""
    from sqlalchemy import exists, func, select

    from volunteer_cli.hours.counting import CONFIRMED
    from volunteer_cli.hours.models import HoursRecord
    from volunteer_cli.hours.reports import conditions
    from volunteer_cli.teams.models import Membership
    from volunteer_cli.teams.queries import belongs_on

    # Without the team of the scope: each membership is compared with records of its own team.
    in_scope, _days = conditions(replace(scope, team_id=None))
    # The sum keeps the search off the index of teams: a person has few records, a team has thousands.
    same = (HoursRecord.person_id == Membership.person_id, HoursRecord.team_id + 0 == Membership.team_id)
    active = exists().where(*same, CONFIRMED, *in_scope)
    counts = (func.count().label("members"), func.count().filter(active).label("active"))
    query = select(Membership.team_id, *counts).where(belongs_on(scope.as_of))
    return {row.team_id: row for row in session.execute(query.group_by(Membership.team_id))}


def _row(team: Any, served: Any, events: int, members: Any) -> Row:
    count, minutes = members.members if members else 0, served.minutes if served else 0
    return {
        "team_id": team.id,
        "team": team.name,
        "kind": team.kind,
        "community_id": team.community_id,
        "members": count,
        "active_members": members.active if members else 0,
        "events": events,
        "minutes": minutes,
        "records": served.records if served else 0,
        "people": served.people if served else 0,
        "minutes_per_member": round(minutes / count) if count else None,
    }


def _without_team(served: Any, events: int) -> list[Row]:
    if not served and not events:
        return []
    figures = (
        {"minutes": served.minutes, "records": served.records, "people": served.people} if served else {}
    )
    return [
        {
            "team_id": None,
            "team": None,
            "members": 0,
            "active_members": 0,
            "events": events,
            "minutes": 0,
            "records": 0,
            "people": 0,
            **figures,
        }
    ]


TEAMS = Report(
    name="teams",
    place=6,
    title=N_("Teams"),
    help=N_("Compare teams: members, events and hours."),
    question=N_("How large and how busy is each team?"),
    rows=team_rows,
    keys=("team_id",),
    by_team=True,
    chart=Chart("minutes", ("team",)),
    figures=(
        figure(
            "team",
            N_("Team"),
            Kind.TEXT,
            N_(
                "A team that was founded by the end of the period or today and not archived then, or any other that did something in the period. The last row is what was done under no team."
            ),
            total=False,
            blank=N_("no team"),
        ),
        figure("team_id", N_("Team id"), Kind.ID, N_("The team's id."), total=False, table=False),
        figure("kind", N_("Kind"), Kind.CHOICE, N_("What the team is for."), total=False, choices=TEAM_KINDS),
        figure(
            "community", N_("Community"), Kind.TEXT, N_("The team's community."), total=False, table=False
        ),
        figure(
            "community_id", N_("Community id"), Kind.ID, N_("That community's id."), total=False, table=False
        ),
        figure(
            "members",
            N_("Members"),
            Kind.COUNT,
            N_(
                "Memberships that hold at the end of the period or today; one who is in two teams is in both rows."
            ),
        ),
        figure(
            "active_members",
            N_("Active members"),
            Kind.COUNT,
            N_("Of these, with a confirmed record under the team on a day of the period."),
        ),
        figure(
            "events",
            N_("Events held"),
            Kind.COUNT,
            N_("Events under the team that begin in the period and are finished."),
        ),
        figure(
            "minutes",
            N_("Hours"),
            Kind.MINUTES,
            N_(
                "Counted minutes of confirmed records under the team on days of the period, members' or not, as the report hours has them."
            ),
        ),
        figure(
            "records",
            N_("Records"),
            Kind.COUNT,
            N_("The confirmed records these minutes come from."),
            table=False,
        ),
        figure(
            "people",
            N_("People"),
            Kind.COUNT,
            N_("People with at least one of these records, members or not, each once in a row."),
            total=False,
            table=False,
        ),
        figure(
            "minutes_per_member",
            N_("Hours per member"),
            Kind.MINUTES,
            N_("Hours over members, to the minute."),
            total=False,
            ratio=("minutes", "members"),
        ),
    ),
)
REPORTS = (TEAMS,)
