"""The rows below the headings: which are data, and which say something about the table."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from volunteer_cli.intake.cells import EAST_ASIAN, Cell, is_blank
from volunteer_cli.intake.headings import normal
from volunteer_cli.intake.locating import (
    DATED,
    LABELLED,
    OF_DATES,
    Located,
    Skipped,
    is_bare_total,
    is_footer,
    is_total,
    is_total_or_footer,
    texts,
)
from volunteer_cli.intake.names import (
    CHINESE_ONLY,
    LONGEST,
    NO_PERSON,
    PARTED,
    is_none,
    is_plainly_one,
    remark_free,
)
from volunteer_cli.intake.strays import (
    ANYBODY,
    ASKS,
    DAY_OF_FOOT,
    ENDS,
    FOREIGN,
    INSTRUCTION,
    OFFICE_AND_DAY,
    SECTION_OF_KIND,
    SECTION_OF_PLACE,
    Strays,
    is_example,
    is_of_foot,
)
from volunteer_cli.intake.tables import Range, Raw

#: A row with its number, and what rows above it say of it.
SectionRow: TypeAlias = tuple[int, Raw, dict[str, Cell]]
#: Rows of a chunk: large enough that the work per chunk does not count, small enough to stay in the cache.
SIZE = 2000
#: Distinct cells of which is remembered whether they make their row suspect.
REMEMBERED = 100_000
#: A lone cell that is longer, in letters of which a Chinese one is two, or has such signs, is a remark and no value:
#: the longest names of organizations have some 25 Chinese characters.
LONG = 60
SENTENCE = re.compile(
    r"[。；;，！!：]|:(?!\d)|^[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．](?=\D)"
)

#: What ends a table or heads a group of its rows, where it stands alone.
ALONE = re.compile(
    "|".join(
        f"(?:{each.pattern})"
        for each in (ENDS, SECTION_OF_KIND, SECTION_OF_PLACE, DAY_OF_FOOT, OFFICE_AND_DAY)
    ),
    re.IGNORECASE,
)


@dataclass
class Chunk:
    """Rows of data as they stand in the file, merged cells filled in; also column by column."""

    numbers: Sequence[int]
    rows: list[Raw]
    columns: list[Sequence[Cell]]
    #: The values by field that rows above give to each row; empty where there are none.
    sections: list[dict[str, Cell]] = field(default_factory=list)

    @classmethod
    def of(cls, numbers: Sequence[int], rows: list[Raw], width: int) -> Chunk:
        """A chunk of rows, made as wide as the headings are."""
        widths = set(map(len, rows))
        if len(widths) > 1 or min(widths, default=0) < width:
            widest = max(widths, default=0)
            rows = [row + [None] * (max(widest, width) - len(row)) for row in rows]
        return cls(numbers, rows, list(islice(zip(*rows, strict=True), width)))

    def without(self, places: set[int]) -> Chunk:
        """The chunk without some of its rows."""
        kept = [place for place in range(len(self.rows)) if place not in places]
        numbers, rows = [self.numbers[place] for place in kept], [self.rows[place] for place in kept]
        sections = self._sections_of(kept)
        return Chunk(numbers, rows, [[column[place] for place in kept] for column in self.columns], sections)

    def parted(self, places: Sequence[int], rows: list[Raw], width: int) -> Chunk:
        """Rows that were made of those at some places, of one maybe several: all keep the number of that one."""
        chunk = Chunk.of([self.numbers[place] for place in places], rows, width)
        chunk.sections = self._sections_of(places)
        return chunk

    def _sections_of(self, places: Sequence[int]) -> list[dict[str, Cell]]:
        return [self.sections[place] for place in places] if self.sections else []


class _Suspicion(dict[Cell, bool]):
    """Whether the first cell of a row may make the row something else than data."""

    def __init__(self, known: frozenset[str], *, counts: bool, dates_are_odd: bool) -> None:
        super().__init__()
        self.known = known
        self.counts = counts
        self.dates_are_odd = dates_are_odd
        self.harmless: set[Cell] = set()

    def among(self, cells: Sequence[Cell]) -> set[int]:
        """The places of suspicious cells; what was found harmless before is not looked at again."""
        harmless = self.harmless
        if harmless.issuperset(cells):
            return set()
        return {place for place, cell in enumerate(cells) if cell not in harmless and self[cell]}

    def __missing__(self, cell: Cell) -> bool:
        found = self._look(cell)
        # Nearly all cells are harmless, and are kept once.
        if not found and len(self.harmless) < REMEMBERED:
            self.harmless.add(cell)
        elif found and len(self) < REMEMBERED:
            self[cell] = found
        return found

    def _look(self, cell: Cell) -> bool:
        if not isinstance(cell, str):
            return cell is None
        if cell.isdecimal():
            return False
        text = "".join(cell.split())
        if not text or self.counts or normal(text) in self.known:
            return True
        if is_total_or_footer(text) or ALONE.fullmatch(text):
            return True
        # A few Chinese characters have no sign by which remarks, labels and days are told.
        if len(text) <= LONGEST and CHINESE_ONLY.fullmatch(text):
            return False
        return self._has_signs(text)

    def _has_signs(self, text: str) -> bool:
        """Whether a text has what remarks, labels and days are told by."""
        if is_remark(text) or LABELLED.match(text):
            return True
        if INSTRUCTION.match(text) or is_example(text):
            return True
        return self.dates_are_odd and DATED.match(text) is not None


class _Totals(_Suspicion):
    """Whether a cell after the first is a total's; its row number or its group may stand before it."""

    def _look(self, cell: Cell) -> bool:
        return isinstance(cell, str) and (is_total(cell) if self.counts else is_bare_total(cell))


class _Names(_Suspicion):
    """Whether a cell may hold something else than one name, or what makes cells of its column suspect anyway."""

    def __init__(self, other: _Suspicion | None) -> None:
        super().__init__(frozenset(), counts=False, dates_are_odd=False)
        self.other = other

    def _look(self, cell: Cell) -> bool:
        if self.other is not None and cell not in self.other.harmless and self.other[cell]:
            return True
        if not isinstance(cell, str):
            return False
        if normal(cell) in FOREIGN or cell.strip().casefold() in ANYBODY or ASKS.match(cell):
            return True
        if is_plainly_one(cell) and not is_example(cell):
            return False
        return is_none(remark_free(cell)) or is_example(cell) or PARTED.search(cell) is not None


@dataclass
class Sorter:
    """Parts the data from blank rows, repeated headings, totals and footers.

    Attributes:
        counting: the column that counts the rows, if there is one.
        strays: tells rows that are no records by what a record of the kind is.
        skipped: grows while the rows are read.
        plain: whether all names of the last chunk are plainly one name each.
    """

    located: Located
    counting: int | None = None
    strays: Strays | None = None
    skipped: list[Skipped] = field(default_factory=list)
    plain: bool = False

    def __post_init__(self) -> None:
        self._know_above()
        headings = self.located.headings
        self._of_dates = {each.index for each in headings if OF_DATES.search(each.text)}
        self._suspicions = self._suspicions_of_columns()
        self._width = self.located.width
        self._merges = _Merges(self.located.table.merged)

    def _know_above(self) -> None:
        """Remember the rows above the data: printed sheets repeat them on each page."""
        reasons = {skipped.row: skipped.reason for skipped in self.located.skipped}
        above = self.located.above
        self._above = {_key(cells): reasons[number] for number, cells in above if number in reasons}
        self._header = [_key(cells) for number, cells in above if reasons.get(number) == "header_row"]

    def _suspicions_of_columns(self) -> dict[int, _Suspicion]:
        """What makes rows suspect by their cells, by column: the first two, and those of names."""
        starts = frozenset(text for key in self._above for _index, text in key)
        if self.strays:
            starts |= FOREIGN | frozenset(self.strays.vocabulary.fields)
        counts, odd = self.counting == 0, 0 not in self._of_dates
        suspicions: dict[int, _Suspicion] = {
            0: _Suspicion(starts, counts=counts, dates_are_odd=odd),
            # 合计 stands in the second column where the first one counts the rows.
            1: _Totals(starts, counts=counts, dates_are_odd=odd),
        }
        if self.strays and self.strays.people:
            suspicions |= {key: _Names(suspicions.get(key)) for key in self.strays.keys}
        return suspicions

    def chunks(self, size: int = SIZE) -> Iterator[Chunk]:
        """The rows of data, `size` rows of the file at a time."""
        rows = self.located.rows
        number = self.located.above[-1][0] + 1
        while cells := list(islice(rows, size)):
            chunk = self._kept(Chunk.of(range(number, number + len(cells)), cells, self._width))
            number += len(cells)
            if chunk.rows:
                yield chunk

    def _kept(self, chunk: Chunk) -> Chunk:
        """The chunk without the rows that are no data."""
        suspect = self._suspect(chunk)
        if not suspect and not self._merges and not self._in_section():
            return chunk
        rows: list[SectionRow] = []
        for place, (number, cells) in enumerate(zip(chunk.numbers, chunk.rows, strict=True)):
            data = place not in suspect or self._is_data(number, cells)
            filled = self._merges.filled(number, cells)
            if data:
                rows.append((number, filled, self._section()))
            elif rows and (reason := self._reason_above(number, cells, rows, chunk)):
                self.skipped.append(Skipped(rows.pop()[0], reason))
        return self._chunk_of(rows)

    def _chunk_of(self, rows: Sequence[SectionRow]) -> Chunk:
        """A chunk of numbered rows, with what rows above them say."""
        numbers, cells, sections = (list(each) for each in zip(*rows, strict=True)) if rows else ([], [], [])
        chunk = Chunk.of(numbers, cells, self._width)
        chunk.sections = sections if any(sections) else []
        return chunk

    def _in_section(self) -> bool:
        """Whether what stood in a row alone bears on those that follow."""
        return self.strays is not None and bool(self.strays.section or self.strays.pending)

    def _section(self) -> dict[str, Cell]:
        """What the section above gives to a row of data.

        Raises:
            StraySection: the row above it stands alone and is no section known.
        """
        if self.strays is None:
            return {}
        self.strays.record_follows()
        return self.strays.section

    def _suspect(self, chunk: Chunk) -> set[int]:
        """Places of rows that need a closer look, found without looking at each cell of each row."""
        first = chunk.numbers[0]
        places = {number - first for number in self._merges.wide if number in chunk.numbers}
        for index, suspicion in self._suspicions.items():
            if index < len(chunk.columns):
                places |= suspicion.among(chunk.columns[index])
        self.plain = not places
        if self.strays and self.strays.people:
            places |= self._alone(chunk) | self._unsigned(chunk)
        elif self.strays:
            places |= self._lacking(chunk, self.strays.required)
        return places

    def _alone(self, chunk: Chunk) -> set[int]:
        """Places of rows of which nothing is filled in but, perhaps, the cell that names them."""
        places: set[int] | None = None
        for column in self._other_columns(chunk):
            # One full column says that no row of the chunk is alone: so it ends at once for most.
            if None not in column and "" not in column:
                return set()
            blank = {place for place, cell in enumerate(column) if cell is None or cell == ""}
            places = blank if places is None else places & blank
        return places or set()

    def _lacking(self, chunk: Chunk, required: frozenset[int]) -> set[int]:
        """Places of rows that lack what a record cannot do without."""
        columns = [chunk.columns[index] for index in required if index < len(chunk.columns)]
        # Most columns are full: those are told without a look at each of their cells.
        gaps = [column for column in columns if None in column or "" in column]
        lacking = {place for column in gaps for place, cell in enumerate(column) if is_blank(cell)}
        # A body needs a name alone: an office, with its day or without, lacks nothing.
        return lacking if len(required) > 1 else lacking | _of_few_cells(chunk, required)

    def _other_columns(self, chunk: Chunk) -> Iterator[Sequence[Cell]]:
        """The columns that bring something else than the name."""
        for index in self.strays.fields if self.strays else ():
            # What a heading says of its column has none.
            if index < len(chunk.columns) and not (self.strays and index in self.strays.keys):
                yield chunk.columns[index]

    def _is_data(self, number: int, cells: Raw) -> bool:
        loose = texts(cells)
        if not loose:
            if self.strays:
                self.strays.blank = number
            return False
        reason = "note_row" if self._is_numbered_only(loose) else self._reason(number, cells, loose)
        if reason:
            self.skipped.append(Skipped(number, reason))
        if reason == "header_row" and self.strays:
            self.strays.heading_follows()
        return reason is None

    def _unsigned(self, chunk: Chunk) -> set[int]:
        """Places of rows in which nobody signed, where a sheet to sign has a column for it."""
        if self.strays is None or self.strays.signature is None:
            return set()
        column = self.strays.signature
        return {place for place, row in enumerate(chunk.rows) if is_blank(row[column])}

    def _reason_above(self, number: int, cells: Raw, rows: Sequence[SectionRow], chunk: Chunk) -> str | None:
        """Why the row above one that is no data is none either, although it looked like some."""
        if self._begins_anew(number, rows, chunk):
            return "title_row"
        return "footer_row" if self._is_signed(number, cells, rows[-1]) else None

    def _is_signed(self, number: int, cells: Raw, row: SectionRow) -> bool:
        """Whether a day alone stands below an office alone, which signs the list and is no body of it."""
        before, above, _section = row
        words, day = [text for _index, text in texts(above)], [text for _index, text in texts(cells)]
        alone = before == number - 1 and len(words) == len(day) == 1
        return (
            alone
            and (DATED.match(day[0]) is not None or is_of_foot(day[0]))
            and NO_PERSON.search(words[0]) is not None
        )

    def _begins_anew(self, number: int, rows: Sequence[SectionRow], chunk: Chunk) -> bool:
        """Whether the headings are repeated below a lone cell that data is not next to: the title of one more table."""
        if not self.skipped or self.skipped[-1] != Skipped(number, "header_row"):
            return False
        title, cells, _section = rows[-1]
        first = chunk.numbers[0]
        before = rows[-2][0] if len(rows) > 1 else first - 1
        between = chunk.rows[title + 1 - first : number - first]
        return len(texts(cells)) == 1 and before < title - 1 and not any(map(texts, between))

    def _reason(self, number: int, cells: Raw, loose: list[tuple[int, str]]) -> str | None:
        key = _key(cells)
        if key in self._above and not self._says_anew(loose):
            return self._above[key]
        if len(key) > 1 and any(set(key) <= set(header) for header in self._header):
            return "header_row"
        if _is_total(loose):
            return "total_row"
        if self.strays and (stray := self._stray(number, loose)):
            return stray
        if self._is_title(number, loose):
            return "title_row"
        return "footer_row" if self._is_footer(number, loose) else None

    def _says_anew(self, loose: list[tuple[int, str]]) -> bool:
        """Whether a title that is repeated ends what another one said of the rows between."""
        if self.strays is None or len(loose) > 1 or not self.strays.section:
            return False
        return self.strays.is_section(loose[0][1])

    def _is_numbered_only(self, loose: list[tuple[int, str]]) -> bool:
        """Whether a row was numbered in advance, and nobody wrote anything behind its number."""
        index, text = loose[0]
        return len(loose) == 1 and index == self.counting and text.rstrip(".、").isdecimal()

    def _stray(self, number: int, loose: list[tuple[int, str]]) -> str | None:
        """Why a row is no record of the kind."""
        assert self.strays  # noqa: S101 - asked for before
        index, text = loose[0]
        self.strays.check_days(number, loose)
        if self._is_alone_of(loose) and self.strays.is_section(text):
            return self.strays.lone_reason(number, index, text)
        if self.strays.labels and (reason := self.strays.labelled_reason(number, loose)):
            return reason
        if self._is_title(number, loose):
            return self.strays.lone_reason(number, index, text)
        if self._is_footer(number, loose):
            return None
        if reason := self.strays.reason(number, loose):
            return reason
        if len(loose) == 1:
            return self.strays.lone_reason(number, index, text)
        return self.strays.foot_reason(number, loose)

    def _is_alone_of(self, loose: list[tuple[int, str]]) -> bool:
        """Whether a cell is alone in its row, or beside columns alone that bring nothing."""
        if self.strays is None or not self.strays.people or loose[0][0] not in self.strays.keys:
            return len(loose) == 1
        bring = self.strays.fields.keys() | self.strays.keys
        return bring.isdisjoint(index for index, _text in loose[1:])

    def _merged_reason(self, number: int, loose: list[tuple[int, str]]) -> str | None:
        """Why a row is no record that has one cell merged across the table: it may be a section all the same."""
        index, text = loose[0]
        is_merged = len(loose) == 1 and self._merges.spans(number, index)
        if self.strays is None or not is_merged or is_footer(text) or is_remark(text):
            return None
        return self.strays.lone_reason(number, index, text)

    def _is_title(self, number: int, loose: list[tuple[int, str]]) -> bool:
        """Whether a row is one text over several columns, and none that stands at the foot of tables."""
        index, text = loose[0]
        lone = len(loose) == 1 and self._merges.spans(number, index)
        return lone and not is_footer(text) and not is_remark(text)

    def _is_footer(self, number: int, loose: list[tuple[int, str]]) -> bool:
        index, text = loose[0]
        if is_footer(text) or self._merges.spans(number, index):
            return True
        if all(LABELLED.match(each) for _index, each in loose):
            return True
        if index == self.counting and not text.rstrip(".、").isdecimal() and len(loose) < 3:
            return len(text) > 4
        if len(loose) > 1:
            return False
        return is_remark(text) or (index not in self._of_dates and DATED.match(text) is not None)


def _of_few_cells(chunk: Chunk, required: Container[int]) -> set[int]:
    """Places of rows of which no more than two cells are filled in; of those with what is required, all."""
    others = (column for index, column in enumerate(chunk.columns) if index not in required)
    full = (column for column in others if not any(map(is_blank, set(column))))
    # Where two more columns are full, which their distinct cells tell, no row has so few.
    if len(list(islice(full, 2))) == 2:
        return set()
    return {place for place, row in enumerate(chunk.rows) if len(row) - sum(map(is_blank, row)) < 3}


def is_remark(text: str) -> bool:
    """Whether a cell that stands alone in its row says more than a value does."""
    length = len(text) + sum(sign >= EAST_ASIAN for sign in text)
    return length > LONG or SENTENCE.search(text) is not None


def _key(cells: Raw) -> tuple[tuple[int, str], ...]:
    return tuple((index, normal(text)) for index, text in texts(cells))


def _is_total(loose: list[tuple[int, str]]) -> bool:
    """Whether 合计 stands first, or first after a row number; or by itself after the name of a group."""
    first, *others = [text for _index, text in loose[:3]]
    if is_total(first) or (first.isdecimal() and others and is_total(others[0])):
        return True
    return any(map(is_bare_total, others))


def _tall(merged: list[Range]) -> dict[int, list[Range]]:
    """The merged ranges of several rows, by the row in which they begin."""
    starts: dict[int, list[Range]] = {}
    for each in merged:
        (top, _left), (bottom, _right) = each
        if bottom > top:
            starts.setdefault(top + 1, []).append(each)
    return starts


class _Merges:
    """Merged ranges below the headings: a value that spans rows belongs to each of them."""

    def __init__(self, merged: list[Range]) -> None:
        wide = [(top + 1, left) for (top, left), (_bottom, right) in merged if right - left > 1]
        self._wide = frozenset(wide)
        self.wide = [number for number, _left in wide]
        self._open: list[tuple[int, int, Cell]] = []
        self._starts = _tall(merged)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def spans(self, number: int, index: int) -> bool:
        """Whether a cell is merged over more than two columns, as remarks are and values are not."""
        return (number, index) in self._wide

    def filled(self, number: int, cells: Raw) -> Raw:
        """The row with the values of the ranges that reach down to it."""
        self._open = [each for each in self._open if each[0] >= number]
        if self._open:
            cells = list(cells)
            for _bottom, left, value in self._open:
                cells.extend([None] * (left + 1 - len(cells)))
                cells[left] = value
        self._begin(number, cells)
        return cells

    def _begin(self, number: int, cells: Raw) -> None:
        for (_top, left), (bottom, _right) in self._starts.get(number, ()):
            self._open.append((bottom + 1, left, cells[left] if left < len(cells) else None))
