"""The straight line of an import: file, table, headings, values, rules, account."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _, ngettext, with_detail
from volunteer_cli.core.text import mask_digits
from volunteer_cli.intake.batches import Reading
from volunteer_cli.intake.cells import Cell
from volunteer_cli.intake.errors import RejectsOfOneSheet
from volunteer_cli.intake.finding import Search, find_tables
from volunteer_cli.intake.forms import check_form
from volunteer_cli.intake.locating import Located, Skipped
from volunteer_cli.intake.mapping import Mapper, Mapping
from volunteer_cli.intake.maps import MapFile
from volunteer_cli.intake.orders import proved
from volunteer_cli.intake.progress import say_phase, watched
from volunteer_cli.intake.refusals import Refusal, Waiting
from volunteer_cli.intake.rejects import Rejects
from volunteer_cli.intake.several import SheetRow, check_shapes, joined
from volunteer_cli.intake.sheet import (
    STAGED,
    Importing,
    Options,
    PassedOver,
    Rejected,
    Sheet,
    Verdict,
    Writer,
)
from volunteer_cli.intake.sorting import Chunk, Sorter
from volunteer_cli.intake.source import Source, opened
from volunteer_cli.intake.spreading import NamesApart
from volunteer_cli.intake.standing import may_void, void_of, voids
from volunteer_cli.intake.strays import Strays
from volunteer_cli.intake.summary import Summary

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line; options go before what the map file says."""

    file: str
    sheet: str | None = None
    encoding: str | None = None
    year: int | None = None
    date_order: str | None = None
    map: MapFile = field(default_factory=MapFile)
    rejects: Path | None = None
    options: Options = field(default_factory=Options)

    @property
    def search(self) -> Search:
        """Where the table is to be looked for."""
        return Search(
            sheet=self.sheet or self.map.sheet,
            encoding=self.encoding or self.map.encoding,
            header_row=self.map.header_row,
        )


@dataclass(frozen=True)
class Setting:
    """Where and when an import takes place.

    Attributes:
        community: the record of the community; intake knows no area, so not its type.
        region: two letters of the country whose phone numbers need no prefix.
    """

    community: Any
    today: date
    region: str = "CN"


@dataclass(frozen=True)
class Result:
    """What came of it: the account, and what the command needs to finish."""

    summary: Summary
    writer: Writer
    digest: str
    rejects: Rejects | None


def run(session: Session, sheet: Sheet, request: Request, setting: Setting) -> Result:
    """Import a file within the open unit of work, row by row through the rules of its kind.

    Raises:
        VolunteerError: of `intake.errors`, for what is wrong with the whole file.
    """
    sheet = sheet.completed(session, request.options)
    with opened(request.file) as source, _rare_collections():
        mapper = Mapper(source.name, sheet, request.map, _reading_settings(request, setting))
        search = replace(request.search, chat=sheet.chat)
        tables, left_out = find_tables(source, search, mapper.vocabulary, mapper.fits)
        parts = [(located, _mapped(mapper, located)) for located in tables]
        check_shapes(source.name, sheet, parts)
        writer = sheet.writer(session, _importing(sheet, request, setting, source, parts))
        works = [_Import.of(mapper, located, mapping, writer) for located, mapping in parts]
        rejects = _rejects(request.rejects, works)
        return Result(_account(works, writer, source, left_out), writer, source.digest, rejects)


def _account(works: Sequence[_Import], writer: Writer, source: Source, left_out: Sequence[str]) -> Summary:
    """Take the rows of all tables and answer the account of them, with what the writer says at the end."""
    parts = [work.done(work.reading.sheet.kind, source.file) for work in works]
    _settle(works, writer, parts)
    summary = joined(parts, left_out)
    writer.finish()
    summary.remarks += writer.remarks
    return summary


def _settle(works: Sequence[_Import], writer: Writer, parts: Sequence[Summary]) -> None:
    """Take in what became of the rows that waited for the rest of the file."""
    say_phase(sum(part.verdicts[STAGED] for part in parts))
    verdicts = parts[0].verdicts
    by_sheet = {work.located.table.sheet: place for place, work in enumerate(works)}
    for number, why in writer.settle(verdicts):
        place = by_sheet.get(getattr(number, "sheet", None), 0)
        works[place].refuse_late(number, why, parts[place])
    for part in parts:
        del part.verdicts[STAGED]


def _mapped(mapper: Mapper, located: Located) -> Mapping:
    """What the columns of a table bring; a fault of one of several sheets names it."""
    if located.named:
        mapper = replace(mapper, file=with_detail(mapper.file, located.table.sheet))
    check_form(located.table, mapper.vocabulary, mapper.file)
    return proved(mapper.map_columns(located), located)


def _rejects(path: Path | None, works: Sequence[_Import]) -> Rejects | None:
    """Where the refused rows of the one table go, if they are to be kept."""
    if path is None:
        return None
    if len(works) > 1:
        raise RejectsOfOneSheet
    (work,) = works
    work.rejects = Rejects(path, work.located, work.strays.sections)
    return work.rejects


def _importing(
    sheet: Sheet,
    request: Request,
    setting: Setting,
    source: Source,
    parts: Sequence[tuple[Located, Mapping]],
) -> Importing:
    """What the writer is to know; of several sheets, which are of one shape, what the first one says."""
    located, mapping = parts[0]
    return Importing(
        options=request.options,
        community=setting.community,
        today=setting.today,
        region=setting.region,
        file=source.file,
        title=located.title,
        mapped=frozenset().union(*(each.mapped for _located, each in parts)),
        headings=mapping.headings,
        places=mapping.places(sheet.fields),
    )


def _reading_settings(request: Request, setting: Setting) -> dict[str, Any]:
    """What holds for the parsers of all columns; see `sheet.Column`."""
    return {
        "today": setting.today,
        "year": request.year or request.map.year,
        "order": request.date_order or request.map.date_order,
        "region": setting.region,
    }


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Let Python look for reference cycles seldom: a million rows make none, and looking takes a third of the time."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


@dataclass
class _Import:
    """The rows of one table on their way to the writer, and the account of them."""

    located: Located
    mapping: Mapping
    reading: Reading
    writer: Writer
    strays: Strays
    rejects: Rejects | None = None
    #: The cells of rows that wait for their verdict, where the refused ones are to be written down.
    waiting: Waiting = field(default_factory=Waiting)
    #: Whether a row held several records, and the rows of such tables that were refused for one of them.
    parted: bool = False
    refused: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, mapper: Mapper, located: Located, mapping: Mapping, writer: Writer) -> _Import:
        """The rows of a table, with what tells its strays.

        Raises:
            SecondTable: another table stands above it.
        """
        strays = mapper.strays(mapping, located)
        strays.check_above(located)
        reading = Reading(mapper.sheet, mapping, mapper.file, sections=strays.column)
        return cls(located, mapping, reading, writer, strays)

    def __post_init__(self) -> None:
        self.names = self._names_apart()
        self.bodies = self._bodies_apart()
        self.voiding = self._columns_that_void()

    def _columns_that_void(self) -> list[tuple[int, Callable[[Cell], bool]]]:
        """The columns that may say of a row that it does not count, and how: its state, else remarks that are passed over."""
        place = self.mapping.place_called("standing")
        if place is not None:
            return [(place, void_of(self.mapping.columns[place]))]
        # A kind that keeps no remarks, and no state, would pass over what one says of its row.
        aside = (each for each in self.located.headings if each.index not in self.mapping.brought)
        return [(each.index, voids) for each in aside if may_void(each.text)]

    def _names_apart(self) -> NamesApart:
        """What parts the cells that may name several people, and compares them with the number beside them."""
        # Of several records of a row each stands in the place of the first: the names of the others are parted there.
        keys, headcount = self.strays.keys.intersection(self.mapping.columns), self.mapping.headcount
        return NamesApart(keys, self.writer.knows, headcount=headcount, file=self.reading.file)

    def _bodies_apart(self) -> NamesApart:
        """What parts the cells that may name several bodies, where this kind has such a column."""
        place = self.mapping.place_called(self.writer.parted) if self.writer.parted else None
        places = () if place is None else (place,)
        return NamesApart(frozenset(places), self.writer.knows_body, bodies=True)

    def done(self, kind: str, file: str) -> Summary:
        """Take all rows and answer the account of them."""
        table = self.located.table
        summary = Summary(kind, file, table.sheet, table.encoding, columns=self.mapping.fields)
        summary.header_row = self.located.header_rows[-1] if self.located.header_rows else None
        summary.unknown_columns = [mask_digits(heading.text) for heading in self.mapping.unknown]
        sorter = Sorter(self.located, self.mapping.counting, self.strays)
        for chunk in watched(sorter.chunks(), table):
            self._take(self._without_void(chunk, sorter), summary, plain=sorter.plain)
        summary.skipped = [*self.located.skipped, *sorter.skipped, *summary.passed_over]
        summary.remarks += self._of_rough()
        return summary

    def _of_rough(self) -> list[str]:
        """What to say of days of which only the month is known, by their fields."""
        return [
            ngettext(
                "{field}: {count} row says the month alone, and its first day was taken.",
                "{field}: {count} rows say the month alone, and its first day was taken.",
                count,
            ).format(field=_(title), count=count)
            for title, count in self.reading.rough.items()
        ]

    def _without_void(self, chunk: Chunk, sorter: Sorter) -> Chunk:
        """The chunk without the rows of which a column says that they do not count."""
        void: set[int] = set()
        for index, is_void in self.voiding:
            void |= {place for place, cell in enumerate(chunk.columns[index]) if is_void(cell)}
        sorter.skipped += [Skipped(chunk.numbers[place], "void_row") for place in sorted(void)]
        return chunk.without(void) if void else chunk

    def _take(self, chunk: Chunk, summary: Summary, *, plain: bool) -> None:
        """Hand the rows of a chunk that can be read to the writer, and note what became of each."""
        records = self._records_of(chunk, plain=plain)
        summary.passed_over += self._without_record(chunk, records)
        batch = self.reading.batch(records)
        refused = {
            records.numbers[place]: self._first(place, why) for place, why in self.reading.rejected.items()
        }
        verdicts: Sequence[Verdict] = self.writer.take(batch) if len(batch) else ()
        for number, why in _count(batch.numbers, verdicts, summary):
            refused.setdefault(number, why)
        if len(records.numbers) > len(chunk.numbers):
            self.parted = True
            self.refused |= refused.keys()
        cells = dict(zip(chunk.numbers, chunk.rows, strict=True)) if self.rejects else {}
        if cells and STAGED in verdicts:
            self.waiting.keep(cells)
        if refused:
            summary.refusals.add(self._refusal(*each, cells.get(each[0])) for each in refused.items())

    def refuse_late(self, number: int, why: Rejected, summary: Summary) -> None:
        """Note that a row which waited is refused; a row that holds several records is refused once."""
        if number in self.refused:
            return
        if self.parted:
            self.refused.add(number)
        cells = self.waiting.of(number) if self.rejects else None
        summary.refusals.add([self._refusal(number, why, cells)])

    def _records_of(self, chunk: Chunk, *, plain: bool) -> Chunk:
        """The rows of a chunk, one for each record; of several sheets their numbers name the sheet."""
        parted = self.mapping.unfolding or self.mapping.items
        records = parted.of(chunk) if parted else chunk
        if self.strays.people and not plain:
            records = self.names.of(records)
        records = self.bodies.of(records)
        if self.located.named:
            sheet = self.located.table.sheet or ""
            records = replace(records, numbers=[SheetRow.of(number, sheet) for number in records.numbers])
        return records

    def _without_record(self, chunk: Chunk, records: Chunk) -> list[Skipped]:
        """The rows of which no record was made: who was away on all days."""
        if self.mapping.unfolding is None:
            return []
        parted = set(records.numbers)
        return [Skipped(number, "no_record") for number in chunk.numbers if number not in parted]

    def _first(self, place: int, why: Rejected) -> Rejected:
        """Of a row that cannot be read, the first fault from the left, which may be in a cell that can."""
        row, unread = self.reading.unread[place]
        return self.writer.first([why, *self.writer.faults(row, unread)])

    def _refusal(self, row: int, why: Rejected, cells: Sequence[Cell] | None) -> Refusal:
        field = self.reading.sheet.field(why.field) if why.field else None
        heading = self.mapping.heading_of(field) if field else None
        # A traceback would keep whole batches in memory.
        error = why.error.with_traceback(None)
        return Refusal(row, heading, error, field.mask if field else None, cells)


def _count(
    numbers: Sequence[int], verdicts: Sequence[Verdict], summary: Summary
) -> list[tuple[int, Rejected]]:
    """Count the verdicts on rows that were accepted, and answer the refusals of the others with their numbers."""
    if set(map(type, verdicts)) <= {str}:  # counted in one step: a million rows are seldom refused
        summary.verdicts.update(verdicts)  # type: ignore[arg-type]
        return []
    summary.verdicts.update(verdict for verdict in verdicts if isinstance(verdict, str))
    judged = list(zip(numbers, verdicts, strict=True))
    summary.passed_over += [
        Skipped(number, verdict.reason) for number, verdict in judged if isinstance(verdict, PassedOver)
    ]
    return [(number, verdict) for number, verdict in judged if isinstance(verdict, Rejected)]
