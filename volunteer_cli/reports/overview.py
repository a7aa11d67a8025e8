"""A community on one screen: what the areas say of it, and what is due."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from volunteer_cli.areas import gathered
from volunteer_cli.core.i18n import N_
from volunteer_cli.output.view import Column, Kind, View
from volunteer_cli.reporting.declaration import Figure, Report, Row, Scope, figure
from volunteer_cli.reporting.overview import Part
from volunteer_cli.reports.worklist import task_titles, waiting_counts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DUE = View(
    "due",
    N_("To do"),
    (
        Column("task", N_("Task"), Kind.CHOICE, choices=task_titles()),
        Column("count", N_("Count"), Kind.COUNT),
    ),
)


@cache
def parts() -> tuple[Part, ...]:
    """What the areas say of a community, in the order of the screen."""
    return tuple(sorted(gathered("overview"), key=lambda part: part.place))


def figures() -> tuple[Figure, ...]:
    """The figures of all areas; tables stand below the single figures."""
    declared = [figure for part in parts() for figure in part.figures]
    return tuple(sorted(declared, key=lambda figure: figure.column.kind is Kind.ROWS))


def overview_rows(session: Session, scope: Scope) -> Sequence[Row]:
    """One row of figures, each taken from the report that explains it."""
    return [{**overview_figures(session, scope), "due": waiting_counts(session, scope)}]


def overview_figures(session: Session, scope: Scope) -> Row:
    """The overview without what is to be done now."""
    row: Row = {}
    for part in parts():
        row |= part.row(session, scope)
    return row


def _period(_session: Session, scope: Scope) -> Row:
    return {"period": scope.period.label if scope.period else None}


PARTS = (
    Part(
        (
            figure(
                "period",
                N_("Period"),
                Kind.CODE,
                N_(
                    "The period that was asked for; without one, figures of service and gifts are of all time."
                ),
                total=False,
                blank=N_("all time"),
            ),
        ),
        _period,
        place=2,
    ),
)


OVERVIEW = Report(
    name="overview",
    place=1,
    title=N_("Overview"),
    help=N_("Show a community on one screen: people, service, drives and what is due."),
    question=N_("How do things stand?"),
    rows=overview_rows,
    keys=("community_id",),
    single=True,
    figures=(
        *figures(),
        figure(
            "due",
            N_("To do"),
            Kind.ROWS,
            N_("What the report today lists now, by task, without stars and duplicates."),
            total=False,
            view=DUE,
        ),
    ),
)
REPORTS = (OVERVIEW,)
