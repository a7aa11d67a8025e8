"""Tables with a column a day or a column an item, and rows with the names of several people in a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from volunteer_cli.core.errors import VolunteerError
from volunteer_cli.core.i18n import _
from volunteer_cli.intake.cells import Cell, text_of
from volunteer_cli.intake.headings import LENGTH, REMARK, SIGNATURES, Heading, normal
from volunteer_cli.intake.items import UNIT, UNITS
from volunteer_cli.intake.locating import Located, is_total
from volunteer_cli.intake.names import BODIES_PARTED, PARTED, one_name
from volunteer_cli.intake.sheet import Column, Field, Sheet
from volunteer_cli.intake.sorting import Chunk
from volunteer_cli.intake.spans import span_of
from volunteer_cli.intake.strays import SECTIONS, reads, worded
from volunteer_cli.intake.tables import Raw
from volunteer_cli.intake.unfolding import Part, Placed, Unfolding

#: A day of the month alone, and the month in a title; years of four digits, for 12.3 may be a day.
DAY_OF_MONTH = re.compile(r"(\d{1,2})\s*[日号]?")
MONTH = re.compile(r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})(?!\d)")
MONTH_ALONE = re.compile(r"(?<![\d.])(\d{1,2})月(?!\d)")
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


def spread_parts(
    sheet: Sheet,
    located: Located,
    placed: Sequence[Placed],
    unknown: Sequence[Heading],
    column: Callable[[str], Column],
) -> tuple[Unfolding, list[Placed]] | None:
    """How rows are unfolded in which each of several columns is a record; None where none are.

    Answers the columns that are read too: those that all records share, what the headings say, what the cells say.
    """
    if not sheet.across or not _leaves_open(sheet, placed):
        return None
    heads = _heads(sheet.across[0], located, unknown, column)
    if len(heads) < _fewest(sheet):
        return None
    first = heads[0][0].index
    parts = [Part({first: heading.index}, cells=(value,), unit=unit) for heading, value, unit in heads]
    names = _read_as(sheet, located, [heading for heading, _value, _unit in heads], column)
    spread = _spread([column(name).field for name in names], located, first)
    return Unfolding(parts, located.width, total=_total(unknown)), [*placed, *spread]


def _read_as(
    sheet: Sheet, located: Located, heads: Sequence[Heading], column: Callable[[str], Column]
) -> Sequence[str]:
    """The fields of headings and cells; below days cells may hold start and end in place of lengths: 9:00-11:00."""
    if sheet.across != ("date", "minutes"):
        return sheet.across
    start = column("start")
    cells = [cell for heading in heads for cell in _filled(heading, located) if any(map(str.isdigit, cell))]
    spans = sum(_is_span(cell, start) for cell in cells)
    # Totals may stand below them, which are no spans.
    return ("date", "start") if spans and spans * 2 >= len(cells) else sheet.across


def _fewest(sheet: Sheet) -> int:
    # An item with its unit is clear by itself: 棉衣（件）.
    return 1 if sheet.across[0] == "item" else FEWEST


def _heads(
    name: str, located: Located, unknown: Sequence[Heading], column: Callable[[str], Column]
) -> list[Head]:
    """The headings that are values of a field themselves: days, teams or goods."""
    if name == "date":
        return _days(located, unknown, column("date"))
    return _teams(located, unknown) if name == "team" else _items(located, unknown)


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


def _spread(fields: Sequence[Field], located: Located, first: int) -> list[Placed]:
    """The columns of what the headings say, behind the last one, where no cell of the file stands, and of the cells."""
    of_heading, of_cell = fields
    return [
        Placed(Heading(located.width, _(of_heading.title)), of_heading),
        Placed(Heading(first, _(of_cell.title)), of_cell),
    ]


def _leaves_open(sheet: Sheet, placed: Sequence[Placed]) -> bool:
    """Whether no column brings what the headings would: a table with a date or a beginning has a record a row."""
    names = {each.field.name for each in placed}
    return names.isdisjoint((*sheet.across, "start"))


def _days(located: Located, unknown: Sequence[Heading], column: Column) -> list[Head]:
    """The headings that are days, with the days; days of the month alone need the month above the table."""
    days = ((heading, _day_of(REMARK.sub("", heading.text), located, column)) for heading in unknown)
    return [(heading, day, _unit_of_length(heading)) for heading, day in days if day]


def _unit_of_length(heading: Heading) -> str:
    """The unit of the lengths below a day, where its heading gives one in brackets."""
    remark = normal(heading.remark)
    return remark if LENGTH.fullmatch(f"1{remark}") else ""


def _day_of(text: str, located: Located, column: Column) -> str | None:
    """What stands above a column as a day; None where it is none."""
    whole = _whole_day(text.strip(), located, column.year)
    return whole if reads(column, whole) else None


def with_days(unfolding: Unfolding, placed: list[Placed], located: Located, column: Column) -> list[Placed]:
    """The columns, with one of the days that stand above the times of each record: a day over 签到 and 签退."""
    days = [_day_of("".join(part.label[:1]), located, column) for part in unfolding.parts]
    if any(each.field.name == column.field.name for each in placed) or not all(days):
        return placed
    unfolding.parts = [replace(part, cells=(day,)) for part, day in zip(unfolding.parts, days, strict=True)]
    return [*placed, Placed(Heading(located.width, _(column.field.title)), column.field)]


def with_times(unfolding: Unfolding, placed: list[Placed], located: Located, column: Column) -> list[Placed]:
    """The columns, with one of the times that stand above the names of each record: 上午（8:00-11:00）."""
    spans = [BRACKETS.sub("", "".join(part.label[:1])) for part in unfolding.parts]
    told = {each.field.name for each in placed} & {"start", "end", "minutes"}
    if told or not all(_is_span(text, column) for text in spans):
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


def _is_span(text: str, column: Column) -> bool:
    try:
        return span_of(text, column) is not None
    except VolunteerError:
        return False


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
    filled = _filled(heading, located)
    return bool(filled) and all(map(is_such, filled))


def _filled(heading: Heading, located: Located) -> list[str]:
    """The cells below a heading that are filled in."""
    rows = (cells for _number, cells in located.first_rows)
    cells = [text_of(cells[heading.index]) for cells in rows if heading.index < len(cells)]
    return [cell.strip() for cell in cells if cell.strip()]


def _total(unknown: Sequence[Heading]) -> int | None:
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

    def __init__(self, keys: frozenset[int], knows: Callable[[str], bool], *, bodies: bool = False) -> None:
        self.keys = keys
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
        return chunk.parted(places, rows, len(chunk.columns))

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
