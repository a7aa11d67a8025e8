"""Stock-takes: what was counted on a day stays what was counted, whichever way the books change later.

Goods are sorted, corrected, renamed, voided and brought back by undo, on any day. Whatever touches the ledger
comes by here before it is committed (see the card); `check` asks the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.database import chunks
from volunteer_cli.core.history import Recorder, insert_rows
from volunteer_cli.core.i18n import _
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.core.run import run
from volunteer_cli.core.text import required
from volunteer_cli.drives import queries
from volunteer_cli.drives.ledger import Counted, Goods, draw, move
from volunteer_cli.drives.models import Drive, DriveNotice, Slip, SlipLine, StockCount, StockEntry
from volunteer_cli.drives.queries.disclosure import last_entry, latest_notice
from volunteer_cli.drives.rules.drives import require_open
from volunteer_cli.drives.rules.gifts import Line, line_row
from volunteer_cli.drives.terms import State, Step

LEDGER = StockEntry.__tablename__
OF_SAME_GOODS = and_(
    StockEntry.drive_id == StockCount.drive_id,
    StockEntry.item == StockCount.item,
    StockEntry.unit == StockCount.unit,
)
ON_HAND = or_(StockEntry.to_state == State.ON_HAND, StockEntry.from_state == State.ON_HAND)
#: What was booked when the count was made; what came later for the same day came after it.
UNTIL_THEN = or_(
    StockEntry.moved_on < StockCount.counted_on,
    and_(StockEntry.moved_on == StockCount.counted_on, StockEntry.id <= StockCount.last_entry_id),
)


def count(session: Session, drive: Drive, counted: Sequence[Goods], *, on: date, reason: str) -> None:
    """Set what is on hand to what was counted: less than booked is lost, more is found; that it was counted is kept.

    Items that were not counted stay as they are; one that was never booked is found. The same count of the same
    day again is no change.

    Raises:
        NegativeStock: a step booked for later would not find what is lost now.
        Counted: a later stock-take would say something else.
        MissingValue, BadText: the reason says nothing, or is not allowed.
    """
    require_open(drive)
    reason = required(reason, _("reason"))
    for goods in counted:
        goods = queries.settled(session, drive, goods, known=not goods.quantity)  # noqa: PLW2901 - now with its unit
        booked = queries.on_hand(session, drive, goods, on)
        if goods.quantity == booked and _counted_before(session, drive, goods, on):
            continue
        _adjust(session, drive, goods, goods.quantity - booked, on=on, reason=reason)
        _keep(session, drive, goods, booked, on=on, reason=reason)


def _counted_before(session: Session, drive: Drive, goods: Goods, on: date) -> bool:
    """Whether the latest count of goods says the same of the same day."""
    query = select(StockCount.counted_on, StockCount.quantity).where(
        StockCount.drive_id == drive.id, StockCount.item == goods.item, StockCount.unit == goods.unit
    )
    latest = session.execute(query.order_by(StockCount.id.desc()).limit(1)).first()
    return latest is not None and tuple(latest) == (on, goods.quantity)


def _adjust(session: Session, drive: Drive, goods: Goods, surplus: int, *, on: date, reason: str) -> None:
    """Book what a count found beyond the books, or less."""
    route, drawn = (State.ON_HAND, State.LOST), []
    if surplus < 0:
        lost = Goods(goods.item, Quantity(-surplus, goods.unit))
        drawn = draw(session, drive, lost, state=State.ON_HAND, step=Step.COUNT, on=on)
    elif surplus > 0:
        route, drawn = (
            (State.OUTSIDE, State.ON_HAND),
            [(_line_found(session, drive, goods, surplus), surplus)],
        )
    move(session, drive, drawn, step=Step.COUNT, route=route, on=on, reason=reason)


def _line_found(session: Session, drive: Drive, goods: Goods, surplus: int) -> int:
    """A line without a slip, so that what was found can be drawn like anything else."""
    line = Line(Goods(goods.item, replace(goods.amount, number=surplus)))
    (key,) = insert_rows(session, SlipLine, [line_row(drive, None, line)])
    return key


def _keep(session: Session, drive: Drive, goods: Goods, booked: int, *, on: date, reason: str) -> None:
    session.add(
        StockCount(
            drive_id=drive.id,
            item=goods.item,
            unit=goods.unit,
            counted_on=on,
            quantity=goods.quantity,
            booked=booked,
            reason=reason,
            last_entry_id=last_entry(session),
        )
    )
    session.flush()


# --- what was counted stands ------------------------------------------------------------


def contradicted() -> Select[Any]:
    """Stock-takes of which the books say something else: the count, and what was on hand then by the books."""
    change = case((StockEntry.to_state == State.ON_HAND, StockEntry.quantity), else_=-StockEntry.quantity)
    on_hand = func.coalesce(func.sum(change), 0)
    return (
        select(StockCount, on_hand.label("on_hand"))
        .outerjoin(StockEntry, and_(OF_SAME_GOODS, ON_HAND, UNTIL_THEN))
        .group_by(StockCount.id)
        .having(on_hand != StockCount.quantity)
        .order_by(StockCount.id)
    )


def follow_ledger(session: Session, recorder: Recorder) -> Iterator[str]:
    """Refuse what would let the books contradict a stock-take; say what is late for one, or for a notice.

    Raises:
        Counted: it would.
    """
    _require_counts_stand(session, recorder)
    today = run().clock.today
    for first, last in recorder.inserted.get(LEDGER, ()):
        entered = StockEntry.id.between(first, last)
        yield from _after_a_count(session, entered, today)
    yield from _beside_a_notice(session, recorder, today)


def _require_counts_stand(session: Session, recorder: Recorder) -> None:
    # What was changed or taken away may concern any count; what was added only counts of the same goods,
    # or each booking of a day would read the counts of all years.
    if recorder.changed(LEDGER) or recorder.changed(StockCount.__tablename__):
        _refuse_contradicted(session)
    for keys in recorder.inserted.get(StockCount.__tablename__, ()):
        _refuse_contradicted(session, StockCount.id.between(*keys))
    for keys in recorder.inserted.get(LEDGER, ()):
        for goods in session.execute(_goods_moved(*keys)).all():
            _refuse_contradicted(session, *_counts_of(*goods))


def _counts_of(drive_id: int, item: str, unit: str) -> tuple[ColumnElement[bool], ...]:
    return StockCount.drive_id == drive_id, StockCount.item == item, StockCount.unit == unit


def _goods_moved(first: int, last: int) -> Select[int, str, str]:
    """The goods on hand that were moved; what only comes in touches nothing that was counted."""
    columns = (StockEntry.drive_id, StockEntry.item, StockEntry.unit)
    return select(*columns).where(StockEntry.id.between(first, last), ON_HAND).distinct()


def _refuse_contradicted(session: Session, *concerned: ColumnElement[bool]) -> None:
    wrong = session.execute(contradicted().where(*concerned).limit(1)).first()
    if wrong is not None:
        count = wrong[0]
        raise Counted(drive_id=count.drive_id, item=count.item, unit=count.unit, day=count.counted_on)


def _after_a_count(session: Session, entered: Any, today: date) -> Iterator[str]:
    """Say what was entered late for the very day of a stock-take: it came after it."""
    on_that_day = and_(OF_SAME_GOODS, ON_HAND, StockEntry.moved_on == StockCount.counted_on)
    keys = (StockCount.item, StockCount.unit, StockCount.counted_on)
    query = select(*keys, func.max(StockCount.quantity)).join(StockEntry, on_that_day)
    query = query.where(entered, StockEntry.moved_on < today, StockEntry.id > StockCount.last_entry_id)
    query = query.group_by(*keys)
    for item, unit, day, quantity in session.execute(query).all():
        sentence = _("{item} was counted on {day} ({quantity}{unit}); this is booked as after that count.")
        yield sentence.format(item=item, day=day, quantity=quantity, unit=unit)


def _beside_a_notice(session: Session, recorder: Recorder, today: date) -> Iterator[str]:
    """Say which published notices do not tell what was entered for days before them, or was set right since."""
    set_right = [StockEntry.line_id.in_(keys) for keys in chunks(_lines_set_right(session, recorder))]
    entered = [StockEntry.id.between(*keys) for keys in recorder.inserted.get(LEDGER, ())]
    sentence = _(
        "Notice {number} of {day} does not tell this; correct it in public: volunteer drive publish {code}"
    )
    for drive in _drives_of(session, [*set_right, *entered]):
        notice = latest_notice(session, drive)
        if notice is not None and _overtaken(session, notice, set_right, entered, today):
            yield sentence.format(number=notice.number, day=notice.published_on, code=drive.code)


def _lines_set_right(session: Session, recorder: Recorder) -> list[int]:
    """The lines that were changed, those of slips that were changed among them."""
    lines = list(recorder.updated.get(SlipLine.__tablename__, ()))
    for keys in chunks(recorder.updated.get(Slip.__tablename__, ())):
        lines += session.scalars(select(SlipLine.id).where(SlipLine.slip_id.in_(keys)))
    return lines


def _drives_of(session: Session, entries: Iterable[ColumnElement[bool]]) -> list[Drive]:
    """The drives of entries; their ids are told apart here, where no index of all entries is walked for it."""
    keys = {key for own in entries for key in session.scalars(select(StockEntry.drive_id).where(own))}
    return [session.get_one(Drive, key) for key in sorted(keys)]


def _overtaken(
    session: Session,
    notice: DriveNotice,
    set_right: Iterable[ColumnElement[bool]],
    entered: Iterable[ColumnElement[bool]],
    today: date,
) -> bool:
    """Whether entries that a notice counts were set right, or others came late for it."""
    counted = [and_(own, StockEntry.id <= notice.last_entry_id) for own in set_right]
    untold = and_(StockEntry.id > notice.last_entry_id, _is_late_for(notice, today))
    uncounted = [and_(own, untold) for own in entered]
    same = select(StockEntry.id).where(StockEntry.drive_id == notice.drive_id).limit(1)
    return any(session.scalar(same.where(own)) is not None for own in (*counted, *uncounted))


def _is_late_for(notice: DriveNotice, today: date) -> ColumnElement[bool]:
    """Whether an entry is of a day that a notice told of, or sets right what it may have told."""
    late = and_(StockEntry.moved_on <= notice.published_on, StockEntry.moved_on < today)
    return or_(late, StockEntry.step.in_((Step.CORRECT, Step.VOID)))
