"""`volunteer report …`: the reports by name, what there is to know about them, and the year's report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Context, Option

from volunteer_cli.completion import beginning
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.core.run import run
from volunteer_cli.reports.verbs import PERIOD, TEAM, report_noun
from volunteer_cli.shell import read, show, show_list, tell, verb

app = report_noun()


def _reports(incomplete: str) -> list[str]:
    from volunteer_cli.reporting.catalogue import reports

    return beginning(reports(), incomplete)


def _groups(ctx: Context, incomplete: str) -> list[str]:
    """What the report that was named before can be broken down by, or any where none is known yet."""
    from volunteer_cli.reporting.catalogue import reports

    named = reports().get(ctx.params.get("name") or "")
    choices = (choice for report in ([named] if named else reports().values()) for choice in report.choices)
    return beginning(dict.fromkeys(choices), incomplete)


Named = Annotated[
    str, Argument(metavar="REPORT", help=N_("Its name, as in the list"), autocompletion=_reports)
]


@verb(app, "annual", example="volunteer report annual --period 2025 -o annual.html")
def annual(
    period: PERIOD = None,
    foreword: Annotated[
        Path | None,
        Option(
            "--foreword",
            metavar="FILE.md",
            help=N_("What the office says itself: paragraphs, headings, lists"),
        ),
    ] = None,
) -> None:
    """Write the year's report as one page or one workbook.

    The file's ending decides: .html is a page for screen, phone and paper that needs nothing else, .xlsx has
    the same tables with charts. Without --period it is of the year before.
    """
    from volunteer_cli.core.work import reading
    from volunteer_cli.reports.annual import last_year, write_annual
    from volunteer_cli.reports.annual.summary import SUMMARY
    from volunteer_cli.reports.publishing import check, document, read_foreword

    path = document()
    check(SUMMARY, single=True, chart=False)
    with reading() as session:
        words = read_foreword(foreword) if foreword else ""
        show(session, SUMMARY, write_annual(session, read(period) or last_year(), path, foreword=words))


@verb(app, "snapshot", example="volunteer report snapshot hours --period 2025 --by team", changes=True)
def snapshot(
    name: Named,
    period: PERIOD = None,
    by: Annotated[
        str | None, Option("--by", metavar="A,B", help=N_("Broken down by these"), autocompletion=_groups)
    ] = None,
    team: TEAM = None,
) -> None:
    """Keep the figures of a report as they stand, with a digest.

    A snapshot can be printed again as it was, whatever happens to the records. It names people by their ids
    only, so that erasing a person erases the name here too.
    """
    from volunteer_cli.core.work import work
    from volunteer_cli.reports.running import find_report, read_groups, read_scope
    from volunteer_cli.reports.snapshots import take_snapshot
    from volunteer_cli.reports.views import SNAPSHOTS

    report = find_report(name)
    with work("report snapshot") as session:
        scope = read_scope(session, period=read(period), by=read_groups(report, by), team=team)
        kept = take_snapshot(session, report, scope, by=run().given.actor)
        tell(
            session,
            SNAPSHOTS,
            kept,
            _("Kept {report} as snapshot {id}.").format(report=report.name, id=kept.id),
        )


@verb(app, "snapshots", example="volunteer report snapshots")
def list_snapshots() -> None:
    """List what was kept."""
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.work import reading
    from volunteer_cli.reports.snapshots import snapshots
    from volunteer_cli.reports.views import SNAPSHOTS

    with reading() as session:
        community = chosen_community(session)
        show_list(session, SNAPSHOTS, snapshots(session, community.id if community else None))


@verb(app, "reprint", example="volunteer report reprint 3")
def reprint(
    number: Annotated[str, Argument(metavar="SNAPSHOT", help=N_("Its id, as in the list of snapshots"))],
    chart: Annotated[
        bool, Option("--chart", help=N_("Draw a picture too: in the terminal, html or xlsx"))
    ] = False,
) -> None:
    """Print the figures of a snapshot as they were kept."""
    from volunteer_cli.core.work import reading
    from volunteer_cli.reports.publishing import print_answer
    from volunteer_cli.reports.snapshots import find_snapshot, reprinted

    with reading() as session:
        answer = reprinted(session, find_snapshot(session, number))
        print_answer(session, answer, chart=chart and answer.report.chart is not None)


@verb(app, "list", example="volunteer report list")
def list_() -> None:
    """List the reports and the questions they answer."""
    from volunteer_cli.reporting.catalogue import reports
    from volunteer_cli.reports.views import REPORTS

    show_list(None, REPORTS, list(reports().values()))


@verb(app, "explain", example="volunteer report explain hours -v")
def explain(name: Named) -> None:
    """Say what each figure of a report means; with -v, how the database is asked.

    With -v the statements are those of this very database, with the values they were sent with.
    """
    from volunteer_cli.reports.explaining import explained, statements
    from volunteer_cli.reports.running import find_report

    report = find_report(name)
    explained(report, statements(report) if run().given.verbose else [])
