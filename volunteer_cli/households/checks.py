"""What must always hold of households."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.households.models import (
    FormerHousehold,
    Household,
    HouseholdGift,
    Stay,
)
from volunteer_cli.households.rules.living import drop_heads
from volunteer_cli.households.terms import Occupancy, StayKind
from volunteer_cli.people.models import Person

LIVING = and_(Stay.kind == StayKind.LIVES, Stay.until.is_(None), Stay.person_id.is_not(None))
#: Whether a person has the address of a household. A blank part is NULL, and compared with it nothing is
#: true or false in SQL, so that it would be found neither right nor wrong.
_SAME_DOOR = func.coalesce(
    and_(
        Person.building == Household.building,
        func.coalesce(Person.unit, "") == func.coalesce(Household.unit, ""),
        Person.room == Household.room,
    ),
    False,
)


def _stays(session: Session) -> Iterator[Finding]:
    other = aliased(Stay)
    # Each kind by itself: registered here and living elsewhere (人户分离) is as common as it is right.
    same = and_(other.person_id == Stay.person_id, other.kind == Stay.kind, other.id > Stay.id)
    query = select(Stay.person_id).join(other, and_(same, _overlap(Stay, other)))
    query = query.where(_lasting(Stay), _lasting(other))
    for person_id in session.scalars(query.distinct().order_by(Stay.person_id)):
        yield Finding(f"person:{person_id}", _("stays in two households on one day"))


def _overlap(one: type[Stay], other: type[Stay]) -> ColumnElement[bool]:
    """Whether two stays share a day; touching ends are fine, for the day `until` no longer counts."""
    return and_(
        or_(one.until.is_(None), one.until > other.since),
        or_(other.until.is_(None), other.until > one.since),
    )


def _lasting(stay: type[Stay]) -> ColumnElement[bool]:
    """Whether a stay has a day at all: one that began and ended on the same day has none."""
    return or_(stay.until.is_(None), stay.until > stay.since)


def _spans(session: Session) -> Iterator[Finding]:
    for key in session.scalars(select(Stay.household_id).where(Stay.until < Stay.since).distinct()):
        yield Finding(f"household:{key}", _("somebody left before they came"))


#: Of somebody who was erased the stay has nobody: there is no one to let leave.
_STAYING_ON = and_(Stay.until.is_(None), Person.archived_on.is_not(None), Person.erased_on.is_(None))


def _left(session: Session) -> Iterator[Finding]:
    staying = select(Stay.person_id).join(Person, Person.id == Stay.person_id).where(_STAYING_ON)
    for key in session.scalars(staying.distinct().order_by(Stay.person_id)):
        yield Finding(f"person:{key}", _("is archived and has not left the household"))


def _let_leave(session: Session) -> None:
    """End the stays of whoever is archived on the day from which they are."""
    staying = select(Stay, Person.archived_on).join(Person, Person.id == Stay.person_id).where(_STAYING_ON)
    left = session.execute(staying).all()
    for stay, archived_on in left:
        stay.until = max(archived_on or stay.since, stay.since)
    drop_heads(session, [stay.household_id for stay, _day in left], run().clock.today)


def _lived_in() -> Select[int]:
    archived = Person.archived_on.is_not(None)
    return select(Stay.household_id).join(Person, Person.id == Stay.person_id).where(LIVING, ~archived)


def _empty(session: Session) -> Iterator[Finding]:
    idle = or_(Household.occupancy == Occupancy.VACANT, Household.archived_on.is_not(None))
    query = select(Household.id, Household.archived_on).where(idle, Household.id.in_(_lived_in()))
    for key, archived_on in session.execute(query.order_by(Household.id)):
        problem = _("is archived and lived in") if archived_on else _("is vacant and lived in")
        yield Finding(f"household:{key}", problem)


def _heads(session: Session) -> Iterator[Finding]:
    at_home = select(Stay.id).where(
        LIVING, Stay.household_id == Household.id, Stay.person_id == Household.head_id
    )
    query = select(Household.id).where(Household.head_id.is_not(None), ~at_home.exists())
    for key in session.scalars(query.order_by(Household.id)):
        yield Finding(f"household:{key}", _("its head does not live there"))


def _drop_heads(session: Session) -> None:
    """A household whose head lives elsewhere has none: a new one is named, never guessed."""
    headed = select(Household.id).where(Household.head_id.is_not(None))
    drop_heads(session, list(session.scalars(headed)), run().clock.today)


def _addresses(session: Session) -> Iterator[Finding]:
    living = select(Person.id).join(Stay, Stay.person_id == Person.id)
    living = living.join(Household, Household.id == Stay.household_id).where(LIVING)
    for key in session.scalars(living.where(_SAME_DOOR.is_(False)).order_by(Person.id)):
        yield Finding(f"person:{key}", _("has another address than the household"))


def _doors(session: Session) -> Iterator[Finding]:
    # A unique index lets two doors without a unit pass: an unknown unit equals none.
    door = (Household.community_id, Household.building, func.coalesce(Household.unit, ""))
    query = select(func.max(Household.id)).group_by(*door, Household.room, Household.ordinal)
    for key in session.scalars(query.having(func.count() > 1)):
        yield Finding(f"household:{key}", _("another one stands behind the same door"))


def _gifts(session: Session) -> Iterator[Finding]:
    settled = HouseholdGift.settlement.is_not(None)
    wrong = or_(
        settled != HouseholdGift.settled_on.is_not(None),
        and_(settled, HouseholdGift.declined),
        HouseholdGift.settled_on < HouseholdGift.received_on,
    )
    for key in session.scalars(select(HouseholdGift.household_id).where(wrong).distinct()):
        yield Finding(f"household:{key}", _("what became of a gift cannot have been so"))


def _former(session: Session) -> Iterator[Finding]:
    query = select(Household.id).join(FormerHousehold, FormerHousehold.number == Household.number)
    for key in session.scalars(query):
        yield Finding(f"household:{key}", _("has the number of a merged household"))


CHECKS = (
    Check("stays", N_("Everybody lives in at most one household on a day"), _stays, code="overlap"),
    Check("stay-days", N_("Nobody leaves a household before they come"), _spans),
    Check("left-households", N_("Whoever is archived lives in no household"), _left, repair=_let_leave),
    Check("empty-households", N_("Nobody lives in a household that is vacant or archived"), _empty),
    Check("household-heads", N_("The head of a household lives there"), _heads, repair=_drop_heads),
    Check("household-addresses", N_("An address is that of the household"), _addresses),
    Check(
        "household-doors",
        N_("Behind a door every household has a place of its own"),
        _doors,
        code="same_household",
    ),
    Check("household-gifts", N_("A gift is held, declined or settled"), _gifts),
    Check("former-households", N_("The number of a merged household is nobody else's"), _former),
)
