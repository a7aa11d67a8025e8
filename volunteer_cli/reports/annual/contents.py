"""What stands in the year's report: sentences, and sections of tables, each a report's answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.output.view import Column
from volunteer_cli.reporting.answer import Answer, answer
from volunteer_cli.reporting.catalogue import report_named
from volunteer_cli.reporting.declaration import Report, Row, Scope
from volunteer_cli.reporting.drawing import Picture
from volunteer_cli.reports.overview import figures, overview_figures

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TOP = 15
"""Rows of a table that could be long; the rest is in the reports themselves."""
NOTHING = N_("Nothing was recorded in this period.")


@dataclass(frozen=True)
class Table:
    """One table of the report.

    Attributes:
        drawn: whether a picture goes with it.
        whole: whether its rows are all there are, so that a sum below them says something.
        more: rows that were left out for length.
    """

    title: str
    answer: Answer
    columns: tuple[str, ...]
    drawn: bool = False
    whole: bool = True
    more: int = 0

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that are shown."""
        return self.answer.rows

    @property
    def pictured(self) -> bool:
        """Whether there is something to draw, and something to compare it with."""
        return self.drawn and len(Picture(self.answer).with_something(self.rows)) > 1

    @property
    def adds_up(self) -> bool:
        """Whether a totals row makes sense."""
        return self.whole and self.answer.adds_up and not self.more and len(self.rows) > 1


@dataclass(frozen=True)
class Section:
    """A part of the report with its anchor, its sentences and its tables."""

    anchor: str
    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    notices: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Annual:
    """The year's report before it becomes a page or a workbook."""

    title: str
    community: str
    period: str
    previous: str
    scope: Scope
    overview: Row
    before: Row
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    reports: tuple[Report, ...] = field(default=())
    """The reports whose figures are in it, in the order of their definitions."""


class Asking:
    """Reports answered for one scope, beside the overview of it and of the period before."""

    def __init__(self, session: Session, scope: Scope) -> None:
        assert scope.period is not None  # noqa: S101 - the command gives one
        self.session = session
        self.scope = scope
        self.period = scope.period
        self.overview = overview_figures(session, scope)
        self.before = overview_figures(session, replace(scope, period=scope.period.previous()))

    @property
    def whose(self) -> tuple[str, ...]:
        """The column that tells communities apart, where the report is of several."""
        return ("community",) if self.overview["communities"] > 1 else ()

    def table(
        self,
        name: str,
        title: str,
        columns: tuple[str, ...],
        *,
        by: str = "",
        drawn: bool = False,
        whole: bool = True,
        having: tuple[str, ...] = (),
    ) -> Table:
        """A report's answer as a table; rows that have none of `having` are left out."""
        found = answer(self.session, report_named(name), replace(self.scope, by=(by,) if by else ()))
        rows = [row for row in found.rows if not having or any(row[key] for key in having)]
        if by and all(row[by] is None for row in rows):
            rows = []
        shown = rows if by == "month" else rows[:TOP]
        return Table(title, replace(found, rows=shown), columns, drawn, whole, len(rows) - len(shown))


def annual(session: Session, scope: Scope) -> Annual:
    """The year's report of the community that was chosen, or of all."""
    from volunteer_cli.reports.annual.sections import SECTIONS
    from volunteer_cli.reports.annual.sentences import period_name, summary

    ask = Asking(session, scope)
    sections = tuple(_filled(section(ask) for section in SECTIONS))
    tables = [table for section in sections for table in section.tables]
    named = dict.fromkeys(table.answer.report.name for table in tables)
    return Annual(
        title=_("Volunteer service in {period}").format(period=period_name(ask.period)),
        community=ask.overview["community"] or listed(_community_names(session)),
        period=ask.period.label,
        previous=ask.period.previous().label,
        scope=scope,
        overview=ask.overview,
        before=ask.before,
        summary=tuple(summary(ask, tables)),
        sections=sections,
        reports=tuple(report_named(name) for name in ("overview", *named)),
    )


def _community_names(session: Session) -> list[str]:
    from volunteer_cli.communities.queries import communities

    return [one.name for one in communities(session)]


def _filled(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections that have something to say; tables without rows are left out."""
    for section in sections:
        tables = tuple(table for table in section.tables if table.rows)
        if tables or section.sentences or section.notices:
            yield replace(section, tables=tables)


def chosen_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table; those that are empty in every row, such as unknown sources, are left out."""
    columns = [
        column for name in table.columns for column in table.answer.view.columns if column.name == name
    ]
    return tuple(column for column in columns if any(row.get(column.name) is not None for row in table.rows))


def used(told: Annual, report: Report) -> set[str]:
    """The names of the figures of a report that stand somewhere in the year's report."""
    if report.name == "overview":
        return {column.name for column, _now, _then in headline(told)}
    tables = (table for section in told.sections for table in section.tables)
    return {
        column.name
        for table in tables
        if table.answer.report.name == report.name
        for column in chosen_columns(table)
    }


def headline(told: Annual) -> Sequence[tuple[Column, Any, Any]]:
    """The figures of the first page with those of the period before; what is nought in both is left out."""
    front = sorted((one for one in figures() if one.front), key=lambda one: one.front)
    columns = [one.column for one in front]
    pairs = [(column, told.overview[column.name], told.before[column.name]) for column in columns]
    return [(column, now, then) for column, now, then in pairs if now or then]
