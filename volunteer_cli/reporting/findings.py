"""What a picture shows, as a sentence; of what it is, and where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from volunteer_cli.core.dates import long_date
from volunteer_cli.core.i18n import _, listed, ngettext
from volunteer_cli.output.charts import Chart, Form, Series, figure, size
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
        return _change(answer, heading, _sum_of(chart.now[0]), _sum_of(chart.before), chart.unit)
    return _highest(heading, chart)


def _sum_of(one: Series) -> float:
    return sum(map(size, one.values))


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
    name, percent = _larger_side(chart)
    sentence = _("{heading}: most are aged {age} ({count}); {name} {percent}%")
    return sentence.format(
        heading=heading, age=chart.labels[place], count=figure(chart.total(place)), name=name, percent=percent
    )


def _larger_side(chart: Chart) -> tuple[str, int]:
    """The larger of the two sexes with its share in per cent."""
    left, right = ((one.name, _sum_of(one)) for one in chart.now)
    name, amount = max(left, right, key=lambda side: side[1])
    return name, round(100 * amount / ((left[1] + right[1]) or 1))


def _change(answer: Answer, heading: str, now: float, then: float, unit: str) -> str:
    """More or less than before, where there was enough before to say so."""
    return _compared(now, then).format(
        heading=heading,
        now=figure(now, unit),
        then=figure(then, unit),
        previous=former_name(answer.scope),
        percent=round(abs(now - then) / (then or 1) * 100),
    )


def _compared(now: float, then: float) -> str:
    # From a base under about ten a change is a count: +967 % of three people says nothing.
    if then < LEAST_BASE:
        return _("{heading}: {now}; in {previous}: {then}")
    if round(now) == round(then):
        return _("{heading}: {now}, as in {previous}")
    if now > then:
        return _("{heading}: {now}, {percent}% more than in {previous}")
    return _("{heading}: {now}, {percent}% less than in {previous}")


def _highest(heading: str, chart: Chart) -> str:
    """Which label has most; what belongs to nothing is none of them."""
    if len(chart.labels) == 1:
        return f"{heading}: {_value(chart, 0)}"
    places = [place for place in range(len(chart.labels)) if place != chart.rest]
    highest = max(places, key=chart.total)
    # What has no common scale, as pieces and sets, has no first one either.
    if not chart.one_scale or not chart.total(highest):
        return heading
    over_time = chart.form in (Form.COLUMNS, Form.LINE)
    sentence = (
        _("{heading}: most in {label}, {value}") if over_time else _("{heading}: {label} leads with {value}")
    )
    return sentence.format(heading=heading, label=chart.labels[highest], value=_value(chart, highest))


def _value(chart: Chart, place: int) -> str:
    """What is drawn of a label, with its sign where it is not exact."""
    value = chart.now[0].values[place] if len(chart.now) == 1 else chart.total(place)
    return figure(value, chart.unit_of(place))


def _breakdown(answer: Answer) -> str:
    groups = [group.column.heading for group in answer.report.grouped(answer.scope)]
    return _("by {groups}").format(groups=listed(groups)) if groups else ""


def _measure(heading: str, unit: str) -> str:
    return _("{heading} ({unit})").format(heading=heading, unit=unit) if unit else heading


def subtitle(session: Session, answer: Answer, value: Column, chart: Chart) -> str:
    """The figure with its unit, what it is broken down by, whose it is and when."""
    from volunteer_cli.reporting.naming import names_of

    scope = answer.scope
    names = names_of(session, "community", [scope.community_id]) if scope.community_id else {}
    parts = [
        _measure(value.heading, chart.unit),
        _breakdown(answer),
        names.get(scope.community_id or 0, ""),
        period_name(scope.period) if scope.period else "",
    ]
    return " · ".join(part for part in parts if part)


def source(answer: Answer) -> str:
    """Where the figures come from, and how old they are."""
    return _("Source: records of the community, as of {day}").format(day=long_date(answer.scope.as_of))
