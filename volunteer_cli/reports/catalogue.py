"""Where each report is declared; reading this imports none of them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from volunteer_cli.reports.declaration import Report

ROOMS = {
    "overview": "reports.overview",
    "today": "reports.worklist",
    "hours": "hours.reports",
    "volunteers": "people.reports",
    "skills": "training.reports",
    "teams": "teams.reports",
    "events": "events.reports",
    "attendance": "events.reports",
    "stars": "recognition.reports",
    "honours": "recognition.reports",
    "drives": "drives.reports",
    "profile": "communities.reports",
    "quality": "reports.quality",
}
"""The reports in the order in which they are listed, each with the room that declares it."""


def report_named(name: str) -> Report:
    """The declaration of a report; raises KeyError for a name that none has."""
    declared = import_module(f"volunteer_cli.{ROOMS[name]}").REPORTS
    return next(report for report in declared if report.name == name)  # type: ignore[no-any-return]


def reports() -> list[Report]:
    """All reports."""
    return [report_named(name) for name in ROOMS]
