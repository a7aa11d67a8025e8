"""What the overview says of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Row, Scope, figure
from volunteer_cli.reporting.overview import Part

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _row(session: Session, scope: Scope) -> Row:
    from volunteer_cli.events.queries import attendances, beginning, events_by_status
    from volunteer_cli.events.terms import EventStatus

    within = beginning(scope.period, community_id=scope.community_id)
    events = events_by_status(session, *within)
    return {
        "events": sum(events.values()),
        "events_held": events.get(EventStatus.DONE, 0),
        "attended": attendances(session, *within),
    }


PARTS = (
    Part(
        (
            figure(
                "events",
                N_("Events"),
                Kind.COUNT,
                N_("Events that begin in the period, in every state, as the report events has them."),
            ),
            figure(
                "events_held",
                N_("Events held"),
                Kind.COUNT,
                N_("Events that begin in the period and are finished."),
                front=6,
            ),
            figure(
                "attended",
                N_("Attendances"),
                Kind.COUNT,
                N_(
                    "Sign-ups for events that begin in the period whose people came; one who came to two events counts twice."
                ),
                front=7,
            ),
        ),
        _row,
        place=6,
    ),
)
