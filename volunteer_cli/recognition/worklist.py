"""What of stars waits for somebody to do it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.declaration import Row, Scope
from volunteer_cli.reporting.worklist import Task, item

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

GRANT_STAR = "grant_star"


def stars_to_grant(session: Session, scope: Scope) -> Iterator[Row]:
    """People whose hours reach a star that they do not hold."""
    from volunteer_cli.recognition.rules.stars import star_standings

    for one in star_standings(session, scope.community_id):
        if one.proposed:
            yield item(
                GRANT_STAR,
                one.person,
                1,
                f"star grant {one.id} {one.proposed}",
                thing=f"person:{one.id}",
            )


TASKS = (Task(GRANT_STAR, N_("decide on a star"), stars_to_grant, place=7, brief=False),)
