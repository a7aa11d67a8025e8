"""The unit of work: one session, one transaction, one operation.

    with work("team add") as session:
        team = rules.add_team(session, ...)

commits once when the block ends well, writes the operation with its changes, and rolls back on any
exception. Inside an open unit of work (a batch) another one joins it. `--dry-run` is the same path
with a rollback. What is to be said or written when all is safe goes through `afterwards`.
"""

from __future__ import annotations

import shlex
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from volunteer_cli.core.database import check_schema, engine_for, faults_explained, require_file
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import Run, run, running
from volunteer_cli.core.targets import without_target

if TYPE_CHECKING:
    from volunteer_cli.core.records import Operation


class Work:
    """The unit of work that is open: its session, its recorder, and what waits for the commit."""

    def __init__(self, session: Session, command: str, reason: str | None = None) -> None:
        # A command that only reads never comes here, and is spared the history's mapped classes.
        from volunteer_cli.core.history import Recorder

        self.session = session
        self.command = command
        self.recorder = Recorder(session)
        #: The run it was opened in: in a batch the batch's, whose command line the history keeps.
        self.run = run()
        self.reason = reason
        self.revealed: list[tuple[str, str]] = []
        #: Whether it counts although no table of data was changed, only the history itself.
        self.kept = False
        self.committed: int | None = None
        self._operation: Operation | None = None
        self._afterwards: list[tuple[Run, Callable[[Work], None]]] = []
        self._requirements: list[Callable[[Session], None]] = []

    @property
    def operation(self) -> Operation:
        """The operation of this work, made when first asked for; it vanishes if nothing is changed."""
        # One that was made within a savepoint is gone with it, and what names its number would name nothing.
        if self._operation is None or self._operation not in self.session:
            self._operation = _operation(self.run, self.command, self.reason)
            self.session.add(self._operation)
            self.session.flush()
        return self._operation

    def afterwards(self, action: Callable[[Work], None]) -> None:
        """Do this when the work is committed (in a dry run: when it has been rolled back), in the run that asks."""
        self._afterwards.append((run(), action))

    def require(self, whole: Callable[[Session], None]) -> None:
        """Ask this before the commit, when the areas have done their part; what it raises takes all back."""
        self._requirements.append(whole)

    def finish(self) -> None:
        """Commit what was changed as one operation; without a change, leave no trace."""
        self.session.flush()
        if not self.recorder.empty:
            self.run.before_commit(self)
            self.session.flush()
            for whole in self._requirements:
                whole(self.session)
        if self.recorder.empty and not self.revealed and not self.kept:
            self.session.rollback()
        elif self.run.given.dry_run:
            self.operation  # noqa: B018 - the same path as for real: the number is shown nowhere
            self.session.rollback()
        else:
            self._commit()

    def _commit(self) -> None:
        operation = self.operation
        operation.reason = self.reason
        # Read before the commit, after which the operation belongs to no transaction any more.
        number = operation.id
        self.recorder.write(number)
        with undisturbed():
            self.session.commit()
            self.committed = number
            self.run.commits.operations.append(number)
        self.run.added.update(self.recorder.last_inserted)

    def settle(self) -> None:
        """Do what was to be done afterwards; what fails then is told, and undoes nothing."""
        for asker, action in self._afterwards:
            try:
                with running(asker):
                    action(self)
            except VolunteerError as error:
                if self.committed is None:
                    raise
                self.run.commits.remarks.append(_done_but(self.committed, error))


def _done_but(number: int, error: VolunteerError) -> str:
    return _("Operation {number} is done, but: {error}").format(number=number, error=error)


def _operation(opened_in: Run, command: str, reason: str | None) -> Operation:
    from volunteer_cli.core.records import Operation

    return Operation(
        at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        actor=opened_in.given.actor,
        command=command,
        arguments=shlex.join(without_target(opened_in.arguments)),
        reason=reason,
    )


@contextmanager
def work(command: str, *, reason: str | None = None) -> Iterator[Session]:
    """Change data in one transaction; see the module.

    Raises:
        DatabaseFault: the database is missing, locked, damaged, of another version or not writable.
    """
    if (joined := run().work) is not None:
        yield joined.session
        joined.session.flush()
        return
    with _opened(command, reason) as opened:
        yield opened.session
        opened.finish()
    opened.settle()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back an interruption until the end of the block, so that it is known whether it was committed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    interruptions: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: interruptions.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if interruptions:
        raise KeyboardInterrupt


@contextmanager
def _opened(command: str, reason: str | None) -> Iterator[Work]:
    """Work of its own, the run's until the end of the block."""
    current = run()
    opened: Work | None = None
    try:
        with session_on(current.given.database, writing=True) as session:
            current.work = opened = Work(session, command, reason)
            yield opened
    except BaseException:
        current.commits.rolled_back = opened is not None and not opened.recorder.empty
        raise
    finally:
        current.work = None
        if opened is not None and opened.committed is None:
            _keep_reveals(opened)


def _keep_reveals(rolled_back: Work) -> None:
    """Keep in the history what was shown by work that was then rolled back: it has been seen all the same."""
    if rolled_back.revealed:
        with session_on(run().given.database, writing=True) as session:
            for what, reason in rolled_back.revealed:
                session.add(_operation(rolled_back.run, f"reveal {what}", reason))
            session.commit()


@contextmanager
def reading() -> Iterator[Session]:
    """A session that only reads; inside an open unit of work, that one's session."""
    if (opened := run().work) is not None:
        opened.session.flush()
        yield opened.session
    elif (session := run().session) is not None:
        yield session
    else:
        with session_on(run().given.database, writing=False) as session:
            yield session


@contextmanager
def session_on(target: str, *, writing: bool) -> Iterator[Session]:
    """A session on a database whose schema fits, the run's own; rolled back and closed at the end of the block."""
    require_file(target, writing=writing)
    engine = engine_for(target, writing=writing)
    current = run()
    before = current.session
    with faults_explained(target), Session(engine, expire_on_commit=False) as session:
        check_schema(session.connection(), target)
        current.session = session
        # Amounts are shown when all is safe, and then nothing is open any more that could be asked.
        current.remember_usages()
        try:
            yield session
        finally:
            current.session = before


def record_reveal(session: Session, what: str, reason: str) -> None:
    """Keep in the history that masked values were shown, to whom and why."""
    opened = run().work
    if opened is not None and opened.session is session:
        opened.revealed.append((what, reason))
        opened.reason = opened.reason or reason
        return
    with work(f"reveal {what}", reason=reason):
        opened = run().work
        assert opened is not None  # noqa: S101 - for the type checker; `work` has just opened it
        opened.revealed.append((what, reason))


def last_added(table: str) -> int | None:
    """The key of the row that the batch added last to a table."""
    opened = run().work
    in_work = opened.recorder.last_inserted.get(table) if opened else None
    return in_work or run().added.get(table)


def note_reason(reason: str | None) -> None:
    """Keep why this is done with the open operation."""
    opened = run().work
    if opened and reason:
        opened.reason = reason


def afterwards(action: Callable[[Any], None]) -> None:
    """Do this when the open work is committed, or at once when none is open."""
    opened = run().work
    if opened is not None:
        opened.afterwards(action)
    else:
        action(None)
