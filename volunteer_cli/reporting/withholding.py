"""Small cells: counts of a table that leaves the office, so that none of a few people can be computed.

Counts from 1 to a limit are hidden; then the next smallest ones, until every hidden number could be at
least two numbers by all that is printed; and when none is left to hide, the total. Zero tells of nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from volunteer_cli.core.i18n import N_
from volunteer_cli.core.policies import SMALL_CELL, policy_value
from volunteer_cli.core.withheld import Withheld
from volunteer_cli.output.view import Column, Kind
from volunteer_cli.reporting.declaration import Report, Row

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from volunteer_cli.reporting.answer import Answer

#: What stands for a number that is not small itself.
LARGER = "*"
SUPPRESSED = Column("suppressed", N_("Withheld"), Kind.LIST, table=False)


class Range(NamedTuple):
    """The numbers that a printed cell may stand for."""

    least: float
    most: float


# --- one column ------------------------------------------------------------


def signs(numbers: Sequence[int], limit: int, *, total: bool) -> tuple[dict[int, str], str | None]:
    """By place the signs for the numbers of a column that are hidden, and that of its total, if it is hidden.

    `total` says that the sum is printed below; an empty sign leaves the total's place blank.
    """
    hidden = {place: _small(limit) for place, number in enumerate(numbers) if 1 <= number < limit}
    if not (total and hidden):
        return hidden, None
    if sum(numbers) < limit:
        return hidden, _small(limit) if _is_safe(hidden, Range(1, limit - 1), limit) else ""
    return _with_others(numbers, hidden, limit)


def _with_others(
    numbers: Sequence[int], hidden: dict[int, str], limit: int
) -> tuple[dict[int, str], str | None]:
    """Hide as many other numbers as it takes, smallest first, and at last the total."""
    others = sorted(_visible(numbers, hidden), key=lambda each: (numbers[each], each))
    rest = sum(numbers[place] for place in hidden)
    while not _is_safe(hidden, Range(rest, rest), limit):
        if not others:
            return hidden, LARGER
        place = others.pop(0)
        hidden[place], rest = LARGER, rest + numbers[place]
    return hidden, None


def _small(limit: int) -> str:
    return f"<{limit}"


def _visible(numbers: Sequence[int], hidden: Mapping[int, str]) -> list[int]:
    return [place for place, number in enumerate(numbers) if number and place not in hidden]


def _is_safe(hidden: Mapping[int, str], rest: Range, limit: int) -> bool:
    """Whether each hidden number could be two numbers at least, when all of them together are in a range."""
    ranges = [meaning(sign, limit) for sign in hidden.values()]
    least, most = sum(each.least for each in ranges), sum(each.most for each in ranges)
    return all(_width(each, least, most, rest) >= 1 for each in ranges)


def _width(cell: Range, least: float, most: float, rest: Range) -> float:
    """How far apart the numbers are that one cell may be, beside others whose least and most are known."""
    # Of several without a most the others have none either; of a single one they have nothing at all.
    others_most = inf if most == inf else most - cell.most
    lowest = max(cell.least, rest.least - others_most)
    return min(cell.most, rest.most - (least - cell.least)) - lowest


def meaning(sign: str, limit: int) -> Range:
    """The numbers that a sign stands for."""
    return Range(limit, inf) if sign == LARGER else Range(1, limit - 1)


# --- a table ------------------------------------------------------------


def withheld(session: Session, answer: Answer) -> Answer:
    """The answer as it may be published: what tells of too few is withheld, and each row names what that is."""
    limit = policy_value(session, SMALL_CELL)
    rows = [dict(row) for row in answer.rows]
    if limit:
        _withhold_few(answer, rows, limit)
    for row in rows:
        row[SUPPRESSED.name] = [name for name, value in row.items() if isinstance(value, Withheld)]
    view = replace(answer.view, columns=(*answer.view.columns, SUPPRESSED))
    return replace(answer, rows=rows, view=view)


def _private(answer: Answer) -> Iterator[str]:
    """The counts of people, households or matters, those of the period before too."""
    for column in answer.view.columns:
        if column.name.removesuffix("_before") in answer.report.private:
            yield column.name


def _withhold(rows: Sequence[Row], name: str, limit: int, *, total: bool) -> None:
    counted = [row for row in rows if isinstance(row.get(name), int)]
    numbers = [row[name] for row in counted]
    hidden, of_total = signs(numbers, limit, total=total)
    for place, sign in hidden.items():
        counted[place][name] = Withheld(sign, numbers[place], of_total)


def _withhold_few(answer: Answer, rows: list[Row], limit: int) -> None:
    for name in _private(answer):
        _withhold(rows, name, limit, total=answer.adds_up)
    # A rate tells its count to whoever knows the other one: what is computed of hidden counts goes too.
    for name, over in _rates(answer.report, answer.view.columns):
        _withhold_over(rows, name, over)


def _rates(report: Report, columns: Sequence[Column]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is computed of counts: shares of them, and changes from one period to the other."""
    over = {figure.column.name: figure.over for figure in report.figures}
    for column in columns:
        name, _sign, _of = column.name.rpartition("_")
        if column.name.endswith("_change"):
            yield column.name, (name, f"{name}_before")
        elif column.name.endswith("_before"):
            yield column.name, tuple(f"{each}_before" for each in over.get(name, ()))
        else:
            yield column.name, over.get(column.name, ()) or column.ratio


def _withhold_over(rows: Sequence[Row], name: str, over: Sequence[str]) -> None:
    for row in rows:
        value: Any = row.get(name)
        if value is not None and any(isinstance(row.get(each), Withheld) for each in over):
            row[name] = Withheld(LARGER)
