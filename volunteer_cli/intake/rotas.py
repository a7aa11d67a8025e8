"""Tables of who was on duty: names below shifts (上午, 早班, 8:00-12:00) or below days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import _
from volunteer_cli.intake.errors import RotaOfWeek
from volunteer_cli.intake.headings import REMARK, WEEKDAY, Heading, is_part_of_day, normal
from volunteer_cli.intake.names import PARTED, one_name
from volunteer_cli.intake.sheet import Column
from volunteer_cli.intake.spans import SHIFT
from volunteer_cli.intake.spreading import Outline, filled_below, heads_of_days, is_span
from volunteer_cli.intake.unfolding import AWAY, Part, Placed, Unfolding, says_nothing

#: Headings of a column that says in which shift somebody was.
SHIFTS = frozenset({"班次", "值班班次", "值班时段", "班别", "值班时间", "shift", "dutytime"})


class Head(NamedTuple):
    """A heading over names, the field that it brings, and what it says of it."""

    heading: Heading
    field: str
    says: str


def rota_parts(outline: Outline, file: str) -> tuple[Unfolding, list[Placed]] | None:
    """How rows are unfolded that have the names of people below shifts or days; None where none have.

    Raises:
        RotaOfWeek: they stand below days of the week, and of which week cannot be told.
    """
    if not _may_be_rota(outline) or outline.has(*telling(outline)):
        return None
    heads = [
        below
        for head in _heads(outline)
        for below in _spread(head, outline)
        if _holds_names(below.heading, outline)
    ]
    if not heads:
        _refuse_week(outline, file)
        return None
    return _unfolded(outline, heads)


def _may_be_rota(outline: Outline) -> bool:
    """Whether records of the kind are services, or places in the shifts of an event."""
    return outline.sheet.across == ("date", "minutes") or outline.sheet.field("shift") is not None


def telling(outline: Outline) -> Sequence[str]:
    """The fields any of which says who a row means."""
    key = next(each for each in outline.sheet.fields if each.required)
    return (key.name, *key.unless)


def _unfolded(outline: Outline, heads: Sequence[Head]) -> tuple[Unfolding, list[Placed]]:
    """A record for each name: below it what the heading says, behind the last column."""
    beside = _beside(outline, heads)
    columns = [
        [head.heading.index, *(each.heading.index for each in more)]
        for head, more in zip(heads, beside, strict=True)
    ]
    parts = [_part(columns[0], own, head.says) for own, head in zip(columns, heads, strict=True)]
    unfolding = Unfolding(parts, max(outline.located.width, columns[-1][0] + 1))
    behind = outline.brought_at(unfolding.width, heads[0].field)
    of_name = outline.brought_at(columns[0][0], telling(outline)[0])
    return unfolding, [*unfolding.first_of(outline.placed), behind, of_name]


def _part(first: Sequence[int], own: Sequence[int], says: str) -> Part:
    return Part(dict(zip(first, own, strict=True)), cells=(says,))


def _beside(outline: Outline, heads: Sequence[Head]) -> list[list[Placed]]:
    """The columns behind each heading that tell of whom it names, such as a phone; none where they are not alike."""
    begins = [head.heading.index for head in heads]
    ends = [*begins[1:], outline.located.width]
    columns = [
        [each for each in outline.placed if begin < each.heading.index < end]
        for begin, end in zip(begins, ends, strict=True)
    ]
    alike = {tuple(each.field.name for each in more) for more in columns}
    return columns if len(alike) == 1 and len(heads) > 1 else [[] for _head in heads]


def _heads(outline: Outline) -> list[Head]:
    """The headings that are shifts, each with its times where all have some; else those that are days."""
    if outline.sheet.field("shift"):
        by_name = (each for each in outline.unknown if is_called_shift(each.text))
        return [Head(each, "shift", REMARK.sub("", each.text).strip()) for each in by_name]
    if shifts := [each for each in outline.unknown if _is_shift(each, outline)]:
        return _with_times(shifts, outline.column("start"))
    days = heads_of_days(outline.located, outline.unknown, outline.column("date"))
    return [Head(heading, "date", str(day)) for heading, day, _unit in days]


def _with_times(shifts: Sequence[Heading], start: Column) -> list[Head]:
    """Shifts as starts where the times of all are known: from their headings, or from a map."""
    timed = all(is_span(each.text, start) or each.text.strip() in (start.words or {}) for each in shifts)
    # Else their names tell the services of one person on one day apart, whose length a map says.
    return [Head(each, "start" if timed else "work", each.text.strip()) for each in shifts]


def _spread(head: Head, outline: Outline) -> list[Head]:
    """A heading over all columns up to the next one: two people in a shift stand in two columns below it."""
    begin, located = head.heading.index, outline.located
    ends = (each.index for each in located.headings if each.index > begin)
    widest = max((len(cells) for _number, cells in located.first_rows), default=0)
    end = next(ends, max(widest, begin + 1))
    return [head._replace(heading=replace(head.heading, index=index)) for index in range(begin, end)]


def _is_shift(heading: Heading, outline: Outline) -> bool:
    """Whether a heading is a shift, by its name or by its times, and its rows have none of their own."""
    if outline.has("start", "end"):
        return False
    text = heading.text.strip()
    return is_called_shift(text) or is_span(text, outline.column("start"))


def is_called_shift(text: str) -> bool:
    """Whether a text is what a shift is called, whatever its brackets say: 上午, 早班（8:00-12:00）."""
    return is_part_of_day(text) or SHIFT.fullmatch(normal(text)) is not None


def _holds_names(heading: Heading, outline: Outline) -> bool:
    """Whether most cells below a heading hold names, each of one person or of several."""
    cells = [cell for cell in filled_below(heading, outline.located) if not _is_away(cell)]
    return bool(cells) and sum(_are_names(cell) for cell in cells) * 2 >= len(cells)


def _is_away(cell: str) -> bool:
    return says_nothing(cell) or cell.casefold() in AWAY


def _are_names(cell: str) -> bool:
    names = [each for each in PARTED.split(cell) if each.strip()]
    try:
        return bool(list(map(one_name, names)))
    except VolunteerError:
        return False


def _refuse_week(outline: Outline, file: str) -> None:
    """Refuse a plan of one week without its days."""
    days = [each for each in outline.unknown if WEEKDAY.fullmatch(each.text.strip())]
    if len(days) > 1 and any(_holds_names(each, outline) for each in days):
        raise RotaOfWeek(file=file, headings=_listed(days))


def _listed(headings: Iterable[Heading]) -> str:
    return _(", ").join(each.text.strip() for each in headings)
