"""A report answered: its rows with names, compared with the period before where that was asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.quantity import Quantity, quantity_of
from volunteer_cli.output.view import NUMERIC, Column, Kind, View
from volunteer_cli.reporting.declaration import Report, Row, Scope
from volunteer_cli.reporting.errors import NothingBefore
from volunteer_cli.reporting.naming import with_names

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Answer:
    """What a report answered, and how it is shown."""

    report: Report
    scope: Scope
    view: View
    rows: Sequence[Row]

    @property
    def adds_up(self) -> bool:
        """Whether a totals row makes sense."""
        return self.report.adds_up(self.scope)


def answer(session: Session, report: Report, scope: Scope, *, compare: bool = False) -> Answer:
    """What the report answers for a scope.

    Raises:
        NothingBefore: a comparison without a period.
    """
    if compare and scope.period is None:
        raise NothingBefore
    rows = report.rows(session, scope)
    if compare:
        rows = _compared(report, scope, rows, report.rows(session, _scope_before(scope)))
    return Answer(report, scope, view_of(report, scope, compare=compare), with_names(session, rows))


def view_of(report: Report, scope: Scope, *, compare: bool = False) -> View:
    """The columns of the answer; with a comparison, each figure's value before and its change after it."""
    view = report.view(scope)
    if not compare:
        return view
    figures = {column.name for column in _compared_columns(report)}
    columns = [
        part
        for column in view.columns
        for part in (_with_before(column) if column.name in figures else (column,))
    ]
    return replace(view, columns=tuple(columns))


def _compared_columns(report: Report) -> list[Column]:
    return [
        figure.column
        for figure in report.figures
        if figure.compared
        and figure.column.kind in NUMERIC - {Kind.ID}
        and figure.column.name not in report.keys
    ]


def _with_before(column: Column) -> tuple[Column, ...]:
    def titled(pattern: str) -> str:
        return _(pattern).format(title=column.heading)

    ratio = tuple(f"{name}_before" for name in column.ratio)
    beside = replace(column, beside=column.name)
    before = replace(beside, name=f"{column.name}_before", title=titled(N_("{title}, before")), ratio=ratio)
    change = replace(beside, name=f"{column.name}_change", title=titled(N_("{title}, change")), ratio=())
    return (column, before, change)


def _scope_before(scope: Scope) -> Scope:
    return replace(scope, period=scope.period_before)


def _nothing_of(report: Report) -> dict[str, Any]:
    return {column.name: _nothing(column) for column in _compared_columns(report)}


def _compared(report: Report, scope: Scope, rows: Sequence[Row], before: Sequence[Row]) -> Sequence[Row]:
    keys = report.row_keys(scope)
    former = {_key(row, keys): row for row in (_moved(row, scope) for row in before)}
    nothing = _nothing_of(report)
    present = [_with_change(row, former.pop(_key(row, keys), {}), nothing) for row in rows]
    # What there was only before is told too, or the totals would not be those of the period before.
    past = [_with_change(_without(row, nothing), row, nothing) for row in former.values()]
    # Months that were without anything this time stand in their place all the same.
    return sorted([*present, *past], key=itemgetter("month")) if keys == ("month",) else [*present, *past]


def _without(row: Row, names: Collection[str]) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def _key(row: Row, keys: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row.get(key) for key in keys)


def _nothing(column: Column) -> int | None:
    """What a figure is where there was no row: zero of what is counted, and no share of nothing."""
    return None if column.kind is Kind.PERCENT or column.ratio else 0


def _with_change(row: Row, before: Row, nothing: Mapping[str, int | None]) -> Row:
    for name, none in nothing.items():
        now, then = row.get(name, none), before.get(name, none)
        row[name], row[f"{name}_before"], row[f"{name}_change"] = now, then, _difference(now, then)
    return row


def _difference(now: Any, then: Any) -> Any:
    if now is None or then is None:
        return None
    if isinstance(now, Quantity) or isinstance(then, Quantity):
        return quantity_of(now) - quantity_of(then)
    return now - then


def _moved(row: Row, scope: Scope) -> Row:
    """The row of the period before with its month moved into this period, to stand beside its counterpart.

    Of other periods of days its months have none.
    """
    period = scope.period
    if period is None or not (period.whole_months or period.months_back):
        return row
    if not isinstance(row.get("month"), str):
        return row
    return {**row, "month": _month_after(row["month"], period.months_before())}


def _month_after(month: str, count: int) -> str:
    from volunteer_cli.core.dates.days import add_months

    return f"{add_months(date.fromisoformat(f'{month}-01'), count):%Y-%m}"
