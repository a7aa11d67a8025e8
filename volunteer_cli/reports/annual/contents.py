"""What stands in the year's report: sections of tables, each a report's answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.dates import format_minutes
from volunteer_cli.core.i18n import N_, _
from volunteer_cli.output.view import Column
from volunteer_cli.reports.answer import Answer, answer
from volunteer_cli.reports.catalogue import report_named
from volunteer_cli.reports.declaration import Report, Row, Scope
from volunteer_cli.reports.overview import overview_figures

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

TOP = 15
"""Rows of a table that could be long; the rest is in the reports themselves."""


@dataclass(frozen=True)
class Table:
    """One table of the report; `drawn` says that a picture goes with it."""

    title: str
    answer: Answer
    columns: tuple[str, ...]
    drawn: bool = False
    more: int = 0
    """Rows that were left out for length."""


@dataclass(frozen=True)
class Section:
    """A part of the report with its anchor, its sentences and its tables."""

    anchor: str
    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    notices: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Annual:
    """The year's report before it becomes a page or a workbook."""

    title: str
    community: str
    period: str
    scope: Scope
    overview: Row
    before: Row
    sections: tuple[Section, ...]
    reports: tuple[Report, ...] = field(default=())
    """The reports whose figures are in it, in the order of their definitions."""


def annual(session: Session, scope: Scope) -> Annual:
    """The year's report of the community that was chosen, or of all."""
    overview = overview_figures(session, scope)
    assert scope.period is not None  # noqa: S101 - the command gives one
    before = overview_figures(session, replace(scope, period=scope.period.previous()))
    community = overview["community"] or "、".join(_community_names(session))
    sections = tuple(_filled(_sections(session, scope, overview)))
    named = dict.fromkeys(table.answer.report.name for section in sections for table in section.tables)
    return Annual(
        title=_("Volunteer service in {period}").format(period=_words(scope.period.label)),
        community=community,
        period=scope.period.label,
        scope=scope,
        overview=overview,
        before=before,
        sections=sections,
        reports=tuple(report_named(name) for name in ("overview", *named)),
    )


def _words(label: str) -> str:
    """The name of a period as it is said."""
    return _("{year}").format(year=label) if label.isdigit() else label


def _community_names(session: Session) -> list[str]:
    from volunteer_cli.communities.queries import communities

    return [one.name for one in communities(session)]


def _filled(sections: Iterable[Section]) -> Iterator[Section]:
    """The sections that have something to say; tables without rows are left out."""
    for section in sections:
        tables = tuple(table for table in section.tables if table.answer.rows)
        if tables or section.sentences or section.notices:
            yield replace(section, tables=tables)


def _sections(session: Session, scope: Scope, overview: Row) -> Iterator[Section]:
    ask = _Asking(session, scope)
    yield Section(
        "community",
        _("The community"),
        tuple(_about(session, scope)),
        (ask.table("profile", _("Figures and their dates"), ("figure", "value", "as_of", "source")),),
    )
    yield Section(
        "service",
        _("Service through the year"),
        _service(overview),
        (
            ask.table(
                "hours",
                _("Hours by month"),
                ("month", "minutes", "records", "people"),
                by="month",
                drawn=True,
            ),
            ask.table(
                "hours",
                _("Hours by category"),
                ("category", "minutes", "records", "people"),
                by="category",
                drawn=True,
            ),
        ),
    )
    yield Section(
        "teams",
        _("Teams"),
        (),
        (
            ask.table(
                "teams",
                _("Members, events and hours of the teams"),
                ("team", "kind", "members", "active_members", "events", "minutes", "minutes_per_member"),
                drawn=True,
            ),
        ),
    )
    yield Section(
        "volunteers",
        _("Volunteers"),
        _volunteers(overview),
        (
            ask.table(
                "volunteers", _("By age"), ("age", "volunteers", "new", "active"), by="age", drawn=True
            ),
            ask.table("volunteers", _("By sex"), ("sex", "volunteers", "new", "active"), by="sex"),
            ask.table("skills", _("What they can do"), ("skill", "able", "volunteers", "trained", "needed")),
        ),
    )
    yield Section(
        "events",
        _("Events"),
        (),
        (
            ask.table(
                "events",
                _("Events by kind"),
                ("kind", "events", "done", "cancelled", "attended", "absent", "absence_rate"),
                by="kind",
                drawn=True,
            ),
            ask.table(
                "hours",
                _("Events with the most hours"),
                ("event", "minutes", "people"),
                by="event",
                known="event",
            ),
        ),
    )
    yield Section(
        "recognition",
        _("Recognition"),
        (),
        (
            ask.table("honours", _("Honours"), ("title", "level", "person", "team", "by", "date")),
            ask.table("stars", _("Stars"), ("level", "threshold", "holders", "granted"), having="holders"),
        ),
    )
    yield Section(
        "drives",
        _("Donation drives"),
        _drives(overview),
        (
            ask.table(
                "drives",
                _("What was given and passed on"),
                (
                    "drive",
                    "item",
                    "unit",
                    "goal",
                    "received",
                    "shipped",
                    "remaining",
                    "donors",
                    "anonymous_share",
                    "freight_waived",
                ),
                drawn=True,
            ),
        ),
        tuple(_notices(session, scope)),
    )


class _Asking:
    """Reports answered for one scope."""

    def __init__(self, session: Session, scope: Scope) -> None:
        self.session = session
        self.scope = scope

    def table(
        self,
        name: str,
        title: str,
        columns: tuple[str, ...],
        *,
        by: str = "",
        drawn: bool = False,
        known: str = "",
        having: str = "",
    ) -> Table:
        """A report's answer as a table; `known` and `having` leave out rows without a value of that column."""
        found = answer(self.session, report_named(name), replace(self.scope, by=(by,) if by else ()))
        needed = [key for key in (known, having) if key]
        rows = [row for row in found.rows if all(row[key] for key in needed)]
        if by and all(row[by] is None for row in rows):
            rows = []
        shown = rows if by == "month" else rows[:TOP]
        return Table(title, replace(found, rows=shown), columns, drawn, len(rows) - len(shown))


def _about(session: Session, scope: Scope) -> Iterator[str]:
    """What each community is, in one line."""
    from volunteer_cli.communities.queries import communities
    from volunteer_cli.communities.terms import COMMUNITY_KINDS as CHOICES

    for one in communities(session):
        facts = [one.subdistrict, _(CHOICES.get(one.kind or "", "")), one.party_branch]
        if scope.community_id in (None, one.id) and any(facts):
            yield " · ".join([one.name, *(fact for fact in facts if fact)])


def _service(overview: Row) -> tuple[str, ...]:
    told = _("{served} people gave {hours} hours, in {records} confirmed records, at {events} events.")
    if not overview["records"]:
        return (_("No service was recorded and confirmed."),)
    return (
        told.format(
            served=overview["served"],
            hours=format_minutes(overview["minutes"]),
            records=overview["records"],
            events=overview["events_held"],
        ),
    )


def _volunteers(overview: Row) -> tuple[str, ...]:
    told = _(
        "At the end of the period {volunteers} people were registered as volunteers, {new} of them new; {active} served."
    )
    return (
        (told.format(**{name: overview[name] for name in ("volunteers", "new", "active")}),)
        if overview["volunteers"]
        else ()
    )


def _drives(overview: Row) -> tuple[str, ...]:
    told = _(
        "{slips} gifts came in at {drives} drives. Pieces, sets and bags are counted apart; ≥ marks a count that contains an approximate one."
    )
    return (told.format(slips=overview["slips"], drives=overview["drives"]),) if overview["slips"] else ()


def _notices(session: Session, scope: Scope) -> Iterator[Row]:
    """The newest public notice of each drive of the period, as it was published."""
    from volunteer_cli.drives.documents import published
    from volunteer_cli.drives.queries import drives_between, notices

    assert scope.period is not None  # noqa: S101 - the command gives one
    found = drives_between(session, scope.period.first, scope.period.last, community_id=scope.community_id)
    for told in notices(session, [drive.id for drive in found]).values():
        if told:
            yield published(session, told[-1])


def chosen_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table; those that are empty in every row, such as unknown sources, are left out."""
    columns = [
        column for name in table.columns for column in table.answer.view.columns if column.name == name
    ]
    return tuple(
        column for column in columns if any(row.get(column.name) is not None for row in table.answer.rows)
    )


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
    """The figures of the first page with those of the year before; what is nought in both is left out."""
    names = (
        "minutes",
        "served",
        "volunteers",
        "new",
        "teams",
        "events_held",
        "attended",
        "honours",
        "certificates",
        "slips",
        "freight_waived",
    )
    columns = {figure.column.name: figure.column for figure in report_named("overview").figures}
    pairs = [(columns[name], told.overview[name], told.before[name]) for name in names]
    return [(column, now, then) for column, now, then in pairs if now or then]


NOTHING = N_("Nothing was recorded in this period.")
