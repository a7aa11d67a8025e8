"""The verbs of `report`: each declared report becomes a command when it is asked for."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Iterator
from inspect import Parameter, Signature
from typing import Annotated, Any

from typer import Option
from typer.models import CommandInfo

from volunteer_cli.core.i18n import N_
from volunteer_cli.reporting.catalogue import report_named, reports
from volunteer_cli.reporting.declaration import Report
from volunteer_cli.shell import Noun, PeriodText, command, period_option

PERIOD = Annotated[
    PeriodText | None,
    period_option(N_("2025, 2025-Q3, 2025-09, last-year, 去年, or A..B with both days in it")),
]
TEAM = Annotated[str | None, Option("--team", metavar="TEAM", help=N_("Only what was done under this team"))]
COMPARE = Annotated[bool, Option("--compare", help=N_("Beside each figure, that of the period before"))]
CHART = Annotated[bool, Option("--chart", help=N_("Draw a picture too: in the terminal, html or xlsx"))]


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
        return name in reports() or name in self.data

    def __missing__(self, name: str) -> CommandInfo:
        """The command of a report that was not looked up before."""
        if name not in reports():
            raise KeyError(name)
        self.data[name] = report_command(report_named(name))
        return self.data[name]


def report_noun() -> Noun:
    """The noun `report` with its declared verbs."""
    made = Noun("report")
    made.verbs = Verbs()
    return made


def report_command(report: Report) -> CommandInfo:
    """The command that answers a report."""

    def run(**given: Any) -> None:
        from volunteer_cli.reports.running import run_report

        run_report(report, **given)

    run.__doc__ = f"{report.help}\n\n{report.question}"
    wanted = [
        Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=default)
        for name, (kind, default) in parameters(report).items()
    ]
    setattr(run, "__signature__", Signature(wanted))  # noqa: B010 - a function has no such attribute until it is set
    return command(run, report.name, example=example(report))


def parameters(report: Report) -> dict[str, tuple[Any, Any]]:
    """The options that a report takes: their types and defaults."""
    found: dict[str, tuple[Any, Any]] = {"period": (PERIOD, None)}
    if report.groups:
        found["by"] = (by_option(report), None)
    if report.by_team:
        found["team"] = (TEAM, None)
    if report.comparable:
        found["compare"] = (COMPARE, False)
    if report.chart:
        found["chart"] = (CHART, False)
    return found


def by_option(report: Report) -> Any:
    """`--by` with what the report can be broken down by."""
    text = N_("Break down by one of these, or by several parted by commas")
    return Annotated[str | None, Option("--by", metavar="|".join(report.choices), help=text)]


def example(report: Report) -> str:
    """A command line that shows what the report can do."""
    words = ["volunteer report", report.name]
    if report.groups:
        words.append("--by " + ",".join(list(report.choices)[:2]))
    if report.comparable:
        words.append("--period 2025 --compare")
    return " ".join(words)
