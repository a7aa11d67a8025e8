"""What several commands of accounts and exchanges take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_
from volunteer_cli.exchange.durations import read_credits

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.communities.models import Community
    from volunteer_cli.people.models import Person

Named = Annotated[str, Argument(metavar="ACCOUNT", help=N_("A person, an id, or pool"))]
Accounts = Annotated[
    list[str], Argument(metavar="PERSON...", help=N_("One or several people with an account"))
]
Hours = Annotated[
    int, Option("--hours", parser=read_credits, metavar="DURATION", help=N_("How much, like 8h or 1h30m"))
]
Override = Annotated[
    str | None,
    Option("--override", metavar="REASON", help=N_("Let it pass all the same; the reason is kept")),
]


def to_community(session: Session, person: Person) -> Community:
    """Where an account is opened: in the community that was named, else where the person lives."""
    from volunteer_cli.communities.models import Community
    from volunteer_cli.communities.queries import chosen_community

    return chosen_community(session) or session.get_one(Community, person.community_id)
