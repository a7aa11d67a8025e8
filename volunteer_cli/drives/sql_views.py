"""What other tools read of drives: the gifts and where their pieces are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select

from volunteer_cli.communities.models import Community
from volunteer_cli.core.sql_views import SqlView
from volunteer_cli.drives.models import Drive, SlipLine, StockEntry
from volunteer_cli.drives.terms import State, Step

#: In each of these pieces are, or have gone to.
STATES = (
    State.UNSORTED,
    State.ON_HAND,
    State.BOXED,
    State.SHIPPED,
    State.DELIVERED,
    State.GIVEN,
    State.REJECTED,
    State.RECYCLED,
    State.RETURNED,
    State.LOST,
)


#: One row a drive, item and unit, for units are never added up.
KEYS = {
    "drive_id": StockEntry.drive_id,
    "code": Drive.code,
    "drive": Drive.name,
    "item": StockEntry.item,
    "unit": StockEntry.unit,
    "community": Community.name,
    "community_id": Drive.community_id,
}


def _pieces(plus: ColumnElement[bool], minus: ColumnElement[bool]) -> ColumnElement[int]:
    """How many pieces more entries of one sort moved than those of another."""
    change = case((plus, StockEntry.quantity), else_=0) - case((minus, StockEntry.quantity), else_=0)
    pieces: ColumnElement[int] = func.sum(change)
    return pieces


def _figures() -> list[Any]:
    source, target, outside = StockEntry.from_state, StockEntry.to_state, State.OUTSIDE
    came = and_(source == outside, target == State.UNSORTED)
    counted = and_(source == outside, target != State.UNSORTED)
    return [
        _pieces(came, target == outside).label("received"),
        # Found is found: no entry takes away what a stock-take added.
        func.sum(case((counted, StockEntry.quantity), else_=0)).label("found"),
        *map(_in_state, STATES),
    ]


def _in_state(state: State) -> Any:
    """How many pieces are in a state; what was delivered counts as shipped too."""
    states = (state, State.DELIVERED) if state == State.SHIPPED else (state,)
    return _pieces(StockEntry.to_state.in_(states), StockEntry.from_state.in_(states)).label(state)


def _approximate() -> Any:
    """Whether a slip line of the item is not exact and was not voided."""
    voided = exists().where(StockEntry.line_id == SlipLine.id, StockEntry.step == Step.VOID)
    line = and_(SlipLine.direction.is_not(None), ~voided.correlate(SlipLine))
    return func.max(case((line, 1), else_=0))


def _stock() -> Any:
    named = [key.label(label) for label, key in KEYS.items()]
    pieces = select(*named, *_figures(), _approximate().label("approximate")).select_from(StockEntry)
    pieces = pieces.join(Drive, Drive.id == StockEntry.drive_id)
    pieces = pieces.join(Community, Community.id == Drive.community_id)
    return pieces.join(SlipLine, SlipLine.id == StockEntry.line_id).group_by(*KEYS.values())


SQL_VIEWS = (
    SqlView(
        "stock",
        "Where the pieces of each item of a drive are now, a row for each drive, item and unit.",
        {
            "drive_id": "The id of the drive.",
            "code": "The code of the drive.",
            "drive": "The drive.",
            "item": "The item.",
            "unit": "What it is counted in.",
            "community": "The community of the drive.",
            "community_id": "That community's id.",
            "received": "Pieces given, less what corrections took out.",
            "found": "Pieces that a stock-take found.",
            "unsorted": "Of these, not looked at yet.",
            "on_hand": "Good, and in the store.",
            "boxed": "In boxes that have not left.",
            "shipped": "Left in shipments, delivered ones too.",
            "delivered": "Of the shipped, signed for.",
            "given": "Given to households.",
            "rejected": "Not good enough.",
            "recycled": "Recycled.",
            "returned": "Given back to the donor.",
            "lost": "Not found by a stock-take.",
            "approximate": "1 where some of the numbers are not exact, else 0.",
        },
        _stock,
    ),
)
