"""Charts: one declaration, drawn in signs for a terminal, as SVG for a page, natively in a workbook."""

from volunteer_cli.output.charts.chart import Chart, Form, Series, Value, figure, size

__all__ = ["Chart", "Form", "Series", "Value", "figure", "size"]
