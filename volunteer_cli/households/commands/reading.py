"""`volunteer household list|show`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.run import run
from volunteer_cli.households.commands.typed import Named, app
from volunteer_cli.households.fields import BUILDING, GRID, OCCUPANCY
from volunteer_cli.shell import Archived, AsOf, read, show, show_list, verb
from volunteer_cli.shell.taking import Details, takes, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

Tags = Annotated[
    list[str] | None,
    Option("--tag", metavar="TAG", help=N_("Somebody with this tag lives there, like elder_alone")),
]
WithoutHead = Annotated[bool, Option("--without-head", help=N_("People live there, and nobody heads them"))]
Blocked = Annotated[bool, Option("--blocked", help=N_("Not to be contacted"))]
OnList = Annotated[bool, Option("--on-list", help=N_("To be visited in a rhythm"))]
Search = Annotated[
    str | None,
    Option(
        "--search", metavar="TEXT", help=N_("Part of a number, of the name of who lives there, a building")
    ),
]


@verb(app, "list", example="volunteer household list --grid 07 --tag elder_alone")
@takes(where=typed([GRID, BUILDING, OCCUPANCY]))
def list_(
    *,
    where: Details,
    tag: Tags = None,
    without_head: WithoutHead = False,
    blocked: Blocked = False,
    on_list: OnList = False,
    as_of: AsOf = None,
    search: Search = None,
    archived: Archived = False,
) -> None:
    """List the households.

    With --as-of it is asked for as it was on that day who lives where and has which tags.
    """
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.households import queries
    from volunteer_cli.households.views import HOUSEHOLDS

    flags = {"without_head": without_head, "blocked": blocked, "on_list": on_list}
    with reading() as session:
        community, day = chosen_community(session), read(as_of)
        wanted = _conditions(session, day or run().clock.today, where, flags, tag, search)
        rows = queries.households(
            session,
            *wanted,
            community_id=community.id if community else None,
            archived=archived,
            as_of=day,
        )
        show_list(session, HOUSEHOLDS, rows)


def _conditions(
    session: Session,
    day: date,
    where: Details,
    flags: Mapping[str, bool],
    tags: list[str] | None,
    search: str | None,
) -> Iterator[ColumnElement[bool]]:
    """What was asked for of households, as conditions of a query."""
    from volunteer_cli.households import queries, rules
    from volunteer_cli.households.models import Household
    from volunteer_cli.people.labels import read_labels
    from volunteer_cli.people.terms import LabelKind

    for name, value in rules.read_household(where, today=day, region="").items():
        yield getattr(Household, name) == value
    # Each tag for itself: they may be of two people of one family.
    for tag in read_labels({LabelKind.TAG: tags}).get(LabelKind.TAG, ()) if tags else ():
        yield queries.with_tag([tag], day)
    if search:
        yield queries.resembling(search, day)
    yield from _flagged(session, day, flags)


def _flagged(session: Session, day: date, flags: Mapping[str, bool]) -> Iterator[ColumnElement[bool]]:
    from volunteer_cli.households import queries

    asked: dict[str, Any] = {
        "without_head": lambda: queries.headless(day),
        "blocked": lambda: queries.is_blocked(day),
        "on_list": lambda: queries.on_list(session, day),
    }
    for name, condition in asked.items():
        if flags[name]:
            yield condition()


@verb(app, "show", example="volunteer household show 3-2-501 --reveal '家访'")
def show_(household: Named) -> None:
    """Show a household with who lives there."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.households.queries import find_household
    from volunteer_cli.households.views import HOUSEHOLDS

    with reading() as session:
        show(session, HOUSEHOLDS, find_household(session, household, changing=False))
