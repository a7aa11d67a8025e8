"""What of people waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import Task, item

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CHECK_DUPLICATES = "check_duplicates"


def duplicates_to_check(session: Session, scope: Scope) -> Iterator[Row]:
    """Pairs of people who may be one."""
    from volunteer_cli.people.duplicates import duplicate_pairs

    if pairs := duplicate_pairs(session, scope.community_id):
        yield item(CHECK_DUPLICATES, None, len(pairs), "person duplicates")


TASKS = (Task(CHECK_DUPLICATES, N_("look at likely duplicates"), duplicates_to_check, place=8, brief=False),)
