"""`volunteer report …`: the reports by name, and what there is to know about them."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.settings import settings
from volunteer_cli.reports.verbs import report_noun
from volunteer_cli.shell import show_list, verb

app = report_noun()

Named = Annotated[str, Argument(metavar="REPORT", help=N_("Its name, as in the list"))]


@verb(app, "list", example="volunteer report list")
def list_() -> None:
    """List the reports and the questions they answer."""
    from volunteer_cli.reports.catalogue import reports
    from volunteer_cli.reports.views import REPORTS

    show_list(None, REPORTS, reports())  # type: ignore[arg-type]


@verb(app, "explain", example="volunteer report explain hours -v")
def explain(name: Named) -> None:
    """Say what each figure of a report means; with -v, how the database is asked.

    With -v the statements are those of this very database, with the values they were sent with.
    """
    from volunteer_cli.reports.explaining import explained, statements
    from volunteer_cli.reports.running import find_report

    report = find_report(name)
    explained(report, statements(report) if settings().verbose else [])
