"""The year's report as one page that needs nothing else: for the screen, the phone and A4 paper.

How it looks is said in `page.html`; here is what stands on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from volunteer_cli.core.countries import in_currency
from volunteer_cli.core.i18n import _, listed, ngettext, typography
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.drives.annual import gifts_counted
from volunteer_cli.output.pages import from_template
from volunteer_cli.output.view import Column, Kind
from volunteer_cli.reporting.annual import Section, Table
from volunteer_cli.reporting.drawing import chart_of, has_something
from volunteer_cli.reporting.findings import LEAST_BASE
from volunteer_cli.reporting.phrases import counted, quantity, tenths
from volunteer_cli.reports.annual.contents import (
    KINDS,
    NOTHING,
    Annual,
    chosen_columns,
    headline,
    used,
)
from volunteer_cli.reports.annual.telling import answering, in_words, paragraphs, story
from volunteer_cli.reports.explaining import definitions

if TYPE_CHECKING:
    from markupsafe import Markup
    from sqlalchemy.orm import Session

    from volunteer_cli.output.grids import Grid
    from volunteer_cli.reporting.declaration import Report, Row

#: A notice of more donors than fill a page or two names the first ones.
MOST_THANKED = 400
#: Figures that are set large, and rows of a table that stands in the text.
MOST_CARDS, MOST_INLINE = 3, 6


class _Figure(NamedTuple):
    """A figure of the first page: how it is set, and how it changed."""

    name: str
    number: str
    unit: str
    change: str


class _Shown(NamedTuple):
    """A table of the page, or the picture that stands for it in the text."""

    title: str
    report: str
    more: str = ""
    grid: Grid | None = None
    figure: Markup | None = None


class _Part(NamedTuple):
    """A chapter: what is said of a part of the year, with its pictures, small tables and notices."""

    anchor: str
    title: str
    paragraphs: list[str]
    shown: list[_Shown]
    notices: list[_Notice]


class _Notice(NamedTuple):
    """A public notice as it was published: masked, with refusals respected when it was frozen."""

    title: str
    drive: str
    facts: list[str]
    thanks: str


class _Meanings(NamedTuple):
    """What the figures of a report mean."""

    name: str
    title: str
    terms: list[tuple[str, str]]


def page(session: Session, told: Annual) -> str:
    """The page."""
    page = from_template(
        "reports/annual/page.html",
        tag=typography().tag,
        title=f"{told.community} · {told.title}",
        words=_words(),
        told=told,
        contents=_contents(told),
        **_first_page(session, told),
        sections=[_part(session, section, told.lead) for section in told.sections],
        colophon=list(answering(told)),
        annex=[_table(session, table) for table in _annexed(told)],
        meanings=[_meanings(told, report) for report in told.reports],
    )
    return f"{page}\n"


def _first_page(session: Session, told: Annual) -> dict[str, Any]:
    """What stands before the chapters: the cover, the foreword, the figures and the story of the year."""
    figures = [_figure(*each, told.previous) for each in headline(told)]
    return {
        "kind": _(KINDS[told.kind]),
        "summary": typography().sentences(told.summary[1:]),
        "lead": _picture(session, told.lead) if told.lead else None,
        "foreword": paragraphs(told.foreword),
        # Three large, the others in a line each beside those of the period before.
        "cards": figures[:MOST_CARDS],
        "lines": figures[MOST_CARDS:],
        "story": story(told),
    }


def _words() -> dict[str, str]:
    """What the page itself says."""
    return {
        "foreword": _("Foreword"),
        "figures": _("The year in figures"),
        "contents": _("On this page"),
        "story": _("The year, day by day"),
        "nothing": _(NOTHING),
        "how": _("what this means"),
        "thanks": _("With thanks to"),
        "answers": _("Who answers for it"),
        "seal": _("(seal)"),
        "annex": _("Annex"),
        "definitions": _("What the figures mean"),
        "one_definition": _(
            "Every figure has one definition, the same in each report. These are the ones used here."
        ),
        "back": _("Back to the top"),
    }


def _figure(column: Column, now: Any, then: Any, previous: str) -> _Figure:
    """The value large, with its unit small; hours to the tenth, their minutes are in the tables."""
    change = _change(column, now, then, previous) if then else ""
    unit = {Kind.MINUTES: _("h"), Kind.MONEY: in_currency(_("yuan"))}.get(column.kind, "")
    return _Figure(column.heading, _small(column, now), unit, change)


def _is_few(column: Column, amount: Any) -> bool:
    """Whether a figure is so small that a change of it in per cent says nothing; of minutes the hours count."""
    return bool((amount / 60 if column.kind is Kind.MINUTES else amount) < LEAST_BASE)


def _change(column: Column, now: Any, then: Any, previous: str) -> str:
    if now == then:
        return _("as in {previous}").format(previous=previous)
    before = _small(column, then)
    if _is_few(column, then):
        return _("{previous}: {before}").format(previous=previous, before=before)
    sign = "+" if now > then else "−"
    percent = round(abs(now - then) / then * 100)
    sentence = _("{sign}{percent}% ({previous}: {before})")
    return sentence.format(previous=previous, sign=sign, percent=percent, before=before)


def _small(column: Column, value: Any) -> str:
    """The value within a sentence, as precise as the large one above it."""
    if column.kind is Kind.MINUTES:
        return tenths(value / 60)
    return f"{value / 100:,.0f}" if column.kind is Kind.MONEY else f"{value:,}"


def _contents(told: Annual) -> list[tuple[str, str]]:
    """Where the parts of the page stand, and what they are called."""
    items = [(section.anchor, section.title) for section in told.sections]
    items += [("annex", _("Annex"))] if _annexed(told) else []
    return [*items, ("definitions", _("What the figures mean"))]


def _part(session: Session, section: Section, lead: Table | None) -> _Part:
    """A chapter; tables that are small stand in the text, others in the annex."""
    shown = [_shown(session, table) for table in section.tables if table is not lead]
    return _Part(
        section.anchor,
        section.title,
        list(_paragraphs(section)),
        [one for one in shown if one],
        [_notice(notice) for notice in section.notices],
    )


def _shown(session: Session, table: Table) -> _Shown | None:
    """The picture of a table, which names the annex; a small one without a picture itself."""
    if not table.pictured:
        return _table(session, table) if is_inline(table) else None
    picture = _picture(session, table)
    return _Shown(table.title, table.answer.report.name, figure=picture) if picture else None


def is_inline(table: Table) -> bool:
    """Whether a table is short enough to stand in the text."""
    return not table.pictured and len(table.rows) <= MOST_INLINE and not table.more


def _annexed(told: Annual) -> list[Table]:
    return [table for table in told.tables if not is_inline(table)]


def _paragraphs(section: Section) -> Iterable[str]:
    """What is said of a section; of the community itself a line for each."""
    if section.anchor == "community" or not section.sentences:
        return section.sentences
    return [typography().sentences(section.sentences)]


def _table(session: Session, table: Table) -> _Shown:
    from volunteer_cli.output.grids import listing
    from volunteer_cli.output.rows import Rows, values_of
    from volunteer_cli.output.view import View

    columns = chosen_columns(table)
    # Column by column, as values are looked up: names of people and teams in one query each.
    values = [values_of(column, table.rows, session) for column in columns]
    view = View("annual", table.title, columns)
    grid = listing(Rows(view, columns, list(zip(*values, strict=True)), totals=table.adds_up))
    more = _("… and {count} more").format(count=table.more) if table.more else ""
    return _Shown(table.title, table.answer.report.name, more, grid)


def _picture(session: Session, table: Table) -> Markup | None:
    from volunteer_cli.output.charts.page import html

    chart = chart_of(session, table.answer, has_something(table.answer, table.rows))
    return html(chart) if chart else None


def _notice(notice: Row) -> _Notice:
    title = _("Public notice {number} of {day}").format(number=notice["number"], day=notice["published_on"])
    return _Notice(title, str(notice["drive"]), list(_facts(notice)), _thanked(notice))


def _thanked(notice: Row) -> str:
    """The donors, each once; those who must not be named are not in a notice."""
    donors = dict.fromkeys(gift["donor"] for gift in notice["gifts"] if gift["donor"])
    return listed(list(donors)[:MOST_THANKED])


def _facts(notice: Row) -> Iterator[str]:
    gifts = counted(gifts_counted, notice["slips"])
    sentence = _("{gifts}, without those that went back; {unnamed} of them without a name")
    yield sentence.format(gifts=gifts, unnamed=notice["anonymous_slips"])
    yield from map(_goods, notice["totals"])
    yield from map(_shipment, notice["shipments"])


def _goods(total: Row) -> str:
    """What came of one item and what of it went on."""
    received, shipped = (quantity(_of_notice(total, name)) for name in ("received", "shipped"))
    sentence = _("{item}: {received} {unit} received, {shipped} passed on")
    return sentence.format(item=total["item"], unit=total["unit"], received=received, shipped=shipped)


def _of_notice(total: Row, name: str) -> Quantity:
    """A figure of a notice, which keeps beside it in which direction it is not exact."""
    return Quantity(total[name], direction=total["directions"].get(name))


def _shipment(shipment: Row) -> str:
    """What left the house, and who paid for it."""
    boxes = counted(_boxes_counted, shipment["boxes"])
    sentence = _("{boxes} to {to} on {date}").format(boxes=boxes, to=shipment["to"], date=shipment["date"])
    if not shipment["waived"]:
        return sentence
    carrier = shipment["carrier"] or _("the carrier")
    return sentence + _("; {carrier} waived the freight").format(carrier=carrier)


def _meanings(told: Annual, report: Report) -> _Meanings:
    names = used(told, report)
    terms = [(one.title, in_words(one.meaning)) for one in definitions(report) if one.name in names]
    return _Meanings(report.name, _(report.title), terms)


def _boxes_counted(number: int) -> str:
    """The words for a number of boxes."""
    return ngettext("{count} box", "{count} boxes", number)
