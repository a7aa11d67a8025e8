"""The straight line of an import: file, table, headings, values, rules, account."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.text import mask_digits
from volunteer_cli.intake.batches import Reading
from volunteer_cli.intake.finding import Search, find_table
from volunteer_cli.intake.locating import Located, Skipped
from volunteer_cli.intake.mapping import Mapper, Mapping
from volunteer_cli.intake.maps import MapFile
from volunteer_cli.intake.progress import watched
from volunteer_cli.intake.rejects import Rejects
from volunteer_cli.intake.sheet import Importing, Options, PassedOver, Rejected, Sheet, Verdict, Writer
from volunteer_cli.intake.sorting import Chunk, Sorter
from volunteer_cli.intake.source import opened
from volunteer_cli.intake.spreading import NamesApart
from volunteer_cli.intake.strays import Strays
from volunteer_cli.intake.summary import Refusal, Summary

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
        located = find_table(source, request.search, mapper.vocabulary, mapper.fits)
        mapping = mapper.map_columns(located)
        importing = Importing(
            options=request.options,
            community=setting.community,
            today=setting.today,
            region=setting.region,
            file=source.file,
            title=located.title,
            mapped=mapping.mapped,
            headings=mapping.headings,
            places=mapping.places(sheet.fields),
        )
        strays = mapper.strays(mapping)
        strays.check_above(located)
        reading = Reading(sheet, mapping, source.name, sections=strays.column)
        work = _Import(located, mapping, reading, sheet.writer(session, importing), strays)
        work.rejects = Rejects(request.rejects, located, strays.sections) if request.rejects else None
        return Result(work.done(sheet.kind, source.file), work.writer, source.digest, work.rejects)


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

    def __post_init__(self) -> None:
        self.names = NamesApart(self.strays.keys, self.writer.knows)

    def done(self, kind: str, file: str) -> Summary:
        """Take all rows and answer the account of them."""
        table = self.located.table
        summary = Summary(kind, file, table.sheet, table.encoding, columns=self.mapping.fields)
        summary.header_row = self.located.header_rows[-1] if self.located.header_rows else None
        summary.unknown_columns = [mask_digits(heading.text) for heading in self.mapping.unknown]
        sorter = Sorter(self.located, self.mapping.counting, self.strays)
        for chunk in watched(sorter.chunks(), table):
            self._take(chunk, summary, plain=sorter.plain)
        self.writer.finish()
        summary.skipped = [*self.located.skipped, *sorter.skipped, *summary.passed_over]
        summary.remarks = self.writer.remarks
        return summary

    def _take(self, chunk: Chunk, summary: Summary, *, plain: bool) -> None:
        """Hand the rows of a chunk that can be read to the writer, and note what became of each."""
        records = self.mapping.unfolding.of(chunk) if self.mapping.unfolding else chunk
        if self.strays.people and not plain:
            records = self.names.of(records)
        batch = self.reading.batch(records)
        refused = {
            records.numbers[place]: self._first(place, why) for place, why in self.reading.rejected.items()
        }
        verdicts: Sequence[Verdict] = self.writer.take(batch) if len(batch) else ()
        for number, why in _count(batch.numbers, verdicts, summary):
            refused.setdefault(number, why)
        summary.refusals += [self._refusal(number, why) for number, why in refused.items()]
        if refused and self.rejects:
            self.rejects.keep(chunk, refused)

    def _first(self, place: int, why: Rejected) -> Rejected:
        """Of a row that cannot be read, the first fault from the left, which may be in a cell that can."""
        row, unread = self.reading.unread[place]
        return self.writer.first([why, *self.writer.faults(row, unread)])

    def _refusal(self, row: int, why: Rejected) -> Refusal:
        field = self.reading.sheet.field(why.field) if why.field else None
        heading = self.mapping.heading_of(field) if field else None
        # A traceback would keep whole batches in memory.
        error = why.error.with_traceback(None)
        return Refusal(row, heading, error, field.mask if field else None)


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
