"""The year's report as one page that needs nothing else: for the screen, the phone and A4 paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _, listed, ngettext, typography
from volunteer_cli.drives.annual import gifts_counted
from volunteer_cli.output.html import table as html_table
from volunteer_cli.output.view import Column, Kind
from volunteer_cli.reporting.annual import Section, Table
from volunteer_cli.reporting.drawing import Picture
from volunteer_cli.reporting.phrases import counted, quantity, tenths
from volunteer_cli.reports.annual.contents import (
    NOTHING,
    Annual,
    chosen_columns,
    headline,
    used,
)
from volunteer_cli.reports.explaining import definitions

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.reporting.declaration import Report, Row

OUTPUT = Path(__file__).resolve().parents[2] / "output"
MOST_THANKED = 400


def page(session: Session, told: Annual) -> str:
    """The page."""
    css = (OUTPUT / "page.css").read_text(encoding="utf-8") + Path(__file__).with_name(
        "annual.css"
    ).read_text(encoding="utf-8")
    body = "\n".join(
        [
            _cover(told),
            _summary(told),
            _headlines(told),
            _contents(told),
            *(_section(session, section, place) for place, section in enumerate(told.sections, 1)),
            "" if told.sections else f"<p>{_text(_(NOTHING))}</p>",
            _definitions(told, len(told.sections) + 1),
        ]
    )
    return (
        f'<!doctype html>\n<html lang="{typography().tag}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(told.community)} · {_text(told.title)}</title>\n<style>\n{css}</style>\n</head>\n"
        f'<body class="annual">\n{body}\n</body>\n</html>\n'
    )


def _text(value: Any) -> str:
    return escape(str(value))


def _cover(told: Annual) -> str:
    made = _("As the records stood on {day}").format(day=told.scope.today)
    return (
        f'<header class="cover" id="top"><p class="kicker">{_text(_("Annual report"))}</p>'
        f'<h1>{_text(told.community)}</h1><p class="subtitle">{_text(told.title)}</p><p class="made">{_text(made)}</p></header>'
    )


def _summary(told: Annual) -> str:
    """The year in a few sentences."""
    if not told.summary:
        return ""
    return f'<section class="summary" aria-label="{_text(_("Summary"))}"><p>{_joined(told.summary)}</p></section>'


def _headlines(told: Annual) -> str:
    cards = "\n".join(_card(*figures, told.previous) for figures in headline(told))
    return (
        f'<section class="cards" aria-label="{_text(_("The year in figures"))}">{cards}</section>'
        if cards
        else ""
    )


def _card(column: Column, now: Any, then: Any, previous: str) -> str:
    parts = [
        f'<p class="figure">{_big(column, now)}</p>',
        f'<p class="name">{_text(column.heading)}</p>',
        f'<p class="change">{_text(_change(column, now, then, previous))}</p>' if then else "",
    ]
    return f'<div class="card">{"".join(parts)}</div>'


def _big(column: Column, value: Any) -> str:
    """The value large, with its unit small; hours to the tenth, their minutes are in the tables."""
    if column.kind is Kind.MINUTES:
        return f"{tenths(value / 60)}<small> {_text(_('h'))}</small>"
    if column.kind is Kind.MONEY:
        return f"{value / 100:,.0f}<small> {_text(_('yuan'))}</small>"
    return f"{value:,}"


def _change(column: Column, now: Any, then: Any, previous: str) -> str:
    before = (
        tenths(then / 60)
        if column.kind is Kind.MINUTES
        else f"{then / 100:,.0f}"
        if column.kind is Kind.MONEY
        else f"{then:,}"
    )
    if now == then:
        return _("as in {previous}").format(previous=previous)
    return _("{sign}{percent}% ({previous}: {before})").format(
        previous=previous,
        sign="+" if now > then else "−",
        percent=round(abs(now - then) / then * 100),
        before=before,
    )


def _contents(told: Annual) -> str:
    items = [f'<li><a href="#{section.anchor}">{_text(section.title)}</a></li>' for section in told.sections]
    items.append(f'<li><a href="#definitions">{_text(_("What the figures mean"))}</a></li>')
    return f'<nav aria-label="{_text(_("On this page"))}"><ol>{"".join(items)}</ol></nav>'


def _section(session: Session, section: Section, place: int) -> str:
    parts = [
        f'<h2><span class="place">{place}</span> {_text(section.title)}</h2>',
        *_paragraphs(section),
        *(_table(session, table) for table in section.tables),
        *(_notice(notice) for notice in section.notices),
    ]
    return f'<section id="{section.anchor}">\n' + "\n".join(parts) + "\n</section>"


def _paragraphs(section: Section) -> Iterator[str]:
    """What is said of a section; of the community itself a line for each."""
    if section.anchor == "community":
        yield from (f"<p>{_text(sentence)}</p>" for sentence in section.sentences)
    elif section.sentences:
        yield f"<p>{_joined(section.sentences)}</p>"


def _joined(sentences: Iterable[str]) -> str:
    return typography().sentences(map(_text, sentences))


def _table(session: Session, table: Table) -> str:
    from volunteer_cli.output.grids import listing
    from volunteer_cli.output.rows import Rows, values_of
    from volunteer_cli.output.view import View

    rows, columns = table.rows, chosen_columns(table)
    values = list(zip(*(values_of(column, rows, session) for column in columns), strict=True))
    grid = listing(Rows(View("annual", table.title, columns), columns, values, totals=table.adds_up))
    picture = _figure(Picture(table.answer)) if table.pictured else ""
    more = (
        f'<p class="note">{_text(_("… and {count} more").format(count=table.more))}</p>' if table.more else ""
    )
    link = f'<a class="how" href="#means-{table.answer.report.name}">{_text(_("what this means"))}</a>'
    return f'<div class="table"><h3>{_text(table.title)} {link}</h3>\n{picture}\n{html_table(grid)}\n{more}</div>'


def _figure(picture: Picture) -> str:
    return f"<figure>{picture.svg(picture.with_something(picture.answer.rows))}</figure>"


def _notice(notice: Row) -> str:
    """A public notice as it was published: masked, with refusals respected when it was frozen."""
    title = _("Public notice {number} of {day}").format(number=notice["number"], day=notice["published_on"])
    facts = "".join(f"<li>{_text(fact)}</li>" for fact in _facts(notice))
    donors = list(dict.fromkeys(gift["donor"] for gift in notice["gifts"] if gift["donor"]))
    thanks = ""
    if donors:
        named = listed(map(_text, donors[:MOST_THANKED]))
        thanks = f'<p class="thanks"><strong>{_text(_("With thanks to"))}</strong> {named}</p>'
    return f'<aside class="notice"><h3>{_text(title)}</h3><p>{_text(notice["drive"])}</p><ul>{facts}</ul>{thanks}</aside>'


def _facts(notice: Row) -> Iterator[str]:
    yield _("{gifts}, without those that went back; {unnamed} of them without a name").format(
        gifts=counted(gifts_counted, notice["slips"]), unnamed=notice["anonymous_slips"]
    )
    for total in notice["totals"]:
        received, shipped = (
            quantity((total[name], name in total["marked"])) for name in ("received", "shipped")
        )
        yield _("{item}: {received} {unit} received, {shipped} passed on").format(
            item=total["item"], unit=total["unit"], received=received, shipped=shipped
        )
    for shipment in notice["shipments"]:
        told = _("{boxes} to {to} on {date}").format(
            boxes=counted(_boxes_counted, shipment["boxes"]), to=shipment["to"], date=shipment["date"]
        )
        if shipment["waived"]:
            told += _("; {carrier} waived the freight").format(
                carrier=shipment["carrier"] or _("the carrier")
            )
        yield told


def _definitions(told: Annual, place: int) -> str:
    parts = "\n".join(_meanings(told, report) for report in told.reports)
    lead = _("Every figure has one definition, the same in each report. These are the ones used here.")
    return f'<section id="definitions">\n<h2><span class="place">{place}</span> {_text(_("What the figures mean"))}</h2>\n<p>{_text(lead)}</p>\n{parts}\n<p class="note back"><a href="#top">{_text(_("Back to the top"))}</a></p></section>'


def _meanings(told: Annual, report: Report) -> str:
    names = used(told, report)
    terms = "\n".join(
        f"<dt>{_text(one.title)}</dt><dd>{_text(one.meaning)}</dd>"
        for one in definitions(report)
        if one.name in names
    )
    return f'<div id="means-{report.name}"><h3>{_text(_(report.title))}</h3>\n<dl>{terms}</dl></div>'


def _boxes_counted(number: int) -> str:
    """The words for a number of boxes."""
    return ngettext("{count} box", "{count} boxes", number)
