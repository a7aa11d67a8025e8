"""XLSX, XLSB, XLS and ODS, by python-calamine."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import IO, Any
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile, ZipInfo

from volunteer_cli.core.i18n import _, listed
from volunteer_cli.intake.cells import Cell
from volunteer_cli.intake.errors import EncryptedFile, SheetMissing, TableInDocument, TooLarge, UnreadableFile
from volunteer_cli.intake.extents import check_binary_sheet, check_open_document, check_worksheet
from volunteer_cli.intake.formulas import marked, uncalculated
from volunteer_cli.intake.source import (
    ALL,
    BLOCK,
    MAX_AREA,
    MAX_COLUMNS,
    MAX_UNPACKED,
    OLE,
    Source,
    check_cells,
    check_columns,
    check_rows,
)
from volunteer_cli.intake.tables import Range, Raw, Table

#: What text documents have in them: Word of today and of before 2007, OpenDocument.
OF_DOCUMENTS = (b"word/document.xml", "WordDocument".encode("utf-16-le"), b"opendocument.text")
#: Names, as UTF-16, of the streams in an OLE file that holds an encrypted workbook.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: How an ODS keeps a length of a day or more: a duration of ISO 8601.
ODS_LENGTH = re.compile(r"PT(\d+)H(\d+)M([\d.]+)S")
#: How the part of a package is called that makes it an XLSB, whose sheets may be called anything.
BINARY = "workbook.bin"
#: Parts of a package that hold words and looks; they may be as large as the sheets.
NO_SHEETS = frozenset({"xl/sharedstrings.xml", "xl/styles.xml", "[content_types].xml"})


def workbook_tables(source: Source, sheet: str | None) -> list[Table]:
    """The visible sheets that hold anything, or the one called `sheet`.

    Raises:
        SheetMissing, EncryptedFile, UnreadableFile, TooLarge: as their sentences say.
    """
    _check_package(source)
    book = _load(source)
    tables = [_table(source, book, name) for name in _chosen(source, book, sheet)]
    return [table for table in tables if table is not None]


def _chosen(source: Source, book: Any, sheet: str | None) -> Sequence[str]:
    # A sheet that is called as the word for all of them is meant before they are.
    if sheet is not None and sheet in book.sheet_names:
        return [sheet]
    if sheet not in (None, ALL):
        raise SheetMissing(file=source.name, sheet=sheet, sheets=listed(book.sheet_names))
    return _visible(book)


def _visible(book: Any) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    # Hidden sheets hold the lists that cells choose from, or what somebody meant not to hand on.
    visible = [
        each.name
        for each in book.sheets_metadata
        if each.visible == SheetVisibleEnum.Visible and each.typ == SheetTypeEnum.WorkSheet
    ]
    return visible or list(book.sheet_names)


def _load(source: Source) -> Any:
    from python_calamine import CalamineError, PasswordError, load_workbook

    source.handle.seek(0)
    try:
        return load_workbook(source.handle)
    except PasswordError as error:
        raise EncryptedFile(file=source.name) from error
    # Its Rust parser panics on some damaged files, which is no Exception.
    except (CalamineError, ValueError, BaseException) as error:
        raise _unreadable(source, error) from error


def _unreadable(source: Source, error: BaseException) -> BaseException:
    if isinstance(error, OSError | KeyboardInterrupt | SystemExit | MemoryError):
        return error
    if any(mark in block for block in source.blocks() for mark in OF_DOCUMENTS):
        return TableInDocument(file=source.name, reason=_("it is a text document, no workbook"))
    return UnreadableFile(
        file=source.name, reason=_("it is damaged, or no workbook ({error})").format(error=error)
    )


def _table(source: Source, book: Any, name: str) -> Table | None:
    sheet = _opened(source, book, name)
    if sheet.end is None:
        return None
    rows, columns = (last + 1 for last in sheet.end)
    check_columns(source.name, columns)
    check_rows(source.name, rows)
    places = _uncalculated(source, name)
    return Table(
        lambda: iter(marked(_rows(source, sheet), places)) if places else _rows(source, sheet),
        sheet=name,
        merged=_merged(source, sheet),
        share_of=lambda row: row / rows,
    )


def _uncalculated(source: Source, name: str) -> set[tuple[int, int]]:
    """The cells of a sheet of XLSX that have a formula and no value."""
    if source.head.startswith(OLE):
        return set()
    with ZipFile(source.handle) as package:
        if "xl/workbook.xml" not in package.NameToInfo:
            return set()
    try:
        return uncalculated(package, name, partial(_unpacked, source.handle))
    except ExpatError as error:
        raise _unreadable(source, error) from error


def _opened(source: Source, book: Any, name: str) -> Any:
    try:
        return book.get_sheet_by_name(name)
    except BaseException as error:
        # A fault in the library's Rust comes as an exception that is not even an Exception.
        raise _unreadable(source, error) from error


def _holds(source: Source, entry: ZipInfo, text: bytes) -> bool:
    return any(text in block for block in _overlapping(_unpacked(source.handle, entry)))


def _merged(source: Source, sheet: Any) -> list[Range]:
    """The merged ranges of a sheet; python-calamine knows none of an OpenDocument file."""
    if sheet.merged_cell_ranges is not None or source.head.startswith(OLE):
        return list(sheet.merged_cell_ranges or ())
    from volunteer_cli.intake.merges import SPANNED, merged_ranges

    with ZipFile(source.handle) as package:
        entry = package.NameToInfo.get("content.xml")
    # A search of bytes first: most sheets have no merged cells, and reading the XML takes far longer.
    if entry is None or not _holds(source, entry, SPANNED):
        return []
    try:
        return merged_ranges(_unpacked(source.handle, entry), sheet.name)
    except ExpatError as error:
        raise _unreadable(source, error) from error


def _rows(source: Source, sheet: Any) -> Iterator[Raw]:
    left: Raw = [None] * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells = left + row
        check_cells(source.name, number, cells)
        yield [_plain(cell) for cell in cells]


def _plain(cell: Any) -> Cell:
    # As numbers True is 1 and 1.0, which would share a place in the memory of what was parsed.
    if cell.__class__ is bool:
        return "TRUE" if cell else "FALSE"
    if cell.__class__ is str and cell.startswith("PT") and (length := ODS_LENGTH.fullmatch(cell)):
        hours, minutes, seconds = map(float, length.groups())
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    plain: Cell = float(cell) if cell.__class__ is int else cell
    return plain


def _check_package(source: Source) -> None:
    """Refuse an encrypted workbook and one that would fill the memory, before anything is unpacked."""
    if source.head.startswith(OLE):
        if any(ENCRYPTED in block for block in _overlapping(source.blocks())):
            raise EncryptedFile(file=source.name)
        return
    source.handle.seek(0)
    try:
        with ZipFile(source.handle) as package:
            _check_entries(source, package)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, ExpatError) as error:
        raise _unreadable(source, error) from error


def _overlapping(blocks: Iterator[bytes]) -> Iterator[bytes]:
    # Each block with the end of the one before: what is searched for may lie across the two.
    tail = b""
    for block in blocks:
        yield tail + block
        tail = block[-len(ENCRYPTED) :]


def _check_entries(source: Source, package: ZipFile) -> None:
    entries = package.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise EncryptedFile(file=source.name)
    # Counted while it is unpacked: the sizes that a package says of itself are what a bomb lies about.
    left = MAX_UNPACKED
    binary = any(entry.filename.lower().endswith(BINARY) for entry in entries)
    for entry in entries:
        left -= _unpacked_size(source, entry, left)
        _check_extent(source, entry)
        if binary:
            check_binary_sheet(_unpacked(source.handle, entry), partial(_check_area, source))


def _unpacked_size(source: Source, entry: ZipInfo, most: int) -> int:
    size = 0
    for block in _unpacked(source.handle, entry):
        size += len(block)
        if size > most:
            raise _too_much(source)
    return size


def _too_much(source: Source) -> TooLarge:
    limit = f"{MAX_UNPACKED:,} B"
    return TooLarge(file=source.name, what=_("what it unpacks to"), found=f"> {limit}", limit=limit)


def _check_extent(source: Source, entry: ZipInfo) -> None:
    """Refuse a sheet with a stray cell far away, wherever in the package it stands."""
    check = partial(_check_area, source)
    name = entry.filename.lower()
    if name == "content.xml":
        check_open_document(_unpacked(source.handle, entry), check)
    elif name not in NO_SHEETS and _is_worksheet(source, entry):
        check_worksheet(lambda: _unpacked(source.handle, entry), check)


def _is_worksheet(source: Source, entry: ZipInfo) -> bool:
    """Whether an entry begins as a worksheet does, in UTF-8 or UTF-16; its name proves nothing."""
    head = next(_unpacked(source.handle, entry), b"")
    return b"worksheet" in head.replace(b"\0", b"")


def _unpacked(handle: IO[bytes], entry: ZipInfo) -> Iterator[bytes]:
    """The content of an entry, however large its header says it is."""
    # Below zero: deflated without the header of zlib (RFC 1951), as a ZIP file has it.
    inflate = zlib.decompressobj(-15) if entry.compress_type else None
    for packed in _packed(handle, entry):
        if inflate is None:
            yield packed
            continue
        left = packed
        while left:
            yield inflate.decompress(left, BLOCK)
            left = inflate.unconsumed_tail
        if inflate.eof:
            return


def _packed(handle: IO[bytes], entry: ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry as they stand in the file; others may read the file in between."""
    # The local header (APPNOTE of ZIP, 4.3.7): 30 bytes, the last four the lengths of name and extra field after it.
    handle.seek(entry.header_offset + 26)
    name, extra = (int.from_bytes(handle.read(2), "little") for _each in range(2))
    place, left = entry.header_offset + 30 + name + extra, entry.compress_size
    while left > 0:
        handle.seek(place)
        packed = handle.read(min(BLOCK >> 4, left))
        if not packed:
            return
        place, left = place + len(packed), left - len(packed)
        yield packed


def _check_area(source: Source, rows: int, columns: int) -> None:
    """Refuse a sheet with a stray cell far away: the whole rectangle up to it would be laid out."""
    if columns > MAX_COLUMNS:
        check_columns(source.name, columns)
    if rows * columns > MAX_AREA:
        raise TooLarge(
            file=source.name,
            what=_("the rectangle of its cells"),
            found=f"{rows:,} × {columns:,}",
            limit=f"{MAX_AREA:,}",
        )
