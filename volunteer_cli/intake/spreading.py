"""Tables with a column a day or a column an item, and rows with the names of several people in a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import TypeAlias

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import _
from volunteer_cli.intake.cells import Cell, text_of
from volunteer_cli.intake.errors import PeopleDisagree
from volunteer_cli.intake.headings import (
    LENGTH,
    REMARK,
    SIGNATURES,
    WEEKDAY,
    Heading,
    normal,
    remark_of,
)
from volunteer_cli.intake.items import UNIT, UNITS
from volunteer_cli.intake.locating import Located, is_total
from volunteer_cli.intake.names import BODIES_PARTED, PARTED, one_name
from volunteer_cli.intake.parsers import TICKS
from volunteer_cli.intake.sheet import Column, Sheet
from volunteer_cli.intake.sorting import Chunk
from volunteer_cli.intake.spans import span_of
from volunteer_cli.intake.strays import SECTIONS, reads, worded
from volunteer_cli.intake.tables import Raw
from volunteer_cli.intake.unfolding import Part, Placed, Unfolding, number_in

#: A day of the month alone, and the month in a title; years of four digits, for 12.3 may be a day.
DAY_OF_MONTH = re.compile(r"(\d{1,2})\s*[日号]?")
MONTH = re.compile(r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})(?!\d)")
MONTH_ALONE = re.compile(r"(?<![\d.])(\d{1,2})月(?!\d)")
#: A day in brackets; a number alone would rather count.
DAY_IN_BRACKETS = re.compile(
    r"(?:(?:(?:19|20)?\d\d\s*年\s*)?\d{1,2}\s*月\s*)?\d{1,2}\s*[日号]|(?:19|20)\d\d\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{1,2}"
)
#: The signs of brackets: 上午（8:00-11:00） is 上午8:00-11:00.
BRACKETS = re.compile(r"[()（）\[\]【】]")
#: What a column of totals may be called beside 合计.
TOTAL = re.compile(
    r"(?:累计|合计|总计|总)(?:服务)?(?:时长|工时|小时数?|时数|数量|件数)|total hours|hours in total",
    re.IGNORECASE,
)
#: A heading that is a value, the value, and the unit that the heading gives.
Head: TypeAlias = tuple[Heading, Cell, str]
PIECES = re.compile(rf"\d+\s*(?:{UNIT})")
#: Columns of days that make a table of days; one alone is a remark that happens to be a date.
FEWEST = 2
#: Distinct cells that are remembered to hold one name.
MEMORY = 100_000


@dataclass(frozen=True)
class Outline:
    """A table before it is told of which columns a record is made.

    Attributes:
        placed: the columns whose headings are known.
        unknown: the headings that are not, which may be values themselves.
        column: how the cells of a field are read, by its name.
    """

    sheet: Sheet
    located: Located
    placed: Sequence[Placed]
    unknown: Sequence[Heading]
    column: Callable[[str], Column]

    def has(self, *names: str) -> bool:
        """Whether a column brings one of these fields."""
        return any(each.field.name in names for each in self.placed)

    def brought_at(self, index: int, name: str) -> Placed:
        """A column of that field at a place of the table, or behind its last one."""
        each = self.column(name).field
        return Placed(Heading(index, _(each.title)), each)


def spread_parts(outline: Outline) -> tuple[Unfolding, list[Placed]] | None:
    """How rows are unfolded in which each of several columns is a record; None where none are.

    Answers the columns that are read too: those that all records share, what the headings say, what the cells say.
    """
    heads = _heads(outline)
    if len(heads) < _fewest(outline.sheet) and not _is_named_day(heads, outline.located):
        return None
    headings = [heading for heading, _value, _unit in heads]
    first = headings[0].index
    parts = [_part(first, *head) for head in heads]
    unfolding = Unfolding(parts, outline.located.width, total=total_of(outline.unknown))
    works = _works(outline, unfolding, headings)
    of_heading, of_cell = read_as(outline, headings)
    spread = [outline.brought_at(unfolding.width, of_heading), outline.brought_at(first, of_cell)]
    return unfolding, [*outline.placed, *spread, *works]


def _part(first: int, heading: Heading, value: Cell, unit: str) -> Part:
    """The record of a column, whose cells are read in the place of those of the first one."""
    return Part({first: heading.index}, cells=(value,), unit=unit)


def _works(outline: Outline, unfolding: Unfolding, heads: Sequence[Heading]) -> list[Placed]:
    """A column of what was done, where headings say that before the day: 清扫（3月5日）."""
    works = [_work_of(heading) for heading in heads]
    if not any(works) or outline.has("work"):
        return []
    pairs = zip(unfolding.parts, works, strict=True)
    unfolding.parts = [replace(part, cells=(*part.cells, work)) for part, work in pairs]
    return [outline.brought_at(unfolding.width + 1, "work")]


def _work_of(heading: Heading) -> str | None:
    """What a heading says before the day in its brackets."""
    return REMARK.sub("", heading.text).strip() if day_in_brackets(heading.text) else None


def read_as(outline: Outline, heads: Sequence[Heading]) -> Sequence[str]:
    """The fields of headings and cells; below days cells may hold start and end in place of lengths: 9:00-11:00."""
    across = outline.sheet.across
    if across != ("date", "minutes"):
        return across
    start = outline.column("start")
    filled = (cell for heading in heads for cell in filled_below(heading, outline.located))
    cells = [cell for cell in filled if any(map(str.isdigit, cell))]
    spans = sum(has_times(cell, start) for cell in cells)
    # Totals may stand below them, which are no spans.
    return ("date", "start") if spans and spans * 2 >= len(cells) else across


def says_when(cell: str) -> bool:
    """Whether a cell is a time, a length or a tick, and no name of who was on duty."""
    return cell in TICKS or any(map(str.isdigit, cell))


def _is_named_day(heads: Sequence[Head], located: Located) -> bool:
    """Whether one column is of a day that stands in brackets behind what was done, and says how long below it."""
    headings = [heading for heading, _value, _unit in heads if day_in_brackets(heading.text)]
    return len(headings) == 1 and _holds(headings[0], located, says_when)


def _fewest(sheet: Sheet) -> int:
    # An item with its unit is clear by itself: 棉衣（件）.
    return 1 if sheet.across[:1] == ("item",) else FEWEST


def _heads(outline: Outline) -> list[Head]:
    """The headings that are values of a field themselves: days, teams or goods."""
    across = outline.sheet.across
    # A table with a date or a beginning has a record a row.
    if not across or outline.has(*across, "start"):
        return []
    located, unknown = outline.located, outline.unknown
    if across[0] == "date":
        return heads_of_days(located, unknown, outline.column("date"))
    return _teams(located, unknown) if across[0] == "team" else _items(located, unknown)


def _teams(located: Located, unknown: Sequence[Heading]) -> list[Head]:
    """The headings that are teams with names of people below them."""
    named = [heading for heading in unknown if SECTIONS["team"].fullmatch(heading.text.strip())]
    return [
        (heading, worded(heading.text)[0], "") for heading in named if _holds(heading, located, _is_one_name)
    ]


def _is_one_name(text: str) -> bool:
    try:
        one_name(text)
    except VolunteerError:
        return False
    return True


def heads_of_days(located: Located, unknown: Sequence[Heading], column: Column) -> list[Head]:
    """The headings that are days, with the days; days of the month alone need the month above the table."""
    bare = ((heading, _text_of_day(heading)) for heading in unknown)
    days = ((heading, _day_of(text, located, column)) for heading, text in bare)
    return [(heading, day, _unit_of_length(heading)) for heading, day in days if day]


def _text_of_day(heading: Heading) -> str:
    """What of a heading may be a day: what stands in its brackets or before them, or above a day of the week."""
    text = heading.groups[-1] if heading.groups and WEEKDAY.fullmatch(heading.text.strip()) else heading.text
    return day_in_brackets(text) or REMARK.sub("", text)


def day_in_brackets(text: str) -> str | None:
    """The day that stands in brackets behind what was done on it: 清扫（3月5日）; None where none does."""
    remark = remark_of(text)
    is_day = DAY_IN_BRACKETS.fullmatch(remark) and REMARK.sub("", text).strip()
    return remark if is_day else None


def _unit_of_length(heading: Heading) -> str:
    """The unit of the lengths below a day, where its heading gives one in brackets."""
    remark = normal(heading.remark)
    return remark if LENGTH.fullmatch(f"1{remark}") else ""


def _day_of(text: str, located: Located, column: Column) -> str | None:
    """What stands above a column as a day; None where it is none."""
    whole = _whole_day(text.strip(), located, column.year)
    # Times alone are no day, although they may stand in a column of days.
    return whole if reads(column, whole) and not is_time_alone(whole, column) else None


def with_days(unfolding: Unfolding, placed: list[Placed], located: Located, column: Column) -> list[Placed]:
    """The columns, with one of the days that stand above the times of each record: a day over 签到 and 签退.

    Where the table has a column of days too, the two are judged as two columns of one field are.
    """
    beside = next((each.heading for each in placed if each.field.name == column.field.name), None)
    labels = ["".join(part.label[:1]) for part in unfolding.parts]
    if beside:
        days: Sequence[Cell] = _days_beside(beside, labels, located, column)
    else:
        days = [_day_of(label, located, column) for label in labels]
    if not all(days):
        return placed
    unfolding.parts = [replace(part, cells=(day,)) for part, day in zip(unfolding.parts, days, strict=True)]
    return [*placed, Placed(Heading(located.width, labels[0]), column.field)]


def _days_beside(beside: Heading, labels: Iterable[str], located: Located, column: Column) -> Sequence[Cell]:
    """The days above columns, in full, with the year of a column of days where they have none."""
    with_year = replace(column, year=column.year or _year_below(beside, located, column))
    days = (_day_of(label, located, with_year) for label in labels)
    return [day and column.field.parse(day, with_year) for day in days]


def _year_below(heading: Heading, located: Located, column: Column) -> int | None:
    """The one year of the days in a column, which the days above other columns lack: 3月5日签到."""
    cells = [cell for cell in filled_below(heading, located) if reads(column, cell)]
    years = {year for cell in cells if (year := getattr(column.field.parse(cell, column), "year", None))}
    return years.pop() if len(years) == 1 else None


def with_times(unfolding: Unfolding, placed: list[Placed], located: Located, column: Column) -> list[Placed]:
    """The columns, with one of the times that stand above the names of each record: 上午（8:00-11:00）."""
    spans = [BRACKETS.sub("", "".join(part.label[:1])) for part in unfolding.parts]
    told = {each.field.name for each in placed} & {"start", "end", "minutes"}
    if told or not all(is_span(text, column) for text in spans):
        return placed
    place = located.width + len(unfolding.parts[0].cells)
    unfolding.parts = _timed(unfolding.parts, spans, located)
    return [*placed, Placed(Heading(place, _(column.field.title)), column.field)]


def _timed(parts: Sequence[Part], spans: Sequence[str], located: Located) -> list[Part]:
    """The parts, each with the times above it and the column in which people signed for them."""
    signed = _signatures(parts, located)
    return [
        replace(part, cells=(*part.cells, text), signature=signature)
        for part, text, signature in zip(parts, spans, signed, strict=True)
    ]


def _signatures(parts: Sequence[Part], located: Located) -> list[int | None]:
    """The column of each part in which people signed: the first one behind its own, before those of the next."""
    signed = [each.index for each in located.headings if normal(each.text) in SIGNATURES]
    begins = [min(part.sources.values()) for part in parts]
    ends = [*begins[1:], located.width]
    within = zip(begins, ends, strict=True)
    return [next((index for index in signed if begin < index < end), None) for begin, end in within]


def is_span(text: str, column: Column) -> bool:
    """Whether a text is a start and an end, with their day or without."""
    try:
        return span_of(text, column) is not None
    except VolunteerError:
        return False


def has_times(text: Cell, column: Column) -> bool:
    """Whether a text has two times, also where what stands beside them refuses it: its row says why."""
    try:
        return span_of(text, column) is not None
    except VolunteerError:
        return True


def is_time_alone(text: str, column: Column) -> bool:
    """Whether a text is a start and an end without their day."""
    span = span_of(text, column) if is_span(text, column) else None
    return span is not None and span.date is None and isinstance(span.start, time)


def _whole_day(text: str, located: Located, year: int | None) -> str:
    """A day of the month with the month that stands above the table, or is the name of its sheet."""
    alone = DAY_OF_MONTH.fullmatch(text)
    around = f"{located.title}\n{located.table.sheet or ''}"
    month = MONTH.search(around)
    if alone and month:
        return f"{month[1]}-{month[2]}-{alone[1]}"
    of_year = MONTH_ALONE.search(around) if year else None
    return f"{year}-{of_year[1]}-{alone[1]}" if alone and of_year else text


def _items(located: Located, unknown: Sequence[Heading]) -> list[Head]:
    """The headings that are goods with their units, 棉衣（件）, or whose cells have them: 3件."""
    return [
        (heading, REMARK.sub("", heading.text).strip(), normal(heading.remark))
        for heading in unknown
        if (normal(heading.remark) in UNITS or _holds(heading, located, PIECES.fullmatch))
        and not is_total(heading.text)
    ]


def _holds(heading: Heading, located: Located, is_such: Callable[[str], object]) -> bool:
    """Whether all cells below a heading that are filled in are of a kind, such as numbers with units."""
    filled = filled_below(heading, located)
    return bool(filled) and all(map(is_such, filled))


def filled_below(heading: Heading, located: Located) -> list[str]:
    """The cells below a heading that are filled in."""
    rows = (cells for _number, cells in located.first_rows)
    cells = [text_of(cells[heading.index]) for cells in rows if heading.index < len(cells)]
    return [cell.strip() for cell in cells if cell.strip()]


def total_of(unknown: Sequence[Heading]) -> int | None:
    """The column of totals, which the cells of its row must add up to."""
    texts = ((heading.index, REMARK.sub("", heading.text)) for heading in unknown)
    return next((index for index, text in texts if is_total(text) or TOTAL.fullmatch(text.strip())), None)


def kept_name(text: str) -> str:
    """The name of a body, as it stands between the signs."""
    return text.strip()


def _with_names(row: Raw, index: int, names: Sequence[str]) -> list[Raw]:
    """The row once for each name, which stands in the column `index`."""
    before, behind = row[:index], row[index + 1 :]
    return [[*before, name, *behind] for name in names]


class NamesApart:
    """Makes a record of each name where a cell holds several, of people or of bodies, if all of them are known."""

    def __init__(
        self,
        keys: frozenset[int],
        knows: Callable[[str], bool],
        *,
        bodies: bool = False,
        headcount: int | None = None,
        file: str = "",
    ) -> None:
        self.keys = keys
        self.headcount = headcount
        self.file = file
        self.knows = knows
        self.signs = BODIES_PARTED if bodies else PARTED
        self.reads = kept_name if bodies else one_name
        self._single: set[Cell] = set()

    def of(self, chunk: Chunk) -> Chunk:
        """The chunk with a row for each person; rows with somebody unknown stay as they are, to be refused."""
        for index in self.keys:
            chunk = self._parted(chunk, index)
        return chunk

    def _parted(self, chunk: Chunk, index: int) -> Chunk:
        places: list[int] = []
        rows: list[Raw] = []
        for place, row in enumerate(chunk.rows):
            names = self._names(row[index])
            places += [place] * max(len(names), 1)
            rows += _with_names(row, index, names) or [row]
        # Most sheets have one name a cell: their chunks pass as they are, without a copy.
        if len(rows) == len(chunk.rows):
            return chunk
        self._check_headcounts(chunk, index, places)
        return chunk.parted(places, rows, len(chunk.columns))

    def _check_headcounts(self, chunk: Chunk, index: int, places: Sequence[int]) -> None:
        """Refuse a file of which a row counts more people than it names, or fewer.

        Raises:
            PeopleDisagree: it does.
        """
        if self.headcount is None:
            return
        for place, names in Counter(places).items():
            row = chunk.rows[place]
            count = number_in(row[self.headcount])
            # A cell of several that stays whole names somebody unknown, and is refused by itself.
            if count in (None, names) or (names == 1 and self.signs.search(text_of(row[index]))):
                continue
            raise PeopleDisagree(file=self.file, row=chunk.numbers[place], count=f"{count:g}", names=names)

    def _names(self, cell: Cell) -> list[str]:
        """The names in a cell; none where it holds one, or somebody who is not known."""
        if cell in self._single:
            return []
        if not isinstance(cell, str) or not self.signs.search(cell) or self.knows(cell):
            return []
        words = [word for word in self.signs.split(text_of(cell)) if word.strip()]
        try:
            names = [self.reads(word) for word in words]
        except VolunteerError:
            names = []
        if len(names) > 1 and len(set(names)) == len(names) and all(map(self.knows, names)):
            return names
        if len(self._single) < MEMORY:
            self._single.add(cell)
        return []
