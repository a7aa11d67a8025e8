"""What must always hold of ids: a database gives those of its own range."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Select, Table, or_, select
from sqlalchemy.orm import Session

from volunteer_cli.core.checks import Check, Finding
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.lending.loans import borrowed
from volunteer_cli.core.lending.sites import RANGE
from volunteer_cli.core.models import Base
from volunteer_cli.core.records import Loan


def foreign_ids(session: Session) -> Iterator[Finding]:
    """Rows whose ids another site gives, so that a merge would take them for something else."""
    loan = borrowed(session)
    problem = _("Its id is none that this database gives.")
    for table in Base.metadata.sorted_tables:
        if table.info["keeps_history"]:
            for key in session.scalars(_strange(table, loan)):
                yield Finding(f"{table.name}:{key}", problem)


def _strange(table: Table, loan: Loan | None) -> Select[int]:
    """The ids beyond the range of the office and, in a lent copy, of its site."""
    strange = table.c.id >= RANGE
    if loan is not None:
        first = loan.site * RANGE
        strange = strange & or_(table.c.id <= loan.first_id, table.c.id >= first + RANGE)
    return select(table.c.id).where(strange)


CHECKS = (Check("site-ids", N_("Every record has an id of its own site"), foreign_ids),)
