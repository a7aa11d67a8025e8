"""What was imported, from which file, and whether it was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from volunteer_cli.areas import imports as kinds
from volunteer_cli.core.i18n import N_, NC_, _
from volunteer_cli.core.offsets import wall_of
from volunteer_cli.core.records import ImportLog, Operation
from volunteer_cli.core.worded import Worded
from volunteer_cli.output.view import Column, Kind, View

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.intake.summary import Summary

COUNTS = {
    "read": N_("Read"),
    "new": N_("New"),
    "updated": N_("Updated"),
    "same": N_("Same"),
    "rejected": NC_("rows", "Rejected"),
    "skipped": N_("Skipped"),
}


def record_import(session: Session, summary: Summary, digest: str, operation_id: int) -> None:
    """Enter an import that changed something; `digest` is the SHA-256 of the file."""
    session.add(
        ImportLog(
            operation_id=operation_id,
            at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            kind=summary.kind,
            file=summary.file,
            digest=digest,
            counts=summary.rows,
        )
    )


def imports(session: Session) -> Sequence[Any]:
    """The imports, the latest first, each with the operation that undid it, if one did."""
    query = select(*ImportLog.__table__.c, Operation.undone_by_id)
    return session.execute(
        query.join(Operation, Operation.id == ImportLog.operation_id, isouter=True).order_by(
            ImportLog.id.desc()
        )
    ).all()


def _count(name: str) -> Column:
    return Column(name, COUNTS[name], kind=Kind.COUNT, value=lambda entry: entry.counts.get(name, 0))


def kind_in_words(kind: str) -> str:
    """A kind of sheet as it is typed, with what people call it."""
    known = kinds()
    return Worded(kind, _(known[kind].sheet.load().title)) if kind in known else kind


IMPORTS = View(
    "imports",
    N_("Imports"),
    (
        Column("id", kind=Kind.ID),
        Column("operation", N_("Operation"), kind=Kind.ID, value=lambda entry: entry.operation_id),
        Column("at", N_("When"), kind=Kind.DATETIME, value=lambda entry: wall_of(entry.at)),
        Column("kind", N_("Kind"), kind=Kind.CODE, value=lambda entry: kind_in_words(entry.kind)),
        Column("file", N_("File")),
        Column("digest", N_("Digest"), kind=Kind.CODE, table=False),
        *(_count(name) for name in COUNTS),
        Column("undone_by", N_("Undone by"), kind=Kind.ID, value=lambda entry: entry.undone_by_id),
    ),
)
