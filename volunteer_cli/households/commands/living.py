"""`volunteer household move|register|members`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Option

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.households.commands.typed import Named, People, app, names, read_day, tell_household
from volunteer_cli.households.terms import Relation
from volunteer_cli.shell import AsOf, OnStep, choose, read, show_list, tell, verb

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


class WhereTo(UsageFault):
    """Say where they move, with --to HOUSEHOLD or with --out"""

    code = "where_to"


To = Annotated[str | None, Option("--to", metavar="HOUSEHOLD", help=N_("The household into which they move"))]
Out = Annotated[bool, Option("--out", help=N_("They move out, nobody knows where to"))]
As = Annotated[
    str | None,
    Option("--as", metavar="RELATION", help=N_("head, spouse, child, parent or other")),
]
At = Annotated[str, Option("--at", metavar="HOUSEHOLD", help=N_("The household where they are registered"))]


@verb(
    app,
    "move",
    example="volunteer household move 李明 王芳 --to 3-2-501 --as spouse --on 2026-06-01",
    changes=True,
)
def move(people: People, to: To = None, out: Out = False, relation: As = None, on: OnStep = None) -> None:
    """Let people move into a household, or out; their address follows.

    Moving in ends the stay elsewhere on that day. A household whose head moves out has none until one
    is named.
    """
    from volunteer_cli.core.work import work

    # Either or: to move out is said, and does not follow from forgetting where to.
    if bool(to) == out:
        raise WhereTo
    rank = choose(Relation, relation, "--as")
    with work("household move") as session:
        day = read_day(on) or run().clock.today
        if to:
            _move_in(session, people, to, rank, day)
        else:
            _move_out(session, people, day)


def _move_in(session: Session, texts: list[str], to: str, rank: Relation | None, day: date) -> None:
    from volunteer_cli.households import rules
    from volunteer_cli.households.queries import find_household
    from volunteer_cli.people.queries import find_people

    household, movers = find_household(session, to), find_people(session, texts)
    rules.require_in_use(household)
    for person in movers:
        rules.move_in(session, household, person, day, today=run().clock.today, relation=rank)
    tell_household(session, household, _("Moved into household {household}: {people}."), people=names(movers))


def _move_out(session: Session, texts: list[str], day: date) -> None:
    from volunteer_cli.households import rules
    from volunteer_cli.households.views import HOUSEHOLDS
    from volunteer_cli.people.queries import find_people

    movers = find_people(session, texts)
    left = [rules.move_out(session, person, day, today=run().clock.today) for person in movers]
    # A couple leaves one household, which is told once.
    households = list({household.id: household for household in left if household}.values())
    tell(session, HOUSEHOLDS, households, _("Moved out: {people}.").format(people=names(movers)))


@verb(app, "register", example="volunteer household register 李明 --at 3-2-501", changes=True)
def register(people: People, at: At, on: OnStep = None) -> None:
    """Say at which household people are registered, which may be another than where they live."""
    from volunteer_cli.core.work import work
    from volunteer_cli.households import rules
    from volunteer_cli.households.queries import find_household
    from volunteer_cli.people.queries import find_people

    with work("household register") as session:
        today = run().clock.today
        household, registered = find_household(session, at), find_people(session, people)
        rules.require_in_use(household)
        for person in registered:
            rules.register(session, household, person, read_day(on) or today, today=today)
        sentence = _("Registered at household {household}: {people}.")
        tell_household(session, household, sentence, people=names(registered))


@verb(app, "members", example="volunteer household members 3-2-501 --as-of 2025-12-31")
def members(household: Named, as_of: AsOf = None) -> None:
    """List who lives in a household, the head first, and who is only registered there."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.households import queries
    from volunteer_cli.households.views import PEOPLE

    with reading() as session:
        key = queries.find_household(session, household, changing=False).id
        rows = queries.people_of(session, [key], read(as_of) or run().clock.today)
        show_list(session, PEOPLE, rows.get(key, []))
