"""Answers kept with a digest, so that last year's can be printed again as they were."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from volunteer_cli.core.errors import NotFound
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.quantity import Direction, Quantity
from volunteer_cli.output.cells import plain
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.reporting.answer import Answer
from volunteer_cli.reporting.catalogue import report_named
from volunteer_cli.reporting.declaration import Report, Row, Scope
from volunteer_cli.reporting.errors import NotKept, SnapshotDamaged
from volunteer_cli.reporting.naming import with_names
from volunteer_cli.reports.models import Snapshot

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class NoSnapshot(NotFound):
    """There is no snapshot '{text}'"""

    hint = N_("List them: volunteer report snapshots")


def take_snapshot(session: Session, report: Report, scope: Scope, *, by: str) -> Snapshot:
    """Keep the answer of a report; the same answer to the same question again is no change.

    Raises:
        NotKept: the report tells what is to be done now.
    """
    if not report.kept:
        raise NotKept(report=report.name)
    rows = [_kept(report, row) for row in with_names(session, report.rows(session, scope))]
    asked = parameters(scope)
    digest = digest_of(report.name, asked, rows)
    # The same figures again are the same snapshot: who keeps one every night keeps what changed.
    if kept_before := _with_digest(session, scope.community_id, digest):
        return kept_before
    snapshot = Snapshot(
        community_id=scope.community_id,
        report=report.name,
        parameters=asked,
        rows=rows,
        digest=digest,
        taken_on=scope.today,
        taken_by=by,
    )
    session.add(snapshot)
    session.flush()
    return snapshot


def _with_digest(session: Session, community_id: int | None, digest: str) -> Snapshot | None:
    """The snapshot of a community, or of all, with these figures."""
    own = Snapshot.community_id.is_not_distinct_from(community_id)
    return session.scalar(select(Snapshot).where(Snapshot.digest == digest, own).limit(1))


def parameters(scope: Scope) -> Row:
    """What the report was asked for, as it is stored."""
    period = [scope.period.first.isoformat(), scope.period.last.isoformat()] if scope.period else None
    return {"now": scope.now.isoformat(), "period": period, "by": list(scope.by), "team_id": scope.team_id}


def digest_of(name: str, asked: Row, rows: Sequence[Row]) -> str:
    """The SHA-256 of a report's figures and of what it was asked for; when that was is left out."""
    told = {"report": name, "parameters": {**asked, "now": None}, "rows": rows}
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _kept(report: Report, row: Row) -> Row:
    """The row as it is stored: without the names of people, whose ids are enough to find them."""
    personal = {figure.column.name for figure in report.figures if figure.personal}
    personal |= {"person"} if "person_id" in row else set()
    return {name: plain(value) for name, value in row.items() if name not in personal}


def snapshots(session: Session, community_id: int | None = None) -> Sequence[Snapshot]:
    """The snapshots of a community, or all, the latest last."""
    query = select(Snapshot).order_by(Snapshot.id)
    if community_id is not None:
        query = query.where(Snapshot.community_id == community_id)
    return session.scalars(query).all()


def find_snapshot(session: Session, text: str) -> Snapshot:
    """The snapshot with an id.

    Raises:
        NoSnapshot: there is none.
    """
    # Longer numbers do not fit into an integer of the database, and no id has come so far.
    is_id = text.isascii() and text.isdigit() and len(text) < 16
    snapshot = session.get(Snapshot, int(text)) if is_id else None
    if snapshot is None:
        raise NoSnapshot(text=text)
    return snapshot


def reprinted(session: Session, snapshot: Snapshot) -> Answer:
    """The answer as it was kept.

    Raises:
        SnapshotDamaged: the figures are not those that were kept.
    """
    if digest_of(snapshot.report, snapshot.parameters, snapshot.rows) != snapshot.digest:
        raise SnapshotDamaged(number=snapshot.id)
    report, scope = report_named(snapshot.report), scope_of(snapshot)
    view = report.view(scope)
    rows = [_read(row, view.columns) for row in snapshot.rows]
    return Answer(report, scope, _as_kept(view, rows), with_names(session, rows))


def scope_of(snapshot: Snapshot) -> Scope:
    """What the report was asked for."""
    from volunteer_cli.core.dates import Period

    parameters = snapshot.parameters
    days = parameters["period"]
    period = Period(date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else None
    now = datetime.fromisoformat(parameters["now"])
    return Scope(now, period, tuple(parameters["by"]), parameters["team_id"], snapshot.community_id)


def _as_kept(view: View, rows: Sequence[Row]) -> View:
    """The view with the columns that were kept, those that the report has no more among them."""
    today = {column.name for column in view.columns}
    names = dict.fromkeys(name for row in rows for name in row)
    former = [Column(name, table=False) for name in names if name not in today]
    # Names of people are not kept, and are read anew by their ids.
    columns = [column for column in view.columns if column.name in names or column.name == "person"]
    identity = view.identity if view.identity in names else ""
    return View(view.name, view.title, (*columns, *former), identity)


def _read(row: Row, columns: Iterable[Column]) -> Row:
    kinds = {column.name: column for column in columns}
    return {name: _value(kinds.get(name), value) for name, value in row.items()}


def _value(column: Column | None, value: Any) -> Any:
    if column is None or value is None:
        return value
    # Kept as JSON, which knows no days.
    if column.kind is Kind.DATE:
        return date.fromisoformat(value)
    if column.kind is Kind.QUANTITY and isinstance(value, list):
        number, direction = value
        # Before directions were known, an approximate number was kept as [number, true] and meant at least.
        return Quantity(number, direction=Direction.AT_LEAST if direction is True else direction)
    if column.kind is Kind.ROWS and column.view:
        return [_read(row, column.view.columns) for row in value]
    return value
