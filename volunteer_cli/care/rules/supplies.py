"""Goods that are given on a visit: from the stock of a drive, or one's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from volunteer_cli.care.models import Visit, VisitSupply
from volunteer_cli.care.queries.finding import STANDING, end_of, start_of
from volunteer_cli.care.rules.drafts import Draft
from volunteer_cli.care.rules.errors import OverLimit
from volunteer_cli.care.terms import SUPPLY_LIMITS, Limit
from volunteer_cli.core.policies import policy_value
from volunteer_cli.drives.ledger import Drawn, Goods, NegativeStock, draw, gathering, move, require_enough
from volunteer_cli.drives.models import Drive
from volunteer_cli.drives.queries import settled
from volunteer_cli.drives.rules import require_open
from volunteer_cli.drives.terms import State, Step
from volunteer_cli.households.models import Household
from volunteer_cli.households.queries import shown_household


def give(session: Session, visit: Visit, household: Household, draft: Draft) -> None:
    """Write down what was given, and take it out of the stock of a drive, what came first first.

    Raises:
        NegativeStock, DriveClosed, OverLimit: not enough is on hand, it stands still, or it is too much.
    """
    # One's own goods are noted and drawn from nowhere: rice that a worker bought was never in a store.
    if draft.drive is None:
        session.add_all(_supply(visit, goods) for goods in draft.given)
    else:
        _give_from(session, visit, household, draft, draft.drive)
        session.flush()


def _give_from(session: Session, visit: Visit, household: Household, draft: Draft, drive: Drive) -> None:
    on, route = draft.at.date(), (State.ON_HAND, State.GIVEN)
    goods = united([settled(session, drive, each) for each in draft.given])
    drawn = _drawn(session, drive, goods, on)
    require_open(drive)
    _require_within_limits(session, household, draft, goods, on)
    for each, lines in drawn:
        move(session, drive, lines, step=Step.GIVE, route=route, on=on)
        # By slip line, so that each donor can be told that it was given, and never to whom.
        session.add_all(_supply(visit, each, drive, line) for line in lines)


def united(goods: Iterable[Goods]) -> list[Goods]:
    """The same goods named twice as one."""
    sums: dict[tuple[str, str], Goods] = {}
    for each in goods:
        key = each.item, each.unit
        sums[key] = Goods(each.item, sums[key].amount + each.amount) if key in sums else each
    return list(sums.values())


def _drawn(session: Session, drive: Drive, goods: Iterable[Goods], on: date) -> list[tuple[Goods, Drawn]]:
    shortages: list[NegativeStock] = []
    drawn: list[tuple[Goods, Drawn]] = []
    for each in goods:
        with gathering(shortages):
            drawn.append((each, draw(session, drive, each, state=State.ON_HAND, step=Step.GIVE, on=on)))
    require_enough(shortages)
    return drawn


def _supply(
    visit: Visit, goods: Goods, drive: Drive | None = None, line: tuple[int, int] | None = None
) -> VisitSupply:
    line_id, quantity = line or (None, goods.quantity)
    return VisitSupply(
        visit_id=visit.id,
        drive_id=drive.id if drive else None,
        line_id=line_id,
        item=goods.item,
        unit=goods.unit,
        quantity=quantity,
    )


def put_back(session: Session, visit: Visit, on: date) -> None:
    """Bring what was given on a visit back into the stock of its drives; raises DriveClosed."""
    query = select(VisitSupply).where(VisitSupply.visit_id == visit.id, VisitSupply.drive_id.is_not(None))
    for supply in session.scalars(query.order_by(VisitSupply.id)).all():
        drive = session.get_one(Drive, supply.drive_id)
        require_open(drive)
        lines = [(supply.line_id or 0, supply.quantity)]
        move(session, drive, lines, step=Step.GIVE, route=(State.GIVEN, State.ON_HAND), on=on)


# --- how much a household may get ------------------------------------------------------------


def _require_within_limits(
    session: Session, household: Household, draft: Draft, goods: Iterable[Goods], on: date
) -> None:
    """Refuse more of an item than a household may get in so many days; raises OverLimit."""
    limits = policy_value(session, SUPPLY_LIMITS)
    for each in goods:
        limit = limits.get(each.item)
        if limit is None or (limit.unit and limit.unit != each.unit):
            continue
        # Across drives: a family that got rice of one last week would get it of another today.
        quantity = each.quantity + _most_around(session, household.id, each, limit, on)
        if quantity <= limit.quantity:
            continue
        if draft.override is None:
            raise _over_limit(household, each, quantity, limit)
        draft.passed.append(OverLimit.code)


def _over_limit(household: Household, goods: Goods, quantity: int, limit: Limit) -> OverLimit:
    return OverLimit(
        household=shown_household(household),
        quantity=quantity,
        unit=goods.unit,
        item=goods.item,
        days=limit.days,
        limit=limit.quantity,
    )


def _most_around(session: Session, household_id: int, goods: Goods, limit: Limit, on: date) -> int:
    """The most that was given within the days of a limit, of any such span that holds a day."""
    # What is entered late lies between earlier and later gifts, and no span of days may hold too much.
    span = timedelta(days=max(limit.days, 1) - 1)
    by_day = _given_by_day(session, household_id, goods, on - span, on + span)
    firsts = (on - timedelta(days=back) for back in range(span.days + 1))
    return max(sum(n for day, n in by_day.items() if first <= day <= first + span) for first in firsts)


def _given_by_day(
    session: Session, household_id: int, goods: Goods, first: date, last: date
) -> dict[date, int]:
    query = _given(goods).where(
        Visit.household_id == household_id, Visit.at >= start_of(first), Visit.at < end_of(last)
    )
    given: dict[date, int] = {}
    for at, quantity in session.execute(query):
        given[at.date()] = given.get(at.date(), 0) + quantity
    return given


def _given(goods: Goods) -> Select[Any, int]:
    """How many of some goods were given from drives, by the moment of the visit."""
    same = (VisitSupply.item == goods.item, VisitSupply.unit == goods.unit)
    query = select(Visit.at, func.sum(VisitSupply.quantity)).group_by(Visit.at)
    query = query.join(VisitSupply, VisitSupply.visit_id == Visit.id)
    return query.where(STANDING, VisitSupply.drive_id.is_not(None), *same)
