"""`volunteer person move`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.run import run
from volunteer_cli.shell import noun, tell, verb

app = noun("person")


@verb(app, "move", example="volunteer person move 李明 --to binhu", changes=True)
def move(
    person: Annotated[str, Argument(metavar="PERSON", help=N_("Who moves"))],
    to: Annotated[str, Option("--to", metavar="COMMUNITY", help=N_("The community they move to"))],
) -> None:
    """Let a person live in another community from now on.

    Their history stays where the service was given. Credits move along; memberships in teams of the old
    community end, and places at its events that lie ahead are named.
    """
    from volunteer_cli.communities.queries import find_community
    from volunteer_cli.core.work import work
    from volunteer_cli.exchange.rules.moving import move_person
    from volunteer_cli.people.queries import find_person
    from volunteer_cli.people.views import PEOPLE

    with work("person move") as session:
        who, community = find_person(session, person), find_community(session, to)
        places = move_person(session, who, community, now=run().clock.now)
        sentence = _("{name} ({id}) lives in {community} now.").format(
            name=who.name, id=who.id, community=community.name
        )
        tell(session, PEOPLE, who, sentence + _of_places(places, who.id))


def _of_places(places: Sequence[str], person_id: int) -> str:
    """A sentence on places that lie ahead: named and not given back, for who moves may still come to them."""
    remark = _(
        "Places at events of the old community: {places}. Give them back: volunteer event withdraw EVENT {id}."
    )
    return " " + remark.format(places=listed(places), id=person_id) if places else ""
