"""Reports of exports: which can be answered from them, and as what they leave the office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from volunteer_cli.core.choices import shown_choices
from volunteer_cli.core.i18n import listed
from volunteer_cli.province.errors import NotExported
from volunteer_cli.province.reading import opened
from volunteer_cli.reporting.declaration import Report

__all__ = ["as_exported", "opened", "without_names"]


def without_names(report: Report) -> tuple[str, ...]:
    """What a report is broken down by unasked, as far as exports know it."""
    assert report.exported is not None  # noqa: S101 - for the type checker; only such reports have the option
    return tuple(name for name in report.by if name in report.exported.by)


def as_exported(report: Report, by: Sequence[str], team: str | None = None) -> Report:
    """The report as exports answer it: small counts of people are withheld, as wherever figures leave the office.

    Raises:
        NotExported: it is asked for by something that no export tells.
    """
    assert report.exported is not None  # noqa: S101 - for the type checker; only such reports have the option
    known = report.exported.by
    others = [*(name for name in by if name not in known), *(["team"] if team else [])]
    if others:
        titles = {name: report.choices[name].column.title for name in known}
        raise NotExported(report=report.name, value=listed(others), choices=shown_choices(titles))
    return replace(report, private=(*report.private, *report.exported.people))
