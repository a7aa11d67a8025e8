"""What the overview says of service hours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Kind
from volunteer_cli.reporting.declaration import Row, Scope, figure
from volunteer_cli.reporting.overview import Part

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _row(session: Session, scope: Scope) -> Row:
    from volunteer_cli.hours.reports import hours_rows

    (hours,) = hours_rows(session, replace(scope, by=()))
    return {"minutes": hours["minutes"], "records": hours["records"], "served": hours["people"]}


PARTS = (
    Part(
        (
            figure(
                "minutes",
                N_("Hours"),
                Kind.MINUTES,
                N_(
                    "Counted minutes of confirmed records on days of the period, rounded and capped by the policies, as the report hours has them."
                ),
                front=1,
            ),
            figure(
                "records", N_("Records"), Kind.COUNT, N_("The confirmed records these minutes come from.")
            ),
            figure(
                "served",
                N_("People who served"),
                Kind.COUNT,
                N_(
                    "People with at least one confirmed record on a day of the period, volunteers or not, each once."
                ),
                front=2,
            ),
        ),
        _row,
        place=7,
    ),
)
