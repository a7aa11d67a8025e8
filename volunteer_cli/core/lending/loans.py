"""Sites, the ids and numbers that each of them gives, and which copies are out."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from volunteer_cli.core.lending.errors import IsLent, SiteLent
from volunteer_cli.core.lending.sites import RANGE
from volunteer_cli.core.records import Brought, Loan, Operation

#: Further copies of a site begin at a round id, so that a number on paper means one record.
STEP = 10_000


def borrowed(session: Session) -> Loan | None:
    """The loan as which this database is itself out, if it is a lent copy."""
    return session.scalar(select(Loan).where(Loan.borrowed))


def loans_out(session: Session) -> Sequence[Loan]:
    """The copies that were lent and have not come back, what is due first before the rest; a copy waits for none."""
    if borrowed(session) is not None:
        return ()
    out = select(Loan).where(~Loan.borrowed, Loan.returned_on.is_(None))
    return session.scalars(out.order_by(Loan.until.is_(None), Loan.until, Loan.id)).all()


def new_loan(session: Session, file: Path, site: int, until: date | None, today: date) -> Loan:
    """Enter that a copy goes out to a site.

    Raises:
        IsLent, SiteLent: it cannot.
    """
    require_own(session)
    for loan in loans_out(session):
        if loan.site == site:
            raise SiteLent(site=site, day=loan.lent_on, file=loan.file)
    loan = Loan(
        token=secrets.token_hex(16),
        site=site,
        file=str(file),
        lent_on=today,
        until=until,
        last_operation=session.scalar(select(func.max(Operation.id))) or 0,
        first_id=_first_id(session, site),
    )
    session.add(loan)
    session.flush()
    return loan


def require_own(session: Session) -> None:
    """Refuse what only the office does; raises IsLent."""
    if (loan := borrowed(session)) is not None:
        raise IsLent(site=loan.site)


def _first_id(session: Session, site: int) -> int:
    first = site * RANGE
    within = Brought.last_key.between(first, first + RANGE - 1)
    last = session.scalar(select(func.max(Brought.last_key)).where(within))
    return first if last is None else last - last % STEP + STEP
