"""What several commands of alliances take, and how it is read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.run import run
from volunteer_cli.shell import DayText, StepText, day_option, read

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.actions.rules import When
    from volunteer_cli.organizations.models import Organization

AllianceNamed = Annotated[str, Argument(metavar="ALLIANCE", help=N_("Its id, code or name"))]
CouncilNamed = Annotated[str, Argument(metavar="COUNCIL", help=N_("Its id, code or name"))]
OrganizationNamed = Annotated[str, Argument(metavar="ORGANIZATION", help=N_("Its id or name"))]
Organizations = Annotated[
    list[str], Argument(metavar="ORGANIZATION...", help=N_("Ids or names of organizations"))
]
AllianceOption = Annotated[
    str | None, Option("--alliance", metavar="ALLIANCE", help=N_("The alliance; default the only one"))
]
Owner = Annotated[
    str | None, Option("--owner", metavar="ORGANIZATION", help=N_("The organization that has to do it"))
]
OwnerNeeded = Annotated[
    str, Option("--owner", metavar="ORGANIZATION", help=N_("The organization that has to do it"))
]
FieldOption = Annotated[
    str | None, Option("--field", metavar="FIELD", help=N_("approval, regulation, enforcement or credit"))
]
Due = Annotated[DayText, day_option("--due", N_("The day by which it is to be done"), ahead=True)]
OptionalDue = Annotated[
    DayText | None, day_option("--due", N_("The day by which it is to be done"), ahead=True)
]
Waiting = Annotated[bool, Option("--open", help=N_("Only those that still wait for somebody"))]
Overdue = Annotated[bool, Option("--overdue", help=N_("Only those that are overdue"))]
Text = Annotated[str, Option("--text", metavar="TEXT", help=N_("What is said"))]
By = Annotated[str | None, Option("--by", metavar="NAME", help=N_("Who did it"))]
From = Annotated[DayText | None, day_option("--on", N_("The day from which it holds; default today"))]


def day_or_today(on: DayText | None) -> date:
    """The day that was typed, or today."""
    return read(on) or run().clock.today


def when(on: StepText | None, by: str | None = None) -> When:
    """The moment of a step as it was typed, or now."""
    from volunteer_cli.actions.rules import When

    # Both are kept: a rule compares what was typed with the moment at which it was, and refuses the future.
    now = run().clock.now
    typed = read(on)
    return When(typed if typed is not None else now, now, by)


def organizations(session: Session, texts: list[str] | None) -> list[Organization]:
    """The organizations that were typed; raises NotFound, Ambiguous."""
    from volunteer_cli.core.lookup import all_named
    from volunteer_cli.organizations.queries import find_organization

    return all_named(session, find_organization, texts or ())


def organization(session: Session, text: str | None) -> Organization | None:
    """The organization that was typed, if one was; raises NotFound, Ambiguous."""
    return next(iter(organizations(session, [text] if text else None)), None)


def field_of(text: str | None) -> str | None:
    """The field of an alliance that was typed, if one was; raises BadChoice."""
    from volunteer_cli.core.fields import Typed
    from volunteer_cli.organizations.fields import FIELD

    return FIELD.taken(text, Typed(FIELD, date.min, "")) if text else None
