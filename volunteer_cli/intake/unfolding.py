"""Rows that hold several records: tables side by side, pairs of times in the morning and the afternoon.

Each row is parted into its records before anything is read, so that whatever follows sees one record a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from volunteer_cli.intake.cells import NOTHING, Cell, is_blank, says_ditto, text_of
from volunteer_cli.intake.errors import TotalDisagrees
from volunteer_cli.intake.headings import PART_OF_DAY, Heading, normal
from volunteer_cli.intake.sheet import Field, Sheet
from volunteer_cli.intake.sorting import Chunk
from volunteer_cli.intake.tables import Raw

#: And what tells 签到1 from 签到2.
NUMBERED = re.compile(r"\d+$")
#: What a column a day says of somebody who did not serve on it.
AWAY = frozenset(
    (
        "0",
        "0.0",
        "×",
        "x",
        "✗",
        "休",
        "轮休",
        "调休",
        "休息",
        "公休",
        "放假",
        "空岗",
        "缺岗",
        "否",
        "假",
        "请假",
        "病假",
        "事假",
        "缺",
        "缺勤",
        "未到",
        "absent",
    )
)
#: Hours that a total may differ by, for it was rounded.
NEAR = 0.05


@dataclass(frozen=True)
class Placed:
    """A heading and the field that its column brings."""

    heading: Heading
    field: Field

    @property
    def bare(self) -> str:
        """The heading without what only tells it from its like."""
        return NUMBERED.sub("", PART_OF_DAY.sub("", normal(self.heading.text)))

    @property
    def label(self) -> tuple[str, ...]:
        """What tells it from its like: its groups, the part of the day, its number."""
        name = normal(self.heading.text)
        marks = [match[0] for pattern in (PART_OF_DAY, NUMBERED) if (match := pattern.search(name))]
        return (*self.heading.groups, *marks)

    @property
    def rank(self) -> int:
        """How exactly the heading says what it is, best 0: the place among the headings of the field."""
        forms = set(self.heading.forms())
        headings = enumerate(self.field.headings)
        return next((place for place, text in headings if normal(text) in forms), len(self.field.headings))


@dataclass(frozen=True)
class Part:
    """One of the records of a row.

    Attributes:
        sources: the columns of this record by those of the first one.
        label: what tells it from the others, like 下午.
        cells: what its heading says, behind the columns of the table: the day or the item.
        unit: what its numbers count, where the heading says that.
        signature: the column in which whoever came signed; who did not sign has no record.
    """

    sources: dict[int, int]
    label: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    unit: str = ""
    signature: int | None = None


@dataclass
class Unfolding:
    """Parts each row into its records, the columns of every record in the place of those of the first.

    Attributes:
        width: how many columns the table has.
        meant: what a cell means in the record of a label, by the column.
        total: a column that the cells of all records of a row must add up to.
        once: columns that count once a row, such as its value.
    """

    parts: list[Part]
    width: int
    meant: dict[int, Callable[[Cell, Sequence[str]], Cell]] = field(default_factory=dict)
    total: int | None = None
    file: str = ""
    once: Sequence[int] = ()
    _above: dict[int, Cell] = field(default_factory=dict)

    def sources_of(self, columns: Collection[int]) -> frozenset[int]:
        """These columns of the first record, and those that stand for them in the others."""
        pairs = (pair for part in self.parts for pair in part.sources.items())
        return frozenset(columns).union(source for column, source in pairs if column in columns)

    def columns_read(self) -> set[int]:
        """The columns of which records are made, with that of their total."""
        columns = {index for part in self.parts for index in part.sources.values()}
        return columns if self.total is None else columns | {self.total}

    def first_of(self, placed: Sequence[Placed]) -> list[Placed]:
        """The columns that are read: those that all records share, and those of the first."""
        others = {index for part in self.parts[1:] for index in part.sources.values()}
        return [each for each in placed if each.heading.index not in others]

    def of(self, chunk: Chunk) -> Chunk:
        """The records of all rows of a chunk, each with the number of its row."""
        places: list[int] = []
        records: list[Raw] = []
        for place, cells in enumerate(chunk.rows):
            row = self._repeated(cells)
            self._check_total(chunk.numbers[place], row)
            own = self._records_of(row)
            places += [place] * len(own)
            records += own
        return chunk.parted(places, records, self.width + len(self.parts[0].cells))

    def _records_of(self, row: Raw) -> list[Raw]:
        """The records of a row; without any the row itself, to be refused, but for somebody who never came."""
        records = list(self._records(row))
        for record in records[1:]:
            for index in self.once:
                record[index] = None
        return records if records or self.parts[0].cells else [row]

    def _records(self, row: Raw) -> Iterator[Raw]:
        for part in self.parts:
            if all(self._says_nothing(row[source]) for source in part.sources.values()):
                continue
            if part.signature is not None and says_nothing(row[part.signature]):
                continue
            record = [*row, *part.cells]
            for index, source in part.sources.items():
                record[index] = self._cell_of(part, index, row[source])
            yield record

    def _cell_of(self, part: Part, index: int, cell: Cell) -> Cell:
        """What a cell means in the record of a part: with the unit of its heading, or the half of its day."""
        # A cell that names a unit of its own, 3袋, keeps it.
        if part.unit and text_of(cell).strip().isdecimal():
            return f"{text_of(cell).strip()}{part.unit}"
        reading = self.meant.get(index)
        return reading(cell, part.label) if reading else cell

    def _says_nothing(self, cell: Cell) -> bool:
        """Whether a cell is blank; in a column a day a 0 and a word for being away are blank too."""
        away = bool(self.parts[0].cells) and text_of(cell).strip().casefold() in AWAY
        return away or says_nothing(cell)

    def _check_total(self, number: int, row: Raw) -> None:
        """Refuse a file whose totals are not those of its cells.

        Raises:
            TotalDisagrees: the numbers of a row add up to something else.
        """
        if self.total is None:
            return
        cells = [row[source] for part in self.parts for source in part.sources.values()]
        total, added = number_in(row[self.total]), _sum_of(cells)
        if total is None or added is None:
            return
        if abs(total - added) >= NEAR:
            raise TotalDisagrees(file=self.file, row=number, total=f"{total:g}", sum=f"{added:g}")

    def _repeated(self, cells: Raw) -> Raw:
        """The row with 同上 filled in, of the column that it stands in and not of the record before."""
        row = [*cells[: self.width], *[None] * (self.width - len(cells))]
        for index, cell in enumerate(row):
            if says_ditto(cell) and not is_blank(self._above.get(index)):
                row[index] = self._above[index]
            else:
                self._above[index] = cell
        return row


def number_in(cell: Cell) -> float | None:
    """The number at the beginning of a cell: 2 of 2, 2小时, 120分钟; None where there is none."""
    match = re.match(r"(\d+(?:\.\d+)?)\s*(分钟?|min)?", text_of(cell).strip())
    if match is None:
        return None
    return float(match[1]) / 60 if match[2] else float(match[1])


def says_nothing(cell: Cell) -> bool:
    """Whether a cell is blank or holds a stroke."""
    return is_blank(cell) or (isinstance(cell, str) and cell.strip() in NOTHING)


def _sum_of(cells: Sequence[Cell]) -> float | None:
    """The sum of some cells; where one is no number, such as a tick or 半天, nobody can say what it should be."""
    numbers = [0 if is_blank(cell) else number_in(cell) for cell in cells]
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def repeated_parts(sheet: Sheet, placed: Sequence[Placed], width: int) -> Unfolding | None:
    """How rows are unfolded whose headings come several times over; None where each stands for itself."""
    repeated = _repeated_fields(placed)
    if not repeated or not _make_records(sheet, repeated):
        return None
    blocks = list(zip(*repeated.values(), strict=True))
    shared = [each for each in placed if each.field.name not in repeated]
    if not _stand_apart(blocks) or not _shared_by_all(shared, blocks, named=_key_of(sheet) in repeated):
        return None
    return Unfolding([_part(blocks[0], block) for block in blocks], width, _labelled(blocks[0]))


def _labelled(block: Sequence[Placed]) -> dict[int, Callable[[Cell, Sequence[str]], Cell]]:
    """What makes a value of what stands above a part, by the column of the first part."""
    return {each.heading.index: each.field.labelled for each in block if each.field.labelled}


def _repeated_fields(placed: Sequence[Placed]) -> dict[str, list[Placed]]:
    """The fields that come equally often under the same headings, at least twice."""
    by_field: dict[str, list[Placed]] = {}
    for each in placed:
        by_field.setdefault(each.field.name, []).append(each)
    same = {
        name: columns
        for name, columns in by_field.items()
        if len(columns) > 1 and len({each.bare for each in columns}) == 1
    }
    return same if len({len(columns) for columns in same.values()}) == 1 else {}


def makers_of(sheet: Sheet) -> set[str]:
    """The fields without which there is no record."""
    return {each.name for each in sheet.fields if each.required}.union(*sheet.one_of)


def _make_records(sheet: Sheet, repeated: dict[str, list[Placed]]) -> bool:
    """Whether fields make a record that is not one without them; one alone must be told apart by its label."""
    makers = makers_of(sheet)
    if makers.isdisjoint(repeated):
        return False
    if len(repeated) > 1:
        return True
    (columns,) = repeated.values()
    labels = {each.label for each in columns}
    return columns[0].field.required or (() not in labels and len(labels) == len(columns))


def _stand_apart(blocks: Sequence[Sequence[Placed]]) -> bool:
    """Whether the columns of each block end before those of the next begin."""
    places = [[each.heading.index for each in block] for block in blocks]
    return all(max(block) < min(following) for block, following in pairwise(places))


def _key_of(sheet: Sheet) -> str:
    """The field that names what a record is."""
    return next((each.name for each in sheet.fields if each.required), "")


def _shared_by_all(shared: Sequence[Placed], blocks: Sequence[Sequence[Placed]], *, named: bool) -> bool:
    """Whether columns that come once stand around the blocks; right of what is `named` in each they are the last one's."""
    places = [each.heading.index for each in shared]
    first = min(each.heading.index for each in blocks[0])
    last = max(each.heading.index for each in blocks[-1])
    return all(place < first or (place > last and not named) for place in places)


def _part(first: Sequence[Placed], block: Sequence[Placed]) -> Part:
    pairs = zip(first, block, strict=True)
    sources = {one.heading.index: each.heading.index for one, each in pairs}
    return Part(sources, block[0].label)
