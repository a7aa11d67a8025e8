"""What stands in the year's report: sentences, and sections of tables, each a report's answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from volunteer_cli.areas import gathered
from volunteer_cli.core.i18n import N_, _, listed
from volunteer_cli.output.view import Column
from volunteer_cli.reporting.annual import Asking, Chapter, Section, Table
from volunteer_cli.reporting.catalogue import report_named
from volunteer_cli.reporting.declaration import Report, Row, Scope
from volunteer_cli.reporting.phrases import former_name, period_name
from volunteer_cli.reports.overview import figures, overview_figures

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOTHING = N_("Nothing was recorded in this period.")


KINDS = {"year": N_("Annual report"), "quarter": N_("Quarterly report"), "period": N_("Report")}


class Signer(NamedTuple):
    """A community that answers for the report, who checked it, and how it is reached."""

    name: str
    head: str | None
    phone: str | None


@dataclass(frozen=True)
class Annual:
    """The year's report before it becomes a page or a workbook."""

    title: str
    community: str
    period: str
    previous: str
    scope: Scope
    overview: Row
    before: Row
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    #: The reports whose figures are in it, in the order of their definitions.
    reports: tuple[Report, ...] = field(default=())
    #: What the office says itself, as it wrote it.
    foreword: str = ""
    signers: tuple[Signer, ...] = field(default=())

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of all sections."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def lead(self) -> Table | None:
        """The table whose picture stands first: that of the months."""
        return next((table for table in self.tables if table.pictured and "month" in table.columns), None)

    @property
    def kind(self) -> str:
        """Whether it is of a year, a quarter, or another time."""
        label = self.scope.period.label if self.scope.period else ""
        return "year" if label.isdigit() else "quarter" if "Q" in label else "period"


@cache
def chapters() -> tuple[Chapter, ...]:
    """What the areas have to tell, in the order in which it is read."""
    return tuple(sorted(gathered("annual"), key=lambda chapter: chapter.place))


def _summary_of(sections: Iterable[Section]) -> tuple[str, ...]:
    return tuple(sentence for section in sections for sentence in section.summary)


def annual(session: Session, scope: Scope, *, foreword: str = "") -> Annual:
    """The year's report of the community that was chosen, or of all."""
    ask = Asking(session, scope, overview_figures)
    sections = tuple(_filled(chapter.write(ask) for chapter in chapters()))
    return Annual(
        title=_("Volunteer service in {period}").format(period=period_name(ask.period)),
        community=ask.overview["community"] or listed(_community_names(session)),
        period=ask.period.label,
        previous=former_name(scope),
        scope=scope,
        overview=ask.overview,
        before=ask.before,
        summary=_summary_of(sections),
        sections=sections,
        reports=_reports_of(sections),
        foreword=foreword,
        signers=tuple(_signers(session, scope)),
    )


def _signers(session: Session, scope: Scope) -> Iterator[Signer]:
    from volunteer_cli.communities.queries import communities

    for one in communities(session):
        if scope.community_id in (None, one.id):
            yield Signer(one.signs_as, one.head, one.phone)


def _reports_of(sections: Iterable[Section]) -> tuple[Report, ...]:
    """The reports that the tables come from, in the order in which they are read; the overview leads."""
    names = dict.fromkeys(table.answer.report.name for section in sections for table in section.tables)
    return tuple(report_named(name) for name in ("overview", *names))


def _community_names(session: Session) -> list[str]:
    from volunteer_cli.communities.queries import communities

    return [one.name for one in communities(session)]


def _filled(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections that have something to say; tables without rows are left out."""
    for section in sections:
        tables = tuple(table for table in section.tables if table.rows)
        if tables or section.sentences or section.notices or section.moments:
            yield replace(section, tables=tables)


def chosen_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table; those that are empty in every row, such as unknown sources, are left out."""
    columns = [
        column for name in table.columns for column in table.answer.view.columns if column.name == name
    ]
    return tuple(column for column in columns if any(row.get(column.name) is not None for row in table.rows))


def used(told: Annual, report: Report) -> set[str]:
    """The names of the figures of a report that stand somewhere in the year's report."""
    if report.name == "overview":
        return {column.name for column, _now, _then in headline(told)}
    tables = (table for section in told.sections for table in section.tables)
    return {
        column.name
        for table in tables
        if table.answer.report.name == report.name
        for column in chosen_columns(table)
    }


def headline(told: Annual) -> Sequence[tuple[Column, Any, Any]]:
    """The figures of the first page with those of the period before; what is zero in both is left out."""
    front = sorted((one for one in figures() if one.front), key=lambda one: one.front)
    columns = [one.column for one in front]
    pairs = [(column, told.overview[column.name], told.before[column.name]) for column in columns]
    return [(column, now, then) for column, now, then in pairs if now or then]
