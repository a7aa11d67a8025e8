"""Charts of a workbook: native ones, beside the rows, of cells on a sheet of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.visible import harmless
from volunteer_cli.output.charts.chart import Chart, Form, Series, size
from volunteer_cli.output.charts.scale import scale_to

COLORS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7")
FORMER = "#BDBDBD"
KINDS = {
    Form.COLUMNS: {"type": "column"},
    Form.LINE: {"type": "line"},
    Form.BARS: {"type": "bar", "subtype": "stacked"},
    Form.PYRAMID: {"type": "bar", "subtype": "stacked"},
    Form.BULLETS: {"type": "bar"},
    Form.SHARE: {"type": "bar", "subtype": "percent_stacked"},
}
GRID = {"visible": True, "line": {"color": "#D9D9D9"}}
SHEET = N_("Figures of the charts")


def _kind(chart: Chart) -> dict[str, str]:
    kind = dict(KINDS[chart.form])
    # Bars of two periods stand one below the other, and are not added up.
    if chart.form is Form.BARS and chart.before:
        kind.pop("subtype")
    return kind


def _legend(chart: Chart) -> dict[str, Any]:
    # One series is named by the title of the picture.
    return {"none": True} if len(_cells(chart)[1]) < 2 else {"position": "bottom"}


def insert(book: Any, sheet: Any, chart: Chart, line: int, column: int) -> None:
    """Put the chart on the sheet of its rows, from a line and a column on, and its figures on the last sheet."""
    if not chart.labels:
        return
    made = book.add_chart(_kind(chart))
    _of_cells(made, *_fill(book, chart))
    made.set_title({"name": harmless(chart.title), "name_font": {"size": 12}, "overlay": False})
    made.set_legend(_legend(chart))
    _set_axes(made, chart)
    sheet.insert_chart(line, column, made, {"description": chart.alternative[:2000]})


def _fill(book: Any, chart: Chart) -> tuple[list[Series], int]:
    """Keep the figures, in the unit that people read, for the last sheet; answer what they are, and their first row."""
    labels, drawn = _cells(chart)
    rows = _figures(book)
    rows += [[chart.title], [chart.subtitle], [chart.source]]
    first = len(rows)
    lines = zip(labels, *(map(size, one.values) for one in drawn), strict=True)
    rows += [["", *(one.name for one in drawn)], *map(list, lines), []]
    return drawn, first


def _figures(book: Any) -> list[list[str | float]]:
    """The rows of the last sheet as far as they go."""
    rows: list[list[str | float]] = book.__dict__.setdefault("figures_of_charts", [])
    return rows


def write_figures(book: Any) -> None:
    """Add the sheet that the charts of a workbook are of, behind all others."""
    if rows := _figures(book):
        sheet = book.add_worksheet(_(SHEET))
        sheet.set_column(0, 0, 24)
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, [harmless(cell) if isinstance(cell, str) else cell for cell in row])


def _colors(drawn: list[Series]) -> list[str]:
    """Grey for what is of the period before, or of nothing; the four colours in turn for the others."""
    colors = iter(COLORS * len(drawn))
    return [FORMER if one.former else next(colors) for one in drawn]


def _of_cells(made: Any, drawn: list[Series], first: int) -> None:
    last = first + len(drawn[0].values)
    for place, color in enumerate(_colors(drawn), 1):
        made.add_series(
            {
                "name": [_(SHEET), first, place],
                "categories": [_(SHEET), first + 1, 0, last, 0],
                "values": [_(SHEET), first + 1, place, last, place],
                "fill": {"color": color},
                "line": {"color": color},
                "gap": 40,
            }
        )


def _cells(chart: Chart) -> tuple[Sequence[str], list[Series]]:
    """Labels and series of the cells: of a pyramid the left side below zero, of goals the part that is reached."""
    if chart.form is Form.PYRAMID:
        left, right = chart.now
        return chart.labels, [Series(left.name, [-size(value) for value in left.values]), right]
    if chart.form is Form.BULLETS:
        return chart.labels, [Series(_("% of the goal"), list(_reached(chart)))]
    if chart.form is Form.SHARE:
        return [one.name for one in chart.series], list(_transposed(chart))
    return chart.labels, [*([chart.before] if chart.before else []), *chart.now]


def _reached(chart: Chart) -> Iterator[float]:
    values, goals = chart.now
    for value, goal in zip(values.values, goals.values, strict=True):
        yield 100 * size(value) / size(goal) if size(goal) > 0 else 0


def _transposed(chart: Chart) -> Iterator[Series]:
    for place, label in enumerate(chart.labels):
        yield Series(label, [one.values[place] for one in chart.series], place == chart.rest)


def _set_axes(made: Any, chart: Chart) -> None:
    """From zero in round steps; the categories from above, as people read."""
    if chart.form in (Form.COLUMNS, Form.LINE):
        made.set_y_axis(_measure(chart))
        made.set_size({"width": 640, "height": 320})
        return
    ages = chart.form is Form.PYRAMID
    made.set_x_axis({**_measure(chart), "label_position": "low" if ages else "high"})
    # A spreadsheet draws the first bar at the bottom; ages rise from there.
    made.set_y_axis({"reverse": not ages, "label_position": "low"})
    made.set_size({"width": 640, "height": 160 + 28 * len(chart.labels)})


def _measure(chart: Chart) -> dict[str, Any]:
    """The axis of the values, to both sides where ages have two."""
    if chart.form in (Form.BULLETS, Form.SHARE):
        return {
            "name": _("% of the goal") if chart.form is Form.BULLETS else "",
            "min": 0,
            "major_gridlines": GRID,
        }
    scale = scale_to(chart.most, whole=chart.form is Form.PYRAMID)
    axis = {"name": chart.unit, "min": 0, "max": scale.top, "major_unit": scale.step, "major_gridlines": GRID}
    return {**axis, "min": -scale.top, "num_format": "0;0"} if chart.form is Form.PYRAMID else axis
