"""From what was typed to a report's answer on the screen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.choices import shown_choices
from volunteer_cli.core.i18n import _
from volunteer_cli.core.run import run
from volunteer_cli.reporting.catalogue import is_report, report_named, reports
from volunteer_cli.reporting.declaration import Report, Scope
from volunteer_cli.reporting.errors import NoReport, NotWithRows, UnknownGroup, UnknownRows
from volunteer_cli.shell import read, show_list

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.core.dates import Period


def run_report(report: Report, **given: Any) -> None:
    """Answer a report, or list the rows of one of its figures."""
    rows = given.pop("rows", None)
    if rows is None:
        _answer_report(report, **given)
    else:
        _list_rows(report, rows, **given)


def _list_rows(report: Report, text: str, **given: Any) -> None:
    from volunteer_cli.core.work import reading

    name, drill = _followed(report, text), report.drill
    _require_none(given, ("by", "compare", "chart", "publish"))
    with reading() as session:
        scope = read_scope(session, period=read(given.get("period")))
        if drill is not None:
            show_list(session, drill.view.load(), drill.rows.load()(session, scope, name))


def _followed(report: Report, text: str) -> str:
    """The name of what `--rows` lists, from that name or its title; raises UnknownRows."""
    names = report.drill.names if report.drill else {}
    for name, title in names.items():
        if text.strip().lower() in (name, _(title).lower()):
            return name
    raise UnknownRows(report=report.name, value=text, choices=shown_choices(names))


def _require_none(given: Mapping[str, Any], names: Iterable[str]) -> None:
    """Refuse options that mean nothing for rows as they are; raises NotWithRows."""
    for name in names:
        if given.get(name):
            raise NotWithRows(option=f"--{name}")


def _answer_report(
    report: Report, *, compare: bool = False, chart: bool = False, publish: bool = False, **given: Any
) -> None:
    """Answer a report in the format that was asked for, or as it may be published."""
    from volunteer_cli.core.work import reading

    if given.get("source") is not None:
        _run_exported(report, given, compare=compare, chart=chart)
        return
    with reading() as session:
        report = report.completed(session)
        by = read_groups(report, given.get("by"))
        asked = _Asked(report, by, compare=compare, chart=chart, publish=publish)
        asked.answer(session, given)


def _run_exported(report: Report, given: Mapping[str, Any], *, compare: bool, chart: bool) -> None:
    """Answer a report from the files of several offices: what has left them is published, whoever asks."""
    from volunteer_cli.reports.exported import as_exported, opened, without_names

    # Names of people, teams and events never leave an office, so that no breakdown by them can be had.
    by = read_groups(report, given.get("by")) if given.get("by") else without_names(report)
    asked = _Asked(as_exported(report, by, given.get("team")), by, compare, chart, publish=True)
    with opened(given["source"]) as session:
        asked.answer(session, given)


@dataclass(frozen=True)
class _Asked:
    """A report as it was asked for."""

    report: Report
    by: tuple[str, ...]
    compare: bool
    chart: bool
    publish: bool

    def answer(self, session: Session, given: Mapping[str, Any]) -> None:
        """Print what the database, or whatever stands for it, answers."""
        from volunteer_cli.reporting.answer import answer, view_of
        from volunteer_cli.reporting.withholding import withheld
        from volunteer_cli.reports.publishing import check, print_answer

        scope = read_scope(session, period=read(given.get("period")), by=self.by, team=given.get("team"))
        view = view_of(self.report, scope, compare=self.compare)
        check(view, single=self.report.single, chart=self.chart)
        answered = answer(session, self.report, scope, compare=self.compare)
        print_answer(session, withheld(session, answered) if self.publish else answered, chart=self.chart)


def read_groups(report: Report, text: str | None) -> tuple[str, ...]:
    """What `--by` names, each once; raises UnknownGroup."""
    if text is None:
        return report.by
    parts = (part.strip().lower() for part in re.split("[,，、]", text) if part.strip())
    return tuple(dict.fromkeys(_group(report, part) for part in parts))


def _group(report: Report, text: str) -> str:
    """The name of what a report can be broken down by, from that name or its title; raises UnknownGroup."""
    for name, group in report.choices.items():
        if text in (name, group.column.heading.lower()):
            return name
    titles = {name: group.column.title for name, group in report.choices.items()}
    raise UnknownGroup(report=report.name, value=text, choices=shown_choices(titles))


def read_scope(
    session: Session, *, period: Period | None = None, by: tuple[str, ...] = (), team: str | None = None
) -> Scope:
    """The limits of a report, from what was typed and from the community that was chosen.

    Raises:
        NotFound, Ambiguous: of the team or the community.
    """
    from volunteer_cli.communities.queries import chosen_community
    from volunteer_cli.core.database import spill_sorts

    spill_sorts(session.connection())
    community = chosen_community(session)
    team_id = None
    if team is not None:
        from volunteer_cli.teams.queries import find_team

        team_id = find_team(session, team, changing=False).id
    return Scope(run().clock.now, period, by, team_id, community.id if community else None)


def find_report(name: str) -> Report:
    """The report called `name`; raises NoReport with the nearest names."""
    from volunteer_cli.core.text import did_you_mean

    if is_report(name):
        return report_named(name)
    near = did_you_mean(name, list(reports()), n=1)
    raise NoReport(text=name, **({"hint": _meant(near[0])} if near else {}))


def _meant(name: str) -> str:
    return _("Did you mean '{near}'?").format(near=name)
