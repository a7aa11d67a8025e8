"""What must always hold of drives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _, with_detail
from volunteer_cli.drives.ledger import below_zero, first_below_zero, movements_of
from volunteer_cli.drives.models import Box, Shipment, Slip, SlipLine, StockEntry
from volunteer_cli.drives.rules.stocktaking import contradicted
from volunteer_cli.drives.terms import IN_BOX, State

#: Lines whose whole history is looked at together: a million entries at once would not fit into memory.
LINES = 2000


def negative_stock(session: Session) -> Iterator[Finding]:
    """Lines of which more was taken on some day than was there."""
    last = 0
    while lines := session.scalars(
        select(SlipLine.id).where(SlipLine.id > last).order_by(SlipLine.id).limit(LINES)
    ).all():
        last = lines[-1]
        if found := first_below_zero(movements_of(session, lines)):
            yield Finding(f"slip_line:{found[0].line_id}", str(below_zero(session, found)))


def stray_entries(session: Session) -> Iterator[Finding]:
    """Entries of the ledger that are not of their line's goods and drive, or in a box without a box."""
    boxed = StockEntry.from_state.in_(IN_BOX) | StockEntry.to_state.in_(IN_BOX)
    # Item and unit stand in both, so that stock is one walk through one index: they must never part.
    other = or_(
        StockEntry.item != SlipLine.item,
        StockEntry.unit != SlipLine.unit,
        StockEntry.drive_id != SlipLine.drive_id,
        boxed & StockEntry.box_id.is_(None),
    )
    stray = select(StockEntry.id).join(SlipLine, SlipLine.id == StockEntry.line_id).where(other)
    for key in session.scalars(stray):
        yield Finding(f"stock_entry:{key}", _("does not fit its slip line"))


def empty_slips(session: Session) -> Iterator[Finding]:
    """Slips without a line, and lines that never came in."""
    line = select(SlipLine.id).where(SlipLine.slip_id == Slip.id)
    for key in session.scalars(select(Slip.id).where(~line.exists())):
        yield Finding(f"slip:{key}", _("has no line"))
    for key in session.scalars(select(SlipLine.id).where(~_came())):
        yield Finding(f"slip_line:{key}", _("never came in"))


def _came() -> ColumnElement[bool]:
    """Whether a line has an entry by which its pieces came."""
    entry = select(StockEntry.id).where(StockEntry.line_id == SlipLine.id)
    return entry.where(StockEntry.from_state == State.OUTSIDE).exists()


def half_shipped(session: Session) -> Iterator[Finding]:
    """Boxes whose shipment and ledger disagree about whether they have left."""
    for key in session.scalars(select(Box.id).where(_differs(State.SHIPPED, Box.shipment_id))):
        yield Finding(f"box:{key}", _("the ledger and the shipment disagree"))
    shipped = select(Box.id).join(Shipment, Shipment.id == Box.shipment_id)
    for key in session.scalars(shipped.where(_differs(State.DELIVERED, Shipment.delivered_on))):
        yield Finding(f"box:{key}", _("the ledger and the signature disagree"))


def _differs(state: State, known_by: Any) -> ColumnElement[bool]:
    """Whether a box has come to a state by the ledger and not by a column, or the other way round."""
    known: ColumnElement[bool] = known_by.is_not(None)
    return (_away(state) > 0) != known


def _away(first: State) -> ColumnElement[int]:
    """How many entries brought pieces of a box to a state or beyond it, less those that brought them back."""
    beyond = (State.SHIPPED, State.DELIVERED) if first is State.SHIPPED else (State.DELIVERED,)
    change = cast(StockEntry.to_state.in_(beyond), Integer) - cast(StockEntry.from_state.in_(beyond), Integer)
    moved = select(func.coalesce(func.sum(change), 0))
    return moved.where(StockEntry.box_id == Box.id).scalar_subquery()


def counts(session: Session) -> Iterator[Finding]:
    """Stock-takes that say something else than the books of their day."""
    problem = _("{quantity} were counted on {day}, and by the books it was {on_hand}")
    for counted, on_hand in session.execute(contradicted()):
        sentence = problem.format(quantity=counted.quantity, day=counted.counted_on, on_hand=on_hand)
        yield Finding(f"drive:{counted.drive_id}", f"{with_detail(counted.item, counted.unit)}: {sentence}")


CHECKS = (
    Check("stock", N_("No stock is below zero on any day"), negative_stock, code="negative_stock"),
    Check("entries", N_("Every entry of the ledger fits its slip line"), stray_entries),
    Check("slips", N_("Every slip has lines, and every line came in"), empty_slips),
    Check("stock_takes", N_("What was counted was on hand by the books"), counts, code="counted"),
    Check("shipments", N_("Boxes, shipments and the ledger agree"), half_shipped, code="already_boxed"),
)
