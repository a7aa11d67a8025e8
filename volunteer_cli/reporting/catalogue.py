"""The reports of all areas in the order in which they are listed."""

from __future__ import annotations

from functools import cache

from volunteer_cli.areas import gathered
from volunteer_cli.reporting.declaration import Report


@cache
def reports() -> dict[str, Report]:
    """The reports by name."""
    return {report.name: report for report in sorted(gathered("reports"), key=lambda report: report.place)}


def report_named(name: str) -> Report:
    """The declaration of a report; raises KeyError for a name that none has."""
    return reports()[name]
