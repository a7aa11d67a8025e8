"""The year's report as a workbook: the same tables, one sheet each, with native charts."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.output.options import OutputOptions
from volunteer_cli.output.rows import read
from volunteer_cli.output.view import Column, View
from volunteer_cli.output.xlsx import workbook, write_lines, write_sheet
from volunteer_cli.reporting.annual import Table
from volunteer_cli.reporting.drawing import chart_of
from volunteer_cli.reports.annual.contents import Annual, chosen_columns, headline, used
from volunteer_cli.reports.explaining import definitions

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

DEFINED = (
    Column("report", N_("Report")),
    Column("figure", N_("Figure")),
    Column("meaning", N_("What it means")),
)


def book(session: Session, told: Annual) -> bytes:
    """The workbook."""
    content = BytesIO()
    with workbook(content) as made:
        headings = [_("Figure"), told.period, told.previous]
        write_lines(made, f"{told.community} {told.period}", headings, _headline(told))
        for section in told.sections:
            for table in section.tables:
                _table(session, made, table)
        _write(session, made, _("Definitions"), DEFINED, _definitions(told))
    return content.getvalue()


def _table(session: Session, made: Any, table: Table) -> None:
    columns = chosen_columns(table)
    sheet = _write(session, made, table.title, columns, list(table.rows))
    if table.pictured and (chart := chart_of(session, table.answer, table.rows)):
        from volunteer_cli.output.charts.workbook import insert

        insert(made, sheet, chart, len(columns) + 1)


def _write(session: Session, made: Any, title: str, columns: tuple[Column, ...], rows: list[Any]) -> Any:
    view = View("annual", title, columns)
    return write_sheet(made, read(view, rows, OutputOptions(fields=("all",)), session, single=False))


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
