"""Figures in the words of a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _, ngettext
from volunteer_cli.output.cells import shown
from volunteer_cli.output.view import Column, Kind

if TYPE_CHECKING:
    from volunteer_cli.core.dates import Period


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


def quantity(value: Any) -> str:
    """A count with its mark, which no line may begin or end between."""
    return shown(Column("count", kind=Kind.QUANTITY), value).replace(" ", "\u00a0")


def period_name(period: Period) -> str:
    """The name of a period as it is said."""
    if period.label == "all":
        return _("all time")
    return _("{year}").format(year=period.label) if period.label.isdigit() else period.label
