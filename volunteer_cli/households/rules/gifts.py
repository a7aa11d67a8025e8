"""Gifts from a household to somebody who works for the community: never a donation."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.errors import RuleError, UsageFault
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.numbers import issue_number
from volunteer_cli.core.policies import policy_value
from volunteer_cli.core.steps import require_step
from volunteer_cli.households.models import Household, HouseholdGift
from volunteer_cli.households.terms import GIFT_DAYS, GIFT_STATUSES, Settlement
from volunteer_cli.people.models import Person


class GiftSettled(RuleError):
    """Gift {number} is not held any more: it was {status} on {day}"""

    code = "gift_settled"
    hint = N_("Look at it: volunteer household gifts")


class NothingGiven(UsageFault):
    """Say what was given, with --value or --what"""

    code = "nothing_given"


def receive_gift(
    session: Session,
    household: Household,
    to: Person,
    on: date,
    *,
    value_fen: int | None,
    what: str | None,
    declined: bool,
) -> HouseholdGift:
    """Register a gift, declined at the door or held; `value_fen` in fen.

    Raises:
        NothingGiven: neither a value nor a thing is named.
    """
    if value_fen is None and not what:
        raise NothingGiven
    gift = HouseholdGift(
        household_id=household.id,
        number=_number(session, household, on),
        to_id=to.id,
        value_fen=value_fen,
        what=what,
        received_on=on,
        due_on=on + timedelta(days=policy_value(session, GIFT_DAYS)),
        # One that was declined at the door is kept as well: it answers whoever says that it was taken.
        declined=declined,
    )
    session.add(gift)
    session.flush()
    return gift


def _number(session: Session, household: Household, on: date) -> str:
    code = session.get_one(Community, household.community_id).code
    return issue_number(session, f"gift:{code}:{on.year}", f"{code.upper()}-G{on.year}-{{:04}}")


def return_gift(
    session: Session, gift: HouseholdGift, on: date, *, today: date, visit_id: int | None = None
) -> None:
    """Note that a gift was given back, perhaps on a visit.

    Raises:
        GiftSettled: it is not held.
        StepAhead, OutOfOrder: the day is yet to come, or before it was received.
    """
    _settle(gift, Settlement.RETURNED, on, today)
    gift.visit_id = visit_id
    session.flush()


def hand_in(session: Session, gift: HouseholdGift, to: str, on: date, *, today: date) -> None:
    """Note to whom a gift was handed in that could not be given back (上交).

    Raises:
        GiftSettled: it is not held.
        StepAhead, OutOfOrder: the day is yet to come, or before it was received.
    """
    _settle(gift, Settlement.HANDED_IN, on, today)
    gift.handed_to = to
    session.flush()


def _settle(gift: HouseholdGift, settlement: Settlement, on: date, today: date) -> None:
    if gift.declined or gift.settlement is not None:
        status = gift.settlement or "declined"
        raise GiftSettled(
            number=gift.number, status=_(GIFT_STATUSES[status]), day=gift.settled_on or gift.received_on
        )
    # Late is allowed, and stands in the worklist: a refusal would only hide that it was kept too long.
    require_step(on, now=datetime.combine(today, time.max), last=gift.received_on, thing=gift.number)
    gift.settlement, gift.settled_on = settlement, on
