"""Making the copy that is lent: the same data, and ids and numbers of its own from there on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import insert

from volunteer_cli.core.backup import copy_into_draft, file_to_copy, verify
from volunteer_cli.core.database import connect_new, fault_of_file, faults_explained, make_engine, start_ids
from volunteer_cli.core.drafts import made_beside
from volunteer_cli.core.lending.errors import CopyExists
from volunteer_cli.core.models import Base
from volunteer_cli.core.records import Loan


def copy_to_lend(target: str, loan: Loan) -> None:
    """Make the file of a loan that is entered and not yet committed: whole or, whatever happens, not at all.

    Raises:
        CopyExists, NotAFile, DatabaseReadOnly, DiskFull: there is then no copy.
    """
    source, copy = file_to_copy(target), Path(loan.file)
    try:
        if copy.exists():
            raise CopyExists(path=copy)
        with made_beside(copy) as draft:
            copy_into_draft(source, draft)
            _mark(draft, loan)
            verify(draft)
            _make_ready(draft)
    except FileExistsError as error:
        raise CopyExists(path=copy) from error
    except (OSError, ValueError) as error:
        raise fault_of_file(copy, error) from error


def _mark(draft: Path, loan: Loan) -> None:
    """Enter the loan in the copy as borrowed, and let its ids begin in the range of its site."""
    row = {column.name: getattr(loan, column.name) for column in Loan.__table__.columns}
    with faults_explained(str(draft)), make_engine(str(draft), writing=True).begin() as connection:
        connection.execute(insert(Loan), [{**row, "borrowed": True}])
        start_ids(connection, Base.metadata.tables, loan.first_id)


def _make_ready(draft: Path) -> None:
    """Let readers not wait for a writer there, as in every database that is worked in."""
    with closing(connect_new(draft)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
