"""The verbs of `report`: each declared report becomes a command when it is asked for."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any

from typer import Option
from typer.models import CommandInfo

from volunteer_cli.completion import chosen
from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.catalogue import is_report, report_named, reports
from volunteer_cli.reporting.declaration import Report
from volunteer_cli.shell import Noun, PeriodText, command, period_option
from volunteer_cli.shell.taking import Declared, Details, takes

PERIOD = Annotated[
    PeriodText | None,
    period_option(N_("2025, 2025-Q3, 2025-09, last-year, or A..B with both days in it")),
]
TEAM = Annotated[str | None, Option("--team", metavar="TEAM", help=N_("Only what was done under this team"))]
COMPARE = Annotated[bool, Option("--compare", help=N_("Beside each figure, that of the period before"))]
CHART = Annotated[bool, Option("--chart", help=N_("Draw a picture too: in the terminal, html or xlsx"))]

FROM = Annotated[
    str | None,
    Option("--from", metavar="DIR", help=N_("Of exports instead of the database: a folder, or 'DIR/**'")),
]
PUBLISH = Annotated[
    bool, Option("--publish", help=N_("As it may leave the office: counts of a few are withheld"))
]


class Verbs(UserDict[str, CommandInfo]):
    """The reports by name, made when looked up, then the verbs that are declared by hand."""

    def __iter__(self) -> Iterator[str]:
        """The names of all verbs, reports first."""
        return iter([*reports(), *(name for name in self.data if name not in reports())])

    def __len__(self) -> int:
        """How many verbs there are."""
        return len(list(iter(self)))

    def __contains__(self, name: object) -> bool:
        """Whether there is such a verb."""
        return name in self.data or is_report(str(name))

    def __missing__(self, name: str) -> CommandInfo:
        """The command of a report that was not looked up before; raises KeyError for a name that none has."""
        self.data[name] = report_command(report_named(name))
        return self.data[name]


def report_noun() -> Noun:
    """The noun `report` with its declared verbs."""
    made = Noun("report")
    made.verbs = Verbs()
    return made


def report_command(report: Report) -> CommandInfo:
    """The command that answers a report."""

    @takes(given=options_of(report))
    def run(given: Details) -> None:
        from volunteer_cli.reports.running import run_report

        run_report(report, **given)

    setattr(run, "fields", partial(fields_of, report))  # noqa: B010 - for mypy
    run.__doc__ = f"{report.help}\n\n{report.question}"
    return command(run, report.name, example=example(report))


def fields_of(report: Report) -> Iterator[str]:
    """What a report may show: the columns of all that it can be broken down by, then its figures."""
    yield from (column.name for group in report.groups for column in group.columns)
    yield from (figure.column.name for figure in report.figures)


def options_of(report: Report) -> Iterator[Declared]:
    """The options that a report takes."""
    yield Declared("period", PERIOD)
    if report.groups:
        yield Declared("by", by_option(report))
    if report.by_team:
        yield Declared("team", TEAM)
    if report.comparable:
        yield Declared("compare", COMPARE, default=False)
    if report.chart:
        yield Declared("chart", CHART, default=False)
    if report.exported is not None:
        yield Declared("source", FROM)
    if report.private:
        yield Declared("publish", PUBLISH, default=False)
    if report.drill:
        yield Declared("rows", rows_option(report))


def by_option(report: Report) -> Any:
    """`--by` with what the report can be broken down by."""
    text = N_("Break down by one of these, or by several separated by commas")
    return Annotated[str | None, Option("--by", metavar="|".join(report.choices), help=text)]


def rows_option(report: Report) -> Any:
    """`--rows` with what the report can be followed to."""
    text = N_("List what was counted instead of counting it")
    names = list(report.drill.names if report.drill else ())
    return Annotated[str | None, Option("--rows", metavar="FIGURE", help=text, autocompletion=chosen(names))]


def example(report: Report) -> str:
    """A command line that shows what the report can do."""
    words = ["volunteer report", report.name]
    if report.groups:
        words.append("--by " + ",".join(list(report.choices)[:2]))
    if report.comparable:
        words.append("--period 2025 --compare")
    return " ".join(words)
