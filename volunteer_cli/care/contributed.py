"""Columns that visits add to the views of households."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from volunteer_cli.care.terms import LEVELS
from volunteer_cli.core.i18n import N_
from volunteer_cli.core.looking import once
from volunteer_cli.core.run import run
from volunteer_cli.output.view import Column, Kind, View


def _dues(session: Any, households: Sequence[Any]) -> Mapping[int, Any]:
    """What is due of households; several columns ask for the same ones, one after the other."""
    from volunteer_cli.care.queries.due import dues
    from volunteer_cli.households.models import Household

    today, ids = run().clock.today, tuple(household.id for household in households)
    due = once(session, ("care.dues", today, ids), lambda: list(dues(session, today, Household.id.in_(ids))))
    return {row.id: row for row in due}


def _due(name: str) -> Any:
    return lambda session, households: {
        key: getattr(row, name) for key, row in _dues(session, households).items()
    }


def _visits(session: Any, households: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.care.queries.listing import visit_counts

    return visit_counts(session, [household.id for household in households])


def _supplies(session: Any, households: Sequence[Any]) -> Mapping[int, Any]:
    from volunteer_cli.care.queries.listing import supplies_of

    return supplies_of(session, [household.id for household in households])


#: Of what a household was given its own page alone speaks, and that with a reason.
SUPPLIES = View(
    "supplies",
    N_("Goods given"),
    (
        Column("visit", N_("Visit"), Kind.ID),
        Column("date", N_("Date"), Kind.DATE),
        Column("item", N_("Item")),
        Column("quantity", N_("Quantity"), Kind.COUNT),
        Column("unit", N_("Counted in")),
        Column("drive", N_("Drive")),
    ),
    identity="visit",
)
HOUSEHOLD = (
    Column(
        "interval", N_("Every (days)"), Kind.NUMBER, load=_due("interval"), table=False, after="visit_every"
    ),
    Column(
        "last_met_on", N_("Last met on"), Kind.DATE, load=_due("last_met_on"), table=False, after="interval"
    ),
    Column("visit_due_on", N_("Visit due"), Kind.DATE, load=_due("due_on"), table=False, after="last_met_on"),
    Column(
        "overdue_days",
        N_("Days late"),
        Kind.NUMBER,
        load=_due("overdue_days"),
        table=False,
        after="visit_due_on",
    ),
    Column(
        "level",
        N_("Level"),
        Kind.CHOICE,
        load=_due("level"),
        choices=LEVELS,
        table=False,
        after="overdue_days",
    ),
    Column("visits", N_("Visits"), Kind.COUNT, load=_visits, default=0, show_only=True, after="people"),
    Column(
        "supplies",
        N_("Goods given"),
        Kind.ROWS,
        load=_supplies,
        default=(),
        view=SUPPLIES,
        show_only=True,
        hidden=True,
        after="gifts_held",
    ),
)
