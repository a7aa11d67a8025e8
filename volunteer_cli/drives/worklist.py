"""What of donation drives waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import AHEAD_DAYS, Task, item

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PUBLISH_NOTICE, CORRECT_NOTICE = "publish_notice", "correct_notice"


def notices_to_publish(session: Session, scope: Scope) -> Iterator[Row]:
    """Notices that drives owe the public, past or of the coming days."""
    from volunteer_cli.communities.models import Community
    from volunteer_cli.drives.queries.disclosure import disclosures_due

    # Some days ahead: a notice is written, read by two and printed before the day on which it is owed.
    community = session.get(Community, scope.community_id) if scope.community_id else None
    for due in disclosures_due(session, scope.today, community=community, within_days=AHEAD_DAYS):
        yield item(
            PUBLISH_NOTICE,
            due.drive.name,
            1,
            f"drive notice {due.drive.code}",
            thing=f"drive:{due.drive.id}",
            due=due.due_on,
        )


def notices_to_correct(session: Session, scope: Scope) -> Iterator[Row]:
    """Published notices that do not tell what came to light since; they are corrected in public, never edited."""
    from volunteer_cli.communities.models import Community
    from volunteer_cli.drives.queries.disclosure import overtaken_notices

    community = session.get(Community, scope.community_id) if scope.community_id else None
    for drive, notice in overtaken_notices(session, community):
        step, thing = f"drive publish {drive.code}", f"drive:{drive.id}"
        yield item(CORRECT_NOTICE, notice.number, 1, step, thing=thing)


TASKS = (
    Task(PUBLISH_NOTICE, N_("publish a notice"), notices_to_publish, place=6),
    Task(CORRECT_NOTICE, N_("correct a published notice"), notices_to_correct, place=6, brief=False),
)
