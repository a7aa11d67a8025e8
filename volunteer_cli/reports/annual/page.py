"""The year's report as one page that needs nothing else: for the screen, the phone and A4 paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.countries import in_currency
from volunteer_cli.core.i18n import _, listed, ngettext, typography
from volunteer_cli.core.quantity import Quantity
from volunteer_cli.core.visible import escaped
from volunteer_cli.drives.annual import gifts_counted
from volunteer_cli.output.html import table as html_table
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
from volunteer_cli.reports.annual.telling import colophon, foreword, in_words, story
from volunteer_cli.reports.explaining import definitions

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.reporting.declaration import Report, Row

OUTPUT = Path(__file__).resolve().parents[2] / "output"
#: A notice of more donors than fill a page or two names the first ones.
MOST_THANKED = 400
#: Figures that are set large, and rows of a table that stands in the text.
MOST_CARDS, MOST_INLINE = 3, 6


def page(session: Session, told: Annual) -> str:
    """The page."""
    title = f"{_text(told.community)} · {_text(told.title)}"
    parts = [
        _cover(session, told),
        foreword(told.foreword),
        _headlines(told),
        _contents(told),
        story(told),
        *_sections(session, told),
        colophon(told),
        _annex(session, told),
        _definitions(told),
    ]
    body = "\n".join(filter(None, parts))
    return (
        f'<!doctype html>\n<html lang="{typography().tag}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_styles()}</style>\n</head>\n"
        f'<body class="annual">\n<main>\n{body}\n</main>\n</body>\n</html>\n'
    )


def _styles() -> str:
    """The looks of every page and of this one, in the page itself: it is mailed and opened without a network."""
    files = (OUTPUT / "page.css", Path(__file__).with_name("annual.css"))
    return "".join(file.read_text(encoding="utf-8") for file in files)


def _sections(session: Session, told: Annual) -> Iterator[str]:
    """The chapters, numbered as people quote them; a year without any says so."""
    for place, section in enumerate(told.sections, 1):
        yield _section(session, section, place, told.lead)
    if not told.sections:
        yield f"<p>{_text(_(NOTHING))}</p>"


def _text(value: Any) -> str:
    return escaped(str(value))


def _cover(session: Session, told: Annual) -> str:
    """Whose year it was, what is to be said of it in one sentence, and its months as the one picture that leads."""
    parts = [
        f'<p class="kicker">{_text(_(KINDS[told.kind]))}</p><h1>{_text(told.community)}</h1>',
        f'<p class="subtitle">{_text(told.title)}</p>',
        f'<p class="finding">{_text(told.summary[0])}</p>' if told.summary else "",
        f'<p class="summary">{_joined(told.summary[1:])}</p>' if told.summary[1:] else "",
        _figure(session, told.lead) if told.lead else "",
    ]
    return f'<header class="cover" id="top">{"".join(parts)}</header>'


def _headlines(told: Annual) -> str:
    """Three figures large, the others in a line each beside those of the period before."""
    figures = headline(told)
    if not figures:
        return ""
    cards = "\n".join(_card(*each, told.previous) for each in figures[:MOST_CARDS])
    lines = "\n".join(_line(*each, told.previous) for each in figures[MOST_CARDS:])
    rest = f"<dl>{lines}</dl>" if lines else ""
    name = _text(_("The year in figures"))
    return f'<section class="figures" aria-label="{name}"><div class="cards">{cards}</div>{rest}</section>'


def _line(column: Column, now: Any, then: Any, previous: str) -> str:
    change = f" <small>{_text(_change(column, now, then, previous))}</small>" if then else ""
    return f"<div><dt>{_text(column.heading)}</dt><dd>{_big(column, now)}{change}</dd></div>"


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
        return f"{value / 100:,.0f}<small> {_text(in_currency(_('yuan')))}</small>"
    return f"{value:,}"


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


def _contents(told: Annual) -> str:
    items = [(section.anchor, section.title) for section in told.sections]
    items += [("annex", _("Annex"))] if _annexed(told) else []
    items.append(("definitions", _("What the figures mean")))
    links = "".join(f'<li><a href="#{anchor}">{_text(title)}</a></li>' for anchor, title in items)
    return f'<nav aria-label="{_text(_("On this page"))}"><ol>{links}</ol></nav>'


def _section(session: Session, section: Section, place: int, lead: Table | None) -> str:
    """What is said of a part of the year, with its pictures; tables that are small stand there, others in the annex."""
    parts = [
        f'<h2><span class="place">{place}</span> {_text(section.title)}</h2>',
        *_paragraphs(section),
        *(_shown(session, table) for table in section.tables if table is not lead),
        *(_notice(notice) for notice in section.notices),
    ]
    return f'<section id="{section.anchor}">\n' + "\n".join(filter(None, parts)) + "\n</section>"


def _shown(session: Session, table: Table) -> str:
    """The picture of a table, which names the annex; a small one without a picture itself."""
    if not table.pictured:
        return _table(session, table) if is_inline(table) else ""
    return _figure(session, table)


def is_inline(table: Table) -> bool:
    """Whether a table is short enough to stand in the text."""
    return not table.pictured and len(table.rows) <= MOST_INLINE and not table.more


def _annexed(told: Annual) -> list[Table]:
    return [table for table in told.tables if not is_inline(table)]


def _annex(session: Session, told: Annual) -> str:
    """All tables that are too long for the text, each with its caption."""
    tables = [_table(session, table) for table in _annexed(told)]
    if not tables:
        return ""
    heading = f"<h2>{_text(_('Annex'))}</h2>"
    return f'<section id="annex" class="annex">\n{heading}\n' + "\n".join(tables) + "\n</section>"


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

    columns = chosen_columns(table)
    # Column by column, as values are looked up: names of people and teams in one query each.
    values = [values_of(column, table.rows, session) for column in columns]
    view = View("annual", table.title, columns)
    grid = listing(Rows(view, columns, list(zip(*values, strict=True)), totals=table.adds_up))
    body = f"{_heading_of(table)}\n{html_table(grid, caption=table.title)}\n{_more(table)}"
    return f'<div class="table">{body}</div>'


def _heading_of(table: Table) -> str:
    link = f'<a class="how" href="#means-{table.answer.report.name}">{_text(_("what this means"))}</a>'
    return f"<h3>{_text(table.title)} {link}</h3>"


def _more(table: Table) -> str:
    """How many rows the table leaves out."""
    if not table.more:
        return ""
    return f'<p class="note">{_text(_("… and {count} more").format(count=table.more))}</p>'


def _figure(session: Session, table: Table) -> str:
    from volunteer_cli.output.charts.page import html

    chart = chart_of(session, table.answer, has_something(table.answer, table.rows))
    return html(chart) if chart else ""


def _notice(notice: Row) -> str:
    """A public notice as it was published: masked, with refusals respected when it was frozen."""
    title = _("Public notice {number} of {day}").format(number=notice["number"], day=notice["published_on"])
    facts = "".join(f"<li>{_text(fact)}</li>" for fact in _facts(notice))
    body = f"<h3>{_text(title)}</h3><p>{_text(notice['drive'])}</p><ul>{facts}</ul>{_thanks(notice)}"
    return f'<aside class="notice">{body}</aside>'


def _thanks(notice: Row) -> str:
    """The donors, each once; those who must not be named are not in a notice."""
    donors = list(dict.fromkeys(gift["donor"] for gift in notice["gifts"] if gift["donor"]))
    if not donors:
        return ""
    names = listed(map(_text, donors[:MOST_THANKED]))
    return f'<p class="thanks"><strong>{_text(_("With thanks to"))}</strong> {names}</p>'


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


def _definitions(told: Annual) -> str:
    parts = "\n".join(_meanings(told, report) for report in told.reports)
    lead = _("Every figure has one definition, the same in each report. These are the ones used here.")
    return (
        f'<section id="definitions">\n<h2>{_text(_("What the figures mean"))}</h2>\n<p>{_text(lead)}</p>\n{parts}\n'
        f'<p class="note back"><a href="#top">{_text(_("Back to the top"))}</a></p></section>'
    )


def _meanings(told: Annual, report: Report) -> str:
    names = used(told, report)
    terms = "\n".join(
        f"<dt>{_text(one.title)}</dt><dd>{_text(in_words(one.meaning))}</dd>"
        for one in definitions(report)
        if one.name in names
    )
    return f'<div id="means-{report.name}"><h3>{_text(_(report.title))}</h3>\n<dl>{terms}</dl></div>'


def _boxes_counted(number: int) -> str:
    """The words for a number of boxes."""
    return ngettext("{count} box", "{count} boxes", number)
