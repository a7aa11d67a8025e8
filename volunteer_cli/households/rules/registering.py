"""Where people are registered (户籍), which may be another household than that where they live."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy.orm import Session

from volunteer_cli.core.lookup import label
from volunteer_cli.core.steps import require_step
from volunteer_cli.households import queries
from volunteer_cli.households.models import Household, Stay
from volunteer_cli.households.rules.living import require_in_use
from volunteer_cli.households.terms import StayKind
from volunteer_cli.people.models import Person
from volunteer_cli.people.queries import PERSON


def register(session: Session, household: Household, person: Person, on: date, *, today: date) -> None:
    """Register a person at a household from a day on, which ends the registration elsewhere.

    Raises:
        StepAhead, OutOfOrder: the day is yet to come, or before they were registered last.
        PersonArchived: the person's record is out of use.
    """
    require_in_use(person)
    stay = queries.open_stay(session, person.id, StayKind.REGISTERED)
    if stay is not None and stay.household_id == household.id:
        return
    _require_turn(session, person, on, today)
    if stay is not None:
        stay.until = on
    session.add(Stay(person_id=person.id, household_id=household.id, kind=StayKind.REGISTERED, since=on))
    session.flush()


def _require_turn(session: Session, person: Person, on: date, today: date) -> None:
    """Raises StepAhead, OutOfOrder."""
    # Moves of the registration alone: families move house and stay registered where they were for years.
    last = queries.last_move(session, person.id, StayKind.REGISTERED)
    require_step(on, now=datetime.combine(today, time.max), last=last, thing=label(PERSON, person))
