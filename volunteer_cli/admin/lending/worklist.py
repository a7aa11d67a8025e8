"""Copies that are out, until they have come back."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import Task, item

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BRING_BACK = "bring_back_copy"


def copies_out(session: Session, _scope: Scope) -> Iterator[Row]:
    """Each copy that was lent and has not come back, with the day by which it should."""
    from volunteer_cli.core.lending.loans import loans_out

    for loan in loans_out(session):
        what = _("site {site}: {file}").format(site=loan.site, file=loan.file)
        step = f"db merge {shlex.quote(loan.file)}"
        yield item(BRING_BACK, what, 1, step, thing=f"loan:{loan.id}", due=loan.until)


TASKS = (Task(BRING_BACK, N_("bring back a lent copy"), copies_out),)
