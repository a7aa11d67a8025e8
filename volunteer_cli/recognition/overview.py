"""What the overview says of recognition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Row, Scope, figure
from volunteer_cli.reporting.overview import Part

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _row(session: Session, scope: Scope) -> Row:
    from volunteer_cli.recognition.queries import certificates
    from volunteer_cli.recognition.reports import honour_rows

    issued = [
        one
        for one in certificates(session, community_id=scope.community_id)
        if one.voided_on is None and (scope.period is None or one.issued_on in scope.period)
    ]
    return {"honours": len(honour_rows(session, scope)), "certificates": len(issued)}


PARTS = (
    Part(
        (
            figure(
                "honours",
                N_("Honours"),
                Kind.COUNT,
                N_("Honours awarded in the period, voided ones left out."),
                front=8,
            ),
            figure(
                "certificates",
                N_("Certificates"),
                Kind.COUNT,
                N_("Certificates issued in the period, voided ones left out."),
                front=9,
            ),
        ),
        _row,
        place=9,
    ),
)
