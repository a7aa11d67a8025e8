"""`volunteer team …`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.run import run
from volunteer_cli.shell import (
    Archived,
    AsOf,
    DayText,
    choose,
    day_option,
    noun,
    read,
    show,
    show_list,
    tell,
    verb,
)
from volunteer_cli.teams.terms import ROLES, Role, TeamKind

app = noun("team")

Named = Annotated[str, Argument(metavar="TEAM", help=N_("Its id, code or name"))]
People = Annotated[list[str], Argument(metavar="PERSON...", help=N_("Ids, volunteer numbers or names"))]
Code = Annotated[str | None, Option("--code", metavar="CODE", help=N_("Short code to name it by"))]
KindOption = Annotated[
    str | None, Option("--kind", metavar="KIND", help=N_("service, interest, class or staff"))
]
Leader = Annotated[str | None, Option("--leader", metavar="PERSON", help=N_("Who leads it"))]
Founded = Annotated[DayText | None, day_option("--founded", N_("The day it was founded"))]
FoundedText = Annotated[str | None, Option("--founded", metavar="DATE", help=N_("The day it was founded"))]
Focus = Annotated[str | None, Option("--focus", metavar="TEXT", help=N_("What it mostly does"))]
From = Annotated[DayText | None, day_option("--on", N_("The day from which it holds; default today"))]


@verb(
    app,
    "add",
    example="volunteer team add 绿色家园维护者 --code green --leader 李明 --founded 2023-03-05",
    changes=True,
)
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the team"))],
    code: Code = None,
    kind: KindOption = None,
    leader: Leader = None,
    founded: Founded = None,
    focus: Focus = None,
) -> None:
    """Add a team.

    Without --kind it is a service team. The leader is a member from the founding date, or today.
    """
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.teams import rules
    from volunteer_cli.teams.views import TEAMS

    chosen = choose(TeamKind, kind, "--kind") or TeamKind.SERVICE
    with work("team add") as session:
        team = rules.add_team(
            session,
            the_community(session),
            name=name,
            code=code,
            kind=chosen,
            focus=focus,
            founded_on=read(founded),
            leader=find_person(session, leader) if leader else None,
            today=run().clock.today,
        )
        tell(session, TEAMS, team, _("Added team {name} ({id}).").format(name=team.name, id=team.id))


@verb(app, "list", example="volunteer team list --kind interest --sort -members")
def list_(kind: KindOption = None, archived: Archived = False) -> None:
    """List the teams."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.teams import queries
    from volunteer_cli.teams.views import TEAMS

    chosen = choose(TeamKind, kind, "--kind")
    with reading() as session:
        community = chosen_community(session)
        found = queries.teams(
            session, community_id=community.id if community else None, kind=chosen, archived=archived
        )
        show_list(session, TEAMS, found)


@verb(app, "show", example="volunteer team show green -f json")
def show_(team: Named) -> None:
    """Show a team with its members."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.teams.queries import find_team
    from volunteer_cli.teams.views import TEAMS

    with reading() as session:
        show(session, TEAMS, find_team(session, team, changing=False))


@verb(app, "edit", example="volunteer team edit green --focus 楼道清洁", changes=True)
def edit(
    team: Named,
    name: Annotated[str | None, Option("--name", metavar="NAME", help=N_("A new name"))] = None,
    code: Code = None,
    kind: KindOption = None,
    leader: Leader = None,
    founded: FoundedText = None,
    focus: Focus = None,
) -> None:
    """Change what is known of a team.

    An empty text clears a value; without a leader, the former one stays a member. A new leader leads
    from today and joins where need be.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.teams import queries, rules
    from volunteer_cli.teams.views import TEAMS

    chosen = choose(TeamKind, kind, "--kind")
    typed = DayText(founded) if founded else None
    with work("team edit") as session:
        found = queries.find_team(session, team)
        founded_on = read(typed) if typed else founded
        rules.edit_team(session, found, name=name, code=code, kind=chosen, founded_on=founded_on, focus=focus)
        if leader:
            rules.give_leader(session, found, find_person(session, leader), on=run().clock.today)
        elif leader == "":
            rules.take_leader(session, found, on=run().clock.today)
        tell(session, TEAMS, found, _("Changed team {name} ({id}).").format(name=found.name, id=found.id))


@verb(app, "join", example="volunteer team join green 李明 王芳 --on 2026-03-01", changes=True)
def join(
    team: Named,
    people: People,
    role: Annotated[str, Option("--role", metavar="ROLE", help=N_("leader, deputy or member"))] = "member",
    on: From = None,
) -> None:
    """Take people into a team."""
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_people
    from volunteer_cli.teams import queries, rules
    from volunteer_cli.teams.views import TEAMS

    chosen = choose(Role, role, "--role")
    with work("team join") as session:
        found, joining = queries.find_team(session, team), find_people(session, people)
        for person in joining:
            rules.join(session, found, person, role=chosen, on=read(on) or run().clock.today)
        sentence = _("{people} joined {team}.")
        tell(session, TEAMS, found, sentence.format(people=_names(joining), team=found.name))


def _names(people: Sequence[object]) -> str:
    return listed(getattr(person, "name", "") for person in people)


@verb(app, "role", example="volunteer team role green 王芳 --role leader", changes=True)
def role_(
    team: Named,
    person: Annotated[str, Argument(metavar="PERSON", help=N_("Id, volunteer number or name"))],
    role: Annotated[str, Option("--role", metavar="ROLE", help=N_("leader, deputy or member"))],
    on: From = None,
) -> None:
    """Give a member another role; a new leader makes the former one a member."""
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.teams import queries, rules
    from volunteer_cli.teams.views import TEAMS

    chosen = choose(Role, role, "--role")
    with work("team role") as session:
        found, member = queries.find_team(session, team), find_person(session, person)
        rules.change_role(session, found, member, chosen, on=read(on) or run().clock.today)
        sentence = _("{person} is {role} of {team}.")
        told = sentence.format(person=member.name, role=_(ROLES[chosen]), team=found.name)
        tell(session, TEAMS, found, told)


@verb(app, "leave", example="volunteer team leave green 王芳 --on 2026-06-30", changes=True)
def leave(team: Named, people: People, on: From = None) -> None:
    """End the membership of people in a team; the day itself no longer counts."""
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_people
    from volunteer_cli.teams import queries, rules
    from volunteer_cli.teams.views import TEAMS

    with work("team leave") as session:
        found, leaving = queries.find_team(session, team), find_people(session, people)
        for person in leaving:
            rules.leave(session, found, person, on=read(on) or run().clock.today)
        sentence = _("{people} left {team}.")
        tell(session, TEAMS, found, sentence.format(people=_names(leaving), team=found.name))


@verb(app, "members", example="volunteer team members green --as-of 2025-12-31")
def members(team: Named, as_of: AsOf = None) -> None:
    """List the members of a team, the leader first."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.teams import queries
    from volunteer_cli.teams.views import ROSTER

    with reading() as session:
        found = queries.find_team(session, team, changing=False)
        rows = queries.rosters(session, [found.id], read(as_of) or run().clock.today)
        show_list(session, ROSTER, rows.get(found.id, []))


@verb(app, "archive", example="volunteer team archive green", changes=True)
def archive(team: Named) -> None:
    """Take a team out of use; its hours and history stay."""
    _archive(team, archived=True)


@verb(app, "restore", example="volunteer team restore green", changes=True)
def restore(team: Named) -> None:
    """Bring an archived team back into use."""
    _archive(team, archived=False)


def _archive(team: str, *, archived: bool) -> None:
    from volunteer_cli.communities.rules import archive
    from volunteer_cli.core.work import work
    from volunteer_cli.teams import queries
    from volunteer_cli.teams.views import TEAMS

    with work("team archive" if archived else "team restore") as session:
        found = queries.find_team(session, team)
        archive(session, found, run().clock.today if archived else None)
        sentence = _("Archived team {name} ({id}).") if archived else _("Restored team {name} ({id}).")
        tell(session, TEAMS, found, sentence.format(name=found.name, id=found.id))
