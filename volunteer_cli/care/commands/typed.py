"""What the commands on visits share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_
from volunteer_cli.shell import noun, tell_each

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.care.models import Visit

app = noun("visit")

HomeNamed = Annotated[
    str,
    Argument(metavar="HOUSEHOLD", help=N_("Its id or number, an address like 3-2-501, or who lives there")),
]
HomesNamed = Annotated[
    list[str], Argument(metavar="HOUSEHOLD...", help=N_("Ids, numbers, addresses, or who lives there"))
]
VisitNamed = Annotated[str, Argument(metavar="VISIT", help=N_("Its id"))]
VisitsNamed = Annotated[list[str], Argument(metavar="VISIT...", help=N_("Ids; 12-14,17 is four ids"))]
Visitors = Annotated[list[str], Option("--by", metavar="PERSON", help=N_("Who goes or went"))]


def ids_of(session: Session, texts: Iterable[str] | None) -> list[int]:
    """The ids of the people that were typed, each once; raises NotFound, Ambiguous."""
    from volunteer_cli.people.queries import find_people

    return [person.id for person in find_people(session, texts or ())]


def visits_of(session: Session, texts: Iterable[str]) -> list[Visit]:
    """The visits and plans that were typed, each once; raises NotFound, Withdrawn."""
    from volunteer_cli.care.queries.finding import find_visit
    from volunteer_cli.core.lookup import all_named

    return all_named(session, find_visit, texts)


def tell_visits(session: Session, visits: Sequence[Visit], sentence: str) -> None:
    """Say what was done to each of some visits, and print them where a format was asked for."""
    from volunteer_cli.care.views import VISITS
    from volunteer_cli.households.models import Household
    from volunteer_cli.households.queries import shown_household

    homes = {visit.id: session.get_one(Household, visit.household_id) for visit in visits}
    sentences = (sentence.format(id=key, household=shown_household(home)) for key, home in homes.items())
    tell_each(session, VISITS, visits, sentences)
