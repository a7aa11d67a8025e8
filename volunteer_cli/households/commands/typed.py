"""What the commands on households share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument

from volunteer_cli.core.i18n import N_, listed
from volunteer_cli.shell import StepText, noun, read, tell, tell_each

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.households.models import Household

app = noun("household")

Named = Annotated[
    str,
    Argument(metavar="HOUSEHOLD", help=N_("Its id or number, an address like 3-2-501, or who lives there")),
]
Several = Annotated[
    list[str], Argument(metavar="HOUSEHOLD...", help=N_("Ids, numbers, addresses, or who lives there"))
]
People = Annotated[list[str], Argument(metavar="PERSON...", help=N_("Ids, volunteer numbers or names"))]


def tell_households(session: Session, households: Sequence[Household], sentence: str) -> None:
    """Say what was done to each of some households, and print them where a format was asked for."""
    from volunteer_cli.households.queries import shown_household
    from volunteer_cli.households.views import HOUSEHOLDS

    sentences = (sentence.format(household=shown_household(each)) for each in households)
    tell_each(session, HOUSEHOLDS, households, sentences)


def tell_household(session: Session, household: Household, sentence: str, **words: object) -> None:
    """Say what was done to a household, and print it where a format was asked for."""
    from volunteer_cli.households.queries import shown_household
    from volunteer_cli.households.views import HOUSEHOLDS

    tell(session, HOUSEHOLDS, household, sentence.format(household=shown_household(household), **words))


def read_day(on: StepText | None) -> date | None:
    """The day of a step: who lives where is known by days, whatever time was typed."""
    moment = read(on)
    return moment.date() if isinstance(moment, datetime) else moment


def names(people: Iterable[Any]) -> str:
    """The names of people in a sentence."""
    return listed(person.name for person in people)


def region(session: Session) -> str:
    """The country whose phone numbers need no prefix."""
    from volunteer_cli.core.policies import PHONE_REGION, policy_value

    return policy_value(session, PHONE_REGION)
