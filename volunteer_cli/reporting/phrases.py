"""Figures in the words of a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import N_, NC_, _, ngettext
from volunteer_cli.core.quantity import Direction, quantity_of
from volunteer_cli.output.cells import shown
from volunteer_cli.output.view import Column, Kind

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period
    from volunteer_cli.reporting.declaration import Scope


def counted(words: Callable[[int], str], amount: float) -> str:
    """So many of something, such as 3 people; `words` has its name for a number of it."""
    count = tenths(amount)
    # An amount that is not whole is spoken of as several: 1.5 hours.
    pattern = words(1 if count == "1" else 2)
    return pattern.format(count=count)


def tenths(amount: float) -> str:
    """An amount to the tenth, which a whole one does not show; so hours are told alike everywhere."""
    return f"{amount:,.1f}".removesuffix(".0")


def hours(minutes: int) -> str:
    """Minutes as hours in words, to the tenth of one."""
    return counted(lambda number: ngettext("{count} hour", "{count} hours", number), minutes / 60)


def people(count: int) -> str:
    """So many people in words."""
    return counted(lambda number: ngettext("{count} person", "{count} people", number), count)


#: So many of an item by the direction of the count: as people write it, where a sentence says it.
OF_ITEMS = {
    None: N_("{item} {count} {unit}"),
    Direction.AT_LEAST: NC_("at least", "{item} ≥\u00a0{count} {unit}"),
    Direction.AT_MOST: NC_("at most", "{item} ≤\u00a0{count} {unit}"),
    Direction.ABOUT: NC_("about", "{item} ≈\u00a0{count} {unit}"),
}


def things(item: str, value: Any, unit: str) -> str:
    """So many of an item in words, which no line may break between sign and number."""
    amount = quantity_of(value)
    return _(OF_ITEMS[amount.direction]).format(item=item, count=amount.number, unit=unit)


def quantity(value: Any) -> str:
    """A count with its mark, which no line may begin or end between."""
    return shown(Column("count", kind=Kind.QUANTITY), value).replace(" ", "\u00a0")


def _name_of_months(label: str) -> str:
    """A year, a quarter or a month as it is said; nothing for other periods."""
    year, rest = label[:4], label[5:]
    if not rest:
        return _("{year}").format(year=year)
    if rest in QUARTERS:
        return _(QUARTERS[rest]).format(year=year)
    return month_name(label) if len(rest) == len("01") else ""


def period_name(period: Period) -> str:
    """The name of a period as it is said."""
    from volunteer_cli.core.dates import long_date

    if period.label == "all":
        return _("all time")
    if name := _name_of_months(period.label) or _half_year(period):
        return name
    if period.first == period.last:
        return long_date(period.first)
    return _("{first} to {last}").format(first=long_date(period.first), last=long_date(period.last))


def _half_year(period: Period) -> str:
    """Half a year as it is said; nothing for other periods."""
    first, last = period.first, period.last
    if first.year != last.year:
        return ""
    ends = ((first.month, first.day), (last.month, last.day))
    return _(HALVES[ends]).format(year=first.year) if ends in HALVES else ""


def former_name(scope: Scope) -> str:
    """The name of the period that a scope's is compared with: of one that runs the same days alone."""
    assert scope.period is not None  # noqa: S101 - a comparison without a period is refused
    name = period_name(scope.period.previous())
    return _("the same days of {period}").format(period=name) if scope.runs else name


def month_name(label: str) -> str:
    """A month such as 2026-05 as it is said."""
    year, month = label.split("-")
    return _("{year}-{month:02}").format(year=year, month=int(month))


HALVES = {
    ((1, 1), (6, 30)): N_("the first half of {year}"),
    ((7, 1), (12, 31)): N_("the second half of {year}"),
}
QUARTERS = {
    "Q1": N_("{year}-Q1"),
    "Q2": N_("{year}-Q2"),
    "Q3": N_("{year}-Q3"),
    "Q4": N_("{year}-Q4"),
}
#: The months of one year, short enough to stand below a column.
MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)
