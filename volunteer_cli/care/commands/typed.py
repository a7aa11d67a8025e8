"""What the commands on visits share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_
from volunteer_cli.shell import noun, tell

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.care.models import Visit

app = noun("visit")

HomeNamed = Annotated[
    str,
    Argument(metavar="HOUSEHOLD", help=N_("Its id or number, an address like 3-2-501, or who lives there")),
]
VisitNamed = Annotated[str, Argument(metavar="VISIT", help=N_("Its id"))]
Visitors = Annotated[list[str], Option("--by", metavar="PERSON", help=N_("Who goes or went"))]


def ids_of(session: Session, texts: Iterable[str] | None) -> list[int]:
    """The ids of the people that were typed, each once; raises NotFound, Ambiguous."""
    from volunteer_cli.people.queries import find_people

    return [person.id for person in find_people(session, texts or ())]


def tell_visit(session: Session, visit: Visit, sentence: str, **words: object) -> None:
    """Say what was done to a visit, and print it where a format was asked for."""
    from volunteer_cli.care.views import VISITS
    from volunteer_cli.households.models import Household
    from volunteer_cli.households.queries import shown_household

    household = session.get_one(Household, visit.household_id)
    words = {"id": visit.id, "household": shown_household(household), **words}
    tell(session, VISITS, visit, sentence.format(**words))
