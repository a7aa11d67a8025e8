"""What drives hold against an undo: stock below zero, closed drives, and notices that are out."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer_cli.core.errors import RuleError
from volunteer_cli.core.history import restored
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.undo import Reversal
from volunteer_cli.drives.ledger import (
    Movement,
    below_zero,
    first_below_zero,
    movements_of,
)
from volunteer_cli.drives.models import Drive, DriveNotice, Slip, SlipLine, StockEntry
from volunteer_cli.drives.rules import require_open


class NoticePublished(RuleError):
    """Notice {number} is out and counts this"""

    code = "published"
    hint = N_("Correct what is wrong, then publish again: the new notice names the one that it corrects.")
    explanation = N_("What the public has read cannot be taken back; it is corrected in public too.")


class NamedOtherwise(RuleError):
    """What goods of a slip are was corrected in between"""

    code = "corrected_since"
    hint = N_(
        "Take back what came later first, or correct the slip: volunteer drive correct SLIP --reason TEXT"
    )


def merge_losses(session: Session, keep_id: int, drop_id: int) -> Iterator[str]:
    """The slips whose handler and witness become one person: two people count at reception."""
    both = (keep_id, drop_id)
    query = select(Slip.number).where(Slip.handler_id.in_(both), Slip.witness_id.in_(both))
    for number in session.scalars(query.where(Slip.handler_id != Slip.witness_id).order_by(Slip.id)):
        yield _("handler and witness of slip {number} are one person then").format(number=number)


def before_undo(session: Session, reversal: Reversal) -> None:
    """Refuse to take back goods that later steps drew on, that stand still, or that were published.

    Raises:
        NegativeStock: some place would be below zero on some day.
        DriveClosed, NoticePublished: as their sentences say.
    """
    _require_unpublished(session, reversal)
    _require_same_goods(session, reversal)
    touched = {movement.line_id for movement in _taken_back(session, reversal)}
    back = [*_brought_back(reversal), *_set_back(session, reversal)]
    touched |= {movement.line_id for movement in back}
    if not touched:
        return
    _require_open(session, reversal)
    if found := first_below_zero([*_kept(session, reversal, touched), *back]):
        raise below_zero(session, found)


def _require_unpublished(session: Session, reversal: Reversal) -> None:
    """Neither a notice itself goes, nor an entry that a notice of its drive counts."""
    for span in reversal.inserted.get(DriveNotice.__tablename__, ()):
        number = session.scalar(select(DriveNotice.number).where(DriveNotice.id.between(*span)))
        raise NoticePublished(number=number)
    # The oldest entry of each drive stands for all: a notice counts whatever was booked before it.
    oldest = select(StockEntry.drive_id, func.min(StockEntry.id)).group_by(StockEntry.drive_id)
    for span in reversal.inserted.get(StockEntry.__tablename__, ()):
        for drive_id, entry_id in session.execute(oldest.where(StockEntry.id.between(*span))).all():
            _require_uncounted(session, drive_id, entry_id)


def _require_uncounted(session: Session, drive_id: int, entry_id: int) -> None:
    """Raises NoticePublished when a notice of a drive counts an entry."""
    counted = select(DriveNotice.number).where(
        DriveNotice.drive_id == drive_id, DriveNotice.last_entry_id >= entry_id
    )
    if number := session.scalar(counted.order_by(DriveNotice.id.desc()).limit(1)):
        raise NoticePublished(number=number)


def _require_same_goods(session: Session, reversal: Reversal) -> None:
    """No entry of a line may be left with an item or unit that the line has not; raises NamedOtherwise."""
    _require_line_of_entries(session, reversal)
    for key, (before, _after) in reversal.updated.get(SlipLine.__tablename__, {}).items():
        # What was booked under the corrected name since would be left with it.
        if {"item", "unit"} & set(before) and _has_others(session, reversal, key):
            raise NamedOtherwise


def _has_others(session: Session, reversal: Reversal, line_id: int) -> bool:
    """Whether a line has entries that an undo neither renames nor takes away."""
    renamed = reversal.updated.get(StockEntry.__tablename__, {})
    gone = reversal.inserted.get(StockEntry.__tablename__, ())
    stored = (movement.id for movement in movements_of(session, [line_id]))
    return any(key not in renamed and key not in gone for key in stored)


def _require_line_of_entries(session: Session, reversal: Reversal) -> None:
    """Entries that come back are of what their line is now; raises NamedOtherwise."""
    for row in reversal.deleted.get(StockEntry.__tablename__, {}).values():
        line = session.get(SlipLine, row["line_id"])
        if line is not None and (line.item, line.unit) != (row["item"], row["unit"]):
            raise NamedOtherwise


def _require_open(session: Session, reversal: Reversal) -> None:
    """Goods of a closed drive stand still, backwards too."""
    for key in _drives_of(session, reversal):
        if (drive := session.get(Drive, key)) is not None:
            require_open(drive)


def _drives_of(session: Session, reversal: Reversal) -> set[int]:
    """The drives whose ledger an undo would change."""
    name, query = StockEntry.__tablename__, select(StockEntry.drive_id).distinct()
    drives = {row["drive_id"] for row in reversal.deleted.get(name, {}).values()}
    for span in reversal.inserted.get(name, ()):
        drives |= set(session.scalars(query.where(StockEntry.id.between(*span))))
    for key in reversal.updated.get(name, ()):
        drives |= set(session.scalars(query.where(StockEntry.id == key)))
    return drives


def _taken_back(session: Session, reversal: Reversal) -> Iterator[Movement]:
    """The movements of an operation that would be deleted."""
    for first, last in reversal.inserted.get(StockEntry.__tablename__, ()):
        entries = session.scalars(select(StockEntry).where(StockEntry.id.between(first, last)))
        for entry in entries:
            yield _movement(entry.__dict__)


def _brought_back(reversal: Reversal) -> Iterator[Movement]:
    """The movements that an earlier undo deleted and that would come back."""
    table = StockEntry.__table__
    for key, row in reversal.deleted.get(StockEntry.__tablename__, {}).items():
        yield _movement({"id": key, **restored(table, row)})  # type: ignore[arg-type]


def _kept(session: Session, reversal: Reversal, line_ids: set[int]) -> list[Movement]:
    """The movements of lines that an undo leaves as they are."""
    gone = reversal.inserted.get(StockEntry.__tablename__, ())
    stale = reversal.updated.get(StockEntry.__tablename__, {})
    stored = movements_of(session, line_ids)
    return [movement for movement in stored if movement.id not in gone and movement.id not in stale]


def _set_back(session: Session, reversal: Reversal) -> Iterator[Movement]:
    """The movements that a correction dated or named anew, as they were written before."""
    table = StockEntry.__table__
    for key, (before, _after) in reversal.updated.get(StockEntry.__tablename__, {}).items():
        if (entry := session.get(StockEntry, key)) is not None:
            yield _movement(entry.__dict__ | restored(table, before))  # type: ignore[arg-type]


def _movement(row: dict[str, object]) -> Movement:
    return Movement(**{name: row[name] for name in Movement._fields})  # type: ignore[arg-type]
