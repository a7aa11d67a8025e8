"""The straight line of an import: file, table, headings, values, rules, account."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from volunteer_cli.core.i18n import _
from volunteer_cli.intake.batches import Reading
from volunteer_cli.intake.errors import EmptyFile, NoHeadingsThere, UnknownEncoding, WhichSheet
from volunteer_cli.intake.headings import Vocabulary
from volunteer_cli.intake.locating import Located, locate
from volunteer_cli.intake.mapping import MapFile, Mapper, Mapping
from volunteer_cli.intake.progress import watched
from volunteer_cli.intake.reading import tables
from volunteer_cli.intake.rejects import Rejects
from volunteer_cli.intake.sheet import Importing, Options, Rejected, Sheet, Verdict, Writer
from volunteer_cli.intake.sorting import Chunk, Sorter
from volunteer_cli.intake.source import Source, opened
from volunteer_cli.intake.summary import Refusal, Summary

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


#: The share of Chinese characters in a text that are common ones, of GB 2312.
COMMON = 0.75


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line; options go before what the map file says."""

    file: str
    sheet: str | None = None
    encoding: str | None = None
    year: int | None = None
    map: MapFile = field(default_factory=MapFile)
    rejects: Path | None = None
    options: Options = field(default_factory=Options)


@dataclass(frozen=True)
class Result:
    """What came of it: the account, and what the command needs to finish."""

    summary: Summary
    writer: Writer
    digest: str
    rejects: Rejects | None


def run(session: Session, sheet: Sheet, request: Request, community: Any, today: date, region: str) -> Result:
    """Import a file within the open unit of work, row by row through the rules of its kind.

    Raises:
        VolunteerError: of `intake.errors`, for what is wrong with the whole file.
    """
    with opened(request.file) as source, _rare_collections():
        mapper = Mapper(
            source.name,
            sheet,
            request.map,
            {
                "today": today,
                "year": request.year or request.map.year,
                "order": request.map.date_order,
                "region": region,
            },
        )
        located = find_table(source, request, mapper.vocabulary, mapper.fits)
        mapping = mapper.map_columns(located)
        headings = {column.field.name: column.heading for column in mapping.columns.values()}
        importing = Importing(
            request.options,
            community,
            today,
            region,
            mapping.mapped,
            source.file,
            headings,
            {each.name: place for each in sheet.fields if (place := mapping.place_of(each)) is not None},
            located.title,
        )
        work = _Import(located, mapping, Reading(sheet, mapping), sheet.writer(session, importing))
        work.rejects = Rejects(request.rejects, located) if request.rejects else None
        return Result(work.done(sheet.kind, source.file), work.writer, source.digest, work.rejects)


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


def find_table(
    source: Source, request: Request, vocabulary: Vocabulary, fits: Callable[[Located], bool] | None = None
) -> Located:
    """The table of a file, with its headings; of several that `fits` holds for, if there is one.

    Raises:
        EmptyFile, UnknownEncoding, WhichSheet: there is none, or it cannot be told.
        NoHeadingsThere: the map file names a row where none are.
    """
    asked, header_row = request.sheet or request.map.sheet, request.map.header_row
    found = tables(source, sheet=asked, encoding=request.encoding or request.map.encoding)
    located = [each for each in (locate(table, vocabulary, header_row) for table in found) if each.headings]
    if not located:
        raise EmptyFile(file=source.name)
    # A sheet of remarks may have a heading or two that are known.
    most = max(each.recognised for each in located)
    known = [each for each in located if each.recognised * 2 > most] or located
    if fits and len(known) > 1:
        known = list(filter(fits, known)) or known
    if len(known) > 1:
        raise WhichSheet(file=source.name, sheets=_(", ").join(each.table.sheet or "" for each in known))
    if known[0].table.guessed and not _believed(known[0], vocabulary):
        raise UnknownEncoding(file=source.name)
    if header_row is not None and known[0].header_rows[-1:] != [header_row]:
        raise NoHeadingsThere(file=source.name, row=header_row)
    return known[0]


def _believed(located: Located, vocabulary: Vocabulary) -> bool:
    """Whether a guess of GB18030, which decodes almost anything, makes sense.

    Chinese headings that are known speak for it; with others that are, common Chinese characters below them.
    """
    known = [heading for heading in located.headings if vocabulary.knows(heading)]
    if any(not heading.text.isascii() for heading in known):
        return True
    cells = (cell for _number, row in located.first_rows for cell in row if isinstance(cell, str))
    signs = [sign for cell in cells for sign in cell if not sign.isascii()]
    common = sum(bool(sign.encode("gb2312", "ignore")) for sign in signs)
    return bool(known and signs) and common >= COMMON * len(signs)


@dataclass
class _Import:
    located: Located
    mapping: Mapping
    reading: Reading
    writer: Writer
    rejects: Rejects | None = None

    def done(self, kind: str, file: str) -> Summary:
        """Take all rows and answer the account of them."""
        table = self.located.table
        summary = Summary(kind, file, table.sheet, table.encoding, columns=self.mapping.fields)
        summary.header_row = self.located.header_rows[-1] if self.located.header_rows else None
        summary.unknown_columns = [heading.text for heading in self.mapping.unknown]
        sorter = Sorter(self.located, self.mapping.counting)
        for chunk in watched(sorter.chunks(), table):
            self._take(chunk, summary)
        self.writer.finish()
        summary.skipped = [*self.located.skipped, *sorter.skipped]
        summary.remarks = self.writer.remarks
        return summary

    def _take(self, chunk: Chunk, summary: Summary) -> None:
        batch = self.reading.batch(chunk)
        refused = {
            chunk.numbers[place]: self._first(place, why) for place, why in self.reading.rejected.items()
        }
        verdicts: Sequence[Verdict] = self.writer.take(batch) if len(batch) else ()
        if set(map(type, verdicts)) <= {str}:
            summary.verdicts.update(verdicts)  # type: ignore[arg-type]
        else:
            summary.verdicts.update(verdict for verdict in verdicts if isinstance(verdict, str))
            judged = zip(batch.numbers, verdicts, strict=True)
            refused |= {number: verdict for number, verdict in judged if isinstance(verdict, Rejected)}
        summary.refusals += [self._refusal(number, why) for number, why in refused.items()]
        if refused and self.rejects:
            cells = dict(zip(chunk.numbers, chunk.rows, strict=True))
            self.rejects.cells |= {number: cells[number] for number in refused}

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
