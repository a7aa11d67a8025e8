"""Gifts as they come in with their slips, are corrected, and go back to their donors."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from volunteer_cli.communities.models import Community
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import Row, insert_rows
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.numbers import issue_numbers
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.drives import queries
from volunteer_cli.drives.ledger import Goods, Movement, Place, balances, book, movements_of
from volunteer_cli.drives.models import Box, Drive, Slip, SlipLine, StockEntry
from volunteer_cli.drives.rules.drives import earliest_day, require_begun, require_open
from volunteer_cli.drives.terms import IN_BOX, RETURNABLE, State, Step
from volunteer_cli.people.models import Person


class SameWitness(RuleError):
    """{name} cannot be both handler and witness"""

    code = "same_witness"
    hint = N_("Two people count at a reception; name another, or leave one out.")


#: What is done first where the box of a gift has left.
SHIPPED_BACK = N_("A shipment comes back first: volunteer drive back {shipment} --reason TEXT")


class AlreadyBoxed(RuleError):
    """{goods} of slip {slip} are boxed or gone; a gift can be returned until it is boxed"""

    code = "already_boxed"
    hint = N_("Unpack it first: volunteer drive unpack {drive_id} --box {box}")


class NothingToReturn(RuleError):
    """Nothing of slip {slip} is left to return"""

    code = "nothing_to_return"
    hint = N_("See where its pieces are: volunteer drive trace {slip}")


@dataclass
class Line:
    """One line of a gift that is being received."""

    goods: Goods
    condition: str | None = None
    size: str | None = None


@dataclass
class Gift:
    """What one donor brings on a day; without a donor it is anonymous.

    Attributes:
        value: what the donor says it is worth, in fen.
        publish: whether the donor may be named in public.
    """

    received_on: date
    lines: list[Line]
    donor_person_id: int | None = None
    donor_organization_id: int | None = None
    publish: bool = True
    value: int | None = None
    handler_id: int | None = None
    witness_id: int | None = None
    note: str | None = None


def receive(session: Session, drive: Drive, gifts: Sequence[Gift]) -> list[int]:
    """Enter gifts, each with its slip and number, and answer the ids of the slips; one gift or many.

    Raises:
        DriveClosed, LongBefore, SameWitness: as their sentences say.
        UnitNeeded: an item has no unit.
    """
    require_open(drive)
    earliest = earliest_day(session, drive)
    for gift in gifts:
        require_begun(drive, gift.received_on, earliest)
        require_two(session, gift)
        _settle_units(session, drive, gift)
    # Numbers last, when nothing can be refused any more: a number that was taken is never given again.
    numbers = _slip_numbers(session, drive, [gift.received_on.year for gift in gifts])
    rows = [_slip(drive, gift, number) for gift, number in zip(gifts, numbers, strict=True)]
    slips = list(insert_rows(session, Slip, rows))
    lines = [
        (slip, gift.received_on, line) for slip, gift in zip(slips, gifts, strict=True) for line in gift.lines
    ]
    enter_lines(session, drive, lines)
    return slips


def _settle_units(session: Session, drive: Drive, gift: Gift) -> None:
    """Fill in what the goods of a gift are counted in; raises UnitNeeded."""
    for line in gift.lines:
        if not line.goods.unit:
            line.goods = queries.settled(session, drive, line.goods, known=False)


def require_two(session: Session, gift: Gift) -> None:
    """Raises SameWitness when one person would count alone."""
    if gift.handler_id and gift.handler_id == gift.witness_id:
        raise SameWitness(name=session.get_one(Person, gift.handler_id).name)


def _slip_numbers(session: Session, drive: Drive, years: Sequence[int]) -> list[str]:
    """A number for each slip, running by community and year."""
    code = session.get_one(Community, drive.community_id).code.upper()
    waiting = {
        year: iter(
            issue_numbers(
                session, f"slip:{code.lower()}:{year}", f"{code}-S{year}-{{:04}}", years.count(year)
            )
        )
        for year in dict.fromkeys(years)
    }
    return [next(waiting[year]) for year in years]


def _slip(drive: Drive, gift: Gift, number: str) -> Row:
    named = (
        "received_on",
        "donor_person_id",
        "donor_organization_id",
        "publish",
        "value",
        "handler_id",
        "witness_id",
        "note",
    )
    return {"drive_id": drive.id, "number": number, **{name: getattr(gift, name) for name in named}}


def enter_lines(session: Session, drive: Drive, lines: Sequence[tuple[int, date, Line]]) -> None:
    """Write the lines of slips and their first entries; what comes in can leave nothing below zero."""
    keys = insert_rows(session, SlipLine, [line_row(drive, slip, line) for slip, _day, line in lines])
    insert_rows(
        session,
        StockEntry,
        [
            {
                "drive_id": drive.id,
                "line_id": key,
                "item": line.goods.item,
                "unit": line.goods.unit,
                "moved_on": day,
                "step": Step.RECEIVE.value,
                "from_state": State.OUTSIDE.value,
                "to_state": State.UNSORTED.value,
                "quantity": line.goods.quantity,
                "box_id": None,
                "reason": None,
            }
            for key, (_slip, day, line) in zip(keys, lines, strict=True)
        ],
    )


def line_row(drive: Drive, slip_id: int | None, line: Line) -> Row:
    """A line as it is stored; without a slip it is what a stock-take found."""
    return {
        "drive_id": drive.id,
        "slip_id": slip_id,
        "item": line.goods.item,
        "unit": line.goods.unit,
        "direction": line.goods.direction,
        "condition": line.condition,
        "size": line.size,
    }


def return_gift(session: Session, slip: Slip, *, on: date, reason: str | None = None) -> None:
    """Give a donor back what is still here of a slip.

    Raises:
        AlreadyBoxed: a piece of it is in a box or has left.
        NothingToReturn: there is nothing of it here.
    """
    drive = session.get_one(Drive, slip.drive_id)
    require_open(drive)
    there = _unboxed(session, slip)
    back = [
        Movement(line_id, on, Step.RETURN, state, State.RETURNED, count, None, reason)
        for (line_id, state, _box), count in sorted(there.items())
        if state in RETURNABLE
    ]
    if not back:
        raise NothingToReturn(slip=slip.number)
    book(session, drive, back)


def _unboxed(session: Session, slip: Slip) -> Mapping[Place, int]:
    """Where the pieces of a slip are, none of them in a box; raises AlreadyBoxed."""
    lines = {line.id: line for line in queries.lines_of(session, slip)}
    there = balances(movements_of(session, lines))
    require_unboxed(session, slip, there, AlreadyBoxed)
    return there


def require_unboxed(
    session: Session, slip: Slip, there: Mapping[Place, int], refusal: type[RuleError]
) -> None:
    """Refuse, with the way out, what cannot be while pieces of a slip are in a box or have left."""
    for (line_id, state, box_id), count in there.items():
        if state in IN_BOX:
            line = session.get_one(SlipLine, line_id)
            goods = Goods(line.item, Quantity(count, line.unit))
            raise refusal(slip=slip.number, goods=goods, **_way_out(session, box_id))


def _way_out(session: Session, box_id: int | None) -> dict[str, Any]:
    """What the hint says of a box: to unpack it, or to let its shipment come back."""
    box = session.get_one(Box, box_id)
    if box.shipment_id is not None:
        return {"hint": SHIPPED_BACK, "shipment": box.shipment_id}
    return {"drive_id": box.drive_id, "box": shlex.quote(box.label)}
