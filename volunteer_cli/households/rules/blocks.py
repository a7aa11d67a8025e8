"""Do not contact (勿扰): of a household or a person, for calls, doors or both."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.i18n import N_
from volunteer_cli.households import queries
from volunteer_cli.households.models import ContactBlock, Household
from volunteer_cli.households.terms import BlockMethod
from volunteer_cli.people.models import Person


class BlockEndsBefore(RuleError):
    """A block from {since} cannot end on {until}"""

    code = "bad_period"
    hint = N_("It ends before the day --until, which must be later.")


def block(
    session: Session,
    thing: Household | Person,
    reason: str,
    on: date,
    *,
    method: BlockMethod | None = None,
    until: date | None = None,
) -> None:
    """Let a household, or one person, not be contacted from a day on; namesakes and the family are not touched.

    Raises:
        BlockEndsBefore: it would end before it begins.
    """
    if until is not None and until <= on:
        raise BlockEndsBefore(since=on, until=until)
    # Said twice it holds once, or lifting one of two would leave the other in force.
    for present in queries.blocks_of(session, thing, on):
        if (present.method, present.until) == (method, until):
            return
    key = "household_id" if isinstance(thing, Household) else "person_id"
    session.add(ContactBlock(**{key: thing.id}, method=method, reason=reason, since=on, until=until))
    session.flush()


def unblock(session: Session, thing: Household | Person, on: date) -> None:
    """Lift every block of a household or a person from a day on."""
    for present in queries.blocks_of(session, thing, on):
        present.lifted_on = on
    session.flush()
