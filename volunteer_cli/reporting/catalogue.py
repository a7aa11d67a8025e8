"""The reports of all areas in the order in which they are listed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from volunteer_cli.areas import gathered
from volunteer_cli.reporting.declaration import Report


@cache
def reports() -> dict[str, Report]:
    """The reports by name."""
    return {report.name: report for report in sorted(gathered("reports"), key=lambda report: report.place)}


@cache
def report_named(name: str) -> Report:
    """The declaration of a report; raises KeyError for a name that none has.

    It reads the rooms of the areas up to the one that has it, not all of them.
    """
    declared: Iterator[Report] = gathered("reports")
    for report in declared:
        if report.name == name:
            return report
    raise KeyError(name)


def is_report(name: str) -> bool:
    """Whether a report has this name."""
    try:
        return bool(report_named(name))
    except KeyError:
        return False
