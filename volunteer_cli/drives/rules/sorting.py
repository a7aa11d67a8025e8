"""Goods that are sorted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from volunteer_cli.core.errors import UsageFault
from volunteer_cli.drives import queries
from volunteer_cli.drives.ledger import Goods, NegativeStock, draw, gathering, move, require_enough
from volunteer_cli.drives.models import Drive
from volunteer_cli.drives.rules.drives import require_open
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
    # Sorted anew, a piece comes from where the former verdict put it.
    source = SORTED_INTO[former] if former else State.UNSORTED
    route = (source, SORTED_INTO[verdict])
    shortages: list[NegativeStock] = []
    for goods in [queries.settled(session, drive, goods) for goods in pieces]:
        with gathering(shortages):
            drawn = draw(session, drive, goods, state=source, step=Step.SORT, on=on)
            move(session, drive, drawn, step=Step.SORT, route=route, on=on)
    require_enough(shortages)
