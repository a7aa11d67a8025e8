"""The copy that came back: whether it is one that this database lent, and reading it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer_cli.admin.database_info import database_info
from volunteer_cli.core.database import (
    DatabaseFault,
    check_schema,
    faults_explained,
    file_of,
    make_engine,
    require_file,
)
from volunteer_cli.core.history import Recorder
from volunteer_cli.core.lending.errors import LentBackup, NotLent, SameFile, Superseded, Twofold
from volunteer_cli.core.lending.loans import borrowed
from volunteer_cli.core.records import Loan, Operation
from volunteer_cli.core.run import run


@contextmanager
def copy_opened(file: Path) -> Iterator[Session]:
    """A session on a copy, which is only read.

    Raises:
        SameFile: it is the database itself.
        DatabaseMissing, DatabaseForeign, DatabaseOld, DatabaseNew: it cannot be read.
    """
    target = str(file)
    require_file(target, writing=False)
    own = file_of(run().given.database)
    if own is not None and own.exists() and own.samefile(file):
        raise SameFile(file=file)
    engine = make_engine(target, writing=False)
    with faults_explained(target), Session(engine) as copy:
        check_schema(copy.connection(), target)
        # Whoever looks for what tells of somebody looks also into what is not written yet: here, nothing.
        Recorder(copy)
        yield copy
    engine.dispose()


def loan_of(session: Session, copy: Session, file: Path) -> Loan:
    """The loan here of a copy that came back.

    Raises:
        NotLent, Superseded, Twofold: it is no copy whose operations can be brought.
    """
    there = borrowed(copy)
    loan = there and session.scalar(select(Loan).where(Loan.token == there.token, ~Loan.borrowed))
    if loan is None or not _same_past(session, copy, loan.last_operation):
        raise NotLent(file=file)
    _require_newest(session, loan, file)
    _require_one_file(session, copy, loan, file)
    return loan


def _same_past(session: Session, copy: Session, number: int) -> bool:
    """Whether the last operation that both should have in common is the same one."""
    one, other = session.get(Operation, number), copy.get(Operation, number)
    return one == other or (one is not None and other is not None and _mark(one) == _mark(other))


def _mark(operation: Operation) -> tuple[object, str]:
    return operation.at, operation.command


def _require_newest(session: Session, loan: Loan, file: Path) -> None:
    newest = session.scalar(select(func.max(Loan.id)).where(Loan.site == loan.site))
    if newest != loan.id:
        raise Superseded(file=file, day=loan.returned_on, site=loan.site)


def _require_one_file(session: Session, copy: Session, loan: Loan, file: Path) -> None:
    """Two files that began as one give the same numbers to different operations."""
    brought = select(Operation).where(Operation.site == loan.site, Operation.origin_id > loan.first_id)
    for operation in session.scalars(brought):
        other = copy.get(Operation, operation.origin_id)
        if other is None or _mark(other) != _mark(operation):
            raise Twofold(file=file, day=loan.returned_on, number=operation.origin_id)


def require_no_copy(target: str, file: Path) -> None:
    """Refuse to put a lent copy in the place of the office's database; raises LentBackup."""
    site = _site_of(file)
    if site is not None and _site_of(Path(file_of(target) or "")) != site:
        raise LentBackup(file=file, site=site)


def _site_of(file: Path) -> int | None:
    """The site of a lent copy; None for any other file, also for one that cannot be read."""
    if not file.is_file():
        return None
    try:
        site: int | None = database_info(str(file))["site"]
    except DatabaseFault:
        return None
    return site
