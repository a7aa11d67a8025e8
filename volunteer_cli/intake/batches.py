"""From chunks of cells to batches of values, column by column, each distinct cell parsed once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from volunteer_cli.core.errors import AmbiguousDate, MissingValue, VolunteerError
from volunteer_cli.core.i18n import _
from volunteer_cli.core.text import mask_digits
from volunteer_cli.intake.cells import FAILED, NOTHING, Cell, as_number, is_blank, says_ditto, text_of
from volunteer_cli.intake.errors import ColumnsDisagree, NotCalculated, NothingAbove, PhonesDisagree
from volunteer_cli.intake.mapping import Mapping
from volunteer_cli.intake.names import parted_from_phone
from volunteer_cli.intake.sheet import DISAGREE, Batch, Column, Fault, Field, Rejected, Row, Sheet
from volunteer_cli.intake.sorting import Chunk
from volunteer_cli.intake.spans import Span

#: Distinct cells of one column that are remembered: all names of a district, in some 20 MB.
MEMORY = 200_000
#: After so many cells a column in which hardly any came twice, as phones do not, is no longer remembered.
ENOUGH, SELDOM = 50_000, 0.95
#: Fields in whose columns start and end may stand together.
SPANNING = ("date", "start")
#: How a cell ends that may have a phone behind a name.
ENDS_PHONE = re.compile(r"\d\s*[)）]?\s*$")
#: Where a fault stands that is in no column.
LAST = 1 << 20
#: What cannot be read, by the places of the rows: column, field and why.
Faults: TypeAlias = dict[int, list[tuple[int, Field, VolunteerError]]]


class Reader(dict[Cell, Any]):
    """Reads the cells of one column: a dictionary that fills itself.

    Attributes:
        faulty: whether it ever met a cell that cannot be read.
        repeats: whether it ever met 同上.
        remarks: what stands beside the value in a cell, by the cell.
        phones: the phone that stands behind a name, by the cell.
        rough: cells that say less than their value.
        spans: whether it ever met start and end in one cell.
        above: the last cell read, which 同上 in the next chunk repeats.
        cells: how many were read; and how many of them are remembered at the `most`.
    """

    def __init__(self, column: Column, default: Any = None) -> None:
        super().__init__()
        self.column = column
        self.default = default
        self.faulty = False
        self.repeats = False
        self.remarks: dict[Cell, str] = {}
        self.phones: dict[Cell, str] = {}
        self.rough: set[Cell] = set()
        self.spans = False
        self.above: Cell = None
        self.cells, self.most = 0, MEMORY

    def column_of(self, chunk: Chunk, index: int) -> list[Any]:
        """The values of a column of the chunk, in which 同上 is filled in."""
        self._forget_what_is_unlike(len(chunk.columns[index]))
        values = list(map(self.__getitem__, chunk.columns[index]))
        if self.repeats or self.column.fills_down:
            self._repeat(chunk, index)
            values = list(map(self.__getitem__, chunk.columns[index]))
        self.above = chunk.columns[index][-1]
        return values

    def _repeat(self, chunk: Chunk, index: int) -> None:
        filled, above = list(chunk.columns[index]), self.above
        for place, cell in enumerate(filled):
            if (says_ditto(cell) or (self.column.fills_down and is_blank(cell))) and not is_blank(above):
                filled[place] = above
                chunk.rows[place] = [*chunk.rows[place][:index], above, *chunk.rows[place][index + 1 :]]
            else:
                above = cell
        chunk.columns[index] = filled

    def __missing__(self, cell: Cell) -> Any:
        value = self._read(cell)
        if len(self) < self.most:
            self[cell] = value
        return value

    def _forget_what_is_unlike(self, coming: int) -> None:
        """Remember no more of a column whose cells are all unlike: a roster of all people of a city needs the memory."""
        if len(self) > ENOUGH and len(self) > self.cells * SELDOM:
            self.most = 0
            self.clear()
        self.cells += coming

    def _read(self, cell: Cell) -> Any:
        if self.column.words:
            cell = self.column.words.get(text_of(cell).strip(), cell)
        if is_blank(cell) or (isinstance(cell, str) and cell.strip() in NOTHING):
            return self.default
        try:
            value = self._value(cell)
        except VolunteerError as error:
            self.faulty = True
            return Fault(error.with_traceback(None))
        self.spans = self.spans or value.__class__ is Span
        return value

    def _value(self, cell: Cell) -> Any:
        """What the field reads in a cell that is not blank."""
        if cell in FAILED:
            raise NotCalculated(value=cell)
        if says_ditto(cell):
            self.repeats = True
            raise NothingAbove(value=cell)
        name = self._without_phone(cell)
        self._note(cell, name)
        value = self.column.field.parse(name, self.column)
        if self.column.field.rough and self.column.field.rough(cell):
            self.rough.add(cell)
        return value

    def _without_phone(self, cell: Cell) -> Cell:
        """The cell without the phone behind a name, which is remembered."""
        # Nearly all names are without: they are told by their last character.
        if not self.column.field.phone or not isinstance(cell, str) or not ENDS_PHONE.search(cell):
            return cell
        name, phone = parted_from_phone(cell)
        if phone:
            self.phones[cell] = phone
        return name

    def _note(self, cell: Cell, name: Cell) -> None:
        if isinstance(name, str) and (text := self.column.field.left_over(name, self.column)):
            self.remarks[cell] = text


@dataclass
class Reading:
    """Reads chunks of one file into batches.

    Attributes:
        rejected: of the chunk read last, rows that cannot be read, by their place in the chunk.
        unread: of the same rows, what can be read of them, and which fields cannot.
        rough: how many cells said less than their value, by the title of the field.
    """

    sheet: Sheet
    mapping: Mapping
    file: str = ""
    sections: Callable[[str], Column | None] = lambda _name: None
    rejected: dict[int, Rejected] = field(default_factory=dict)
    unread: dict[int, tuple[Row, frozenset[str]]] = field(default_factory=dict)
    rough: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._readers = {
            index: Reader(column, self.mapping.defaults.get(column.field.name))
            for index, column in self.mapping.columns.items()
        }
        self._also = {index: Reader(column) for index, column in self.mapping.also.items()}
        self._order = {column.field.name: index for index, column in self.mapping.columns.items()}

    def batch(self, chunk: Chunk) -> Batch:
        """The rows of a chunk that can be read; the others are in `rejected`."""
        if self.mapping.ours:
            self._recall(chunk)
        faults: Faults = {}
        self._remarks: dict[int, str] = {}
        self._sectioned: set[str] = set()
        columns = self._columns(chunk, faults)
        self._fill(columns, chunk)
        for name in {*self.mapping.unreadable, *self._sectioned}:
            _gather(faults, LAST, self._field(name), columns[name])
        # What is required is asked for last: a section, a constant or a default may have brought it.
        self._require(faults, columns, len(chunk.rows))
        self._reject(faults, columns)
        return _without(Batch(chunk.numbers, columns), set(faults))

    def _fill(self, columns: dict[str, Sequence[Any]], chunk: Chunk) -> None:
        """Put in what stands elsewhere than in a cell of the row's own: nearest first, so that it goes before."""
        count = len(chunk.rows)
        if any(reader.spans for reader in self._readers.values()):
            self._spread(columns, count)
        self._add_remarks(columns, count)
        self._add_sections(columns, chunk)
        self._complete(columns, count)

    def _reject(self, faults: Faults, columns: dict[str, Sequence[Any]]) -> None:
        self.rejected = {place: _leftmost(row_faults) for place, row_faults in faults.items()}
        self.unread = {place: _readable(columns, place, row_faults) for place, row_faults in faults.items()}

    def _columns(self, chunk: Chunk, faults: Faults) -> dict[str, Sequence[Any]]:
        """The values of each column that is read, what cannot be read being entered under `faults`."""
        columns: dict[str, Sequence[Any]] = {}
        for index, reader in self._readers.items():
            values = self._united(chunk, index, reader) if self._also else reader.column_of(chunk, index)
            columns[reader.column.field.name] = values
            if reader.faulty:
                _gather(faults, index, reader.column.field, values)
            self._note(reader, chunk.columns[index])
        self._add_phones(columns, chunk, faults)
        return columns

    def _note(self, reader: Reader, cells: Sequence[Cell]) -> None:
        """Note what the cells of a column say beside their values, and where they say less."""
        if reader.rough:
            self.rough[reader.column.field.title] += sum(map(reader.rough.__contains__, cells))
        if reader.remarks:
            self._keep_remarks(reader.remarks, cells)

    def _keep_remarks(self, remarks: dict[Cell, str], cells: Sequence[Cell]) -> None:
        """Keep what stood in brackets beside the values of a column, for the notes of its rows."""
        for place, cell in enumerate(cells):
            if cell in remarks:
                before = self._remarks.get(place)
                self._remarks[place] = f"{before}; {remarks[cell]}" if before else remarks[cell]

    def _add_phones(self, columns: dict[str, Sequence[Any]], chunk: Chunk, faults: Faults) -> None:
        """Put the phones that stand behind names into their own field."""
        for index, reader in self._readers.items():
            if reader.phones:
                column = self._phone_column(reader.column)
                values = columns.get(column.field.name) or [None] * len(chunk.rows)
                phones = map(reader.phones.get, chunk.columns[index])
                both = [_same_phone(*pair, column) for pair in zip(values, phones, strict=True)]
                _gather(faults, index, reader.column.field, both)
                columns[column.field.name] = both

    def _phone_column(self, named: Column) -> Column:
        """How the phone behind a name is read: as the column of phones, if there is one."""
        place = self.mapping.place_called(named.field.phone)
        if place is not None:
            return self.mapping.columns[place]
        each = self._field(named.field.phone)
        return replace(named, field=each, heading=_(each.title), remark="", words=None, fills_down=False)

    def _add_sections(self, columns: dict[str, Sequence[Any]], chunk: Chunk) -> None:
        """Put what stands in rows of their own above (3号楼, 姓名：…) into the blanks of the rows below them."""
        for name in {name for section in chunk.sections for name in section}:
            column = self.sections(name)
            values = list(columns.get(name) or [None] * len(chunk.rows))
            for place, section in enumerate(chunk.sections):
                if column and name in section:
                    values[place] = _completed(
                        column.field, values[place], _section_value(column, section[name])
                    )
            columns[name] = values
            self._sectioned.add(name)

    def _spread(self, columns: dict[str, Sequence[Any]], count: int) -> None:
        """Give day, start and end their own of what stood in one cell; own times of a row go before."""
        lists = {name: list(columns.get(name) or [None] * count) for name in Span._fields}
        lengths = columns.get("minutes") or [None] * count
        for name in SPANNING:
            for place, span in enumerate(lists[name]):
                if span.__class__ is Span:
                    lists[name][place] = None
                    _unfold(lists, place, span, timed=lengths[place] is not None)
        columns |= {name: values for name, values in lists.items() if name in columns or any(values)}

    def _add_remarks(self, columns: dict[str, Sequence[Any]], count: int) -> None:
        """Put what stood in brackets into the notes."""
        if not self._remarks or self.sheet.field("note") is None:
            return
        notes = list(columns.get("note") or [None] * count)
        for place, remark in self._remarks.items():
            notes[place] = f"{notes[place]}; {remark}" if isinstance(notes[place], str) else remark
        columns["note"] = notes

    def _united(self, chunk: Chunk, index: int, reader: Reader) -> Sequence[Any]:
        """The values of a column, with those of the columns that bring the same field.

        Raises:
            ColumnsDisagree: two of them say something different in one row.
        """
        values = reader.column_of(chunk, index)
        for other, more in self._also.items():
            if more.column.field.name == reader.column.field.name:
                values = self._both(chunk, (values, more.column_of(chunk, other)), (reader, more))
        return values

    def _both(
        self, chunk: Chunk, values: tuple[list[Any], list[Any]], readers: tuple[Reader, Reader]
    ) -> list[Any]:
        both = [readers[0].column, readers[1].column]
        united = []
        for place, (one, other) in enumerate(zip(*values, strict=True)):
            value = _agreed(one, other, *both)
            if value is DISAGREE:
                names = [column.heading.strip() for column in both]
                raise ColumnsDisagree(file=self.file, row=chunk.numbers[place], one=names[0], other=names[1])
            united.append(value)
            readers[0].faulty = readers[0].faulty or value.__class__ is Fault
        return united

    def _field(self, name: str) -> Field:
        return next(each for each in self.sheet.fields if each.name == name)

    def _recall(self, chunk: Chunk) -> None:
        """Take a number that was refused as an ambiguous date for a number still, until somebody edits it.

        In a rejects file it stands as text, and the text 6.3 is clear where the number 6.3 is not.
        """
        reasons, headings = (self.mapping.ours.get(name) for name in ("import_reason", "import_column"))
        if reasons is None or headings is None:
            return
        by_heading = {column.heading: index for index, column in self.mapping.columns.items()}
        for place, reason in enumerate(chunk.columns[reasons]):
            index = by_heading.get(str(chunk.columns[headings][place]))
            if reason == AmbiguousDate.code and index is not None:
                # A list of its own: the rows of the chunk go into the next rejects file as they were written.
                column = list(chunk.columns[index])
                column[place] = as_number(column[place])
                chunk.columns[index] = column

    def _complete(self, columns: dict[str, Sequence[Any]], count: int) -> None:
        """Put in the fields that are made of others, the constants, and defaults of absent columns."""
        for each in self.sheet.fields:
            if each.parts and each.name not in columns and set(each.parts) <= set(columns):
                parts = zip(*(columns[part] for part in each.parts), strict=True)
                columns[each.name] = [_joined(each, values) for values in parts]
        self._put_in_constants(columns, count)

    def _put_in_constants(self, columns: dict[str, Sequence[Any]], count: int) -> None:
        """Give all rows what holds for all of them, but for what a row above them says otherwise."""
        for name, value in (self.mapping.defaults | self.mapping.constants).items():
            # A row's own day goes before the one of the title: it may stand in one cell with its times.
            if name in self._sectioned or (name in columns and name in self.mapping.details):
                columns[name] = [_completed(self._field(name), cell, value) for cell in columns[name]]
            elif name not in columns or name in self.mapping.constants:
                columns[name] = [value] * count

    def _require(self, faults: Faults, columns: dict[str, Sequence[Any]], count: int) -> None:
        for each in self.sheet.fields:
            if each.required and each.name not in columns:
                columns[each.name] = [None] * count
            if not each.required or None not in columns[each.name]:
                continue
            fault = self._index_of(each), each, self._lacking(each, columns[each.name])
            for place in _blank(columns, (each.name, *each.unless)):
                faults.setdefault(place, []).append(fault)

    def _lacking(self, each: Field, values: Sequence[Any]) -> MissingValue:
        """The refusal of a blank; where cells above hold something, they may have been merged once."""
        # Who a row means is never that of the row above.
        if each.remark or each.name not in self._order or values[0] is None:
            return MissingValue(field=_(each.title))
        hint = _("Where a blank repeats the cell above, a map says so by fill_down: {field}")
        return MissingValue(field=_(each.title), hint=hint.format(field=each.name))

    def _index_of(self, field: Field) -> int:
        """The column that brings a field, or the leftmost of its parts, or of those that may fill it."""
        columns = self.mapping.columns.items()
        sources = [index for index, column in columns if column.field.name in field.parts]
        sources = sources or [index for index, column in columns if field.name in column.field.fills]
        return self._order.get(field.name, min(sources, default=0))


def _same_phone(value: Any, text: str | None, column: Column) -> Any:
    """The phone behind a name, or a fault where it cannot be read, or is another one than in its own column."""
    if text is None:
        return value
    try:
        phone = column.field.parse(text, column)
    except VolunteerError as error:
        return Fault(error.with_traceback(None))
    return phone if value in (None, phone) else Fault(PhonesDisagree(name=mask_digits(text)))


def _completed(each: Field, value: Any, above: Any) -> Any:
    """What a row says, or where it says nothing, or a part only, what stands above it."""
    if value is None:
        return above
    return each.completed(value, above) if each.completed else value


def _section_value(column: Column, cell: Cell) -> Any:
    """What a row above says; of day and times the day, for the times are each row's own affair."""
    try:
        value = column.field.parse(cell, column)
    except VolunteerError as error:
        return Fault(error)
    return value.date if value.__class__ is Span else value


def _blank(columns: dict[str, Sequence[Any]], names: Sequence[str]) -> Iterator[int]:
    """The places of rows in which none of these fields says anything."""
    values = zip(*(columns[name] for name in names if name in columns), strict=True)
    return (place for place, row in enumerate(values) if all(value is None for value in row))


def _unfold(lists: dict[str, list[Any]], place: int, span: Span, *, timed: bool) -> None:
    lists["date"][place] = lists["date"][place] or span.date
    if not timed and lists["start"][place] is None and lists["end"][place] is None:
        lists["start"][place], lists["end"][place] = span.start, span.end


def _agreed(one: Any, other: Any, column: Column, another: Column) -> Any:
    """What two columns of one field say together; DISAGREE where they contradict each other."""
    if other is None or one == other:
        return one
    if one is None:
        return other
    if column.field.unite:
        return column.field.unite(one, other, column, another)
    # The heading that says it more exactly holds where the other column has something else in it.
    return one if Fault in (one.__class__, other.__class__) else DISAGREE


def _gather(faults: Faults, index: int, each: Field, values: Iterable[Any]) -> None:
    for place, value in enumerate(values):
        if value.__class__ is Fault:
            faults.setdefault(place, []).append((index, each, value.error))


def _readable(
    columns: dict[str, Sequence[Any]], place: int, faults: Iterable[tuple[int, Field, VolunteerError]]
) -> tuple[Row, frozenset[str]]:
    """What can be read of a row, and the names of the fields that cannot."""
    row = {name: values[place] for name, values in columns.items()}
    read = {name: None if value.__class__ is Fault else value for name, value in row.items()}
    return read, frozenset(each.name for _index, each, _error in faults)


def _leftmost(faults: list[tuple[int, Field, VolunteerError]]) -> Rejected:
    _index, each, error = min(faults, key=lambda fault: fault[0])
    return Rejected(each.name, error)


def _joined(each: Field, values: tuple[Any, ...]) -> Any:
    parts = [value for value in values if value is not None and value.__class__ is not Fault]
    if each.join and len(parts) == len(values):
        return each.join(*parts)
    return parts[0] if parts else None


def _without(batch: Batch, places: set[int]) -> Batch:
    if not places:
        return batch
    kept = [place for place in range(len(batch)) if place not in places]
    columns: dict[str, Sequence[Any]] = {
        name: [values[place] for place in kept] for name, values in batch.columns.items()
    }
    return Batch([batch.numbers[place] for place in kept], columns)
