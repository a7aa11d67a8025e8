"""The year's report as a workbook: what is said first, then the same tables, one sheet each, with native charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.output.options import OutputOptions
from volunteer_cli.output.rows import read
from volunteer_cli.output.view import Column, View
from volunteer_cli.output.xlsx import picture_place, workbook, write_lines, write_sheet
from volunteer_cli.reporting.annual import Table
from volunteer_cli.reporting.drawing import chart_of
from volunteer_cli.reporting.phrases import period_name
from volunteer_cli.reports.annual.contents import Annual, chosen_columns, headline, used
from volunteer_cli.reports.explaining import definitions

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SAID = (Column("part", N_("Part")), Column("sentence", N_("What is said")))
DEFINED = (
    Column("report", N_("Report")),
    Column("figure", N_("Figure")),
    Column("meaning", N_("What it means")),
)


def book(session: Session, told: Annual) -> bytes:
    """The workbook."""
    content = BytesIO()
    with workbook(content) as made:
        assert told.scope.period is not None  # noqa: S101 - a year's report has one
        period = period_name(told.scope.period)
        sheets = Sheets(session, made, (told.community, period))
        sheets.write(told.title, SAID, list(_said(told)))
        sheets.write_headline(told, period)
        for table in told.tables:
            sheets.write_table(table)
        sheets.write(_("Definitions"), DEFINED, _definitions(told))
    return content.getvalue()


@dataclass(frozen=True)
class Sheets:
    """The sheets of a workbook, each of which says above its rows what they are of."""

    session: Session
    book: Any
    about: tuple[str, ...]

    def write(self, title: str, columns: tuple[Column, ...], rows: list[Any]) -> Any:
        """Add a sheet of some rows and return it."""
        view = View("annual", title, columns)
        chosen = read(view, rows, OutputOptions(fields=("all",)), self.session, single=False)
        return write_sheet(self.book, replace(chosen, about=self.about), title=title)

    def write_headline(self, told: Annual, period: str) -> None:
        """Add a sheet of the figures of the first page."""
        headings = [_("Figure"), period, told.previous]
        above = (told.title, self.about)
        write_lines(self.book, f"{told.community} {told.period}", headings, _headline(told), above)

    def write_table(self, table: Table) -> None:
        """Add a sheet of a table, with its picture where it has one."""
        sheet = self.write(table.title, chosen_columns(table), list(table.rows))
        if table.pictured and (chart := chart_of(self.session, table.answer, table.rows)):
            from volunteer_cli.output.charts.workbook import insert

            insert(self.book, sheet, chart, *picture_place(sheet, len(chosen_columns(table))))


def _said(told: Annual) -> Iterator[dict[str, str]]:
    """The sentences of the report, part by part, for whoever opens a workbook to read."""
    for section in told.sections:
        for sentence in section.sentences:
            yield {"part": section.title, "sentence": sentence}


def _headline(told: Annual) -> Iterator[list[tuple[Column, Any]]]:
    """The figures of the first page, as numbers that can be reckoned with."""
    for column, now, then in headline(told):
        yield [(Column("figure"), column.heading), (column, now), (column, then)]


def _definitions(told: Annual) -> list[dict[str, str]]:
    return [
        {"report": _(report.title), "figure": one.title, "meaning": one.meaning}
        for report in told.reports
        for one in definitions(report)
        if one.name in used(told, report)
    ]
