"""`volunteer team …`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.run import run
from volunteer_cli.fields.terms import Noun
from volunteer_cli.fields.typed import SetFields, give_set, read_set
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
    tell_each,
    verb,
)
from volunteer_cli.shell.taking import Details, takes, typed
from volunteer_cli.teams.fields import DETAILS, FIELDS, KIND
from volunteer_cli.teams.terms import ROLES, Audience, Role

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.teams.models import Team

app = noun("team")

Named = Annotated[str, Argument(metavar="TEAM", help=N_("Its id, code or name"))]
Several = Annotated[list[str], Argument(metavar="TEAM...", help=N_("Ids, codes or names; 2-4,7 is four ids"))]
People = Annotated[list[str], Argument(metavar="PERSON...", help=N_("Ids, volunteer numbers or names"))]
From = Annotated[DayText | None, day_option("--on", N_("The day from which it holds; default today"))]


@verb(
    app,
    "add",
    example="volunteer team add 绿色家园维护者 --code green --leader 李明 --founded 2023-03-05",
    changes=True,
)
@takes(details=typed(DETAILS))
def add(
    name: Annotated[str, Argument(metavar="NAME", help=N_("Name of the team"))],
    *,
    details: Details,
    set_: SetFields = None,
) -> None:
    """Add a team.

    Without --kind it is a service team. The leader is a member from the founding date, or today.
    """
    from volunteer_cli.communities.queries import the_community
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.teams import rules

    with work("team add") as session:
        today = run().clock.today
        values = rules.read_team({"name": name, **details}, today=today)
        # A name of somebody on file and no text: who leads is a member.
        if leader := values.pop("leader", None):
            values["leader"] = find_person(session, leader)
        custom = read_set(session, Noun.TEAM, set_)
        team = rules.add_team(session, the_community(session), **values, today=today)
        give_set(session, Noun.TEAM, [team], custom)
        _tell(session, [team], _("Added team {name} ({id})."))


def _tell(session: Session, teams: Sequence[Team], sentence: str) -> None:
    from volunteer_cli.teams.views import TEAMS

    tell_each(session, TEAMS, teams, (sentence.format(name=team.name, id=team.id) for team in teams))


@verb(app, "list", example="volunteer team list --kind interest --sort -members")
@takes(where=typed([KIND]))
def list_(*, where: Details, archived: Archived = False) -> None:
    """List the teams."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.teams import queries, rules
    from volunteer_cli.teams.views import TEAMS

    with reading() as session:
        community = chosen_community(session)
        conditions = rules.read_team(where, today=run().clock.today)
        community_id = community.id if community else None
        teams = queries.teams(
            session, community_id=community_id, kind=conditions.get("kind"), archived=archived
        )
        show_list(session, TEAMS, teams)


@verb(app, "show", example="volunteer team show green -f json")
def show_(team: Named) -> None:
    """Show a team with its members."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.teams.queries import find_team
    from volunteer_cli.teams.views import TEAMS

    with reading() as session:
        show(session, TEAMS, find_team(session, team, changing=False))


@verb(app, "edit", example="volunteer team edit green --focus 楼道清洁", changes=True)
@takes(details=typed(FIELDS))
def edit(team: Several, *, details: Details, set_: SetFields = None) -> None:
    """Change what is known of a team, or of several alike.

    An empty text clears a value; without a leader, the former one stays a member. A new leader leads
    from today and joins where need be.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.teams import queries, rules

    with work("team edit") as session:
        changes = rules.read_team(details, today=run().clock.today)
        teams = queries.find_teams(session, team)
        for edited in teams:
            _edit(session, edited, changes)
        give_set(session, Noun.TEAM, teams, read_set(session, Noun.TEAM, set_))
        _tell(session, teams, _("Changed team {name} ({id})."))


def _edit(session: Session, team: Team, changes: Details) -> None:
    """Give a team other values and, where one was named, another leader."""
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.teams import rules

    values, today = dict(changes), run().clock.today
    leads, leader = "leader" in values, values.pop("leader", None)
    rules.edit_team(session, team, **values)
    if leader:
        rules.give_leader(session, team, find_person(session, leader), on=today)
    elif leads:
        rules.take_leader(session, team, on=today)


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

    rank = choose(Role, role, "--role")
    with work("team join") as session:
        joined, members = queries.find_team(session, team), find_people(session, people)
        for person in members:
            rules.join(session, joined, person, role=rank, on=read(on) or run().clock.today)
        sentence = _("{people} joined {team}.")
        tell(session, TEAMS, joined, sentence.format(people=_names(members), team=joined.name))


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

    rank = choose(Role, role, "--role")
    with work("team role") as session:
        group, member = queries.find_team(session, team), find_person(session, person)
        day = read(on) or run().clock.today
        before = queries.membership(session, group.id, member.id, day)
        old = before.role if before else rank
        rules.change_role(session, group, member, rank, on=day)
        outcome = _changed_role(Role(old), rank)
        tell(session, TEAMS, group, outcome.format(person=member.name, team=group.name))


def _changed_role(old: Role, rank: Role) -> str:
    """From which role somebody came to which, in a sentence whose names are still open."""
    sentence = _("{person} is {role} of {team}.") if old == rank else _("{person} of {team}: {old} → {role}.")
    return sentence.replace("{old}", _(ROLES[old])).replace("{role}", _(ROLES[rank]))


@verb(app, "leave", example="volunteer team leave green 王芳 --on 2026-06-30", changes=True)
def leave(team: Named, people: People, on: From = None) -> None:
    """End the membership of people in a team; the day itself no longer counts."""
    from volunteer_cli.core.work import work
    from volunteer_cli.people.queries import find_people
    from volunteer_cli.teams import queries, rules
    from volunteer_cli.teams.views import TEAMS

    with work("team leave") as session:
        left, members = queries.find_team(session, team), find_people(session, people)
        for person in members:
            rules.leave(session, left, person, on=read(on) or run().clock.today)
        sentence = _("{people} left {team}.")
        tell(session, TEAMS, left, sentence.format(people=_names(members), team=left.name))


@verb(app, "members", example="volunteer team members green --as-of 2025-12-31")
def members(team: Named, as_of: AsOf = None) -> None:
    """List the members of a team, the leader first."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.teams import queries
    from volunteer_cli.teams.views import ROSTER

    with reading() as session:
        key = queries.find_team(session, team, changing=False).id
        rosters = queries.rosters(session, [key], read(as_of) or run().clock.today)
        show_list(session, ROSTER, rosters.get(key, []))


@verb(
    app, "message", example="volunteer team message green --template 通知.txt -o 通知.csv --reveal 群发通知"
)
def message(
    team: Named,
    to: Annotated[str, Option("--to", metavar="WHOM", help=N_("all, leader, deputy or member"))] = "all",
    template: Annotated[
        Path | None, Option("--template", metavar="FILE", help=N_("Text with {name} and {team}"))
    ] = None,
) -> None:
    """List names, phones, e-mail and texts of messages to a team, to send with whatever sends them."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.people.documents import template_of
    from volunteer_cli.people.views import MESSAGES
    from volunteer_cli.teams.documents import messages
    from volunteer_cli.teams.queries import find_team

    audience = choose(Audience, to, "--to") or Audience.ALL
    text = template_of(template) if template else None
    with reading() as session:
        addressed = find_team(session, team, changing=False)
        show_list(session, MESSAGES, messages(session, addressed, audience, text, on=run().clock.today))


@verb(app, "archive", example="volunteer team archive green", changes=True)
def archive(team: Several) -> None:
    """Take teams out of use; their hours and history stay."""
    _archive(team, archived=True)


@verb(app, "restore", example="volunteer team restore green", changes=True)
def restore(team: Several) -> None:
    """Bring archived teams back into use."""
    _archive(team, archived=False)


def _archive(texts: Sequence[str], *, archived: bool) -> None:
    from volunteer_cli.core.rules import archive
    from volunteer_cli.core.work import work
    from volunteer_cli.teams.queries import find_teams

    with work("team archive" if archived else "team restore") as session:
        teams = find_teams(session, texts)
        for team in teams:
            archive(session, team, run().clock.today if archived else None)
        sentence = _("Archived team {name} ({id}).") if archived else _("Restored team {name} ({id}).")
        _tell(session, teams, sentence)
