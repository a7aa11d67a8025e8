"""The pictures of reports: bars and lines in a terminal, SVG on a page, native charts in a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, NamedTuple

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.core.withheld import is_withheld
from volunteer_cli.output.view import Column, Kind, pick
from volunteer_cli.reporting.declaration import Drawing, Row

if TYPE_CHECKING:
    from volunteer_cli.output.chart import Value
    from volunteer_cli.reporting.answer import Answer

#: Bars in one picture.
MOST = 30
#: Columns of a picture in a terminal.
WIDEST = 100
#: One colour, dark enough to be read on white paper.
COLOR = "#B3261E"
UNITS = {Kind.MINUTES: N_("h"), Kind.PERCENT: "%", Kind.MONEY: N_("yuan")}
SCALES = {Kind.MINUTES: 1 / 60, Kind.PERCENT: 100, Kind.MONEY: 1 / 100}


class Picture:
    """One figure of an answer by its rows, ready to be drawn."""

    def __init__(self, answer: Answer) -> None:
        chart = answer.report.chart
        assert chart is not None  # noqa: S101 - --chart is offered only where there is one
        self.value = pick(answer.view.columns, chart.value)
        self.labels = [pick(answer.view.columns, name) for name in chart.labels or answer.scope.by]
        self.form = Drawing.LINE if [column.name for column in self.labels] == ["month"] else Drawing.BARS
        self.title = answer.view.heading
        self.answer = answer

    @property
    def unit(self) -> str:
        """What the values are counted in."""
        return _(UNITS.get(self.value.kind, ""))

    def points(self, rows: Sequence[Row]) -> list[tuple[str, Value]]:
        """Labels and values of the rows; a line has every month between its first and its last."""
        points = [(self._label(row), self._amount(row)) for row in rows]
        return self._every_month(points) if self.form is Drawing.LINE else points[:MOST]

    def with_something(self, rows: Sequence[Row]) -> list[Row]:
        """The rows of which there is something to draw."""
        return [row for row in rows if self._amount(row)]

    def text(self, rows: Sequence[Row], width: int) -> str:
        """The picture for a terminal."""
        from volunteer_cli.output.chart import bars, lines

        draw = lines if self.form is Drawing.LINE else bars
        text = draw(self.points(rows), width=width, unit=self.unit)
        left = len(rows) - MOST
        if self.form is Drawing.BARS and left > 0:
            text += "\n" + _("… and {count} more").format(count=left)
        return text

    def svg(self, rows: Sequence[Row]) -> str:
        """The picture for a page."""
        from volunteer_cli.output.chart import svg_bars, svg_line

        draw = svg_line if self.form is Drawing.LINE else svg_bars
        return draw(self.points(rows), title=f"{self.title}: {self.value.heading}", unit=self.unit)

    def insert(self, book: Any, sheet: Any, columns: Sequence[Column], count: int) -> None:
        """Put a native chart beside the rows of a sheet, when it shows what the chart needs."""
        names = [column.name for column in columns]
        # A chart of a workbook is of cells: columns that were not chosen have none.
        needed = {self.value.name, *(column.name for column in self.labels)}
        if not count or not needed <= set(names):
            return
        rows = min(count, MOST)
        form = "line" if self.form is Drawing.LINE else "bar"
        chart = book.add_chart({"type": form})
        chart.add_series(self._series(sheet.get_name(), names, rows))
        chart.set_title({"name": self.title})
        chart.set_legend({"none": True})
        self._set_axes(chart, rows)
        sheet.insert_chart(1, len(columns) + 1, chart)

    def _series(self, sheet: str, names: list[str], rows: int) -> dict[str, Any]:
        """The cells that the chart is of: below the headings, so many rows of them."""
        values = names.index(self.value.name)
        places = [names.index(column.name) for column in self.labels] or [0]
        return {
            "name": self.value.heading,
            "categories": [sheet, 1, min(places), rows, max(places)],
            "values": [sheet, 1, values, rows, values],
            "fill": {"color": COLOR},
            "line": {"color": COLOR},
        }

    def _set_axes(self, chart: Any, rows: int) -> None:
        from volunteer_cli.output.xlsx import heading

        measure = {"name": heading(self.value)}
        if self.form is Drawing.LINE:
            chart.set_y_axis(measure)
            return
        chart.set_x_axis(measure)
        # A spreadsheet draws the first bar at the bottom; people read from above.
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 640, "height": 120 + 26 * rows})

    def _label(self, row: Row) -> str:
        from volunteer_cli.output.cells import shown

        return " · ".join(shown(column, row.get(column.name)) for column in self.labels) or self.title

    def _amount(self, row: Row) -> Value:
        value = row.get(self.value.name)
        if isinstance(value, Quantity):
            return value
        if is_withheld(value):
            return 0.0
        return float(value or 0) * SCALES.get(self.value.kind, 1)

    def _every_month(self, points: list[tuple[str, Value]]) -> list[tuple[str, Value]]:
        from volunteer_cli.core.dates import ALL, parse_period

        if not points:
            return points
        values, scope = dict(points), self.answer.scope
        first, last = (parse_period(label, scope.today) for label in (min(values), max(values)))
        begin, end = first.first, last.last
        if scope.period:
            # Months in which nothing was done belong to the period, those that have not come do not.
            begin = begin if scope.period == ALL else scope.period.first
            end = max(end, scope.as_of)
        months = type(first)(begin, end).months()
        return [(month.label, values.get(month.label, 0)) for month in months]


class Drawn(NamedTuple):
    """A picture with the rows it is of, as the formats of output take it."""

    picture: Picture
    rows: Sequence[Row]

    def text(self) -> str:
        """The picture for a terminal."""
        return self.picture.text(self.rows, min(get_terminal_size().columns, WIDEST))

    def svg(self) -> str:
        """The picture for a page."""
        return self.picture.svg(self.rows)

    def insert(self, book: Any, sheet: Any, columns: Sequence[Column]) -> None:
        """Put a native chart beside the rows of a sheet."""
        self.picture.insert(book, sheet, columns, len(self.rows))
