"""The ledger of goods: drawing first in, first out, and booking so that nothing is ever below zero.

Every movement takes pieces of one slip line from one place and puts them into another. A place is a
line's state, and within a box that box; its balance is counted at the end of each day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import Row, insert_rows
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.core.quantity import Direction, Quantity
from volunteer_cli.drives.models import Box, Drive, SlipLine, StockCount, StockEntry
from volunteer_cli.drives.terms import IN_BOX, STATES, STEPS, State, Step

Place: TypeAlias = tuple[int, str, int | None]
#: Line ids, each with the number of pieces drawn from it.
Drawn: TypeAlias = list[tuple[int, int]]
#: After every entry of the same day.
NEWEST = 1 << 62


class NegativeStock(RuleError):
    """Stock would go below zero: {entry} would find only {available} {unit} {state}"""

    code = "negative_stock"
    hint = N_("See what there is: volunteer drive stock {drive_id} --as-of {day}")
    explanation = N_(
        "Every step draws on pieces of certain slips, and on no day may more be taken than was there. A step "
        "dated in the past must also leave enough for what was booked after it; the entry named here is "
        "the first that would not find it."
    )


class Counted(RuleError):
    """{item} ({unit}) was counted on {day}; what changes the stock before that would change what was counted"""

    code = "counted"
    hint = N_(
        "Date it on {day} or later, and count again: volunteer drive count {drive_id} --item ITEM=N --reason TEXT"
    )
    explanation = N_(
        "A stock-take says how many pieces were on hand on its day. What is entered late for an earlier day, or "
        "taken back, would silently make it say something else; so it is refused. Date it on the day of the "
        "stock-take or after, and let the next stock-take settle what is really there."
    )


class ManyShort(NegativeStock):
    """Stock would go below zero: {entries}"""


@dataclass(frozen=True)
class Goods:
    """So many of an item in one unit, which is never added to another."""

    item: str
    amount: Quantity

    @property
    def unit(self) -> str:
        """What they are counted in; nothing while that is still to be settled."""
        return self.amount.unit or ""

    @property
    def quantity(self) -> int:
        """How many there are, exact or not."""
        return self.amount.number

    @property
    def direction(self) -> Direction | None:
        """In which direction the number is not exact, if it is not."""
        return self.amount.direction

    @property
    def approximate(self) -> bool:
        """Whether the number is not exact."""
        return self.amount.approximate

    def __str__(self) -> str:
        return f"{self.item} {self.amount}"


class Movement(NamedTuple):
    """Pieces of one line going from one state to another on a day; `id` is NEWEST until it is booked."""

    line_id: int
    moved_on: date
    step: str
    from_state: str
    to_state: str
    quantity: int
    box_id: int | None = None
    reason: str | None = None
    id: int = NEWEST

    @property
    def source(self) -> Place:
        """The place that the pieces leave."""
        return place(self.line_id, self.from_state, self.box_id)

    @property
    def target(self) -> Place:
        """The place that the pieces go to."""
        return place(self.line_id, self.to_state, self.box_id)


def place(line_id: int, state: str, box_id: int | None) -> Place:
    """Where pieces of a line are: in a state, and within a box in that box."""
    return line_id, state, box_id if state in IN_BOX else None


def balances(movements: Iterable[Movement]) -> dict[Place, int]:
    """How many pieces are in each place once all movements are made; places left empty are not named."""
    balance: dict[Place, int] = defaultdict(int)
    _make(balance, movements)
    # Outside is where everything comes from: its balance is minus all that ever came.
    return {where: count for where, count in balance.items() if count and where[1] != State.OUTSIDE}


def first_below_zero(movements: Iterable[Movement]) -> tuple[Movement, int] | None:
    """The first movement whose source is below zero at the end of its day, and what it would have found."""
    balance: dict[Place, int] = defaultdict(int)
    for of_day in _days(movements):
        _make(balance, of_day)
        for movement in of_day:
            if movement.from_state != State.OUTSIDE and balance[movement.source] < 0:
                return movement, balance[movement.source] + movement.quantity
    return None


def _days(movements: Iterable[Movement]) -> Iterator[list[Movement]]:
    """The movements of each day, for in which order things were done within one nobody writes down."""
    ordered = sorted(movements, key=lambda movement: (movement.moved_on, movement.id))
    for _day, group in groupby(ordered, key=lambda movement: movement.moved_on):
        yield list(group)


def _make(balance: dict[Place, int], movements: Iterable[Movement]) -> None:
    """Let the pieces of movements leave one place and be in another."""
    for movement in movements:
        balance[movement.source] -= movement.quantity
        balance[movement.target] += movement.quantity


def least_from(movements: Iterable[Movement], where: Place, day: date) -> int:
    """The least that is in a place at the end of `day` and of every later day."""
    changes: dict[date, int] = defaultdict(int)
    balance = 0
    for movement in movements:
        change = movement.quantity * ((movement.target == where) - (movement.source == where))
        if movement.moved_on <= day:
            balance += change
        else:
            changes[movement.moved_on] += change
    least = balance
    for later in sorted(changes):
        balance += changes[later]
        least = min(least, balance)
    return least


# --- what is stored ------------------------------------------------------------

MOVEMENT = (
    StockEntry.line_id,
    StockEntry.moved_on,
    StockEntry.step,
    StockEntry.from_state,
    StockEntry.to_state,
    StockEntry.quantity,
    StockEntry.box_id,
    StockEntry.reason,
    StockEntry.id,
)


def movements_of(session: Session, line_ids: Iterable[int]) -> list[Movement]:
    """All that was booked of some lines, in the order of booking."""
    found = []
    for chunk in chunks(dict.fromkeys(line_ids), 500):
        query = select(*MOVEMENT).where(StockEntry.line_id.in_(chunk)).order_by(StockEntry.id)
        found += [Movement(*row) for row in session.execute(query)]
    return found


def in_box(session: Session, box_id: int) -> dict[int, int]:
    """What a box holds: pieces by line."""
    query = select(*MOVEMENT).where(StockEntry.box_id == box_id)
    found = balances(Movement(*row) for row in session.execute(query))
    return {line_id: count for (line_id, state, _box), count in sorted(found.items()) if state == State.BOXED}


# --- drawing ------------------------------------------------------------


def draw(session: Session, drive: Drive, goods: Goods, *, state: State, step: Step, on: date) -> Drawn:
    """Choose the pieces for a step: from the lines that came first, and only what no later step needs.

    Raises:
        NegativeStock: on that day there are not enough, or a later step would not find its own.
    """
    drawn: Drawn = []
    missing, there = goods.quantity, 0
    for line_id, at_day, latest in session.execute(_candidates(drive, goods, state, on)):
        there += at_day
        # Only where something happened later is all that was booked of the line read again.
        free = at_day if latest <= on else min(at_day, _free(session, line_id, state, on))
        if (taken := min(free, missing)) > 0:
            drawn.append((line_id, taken))
            missing -= taken
        if not missing:
            return drawn
    raise _shortage(session, drive, goods, state=state, step=step, on=on, there=there)


def _candidates(drive: Drive, goods: Goods, state: State, on: date) -> Select[Any, Any, Any]:
    """Lines with pieces in a state at the end of a day, first in first; with the day of their latest change there."""
    at_day = func.sum(case((StockEntry.moved_on <= on, _change(state)), else_=0))
    lines = select(StockEntry.line_id, at_day, _latest(state)).group_by(StockEntry.line_id)
    lines = lines.where(
        StockEntry.drive_id == drive.id, StockEntry.item == goods.item, StockEntry.unit == goods.unit
    )
    # First in by the day on which it came, whenever its slip was written.
    return lines.having(at_day > 0).order_by(func.min(StockEntry.moved_on), StockEntry.line_id)


def _latest(state: State) -> ColumnElement[date]:
    """The day on which pieces came to a state, or left it, for the last time."""
    touches = or_(StockEntry.to_state == state, StockEntry.from_state == state)
    return func.max(case((touches, StockEntry.moved_on)))


def _change(state: State) -> ColumnElement[int]:
    """How many pieces more an entry leaves in a state."""
    return case(
        (StockEntry.to_state == state, StockEntry.quantity),
        (StockEntry.from_state == state, -StockEntry.quantity),
        else_=0,
    )


def _free(session: Session, line_id: int, state: State, on: date) -> int:
    return least_from(movements_of(session, [line_id]), place(line_id, state, None), on)


def _shortage(
    session: Session, drive: Drive, goods: Goods, *, state: State, step: Step, on: date, there: int
) -> NegativeStock:
    """The error for a draw that fails: the step itself, or the first later entry that it would rob."""
    if there < goods.quantity:
        entry = _taking(step, goods, on)
        where = {"drive_id": drive.id, "day": on, "state": _(STATES[state])}
        return NegativeStock(entry=entry, available=there, unit=goods.unit, **where)
    # There are enough, and a step of a later day would not find its own: it is that one that is named.
    robbing = list(_robbing(session, drive, goods, state=state, step=step, on=on))
    stored = movements_of(session, [movement.line_id for movement in robbing])
    return below_zero(session, first_below_zero([*stored, *robbing]) or (robbing[0], there))


def _robbing(
    session: Session, drive: Drive, goods: Goods, *, state: State, step: Step, on: date
) -> Iterator[Movement]:
    """The movements of a draw that would leave nothing to later steps."""
    missing = goods.quantity
    for line_id, at_day, _latest in session.execute(_candidates(drive, goods, state, on)).all():
        yield Movement(line_id, on, step, state, State.OUTSIDE, min(at_day, missing))
        missing -= min(at_day, missing)
        if not missing:
            return


def _taking(step: Step, goods: Goods, day: date) -> str:
    return _("{step} of {goods} on {day}").format(step=_(STEPS[step]), goods=goods, day=day)


def below_zero(session: Session, found: tuple[Movement, int]) -> NegativeStock:
    """The error that names the first entry to go below zero."""
    movement, available = found
    line = session.get_one(SlipLine, movement.line_id)
    goods = Goods(line.item, Quantity(movement.quantity, line.unit))
    entry = _taking(Step(movement.step), goods, movement.moved_on)
    if movement.id != NEWEST:
        entry = _("entry {id}, the {entry},").format(id=movement.id, entry=entry)
    state = _source_told(session, movement)
    where = {"drive_id": line.drive_id, "day": movement.moved_on, "state": state}
    return NegativeStock(entry=entry, available=max(available, 0), unit=line.unit, **where)


def _source_told(session: Session, movement: Movement) -> str:
    """Where a movement takes its pieces from, in words; of a box by its label."""
    state = _(STATES[State(movement.from_state)])
    if movement.from_state in IN_BOX and (box := session.get(Box, movement.box_id)):
        return _("{state} in {box}").format(state=state, box=box.label)
    return state


@contextmanager
def gathering(shortages: list[NegativeStock]) -> Iterator[None]:
    """Keep a refusal for want of pieces, to go on and see what else is short."""
    try:
        yield
    except NegativeStock as shortage:
        shortages.append(shortage)


def require_enough(shortages: Sequence[NegativeStock]) -> None:
    """Refuse once for everything that is short; raises NegativeStock."""
    if len(shortages) == 1:
        raise shortages[0]
    if shortages:
        clause = _("{entry} would find only {available} {unit} {state}")
        entries = listed(clause.format(**shortage.fields) for shortage in shortages)
        raise ManyShort(entries=entries, **shortages[0].fields)


# --- booking ------------------------------------------------------------


def book(session: Session, drive: Drive, movements: Sequence[Movement]) -> None:
    """Enter movements into the ledger, unless some place would then be below zero on some day.

    Raises:
        NegativeStock: naming the first entry that would not find its pieces.
        Counted: a later stock-take would say something else.
    """
    # What only comes in can leave nothing below zero: the history of its lines is not read.
    drawing = {movement.line_id: None for movement in movements if movement.from_state != State.OUTSIDE}
    if found := first_below_zero(_history(session, drawing, movements)):
        raise below_zero(session, found)
    goods = _goods_of(session, {movement.line_id for movement in movements})
    for pair, day in _on_hand_changed(movements, goods):
        require_uncounted(session, drive.id, pair, day)
    rows = [_row(drive, movement, goods[movement.line_id]) for movement in movements]
    insert_rows(session, StockEntry, rows)


def _on_hand_changed(
    movements: Iterable[Movement], goods: Mapping[int, tuple[str, str]]
) -> set[tuple[tuple[str, str], date]]:
    """The goods of which movements change what is on hand, each with the day; a count is of those alone."""
    touching = (each for each in movements if State.ON_HAND in (each.from_state, each.to_state))
    return {(goods[each.line_id], each.moved_on) for each in touching}


def require_uncounted(session: Session, drive_id: int, goods: tuple[str, str], day: date) -> None:
    """Refuse to change what was on hand before it was counted.

    Raises:
        Counted: naming the latest stock-take.
    """
    item, unit = goods
    query = select(func.max(StockCount.counted_on)).where(
        StockCount.drive_id == drive_id,
        StockCount.item == item,
        StockCount.unit == unit,
        StockCount.counted_on > day,
    )
    if counted := session.scalar(query):
        raise Counted(drive_id=drive_id, item=item, unit=unit, day=counted)


def _history(session: Session, line_ids: Iterable[int], movements: Iterable[Movement]) -> Iterator[Movement]:
    wanted = set(line_ids)
    yield from movements_of(session, wanted)
    yield from (movement for movement in movements if movement.line_id in wanted)


def _goods_of(session: Session, line_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for chunk in chunks(line_ids):
        query = select(SlipLine.id, SlipLine.item, SlipLine.unit).where(SlipLine.id.in_(chunk))
        found |= {key: (item, unit) for key, item, unit in session.execute(query)}
    return found


def _row(drive: Drive, movement: Movement, goods: tuple[str, str]) -> Row:
    row = movement._asdict()
    del row["id"]
    return {**row, "drive_id": drive.id, "item": goods[0], "unit": goods[1]}


def move(
    session: Session,
    drive: Drive,
    drawn: Drawn,
    *,
    step: Step,
    route: tuple[State, State],
    on: date,
    box_id: int | None = None,
    reason: str | None = None,
) -> None:
    """Book that pieces of lines went from the first state of `route` to the second; see `book`."""
    source, target = route
    book(
        session,
        drive,
        [Movement(line_id, on, step, source, target, count, box_id, reason) for line_id, count in drawn],
    )
