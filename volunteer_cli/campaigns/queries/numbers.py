"""The numbers of a target, in the order in which they are called."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from volunteer_cli.campaigns.models import Attempt, Target
from volunteer_cli.campaigns.queries.results import Part
from volunteer_cli.campaigns.terms import Unit
from volunteer_cli.households.models import Household, Stay
from volunteer_cli.households.queries import lives_at
from volunteer_cli.people.models import Person

#: Who heads the household of a target.
HEAD = aliased(Person)


def numbers_of(part: Part, now: datetime) -> list[Any]:
    """The numbers of a target in the order in which they are called."""
    if part.campaign.unit == Unit.PERSON:
        return [Person.phone, Person.phone_alt]
    return [Household.phone, HEAD.phone, HEAD.phone_alt, _of_member(now)]


def _of_member(now: datetime) -> ColumnElement[Any]:
    """The number of somebody who lives there, for a household whose head has none or is not known."""
    member = aliased(Person)
    living = lives_at(now.date()).where(Stay.household_id == Household.id, Stay.person_id == member.id)
    number = select(member.phone).where(
        member.phone.is_not(None), living.correlate(Household, member).exists()
    )
    home = select(Stay.person_id).where(Stay.household_id == Household.id).correlate(Household)
    return (
        number.where(member.id.in_(home)).order_by(member.id).limit(1).correlate(Household).scalar_subquery()
    )


# A number found wrong or dead is kept, for it may be mended; until then the next one is called, or the door stays.
def number_of(part: Part, now: datetime) -> ColumnElement[Any]:
    """The first number of a target that no attempt at it has found wrong or dead."""
    own = select(Target.id).where(*part.own()).correlate(None)
    bad = select(Attempt.target_id, Attempt.number).where(
        Attempt.target_id.in_(own), Attempt.number.is_not(None)
    )
    good = [
        case((and_(number.is_not(None), tuple_(Target.id, number).not_in(bad)), number))
        for number in numbers_of(part, now)
    ]
    return func.coalesce(*good)


def has_bad_number(day: date) -> ColumnElement[bool]:
    """Whether a number of a person was found wrong or dead in an attempt at the person or at their household."""
    home = lives_at(day).where(Stay.person_id == Person.id).with_only_columns(Stay.household_id)
    own = or_(Target.person_id == Person.id, Target.household_id.in_(home.correlate(Person)))
    bad = select(Attempt.id).join(Target, Target.id == Attempt.target_id)
    return bad.where(Attempt.number.in_((Person.phone, Person.phone_alt)), own).correlate(Person).exists()
