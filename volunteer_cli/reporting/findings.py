"""What a picture shows, as a sentence; of what it is, and where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.core.dates import long_date
from volunteer_cli.core.i18n import _, listed, ngettext
from volunteer_cli.output.charts import Chart, Form, figure, size
from volunteer_cli.output.view import Column, Kind
from volunteer_cli.reporting.phrases import former_name, period_name

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.reporting.answer import Answer

#: Of fewer a change in per cent says nothing: from 3 to 32 is no "+967 %".
LEAST_BASE = 10


def finding(answer: Answer, value: Column, chart: Chart) -> str:
    """The one thing to be seen at once."""
    heading = value.heading
    if chart.form is Form.BULLETS:
        return _goals(heading, chart)
    if chart.form is Form.PYRAMID:
        return _sexes(heading, chart)
    if chart.before and value.total and value.kind is not Kind.PERCENT:
        now, then = (sum(map(size, one.values)) for one in (chart.now[0], chart.before))
        return _change(answer, heading, now, then, chart.unit)
    return _highest(heading, chart)


def _goals(heading: str, chart: Chart) -> str:
    values, goals = chart.now
    pairs = [
        (size(one), size(goal))
        for one, goal in zip(values.values, goals.values, strict=True)
        if size(goal) > 0
    ]
    if not pairs:
        return heading
    reached = sum(one >= goal for one, goal in pairs)
    sentence = ngettext(
        "{heading}: {reached} of {count} goal reached",
        "{heading}: {reached} of {count} goals reached",
        len(pairs),
    )
    return sentence.format(heading=heading, reached=reached, count=len(pairs))


def _sexes(heading: str, chart: Chart) -> str:
    """Which age there are most of, and the larger of the two sexes."""
    place = max(range(len(chart.labels)), key=chart.total)
    left, right = ((one.name, sum(map(size, one.values))) for one in chart.now)
    name, amount = max(left, right, key=lambda side: side[1])
    percent = round(100 * amount / ((left[1] + right[1]) or 1))
    sentence = _("{heading}: most are aged {age} ({count}); {name} {percent}%")
    return sentence.format(
        heading=heading, age=chart.labels[place], count=figure(chart.total(place)), name=name, percent=percent
    )


def _change(answer: Answer, heading: str, now: float, then: float, unit: str) -> str:
    """More or less than before, where there was enough before to say so."""
    sentence = _("{heading}: {now}, {percent}% less than in {previous}")
    if then < LEAST_BASE:
        sentence = _("{heading}: {now}; in {previous}: {then}")
    elif round(now) == round(then):
        sentence = _("{heading}: {now}, as in {previous}")
    elif now > then:
        sentence = _("{heading}: {now}, {percent}% more than in {previous}")
    return sentence.format(
        heading=heading,
        now=figure(now, unit),
        then=figure(then, unit),
        previous=former_name(answer.scope),
        percent=round(abs(now - then) / (then or 1) * 100),
    )


def _highest(heading: str, chart: Chart) -> str:
    """Which label has most; what belongs to nothing is none of them."""
    if len(chart.labels) == 1:
        return f"{heading}: {_value(chart, 0)}"
    places = [place for place in range(len(chart.labels)) if place != chart.rest]
    highest = max(places, key=chart.total)
    if not chart.one_scale or not chart.total(highest):
        return heading
    sentence = _("{heading}: {label} leads with {value}")
    if chart.form in (Form.COLUMNS, Form.LINE):
        sentence = _("{heading}: most in {label}, {value}")
    return sentence.format(heading=heading, label=chart.labels[highest], value=_value(chart, highest))


def _value(chart: Chart, place: int) -> str:
    """What is drawn of a label, with its sign where it is not exact."""
    value = chart.now[0].values[place] if len(chart.now) == 1 else chart.total(place)
    return figure(value, chart.unit_of(place))


def subtitle(session: Session, answer: Answer, value: Column, chart: Chart) -> str:
    """The figure with its unit, what it is broken down by, whose it is and when."""
    from volunteer_cli.reporting.naming import names_of

    scope = answer.scope
    measure = value.heading
    if chart.unit:
        measure = _("{heading} ({unit})").format(heading=measure, unit=chart.unit)
    groups = [group.column.heading for group in answer.report.grouped(scope)]
    names = names_of(session, "community", [scope.community_id]) if scope.community_id else {}
    parts = [
        measure,
        _("by {groups}").format(groups=listed(groups)) if groups else "",
        names.get(scope.community_id or 0, ""),
        period_name(scope.period) if scope.period else "",
    ]
    return " · ".join(part for part in parts if part)


def source(answer: Answer) -> str:
    """Where the figures come from, and how old they are."""
    return _("Source: records of the community, as of {day}").format(day=long_date(answer.scope.as_of))
