"""The order of day and month in a column: what one cell proves holds for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from volunteer_cli.core.dates import parse_date
from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.intake.cells import Cell
from volunteer_cli.intake.locating import Located
from volunteer_cli.intake.mapping import Mapping
from volunteer_cli.intake.maps import ORDERS

#: A day whose year does not come first, as 25/05/2025; a time may follow.
THREE_NUMBERS = re.compile(r"\s*'?(\d{1,2}([/.-])\d{1,2}\2(?:\d{4}|\d{2}))(?!\d)")


def proved(mapping: Mapping, located: Located) -> Mapping:
    """The mapping with the order of those columns that prove one; the rows are looked through where dates need it."""
    indexes = _open_columns(mapping, located)
    # Nearly all sheets say the year first: only others are read twice.
    orders = _orders(indexes, located, mapping) if indexes else {}
    for columns in (mapping.columns, mapping.also):
        for index in orders.keys() & columns.keys():
            columns[index] = replace(columns[index], order=orders[index])
    return mapping


def _open_columns(mapping: Mapping, located: Located) -> list[int]:
    """The columns with days whose order neither the map nor a heading says."""
    first = [cells for _number, cells in located.first_rows]
    columns = mapping.columns | mapping.also
    return [index for index, column in columns.items() if column.order is None and any(_days(index, first))]


def _days_of(indexes: Iterable[int], located: Located) -> dict[int, set[str]]:
    """The days of some columns, each once, from all rows: one cell at the end may prove the order."""
    days: dict[int, set[str]] = {index: set() for index in indexes}
    for cells in located.table.rows():
        for index, texts in days.items():
            texts.update(_days(index, (cells,)))
    located.read_anew()
    return days


def _orders(indexes: Iterable[int], located: Located, mapping: Mapping) -> dict[int, str]:
    """The order that the cells of each column prove."""
    days = _days_of(indexes, located)
    today = (mapping.columns | mapping.also)[min(days)].today
    orders = {index: order_of(texts, today) for index, texts in days.items()}
    return {index: order for index, order in orders.items() if order}


def _days(index: int, rows: Iterable[list[Cell]]) -> Iterable[str]:
    """The days of a column whose order may be in doubt."""
    for cells in rows:
        cell = cells[index] if index < len(cells) else None
        if cell.__class__ is str and (match := THREE_NUMBERS.match(str(cell))):
            yield match[1]


def order_of(days: Iterable[str], today: date) -> str | None:
    """The only order in which all days can be read; None where several are possible, or none is."""
    possible = set(ORDERS)
    for day in days:
        possible = {order for order in possible if _reads(day, order, today)}
    return possible.pop() if len(possible) == 1 else None


def _reads(day: str, order: str, today: date) -> bool:
    try:
        parse_date(day, today, order=order, relative=False)
    except VolunteerError:
        return False
    return True
