"""Goods that are sorted, and stock that is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.core.history import insert_rows
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.drives import queries
from volunteer_cli.drives.ledger import Goods, NegativeStock, draw, gathering, move, require_enough
from volunteer_cli.drives.models import Drive, SlipLine
from volunteer_cli.drives.rules.drives import require_open
from volunteer_cli.drives.rules.gifts import Line, line_row
from volunteer_cli.drives.terms import SORTED_INTO, State, Step, Verdict


class SameVerdict(UsageFault):
    """Those are {verdict} already"""

    code = "same_verdict"


def sort(
    session: Session,
    drive: Drive,
    pieces: Sequence[Goods],
    *,
    verdict: Verdict,
    on: date,
    former: Verdict | None = None,
) -> None:
    """Sort pieces that came in, or those with a `former` verdict anew: accepted ones are on hand from now on.

    Raises:
        SameVerdict: the former verdict is the new one.
        NoSuchGoods, NegativeStock: there are no such pieces, or not enough of them to be sorted.
    """
    require_open(drive)
    if former is verdict:
        raise SameVerdict(verdict=verdict)
    source = SORTED_INTO[former] if former else State.UNSORTED
    shortages: list[NegativeStock] = []
    for goods in [queries.settled(session, drive, goods) for goods in pieces]:
        with gathering(shortages):
            drawn = draw(session, drive, goods, state=source, step=Step.SORT, on=on)
            move(session, drive, drawn, step=Step.SORT, route=(source, SORTED_INTO[verdict]), on=on)
    require_enough(shortages)


def count(session: Session, drive: Drive, counted: Sequence[Goods], *, on: date, reason: str) -> None:
    """Set what is on hand to what was counted: less than booked is lost, more is found.

    Items that were not counted stay as they are; one that was never booked is found.

    Raises:
        NegativeStock: a step booked for later would not find what is lost now.
    """
    require_open(drive)
    for goods in counted:
        goods = queries.settled(session, drive, goods, known=not goods.quantity)  # noqa: PLW2901 - now with its unit
        surplus = goods.quantity - queries.on_hand(session, drive, goods, on)
        if surplus < 0:
            lost = Goods(goods.item, Quantity(-surplus, goods.unit))
            drawn = draw(session, drive, lost, state=State.ON_HAND, step=Step.COUNT, on=on)
            move(
                session,
                drive,
                drawn,
                step=Step.COUNT,
                route=(State.ON_HAND, State.LOST),
                on=on,
                reason=reason,
            )
        elif surplus > 0:
            _find(
                session,
                drive,
                Goods(goods.item, replace(goods.amount, number=surplus)),
                on=on,
                reason=reason,
            )


def _find(session: Session, drive: Drive, goods: Goods, *, on: date, reason: str) -> None:
    """Enter found goods as a line without a slip, so that they can be drawn like any other."""
    (key,) = insert_rows(session, SlipLine, [line_row(drive, None, Line(goods))])
    found = [(key, goods.quantity)]
    move(session, drive, found, step=Step.COUNT, route=(State.OUTSIDE, State.ON_HAND), on=on, reason=reason)
