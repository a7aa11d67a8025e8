"""What the overview says of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Row, Scope, figure
from volunteer_cli.reporting.overview import Part

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _row(session: Session, scope: Scope) -> Row:
    from sqlalchemy import func, select

    from volunteer_cli.people.models import Person
    from volunteer_cli.people.queries import in_use_on

    count = select(func.count()).select_from(Person).where(in_use_on(scope.as_of))
    if scope.community_id is not None:
        count = count.where(Person.community_id == scope.community_id)
    return {"people": session.scalar(count)}


PARTS = (
    Part(
        (
            figure(
                "people",
                N_("People"),
                Kind.COUNT,
                N_(
                    "People on file whose record was not archived or erased by the end of the period or today. The day on which a person came on file is not asked, so those added later are in it."
                ),
            ),
        ),
        _row,
        place=3,
    ),
)
