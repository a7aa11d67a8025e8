"""Slips that were written wrongly and are set right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from volunteer_cli.core.errors import NotFound, QuantityRefused, RuleError, UsageFault
from volunteer_cli.core.i18n import N_, with_detail
from volunteer_cli.core.text import kept
from volunteer_cli.drives import queries
from volunteer_cli.drives.ledger import (
    Goods,
    Movement,
    NegativeStock,
    balances,
    below_zero,
    book,
    first_below_zero,
    gathering,
    least_from,
    movements_of,
    place,
    require_enough,
)
from volunteer_cli.drives.models import Drive, Slip, SlipLine, StockEntry
from volunteer_cli.drives.rules.drives import earliest_day, require_begun, require_open
from volunteer_cli.drives.rules.gifts import AlreadyBoxed, Line, enter_lines, require_unboxed
from volunteer_cli.drives.terms import CORRECTABLE, State, Step
from volunteer_cli.organizations.models import Organization
from volunteer_cli.people.models import Person


class BeforeReceipt(RuleError):
    """Slip {slip} came in on {day}; it cannot be corrected for a day before that"""

    code = "before_receipt"


class NotOnSlip(NotFound):
    """Slip {slip} has no {goods}"""

    hint = N_("See what is on it: volunteer drive slip {slip}")


class Boxed(RuleError):
    """{goods} of slip {slip} are boxed or gone; what a slip says is corrected until then"""

    code = "already_boxed"
    hint = AlreadyBoxed.hint


class AlreadyVoid(RuleError):
    """Nothing of slip {slip} is left to void"""

    code = "already_void"
    hint = N_("See where its pieces are: volunteer drive trace {slip}")


class NothingCorrected(UsageFault):
    """Say what is corrected: --item, --add-item, --remove-item, --donor, --received, --rename, --unit, --condition or --size"""

    code = "nothing_corrected"


class BadPair(UsageFault):
    """{option} needs two words, as in coats=jackets; not '{text}'"""

    code = "bad_pair"


class NoneCame(QuantityRefused):
    """A quantity must be a whole number from 1 to 1000000000; '{value}' is not"""

    hint = N_(
        "What never came is taken off the slip: volunteer drive correct SLIP --remove-item ITEM --reason TEXT"
    )


@dataclass
class Amendment:
    """What a slip really says, besides how much; None where it stays.

    Attributes:
        donor: who gave, one or none, as the only member of a tuple.
        renamed: what each item really is.
        units: what each item is really counted in.
    """

    donor: tuple[Person | Organization | None] | None = None
    received_on: date | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    condition: str | None = None
    size: str | None = None

    def __bool__(self) -> bool:
        return self != Amendment()


def require_correction(amendment: Amendment, goods: Sequence[Goods]) -> None:
    """Raises NothingCorrected when nothing is named."""
    if not amendment and not goods:
        raise NothingCorrected


def correct_slip(
    session: Session, slip: Slip, counted: Sequence[Goods], *, on: date, reason: str
) -> list[Goods]:
    """Set how much came in with a slip, and answer that with its units.

    Pieces that are still here are taken back, sorted or not; those in boxes, sent or returned are not.
    The new number is exact, or approximate in its own direction. The same number again is no change.

    Raises:
        NotOnSlip: the slip has no such item.
        UnitNeeded: the slip has the item in several units, and none was named.
        BeforeReceipt: as its sentence says.
        NegativeStock: more was drawn from it than it would have; all such items are named.
    """
    drive = session.get_one(Drive, slip.drive_id)
    _require_since_receipt(drive, slip, on)
    corrected, shortages = [], list[NegativeStock]()
    for goods in counted:
        lines = _lines_named(session, slip, goods)
        _mark(session, lines, goods)
        with gathering(shortages):
            _correct_lines(session, drive, lines, goods.quantity, on=on, reason=reason)
        corrected.append(Goods(goods.item, replace(goods.amount, unit=lines[0].unit)))
    # All that is short in one refusal: who stands in the store counts once, not once a line.
    require_enough(shortages)
    return corrected


def _require_since_receipt(drive: Drive, slip: Slip, on: date) -> None:
    """Raises DriveClosed, DriveArchived, BeforeReceipt."""
    require_open(drive)
    if on < slip.received_on:
        raise BeforeReceipt(slip=slip.number, day=slip.received_on)


def _mark(session: Session, lines: Sequence[SlipLine], goods: Goods) -> None:
    """Let lines be as exact as the new number is."""
    for line in lines:
        line.direction = goods.direction
    session.flush()


def _lines_named(session: Session, slip: Slip, goods: Goods) -> list[SlipLine]:
    """The lines of a slip with an item in one unit; raises NotOnSlip, UnitNeeded."""
    lines = [
        line
        for line in queries.lines_of(session, slip)
        if line.item == goods.item and goods.unit in ("", line.unit)
    ]
    if not lines:
        name = with_detail(goods.item, goods.unit) if goods.unit else goods.item
        raise NotOnSlip(slip=slip.number, goods=name)
    if len({line.unit for line in lines}) > 1:
        raise queries.UnitNeeded(item=goods.item)
    return lines


def _correct_lines(
    session: Session, drive: Drive, lines: Sequence[SlipLine], quantity: int, *, on: date, reason: str
) -> None:
    """Add what is missing to the last line, or take what is too much from the last lines first."""
    stock = queries.line_stock(session, [line.id for line in lines])
    excess = sum(stock[line.id].received for line in lines) - quantity
    if excess >= 0:
        book(session, drive, _all_taken_back(session, lines, excess, on=on, reason=reason))
        return
    route = (State.OUTSIDE, State.UNSORTED)
    book(session, drive, [Movement(lines[-1].id, on, Step.CORRECT, *route, -excess, None, reason)])


def _all_taken_back(
    session: Session, lines: Sequence[SlipLine], excess: int, *, on: date, reason: str
) -> list[Movement]:
    """So many pieces of lines as they go out, those of the last line first."""
    taken: list[Movement] = []
    for line in reversed(lines):
        back = _taken_back(session, line, excess, on=on, reason=reason)
        excess -= sum(movement.quantity for movement in back)
        taken += back
    if excess:
        # What cannot be found is booked too, so that the refusal names what stands against it.
        route = (State.UNSORTED, State.OUTSIDE)
        taken.append(Movement(lines[0].id, on, Step.CORRECT, *route, excess, None, reason))
    return taken


def _taken_back(session: Session, line: SlipLine, excess: int, *, on: date, reason: str) -> list[Movement]:
    """Up to so many pieces of a line that are here on a day and that no later step needs, as they go out."""
    stored, taken = movements_of(session, [line.id]), []
    for state in CORRECTABLE:
        count = min(excess, least_from(stored, place(line.id, state, None), on))
        if count > 0:
            taken.append(Movement(line.id, on, Step.CORRECT, state, State.OUTSIDE, count, None, reason))
            excess -= count
    return taken


def add_lines(session: Session, slip: Slip, forgotten: Sequence[Goods]) -> list[Goods]:
    """Write lines that were forgotten on a slip; they came on its day. The goods with their units.

    Raises:
        DriveClosed: as its sentence says.
        UnitNeeded: an item has no unit.
    """
    drive = session.get_one(Drive, slip.drive_id)
    require_open(drive)
    settled = [queries.settled(session, drive, goods, known=False) for goods in forgotten]
    if settled:
        _require_unboxed(session, slip)
        enter_lines(session, drive, [(slip.id, slip.received_on, Line(goods)) for goods in settled])
    return settled


def amend_slip(session: Session, slip: Slip, amendment: Amendment) -> None:
    """Set right who gave, when, and what the lines are, while nothing of the slip is boxed.

    Raises:
        Boxed, DriveClosed: as their sentences say.
        NotOnSlip: it has no such item.
        NegativeStock: a step took from it before the day on which it would have come.
    """
    require_open(session.get_one(Drive, slip.drive_id))
    if not amendment:
        return
    # What has left was told to others by its name: a slip says the same as the boxes that came of it.
    _require_unboxed(session, slip)
    if amendment.donor:
        _set_donor(slip, amendment.donor[0])
    lines = queries.lines_of(session, slip)
    _require_on_slip(slip, lines, (*amendment.renamed, *amendment.units))
    for line in lines:
        _amend_line(session, line, amendment)
    if amendment.received_on:
        _set_day(session, slip, amendment.received_on)
    session.flush()


def _require_on_slip(slip: Slip, lines: Sequence[SlipLine], items: Iterable[str]) -> None:
    """Raises NotOnSlip for an item that no line has."""
    for item in items:
        if all(line.item != item for line in lines):
            raise NotOnSlip(slip=slip.number, goods=item)


def _set_donor(slip: Slip, donor: Person | Organization | None) -> None:
    slip.donor_person_id = donor.id if isinstance(donor, Person) else None
    slip.donor_organization_id = donor.id if isinstance(donor, Organization) else None


def _amend_line(session: Session, line: SlipLine, amendment: Amendment) -> None:
    """Give a line and its entries in the ledger what it really is."""
    if amendment.condition is not None:
        line.condition = kept(amendment.condition) or None
    if amendment.size is not None:
        line.size = kept(amendment.size) or None
    unit = amendment.units.get(line.item, line.unit)
    item = amendment.renamed.get(line.item, line.item)
    if (item, unit) != (line.item, line.unit):
        _rename(session, line, item, unit)


def _rename(session: Session, line: SlipLine, item: str, unit: str) -> None:
    """Call the goods of a line otherwise, in the ledger too, which says the same or is a finding of `check`."""
    line.item, line.unit = item, unit
    for entry in _entries(session, line):
        entry.item, entry.unit = item, unit


def _set_day(session: Session, slip: Slip, day: date) -> None:
    """Let a slip have come on another day, from which its pieces are there."""
    drive = session.get_one(Drive, slip.drive_id)
    require_begun(drive, day, earliest_day(session, drive))
    slip.received_on = day
    lines = queries.lines_of(session, slip)
    for line in lines:
        for entry in _entries(session, line):
            if entry.step == Step.RECEIVE:
                entry.moved_on = day
    session.flush()
    if short := first_below_zero(movements_of(session, [line.id for line in lines])):
        raise below_zero(session, short)


def _entries(session: Session, line: SlipLine) -> Sequence[StockEntry]:
    return session.scalars(select(StockEntry).where(StockEntry.line_id == line.id)).all()


def void_slip(session: Session, slip: Slip, *, on: date, reason: str) -> None:
    """Take a whole slip out of the books from a day on; it keeps its number, which is never given again.

    Raises:
        Boxed, AlreadyVoid, BeforeReceipt, DriveClosed: as their sentences say.
        NegativeStock: a later step needs its pieces.
    """
    drive = session.get_one(Drive, slip.drive_id)
    _require_since_receipt(drive, slip, on)
    _require_unboxed(session, slip)
    there = balances(movements_of(session, [line.id for line in queries.lines_of(session, slip)]))
    gone = [
        Movement(line_id, on, Step.VOID, state, State.OUTSIDE, count, None, reason)
        for (line_id, state, _box), count in sorted(there.items())
        # What went back to its donor did come, and went: that stays true.
        if state != State.RETURNED
    ]
    if not gone:
        raise AlreadyVoid(slip=slip.number)
    book(session, drive, gone)


def _require_unboxed(session: Session, slip: Slip) -> None:
    """Raises Boxed when a piece of a slip is in a box or has left."""
    lines = [line.id for line in queries.lines_of(session, slip)]
    require_unboxed(session, slip, balances(movements_of(session, lines)), Boxed)
