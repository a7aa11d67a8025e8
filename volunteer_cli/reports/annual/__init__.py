"""The year's report: the same reports as on the command line, in one page or one workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from volunteer_cli.core.run import run
from volunteer_cli.shell import write_file

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.dates import Period
    from volunteer_cli.reporting.declaration import Row
    from volunteer_cli.reports.annual.contents import Annual


def last_year() -> Period:
    """The calendar year before today's."""
    from volunteer_cli.core.dates import Period

    return Period.of_months(date(run().clock.today.year - 1, 1, 1), 12)


def _content(session: Session, told: Annual, path: Path) -> str | bytes:
    """The report as the file's ending asks for it: a workbook, or a page to be printed."""
    if path.suffix.lower() == ".xlsx":
        from volunteer_cli.reports.annual.book import book

        return book(session, told)
    from volunteer_cli.reports.annual.page import page

    return page(session, told)


def write_annual(session: Session, period: Period, path: Path, *, foreword: str = "") -> Row:
    """Write the report of a period to a file and answer what stands in it.

    Raises:
        CannotWrite: the file cannot be written.
    """
    from volunteer_cli.reports.annual.contents import annual
    from volunteer_cli.reports.running import read_scope

    told = annual(session, read_scope(session, period=period), foreword=foreword)
    write_file(_content(session, told, path), path)
    return {
        "file": str(path),
        "title": told.title,
        "period": period.label,
        "sections": len(told.sections),
        "tables": sum(len(section.tables) for section in told.sections),
        "minutes": told.overview["minutes"],
    }
