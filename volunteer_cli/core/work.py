"""The unit of work: one session, one transaction, one operation.

    with work("team add") as session:
        team = rules.add_team(session, ...)

commits once when the block ends well, writes the operation with its changes, and rolls back on any
exception. Inside an open unit of work (a batch) another one joins it. `--dry-run` is the same path
with a rollback. What is to be said or written when all is safe goes through `afterwards`.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from volunteer_cli.core.database import check_schema, faults_explained, make_engine, require_file
from volunteer_cli.core.settings import settings

if TYPE_CHECKING:
    from volunteer_cli.core.records import Operation


class Work:
    """The unit of work that is open: its session, its recorder, and what waits for the commit."""

    def __init__(self, session: Session, command: str) -> None:
        # A command that only reads never comes here, and is spared the history's mapped classes.
        from volunteer_cli.core.history import Recorder

        self.session = session
        self.command = command
        self.recorder = Recorder(session)
        self.reason: str | None = None
        self.revealed: list[tuple[str, str]] = []
        self.committed: int | None = None
        self._operation: Operation | None = None
        self._afterwards: list[Callable[[Work], None]] = []

    @property
    def operation(self) -> Operation:
        """The operation of this work, made when first asked for; it vanishes if nothing is changed."""
        if self._operation is None:
            self._operation = _operation(self.command, self.reason)
            self.session.add(self._operation)
            self.session.flush()
        return self._operation

    def afterwards(self, action: Callable[[Work], None]) -> None:
        """Do this when the work is committed (in a dry run: when it has been rolled back)."""
        self._afterwards.append(action)

    def finish(self) -> None:
        """Commit what was changed as one operation; without a change, leave no trace."""
        self.session.flush()
        if self.recorder.empty and not self.revealed:
            self.session.rollback()
        elif settings().dry_run:
            self.operation  # noqa: B018 - the same path as for real: the number is shown nowhere
            self.session.rollback()
        else:
            operation = self.operation
            operation.reason = self.reason
            number = operation.id
            self.recorder.write(number)
            self.session.commit()
            self.committed = number
            _added.update(self.recorder.last_inserted)

    def settle(self) -> None:
        """Do what was to be done afterwards."""
        for action in self._afterwards:
            action(self)


def _operation(command: str, reason: str | None) -> Operation:
    from volunteer_cli.core.records import Operation

    return Operation(
        at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        actor=settings().actor,
        command=command,
        arguments=shlex.join(settings().arguments),
        reason=reason,
    )


#: The record that each table got last, for `@last` in a batch that commits line by line.
_added: dict[str, int] = {}
_open: Work | None = None
_reading: Session | None = None


def current_work() -> Work | None:
    """The unit of work that is open, if one is."""
    return _open


@contextmanager
def work(command: str, *, reason: str | None = None) -> Iterator[Session]:
    """Change data in one transaction; see the module.

    Raises:
        DatabaseFault: the database is missing, locked, damaged, of another version or not writable.
    """
    global _open
    if _open is not None:
        yield _open.session
        _open.session.flush()
        return
    opened: Work | None = None
    try:
        with session_on(settings().database, writing=True) as session:
            _open = opened = Work(session, command)
            opened.reason = reason
            try:
                yield session
                opened.finish()
            finally:
                _open = None
    finally:
        if opened is not None and opened.committed is None:
            _keep_reveals(opened.revealed)
    opened.settle()


def _keep_reveals(revealed: list[tuple[str, str]]) -> None:
    """Keep in the history what was shown by work that was then rolled back: it has been seen all the same."""
    if revealed:
        with session_on(settings().database, writing=True) as session:
            session.add_all(_operation(f"reveal {what}", reason) for what, reason in revealed)
            session.commit()


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only reads; inside an open unit of work, that one's session."""
    global _reading
    if _open is not None:
        _open.session.flush()
        yield _open.session
    elif _reading is not None:
        yield _reading
    else:
        with session_on(settings().database, writing=False) as session:
            _reading = session
            try:
                yield session
            finally:
                _reading = None


@contextmanager
def session_on(target: str, *, writing: bool) -> Iterator[Session]:
    """A session on a database whose schema fits; rolled back and closed at the end of the block."""
    require_file(target, writing=writing)
    engine = make_engine(target, writing=writing)
    with faults_explained(target), Session(engine, expire_on_commit=False) as session:
        connection = session.connection()
        check_schema(connection, target)
        zone = connection.execute(text("SELECT value FROM policy WHERE name = 'timezone'")).scalar()
        if zone:
            settings().zone = zone
        yield session


def record_reveal(session: Session, what: str, reason: str) -> None:
    """Keep in the history that masked values were shown, to whom and why."""
    if _open is not None and _open.session is session:
        _open.revealed.append((what, reason))
        _open.reason = _open.reason or reason
        return
    with work(f"reveal {what}", reason=reason):
        assert _open is not None  # noqa: S101 - for the type checker; `work` has just opened it
        _open.revealed.append((what, reason))


def last_added(table: str) -> int | None:
    """The key of the row that the batch added last to a table."""
    return (_open.recorder.last_inserted if _open else {}).get(table) or _added.get(table)


def forget_added() -> None:
    """Begin a batch: `@last` is nothing yet."""
    _added.clear()


def note_reason(reason: str | None) -> None:
    """Keep why this is done with the open operation."""
    if _open and reason:
        _open.reason = reason


def afterwards(action: Callable[[Any], None]) -> None:
    """Do this when the open work is committed, or at once when none is open."""
    if _open is not None:
        _open.afterwards(action)
    else:
        action(None)
